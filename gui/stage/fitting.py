"""Let a strip of buttons say as much as there is room for, whatever the language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget


def say_what_fits(strip: QWidget, apply: Callable[[int], None], most: int) -> None:
    """Apply the highest level, from ``most`` down to 0, at which ``strip`` fits its width."""
    layout = strip.layout()
    if layout is None:
        return
    for level in range(most, -1, -1):
        apply(level)
        layout.invalidate()
        if layout.totalMinimumSize().width() <= strip.width():
            return
