"""Say whose face goes on whom, and turn that into tracks a worker can follow."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from orchestrator.errors import CastingRefused
from orchestrator.faces.people import Appearance, PersonId, Scan
from orchestrator.faces.pick import merge_people, split_person
from remote_worker.contract.records import Digest, FaceTrack, tracks_reaching


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """One person gets one source face, everywhere or in a range of frames."""

    person_id: str
    face_id: str
    start_frame: int = 0
    end_frame: int | None = None
    """One past the last; None to the end of the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a user put right about who is who: people that are one, or one that is two.

    ``kind`` is ``merge`` (``people`` become one, under the first id) or ``split`` (the
    appearances of ``people[0]`` at ``places`` become a new person, of the next free id).
    """

    kind: Literal["merge", "split"]
    people: tuple[str, ...]
    places: tuple[int, ...] = ()


def corrected(scan: Scan, corrections: Iterable[Correction]) -> Scan:
    """Return ``scan`` with every correction applied, in order.

    Raises:
        CastingRefused: one does not fit the scan.
    """
    for correction in corrections:
        people = tuple(PersonId(person) for person in correction.people)
        try:
            if correction.kind == "merge":
                scan = merge_people(scan, people)
            else:
                scan = split_person(scan, people[0], correction.places)
        except (KeyError, ValueError) as error:
            raise CastingRefused(
                f"The people of this video cannot be put right so: {error}.",
                "Undo the last merge or split.",
            ) from error
    return scan


def compile_tracks(
    casts: tuple[Cast, ...],
    scan: Scan,
    source_digest: Digest,
    photos: Mapping[str, tuple[Digest, ...]],
) -> tuple[FaceTrack, ...]:
    """Return the tracks of every cast person in one source; others are left alone.

    A later cast of the same person wins where it overlaps an earlier one.  ``photos`` are the
    digests of each source face's photos.

    Raises:
        CastingRefused: a person was not found in the scan, or is in the unsure group.
    """
    for cast in casts:
        _check(cast, scan)
    tracks: list[FaceTrack] = []
    for person_id in dict.fromkeys(cast.person_id for cast in casts):
        own = [cast for cast in casts if cast.person_id == person_id]
        for appearance in _appearances(scan, person_id, source_digest):
            tracks += _tracks(appearance, own, photos)
    return tuple(tracks)


def _check(cast: Cast, scan: Scan) -> None:
    known = {person.person_id: person for person in scan.people}
    person = known.get(cast.person_id)  # type: ignore[call-overload]  # typed text from a user
    if person is None:
        raise CastingRefused(
            f"There is no person {cast.person_id!r} in this video.",
            f"The people found are: {', '.join(known) or 'none'}.",
        )
    if person.unsure:
        raise CastingRefused(
            f"{cast.person_id!r} is the group of faces that nobody could be told from.",
            "Cast one of the people; faces in this group are too small, turned or blurred.",
        )


def _appearances(scan: Scan, person_id: str, source_digest: Digest) -> Iterator[Appearance]:
    for person in scan.people:
        if person.person_id == person_id:
            yield from (a for a in person.appearances if a.source_digest == source_digest)


def _tracks(
    appearance: Appearance, casts: list[Cast], photos: Mapping[str, tuple[Digest, ...]]
) -> Iterator[FaceTrack]:
    """Yield one track for each run of frames of the appearance that has one cast."""
    whole = (appearance.start_frame, appearance.end_frame)
    ends = [cast.end_frame if cast.end_frame is not None else whole[1] for cast in casts]
    cuts = {*whole, *(cast.start_frame for cast in casts), *ends}
    edges = sorted(cut for cut in cuts if whole[0] <= cut <= whole[1])
    for start, end in itertools.pairwise(edges):
        for cast, cast_end in reversed(list(zip(casts, ends, strict=True))):
            if cast.start_frame <= start and end <= cast_end:
                track = FaceTrack(
                    start_frame=whole[0],
                    end_frame=whole[1],
                    boxes=appearance.boxes,
                    photos=photos[cast.face_id],
                )
                yield from tracks_reaching((track,), start, end)
                break
