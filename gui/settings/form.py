"""Build pages of settings: rows with a title, a control and an arrow back to the default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.speaking import Speaking
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words.errors import told_of
from orchestrator.settings import Settings

T = TypeVar("T")
CONTROL_PX = 288
"""How wide controls are, so that they stand in one column."""
_LEAST_CONTROL_PX, _ARROW_PX, _INSET_PX, _CUT_PX = 230, 28, 8, 4
_DEFAULTS = Settings()


def default_of(name: str) -> Any:
    """Return the default of one setting."""
    return getattr(_DEFAULTS, name)


def differs(settings: Settings, names: tuple[str, ...]) -> bool:
    """Return whether one of these settings is not its default."""
    return any(getattr(settings, name) != default_of(name) for name in names)


def reset(settings: Settings, names: tuple[str, ...]) -> Settings:
    """Return ``settings`` with these at their defaults."""
    known = {field.name for field in fields(Settings)}
    return replace(settings, **{name: default_of(name) for name in names if name in known})


class Page(Speaking):
    """One page of the dialog; a subclass sets its texts and draws what is set.

    ``draw`` is called once at the end of a subclass's ``__init__`` and on every change.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(32, 24, 32, 24)
        self.column.setSpacing(0)
        self.heading = QLabel(self)
        self.heading.setWordWrap(True)
        give_role(self.heading, "page")
        self.column.addWidget(self.heading)
        self.column.addSpacing(16)
        bridge.settings_changed.connect(self._on_settings_changed)

    def draw(self, settings: Settings) -> None:
        """Show what is set; must not set anything."""

    def shown(self) -> None:
        """Hear that the page came to the front; what takes time is looked at then."""

    def leave(self) -> None:
        """Hear that the page goes; what is half typed is taken then."""

    def set_one(self, **changed: Any) -> None:
        """Set something at once."""
        self.bridge.change_settings(lambda settings: replace(settings, **changed))

    def run(
        self,
        call: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``call`` on another thread; nobody answers once the page is gone."""

        def answer(found: T) -> None:
            if shiboken6.isValid(self):
                then(found)

        def fail(error: Exception) -> None:
            if shiboken6.isValid(self) and otherwise is not None:
                otherwise(error)
            else:
                self.bridge.troubled.emit(*told_of(error))

        self.bridge.run(call, answer, fail)

    def section(self) -> QLabel:
        """Add the name of a group of rows."""
        label = QLabel(self)
        label.setWordWrap(True)
        give_role(label, "section")
        self.column.addSpacing(16)
        self.column.addWidget(label)
        self.column.addSpacing(4)
        return label

    def _on_settings_changed(self, settings: Settings) -> None:
        self.draw(settings)


class Row(QWidget):
    """A title and a hint on the left, a control and the arrow back on the right."""

    def __init__(self, page: Page, control: QWidget, *names: str) -> None:
        """Put ``control`` on ``page``; the arrow resets the settings called ``names``."""
        super().__init__(page)
        self._page, self._names = page, names
        self.control = control
        self.title, self.hint = QLabel(self), QLabel(self)
        self.title.setBuddy(control)
        for label in (self.title, self.hint):
            label.setWordWrap(True)
        give_role(self.hint, "hint")
        self.arrow = QToolButton(self)
        self.arrow.setIcon(icon("reset", "muted"))
        self.arrow.setFixedSize(_ARROW_PX, _ARROW_PX)
        give_role(self.arrow, "quiet")
        self.arrow.clicked.connect(self._reset)
        keep_room(self.arrow)
        self._lay_out(control)
        page.column.addWidget(self)

    def say(self, title: str, hint: str = "") -> None:
        """Set the texts; the control gets them for those who do not see."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.control.setAccessibleName(title)
        self.control.setAccessibleDescription(hint)
        back = self.tr("Reset “{0}” to its default").format(title)
        self.arrow.setAccessibleName(back)
        self.arrow.setToolTip(back)

    def draw(self, settings: Settings) -> None:
        """Show the arrow where something is not its default."""
        shown = differs(settings, self._names)
        if self.arrow.hasFocus() and not shown:
            self.control.setFocus()
        self.arrow.setVisible(shown)

    def _reset(self) -> None:
        self._page.bridge.change_settings(lambda settings: reset(settings, self._names))

    def _lay_out(self, control: QWidget) -> None:
        row, words = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.hint)
        if not isinstance(control, QCheckBox):  # which is never narrower than its words
            control.setMinimumWidth(_LEAST_CONTROL_PX)
        control.setMaximumWidth(CONTROL_PX)
        wide = QSizePolicy.Policy.Expanding
        control.setSizePolicy(wide, control.sizePolicy().verticalPolicy())
        row.addLayout(words, 4)
        row.addSpacing(16)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(control, 5, top)
        row.addWidget(self.arrow, 0, top)


