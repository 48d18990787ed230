"""Say who is in a video, by what name and in what colour, and when each is seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.desk.entries import Entry, EntryCast, EntryId
from orchestrator.desk.timeline import Range, Timeline, joined
from orchestrator.faces.people import Scan

if TYPE_CHECKING:
    from orchestrator.desk.cards import Card

MOST_ROWS = 6
"""More people are folded away behind a line that says how many."""


@dataclass(frozen=True, slots=True)
class CalledBy:
    """What a person is called."""

    number: int
    """From 1; what one without a name is called by."""
    name: str = ""
    """Given by the user; empty until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person of a video as the stage draws it."""

    person_id: str
    unsure: bool
    called: CalledBy
    hue: int
    """Which of the palette's colours for people; counted over and over."""
    crop: Path | None
    runs: tuple[Range, ...]
    """When the person is seen; rising and apart."""
    cast_runs: tuple[Range, ...] = ()
    """Where another face is put on; parts of ``runs``."""
    worn: tuple[str, ...] = ()
    """Names of the source faces that are put on, each once."""


def hue_of(person_id: str) -> int:
    """Return a person's place among the colours: the same wherever the person is drawn."""
    digits = person_id.removeprefix("p")
    return max(0, int(digits) - 1) if digits.isdigit() else sum(map(ord, person_id))


def people_rows(
    scan: Scan, folder: Path, entry: Entry, timeline: Timeline, face_names: Mapping[str, str]
) -> tuple[PersonRow, ...]:
    """Return a row for everybody who is seen in a source, in the order of the timeline."""
    crops = {str(person.person_id): person.crops[:1] for person in scan.people}
    numbers = {str(person.person_id): number for number, person in enumerate(scan.people, start=1)}
    return tuple(
        PersonRow(
            person_id=bar.person_id,
            unsure=bar.unsure,
            called=CalledBy(numbers.get(bar.person_id, 0)),
            hue=hue_of(bar.person_id),
            crop=next((folder / crop for crop in crops.get(bar.person_id, ())), None),
            runs=bar.ranges,
            cast_runs=_cast_runs(bar.ranges, _casts(entry, bar.person_id), timeline),
            worn=_worn(_casts(entry, bar.person_id), face_names),
        )
        for bar in timeline.bars
    )


def called(
    rows: Iterable[PersonRow], cards: Sequence[Card], entry_id: EntryId
) -> tuple[PersonRow, ...]:
    """Return rows with what their people are called over the whole queue."""
    names = {
        seat.person_id: CalledBy(card.number, card.name)
        for card in cards
        for seat in card.seats
        if seat.entry_id == entry_id
    }
    return tuple(replace(row, called=names.get(row.person_id, row.called)) for row in rows)


def _casts(entry: Entry, person_id: str) -> list[EntryCast]:
    return [cast for cast in entry.casts if cast.person_id == person_id]


def _worn(casts: Iterable[EntryCast], face_names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(face_names.get(cast.face_id, "?") for cast in casts))


def _cast_runs(
    runs: Sequence[Range], casts: Iterable[EntryCast], timeline: Timeline
) -> tuple[Range, ...]:
    cut = []
    for cast in casts:
        first = 0 if cast.start is None else edge_at(timeline, cast.start)
        last = timeline.frame_count if cast.end is None else edge_at(timeline, cast.end)
        cut += [(max(start, first), min(end, last)) for start, end in runs]
    return joined(cut)


def edge_at(timeline: Timeline, seconds: float | Fraction) -> int:
    """Return the first frame that begins at or after a moment, as renders count trims."""
    frame = timeline.frame_at(seconds)
    return frame if timeline.time_of(frame) >= seconds else frame + 1
