"""The demo is made once, cast by itself, and survives a restart at any point on its way."""

from __future__ import annotations

import shutil
import threading

import pytest

from orchestrator.desk import changes
from orchestrator.desk.cards import linked, named
from orchestrator.desk.demo import FACE_NAME, add_demo, prepare_demo
from orchestrator.desk.desk import Desk
from orchestrator.home import Home
from orchestrator.media.guard import Cancelled
from orchestrator.prepare import faces_of
from orchestrator.sources import DEMO_STATED_BY, require_consent
from tests.orchestrator.desk.watching_desks import open_desk

FRAMES = 12


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("demo") / "home")
    shares = []
    demo = prepare_demo(home, lambda *share: shares.append(share), frames=FRAMES)
    return home, demo, shares


def test_it_is_made_with_its_face_and_says_how_far_it_is(made):
    home, demo, shares = made
    assert demo.source.is_file()
    assert shares[0] == (0, FRAMES)
    assert shares[-1] == (FRAMES, FRAMES)
    (face,) = faces_of(home).list()
    require_consent(face)
    assert (face.face_id, face.name) == (demo.face_id, FACE_NAME)
    assert (face.consent.basis, face.consent.stated_by) == ("licensed", DEMO_STATED_BY)


def test_it_is_made_once_whatever_its_face_is_called(made):
    home, demo, _ = made
    faces_of(home).rename(demo.face_id, "Grace")
    before = demo.source.stat()
    assert prepare_demo(home, lambda *_: None, frames=FRAMES) == demo
    assert demo.source.stat().st_mtime_ns == before.st_mtime_ns
    assert len(faces_of(home).list()) == 1


def test_given_up_it_leaves_nothing_half_made(made, tmp_path):
    there, demo, _ = made
    home = Home(tmp_path / "home")
    shutil.copytree(there.faces, home.faces, dirs_exist_ok=True)
    given_up = threading.Event()
    given_up.set()
    with pytest.raises(Cancelled):
        prepare_demo(home, lambda *_: None, given_up, frames=FRAMES)
    assert not [each for each in (home.cache / "demo").iterdir() if each.suffix == ".mp4"]
    assert demo.source.is_file()


def test_its_person_is_cast_once_it_was_looked_at_also_after_a_restart(made):
    home, demo, _ = made
    desk = Desk(home, lambda _: None)
    desk.start()
    name = add_demo(desk, demo)
    desk.close()  # before anybody knows who is in it
    with open_desk(home) as (desk, watcher):
        seen = watcher.wait_state(name, "ready")
        scan = desk.shelf.people(seen.facts.digest).scan
        (cast,) = seen.casts
        assert cast.face_id == demo.face_id
        lefts = {p.person_id: p.appearances[0].boxes[0].left for p in scan.people if not p.unsure}
        assert len(lefts) == 2
        assert cast.person_id == min(lefts, key=lefts.get)
        assert desk.shelf.thumbnail(seen.facts.digest).is_file()

        desk.queue([name])
        done = watcher.wait_state(name, "done", "failed")
        assert (done.state, done.trouble) == ("done", None)
        assert done.result.output_path.startswith(str(demo.output_folder))
        assert (done.result.frame_count, done.result.missed_frames) == (FRAMES, 0)


def test_people_are_cards_that_can_be_named_joined_and_found_again(made, tmp_path):
    there, demo, _ = made
    home = Home(tmp_path / "home")
    shutil.copytree(there.scans, home.scans, dirs_exist_ok=True)
    with open_desk(home, renders=False) as (desk, watcher):
        name, twin = *desk.add([demo.source]), *desk.add([demo.source])
        watcher.wait_state(twin, "ready")
        cards = watcher.wait(lambda s: [len(c.seats) for c in s.cards] == [2, 2]).cards
        assert [card.number for card in cards] == [1, 2]
        assert all(len(card.crops) >= 1 for card in cards)
        keys = [seat.key for card in cards for seat in card.seats]
        desk.put_right(lambda now: named(now, keys[:1], "Eileen"))
        watcher.wait(lambda s: s.cards[0].name == "Eileen")
        desk.change("remove", lambda e: changes.removed(e, {twin}))
        watcher.wait(lambda s: [len(card.seats) for card in s.cards] == [1, 1])
        desk.undo()
        desk.change("move", lambda e: changes.moved(e, {twin}, name))
        again = watcher.wait(lambda s: [len(card.seats) for card in s.cards] == [2, 2])
        assert [card.card_id for card in again.cards] == [card.card_id for card in cards]
    with open_desk(home, renders=False) as (desk, watcher):
        kept = watcher.wait(lambda s: len(s.cards) == 2)
        assert [card.name for card in kept.cards] == ["Eileen", ""]
        desk.put_right(lambda now: linked(now, keys))
        assert len(watcher.wait(lambda s: len(s.cards) == 1).cards[0].seats) == 4
