"""Turn rendered segments into one run of video packets with the source's exact times."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av.packet import Packet
from av.video.stream import VideoStream

from remote_worker.contract.records import Codec, Digest
from remote_worker.frames.order import decoding_time, reorder_depth

_CODECS: dict[str, Codec] = {"h264": "h264", "hevc": "h265", "av1": "av1"}

_UNDECODED = cast(list[str], [{"skip_frame": "all"}])  # PyAV's stubs name another type
"""Opening a segment need not decode its first frames: for h264 that took most of the time."""


@dataclass(frozen=True, slots=True)
class SegmentFile:
    """One rendered segment on this disk; frames count in the source."""

    path: str
    start_frame: int
    end_frame: int
    blob: Digest


@dataclass(frozen=True, slots=True)
class FrameTimes:
    """When the frames ``start_frame..end_frame`` of a source are shown, in its time base."""

    time_base: Fraction
    pts: tuple[int, ...]
    """Of every frame of the range, strictly rising."""
    end_pts: int
    """When the last frame of the range stops being shown."""
    start_frame: int

    @property
    def end_frame(self) -> int:
        """One past the last frame of the range."""
        return self.start_frame + len(self.pts)


class SegmentRefused(Exception):
    """A segment is not what was rendered; ``segment`` is the one."""

    reason = "segment_refused"
    advice = "Resume the job: the segment is fetched or rendered again."

    def __init__(self, segment: SegmentFile, why: str) -> None:
        frames = f"{segment.start_frame} to {segment.end_frame}"
        self.sentence = f"The segment of frames {frames} ({Path(segment.path).name}) {why}."
        super().__init__(self.sentence)
        self.segment = segment


@dataclass(frozen=True, slots=True)
class _Opened:
    container: av.container.InputContainer
    stream: VideoStream
    packets: list[Packet[VideoStream]]
    """In decoding order."""
    ranks: list[int]
    """Of each packet: which frame of the segment it shows."""


class Stitch:
    """The segments of one video, checked on making and then read in order.

    One segment is in memory at a time.

    Raises:
        SegmentRefused: missing, changed, short, of other frames, or encoded otherwise.
    """

    def __init__(self, segments: tuple[SegmentFile, ...], times: FrameTimes) -> None:
        self._segments, self._times = segments, times
        self._check_cover()
        self._reorder_frames = 0
        self._extradata = b""
        self.template: av.container.InputContainer
        for number, segment in enumerate(segments):
            opened = self._open(segment, known=number > 0)
            self._check_alike(number, segment, opened)
            self._reorder_frames = max(self._reorder_frames, reorder_depth(opened.ranks))
            if number == 0:
                self.template = opened.container

    @property
    def stream(self) -> VideoStream:
        """The first segment's track: what the output's track is made like."""
        return self.template.streams.video[0]

    @property
    def codec(self) -> Codec:
        """What the segments are encoded in."""
        name = self.stream.codec_context.codec.canonical_name
        return _CODECS[name]

    def packets(self) -> Iterator[Packet[VideoStream]]:
        """Yield all packets in decoding order, stamped in the source's time base.

        The times are the table's own; every decoding time is the presentation time of the
        frame shown a constant number of frames earlier, so it rises and is never later than
        the packet's own presentation time.
        """
        pts, at = self._times.pts, 0
        for segment in self._segments:
            opened = self._open(segment, known=True)
            first = segment.start_frame - self._times.start_frame
            for packet, rank in zip(opened.packets, opened.ranks, strict=True):
                packet.time_base = self._times.time_base
                packet.pts = pts[first + rank]
                packet.dts = decoding_time(pts, self._reorder_frames, at)
                packet.duration = self._duration(at, first + rank)
                yield packet
                at += 1

    def _duration(self, at: int, shown: int) -> int:
        pts = self._times.pts
        last = at == len(pts) - 1 or shown == len(pts) - 1
        return self._times.end_pts - pts[-1] if last else pts[shown + 1] - pts[shown]

    def _check_cover(self) -> None:
        at = self._times.start_frame
        for segment in self._segments:
            if segment.start_frame != at or segment.end_frame <= at:
                raise SegmentRefused(segment, f"does not go on at frame {at}")
            at = segment.end_frame
        if at != self._times.end_frame:
            last = self._segments[-1] if self._segments else SegmentFile("none", at, at, Digest(""))
            raise SegmentRefused(last, f"ends at frame {at}, not at {self._times.end_frame}")

    def _open(self, segment: SegmentFile, *, known: bool) -> _Opened:
        """Read one segment; ``known`` when nothing but its packets is asked for."""
        data = _checked_bytes(segment)
        try:
            options = _UNDECODED if known else []
            container = av.open(io.BytesIO(data), "r", format="mp4", stream_options=options)
            stream = container.streams.video[0]
            packets = [packet for packet in container.demux(stream) if packet.size]
        except (av.FFmpegError, IndexError) as error:
            raise SegmentRefused(segment, "cannot be read as video") from error
        count = segment.end_frame - segment.start_frame
        if len(packets) != count:
            raise SegmentRefused(segment, f"holds {len(packets)} frames, not {count}")
        if stream.codec_context.codec.canonical_name not in _CODECS:
            raise SegmentRefused(segment, "is not h264, h265 or av1")
        if not packets[0].is_keyframe:
            raise SegmentRefused(segment, "does not start with a keyframe")
        return _Opened(container, stream, packets, self._ranks(segment, stream, packets))

    def _ranks(
        self, segment: SegmentFile, stream: VideoStream, packets: list[Packet[VideoStream]]
    ) -> list[int]:
        clock = stream.time_base or Fraction(0)
        first = segment.start_frame - self._times.start_frame
        pts = self._times.pts[first : first + len(packets)]
        ticks = self._times.time_base / clock if clock else Fraction(0)
        place = {(stamp - pts[0]) * ticks: rank for rank, stamp in enumerate(pts)}
        try:
            ranks = [place[Fraction(packet.pts or 0)] for packet in packets]
        except KeyError as error:
            raise SegmentRefused(segment, "has other times than the source") from error
        if len(set(ranks)) != len(ranks):
            raise SegmentRefused(segment, "shows two frames at one time")
        return ranks

    def _check_alike(self, number: int, segment: SegmentFile, opened: _Opened) -> None:
        extradata = opened.stream.codec_context.extradata or b""
        if number == 0:
            self._extradata = extradata
        elif extradata != self._extradata:
            raise SegmentRefused(segment, "was encoded with other settings than the first")


def _checked_bytes(segment: SegmentFile) -> bytes:
    try:
        data = Path(segment.path).read_bytes()
    except FileNotFoundError as error:
        raise SegmentRefused(segment, "is missing") from error
    if hashlib.sha256(data).hexdigest() != segment.blob:
        raise SegmentRefused(segment, "is damaged: its bytes do not match their digest")
    return data
