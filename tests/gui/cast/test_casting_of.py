"""Who is who on the board, and what drops and merges change."""

from casting_samples import card, digest, seat, two_videos, video

from gui.cast.casting_of import (
    Slot,
    by_id,
    cast_seats,
    locked,
    merge_of,
    slot_of,
    split_of,
    with_merge,
)
from orchestrator.casting import Correction
from orchestrator.desk.cards import Corrections
from orchestrator.desk.entries import EntryCast

SEATS = (seat("a", "p1"), seat("b", "p1"))


def cast(person, face, **more):
    return EntryCast(person_id=person, face_id=face, **more)


def test_a_face_is_put_on_a_person_in_every_video():
    entries = cast_seats(two_videos().entries, SEATS, "f")
    assert [entry.casts for entry in entries] == [(cast("p1", "f"),), (cast("p1", "f"),)]
    assert slot_of(by_id(entries), SEATS) == Slot("face", "f", ("f",))
    assert slot_of(by_id(cast_seats(entries, SEATS, None)), SEATS) == Slot("empty")


def test_videos_that_differ_are_told():
    entries = (video("a", casts=(cast("p1", "f"),)), video("b", casts=(cast("p1", "g"),)))
    assert slot_of(by_id(entries), SEATS).kind == "mixed"
    half = (video("a", casts=(cast("p1", "f"),)), video("b"))
    assert slot_of(by_id(half), SEATS).kind == "mixed"
    assert slot_of(by_id(half), SEATS).face_ids == ("f",)


def test_a_stretch_alone_is_not_the_whole_video():
    entries = (video("a", casts=(cast("p1", "f", start=1, end=2),)),)
    assert slot_of(by_id(entries), SEATS[:1]).kind == "mixed"


def test_nobody_is_put_on_unsure_faces():
    unsure = seat("b", "p2", unsure=True)
    entries = cast_seats(two_videos().entries, (*SEATS, unsure), "f")
    assert [c.person_id for entry in entries for c in entry.casts] == ["p1", "p1"]


def test_a_video_in_the_line_is_left_alone_and_counted():
    entries = (video("a", "queued"), video("b"))
    assert locked(by_id(entries), SEATS) == 1
    assert [len(entry.casts) for entry in cast_seats(entries, SEATS, "f")] == [0, 1]


def test_people_of_different_videos_are_linked_under_the_first_name():
    merge = merge_of([card(1, seat("a", "p1", 3.0)), card(2, seat("b", "p1", 9.0), name="Ada")])
    assert merge.corrections == ()
    put_right = with_merge(Corrections(), merge)
    assert put_right.links == ((f"{digest('b')}:p1", f"{digest('a')}:p1"),)
    assert set(put_right.names.values()) == {"Ada"}


def test_people_of_one_video_are_corrected_under_who_is_clearest():
    merge = merge_of([card(1, seat("a", "p2", 1.0)), card(2, seat("a", "p1", 9.0))])
    assert merge.corrections == (("a", Correction(kind="merge", people=("p1", "p2"))),)
    assert len(merge.keys) == 1
    assert with_merge(Corrections(), merge) == Corrections()


def test_unsure_faces_never_lead():
    unsure = card(1, seat("a", "p3", 60.0, unsure=True))
    merge = merge_of([unsure, card(2, seat("a", "p1", 2.0))])
    assert merge.corrections[0][1].people == ("p1", "p3")


def test_people_of_one_video_and_of_others_are_joined_at_once():
    both = card(1, seat("a", "p1", 9.0), seat("b", "p1", 2.0))
    merge = merge_of([both, card(2, seat("a", "p2"))])
    assert [entry_id for entry_id, _ in merge.corrections] == ["a"]
    assert len(merge.keys) == 2


def test_a_split_names_places_once_and_in_order():
    assert split_of("p1", [3, 1, 3]) == Correction(kind="split", people=("p1",), places=(1, 3))
