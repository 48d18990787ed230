"""Write times as people read them, and read what they type."""

from __future__ import annotations

import re
from fractions import Fraction

_TIME = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+)(?:[.,](\d+))?\s*s?")


def written(seconds: float | Fraction, decimals: int = 2) -> str:
    """Return ``1:02.50``; hours are written when there are any."""
    ticks = 10**decimals
    whole = max(0, int(seconds * ticks + (Fraction(1, 10**6))))  # cut off, as clocks do
    left, part = divmod(whole, ticks)
    minutes, second = divmod(left, 60)
    hours, minute = divmod(minutes, 60)
    tail = f"{second:02}" + (f".{part:0{decimals}}" if decimals else "")
    return f"{hours}:{minute:02}:{tail}" if hours else f"{minute}:{tail}"


def read(text: str) -> int | Fraction | None:
    """Return a frame number (digits alone), a time in seconds (``1:02.5``, ``3.2``), or None."""
    text = text.strip().lower()
    if text.isascii() and text.isdigit():
        return int(text)
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds, part = found.groups()
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return whole + (Fraction(int(part), 10 ** len(part)) if part else Fraction(0))
