"""The settings dialog shows what is set, sets what is chosen at once, and gives ways back."""

from __future__ import annotations

import json
import sys
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)

from gui.bridge import Bridge
from gui.commands import COMMANDS, CommandSet
from gui.settings.dialog import PAGE_NAMES, SettingsDialog
from gui.settings.opening import open_folder
from orchestrator.desk.snapshot import DeskSnapshot, Doing
from orchestrator.home import Home
from orchestrator.secrets import SecretsState
from orchestrator.settings import Settings, WatchFolder
from tests.gui.fake_bridge import FakeBridge


class Store:
    """A password store in the state that a test wants."""

    def __init__(self, kind: str = "ready", back_end: str = "Test Keychain") -> None:
        self.kind, self.back_end, self.asked = kind, back_end, 0

    def state(self) -> SecretsState:
        self.asked += 1
        return SecretsState(self.kind, self.back_end, "", "")  # type: ignore[arg-type]  # a test's


@pytest.fixture
def bridge(qtbot, tmp_path: Path) -> FakeBridge:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    return FakeBridge(home)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def dialog(qtbot, bridge: FakeBridge, store: Store) -> SettingsDialog:
    made = SettingsDialog(bridge, COMMANDS, secrets=store)  # type: ignore[arg-type]  # a test's
    qtbot.addWidget(made)
    made.show()
    return made


def page(dialog: SettingsDialog, name: Any) -> Any:
    dialog.open_page(name)
    return dialog.pages[name]


def choose(combo: QComboBox, value: Any) -> None:
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


# -- all pages -----------------------------------------------------------------------------------


def test_every_control_has_a_name_for_those_who_do_not_see(dialog: SettingsDialog) -> None:
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractSpinBox,
             QAbstractItemView, QProgressBar)  # fmt: skip
    for name in PAGE_NAMES:
        page(dialog, name)
    nameless = [
        f"{type(widget).__name__} of {type(widget.parent()).__name__}"
        for kind in kinds
        for widget in dialog.findChildren(kind)
        if not (widget.accessibleName() or getattr(widget, "text", str)()) and not _is_inner(widget)
    ]
    assert nameless == []


def _is_inner(widget: QWidget) -> bool:
    """Whether a widget is a part that Qt makes of another one, which has the name."""
    if widget.objectName().startswith("qt_") or type(widget.parent()).__name__ == "_KeyField":
        return True
    whole = (QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView)
    parents = [widget.parentWidget(), widget.parentWidget().parentWidget()]
    return any(isinstance(parent, whole) for parent in parents)


@pytest.mark.parametrize(
    "name",
    ["general", "engine", "done", "watch", "shortcuts", "passwords", "storage", "diagnostics"],
)
def test_the_whole_page_is_walked_by_the_tab_key(qtbot, dialog: SettingsDialog, name: Any) -> None:
    shown = page(dialog, name)
    dialog.activateWindow()
    dialog.list.setFocus()
    visited: list[QWidget] = []
    for _ in range(60):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        visited.append(dialog.focusWidget())
        if visited[-1] is dialog.list:
            break
    assert visited[-1] is dialog.list, "the keyboard is caught"
    reachable = {
        widget
        for widget in shown.findChildren(QWidget)
        if widget.isVisibleTo(shown)
        and widget.isEnabledTo(shown)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not _is_inner(widget)
    }
    assert reachable - set(visited) == set()


