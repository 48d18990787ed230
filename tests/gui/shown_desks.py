"""Say what the window shows on its pictures: a desk at work, with the demo's real video."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import Any

from sample_entries import sample_entries, sample_render
from studio import Studio

from orchestrator.desk.cards import Card
from orchestrator.desk.entries import Entry, EntryCast, EntryId
from orchestrator.desk.snapshot import DeskSnapshot, Doing, Running
from orchestrator.events import LeaseId
from orchestrator.snapshot import ChunkState, ChunkView, Interruption
from remote_worker.contract.records import ChunkId

REAL = {
    "r-rendering": "Interview take 3.mp4",
    "r-ready": "Two at the table.mp4",
    "r-uncast": "Interview take 4.mp4",
    "r-done": "Interview take 1.mp4",
    "r-locked": "Interview take 2.mp4",
}
"""Entries that show the demo's video, each as a file of its own."""


def real(studio: Studio, name: str, **changed: Any) -> Entry:
    """Return the demo's video as another entry."""
    demo, folder = studio.stock.demo, studio.home.cache / "videos"
    source = folder / REAL[name]
    if not source.is_file():
        folder.mkdir(exist_ok=True)
        shutil.copy2(demo.source, source)
    return replace(demo, entry_id=EntryId(name), source=str(source), **changed)


def long_named(studio: Studio) -> Entry:
    """Return the one with a name that no place has room for."""
    found = working(studio).entry(EntryId("e-long"))
    assert found is not None
    return found


def _cards(studio: Studio) -> tuple[Card, ...]:
    """Return the cards of the two in the demo's video, who are in all of its copies."""
    return tuple(
        replace(
            card,
            seats=tuple(
                replace(seat, entry_id=EntryId(name)) for seat in card.seats for name in REAL
            ),
        )
        for card in studio.stock.snapshot.cards
    )


def working(studio: Studio) -> DeskSnapshot:
    """Return a desk at work: the real video in four states, then one of every other state."""
    stock = studio.stock
    fresh: dict[str, Any] = {"job_id": None, "output_path": None, "result": None}
    face_id = stock.demo.casts[0].face_id
    both = (*stock.demo.casts, EntryCast(person_id="p2", face_id=other_face(studio)))
    entries = (
        real(studio, "r-rendering", state="rendering", result=None, casts=both),
        real(studio, "r-ready", state="ready", casts=stock.demo.casts, **fresh),
        real(studio, "r-uncast", state="ready", casts=(), **fresh),
        real(studio, "r-done", state="done"),
        real(studio, "r-locked", state="queued", **fresh),
    )
    samples = tuple(
        replace(each, casts=tuple(replace(cast, face_id=face_id) for cast in each.casts))
        for each in sample_entries()
        if each.state != "rendering"
    )
    return replace(
        stock.snapshot,
        entries=(*entries, *samples),
        cards=_cards(studio),
        looking=Doing(EntryId("e-looking"), "finding faces", 40, 100),
        running=Running(EntryId("r-rendering"), stock.rendering.job_id, 0.0, rendering(studio)),
        undo="render",
    )


def rendering(studio: Studio) -> Any:
    """Return the real render, its pieces small enough to be seen one beside the other."""
    total, each = studio.stock.rendering.seen.frames_total, 10
    states = [ChunkState.FETCHED] * 5 + [ChunkState.STORED] + [ChunkState.RENDERING] * 2
    states += [ChunkState.BURIED] + [ChunkState.WAITING] * (total // each)
    chunks = tuple(
        ChunkView(
            chunk_id=ChunkId(f"piece-{number}"),
            start_frame=number * each,
            end_frame=min(total, (number + 1) * each),
            state=state,
            holder=LeaseId(f"lease-{number % 2 + 1}") if state is ChunkState.RENDERING else None,
            frames_done={ChunkState.RENDERING: 4, ChunkState.WAITING: 0}.get(state, each),
        )
        for number, state in enumerate(states[: -(-total // each)])
    )
    return replace(
        sample_render(),
        chunks=chunks,
        frames_total=total,
        frames_done=sum(chunk.frames_done for chunk in chunks),
        left_s=272.0,
        interrupted_at=(Interruption(38, LeaseId("lease-3")),),
    )


def other_face(studio: Studio) -> str:
    taken = studio.stock.demo.casts[0].face_id
    return next(f.face_id for f in studio.places.library.faces() if f.face_id != taken)
