"""Change the queue's entries as the user wishes; pure functions from entries to entries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from orchestrator.casting import Correction
from orchestrator.desk.entries import (
    DRAFT,
    Entry,
    EntryCast,
    EntryId,
    EntryState,
    Facts,
    Look,
    Output,
    Result,
    Trouble,
)
from remote_worker.contract.records import JobId

Entries = tuple[Entry, ...]
Change = Callable[[Entries], Entries]

STARTABLE: frozenset[EntryState] = frozenset({"ready", "stopped", "failed", "cancelled"})


def added(entries: Entries, new: Sequence[Entry], before: EntryId | None = None) -> Entries:
    """Return ``entries`` with ``new`` ones put before another, or last."""
    at = _place(entries, before)
    return (*entries[:at], *new, *entries[at:])


def removed(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` without those of ``ids``; one that is being rendered stays."""
    return tuple(e for e in entries if e.entry_id not in ids or e.state == "rendering")


def moved(entries: Entries, ids: Collection[EntryId], before: EntryId | None) -> Entries:
    """Return ``entries`` with those of ``ids``, in their order, put before another, or last."""
    while before in ids:  # dropped on itself: before the next one that stays
        at = _place(entries, before) + 1
        before = entries[at].entry_id if at < len(entries) else None
    taken = [e for e in entries if e.entry_id in ids]
    return added(tuple(e for e in entries if e.entry_id not in ids), taken, before)


def shifted(entries: Entries, ids: Collection[EntryId], steps: int) -> Entries:
    """Return ``entries`` with those of ``ids`` moved ``steps`` places up (negative) or down."""
    places = [n for n, e in enumerate(entries) if e.entry_id in ids]
    if not places:
        return entries
    first = max(0, places[0] + steps) if steps < 0 else places[0] + steps
    rest = [e for e in entries if e.entry_id not in ids]
    taken = [entries[n] for n in places]
    at = min(first, len(rest))
    return (*rest[:at], *taken, *rest[at:])


def duplicated(entries: Entries, ids: Collection[EntryId], names: Iterable[EntryId]) -> Entries:
    """Return ``entries`` with a fresh draft of each of ``ids`` after it, settings included."""
    fresh = iter(names)
    made: list[Entry] = []
    for entry in entries:
        made.append(entry)
        if entry.entry_id in ids:
            state: EntryState = "ready" if entry.facts is not None else "new"
            copy = replace(entry, entry_id=next(fresh), state=state)
            made.append(replace(copy, job_id=None, output_path=None, trouble=None, result=None))
    return tuple(made)


