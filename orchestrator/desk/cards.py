"""Say what a card is: one person over the whole queue, and what the user put right about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NewType

from orchestrator.desk.entries import EntryId

CardId = NewType("CardId", str)
"""The card's first member, as ``digest:person``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One person of one entry, as far as cards need it."""

    entry_id: EntryId
    digest: str
    person_id: str
    unsure: bool
    embedding: tuple[float, ...]
    """Empty for the unsure."""
    crops: tuple[str, ...]
    """Files, the clearest first."""
    seconds: float
    appearances: int

    @property
    def key(self) -> str:
        """The person of the video, whichever entry it is in."""
        return f"{self.digest}:{self.person_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One person over the whole queue."""

    card_id: CardId
    number: int
    """From 1, in the order in which people were found; what an unnamed person is called by."""
    name: str
    """Given by the user; empty until then."""
    unsure: bool
    seats: tuple[Seat, ...]

    @property
    def seconds(self) -> float:
        """On screen over all videos; the same video twice in the queue counts once."""
        return sum({seat.key: seat.seconds for seat in self.seats}.values())

    @property
    def crops(self) -> tuple[str, ...]:
        """Pictures of the person, the clearest of each video first."""
        return tuple(dict.fromkeys(crop for seat in self.seats for crop in seat.crops[:2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What the user said about people over several videos."""

    names: Mapping[str, str] = field(default_factory=dict)
    """By the key of any of a person's seats."""
    links: tuple[tuple[str, str], ...] = ()
    """Keys of seats that are one person."""
    alone: tuple[str, ...] = ()
    """Keys of seats that are a person of their own."""


@dataclass(frozen=True, slots=True)
class PutRight:
    """One step of putting right, to be taken back: what it is called, and what was said before."""

    name: str
    before: Corrections


def named(before: Corrections, keys: Iterable[str], name: str) -> Corrections:
    """Return ``before`` with the person of these seats called ``name``, or by nothing."""
    keys = tuple(keys)
    others = {key: said for key, said in before.names.items() if key not in keys}
    name = name.strip()
    return replace(before, names={**others, **dict.fromkeys(keys, name)} if name else others)


def linked(before: Corrections, keys: Iterable[str]) -> Corrections:
    """Return ``before`` with these seats said to be one person."""
    first, *others = tuple(dict.fromkeys(keys))
    fresh = tuple((first, other) for other in others)
    alone = tuple(key for key in before.alone if key not in (first, *others))
    return replace(before, links=tuple(dict.fromkeys((*before.links, *fresh))), alone=alone)


def parted(before: Corrections, keys: Iterable[str]) -> Corrections:
    """Return ``before`` with each of these seats said to be nobody of the other videos."""
    keys = tuple(dict.fromkeys(keys))
    groups = _groups(before.links)
    links = tuple(
        (rest[0], other)
        for group in groups
        if (rest := [key for key in group if key not in keys])
        for other in rest[1:]
    )
    names = {key: said for key, said in before.names.items() if key not in keys}
    alone = tuple(dict.fromkeys((*before.alone, *keys)))
    return Corrections(names=names, links=links, alone=alone)


def roots_of(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each key that is linked the first key of all that it is linked with."""
    return {key: group[0] for group in _groups(links) for key in group}


def _groups(links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the keys that are linked, each group in the order in which they were named."""
    group_of: dict[str, list[str]] = {}
    for one, other in links:
        kept, gone = group_of.get(one, [one]), group_of.get(other, [other])
        if kept is gone:
            continue
        kept += [key for key in gone if key not in kept]
        for key in kept:
            group_of[key] = kept
    return list({id(group): group for group in group_of.values()}.values())
