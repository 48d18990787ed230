"""Show the queue: header, list, and what became of the selected video."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.bridge import Bridge
from gui.drops import Dropped, opened
from gui.queue import reveal
from gui.queue.actions import (
    Action,
    RunWord,
    acts_on,
    are_urgent,
    before_of,
    can,
    on_enter,
    place_after_steps,
)
from gui.queue.delegate import RowDelegate
from gui.queue.details import DetailsCard
from gui.queue.header import QueueHeader
from gui.queue.kept import Kept
from gui.queue.menu import menu_for, presets_title
from gui.queue.model import QueueModel
from gui.queue.orders import Orders
from gui.queue.pages import FilterStrip, QueuePage, TroubleStrip, UndoStrip
from gui.queue.rename import RenameDialog
from gui.queue.rows import Filter
from gui.queue.standing import Stander
from gui.queue.thumbnails import Thumbnails
from gui.queue.view import QueueView
from gui.speaking import Speaking
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words.errors import told
from orchestrator.desk.entries import Entry, EntryId
from orchestrator.desk.snapshot import DeskSnapshot

_LEAST_PX = 288
_NAMES_SAID = 3
_SETTLED_MS = 80
"""After scrolling, before what is in sight is read from disk."""
_ALL_ACTIONS: tuple[Action, ...] = (
    "render", "retry", "again", "cancel", "stop_after", "stop_now", "duplicate", "remove", "up",
    "down", "top", "bottom", "play", "show", "copy_error", "copy_address", "rename", "urgent",
    "select_all",
)  # fmt: skip


class QueuePanel(Speaking):
    """The left place of the window.

    Signals:
        selection_changed: ids of the selected videos, in the queue's order.
        add_asked: the user wants to choose files.
        play_asked: the id of a finished video.
        presets_asked: ids of the selected videos.
        account_asked: the user's cloud account is to be seen to.
        can_changed: what :meth:`can` says may be other now.
    """

    selection_changed = Signal(object)
    add_asked = Signal()
    play_asked = Signal(object)
    presets_asked = Signal(object)
    account_asked = Signal()
    can_changed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._snapshot = DeskSnapshot()
        self._selected: tuple[EntryId, ...] = ()
        self._known: frozenset[EntryId] = frozenset()
        self._possible: frozenset[Action] = frozenset()
        self._is_urgent = False
        self._is_adding = False
        self._before_reset: tuple[tuple[EntryId, ...], int] = ((), 0)
        self._orders = Orders(bridge)
        self._stander = Stander()
        self._kept = Kept(bridge, self)
        self._thumbnails = Thumbnails(bridge, self)
        self._model = QueueModel(self)
        self._build()
        self._connect()
        self.retranslate()

    # -- what the window needs ---------------------------------------------------------------

    def draw(self, snapshot: DeskSnapshot) -> None:
        """Show another state of the desk."""
        before, self._snapshot = self._snapshot, snapshot
        standing = self._stander.standing(snapshot, self._kept.shares)
        had_selected = bool(self._selected)
        self._model.show(snapshot.entries, standing)
        if snapshot.entries is not before.entries:
            self._thumbnails.look_again()
            self._sight.start()
            self._mind_selection(snapshot.entries, had_selected=had_selected)
        self._undo.follow(snapshot)
        self._trouble.draw(snapshot.trouble)
        self._header.draw(snapshot, self._stander.left_of_queue_s(snapshot))
        self._show_page()
        self._show_details()
        if _can_differ(before, snapshot):
            self._weigh()

    def select(self, entry_id: EntryId) -> None:
        """Select one video and bring it into sight."""
        row = self._model.row_of(entry_id)
        if row < 0 and any(e.entry_id == entry_id for e in self._snapshot.entries):
            self._filter.clear()
            row = self._model.row_of(entry_id)
        if row >= 0:
            self._view.setCurrentIndex(self._view.index_of(row))
            self._view.scrollTo(self._view.index_of(row))

    def expect_added(self) -> None:
        """Say that the user is adding videos: the first of them that comes in is selected."""
        self._is_adding = True

    def selected(self) -> tuple[EntryId, ...]:
        """Return the selected videos in the queue's order."""
        return self._selected

    def can(self, action: Action) -> bool:
        """Whether an action would do something now."""
        return action in self._possible

    def is_urgent(self) -> bool:
        """Whether all that is selected, and is still to be rendered, is urgent."""
        return self._is_urgent

    def offers(self, action: Action) -> bool:
        """Whether the menu of what is selected offers an action now."""
        if action in ("stop_after", "stop_now") and not acts_on(action, self._chosen()):
            return False  # it would stop another video than the menu is of
        return self.can(action)

    def do(self, action: Action) -> None:
        """Do an action to what is selected, if it can be done."""
        if action not in self._possible:
            return
        chosen = acts_on(action, self._chosen())
        match action:
            case "render":
                self._orders.render(chosen)
            case "retry":
                self._orders.retry(chosen)
            case "again":
                self._orders.again(chosen)
            case "cancel":
                self._orders.cancel(chosen)
            case "stop_after":
                self._orders.stop_after()
            case "stop_now":
                self._orders.stop_now()
            case "duplicate":
                self._orders.duplicate(chosen)
            case "remove":
                self._orders.remove(chosen)
                self._undo.removed(len(chosen))
            case "select_all":
                self._view.selectAll()
            case _:
                self._do_here(action, chosen)

    def move_selected(self, steps: int) -> None:
        """Move what is selected up (negative) or down."""
        self._move_to(place_after_steps(self._model.entries, frozenset(self._selected), steps))

    def toggle_urgent_selected(self) -> None:
        """Have what is selected rendered before the others, or not any more if all of it is."""
        self.do("urgent")

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self._view.setFocus()

    def focus_search(self) -> None:
        """Give the search field the keyboard."""
        self._filter.focus_field()

    # -- doing -------------------------------------------------------------------------------

    def _do_here(self, action: Action, chosen: Sequence[Entry]) -> None:
        match action:
            case "up" | "down":
                self.move_selected(-1 if action == "up" else 1)
            case "top":
                self._move_to(0)
            case "bottom":
                self._move_to(len(self._model.entries))
            case "play":
                self.play_asked.emit(chosen[0].entry_id)
            case "show":
                reveal.show_in_folder(self._bridge, file_of(chosen[0]))
            case "copy_error":
                QGuiApplication.clipboard().setText("\n\n".join(map(error_text, chosen)))
            case "copy_address":
                self._copy_address(chosen[0])
            case "rename":
                self._rename(chosen[0])
            case "urgent":
                self._orders.set_urgent(chosen, urgent=not are_urgent(chosen))
            case _:
                return

    def _move_to(self, place: int | None) -> None:
        if place is not None:
            self._on_moved(self._selected, place)

    def _on_moved(self, ids: Sequence[EntryId], place: int) -> None:
        before = before_of(self._snapshot.entries, self._model.entries, place)
        self._orders.move(ids, before)
        self._view.scrollTo(self._view.currentIndex())

    def _on_dropped(self, paths: Sequence[Path], place: int) -> None:
        before = before_of(self._snapshot.entries, self._model.entries, place)
        self._bridge.run(lambda: opened(paths), lambda found: self._on_found(found, before))

    def _on_found(self, found: Dropped, before: EntryId | None) -> None:
        if found.videos:
            self.expect_added()
            self._orders.add(found.videos, before)
        if found.others:
            names = ", ".join(path.name for path in found.others[:_NAMES_SAID])
            self._bridge.troubled.emit(
                self.tr("Files that are no videos were left out: {0}").format(names), ""
            )
        elif not found.videos:
            self._bridge.troubled.emit(
                self.tr("There is no video in what was dropped."),
                self.tr("Drop videos, or folders with videos in them."),
            )

    def _copy_address(self, entry: Entry) -> None:
        home, job_id = self._bridge.home, entry.job_id

        def read() -> str | None:
            from orchestrator.watching.address import noted_address

            return None if job_id is None else noted_address(home, job_id)

        self._bridge.run(read, self._on_address)

    def _on_address(self, address: str | None) -> None:
        if address is not None:
            QGuiApplication.clipboard().setText(address)
            return
        self._bridge.troubled.emit(
            self.tr("This render has no address yet."),
            self.tr("Try again once its first piece is uploaded."),
        )

    def _rename(self, entry: Entry) -> None:
        dialog = RenameDialog(entry, self)
        dialog.named.connect(lambda name: self._orders.rename_output(entry, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_entered(self) -> None:
        chosen = self._chosen()
        action = on_enter(chosen[0]) if len(chosen) == 1 else "render"
        if action is not None:
            self.do(action)

    def _on_menu(self, at: QPoint) -> None:
        begins = acts_on("render", self._chosen())
        goes_on = bool(begins) and all(entry.state == "stopped" for entry in begins)
        menu = menu_for(self.offers, self.do, self, goes_on=goes_on, urgent=self._is_urgent)
        if self._selected:
            menu.addSeparator()
            presets = menu.addAction(icon("star"), presets_title())
            presets.triggered.connect(lambda _=False: self.presets_asked.emit(self._selected))
        menu.popup(at)

    def _chosen(self) -> list[Entry]:
        ids = frozenset(self._selected)
        return [entry for entry in self._model.entries if entry.entry_id in ids]

    # -- selection ---------------------------------------------------------------------------

    def _mind_selection(self, entries: Sequence[Entry], *, had_selected: bool) -> None:
        """Select what came in when nothing is selected, and what took a removed one's place."""
        known, self._known = self._known, frozenset(e.entry_id for e in entries)
        self._on_selection()
        fresh = [e for e in self._model.entries if e.entry_id not in known]
        if self._is_adding and fresh:
            self._is_adding = False
            self.select(fresh[0].entry_id)
        if self._selected or not self._model.entries:
            return
        if had_selected:
            self._view.setCurrentIndex(self._view.currentIndex())
            return
        first = next((e for e in fresh if e.state == "rendering"), fresh[0] if fresh else None)
        if first is not None:  # in a turn of its own: with it every other view is drawn anew
            QTimer.singleShot(0, self, lambda: self._select_if_none(first.entry_id))

    def _select_if_none(self, entry_id: EntryId) -> None:
        if not self._selected:
            self.select(entry_id)

    def _on_selection(self) -> None:
        selected = self._view.selected_ids()
        if selected != self._selected:
            self._selected = selected
            self.selection_changed.emit(selected)
            self._show_details()
            self._weigh()

    def _weigh(self) -> None:
        chosen = self._chosen()
        possible = frozenset(a for a in _ALL_ACTIONS if can(a, chosen, self._snapshot))
        urgent = are_urgent(chosen)
        if (possible, urgent) != (self._possible, self._is_urgent):
            self._possible, self._is_urgent = possible, urgent
            self.can_changed.emit()

    # -- showing -----------------------------------------------------------------------------

    def _show_details(self) -> None:
        alone = self._selected[0] if len(self._selected) == 1 else None
        self._details.show_entry(self._snapshot.entry(alone) if alone else None)

    def _show_page(self) -> None:
        entries = self._snapshot.entries
        self._filter.setVisible(bool(entries))
        if not self._snapshot.loaded:
            self._page.show_loading()
        elif not entries:
            self._page.show_empty()
        elif not self._model.entries:
            self._page.show_nothing_found()
        self._stack.setCurrentWidget(self._view if self._model.entries else self._page)

    def _on_filter(self, wanted: str, text: str) -> None:
        self._model.filter(cast(Filter, wanted), text)
        self._on_selection()
        self._show_page()

    def _on_page_button(self) -> None:
        if self._snapshot.entries:
            self._filter.clear()
        else:
            self.add_asked.emit()

    def retranslate(self) -> None:
        """Set every text."""
        self.setAccessibleName(self.tr("Queue"))
        self._view.setAccessibleName(self.tr("Videos of the queue"))
        self._model.retell()

    # -- making ------------------------------------------------------------------------------

    def _build(self) -> None:
        give_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_LEAST_PX)
        self._header = QueueHeader(self._bridge, self)
        self._filter = FilterStrip(self)
        self._view = QueueView(self._model, RowDelegate(self._thumbnails, self), self)
        self._page = QueuePage(self)
        self._undo = UndoStrip(self)
        self._trouble = TroubleStrip(self)
        self._details = DetailsCard(self._bridge, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._trouble)
        column.addWidget(self._filter)
        column.addWidget(self._stack, 1)
        column.addWidget(self._undo)
        column.addWidget(self._details)

    def _connect(self) -> None:
        self._header.add_asked.connect(self.add_asked)
        self._header.run_asked.connect(lambda word: self._orders.run(cast(RunWord, word)))
        self._header.stop_after_asked.connect(self._orders.stop_after)
        self._header.stop_now_asked.connect(self._orders.stop_now)
        self._filter.changed.connect(self._on_filter)
        self._page.pressed.connect(self._on_page_button)
        self._undo.undo_asked.connect(self._orders.undo)
        self._details.account_asked.connect(self.account_asked)
        self._details.asked.connect(lambda action: self.do(cast(Action, action)))
        self._view.asked.connect(lambda action: self.do(cast(Action, action)))
        self._view.entered.connect(self._on_entered)
        self._view.menu_asked.connect(self._on_menu)
        self._view.moved.connect(self._on_moved)
        self._view.dropped.connect(self._on_dropped)
        self._view.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        self._thumbnails.arrived.connect(self._view.viewport().update)
        self._sight = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._sight.timeout.connect(lambda: self._kept.want(self._view.entries_in_sight()))
        self._view.verticalScrollBar().valueChanged.connect(lambda _: self._sight.start())
        self._kept.read.connect(lambda: self._model.set_kept(self._kept.shares))
        self._model.modelAboutToBeReset.connect(self._remember)
        self._model.modelReset.connect(self._recall)

    def _remember(self) -> None:
        self._before_reset = (self._selected, self._view.verticalScrollBar().value())

    def _recall(self) -> None:
        ids, scroll = self._before_reset
        self._view.select_ids(ids)
        self._view.verticalScrollBar().setValue(scroll)


def _can_differ(before: DeskSnapshot, now: DeskSnapshot) -> bool:
    return before.entries is not now.entries or (before.paused, before.stopping) != (
        now.paused,
        now.stopping,
    )


def file_of(entry: Entry) -> Path:
    """Return the file that is meant by a video: the finished one once it is there."""
    is_done = entry.state == "done" and entry.result is not None
    return Path(entry.result.output_path if is_done and entry.result else entry.source)


def error_text(entry: Entry) -> str:
    """Return what went wrong with a video as it is copied: which, what, and what to do."""
    trouble = entry.trouble
    if trouble is None:
        return ""
    sentence, advice = told(trouble.code, trouble.sentence, trouble.advice)
    return "\n".join(part for part in (entry.source, sentence, advice, trouble.code) if part)
