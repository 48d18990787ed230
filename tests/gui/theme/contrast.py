"""Measure how well one colour can be told from another, as WCAG 2 counts it; no Qt."""

from __future__ import annotations

TEXT_RATIO = 4.5
"""The least for texts (WCAG 2.2, 1.4.3)."""
MARK_RATIO = 3.0
"""The least for what is not a text but means something (1.4.11)."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
