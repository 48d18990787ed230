"""Measure how often a second the wipe is painted at 1080p, against bare copies of the pictures.

Both sides paint the same two 1920 x 1080 pictures into a widget of that size, the dividing line
at another place each time.  Bare is two ``QPainter.drawPixmap`` calls over the whole widget; ours
is the stage's canvas with its line, outlines and words, which paints only what changed.  The bar
is 60 updates a second.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from gui.stage.canvas import Canvas
from gui.stage.geometry import Share
from gui.stage.marks import FaceMark
from gui.stage.rows import CalledBy

WIDTH_PX, HEIGHT_PX = 1920, 1080
BAR_PER_S = 60


class Bare(QWidget):
    """Two pictures and nothing else."""

    def __init__(self, before: QImage, after: QImage) -> None:
        super().__init__()
        self._sides = (QPixmap.fromImage(before), QPixmap.fromImage(after))
        self._line = WIDTH_PX // 2
        self.resize(WIDTH_PX, HEIGHT_PX)

    def move_wipe(self, share: float) -> None:
        """Put the line elsewhere and paint everything."""
        self._line = round(share * WIDTH_PX)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Copy both sides."""
        painter = QPainter(self)
        left = QRect(0, 0, self._line, HEIGHT_PX)
        right = QRect(self._line, 0, WIDTH_PX - self._line, HEIGHT_PX)
        painter.drawPixmap(left, self._sides[0], left)
        painter.drawPixmap(right, self._sides[1], right)
        painter.end()
        event.accept()


def main() -> int:
    """Measure, print the figures, and the ratio last."""
    arguments = _parser().parse_args()
    app = QApplication([])
    before, after = _picture(0), _picture(90)
    bare, ours = Bare(before, after), _canvas(before, after)
    rounds = [
        (_updates_per_s(app, ours, arguments), _updates_per_s(app, bare, arguments))
        for _ in range(arguments.rounds)
    ]
    for name, rates in zip(("stage", "bare copies"), zip(*rounds, strict=True), strict=True):
        print(f"{name:12} median {statistics.median(rates):7.1f} updates/s of {len(rates)} rounds")
    slowest = min(rate for rate, _ in rounds)
    print(f"slowest round {slowest:.1f} updates/s (bar {BAR_PER_S})")
    print(f"ratio {statistics.median(ours / bare for ours, bare in rounds):.2f}")
    return 0 if slowest >= BAR_PER_S else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=240)
    parser.add_argument("--rounds", type=int, default=5)
    return parser


def _canvas(before: QImage, after: QImage) -> Canvas:
    canvas = Canvas()
    canvas.resize(WIDTH_PX, HEIGHT_PX)
    canvas.set_source((WIDTH_PX, HEIGHT_PX))
    canvas.set_pictures(before, after, "preview", missed=False)
    canvas.set_engine("classic")
    canvas.set_marks([_mark(number) for number in range(6)])
    return canvas


def _mark(number: int) -> FaceMark:
    left = 0.05 + number * 0.15
    return FaceMark(
        person_id=f"p{number + 1}",
        unsure=number == 5,
        place=Share(left, 0.2, left + 0.1, 0.4),
        hue=number,
        called=CalledBy(number + 1),
        worn="Grace" if number % 2 else "",
    )


def _picture(hue: int) -> QImage:
    """Return a picture with something to see on it."""
    image = QImage(WIDTH_PX, HEIGHT_PX, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for row in range(0, HEIGHT_PX, 60):
        for column in range(0, WIDTH_PX, 60):
            light = 60 + (row + column) % 180
            painter.fillRect(column, row, 60, 60, QColor.fromHsv(hue, 120, light))
    painter.end()
    return image


def _updates_per_s(
    app: QApplication, widget: Canvas | Bare, arguments: argparse.Namespace
) -> float:
    """Return how often a second ``widget`` was painted while the line swung to and fro."""
    widget.show()
    app.processEvents()
    move: Callable[[float], None] = widget.move_wipe
    began_s = time.perf_counter()
    for number in range(arguments.updates):
        move(0.5 + 0.45 * math.sin(number / 20))  # up to 40 pixels an update, as a hand moves
        app.processEvents()
    taken_s = time.perf_counter() - began_s
    widget.hide()
    return float(arguments.updates / taken_s)


if __name__ == "__main__":
    sys.exit(main())
