"""Make what every render needs in the account, once, and say what that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.cloud.account import CloudAccount
from gui.cloud.step import WizardStep
from gui.theme.icons import pixmap
from gui.theme.roles import give_role

if TYPE_CHECKING:
    from orchestrator.cloud import Connection

_SIGNS = ("disk", "lock", "person", "check")


class SetupStep(WizardStep):
    """The last step."""

    _stepped = Signal(str)

    def __init__(self, account: CloudAccount, parent: QWidget | None = None) -> None:
        super().__init__(account, parent)
        self._what, self._now = [QLabel() for _ in _SIGNS], QLabel()
        self.column.addLayout(self._made_list())
        self._now.setWordWrap(True)
        give_role(self._now, "muted")
        self.column.addWidget(self._now)
        self._now.hide()
        self.finish_column()
        self.column.addStretch(1)
        self._stepped.connect(self._on_step, Qt.ConnectionType.QueuedConnection)
        self.retranslate()

    def begin(self) -> None:
        """Show whether it was made already."""
        self._say_state()
        self.changed.emit()

    def is_made(self) -> bool:
        """Return whether the account is set up."""
        return self.account.connection.state == "ready"

    def next_words(self) -> str:
        """Return what the button says."""
        return self.tr("Finish") if self.is_made() else self.tr("Set up")

    def go_on(self) -> None:
        """Make it, or pass on when it is made."""
        if self.is_made():
            self.passed.emit()
            return
        cloud = self.account.cloud
        self._now.show()
        self.ask(
            lambda: cloud.set_up(self._stepped.emit), self._on_made, lambda _: self._now.hide()
        )

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(self.tr("Set up"))
        self.about.setText(
            self.tr("Once, in half a minute. All of it can be removed again in the settings.")
        )
        said = (
            self.tr(
                "A bucket for what is being rendered: closed to the public, encrypted, and it "
                "forgets everything after three days."
            ),
            self.tr(
                "A security group in which nothing is open until a render opens it for this "
                "computer alone."
            ),
            self.tr(
                "Two roles: one lets instances reach their own video and nothing else, one lets "
                "AWS end instances in time even when this computer is off."
            ),
            self.tr("None of it costs anything while nothing is rendered."),
        )
        for label, words in zip(self._what, said, strict=True):
            label.setText(words)
        self._say_state()

    def _made_list(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        for number, (name, label) in enumerate(zip(_SIGNS, self._what, strict=True)):
            sign = QLabel()
            sign.setPixmap(pixmap(name, 18, "muted", self.devicePixelRatioF()))
            label.setWordWrap(True)
            grid.addWidget(sign, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, number, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _say_state(self) -> None:
        if self.is_made():
            self.note.say(self.tr("The account is set up. Videos can be rendered there."), "good")

    def _on_step(self, name: str) -> None:
        said = {
            "bucket": self.tr("Making the bucket…"),
            "bucket rules": self.tr("Closing the bucket to the public…"),
            "security group": self.tr("Making the security group…"),
        }
        self._now.setText(said.get(name, self.tr("Making the roles…")))

    def _on_made(self, connection: Connection) -> None:
        self._now.hide()
        self.account.take(connection)
        self._say_state()
        self.changed.emit()
