"""Test who is on the timeline, where, by what name and how marked."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from gui.stage.marks import marks_of
from gui.stage.rows import CalledBy, called, hue_of, people_rows
from orchestrator.desk.entries import Entry, EntryCast
from orchestrator.desk.timeline import timeline_of
from orchestrator.faces.pick import faces_at
from tests.gui.stage.fake_stage import DIGEST, TWO, a_person, a_scan, an_entry, an_index


def rows(entry: Entry, **changed: Any) -> tuple[Any, ...]:
    timeline = timeline_of(TWO, an_index(300), DIGEST)
    return people_rows(TWO, Path("/scans"), entry, timeline, {"f1": "Grace"})


def cast_of(person_id: str, **changed: Any) -> EntryCast:
    return EntryCast(person_id=person_id, face_id="f1", **changed)


def test_a_cast_for_the_whole_video_fills_every_run() -> None:
    first, second = rows(an_entry(casts=(cast_of("p1"),)))
    assert first.runs == first.cast_runs == ((0, 100), (150, 300))
    assert first.worn == ("Grace",)
    assert second.cast_runs == ()


def test_a_cast_for_a_while_fills_only_that() -> None:
    entry = an_entry(casts=(cast_of("p1", start=Fraction(2), end=Fraction(6)),))
    first, _ = rows(entry)
    assert first.cast_runs == ((60, 100), (150, 180))


def test_a_source_face_that_is_gone_leaves_a_question_mark() -> None:
    entry = an_entry(casts=(EntryCast(person_id="p1", face_id="gone"),))
    assert rows(entry)[0].worn == ("?",)


def test_people_are_called_what_the_whole_queue_calls_them() -> None:
    entry = an_entry()
    seat = SimpleNamespace(entry_id=entry.entry_id, person_id="p2")
    other = SimpleNamespace(entry_id="elsewhere", person_id="p1")
    cards: Any = [SimpleNamespace(number=7, name="Ada", seats=(seat, other))]
    first, second = called(rows(entry), cards, entry.entry_id)
    assert second.called == CalledBy(7, "Ada")
    assert first.called == CalledBy(1)


def test_a_person_keeps_the_colour_wherever_it_is_drawn() -> None:
    assert [hue_of(f"p{n}") for n in (1, 2, 9)] == [0, 1, 8]


def test_the_unsure_come_last() -> None:
    scan = a_scan(a_person(1, ((0, 50),), 0.1, unsure=True), a_person(2, ((0, 20),), 0.5))
    timeline = timeline_of(scan, an_index(300), DIGEST)
    made = people_rows(scan, Path("/scans"), an_entry(), timeline, {})
    assert [(row.person_id, row.unsure) for row in made] == [("p2", False), ("p1", True)]


def test_a_face_is_marked_as_worn_only_while_it_is() -> None:
    entry = an_entry(casts=(cast_of("p1", end=Fraction(1)),))
    own = rows(entry)
    early = marks_of(faces_at(TWO, DIGEST, 10), own, 10)
    late = marks_of(faces_at(TWO, DIGEST, 60), own, 60)
    assert [mark.worn for mark in early] == ["Grace"]
    assert [(mark.person_id, mark.worn) for mark in late] == [("p1", ""), ("p2", "")]
