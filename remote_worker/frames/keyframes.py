"""Decode keyframes and nothing between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from remote_worker.contract.records import Picture
from remote_worker.engines import Pixels
from remote_worker.errors import SourceUnreadable
from remote_worker.frames.opening import first_video, open_media
from remote_worker.frames.picture import normaliser_for
from remote_worker.frames.pixels import to_pixels

_THREADS = 2


def decode_keyframes(
    path: Path,
    *,
    time_base: Fraction,
    pts: Sequence[int],
    wanted: Sequence[int],
    picture: Picture,
    stream_index: int | None = None,
) -> Iterator[tuple[int, Pixels]]:
    """Yield index and pixels (uint8 BGR, upright) of those frames of ``wanted`` that decode alone.

    ``pts`` are the times of the whole source in ``time_base``; ``wanted`` rises.  A frame that
    is no keyframe, is damaged or is not at its time is left out: the caller decodes it exactly.

    Raises:
        SourceUnreadable: the file does not open.
    """
    if not wanted:
        return
    try:
        with open_media(path) as container:
            stream = first_video(container, stream_index)
            times = {pts[index]: index for index in wanted}
            for frame in _alone(container, stream, time_base, sorted(times)):
                index = times.pop(frame.pts if frame.pts is not None else -1, None)
                if index is not None:
                    yield index, _pixels(frame, picture, time_base)
    except (av.FFmpegError, LookupError) as error:
        raise SourceUnreadable(f"{path.name} cannot be decoded: {error}") from error


def _alone(
    container: InputContainer, stream: VideoStream, time_base: Fraction, times: Sequence[int]
) -> Iterator[av.VideoFrame]:
    """Yield the keyframes at ``times``; the packets between them are read and passed over."""
    own_base = stream.time_base or time_base
    stream.thread_type, stream.thread_count = "AUTO", _THREADS
    stream.codec_context.skip_frame = "NONKEY"
    for packet in _keyframe_packets(container, stream, own_base / time_base, times):
        try:
            frames = stream.codec_context.decode(packet)
        except av.InvalidDataError:
            continue  # damaged: the caller decodes its stretch
        for frame in frames:
            if frame.pts is not None:
                frame.pts = round(frame.pts * own_base / time_base)
                frame.time_base = time_base
                yield frame


def _keyframe_packets(
    container: InputContainer, stream: VideoStream, ticks: Fraction, times: Sequence[int]
) -> Iterator[Packet[VideoStream] | None]:
    """Yield the packets of the keyframes at ``times``, then None to empty the decoder."""
    wanted = set(times)
    for packet in container.demux(stream):
        time = round(packet.pts * ticks) if packet.pts is not None else None
        if time in wanted and packet.is_keyframe:
            yield packet
        if time is not None and time > times[-1]:
            break
    yield None


def _pixels(frame: av.VideoFrame, picture: Picture, time_base: Fraction) -> Pixels:
    normaliser = normaliser_for(picture, time_base)
    (upright,) = [*normaliser.feed(frame), *normaliser.flush()]
    return to_pixels(upright, picture)
