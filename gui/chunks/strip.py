"""Draw the pieces of a render side by side and let them be pointed at, walked and played."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.chunks import cells
from gui.chunks.cells import Axis, Cell
from gui.chunks.paint import RADIUS_PX, paint_cell, paint_interruption
from gui.theme.current import colour
from orchestrator.desk.rented import Rented
from orchestrator.snapshot import ChunkView, Interruption

_MARKS_PX, _CELLS_PX = 8, 20
_HEIGHT_PX = _MARKS_PX + _CELLS_PX + 4
_NEAR_PX = 6
_Key = Qt.Key
_STEPS: dict[int, int] = {_Key.Key_Left: -1, _Key.Key_Right: 1}
_PLAYS = (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space)
_OURS: frozenset[int] = frozenset({*_STEPS, *_PLAYS, _Key.Key_Home, _Key.Key_End})


class Strip(QWidget):
    """The cells.

    Signals:
        part_chosen: start and end (exclusive) of a finished part that is to be played.
        frame_hovered: which frame is under the pointer; -1 when none is.
    """

    part_chosen = Signal(int, int)
    frame_hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chunks: Sequence[ChunkView] = ()
        self._marks: Sequence[Interruption] = ()
        self._frames, self._rate = 1, Fraction(25)
        self._rented: Rented | None = None
        self._cells: tuple[Cell, ...] = ()
        self._focused = 0
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pieces(
        self,
        chunks: Sequence[ChunkView],
        marks: Sequence[Interruption],
        frames: int,
        frame_rate: Fraction,
        rented: Rented | None = None,
    ) -> None:
        """Show pieces on the axis of a video of so many frames; what is the same stays."""
        self._rented = rented
        if frames != self._frames or marks != self._marks:
            self._cells = ()
        same = chunks is self._chunks and bool(self._cells)
        self._chunks, self._marks, self._frames, self._rate = chunks, marks, frames, frame_rate
        if not same:
            self._lay_out()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What is drawn."""
        return self._cells

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return a strip's height."""
        return QSize(320, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return a strip's height."""
        return QSize(80, _HEIGHT_PX)

    def retell(self) -> None:
        """Say the focused piece in the language in use."""
        told = self._told(self._focused) if self._cells else ""
        self.setAccessibleDescription(told)

    def _told(self, number: int) -> str:
        return cells.told(self._cells[number], self._rate, self._rented)

    # -- laying out --------------------------------------------------------------------------

    def _axis(self) -> Axis:
        return Axis(self._frames, float(max(1, self.width())))

    def _lay_out(self) -> None:
        before, self._cells = self._cells, cells.cells(self._chunks, self._axis())
        self._focused = min(self._focused, max(0, len(self._cells) - 1))
        other = cells.differing(before, self._cells)
        if other is None:
            self.update()
        else:
            for number in other:
                self.update(self._rect_of(number).toAlignedRect().adjusted(-2, -2, 2, 2))
        if other is None or self._focused in other:
            self.retell()

    def _rect_of(self, number: int) -> QRectF:
        cell, axis = self._cells[number], self._axis()
        left, right = axis.x_of(cell.start_frame), axis.x_of(cell.end_frame)
        gap = 1.0 if right - left > 4 else 0.0
        return QRectF(left, _MARKS_PX, max(1.0, right - left - gap), _CELLS_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Lay the cells out on the new width."""
        super().resizeEvent(event)
        self._cells = ()
        self._lay_out()

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint the cells that have to be."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        axis, shown = self._axis(), event.rect()
        first = max(0, self._number_near(axis.frame_at(shown.left())) - 1)
        for number in range(first, len(self._cells)):
            place = self._rect_of(number)
            if place.left() > shown.right() + 1:
                break
            paint_cell(painter, place, self._cells[number])
            if number == self._hovered and _plays(self._cells[number]):
                _paint_ring(painter, place, "text", 1)
        for mark in self._marks:
            paint_interruption(painter, axis.x_of(mark.frame), 0, _MARKS_PX + _CELLS_PX)
        if self.hasFocus() and self._cells:
            _paint_ring(painter, self._rect_of(self._focused), "focus", 2)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        """Paint the part of the video that is not rendered: a trim leaves it out."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("waiting", 0.15))
        middle = QRectF(0, _MARKS_PX + _CELLS_PX / 2 - 1, self.width(), 2)
        painter.drawRect(middle)

    def _number_near(self, frame: int) -> int:
        at = cells.cell_at(self._cells, frame)
        return 0 if at is None else at

    # -- pointing ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Show what is under the pointer; keep the keys that walk the cells."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() in _OURS and not event.modifiers() & ~_KEYPAD)
            return event.isAccepted()
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Tell which frame is under the pointer."""
        frame = self._axis().frame_at(event.position().x())
        self._hover(cells.cell_at(self._cells, frame))
        self.frame_hovered.emit(frame)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Tell that no frame is."""
        super().leaveEvent(event)
        self._hover(None)
        self.frame_hovered.emit(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Play the finished part under the pointer."""
        number = cells.cell_at(self._cells, self._axis().frame_at(event.position().x()))
        if number is not None and event.button() == Qt.MouseButton.LeftButton:
            self._focus(number)
            self._play(number)

    def _hover(self, number: int | None) -> None:
        if number == self._hovered:
            return
        for each in (self._hovered, number):
            if each is not None and each < len(self._cells):
                self.update(self._rect_of(each).toAlignedRect().adjusted(-2, -2, 2, 2))
        self._hovered = number
        plays = number is not None and _plays(self._cells[number])
        self.setCursor(Qt.CursorShape.PointingHandCursor if plays else Qt.CursorShape.ArrowCursor)

    def _show_tip(self, event: QHelpEvent) -> None:
        mark = self._mark_at(event.pos())
        if mark is not None:
            told = cells.interruption_told(mark, self._rate, self._rented)
            QToolTip.showText(event.globalPos(), told, self)
            return
        number = cells.cell_at(self._cells, self._axis().frame_at(event.pos().x()))
        if number is None:
            QToolTip.hideText()
            return
        place: QRect = self._rect_of(number).toAlignedRect()
        QToolTip.showText(event.globalPos(), self._told(number), self, place)

    def _mark_at(self, at: QPoint) -> Interruption | None:
        if at.y() > _MARKS_PX + 2:
            return None
        axis = self._axis()
        near = [m for m in self._marks if abs(axis.x_of(m.frame) - at.x()) <= _NEAR_PX]
        return near[-1] if near else None

    # -- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Walk the cells, play the one that has the focus."""
        key = event.key()  # a number: not every one that a keyboard sends has a name
        if not self._cells or key not in _OURS:
            super().keyPressEvent(event)
        elif key in _PLAYS:
            self._play(self._focused)
        elif key in _STEPS:
            self._focus(self._focused + _STEPS[key])
        else:
            self._focus(0 if key == _Key.Key_Home else len(self._cells) - 1)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show which cell has the focus."""
        super().focusInEvent(event)
        self.retell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show no focus."""
        super().focusOutEvent(event)
        self.update()

    def _focus(self, number: int) -> None:
        self._focused = min(max(0, number), len(self._cells) - 1)
        self.retell()
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
        self.frame_hovered.emit(self._cells[self._focused].start_frame)
        self.update()

    def _play(self, number: int) -> None:
        cell = self._cells[number]
        if _plays(cell):
            self.part_chosen.emit(cell.start_frame, cell.playable_end)


def _plays(cell: Cell) -> bool:
    return cell.playable_end > cell.start_frame


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _paint_ring(painter: QPainter, place: QRectF, colour_name: str, width_px: int) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(colour_name), width_px))
    painter.drawRoundedRect(place.adjusted(-0.5, -0.5, 0.5, 0.5), RADIUS_PX, RADIUS_PX)
