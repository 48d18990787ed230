"""Write what should be known of photos as rows of an icon and a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.theme.current import palette
from gui.theme.icons import pixmap
from gui.theme.roles import Role, give_role
from gui.words.settings_names import HINT_ICONS, hint_sentence
from orchestrator.sources import PhotoHint

_ICON_PX = 14


class SentenceRow(QWidget):
    """An icon and a sentence that wraps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self.words = QLabel(wordWrap=True)
        self._drawn: tuple[str, str] = ("info", "muted")
        self._drawn_as: object = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def say(self, icon: str, sentence: str, role: Role = "hint", colour: str = "muted") -> None:
        """Show a sentence."""
        self.words.setText(sentence)
        give_role(self.words, role)
        self._drawn = (icon, colour)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the icon anew in another palette's colours."""
        super().changeEvent(event)
        is_new = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        if is_new and self.words.text():
            self._draw()

    def _draw(self) -> None:
        icon, colour = self._drawn
        now = (icon, colour, palette().appearance, self.devicePixelRatioF())
        if now == self._drawn_as:
            return
        self._drawn_as = now
        self._icon.setPixmap(pixmap(icon, _ICON_PX, colour, self.devicePixelRatioF()))
        self._icon.setContentsMargins(0, 2, 0, 0)


class HintRows(QWidget):
    """One row a hint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._rows: list[SentenceRow] = []

    def show_hints(self, hints: Iterable[PhotoHint]) -> None:
        """Show these hints and no others; without any there is nothing to see."""
        told = tuple(hints)
        while len(self._rows) < len(told):
            row = SentenceRow()
            self._rows.append(row)
            self._column.addWidget(row)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(told))
            if number < len(told):
                icon = HINT_ICONS[told[number]]
                tone = "warning" if icon == "warning" else "muted"
                row.say(icon, hint_sentence(told[number]), "hint", tone)
        self.setVisible(bool(told))
