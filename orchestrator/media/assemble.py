"""Assemble the finished video: rendered frames, everything else of the source, the mark."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream

from orchestrator.media.carry import (
    COMMON_TAGS,
    FORMATS,
    Beginnings,
    Carried,
    CarriedTrack,
    Window,
    carried_packets,
    carry_tracks,
    converted,
    kept_tags,
    open_source,
)
from orchestrator.media.label import Container, Label, container_tags, read_label, xmp_box
from orchestrator.media.report import Notice
from orchestrator.media.stitch import FrameTimes, SegmentFile, SegmentRefused, Stitch
from remote_worker.contract.records import Codec, Digest
from remote_worker.frames.whole import WholeFile

__all__ = [
    "Assembled",
    "AssemblyFailed",
    "AssemblyRequest",
    "SegmentFile",
    "SegmentRefused",
    "assemble",
]

if TYPE_CHECKING:
    from av.container.core import Chapter  # only a word for mypy; the module does not have it

_BUFFER_BYTES = 1 << 20
_BROADCAST_FORMATS = {"mpegts", "mpeg"}
"""Their clocks have no zero of their own."""
_FINEST_MOVIE_CLOCK_HZ = 10_000_000
_MATROSKA_TICK = Fraction(1, 1000)
_PROGRESS_EVERY_FRAMES = 100


class AssemblyFailed(Exception):
    """The finished video could not be written or is not what it should be; none is left."""

    reason = "assembly_failed"
    advice = "Resume the job; if it fails again send its diagnostics to the developers."

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyRequest:
    """All that decides the bytes of a finished video."""

    source_path: str
    video_stream: int
    """Index in the source of the track that was rendered."""
    time_base: Fraction
    pts: tuple[int, ...]
    """Of every frame of the source, see :class:`~orchestrator.media.report.FrameIndex`."""
    start_frame: int
    end_frame: int
    end_pts: int
    """When the last rendered frame stops being shown, in ``time_base``."""
    segments: tuple[SegmentFile, ...]
    output_path: str
    container: Container
    label: Label

    @property
    def times(self) -> FrameTimes:
        """When the rendered frames are shown."""
        shown = self.pts[self.start_frame : self.end_frame]
        return FrameTimes(self.time_base, shown, self.end_pts, self.start_frame)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """A finished video that was read back and found right."""

    output_path: str
    output_bytes: int
    digest: Digest
    frame_count: int
    shift: Fraction
    """Seconds added to every time of the source; not 0 when trimmed or started below 0."""
    stamp_error: Fraction
    """Largest difference in seconds between a frame's time and the source's, shifted."""
    tracks: int
    """How many tracks, with the video."""
    notices: tuple[Notice, ...]


def assemble(
    request: AssemblyRequest, on_progress: Callable[[int, int], None] | None = None
) -> Assembled:
    """Write the finished video and read it back; ``on_progress`` hears frames done of total.

    Raises:
        SegmentRefused: a segment is missing, damaged or not of this video.
        AssemblyFailed: what was written is not what it should be.
        DiskFull: no room for the video.
        OSError: the source or the output's folder cannot be used.
    """
    stitch = Stitch(request.segments, request.times)
    if not container_holds(request.container, stitch.codec):
        raise AssemblyFailed(f"{request.container} cannot hold {stitch.codec}; mp4 and mkv can.")
    output = Path(request.output_path).absolute()
    with WholeFile(output) as file:
        try:
            with open_source(request.source_path) as source:
                writing = Writing(request, stitch, source, file)
                writing.run(on_progress or _nobody_listens)
            frames = check_written(request, writing, Path(file.name))
        except (av.FFmpegError, ValueError) as error:
            raise AssemblyFailed(f"The video could not be written: {error}") from error
        finished = _described(request, writing, frames, Path(file.name))
        file.keep()
    return finished


def container_holds(container: Container, codec: Codec) -> bool:
    """Return whether a finished video of this kind can be written."""
    return (container, codec) != ("mov", "av1")


def _nobody_listens(frames_done: int, frames_total: int) -> None:
    """Hear of progress and do nothing."""


def _described(
    request: AssemblyRequest, writing: Writing, stamp_error: Fraction, written: Path
) -> Assembled:
    with written.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Assembled(
        output_path=request.output_path,
        output_bytes=written.stat().st_size,
        digest=Digest(digest),
        frame_count=len(request.times.pts),
        shift=writing.window.shift,
        stamp_error=stamp_error,
        tracks=1 + len(_written_indices(request, writing.carried)) + writing.carried.attachments,
        notices=writing.carried.told(),
    )


class Writing:
    """One output while it is written."""

    def __init__(
        self, request: AssemblyRequest, stitch: Stitch, source: InputContainer, file: WholeFile
    ) -> None:
        self.request, self.stitch, self.source, self.file = request, stitch, source, file
        self.source_format = source.format.name
        self.output = self._opened()
        self.video = self._video_track()
        self.beginnings = Beginnings(request.source_path)
        self.carried = carry_tracks(
            source, request.video_stream, self.output, request.container, self.beginnings
        )
        self.window = self._window()
        self._describe()

    def run(self, on_progress: Callable[[int, int], None]) -> None:
        """Write the whole file."""
        total, done = len(self.request.times.pts), 0
        self.output.start_encoding()
        for packet in self._interleaved():
            self.output.mux_one(packet)
            if packet.stream is self.video:
                done += 1
                if done % _PROGRESS_EVERY_FRAMES == 0 or done == total:
                    on_progress(done, total)
        self.output.close()
        if self.request.container != "mkv":
            self.file.seek(0, 2)
            self.file.write(xmp_box(self.request.label))

    def _opened(self) -> OutputContainer:
        container = self.request.container
        options = {"fflags": "+bitexact"}  # no library name, no random ids
        if container != "mkv":
            options["movflags"] = "+faststart+write_colr"
            options["movie_timescale"] = str(self._movie_clock_hz())
            if set(kept_tags(self.source.metadata, [])) - COMMON_TAGS:
                options["movflags"] += "+use_metadata_tags"
        return av.open(
            cast(IO[bytes], self.file),
            "w",
            format=FORMATS[container],
            container_options=options,
            buffer_size=_BUFFER_BYTES,
        )

    def _movie_clock_hz(self) -> int:
        """Return a clock in which edit lists start every track exactly, if there is one."""
        common = max(1, self.request.time_base.denominator)
        for stream in self.source.streams.audio:
            wider = math.lcm(common, stream.rate or 1)
            common = wider if wider <= _FINEST_MOVIE_CLOCK_HZ else common
        return common * -(-1000 // common)

    def _video_track(self) -> Stream:
        track = self.output.add_stream_from_template(self.stitch.stream, opaque=True)
        track.time_base = self.request.time_base
        if self.stitch.codec == "h265" and self.request.container != "mkv":
            track.codec_context.codec_tag = "hvc1"  # Apple's players refuse hev1
        # MP4 keeps the pixel's shape beside the codec, where a template does not carry it.
        track.codec_context.sample_aspect_ratio = self.stitch.stream.sample_aspect_ratio
        original = self.source.streams[self.request.video_stream]
        track.metadata.update(self._without_timecode(kept_tags(original.metadata, [])))
        track.disposition = original.disposition
        return track

    def _without_timecode(self, tags: dict[str, str]) -> dict[str, str]:
        """Return ``tags`` without what would make MP4 invent a timecode track."""
        if self.request.container == "mkv" and self.request.start_frame == 0:
            return tags
        return {name: value for name, value in tags.items() if name.lower() != "timecode"}

    def _window(self) -> Window:
        request, tick = self.request, self.request.time_base
        starts_late = request.start_frame > 0
        ends_early = request.end_frame < len(request.pts)
        start = request.times.pts[0] * tick if starts_late else None
        end = request.end_pts * tick if ends_early else None
        return Window(start, end, self._shift_ticks() * tick)

    def _shift_ticks(self) -> int:
        """Return what is added to the video's times; whole ticks, so that none is rounded."""
        first, tick = self.request.times.pts[0], self.request.time_base
        if self.request.start_frame > 0:
            return -first
        sound = self._earliest_sound() / tick if self.carried.tracks else Fraction(first)
        if self.source_format in _BROADCAST_FORMATS:
            return -min(first, math.floor(sound))
        if self.request.container == "mkv" and not self.source_format.startswith("matroska"):
            # Matroska has no times below 0; another Matroska's sound only seems to have them.
            return max(0, -min(first, math.floor(sound)))
        return max(0, -first)

    def _earliest_sound(self) -> Fraction:
        kept = [track.source_index for track in self.carried.tracks if track.kind == "audio"]
        begins = self.beginnings.begins
        return min((begins[index] for index in kept if index in begins), default=Fraction(0))

    def _describe(self) -> None:
        source, output, label = self.source, self.output, self.request.label
        tags = self._without_timecode(kept_tags(source.metadata, self.carried.notices))
        output.metadata.update(tags)
        output.metadata.update(
            container_tags(label, self.request.container, tags.get("comment", ""))
        )
        output.set_chapters(list(self._chapters()))

    def _chapters(self) -> Iterator[Chapter]:
        window = self.window
        for chapter in self.source.chapters():
            tick = chapter["time_base"] or Fraction(1)
            start, end = chapter["start"] * tick, chapter["end"] * tick
            start = start if window.start is None else max(start, window.start)
            end = end if window.end is None else min(end, window.end)
            if start < end:
                chapter["start"] = max(0, round((start + window.shift) / tick))
                chapter["end"] = round((end + window.shift) / tick)
                yield chapter

    def _interleaved(self) -> Iterator[Packet[Stream]]:
        """Yield the rendered and the carried packets, whichever is due first."""
        frames = self._video_packets()
        others = self._carried_packets()
        frame, other = next(frames, None), next(others, None)
        while frame is not None or other is not None:
            if other is None or (frame is not None and _due(frame) <= _due(other)):
                assert frame is not None  # noqa: S101 - the loop's condition, said to mypy
                yield frame
                frame = next(frames, None)
            else:
                yield other
                other = next(others, None)

    def _video_packets(self) -> Iterator[Packet[Stream]]:
        moved = int(self.window.shift / self.request.time_base)
        for packet in self.stitch.packets():
            stamped = cast("Packet[Stream]", packet)
            stamped.pts = (packet.pts or 0) + moved
            stamped.dts = (packet.dts or 0) + moved
            stamped.stream = self.video
            yield stamped

    def _carried_packets(self) -> Iterator[Packet[Stream]]:
        preroll = self.request.container != "mkv"
        kept = carried_packets(self.source, self.carried, self.window, preroll=preroll)
        for track, original in kept:
            packet = converted(track, original)
            if packet is not None:
                track.note(packet)
                packet.stream = track.output
                yield packet


