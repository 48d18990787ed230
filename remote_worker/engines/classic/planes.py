"""Resize, blur and look up planes of numbers, always in the same way."""

from __future__ import annotations

from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
"""float32, height x width or height x width x channels."""
P = TypeVar("P", bound=NDArray[Any])


def resized(plane: P, width_px: int, height_px: int) -> P:
    """Return ``plane`` at that size: averaged when smaller, linear when larger."""
    if plane.shape[:2] == (height_px, width_px):
        return plane
    smaller = plane.shape[0] > height_px or plane.shape[1] > width_px
    method = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    answer: Any = cv2.resize(plane, (width_px, height_px), interpolation=method)
    return answer  # type: ignore[no-any-return]  # OpenCV keeps its kind


def square(plane: P, side_px: int) -> P:
    """Return ``plane`` as a square of ``side_px``."""
    return resized(plane, side_px, side_px)


def looked_up(picture: P, where: Plane, *, cubic: bool = False) -> P:
    """Return what ``picture`` holds at ``where`` (rows of x, y in its pixels), edges repeated."""
    method = cv2.INTER_CUBIC if cubic else cv2.INTER_LINEAR
    nothing: Any = None
    answer: Any = cv2.remap(picture, where, nothing, method, borderMode=cv2.BORDER_REPLICATE)
    return answer  # type: ignore[no-any-return]  # OpenCV keeps its kind


def blurred(plane: Plane, spread_px: float) -> Plane:
    """Return ``plane`` blurred by a Gaussian of that standard deviation."""
    answer: Any = cv2.GaussianBlur(plane, (0, 0), spread_px)
    return answer  # type: ignore[no-any-return]  # OpenCV keeps its kind


def ramp(values: NDArray[np.floating[Any]], low: float, high: float) -> Plane:
    """Return 0 below ``low``, 1 above ``high`` and a smooth rise between."""
    share = np.clip((np.asarray(values, np.float32) - low) / (high - low), 0, 1)
    rise: Plane = (share * share * (3 - 2 * share)).astype(np.float32)
    return rise
