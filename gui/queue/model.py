"""Offer the queue to a list view, changing only the rows that changed."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from gui.queue.diff import Inserted, Moved, Removed, Step, apply, changed, steps
from gui.queue.rows import Filter, Row, Standing, row_of, shown
from gui.words.notices import notice_said
from gui.words.states import urgent_told
from orchestrator.desk.entries import Entry, EntryId

MIME = "application/x-secondunit-videos"
"""What is carried when videos of the queue are dragged; one id a line."""
RowRole = int(Qt.ItemDataRole.UserRole) + 1
_MOST_RUNS = 50
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class QueueModel(QAbstractListModel):
    """The entries that are shown; what a row says is worked out when it is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._everything: Sequence[Entry] = ()
        self._shown: list[Entry] = []
        self._filter: tuple[Filter, str] = ("all", "")
        self._standing = Standing()

    # -- what is shown -----------------------------------------------------------------------

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries that are shown, in order."""
        return self._shown

    @property
    def everything(self) -> Sequence[Entry]:
        """All entries, those too that the filter hides."""
        return self._everything

    @property
    def standing(self) -> Standing:
        """What rows say besides their entries."""
        return self._standing

    def show(self, entries: Sequence[Entry], standing: Standing) -> None:
        """Show a newer state of the queue."""
        before, self._standing = self._standing, standing
        if entries is not self._everything:
            self._everything = entries
            self._arrange()
        self._tell_of_standing(before, standing)

    def filter(self, wanted: Filter, text: str) -> None:
        """Show only some."""
        if (wanted, text) != self._filter:
            self._filter = (wanted, text)
            self._arrange()

    def set_kept(self, kept: Mapping[EntryId, float]) -> None:
        """Say how much of resting renders is kept."""
        before, self._standing = self._standing.kept, replace(self._standing, kept=kept)
        self._tell_of(i for i in kept if kept[i] != before.get(i))

    def retell(self) -> None:
        """Say every row anew: the language or the estimates changed."""
        if self._shown:
            self._tell(0, len(self._shown) - 1)

    def row_of(self, entry_id: EntryId | None) -> int:
        """Return which row shows an entry; -1 for none."""
        rows = (n for n, entry in enumerate(self._shown) if entry.entry_id == entry_id)
        return next(rows, -1)

    def row(self, number: int) -> Row:
        """Return what one row says."""
        return row_of(self._shown[number], self._standing)

    # -- Qt's --------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """Return how many entries are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is asked of a row."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.row(index.row()).name
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(index.row())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.row(index.row()).spoken
            case _:
                return self.row(index.row()) if role == RowRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Rows can be chosen and dragged; things are dropped between them."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        chosen = flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemIsDragEnabled
        return chosen | flag.ItemNeverHasChildren

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802  # Qt's name
        """Videos of the queue are moved, files are copied in."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:  # noqa: N802  # Qt's name
        """Return what is understood when it is dropped."""
        return [MIME, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802  # Qt's name
        """Return what a drag carries."""
        rows = sorted(index.row() for index in indexes)
        made = QMimeData()
        made.setData(MIME, "\n".join(self._shown[row].entry_id for row in rows).encode())
        return made

    def _tip(self, number: int) -> str:
        entry, row = self._shown[number], self.row(number)
        notices = entry.facts.notices if entry.facts else ()
        urgent = (urgent_told(),) if row.urgent else ()
        lines = (row.path, row.line, *urgent, *(notice_said(n) for n in notices))
        # As marked-up text it is broken into lines; what is in it is taken as it stands.
        return "".join(f"<p>{html.escape(line)}</p>" for line in lines)

    # -- changing ----------------------------------------------------------------------------

    def _arrange(self) -> None:
        wanted = shown(self._everything, *self._filter)
        found = steps(self._shown, wanted)
        if found is None:
            self.beginResetModel()
            self._shown = list(wanted)
            self.endResetModel()
            return
        for step in found:
            self._do(step)
        runs = changed(self._shown, wanted)
        self._shown = list(wanted)
        if len(runs) > _MOST_RUNS:
            runs = [(runs[0][0], runs[-1][1])]
        for first, last in runs:
            self._tell(first, last)

    def _do(self, step: Step) -> None:
        match step:
            case Removed(first, last):
                self.beginRemoveRows(_ROOT, first, last)
                apply(self._shown, step)
                self.endRemoveRows()
            case Moved(first, last, to):
                self.beginMoveRows(_ROOT, first, last, _ROOT, to)
                apply(self._shown, step)
                self.endMoveRows()
            case Inserted(at, entries):
                self.beginInsertRows(_ROOT, at, at + len(entries) - 1)
                apply(self._shown, step)
                self.endInsertRows()

    def _tell_of_standing(self, before: Standing, now: Standing) -> None:
        if before.places is not now.places or (before.paused, before.stopping) != (
            now.paused,
            now.stopping,
        ):
            self.retell()
        elif (
            before.looking is not now.looking
            or before.preparing is not now.preparing
            or before.running is not now.running
        ):
            self._tell_of({*before.touched(), *now.touched()})

    def _tell_of(self, ids: Iterable[EntryId]) -> None:
        wanted = set(ids)
        if not wanted:
            return
        for number, entry in enumerate(self._shown):
            if entry.entry_id in wanted:
                self._tell_changed(number)
                wanted.discard(entry.entry_id)
                if not wanted:
                    return

    def _tell_changed(self, number: int) -> None:
        if number >= 0:
            self._tell(number, number)

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last))
