"""The desk looks at what is added, at what the user looks at first, and at nothing in vain."""

from __future__ import annotations

import shutil
import threading

import pytest

from orchestrator.desk import changes
from orchestrator.desk.board import Board
from orchestrator.desk.cards import Corrections
from orchestrator.desk.shelf import Shelf
from orchestrator.media.guard import Cancelled
from tests.clips import make_clip
from tests.orchestrator.desk.desk_acts import add
from tests.orchestrator.desk.queue_entries import entry, facts
from tests.orchestrator.desk.watching_desks import open_desk

# -- looks ---------------------------------------------------------------------------------


class SlowScan:
    """A scan that goes on until it is cancelled, in place of a video of hours."""

    def __init__(self):
        self.begun = threading.Event()
        self.ended = []

    def __call__(self, home, seen, share, cancelled=None):
        share(1, 100)
        self.begun.set()
        assert cancelled.wait(60), "nobody ended it"
        self.ended.append(seen[0].report.path)
        raise Cancelled("It was stopped.", "Go on.")


@pytest.fixture
def slow_scan(monkeypatch):
    slow = SlowScan()
    monkeypatch.setattr("orchestrator.desk.shelf.find_people", slow)
    return slow


def test_removing_what_is_looked_at_ends_the_look(stage, slow_scan, monkeypatch):
    home, (one, two) = stage
    with open_desk(home) as (desk, watcher):
        first = add(desk, one)
        watcher.wait(lambda s: s.looking is not None and s.looking.total == 100)
        desk.change("remove", lambda e: changes.removed(e, {first}))
        watcher.wait(lambda s: s.looking is None and not s.entries)
        assert slow_scan.ended == [str(one)]
        monkeypatch.undo()
        watcher.wait_state(add(desk, two), "ready")


def test_closing_ends_a_look_and_the_next_start_looks_anew(stage, slow_scan, monkeypatch):
    home, (one, _) = stage
    with open_desk(home) as (desk, _):
        name = add(desk, one)
        assert slow_scan.begun.wait(60)
    assert slow_scan.ended
    monkeypatch.undo()
    with open_desk(home) as (_, watcher):
        watcher.wait_state(name, "ready")


def test_what_the_user_looks_at_is_looked_at_next(stage, slow_scan, monkeypatch, tmp_path):
    home, (one, two) = stage
    with open_desk(home) as (desk, watcher):
        first, second, third = add(desk, one), add(desk, tmp_path / "none.mp4"), add(desk, two)
        watcher.wait(lambda s: s.looking is not None)
        desk.focus(third)
        monkeypatch.undo()
        desk.change("remove", lambda e: changes.removed(e, {first}))
        watcher.wait_state(second, "refused")
    states = [{e.entry_id: e.state for e in s.entries} for s in watcher.all]
    assert first in states[1]
    at_once = next(row for row in states if row.get(second) == "refused")
    assert at_once[third] == "ready"


def test_a_scan_that_was_deleted_is_made_again(stage):
    home, (clip, _) = stage
    with open_desk(home) as (desk, watcher):
        name = add(desk, clip)
        watcher.wait_state(name, "ready")
    shutil.rmtree(home.scans)
    with open_desk(home) as (_, watcher):
        watcher.wait(lambda s: s.looking is not None)
        watcher.wait_state(name, "ready")
    assert watcher.last.trouble is None


def test_a_clip_of_one_colour_can_be_looked_at(stage, tmp_path):
    home, _ = stage
    with open_desk(home) as (desk, watcher):
        name = add(desk, make_clip(tmp_path / "one.mp4", frames=1))
        assert watcher.wait_state(name, "ready").facts.frame_count == 1


def test_a_board_tells_of_scans_that_are_missing_and_of_nothing_twice(stage):
    home, _ = stage
    board = Board(home, Shelf(home))
    gone = entry("g", "ready", facts=facts("d" * 64))
    arranged = board.arrange({gone.entry_id: gone}, Corrections())
    assert (arranged.missing, arranged.trouble, arranged.cards) == (("g",), None, ())
    assert board.arrange({gone.entry_id: None}, Corrections()).missing == ()
