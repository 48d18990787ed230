"""Measure from the process's start to the first paint, against an empty window of bare PySide6."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

_RUNS = 7
_DEADLINE_S = 60.0
_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.said)

    def said(self):
        print("first paint", file=sys.stderr, flush=True)

app = QApplication([])
window = Window()
window.resize(1360, 840)
window.show()
app.exec()
"""


def first_paint_s(words: list[str]) -> float:
    """Return the seconds from starting a program to its word that it was painted."""
    began_s = time.perf_counter()
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None  # noqa: S101  # it was asked for in the line above
    try:
        for line in process.stderr:
            if "first paint" in line:
                return time.perf_counter() - began_s
    finally:
        process.terminate()
        process.wait(_DEADLINE_S)
        process.stderr.close()
    raise RuntimeError(f"{words[0]} ended without having painted")


def main() -> int:
    """Take turns, so that both meet the same machine; print the medians and their ratio."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    own, bare = [], []
    for _ in range(_RUNS):
        with tempfile.TemporaryDirectory() as home:
            words = [sys.executable, "-m", "gui.app", "--home", home, "--first-paint"]
            own.append(first_paint_s(words))
        bare.append(first_paint_s([sys.executable, "-c", _BARE]))
    own_s, bare_s = statistics.median(own), statistics.median(bare)
    print(f"Second Unit: {own_s:.3f} s to the first paint (of {_RUNS}: {_spread(own)})")
    print(f"bare PySide6, an empty window: {bare_s:.3f} s ({_spread(bare)})")
    print(f"ratio: {own_s / bare_s:.2f}")
    return 0


def _spread(seconds: list[float]) -> str:
    return f"{min(seconds):.3f} to {max(seconds):.3f}"


if __name__ == "__main__":
    sys.exit(main())
