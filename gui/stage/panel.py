"""Be the stage: one video with its picture, its people and its time, and all that plays it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.bridge import Bridge
from gui.stage.loading import Loader
from gui.stage.playback import trim_seconds
from gui.stage.player import Player
from gui.stage.proofing import SHEET_FRAMES
from gui.stage.rows import PersonRow
from gui.stage.showing import Showing
from orchestrator.desk import changes
from orchestrator.desk.entries import DRAFT


class StagePanel(Showing):
    """The stage in the middle of the window; each method is a command of the window's, too."""

    def __init__(
        self,
        bridge: Bridge,
        parent: QWidget | None = None,
        *,
        player: Player | None = None,
        loader: Loader | None = None,
    ) -> None:
        """Prepare; ``player`` and ``loader`` are made here unless others are given."""
        super().__init__(bridge, parent, player=player, loader=loader)
        self._connect_user()
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.player.close)

    def _connect_user(self) -> None:
        self.canvas.play_asked.connect(self.play_pause)
        self._view_bar.folder_asked.connect(self.show_in_folder)
        self._transport.asked.connect(self._on_asked)
        self.timeline.trim_asked.connect(self._ask_trim)
        self._proofing.proof_ready.connect(self._on_proof_ready)
        self._message.pressed.connect(self._on_retry)

    def play_part(self, start: int, end: int) -> None:
        """Play a stretch, the rendered side seen."""
        self._close_sheet()
        if self._mode == "before":
            self.set_mode("after")
        self._playback.play_part(start, end)

    # -- moving and playing ----------------------------------------------------------------

    def play_pause(self) -> None:
        """Play, or stay on the frame."""
        self._playback.play_pause()

    def step(self, frames: int) -> None:
        """Move by frames and pause."""
        self._playback.step(frames)

    def step_s(self, seconds: float) -> None:
        """Move by seconds."""
        self._playback.step_s(seconds)

    def first_frame(self) -> None:
        """Go to the begin."""
        self._playback.first()

    def last_frame(self) -> None:
        """Go to the end."""
        self._playback.last()

    def next_appearance(self) -> None:
        """Go to where the highlighted person (or the first one) appears next."""
        self._playback.jump(self._row(), forward=True)

    def previous_appearance(self) -> None:
        """Go to where the highlighted person (or the first one) appeared before."""
        self._playback.jump(self._row(), forward=False)

    def toggle_loop(self) -> None:
        """Play in a loop, or no longer."""
        self._transport.set_looping(not self._playback.looping)

    def toggle_mute(self) -> None:
        """Turn the sound off or on."""
        self._transport.button("mute").click()

    # -- looking ---------------------------------------------------------------------------

    def toggle_faces(self) -> None:
        """Outline faces, or no longer."""
        self._view_bar.set_faces_shown(not self.canvas.faces_shown)

    def fit(self) -> None:
        """Show the whole picture."""
        self.canvas.fit()

    def actual_size(self) -> None:
        """Show one pixel of the picture on one of the screen."""
        self.canvas.set_scale(1.0)

    def zoom(self, steps: int) -> None:
        """Come nearer by steps, or go away."""
        self.canvas.zoom_by(steps)

    # -- trim ------------------------------------------------------------------------------

    def trim_in_here(self) -> None:
        """Begin the render on this frame."""
        _, end = self._trim()
        frame = self.frame()
        self._ask_trim(frame, end if frame < end else self._count())

    def trim_out_here(self) -> None:
        """End the render with this frame."""
        start, _ = self._trim()
        frame = self.frame()
        self._ask_trim(start if start <= frame else 0, frame + 1)

    @Slot(int, int)
    def _ask_trim(self, start: int, end: int) -> None:
        entry, people = self._entry, self._people
        if entry is None or people is None or entry.state not in DRAFT:
            return
        trim_in, trim_out = trim_seconds(people.timeline, (start, end))
        entry_id = entry.entry_id
        self._bridge.tell(
            lambda desk: desk.change(
                "trim", lambda entries: changes.trimmed(entries, entry_id, trim_in, trim_out)
            )
        )

    # -- proofs and trouble ----------------------------------------------------------------

    def proof_clip(self) -> None:
        """Render two seconds around the playhead now, then play them over and over."""
        if self._scene is not None and self._people is not None and self._is_cast():
            self._close_sheet()
            self._proofing.begin_proof(self._people.timeline, self.frame(), self._trim())

    @Slot(int, int)
    def _on_proof_ready(self, start: int, end: int) -> None:
        if self._mode == "before":
            self.set_mode("after")
        self._playback.play_part(start, end, loop=True)

    def seek_trouble(self) -> None:
        """Look for frames on which a cast face is not found."""
        if self._scene is not None and self._is_cast():
            self._close_sheet()
            self._proofing.seek_trouble(self._trim())

    def next_trouble(self) -> None:
        """Go to the next place of trouble."""
        self._go_to_trouble(forward=True)

    def previous_trouble(self) -> None:
        """Go to the place of trouble before."""
        self._go_to_trouble(forward=False)

    def _go_to_trouble(self, *, forward: bool) -> None:
        frame = self._proofing.next_trouble(self.frame(), forward=forward)
        if frame is not None:
            self.go_to(frame)

    def show_hardest(self) -> None:
        """Show a sheet of the hardest frames, or put it away."""
        if self._sheet_is_open():
            self._close_sheet()
            return
        people, entry = self._people, self._entry
        if people is None or entry is None or self._scene is None or not self._is_cast():
            return
        ids = [cast.person_id for cast in entry.casts]
        number = self._number
        self._bridge.run(
            lambda: self._loader.hardest(people, ids, SHEET_FRAMES),
            lambda frames: self._open_sheet(number, frames),
        )

    # -- the rest --------------------------------------------------------------------------

    @Slot()
    def show_in_folder(self) -> None:
        """Open the folder of the finished video."""
        entry = self._entry
        path = entry.result.output_path if entry is not None and entry.result else None
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))

    @Slot()
    def _on_retry(self) -> None:
        """Try again what failed: to look at the source, or to prepare its pictures."""
        entry = self._entry
        if entry is None:
            return
        entry_id = entry.entry_id
        if entry.state == "refused":
            self._bridge.tell(
                lambda desk: desk.change("retry", lambda e: changes.looked_again(e, {entry_id}))
            )
        else:
            self._load(entry)
            self._show_page()

    def _row(self) -> PersonRow | None:
        """Return the row of the highlighted person, or of the first one."""
        own = (row for row in self._rows if row.person_id == self._highlight)
        return next(own, self._rows[0] if self._rows else None)

    def _count(self) -> int:
        return self._people.timeline.frame_count if self._people is not None else 0

    # -- keys and buttons ------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Do what the keys of video tools do, when no command of the window has the key."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        call = self._keys(shift=shift).get(Qt.Key(event.key()))
        others = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if call is None or others or self._people is None:
            super().keyPressEvent(event)
            return
        call()

    def _keys(self, *, shift: bool) -> dict[Qt.Key, Callable[[], object]]:
        key = Qt.Key
        leap = 1 if shift else 0
        return {
            key.Key_Space: self.play_pause,
            key.Key_K: self.play_pause,
            key.Key_J: lambda: self.step_s(-1),
            key.Key_L: lambda: self.step_s(1),
            key.Key_Left: lambda: self.step_s(-1) if leap else self.step(-1),
            key.Key_Right: lambda: self.step_s(1) if leap else self.step(1),
            key.Key_Home: self.first_frame,
            key.Key_End: self.last_frame,
            key.Key_I: self.trim_in_here,
            key.Key_O: self.trim_out_here,
            key.Key_BracketLeft: lambda: self.canvas.step_wipe(-1),
            key.Key_BracketRight: lambda: self.canvas.step_wipe(1),
            key.Key_BraceLeft: lambda: self.canvas.step_wipe(-1, leap=True),
            key.Key_BraceRight: lambda: self.canvas.step_wipe(1, leap=True),
            key.Key_1: lambda: self.set_mode("after"),
            key.Key_2: lambda: self.set_mode("before"),
            key.Key_3: lambda: self.set_mode("wipe"),
            key.Key_4: lambda: self.set_mode("side by side"),
            key.Key_F: self.fit,
            key.Key_Escape: self._close_sheet,
        }

    @Slot(str)
    def _on_asked(self, name: str) -> None:
        calls: dict[str, Callable[[], object]] = {
            "first": self.first_frame,
            "previous appearance": self.previous_appearance,
            "previous frame": lambda: self.step(-1),
            "play": self.play_pause,
            "next frame": lambda: self.step(1),
            "next appearance": self.next_appearance,
            "last": self.last_frame,
            "begin here": self.trim_in_here,
            "end here": self.trim_out_here,
            "proof": self.proof_clip,
            "hardest": self.show_hardest,
            "seek trouble": self.seek_trouble,
            "previous trouble": self.previous_trouble,
            "next trouble": self.next_trouble,
        }
        calls[name]()
