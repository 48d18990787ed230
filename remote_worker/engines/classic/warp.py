"""Carry pictures between a frame and the sheet, along a face's mesh."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from remote_worker.engines.classic.layout import SHEET_PX, Places, layout, on_sheet, with_skirt
from remote_worker.engines.classic.planes import Plane, looked_up, resized

_GRID_PX = 176
"""Longer side of the grid on which the mesh is drawn; between its nodes the map is linear."""


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of a frame, in pixels."""

    left: int
    top: int
    width: int
    height: int

    def of(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return that part of ``picture``, not a copy."""
        return picture[self.top : self.top + self.height, self.left : self.left + self.width]


@dataclass(frozen=True, slots=True, eq=False)
class SheetMap:
    """For each pixel of a window, the place of the sheet that is seen there."""

    places: Plane
    """height x width x 2, from 0 to 1 across the sheet."""
    seen: Plane
    """height x width: 1 on the mesh, 0 off it."""

    def look_up(self, sheet: Plane) -> Plane:
        """Return what ``sheet`` (of any side) holds at each pixel."""
        where = self.places * np.float32(sheet.shape[0]) - np.float32(0.5)
        return looked_up(sheet, where.astype(np.float32, copy=False))


def moved(
    picture: NDArray[np.uint8], sheet_map: SheetMap, before: Places, after: Places, window: Window
) -> NDArray[np.uint8]:
    """Return ``window`` of ``picture`` with the face moved from ``before`` to ``after``.

    ``sheet_map`` is drawn with ``after``.  Where nothing moves, pixels stay exactly the same.
    """
    back = with_skirt(before[:, :2]) - with_skirt(after[:, :2])
    field = sheet_map.look_up(on_sheet(back, SHEET_PX)) * sheet_map.seen[..., None]
    across = np.arange(window.left, window.left + window.width, dtype=np.float32)
    down = np.arange(window.top, window.top + window.height, dtype=np.float32)
    return looked_up(picture, field + np.dstack(np.meshgrid(across, down)), cubic=True)


def window_of(points: Places, frame_shape: tuple[int, ...]) -> Window | None:
    """Return the part of the frame that the mesh covers; None when it is all outside."""
    low = np.floor(points[:, :2].min(axis=0)).astype(int) - 2
    high = np.ceil(points[:, :2].max(axis=0)).astype(int) + 3
    left, top = max(int(low[0]), 0), max(int(low[1]), 0)
    width = min(int(high[0]), frame_shape[1]) - left
    height = min(int(high[1]), frame_shape[0]) - top
    return Window(left, top, width, height) if width > 1 and height > 1 else None


def unwrap(picture: NDArray[np.uint8], points: Places, side_px: int) -> NDArray[np.uint8]:
    """Return ``picture``'s face laid out on a sheet of ``side_px``; ``points`` are 468 x 2+."""
    where = on_sheet(with_skirt(points[:, :2]), side_px)
    size_px = float(np.ptp(points[:, :2], axis=0).max())
    picture, where = _shrunk_to(picture, where, side_px / max(size_px, 1.0))
    return looked_up(picture, where, cubic=side_px > size_px * 1.5)


def _shrunk_to(
    picture: NDArray[np.uint8], where: Plane, scale: float
) -> tuple[NDArray[np.uint8], Plane]:
    """Return the picture made as coarse as the sheet, so that no pixels are jumped over."""
    if scale > 0.75:
        return picture, where
    low = np.maximum(np.floor(where.reshape(-1, 2).min(axis=0)).astype(int) - 2, 0)
    high = np.maximum(np.ceil(where.reshape(-1, 2).max(axis=0)).astype(int) + 3, low + 2)
    part = picture[low[1] : high[1], low[0] : high[0]]
    if not part.size:
        return picture, where
    width, height = max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale))
    small = resized(part, width, height)
    ratio = np.array([width / part.shape[1], height / part.shape[0]], np.float32)
    moved = (where - low.astype(np.float32) + np.float32(0.5)) * ratio - np.float32(0.5)
    return small, moved.astype(np.float32)


