"""Be one section of the inspector: a name that folds it, its rows, and more on request."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.speaking import Speaking
from gui.theme.icons import icon
from gui.theme.roles import give_role


class Section(Speaking):
    """A part of the inspector that can be folded.

    Signals:
        more_toggled: whether all of it is shown now.
    """

    more_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title_words = ""
        self._fold = QPushButton()
        self._fold.setCheckable(True)
        self._fold.setChecked(True)
        self._fold.toggled.connect(lambda _: self._show_folded())
        give_role(self._fold, "fold")
        self._aside = QHBoxLayout()
        self._more = QPushButton()
        self._more.setCheckable(True)
        give_role(self._more, "fold")
        self._more.toggled.connect(self._on_more)
        self._more.hide()
        self._inside = QWidget()
        self.rows = QVBoxLayout(self._inside)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._fold)
        head.addStretch(1)
        head.addLayout(self._aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._inside)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._has_more = False
        self._show_folded()

    def set_title(self, words: str) -> None:
        """Name the section."""
        self._title_words = words
        self._fold.setText(words)
        self._fold.setAccessibleName(words)
        self._say_more()

    def add_aside(self, widget: QWidget) -> None:
        """Put a small button at the right of the name."""
        self._aside.addWidget(widget)

    def offer_more(self) -> None:
        """Have a button that shows all rows."""
        self._has_more = True
        self._show_folded()

    def shows_more(self) -> bool:
        """Return whether all rows are to be shown."""
        return self._more.isChecked()

    def retranslate(self) -> None:
        """Set the texts of the section's own buttons."""
        self._say_more()

    def _on_more(self, checked: bool) -> None:
        self._say_more()
        self.more_toggled.emit(checked)

    def _say_more(self) -> None:
        self._more.setText(self.tr("Show less") if self.shows_more() else self.tr("Show more"))
        self._more.setIcon(icon("chevron-up" if self.shows_more() else "chevron-down"))
        self._more.setAccessibleName(
            self.tr("{0}: {1}").format(self._title_words, self._more.text())
        )

    def _show_folded(self) -> None:
        is_open = self._fold.isChecked()
        self._fold.setIcon(icon("chevron-down" if is_open else "chevron-right", "muted"))
        self._inside.setVisible(is_open)
        self._more.setVisible(is_open and self._has_more)


def small_label() -> QLabel:
    """Return a label for the name of a group."""
    label = QLabel()
    give_role(label, "section")
    return label
