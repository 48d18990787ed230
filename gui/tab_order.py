"""Carry the keyboard from part to part in the order in which the eye meets them.

Qt goes by the order in which widgets were made; here many are made when they are needed first,
which would put the most important ones last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
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
        if widget.isEnabled() and widget.focusProxy() is None and _is_stop(widget, wanted.value)
    ]


def _is_stop(widget: QWidget, wanted: int) -> bool:
    """Of buttons of which one is down at a time only that one is a stop; arrows go to the others.

    Qt leaves it to whichever of them had the keyboard last.
    """
    policy = widget.focusPolicy().value
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive() and group.checkedButton() is not None:
        return group.checkedButton() is widget and policy != Qt.FocusPolicy.NoFocus.value
    return policy & wanted == wanted


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
    children = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    layout = widget.layout()
    laid_out = list(_in_layout(layout, children)) if layout is not None else []
    known = set(laid_out)
    others = [child for child in children if child not in known]
    return laid_out + sorted(others, key=lambda child: (child.y(), child.x()))


def _in_layout(layout: QLayout, children: Sequence[QWidget]) -> Iterator[QWidget]:
    """Yield those of ``children`` that a layout holds, row by row.

    Its items are not asked for: PySide keeps what it made of one after Qt has let go of it, and
    takes the next thing at that address for it.
    """
    parts: list[QWidget | QLayout] = [c for c in children if layout.indexOf(c) >= 0]
    parts += [inner for inner in layout.children() if isinstance(inner, QLayout)]
    if isinstance(layout, (QGridLayout, QFormLayout)):  # made in any order
        parts.sort(key=lambda part: (part.geometry().y(), part.geometry().x()))
    else:
        places: dict[QWidget | QLayout, int] = {}
        places |= {part: layout.indexOf(part) for part in parts if isinstance(part, QWidget)}
        places |= {part: layout.indexOf(part) for part in parts if isinstance(part, QLayout)}
        parts.sort(key=places.__getitem__)
    for part in parts:
        if isinstance(part, QWidget):
            yield part
        else:
            yield from _in_layout(part, children)


def _show(widget: QWidget, root: QWidget) -> None:
    """Scroll to where the keyboard went."""
    area = widget.parentWidget()
    while area is not None and area is not root:
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget)
        area = area.parentWidget()
