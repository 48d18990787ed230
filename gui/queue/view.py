"""Show the rows of the queue as a list that can be reordered and that takes files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import (
    QElapsedTimer,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

from gui.drops import dropped
from gui.queue.actions import Action, place_at
from gui.queue.delegate import RowDelegate, row_height_px
from gui.queue.diff import runs
from gui.queue.model import MIME, QueueModel
from gui.queue.rows import find_typed, name_of
from gui.theme.current import colour
from gui.words import amounts
from orchestrator.desk.entries import Entry, EntryId

_STEP_PX = 24
_LINE_PX, _DOT_PX, _INSET_PX = 2, 8, 8
_Index = QModelIndex | QPersistentModelIndex
_Key, _Modifier = Qt.Key, Qt.KeyboardModifier


class QueueView(QListView):
    """The list.

    Signals:
        asked: an :data:`~gui.queue.actions.Action` by its key, for what is selected.
        entered: the Enter key or a double click, on the current row.
        menu_asked: where on the screen.
        moved: ids that were dragged, and between which rows they were dropped.
        dropped: paths of files, and between which rows.
    """

    asked = Signal(str)
    entered = Signal()
    menu_asked = Signal(QPoint)
    moved = Signal(object, int)
    dropped = Signal(object, int)

    def __init__(
        self, model: QueueModel, delegate: RowDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._queue = model
        self._place: int | None = None
        self._typed, self._typing = "", QElapsedTimer()
        self.setModel(_front_of(model, self))
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)  # ours is easier to see
        self.verticalScrollBar().setSingleStep(_STEP_PX)
        self.doubleClicked.connect(lambda _: self.entered.emit())

    def selected_ids(self) -> tuple[EntryId, ...]:
        """Return the selected entries in the queue's order."""
        entries = self._queue.entries
        selection = self.selectionModel().selection()
        parts = (selection.at(number) for number in range(selection.size()))
        ranges = sorted((part.top(), part.bottom()) for part in parts)
        return tuple(e.entry_id for top, bottom in ranges for e in entries[top : bottom + 1])

    def entries_in_sight(self) -> Sequence[Entry]:
        """Return the entries whose rows can be seen."""
        first = self.verticalOffset() // self._row_px()
        count = self.viewport().height() // self._row_px() + 2
        return self._queue.entries[first : first + count]

    def index_of(self, row: int) -> QModelIndex:
        """Return the index of a row, as this list knows it."""
        return self.model().index(row, 0)

    def select_ids(self, ids: Collection[EntryId]) -> None:
        """Select those of ``ids`` that are shown, and nothing else."""
        wanted, chosen = frozenset(ids), QItemSelection()
        rows = [n for n, entry in enumerate(self._queue.entries) if entry.entry_id in wanted]
        for first, last in runs(rows):
            chosen.select(self.index_of(first), self.index_of(last))
        flag = QItemSelectionModel.SelectionFlag
        model = self.selectionModel()
        if rows:
            model.setCurrentIndex(self.index_of(rows[0]), flag.NoUpdate)
        model.select(chosen, flag.ClearAndSelect)

    # -- drawing -----------------------------------------------------------------------------

    def dataChanged(  # noqa: N802  # Qt's name
        self, top: _Index, bottom: _Index, roles: Sequence[int] = ()
    ) -> None:
        """Repaint; rows never change their height, so a list of 10,000 is not laid out anew."""
        QAbstractItemView.dataChanged(self, top, bottom, list(roles))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Keep the chosen video in sight where details take room below the list."""
        at = self.visualRect(self.currentIndex())
        was_in_sight = QRect(QPoint(), event.oldSize()).intersects(at)
        super().resizeEvent(event)
        if was_in_sight:
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint the rows, and where a drop would go."""
        super().paintEvent(event)
        if self._place is not None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_place(painter, self._place_y_px(self._place))
            painter.end()

    def _paint_place(self, painter: QPainter, y_px: int) -> None:
        left, right = _INSET_PX, self.viewport().width() - _INSET_PX
        painter.setPen(QPen(colour("accent"), _LINE_PX))
        painter.drawLine(left + _DOT_PX, y_px, right, y_px)
        painter.setBrush(colour("panel"))
        painter.drawEllipse(left, y_px - _DOT_PX // 2, _DOT_PX, _DOT_PX)

    def _place_y_px(self, place: int) -> int:
        y_px = place * self._row_px() - self.verticalOffset()
        return min(max(y_px, _DOT_PX // 2 + 1), self.viewport().height() - _DOT_PX // 2 - 1)

    def _row_px(self) -> int:
        return row_height_px(self.font())

    # -- dragging ----------------------------------------------------------------------------

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802  # Qt's name
        """Carry the selected videos, with a sign that says how many."""
        indexes = self.selectedIndexes()
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self._queue.mimeData(indexes))
        names = [name_of(self._queue.entries[index.row()]) for index in indexes]
        said = names[0] if len(names) == 1 else amounts.videos(len(names))
        drag.setPixmap(_sign(said, self.font(), self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(-12, -8))
        drag.exec(actions, Qt.DropAction.MoveAction)
        self._show_place(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Take videos of the queue and files."""
        if _takes(event):
            self.setState(QAbstractItemView.State.DraggingState)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802  # Qt's name
        """Show where a drop would go; near the edges the list scrolls."""
        if not _takes(event):
            event.ignore()
            return
        super().dragMoveEvent(event)
        self._show_place(self._place_under(event))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  # Qt's name
        """Take the sign away."""
        super().dragLeaveEvent(event)
        self._show_place(None)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Say what was dropped, and where."""
        place = self._place_under(event)
        self._show_place(None)
        self.stopAutoScroll()
        self.setState(QAbstractItemView.State.NoState)
        carried = event.mimeData()
        if carried.hasFormat(MIME):
            ids = bytes(carried.data(MIME).data()).decode().split("\n")
            self.moved.emit(tuple(EntryId(each) for each in ids if each), place)
            event.acceptProposedAction()
        elif files := _files(event):
            self.dropped.emit(files, place)
            event.acceptProposedAction()

    def _place_under(self, event: QDropEvent) -> int:
        y_px = round(event.position().y()) + self.verticalOffset()
        return place_at(y_px, self._row_px(), len(self._queue.entries))

    def _show_place(self, place: int | None) -> None:
        if place != self._place:
            self._place = place
            self.viewport().update()

    # -- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Do what a key means here, or leave it to the list."""
        if event.key() in (_Key.Key_Return, _Key.Key_Enter) and not event.modifiers() & _NOT_PLAIN:
            self.entered.emit()
            return
        action = _KEYS.get((event.modifiers() & _MODIFIERS, event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            self.asked.emit(action)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802  # Qt's name
        """Go to the next video whose name begins with what is typed, or else holds it."""
        goes_on = self._typing.isValid() and not self._typing.hasExpired(
            QApplication.keyboardInputInterval()
        )
        self._typed = (self._typed if goes_on else "") + search
        self._typing.start()
        names = [name_of(entry) for entry in self._queue.entries]
        start = max(0, self.currentIndex().row()) + (0 if goes_on else 1)
        found = find_typed(names, start, self._typed)
        if found is not None:
            self.setCurrentIndex(self.index_of(found))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's name
        """Ask for the menu; by key it opens at the current row."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            at = self.viewport().mapToGlobal(QPoint(rect.left() + 24, rect.center().y()))
        self.menu_asked.emit(at)


_MODIFIERS = _Modifier.ControlModifier | _Modifier.AltModifier | _Modifier.ShiftModifier
_NOT_PLAIN = _MODIFIERS | _Modifier.MetaModifier
_KEYS: dict[tuple[Qt.KeyboardModifier, int], Action] = {
    (_Modifier.AltModifier, _Key.Key_Up): "up",
    (_Modifier.AltModifier, _Key.Key_Down): "down",
    (_Modifier.AltModifier, _Key.Key_Home): "top",
    (_Modifier.AltModifier, _Key.Key_End): "bottom",
    (_Modifier.NoModifier, _Key.Key_Delete): "remove",
    (_Modifier.NoModifier, _Key.Key_Backspace): "remove",
    (_Modifier.NoModifier, _Key.Key_F2): "rename",
    (_Modifier.ControlModifier, _Key.Key_D): "duplicate",
    (_Modifier.ControlModifier, _Key.Key_U): "urgent",
    (_Modifier.ControlModifier, _Key.Key_C): "copy_error",
}


def _front_of(model: QueueModel, parent: QWidget) -> QSortFilterProxyModel:
    """Put a model before ``model`` that neither sorts nor filters: its rows are the same.

    It counts rows without asking Python.  Laying 10,000 rows out anew asks for their number
    10,000 times, which would hold the window up for some 20 ms at every change of the queue.
    """
    made = QSortFilterProxyModel(parent)
    made.setDynamicSortFilter(False)
    made.setSourceModel(model)
    return made


def _takes(event: QDropEvent) -> bool:
    return event.mimeData().hasFormat(MIME) or bool(_files(event))


def _files(event: QDropEvent) -> list[Path]:
    """Return files for the queue; a drop with photos among them is the window's."""
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    found = dropped(paths)
    return paths if (found.videos or found.folders) and not found.photos else []


def _sign(said: str, font: QFont, ratio: float) -> QPixmap:
    """Draw the little plate that goes with the pointer."""
    plate = QRect(0, 0, 220, 32)
    made = QPixmap(plate.size() * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(colour("accent"))
    painter.setBrush(colour("raised"))
    painter.drawRoundedRect(plate.adjusted(1, 1, -1, -1), 6, 6)
    painter.setFont(font)
    painter.setPen(colour("text"))
    inner = plate.adjusted(12, 0, -12, 0)
    text = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideMiddle, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
    painter.end()
    return made
