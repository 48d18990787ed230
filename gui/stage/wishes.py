"""Say what of an entry decides its pictures, so that they are asked for anew when it changes."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.desk.entries import Entry
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.snapshot import ChunkState
from remote_worker.contract.records import JobId


@dataclass(frozen=True, slots=True)
class Finished:
    """How much of an entry's job is finished, as far as the queue tells."""

    job_id: JobId | None = None
    state: str = ""
    frames: int = 0
    """Stored or fetched, and those in segments that are done within a chunk."""


def wish_of(entry: Entry) -> tuple[object, ...]:
    """Return what decides how an entry's frames look and who is in them."""
    digest = entry.facts.digest if entry.facts is not None else None
    return (entry.source, digest, entry.casts, entry.corrections, entry.look)


def finished_of(entry: Entry, snapshot: DeskSnapshot) -> Finished:
    """Return how much of an entry is finished: when it changes, there is more to show."""
    running = snapshot.running
    frames = 0
    if running is not None and running.entry_id == entry.entry_id:
        frames = sum(
            chunk.end_frame - chunk.start_frame
            for chunk in running.seen.chunks
            if chunk.state in (ChunkState.STORED, ChunkState.FETCHED)
        )
        frames += running.seen.segments_rendered
    return Finished(entry.job_id, entry.state, frames)
