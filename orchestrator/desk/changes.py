"""Change the queue's entries as the user wishes; pure functions from entries to entries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from orchestrator.casting import Correction
from orchestrator.desk.entries import (
    DRAFT,
    WAITING,
    Entry,
    EntryCast,
    EntryId,
    EntryState,
    Facts,
    Look,
    OnceLooked,
    Output,
    Receipt,
    Result,
    Trouble,
    Where,
)
from orchestrator.engines import needs_cast
from remote_worker.contract.records import JobId

Entries = tuple[Entry, ...]
Change = Callable[[Entries], Entries]

STARTABLE: frozenset[EntryState] = frozenset({"ready", "stopped", "failed", "cancelled"})
URGEABLE: frozenset[EntryState] = frozenset(
    {"new", "refused", "ready", "queued", "stopped", "failed", "cancelled"}
)
"""States in which an entry may become urgent, or be so no more: it is to have a turn yet."""
LOOK_AGAIN = frozenset({"source_changed", "source_missing", "source_unreadable"})
"""Codes of troubles after which a source has to be looked at before it is rendered again."""
SOURCE_REPLACED = Trouble(
    "source_replaced",
    "Another file took the place of this video, so nobody is cast in it any more.",
    "Check who is in it and cast them, then render.",
)


def added(entries: Entries, new: Sequence[Entry], before: EntryId | None = None) -> Entries:
    """Return ``entries`` with ``new`` ones put before another, or last; urgent ones in line."""
    at = _place(entries, before)
    return urgent_first((*entries[:at], *new, *entries[at:]))


def urgent_first(entries: Entries) -> Entries:
    """Return ``entries`` with waiting urgent ones before all waiting ones that are not.

    Each kind keeps its order, and those that do not wait keep their places before the first
    that is not urgent.
    """
    late = (n for n, e in enumerate(entries) if e.state in WAITING and not e.urgent)
    at = next(late, len(entries))
    behind = entries[at:]
    ahead = tuple(e for e in behind if _is_waiting_urgent(e))
    if not ahead:
        return entries
    return (*entries[:at], *ahead, *(e for e in behind if not _is_waiting_urgent(e)))


def urged(entries: Entries, ids: Collection[EntryId], *, urgent: bool) -> Entries:
    """Return ``entries`` with those of ``ids`` that are not over urgent, or not any more.

    One that is not urgent any more goes behind those that are. Its job and what is rendered of it
    stay as they are: the video is the same.
    """
    changed = _each(
        entries,
        ids,
        lambda e: (
            replace(e, urgent=urgent) if e.state in URGEABLE and e.urgent is not urgent else e
        ),
    )
    return urgent_first(changed)


def next_turn(entries: Entries, interrupted: EntryId | None) -> Entry | None:
    """Return which entry has the next turn: of those that wait, an urgent one before others.

    Among equals it is the one that was interrupted, else the first in line.
    """
    waiting = [e for e in entries if e.state == "queued"]
    first = [e for e in waiting if e.urgent] or waiting
    rests = (e for e in first if e.entry_id == interrupted)
    return next(rests, first[0] if first else None)


def removed(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` without those of ``ids``; one that is being rendered stays."""
    ids = frozenset(ids)
    return tuple(e for e in entries if e.entry_id not in ids or e.state == "rendering")


def moved(entries: Entries, ids: Collection[EntryId], before: EntryId | None) -> Entries:
    """Return ``entries`` with those of ``ids``, in their order, put before another, or last."""
    ids = frozenset(ids)
    at = _place(entries, before)
    while at < len(entries) and entries[at].entry_id in ids:
        at += 1  # dropped on itself: before the next one that stays
    taken = [e for e in entries if e.entry_id in ids]
    above = [e for e in entries[:at] if e.entry_id not in ids]
    return urgent_first((*above, *taken, *(e for e in entries[at:] if e.entry_id not in ids)))


