"""A cast reaches its own person, in its own frames, and nobody else."""

import pytest

from orchestrator.casting import Cast, compile_tracks
from orchestrator.errors import CastingRefused
from orchestrator.faces.people import Appearance, Person, PersonId, Scan
from remote_worker.contract.records import Box, Digest

SOURCE, OTHER = Digest("a" * 64), Digest("b" * 64)
GRACE, ALAN = (Digest("c" * 64),), (Digest("d" * 64),)
PHOTOS = {"grace": GRACE, "alan": ALAN}


def seen(start, end, source=SOURCE):
    boxes = (Box(start, 0.1, 0.1, 0.3, 0.3), Box(end - 1, 0.2, 0.1, 0.4, 0.3))
    return Appearance(source_digest=source, start_frame=start, end_frame=end, boxes=boxes)


def person(name, *appearances, unsure=False):
    return Person(
        person_id=PersonId(name), unsure=unsure, appearances=appearances, embedding=(), crops=()
    )


SCAN = Scan(
    source_digests=(SOURCE, OTHER),
    people=(
        person("p1", seen(0, 100), seen(200, 300), seen(0, 50, OTHER)),
        person("p2", seen(0, 300)),
        person("unsure", seen(10, 20), unsure=True),
    ),
    frames_looked_at=300,
    models_digest="",
)


def spans(*casts):
    tracks = compile_tracks(casts, SCAN, SOURCE, PHOTOS)
    return [(t.start_frame, t.end_frame, t.photos) for t in tracks]


def test_a_whole_cast_follows_every_appearance_in_this_source_only():
    assert spans(Cast(person_id="p1", face_id="grace")) == [(0, 100, GRACE), (200, 300, GRACE)]


def test_people_without_a_cast_are_left_alone():
    assert spans() == []


def test_two_people_get_two_faces():
    got = spans(Cast(person_id="p1", face_id="grace"), Cast(person_id="p2", face_id="alan"))
    assert got == [(0, 100, GRACE), (200, 300, GRACE), (0, 300, ALAN)]


def test_a_later_cast_wins_where_it_overlaps_and_nowhere_else():
    got = spans(
        Cast(person_id="p2", face_id="grace"),
        Cast(person_id="p2", face_id="alan", start_frame=100, end_frame=150),
    )
    assert got == [(0, 100, GRACE), (100, 150, ALAN), (150, 300, GRACE)]


def test_a_cast_for_a_range_leaves_the_rest_of_an_appearance_alone():
    got = spans(Cast(person_id="p1", face_id="grace", start_frame=50, end_frame=210))
    assert got == [(50, 100, GRACE), (200, 210, GRACE)]


def test_a_cast_of_nobody_says_who_there_is():
    with pytest.raises(CastingRefused, match="no person 'p9'") as caught:
        spans(Cast(person_id="p9", face_id="grace"))
    assert "p1, p2" in caught.value.advice


def test_the_unsure_group_cannot_be_cast():
    with pytest.raises(CastingRefused, match="nobody could be told from"):
        spans(Cast(person_id="unsure", face_id="grace"))
