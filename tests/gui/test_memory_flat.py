"""Hours of snapshots leave the window's memory where it was."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sample_entries import RENDERING, sample_snapshot

from gui import places
from gui.bridge import Bridge
from gui.main_window import MainWindow
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home

MIB = 1024**2


def draw_many(window: MainWindow, qapp: QApplication, count: int) -> None:
    """Draw the course of a render over and over, as the desk tells of it."""
    base = sample_snapshot()
    for number in range(count):
        window.draw(moment(base, number))
        qapp.processEvents()


def moment(base: DeskSnapshot, number: int) -> DeskSnapshot:
    assert base.running is not None
    seen = base.running.seen
    done = (number * 7) % seen.frames_total
    seen = replace(seen, frames_done=done, left_s=(seen.frames_total - done) / 11.3)
    return replace(base, running=replace(base.running, seen=seen))


@pytest.mark.parametrize(
    ("count", "most_bytes"),
    [
        (1_500, 12 * MIB),
        pytest.param(10_000, 12 * MIB, marks=[pytest.mark.nightly, pytest.mark.timeout(3600)]),
    ],
)
def test_many_snapshots_leave_memory_flat(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, count: int, most_bytes: int
) -> None:
    places.load()
    window = MainWindow(Bridge(Home(tmp_path)))
    qtbot.addWidget(window)
    window.show()
    window.draw(sample_snapshot())
    window.furnish()
    qtbot.waitUntil(lambda: window.places is not None, timeout=30_000)
    assert window.places is not None
    window.places.queue.select(RENDERING)
    draw_many(window, qapp, 500)  # caches fill
    gc.collect()
    process = psutil.Process()
    before_bytes = process.memory_info().rss
    draw_many(window, qapp, count)
    gc.collect()
    grown_bytes = process.memory_info().rss - before_bytes
    print(f"{count} snapshots: {grown_bytes / MIB:.1f} MiB more")  # noqa: T201  # for nightly's log
    assert grown_bytes < most_bytes
    window.hide()
