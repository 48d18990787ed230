"""Be the rows of Look and Output: a name, a control, and an arrow back to the usual value."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.theme.icons import icon

_SETTLE_MS = 250
_STEPS = 100


class Row(QWidget):
    """A name, what is set in words, a reset arrow, and beneath them a control.

    Signals:
        changed: the value that was set, as text, once it rests.
        reset: the arrow was pressed.
    """

    changed = Signal(str)
    reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.value = QLabel(), QLabel()
        self.value.setProperty("role", "muted")
        self._reset = QToolButton()
        self._reset.setIcon(icon("reset"))
        self._reset.setProperty("role", "quiet")
        self._reset.clicked.connect(self.reset)
        keeps = self._reset.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(keeps)
        self._head = QHBoxLayout()
        self._head.setSpacing(4)
        self._head.addWidget(self.name)
        self._head.addStretch(1)
        self._head.addWidget(self.value)
        self._head.addWidget(self._reset)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(self._head)

    def say(self, name: str, hint: str = "") -> None:
        """Set the row's texts."""
        self.name.setText(name)
        self.setToolTip(hint)
        told = self.tr("Back to the usual: {0}").format(name)
        self._reset.setToolTip(told)
        self._reset.setAccessibleName(told)
        self._name_control(name, hint)

    def show_differs(self, *, differs: bool) -> None:
        """Show the arrow when there is something to go back from."""
        self._reset.setVisible(differs)

    def settle(self) -> None:
        """Tell what was set now; rows that wait for a hand to rest have their own."""

    def _name_control(self, name: str, hint: str) -> None:
        """Name the control for those who do not see it; rows with one have their own."""


class SlideRow(Row):
    """A slider between two numbers; its word or percentage stands at the right."""

    def __init__(
        self,
        low: float,
        high: float,
        parent: QWidget | None = None,
        *,
        step: float = 0.0,
        tells: Callable[[float], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._low, self._high = low, high
        self._steps = round((high - low) / step) if step else _STEPS
        self._tells = tells
        self.slider = CalmSlider()
        self.slider.setRange(0, self._steps)
        self.slider.setPageStep(max(1, self._steps // 10))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_SETTLE_MS)
        self._rest.timeout.connect(self._tell)
        self.slider.valueChanged.connect(self._on_moved)
        self._is_showing = False
        self.column.addWidget(self.slider)

    def show_value(self, number: float | None) -> None:
        """Show a number; None when the selected videos differ. A hand on the slider goes first."""
        if self._rest.isActive() or self.slider.isSliderDown():
            return
        self._is_showing = True
        share = 0.5 if number is None else (number - self._low) / (self._high - self._low)
        self.slider.setValue(round(share * self._steps))
        self._is_showing = False
        self._say_value(number)

    def number(self) -> float:
        """Return where the slider stands."""
        share = self.slider.value() / self._steps
        return round(self._low + share * (self._high - self._low), 4)

    def settle(self) -> None:
        """Tell what was set now instead of after a moment."""
        if self._rest.isActive():
            self._rest.stop()
            self._tell()

    def _on_moved(self) -> None:
        if not self._is_showing:
            self._say_value(self.number())
            self._rest.start()

    def _say_value(self, number: float | None) -> None:
        if number is None:
            told = self.tr("differs")
        elif self._tells is not None:
            told = self._tells(number)
        else:
            told = self.tr("{0} %").format(round(number * 100))
        self.value.setText(told)
        self.slider.setAccessibleDescription(told)

    def _tell(self) -> None:
        self.changed.emit(repr(self.number()))

    def _name_control(self, name: str, hint: str) -> None:
        self.slider.setAccessibleName(name)
        self.slider.setToolTip(hint)


class ChoiceRow(Row):
    """A drop-down of a few words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = CalmCombo()
        self.combo.activated.connect(self._on_chosen)
        self.column.addSpacing(2)
        self.column.addWidget(self.combo)
        self._choices: tuple[tuple[str, str], ...] = ()

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer values, each with its words."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        chosen = self.combo.currentData()
        self.combo.clear()
        for value, words in choices:
            self.combo.addItem(words, value)
        self.combo.setCurrentIndex(self.combo.findData(chosen))

    def show_value(self, value: str | None) -> None:
        """Show a value; None when the selected videos differ."""
        self.combo.setPlaceholderText(self.tr("They differ"))
        self.combo.setCurrentIndex(-1 if value is None else self.combo.findData(value))

    def forbid(self, values: Sequence[str], why: str) -> None:
        """Grey out values that do not go with the rest, and say why."""
        model = self.combo.model()
        if not isinstance(model, QStandardItemModel):
            return
        for number, (value, _) in enumerate(self._choices):
            item = model.item(number)
            item.setEnabled(value not in values)
            item.setToolTip(why if value in values else "")

    def _on_chosen(self, number: int) -> None:
        self.changed.emit(self.combo.itemData(number))

    def _name_control(self, name: str, hint: str) -> None:
        self.combo.setAccessibleName(name)
        self.combo.setToolTip(hint)


class CalmSlider(QSlider):
    """A slider that the wheel does not move while one scrolls over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Leave the wheel to the panel."""
        event.ignore()


class CalmCombo(QComboBox):
    """A drop-down that the wheel does not change while one scrolls over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Leave the wheel to the panel."""
        event.ignore()
