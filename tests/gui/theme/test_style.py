"""See that the style sheet names every role, and that the look follows what is set."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget

from gui.theme import current
from gui.theme.apply import Theme
from gui.theme.palette import DARK, LIGHT, Palette
from gui.theme.roles import Role, give_role
from gui.theme.style import MARKS, style_sheet

BOTH = pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])


@pytest.fixture
def bare(qapp: QApplication) -> Iterator[QApplication]:
    """Give the app back as it was."""
    font, colours = QFont(qapp.font()), qapp.palette()
    yield qapp
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet("")
    qapp.setPalette(colours)
    qapp.setFont(font)
    current.use(DARK)


@BOTH
def test_every_role_has_a_look(palette: Palette) -> None:
    sheet = style_sheet(palette)
    for role in get_args(Role):
        assert f'[role="{role}"]' in sheet, role


@BOTH
def test_every_picture_that_the_sheet_names_is_there_in_the_palettes_colours(
    palette: Palette,
) -> None:
    pictures = {Path(name) for name in re.findall(r'url\("([^"]+)"\)', style_sheet(palette))}
    assert pictures
    colours = {palette.on_accent, palette.muted, palette.text}
    for picture in pictures:
        assert picture.parent == MARKS / palette.appearance
        assert set(re.findall(r"#[0-9a-f]{6}", picture.read_text("utf-8"))) <= colours


@BOTH
def test_the_sheet_uses_no_colour_that_is_not_the_palettes(palette: Palette) -> None:
    known = {v for v in (getattr(palette, n) for n in palette.__slots__) if isinstance(v, str)}
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", style_sheet(palette))) <= known


@pytest.mark.parametrize("control", ["QPushButton", "QToolButton", "QLineEdit", "QComboBox",
    "QCheckBox", "QRadioButton", "QSlider", "QListView", "QTextEdit", "QAbstractSpinBox",
    "QTabBar::tab"])  # fmt: skip
def test_every_control_shows_that_it_has_the_keyboard(control: str) -> None:
    focused = [
        block
        for block in re.findall(r"[^{}]+\{[^{}]*\}", style_sheet(DARK))
        if f"{control}:focus" in block and DARK.focus in block
    ]
    assert focused


def test_the_look_follows_the_setting_at_once(bare: QApplication, qtbot: object) -> None:
    theme = Theme(bare, "dark")
    heard: list[str] = []
    theme.changed.connect(lambda: heard.append(current.palette().appearance))
    button = QPushButton("Render")
    give_role(button, "primary")
    dark = _ground(button)
    theme.set_appearance("light")
    assert heard == ["light"]
    assert (dark, _ground(button)) == (QColor(DARK.accent), QColor(LIGHT.accent))
    theme.set_appearance("light")
    assert heard == ["light"], "nothing is drawn anew when nothing changed"


def test_the_look_follows_the_system_while_it_is_not_set(bare: QApplication) -> None:
    theme = Theme(bare, "system")
    system = bare.styleHints().colorSchemeChanged  # what Qt says when the system changes
    system.emit(Qt.ColorScheme.Light)
    assert current.palette() is LIGHT
    system.emit(Qt.ColorScheme.Dark)
    assert current.palette() is DARK
    theme.set_appearance("light")
    system.emit(Qt.ColorScheme.Dark)
    assert current.palette() is LIGHT, "what the user set wins"


def test_a_widget_can_change_its_role(bare: QApplication) -> None:
    Theme(bare, "dark")
    button = QPushButton("x")
    give_role(button, "primary")
    primary = _ground(button)
    give_role(button, "segment")
    assert _ground(button) != primary


def _ground(button: QWidget) -> QColor:
    button.resize(120, 40)
    return button.grab().toImage().pixelColor(12, 20)


@BOTH
def test_a_list_of_choices_is_high_enough_for_all_of_them(bare, qtbot, palette):
    bare.setStyleSheet(style_sheet(palette))
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems(["All", "To do", "Done", "Trouble"])
    box.show()
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    lowest = view.visualRect(view.model().index(3, 0))
    assert view.viewport().rect().contains(lowest)
    box.hidePopup()
