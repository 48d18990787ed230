"""Find out what a source is, believing nothing that was not counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from orchestrator.errors import SourceRefused
from orchestrator.media.impostors import refuse_impostor
from orchestrator.media.index import Indexed, index_frames
from orchestrator.media.look import Look, colour_notices, picture_notices, picture_of
from orchestrator.media.report import FrameIndex, Notice, OtherTrack, SourceReport, VideoTrack
from remote_worker.digests import digest_of_file
from remote_worker.frames.opening import MAX_PIXELS, first_video, open_media

LEAST_SIDE_PX = 16
MOST_SIDE_PX = 16_384
_FRAMES_LOOKED_AT = 6
_LONG_GAP_S = 10
_KINDS = ("audio", "subtitle", "data", "attachment")


@dataclass(frozen=True, slots=True)
class Probed:
    """A source's report and its frame index."""

    report: SourceReport
    index: FrameIndex


def probe_task(request: Any, report: Callable[..., None]) -> Probed:
    """Probe the file at ``request["path"]``, as a child's task."""
    del report
    found, index = probe(Path(request["path"]))
    return Probed(found, index)


def probe(path: Path) -> tuple[SourceReport, FrameIndex]:
    """Return what the file is and when each of its frames is shown.

    Raises:
        SourceRefused: it cannot be rendered; the code says why.
    """
    size_bytes, modified_ns = _stat(path)
    refuse_impostor(path)
    try:
        with open_media(path) as container:
            stream = _video(container)
            _check_size(stream)
            look = _look(container, stream)
            others = tuple(_other_tracks(container, stream.index))
            chapters, kind = len(container.chapters()), container.format.name
            promised = stream.frames or None
        indexed = index_frames(path, look.stream_index)
    except av.FFmpegError as error:
        raise _unreadable(error) from error
    if not indexed.index.pts:
        raise SourceRefused(
            "no_frames", "This video has no frames.", "Export it again and drop the new file."
        )
    _check_times(indexed)
    video = _video_track(look, indexed, promised)
    notices = (*_count_notices(video, indexed), *_time_notices(video, indexed.index))
    report = SourceReport(
        path=str(path.absolute()),
        size_bytes=size_bytes,
        modified_ns=modified_ns,
        digest=digest_of_file(path),
        container=kind,
        video=video,
        others=others,
        chapter_count=chapters,
        notices=(*notices, *picture_notices(look), *colour_notices(look)),
    )
    return report, indexed.index


def _stat(path: Path) -> tuple[int, int]:
    try:
        facts = path.stat()
    except OSError as error:
        raise SourceRefused(
            "not_there",
            f"{path.name} cannot be read: {error.strerror}.",
            "Check the name, and that the disk is connected.",
        ) from error
    if not path.is_file():
        raise SourceRefused("not_a_file", f"{path.name} is not a file.", "Drop a video file.")
    if facts.st_size == 0:
        raise SourceRefused("empty", f"{path.name} is empty.", "Copy or export it again.")
    return facts.st_size, facts.st_mtime_ns


def _video(container: InputContainer) -> VideoStream:
    try:
        stream = first_video(container)
    except LookupError as error:
        kind = "a picture or sound" if container.streams else "nothing"
        raise SourceRefused(
            "no_video", f"There is no video in this file, only {kind}.", "Drop a video file."
        ) from error
    if stream.codec_context is None:
        raise SourceRefused(
            "unknown_codec",
            "This video is coded in a way that cannot be read here, or is encrypted.",
            "Export it as H.264 from a program that plays it, and drop the new file.",
        )
    if stream.codec_context.codec_tag in ("encv", "drmi"):
        raise SourceRefused(
            "encrypted",
            "This video is encrypted and cannot be read.",
            "Use a copy without copy protection that you have the right to change.",
        )
    return stream


def _check_size(stream: VideoStream) -> None:
    width_px, height_px = stream.codec_context.width, stream.codec_context.height
    if min(width_px, height_px) < LEAST_SIDE_PX:
        raise SourceRefused(
            "too_small",
            f"The picture is {width_px} x {height_px} pixels, too small to show a face.",
            f"Use a video of at least {LEAST_SIDE_PX} pixels a side.",
        )
    if max(width_px, height_px) > MOST_SIDE_PX or width_px * height_px > MAX_PIXELS:
        raise SourceRefused(
            "too_large",
            f"The picture is {width_px} x {height_px} pixels, more than can be rendered.",
            f"Scale it to at most {MOST_SIDE_PX} pixels a side and {MAX_PIXELS:,} in all.",
        )