def _due(packet: Packet[Stream]) -> float:
    stamp = packet.dts if packet.dts is not None else packet.pts
    return float((stamp or 0) * packet.time_base)


def check_written(request: AssemblyRequest, writing: Writing, path: Path) -> Fraction:
    """Read the written file back and return the largest error of a frame's time, in seconds.

    Raises:
        AssemblyFailed: a frame, a packet of sound or the mark is not as it should be.
    """
    found, tracks = _Found(), _written_indices(request, writing.carried)
    with open_source(str(path)) as container:
        _expect_tracks(container, tracks, writing.carried)
        for packet in container.demux():
            if packet.size:
                found.note(packet)
        error = _expect_frames(request, writing, found)
        _expect_length(request, container)
        _note_pixel_shape(container, writing)
    for index, track in tracks.items():
        _expect_carried(index, track, found, writing)
    if read_label(path) != request.label:
        raise AssemblyFailed("The written video does not carry the mark that it is AI-made.")
    return error


class _Found:
    """What the written file was found to hold, by track."""

    def __init__(self) -> None:
        self.stamps: list[Fraction] = []
        self.packets: dict[int, int] = {}
        self.payloads: dict[int, hashlib._Hash] = {}

    def note(self, packet: Packet[Stream]) -> None:
        index = packet.stream_index
        self.packets[index] = self.packets.get(index, 0) + 1
        if index == 0:
            self.stamps.append((packet.pts or 0) * packet.time_base)
        else:
            self.payloads.setdefault(index, hashlib.sha256()).update(bytes(packet))


