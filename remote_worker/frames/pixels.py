"""Carry frames between the codecs' YUV and the engines' BGR, changing no more than needed."""

from __future__ import annotations

from typing import Any

import av
import cv2
import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from remote_worker.contract.records import Colour, Picture
from remote_worker.engines import Pixels

_SPACES = {1: 1, 4: 4, 5: 5, 6: 5, 7: 7, 9: 9}
"""H.273 matrix to swscale's number for it."""
_EXACT = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT


_STRIP_ROWS = 64
"""Rows compared at once: few enough to stay in a processor's cache."""


def to_pixels(frame: av.VideoFrame, picture: Picture) -> Pixels:
    """Return ``frame`` as uint8 BGR, shown height x shown width x 3, contiguous.

    By way of planes: swscale gives the same values and has code for a processor's vectors.
    """
    made = VideoReformatter().reformat(
        frame,
        format="gbrp",
        src_colorspace=_space(picture.colour),
        src_color_range=_range(picture.colour),
        dst_color_range="JPEG",
        interpolation=_EXACT,
        threads=1,
    )
    height_px, width_px = picture.shown_height_px, picture.shown_width_px
    green, blue, red = (_bytes(plane)[:height_px, :width_px] for plane in made.planes)
    return np.asarray(cv2.merge((blue, green, red)), np.uint8)


def with_pixels(
    frame: av.VideoFrame, before: Pixels, after: Pixels, picture: Picture
) -> av.VideoFrame:
    """Return ``frame`` with the region in which ``after`` differs from ``before`` replaced.

    Both are uint8 BGR of the shown size.  All samples outside the region's bounding box keep
    their values; ``frame`` itself is not written to.
    """
    box = _changed(before, after)
    if box is None:
        return frame
    left, top, right, bottom = box
    patch = np.ascontiguousarray(after[top:bottom, left:right])
    if patch.shape[0] % 2 or patch.shape[1] % 2:  # the last odd row or column of the picture
        patch = np.pad(
            patch, ((0, patch.shape[0] % 2), (0, patch.shape[1] % 2), (0, 0)), mode="edge"
        )
    converted = VideoReformatter().reformat(
        av.VideoFrame.from_ndarray(patch, "bgr24"),
        format=picture.pixel_format,
        dst_colorspace=_space(picture.colour),
        src_color_range="JPEG",
        dst_color_range=_range(picture.colour),
        interpolation=_EXACT,
        threads=1,
    )
    made = copy_of(frame)
    for number, plane in enumerate(made.planes):
        step = 1 if number == 0 else 2
        target, part = _samples(plane, picture), _samples(converted.planes[number], picture)
        y, x = top // step, left // step
        target[y : y + part.shape[0], x : x + part.shape[1]] = part
    return made


def _changed(before: Pixels, after: Pixels) -> tuple[int, int, int, int] | None:
    """Return (left, top, right, bottom) of what differs, aligned outwards to even samples."""
    if before.shape != after.shape:
        raise ValueError(f"the engine made {after.shape} of {before.shape}")
    height_px, width_px = before.shape[:2]
    one, other = (np.ascontiguousarray(p).reshape(height_px, -1) for p in (before, after))
    seen = np.zeros(width_px * 3, np.uint8)
    rows: list[int] = []
    for first in range(0, height_px, _STRIP_ROWS):
        apart = one[first : first + _STRIP_ROWS] ^ other[first : first + _STRIP_ROWS]
        in_strip = np.bitwise_or.reduce(apart, axis=0)
        if in_strip.any():
            seen |= in_strip
            there = np.flatnonzero(apart.any(axis=1)) + first
            rows += [int(there[0]), int(there[-1])]
    if not rows:
        return None
    columns = np.flatnonzero(seen.reshape(width_px, 3).any(axis=1))
    left, right = int(columns[0]) & ~1, int(columns[-1]) + 1
    top, bottom = rows[0] & ~1, rows[-1] + 1
    return left, top, min(right + (right & 1), width_px), min(bottom + (bottom & 1), height_px)


def copy_of(frame: av.VideoFrame) -> av.VideoFrame:
    """Return a frame with the same samples, time and colour tags in memory of its own."""
    made = av.VideoFrame(frame.width, frame.height, frame.format.name)
    for source, target in zip(frame.planes, made.planes, strict=True):
        rows = min(source.height, target.height)
        wide = min(source.line_size, target.line_size)
        _bytes(target)[:rows, :wide] = _bytes(source)[:rows, :wide]
    made.pts = frame.pts
    made.time_base = frame.time_base
    made.color_primaries, made.color_trc = frame.color_primaries, frame.color_trc
    made.colorspace, made.color_range = frame.colorspace, frame.color_range
    return made


def _bytes(plane: Any) -> NDArray[np.uint8]:
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)


def _samples(plane: Any, picture: Picture) -> NDArray[Any]:
    """Return a plane as a writable height x width array of its samples."""
    kind = np.uint16 if picture.pixel_format == "yuv420p10le" else np.uint8
    size = np.dtype(kind).itemsize
    samples = np.frombuffer(plane, kind).reshape(-1, plane.line_size // size)
    return samples[: plane.height, : plane.width]


def _space(colour: Colour) -> int:
    return _SPACES.get(colour.matrix, 1)


def _range(colour: Colour) -> str:
    return "JPEG" if colour.full_range else "MPEG"
