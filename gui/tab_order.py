"""Carry the keyboard from part to part in the order in which the eye meets them.

Qt goes by the order in which widgets were made; here many are made when they are needed first,
which would put the most important ones last.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QTextEdit,
    QWidget,
)

_WHOLE = (
    QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit,
)  # fmt: skip
"""What is one stop, whatever it is made of."""


def go(root: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next part of ``root``; return whether there is one."""
    stops = tab_stops(root)
    if not stops:
        return False
    at = _place_of(QApplication.focusWidget(), stops)
    if at is None:
        to = stops[0] if forward else stops[-1]
    else:
        to = stops[(at + (1 if forward else -1)) % len(stops)]
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    to.setFocus(reason)
    _show(to, root)
    return True


def tab_stops(root: QWidget) -> list[QWidget]:
    """Return what the Tab key reaches in ``root`` now, in order."""
    hints = QGuiApplication.styleHints()
    everything = hints.tabFocusBehavior() == Qt.TabFocusBehavior.TabFocusAllControls
    wanted = Qt.FocusPolicy.TabFocus if everything else Qt.FocusPolicy.StrongFocus
    return [
        widget
        for widget in _walk(root)
        if widget.focusPolicy().value & wanted.value == wanted.value
        and widget.isEnabled()
        and widget.focusProxy() is None
    ]


def _place_of(widget: QWidget | None, stops: list[QWidget]) -> int | None:
    """Return where ``widget`` stands among ``stops``, or what it is a part of."""
    while widget is not None:
        if widget in stops:
            return stops.index(widget)
        widget = widget.parentWidget()
    return None


def _walk(widget: QWidget) -> Iterator[QWidget]:
    """Yield the widget and all that is visible in it, in the order of reading."""
    yield widget
    if isinstance(widget, _WHOLE):
        return
    for child in _children(widget):
        if child.isVisible() and not child.isWindow():
            yield from _walk(child)


def _children(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QSplitter):
        parts = [widget.widget(number) for number in range(widget.count())]
        return [part for part in parts if part is not None]
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        return [] if inside is None else [inside]
    layout = widget.layout()
    laid_out = list(_in_layout(layout)) if layout is not None else []
    known = set(laid_out)
    others = [
        child
        for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child not in known
    ]
    return laid_out + sorted(others, key=lambda child: (child.y(), child.x()))


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    """Yield the widgets of a layout row by row."""
    count = getattr(layout, "count", None)
    if count is None:
        return  # PySide took it for a spacer that was at its address before; places tell the order
    found = [layout.itemAt(number) for number in range(count())]
    items = [item for item in found if item is not None]
    if isinstance(layout, (QGridLayout, QFormLayout)):  # made in any order
        items.sort(key=lambda item: (item.geometry().y(), item.geometry().x()))
    for item in items:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_layout(inner)


def _show(widget: QWidget, root: QWidget) -> None:
    """Scroll to where the keyboard went."""
    area = widget.parentWidget()
    while area is not None and area is not root:
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget)
        area = area.parentWidget()
