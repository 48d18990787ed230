"""Show how many GPUs the account may have, explain it, and ask AWS for more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QSpinBox, QWidget

from gui.cloud.account import CloudAccount
from gui.cloud.step import WizardStep
from gui.settings.form import beside
from gui.theme.roles import give_role
from gui.words import amounts
from orchestrator.cloud import MOST_INSTANCES

if TYPE_CHECKING:
    from orchestrator.cloud import GpuQuota


class QuotaStep(WizardStep):
    """The third step; it holds nobody up, as the answer can take days."""

    def __init__(self, account: CloudAccount, parent: QWidget | None = None) -> None:
        super().__init__(account, parent)
        self._quota: GpuQuota | None = None
        self._may, self._asked, self._wish = QLabel(), QLabel(), QLabel()
        self.instances, self.ask_more = QSpinBox(), QPushButton()
        self._again, self._copy = QPushButton(), QPushButton()
        self.text = QPlainTextEdit()
        self._text_words = QLabel()
        self._lay_out()
        self.retranslate()

    def begin(self) -> None:
        """Ask how many there may be."""
        if self._quota is None and not self.is_busy:
            self.look()

    def look(self) -> None:
        """Ask anew."""
        self.ask(self.account.cloud.quota, self._on_found)

    def _on_found(self, quota: GpuQuota) -> None:
        self.account.note_quota(quota)
        self._show(quota)

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(self.tr("GPUs"))
        self.about.setText(
            self.tr(
                "AWS limits how many GPU spot instances an account may have at a time. New "
                "accounts begin with none; the first ones are usually granted within hours to "
                "three days, after a request that says what they are for."
            )
        )
        self._wish.setText(self.tr("Instances side by side"))
        self.instances.setAccessibleName(self._wish.text())
        self.ask_more.setText(self.tr("Ask AWS for more"))
        self._again.setText(self.tr("Look again"))
        self._copy.setText(self.tr("Copy"))
        self._text_words.setText(
            self.tr("Should AWS ask what they are for, this answers it truthfully:")
        )
        self.text.setAccessibleName(self._text_words.text())
        if self._quota is not None:
            self._show(self._quota)

    def _show(self, quota: GpuQuota) -> None:
        self._quota = quota
        if quota.instances == 1:
            said = self.tr("This account may have 1 GPU instance at a time in {0}.")
        elif quota.instances:
            said = self.tr("This account may have {1} GPU instances at a time in {0}.")
        else:
            said = self.tr("This account may have no GPU instance in {0} yet.")
        self._may.setText(said.format(quota.region, amounts.count(quota.instances)))
        give_role(self._may, "good" if quota.instances else "warning")
        self._asked.setText(self._asked_words(quota))
        self._asked.setVisible(bool(self._asked.text()))
        self.instances.setValue(max(2, quota.instances + 1))
        self.ask_more.setEnabled(not quota.is_open)
        self._show_text()

    def _asked_words(self, quota: GpuQuota) -> str:
        if not quota.asked_vcpus:
            return ""
        said = {
            "PENDING": self.tr("AWS is looking at your request."),
            "CASE_OPENED": self.tr("AWS opened a support case for your request; answer it there."),
            "APPROVED": self.tr("AWS approved your request."),
            "DENIED": self.tr("AWS denied your request; ask for fewer, or write to its support."),
            "CASE_CLOSED": self.tr("The support case of your request is closed; look there."),
            "NOT_APPROVED": self.tr("AWS did not approve your request; look at the support case."),
        }
        return said.get(quota.status, self.tr("Your request: {0}.").format(quota.status))

    def _show_text(self) -> None:
        cloud, number = self.account.cloud, self.instances.value()
        self.account.run(lambda: cloud.case_text(number), self.text.setPlainText, self.say_error)

    def _ask(self) -> None:
        cloud, number = self.account.cloud, self.instances.value()
        self.ask(lambda: cloud.ask_for(number), self._on_asked)

    def _on_asked(self, quota: GpuQuota) -> None:
        self._show(quota)
        self.note.say(self.tr("AWS has your request. It goes on by itself from here."), "good")

    def _lay_out(self) -> None:
        for label, role in ((self._asked, "muted"), (self._text_words, "hint")):
            label.setWordWrap(True)
            give_role(label, role)  # type: ignore[arg-type]  # both are roles
        self._may.setWordWrap(True)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.instances.setRange(1, MOST_INSTANCES)
        self.instances.valueChanged.connect(lambda _: self._show_text())
        self.ask_more.clicked.connect(lambda _=False: self._ask())
        self._again.clicked.connect(lambda _=False: self.look())
        self._copy.clicked.connect(
            lambda _=False: QGuiApplication.clipboard().setText(self.text.toPlainText())
        )
        self.column.addWidget(self._may)
        self.column.addWidget(self._asked)
        self.finish_column()
        beside(self._wish, self.instances, self.ask_more, into=self.column)
        self.column.addWidget(self._text_words)
        self.column.addWidget(self.text, 1)
        beside(self._copy, self._again, into=self.column)
