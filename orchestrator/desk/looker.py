"""Look at one source of the queue: what it is, who is in it, whether it may be rendered."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestrator.desk.entries import Entry, EntryCast, Facts, OnceLooked, WhichPerson
from orchestrator.desk.shelf import Shelf, facts_of
from orchestrator.desk.snapshot import Work
from orchestrator.faces.people import Person, Scan
from orchestrator.home import Home
from orchestrator.prepare import require_allowed_content

Working = Callable[[Work, int, int], None]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look told."""

    facts: Facts
    casts: tuple[EntryCast, ...]
    """Those that were asked for once it was looked at."""


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
    return Looked(facts_of(seen.report, scan), _casts(entry.once_looked, scan))


def _casts(once: OnceLooked | None, scan: Scan) -> tuple[EntryCast, ...]:
    sure = [person for person in scan.people if not person.unsure]
    if once is None or once.cast_face is None or not sure:
        return ()
    person = _meant(sure, once.which)
    return (EntryCast(person_id=person.person_id, face_id=once.cast_face),)


def _meant(people: list[Person], which: WhichPerson) -> Person:
    match which:
        case "leftmost":
            return min(people, key=_how_far_right)
        case "largest":
            return max(people, key=_how_large)
    return people[0]


def _how_large(person: Person) -> float:
    """Return the mean size of the person's face, as a share of the picture."""
    boxes = [box for appearance in person.appearances for box in appearance.boxes]
    return sum((box.right - box.left) * (box.bottom - box.top) for box in boxes) / len(boxes)


def _how_far_right(person: Person) -> float:
    lefts = [box.left for appearance in person.appearances for box in appearance.boxes]
    return sum(lefts) / len(lefts)
