"""Know how things stand with the user's account, for every view that shows something of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge, Otherwise
from gui.words.errors import told_of
from orchestrator.cloud import Cloud, Connection, GpuQuota

T = TypeVar("T")


class CloudAccount(QObject):
    """The newest that is known; one for the window.

    Attributes:
        connection: how things stood when they were last looked at.
        is_looking: whether they are being looked at.
        quota: how many GPU instances there may be; None until that was asked.

    Signals:
        changed: one of the two is another now.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        """Know of no account until :meth:`look`."""
        super().__init__(parent)
        self._bridge = bridge
        self.connection = Connection()
        self.is_looking = False
        self.quota: GpuQuota | None = None
        self._looks = 0

    @property
    def cloud(self) -> Cloud:
        """What asks the account; its methods are called through :meth:`run`."""
        return self._bridge.cloud

    def look(self) -> None:
        """Ask anew, on another thread; quick and silent where no account was ever chosen."""
        self._looks += 1
        mine, self.is_looking = self._looks, True
        self.changed.emit()

        def take(found: Connection) -> None:
            if mine == self._looks:
                self.take(found)

        def fail(error: Exception) -> None:
            if mine == self._looks:
                self.is_looking = False
                self.changed.emit()
            self._bridge.troubled.emit(*told_of(error))

        self.run(self.cloud.connection, take, fail)

    def take(self, found: Connection) -> None:
        """Show how things stand, as something that was just done found them."""
        self._looks += 1
        self.connection, self.is_looking = found, False
        self.changed.emit()

    def note_quota(self, quota: GpuQuota) -> None:
        """Know how many GPU instances there may be."""
        self.quota = quota
        self.changed.emit()

    def run(
        self, call: Callable[[], T], then: Callable[[T], None], otherwise: Otherwise | None = None
    ) -> None:
        """Run ``call`` on another thread; nobody answers once the window is gone."""

        def answer(found: T) -> None:
            if shiboken6.isValid(self):
                then(found)

        self._bridge.run(call, answer, otherwise)
