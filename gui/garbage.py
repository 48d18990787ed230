"""Have Python look through its oldest objects only while nobody is at the window."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

_THRESHOLDS = (2_000, 10, 500)
"""A look at the young takes a few milliseconds.  One at all, with a queue of ten thousand videos
more than 50, in which no thread of the program goes on: by itself it comes after ten million new
objects, where Python's own measure finds one due several times while that queue is read."""
_LOOK_EVERY_S = 600.0


class Garbage(QObject):
    """Holds the collector of cycles back from its start to its end."""

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = gc.get_threshold()
        self._looked_s = time.monotonic()
        gc.set_threshold(*_THRESHOLDS)
        app.applicationStateChanged.connect(self._on_state)

    def end(self) -> None:
        """Leave the collector as it was found."""
        gc.set_threshold(*self._before)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            return
        now_s = time.monotonic()
        if now_s - self._looked_s >= _LOOK_EVERY_S:
            self._looked_s = now_s
            gc.collect()
