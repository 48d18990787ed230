"""Say durations, sizes and counts as people say them, in the language in use."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QLocale

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86400
_SECONDS_SAID = 20
"""Below this a number would be gone before it is read."""
_FINE_MINUTES = 10
"""Up to so many minutes each one is said; from there on every fifth."""
_STEP_KEPT = 0.25
"""How far, in steps, a time left may leave the step it was said at before another is said."""


def clock(seconds: float | Fraction) -> str:
    """Return a length or a place as ``1:02`` or ``1:02:05``."""
    whole = max(0, math.floor(seconds))
    hours, rest = divmod(whole, _HOUR_S)
    minutes, secs = divmod(rest, _MINUTE_S)
    return f"{hours}:{minutes:02d}:{secs:02d}" if hours else f"{minutes}:{secs:02d}"


def length(seconds: float | Fraction) -> str:
    """Return how long a video is, to the nearest second but never none."""
    return clock(max(1, round(seconds)))


def timecode(frame: int, frame_rate: Fraction) -> str:
    """Return where a frame is as ``0:01:02:05``: real hours, minutes, seconds, and the frame."""
    second = math.floor(frame / frame_rate)
    first = math.ceil(second * frame_rate)
    digits = len(str(max(1, math.ceil(frame_rate) - 1)))
    hours, rest = divmod(second, _HOUR_S)
    minutes, secs = divmod(rest, _MINUTE_S)
    return f"{hours}:{minutes:02d}:{secs:02d}:{frame - first:0{digits}d}"


def span(start_frame: int, end_frame: int, frame_rate: Fraction) -> str:
    """Return a range of frames as ``0:12 – 0:31``."""
    start, end = clock(start_frame / frame_rate), clock(end_frame / frame_rate)
    return QCoreApplication.translate("Amounts", "{0} – {1}").format(start, end)


def took(seconds: float) -> str:
    """Return how long something took, as ``40 s``, ``3 min`` or ``1 h 5 min``."""
    if seconds < 1:
        return QCoreApplication.translate("Amounts", "less than 1 s")
    if seconds < _MINUTE_S:
        return QCoreApplication.translate("Amounts", "{0} s").format(count(round(seconds)))
    minutes = round(seconds / _MINUTE_S)
    if minutes < _MINUTE_S:
        return QCoreApplication.translate("Amounts", "{0} min").format(count(minutes))
    hours, minutes = divmod(minutes, _MINUTE_S)
    return _hours(hours, minutes)


def about(seconds: float) -> str:
    """Return an estimate, rounded as people round, as ``about 4 min``."""
    if seconds < _SECONDS_SAID:
        return QCoreApplication.translate("Amounts", "a few seconds")
    if seconds < _MINUTE_S * 0.75:
        return QCoreApplication.translate("Amounts", "less than a minute")
    if seconds >= 2 * _DAY_S:
        days = round(seconds / _DAY_S)
        return QCoreApplication.translate("Amounts", "about {0} days").format(count(days))
    rounded = took(_rounded_s(seconds))
    return QCoreApplication.translate("Amounts", "about {0}").format(rounded)


def left(seconds: float) -> str:
    """Return how long something still takes, as ``about 4 min left``."""
    if seconds < _SECONDS_SAID:
        return QCoreApplication.translate("Amounts", "a few seconds left")
    return QCoreApplication.translate("Amounts", "{0} left").format(about(seconds))


def steady_left_s(said_s: float | None, left_s: float | None) -> float | None:
    """Return what to say of ``left_s`` after ``said_s`` was said.

    The old value is kept until the new one is clearly another step, so that a time near the
    border of two steps does not flicker.
    """
    if said_s is None or left_s is None:
        return left_s
    step = _step_s(max(said_s, left_s))
    near = abs(left_s - _rounded_s(said_s)) <= step * (0.5 + _STEP_KEPT)
    return said_s if near and min(said_s, left_s) >= _MINUTE_S else left_s


def size(size_bytes: int) -> str:
    """Return a file's size as ``1.8 GB``."""
    return QLocale().formattedDataSize(
        size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat
    )  # as file managers count


def count(number: int) -> str:
    """Return a number with its thousands parted as the language parts them."""
    return QLocale().toString(number)


def percent(share: float) -> str:
    """Return a share from 0 to 1; 100 only once all is done."""
    whole = min(100, max(0, math.floor(share * 100 + 1e-9)))
    return QCoreApplication.translate("Amounts", "{0} %").format(whole)


def speed(frames_per_s: float) -> str:
    """Return ``23 frames/s``, with a decimal where one matters."""
    decimals = 0 if frames_per_s >= 10 else 1
    number = QLocale().toString(frames_per_s, "f", decimals)
    return QCoreApplication.translate("Amounts", "{0} frames/s").format(number)


def frames(number: int) -> str:
    """Return ``1 frame`` or ``1,487 frames``."""
    if number == 1:
        return QCoreApplication.translate("Amounts", "1 frame")
    return QCoreApplication.translate("Amounts", "{0} frames").format(count(number))


def people(number: int) -> str:
    """Return ``1 person`` or ``3 people``."""
    if number == 1:
        return QCoreApplication.translate("Amounts", "1 person")
    return QCoreApplication.translate("Amounts", "{0} people").format(count(number))


def videos(number: int) -> str:
    """Return ``1 video`` or ``12 videos``."""
    if number == 1:
        return QCoreApplication.translate("Amounts", "1 video")
    return QCoreApplication.translate("Amounts", "{0} videos").format(count(number))


def listed(names: Sequence[str]) -> str:
    """Return names one after the other, as ``one, two, and three``."""
    return QLocale().createSeparatedList(list(names))


def _hours(hours: int, minutes: int) -> str:
    if not minutes:
        return QCoreApplication.translate("Amounts", "{0} h").format(count(hours))
    said = QCoreApplication.translate("Amounts", "{0} h {1} min")
    return said.format(count(hours), minutes)


def _rounded_s(seconds: float) -> float:
    step = _step_s(seconds)
    return max(_MINUTE_S, round(seconds / step) * step)


def _step_s(seconds: float) -> int:
    if seconds < (_FINE_MINUTES + 0.5) * _MINUTE_S:
        return _MINUTE_S
    if seconds < _HOUR_S:
        return 5 * _MINUTE_S
    return 10 * _MINUTE_S if seconds < 6 * _HOUR_S else _HOUR_S
