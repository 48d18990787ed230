"""Ask for the name of a finished file before it is made."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from gui.queue.naming import Fault, fault_of
from gui.queue.rows import name_of
from gui.speaking import SpeakingDialog
from gui.theme.roles import give_role
from orchestrator.desk.entries import Entry


class RenameDialog(SpeakingDialog):
    """Asks while the window stays usable behind it.

    Signals:
        named: the name without its ending; None to be called as the source is.
    """

    named = Signal(object)

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self._usual = f"{PurePath(name_of(entry)).stem}-secondunit"
        self._label, self._fault, self._field = QLabel(), QLabel(), QLineEdit()
        give_role(self._fault, "error")
        self._fault.setWordWrap(True)
        kinds = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        for widget in (self._label, self._field, self._fault, self._buttons):
            column.addWidget(widget)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setBuddy(self._field)
        self._field.setText(entry.output.name or "")
        self._field.setPlaceholderText(self._usual)
        self._field.setMinimumWidth(360)
        self._field.selectAll()
        self._field.textChanged.connect(lambda _: self._check())
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Rename the output"))
        self._label.setText(
            self.tr("Name of the finished video of “{0}”, without its ending:").format(
                name_of(self._entry)
            )
        )
        self._label.setWordWrap(True)
        self._check()

    def accept(self) -> None:
        """Give the name and close."""
        name = self._field.text().strip()
        if not fault_of(name):
            self.named.emit(name or None)
            super().accept()

    def _check(self) -> None:
        said: dict[Fault, str] = {
            "": "",
            "character": self.tr('A file name cannot have any of < > : " / \\ | ? *'),
            "reserved": self.tr("Windows keeps this name for a device."),
            "ends": self.tr("A file name cannot end in a full stop."),
            "long": self.tr("This name is too long."),
        }
        fault = fault_of(self._field.text().strip())
        self._fault.setText(said[fault])
        self._fault.setVisible(bool(fault))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not fault)
