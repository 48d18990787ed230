"""Faces picked on frames, and people put right by hand."""

import pytest

from orchestrator.faces.people import Appearance, Person, PersonId, Scan
from orchestrator.faces.pick import (
    box_at,
    faces_at,
    merge_people,
    person_of,
    split_person,
)
from remote_worker.contract.records import Box

P1, P2, P3 = PersonId("p1"), PersonId("p2"), PersonId("p3")


def appearance(start, end, left=0.1, source="s"):
    boxes = (Box(start, left, 0.1, left + 0.2, 0.5), Box(end - 1, left + 0.4, 0.1, left + 0.6, 0.5))
    return Appearance(source_digest=source, start_frame=start, end_frame=end, boxes=boxes)


def person(person_id, *appearances, unsure=False):
    return Person(
        person_id=person_id,
        unsure=unsure,
        appearances=appearances,
        embedding=() if unsure else (1.0, 0.0),
        crops=(f"{person_id}-1.png",),
    )


@pytest.fixture
def scan():
    return Scan(
        source_digests=("s", "t"),
        people=(
            person(P1, appearance(0, 11), appearance(20, 31), appearance(0, 5, source="t")),
            person(P2, appearance(5, 11, left=0.35)),
            person(P3, appearance(12, 15), unsure=True),
        ),
        frames_looked_at=9,
        models_digest="m",
    )


def test_a_box_between_two_others_lies_on_the_line():
    middle = box_at(appearance(0, 11), 5)
    assert (middle.left, middle.right) == pytest.approx((0.3, 0.5))
    assert box_at(appearance(0, 11), 0).left == 0.1
    assert box_at(appearance(0, 11), 10).left == 0.5
    with pytest.raises(ValueError, match="outside"):
        box_at(appearance(0, 11), 11)


def test_faces_of_a_frame_are_told_from_left_to_right(scan):
    assert [face.person_id for face in faces_at(scan, "s", 5)] == [P1, P2]
    assert [face.person_id for face in faces_at(scan, "t", 4)] == [P1]
    assert faces_at(scan, "s", 11) == ()
    assert faces_at(scan, "s", 13)[0].unsure


def test_two_people_who_never_meet_become_one_under_the_first_id(scan):
    merged = merge_people(scan, [P1, P3])
    assert [p.person_id for p in merged.people] == [P1, P2]
    one = person_of(merged, P1)
    assert not one.unsure
    assert [(a.source_digest, a.start_frame) for a in one.appearances] == [
        ("s", 0),
        ("s", 12),
        ("s", 20),
        ("t", 0),
    ]
    assert one.crops == ("p1-1.png", "p3-1.png")


def test_people_seen_in_one_frame_are_not_merged(scan):
    with pytest.raises(ValueError, match="together"):
        merge_people(scan, [P1, P2])
    with pytest.raises(ValueError, match="two"):
        merge_people(scan, [P1, P1])
    with pytest.raises(KeyError):
        merge_people(scan, [P1, PersonId("p9")])


def test_some_appearances_become_a_new_person(scan):
    split = split_person(scan, P1, [1])
    assert [p.person_id for p in split.people] == [P1, P2, P3, PersonId("p4")]
    assert person_of(split, PersonId("p4")).appearances == (appearance(20, 31),)
    assert len(person_of(split, P1).appearances) == 2
    assert merge_people(split, [P1, PersonId("p4")]).people[0].appearances == (
        scan.people[0].appearances
    )


@pytest.mark.parametrize("places", [[], [0, 1, 2], [3]])
def test_a_split_leaves_both_people_something(scan, places):
    with pytest.raises(ValueError, match="appearances"):
        split_person(scan, P1, places)
