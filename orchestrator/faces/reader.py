"""Read a source once, in order, in windows that end where a scan looks for faces.

Every frame is decoded, because cuts lie between neighbours and a track ends on a frame; the
pixels of a frame are converted only when somebody looks at it.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from orchestrator.faces.request import ScanSource
from orchestrator.faces.shots import REACH_FRAMES, Thumbnail, find_cuts
from remote_worker.contract.records import Picture
from remote_worker.engines import Pixels
from remote_worker.errors import SourceUnreadable
from remote_worker.frames.opening import first_video, open_media

LOOK_EACH = Fraction(1, 5)
"""Longest time between two looks, in seconds."""
_HELD_BYTES = 48 << 20
_MOST_HELD_FRAMES = 16
_THUMBNAIL_PX = (64, 36)


class Shown:
    """One decoded frame; it becomes upright, square pixels when asked for."""

    def __init__(self, index: int, decoded: Any, picture: Picture) -> None:
        self.index = index
        self._decoded = decoded
        self._picture = picture
        self._made: dict[int, Pixels] = {}
        self.thumbnail = _thumbnail(decoded)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright frame with square pixels."""
        return square_size(self._picture)

    def pixels(self, longest_px: int) -> Pixels:
        """Return the upright frame as uint8 BGR, its longer side at most ``longest_px``."""
        if longest_px not in self._made:
            self._made[longest_px] = self._make(longest_px)
        return self._made[longest_px]

    def _make(self, longest_px: int) -> Pixels:
        width, height = self.size
        scale = min(1.0, longest_px / max(width, height))
        width, height = max(1, round(width * scale)), max(1, round(height * scale))
        if self._picture.rotation_deg in (90, 270):
            width, height = height, width
        plain = self._decoded.reformat(
            width=width, height=height, format="bgr24", interpolation="BILINEAR"
        ).to_ndarray()
        return _upright(_bring_down(plain, self._picture.tone_map), self._picture)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames of one shot after the last look, up to and with the next one."""

    frames: tuple[Shown, ...]
    begins_shot: bool
    """Whether the first of the frames begins a new shot."""

    @property
    def look(self) -> Shown:
        """The frame in which faces are looked for."""
        return self.frames[-1]


def square_size(picture: Picture) -> tuple[int, int]:
    """Return width and height of the upright picture once its pixels are square."""
    wide = picture.shown_width_px * (picture.sample_aspect_ratio or Fraction(1))
    return max(1, round(wide)), picture.shown_height_px


def stretches(source: ScanSource) -> Iterator[Stretch]:
    """Yield all of the source's frames in order; a stretch never goes over a cut."""
    held: list[Thumbnail] = []
    waiting: tuple[Shown, ...] = ()
    first = True
    for window in _windows(source):
        if waiting:
            yield from _split(held, waiting, window, first=first)
            held = [*held, *(shown.thumbnail for shown in waiting)][-REACH_FRAMES - 2 :]
            first = False
        waiting = window
    if waiting:
        yield from _split(held, waiting, (), first=first)


def _split(
    held: Sequence[Thumbnail], window: tuple[Shown, ...], ahead: Sequence[Shown], *, first: bool
) -> Iterator[Stretch]:
    """Yield ``window`` divided at its cuts; ``held`` and ``ahead`` are what lies around it."""
    after = [shown.thumbnail for shown in ahead[: REACH_FRAMES + 2]]
    every = [*held, *(shown.thumbnail for shown in window), *after]
    places = [place - len(held) for place in find_cuts(every)]
    cuts = [place for place in places if 0 <= place < len(window)]
    edges = sorted({0, *cuts, len(window)})
    for start, end in itertools.pairwise(edges):
        begins = start in cuts or (first and start == 0)
        if begins and end - start > 1:  # both sides of a cut are looked at
            yield Stretch(window[start : start + 1], begins_shot=True)
            yield Stretch(window[start + 1 : end], begins_shot=False)
        else:
            yield Stretch(window[start:end], begins_shot=begins)


