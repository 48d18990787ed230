"""See that everything that takes the keyboard has a name that can be read aloud."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_bridge import FakeBridge
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMenuBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sample_entries import draw_thumbnails, sample_snapshot
from stand_ins import make_places

from gui import places
from gui.commands import CommandSet
from gui.crash import Fault
from gui.dialogs.about import AboutDialog
from gui.dialogs.fault import FaultDialog
from gui.dialogs.find_command import FindCommand, found
from gui.dialogs.question import Choice, Question
from gui.dialogs.shortcuts import ShortcutSheet
from gui.main_window import MainWindow
from gui.notice_bar import Notice, Offer
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home

Make = Callable[[FakeBridge, QtBot], QWidget]


@pytest.fixture
def bridge(tmp_path: Path, qapp: QApplication) -> FakeBridge:
    return FakeBridge(Home(tmp_path))


def _window(bridge: FakeBridge, qtbot: QtBot) -> MainWindow:
    window = MainWindow(bridge, make_places)
    qtbot.addWidget(window)
    window.furnish()
    qtbot.waitUntil(lambda: window.places is not None)
    return window


def _welcome(bridge: FakeBridge, qtbot: QtBot) -> QWidget:
    window = _window(bridge, qtbot)
    bridge.show(DeskSnapshot(loaded=True))
    offer = Offer(lambda: "Show it", lambda: None)
    window.tell(Notice("a", "warning", lambda: ("Something.", "Do this."), offer))
    return window


def _working(bridge: FakeBridge, qtbot: QtBot) -> QWidget:
    window = MainWindow(bridge, places.make)
    qtbot.addWidget(window)
    window.furnish()
    qtbot.waitUntil(lambda: window.places is not None)
    snapshot = sample_snapshot()
    draw_thumbnails(bridge.home, snapshot.entries)
    bridge.show(snapshot)
    window.commands.action("simple").setChecked(False)
    return window


def _question(bridge: FakeBridge, qtbot: QtBot) -> QWidget:
    return Question(
        _window(bridge, qtbot),
        lambda: "Really?",
        lambda: "Nothing is lost.",
        [Choice(lambda: "No")],
    )


def _fault(bridge: FakeBridge, qtbot: QtBot) -> QWidget:
    return FaultDialog(Fault("ValueError: x", None), _window(bridge, qtbot))


def _keys(bridge: FakeBridge, qtbot: QtBot) -> QWidget:
    window = _window(bridge, qtbot)
    return ShortcutSheet(window.commands, window)


def _find(bridge: FakeBridge, qtbot: QtBot) -> QWidget:
    window = _window(bridge, qtbot)
    return FindCommand(window.commands, window)


def _about(bridge: FakeBridge, qtbot: QtBot) -> QWidget:
    return AboutDialog(bridge, _window(bridge, qtbot))


@pytest.mark.parametrize(
    "make", [_welcome, _working, _question, _fault, _keys, _find, _about], ids=lambda m: m.__name__
)
def test_everything_that_takes_the_keyboard_has_a_name(
    make: Make, bridge: FakeBridge, qtbot: QtBot
) -> None:
    shown = make(bridge, qtbot)
    nameless = [widget for widget in _takers(shown) if not _name(widget).strip()]
    assert not nameless, [_described(widget) for widget in nameless]


@pytest.mark.parametrize(
    "make", [_welcome, _working, _question, _fault, _keys, _find, _about], ids=lambda m: m.__name__
)
def test_tab_comes_to_everything_and_around_again(
    make: Make, bridge: FakeBridge, qtbot: QtBot
) -> None:
    shown = make(bridge, qtbot)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    reached: list[QWidget] = []
    for _ in range(200):
        qtbot.keyClick(QApplication.focusWidget() or shown, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or (reached and now is reached[0]):
            break
        if now not in reached:
            reached.append(now)
    assert reached


def test_a_command_is_found_by_parts_of_its_words_in_any_order() -> None:
    titles = ["Add videos", "Remove from the queue", "Move to the top", "Top of all"]
    assert found("top", titles) == [3, 2]
    assert found("queue rem", titles) == [1]
    assert found("", titles) == [0, 1, 2, 3]
    assert found("nothing at all", titles) == []


def test_enter_gives_the_command_that_was_found(bridge: FakeBridge, qtbot: QtBot) -> None:
    window = _window(bridge, qtbot)
    given: list[str] = []
    commands = CommandSet(window)
    for command_id in ("undo", "redo"):
        commands.bind(command_id, lambda c=command_id: given.append(c))
    finder = FindCommand(commands, window)
    finder.show()
    field = finder.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, "do")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert given == ["redo"]


def _takers(shown: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in shown.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(shown)
        and not isinstance(widget, QMenuBar)
    ]


def _name(widget: QWidget) -> str:
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, (QAbstractButton, QLabel)):
        return widget.text()
    if isinstance(widget, QLineEdit) and isinstance(widget.parent(), QWidget):
        parent = widget.parent()
        assert isinstance(parent, QWidget)
        return widget.placeholderText() or parent.accessibleName()
    buddies = (label for label in widget.window().findChildren(QLabel) if label.buddy() is widget)
    return next((label.text() for label in buddies), "")


def _described(widget: QWidget) -> str:
    parents = []
    up: object = widget
    while isinstance(up, QWidget):
        parents.append(type(up).__name__)
        up = up.parent()
    return " in ".join(parents[:4])
