"""Tell the desktop, where it can be told, that a render ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from gui.bridge import Bridge
from gui.theme.icons import app_icon
from gui.words.errors import told
from orchestrator.desk.entries import Entry
from orchestrator.desk.snapshot import DeskSnapshot

_SHOWN_MS = 8_000


def ended(before: DeskSnapshot, after: DeskSnapshot) -> tuple[Entry, ...]:
    """Return what was rendering in ``before`` and is done or failed in ``after``."""
    was = {e.entry_id for e in before.entries if e.state in ("rendering", "queued")}
    return tuple(e for e in after.entries if e.entry_id in was and e.state in ("done", "failed"))


class DesktopNotices(QObject):
    """Follows the snapshots; says nothing while the user looks at the window.

    Signals:
        clicked: the user wants to see the window.
    """

    clicked = Signal()

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        """Follow ``bridge``; the tray is used once :meth:`use_tray` was called."""
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._before = bridge.snapshot
        self._tray: QSystemTrayIcon | None = None
        bridge.changed.connect(self._on_changed)

    def use_tray(self, tray: QSystemTrayIcon) -> None:
        """Show messages beside ``tray``."""
        self._tray = tray
        tray.messageClicked.connect(self.clicked)

    def tell(self, title: str, words: str) -> None:
        """Tell the desktop something, as the settings allow; a last resort is a blinking task."""
        settings = self._bridge.settings
        if settings.sound:
            QApplication.beep()
        if not settings.notify:
            return
        if self._tray is not None and self._tray.supportsMessages():
            self._tray.showMessage(title, words, app_icon(), _SHOWN_MS)
        else:
            QApplication.alert(self._window)

    def _on_changed(self, snapshot: DeskSnapshot) -> None:
        before, self._before = self._before, snapshot
        if not before.loaded or snapshot.entries is before.entries:
            return
        over = ended(before, snapshot)
        if over and not self._window.isActiveWindow():
            self.tell(*self._words(over))

    def _words(self, over: tuple[Entry, ...]) -> tuple[str, str]:
        if len(over) > 1:
            return self.tr("Renders ended"), self.tr("%n video(s)", "", len(over))
        entry = over[0]
        name = Path(entry.source).name
        if entry.state == "done":
            return self.tr("A video is done"), name
        trouble = entry.trouble
        sentence = told(trouble.code, trouble.sentence, "")[0] if trouble else ""
        return self.tr("A render failed"), self.tr("{0}: {1}").format(name, sentence)


class Tray(QSystemTrayIcon):
    """The sign beside the clock, where the system has such a place.

    Signals:
        open_asked: the user wants the window.
    """

    open_asked = Signal()

    def __init__(self, window: QWidget, actions: Callable[[], list[QAction]]) -> None:
        """Show the sign; ``actions`` are what its menu offers besides opening the window."""
        super().__init__(app_icon(), window)
        self.setToolTip("Second Unit")
        self._menu = QMenu(window)
        self._menu.aboutToShow.connect(lambda: self._fill(actions()))
        self._fill(actions())
        self.setContextMenu(self._menu)
        self.activated.connect(self._on_activated)
        self.show()

    def _fill(self, actions: list[QAction]) -> None:
        self._menu.clear()
        self._menu.addAction(self.tr("Open Second Unit")).triggered.connect(self.open_asked)
        self._menu.addSeparator()
        self._menu.addActions(actions)

    def _on_activated(self, why: QSystemTrayIcon.ActivationReason) -> None:
        if why in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.open_asked.emit()
