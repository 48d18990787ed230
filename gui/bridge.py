"""Carry words to the desk and snapshots back to the Qt thread; the one way between the two."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gui.words.errors import told_of
from orchestrator.cloud import Cloud
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.settings import Settings

if TYPE_CHECKING:
    from orchestrator.desk.desk import Desk
    from orchestrator.home import Home

T = TypeVar("T")
Intent = Callable[["Desk"], Any]
"""What the user wants of the desk; runs on any thread and does not block."""
Otherwise = Callable[[Exception], None]
_BETWEEN_MS = 100
"""Snapshots are drawn at most ten times a second; the last one always is."""
_AT_ONCE = 4
"""Some wait for a disk or for a person at a password window; the rest must not wait with them."""


class Bridge(QObject):
    """What every view is given; its methods return at once.

    Attributes:
        snapshot: the newest one that was announced; starts empty and not loaded.
        settings: those in force.
        cloud: what asks the user's account; only from errands, as it can take seconds.

    Signals:
        changed: the newest :class:`DeskSnapshot`.
        settings_changed: the new :class:`Settings`.
        troubled: sentence and advice that no view of its own shows.
    """

    changed = Signal(object)
    settings_changed = Signal(object)
    troubled = Signal(str, str)
    _arrived = Signal(object)
    _answered = Signal(object)

    def __init__(self, home: Home, settings: Settings | None = None) -> None:
        """Prepare; words are kept until :meth:`open` gives the desk."""
        super().__init__()
        self.home = home
        self.snapshot = DeskSnapshot()
        self.settings = settings or Settings()
        self.cloud = Cloud(home)
        self._desk: Desk | None = None
        self._kept: list[Intent] = []
        self._lock = threading.Lock()
        self._closed = False
        self._newest: DeskSnapshot | None = None
        self._pool = ThreadPoolExecutor(_AT_ONCE, "errand")
        self._timer = QTimer(self, singleShot=True, interval=_BETWEEN_MS)
        self._timer.timeout.connect(self._announce)
        queued = Qt.ConnectionType.QueuedConnection
        self._arrived.connect(self._on_arrived, queued)
        self._answered.connect(self._on_answered, queued)

    def tell(self, intent: Intent) -> None:
        """Leave word with the desk, now or as soon as it is there."""
        with self._lock:
            desk = self._desk
            if desk is None:
                self._kept.append(intent)
                return
        intent(desk)

    def run(
        self,
        call: Callable[[], T],
        then: Callable[[T], None] | None = None,
        otherwise: Otherwise | None = None,
    ) -> None:
        """Run ``call`` on another thread, then one of the others on the Qt thread.

        Without ``otherwise`` an error is announced by :attr:`troubled`.  After :meth:`close`
        nothing is run: a view's timer may ask once more while the window goes.
        """
        if not self._closed:
            self._pool.submit(self._run, call, then, otherwise)

    def change_settings(self, change: Callable[[Settings], Settings]) -> None:
        """Set something; heard by :attr:`settings_changed`. Call on the Qt thread."""
        settings = change(self.settings)
        if settings != self.settings:
            self.settings = settings
            self.settings_changed.emit(settings)

    def receive(self, snapshot: DeskSnapshot) -> None:
        """Take a snapshot; called by the desk on its own thread."""
        self._arrived.emit(snapshot)

    def open(self, desk: Desk) -> None:
        """Give the words that were kept to ``desk``, and all further ones at once."""
        with self._lock:
            self._desk, kept = desk, self._kept
            self._kept = []
        for intent in kept:
            intent(desk)

    def close(self) -> None:
        """Run no further call; those that run are not waited for."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(
        self,
        call: Callable[[], T],
        then: Callable[[T], None] | None,
        otherwise: Otherwise | None,
    ) -> None:
        try:
            answer = call()
        except Exception as error:  # it is told on the Qt thread
            failed = error
            self._answered.emit(lambda: self._fail(failed, otherwise))
            return
        if then is not None:
            self._answered.emit(lambda: then(answer))

    def _fail(self, error: Exception, otherwise: Otherwise | None) -> None:
        if otherwise is not None:
            otherwise(error)
            return
        self.troubled.emit(*told_of(error))

    @Slot(object)
    def _on_answered(self, answer: Callable[[], None]) -> None:
        if not self._closed:  # what it was for may be gone
            answer()

    @Slot(object)
    def _on_arrived(self, snapshot: DeskSnapshot) -> None:
        self._newest = snapshot
        if not self._timer.isActive():
            self._announce()

    @Slot()
    def _announce(self) -> None:
        if self._newest is None:
            return
        self.snapshot, self._newest = self._newest, None
        self.changed.emit(self.snapshot)
        self._timer.start()
