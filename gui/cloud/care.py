"""Look after the account while the window is open: at start, and when something happens there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from gui.bridge import Bridge
from gui.cloud import words
from gui.cloud.account import CloudAccount
from gui.notice_bar import Mood, Notice
from orchestrator.desk.snapshot import DeskSnapshot
from remote_worker.contract.records import JobId

if TYPE_CHECKING:
    from orchestrator.fleet.ec2.sweep import SweepReport

_KEY = "aws"
_LATER_MS = 2_000
"""The window's first seconds are for the queue."""


class CloudCare(QObject):
    """Looks at the account and sweeps it once, and tells when AWS takes instances back."""

    def __init__(
        self,
        bridge: Bridge,
        account: CloudAccount,
        tell: Callable[[Notice], None],
        parent: QObject | None = None,
    ) -> None:
        """Begin a moment later, and only where an account was chosen."""
        super().__init__(parent)
        self._bridge, self._account, self._tell = bridge, account, tell
        self._told: tuple[JobId | None, int] = (None, 0)
        self._swept = False
        account.changed.connect(self._sweep_once)
        QTimer.singleShot(_LATER_MS, self, self._begin)

    def draw(self, snapshot: DeskSnapshot) -> None:
        """Tell of interruptions that happened since the last snapshot."""
        running = snapshot.running
        if running is None or running.rented is None:
            self._told = (None, 0)
            return
        count = running.seen.interruptions
        job_id, told = self._told
        if job_id != running.job_id:
            told = count  # what happened before it was looked at is past
        self._told = (running.job_id, count)
        if count > told:
            new = count - told
            self._tell(Notice(_KEY, "info", lambda: words.interrupted(new)))

    def _begin(self) -> None:
        if self._bridge.cloud.is_chosen:
            self._account.look()

    def _sweep_once(self) -> None:
        """Sweep as soon as the account answers for the first time."""
        if self._swept or self._account.connection.state != "ready":
            return
        self._swept = True
        self._account.run(lambda: self._bridge.cloud.sweep(_unheard), self._on_swept)

    def _on_swept(self, report: SweepReport) -> None:
        if report.removed or report.failed:
            removed, failed = len(report.removed), len(report.failed)
            mood: Mood = "warning" if failed else "info"
            self._tell(Notice(_KEY, mood, lambda: self._swept_words(removed, failed)))

    def _swept_words(self, removed: int, failed: int) -> tuple[str, str]:
        if failed:
            return (
                self.tr("%n thing(s) left in AWS could not be removed.", "", failed),
                self.tr("Look for leftovers in the settings, under AWS."),
            )
        return (
            self.tr("%n thing(s) that an earlier render left in AWS were removed.", "", removed),
            self.tr("Nothing goes on costing."),
        )


def _unheard(done: int, total: int, what: str) -> None:
    """Hear how far it is; nobody waits for it."""
