"""Choose the marks of a time ruler so that their numbers never touch; sums only."""

from __future__ import annotations

from dataclasses import dataclass

from gui.stage.timecode import written

_STEPS_S = (
    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
    14400, 43200, 86400,
)  # fmt: skip
_PARTS = {15: 3, 30: 3, 60: 6, 300: 5, 900: 3, 1800: 3, 3600: 6}
_MOST_TICKS = 4000
"""No ruler shows more; it bounds the work whatever is asked."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the ruler."""

    seconds: float
    text: str
    """Empty for the small marks between the numbers."""


def step_for(seconds_per_px: float, apart_px: float) -> float:
    """Return how many seconds lie between two numbers that are ``apart_px`` or more apart."""
    wished = seconds_per_px * apart_px
    return next((step for step in _STEPS_S if step >= wished), _STEPS_S[-1])


def ticks(start_s: float, end_s: float, width_px: float, apart_px: float = 72) -> tuple[Tick, ...]:
    """Return the marks from ``start_s`` to ``end_s``, drawn ``width_px`` wide."""
    if end_s <= start_s or width_px <= 0:
        return ()
    step = step_for((end_s - start_s) / width_px, apart_px)
    parts = _PARTS.get(int(step), 5)
    small = step / parts
    first = max(0, int(start_s // small))
    count = min(_MOST_TICKS, int((end_s - start_s) / small) + 2)
    decimals = 0 if step >= 1 else 1 if step >= 0.1 else 2
    return tuple(
        Tick(number * small, written(number * small, decimals) if number % parts == 0 else "")
        for number in range(first, first + count)
        if start_s - small / 2 <= number * small <= end_s + small / 2
    )
