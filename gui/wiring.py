"""Carry what happens in one place of the window to the others, and open what lies behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.bridge import Bridge
from gui.cloud.care import CloudCare
from gui.commands import CommandSet
from gui.inspector.wishes import is_enough
from gui.notice_bar import Notice
from gui.places import Places
from gui.speaking import SpeakingDialog
from gui.tab_order import tab_stops
from orchestrator.desk.entries import DRAFT, Entry, EntryId
from orchestrator.desk.snapshot import DeskSnapshot

if TYPE_CHECKING:
    from gui.cast.board import CastBoard
    from gui.cloud.drill import DrillDialog
    from gui.cloud.wizard import ConnectWizard
    from gui.faces.dialog import FacesDialog
    from gui.settings.dialog import PageName, SettingsDialog

_BOARD_PX = (1080, 720)


class Wiring(QObject):
    """Connects the places; made once they are there."""

    def __init__(
        self,
        bridge: Bridge,
        window: QWidget,
        places: Places,
        commands: CommandSet,
        tell: Callable[[Notice], None],
    ) -> None:
        """Connect everything; ``tell`` shows what no place of its own shows."""
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._places, self._commands = places, commands
        self._faces: FacesDialog | None = None
        self._settings: SettingsDialog | None = None
        self._board: CastBoard | None = None
        self._wizard: ConnectWizard | None = None
        self._drill: DrillDialog | None = None
        self._care = CloudCare(bridge, places.account, tell, self)
        self._looked_at: EntryId | None = None
        self._connect()
        self._bind_queue()
        self._bind_stage()
        self._bind_rest()
        self._look_at(places.queue.selected())

    def draw(self, snapshot: DeskSnapshot) -> None:
        """Show another state in what is open."""
        entry = snapshot.entry(self._looked_at)
        self._places.chunks.setVisible(entry is not None and entry.job_id is not None)
        self._set_stage_possible(entry)
        if self._board is not None and self._board.isVisible():
            self._board.draw(snapshot)
        self._care.draw(snapshot)

    def show_faces(self, photos: Sequence[Path] = ()) -> None:
        """Open the faces library, with photos to be taken in."""
        from gui.faces.dialog import FacesDialog

        if self._faces is None:
            self._faces = FacesDialog(self._bridge, self._places.library, self._window)
        _show(self._faces)
        if photos:
            self._faces.take(photos)

    def show_settings(self, page: PageName | None = None) -> None:
        """Open the settings, on one of its pages."""
        from gui.settings.dialog import SettingsDialog

        if self._settings is None:
            account = self._places.account
            self._settings = SettingsDialog(
                self._bridge, self._commands, self._window, account=account
            )
            self._settings.connect_asked.connect(self.show_wizard)
            self._settings.drill_asked.connect(self.show_drill)
        if page is not None:
            self._settings.open_page(page)
        _show(self._settings)

    def show_wizard(self) -> None:
        """Open the wizard that connects an account."""
        from gui.cloud.wizard import ConnectWizard

        if self._wizard is None:
            above = self._settings if self._settings and self._settings.isVisible() else None
            self._wizard = ConnectWizard(self._places.account, above or self._window)
            self._wizard.destroyed.connect(self._forget_wizard)
        _show(self._wizard)

    def see_to_account(self) -> None:
        """Do what helps the account: ask again when AWS was away, else open the wizard."""
        if self._places.account.connection.state == "away":
            self._places.account.look()
        else:
            self.show_wizard()

    def look_for_leftovers(self) -> None:
        """Open the account's page of the settings and look for what is left there."""
        from gui.settings.aws_page import AwsPage

        self.show_settings("aws")
        page = self._settings.pages["aws"] if self._settings is not None else None
        if isinstance(page, AwsPage):
            page.look_for_leftovers()

    def show_drill(self) -> None:
        """Open the fire drill."""
        from gui.cloud.drill import DrillDialog

        if self._drill is None:
            above = self._settings if self._settings and self._settings.isVisible() else None
            self._drill = DrillDialog(self._places.account, above or self._window)
            self._drill.destroyed.connect(self._forget_drill)
        _show(self._drill)

    def _forget_drill(self) -> None:
        self._drill = None

    def _forget_wizard(self) -> None:
        self._wizard = None

    def show_board(self) -> None:
        """Open the cast board over the whole queue."""
        from gui.cast.board import CastBoard

        if self._board is None:
            self._board = CastBoard(self._bridge, self._places.library)
            self._board.jump_asked.connect(self._on_board_jump)
            self._board.faces_asked.connect(lambda *_: self.show_faces())
            self._board_page = _page(self._board, self._window)
        self._board.draw(self._bridge.snapshot)
        _show(self._board_page)

    def _set_stage_possible(self, entry: Entry | None) -> None:
        seen = entry is not None and entry.facts is not None
        cast = seen and entry is not None and is_enough(entry)
        draft = seen and entry is not None and entry.state in DRAFT
        for command in self._commands.commands:
            if command.group == "stage":
                able = {**dict.fromkeys(_NEED_CAST, cast), "cut_in": draft, "cut_out": draft}
                enabled = able.get(command.command_id, seen)
                self._commands.set_enabled(command.command_id, enabled=enabled)

    # -- from place to place -----------------------------------------------------------------

    def _connect(self) -> None:
        queue, stage = self._places.queue, self._places.stage
        chunks, inspector = self._places.chunks, self._places.inspector
        queue.selection_changed.connect(self._look_at)
        queue.add_asked.connect(self._commands.action("add_videos").trigger)
        queue.play_asked.connect(self._on_play)
        queue.presets_asked.connect(lambda _: inspector.show_presets())
        chunks.part_chosen.connect(stage.play_part)
        stage.person_picked.connect(inspector.highlight)
        stage.person_picked.connect(stage.highlight)
        inspector.person_picked.connect(stage.highlight)
        inspector.jump_asked.connect(stage.go_to)
        inspector.faces_asked.connect(lambda *_: self.show_faces())
        self._care.account_asked.connect(self.see_to_account)
        inspector.account_asked.connect(self.see_to_account)
        inspector.cluster_asked.connect(lambda: self.show_settings("kubernetes"))
        inspector.engine_asked.connect(lambda: self.show_settings("engine"))
        inspector.engine_found.connect(stage.look_anew)
        queue.account_asked.connect(self.see_to_account)
        self._places.account.changed.connect(self._on_account)

    def _on_account(self) -> None:
        connection = self._places.account.connection
        self._commands.set_enabled("sweep_aws", enabled=connection.is_chosen)
        self._commands.set_enabled("fire_drill", enabled=connection.state == "ready")

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
        bind("render", self._on_render)
        bind("remove", lambda: queue.do("remove"))
        bind("duplicate", lambda: queue.do("duplicate"))
        bind("urgent", self._on_urgent)
        bind("move_up", lambda: queue.move_selected(-1))
        bind("move_down", lambda: queue.move_selected(1))
        bind("move_top", lambda: queue.do("top"))
        bind("move_bottom", lambda: queue.do("bottom"))
        queue.can_changed.connect(self._on_can)
        self._on_can()

    def _on_render(self) -> None:
        """Render what is selected, that too which failed before."""
        queue = self._places.queue
        if queue.can("render"):
            queue.do("render")
        else:
            queue.do("retry")

    def _on_can(self) -> None:
        queue = self._places.queue
        for command_id, action in _QUEUE_ACTIONS.items():
            enabled = queue.can(action) or (action == "render" and queue.can("retry"))
            self._commands.set_enabled(command_id, enabled=enabled)
        self._commands.action("urgent").setChecked(queue.is_urgent())

    def _on_urgent(self) -> None:
        """Change it, and have the command say how it is until it is changed."""
        self._places.queue.toggle_urgent_selected()
        self._on_can()

    def _bind_stage(self) -> None:
        stage, bind = self._places.stage, self._commands.bind
        bind("play", stage.play_pause)
        bind("previous_frame", lambda: stage.step(-1))
        bind("next_frame", lambda: stage.step(1))
        bind("second_back", lambda: stage.step_s(-1))
        bind("second_on", lambda: stage.step_s(1))
        bind("first_frame", stage.first_frame)
        bind("last_frame", stage.last_frame)
        bind("loop", stage.toggle_loop)
        bind("mute", stage.toggle_mute)
        bind("cut_in", stage.trim_in_here)
        bind("cut_out", stage.trim_out_here)
        bind("after", lambda: stage.set_mode("after"))
        bind("before", lambda: stage.set_mode("before"))
        bind("wipe", lambda: stage.set_mode("wipe"))
        bind("side_by_side", lambda: stage.set_mode("side by side"))
        bind("outlines", stage.toggle_faces)
        bind("zoom_in", lambda: stage.zoom(1))
        bind("zoom_out", lambda: stage.zoom(-1))
        bind("fit", stage.fit)
        bind("actual_size", stage.actual_size)
        bind("jump_next", stage.next_appearance)
        bind("jump_previous", stage.previous_appearance)
        bind("proof", stage.proof_clip)
        bind("proof_sheet", stage.show_hardest)
        bind("trouble", stage.seek_trouble)
        bind("trouble_next", stage.next_trouble)
        bind("trouble_previous", stage.previous_trouble)

    def _bind_rest(self) -> None:
        bind = self._commands.bind
        bind("faces", self.show_faces)
        bind("settings", self.show_settings)
        bind("diagnostics", lambda: self.show_settings("diagnostics"))
        bind("cast_board", self.show_board)
        bind("connect_aws", self.show_wizard)
        bind("sweep_aws", self.look_for_leftovers)
        bind("fire_drill", self.show_drill)
        self._on_account()
        bind("to_queue", self._places.queue.focus_list)
        bind("to_stage", lambda: _focus(self._places.stage))
        bind("to_inspector", lambda: _focus(self._places.inspector))


_NEED_CAST = ("proof", "proof_sheet", "trouble", "trouble_next", "trouble_previous")
_QUEUE_ACTIONS: dict[str, Any] = {
    "render": "render",
    "remove": "remove",
    "duplicate": "duplicate",
    "urgent": "urgent",
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
    page = SpeakingDialog(window)  # the board in it says its own texts
    page.setWindowTitle(board.windowTitle())
    page.resize(*_BOARD_PX)
    rows = QVBoxLayout(page)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addWidget(board)
    board.windowTitleChanged.connect(page.setWindowTitle)
    return page


def _focus(view: QWidget) -> None:
    """Give the keyboard to the first part of ``view`` that takes it."""
    stops = tab_stops(view)
    if stops:
        stops[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
