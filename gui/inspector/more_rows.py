"""Be the rows that only FaceFusion needs: switches, some of several words, numbers, a colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QGridLayout,
    QHBoxLayout,
    QToolButton,
    QWidget,
)

from gui.inspector.rows import Row
from gui.settings.form import Number
from gui.theme.roles import give_role

_SETTLE_MS = 250
_IN_A_ROW = 2
_SWATCH_PX = 16
_SPIN_PX = 56


class SwitchRow(Row):
    """A name with a check box before it; there is nothing beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self.name.hide()
        self._head.insertWidget(0, self.box)
        self.box.clicked.connect(lambda on: self.changed.emit("on" if on else "off"))

    def show_value(self, value: str | None) -> None:
        """Show whether it is on; None when the selected videos differ."""
        self.box.setTristate(value is None)
        state = {None: Qt.CheckState.PartiallyChecked, "on": Qt.CheckState.Checked}
        self.box.setCheckState(state.get(value, Qt.CheckState.Unchecked))

    def _name_control(self, name: str, hint: str) -> None:
        self.box.setText(name)
        self.box.setToolTip(hint)


class SeveralRow(Row):
    """Words of which at least one is chosen; two stand in a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setSpacing(4)
        self.column.addLayout(self._grid)

    @property
    def boxes(self) -> dict[str, QCheckBox]:
        """The check box of each word."""
        return self._boxes

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer values, each with its words."""
        for number, (value, words) in enumerate(choices):
            if value not in self._boxes:
                box = self._boxes[value] = QCheckBox()
                box.clicked.connect(lambda _=False, chosen=value: self._on_clicked(chosen))
                self._grid.addWidget(box, number // _IN_A_ROW, number % _IN_A_ROW)
            self._boxes[value].setText(words)

    def show_value(self, value: str | None) -> None:
        """Show which are chosen; None when the selected videos differ."""
        chosen = (value or "").split()
        for word, box in self._boxes.items():
            box.setChecked(word in chosen)
        self.value.setText(self.tr("differs") if value is None else "")

    def _on_clicked(self, clicked: str) -> None:
        chosen = [word for word, box in self._boxes.items() if box.isChecked()]
        if not chosen:  # one has to stay
            self._boxes[clicked].setChecked(True)
            return
        self.changed.emit(" ".join(chosen))

    def _name_control(self, name: str, hint: str) -> None:
        for box in self._boxes.values():
            box.setAccessibleName(self.tr("{0}: {1}").format(name, box.text()))
            box.setToolTip(hint)


class NumbersRow(Row):
    """A few whole numbers side by side."""

    def __init__(self, low: int, high: int, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spins = tuple(Number() for _ in range(count))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_SETTLE_MS)
        self._rest.timeout.connect(self._tell)
        line = QHBoxLayout()
        line.setContentsMargins(0, 4, 0, 0)
        line.setSpacing(4)
        for spin in self.spins:
            spin.setRange(low, high)
            spin.setMinimumWidth(_SPIN_PX)
            spin.valueChanged.connect(lambda _: self._rest.start())
            line.addWidget(spin, 1)
        self.column.addLayout(line)

    def show_value(self, value: str | None) -> None:
        """Show numbers; None when the selected videos differ. A hand on them goes first."""
        self.value.setText(self.tr("differs") if value is None else "")
        if self._rest.isActive() or value is None:
            return
        for spin, number in zip(self.spins, value.split(), strict=True):
            with QSignalBlocker(spin):
                spin.setValue(int(number))

    def settle(self) -> None:
        """Tell what was set now instead of after a moment."""
        if self._rest.isActive():
            self._rest.stop()
            self._tell()

    def _tell(self) -> None:
        self.changed.emit(" ".join(str(spin.value()) for spin in self.spins))

    def _name_control(self, name: str, hint: str) -> None:
        for number, spin in enumerate(self.spins, start=1):
            spin.setAccessibleName(self.tr("{0} ({1})").format(name, number))
            spin.setToolTip(hint)


class ColourRow(Row):
    """A colour, and the system's way to choose another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton()
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        give_role(self.button, "quiet")
        self.button.clicked.connect(self._choose)
        self._colour = QColor(0, 0, 0)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_value(self, value: str | None) -> None:
        """Show a colour; None when the selected videos differ."""
        self.value.setText(self.tr("differs") if value is None else "")
        if value is not None:
            red, green, blue = (int(part) for part in value.split())
            self._colour = QColor(red, green, blue)
        swatch = QPixmap(_SWATCH_PX, _SWATCH_PX)
        swatch.fill(self._colour)
        self.button.setIcon(QIcon(swatch))
        self.button.setText(self._colour.name())

    def take(self, colour: QColor) -> None:
        """Set a colour that was chosen; one that is none changes nothing."""
        if colour.isValid():
            self.changed.emit(f"{colour.red()} {colour.green()} {colour.blue()}")

    def _choose(self) -> None:
        self.take(QColorDialog.getColor(self._colour, self.window(), self.name.text()))

    def _name_control(self, name: str, hint: str) -> None:
        self.button.setAccessibleName(self.tr("{0}: {1}").format(name, self._colour.name()))
        self.button.setToolTip(hint)
