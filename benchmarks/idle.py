"""Measure what the window computes while nothing happens, against an empty one of bare PySide6."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from orchestrator.desk.book import Book, book_path
from orchestrator.desk.desk import new_entries
from orchestrator.home import Home

_SETTLE_S, _LOOK_S = 12.0, 20.0
_VIDEOS = 200
_BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1360, 840)
window.show()
app.exec()
"""


def idle(words: list[str]) -> tuple[float, float]:
    """Return the share of one core that a settled program uses, and how often it wakes a second."""
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        time.sleep(_SETTLE_S)
        before_s, woken, began_s = *_used(process.pid), time.perf_counter()
        time.sleep(_LOOK_S)
        after_s, woken_then = _used(process.pid)
        took_s = time.perf_counter() - began_s
        return (after_s - before_s) / took_s, (woken_then - woken) / took_s
    finally:
        process.terminate()
        process.wait(60)


def main() -> int:
    """Print both shares and their ratio."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        _write_queue(Home(Path(folder)))
        own, own_wakes = idle([sys.executable, "-m", "gui.app", "--home", folder])
    bare, bare_wakes = idle([sys.executable, "-c", _BARE])
    ratio = f", ratio {own / bare:.1f}" if bare else ""
    print(f"{_VIDEOS} videos at rest: {own:.2%} of a core, wakes {own_wakes:.1f} times a second")
    print(f"bare PySide6: {bare:.2%}, wakes {bare_wakes:.1f} times a second{ratio}")
    return 0 if own < 0.01 else 1


def _used(pid: int) -> tuple[float, int]:
    """Return the seconds that a process and its children computed, and how often they waited."""
    parent = psutil.Process(pid)
    family = (parent, *parent.children(recursive=True))
    times = [each.cpu_times() for each in family]
    waits = sum(_waits(each) for each in family)
    return sum(each.user + each.system for each in times), waits


def _waits(process: psutil.Process) -> int:
    """Count the waits of all threads of a process; only Linux tells them."""
    said = Path(f"/proc/{process.pid}/task").glob("*/status")
    lines = (line for each in said for line in each.read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary"))


def _write_queue(home: Home) -> None:
    """Write a queue of videos that are gone: each is looked at once, and found to be."""
    book = Book(book_path(home))
    book.write(new_entries(home.root / f"{number}.mp4" for number in range(_VIDEOS)))
    book.close()


if __name__ == "__main__":
    sys.exit(main())
