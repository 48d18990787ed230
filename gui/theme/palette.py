"""Name every colour of the window once for dark and once for light; plain values, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Appearance = Literal["dark", "light"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours as ``#rrggbb``; texts have at least 4.5:1 on every ground they are put on."""

    appearance: Appearance
    window: str
    """Behind everything."""
    panel: str
    """Queue and inspector."""
    raised: str
    """Cards, buttons, fields."""
    hovered: str
    canvas: str
    """Behind pictures; dark in both appearances, as colours are judged on it."""
    line: str
    """Between areas; decoration, nothing depends on seeing it."""
    edge: str
    """Around what can be typed in, ticked or dragged."""
    selected: str
    """Behind what is selected or checked."""
    text: str
    muted: str
    """Second-rank text."""
    accent: str
    """Selection, the main button, the playhead."""
    on_accent: str
    accent_text: str
    """The accent as a text on panels."""
    good: str
    warning: str
    danger: str
    focus: str
    on_canvas: str
    waiting: str
    """Chunk cells, and bars that are not begun."""
    rendering: str
    stored: str
    fetched: str
    failed: str
    people: tuple[str, ...]
    """One after the other for people's bars and outlines; readable on canvas and panel."""


DARK = Palette(
    appearance="dark",
    window="#17181c",
    panel="#1e2025",
    raised="#292c33",
    hovered="#343841",
    canvas="#0d0e10",
    line="#343841",
    edge="#787f8c",
    selected="#40372a",
    text="#eceef2",
    muted="#a9aeb9",
    accent="#f2a33a",
    on_accent="#1b1305",
    accent_text="#f5b45c",
    good="#5ec98a",
    warning="#f0b83f",
    danger="#ff8a80",
    focus="#7fb4ff",
    on_canvas="#f2f3f5",
    waiting="#4a4f5a",
    rendering="#f2a33a",
    stored="#4f9d75",
    fetched="#5ec98a",
    failed="#e5564a",
    people=("#7fb4ff", "#f5b45c", "#7fd6a4", "#e79be8", "#f08f83", "#8fd5dd", "#c8c46a", "#b6a4f5"),
)

LIGHT = Palette(
    appearance="light",
    window="#eceef1",
    panel="#f7f8fa",
    raised="#ffffff",
    hovered="#e3e7ee",
    canvas="#101114",
    line="#cfd3da",
    edge="#7d8491",
    selected="#fbe7cf",
    text="#1a1c21",
    muted="#555b67",
    accent="#b45f06",
    on_accent="#ffffff",
    accent_text="#8f4a03",
    good="#1c6e41",
    warning="#855600",
    danger="#b3261e",
    focus="#1a5fd0",
    on_canvas="#f2f3f5",
    waiting="#aab0bb",
    rendering="#c46a08",
    stored="#388259",
    fetched="#1c7f48",
    failed="#c5352b",
    people=("#1f63c4", "#a85a00", "#1c7a49", "#9a3a9c", "#b5443a", "#187782", "#6d6a10", "#6f5acf"),
)
