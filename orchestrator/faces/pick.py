"""Pick people on a frame, and put right who is who after a scan; pure functions."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from orchestrator.faces.people import Appearance, Person, PersonId, Scan
from remote_worker.contract.records import Box


@dataclass(frozen=True, slots=True)
class FaceAt:
    """One person's face on one frame."""

    person_id: PersonId
    unsure: bool
    box: Box


def faces_at(scan: Scan, source_digest: str, frame: int) -> tuple[FaceAt, ...]:
    """Return every face that the scan found on ``frame`` of a source, from left to right."""
    found = [
        FaceAt(person.person_id, person.unsure, box_at(appearance, frame))
        for person in scan.people
        for appearance in person.appearances
        if appearance.source_digest == source_digest
        and appearance.start_frame <= frame < appearance.end_frame
    ]
    return tuple(sorted(found, key=lambda face: (face.box.left, face.box.top, face.person_id)))


def box_at(appearance: Appearance, frame: int) -> Box:
    """Return where the face is in ``frame``, interpolated between the boxes around it.

    Raises:
        ValueError: the appearance does not reach ``frame``.
    """
    if not appearance.start_frame <= frame < appearance.end_frame:
        raise ValueError(f"frame {frame} is outside the appearance")
    place = bisect.bisect_left(appearance.boxes, frame, key=lambda box: box.frame)
    after = appearance.boxes[min(place, len(appearance.boxes) - 1)]
    before = appearance.boxes[max(place - 1, 0)]
    if after.frame <= frame or after.frame == before.frame:
        return replace(after, frame=frame)
    share = (frame - before.frame) / (after.frame - before.frame)
    return Box(
        frame,
        left=before.left + (after.left - before.left) * share,
        top=before.top + (after.top - before.top) * share,
        right=before.right + (after.right - before.right) * share,
        bottom=before.bottom + (after.bottom - before.bottom) * share,
    )


def person_of(scan: Scan, person_id: PersonId) -> Person:
    """Return the person of that id.

    Raises:
        KeyError: the scan knows no such person.
    """
    for person in scan.people:
        if person.person_id == person_id:
            return person
    raise KeyError(person_id)


def merge_people(scan: Scan, person_ids: Sequence[PersonId]) -> Scan:
    """Return ``scan`` with these people made one, under the first id given.

    Whoever merges says who it is: the result is not unsure unless all of its parts were.

    Raises:
        KeyError: the scan knows no such person.
        ValueError: two of them are on screen in the same frame, or fewer than two are named.
    """
    parts = [person_of(scan, person_id) for person_id in dict.fromkeys(person_ids)]
    if len(parts) < 2:
        raise ValueError("it takes two people to merge")
    appearances = _in_order(a for part in parts for a in part.appearances)
    if not all(part.unsure for part in parts) and _meet(appearances):
        raise ValueError("people who are on screen together cannot be one")
    merged = replace(
        parts[0],
        unsure=all(part.unsure for part in parts),
        appearances=appearances,
        embedding=next((part.embedding for part in parts if part.embedding), ()),
        crops=tuple(crop for part in parts for crop in part.crops),
    )
    gone = {part.person_id for part in parts[1:]}
    people = [merged if p.person_id == merged.person_id else p for p in scan.people]
    return replace(scan, people=tuple(p for p in people if p.person_id not in gone))


def split_person(scan: Scan, person_id: PersonId, places: Collection[int]) -> Scan:
    """Return ``scan`` with some appearances of a person made a new one, added last.

    ``places`` are positions in the person's ``appearances``.  The new person has the next
    free id, the same embedding and no crops of its own.

    Raises:
        KeyError: the scan knows no such person.
        ValueError: a place is unknown, or one of the two would be left without any.
    """
    person = person_of(scan, person_id)
    count = len(person.appearances)
    if not set(places) <= set(range(count)) or not 0 < len(set(places)) < count:
        raise ValueError(f"{person_id} has appearances 0 to {count - 1}, some of which must stay")
    taken = [a for place, a in enumerate(person.appearances) if place in set(places)]
    kept = [a for place, a in enumerate(person.appearances) if place not in set(places)]
    new = replace(person, person_id=_next_id(scan), appearances=tuple(taken), crops=())
    rest = replace(person, appearances=tuple(kept))
    people = [rest if p.person_id == person_id else p for p in scan.people]
    return replace(scan, people=(*people, new))


def _next_id(scan: Scan) -> PersonId:
    numbers = [int(person.person_id.removeprefix("p")) for person in scan.people]
    return PersonId(f"p{max(numbers, default=0) + 1}")


def _in_order(appearances: Iterable[Appearance]) -> tuple[Appearance, ...]:
    return tuple(sorted(appearances, key=lambda a: (a.source_digest, a.start_frame, a.end_frame)))


def _meet(appearances: Sequence[Appearance]) -> bool:
    """Return whether two of ``appearances``, which are in order, share a frame."""
    reached: dict[str, int] = {}
    for appearance in appearances:
        if appearance.start_frame < reached.get(appearance.source_digest, -1):
            return True
        end = max(reached.get(appearance.source_digest, -1), appearance.end_frame)
        reached[appearance.source_digest] = end
    return False
