"""A row's line is broken where it reads well and never runs out of its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter

from gui.queue.delegate import _paint_urgent, _wrapped, row_height_px

WIDTH_PX = 200


@pytest.fixture
def font(qapp):
    made = QFont(qapp.font())
    made.setPixelSize(12)
    return made


def lines(font, text, most=2, width=WIDTH_PX):
    return _wrapped(font.toString(), text, width, most)


def test_a_line_that_fits_stays_one(font):
    assert lines(font, "Cancelled") == ("Cancelled",)


def test_the_second_thing_said_begins_the_second_line(font):
    said = lines(font, "Waiting, number 212 in line – about 4 min")
    assert said == ("Waiting, number 212 in line", "about 4 min")


@pytest.mark.parametrize("most", [1, 2])
def test_whatever_is_said_fits_its_place(font, most):
    reason = "Failed: This needs about 1840 MiB in /home/ada, which has 212 MiB free. " * 3
    said = lines(font, reason, most)
    assert len(said) == most
    assert said[-1].endswith("…")
    assert all(QFontMetrics(font).horizontalAdvance(line) <= WIDTH_PX for line in said)


def test_a_larger_font_makes_higher_rows(font):
    larger = QFont(font)
    larger.setPixelSize(30)
    assert row_height_px(larger) > row_height_px(font)


def test_the_mark_of_an_urgent_video_is_painted_at_the_right_and_takes_room_from_its_name(qapp):
    image = QImage(WIDTH_PX, 20, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    width = _paint_urgent(painter, QRect(0, 0, WIDTH_PX, 20))
    painter.end()
    inked = [x for x in range(WIDTH_PX) for y in range(20) if image.pixelColor(x, y).alpha()]
    assert inked
    assert min(inked) >= WIDTH_PX - width
