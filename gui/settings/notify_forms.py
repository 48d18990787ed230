"""Type who is told: a webhook's address, or mail with its server; show a new secret once."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.settings.form import Choice, Note, Number, beside
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words.errors import told_of
from orchestrator.notify.receivers import PORTS, Mail, Receiver, Webhook
from orchestrator.secrets import Secret

_REGIONS = "eu-central-1"


@dataclass(frozen=True, slots=True)
class Wished:
    """A receiver as it was typed; it gets its name when it is kept."""

    receiver: Receiver
    password: Secret | None = None
    """As it was typed; None for one that is made."""


class _Form(QFrame):
    """A card with fields, a button that takes them and one that gives up.

    Signals:
        wished: what was typed, as :class:`Wished`.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        give_role(self, "card")
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(1, 1)
        self.take, self.cancel = QPushButton(self), QPushButton(self)
        self.trouble, self._busy = Note(self), QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.hide()
        self._labels: list[QLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(self.grid)
        column.addWidget(self.trouble)
        beside(self.take, self.cancel, self._busy, into=column)
        self.take.clicked.connect(self._take)
        self.cancel.clicked.connect(self.clear)

    def begin(self) -> None:
        """Show the form with the cursor in its first field."""
        self.show()
        first = self.grid.itemAtPosition(0, 1)
        widget = first.widget() if first is not None else None
        if widget is not None:
            widget.setFocus()

    def clear(self) -> None:
        """Empty every field and go."""
        for field in self.findChildren(QLineEdit):
            if field.objectName() != "qt_spinbox_lineedit":
                field.clear()
        self.trouble.say("")
        self.set_busy(busy=False)
        self.hide()

    def refuse(self, error: Exception) -> None:
        """Say why what was typed cannot be kept; it stays to be put right."""
        self.set_busy(busy=False)
        self.trouble.say("\n".join(told_of(error)), "error")

    def set_busy(self, *, busy: bool) -> None:
        """Show that it is being kept: the password store may ask for a password."""
        self._busy.setVisible(busy)
        self.take.setEnabled(not busy)

    def _row(self, field: QWidget) -> None:
        label = QLabel(self)
        label.setBuddy(field)
        self._labels.append(label)
        at = self.grid.rowCount() if self._labels[1:] else 0
        self.grid.addWidget(label, at, 0)
        self.grid.addWidget(field, at, 1)

    def _name(self, *words: tuple[QWidget, str]) -> None:
        for label, (field, text) in zip(self._labels, words, strict=True):
            label.setText(text)
            field.setAccessibleName(text)

    def _take(self) -> None:
        raise NotImplementedError  # pragma: no cover


class WebhookForm(_Form):
    """The address of a program."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.url = QLineEdit(self)
        self.url.returnPressed.connect(self._take)
        self._row(self.url)

    def retranslate(self) -> None:
        """Set every text."""
        self._name((self.url, self.tr("Address")))
        self.url.setPlaceholderText("https://")
        self.take.setText(self.tr("Add the webhook"))
        self.cancel.setText(self.tr("Cancel"))
        self._busy.setAccessibleName(self.tr("It is being kept"))

    def _take(self) -> None:
        self.wished.emit(Wished(Webhook(name="new", url=self.url.text().strip())))


class MailForm(_Form):
    """Addresses, and the server that mail goes out through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.to, self.from_ = QLineEdit(self), QLineEdit(self)
        self.way = Choice(self)
        self.server, self.region = QLineEdit(self), QLineEdit(self)
        self.security, self.port = Choice(self), Number(self)
        self.user, self.password = QLineEdit(self), QLineEdit(self)
        self.port.setRange(1, 65535)
        self.port.setValue(PORTS["starttls"])
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (
            self.to, self.from_, self.way, self.region, self.server, self.security, self.port,
            self.user, self.password,
        ):  # fmt: skip
            self._row(field)
        self.way.activated.connect(lambda _: self._draw())
        self.security.activated.connect(lambda _: self._set_port())

    def retranslate(self) -> None:
        """Set every text."""
        self._name(
            (self.to, self.tr("To")),
            (self.from_, self.tr("From")),
            (self.way, self.tr("Sent by")),
            (self.region, self.tr("Region")),
            (self.server, self.tr("Mail server")),
            (self.security, self.tr("Encryption")),
            (self.port, self.tr("Port")),
            (self.user, self.tr("User")),
            (self.password, self.tr("Password")),
        )
        self.to.setPlaceholderText("name@example.org")
        self.region.setPlaceholderText(_REGIONS)
        self.way.set_texts((("smtp", self.tr("A mail server")), ("ses", self.tr("Amazon SES"))))
        self.security.set_texts(
            (
                ("starttls", "STARTTLS"),
                ("tls", "TLS"),
                ("none", self.tr("None, and no password")),
            )
        )
        self.take.setText(self.tr("Add the e-mail"))
        self.cancel.setText(self.tr("Cancel"))
        self._busy.setAccessibleName(self.tr("It is being kept"))
        self._draw()

    def _draw(self) -> None:
        """Show the fields of the way that is chosen."""
        by_server = self.way.currentData() != "ses"
        for row, label in enumerate(self._labels):
            item = self.grid.itemAtPosition(row, 1)
            field = item.widget() if item is not None else None
            is_of_server = field in (
                self.server, self.security, self.port, self.user, self.password,
            )  # fmt: skip
            is_shown = by_server if is_of_server else field is not self.region or not by_server
            label.setVisible(is_shown)
            if field is not None:
                field.setVisible(is_shown)

    def _set_port(self) -> None:
        with QSignalBlocker(self.port):
            self.port.setValue(PORTS[self.security.currentData()])

    def _take(self) -> None:
        by_server = self.way.currentData() != "ses"
        user = self.user.text().strip() if by_server else ""
        mail = Mail(
            name="new",
            to=tuple(part.strip() for part in self.to.text().split(",") if part.strip()),
            sender=self.from_.text().strip(),
            smtp=self.server.text().strip() if by_server else "",
            port=self.port.value(),
            security=self.security.currentData(),
            user=user,
            ses_region="" if by_server else self.region.text().strip(),
        )
        self.wished.emit(Wished(mail, Secret(self.password.text()) if user else None))


class SecretCard(QFrame):
    """A secret that is shown this once, with a button that copies it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        give_role(self, "card")
        self._words, self.text = QLabel(self), QLineEdit(self)
        self.copy = QPushButton(icon("copy"), "", self)
        self._words.setWordWrap(True)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.text()))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self.text)
        beside(self.copy, into=column)

    def tell(self, secret: str) -> None:
        """Show a secret."""
        self.text.setText(secret)
        self.show()

    def forget(self) -> None:
        """Show it no more."""
        self.text.clear()
        self.hide()

    def retranslate(self) -> None:
        """Set every text."""
        self._words.setText(
            self.tr(
                "Give this secret to whoever receives the messages: it checks their signature. It "
                "is shown this once and kept in the password store of your system."
            )
        )
        self.text.setAccessibleName(self.tr("Secret of the webhook"))
        self.copy.setText(self.tr("Copy"))
