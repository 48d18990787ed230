"""Write the frames that an engine's own content check looks at into one small lossless clip.

FaceFusion fits every frame into 640 pixels before its first and largest model sees it, so the
clip holds frames of that size: what that model sees is the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream

from orchestrator.content import ContentProgress, ContentRequest, frames_of
from remote_worker.check import frames_to_look_at
from remote_worker.contract.records import Digest
from remote_worker.digests import digest_of_file
from remote_worker.engines import Pixels

LONGEST_PX = 640


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipRequest:
    """Which source, and where the clip is to be written."""

    content: ContentRequest
    frame_rate: Fraction
    to: str


@dataclass(frozen=True, slots=True)
class ClipMade:
    """A clip that was written."""

    digest: Digest
    frames: int


def write_clip(
    request: ClipRequest, on_progress: Callable[[ContentProgress], None] | None = None
) -> ClipMade:
    """Write the clip of a source; what a try that was killed left is written over.

    Raises:
        SourceUnreadable: the source does not decode.
        OSError: there is no room.
    """
    content, to = request.content, Path(request.to)
    looks = tuple(frames_to_look_at(len(content.pts), request.frame_rate))
    times = [content.pts[look] - content.pts[0] for look in looks]
    _write(to, frames_of(content, looks, on_progress), times, content.time_base)
    return ClipMade(digest_of_file(to), len(looks))


def fitted(pixels: Pixels) -> Pixels:
    """Return ``pixels`` (uint8 BGR) as FaceFusion fits them into a square, if they are larger."""
    height_px, width_px = pixels.shape[:2]
    scale = min(LONGEST_PX / height_px, LONGEST_PX / width_px)
    if scale >= 1:
        return pixels
    size = (max(1, int(width_px * scale)), max(1, int(height_px * scale)))
    return np.asarray(cv2.resize(pixels, size), np.uint8)


def _write(to: Path, frames: Iterator[Pixels], times: Sequence[int], time_base: Fraction) -> None:
    with av.open(str(to), "w", format="nut") as container:
        stream: VideoStream | None = None
        for time, pixels in zip(times, map(fitted, frames), strict=True):
            stream = stream or _stream(container, pixels, time_base)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="bgr24")
            frame = frame.reformat(format="bgr0")
            frame.pts, frame.time_base = time, time_base
            container.mux(stream.encode(frame))
        if stream is not None:
            container.mux(stream.encode(None))


def _stream(container: OutputContainer, pixels: Pixels, time_base: Fraction) -> VideoStream:
    stream = container.add_stream("ffv1")
    stream.pix_fmt = "bgr0"
    stream.height, stream.width = pixels.shape[:2]
    stream.time_base = stream.codec_context.time_base = time_base
    return stream
