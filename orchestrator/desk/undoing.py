"""Take back what the user changed in the queue, and nothing that happened by itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from orchestrator.desk.changes import STARTABLE, Entries
from orchestrator.desk.entries import Entry, EntryId

_WAITING = STARTABLE | {"queued"}


@dataclass(frozen=True, slots=True)
class Step:
    """One change by the user: what it is called and what was there before it."""

    name: str
    before: Entries
    made: frozenset[EntryId]
    """Entries that the change added."""


def step_of(name: str, before: Entries, after: Entries) -> Step:
    """Return how to take back the change from ``before`` to ``after``."""
    known = {entry.entry_id for entry in before}
    return Step(name, before, frozenset(e.entry_id for e in after if e.entry_id not in known))


def taken_back(step: Step, now: Entries) -> Entries:
    """Return ``now`` with the user's change undone.

    What came in by itself since stays, at the end; what is being rendered is not touched.
    """
    here = {entry.entry_id: entry for entry in now}
    before = {entry.entry_id for entry in step.before}
    restored = tuple(_restored(entry, here.get(entry.entry_id)) for entry in step.before)
    return (*restored, *_came_since(now, before, step.made))


def _came_since(
    now: Entries, before: Collection[EntryId], made: Collection[EntryId]
) -> tuple[Entry, ...]:
    return tuple(
        entry
        for entry in now
        if entry.entry_id not in before
        and (entry.entry_id not in made or entry.state == "rendering")
    )


def _restored(before: Entry, now: Entry | None) -> Entry:
    if now is None:
        return replace(before, state="stopped") if before.state == "rendering" else before
    if now.state == "rendering":
        return now
    if _wish(before) != _wish(now):
        state = before.state if before.state in _WAITING and before.facts else now.state
        wished = replace(
            now, casts=before.casts, corrections=before.corrections, look=before.look,
            output=before.output, trim_in=before.trim_in, trim_out=before.trim_out,
        )  # fmt: skip
        return replace(wished, state=state, job_id=before.job_id, output_path=before.output_path)
    if before.state in _WAITING and now.state in _WAITING:
        return replace(now, state=before.state)
    return now


def _wish(entry: Entry) -> tuple[object, ...]:
    return (
        entry.casts, entry.corrections, entry.look, entry.output, entry.trim_in, entry.trim_out,
    )  # fmt: skip