def test_control_tab_goes_through_the_pages_and_around(qtbot, dialog: SettingsDialog) -> None:
    dialog.activateWindow()
    for _ in PAGE_NAMES:
        qtbot.keyClick(dialog, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert dialog.page() == "general"
    backwards = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(dialog, Qt.Key.Key_Backtab, backwards)
    assert dialog.page() == "diagnostics"


def test_the_language_is_switched_while_it_is_open(dialog: SettingsDialog) -> None:
    for name in PAGE_NAMES:
        page(dialog, name)
    before = [dialog.list.item(n).text() for n in range(dialog.list.count())]
    QCoreApplication.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    for each in dialog.pages.values():
        QCoreApplication.sendEvent(each, QEvent(QEvent.Type.LanguageChange))
    assert [dialog.list.item(n).text() for n in range(dialog.list.count())] == before
    assert dialog.pages["general"].appearance.currentData() == "system"


def test_the_commands_of_the_window_are_taken_as_they_are(qtbot, bridge: FakeBridge) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    made = SettingsDialog(bridge, CommandSet(window), window)
    assert page(made, "shortcuts").chosen() is COMMANDS[0]


def test_an_answer_that_comes_after_the_page_is_gone_is_dropped(
    qtbot, bridge: FakeBridge, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: list[Callable[[], None]] = []
    monkeypatch.setattr(
        bridge, "run", lambda call, then=None, otherwise=None: late.append(lambda: then(call()))
    )
    made = SettingsDialog(bridge, COMMANDS, secrets=store)  # type: ignore[arg-type]  # a test's
    made.show()
    page(made, "passwords")
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert late
    for answer in late:
        answer()


def test_on_the_real_bridge_nothing_is_waited_for_and_all_answers_arrive(
    qtbot, tmp_path: Path, qt_thread_only: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestrator.diagnostics.examine", lambda home, share: ())
    home = Home(tmp_path)
    fill(home)
    bridge = Bridge(home)
    made = SettingsDialog(bridge, COMMANDS, secrets=Store())  # type: ignore[arg-type]  # a test's
    qtbot.addWidget(made)
    made.show()
    for name in PAGE_NAMES:
        made.open_page(name)
    passwords, storage, diagnostics = (
        page(made, name) for name in ("passwords", "storage", "diagnostics")
    )
    qtbot.waitUntil(lambda: "Keychain" in passwords.sentence.text(), timeout=30_000)
    qtbot.waitUntil(storage.clean.isEnabled, timeout=30_000)
    storage.clean_up()
    qtbot.waitUntil(lambda: "nothing" in storage.can_free.text(), timeout=30_000)
    diagnostics.save_to(tmp_path / "bundle.zip")
    qtbot.waitUntil(diagnostics.show_saved.isVisible, timeout=30_000)
    bridge.close()


# -- general -------------------------------------------------------------------------------------


def test_what_is_chosen_holds_at_once_and_the_arrow_takes_it_back(
    dialog: SettingsDialog, bridge: FakeBridge
) -> None:
    general = page(dialog, "general")
    choose(general.appearance, "light")
    choose(general.language, "zh_CN")
    general.simple.click()
    general.workers.setValue(5)
    assert bridge.settings == Settings(
        appearance="light", language="zh_CN", simple=False, workers=5
    )
    arrows = [row.arrow for row in general._rows]
    assert [arrow.isVisible() for arrow in arrows] == [True, True, True, True, False]
    for arrow in arrows[:4]:
        arrow.click()
    assert bridge.settings == Settings()
    assert not any(arrow.isVisible() for arrow in arrows)
    assert general.workers.text().startswith("Automatic")


def test_what_another_place_sets_is_shown(dialog: SettingsDialog, bridge: FakeBridge) -> None:
    general = page(dialog, "general")
    bridge.change_settings(lambda s: replace(s, appearance="dark", workers=2))
    assert (general.appearance.currentData(), general.workers.value()) == ("dark", 2)


def test_a_folder_that_cannot_be_written_in_is_told(
    dialog: SettingsDialog, bridge: FakeBridge, tmp_path: Path
) -> None:
    general = page(dialog, "general")
    general.set_folder(str(tmp_path / "gone"))
    assert bridge.settings.output_folder == str(tmp_path / "gone")
    assert "Nothing can be written" in general.trouble.text()
    general.set_folder(str(tmp_path))
    assert not general.trouble.isVisible()


def test_a_wheel_over_a_control_leaves_it_alone(qtbot, dialog: SettingsDialog) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    general = page(dialog, "general")
    for control in (general.appearance, general.workers):
        control.setFocus()
        before = control.property("value"), control.property("currentIndex")
        event = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003  # Qt takes it by its place
        )  # fmt: skip
        QCoreApplication.sendEvent(control, event)
        assert (control.property("value"), control.property("currentIndex")) == before


# -- when done -----------------------------------------------------------------------------------


def test_the_command_is_asked_for_only_when_one_is_to_run(
    dialog: SettingsDialog, bridge: FakeBridge
) -> None:
    done = page(dialog, "done")
    assert not done.command.isVisible()
    choose(done.then, "command")
    assert bridge.settings.when_done == "command"
    assert done.command.isVisible()
    assert not done.command.test.isEnabled()


def test_without_notification_there_is_no_sound(dialog: SettingsDialog, bridge: FakeBridge) -> None:
    done = page(dialog, "done")
    assert not done.sound.isChecked()
    done.notify.click()
    assert bridge.settings.notify is False
    assert not done.sound.isEnabled()


def test_a_command_is_kept_word_by_word(dialog: SettingsDialog, bridge: FakeBridge) -> None:
    done = page(dialog, "done")
    choose(done.then, "command")
    done.command.program.setText("/usr/bin/tool")
    done.command.arguments.setPlainText("--to\nada lovelace; rm -rf /\n\n$HOME")
    done.command.keep()
    words = ("/usr/bin/tool", "--to", "ada lovelace; rm -rf /", "", "$HOME")
    assert bridge.settings.when_done_command == words
    bridge.change_settings(lambda s: replace(s, when_done_command=("other", "1")))
    assert done.command.arguments.toPlainText() == "1"


def test_what_is_half_typed_is_kept_when_the_page_or_the_dialog_goes(
    qtbot, dialog: SettingsDialog, bridge: FakeBridge
) -> None:
    done = page(dialog, "done")
    choose(done.then, "command")
    qtbot.keyClicks(done.command.program, "one")
    dialog.open_page("general")
    assert bridge.settings.when_done_command == ("one",)
    dialog.open_page("done")
    qtbot.keyClicks(done.command.arguments, "two")
    dialog.reject()
    assert bridge.settings.when_done_command == ("one", "two")


@pytest.mark.parametrize(
    ("code", "told", "said"),
    [
        ("print('well done')", "ended well", "well done"),
        ("import sys; print('no'); sys.exit(3)", "status 3", "no"),
    ],
)
def test_a_command_is_tried_and_what_it_said_is_shown(
    dialog: SettingsDialog, code: str, told: str, said: str
) -> None:
    done = page(dialog, "done")
    choose(done.then, "command")
    done.command.program.setText(sys.executable)
    done.command.arguments.setPlainText(f"-c\n{code}")
    done.command.test.click()
    assert told in done.command.result.text()
    assert done.command.said.toPlainText() == said
    assert done.command.test.isEnabled()


def test_a_command_that_is_not_there_is_told(dialog: SettingsDialog) -> None:
    done = page(dialog, "done")
    choose(done.then, "command")
    done.command.program.setText("/no/such/tool")
    done.command.try_out()
    assert "could not be started" in done.command.result.text()
    assert not done.command.said.isVisible()


def test_sleep_is_offered_only_where_the_computer_can(
    dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestrator.when_done.can_sleep", lambda: False)
    assert page(dialog, "done").then.findData("sleep") == -1
    monkeypatch.setattr("orchestrator.when_done.can_sleep", lambda: True)
    page(dialog, "general")
    assert page(dialog, "done").then.findData("sleep") > 0


# -- watch folders -------------------------------------------------------------------------------


def test_folders_are_added_given_a_preset_and_removed(
    dialog: SettingsDialog, bridge: FakeBridge, tmp_path: Path
) -> None:
    watch = page(dialog, "watch")
    assert watch._empty.isVisible()
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    Path(one).mkdir()
    watch.add_folder(one)
    watch.add_folder(two)
    watch.add_folder(two + "/")
    assert "already" in watch.trouble.text()
    choose(watch.cards[0].preset, "Small file")
    assert bridge.settings.watch_folders == (
        WatchFolder(path=one, preset="Small file"),
        WatchFolder(path=two),
    )
    assert [not card.away.isHidden() for card in watch.cards] == [False, True]
    watch.remove(watch.cards[0].folder)
    assert [card.folder.path for card in watch.cards] == [two]
    watch.remove(watch.cards[0].folder)
    assert watch._empty.isVisible()


def test_a_preset_that_is_gone_is_still_shown(dialog: SettingsDialog, bridge: FakeBridge) -> None:
    folder = WatchFolder(path="/x", preset="My old one")
    bridge.change_settings(lambda s: replace(s, watch_folders=(folder,)))
    watch = page(dialog, "watch")
    assert watch.cards[0].preset.currentData() == "My old one"
    assert "gone" in watch.cards[0].preset.currentText()


# -- shortcuts -----------------------------------------------------------------------------------


def test_a_key_is_changed_by_pressing_it(qtbot, dialog: SettingsDialog, bridge: FakeBridge) -> None:
    keys = page(dialog, "shortcuts")
    keys.choose("pause")
    keys.key.setFocus()
    qtbot.keyClick(keys.key, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bridge.settings.shortcuts == (("pause", "Ctrl+J"),), timeout=5000)
    assert keys.chosen().command_id == "pause"
    keys.back.click()
    assert bridge.settings.shortcuts == ()


def test_a_key_that_is_taken_is_told_and_given_only_when_it_is_meant(
    dialog: SettingsDialog, bridge: FakeBridge
) -> None:
    keys = page(dialog, "shortcuts")
    keys.choose("pause")
    keys.press("Ctrl+D")
    assert bridge.settings.shortcuts == ()
    assert "“Duplicate”" in keys.note.text()
    keys.take.click()
    assert bridge.settings.shortcuts == (("duplicate", ""), ("pause", "Ctrl+D"))
    assert not keys.note.isVisible()
    keys.choose("duplicate")
    keys.back.click()
    assert "“Pause”" in keys.note.text()
    keys.clear.click()
    keys.choose("pause")
    keys.clear.click()
    assert bridge.settings.shortcuts == (("duplicate", ""), ("pause", ""))
    keys.reset_all()
    assert bridge.settings.shortcuts == ()


def test_another_command_that_is_chosen_forgets_what_was_asked(dialog: SettingsDialog) -> None:
    keys = page(dialog, "shortcuts")
    keys.choose("pause")
    keys.press("Ctrl+D")
    keys.choose("play")
    assert not keys.take.isVisible()
    assert not keys.note.isVisible()


def test_a_search_that_finds_nothing_says_so(dialog: SettingsDialog) -> None:
    keys = page(dialog, "shortcuts")
    keys.search.setText("no such thing")
    assert keys._none.isVisible()
    assert not keys.key.isEnabled()
    keys.search.setText("duplicate")
    assert keys.chosen().command_id == "duplicate"
    assert keys.key.isEnabled()


def test_escape_closes_the_dialog_also_from_the_key_field(qtbot, dialog: SettingsDialog) -> None:
    keys = page(dialog, "shortcuts")
    keys.key.setFocus()
    qtbot.keyClick(keys.key, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# -- passwords -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "back_end", "told"),
    [
        ("ready", "Test Keychain", "kept in the Test Keychain"),
        ("none", "", "no password store"),
        ("locked", "", "locked or does not answer"),
        ("refused", "keyring.backends.null.Keyring", "does not protect"),
        ("refused", "", "does not work"),
    ],
)
def test_the_state_of_the_store_is_said(
    dialog: SettingsDialog, store: Store, kind: str, back_end: str, told: str
) -> None:
    store.kind, store.back_end = kind, back_end
    passwords = page(dialog, "passwords")
    assert told in passwords.sentence.text()
    if kind != "ready":
        assert "until the app ends" in passwords.advice.text()


def test_the_store_is_tried_when_the_page_is_seen_and_again_when_it_is_wished(
    dialog: SettingsDialog, store: Store
) -> None:
    assert store.asked == 0
    passwords = page(dialog, "passwords")
    page(dialog, "general")
    page(dialog, "passwords")
    assert store.asked == 1
    passwords.test.click()
    assert store.asked == 2


# -- storage -------------------------------------------------------------------------------------


def fill(home: Home) -> None:
    (home.scans / "scan.json").write_bytes(b"x" * 3_000_000)


def test_sizes_are_shown_and_freed(dialog: SettingsDialog, bridge: FakeBridge) -> None:
    fill(bridge.home)
    storage = page(dialog, "storage")
    assert "3.0 MB" in storage.can_free.text()
    assert storage.clean.isEnabled()
    storage.clean_up()
    assert "3.0 MB" in storage.note.text()
    assert "nothing" in storage.can_free.text()
    assert not storage.clean.isEnabled()
    assert list(bridge.home.scans.iterdir()) == []


def test_it_is_asked_before_anything_is_deleted(
    qtbot, dialog: SettingsDialog, bridge: FakeBridge
) -> None:
    from gui.dialogs.question import Question

    fill(bridge.home)
    storage = page(dialog, "storage")
    storage.clean.click()
    question = next(q for q in dialog.findChildren(Question) if q.isVisible())
    question.choose(1)
    assert len(list(bridge.home.scans.iterdir())) == 1
    storage.clean.click()
    question = next(q for q in dialog.findChildren(Question) if q.isVisible())
    question.choose(0)
    assert list(bridge.home.scans.iterdir()) == []


def test_nothing_is_cleaned_up_while_a_video_is_looked_at(
    dialog: SettingsDialog, bridge: FakeBridge
) -> None:
    fill(bridge.home)
    storage = page(dialog, "storage")
    bridge.show(DeskSnapshot(looking=Doing("e1", "finding faces")))  # type: ignore[arg-type]  # id
    assert not storage.clean.isEnabled()
    bridge.show(DeskSnapshot())
    assert storage.clean.isEnabled()


def test_a_clean_up_shows_how_far_it_is_and_can_be_stopped(
    qtbot, dialog: SettingsDialog, bridge: FakeBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestrator.media.guard import Cancelled

    fill(bridge.home)
    storage = page(dialog, "storage")
    waiting: list[threading.Event] = []

    def clean_up(home: Home, share: Callable[[int, int], None], stop: threading.Event) -> int:
        share(3, 10)
        assert (storage.bar.value(), storage.bar.maximum()) == (3, 10)
        assert storage.stop.isVisible()
        storage.stop.click()
        assert stop.is_set()
        waiting.append(stop)
        raise Cancelled("Stopped.", "")

    monkeypatch.setattr("orchestrator.storage.clean_up", clean_up)
    storage.clean_up()
    assert waiting
    assert "stopped" in storage.note.text()
    assert not storage.stop.isVisible()
    assert storage.clean.isEnabled()


def test_a_folder_that_nothing_opens_is_told(
    qtbot, bridge: FakeBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QDesktopServices

    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    with qtbot.waitSignal(bridge.troubled, timeout=1000) as told:
        open_folder(bridge, bridge.home.root)
    assert told.args == ["The folder could not be opened.", str(bridge.home.root)]


# -- diagnostics ---------------------------------------------------------------------------------


def test_a_bundle_is_saved_and_told(
    dialog: SettingsDialog, bridge: FakeBridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestrator.diagnostics.examine", lambda home, share: ())
    diagnostics = page(dialog, "diagnostics")
    assert not diagnostics.show_saved.isVisible()
    diagnostics.save_to(tmp_path / "bundle.zip")
    assert "bundle.zip" in diagnostics.note.text()
    assert diagnostics.show_saved.isVisible()
    with zipfile.ZipFile(tmp_path / "bundle.zip") as bundle:
        assert json.loads(bundle.read("settings.json"))["appearance"] == "system"


def test_a_bundle_that_cannot_be_written_is_told(
    dialog: SettingsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestrator.diagnostics.examine", lambda home, share: ())
    diagnostics = page(dialog, "diagnostics")
    diagnostics.save_to(tmp_path / "nowhere" / "bundle.zip")
    assert "could not be written" in diagnostics.note.text()
    assert not diagnostics.show_saved.isVisible()
    assert diagnostics.save.isEnabled()


def test_reports_and_licences_are_listed(dialog: SettingsDialog, bridge: FakeBridge) -> None:
    from orchestrator.models import manifest

    (bridge.home.crashes / "one.txt").write_text("x", "utf-8")
    (bridge.home.crashes / "machine-1.txt").touch()
    diagnostics = page(dialog, "diagnostics")
    assert "1" in diagnostics._crash_words.text()
    shown = {cell.text() for cell in diagnostics._cells}
    assert {model.licence for model in manifest()} <= shown
    assert "Second Unit 0.1.0" in diagnostics.versions.text()
