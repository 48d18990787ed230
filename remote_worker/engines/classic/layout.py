"""Lay the face mesh out flat, once, so that every face can be worked on in one picture.

The *sheet* is that flat picture: a square in which each place is the same place of every
face, whatever its pose and expression.  ``layout.json`` holds where each of the 468 points
lies on it, where it lies in space on a mean face, and how triangles join them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from remote_worker.engines.classic.planes import Plane, ramp, square

Places = NDArray[np.float32]
"""float32 rows of x and y (and z)."""

OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
"""The outline of the face, clockwise from the top of the forehead."""
INNER_LIPS = (
    78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
)  # fmt: skip
OUTER_LIPS = (
    61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
)  # fmt: skip
EYES = (
    (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7),
    (263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249),
)
BROWS = (
    (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    (300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
)
NOSTRILS = ((98, 97, 2, 326, 327, 440, 4, 220),)
SHEET_PX = 128
"""Side of the sheet on which light and coverings are worked out."""
_SKIRT = 0.2
"""How far beyond the outline the mesh is continued, as a share of its radius."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The fixed mesh; its points are the net's 468 and then a skirt of one per oval point."""

    flat: Places
    """504 x 2, from 0 to 1 across the sheet."""
    solid: Places
    """468 x 3: the mean face in space; x to the picture's right, y down, z away."""
    triangles: NDArray[np.int32]
    """Rows of three points, clockwise as seen on a face that looks at the camera."""


@cache
def layout() -> Layout:
    """Return the mesh; it is read once."""
    plain = json.loads(Path(__file__).with_name("layout.json").read_text("utf-8"))
    flat = with_skirt(np.array(plain["flat"], np.float32))
    triangles = np.array([*plain["triangles"], *_skirt_triangles()], np.int32)
    return Layout(flat, np.array(plain["solid"], np.float32), triangles)


def with_skirt(points: Places) -> Places:
    """Return the 468 ``points`` and the skirt's 36 around them."""
    oval = points[list(OVAL)]
    skirt = oval + _SKIRT * (oval - oval.mean(axis=0))
    extended: Places = np.concatenate([points, skirt])
    return extended


def _skirt_triangles() -> list[tuple[int, int, int]]:
    triangles = []
    for index, point in enumerate(OVAL):
        after = (index + 1) % len(OVAL)
        outer, outer_after = 468 + index, 468 + after
        triangles += [(point, outer, outer_after), (point, outer_after, OVAL[after])]
    return triangles


@dataclass(frozen=True, slots=True, eq=False)
class _Weights:
    """Which points each place of a sheet lies between, and how near to each."""

    points: NDArray[np.int32]
    shares: Plane


@cache
def _weights(side_px: int) -> _Weights:
    mesh = layout()
    owner = np.full((side_px, side_px), len(mesh.triangles) - 1, np.int32)
    corners = np.round((mesh.flat * side_px - 0.5) * 16).astype(np.int32)
    for number, triangle in enumerate(mesh.triangles):
        cv2.fillConvexPoly(owner, corners[triangle], number, cv2.LINE_8, 4)
    points = mesh.triangles[owner.ravel()]
    shares = _barycentric(mesh.flat[points], centres(side_px))
    return _Weights(points, shares)


def centres(side_px: int) -> Places:
    """Return the middle of each pixel of a sheet, row by row, from 0 to 1."""
    steps = ((np.arange(side_px) + 0.5) / side_px).astype(np.float32)
    places: Places = np.dstack(np.meshgrid(steps, steps)).reshape(-1, 2)
    return places


def _barycentric(corners: Places, places: Places) -> Plane:
    origin = corners[:, 0]
    first, second = corners[:, 1] - origin, corners[:, 2] - origin
    off = places - origin
    area = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
    one = (off[:, 0] * second[:, 1] - off[:, 1] * second[:, 0]) / area
    two = (first[:, 0] * off[:, 1] - first[:, 1] * off[:, 0]) / area
    shares = np.clip(np.stack([1 - one - two, one, two], axis=1), 0, 1)  # beyond the skirt too
    even: Plane = (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32)
    return even


def on_sheet(values: Places, side_px: int) -> Plane:
    """Return what the mesh's points carry (504 x k), spread over the sheet: side x side x k."""
    weights = _weights(side_px)
    spread = np.einsum("nt,ntk->nk", weights.shares, values[weights.points])
    sheet: Plane = spread.reshape(side_px, side_px, -1).astype(np.float32)
    return sheet


def region(rings: tuple[tuple[int, ...], ...], *, grow: float, soft: float) -> Plane:
    """Return a mask of the sheet: 1 inside ``rings``, fading to 0 outside.

    Args:
        rings: rings of mesh points.
        grow: how far the rings are moved outwards, as a share of the sheet's side.
        soft: over how much of the sheet's side the mask falls.
    """
    side_px = SHEET_PX * 4
    mask = np.zeros((side_px, side_px), np.uint8)
    for ring in rings:
        corners = layout().flat[list(ring)] * side_px - 0.5
        cv2.fillPoly(mask, [np.round(corners * 16).astype(np.int32)], 255, cv2.LINE_8, 4)
    outside = cv2.distanceTransform(255 - mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    inside = cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    away = (outside - inside) / side_px - grow
    return square(1 - ramp(away, -soft / 2, soft / 2), SHEET_PX)
