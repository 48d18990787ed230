"""Keep one card a person over the whole queue, on a thread beside the desk's."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.desk.cards import Card, Corrections, Seat
from orchestrator.desk.entries import Entry, EntryId, Trouble
from orchestrator.desk.likeness import Deal
from orchestrator.desk.shelf import Shelf
from orchestrator.desk.troubles import trouble_of
from orchestrator.home import Home

_SPELL_S = 0.25
"""So long seats are read before cards are shown; the others follow."""
_LONGEST_REST_S = 0.5


@dataclass(frozen=True, slots=True)
class Arranged:
    """What came of one spell at the board."""

    cards: tuple[Card, ...]
    left: Mapping[EntryId, Entry | None]
    """Changes that have to wait for the next spell."""
    missing: tuple[EntryId, ...]
    """Entries whose scan was deleted since they were looked at."""
    trouble: Trouble | None
    """Why an entry's people could not be read, of the last for which that is so."""


class Board:
    """Holds who sits in which entry; one spell after another, never two at once."""

    def __init__(self, home: Home, shelf: Shelf) -> None:
        self._home, self._shelf = home, shelf
        self._seats: dict[EntryId, tuple[Seat, ...]] = {}
        self._deal = Deal(Corrections())
        self._rest_s = 0.0
        """So long as the last spell took, the others get the interpreter before the next."""

    def arrange(self, changed: Mapping[EntryId, Entry | None], put_right: Corrections) -> Arranged:
        """Take in entries whose people are others now, or None for those that are gone."""
        time.sleep(self._rest_s)
        began_s = time.monotonic()
        until_s = began_s + _SPELL_S
        left = dict(changed)
        missing: list[EntryId] = []
        trouble = None
        for entry_id, entry in changed.items():
            if time.monotonic() > until_s and entry is not None:
                continue  # those that are gone take no time
            del left[entry_id]
            why = self._seat(entry_id, entry)
            if why is not None and why.code == "scan_missing":
                missing.append(entry_id)
            trouble = why if why is not None and why.code != "scan_missing" else trouble
        cards = self._cards(put_right)
        self._rest_s = min(time.monotonic() - began_s, _LONGEST_REST_S)
        return Arranged(cards, left, tuple(missing), trouble)

    def _seat(self, entry_id: EntryId, entry: Entry | None) -> Trouble | None:
        self._seats.pop(entry_id, None)
        if entry is None:
            return None
        try:
            self._seats[entry_id] = self._shelf.seats(entry)
        except Exception as error:  # one video's people are not worth the others' cards
            return trouble_of(self._home, error)
        return None

    def _cards(self, put_right: Corrections) -> tuple[Card, ...]:
        """Deal the seats in the order in which entries were added, whatever their order now."""
        seats = [seat for name in sorted(self._seats) for seat in self._seats[name]]
        dealt = self._deal.seats
        before = self._deal.put_right
        goes_on = (
            (put_right.links, put_right.alone) == (before.links, before.alone)
            and len(seats) >= len(dealt)
            and all(new is old for new, old in zip(seats, dealt, strict=False))
        )
        if not goes_on:
            self._deal, dealt = Deal(put_right), []
        self._deal.put_right = put_right  # names alone deal nobody anew
        for seat in seats[len(dealt) :]:
            self._deal.add(seat)
        return self._deal.cards()
