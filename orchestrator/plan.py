"""Divide a clip into chunks and segments; touch nothing."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from remote_worker.contract.records import (
    ChunkId,
    Digest,
    EncoderSettings,
    EngineSpec,
    FaceTrack,
    Picture,
    SegmentRef,
    chunk_id_of,
    segment_spec,
    tracks_reaching,
)

SEGMENT_FRAMES = 100
"""Frames of a segment: what is rendered again at most when a worker dies unannounced."""
LONGEST_CHUNK_FRAMES = 3000
"""More would keep a claim, and a piece, for too long."""
CHUNKS_A_WORKER = 3
"""So many that the last worker to finish does not keep the others waiting long."""


@dataclass(frozen=True, slots=True)
class QualityRange:
    """Frames that are encoded at another quality than the rest."""

    start_frame: int
    end_frame: int
    quality: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be rendered, before it is divided."""

    source_digest: Digest
    time_base: Fraction
    frame_rate: Fraction
    """Average, frames a second."""
    frame_count: int
    """Of the whole source."""
    start_frame: int
    end_frame: int
    picture: Picture
    engine: EngineSpec
    encoder: EncoderSettings
    tracks: tuple[FaceTrack, ...]
    quality_ranges: tuple[QualityRange, ...] = ()
    """Where they overlap, the later one counts; a segment counts whole."""


@dataclass(frozen=True, slots=True)
class ChunkPlan:
    """One chunk: its segments, and the frames it must be able to decode."""

    chunk_id: ChunkId
    segments: tuple[SegmentRef, ...]
    halo_start: int
    halo_end: int
    tracks: tuple[FaceTrack, ...]
    """Cut to the chunk and its halo."""
    encoder: EncoderSettings

    @property
    def frame_count(self) -> int:
        """How many frames are rendered."""
        return self.segments[-1].end_frame - self.segments[0].start_frame


@dataclass(frozen=True, slots=True)
class RenderPlan:
    """The whole division of the work, in the order of the frames."""

    work: Work
    chunks: tuple[ChunkPlan, ...]


def plan(
    work: Work, *, workers: int, segment_frames: int = SEGMENT_FRAMES, travels: bool = False
) -> RenderPlan:
    """Return ``work`` divided for ``workers`` agents.

    Where the pieces travel over a line to workers elsewhere, chunks begin small, so that the first
    worker has something soon, and end small, so that the last keeps nobody waiting for long.

    Segments lie on a grid that counts from the source's first frame, whatever the trim, so
    that a changed trim, or a casting or quality changed for a while, leaves the other segments
    their ids.

    Raises:
        ValueError: the range is empty or outside the source, or a count is below one.
    """
    if not 0 <= work.start_frame < work.end_frame <= work.frame_count:
        raise ValueError(f"no frames in {work.start_frame}..{work.end_frame}")
    if workers < 1 or segment_frames < 1:
        raise ValueError("workers and segment_frames begin at one")
    segments = tuple(_segments(work, segment_frames))
    divide = chunk_sizes_for_travel if travels else _equal_sizes
    sizes = divide(len(segments), workers, segment_frames)
    return RenderPlan(work, tuple(_chunk(work, group) for group in _groups(work, segments, sizes)))


def _groups(
    work: Work, segments: tuple[SegmentRef, ...], sizes: Iterable[int]
) -> Iterator[tuple[SegmentRef, ...]]:
    """Yield runs of as many segments as ``sizes`` say, and fewer where the encoder changes."""
    rest = iter(segments)
    for size in sizes:
        group = tuple(itertools.islice(rest, size))
        for _, alike in itertools.groupby(group, lambda ref: _encoder(work, ref)):
            yield tuple(alike)


def _encoder(work: Work, ref: SegmentRef) -> EncoderSettings:
    return _encoder_of(work, ref.start_frame, ref.end_frame)


def _encoder_of(work: Work, start_frame: int, end_frame: int) -> EncoderSettings:
    encoder = work.encoder
    for part in work.quality_ranges:
        if part.start_frame < end_frame and start_frame < part.end_frame:
            encoder = replace(work.encoder, quality=part.quality)
    return encoder


def _segments(work: Work, segment_frames: int) -> Iterator[SegmentRef]:
    start = work.start_frame
    while start < work.end_frame:
        end = min((start // segment_frames + 1) * segment_frames, work.end_frame)
        spec = segment_spec(
            source_digest=work.source_digest,
            picture=work.picture,
            engine=work.engine,
            encoder=_encoder_of(work, start, end),
            tracks=work.tracks,
            start_frame=start,
            end_frame=end,
        )
        yield SegmentRef(spec.segment_id, start, end)
        start = end


def _equal_sizes(segments: int, workers: int, segment_frames: int) -> tuple[int, ...]:
    """Return how many segments each chunk has when all are alike."""
    shares = workers * CHUNKS_A_WORKER if workers > 1 else 2  # one worker waits for nobody
    size = min(_longest(segment_frames), -(-segments // shares))
    return (size,) * -(-segments // size)


def chunk_sizes_for_travel(segments: int, workers: int, segment_frames: int) -> tuple[int, ...]:
    """Return how many segments each chunk has on its way to workers elsewhere.

    They double while each worker gets its first, second, ...; then each is a fixed share of what
    is left: guided self-scheduling (Polychronopoulos and Kuck, IEEE Trans. Computers C-36, 1987).
    """
    sizes: list[int] = []
    left, longest = segments, _longest(segment_frames)
    while left:
        begin = 1 << min(len(sizes) // workers, longest.bit_length())
        sizes.append(min(longest, begin, -(-left // (workers * CHUNKS_A_WORKER))))
        left -= sizes[-1]
    return tuple(sizes)


def _longest(segment_frames: int) -> int:
    return max(1, LONGEST_CHUNK_FRAMES // segment_frames)


def _chunk(work: Work, segments: tuple[SegmentRef, ...]) -> ChunkPlan:
    halo_frames = work.engine.halo_frames
    start, end = segments[0].start_frame, segments[-1].end_frame
    return ChunkPlan(
        chunk_id=chunk_id_of(segments),
        segments=segments,
        halo_start=max(0, start - halo_frames),
        halo_end=min(work.frame_count, end + halo_frames),
        tracks=tracks_reaching(work.tracks, start - halo_frames, end + halo_frames),
        encoder=_encoder(work, segments[0]),
    )
