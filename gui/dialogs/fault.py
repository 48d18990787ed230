"""Tell calmly that the program made a mistake: what is safe, and where the report lies."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.crash import Fault
from gui.speaking import SpeakingDialog
from gui.theme.icons import pixmap
from gui.theme.roles import give_role

_SIZE_PX = (560, 360)
_MOST_BYTES = 200_000


class FaultDialog(SpeakingDialog):
    """One dialog for all faults that happen while it is open.

    Signals:
        quit_asked: the user would rather close the program.
    """

    quit_asked = Signal()

    def __init__(self, fault: Fault, parent: QWidget | None = None) -> None:
        """Show ``fault``."""
        super().__init__(parent)
        self._faults = [fault]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE_PX)
        self._title, self._words = QLabel(self), QLabel(self)
        self._words.setWordWrap(True)
        self._text = QPlainTextEdit(self, readOnly=True)
        self._copy, self._quit, self._go_on = (QPushButton(self) for _ in range(3))
        self._lay_out()
        self.retranslate()

    def add(self, fault: Fault) -> None:
        """Tell of one more, without a further window."""
        self._faults.append(fault)
        self._show()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Second Unit made a mistake"))
        self._title.setText(self.windowTitle())
        self._text.setAccessibleName(self.tr("Report"))
        self._copy.setText(self.tr("Copy the report"))
        self._quit.setText(self.tr("Quit"))
        self._go_on.setText(self.tr("Continue"))
        self._show()

    def _show(self) -> None:
        fault = self._faults[-1]
        more = len(self._faults) - 1
        words = [self.tr("Your queue and everything that was rendered are safe.")]
        if fault.report is not None:
            words.append(self.tr("The report below was written to {0}.").format(fault.report))
        if more:
            words.append(self.tr("It happened %n more time(s).", "", more))
        self._words.setText("\n".join(words))
        self._text.setPlainText(_report(fault))

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 24, 24, 16)
        rows.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(16)
        sign = QLabel(self)
        sign.setPixmap(pixmap("warning", 32, "warning", self.devicePixelRatioF()))
        give_role(self._title, "title")
        column = QVBoxLayout()
        column.addWidget(self._title)
        column.addWidget(self._words)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(column, 1)
        rows.addLayout(head)
        rows.addWidget(self._text, 1)
        rows.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        copy, quit_, go_on = self._copy, self._quit, self._go_on
        give_role(go_on, "primary")
        go_on.setDefault(True)
        go_on.setFocus()
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text.toPlainText()))
        quit_.clicked.connect(self.quit_asked)
        quit_.clicked.connect(self.close)
        go_on.clicked.connect(self.close)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(quit_)
        row.addWidget(go_on)
        return row


def _report(fault: Fault) -> str:
    if fault.report is None:
        return fault.words
    try:  # a few kilobytes that were written a moment ago
        return fault.report.read_text(encoding="utf-8", errors="replace")[:_MOST_BYTES]
    except OSError:
        return fault.words
