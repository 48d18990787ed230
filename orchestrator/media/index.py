"""Find when each frame of a source is shown, from its packets where those can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

from orchestrator.media.report import FrameIndex
from remote_worker.frames.opening import first_video, open_media

_PACKETS_ARE_FRAMES = {
    "h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "prores", "mjpeg", "ffv1", "dnxhd", "rawvideo",
    "png", "gif", "theora", "vvc", "huffyuv", "utvideo", "qtrle", "cinepak", "dvvideo", "h263",
}  # fmt: skip
"""Codecs whose demuxers give one packet a picture (where every packet has its own time)."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A frame index and how it came about."""

    index: FrameIndex
    from_packets: bool
    undecodable: int
    """Frames the packets promise and a decoder does not give; 0 where packets were trusted."""
    jumps: int
    """How often time steps back in decoding order by more than reordering explains."""
    last_duration: int
    """How long the last frame is shown, in the index's time base; 0 when not known."""
    discarded: int
    """Packets that are decoded and not shown (edit lists)."""
    timeless: int
    """Packets that have no time at all: no piece can be cut from among them."""


def index_frames(path: Path, stream_index: int) -> Indexed:
    """Return the frame index of one video track.

    Packets are read, not decoded, unless one has no time or two have the same: then the
    track is decoded once.  A container's own frame count is not asked.

    Raises:
        av.FFmpegError: the file cannot be read.
    """
    read = _read_packets(path, stream_index)
    times = [time for time, _ in read.packets]
    trusted = (
        read.codec in _PACKETS_ARE_FRAMES
        and not read.untimed
        and not read.field_coded
        and len(set(times)) == len(times)
    )
    if not trusted:
        return _decoded_index(path, stream_index, read)
    shown = sorted(read.packets)
    keys = tuple(place for place, (_, key) in enumerate(shown) if key)
    index = FrameIndex(read.time_base, tuple(time for time, _ in shown), _from_zero(keys))
    return _indexed(index, read, from_packets=True, undecodable=0)


@dataclass(frozen=True, slots=True)
class _Read:
    codec: str
    time_base: Fraction
    packets: list[tuple[int, bool]]
    untimed: int
    field_coded: bool
    jumps: int
    last_duration: int
    discarded: int
    timeless: int


def _read_packets(path: Path, stream_index: int) -> _Read:
    packets: list[tuple[int, bool]] = []
    untimed = timeless = jumps = discarded = 0
    last_dts: int | None = None
    longest: tuple[int, int] = (-(2**62), 0)
    with open_media(path) as container:
        stream = first_video(container, stream_index)
        base = stream.time_base or Fraction(1, 90_000)
        one_second = int(1 / base) or 1
        for packet in container.demux(stream):
            if packet.size == 0:
                continue
            if packet.is_discard:
                discarded += 1
                continue
            if packet.pts is None:
                untimed += 1
                timeless += packet.dts is None
                continue
            if (
                last_dts is not None
                and packet.dts is not None
                and packet.dts < last_dts - one_second
            ):
                jumps += 1
            last_dts = packet.dts if packet.dts is not None else last_dts
            packets.append((packet.pts, bool(packet.is_keyframe)))
            longest = max(longest, (packet.pts, packet.duration or 0))
        order = getattr(stream.codec_context, "field_order", 0)
        fields = (
            stream.codec_context.codec.canonical_name == "h264"
            and container.format.name == "mpegts"
        )
        field_coded = bool(fields and order and int(order) > 1)
        name = stream.codec_context.codec.canonical_name
    return _Read(name, base, packets, untimed, field_coded, jumps, longest[1], discarded, timeless)


def _decoded_index(path: Path, stream_index: int, read: _Read) -> Indexed:
    """Return the index by decoding; frames without any time follow each other at the rate."""
    times: list[int] = []
    keys: list[int] = []
    with open_media(path) as container:
        stream = first_video(container, stream_index)
        stream.thread_type = "AUTO"
        tick = round(1 / ((stream.average_rate or Fraction(25)) * read.time_base)) or 1
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.InvalidDataError:
                continue
            for frame in frames:
                after = times[-1] + tick if times else 0
                time = frame.pts if frame.pts is not None else after
                if times and time <= times[-1]:
                    continue  # shown already: a repeated or a late picture
                if frame.key_frame:
                    keys.append(len(times))
                times.append(time)
    promised = len(read.packets) + read.untimed
    index = FrameIndex(read.time_base, tuple(times), _from_zero(tuple(keys)))
    missing = max(0, promised - len(times)) if read.codec in _PACKETS_ARE_FRAMES else 0
    return _indexed(index, read, from_packets=False, undecodable=missing)


def _indexed(index: FrameIndex, read: _Read, *, from_packets: bool, undecodable: int) -> Indexed:
    return Indexed(
        index,
        from_packets,
        undecodable,
        read.jumps,
        read.last_duration,
        read.discarded,
        read.timeless,
    )


def _from_zero(keys: tuple[int, ...]) -> tuple[int, ...]:
    return keys if keys[:1] == (0,) else (0, *keys)
