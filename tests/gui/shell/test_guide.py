"""Read the guide in both languages, and hold it to the program it describes."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from gui.commands import COMMANDS
from gui.dialogs.guide import FOLDER, GuideDialog, guide

_PICTURE = re.compile(r"!\[([^\]]+)\]\(([^)]+)\)")
_MOST_BYTES = 200_000
LANGUAGES = ("en", "zh_CN")


def _text(language: str) -> str:
    return (FOLDER / f"guide.{language}.md").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_described_and_small(language: str) -> None:
    pictures = _PICTURE.findall(_text(language))
    assert 4 <= len(pictures) <= 6
    for described, name in pictures:
        assert described
        path = FOLDER / name
        assert path.is_file(), f"run: python -m tests.screenshots --guide ({name})"
        assert path.stat().st_size < _MOST_BYTES
        assert path.parent.name == "pictures"  # it is in the wheel


def test_both_guides_say_the_same_things_in_the_same_order() -> None:
    shapes = []
    for language in LANGUAGES:
        lines = _text(language).splitlines()
        kinds = [re.match(r"(#+|!\[|- |\| |\d+\.)", line) for line in lines]
        shapes.append([kind[1] for kind in kinds if kind])
    assert shapes[0] == shapes[1]


def test_the_keys_of_the_guide_are_those_of_the_program() -> None:
    keys = {command.default_key for command in COMMANDS if command.default_key}
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", _text("en"), re.MULTILINE)
    told = {"Space": "Space", "Ctrl+Enter": "Ctrl+Return"}
    named = [key for row in rows for key in re.split(r", | ", row) if key not in ("←", "→", "Key")]
    assert len(named) > 10
    assert not [key for key in named if told.get(key, key) not in keys]


def test_the_guide_is_shown_in_the_language_in_use_and_follows_it(qtbot: QtBot) -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("en"))
        dialog = GuideDialog()
        qtbot.addWidget(dialog)
        dialog.show()
        assert "in two minutes" in dialog.pages.toPlainText()
        QLocale.setDefault(QLocale("zh_CN"))
        dialog.retranslate()
        assert "两分钟上手" in dialog.pages.toPlainText()
    finally:
        QLocale.setDefault(before)


def test_pictures_are_drawn_as_wide_as_the_column(qtbot: QtBot) -> None:
    dialog = GuideDialog()
    qtbot.addWidget(dialog)
    kind = QTextDocument.ResourceType.ImageResource.value
    picture = dialog.pages.loadResource(kind, "../pictures/before-after.jpg")
    assert picture.deviceIndependentSize().width() == pytest.approx(640)  # type: ignore[attr-defined]  # a picture
    missing = dialog.pages.loadResource(kind, "../pictures/nothing.jpg")
    assert missing.isNull()  # type: ignore[attr-defined]  # a picture


def test_a_language_without_a_guide_gets_the_english_one() -> None:
    assert guide("de_DE").name == "guide.en.md"
    assert guide("zh_CN").name == "guide.zh_CN.md"


def test_the_guide_is_in_the_help_menu() -> None:
    command = next(c for c in COMMANDS if c.command_id == "guide")
    assert command.group == "help"
