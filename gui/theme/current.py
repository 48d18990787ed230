"""Hold the palette that is in use; widgets that paint themselves ask here while they paint."""

from __future__ import annotations

from PySide6.QtGui import QColor

from gui.theme.palette import DARK, Palette


class _Current:
    palette: Palette = DARK


def palette() -> Palette:
    """Return the palette in use."""
    return _Current.palette


def use(chosen: Palette) -> None:
    """Make ``chosen`` the palette in use; on the Qt thread, before widgets are repainted."""
    _Current.palette = chosen


def colour(name: str, alpha: float = 1.0) -> QColor:
    """Return one of the palette's colours by its field's name, ``alpha`` from 0 to 1."""
    made = QColor(getattr(_Current.palette, name))
    made.setAlphaF(alpha)
    return made
