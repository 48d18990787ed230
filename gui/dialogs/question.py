"""Ask before something is lost; the answer that loses nothing is the one that Escape gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.theme.icons import pixmap
from gui.theme.roles import Role, give_role

_WIDTH_PX = 460
_SIGN_PX = 32


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer; ``call`` is what it does, None for doing nothing."""

    title: str
    call: Callable[[], object] | None = None
    role: Role | None = None


class Question(QDialog):
    """A question with two or three answers; shown without stopping what goes on behind it."""

    def __init__(
        self, parent: QWidget | None, title: str, words: str, choices: Sequence[Choice]
    ) -> None:
        """Ask ``title``, explained by ``words``; the last choice is that of Escape."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH_PX)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 24, 24, 16)
        rows.setSpacing(24)
        rows.addLayout(self._words(title, words))
        rows.addLayout(self._buttons(choices))

    def choose(self, number: int) -> None:
        """Give one of the answers."""
        self._choices[number].click()

    def _words(self, title: str, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        sign = QLabel(self)
        sign.setPixmap(pixmap("help", _SIGN_PX, "accent_text", self.devicePixelRatioF()))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(8)
        name, text = QLabel(title, self), QLabel(words, self)
        give_role(name, "title")
        for label in (name, text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        row.addLayout(column, 1)
        self.setAccessibleDescription(words)
        return row

    def _buttons(self, choices: Sequence[Choice]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self._choices = [self._button(choice) for choice in choices]
        for button in reversed(self._choices):
            row.addWidget(button)
        self._choices[0].setDefault(True)
        self._choices[0].setFocus()
        return row

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.title, self)
        button.setAutoDefault(True)
        if choice.role is not None:
            give_role(button, choice.role)

        def answer() -> None:
            self.close()
            if choice.call is not None:
                choice.call()

        button.clicked.connect(answer)
        return button


def ask(parent: QWidget | None, title: str, words: str, choices: Sequence[Choice]) -> Question:
    """Show a question; one of the choices' calls is made when it is answered."""
    question = Question(parent, title, words, choices)
    question.open()
    return question
