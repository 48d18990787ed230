"""Let moments of one person of one video be taken out, to be a person of their own."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.cast.whereabouts import Whereabouts
from gui.speaking import SpeakingDialog
from gui.theme.roles import give_role
from gui.words import amounts


class SplitDialog(SpeakingDialog):
    """A list of moments with ticks.

    Signals:
        frame_asked: first frame of the moment that is looked at, for the stage.
    """

    frame_asked = Signal(int)

    def __init__(
        self,
        name: str,
        found: Whereabouts,
        frame_rate: Fraction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._found, self._of = found, name
        self._words, self._hint, self._list = QLabel(), QLabel(), QListWidget()
        self._ok, self._cancel = QPushButton(), QPushButton()
        self._fill(frame_rate)
        self._lay_out()
        self._list.currentRowChanged.connect(self._on_row)
        self._list.itemChanged.connect(lambda _: self._say())
        self._ok.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self.retranslate()

    def _fill(self, frame_rate: Fraction) -> None:
        for number, (start, end) in enumerate(self._found.appearances):
            item = QListWidgetItem(amounts.span(start, end, frame_rate))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, number)
            self._list.addItem(item)

    def _lay_out(self) -> None:
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        give_role(self._hint, "hint")
        give_role(self._ok, "primary")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        for widget in (self._words, self._list, self._hint):
            column.addWidget(widget)
        column.addLayout(row)
        self.resize(400, 420)

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Another person"))
        self._words.setText(
            self.tr(
                "In which moments is it somebody else than {0}? Tick them: they become a person "
                "of their own."
            ).format(self._of)
        )
        self._list.setAccessibleName(self.tr("Moments"))
        self._ok.setText(self.tr("Take them out"))
        self._cancel.setText(self.tr("Cancel"))
        self._say()

    def places(self) -> tuple[int, ...]:
        """Return the numbers of the moments that are ticked."""
        items = (self._list.item(number) for number in range(self._list.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def _on_row(self, number: int) -> None:
        if 0 <= number < len(self._found.appearances):
            self.frame_asked.emit(self._found.appearances[number][0])

    def _say(self) -> None:
        ticked, whole = len(self.places()), len(self._found.appearances)
        self._ok.setEnabled(0 < ticked < whole)
        told = self.tr("Select a moment to see it behind this window.")
        if ticked == whole:
            told = self.tr("At least one moment has to stay.")
        self._hint.setText(told)