def draw_map(points: Places, window: Window) -> SheetMap:
    """Return where on the sheet each pixel of ``window`` lies.

    What is nearer by ``points`` (468 x 3 in pixels of the frame) hides what is behind it.
    """
    step = max(1, -(-max(window.width, window.height) // _GRID_PX))
    size = (-(-window.width // step), -(-window.height // step))
    flat = with_skirt(points)
    nodes = (flat[:, :2] - (window.left, window.top) + 0.5) / step - 0.5
    owner = _owners(nodes.astype(np.float32), flat[:, 2], size)
    places = _places(nodes.astype(np.float32), owner)
    covered = (owner >= 0).astype(np.float32)
    return _enlarged(places, covered, step, window)


def _owners(nodes: Places, depth: Places, size: tuple[int, int]) -> NDArray[np.int32]:
    """Return which triangle is seen at each node of the grid; -1 where none is."""
    triangles = layout().triangles
    one, two, three = (nodes[triangles[:, corner]] for corner in range(3))
    turn = (two - one)[:, 0] * (three - one)[:, 1] - (two - one)[:, 1] * (three - one)[:, 0]
    order = np.argsort(-depth[triangles].mean(axis=1), kind="stable")
    corners = np.round(nodes[triangles] * 16).astype(np.int32)
    owner = np.full((size[1], size[0]), -1, np.int32)
    for number in order[turn[order] > 0]:
        cv2.fillConvexPoly(owner, corners[number], int(number), cv2.LINE_8, 4)
    return owner


def _places(nodes: Places, owner: NDArray[np.int32]) -> Plane:
    """Return the sheet's place at each node, by the map of the triangle that owns it."""
    maps = _triangle_maps(nodes)[np.maximum(owner, 0)]
    height, width = owner.shape
    across, down = np.meshgrid(np.arange(width), np.arange(height))
    at = np.stack([across, down, np.ones_like(across)], axis=-1).astype(np.float64)
    places = np.einsum("hwij,hwj->hwi", maps, at)
    inside: Plane = np.clip(places, 0, 1).astype(np.float32)
    return inside


def _triangle_maps(nodes: Places) -> NDArray[np.float64]:
    """Return the 2 x 3 map of each triangle, from the grid to the sheet."""
    triangles = layout().triangles
    corners = nodes[triangles].astype(np.float64)
    origin, sides = corners[:, 0], corners[:, 1:] - corners[:, :1]
    area = sides[:, 0, 0] * sides[:, 1, 1] - sides[:, 0, 1] * sides[:, 1, 0]
    area = np.where(np.abs(area) < 1e-9, 1e-9, area)
    inverse = np.empty_like(sides)
    inverse[:, 0, 0], inverse[:, 1, 1] = sides[:, 1, 1], sides[:, 0, 0]
    inverse[:, 0, 1], inverse[:, 1, 0] = -sides[:, 1, 0], -sides[:, 0, 1]
    inverse = np.einsum("tji,tjk->tik", _flat_sides(), inverse)
    inverse /= area[:, None, None]
    flat_origin = layout().flat[triangles[:, 0]].astype(np.float64)
    shift = flat_origin - np.einsum("tij,tj->ti", inverse, origin)
    maps: NDArray[np.float64] = np.concatenate([inverse, shift[:, :, None]], axis=2)
    return maps


@cache
def _flat_sides() -> NDArray[np.float64]:
    corners = layout().flat[layout().triangles].astype(np.float64)
    sides: NDArray[np.float64] = corners[:, 1:] - corners[:, :1]
    return sides


def _enlarged(places: Plane, covered: Plane, step: int, window: Window) -> SheetMap:
    if step > 1:
        width, height = places.shape[1] * step, places.shape[0] * step
        places, covered = resized(places, width, height), resized(covered, width, height)
    cut = np.s_[: window.height, : window.width]
    return SheetMap(places[cut], (covered[cut] > 0.999).astype(np.float32))
