"""Look at one source of the queue: what it is, who is in it, whether it may be rendered."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from orchestrator.desk.cards import Seat
from orchestrator.desk.entries import Entry, Facts
from orchestrator.desk.shelf import Looks, Shelf, facts_of
from orchestrator.desk.snapshot import Work
from orchestrator.errors import SourceRefused
from orchestrator.faces.people import Person
from orchestrator.home import Home
from orchestrator.prepare import require_allowed_content

Working = Callable[[Work, int, int], None]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look told."""

    facts: Facts


def look(
    home: Home, shelf: Shelf, entry: Entry, working: Working, cancelled: threading.Event
) -> Looked:
    """Probe, picture, scan and check one source; what was done before is not done again.

    Raises:
        SecondUnitError: it cannot be rendered, or may not be.
        OSError: it cannot be read.
        Cancelled: ``cancelled`` was set.
    """
    working("probing", 0, 0)
    seen = shelf.seen(Path(entry.source))
    working("picturing", 0, 0)
    shelf.draw_thumbnail(seen)
    working("finding faces", 0, 0)
    scan = shelf.find(seen, lambda done, total: working("finding faces", done, total), cancelled)
    working("checking content", 0, 0)
    require_allowed_content(
        home, seen, lambda done, total: working("checking content", done, total), cancelled
    )
    return Looked(facts_of(seen.report, scan))


def seats_of(shelf: Shelf, entry: Entry) -> tuple[Seat, ...]:
    """Return who is in an entry that was looked at.

    Raises:
        SourceRefused: what was found was deleted since; it has to be looked at again.
    """
    facts = entry.facts
    looks = shelf.people(facts.digest, entry.corrections) if facts else None
    if facts is None or looks is None:
        raise SourceRefused(
            "scan_missing",
            "What was found in this video was deleted since.",
            "Look at it again.",
        )
    return tuple(_seat(entry, facts, looks, person) for person in looks.scan.people)


def _seat(entry: Entry, facts: Facts, looks: Looks, person: Person) -> Seat:
    frames = sum(a.end_frame - a.start_frame for a in person.appearances)
    return Seat(
        entry_id=entry.entry_id,
        digest=facts.digest,
        person_id=person.person_id,
        unsure=person.unsure,
        embedding=person.embedding,
        crops=tuple(str(path) for path in looks.crops(person)),
        seconds=float(Fraction(frames) / facts.frame_rate),
        appearances=len(person.appearances),
    )