def _windows(source: ScanSource) -> Iterator[tuple[Shown, ...]]:
    most = _most_held(source.picture)
    each = LOOK_EACH / source.index.time_base
    pts = source.index.pts
    window: list[Shown] = []
    last_look = None
    for shown in read_frames(source):
        window.append(shown)
        following = pts[shown.index + 1] if shown.index + 1 < len(pts) else None
        due = last_look is None or following is None or following - last_look > each
        if due or len(window) >= most:
            last_look = pts[shown.index]
            yield tuple(window)
            window = []
    if window:
        yield tuple(window)


def _most_held(picture: Picture) -> int:
    """Return how many frames a window may hold, so that large frames fit in memory."""
    frame_bytes = picture.width_px * picture.height_px * 3
    if picture.pixel_format == "yuv420p":
        frame_bytes //= 2
    return max(2, min(_MOST_HELD_FRAMES, _HELD_BYTES // max(1, frame_bytes)))


def read_frames(source: ScanSource) -> Iterator[Shown]:
    """Yield the frames of the source that its index knows, in order, damaged ones left out.

    Raises:
        SourceUnreadable: the file does not open or has no such track.
    """
    import av

    path = Path(source.path)
    places = {pts: place for place, pts in enumerate(source.index.pts)}
    newest = -1
    try:
        with open_media(path) as media:
            for decoded in _decode(media, first_video(media, source.stream_index)):
                place = _place(decoded, source, places, newest)
                if place > newest:
                    newest = place
                    yield Shown(place, decoded, source.picture)
    except (av.FFmpegError, LookupError) as error:
        raise SourceUnreadable(f"{path.name} cannot be looked through: {error}") from error


def _place(decoded: Any, source: ScanSource, places: Mapping[int, int], newest: int) -> int:
    """Return which frame this is, or -1 when the index does not know it."""
    if decoded.pts is None:
        return newest + 1 if newest + 1 < len(source.index.pts) else -1
    return places.get(round(decoded.pts * decoded.time_base / source.index.time_base), -1)


def _decode(media: Any, stream: Any) -> Iterator[Any]:
    import av

    context = stream.codec_context
    context.options = {"skip_loop_filter": "noref"}  # what it smooths is not looked at
    context.thread_count = min(4, os.cpu_count() or 1)
    context.thread_type = "AUTO"
    for packet in media.demux(stream):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            continue  # a damaged frame is not looked at; its neighbours are
        yield from frames


def _thumbnail(decoded: Any) -> Thumbnail:
    width, height = _THUMBNAIL_PX
    small = decoded.reformat(
        width=width * 2, height=height * 2, format="yuv444p", interpolation="POINT"
    ).to_ndarray()
    return np.stack([cv2.resize(p, _THUMBNAIL_PX, interpolation=cv2.INTER_AREA) for p in small])


def _upright(pixels: Pixels, picture: Picture) -> Pixels:
    """Return ``pixels`` mirrored and turned as the picture says."""
    if picture.mirrored:
        pixels = pixels[:, ::-1]
    turns = {0: 0, 90: 3, 180: 2, 270: 1}[picture.rotation_deg]
    return np.ascontiguousarray(np.rot90(pixels, turns))


def _bring_down(pixels: Pixels, transfer: str) -> Pixels:
    """Return HDR code values brought near SDR ones: good enough to see a face by."""
    if not transfer:
        return pixels
    bright: Pixels = cv2.LUT(pixels, _curve(transfer)).astype(np.uint8)
    return bright


def _curve(transfer: str) -> NDArray[np.uint8]:
    code = np.arange(256) / 255
    if transfer == "hlg":
        return np.clip(code / 0.75 * 255, 0, 255).astype(np.uint8)
    root = code ** (1 / 78.84375)
    linear = np.clip(root - 0.8359375, 0, None) / (18.8515625 - 18.6875 * root)
    nits = linear ** (1 / 0.1593017578125) * 10_000
    return np.clip((nits / 203) ** (1 / 2.2) * 255, 0, 255).astype(np.uint8)
