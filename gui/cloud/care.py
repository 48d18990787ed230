"""Look after the account while the window is open: at start, and when something happens there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gui.bridge import Bridge
from gui.cloud import words
from gui.cloud.account import CloudAccount
from gui.notice_bar import Mood, Notice, Offer
from orchestrator.desk.snapshot import DeskSnapshot
from remote_worker.contract.records import JobId

if TYPE_CHECKING:
    from orchestrator.cloud import GpuQuota
    from orchestrator.fleet.ec2.sweep import SweepReport

_KEY, _SIGN_IN_KEY = "aws", "aws-sign-in"
_LATER_MS = 2_000
"""The window's first seconds are for the queue."""
_LOOK_MS = 120_000
"""How often it is looked whether the sign-in holds while something is rented."""
_QUOTA_MS = 600_000
"""How often AWS is asked whether it has granted more GPUs."""


class CloudCare(QObject):
    """Looks at the account and sweeps it once, and tells what happens there.

    Signals:
        account_asked: the user wants to see to the account.
    """

    account_asked = Signal()

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
        self._was_out = False
        self._looks, self._quotas = QTimer(self, interval=_LOOK_MS), QTimer(self)
        self._quotas.setInterval(_QUOTA_MS)
        self._looks.timeout.connect(account.look)
        self._quotas.timeout.connect(self.look_at_quota)
        account.changed.connect(self._on_account)
        QTimer.singleShot(_LATER_MS, self, self._begin)

    def draw(self, snapshot: DeskSnapshot) -> None:
        """Tell of interruptions that happened since the last snapshot."""
        running = snapshot.running
        if running is None or running.rented is None:
            self._told = (None, 0)
            self._looks.stop()
            return
        if not self._looks.isActive():
            self._looks.start()
        count = running.seen.interruptions
        job_id, told = self._told
        if job_id != running.job_id:
            told = count  # what happened before it was looked at is past
        self._told = (running.job_id, count)
        if count > told:
            new = tuple(how for _, how in running.seen.gone[told - count :])
            self._tell(Notice(_KEY, "info", lambda: words.gone(new)))

    def _begin(self) -> None:
        if self._bridge.cloud.is_chosen:
            self._account.look()

    def look_at_quota(self) -> None:
        """Ask whether AWS has decided on a request for more GPUs."""
        self._account.run(self._bridge.cloud.quota, self._on_quota, _unanswered)

    def _on_account(self) -> None:
        """Sweep as soon as the account answers for the first time; tell when it lets go."""
        state = self._account.connection.state
        if state == "ready" and not self._swept:
            self._swept = True
            self._account.run(lambda: self._bridge.cloud.sweep(_unheard), self._on_swept)
            self.look_at_quota()
        is_out = state == "signed out"
        running = self._bridge.snapshot.running
        if is_out and not self._was_out and running is not None and running.rented is not None:
            offer = Offer(lambda: self.tr("Sign in again…"), self.account_asked.emit)
            self._tell(Notice(_SIGN_IN_KEY, "warning", self._signed_out_words, offer))
        self._was_out = is_out

    def _signed_out_words(self) -> tuple[str, str]:
        return (
            self.tr("The sign-in to AWS ended while a video is rendered there."),
            self.tr("The instances go on. Sign in again to see them and to get the video."),
        )

    def _on_quota(self, quota: GpuQuota) -> None:
        self._account.note_quota(quota)
        if quota.is_open:
            self._quotas.start()  # until AWS has decided
        elif self._quotas.isActive():
            self._quotas.stop()
            self._tell(Notice(_KEY, "good", lambda: self._granted_words(quota)))

    def _granted_words(self, quota: GpuQuota) -> tuple[str, str]:
        if not quota.instances:
            return (
                self.tr("AWS decided on your request for GPUs, and grants none yet."),
                self.tr("Look at the answer in the account’s settings, and ask for fewer."),
            )
        told = self.tr("AWS decided on your request: %n GPU instance(s) at a time in {0}.", "",
                       quota.instances)  # fmt: skip
        return told.format(quota.region), self.tr("Videos can be rendered there now.")

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


def _unanswered(error: Exception) -> None:
    """Hear that nobody may ask, or that nobody answered: the wizard says so where it matters."""
