"""Take back what the user changed in the queue, and nothing that happened by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestrator.desk.changes import Entries
from orchestrator.desk.entries import DRAFT, Entry, EntryState

_STEPS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One change by the user: what it is called, and the queue before and after it."""

    name: str
    before: Entries
    after: Entries


class History:
    """The user's last changes, to take back and to make again."""

    def __init__(self) -> None:
        self._undo: list[Step] = []
        self._redo: list[Step] = []

    @property
    def undo_name(self) -> str:
        """Return what would be taken back; empty when there is nothing."""
        return self._undo[-1].name if self._undo else ""

    @property
    def redo_name(self) -> str:
        """Return what would be made again; empty when there is nothing."""
        return self._redo[-1].name if self._redo else ""

    def changed(self, step: Step) -> None:
        """Keep a change that the user made; what was taken back is forgotten."""
        self._undo = [*self._undo[1 - _STEPS_KEPT :], step]
        self._redo.clear()

    def undone(self, now: Entries) -> Entries:
        """Return ``now`` without the last change; :meth:`settle` keeps it so."""
        return taken_back(self._undo[-1], now) if self._undo else now

    def redone(self, now: Entries) -> Entries:
        """Return ``now`` with the change that was taken back last; :meth:`settle` keeps it so."""
        return taken_back(self._redo[-1], now) if self._redo else now

    def settle(self, before: Entries, after: Entries, *, is_redo: bool) -> None:
        """Note that the last undo, or redo, was made and led from ``before`` to ``after``."""
        source, other = (self._redo, self._undo) if is_redo else (self._undo, self._redo)
        if source:
            other.append(Step(source.pop().name, before, after))


def taken_back(step: Step, now: Entries) -> Entries:
    """Return ``now`` with the user's change undone.

    Entries are again in the order they had; those that came in by themselves since stay, at the
    end.  What happened to an entry since is kept, and what is being rendered is not touched.
    """
    before = {entry.entry_id for entry in step.before}
    after = {entry.entry_id: entry for entry in step.after}
    here = {entry.entry_id: entry for entry in now}
    restored = tuple(
        _restored(entry, after.get(entry.entry_id), here.get(entry.entry_id))
        for entry in step.before
        if entry.entry_id in here or entry.entry_id not in after
    )
    others = tuple(
        entry
        for entry in now
        if entry.entry_id not in before
        and (entry.entry_id not in after or entry.state == "rendering")
    )
    return (*restored, *others)


def _restored(before: Entry, after: Entry | None, now: Entry | None) -> Entry:
    """Return an entry as it was before the step, with what happened since it kept."""
    if now is None:
        return before
    if after is None or before is after or before == after or now.state == "rendering":
        return now
    if now == after:
        return before
    return _wished_again(before, after, now)


def _wished_again(before: Entry, after: Entry, now: Entry) -> Entry:
    """Return ``now``, to which something happened since, with the wish it had before."""
    if before.urgent != after.urgent:
        now = replace(now, urgent=before.urgent)  # its job and what came of it are the same
    if _wish(before) == _wish(after):
        return now  # it was only put in line, or taken out, and what came of that is a fact
    wished = replace(
        now, casts=before.casts, corrections=before.corrections, look=before.look,
        output=before.output, trim_in=before.trim_in, trim_out=before.trim_out,
        where=before.where,
    )  # fmt: skip
    if now.state not in DRAFT and now.state != "queued":
        return wished  # nobody has looked at it yet, so there is no job of it
    state: EntryState = "queued" if now.state == "queued" else "ready"
    return replace(wished, state=state, job_id=None, output_path=None, trouble=None)


def _wish(entry: Entry) -> tuple[object, ...]:
    return (
        entry.casts, entry.corrections, entry.look, entry.output, entry.trim_in, entry.trim_out,
        entry.where,
    )  # fmt: skip