def shifted(entries: Entries, ids: Collection[EntryId], steps: int) -> Entries:
    """Return ``entries`` with those of ``ids`` moved ``steps`` places up (negative) or down."""
    ids = frozenset(ids)
    places = [n for n, e in enumerate(entries) if e.entry_id in ids]
    if not places:
        return entries
    rest = [e for e in entries if e.entry_id not in ids]
    taken = [entries[n] for n in places]
    at = min(max(0, places[0] + steps), len(rest))
    return urgent_first((*rest[:at], *taken, *rest[at:]))


def duplicated(
    entries: Entries, ids: Collection[EntryId], names: Iterable[EntryId], added_at: str = ""
) -> Entries:
    """Return ``entries`` with a fresh draft of each of ``ids`` after it, settings included."""
    fresh, ids = iter(names), frozenset(ids)
    made: list[Entry] = []
    for entry in entries:
        made.append(entry)
        if entry.entry_id in ids:
            state: EntryState = "ready" if entry.facts is not None else "new"
            copy = replace(entry, entry_id=next(fresh), state=state)
            copy = replace(copy, job_id=None, output_path=None, trouble=None, result=None)
            made.append(replace(copy, receipt=None, added_at=added_at or entry.added_at))
    return urgent_first(tuple(made))


def queued(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with those of ``ids`` that can begin, or go on, waiting for their turn.

    One that nobody has looked at yet, or whose source changed since, is looked at first.
    """

    def begin(entry: Entry) -> Entry:
        if entry.state == "new":
            once = entry.once_looked or OnceLooked()
            return replace(entry, once_looked=replace(once, render=True))
        if entry.state not in STARTABLE:
            return entry
        if entry.trouble is not None and entry.trouble.code in LOOK_AGAIN:
            return replace(_unlooked(entry), once_looked=OnceLooked(render=True))
        begun = replace(entry, state="queued", trouble=None)
        return _without_job(begun) if entry.state == "cancelled" else begun

    return urgent_first(_each(entries, ids, begin))


def retried(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with what went wrong of ``ids`` tried again: to look, or to render."""
    went_wrong = _in_state(entries, ids, "failed", "stopped", "cancelled")
    return looked_again(queued(entries, went_wrong), ids)


def again(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with the done ones of ``ids`` waiting to be rendered once more."""
    begun = _each(
        entries,
        ids,
        lambda e: _without_job(replace(e, state="queued")) if e.state == "done" else e,
    )
    return urgent_first(begun)


def unqueued(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with those of ``ids`` that wait for their turn made drafts again."""

    def rest(entry: Entry) -> Entry:
        if entry.state == "new" and entry.once_looked is not None:
            return replace(entry, once_looked=replace(entry.once_looked, render=False))
        return replace(entry, state=_at_rest(entry)) if entry.state == "queued" else entry

    return _each(entries, ids, rest)


def looked(
    entries: Entries, entry_id: EntryId, facts: Facts, casts: Sequence[EntryCast] = ()
) -> Entries:
    """Return ``entries`` with what a look at one source told.

    ``casts`` are those that were asked for once it was looked at; they count if nobody is cast.
    In a file that took the source's place the people are others: whoever was cast is not.
    """

    def become(entry: Entry) -> Entry:
        if entry.state != "new":
            return entry  # a late word
        kept = _same_file(entry, facts)
        cast_now = kept.casts or tuple(casts)
        once = kept.once_looked or OnceLooked()
        seen = replace(kept, facts=facts, casts=cast_now, once_looked=None)
        is_wanted = once.render and seen.trouble is None and bool(cast_now or _needs_nobody(seen))
        return replace(seen, state="queued" if is_wanted else _at_rest(seen))

    return _each(entries, {entry_id}, become)


def refused(entries: Entries, entry_id: EntryId, why: Trouble) -> Entries:
    """Return ``entries`` with one source refused."""
    return _each(
        entries,
        {entry_id},
        lambda e: replace(e, state="refused", trouble=why) if e.state == "new" else e,
    )


def begun(entries: Entries, entry_id: EntryId) -> Entries:
    """Return ``entries`` with one having its turn."""
    return _each(entries, {entry_id}, lambda e: replace(e, state="rendering", trouble=None))


def job_named(entries: Entries, entry_id: EntryId, job_id: JobId) -> Entries:
    """Return ``entries`` with what the job is called that one is about to become."""
    return _each(entries, {entry_id}, lambda e: replace(e, job_id=job_id, output_path=None))


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
    receipt: Receipt | None = None,
) -> Entries:
    """Return ``entries`` with one whose turn is over; an earlier result stays until the next.

    A receipt stays too, unless another render ended since without one.
    """

    def end(entry: Entry) -> Entry:
        kept = receipt or (None if result is not None else entry.receipt)
        return replace(
            entry, state=state, trouble=trouble, result=result or entry.result, receipt=kept
        )

    return _each(entries, {entry_id}, end)


def looked_again(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with the refused ones of ``ids`` to be looked at once more."""
    anew = _each(entries, ids, lambda e: _unlooked(e) if e.state == "refused" else e)
    return urgent_first(anew)


def unlooked(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with the drafts of ``ids`` to be looked at again; casts stay."""
    return _each(entries, ids, lambda e: _unlooked(e) if e.state in DRAFT else e)


def interrupted(entries: Entries) -> Entries:
    """Return ``entries`` as a new start finds them: what was being rendered waits again."""
    return tuple(replace(e, state="queued") if e.state == "rendering" else e for e in entries)


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


def with_where(
    entries: Entries, ids: Collection[EntryId], change: Callable[[Where], Where]
) -> Entries:
    """Return ``entries`` with what ``change`` makes of where they are rendered."""
    return _wished(entries, ids, lambda e: replace(e, where=change(e.where)))


def trimmed(
    entries: Entries, entry_id: EntryId, trim_in: Fraction | None, trim_out: Fraction | None
) -> Entries:
    """Return ``entries`` with another trim of one, in seconds from its first frame."""
    return _wished(entries, {entry_id}, lambda e: replace(e, trim_in=trim_in, trim_out=trim_out))


def face_gone(entries: Entries, face_id: str) -> Entries:
    """Return ``entries`` with nobody cast as a face that was removed.

    What waits with it is a draft again: it would be another video than the one asked for.
    """
    cast_here = {e.entry_id for e in entries if any(c.face_id == face_id for c in e.casts)}
    waiting = _in_state(entries, cast_here, "queued")
    return _wished(
        unqueued(entries, waiting),
        cast_here,
        lambda e: replace(e, casts=tuple(c for c in e.casts if c.face_id != face_id)),
    )


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


def _unlooked(entry: Entry) -> Entry:
    """Return an entry to be looked at; its facts stay, to tell whether it is the same file."""
    over = entry.state in ("done", "cancelled")
    return replace(_without_job(entry) if over else entry, state="new", trouble=None)


def _same_file(entry: Entry, facts: Facts) -> Entry:
    """Return ``entry`` without what belongs to another file, if it was made for another."""
    if entry.facts is None or entry.facts.digest == facts.digest:
        return replace(entry, trouble=None)
    why = SOURCE_REPLACED if entry.casts else None
    return replace(_without_job(entry), casts=(), corrections=(), trouble=why)


def _is_waiting_urgent(entry: Entry) -> bool:
    return entry.urgent and entry.state in WAITING


def _at_rest(entry: Entry) -> EntryState:
    return "ready" if entry.job_id is None else "stopped"


def _needs_nobody(entry: Entry) -> bool:
    return not needs_cast(entry.look.engine, entry.look.settings)


def _in_state(
    entries: Entries, ids: Collection[EntryId], *states: EntryState
) -> frozenset[EntryId]:
    ids = frozenset(ids)
    return frozenset(e.entry_id for e in entries if e.entry_id in ids and e.state in states)


def _each(entries: Entries, ids: Collection[EntryId], change: Callable[[Entry], Entry]) -> Entries:
    ids = frozenset(ids)  # a long tuple would be searched for every entry
    return tuple(change(e) if e.entry_id in ids else e for e in entries)


def _place(entries: Entries, before: EntryId | None) -> int:
    places = (n for n, e in enumerate(entries) if e.entry_id == before)
    return next(places, len(entries))
