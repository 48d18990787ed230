"""Read times as people type them."""

from __future__ import annotations

from argparse import ArgumentTypeError
from fractions import Fraction


def time_of(text: str) -> Fraction:
    """Return seconds from ``12.5``, ``1:02.5`` or ``1:00:02``.

    Raises:
        ArgumentTypeError: it is not a time.
    """
    try:
        seconds = Fraction(0)
        for part in text.split(":"):
            seconds = seconds * 60 + Fraction(part)
    except (ValueError, ZeroDivisionError) as error:
        raise ArgumentTypeError(f"{text!r} is not a time such as 12.5 or 1:02") from error
    if seconds < 0:
        raise ArgumentTypeError(f"{text!r} is before the start")
    return seconds
