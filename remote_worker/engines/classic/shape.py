"""Give a frame's face the proportions of the source face, and leave its expression alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from remote_worker.engines.classic.layout import EYES, OUTER_LIPS, OVAL, Places, layout
from remote_worker.engines.classic.pose import turn_of

Solid = NDArray[np.float64]
"""468 x 3: a face that looks at the camera, around 0, of size 1."""

_NOSE = (
    1, 2, 4, 5, 6, 19, 45, 48, 49, 64, 94, 97, 98, 102, 115, 131, 168, 195, 197, 220, 275, 278,
    279, 294, 326, 327, 331, 344, 360, 440,
)  # fmt: skip
_FOREHEAD = (9, 151, 108, 69, 104, 68, 71, 337, 299, 333, 298, 301, 107, 336, 66, 296)
_NOSE_BASE = (2, 97, 326)
_CHEEKS = (50, 101, 205, 187, 280, 330, 425, 411)


def solid_of(points: Places) -> Solid:
    """Return the shape of the face under ``points`` (468 x 3) without its place, turn and size."""
    here = points.astype(np.float64)
    here = here - here.mean(axis=0)
    size = np.sqrt((here**2).sum(axis=1).mean())
    solid: Solid = here @ turn_of(points) / max(size, 1e-6)
    return solid


def reshaped(points: Places, source: Solid, share: float) -> Places:
    """Return ``points`` moved by ``share`` of the way to the proportions of ``source``.

    The nose and the cheeks move as they are; eyes with their brows and the mouth move as
    wholes, so that a blink or a smile stays what it is; outline and forehead do not move.
    """
    if share <= 0:
        return points
    here = points.astype(np.float64)
    middle = here.mean(axis=0)
    size = np.sqrt(((here - middle) ** 2).sum(axis=1).mean())
    apart = middle + source @ turn_of(points).T * size - here
    moved = here + share * (_spread() @ _pulls(apart))
    return moved.astype(np.float32)


def _pulls(apart: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each of the held points is to move."""
    still = np.zeros((len(OVAL) + len(_FOREHEAD), 3))
    eyes = [np.tile(apart[list(eye)].mean(axis=0), (len(eye), 1)) for eye in EYES]
    mouth = np.tile(apart[list(_NOSE_BASE)].mean(axis=0), (len(OUTER_LIPS), 1))
    return np.concatenate([still, apart[list(_NOSE)], 0.7 * apart[list(_CHEEKS)], *eyes, mouth])


def _held() -> list[int]:
    eyes = [point for eye in EYES for point in eye]
    return [*OVAL, *_FOREHEAD, *_NOSE, *_CHEEKS, *eyes, *OUTER_LIPS]


@cache
def _spread() -> NDArray[np.float64]:
    """Return how the held points' moves carry over to all: each other point the mean of its own."""
    links = np.zeros((468, 468))
    for triangle in _own_triangles():
        for one, other in zip(triangle, np.roll(triangle, 1), strict=True):
            links[one, other] = links[other, one] = 1
    system = np.diag(links.sum(axis=1)) - links
    held = _held()
    wanted = np.zeros((468, len(held)))
    for column, point in enumerate(held):
        system[point] = 0
        system[point, point] = 1
        wanted[point, column] = 1
    spread: NDArray[np.float64] = np.linalg.solve(system, wanted).astype(np.float64)
    return spread


def _own_triangles() -> Sequence[NDArray[np.int32]]:
    triangles = layout().triangles
    return list(triangles[(triangles < 468).all(axis=1)])
