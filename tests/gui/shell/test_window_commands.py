"""Give commands by their keys, and see that keys and titles hold together."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QPushButton, QSlider, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.commands import COMMANDS, GROUPS, Command, CommandSet, conflicts, keys_of, title_of
from gui.theme.icons import FOLDER


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    return window


def shown(window: QWidget, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()


def test_no_two_commands_share_a_name_or_a_key() -> None:
    assert len({c.command_id for c in COMMANDS}) == len(COMMANDS)
    assert len({c.title for c in COMMANDS}) == len(COMMANDS)
    assert not conflicts(keys_of(COMMANDS, {}))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.command_id)
def test_a_command_has_a_group_a_key_that_can_be_pressed_and_an_icon_that_is_there(
    command: Command,
) -> None:
    assert command.group in GROUPS
    if command.default_key:
        key = QKeySequence(command.default_key)
        assert key.toString(QKeySequence.SequenceFormat.PortableText) == command.default_key
    if command.icon:
        assert (FOLDER / f"{command.icon}.svg").exists()


def test_a_command_is_given_by_its_key(window: QWidget, qtbot: QtBot) -> None:
    commands = CommandSet(window)
    given: list[str] = []
    commands.bind("undo", lambda: given.append("bound"))
    commands.asked.connect(given.append)
    shown(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert sorted(given) == ["bound", "undo"]


def test_a_command_that_nobody_bound_cannot_be_given(window: QWidget) -> None:
    assert not CommandSet(window).action("play").isEnabled()


def test_a_key_the_user_chose_takes_the_place_of_the_default(window: QWidget, qtbot: QtBot) -> None:
    commands = CommandSet(window)
    given: list[str] = []
    commands.bind("undo", lambda: given.append("undo"))
    commands.set_keys({"undo": "F7", "redo": ""})
    shown(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert given == ["undo"]
    assert commands.action("redo").shortcut().isEmpty()


def test_of_two_commands_with_one_key_the_first_keeps_it(window: QWidget, qtbot: QtBot) -> None:
    commands = CommandSet(window)
    given: list[str] = []
    for command_id in ("undo", "redo"):
        commands.bind(command_id, lambda c=command_id: given.append(c))
    commands.set_keys({"redo": "Ctrl+Z"})
    assert conflicts(commands.keys) == {"Ctrl+Z": ("undo", "redo")}
    shown(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert given == ["undo"]


def test_a_tip_names_the_key_that_is_in_force(window: QWidget) -> None:
    commands = CommandSet(window)
    commands.set_keys({"undo": "F7"})
    commands.retranslate()
    assert commands.action("undo").toolTip() == "Undo (F7)"


def test_space_presses_the_button_that_has_the_keyboard_and_plays_otherwise(
    window: QWidget, qtbot: QtBot
) -> None:
    commands = CommandSet(window)
    given: list[str] = []
    commands.bind("play", lambda: given.append("play"))
    button = QPushButton("x")
    button.clicked.connect(lambda: given.append("button"))
    window.layout().addWidget(button)
    shown(window, qtbot)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert given == ["button", "play"]


def test_arrows_move_the_slider_that_has_the_keyboard(window: QWidget, qtbot: QtBot) -> None:
    commands = CommandSet(window)
    given: list[str] = []
    commands.bind("next_frame", lambda: given.append("next"))
    slider = QSlider(Qt.Orientation.Horizontal)
    window.layout().addWidget(slider)
    shown(window, qtbot)
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert (slider.value(), given) == (1, [])
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert given == ["next"]


def test_letters_go_into_a_field_that_has_the_keyboard(window: QWidget, qtbot: QtBot) -> None:
    commands = CommandSet(window)
    commands.bind("wipe", lambda: pytest.fail("the field was being written in"))
    field = QLineEdit()
    window.layout().addWidget(field)
    shown(window, qtbot)
    field.setFocus()
    qtbot.keyClicks(field, "wow")
    assert field.text() == "wow"


def test_every_title_is_a_wish_in_words() -> None:
    for command in COMMANDS:
        assert title_of(command)[0].isupper()
