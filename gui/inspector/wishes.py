"""Decide what the inspector shows of the selected videos, and what a change does; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeVar

from gui.cast.casting_of import Slot, by_id, can_change, castable, slot_of
from gui.faces.views import FaceView
from gui.inspector.engine_settings import Setting, with_engine, with_value
from orchestrator.desk import changes
from orchestrator.desk.cards import Card, CardId, Seat
from orchestrator.desk.changes import Entries
from orchestrator.desk.entries import Entry, EntryCast, EntryId, Look, Output
from orchestrator.engines import needs_cast
from orchestrator.media.report import Notice

T = TypeVar("T")


class Mixed:
    """Stands for values that differ between the selected videos."""


MIXED = Mixed()


@dataclass(frozen=True, slots=True)
class Role:
    """One person of the selected videos, and who is put on them."""

    card_id: CardId
    number: int
    name: str
    """Given by the user; empty until then."""
    unsure: bool
    crops: tuple[str, ...]
    seconds: float
    seats: tuple[Seat, ...]
    """In the selected videos only."""
    slot: Slot
    casts: tuple[EntryCast, ...]
    """Of the only selected video; empty when several are."""

    @property
    def person_id(self) -> str:
        """The person's id in the first of the videos."""
        return self.seats[0].person_id


def selected(entries: Iterable[Entry], ids: Collection[EntryId]) -> tuple[Entry, ...]:
    """Return the entries of those ids, in the queue's order."""
    ids = frozenset(ids)
    return tuple(entry for entry in entries if entry.entry_id in ids)


def roles(cards: Iterable[Card], chosen: Sequence[Entry]) -> tuple[Role, ...]:
    """Return who is in the selected videos: who is seen longest first, the unsure last."""
    here = by_id(chosen)
    made = [_role(card, seats, here) for card in cards if (seats := _seats_in(card, here))]
    return tuple(sorted(made, key=lambda role: (role.unsure, -role.seconds, role.number)))


def _seats_in(card: Card, chosen: Mapping[EntryId, Entry]) -> tuple[Seat, ...]:
    return tuple(seat for seat in card.seats if seat.entry_id in chosen)


def _role(card: Card, seats: tuple[Seat, ...], chosen: Mapping[EntryId, Entry]) -> Role:
    casts: tuple[EntryCast, ...] = ()
    if len(chosen) == 1:
        people = {seat.person_id for seat in seats}
        (only,) = chosen.values()
        casts = tuple(cast for cast in only.casts if cast.person_id in people)
    return Role(
        card_id=card.card_id,
        number=card.number,
        name=card.name,
        unsure=not castable(seats),
        crops=tuple(dict.fromkeys(crop for seat in seats for crop in seat.crops)),
        seconds=sum({seat.key: seat.seconds for seat in seats}.values()),
        seats=seats,
        slot=slot_of(chosen, seats),
        casts=casts,
    )


def role_of(all_roles: Iterable[Role], person_id: str | None) -> Role | None:
    """Return the role of a person of a video, or None."""
    return next(
        (role for role in all_roles if any(seat.person_id == person_id for seat in role.seats)),
        None,
    )


# -- what keeps a render from beginning ------------------------------------------------------

Lack = Literal[
    "", "nothing", "looking", "refused", "busy", "nobody", "face", "face_gone", "photos",
    "consent", "other",
]  # fmt: skip
"""Why the selected videos cannot be rendered; empty: they can."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is missing before a render can begin, and which face it is about."""

    lack: Lack
    face_id: str | None = None


def lacking(
    chosen: Sequence[Entry], all_roles: Sequence[Role], faces: Mapping[str, FaceView]
) -> Lacking:
    """Return the first thing that is missing before the selected videos can be rendered."""
    if not chosen:
        return Lacking("nothing")
    states = {entry.state for entry in chosen}
    if "new" in states:
        return Lacking("looking")
    if states == {"refused"}:
        return Lacking("refused")
    open_ones = [entry for entry in chosen if can_change(entry)]
    if not open_ones:
        return Lacking("busy")
    if not any(is_enough(entry) for entry in open_ones):
        return Lacking("face" if any(not role.unsure for role in all_roles) else "nobody")
    return _lacking_of_faces(open_ones, faces)


