"""Find who is the same person in several videos: one card a person over the whole queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NewType

import numpy as np
from numpy.typing import NDArray

from orchestrator.desk.entries import EntryId
from orchestrator.faces.groups import SAME

_ROWS_COMPARED = 16
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


@dataclass(slots=True)
class _Open:
    """A card that seats are still joining."""

    seats: list[Seat] = field(default_factory=list)
    rows: list[NDArray[np.float64]] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)
    is_alone: bool = False

    def add(self, seat: Seat, *, is_alone: bool) -> None:
        self.seats.append(seat)
        self.digests.add(seat.digest)
        self.is_alone = self.is_alone or is_alone
        if seat.embedding and len(self.rows) < _ROWS_COMPARED:
            self.rows.append(np.array(seat.embedding))


def cards(seats: Iterable[Seat], put_right: Corrections) -> tuple[Card, ...]:
    """Return one card for each person of ``seats``, then one for each unsure group.

    Seats are taken in order and join the card they are nearest to by the mean distance of
    embeddings, if that is under :data:`~orchestrator.faces.groups.SAME`; two people of one
    video never share a card unless the user links them.  A video that is added last never
    takes the earlier ones' cards apart.
    """
    linked = _linked(put_right.links)
    alone = set(put_right.alone)
    by_root: dict[str, _Open] = {}
    made: list[_Open] = []
    for seat in seats:
        root = linked.get(seat.key, seat.key)
        card = by_root.get(root) or _nearest(seat, made, alone)
        if card is None:
            card = _Open()
            made.append(card)
        card.add(seat, is_alone=seat.key in alone)
        by_root[root] = card
    made.sort(key=lambda card: all(seat.unsure for seat in card.seats))
    return tuple(_card(number, each, put_right.names) for number, each in enumerate(made, 1))


def _nearest(seat: Seat, made: list[_Open], alone: set[str]) -> _Open | None:
    if seat.unsure or not seat.embedding or seat.key in alone:
        return None
    row = np.array(seat.embedding)
    ways = [
        (float(np.sqrt(np.clip(2 - 2 * np.stack(card.rows) @ row, 0, None)).mean()), number)
        for number, card in enumerate(made)
        if card.rows and not card.is_alone and seat.digest not in card.digests
    ]
    distance, number = min(ways, default=(SAME, -1))
    return made[number] if distance < SAME else None


def _linked(links: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return for each key that is linked the first key of all that it is linked with."""
    roots: dict[str, str] = {}
    for one, other in links:
        kept, gone = roots.get(one, one), roots.get(other, other)
        roots[one], roots[other] = kept, kept
        for key, root in roots.items():
            if root == gone:
                roots[key] = kept
    return roots


def _card(number: int, made: _Open, names: Mapping[str, str]) -> Card:
    name = next((names[seat.key] for seat in made.seats if seat.key in names), "")
    return Card(
        card_id=CardId(made.seats[0].key),
        number=number,
        name=name,
        unsure=all(seat.unsure for seat in made.seats),
        seats=tuple(made.seats),
    )
