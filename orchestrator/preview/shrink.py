"""Make pictures for the screen: upright, with square pixels, no larger than they are shown."""

from __future__ import annotations

from dataclasses import replace

import av
import cv2
import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter

from remote_worker.contract.records import Picture
from remote_worker.engines import Pixels
from remote_worker.frames.pixels import to_pixels

Size = tuple[int, int]
"""Width and height in pixels."""
_SPACES = {1: 1, 4: 4, 5: 5, 6: 5, 7: 7, 9: 9}
"""H.273 matrix to swscale's number for it."""


def size_of(picture: Picture, longest_px: int) -> Size:
    """Return the size in which a picture is shown: never enlarged, its aspect kept."""
    wide = float(picture.shown_width_px * picture.sample_aspect_ratio)
    high = float(picture.shown_height_px)
    if picture.sample_aspect_ratio < 1:  # stretch the height, so that no column is lost
        wide, high = float(picture.shown_width_px), high / float(picture.sample_aspect_ratio)
    share = min(1.0, longest_px / max(wide, high))
    return max(1, round(wide * share)), max(1, round(high * share))


def as_stored(picture: Picture) -> Picture:
    """Return what describes frames that were rendered already: nothing is left to be done."""
    return replace(
        picture,
        rotation_deg=0,
        mirrored=False,
        deinterlace=False,
        tone_map="",
        source_colour=picture.colour,
    )


def shrunk_frame(frame: av.VideoFrame, picture: Picture, size: Size) -> Pixels:
    """Return a normalised frame as uint8 BGR of ``size``."""
    padded = (picture.width_px, picture.height_px) != (
        picture.shown_width_px,
        picture.shown_height_px,
    )
    shown = (picture.shown_width_px, picture.shown_height_px)
    if padded or size == shown:
        return shrunk(to_pixels(frame, picture), size)
    made = VideoReformatter().reformat(
        frame,
        width=size[0],
        height=size[1],
        format="bgr24",
        src_colorspace=_SPACES.get(picture.colour.matrix, 1),
        src_color_range="JPEG" if picture.colour.full_range else "MPEG",
        dst_color_range="JPEG",
        interpolation=Interpolation.AREA | Interpolation.ACCURATE_RND,
        threads=1,
    )
    return np.ascontiguousarray(made.to_ndarray(format="bgr24"))


def shrunk(pixels: Pixels, size: Size) -> Pixels:
    """Return BGR pixels in ``size``."""
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    smaller = size[0] * size[1] < pixels.shape[0] * pixels.shape[1]
    how = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    return np.ascontiguousarray(cv2.resize(pixels, size, interpolation=how), np.uint8)
