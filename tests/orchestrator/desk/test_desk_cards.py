"""One card a person over all videos; what the user says about people always holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.desk.cards import Corrections, Seat, linked, named, parted, roots_of
from orchestrator.desk.entries import EntryId
from orchestrator.desk.likeness import Deal, cards


def like(who: int, turned: float = 0.0) -> tuple[float, ...]:
    """Return the embedding of person ``who``, ``turned`` a little towards somebody else."""
    row = np.zeros(128)
    row[who], row[127] = 1.0, turned
    return tuple(float(value) for value in row / np.linalg.norm(row))


def seat(video: str, person: str = "p1", who: int | None = 0, *, entry: str = "", turned=0.0):
    return Seat(
        entry_id=EntryId(entry or video),
        digest=video,
        person_id=person,
        unsure=who is None,
        embedding=() if who is None else like(who, turned),
        crops=(f"{video}-{person}-1.png", f"{video}-{person}-2.png", f"{video}-{person}-3.png"),
        seconds=2.0,
        appearances=1,
    )


def keys(made):
    return [[each.key for each in card.seats] for card in made]


def test_the_same_face_in_two_videos_is_one_card():
    made = cards([seat("a"), seat("b", turned=0.2), seat("b", "p2", 1)], Corrections())
    assert keys(made) == [["a:p1", "b:p1"], ["b:p2"]]
    assert [card.number for card in made] == [1, 2]
    assert made[0].card_id == "a:p1"
    assert made[0].seconds == 4.0
    assert made[0].crops == ("a-p1-1.png", "a-p1-2.png", "b-p1-1.png", "b-p1-2.png")


def test_two_people_of_one_video_never_share_a_card_by_themselves():
    assert keys(cards([seat("a"), seat("a", "p2", 0)], Corrections())) == [["a:p1"], ["a:p2"]]


def test_the_same_video_twice_counts_once():
    (card,) = cards([seat("a", entry="x"), seat("a", entry="y")], Corrections())
    assert [each.entry_id for each in card.seats] == ["x", "y"]
    assert card.seconds == 2.0


def test_the_unsure_come_last_and_never_join():
    made = cards([seat("a", "p9", None), seat("a"), seat("b", "p9", None)], Corrections())
    assert keys(made) == [["a:p1"], ["a:p9"], ["b:p9"]]
    assert [card.unsure for card in made] == [False, True, True]


@pytest.mark.parametrize(("turned", "group"), [(0.25, ["a:p1", "c:p1"]), (-0.25, ["b:p1", "c:p1"])])
def test_a_seat_joins_the_nearest_card(turned, group):
    two = [seat("a", turned=0.3), seat("b", turned=-0.3)]
    made = keys(cards([*two, seat("c", turned=turned)], Corrections()))
    assert len(made) == 2
    assert group in made


def test_what_is_linked_is_one_person_whatever_it_looks_like():
    said = linked(Corrections(), ["a:p1", "b:p1"])
    assert keys(cards([seat("a"), seat("b", who=1)], said)) == [["a:p1", "b:p1"]]
    same_video = linked(Corrections(), ["a:p1", "a:p2"])
    assert keys(cards([seat("a"), seat("a", "p2", 1)], same_video)) == [["a:p1", "a:p2"]]
    unsure = linked(Corrections(), ["a:p1", "b:p9"])
    (card,) = cards([seat("a"), seat("b", "p9", None)], unsure)
    assert not card.unsure


def test_links_hold_over_chains_in_any_order():
    assert set(roots_of([("b", "c"), ("d", "e"), ("c", "d"), ("x", "y")]).values()) == {"b", "x"}
    assert roots_of([("a", "b"), ("b", "a")]) == {"a": "a", "b": "a"}


def test_what_is_parted_is_alone_until_it_is_linked_again():
    everyone = [seat("a"), seat("b"), seat("c")]
    said = parted(Corrections(), ["b:p1"])
    assert keys(cards(everyone, said)) == [["a:p1", "c:p1"], ["b:p1"]]
    assert keys(cards([everyone[1], everyone[0]], said)) == [["b:p1"], ["a:p1"]]
    again = linked(said, ["a:p1", "b:p1"])
    assert keys(cards(everyone, again)) == [["a:p1", "b:p1", "c:p1"]]


def test_parting_the_first_of_a_group_leaves_the_others_together():
    said = parted(linked(Corrections(), ["a:p1", "b:p1", "c:p1"]), ["a:p1"])
    made = cards([seat("a"), seat("b", who=1), seat("c", who=2)], said)
    assert keys(made) == [["a:p1"], ["b:p1", "c:p1"]]


def test_a_name_is_found_by_any_seat_and_goes_with_the_person():
    said = named(Corrections(), ["b:p1"], " Ada ")
    assert cards([seat("a"), seat("b")], said)[0].name == "Ada"
    assert cards([seat("a")], said)[0].name == ""
    assert named(said, ["b:p1"], " ").names == {}
    assert parted(said, ["b:p1"]).names == {}


def test_a_video_that_is_added_last_takes_no_card_apart():
    first = [seat(video, who=who, turned=0.1) for who, video in enumerate("abcdef")]
    before = keys(cards(first, Corrections()))
    after = keys(cards([*first, seat("z", who=2), seat("z", "p2", 5)], Corrections()))
    assert [group[: len(old)] for group, old in zip(after, before, strict=True)] == before


PEOPLE = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 3), st.none() | st.integers(0, 4)),
    max_size=12,
    unique_by=lambda made: made[:2],
)


@given(PEOPLE, st.lists(st.tuples(st.sampled_from("lpn"), st.integers(0, 11), st.integers(0, 11))))
@settings(deadline=None, max_examples=60)
def test_every_seat_is_on_one_card_and_links_and_partings_hold(people, said):
    seats = [seat(video, f"p{number}", who) for video, number, who in people]
    put_right = Corrections()
    for what, one, other in said:
        if max(one, other) < len(seats) and one != other:
            pair = [seats[one].key, seats[other].key]
            if what == "l":
                put_right = linked(put_right, pair)
            elif what == "p":
                put_right = parted(put_right, pair[:1])
            else:
                put_right = named(put_right, pair[:1], "Ada")
    made = cards(seats, put_right)
    assert sorted(key for group in keys(made) for key in group) == sorted(s.key for s in seats)
    card_of = {each.key: card.card_id for card in made for each in card.seats}
    for one, other in put_right.links:
        assert card_of[one] == card_of[other]
    for key in put_right.alone:
        assert [k for k in card_of if card_of[k] == card_of[key]] == [key]
    by_steps = Deal(put_right)
    for each in seats:
        by_steps.add(each)
        by_steps.cards()
    assert by_steps.cards() == made


@pytest.mark.parametrize("count", [0, 1, 300])
def test_many_people_are_told_apart(count):
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(count, 128))
    seats = [
        Seat(
            entry_id=EntryId(f"{number:05}"), digest=f"{number}", person_id="p1", unsure=False,
            embedding=tuple(row / np.linalg.norm(row)), crops=(), seconds=1.0, appearances=1,
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip
    assert len(cards(seats, Corrections())) == count
