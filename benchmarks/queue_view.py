"""Measure the queue's list with 10,000 videos against a plain list of strings, in one run."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).parents[1] / "tests" / "gui"))

from fake_bridge import FakeBridge  # the platform is chosen before Qt is imported
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QListView
from sample_entries import draw_thumbnails, many_entries, sample_entries, sample_running

from gui.bridge import Bridge
from gui.queue.panel import QueuePanel
from gui.queue.view import QueueView
from gui.theme.apply import Theme
from orchestrator.desk import changes
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home

VIDEOS = 10_000
SIZE_PX = (360, 900)
PAGES = 120
UPDATES = 60


def main() -> None:
    """Print what scrolling and updates cost, and the ratio to the plain list."""
    app = QApplication.instance() or QApplication([])
    theme = Theme(app, "dark")  # type: ignore[arg-type]  # it is one
    with tempfile.TemporaryDirectory() as folder:
        panel, bridge = _panel(Home(Path(folder)))
        plain = _plain()
        rows = (
            ("a page of scrolling", _scrolling(panel.findChild(QueueView)), _scrolling(plain)),
            ("a wheel step", _wheel(panel.findChild(QueueView)), _wheel(plain)),
        )
        for name, ours_ms, plain_ms in rows:
            print(
                f"{name}: {ours_ms:.2f} ms, plain list {plain_ms:.2f} ms, "
                f"ratio {ours_ms / plain_ms:.1f}"
            )
        _print_updates(panel, bridge)
    del theme


def _print_updates(panel: QueuePanel, bridge: FakeBridge) -> None:
    snapshot = bridge.snapshot
    tick = _median_ms(UPDATES, lambda _: _tick(bridge, snapshot))
    print(f"a snapshot of progress: {tick:.2f} ms with painting")
    moved = _median_ms(20, lambda n: _move(bridge, n))
    print(f"a video moved over the whole queue: {moved:.2f} ms with painting")
    panel.hide()


def _tick(bridge: FakeBridge, snapshot: DeskSnapshot) -> None:
    bridge.show(replace(snapshot, running=sample_running()))
    QApplication.processEvents()


def _move(bridge: FakeBridge, number: int) -> None:
    entries = bridge.snapshot.entries
    which = entries[-1] if number % 2 else entries[1]
    before = entries[1].entry_id if number % 2 else None
    after = changes.moved(entries, {which.entry_id}, before)
    bridge.show(replace(bridge.snapshot, entries=after))
    QApplication.processEvents()


class _Bridge(FakeBridge):
    """Shows snapshots at once, and reads on other threads as the program does."""

    run = Bridge.run


def _panel(home: Home) -> tuple[QueuePanel, FakeBridge]:
    draw_thumbnails(home, sample_entries())
    bridge = _Bridge(home)
    panel = QueuePanel(bridge)
    bridge.changed.connect(panel.draw)
    panel.resize(*SIZE_PX)
    panel.show()
    entries = many_entries(VIDEOS)
    bridge.show(DeskSnapshot(entries=entries, loaded=True, running=sample_running()))
    QApplication.processEvents()
    return panel, bridge


def _plain() -> QListView:
    view = QListView()
    view.setModel(QStringListModel([f"Clip {n:05d}.mp4" for n in range(VIDEOS)], view))
    view.setUniformItemSizes(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.resize(*SIZE_PX)
    view.show()
    QApplication.processEvents()
    return view


def _scrolling(view: QListView) -> float:
    bar = view.verticalScrollBar()
    return _median_ms(PAGES, lambda n: _scroll_to(view, bar.maximum() * n // PAGES))


def _wheel(view: QListView) -> float:
    return _median_ms(PAGES, lambda n: _scroll_to(view, 20_000 + 72 * n))


def _scroll_to(view: QListView, value: int) -> None:
    view.verticalScrollBar().setValue(value)
    QApplication.processEvents()


def _median_ms(times: int, call: Callable[[int], None]) -> float:
    taken = []
    for number in range(times):
        began_s = time.perf_counter()
        call(number)
        taken.append((time.perf_counter() - began_s) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
