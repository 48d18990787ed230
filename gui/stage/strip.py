"""Show one longer piece of work under the picture: what it is, how far it is, and how to stop."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from gui.speaking import Speaking
from gui.theme.roles import give_role


class WorkStrip(Speaking):
    """A line with a bar; hidden while there is nothing to say.

    Signals:
        cancel_asked: the work is to be given up.
    """

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_role(self, "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = QLabel(self)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(96)
        self._stop = QPushButton(self)
        give_role(self._stop, "quiet")
        self._stop.clicked.connect(self._on_stop)
        self._works = False
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(self._words, 3)
        row.addWidget(self._bar, 2)
        row.addWidget(self._stop)
        self.hide()
        self.retranslate()

    @property
    def works(self) -> bool:
        """Whether work is shown that can be given up."""
        return self._works

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def show_work(self, words: str, done: int, total: int) -> None:
        """Show work that runs; ``total`` is 0 while nobody knows."""
        self._works = True
        self._say(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(words)
        self._bar.show()
        self._stop.setText(self.tr("Cancel"))

    def tell(self, words: str) -> None:
        """Say what came of it, until it is closed or other work begins."""
        self._works = False
        self._say(words)
        self._bar.hide()
        self._stop.setText(self.tr("Close"))

    def clear(self) -> None:
        """Say nothing."""
        self._works = False
        self.hide()

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._words.setToolTip(words)
        self.show()

    def _on_stop(self) -> None:
        if self._works:
            self.cancel_asked.emit()
        self.clear()

    def retranslate(self) -> None:
        """Set every text of this widget in the language in use."""
        self._stop.setText(self.tr("Cancel") if self._works else self.tr("Close"))
