"""Open the desk on another thread after the window is shown, and close it before the end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.words.errors import told_of

if TYPE_CHECKING:
    from gui.settings.watching import Watching
    from orchestrator.desk.desk import Desk
    from orchestrator.notify.notifier import Notifier

_CLOSE_S = 45.0
"""Longer than the desk itself waits for what it has in hand."""


class Session(QObject):
    """One run of the desk, from the window's first paint to its end.

    Signals:
        loaded: what the window needs is imported; its places can be made quickly now.
        opened: the desk is there.
        failed: sentence and advice; the queue cannot be used.
        idle: the entries that had their turn, when nothing is left to render.
        closed: everything is written down; the process can end.
    """

    loaded = Signal()
    opened = Signal()
    failed = Signal(str, str)
    idle = Signal(object)
    closed = Signal()

    def __init__(self, bridge: Bridge, load: Callable[[], None]) -> None:
        """Prepare; ``load`` imports what the window needs, on another thread."""
        super().__init__()
        self._bridge, self._load = bridge, load
        self._desk: Desk | None = None
        self._watching: Watching | None = None
        self._notifier: Notifier | None = None
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._has_closed = threading.Event()

    def open(self) -> None:
        """Begin to import and to read; returns at once."""
        threading.Thread(target=self._open, name="opening", daemon=True).start()

    def close(self) -> None:
        """Begin to write everything down and to end; returns at once, :attr:`closed` follows."""
        if not self._closing.is_set():
            self._closing.set()
            threading.Thread(target=self._close, name="closing", daemon=True).start()

    def finish(self) -> bool:
        """Close and wait for it, for when the process ends now; return whether it came to that."""
        self.close()
        return self._has_closed.wait(_CLOSE_S)

    def _open(self) -> None:
        try:
            self._load()
            self.loaded.emit()
            self._open_desk()
        except Exception as error:  # told in the window, which stays
            self.failed.emit(*told_of(error))

    def _open_desk(self) -> None:
        from orchestrator.desk.desk import Desk
        from orchestrator.notify.notifier import Notifier

        bridge = self._bridge
        with self._lock:
            if self._closing.is_set():
                return
            self._notifier = Notifier(bridge.home)
            self._desk = Desk(
                bridge.home,
                bridge.receive,
                on_idle=self.idle.emit,
                on_end=self._notifier.entry_ended,
                workers=lambda: bridge.settings.workers,
                places=bridge.cloud.places,
            )
            self._desk.start()
            self._notifier.start()
            bridge.open(self._desk)
            self._watch_folders()
        self.opened.emit()

    def _watch_folders(self) -> None:
        from gui.settings.watching import Watching

        self._watching = Watching(self._bridge)
        self._watching.start()

    def _close(self) -> None:
        try:
            with self._lock:
                desk, watching, notifier = self._desk, self._watching, self._notifier
            if watching is not None:
                watching.stop()
            if desk is not None:
                desk.close()
            if notifier is not None:
                notifier.close()
        finally:
            self._has_closed.set()
            self.closed.emit()
