"""Decide who is who on the cast board, and what a drop or a merge changes; no Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from orchestrator.casting import Correction
from orchestrator.desk import changes
from orchestrator.desk.cards import Card, CardId, Corrections, Seat
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


def slot_of(entries: Iterable[Entry], seats: Sequence[Seat]) -> Slot:
    """Return which face a person has over several videos."""
    by_id = {entry.entry_id: entry for entry in entries}
    own = [
        _faces_of(by_id[seat.entry_id], seat.person_id)
        for seat in castable(seats)
        if seat.entry_id in by_id
    ]
    used = [face_id for faces in own for face_id in faces]
    if not used:
        return Slot("empty")
    order = sorted(dict.fromkeys(used), key=lambda face_id: -used.count(face_id))
    if len(order) == 1 and all(own) and not any(_is_partial(by_id, seat) for seat in seats):
        return Slot("face", order[0], tuple(order))
    return Slot("mixed", None, tuple(order))


def _is_partial(by_id: dict[EntryId, Entry], seat: Seat) -> bool:
    entry = by_id.get(seat.entry_id)
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
    for seat in castable(seats):
        casts = () if face_id is None else (EntryCast(person_id=seat.person_id, face_id=face_id),)
        entries = changes.cast(entries, seat.entry_id, seat.person_id, casts)
    return entries


def locked(entries: Iterable[Entry], seats: Iterable[Seat]) -> int:
    """Return in how many videos of a person nothing can be changed now."""
    by_id = {entry.entry_id: entry for entry in entries}
    here = {seat.entry_id for seat in seats if seat.entry_id in by_id}
    return sum(not can_change(by_id[entry_id]) for entry_id in here)


# -- who is who ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merge:
    """What has to be put right so that several cards are one person."""

    corrections: tuple[tuple[EntryId, Correction], ...]
    """For two people of one video that are one."""
    links: tuple[tuple[str, str], ...]
    """For people of different videos."""
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
    keys = list(kept)
    links = tuple((keys[0], key) for key in keys[1:])
    return Merge(tuple(corrections), links, next((card.name for card in order if card.name), ""))


def with_merge(put_right: Corrections, merge: Merge) -> Corrections:
    """Return what was put right, with people of several videos made one."""
    keys = {key for link in merge.links for key in link}
    alone = tuple(key for key in put_right.alone if key not in keys)
    return replace(put_right, links=(*put_right.links, *merge.links), alone=alone)


def taken_out(put_right: Corrections, card: Card, seat: Seat) -> Corrections:
    """Return what was put right, with one video's person made a person of their own.

    Links of the others that went through the one who leaves are kept between the others.
    """
    gone = seat.key
    stay = [key for key in dict.fromkeys(each.key for each in card.seats) if key != gone]
    through = any(gone in link for link in put_right.links)
    links = tuple(link for link in put_right.links if gone not in link)
    if through:
        links = (*links, *((stay[0], key) for key in stay[1:]))
    return replace(put_right, links=links, alone=tuple(dict.fromkeys((*put_right.alone, gone))))


def named(put_right: Corrections, card: Card, name: str) -> Corrections:
    """Return what was put right, with a person called ``name``; empty takes the name away."""
    keys = {seat.key for seat in card.seats}
    names = {key: said for key, said in put_right.names.items() if key not in keys}
    if name.strip():
        names |= dict.fromkeys(sorted(keys), " ".join(name.split()))
    return replace(put_right, names=names)


def split_of(person_id: str, places: Collection[int]) -> Correction:
    """Return what makes a new person of some appearances of one."""
    return Correction(kind="split", people=(person_id,), places=tuple(sorted(set(places))))


def chosen_cards(cards: Iterable[Card], ids: Collection[CardId]) -> tuple[Card, ...]:
    """Return the cards of those ids, in the board's order."""
    return tuple(card for card in cards if card.card_id in ids)
