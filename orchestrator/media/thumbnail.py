"""Draw one small picture of a source, for lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2

from orchestrator.errors import SourceRefused
from orchestrator.media.report import FrameIndex
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import from_plain
from remote_worker.contract.records import Picture
from remote_worker.errors import SourceUnreadable
from remote_worker.frames.decode import decode_range

_FROM_THE_END = 8
"""The picture is taken an eighth into the source: the very beginning is often black."""
_JPEG_QUALITY = 85


@dataclass(frozen=True, slots=True, kw_only=True)
class ThumbnailRequest:
    """A source, and where its picture goes."""

    path: str
    stream_index: int
    picture: Picture
    index: FrameIndex
    to: str
    longest_px: int


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A picture that was drawn."""

    frame: int
    width_px: int
    height_px: int


def thumbnail_task(request: Any, report: Callable[..., None]) -> Thumbnail:
    """Draw the picture of a :class:`ThumbnailRequest`."""
    del report
    return draw_thumbnail(from_plain(ThumbnailRequest, request))


def draw_thumbnail(request: ThumbnailRequest) -> Thumbnail:
    """Write the picture as a JPEG; return its size.

    Raises:
        SourceRefused: no frame of the source can be read.
        OSError: it cannot be written.
    """
    index = request.index
    frame = _keyframe_near(index, len(index.pts) // _FROM_THE_END)
    try:
        (decoded,) = decode_range(
            Path(request.path),
            time_base=index.time_base,
            first_frame=0,
            pts=index.pts,
            wanted=range(frame, frame + 1),
            picture=request.picture,
            stream_index=request.stream_index,
        )
    except SourceUnreadable as error:
        raise SourceRefused("unreadable", error.sentence, error.advice) from error
    pixels = decoded.pixels
    shrink = min(1.0, request.longest_px / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * shrink)), max(1, round(pixels.shape[0] * shrink)))
    made = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".jpg", made, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    write_whole(Path(request.to), [data.tobytes()])
    return Thumbnail(frame, *size)


def _keyframe_near(index: FrameIndex, frame: int) -> int:
    return max((k for k in index.keyframes if k <= frame), default=0)
