"""Cut from a source, by stream copy, the piece that a run of frames decodes from."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from orchestrator.errors import SourceRefused
from orchestrator.media.clean import is_clean_start
from orchestrator.media.report import FrameIndex
from remote_worker.contract.coding import from_plain
from remote_worker.contract.records import Piece
from remote_worker.digests import digest_of_file
from remote_worker.frames.opening import first_video, open_media
from remote_worker.frames.whole import WholeFile

_MUXER = {"fflags": "+bitexact", "avoid_negative_ts": "disabled"}
_MOV_MUXER = {**_MUXER, "strict": "experimental", "use_editlist": "0"}
_NOT_IN_NUT = {"prores", "dnxhd", "cfhd", "qtrle", "png", "gif"}
"""Codecs that NUT has no name for; MOV has one and keeps their times too."""
_NO_TIMES_AFTER_SEEK = {"avi"}
"""Formats that store no presentation times: they are right only when read from the start."""
_KEYFRAMES_BACK = 3
"""Where the keyframe before the start is no clean start (open GOP, intra refresh) begin at
this one, from the end, of the keyframes up to it: a decoder needs up to two more GOPs."""
_ROOM_TICKS = 1 << 20
"""NUT takes no negative time: a piece's times begin this far above zero, and its decoding
times, which nothing reads, count packets from zero."""


def cut_piece(
    source: Path,
    *,
    stream_index: int,
    index: FrameIndex,
    start_frame: int,
    end_frame: int,
    to: Path,
) -> Piece:
    """Write the packets that frames ``start_frame..end_frame`` decode from as a small file.

    It is NUT, which keeps nearly every codec and every time base as they are, or MOV.  The
    same cut gives the same bytes.
    ``to`` is whole or not there.

    Raises:
        av.FFmpegError: the source cannot be read.
        DiskFull: no room for the piece.
    """
    with WholeFile(to) as file, open_media(source) as container:
        stream = first_video(container, stream_index)
        begin = _beginning(container, stream, index, start_frame)
        start_pts = index.pts[begin] - _ROOM_TICKS
        packets = _packets(container, stream, index.pts[begin], index.pts[end_frame - 1])
        _write(file, stream, packets, start_pts)
        file.keep()
    return _described(to, start_pts)


def _write(
    file: WholeFile, stream: VideoStream, packets: Iterator[Packet[VideoStream]], start_pts: int
) -> None:
    holds = stream.codec_context.codec.canonical_name not in _NOT_IN_NUT
    kind, options = ("nut", _MUXER) if holds else ("mov", _MOV_MUXER)
    with av.open(cast(IO[bytes], file), "w", format=kind, options=options) as piece:
        track = piece.add_stream_from_template(stream, opaque=True)
        track.time_base = stream.time_base
        for number, packet in enumerate(packets):
            packet.stream = track
            packet.pts, packet.dts = _time(packet) - start_pts, number
            piece.mux(packet)


def _beginning(
    container: InputContainer, stream: VideoStream, index: FrameIndex, start_frame: int
) -> int:
    """Return the frame of the keyframe to begin at: the last one if it is a clean start."""
    place = bisect.bisect_right(index.keyframes, start_frame) - 1
    last = index.keyframes[max(0, place)]
    if _is_clean(container, stream, index.pts[last]):
        return last
    return index.keyframes[max(0, place - _KEYFRAMES_BACK + 1)]


def _is_clean(container: InputContainer, stream: VideoStream, pts: int) -> bool:
    """Tell of the keyframe at ``pts``; not sure of one that a seek does not find is no."""
    if container.format.name in _NO_TIMES_AFTER_SEEK or not _sought(container, stream, pts):
        return False
    packet = next((each for each in container.demux(stream) if each.is_keyframe), None)
    if packet is None or packet.pts != pts:
        return False
    context = stream.codec_context
    return is_clean_start(context.codec.canonical_name, context.extradata or b"", bytes(packet))


def _packets(
    container: InputContainer, stream: VideoStream, first_pts: int, last_pts: int
) -> Iterator[Packet[VideoStream]]:
    """Yield packets from the keyframe at ``first_pts`` until nothing later is needed.

    Decoding order is not presentation order: after the last frame's packet, those that come
    until decoding time has passed it are kept too.
    """
    begun = False
    for packet in _from_keyframe(container, stream, first_pts):
        if packet.size == 0:
            continue
        if not begun and not (packet.is_keyframe and _time(packet) >= first_pts):
            continue
        begun = True
        decoded_at = packet.dts if packet.dts is not None else packet.pts
        if decoded_at is not None and decoded_at > last_pts:
            return
        yield packet


def _from_keyframe(
    container: InputContainer, stream: VideoStream, first_pts: int
) -> Iterator[Packet[VideoStream]]:
    """Yield packets from no later than the keyframe at ``first_pts``.

    Formats without an index (MPEG-TS) land behind what was asked for: then from the start.
    """
    if container.format.name not in _NO_TIMES_AFTER_SEEK and _sought(container, stream, first_pts):
        packets = container.demux(stream)
        first = next((packet for packet in packets if packet.is_keyframe), None)
        if first is not None and _time(first) <= first_pts:
            yield first
            yield from packets
            return
        _sought(container, stream, -(2**40))
    yield from container.demux(stream)


def _sought(container: InputContainer, stream: VideoStream, pts: int) -> bool:
    try:
        container.seek(pts, stream=stream, backward=True)
    except av.FFmpegError:
        return False  # what cannot seek is read from its start
    return True


def _time(packet: Packet[VideoStream]) -> int:
    if packet.pts is not None:
        return packet.pts
    return packet.dts if packet.dts is not None else -1


def _described(path: Path, start_pts: int) -> Piece:
    return Piece(digest_of_file(path), path.stat().st_size, start_pts)


@dataclass(frozen=True, slots=True)
class Cut:
    """One piece to cut: the frames it must decode, its halo included, and where to."""

    start_frame: int
    end_frame: int
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CutRequest:
    """Pieces to cut from one source, in order."""

    source_path: str
    stream_index: int
    index: FrameIndex
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, slots=True)
class CutDone:
    """The place in the request of a piece that is there now, and the piece."""

    number: int
    piece: Piece


@dataclass(frozen=True, slots=True)
class AllCut:
    """How many pieces were cut."""

    count: int


def cut_task(request: Any, report: Callable[..., None]) -> AllCut:
    """Cut every piece of a :class:`CutRequest`, reporting each as :class:`CutDone`."""
    asked = from_plain(CutRequest, request)
    try:
        return _cut_all(asked, report)
    except av.FFmpegError as error:
        raise SourceRefused(
            "not_media",
            f"{Path(asked.source_path).name} can no longer be read ({error.strerror or error}).",
            "Check the file and its disk, then resume the job.",
        ) from error


def _cut_all(asked: CutRequest, report: Callable[..., None]) -> AllCut:
    for number, cut in enumerate(asked.cuts):
        piece = cut_piece(
            Path(asked.source_path),
            stream_index=asked.stream_index,
            index=asked.index,
            start_frame=cut.start_frame,
            end_frame=cut.end_frame,
            to=Path(cut.to),
        )
        report(CutDone(number, piece), always=True)
    return AllCut(len(asked.cuts))
