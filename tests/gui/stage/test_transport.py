"""Test the strips of buttons above and below the picture."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.stage.geometry import Share
from gui.stage.proof_sheet import ProofSheet
from gui.stage.proofs import HardFace
from gui.stage.strip import WorkStrip
from gui.stage.transport import Transport
from gui.stage.view_bar import ViewBar
from orchestrator.desk.hard_frames import HardFrame
from tests.gui.stage.fake_stage import BLUE, RED, an_image


@pytest.fixture
def transport(qtbot: QtBot) -> Transport:
    made = Transport()
    qtbot.addWidget(made)
    made.resize(900, 40)
    made.show()
    made.set_position(40, 300, 40 / 30)
    return made


def test_every_button_has_a_name_and_a_tip(qtbot: QtBot, transport: Transport) -> None:
    bar = ViewBar()
    qtbot.addWidget(bar)
    buttons = [*transport.findChildren(QAbstractButton), *bar.findChildren(QAbstractButton)]
    assert len(buttons) > 20
    for button in buttons:
        assert button.accessibleName()
        assert button.toolTip()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_every_button_asks_for_what_it_is_called(transport: Transport) -> None:
    asked: list[str] = []
    transport.asked.connect(asked.append)
    for name in ("first", "play", "next appearance", "end here", "seek trouble"):
        QTest.mouseClick(transport.button(name), Qt.MouseButton.LeftButton)
    assert asked == ["first", "play", "next appearance", "end here", "seek trouble"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("1:02.5", Fraction(125, 2)), ("123", 123), ("4.0", Fraction(4))]
)
def test_a_time_or_a_frame_number_can_be_typed(
    transport: Transport, typed: str, meant: int | Fraction
) -> None:
    asked: list[object] = []
    transport.moment_asked.connect(asked.append)
    transport.field.selectAll()
    QTest.keyClicks(transport.field, typed)
    QTest.keyClick(transport.field, Qt.Key.Key_Return)
    assert asked == [meant]


def test_what_cannot_be_read_goes_nowhere_and_can_be_put_back(transport: Transport) -> None:
    asked: list[object] = []
    transport.moment_asked.connect(asked.append)
    transport.field.selectAll()
    QTest.keyClicks(transport.field, "soon")
    QTest.keyClick(transport.field, Qt.Key.Key_Return)
    assert asked == []
    QTest.keyClick(transport.field, Qt.Key.Key_Escape)
    assert transport.field.text() == "0:01.33"


def test_playing_does_not_write_over_what_is_being_typed(transport: Transport) -> None:
    transport.field.selectAll()
    QTest.keyClicks(transport.field, "0:0")
    transport.set_position(41, 300, 41 / 30)
    assert transport.field.text() == "0:0"


def test_a_button_that_cannot_be_pressed_says_why(transport: Transport) -> None:
    transport.set_able("proof", "First put a face on somebody in this video.")
    assert not transport.button("proof").isEnabled()
    assert transport.button("proof").toolTip() == "First put a face on somebody in this video."
    transport.set_able("proof")
    assert transport.button("proof").isEnabled()
    assert "proof" in transport.button("proof").toolTip()


def test_sound_that_cannot_be_heard_says_why(transport: Transport) -> None:
    heard: list[bool] = []
    transport.mute_asked.connect(heard.append)
    transport.set_sound("No sound device.")
    assert not transport.button("mute").isEnabled()
    assert transport.button("mute").toolTip() == "No sound device."
    transport.set_sound()
    transport.button("mute").click()
    assert heard == [True]


def test_the_play_button_says_what_it_would_do(transport: Transport) -> None:
    transport.set_playing(True)
    assert transport.button("play").accessibleName() == "Pause"
    transport.set_playing(False)
    assert transport.button("play").accessibleName() == "Play"


def test_trouble_can_be_gone_through_once_there_is_some(transport: Transport) -> None:
    assert not transport.button("next trouble").isVisible()
    transport.set_troubles(2, 5)
    assert transport.button("next trouble").isVisible()
    assert transport.button("seek trouble").text() == "Trouble 2/5"


def test_the_view_bar_shows_and_asks_for_modes(qtbot: QtBot) -> None:
    bar = ViewBar()
    qtbot.addWidget(bar)
    asked: list[str] = []
    bar.mode_asked.connect(asked.append)
    bar.set_mode("side by side")
    checked = [b.accessibleName() for b in bar.findChildren(QAbstractButton) if b.isChecked()]
    assert checked == ["Side by side", "Outline faces"]
    next(b for b in bar.findChildren(QAbstractButton) if b.accessibleName() == "Wipe").click()
    assert asked == ["wipe"]


def test_work_can_be_cancelled_and_its_outcome_closed(qtbot: QtBot) -> None:
    strip = WorkStrip()
    qtbot.addWidget(strip)
    cancelled: list[bool] = []
    strip.cancel_asked.connect(lambda: cancelled.append(True))
    strip.show_work("Rendering…", 3, 60)
    button = strip.findChild(QAbstractButton)
    assert button is not None
    assert button.text() == "Cancel"
    button.click()
    assert cancelled == [True]
    assert strip.isHidden()
    strip.tell("No trouble.")
    assert button.text() == "Close"
    button.click()
    assert cancelled == [True]
    assert strip.isHidden()


def a_face(hard: HardFrame) -> HardFace:
    return HardFace(hard, Share(0.4, 0.4, 0.5, 0.6))


def test_the_sheet_says_why_each_frame_is_hard_and_leads_there(qtbot: QtBot) -> None:
    sheet = ProofSheet()
    qtbot.addWidget(sheet)
    sheet.resize(900, 500)
    sheet.show()
    frames = (a_face(HardFrame(12, "p1", "turned")), a_face(HardFrame(40, "p2", "close_by")))
    sheet.set_frames(frames, lambda frame: frame / 30, {"p1": "Ada", "p2": "Bo"}.__getitem__)
    assert [cell.accessibleName() for cell in sheet.cells] == [
        "0:00.40, Ada: turned away",
        "0:01.33, Bo: two faces close together",
    ]
    asked: list[int] = []
    sheet.frame_asked.connect(asked.append)
    sheet.cells[1].click()
    assert asked == [40]
    sheet.set_pictures(0, an_image(RED), an_image(BLUE), missed=True)
    sheet.set_failed(1)
    assert sheet.cells[0].is_drawn
    assert sheet.cells[1].accessibleDescription() == "Could not be drawn"
    sheet.grab()


def test_cells_of_the_sheet_fill_the_width_they_have(qtbot: QtBot) -> None:
    sheet = ProofSheet()
    qtbot.addWidget(sheet)
    frames = tuple(a_face(HardFrame(n, "p1", "small")) for n in range(6))
    sheet.set_frames(frames, float, str)
    sheet.resize(960, 600)
    sheet.show()
    qtbot.waitUntil(lambda: sheet.cells[0].y() == sheet.cells[2].y(), timeout=2000)
    cell = sheet.cells[0]
    assert cell.height() - 40 == pytest.approx(cell.width() / 2, abs=3)


def in_a_window(qtbot: QtBot, strip: QWidget, width: int) -> QWidget:
    """Show a strip ``width`` pixels wide; as a window of its own it would widen itself."""
    window = QWidget()
    qtbot.addWidget(window)
    strip.setParent(window)
    window.resize(width, 80)
    strip.resize(width, 40)
    window.show()
    return window


@pytest.mark.parametrize("width", [480, 560, 640, 760, 900, 1200, 2000])
def test_strips_say_no_more_than_there_is_room_for(qtbot: QtBot, width: int) -> None:
    transport, bar = Transport(), ViewBar()
    transport.set_position(123_456, 400_000, 4115.2)
    transport.set_troubles(3, 12)
    bar.set_finished(True)
    for strip in (transport, bar):
        window = in_a_window(qtbot, strip, width)
        QApplication.processEvents()
        shown = [b for b in strip.findChildren(QAbstractButton) if b.isVisible()]
        assert all(button.width() >= button.minimumSizeHint().width() for button in shown)
        assert max(button.geometry().right() for button in shown) < window.width() == width


def test_there_are_words_where_there_is_room(qtbot: QtBot) -> None:
    bar = ViewBar()
    window = in_a_window(qtbot, bar, 340)
    wipe = next(b for b in bar.findChildren(QToolButton) if b.accessibleName() == "Wipe")
    assert wipe.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    window.resize(1000, 80)
    bar.resize(1000, 40)
    assert wipe.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon


@pytest.mark.parametrize("width_px", [380, 420, 480, 520, 560, 610, 640, 700, 900])
@pytest.mark.parametrize("chinese", [False, True])
def test_nothing_overlaps_and_nothing_is_cut_at_any_width(
    qtbot: QtBot, width_px: int, chinese: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if chinese:  # short words and wide letters: others fit than in English
        monkeypatch.setattr(Transport, "tr", lambda self, text, *_: "画" * (len(text) // 4 + 1))
    strip = Transport()
    qtbot.addWidget(strip)
    strip.set_position(149, 15000, 3.3)
    strip.resize(width_px, strip.sizeHint().height())
    with qtbot.waitExposed(strip):
        strip.show()
    strip.resize(width_px - 1, strip.height())
    strip.resize(width_px, strip.height())
    parts = sorted(
        (each.geometry() for each in strip.findChildren(QWidget) if each.isVisible()
         and each.parent() is strip),
        key=lambda place: place.left(),
    )  # fmt: skip
    assert parts[0].left() >= 0
    assert parts[-1].right() < strip.width()
    for left, right in itertools.pairwise(parts):
        assert left.right() < right.left()
