"""Switch the language with everything open, and look for English that stayed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake_bridge import FakeBridge
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QTreeWidget,
    QTreeWidgetItemIterator,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sample_entries import EMOJI_NAME, LONG_NAME, RTL_NAME, draw_thumbnails, sample_snapshot

from gui import places
from gui.crash import Fault
from gui.dialogs.about import AboutDialog
from gui.dialogs.doctor import DoctorDialog
from gui.dialogs.fault import FaultDialog
from gui.dialogs.find_command import FindCommand
from gui.dialogs.guide import GuideDialog
from gui.dialogs.question import Choice, Question
from gui.dialogs.shortcuts import ShortcutSheet
from gui.language import Speech
from gui.main_window import MainWindow
from gui.queue.rename import RenameDialog
from gui.settings.after import SleepCountdown
from gui.settings.dialog import PAGE_NAMES, SettingsDialog
from orchestrator.desk.entries import EntryId
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home
from orchestrator.models import manifest
from remote_worker.engines.facefusion.manifest import manifest as parts

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{3,}")
_AS_IT_IS = re.compile(
    r"Second Unit.*|English|[\w .'/\\-]+\.(mp4|mov|m4a|md)|/.*|H\.26[45]|AV1|MP4|QuickTime MOV"
    r"|Matroska MKV|AWS|Ctrl.*|Alt.*|Shift.*|Home|End|Space|F\d+|Del|Backspace|GPU|IAM|IPv\d"
    r"|SHA-256.*|MIT|Apache-2\.0|CC0-1\.0|BSD-.*|face-\w+|content-check|medium|slow|fast|.*(fast|slow)er"
    r"|FaceFusion( [\d.]+)?|onnxruntime .*|Kubernetes"
    r"|Grace.*|Michael.*|[\d:. –·,]+|.*Qt \d.*|\w+_\w+"
)
"""Names, formats, keys and licences are the same in every language."""


@pytest.fixture
def speech(qapp: QApplication) -> Iterator[Speech]:
    before = QLocale()
    yield Speech(qapp, "en")
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot, speech: Speech) -> MainWindow:
    made = MainWindow(FakeBridge(Home(tmp_path)), places.make)
    qtbot.addWidget(made)
    made.furnish()
    qtbot.waitUntil(lambda: made.places is not None)
    snapshot = sample_snapshot()
    draw_thumbnails(made._bridge.home, snapshot.entries)
    made._bridge.show(snapshot)  # type: ignore[attr-defined]  # the bridge on paper
    made.commands.action("simple").setChecked(False)
    made.show()
    return made


def _left(shown: QWidget, names: set[str]) -> list[str]:
    """Return texts in which there are English words and nothing Chinese."""
    found = []
    for where, text in _texts(shown):
        for line in re.sub(r"<[^>]+>", " ", text).splitlines():
            said = line.strip()
            is_english = _WORD.search(said) and not _HAN.search(said)
            if is_english and not _AS_IT_IS.fullmatch(said) and not _is_of(said, names):
                found.append(f"{where}: {said}")
    return found


def _is_of(said: str, names: set[str]) -> bool:
    """Return whether it is one of the names, or what is left of one that was cut."""
    head, _, tail = said.partition("…")
    return any(head in name and tail in name for name in names)


def _texts(shown: QWidget) -> Iterator[tuple[str, str]]:
    for each in (shown, *shown.findChildren(QObject)):
        name = f"{type(each.parent()).__name__}/{type(each).__name__}"
        if isinstance(each, QAction):
            yield name, each.text()
            yield name, each.toolTip()
        if not isinstance(each, QWidget) or not _counts(each, shown):
            continue
        yield name, each.toolTip()
        yield name, each.accessibleName()
        yield name, each.accessibleDescription()
        if isinstance(each, (QLabel, QAbstractButton)):
            yield name, each.text()
        if isinstance(each, QLineEdit):
            yield name, each.placeholderText()
        if isinstance(each, QComboBox):
            yield from ((name, each.itemText(n)) for n in range(each.count()))
        if isinstance(each, QListWidget):
            yield from ((name, each.item(n).text()) for n in range(each.count()))
        if isinstance(each, QTreeWidget):
            rows = QTreeWidgetItemIterator(each)
            while rows.value() is not None:
                item = rows.value()
                yield from ((name, item.text(n)) for n in range(each.columnCount()))
                rows += 1
    if shown.isWindow():
        yield type(shown).__name__, shown.windowTitle()


def _counts(widget: QWidget, shown: QWidget) -> bool:
    return widget is shown or widget.isVisibleTo(shown) or isinstance(widget, QMenu)


def _switch(speech: Speech) -> None:
    speech.set_language("zh_CN")
    QApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    QCoreApplication.processEvents()


def _names(window: MainWindow) -> set[str]:
    entries = window._bridge.snapshot.entries
    files = {Path(each.source).name for each in entries} | {LONG_NAME, RTL_NAME, EMOJI_NAME}
    return (
        files | {Path(name).stem for name in files} | {f"{Path(n).stem}-secondunit" for n in files}
    )


@pytest.mark.parametrize(
    "chosen", ["e-cast", "e-uncast", "e-rendering", "e-looking", "e-refused", "e-failed", "e-done"]
)
@pytest.mark.parametrize("simple", [False, True])
def test_no_english_is_left_in_the_window(
    window: MainWindow, speech: Speech, chosen: str, simple: bool
) -> None:
    assert window.places is not None
    window.commands.action("simple").setChecked(simple)
    window.places.queue.select(EntryId(chosen))
    _switch(speech)
    assert not _left(window, _names(window))


def test_no_english_is_left_on_the_first_screen(window: MainWindow, speech: Speech) -> None:
    window._bridge.show(DeskSnapshot(loaded=True))  # type: ignore[attr-defined]  # on paper
    _switch(speech)
    assert not _left(window, set())


Make = Callable[[MainWindow], QDialog]


def _question(window: MainWindow) -> QDialog:
    def say() -> str:
        return QCoreApplication.translate("Closing", "A video is being rendered")

    return Question(window, say, say, [Choice(say)])


def _board(window: MainWindow) -> QDialog:
    assert window.wiring is not None
    window.wiring.show_board()
    made = window.wiring._board
    assert made is not None
    dialog = made.window()
    assert isinstance(dialog, QDialog)
    return dialog


def _faces(window: MainWindow) -> QDialog:
    assert window.wiring is not None
    window.wiring.show_faces()
    made = window.wiring._faces
    assert made is not None
    return made


_DIALOGS: tuple[Make, ...] = (
    _question,
    _board,
    _faces,
    lambda window: AboutDialog(window._bridge, window),
    lambda window: DoctorDialog(window._bridge, window),
    lambda window: FaultDialog(Fault("Fehler", None), window),
    lambda window: FindCommand(window.commands, window),
    lambda window: ShortcutSheet(window.commands, window),
    GuideDialog,
    lambda window: RenameDialog(window._bridge.snapshot.entries[0], window),
    lambda window: SleepCountdown(window._bridge, window),
)


@pytest.mark.parametrize("make", _DIALOGS)
def test_no_english_is_left_in_a_dialog_that_is_open(
    window: MainWindow, speech: Speech, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.dialogs.doctor.look", lambda _: (("good", "engines", "1.0", ""),))
    dialog = make(window)
    dialog.show()
    _switch(speech)
    if not isinstance(dialog, AboutDialog):  # licences are in the words of those who gave them
        assert not _left(dialog, _names(window) | {"1.0", "Fehler"})
    assert _HAN.search(dialog.windowTitle())
    dialog.close()


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_no_english_is_left_in_the_settings(window: MainWindow, speech: Speech, page: str) -> None:
    dialog = SettingsDialog(window._bridge, window.commands, window)
    dialog.open_page(page)  # type: ignore[arg-type]  # one of the names
    dialog.show()
    _switch(speech)
    models = {each.origin for each in manifest()}  # who made them is said as they say it
    assert not _left(dialog, models | _parts_of_facefusion())
    dialog.close()


def _parts_of_facefusion() -> set[str]:
    """Return the names and labels that are FaceFusion's own."""
    own = {"OpenRAIL-AS", "MIT, BSD, Apache-2.0"}
    own |= {each.name for each in parts().values()}
    return own | {each.licence for each in parts().values()}
