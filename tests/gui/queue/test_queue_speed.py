"""A queue of 10,000 videos stays fluid: the Qt thread is never held up for 50 ms."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from sample_entries import draw_thumbnails, many_entries, sample_entries, sample_running
from watchdog import Watchdog

from gui.bridge import Bridge
from gui.queue.model import QueueModel
from gui.queue.panel import QueuePanel
from gui.queue.view import QueueView
from orchestrator.desk import changes
from orchestrator.desk.entries import EntryId
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home

pytestmark = pytest.mark.alone
VIDEOS = 10_000
MOST_S = 0.05
BETWEEN_S = 0.05
"""Snapshots are made twice as often as the bridge announces them."""


class Desk(threading.Thread):
    """Sends snapshots from a thread of its own: progress, and every fifth time a change."""

    def __init__(self, bridge: Bridge, snapshot: DeskSnapshot, count: int) -> None:
        super().__init__(daemon=True)
        self._bridge, self.snapshot, self._count = bridge, snapshot, count
        self._over = threading.Event()

    def run(self) -> None:
        for number in range(self._count):
            if self._over.wait(BETWEEN_S):
                return
            if number % 5 == 4:
                self.snapshot = replace(self.snapshot, entries=self._changed(number))
            self.snapshot = replace(self.snapshot, running=sample_running())
            self._bridge.receive(self.snapshot)

    def end(self) -> None:
        self._over.set()
        self.join(10)

    def _changed(self, number: int) -> changes.Entries:
        entries = self.snapshot.entries
        which = EntryId(f"e{number * 97 % VIDEOS}")
        match number % 3:
            case 0:
                return changes.moved(entries, {which}, entries[0].entry_id)
            case 1:
                return changes.removed(entries, {which})
            case _:
                return changes.queued(entries, {which})


@pytest.fixture
def scene(qtbot, tmp_path):
    home = Home(tmp_path / "home")
    draw_thumbnails(home, sample_entries())
    bridge = Bridge(home)
    panel = QueuePanel(bridge)
    qtbot.addWidget(panel)
    bridge.changed.connect(panel.draw)
    panel.resize(360, 900)
    panel.show()
    qtbot.waitExposed(panel)
    snapshot = DeskSnapshot(entries=many_entries(VIDEOS), loaded=True, running=sample_running())
    bridge.receive(snapshot)
    qtbot.waitUntil(lambda: bool(panel.selected()))
    panel.grab()
    yield bridge, panel, snapshot
    bridge.close()


def shown(panel) -> list[str]:
    return [entry.entry_id for entry in panel.findChild(QueueModel).entries]


def test_scrolling_and_snapshots_never_hold_the_window_up(qtbot, scene):
    bridge, panel, snapshot = scene
    bar = panel.findChild(QueueView).verticalScrollBar()
    desk = Desk(bridge, snapshot, 60)
    scrolling = QTimer(panel, interval=16)
    steps = iter([*(range(0, 6000, 60)), *range(6000, bar.maximum(), bar.maximum() // 60)])
    scrolling.timeout.connect(lambda: bar.setValue(next(steps, 0)))
    with Watchdog() as dog:
        scrolling.start()
        desk.start()
        qtbot.waitUntil(lambda: not desk.is_alive(), timeout=30_000)
    scrolling.stop()
    desk.end()
    qtbot.waitUntil(lambda: shown(panel) == [e.entry_id for e in desk.snapshot.entries])
    dog.require(MOST_S)


def test_choosing_filtering_and_searching_never_hold_the_window_up(qtbot, scene):
    _, panel, _ = scene
    view = panel.findChild(QueueView)
    work = iter(
        [
            view.selectAll,
            lambda: panel.select(EntryId("e7000")),
            lambda: view.keyboardSearch("clip 09"),
            lambda: panel._on_filter("trouble", ""),
            lambda: panel._on_filter("all", "077"),
            lambda: panel._on_filter("all", ""),
            view.scrollToBottom,
        ]
    )
    left = [True]

    def go_on() -> None:
        step = next(work, None)
        if step is None:
            left.clear()
        else:
            step()

    timer = QTimer(panel, interval=60)
    timer.timeout.connect(go_on)
    with Watchdog() as dog:
        timer.start()
        qtbot.waitUntil(lambda: not left, timeout=30_000)
    timer.stop()
    dog.require(MOST_S)