def _look(container: InputContainer, stream: VideoStream) -> Look:
    """Decode the first frames to learn what tags alone do not tell."""
    frames: list[av.VideoFrame] = []
    stream.thread_count = 1
    for packet in container.demux(stream):
        try:
            frames += packet.decode()
        except av.InvalidDataError:
            continue
        if len(frames) >= _FRAMES_LOOKED_AT:
            break
    if not frames:
        raise SourceRefused(
            "undecodable",
            "Not one frame of this video can be decoded.",
            "Play it elsewhere; if it plays, export it as H.264 and drop the new file.",
        )
    return Look.of(stream, frames)


def _other_tracks(container: InputContainer, video_index: int) -> Iterator[OtherTrack]:
    for stream in container.streams:
        if stream.index == video_index:
            continue
        kind = stream.type if stream.type in _KINDS else "data"
        codec = getattr(stream.codec_context, "name", None) or "unknown"
        yield OtherTrack(
            stream_index=stream.index,
            kind=kind,
            codec=codec,
            language=stream.metadata.get("language", ""),
            title=stream.metadata.get("title", "")[:200],
        )


def _check_times(indexed: Indexed) -> None:
    if indexed.timeless:
        raise SourceRefused(
            "no_times",
            f"{indexed.timeless} pictures of this video have no time stamp, so nobody can say"
            " when they are shown.",
            "Remux it into an MP4 or MKV file and drop that.",
        )
    if indexed.jumps:
        raise SourceRefused(
            "times_jump",
            f"The time stamps of this video jump back {indexed.jumps} times, so nobody can say"
            " when its frames are shown.",
            "Remux or export it with continuous time stamps.",
        )


def _video_track(look: Look, indexed: Indexed, promised: int | None) -> VideoTrack:
    index = indexed.index
    rate, variable = _rate(look, index)
    last_ticks = indexed.last_duration or round(1 / (rate * index.time_base)) or 1
    return VideoTrack(
        stream_index=look.stream_index,
        codec=look.codec,
        coded_width_px=look.width_px,
        coded_height_px=look.height_px,
        bit_depth=look.bit_depth,
        pixel_format=look.pixel_format,
        time_base=index.time_base,
        frame_rate=rate,
        variable_rate=variable,
        frame_count=len(index.pts),
        promised_frames=promised,
        start=index.pts[0] * index.time_base,
        duration=(index.pts[-1] - index.pts[0] + last_ticks) * index.time_base,
        picture=picture_of(look),
    )


def _rate(look: Look, index: FrameIndex) -> tuple[Fraction, bool]:
    """Return the average rate, and whether frames are shown for unequal times."""
    if len(index.pts) < 2:
        return look.stated_rate or Fraction(25), False
    steps = [b - a for a, b in zip(index.pts, index.pts[1:], strict=False)]
    counted = Fraction(len(steps)) / ((index.pts[-1] - index.pts[0]) * index.time_base)
    typical = sorted(steps)[len(steps) // 2]
    slack = max(1, typical // 20)
    variable = any(abs(step - typical) > slack for step in steps)
    stated = look.stated_rate
    if stated and abs(stated - counted) <= counted / 200:
        return stated, variable
    return counted.limit_denominator(1_001_000), variable


def _count_notices(video: VideoTrack, indexed: Indexed) -> Iterator[Notice]:
    promised = (video.promised_frames or 0) - indexed.discarded
    if promised > video.frame_count:
        yield Notice(
            "truncated",
            f"Only {video.frame_count} of {promised} frames can be read; the file is cut short"
            " or damaged. What can be read is rendered.",
        )
    elif indexed.undecodable:
        yield Notice(
            "damaged",
            f"{indexed.undecodable} frames are damaged and left out.",
        )


def _time_notices(video: VideoTrack, index: FrameIndex) -> Iterator[Notice]:
    if video.variable_rate:
        yield Notice("variable_rate", "Frames are shown for unequal times; all times are kept.")
    if video.start < 0:
        yield Notice("negative_start", "The video begins before zero; sound stays in step.")
    gap = max((b - a for a, b in zip(index.pts, index.pts[1:], strict=False)), default=0)
    if gap * index.time_base > _LONG_GAP_S:
        yield Notice(
            "time_gap", f"One frame stands for {float(gap * index.time_base):.0f} seconds; kept."
        )


def _unreadable(error: av.FFmpegError) -> SourceRefused:
    return SourceRefused(
        "not_media",
        f"This is not a video that can be read ({error.strerror or error}).",
        "Play it elsewhere; if it plays, export it as MP4 and drop the new file.",
    )
