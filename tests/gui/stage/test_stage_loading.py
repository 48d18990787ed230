"""Test what the stage fetches of an entry, from a real folder of scans."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gui.stage.loading import Loader, People
from gui.stage.proofs import SheetRun
from orchestrator.desk.timeline import timeline_of
from orchestrator.faces.people import Appearance, Person, Scan
from orchestrator.home import Home
from remote_worker.contract.records import Box
from tests.gui.stage.fake_stage import DIGEST, TWO, a_person, a_scan, an_index


def people_of(scan: Scan | None) -> People:
    timeline = timeline_of(scan, an_index(300), DIGEST)
    return People(digest=DIGEST, timeline=timeline, scan=scan, rows=())


def test_faces_of_a_frame_are_those_of_the_scan(tmp_path: Path) -> None:
    loader = Loader(Home(tmp_path))
    assert [face.person_id for face in loader.faces(people_of(TWO), 60)] == ["p1", "p2"]
    assert loader.faces(people_of(None), 60) == ()


def test_each_hard_face_comes_with_its_place(tmp_path: Path) -> None:
    loader = Loader(Home(tmp_path))
    found = loader.hardest(people_of(TWO), ["p2"], 4)
    assert found
    for face in found:
        assert face.hard.person_id == "p2"
        assert (face.place.left, face.place.top) == (0.6, 0.2)
    assert loader.hardest(people_of(None), ["p2"], 4) == ()


def a_still_large_face() -> Person:
    return a_person(1, ((0, 300),), 0.3)


def test_nothing_is_called_hard_that_is_not(tmp_path: Path) -> None:
    loader = Loader(Home(tmp_path))
    found = loader.hardest(people_of(a_scan(a_still_large_face())), ["p1"], 4)
    assert {face.hard.why for face in found} == {"plain"}


def test_a_small_face_is_called_small(tmp_path: Path) -> None:
    boxes = tuple(Box(n, left=0.4, top=0.4, right=0.45, bottom=0.46) for n in (0, 299))
    tiny = Appearance(source_digest=DIGEST, start_frame=0, end_frame=300, boxes=boxes)
    person = replace(a_still_large_face(), appearances=(tiny,))
    found = Loader(Home(tmp_path)).hardest(people_of(a_scan(person)), ["p1"], 4)
    assert {face.hard.why for face in found} == {"small"}


def test_a_sheet_is_drawn_in_order_and_goes_on_after_a_failure(tmp_path: Path) -> None:
    run = SheetRun(Loader(Home(tmp_path)).hardest(people_of(TWO), ["p1", "p2"], 3))
    frames = []
    while run.drawing is not None:
        frames.append(run.frame_wanted)
        run = run.with_drawn(run.drawing)
    assert frames == [face.hard.frame for face in run.frames]
    assert run.frame_wanted is None
