"""Find who is the same person in several videos: deal seats out to cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from orchestrator.desk.cards import Card, CardId, Corrections, Seat, roots_of
from orchestrator.faces.groups import SAME

_ROWS_COMPARED = 16
"""So many faces of a card are compared; more make it slower and hardly surer."""
_ROOM_ROWS = 256


def cards(seats: Iterable[Seat], put_right: Corrections) -> tuple[Card, ...]:
    """Return one card for each person of ``seats``, then one for each unsure group.

    Seats are taken in order and join the card they are nearest to by the mean distance of
    embeddings, if that is under :data:`~orchestrator.faces.groups.SAME`; two people of one
    video never share a card unless the user links them.  A video that is added last never
    takes the earlier ones' cards apart.
    """
    deal = Deal(put_right)
    for seat in seats:
        deal.add(seat)
    return deal.cards()


@dataclass(slots=True)
class _Open:
    """A card that seats are still joining."""

    seats: list[Seat] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    rows: int = 0


class Deal:
    """Takes seats one after another, each once; use from one thread."""

    def __init__(self, put_right: Corrections) -> None:
        """Begin with no seats; ``put_right`` is what the user said about them."""
        self.put_right = put_right
        self.seats: list[Seat] = []
        self._roots, self._alone = roots_of(put_right.links), frozenset(put_right.alone)
        self._made: list[_Open] = []
        self._by_root: dict[str, int] = {}
        self._of_digest: dict[str, set[int]] = {}
        self._closed: set[int] = set()
        """Cards of people who are said to be nobody else."""
        self._rows = _Rows()

    def add(self, seat: Seat) -> None:
        """Put ``seat`` on the card it belongs to, or on one of its own."""
        root = self._roots.get(seat.key, seat.key)
        number = self._by_root.get(root)
        if number is None:
            number = self._nearest(seat)
        if number is None:
            number = len(self._made)
            self._made.append(_Open())
        self._join(number, root, seat)

    def cards(self) -> tuple[Card, ...]:
        """Return the cards as they are now."""
        made = sorted(self._made, key=lambda card: all(seat.unsure for seat in card.seats))
        names = self.put_right.names
        return tuple(_card(number, each.seats, names) for number, each in enumerate(made, 1))

    def _join(self, number: int, root: str, seat: Seat) -> None:
        card = self._made[number]
        is_new = seat.key not in card.keys
        card.seats.append(seat)
        card.keys.add(seat.key)
        self.seats.append(seat)
        self._by_root[root] = number
        self._of_digest.setdefault(seat.digest, set()).add(number)
        if seat.key in self._alone:
            self._closed.add(number)
        if is_new and seat.embedding and card.rows < _ROWS_COMPARED:
            card.rows += 1
            self._rows.add(number, seat.embedding)

    def _nearest(self, seat: Seat) -> int | None:
        if seat.unsure or not seat.embedding or seat.key in self._alone:
            return None
        apart = self._rows.distances(seat.embedding, len(self._made))
        apart[[*self._closed, *self._of_digest.get(seat.digest, ())]] = np.inf
        if not len(apart) or apart.min() >= SAME:
            return None
        return int(apart.argmin())


class _Rows:
    """The embeddings that cards are compared by, in one table, and whose each is."""

    def __init__(self) -> None:
        self._count = 0
        self._rows: NDArray[np.float32] | None = None
        self._cards = np.zeros(_ROOM_ROWS, np.int64)

    def add(self, card: int, embedding: Sequence[float]) -> None:
        row = np.asarray(embedding, np.float32)
        if self._rows is None:
            self._rows = np.zeros((_ROOM_ROWS, len(row)), np.float32)
        if self._count == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            self._cards = np.concatenate([self._cards, np.zeros_like(self._cards)])
        self._rows[self._count], self._cards[self._count] = row, card
        self._count += 1

    def distances(self, embedding: Sequence[float], cards: int) -> NDArray[np.float64]:
        """Return the mean distance of a face to each card; infinite where it has no faces."""
        if self._rows is None:
            return np.full(cards, np.inf)
        rows, owners = self._rows[: self._count], self._cards[: self._count]
        apart = np.sqrt(np.clip(2 - 2 * (rows @ np.asarray(embedding, np.float32)), 0, None))
        counts = np.bincount(owners, minlength=cards)
        sums = np.bincount(owners, weights=apart, minlength=cards)
        return np.where(counts > 0, sums / np.maximum(counts, 1), np.inf)


def _card(number: int, seats: Sequence[Seat], names: Mapping[str, str]) -> Card:
    return Card(
        card_id=CardId(seats[0].key),
        number=number,
        name=next((names[seat.key] for seat in seats if seat.key in names), ""),
        unsure=all(seat.unsure for seat in seats),
        seats=tuple(seats),
    )
