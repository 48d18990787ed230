"""Test what is done on the picture with the mouse and with keys."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QRegion, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.stage.canvas import Canvas
from gui.stage.geometry import MODES, Mode, Rect, Share, wipe_x
from gui.stage.layers import Layer
from gui.stage.marks import FaceMark
from gui.stage.rows import CalledBy
from tests.gui.stage.fake_stage import BLUE, RED, an_image

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


def a_mark(number: int, left: float, *, worn: str = "") -> FaceMark:
    return FaceMark(
        person_id=f"p{number}",
        unsure=False,
        place=Share(left, 0.3, left + 0.15, 0.7),
        hue=number,
        called=CalledBy(number),
        worn=worn,
    )


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(800, 450)
    made.set_source((1600, 900))
    made.set_pictures(an_image(RED, 800, 450), an_image(BLUE, 800, 450), "preview", missed=False)
    made.set_marks((a_mark(1, 0.1, worn="Grace"), a_mark(2, 0.7)))
    made.show()
    return made


def colour_at(canvas: Canvas, x: int, y: int) -> QColor:
    return canvas.grab().toImage().pixelColor(x, y)


def drag(canvas: Canvas, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mousePress(canvas, button, pos=start)
    for step in range(1, 6):
        at = start + (end - start) * step / 5
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(at), canvas.mapToGlobal(QPointF(at)), button, button,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)
    QTest.mouseRelease(canvas, button, pos=end)


def test_before_is_left_of_the_line_and_after_right_of_it(canvas: Canvas) -> None:
    assert colour_at(canvas, 380, 440) == RED
    assert colour_at(canvas, 420, 440) == BLUE


def test_dragging_the_line_moves_what_is_shown(canvas: Canvas) -> None:
    drag(canvas, QPoint(400, 225), QPoint(600, 300))
    assert canvas.wipe == pytest.approx(0.75, abs=0.01)
    assert colour_at(canvas, 580, 440) == RED
    assert colour_at(canvas, 620, 440) == BLUE


def test_the_line_is_dragged_from_anywhere_that_is_no_face(canvas: Canvas) -> None:
    drag(canvas, QPoint(300, 20), QPoint(200, 20))
    assert canvas.wipe == pytest.approx(0.25, abs=0.01)


def test_keys_move_the_line_in_steps_and_leaps(canvas: Canvas) -> None:
    canvas.step_wipe(1)
    assert canvas.wipe == pytest.approx(0.52)
    canvas.step_wipe(-1, leap=True)
    assert canvas.wipe == pytest.approx(0.42)
    for _ in range(20):
        canvas.step_wipe(-1, leap=True)
    assert canvas.wipe == 0


def test_wiping_paints_only_the_strip_between_the_old_line_and_the_new(canvas: Canvas) -> None:
    painted: list[QRegion] = []

    class Watched(Canvas):
        def paintEvent(self, event: Any) -> None:  # noqa: N802  # Qt's name
            painted.append(event.region())
            super().paintEvent(event)

    canvas.__class__ = Watched
    canvas.move_wipe(0.52)
    QTest.qWait(20)
    across = painted[-1].boundingRect()
    assert across.left() > 350
    assert across.right() < 450


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("scale", [None, 0.25, 1.0, 3.0])
def test_a_click_picks_the_face_under_it_at_any_zoom_and_side(
    canvas: Canvas, qtbot: QtBot, mode: Mode, scale: float | None
) -> None:
    canvas.set_mode(mode)
    canvas.move_wipe(0.97)
    if scale is not None:
        canvas.set_scale(scale)
    for mark in (a_mark(1, 0.1), a_mark(2, 0.7)):
        if scale == 3.0:  # come to where the face is
            canvas.fit()
            rect = mark.place.on(canvas.layout_now.pictures[0])
            wheel_at(canvas, QPointF(*rect.middle), notches=10)
        layout = canvas.layout_now
        for (_, pane), picture in zip(layout.panes, layout.pictures, strict=True):
            seen = mark.place.on(picture).cut(pane)
            if seen.width < 2 or seen.height < 2:
                continue
            with qtbot.waitSignal(canvas.person_picked, timeout=500) as heard:
                QTest.mouseClick(canvas, LEFT, pos=QPointF(*seen.middle).toPoint())
            assert heard.args == [mark.person_id]


def wheel_at(canvas: Canvas, at: QPointF, notches: int) -> None:
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  # Qt takes no names here
    )
    QApplication.sendEvent(canvas, event)


def test_a_click_beside_all_faces_picks_nobody(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.person_picked, timeout=500) as heard:
        QTest.mouseClick(canvas, LEFT, pos=QPoint(300, 20))
    assert heard.args == [None]


def test_the_wheel_comes_nearer_to_what_is_under_the_pointer(canvas: Canvas) -> None:
    at = QPointF(150, 100)
    before = canvas.layout_now.place_in_picture(at.x(), at.y())
    wheel_at(canvas, at, notches=5)
    assert canvas.scale > 0.5
    after = canvas.layout_now.place_in_picture(at.x(), at.y())
    assert before is not None
    assert after is not None
    assert after[0] == pytest.approx(before[0], abs=0.002)
    assert after[1] == pytest.approx(before[1], abs=0.002)


def test_a_picture_that_reaches_beyond_is_moved_by_dragging(canvas: Canvas) -> None:
    canvas.set_scale(2.0)
    left = canvas.layout_now.pictures[0].left
    drag(canvas, QPoint(200, 60), QPoint(260, 60))
    assert canvas.layout_now.pictures[0].left == pytest.approx(left + 60, abs=1)
    assert canvas.wipe == 0.5


def test_the_middle_button_moves_the_picture_even_on_the_line(canvas: Canvas) -> None:
    canvas.set_scale(2.0)
    top = canvas.layout_now.pictures[0].top
    drag(canvas, QPoint(400, 225), QPoint(400, 265), MIDDLE)
    assert canvas.layout_now.pictures[0].top == pytest.approx(top + 40, abs=1)
    assert canvas.wipe == 0.5


def test_a_double_click_shows_a_pixel_for_a_pixel_and_back(canvas: Canvas) -> None:
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(300, 20))
    assert canvas.scale == 1.0
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(300, 20))
    assert canvas.is_fitted


def test_pictures_are_asked_for_at_the_size_they_are_shown(canvas: Canvas, qtbot: QtBot) -> None:
    sizes: list[int] = []
    canvas.size_wanted.connect(sizes.append)
    canvas.set_scale(1.0)
    canvas.set_scale(8.0)
    canvas.fit()
    assert sizes == [1600, 800]


def test_above_double_size_pixels_stay_squares(qtbot: QtBot) -> None:
    two = QImage(2, 1, QImage.Format.Format_RGB32)
    two.setPixelColor(0, 0, RED)
    two.setPixelColor(1, 0, BLUE)
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(240, 160)
    canvas.set_source((2, 1))
    canvas.set_mode("after")
    canvas.set_pictures(None, two, "preview", missed=False)
    canvas.set_scale(16.0)
    image = canvas.grab().toImage()
    assert image.pixelColor(118, 80) == RED
    assert image.pixelColor(121, 80) == BLUE


def test_a_side_that_is_not_there_yet_is_never_an_older_frame(canvas: Canvas) -> None:
    green = QColor("#00ff00")
    canvas.set_pictures(an_image(green, 800, 450), None, "source", missed=False)
    assert colour_at(canvas, 420, 440) == green
    assert "Source" in canvas.accessibleDescription()


def test_tab_goes_from_face_to_face_and_then_on(qtbot: QtBot, canvas: Canvas) -> None:
    window, field = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(canvas)
    column.addWidget(field)
    window.show()
    window.activateWindow()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(canvas.hasFocus, timeout=2000)
    picked: list[object] = []
    canvas.person_picked.connect(picked.append)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert "Person 1 as Grace; Enter picks it" in canvas.accessibleDescription()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert picked == ["p1", "p2"]
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert field.hasFocus()
    window.layout().removeWidget(canvas)
    canvas.setParent(None)


def test_the_focus_is_seen_when_it_came_by_keys(canvas: Canvas, qtbot: QtBot) -> None:
    without = canvas.grab().toImage()
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow, timeout=2000)
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.grab().toImage().pixelColor(0, 0) != without.pixelColor(0, 0)


def test_a_missed_face_is_said_in_words(canvas: Canvas) -> None:
    canvas.set_pictures(an_image(RED), an_image(BLUE), "preview", missed=True)
    assert "Face not found on this frame" in canvas.accessibleDescription()


def test_another_source_leaves_nothing_of_the_old_one(canvas: Canvas) -> None:
    canvas.set_source((640, 480))
    assert colour_at(canvas, 300, 440) not in (RED, BLUE)
    canvas.set_source(None)
    canvas.grab()  # paints without a picture
    assert canvas.accessibleName() == "Picture"


def test_on_a_dense_screen_pictures_are_drawn_at_its_pixels(qtbot: QtBot) -> None:
    layer = Layer()
    fine = QImage(4, 2, QImage.Format.Format_RGB32)
    for x in range(4):
        for y in range(2):
            fine.setPixelColor(x, y, RED if x % 2 else BLUE)
    layer.set_image(fine)
    screen = QImage(4, 2, QImage.Format.Format_RGB32)
    screen.setDevicePixelRatio(2.0)
    painter = QPainter(screen)
    layer.paint(painter, Rect(0, 0, 2, 1), Rect(0, 0, 2, 1), 2.0)
    painter.end()
    assert screen.pixelColor(0, 0) == BLUE
    assert screen.pixelColor(1, 0) == RED


def test_the_pointer_says_what_can_be_taken_hold_of(canvas: Canvas) -> None:
    line = round(wipe_x(canvas.layout_now, canvas.wipe))
    for x, y, shape in (
        (line, 300, Qt.CursorShape.SplitHCursor),
        (130, 225, Qt.CursorShape.PointingHandCursor),
        (300, 20, Qt.CursorShape.ArrowCursor),
    ):
        QTest.mouseMove(canvas, QPoint(x, y))
        QTest.qWait(1)
        assert canvas.cursor().shape() == shape