def _written_indices(request: AssemblyRequest, carried: Carried) -> dict[int, CarriedTrack]:
    """Return the carried tracks by their index in the written file.

    Attachments come last, and MP4 and MOV leave out a track without a packet.
    """
    kept = [t for t in carried.tracks if t.packets or request.container == "mkv"]
    return dict(enumerate(kept, start=1))


def _expect_tracks(
    container: InputContainer, tracks: dict[int, CarriedTrack], carried: Carried
) -> None:
    kinds = [stream.type for stream in container.streams]
    expected = ["video", *(track.kind for track in tracks.values())]
    if kinds[: len(expected)] != expected:
        raise AssemblyFailed(f"The written video holds other tracks: {', '.join(kinds)}.")
    for index, track in tracks.items():
        if track.language and not container.streams[index].language:
            said = f"The container has no word for the language {track.language!r}"
            carried.notices.append(
                Notice("language_lost", f"{said} of track {track.source_index}.")
            )


def _expect_frames(request: AssemblyRequest, writing: Writing, found: _Found) -> Fraction:
    tick, shift = request.time_base, writing.window.shift
    wanted = [stamp * tick + shift for stamp in request.times.pts]
    stamps = sorted(found.stamps)
    if len(stamps) != len(wanted):
        raise AssemblyFailed(f"The written video has {len(stamps)} frames, not {len(wanted)}.")
    error = max(abs(a - b) for a, b in zip(stamps, wanted, strict=True))
    allowed = _MATROSKA_TICK / 2 if request.container == "mkv" else Fraction(0)
    if error > allowed or len(set(stamps)) != len(stamps):
        raise AssemblyFailed(f"A frame of the written video is {float(error):.6f} s off its time.")
    return error


