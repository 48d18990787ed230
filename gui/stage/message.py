"""Say in the picture's place why there is none: nothing chosen, being looked at, refused."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui.speaking import Speaking
from gui.theme.icons import icon
from gui.theme.roles import give_role

_ICON_PX = 40


class Message(Speaking):
    """A sign, a sentence, an advice, and what there is to do about it.

    Signals:
        pressed: its button.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._sentence = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._advice = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        give_role(self._sentence, "title")
        give_role(self._advice, "muted")
        for label in (self._sentence, self._advice):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(240)
        self._button = QPushButton(self)
        self._button.clicked.connect(self.pressed)
        self._lay_out()

    @property
    def sentence(self) -> str:
        """What is said first."""
        return self._sentence.text()

    def say(self, sign: str, sentence: str, advice: str = "", button: str = "") -> None:
        """Say something that stays so; ``sign`` is an icon's name."""
        self._put(sign, sentence, advice)
        self._bar.hide()
        self._button.setText(button)
        self._button.setVisible(bool(button))

    def show_work(self, sentence: str, advice: str, done: int, total: int) -> None:
        """Say what is being done and how far it is; ``total`` is 0 while nobody knows."""
        self._put("clock", sentence, advice)
        self._button.hide()
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(sentence)
        self._bar.show()

    def _put(self, sign: str, sentence: str, advice: str) -> None:
        tone = "danger" if sign == "error" else "warning" if sign == "warning" else "muted"
        self._sign.setPixmap(icon(sign, tone).pixmap(QSize(_ICON_PX, _ICON_PX)))
        self._sentence.setText(sentence)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.setAccessibleName(sentence)
        self.setAccessibleDescription(advice)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._sign)
        column.addSpacing(4)
        column.addWidget(self._sentence)
        column.addWidget(self._advice)
        column.addSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._bar, 0, middle)
        column.addWidget(self._button, 0, middle)
        column.addStretch(1)
