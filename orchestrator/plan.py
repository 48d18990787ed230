"""Divide a clip into chunks and segments; touch nothing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
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


def plan(work: Work, *, workers: int, segment_frames: int = SEGMENT_FRAMES) -> RenderPlan:
    """Return ``work`` divided for ``workers`` agents.

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
    size = _segments_a_chunk(len(segments), workers, segment_frames)
    return RenderPlan(work, tuple(_chunk(work, group) for group in _groups(work, segments, size)))


def _groups(
    work: Work, segments: tuple[SegmentRef, ...], size: int
) -> Iterator[tuple[SegmentRef, ...]]:
    """Yield runs of at most ``size`` segments that have one encoder."""
    for _, alike in itertools.groupby(segments, lambda ref: _encoder(work, ref)):
        run = tuple(alike)
        yield from (run[first : first + size] for first in range(0, len(run), size))


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


def _segments_a_chunk(segments: int, workers: int, segment_frames: int) -> int:
    longest = max(1, LONGEST_CHUNK_FRAMES // segment_frames)
    shares = workers * CHUNKS_A_WORKER if workers > 1 else 2  # one worker waits for nobody
    return min(longest, -(-segments // shares))


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
