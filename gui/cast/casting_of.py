"""Decide who is who on the cast board, and what a drop or a merge changes; no Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from orchestrator.casting import Correction
from orchestrator.desk import changes
from orchestrator.desk.cards import Card, CardId, Corrections, Seat, linked, named
from orchestrator.desk.changes import Entries
from orchestrator.desk.entries import DRAFT, Entry, EntryCast, EntryId

SlotKind = Literal["empty", "face", "mixed"]


@dataclass(frozen=True, slots=True)
class Slot:
    """What a cast slot shows."""

    kind: SlotKind
    face_id: str | None = None
    """The face, when all videos have the same one and no other."""
    face_ids: tuple[str, ...] = ()
    """All faces that are used, the most used first."""


def can_change(entry: Entry) -> bool:
    """Return whether what is wished of a video may be changed now."""
    return entry.state in DRAFT


def castable(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    """Return the seats of people who can be told apart: only they can be cast."""
    return tuple(seat for seat in seats if not seat.unsure)


def by_id(entries: Iterable[Entry]) -> dict[EntryId, Entry]:
    """Return ``entries`` by their ids, to look many seats up in."""
    return {entry.entry_id: entry for entry in entries}


def slot_of(entries: Mapping[EntryId, Entry], seats: Sequence[Seat]) -> Slot:
    """Return which face a person has over several videos."""
    own = [
        _faces_of(entries[seat.entry_id], seat.person_id)
        for seat in castable(seats)
        if seat.entry_id in entries
    ]
    used = [face_id for faces in own for face_id in faces]
    if not used:
        return Slot("empty")
    order = sorted(dict.fromkeys(used), key=lambda face_id: -used.count(face_id))
    if len(order) == 1 and all(own) and not any(_is_partial(entries, seat) for seat in seats):
        return Slot("face", order[0], tuple(order))
    return Slot("mixed", None, tuple(order))


def _is_partial(entries: Mapping[EntryId, Entry], seat: Seat) -> bool:
    entry = entries.get(seat.entry_id)
    casts = entry.casts if entry is not None else ()
    own = [cast for cast in casts if cast.person_id == seat.person_id]
    return bool(own) and all(c.start is not None or c.end is not None for c in own)


def _faces_of(entry: Entry, person_id: str) -> tuple[str, ...]:
    own = (cast.face_id for cast in entry.casts if cast.person_id == person_id)
    return tuple(dict.fromkeys(own))


def cast_seats(entries: Entries, seats: Iterable[Seat], face_id: str | None) -> Entries:
    """Return ``entries`` with a person cast as one face wherever that can be changed.

    None takes the person's face off again; stretches with another face are replaced too.
    """
    people: dict[EntryId, list[str]] = {}
    for seat in castable(seats):
        people.setdefault(seat.entry_id, []).append(seat.person_id)

    def change(entry: Entry) -> Entry:
        for person_id in people[entry.entry_id]:
            casts = () if face_id is None else (EntryCast(person_id=person_id, face_id=face_id),)
            (entry,) = changes.cast((entry,), entry.entry_id, person_id, casts)
        return entry

    return tuple(change(entry) if entry.entry_id in people else entry for entry in entries)


def locked(entries: Mapping[EntryId, Entry], seats: Iterable[Seat]) -> int:
    """Return in how many videos of a person nothing can be changed now."""
    here = {seat.entry_id for seat in seats if seat.entry_id in entries}
    return sum(not can_change(entries[entry_id]) for entry_id in here)


# -- who is who ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merge:
    """What has to be put right so that several cards are one person."""

    corrections: tuple[tuple[EntryId, Correction], ...]
    """For two people of one video that are one."""
    keys: tuple[str, ...]
    """Of the seats of all videos that are one person, after the corrections."""
    name: str
    """The first name that one of them was given."""


def merge_of(cards: Sequence[Card]) -> Merge:
    """Return what makes one person of ``cards``, at least two; the clearest leads."""
    order = sorted(cards, key=lambda card: (card.unsure, -card.seconds))
    seats = [seat for card in order for seat in card.seats]
    corrections: list[tuple[EntryId, Correction]] = []
    kept: dict[str, Seat] = {}
    for entry_id in dict.fromkeys(seat.entry_id for seat in seats):
        own = [seat for seat in seats if seat.entry_id == entry_id]
        own.sort(key=lambda seat: (seat.unsure, -seat.seconds))
        kept.setdefault(own[0].key, own[0])
        if len(own) > 1:
            people = tuple(seat.person_id for seat in own)
            corrections.append((entry_id, Correction(kind="merge", people=people)))
    name = next((card.name for card in order if card.name), "")
    return Merge(tuple(corrections), tuple(kept), name)


def with_merge(put_right: Corrections, merge: Merge) -> Corrections:
    """Return what was put right, with people of several videos made one, and their one name."""
    if len(merge.keys) > 1:
        put_right = linked(put_right, merge.keys)
    return named(put_right, merge.keys, merge.name) if merge.name else put_right


def split_of(person_id: str, places: Collection[int]) -> Correction:
    """Return what makes a new person of some appearances of one."""
    return Correction(kind="split", people=(person_id,), places=tuple(sorted(set(places))))


def chosen_cards(cards: Iterable[Card], ids: Collection[CardId]) -> tuple[Card, ...]:
    """Return the cards of those ids, in the board's order."""
    return tuple(card for card in cards if card.card_id in ids)
