"""Make the demo on another thread and put it in the queue, with a bar and a way out."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.words.errors import told_of

if TYPE_CHECKING:
    from orchestrator.desk.demo import Demo


class DemoMaker(QObject):
    """Makes the demo, one time at once.

    Signals:
        share: how much of its video is made, of how much.
        ended: it is in the queue, or it was cancelled, or it could not be made.
        added: it is in the queue, and its face is in the library.
    """

    share = Signal(int, int)
    ended = Signal()
    added = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        """Make it for ``bridge``; nothing is made before :meth:`begin`."""
        super().__init__(parent)
        self._bridge = bridge
        self._cancelled: threading.Event | None = None

    def begin(self) -> None:
        """Begin, unless it is being made already."""
        if self._cancelled is not None:
            return
        self._cancelled = cancelled = threading.Event()
        self.share.emit(0, 0)

        def make() -> Demo:
            from orchestrator.desk.demo import prepare_demo

            return prepare_demo(self._bridge.home, self.share.emit, cancelled)

        self._bridge.run(make, self._on_made, self._on_failed)

    def cancel(self) -> None:
        """Make it no further."""
        if self._cancelled is not None:
            self._cancelled.set()

    def _on_made(self, demo: Demo) -> None:
        from orchestrator.desk.demo import add_demo

        self._end()
        self._bridge.tell(lambda desk: add_demo(desk, demo))
        self.added.emit()

    def _on_failed(self, error: Exception) -> None:
        from orchestrator.media.guard import Cancelled

        self._end()
        if not isinstance(error, Cancelled):
            self._bridge.troubled.emit(*told_of(error))

    def _end(self) -> None:
        self._cancelled = None
        self.ended.emit()
