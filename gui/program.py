"""Hold what lives as long as the process: settings, look, language, desk and window."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Qt
from PySide6.QtGui import QAction, QDesktopServices, QSessionManager
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from gui import crash, places
from gui.bridge import Bridge
from gui.closing import Closing
from gui.crash import BadEnd, Fault, Faults
from gui.dialogs.fault import FaultDialog
from gui.garbage import Garbage
from gui.language import Speech
from gui.main_window import MainWindow
from gui.notice_bar import Notice, Offer
from gui.notices import DesktopNotices, Tray
from gui.session import Session
from gui.single import OneWindow
from gui.theme.apply import Theme
from gui.welcome.demo import DemoMaker
from gui.words.errors import told_of
from orchestrator.desk.entries import Entry
from orchestrator.errors import SecondUnitError, SettingsRefused
from orchestrator.home import Home
from orchestrator.settings import Settings
from orchestrator.settings_file import Keeper, load

if TYPE_CHECKING:
    from gui.settings.after import AfterQueue
    from orchestrator.logbook import Logbook

_log = logging.getLogger(__name__)


class Program(QObject):
    """Everything that is made once; the window is shown before the desk is opened."""

    def __init__(self, app: QApplication, home: Home, one: OneWindow) -> None:
        """Make what the first paint needs, and nothing more."""
        super().__init__()
        self._app, self._home, self._one = app, home, one
        one.listen()
        app.setQuitOnLastWindowClosed(False)
        self._faults = Faults(home)
        self._garbage = Garbage(app, self)
        self._faults.watch()
        self._bad_end = crash.begin(home)
        self._told: list[tuple[str, str]] = []
        settings, self._keeper = self._settings()
        self.theme = Theme(app, settings.appearance)
        self.speech = Speech(app, settings.language)
        self.bridge = Bridge(home, settings)
        self.window = MainWindow(self.bridge)
        self.session = Session(self.bridge, places.load)
        self._dialog: FaultDialog | None = None
        self._tray: Tray | None = None
        self._after: AfterQueue | None = None
        self._logbook: Logbook | None = None
        self._signals: _Signals | None = None
        self._connect()

    def begin(self, files: Sequence[Path]) -> None:
        """Show the window; the rest follows its first paint."""
        self._signals = _Signals(self._leave)
        self.window.painted.connect(lambda: self._after_first_paint(files))
        self.window.show()

    def end(self) -> None:
        """Let go of everything, after the event loop ended."""
        self._demo.cancel()
        finished = self.session.finish()
        self.bridge.close()
        if self._keeper is not None:
            self._write_settings(self._keeper)
        if finished:
            crash.end(self._home)
        self._faults.rest()
        self._garbage.end()
        if self._logbook is not None:
            self._logbook.close()
        self._one.release()

    def _write_settings(self, keeper: Keeper) -> None:
        try:
            keeper.write()
        except SecondUnitError as error:  # the window is gone: the log is who can be told
            _log.error("%s", error.sentence)

    # -- starting ----------------------------------------------------------------------------

    def _settings(self) -> tuple[Settings, Keeper | None]:
        try:
            settings = load(self._home, lambda s, a: self._told.append((s, a)))
        except SettingsRefused as error:  # a newer version's: left alone, and nothing is saved
            self._told.append(told_of(error))
            return Settings(), None
        return settings, Keeper(self._home)

    def _connect(self) -> None:
        bridge, window = self.bridge, self.window
        bridge.settings_changed.connect(self._on_settings)
        bridge.troubled.connect(self._on_troubled)
        self._faults.happened.connect(self._on_fault, Qt.ConnectionType.QueuedConnection)
        self.session.loaded.connect(window.furnish)
        self.session.opened.connect(lambda: bridge.run(places.load_windows))
        self.session.failed.connect(self._on_troubled)
        self._one.asked.connect(self._on_asked)
        self._demo = DemoMaker(bridge, self)
        window.demo_asked.connect(self._begin_demo)
        window.welcome.cancel_asked.connect(self._demo.cancel)
        self._demo.share.connect(window.welcome.show_making)
        self._demo.ended.connect(window.welcome.show_made)
        self._demo.ended.connect(lambda: window.notices.take_back("demo"))
        self._demo.added.connect(self._on_demo_added)
        self.closing = Closing(bridge, window, self.session, lambda: self._tray is not None)
        self.session.closed.connect(self._app.quit)
        self._app.commitDataRequest.connect(self._on_log_out)
        self._notices = DesktopNotices(bridge, window)
        self._notices.clicked.connect(window.raise_up)
        self.session.idle.connect(self._on_idle)
        self._bind_windows()

    def _after_first_paint(self, files: Sequence[Path]) -> None:
        self._open_logbook()
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._tray = Tray(self.window, self._tray_actions)
            self._tray.open_asked.connect(self.window.raise_up)
            self._notices.use_tray(self._tray)
        for sentence, advice in self._told:
            self._on_troubled(sentence, advice)
        if self._bad_end is not None:
            self._tell_bad_end(self._bad_end)
        if files:
            self.window.take_files(files)
        self.session.open()

    def _open_logbook(self) -> None:
        from orchestrator.logbook import Logbook

        try:
            self._logbook = Logbook(self._home)
        except OSError as error:  # the window works without one
            _log.warning("There is no log: %s", error)

    def _tray_actions(self) -> list[QAction]:
        actions = [self.window.commands.action(i) for i in ("pause", "go_on", "quit")]
        return [action for action in actions if action.isEnabled()]

    def _bind_windows(self) -> None:
        from gui.windows import Windows

        self._windows = Windows(self.bridge, self.window)

    # -- what happens ------------------------------------------------------------------------

    def _on_settings(self, settings: Settings) -> None:
        self.theme.set_appearance(settings.appearance)
        self.speech.set_language(settings.language)
        keeper = self._keeper
        if keeper is not None:
            keeper.note(settings)
            self.bridge.run(keeper.write)

    def _on_troubled(self, sentence: str, advice: str) -> None:
        self.window.tell(Notice(sentence, "warning", lambda: (sentence, advice)))

    def _on_idle(self, had_turn: Sequence[Entry]) -> None:
        from gui.settings.after import AfterQueue

        if self._after is None:
            self._after = AfterQueue(self.bridge, self.window, self._notices.tell)
        self._after.on_idle(had_turn)

    def _on_fault(self, fault: Fault) -> None:
        if self._dialog is not None:
            self._dialog.add(fault)
            return
        self._dialog = FaultDialog(fault, self.window)
        self._dialog.quit_asked.connect(self._leave)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.destroyed.connect(self._forget_dialog)
        self._dialog.show()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _on_asked(self, files: Sequence[Path]) -> None:
        self.window.raise_up()
        if files:
            self.window.take_files(files)

    def _on_log_out(self, manager: QSessionManager) -> None:
        """Write everything down while the system waits; it asks nobody."""
        del manager
        self.session.finish()

    def _leave(self) -> None:
        self.closing.leave()

    def _tell_bad_end(self, bad_end: BadEnd) -> None:
        report = bad_end.report
        offer = None
        if report is not None:
            offer = Offer(
                lambda: self.tr("Show the report"),
                lambda: QDesktopServices.openUrl(report.as_uri()),
            )
        self.window.tell(Notice("bad_end", "info", self._bad_end_words, offer))

    def _bad_end_words(self) -> tuple[str, str]:
        return (
            self.tr("Second Unit ended unexpectedly the last time."),
            self.tr("Your queue is as you left it, and what was being rendered goes on by itself."),
        )

    def _begin_demo(self) -> None:
        self._demo.begin()
        if not self.window.welcome.isVisible():
            cancel = Offer(lambda: self.tr("Cancel"), self._demo.cancel)
            self.window.tell(Notice("demo", "info", self._demo_words, cancel))

    def _demo_words(self) -> tuple[str, str]:
        return self.tr("The demo’s video is being made."), self.tr("It takes half a minute.")

    def _on_demo_added(self) -> None:
        if self.window.places is not None:
            self.window.places.library.reload()


class _Signals(QObject):
    """Turns Ctrl-C in a terminal, and a polite end by the system, into leaving in order."""

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_: leave())
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _unheard)


def _unheard(*heard: object) -> None:
    """Hear a signal; the notifier does what it asks for, on the event loop."""
    _log.info("Leaving for signal %s", heard[0])
