"""Show where a job stands: frozen pictures of it, made for a screen or a terminal."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from orchestrator.events import (
    Fault,
    LeaseId,
    Loss,
)
from orchestrator.job import (
    Job,
    LeaseState,
    Phase,
)
from orchestrator.plan import ChunkPlan, RenderPlan
from remote_worker.contract.messages import Checking, Progress, SegmentStored
from remote_worker.contract.records import ChunkId, SegmentId

_RATE_WINDOW_S = 20.0


class ChunkState(Enum):
    """Where one chunk stands."""

    WAITING = "waiting"
    RENDERING = "rendering"
    STORED = "stored"
    FETCHED = "fetched"
    BURIED = "buried"


@dataclass(frozen=True, slots=True)
class ChunkView:
    """One chunk as it is shown."""

    chunk_id: ChunkId
    start_frame: int
    end_frame: int
    state: ChunkState
    holder: LeaseId | None
    frames_done: int


@dataclass(frozen=True, slots=True)
class Interruption:
    """A worker that went away in the middle of something, and where in the video it was."""

    frame: int
    lease_id: LeaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A whole job at one moment."""

    phase: Phase
    frames_done: int
    """Rendered or found in the store, the part of a segment in hand included."""
    frames_total: int
    chunks: tuple[ChunkView, ...]
    """In the order of the frames."""
    segments_rendered: int
    segments_reused: int
    frames_per_s: float
    """Rendered lately; 0 while nothing is."""
    left_s: float | None
    """About how long rendering still takes; None when it cannot be told."""
    leases: tuple[tuple[LeaseId, LeaseState], ...]
    interruptions: int
    interrupted_at: tuple[Interruption, ...]
    """Those of this run, in the order they happened."""
    assembled_frames: int
    """How far the finished video is, in frames."""
    fault: Fault | None
    gone: tuple[tuple[LeaseId, Loss], ...] = ()
    """Each interruption's lease, and how its host went."""
    checked: tuple[int, int] | None = None
    """How many frames the engine's own content check has looked at, of how many; None while it
    is not made."""


class Tally:
    """Counts frames between the events that a job remembers; used from one thread."""

    def __init__(
        self,
        plan: RenderPlan,
        stored: frozenset[SegmentId],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with the segments that are ``stored`` already."""
        self._plan, self._clock = plan, clock
        self._frames = {
            ref.segment_id: ref.end_frame - ref.start_frame
            for chunk in plan.chunks
            for ref in chunk.segments
        }
        self._stored = set(stored)
        self._starts = {
            ref.segment_id: ref.start_frame for chunk in plan.chunks for ref in chunk.segments
        }
        self._in_hand: dict[LeaseId, tuple[SegmentId, int]] = {}
        self._interrupted_at: list[Interruption] = []
        self._checked: tuple[int, int] | None = None
        self._rendered_frames = 0
        self._rate: deque[tuple[float, int]] = deque()
        self.assembled_frames = 0

    def checking(self, said: Checking) -> None:
        """Note how far the engine's own content check is; several workers may make it at once."""
        before = self._checked[0] if self._checked is not None else 0
        self._checked = (max(before, said.frames_done), said.frames_total)

    def progress(self, lease_id: LeaseId, said: Progress) -> None:
        """Count the frames of a segment in hand; what is stored was said before, and is again."""
        self._checked = None
        if said.segment_id in self._stored:
            return
        self._in_hand[lease_id] = (said.segment_id, said.frames_done)
        self._note_rate()

    def segment(self, lease_id: LeaseId, said: SegmentStored) -> None:
        """Count a segment that is now in the store."""
        self._in_hand.pop(lease_id, None)
        if said.segment_id in self._frames and said.segment_id not in self._stored:
            self._stored.add(said.segment_id)
            self._rendered_frames += 0 if said.reused else self._frames[said.segment_id]
        self._note_rate()

    def gone(self, lease_id: LeaseId) -> None:
        """Forget what a worker had in hand: it is rendered again."""
        segment_id, frames = self._in_hand.pop(lease_id, (None, 0))
        if segment_id in self._starts:
            self._interrupted_at.append(Interruption(self._starts[segment_id] + frames, lease_id))

    def spoiled(self, chunk: ChunkPlan) -> None:
        """Forget the segments of a chunk that has to be rendered again."""
        self._stored -= {ref.segment_id for ref in chunk.segments}

    def snapshot(self, job: Job) -> Snapshot:
        """Return ``job`` as it stands now."""
        chunks = self._chunks(job)
        done = sum(chunk.frames_done for chunk in chunks)
        total = sum(self._frames.values())
        rate = self._frames_per_s()
        return Snapshot(
            phase=job.phase,
            frames_done=done,
            frames_total=total,
            chunks=chunks,
            segments_rendered=job.segments_rendered,
            segments_reused=job.segments_reused,
            frames_per_s=rate,
            left_s=(total - done) / rate if rate > 0 else None,
            leases=job.leases,
            interruptions=job.interruptions,
            interrupted_at=tuple(self._interrupted_at),
            assembled_frames=self.assembled_frames,
            fault=job.fault,
            gone=job.gone,
            checked=self._checked,
        )

    def _chunks(self, job: Job) -> tuple[ChunkView, ...]:
        holders = dict(job.rendering)
        here = dict(self._in_hand.values())
        return tuple(
            ChunkView(
                chunk_id=chunk.chunk_id,
                start_frame=chunk.segments[0].start_frame,
                end_frame=chunk.segments[-1].end_frame,
                state=_state(job, chunk.chunk_id, holders),
                holder=holders.get(chunk.chunk_id),
                frames_done=self._frames_done(job, chunk, here),
            )
            for chunk in self._plan.chunks
        )

    def _frames_done(self, job: Job, chunk: ChunkPlan, here: dict[SegmentId, int]) -> int:
        if chunk.chunk_id in job.stored | job.fetched:
            return chunk.frame_count
        return sum(
            self._frames[ref.segment_id]
            if ref.segment_id in self._stored
            else here.get(ref.segment_id, 0)
            for ref in chunk.segments
        )

    def _note_rate(self) -> None:
        now_s = self._clock()
        frames = self._rendered_frames + sum(done for _, done in self._in_hand.values())
        self._rate.append((now_s, frames))
        while self._rate and now_s - self._rate[0][0] > _RATE_WINDOW_S:
            self._rate.popleft()

    def _frames_per_s(self) -> float:
        if len(self._rate) < 2:
            return 0.0
        (began_s, before), (ended_s, after) = self._rate[0], self._rate[-1]
        return max(0.0, (after - before) / max(ended_s - began_s, 1e-3))


def _state(job: Job, chunk_id: ChunkId, holders: dict[ChunkId, LeaseId]) -> ChunkState:
    if chunk_id in job.fetched:
        return ChunkState.FETCHED
    if chunk_id in job.stored:
        return ChunkState.STORED
    if chunk_id in job.buried:
        return ChunkState.BURIED
    return ChunkState.RENDERING if chunk_id in holders else ChunkState.WAITING
