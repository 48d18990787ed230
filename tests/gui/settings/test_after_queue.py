"""After the queue the right thing happens, and nobody who is there is put to sleep."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from gui.settings.after import AfterQueue, SleepCountdown
from orchestrator.desk.entries import Entry, EntryId, EntryState
from orchestrator.desk.snapshot import DeskSnapshot, Doing
from orchestrator.errors import WhenDoneFailed
from orchestrator.home import Home
from orchestrator.when_done import command_log
from tests.gui.fake_bridge import FakeBridge


def entry(state: EntryState) -> Entry:
    return Entry(
        entry_id=EntryId(state), source="/a.mp4", added_at="2026-01-01T00:00:00+00:00", state=state
    )


class Room:
    """A window whose queue just got done, and what came of it."""

    def __init__(self, qtbot, tmp_path: Path) -> None:
        home = Home(tmp_path / "home")
        home.root.mkdir()
        self.bridge = FakeBridge(home)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.told: list[str] = []
        self.slept = 0
        self.refuses = False
        self.after = AfterQueue(
            self.bridge, self.window, lambda *words: self.told.append(" ".join(words)),
            sleep=self.sleep,
        )  # fmt: skip

    def sleep(self) -> None:
        if self.refuses:
            raise WhenDoneFailed("Windows refused to sleep.", "Look why.")
        self.slept += 1

    def finish(self, wish: str, *states: EntryState, command: tuple[str, ...] = ()) -> None:
        self.bridge.change_settings(lambda s: replace(s, when_done=wish, when_done_command=command))
        self.after.on_idle([entry(state) for state in states])


@pytest.fixture
def room(qtbot, tmp_path: Path) -> Room:
    return Room(qtbot, tmp_path)


def test_nothing_is_done_when_nothing_is_wished_or_the_user_ended_everything(room: Room) -> None:
    room.finish("nothing", "done")
    room.finish("sleep", "cancelled")
    room.finish("notify", "stopped")
    assert (room.told, room.slept, room.after.countdown) == ([], 0, None)


def test_the_desktop_is_told_how_it_went(room: Room) -> None:
    room.finish("notify", "done", "failed", "done")
    assert len(room.told) == 1
    assert "2" in room.told[0]
    assert "1" in room.told[0]


def test_the_computer_sleeps_when_nobody_says_no(room: Room) -> None:
    room.finish("sleep", "done")
    countdown = room.after.countdown
    assert countdown is not None
    assert countdown.isVisible()
    for _ in range(59):
        countdown.tick()
    assert room.slept == 0
    countdown.tick()
    assert room.slept == 1
    assert room.after.countdown is None
    assert len(room.told) == 1


def test_a_user_who_is_there_keeps_it_awake_or_lets_it_sleep_at_once(room: Room) -> None:
    room.finish("sleep", "done")
    assert room.after.countdown is not None
    room.after.countdown.stay.click()
    assert (room.slept, room.after.countdown) == (0, None)
    room.finish("sleep", "done")
    assert room.after.countdown is not None
    room.after.countdown.now.click()
    assert (room.slept, room.after.countdown) == (1, None)


def test_a_render_that_begins_meanwhile_keeps_it_awake(room: Room) -> None:
    room.finish("sleep", "done")
    room.bridge.show(DeskSnapshot(preparing=Doing(EntryId("e1"), "preparing")))
    assert (room.slept, room.after.countdown) == (0, None)


def test_a_queue_that_gets_done_twice_counts_down_once(room: Room) -> None:
    room.finish("sleep", "done")
    first = room.after.countdown
    room.after.on_idle([entry("done")])
    assert room.after.countdown is first
    assert len(room.told) == 1


def test_a_computer_that_refuses_to_sleep_is_told(qtbot, room: Room) -> None:
    room.refuses = True
    room.finish("sleep", "done")
    assert room.after.countdown is not None
    with qtbot.waitSignal(room.bridge.troubled, timeout=1000) as told:
        room.after.countdown.now.click()
    assert told.args[0] == "Windows refused to sleep."


def test_a_command_is_started_with_how_it_went(qtbot, room: Room) -> None:
    code = "import os; print(os.environ['SECONDUNIT_DONE'], os.environ['SECONDUNIT_FAILED'])"
    room.finish("command", "done", "failed", command=(sys.executable, "-c", code))
    log = command_log(room.bridge.home)
    qtbot.waitUntil(lambda: log.read_text("utf-8").split() == ["1", "1"], timeout=30_000)


def test_a_command_that_is_not_there_is_told(qtbot, room: Room) -> None:
    with qtbot.waitSignal(room.bridge.troubled, timeout=1000) as told:
        room.finish("command", "done", command=("/no/such/tool",))
    assert "/no/such/tool" in told.args[0]


def test_the_countdown_names_what_is_left_and_begins_on_the_safe_answer(qtbot, room: Room) -> None:
    countdown = SleepCountdown(room.bridge, to_sleep_s=3)
    qtbot.addWidget(countdown)
    assert "3" in countdown._title.text()
    countdown.tick()
    assert "2" in countdown._title.text()
    assert countdown.stay.isDefault()
