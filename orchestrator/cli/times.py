"""Read times as people type them."""

from __future__ import annotations

import re
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


def duration_of(text: str) -> float:
    """Return seconds from ``90m``, ``2h``, ``2h30m`` or ``1d``.

    Raises:
        ArgumentTypeError: it is not a time, or none at all.
    """
    found = re.fullmatch(r"(?:(\d{1,3})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m)?", text.strip())
    days, hours, minutes = (int(each or 0) for each in found.groups()) if found else (0, 0, 0)
    seconds = 60.0 * (minutes + 60 * (hours + 24 * days))
    if not seconds:
        raise ArgumentTypeError(f"{text!r} is not a time such as 90m, 2h or 2h30m")
    return seconds
