"""Tell how a face is turned, what of it is seen, and how far its mouth is open."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from remote_worker.engines.classic.layout import (
    SHEET_PX,
    Places,
    layout,
    on_sheet,
    with_skirt,
)
from remote_worker.engines.classic.planes import Plane, ramp

_LIPS = (13, 14)
_CHIN_AND_BROW = (152, 9)


def turn_of(points: Places) -> NDArray[np.float64]:
    """Return the 3 x 3 turn from the mean face to ``points`` (468 x 3), by least squares."""
    solid = layout().solid.astype(np.float64)
    here = points.astype(np.float64) - points.astype(np.float64).mean(axis=0)
    left, _, right = np.linalg.svd((solid - solid.mean(axis=0)).T @ here)
    upright = np.diag([1.0, 1.0, np.sign(np.linalg.det(left @ right))])
    turn: NDArray[np.float64] = (left @ upright @ right).T
    return turn


def direction_of(points: Places) -> NDArray[np.float64]:
    """Return where the face looks: a unit vector in the frame, towards the camera 0, 0, -1."""
    direction: NDArray[np.float64] = turn_of(points) @ np.array([0.0, 0.0, -1.0])
    return direction


def aversion_deg(direction: NDArray[np.float64]) -> float:
    """Return the angle between where a face looks and the camera, in degrees."""
    return float(np.degrees(np.arccos(np.clip(-direction[2], -1, 1))))


def facing(points: Places) -> Plane:
    """Return, over the sheet, how squarely the camera sees each place: 1 squarely, 0 not."""
    turned = _normals() @ turn_of(points).T
    towards = with_skirt(np.clip(-turned[:, 2:], 0, 1).astype(np.float32))
    return np.clip(on_sheet(towards, SHEET_PX)[..., 0], 0, 1)


@cache
def _normals() -> NDArray[np.float64]:
    """Return how the mean face's surface stands at each point, outwards, of length 1."""
    solid, triangles = layout().solid.astype(np.float64), layout().triangles
    triangles = triangles[(triangles < len(solid)).all(axis=1)]
    one, two, three = (solid[triangles[:, corner]] for corner in range(3))
    across = np.cross(two - one, three - one)
    normals = np.zeros_like(solid)
    for corner in range(3):
        np.add.at(normals, triangles[:, corner], across)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    outwards: NDArray[np.float64] = normals if normals[1, 2] < 0 else -normals
    return outwards


def mouth_opening(points: Places) -> float:
    """Return how far the lips are apart, as a share of the face's height from brow to chin."""
    upper, lower = points[_LIPS[0]], points[_LIPS[1]]
    chin, brow = points[_CHIN_AND_BROW[0]], points[_CHIN_AND_BROW[1]]
    height = max(float(np.linalg.norm(chin - brow)), 1.0)
    return float(np.linalg.norm(lower[:2] - upper[:2])) / height


def openness(points: Places) -> float:
    """Return 0 for a closed mouth, 1 for an open one."""
    return float(ramp(np.array(mouth_opening(points)), 0.015, 0.05))
