"""Read times, counts and names of files as people type them."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from fractions import Fraction
from pathlib import Path

_PART = re.compile(r"\d{1,9}(\.\d{0,9})?|\.\d{1,9}", re.ASCII)
_MOST_PARTS = 3
"""Hours, minutes and seconds."""
_MOST, _MOST_DIGITS = 10_000, 9


def time_of(text: str) -> Fraction:
    """Return seconds from ``12.5``, ``1:02.5`` or ``1:00:02``.

    Raises:
        ArgumentTypeError: it is not a time.
    """
    parts = text.split(":")
    if len(parts) > _MOST_PARTS or not all(map(_PART.fullmatch, parts)):
        raise ArgumentTypeError(f"{text!r} is not a time such as 12.5 or 1:02")
    seconds = Fraction(0)
    for part in parts:
        seconds = seconds * 60 + Fraction(part)
    return seconds


def count_of(text: str) -> int:
    """Return a number from 1 to 10,000.

    Raises:
        ArgumentTypeError: it is none.
    """
    if not text.isdecimal() or len(text) > _MOST_DIGITS or not 1 <= int(text) <= _MOST:
        raise ArgumentTypeError(f"{text!r} is not a number from 1 to {_MOST}")
    return int(text)


def path_of(text: str) -> Path:
    """Return the path that is typed.

    Raises:
        ArgumentTypeError: it is empty, which would mean the folder one is in.
    """
    if not text:
        raise ArgumentTypeError("a name is empty")
    return Path(text)


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