def _expect_length(request: AssemblyRequest, container: InputContainer) -> None:
    if request.container == "mkv":
        return  # it says only how long the longest track is
    track = container.streams[0]
    said = (track.duration or 0) * (track.time_base or Fraction(0))
    wanted = (request.end_pts - request.times.pts[0]) * request.time_base
    if said != wanted:
        raise AssemblyFailed(
            f"The written video's track lasts {float(said):.6f} s, not {float(wanted):.6f} s."
        )


def _note_pixel_shape(container: InputContainer, writing: Writing) -> None:
    # Only AV1 in Matroska: AV1 itself does not know the shape, and our muxer cannot be told.
    wanted = writing.stitch.stream.sample_aspect_ratio or Fraction(1)
    if (container.streams.video[0].sample_aspect_ratio or Fraction(1)) != wanted:
        text = f"The container does not say that pixels are {wanted} as wide as high; mp4 would."
        writing.carried.notices.append(Notice("pixel_shape_lost", text))


def _expect_carried(index: int, track: CarriedTrack, found: _Found, writing: Writing) -> None:
    if track.kind != "audio":
        return
    same = found.payloads.get(index, hashlib.sha256()).digest() == track.payload.digest()
    rewrapped = writing.source_format in _BROADCAST_FORMATS and found.packets.get(index)
    if not same and rewrapped != track.packets:
        raise AssemblyFailed(f"The sound of track {track.source_index} was not copied whole.")
