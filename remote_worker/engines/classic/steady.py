"""Steady what each frame says by its neighbours, without lag and without a memory.

A frame's neighbours count in pairs, the same distance before and after: their mean is right
for anything that moves evenly, so nothing lags.  A pair counts less where it disagrees with
the frame itself, so a blink stays a blink.  At the end of a track there are no pairs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

HALO_FRAMES = 3
_SPREAD_FRAMES = 1.6

Values = NDArray[np.float32]


def steadied(window: Sequence[Values | None], tolerance: float) -> Values | None:
    """Return the middle of ``window`` steadied; from a pair alone when it is missing.

    Args:
        window: 2 * HALO_FRAMES + 1 arrays of one shape, in the order of their frames; None
            where there is nothing to say.
        tolerance: the difference, over the last axis, at which a pair counts a third of what
            it would.
    """
    middle = window[HALO_FRAMES]
    if middle is None:
        return _bridged(window)
    total, weight = middle.astype(np.float32), np.ones((*middle.shape[:-1], 1), np.float32)
    for distance in range(1, HALO_FRAMES + 1):
        pair = _pair(window, distance)
        if pair is not None:
            apart = np.linalg.norm(pair - middle, axis=-1, keepdims=True) / tolerance
            share = 2 * np.exp(-((distance / _SPREAD_FRAMES) ** 2) / 2 - apart**2)
            total = total + share.astype(np.float32) * pair
            weight = weight + share.astype(np.float32)
    return (total / weight).astype(np.float32)


def _pair(window: Sequence[Values | None], distance: int) -> Values | None:
    before, after = window[HALO_FRAMES - distance], window[HALO_FRAMES + distance]
    return None if before is None or after is None else (before + after) / np.float32(2)


def _bridged(window: Sequence[Values | None]) -> Values | None:
    """Return the mean of both direct neighbours: a face lost for one frame is still there."""
    return _pair(window, 1)


def share_of_window(present: Sequence[float | None]) -> float:
    """Return the mean of ``present`` around its middle; None is beyond the track's ends."""
    total = weight = 0.0
    for place, value in enumerate(present):
        if value is not None:
            share = float(np.exp(-(((place - HALO_FRAMES) / _SPREAD_FRAMES) ** 2) / 2))
            total, weight = total + share * value, weight + share
    return total / weight if weight else 0.0
