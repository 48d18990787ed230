"""Ask before something is lost; the answer that loses nothing is the one that Escape gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.speaking import SpeakingDialog
from gui.theme.icons import pixmap
from gui.theme.roles import Role, give_role

_WIDTH_PX = 460
_SIGN_PX = 32
Words = Callable[[], str]
"""A text in the language in use; asked again when that is switched."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer; ``call`` is what it does, None for doing nothing."""

    title: Words
    call: Callable[[], object] | None = None
    role: Role | None = None


class Question(SpeakingDialog):
    """A question with two or three answers; shown without stopping what goes on behind it."""

    def __init__(
        self, parent: QWidget | None, title: Words, words: Words, choices: Sequence[Choice]
    ) -> None:
        """Ask ``title``, explained by ``words``; the last choice is that of Escape."""
        super().__init__(parent)
        self._said = (title, words, tuple(choice.title for choice in choices))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH_PX)
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 24, 24, 16)
        rows.setSpacing(24)
        rows.addLayout(self._words())
        rows.addLayout(self._buttons(choices))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        title, words, answers = self._said
        self.setWindowTitle(title())
        self._title.setText(title())
        self._text.setText(words())
        self.setAccessibleDescription(words())
        for button, answer in zip(self._choices, answers, strict=True):
            button.setText(answer())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Be as high as the words need at this width; Qt guesses less for long ones."""
        needed_px = self._rows.totalHeightForWidth(self.width())
        self.resize(self.width(), max(self.height(), needed_px))
        super().showEvent(event)

    def choose(self, number: int) -> None:
        """Give one of the answers."""
        self._choices[number].click()

    def _words(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        sign = QLabel(self)
        sign.setPixmap(pixmap("help", _SIGN_PX, "accent_text", self.devicePixelRatioF()))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(8)
        self._title, self._text = QLabel(self), QLabel(self)
        give_role(self._title, "title")
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        row.addLayout(column, 1)
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
        button = QPushButton(self)
        button.setAutoDefault(True)
        if choice.role is not None:
            give_role(button, choice.role)

        def answer() -> None:
            self.close()
            if choice.call is not None:
                choice.call()

        button.clicked.connect(answer)
        return button


def ask(parent: QWidget | None, title: Words, words: Words, choices: Sequence[Choice]) -> Question:
    """Show a question; one of the choices' calls is made when it is answered."""
    question = Question(parent, title, words, choices)
    question.open()
    return question
