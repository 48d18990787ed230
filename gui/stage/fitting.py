"""Let a strip of buttons say as much as there is room for, whatever the language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

_FITTED_NOW: set[QWidget] = set()
"""What is shown and hidden can resize the strip, which would be fitted anew without an end."""


def say_what_fits(
    strip: QWidget,
    apply: Callable[[int], None],
    most: int,
    more_px: Callable[[int], int] = lambda _: 0,
) -> None:
    """Apply the highest level, from ``most`` down to 0, at which ``strip`` fits its width.

    ``more_px`` says how much room a level takes besides what its parts need.
    """
    layout = strip.layout()
    if layout is None or strip in _FITTED_NOW:
        return
    _FITTED_NOW.add(strip)
    try:
        for level in range(most, -1, -1):
            apply(level)
            layout.invalidate()
            layout.activate()  # so that what its parts need is reckoned anew, too
            if layout.totalMinimumSize().width() + more_px(level) <= strip.width():
                return
    finally:
        _FITTED_NOW.discard(strip)
