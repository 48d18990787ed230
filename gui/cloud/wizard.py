"""Connect an account, step by step: sign in, check, GPUs, set up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.cloud.account import CloudAccount
from gui.cloud.check_step import CheckStep
from gui.cloud.quota_step import QuotaStep
from gui.cloud.setup_step import SetupStep
from gui.cloud.sign_in_step import SignInStep
from gui.cloud.step import WizardStep
from gui.speaking import SpeakingDialog
from gui.theme.roles import give_role

_SIZE = QSize(820, 580)
_LEAST_PX = (720, 500)
_SIDE_PX = 168


class ConnectWizard(SpeakingDialog):
    """Four steps; every one can be gone back to, and closing keeps what was done."""

    def __init__(self, account: CloudAccount, parent: QWidget | None = None) -> None:
        """Begin with the step that is next by what is known of the account."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE)
        self.setMinimumSize(*_LEAST_PX)
        self._account = account
        self.sign_in, self.check = SignInStep(account), CheckStep(account)
        self.quota, self.set_up = QuotaStep(account), SetupStep(account)
        self.steps: Sequence[WizardStep] = (self.sign_in, self.check, self.quota, self.set_up)
        self._names = [QLabel() for _ in self.steps]
        self._pages = QStackedWidget()
        self.back, self.next, self.leave = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self._wire()
        self.retranslate()
        self.show_step(self._first())

    def _first(self) -> int:
        """Return the step that is next by what is known."""
        account = self._account
        if account.connection.state == "not set up":
            return self.steps.index(self.set_up)
        lacks = account.quota is not None and not account.quota.instances
        if account.connection.state == "ready" and lacks:
            return self.steps.index(self.quota)
        return 0

    def show_step(self, number: int) -> None:
        """Show one of the steps."""
        self._pages.setCurrentIndex(number)
        self.steps[number].begin()
        self._draw()
        part = self.steps[number].nextInFocusChain()
        if part is not None:
            part.setFocus()

    def step(self) -> int:
        """Return the number of the step that is shown."""
        return self._pages.currentIndex()

    def retranslate(self) -> None:
        """Set every text of the dialog's own; steps set theirs."""
        self.setWindowTitle(self.tr("Connect an AWS account"))
        self.back.setText(self.tr("Back"))
        self.leave.setText(self.tr("Close"))
        self._draw()

    def done(self, result: int) -> None:
        """Close, and wait for no page of the browser any more."""
        self.sign_in.give_up.click()
        super().done(result)

    def _draw(self) -> None:
        now, step = self.step(), self.steps[self.step()]
        for number, (label, each) in enumerate(zip(self._names, self.steps, strict=True)):
            sign = "✓" if number < now else str(number + 1)
            label.setText(self.tr("{0}  {1}").format(sign, each.title.text()))
            give_role(label, "title" if number == now else "muted")
        self.back.setEnabled(now > 0 and not step.is_busy)
        self.next.setEnabled(step.can_go_on())
        self.next.setText(step.next_words())

    def _on_passed(self, number: int) -> None:
        if number != self.step():
            return  # a late word of a step that was left
        if number + 1 < len(self.steps):
            self.show_step(number + 1)
        else:
            self.accept()

    def _wire(self) -> None:
        for number, step in enumerate(self.steps):
            step.changed.connect(self._draw)
            step.passed.connect(lambda number=number: self._on_passed(number))
        self.back.clicked.connect(lambda _=False: self.show_step(max(0, self.step() - 1)))
        self.next.clicked.connect(lambda _=False: self.steps[self.step()].go_on())
        self.leave.clicked.connect(lambda _=False: self.close())

    def _lay_out(self) -> None:
        side = QFrame()
        give_role(side, "panel")
        side.setFixedWidth(_SIDE_PX)
        names = QVBoxLayout(side)
        names.setContentsMargins(24, 28, 16, 16)
        names.setSpacing(16)
        for label in self._names:
            names.addWidget(label)
        names.addStretch(1)
        for step in self.steps:
            self._pages.addWidget(step)
            for button in step.findChildren(QPushButton):
                button.setAutoDefault(False)  # Return in a field goes on to the next step
        give_role(self.next, "primary")
        self.next.setDefault(True)
        self.leave.setAutoDefault(False)
        self.back.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(32, 8, 32, 16)
        buttons.setSpacing(8)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._pages, 1)
        right.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)
