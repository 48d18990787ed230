"""Carry what happens in one place of the window to the others, and open what lies behind them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.bridge import Bridge
from gui.commands import CommandSet
from gui.places import Places
from orchestrator.desk.entries import EntryId
from orchestrator.desk.snapshot import DeskSnapshot

if TYPE_CHECKING:
    from gui.cast.board import CastBoard
    from gui.faces.dialog import FacesDialog
    from gui.settings.dialog import SettingsDialog

_BOARD_PX = (1080, 720)


class Wiring(QObject):
    """Connects the places; made once they are there."""

    def __init__(
        self, bridge: Bridge, window: QWidget, places: Places, commands: CommandSet
    ) -> None:
        """Connect everything."""
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._places, self._commands = places, commands
        self._faces: FacesDialog | None = None
        self._settings: SettingsDialog | None = None
        self._board: CastBoard | None = None
        self._looked_at: EntryId | None = None
        self._connect()
        self._bind_queue()
        self._bind_rest()
        self._look_at(places.queue.selected())

    def draw(self, snapshot: DeskSnapshot) -> None:
        """Show another state in what is open."""
        entry = snapshot.entry(self._looked_at)
        self._places.chunks.setVisible(entry is not None and entry.job_id is not None)
        if self._board is not None and self._board.isVisible():
            self._board.draw(snapshot)

    def show_faces(self, photos: Sequence[Path] = ()) -> None:
        """Open the faces library, with photos to be taken in."""
        from gui.faces.dialog import FacesDialog

        if self._faces is None:
            self._faces = FacesDialog(self._bridge, self._places.library, self._window)
        _show(self._faces)
        if photos:
            self._faces.take(photos)

    def show_settings(self) -> None:
        """Open the settings."""
        from gui.settings.dialog import SettingsDialog

        if self._settings is None:
            self._settings = SettingsDialog(self._bridge, self._commands, self._window)
        _show(self._settings)

    def show_board(self) -> None:
        """Open the cast board over the whole queue."""
        from gui.cast.board import CastBoard

        if self._board is None:
            self._board = CastBoard(self._bridge, library=self._places.library)
            self._board.jump_asked.connect(self._on_board_jump)
            self._board.faces_asked.connect(lambda *_: self.show_faces())
            self._board_page = _page(self._board, self._window)
        self._board.draw(self._bridge.snapshot)
        _show(self._board_page)

    # -- from place to place -----------------------------------------------------------------

    def _connect(self) -> None:
        queue, stage = self._places.queue, self._places.stage
        chunks, inspector = self._places.chunks, self._places.inspector
        queue.selection_changed.connect(self._look_at)
        queue.add_asked.connect(self._commands.action("add_videos").trigger)
        queue.play_asked.connect(self._on_play)
        queue.presets_asked.connect(lambda _: self.show_settings())
        chunks.part_chosen.connect(stage.play_part)
        stage.person_picked.connect(inspector.highlight)
        stage.person_picked.connect(stage.highlight)
        inspector.person_picked.connect(stage.highlight)
        inspector.jump_asked.connect(stage.go_to)
        inspector.faces_asked.connect(lambda *_: self.show_faces())

    def _look_at(self, ids: tuple[EntryId, ...]) -> None:
        first = ids[0] if ids else None
        self._looked_at = first
        self._places.inspector.look_at(ids)
        self._places.stage.look_at(first)
        self._places.chunks.look_at(first)
        self._bridge.tell(lambda desk: desk.focus(first))
        self.draw(self._bridge.snapshot)

    def _on_play(self, entry_id: EntryId) -> None:
        entry = self._bridge.snapshot.entry(entry_id)
        if entry is not None and entry.facts is not None:
            self._places.queue.select(entry_id)
            self._places.stage.play_part(0, entry.facts.frame_count)

    def _on_board_jump(self, entry_id: EntryId, frame: int) -> None:
        self._places.queue.select(entry_id)
        self._places.stage.go_to(frame)
        self._window.raise_()

    # -- commands ----------------------------------------------------------------------------

    def _bind_queue(self) -> None:
        queue, bind = self._places.queue, self._commands.bind
        bind("render", queue.render_selected)
        bind("remove", queue.remove_selected)
        bind("duplicate", queue.duplicate_selected)
        bind("move_up", lambda: queue.move_selected(-1))
        bind("move_down", lambda: queue.move_selected(1))
        bind("move_top", queue.move_selected_to_top)
        bind("move_bottom", queue.move_selected_to_bottom)
        queue.can_changed.connect(self._on_can)
        self._on_can()

    def _on_can(self) -> None:
        queue = self._places.queue
        for command_id, action in _QUEUE_ACTIONS.items():
            self._commands.set_enabled(command_id, enabled=queue.can(action))

    def _bind_rest(self) -> None:
        bind = self._commands.bind
        bind("faces", self.show_faces)
        bind("settings", self.show_settings)
        bind("cast_board", self.show_board)
        bind("to_queue", self._places.queue.focus_list)
        bind("to_stage", lambda: _focus(self._places.stage))
        bind("to_inspector", lambda: _focus(self._places.inspector))


_QUEUE_ACTIONS: dict[str, Any] = {
    "render": "render",
    "remove": "remove",
    "duplicate": "duplicate",
    "move_up": "up",
    "move_down": "down",
    "move_top": "top",
    "move_bottom": "bottom",
}


def _show(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


def _page(board: CastBoard, window: QWidget) -> QDialog:
    page = QDialog(window)
    page.setWindowTitle(board.windowTitle())
    page.resize(*_BOARD_PX)
    rows = QVBoxLayout(page)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addWidget(board)
    board.windowTitleChanged.connect(page.setWindowTitle)
    return page


def _focus(view: QWidget) -> None:
    """Give the keyboard to the first part of ``view`` that takes it."""
    part: QWidget | None = view
    while part is not None and part.focusPolicy() == Qt.FocusPolicy.NoFocus:
        part = part.nextInFocusChain()
        if part is view:
            return
    if part is not None:
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)
