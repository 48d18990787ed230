"""Pair the faces found in a frame with the places where the casting expects one."""

from __future__ import annotations

from collections.abc import Sequence

LEAST_OVERLAP = 0.2
"""Shared area over joint area.  Two detectors draw the same face differently: one takes in
hair and chin, another only eyes to mouth, which still overlap by a third."""

Sides = Sequence[float]
"""Left, top, right and bottom in pixels."""


def pairs(faces: Sequence[Sides], places: Sequence[Sides]) -> dict[int, int]:
    """Return for each place that has one the number of its face; a face has one place.

    The best overlaps are paired first; the order of ``faces`` and ``places`` does not count.
    """
    scored = [
        (overlap(face, place), tuple(face), tuple(place), face_number, place_number)
        for face_number, face in enumerate(faces)
        for place_number, place in enumerate(places)
    ]
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for score, _, _, face_number, place_number in sorted(scored, reverse=True):
        if score >= LEAST_OVERLAP and face_number not in taken and place_number not in chosen:
            chosen[place_number] = face_number
            taken.add(face_number)
    return chosen


def overlap(one: Sides, other: Sides) -> float:
    """Return the shared area of two boxes over their joint area, from 0 to 1."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return float(shared / (_area(one) + _area(other) - shared))


def _area(sides: Sides) -> float:
    return float((sides[2] - sides[0]) * (sides[3] - sides[1]))
