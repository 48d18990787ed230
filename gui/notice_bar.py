"""Tell, above everything else in the window, what no view of its own shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.speaking import Speaking
from gui.theme.icons import icon, pixmap
from gui.theme.roles import give_role

Mood = Literal["good", "info", "warning", "error"]
_ICONS: dict[Mood, tuple[str, str]] = {
    "good": ("done", "good"),
    "info": ("info", "accent_text"),
    "warning": ("warning", "warning"),
    "error": ("error", "danger"),
}
_MOST_STRIPS = 3
_ICON_PX = 20


@dataclass(frozen=True, slots=True)
class Offer:
    """A button on a notice."""

    title: Callable[[], str]
    call: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell; ``key`` names its subject, of which the newest is shown."""

    key: str
    mood: Mood
    words: Callable[[], tuple[str, str]]
    """Sentence and advice in the language in use."""
    offer: Offer | None = None


class NoticeBar(Speaking):
    """A few strips, the newest on top; each is there until it is closed or taken back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty and take no room."""
        super().__init__(parent)
        self._strips: dict[str, _Strip] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.setVisible(False)
        self.retranslate()

    def show_notice(self, notice: Notice) -> None:
        """Show ``notice`` in place of what was told of its subject before."""
        self.take_back(notice.key)
        strip = _Strip(notice, lambda: self.take_back(notice.key), self)
        self._strips[notice.key] = strip
        self._rows.insertWidget(0, strip)
        if len(self._strips) > _MOST_STRIPS:
            self.take_back(next(iter(self._strips)))
        self.setVisible(True)

    def take_back(self, key: str) -> None:
        """Show nothing of this subject any more."""
        strip = self._strips.pop(key, None)
        if strip is not None:
            self._rows.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self.setVisible(bool(self._strips))

    def sentences(self) -> tuple[str, ...]:
        """Return the sentences that are shown, the newest first."""
        return tuple(strip.sentence() for strip in reversed(self._strips.values()))

    def retranslate(self) -> None:
        """Set the name that is read aloud."""
        self.setAccessibleName(self.tr("Notices"))


class _Strip(QFrame):
    def __init__(self, notice: Notice, close: Callable[[], None], bar: NoticeBar) -> None:
        super().__init__(bar)
        self._notice = notice
        self.setProperty("mood", notice.mood)
        give_role(self, "notice")
        self._sentence, self._advice = QLabel(self), QLabel(self)
        self._offer = QPushButton(self)
        self._close = QToolButton(self)
        self._close.setIcon(icon("close", "muted"))
        self._close.setIconSize(QSize(16, 16))
        self._close.clicked.connect(lambda _=False: close())
        self._lay_out()
        if notice.offer is not None:
            call = notice.offer.call
            self._offer.clicked.connect(lambda _=False: call())
        self._offer.setVisible(notice.offer is not None)
        self._say()

    def sentence(self) -> str:
        return self._sentence.text()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        sign = QLabel(self)
        name, colour_name = _ICONS[self._notice.mood]
        sign.setPixmap(pixmap(name, _ICON_PX, colour_name, self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._sentence, self._advice):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        give_role(self._advice, "muted")
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._offer, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        sentence, advice = self._notice.words()
        self._sentence.setText(sentence)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        if self._notice.offer is not None:
            self._offer.setText(self._notice.offer.title())
        close = QCoreApplication.translate("NoticeBar", "Close this notice")
        self._close.setToolTip(close)
        self._close.setAccessibleName(close)
        self.setAccessibleName(sentence)
