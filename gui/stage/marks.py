"""Put together what is drawn around each face of a frame; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gui.stage.geometry import Share
from gui.stage.rows import CalledBy, PersonRow
from gui.words.amounts import listed
from orchestrator.desk.timeline import Range
from orchestrator.faces.pick import FaceAt


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceMark:
    """One face on the picture that is shown."""

    person_id: str
    unsure: bool
    place: Share
    hue: int
    called: CalledBy
    worn: str
    """Name of the source face that is put on here; empty when none is."""


def marks_of(
    faces: Iterable[FaceAt], rows: Sequence[PersonRow], frame: int
) -> tuple[FaceMark, ...]:
    """Return a mark for each face of ``frame``, in the order in which they come."""
    known = {row.person_id: row for row in rows}
    return tuple(
        _mark(face, known[face.person_id], frame) for face in faces if face.person_id in known
    )


def _mark(face: FaceAt, row: PersonRow, frame: int) -> FaceMark:
    box = face.box
    return FaceMark(
        person_id=face.person_id,
        unsure=face.unsure,
        place=Share(box.left, box.top, box.right, box.bottom),
        hue=row.hue,
        called=row.called,
        worn=listed(row.worn) if is_in(row.cast_runs, frame) else "",
    )


def is_in(runs: Iterable[Range], frame: int) -> bool:
    """Return whether a frame is in one of ``runs``."""
    return any(start <= frame < end for start, end in runs)