class Choice(QComboBox):
    """A list of choices that a wheel meant for the page does not change.

    A text that there is no room for is cut in its middle; the whole of it is its tip.

    ``said`` are pairs of a value and its text; :meth:`set_texts` keeps the value that is chosen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw as much of the text as there is room for."""
        del event
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        field, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(field, option, part, self).width() - _CUT_PX
        elide = Qt.TextElideMode.ElideMiddle
        shown = self.fontMetrics().elidedText(option.currentText, elide, room)
        self.setToolTip(option.currentText if shown != option.currentText else "")
        option.currentText = shown
        painter.drawComplexControl(field, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def set_texts(self, said: tuple[tuple[Any, str], ...]) -> None:
        """Offer these values; nobody hears of a change."""
        chosen = self.currentData()
        with QSignalBlocker(self):
            self.clear()
            for value, text in said:
                self.addItem(text, value)
        self.choose(chosen)

    def choose(self, value: Any) -> None:
        """Show a value; nobody hears of it."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Leave the wheel to the page."""
        event.ignore()


class Number(QSpinBox):
    """A number that a wheel meant for the page does not change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # A style sheet's padding does not move the field of a spin box off its border.
        self.lineEdit().setTextMargins(_INSET_PX, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Leave the wheel to the page."""
        event.ignore()


class PathLabel(QLabel):
    """A path that is cut in its middle where there is no room; the whole of it is its tip."""

    def setText(self, text: str) -> None:  # noqa: N802  # Qt's name
        """Show another path."""
        super().setText(text)
        self.setToolTip(text)
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return a size that any window has room for."""
        return QSize(80, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return the size of the whole path."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw as much of it as there is room for."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        rect = self.contentsRect()
        elide = Qt.TextElideMode.ElideMiddle
        text = QFontMetrics(self.font()).elidedText(self.text(), elide, rect.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, left, text)


class Note(QLabel):
    """A sentence under a control that is there only while it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setVisible(False)

    def say(self, text: str, mood: str = "hint") -> None:
        """Say ``text``, as a ``hint``, ``good``, ``warning`` or ``error``; nothing hides it."""
        give_role(self, mood)  # type: ignore[arg-type]  # one of the four
        self.setText(text)
        self.setVisible(bool(text))

    def show_up(self) -> None:
        """Bring the note into view where it is below what is seen of its page."""
        QTimer.singleShot(0, self, self._scroll_to)  # once it was laid out

    def _scroll_to(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self.isVisible():
            above.ensureWidgetVisible(self)


def scrolled(page: QWidget) -> QScrollArea:
    """Return ``page`` in an area that scrolls down, and to whatever gets the focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    _FocusFollower(area, page)
    return area


class _FocusFollower(QObject):
    """Scrolls an area to the widget that gets the focus in it."""

    def __init__(self, area: QScrollArea, page: QWidget) -> None:
        super().__init__(area)
        self._area = area
        for widget in page.findChildren(QWidget):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._area.ensureWidgetVisible(watched)
        return False


def beside(*widgets: QWidget, into: QBoxLayout | None = None) -> QHBoxLayout:
    """Return widgets side by side with room at their right."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    if into is not None:
        into.addLayout(row)
    return row


def keep_room(widget: QWidget) -> None:
    """Have a widget's room stay empty while it is hidden, so that nothing jumps."""
    policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
