"""Find the cuts of a video: the first frame of each new shot."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Thumbnail = NDArray[np.uint8]
"""uint8, 3 x height x width: luma and both colour differences of one small frame."""

REACH_FRAMES = 4
"""Neighbours on each side that decide whether a difference stands out."""
_LEAST_STEP = 2.5
"""Mean difference of neighbouring frames, in code values, under which nothing is a cut."""
_STANDS_OUT = 4.0
"""How many times larger a cut's difference is than the ones around it."""
_OTHER_COLOURS = 0.35
"""Share of the picture whose colours are others, over which motion alone is not the reason."""
_FLASH = 0.5
"""Frames on both sides of a flash differ by less than this share of the flash itself."""


def find_cuts(thumbnails: Sequence[Thumbnail]) -> list[int]:
    """Return the places in ``thumbnails`` at which a new shot begins, rising; never 0."""
    steps = [step_between(a, b) for a, b in itertools.pairwise(thumbnails)]
    return [place for place in range(1, len(thumbnails)) if _is_cut(thumbnails, steps, place)]


def step_between(before: Thumbnail, after: Thumbnail) -> float:
    """Return the mean difference of two small frames, in code values."""
    difference = cv2.absdiff(before, after)
    return float(difference[0].mean() + (difference[1].mean() + difference[2].mean()) / 2)


def _is_cut(thumbnails: Sequence[Thumbnail], steps: Sequence[float], place: int) -> bool:
    step = steps[place - 1]
    if step < _LEAST_STEP:
        return False
    around = [*steps[max(0, place - 1 - REACH_FRAMES) : place - 1]]
    around += steps[place : place + REACH_FRAMES]
    usual = sorted(around)[len(around) // 2] if around else 0.0
    if step < usual * _STANDS_OUT and not _is_new_picture(thumbnails, steps, place):
        return False
    return not _is_flash(thumbnails, steps, place)


def _is_new_picture(thumbnails: Sequence[Thumbnail], steps: Sequence[float], place: int) -> bool:
    """Return whether the colours change at ``place`` more than at its neighbours."""
    step = steps[place - 1]
    beside = [*steps[max(0, place - 2) : place - 1], *steps[place : place + 1]]
    if any(step < other * 1.5 for other in beside):
        return False
    return _colours_apart(thumbnails[place - 1], thumbnails[place]) > _OTHER_COLOURS


def _colours_apart(before: Thumbnail, after: Thumbnail) -> float:
    """Return the share of the picture, 0 to 1, whose colours the other does not have."""
    left, right = _histogram(before), _histogram(after)
    return float(np.abs(left - right).sum() / 2)


def _histogram(thumbnail: Thumbnail) -> NDArray[np.float64]:
    luma, blue, red = thumbnail.astype(np.int64)
    bins = (luma // 16) * 64 + (blue // 32) * 8 + red // 32
    counts = np.bincount(bins.ravel(), minlength=1024)
    shares: NDArray[np.float64] = counts / bins.size
    return shares


def _is_flash(thumbnails: Sequence[Thumbnail], steps: Sequence[float], place: int) -> bool:
    """Return whether the old picture comes back within two frames, or did just come back."""
    step = steps[place - 1]
    for length in (1, 2):
        if place + length < len(thumbnails):
            back = step_between(thumbnails[place - 1], thumbnails[place + length])
            if back < step * _FLASH:
                return True
        if place - 1 - length >= 0:
            back = step_between(thumbnails[place - 1 - length], thumbnails[place])
            if back < step * _FLASH:
                return True
    return False