def _lacking_of_faces(chosen: Sequence[Entry], faces: Mapping[str, FaceView]) -> Lacking:
    if not all(is_enough(entry) for entry in chosen):
        return Lacking("other")
    for face_id in dict.fromkeys(cast.face_id for entry in chosen for cast in entry.casts):
        face = faces.get(face_id)
        if face is None:
            return Lacking("face_gone", face_id)
        if face.lack:
            return Lacking(face.lack, face_id)
    return Lacking("")


def renderable(chosen: Iterable[Entry]) -> tuple[EntryId, ...]:
    """Return those that pressing Render begins: drafts, and finished ones that were changed."""
    return tuple(e.entry_id for e in chosen if e.state in changes.STARTABLE and is_enough(e))


def is_enough(entry: Entry) -> bool:
    """Whether somebody is cast, or the engine does its work without that."""
    return bool(entry.casts) or not needs_cast(entry.look.engine, entry.look.settings)


# -- what is common --------------------------------------------------------------------------


def common(values: Iterable[T]) -> T | Mixed:
    """Return the one value that all have, or MIXED."""
    first, *rest = list(values)
    return first if all(value == first for value in rest) else MIXED


def notices(chosen: Sequence[Entry]) -> tuple[Notice, ...]:
    """Return what a person should know of the only selected video."""
    if len(chosen) != 1 or chosen[0].facts is None:
        return ()
    return chosen[0].facts.notices


# -- changes -----------------------------------------------------------------------------------


def with_setting(
    entries: Entries, ids: Collection[EntryId], setting: Setting, value: str
) -> Entries:
    """Return ``entries`` with one setting of the look of some set; the rest of it stays theirs."""
    return _each_look(entries, ids, lambda look: with_value(look, setting, value))


def with_engine_of(entries: Entries, ids: Collection[EntryId], engine: str) -> Entries:
    """Return ``entries`` with some rendered by another engine, as that one usually does it."""
    return _each_look(entries, ids, lambda look: with_engine(look, engine))


def without_settings(entries: Entries, ids: Collection[EntryId]) -> Entries:
    """Return ``entries`` with every setting of the look of some back at its usual value."""
    return _each_look(entries, ids, lambda look: replace(look, settings=()))


def with_output(
    entries: Entries, ids: Collection[EntryId], change: Callable[[Output], Output]
) -> Entries:
    """Return ``entries`` with something of the output of some changed; the rest stays theirs."""

    def set_one(entry: Entry) -> Entry:
        (done,) = changes.with_output((entry,), {entry.entry_id}, change(entry.output))
        return done

    ids = frozenset(ids)
    return tuple(set_one(entry) if entry.entry_id in ids else entry for entry in entries)


def with_preset(entries: Entries, ids: Collection[EntryId], look: Look, output: Output) -> Entries:
    """Return ``entries`` with a preset's look and output; folders and names stay theirs."""
    entries = changes.with_look(entries, frozenset(ids), look)
    return with_output(entries, ids, lambda own: replace(output, folder=own.folder, name=own.name))


def _each_look(
    entries: Entries, ids: Collection[EntryId], change: Callable[[Look], Look]
) -> Entries:
    def set_one(entry: Entry) -> Entry:
        (done,) = changes.with_look((entry,), {entry.entry_id}, change(entry.look))
        return done

    ids = frozenset(ids)
    return tuple(set_one(entry) if entry.entry_id in ids else entry for entry in entries)


def with_stretch(
    casts: Sequence[EntryCast], person_id: str, face_id: str, start: Fraction, end: Fraction
) -> tuple[EntryCast, ...]:
    """Return ``casts`` of one person with another face from ``start`` to ``end``, in seconds.

    The later one wins where two overlap, so it is put last.
    """
    return (*casts, EntryCast(person_id=person_id, face_id=face_id, start=start, end=end))


def bounded(start: Fraction, end: Fraction, duration: Fraction) -> tuple[Fraction, Fraction] | None:
    """Return a stretch within the video, or None when nothing of it is."""
    start, end = max(Fraction(0), start), min(duration, end)
    return (start, end) if start < end else None
