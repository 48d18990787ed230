"""Count how far the whole queue is, over several videos; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.desk.entries import Entry, EntryId, EntryState
from orchestrator.desk.snapshot import DeskSnapshot

_WORKING: frozenset[EntryState] = frozenset({"queued", "rendering"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """Where all that was asked to be rendered stands."""

    videos_done: int = 0
    videos_total: int = 0
    """0 while nothing is asked for."""
    share: float = 0.0
    """Of all frames, from 0 to 1."""
    left_s: float | None = None
    """About how long it still takes; None while it cannot be told."""


class Batch:
    """Remembers what was asked for since the queue last rested, from one snapshot to the next."""

    def __init__(self) -> None:
        """Begin with an empty batch."""
        self._asked: frozenset[EntryId] = frozenset()

    def follow(self, snapshot: DeskSnapshot) -> Overall:
        """Take the next snapshot and return where the batch stands in it."""
        working = frozenset(e.entry_id for e in snapshot.entries if e.state in _WORKING)
        self._asked = self._asked | working if working else frozenset()
        asked = [e for e in snapshot.entries if e.entry_id in self._asked]
        counted = [e for e in asked if e.state in _WORKING or e.state == "done"]
        total = sum(_frames(e) for e in counted)
        done = sum(_frames_done(e, snapshot) for e in counted)
        return Overall(
            videos_done=sum(e.state == "done" for e in counted),
            videos_total=len(counted),
            share=min(1.0, done / total) if total else 0.0,
            left_s=_left_s(snapshot, total - done),
        )


def _frames(entry: Entry) -> int:
    if entry.facts is None:
        return 1
    frames = entry.facts.frame_count
    start = entry.trim_in or 0
    end = entry.trim_out if entry.trim_out is not None else entry.facts.duration
    if entry.facts.duration > 0:
        frames = round(frames * max(0.0, float((end - start) / entry.facts.duration)))
    return max(1, frames)


def _frames_done(entry: Entry, snapshot: DeskSnapshot) -> float:
    if entry.state == "done":
        return _frames(entry)
    running = snapshot.running
    if running is None or running.entry_id != entry.entry_id or not running.seen.frames_total:
        return 0
    return _frames(entry) * running.seen.frames_done / running.seen.frames_total


def _left_s(snapshot: DeskSnapshot, frames_left: float) -> float | None:
    running = snapshot.running
    if running is None or running.seen.frames_per_s <= 0:
        return None
    return frames_left / running.seen.frames_per_s