def queued(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with those of ``ids`` that can begin, or go on, waiting for their turn."""

    def begin(entry: Entry) -> Entry:
        if entry.state not in STARTABLE:
            return entry
        begun = replace(entry, state="queued", trouble=None)
        return _without_job(begun) if entry.state == "cancelled" else begun

    return _each(entries, ids, begin)


def again(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with the done ones of ``ids`` waiting to be rendered once more."""
    return _each(
        entries,
        ids,
        lambda e: _without_job(replace(e, state="queued")) if e.state == "done" else e,
    )


def unqueued(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with those of ``ids`` that wait for their turn made drafts again."""

    def rest(entry: Entry) -> Entry:
        state: EntryState = "ready" if entry.job_id is None else "stopped"
        return replace(entry, state=state) if entry.state == "queued" else entry

    return _each(entries, ids, rest)


def looked(entries: Entries, entry_id: EntryId, facts: Facts) -> Entries:
    """Return ``entries`` with what a look at one source told."""
    return _each(
        entries, {entry_id}, lambda e: replace(e, facts=facts, state="ready", trouble=None)
    )


def refused(entries: Entries, entry_id: EntryId, why: Trouble) -> Entries:
    """Return ``entries`` with one source refused."""
    return _each(entries, {entry_id}, lambda e: replace(e, state="refused", trouble=why))


def begun(entries: Entries, entry_id: EntryId) -> Entries:
    """Return ``entries`` with one having its turn."""
    return _each(entries, {entry_id}, lambda e: replace(e, state="rendering", trouble=None))


def entered(entries: Entries, entry_id: EntryId, job_id: JobId, output_path: str) -> Entries:
    """Return ``entries`` with the job that one became and the file it writes."""
    return _each(entries, {entry_id}, lambda e: replace(e, job_id=job_id, output_path=output_path))


def ended(
    entries: Entries,
    entry_id: EntryId,
    state: EntryState,
    *,
    trouble: Trouble | None = None,
    result: Result | None = None,
) -> Entries:
    """Return ``entries`` with one whose turn is over."""
    return _each(
        entries, {entry_id}, lambda e: replace(e, state=state, trouble=trouble, result=result)
    )


def looked_again(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with the refused ones of ``ids`` to be looked at once more."""
    return _each(
        entries,
        ids,
        lambda e: replace(e, state="new", trouble=None) if e.state == "refused" else e,
    )


def unlooked(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with the drafts of ``ids`` that have no job to be looked at again."""
    return _each(
        entries,
        ids,
        lambda e: replace(e, state="new", facts=None) if e.state == "ready" else e,
    )


def interrupted(entries: Entries) -> Entries:
    """Return ``entries`` as a new start finds them: what was being rendered comes next."""
    was = [e for e in entries if e.state == "rendering"]
    rest = tuple(e for e in entries if e.state != "rendering")
    return (*(replace(e, state="queued") for e in was), *rest) if was else entries


# -- what is wished of an entry ----------------------------------------------------------


def cast(
    entries: Entries, entry_id: EntryId, person_id: str, casts: Sequence[EntryCast]
) -> Entries:
    """Return ``entries`` with all casts of one person of one entry replaced by ``casts``."""

    def change(entry: Entry) -> Entry:
        others = tuple(c for c in entry.casts if c.person_id != person_id)
        return replace(entry, casts=(*others, *casts))

    return _wished(entries, {entry_id}, change)


def corrected(entries: Entries, entry_id: EntryId, correction: Correction) -> Entries:
    """Return ``entries`` with the people of one put right; casts of merged people follow."""

    def change(entry: Entry) -> Entry:
        casts = entry.casts
        if correction.kind == "merge":
            kept, gone = correction.people[0], set(correction.people[1:])
            is_cast = any(c.person_id == kept for c in casts)
            renamed = (replace(c, person_id=kept) if c.person_id in gone else c for c in casts)
            casts = (
                tuple(c for c in casts if c.person_id not in gone) if is_cast else tuple(renamed)
            )
        return replace(entry, corrections=(*entry.corrections, correction), casts=casts)

    return _wished(entries, {entry_id}, change)


def with_look(entries: Entries, ids: Collection[EntryId], look: Look) -> Entries:
    """Return ``entries`` with another look."""
    return _wished(entries, ids, lambda e: replace(e, look=look))


def with_output(entries: Entries, ids: Collection[EntryId], output: Output) -> Entries:
    """Return ``entries`` with another kind of output."""
    return _wished(entries, ids, lambda e: replace(e, output=output))


def trimmed(
    entries: Entries, entry_id: EntryId, trim_in: Fraction | None, trim_out: Fraction | None
) -> Entries:
    """Return ``entries`` with another trim of one, in seconds from its first frame."""
    return _wished(entries, {entry_id}, lambda e: replace(e, trim_in=trim_in, trim_out=trim_out))


def face_gone(entries: Entries, face_id: str) -> Entries:
    """Return ``entries`` with nobody cast as a face that was removed."""

    def change(entry: Entry) -> Entry:
        return replace(entry, casts=tuple(c for c in entry.casts if c.face_id != face_id))

    cast_here = {e.entry_id for e in entries if any(c.face_id == face_id for c in e.casts)}
    return _wished(entries, cast_here, change)


def _wished(
    entries: Entries, ids: Collection[EntryId], change: Callable[[Entry], Entry]
) -> Entries:
    """Change what is wished of drafts; the job that was made of the old wish is let go."""

    def wish(entry: Entry) -> Entry:
        if entry.state not in DRAFT and entry.state != "new":
            return entry
        after = change(entry)
        if after == entry:
            return entry
        state: EntryState = "new" if entry.state == "new" else "ready"
        return _without_job(replace(after, state=state, trouble=None))

    return _each(entries, ids, wish)


def _without_job(entry: Entry) -> Entry:
    return replace(entry, job_id=None, output_path=None)


def _each(entries: Entries, ids: Collection[EntryId], change: Callable[[Entry], Entry]) -> Entries:
    return tuple(change(e) if e.entry_id in ids else e for e in entries)


def _place(entries: Entries, before: EntryId | None) -> int:
    places = (n for n, e in enumerate(entries) if e.entry_id == before)
    return next(places, len(entries))
