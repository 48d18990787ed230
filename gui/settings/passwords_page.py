"""Say where secrets would be kept on this machine, and whether that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from gui.bridge import Bridge
from gui.settings.form import Page, beside
from gui.theme.icons import pixmap
from gui.theme.roles import give_role
from gui.words.errors import told_of

if TYPE_CHECKING:
    from orchestrator.secrets import Secrets, SecretsState

_SIGNS = {
    "ready": ("done", "good"),
    "none": ("info", "warning"),
    "locked": ("lock", "warning"),
    "refused": ("error", "danger"),
}
_SIGN_PX = 20


class PasswordsPage(Page):
    """The state of the system's password store, found out by trying it."""

    def __init__(
        self, bridge: Bridge, secrets: Secrets | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(bridge, parent)
        self._secrets, self._state = secrets, None  # type: Secrets | None, SecretsState | None
        self._testing = False
        self._words, self._sign = QLabel(self), QLabel(self)
        self.sentence, self.advice = QLabel(self), QLabel(self)
        self.test, self._busy = QPushButton(self), QProgressBar(self)
        self._lay_out()
        self.test.clicked.connect(self.test_again)
        self.retranslate()

    def shown(self) -> None:
        """Try the store the first time the page is seen."""
        if self._state is None:
            self.test_again()

    def test_again(self) -> None:
        """Write a test secret to the store, read it and delete it, on another thread."""
        if self._testing:
            return
        self._testing = True
        self._draw()
        self.run(self._find_out, self._on_found, self._on_failed)

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("Passwords"))
        self._words.setText(
            self.tr(
                "Passwords and keys are kept in the password store of your system, never in a "
                "file of the app. The app needs none to render on this computer."
            )
        )
        self.test.setText(self.tr("Test again"))
        self._busy.setAccessibleName(self.tr("The password store is being tested"))
        self._draw()

    def _find_out(self) -> SecretsState:
        from orchestrator.secrets import Secrets

        self._secrets = self._secrets or Secrets()
        return self._secrets.state()

    def _on_found(self, state: SecretsState) -> None:
        self._testing, self._state = False, state
        self._draw()

    def _on_failed(self, error: Exception) -> None:
        self._testing = False
        self._draw()
        self.bridge.troubled.emit(*told_of(error))

    def _draw(self) -> None:
        self._busy.setVisible(self._testing)
        self.test.setEnabled(not self._testing)
        state = self._state
        if self._testing or state is None:
            self._sign.clear()
            self.sentence.setText(self.tr("Trying the password store…"))
            self.advice.hide()
            return
        name, colour_name = _SIGNS[state.kind]
        self._sign.setPixmap(pixmap(name, _SIGN_PX, colour_name, self.devicePixelRatioF()))
        sentence, advice = self._said(state)
        self.sentence.setText(sentence)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))

    def _said(self, state: SecretsState) -> tuple[str, str]:
        session = self.tr("Until then passwords are kept in memory until the app ends.")
        if state.kind == "ready":
            return self.tr("Passwords are kept in the {0}.").format(state.back_end), self.tr(
                "A test password was written, read and deleted."
            )
        if state.kind == "none":
            return self.tr("This system has no password store."), self.tr(
                "Passwords are kept in memory until the app ends. On Linux, GNOME Keyring or "
                "KWallet provides a store."
            )
        if state.kind == "locked":
            unlock = self.tr("Unlock it, or look for a window that asks for its password.")
            return (
                self.tr("The password store is locked or does not answer."),
                self.tr("{0} {1}").format(unlock, session),
            )
        if state.back_end:
            told = self.tr("The password store {0} does not protect what it keeps.")
            return told.format(state.back_end), session
        return self.tr("The password store does not work."), session

    def _lay_out(self) -> None:
        for label, role in ((self._words, "muted"), (self.advice, "muted")):
            label.setWordWrap(True)
            give_role(label, role)  # type: ignore[arg-type]  # both are roles
        self.sentence.setWordWrap(True)
        self._busy.setRange(0, 0)
        card = QFrame(self)
        give_role(card, "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._sign.setFixedSize(_SIGN_PX, _SIGN_PX)
        grid.addWidget(self._sign, 0, 0)
        grid.addWidget(self.sentence, 0, 1)
        grid.addWidget(self.advice, 1, 1)
        grid.addWidget(self._busy, 2, 1)
        self.column.addWidget(self._words)
        self.column.addSpacing(16)
        self.column.addWidget(card)
        self.column.addSpacing(12)
        beside(self.test, into=self.column)
        self.column.addStretch(1)
