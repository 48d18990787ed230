"""Read where a render stands that nobody drives: from its journal and its stored segments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestrator.snapshot import ChunkState, ChunkView

if TYPE_CHECKING:
    from orchestrator.home import Home
    from orchestrator.job import Job
    from orchestrator.plan import ChunkPlan
    from remote_worker.contract.records import JobId
    from remote_worker.stores.folder import FolderStore


@dataclass(frozen=True, slots=True)
class Resting:
    """A render at rest."""

    chunks: tuple[ChunkView, ...]
    frames_done: int
    frames_total: int

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return self.frames_done / max(1, self.frames_total)


def read_resting(home: Home, job_id: JobId) -> Resting:
    """Return where a job stands; it reads the disk, so not on the Qt thread.

    Raises:
        SecondUnitError: there is no such job, or its journal cannot be followed.
        WorkerError: the store of segments cannot be read.
    """
    from orchestrator.jobs import read_state
    from remote_worker.stores.folder import FolderStore

    state = read_state(home, job_id)
    store = FolderStore(home.store)
    views = tuple(_view(chunk, state.job, store) for chunk in state.record.plan.chunks)
    return Resting(
        views,
        sum(view.frames_done for view in views),
        sum(view.end_frame - view.start_frame for view in views),
    )


def _view(chunk: ChunkPlan, job: Job, store: FolderStore) -> ChunkView:
    start, end = chunk.segments[0].start_frame, chunk.segments[-1].end_frame
    state = _state_of(chunk, job)
    is_whole = state in (ChunkState.STORED, ChunkState.FETCHED)
    done = end - start if is_whole else sum(_stored_frames(chunk, store))
    if state is ChunkState.WAITING and done == end - start:
        state = ChunkState.STORED  # every segment is there; the journal ends before it says so
    return ChunkView(chunk.chunk_id, start, end, state, None, done)


def _state_of(chunk: ChunkPlan, job: Job) -> ChunkState:
    if chunk.chunk_id in job.fetched:
        return ChunkState.FETCHED
    if chunk.chunk_id in job.stored:
        return ChunkState.STORED
    return ChunkState.BURIED if chunk.chunk_id in job.buried else ChunkState.WAITING


def _stored_frames(chunk: ChunkPlan, store: FolderStore) -> Iterator[int]:
    from remote_worker.stores import segment_key

    for ref in chunk.segments:
        if store.has(segment_key(ref.segment_id)):
            yield ref.end_frame - ref.start_frame
