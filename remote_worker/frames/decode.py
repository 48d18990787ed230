"""Decode exactly the frames that were asked for, each once and in order."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from remote_worker.contract.records import Picture
from remote_worker.engines import Pixels
from remote_worker.errors import SourceUnreadable
from remote_worker.frames.opening import first_video, open_media
from remote_worker.frames.picture import Normaliser, normaliser_for
from remote_worker.frames.pixels import copy_of, to_pixels

_STEPS_BACK_S = (0.0, 2.0, 12.0)
"""How much earlier to seek when a decoder gives nothing in time (recovery points), then: 0."""


@dataclass(frozen=True)
class Decoded:
    """One frame of the source, ready to be encoded; not to be written to."""

    index: int
    frame: av.VideoFrame
    """Normalised to the picture; ``pts`` in the source's time base."""
    concealed: bool
    """Whether the source's own frame did not decode and a neighbour stands here."""
    picture: Picture

    @cached_property
    def pixels(self) -> Pixels:
        """The frame as uint8 BGR, shown height x shown width x 3."""
        pixels = to_pixels(self.frame, self.picture)
        pixels.flags.writeable = False
        return pixels


def decode_range(
    path: Path,
    *,
    time_base: Fraction,
    first_frame: int,
    pts: Sequence[int],
    wanted: range,
    picture: Picture,
    stream_index: int | None = None,
    file_start_pts: int | None = None,
    threads: int = 2,
) -> Iterator[Decoded]:
    """Yield each frame index of ``wanted`` exactly once, in order.

    ``pts[i]`` is the time of frame ``first_frame + i`` in ``time_base``; the file may be the
    whole source or a piece of it (then ``file_start_pts`` is the piece's ``start_pts``, and it
    is read from its beginning).  A frame that does not decode repeats the one before it
    (the one after it at the start) and is marked; frames not in the table are dropped.

    Raises:
        SourceUnreadable: the file does not open, or none of the frames decodes.
    """
    times = [pts[index - first_frame] for index in wanted]
    if not times:
        return
    try:
        with open_media(path) as container:
            stream = first_video(container, stream_index)
            stream.thread_type = "AUTO"
            stream.thread_count = threads
            if file_start_pts is None:
                frames = _from(container, stream, time_base, times[0], int(picture.deinterlace))
            else:
                frames = _decoded(container, stream, time_base, file_start_pts)
            ready = _normalised(frames, normaliser_for(picture, time_base), picture, times)
            yield from _in_place(ready, wanted, times, picture)
    except (av.FFmpegError, LookupError) as error:
        raise SourceUnreadable(f"{path.name} cannot be decoded: {error}") from error


def _in_place(
    ready: Iterator[av.VideoFrame], wanted: range, times: list[int], picture: Picture
) -> Iterator[Decoded]:
    """Yield a frame for every time, repeating a neighbour where one is missing."""
    place, last = 0, None
    for frame in ready:
        while place < len(times) and times[place] < _time(frame):
            yield _concealed(wanted[place], frame if last is None else last, times[place], picture)
            place += 1
        if place == len(times):
            return
        if times[place] == _time(frame):
            last = frame
            yield Decoded(wanted[place], frame, concealed=False, picture=picture)
            place += 1
            if place == len(times):
                return
    if last is None:
        raise SourceUnreadable("no frame of this part of the source can be decoded")
    for missing in range(place, len(times)):
        yield _concealed(wanted[missing], last, times[missing], picture)


def _concealed(index: int, frame: av.VideoFrame, time: int, picture: Picture) -> Decoded:
    made = copy_of(frame)
    made.pts = time
    return Decoded(index, made, concealed=True, picture=picture)


def _normalised(
    frames: Iterator[av.VideoFrame], normaliser: Normaliser, picture: Picture, times: list[int]
) -> Iterator[av.VideoFrame]:
    """Yield normalised frames from a little before ``times[0]`` to a little after the last."""
    margin = 1 if picture.deinterlace else 0  # a deinterlacer looks at both neighbours
    held: av.VideoFrame | None = None
    for frame in frames:
        if _time(frame) < times[0]:
            held = frame if margin else None
            continue
        if held is not None:
            yield from normaliser.feed(held)
            held = None
        yield from normaliser.feed(frame)
        if _time(frame) > times[-1] or (not margin and _time(frame) == times[-1]):
            break
    yield from normaliser.flush()


def _from(
    container: InputContainer, stream: VideoStream, time_base: Fraction, time: int, margin: int
) -> Iterator[av.VideoFrame]:
    """Yield decoded frames, the first no later than ``time`` where the file has one."""
    for attempt, back_s in enumerate((*_STEPS_BACK_S, None)):
        _seek(container, stream, time_base, time, back_s)
        frames = _decoded(container, stream, time_base)
        first = next(frames, None)
        is_last_try = attempt == len(_STEPS_BACK_S)
        if first is None and not is_last_try:
            continue
        if first is not None and (is_last_try or _time(first) + margin <= time):
            yield first
            yield from frames
            return
    return


def _seek(
    container: InputContainer,
    stream: VideoStream,
    time_base: Fraction,
    time: int,
    back_s: float | None,
) -> None:
    own_base = stream.time_base or time_base
    if back_s is None:
        target = -(2**40)
    else:
        target = int(Fraction(time) * time_base / own_base - Fraction(back_s) / own_base)
    with contextlib.suppress(av.FFmpegError):  # a file that cannot seek is read from its start
        container.seek(target, stream=stream, backward=True)


def _decoded(
    container: InputContainer, stream: VideoStream, time_base: Fraction, start_pts: int = 0
) -> Iterator[av.VideoFrame]:
    """Yield frames in presentation order, their times in ``time_base``; damage is passed over."""
    own_base = stream.time_base or time_base
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.InvalidDataError:
            continue  # the frame table tells that one is missing
        for frame in frames:
            if frame.pts is not None:
                frame.pts = round(frame.pts * own_base / time_base) + start_pts
                frame.time_base = time_base
                yield frame


def _time(frame: av.VideoFrame) -> int:
    """Return the frame's time; only frames that have one get here."""
    return frame.pts if frame.pts is not None else -1
