"""Look at what the account lets this sign-in do, and name exactly what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QWidget

from gui.cloud.account import CloudAccount
from gui.cloud.findings import finding_said
from gui.cloud.step import WizardStep
from gui.settings.form import beside
from gui.theme.icons import pixmap
from gui.theme.roles import give_role

if TYPE_CHECKING:
    from orchestrator.health import Finding

_SIGNS = {"good": ("done", "good"), "note": ("info", "muted"), "missing": ("error", "danger")}
_LATER = ("bucket", "set-up")
"""What the last step of the wizard makes, so that it is not missed before."""


class CheckStep(WizardStep):
    """The second step: findings, the missing ones first."""

    _counted = Signal(int, int)

    def __init__(self, account: CloudAccount, parent: QWidget | None = None) -> None:
        super().__init__(account, parent)
        self._found: tuple[Finding, ...] | None = None
        self._again, self.copy_policy = QPushButton(), QPushButton()
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self.finish_column()
        self.column.addWidget(self._area, 1)
        beside(self._again, self.copy_policy, into=self.column)
        self._again.clicked.connect(lambda _=False: self.look())
        self.copy_policy.clicked.connect(lambda _=False: self._copy())
        self.changed.connect(lambda: self._again.setEnabled(not self.is_busy))
        self._counted.connect(self._on_counted, Qt.ConnectionType.QueuedConnection)
        self.retranslate()

    def begin(self) -> None:
        """Look, unless that was done."""
        if self._found is None and not self.is_busy:
            self.look()

    def look(self) -> None:
        """Look at everything anew."""
        self.busy.setRange(0, 0)
        cloud = self.account.cloud
        self.ask(lambda: cloud.examine(self._counted.emit), self._show)

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(self.tr("Check"))
        self.about.setText(
            self.tr("What this sign-in may do in the account. Nothing is changed by looking.")
        )
        self._again.setText(self.tr("Look again"))
        self.copy_policy.setText(self.tr("Copy the policy it needs"))
        self.copy_policy.setToolTip(
            self.tr("Paste it in the console: IAM, your user or role, Add permissions, JSON.")
        )
        self._area.setAccessibleName(self.title.text())
        if self._found is not None:
            self._show(self._found)

    def _on_counted(self, done: int, total: int) -> None:
        self.busy.setRange(0, total)
        self.busy.setValue(done)

    def _show(self, found: tuple[Finding, ...]) -> None:
        self._found = found
        made = self.account.connection.state == "ready"
        shown = [f for f in found if made or f.name not in _LATER]
        shown = [f for f in shown if not f.name.startswith("quota")]
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for number, each in enumerate(sorted(shown, key=lambda f: f.state != "missing")):
            self._add_row(grid, number, each)
        grid.setRowStretch(len(shown), 1)
        self._area.setWidget(page)
        missing = sum(each.state == "missing" for each in shown)
        self.copy_policy.setVisible(
            any(f.name == "permissions" and f.state != "good" for f in shown)
        )
        if missing:
            told = self.tr("%n thing(s) to put right before a video can be rendered", "", missing)
            self.note.say(told, "warning")
        else:
            self.note.say(self.tr("Everything that a render needs is allowed."), "good")

    def _add_row(self, grid: QGridLayout, number: int, each: Finding) -> None:
        sign, name, words = QLabel(), QLabel(self._name(each.name)), QLabel()
        icon_name, colour_name = _SIGNS[each.state]
        sign.setPixmap(pixmap(icon_name, 18, colour_name, self.devicePixelRatioF()))
        sign.setAccessibleName(self._state(each.state))
        sign.setToolTip(self._state(each.state))
        found, help_said = finding_said(each)
        advice = self._advice(each, help_said)
        words.setText(self.tr("{0}\n{1}").format(found, advice) if advice else found)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        give_role(words, "muted")
        for column, widget in enumerate((sign, name, words)):
            grid.addWidget(widget, number, column, Qt.AlignmentFlag.AlignTop)

    def _name(self, name: str) -> str:
        said = {
            "sign-in": self.tr("Sign-in"),
            "AWS": self.tr("AWS"),
            "clock": self.tr("Clock"),
            "permissions": self.tr("Permissions"),
            "network": self.tr("Network"),
            "bucket": self.tr("Bucket"),
            "set-up": self.tr("Set-up"),
            "services": self.tr("Services"),
        }
        return said.get(name, name)

    def _state(self, state: str) -> str:
        said = {"good": self.tr("There"), "note": self.tr("For your information")}
        return said.get(state, self.tr("Missing"))

    def _advice(self, each: Finding, help_said: str) -> str:
        """Return what helps, as it is done in the window."""
        if each.state == "good":
            return ""
        if each.name == "permissions":
            return self.tr("Copy the policy, add it to this sign-in in the console, look again.")
        if each.name in _LATER:
            return self.tr("The last step makes it.")
        return help_said

    def _copy(self) -> None:
        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.note.say(self.tr("The policy is in the clipboard."), "good")

        self.ask(self.account.cloud.policy, copied)
