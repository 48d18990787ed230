"""Set how soon a video is to be done, in minutes, or that it does not matter."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from gui.inspector.rows import Row
from gui.settings.form import Number

_MOST_MIN = 7 * 24 * 60
_STEP_MIN = 15


class DeadlineRow(Row):
    """Minutes; none of them is no deadline.

    Signals:
        within_set: seconds, or None.
    """

    within_set = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = Number()
        self.box.setRange(0, _MOST_MIN)
        self.box.setSingleStep(_STEP_MIN)
        self.box.setKeyboardTracking(False)
        self.box.valueChanged.connect(
            lambda minutes: self.within_set.emit(minutes * 60.0 if minutes else None)
        )
        self.column.addSpacing(2)
        self.column.addWidget(self.box)

    def show_within(self, within_s: float | None) -> None:
        """Show a deadline, or none; nobody hears of it."""
        self.box.setSpecialValueText(self.tr("No deadline"))
        unit = self.tr("min", "minutes, after a number")
        self.box.setSuffix(f" {unit}")
        with QSignalBlocker(self.box):
            self.box.setValue(0 if within_s is None else max(1, round(within_s / 60)))

    def _name_control(self, name: str, hint: str) -> None:
        self.box.setAccessibleName(name)
        self.box.setToolTip(hint)
