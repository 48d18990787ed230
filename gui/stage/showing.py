"""Show one entry: fetch what is known of it, and draw it anew when it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.bridge import Bridge
from gui.speaking import Speaking
from gui.stage.canvas import Canvas
from gui.stage.geometry import Mode
from gui.stage.loading import Loader, People
from gui.stage.marks import FaceMark, marks_of
from gui.stage.message import Message
from gui.stage.newest import Newest
from gui.stage.playback import Playback, trim_frames
from gui.stage.player import Pictures, Player
from gui.stage.proof_sheet import SHEET_LONGEST_PX, ProofSheet
from gui.stage.proofing import Drawn, Proofing
from gui.stage.proofs import HardFace
from gui.stage.rows import PersonRow, called
from gui.stage.saying import Said, failed, said_of
from gui.stage.strip import WorkStrip
from gui.stage.timeline import TimelineView
from gui.stage.transport import Transport
from gui.stage.view_bar import ViewBar
from gui.stage.wishes import Finished, finished_of, wish_of
from gui.stage.words import person_name
from gui.words.errors import told
from orchestrator.desk.entries import DRAFT, Entry, EntryId, Trouble
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.desk.timeline import Range, joined, likely_trouble
from orchestrator.desk.troubles import trouble_of
from orchestrator.faces.pick import FaceAt
from orchestrator.preview.scene import Scene, StoredPart
from orchestrator.settings import Settings

_CROP_PX = 48
_BUSY_AFTER_MS = 300


class Showing(Speaking):
    """The stage as far as it shows; :class:`~gui.stage.panel.StagePanel` hears the user.

    Signals:
        person_picked: id of the person that the user picked, or None.
        frame_changed: the frame the playhead is on.
        mode_changed: another way to look at before and after.
    """

    person_picked = Signal(object)
    frame_changed = Signal(int)
    mode_changed = Signal(str)

    def __init__(
        self,
        bridge: Bridge,
        parent: QWidget | None = None,
        *,
        player: Player | None = None,
        loader: Loader | None = None,
    ) -> None:
        """Prepare; ``player`` and ``loader`` are made here unless others are given."""
        super().__init__(parent)
        self._bridge = bridge
        self._loader = loader or Loader(bridge.home)
        self._snapshot = bridge.snapshot
        self._entry_id: EntryId | None = None
        self._entry: Entry | None = None
        self._number = 0
        self._is_open = self._is_suggested = False
        self._people: People | None = None
        self._rows: tuple[PersonRow, ...] = ()
        self._scene: Scene | None = None
        self._finished = Finished()
        self._parts: tuple[StoredPart, ...] = ()
        self._mode: Mode = "wipe"
        self._highlight: str | None = None
        self._marked: int | None = None
        self._failure: Trouble | None = None
        self.player = player or Player(bridge, self)
        self._make_parts()
        self._lay_out()
        self._connect()
        self.retranslate()

    def draw(self, snapshot: DeskSnapshot) -> None:
        """Take note of how the queue stands now."""
        self._snapshot = snapshot
        self._take(snapshot.entry(self._entry_id))

    def look_at(self, entry_id: EntryId | None) -> None:
        """Show another entry, or none."""
        if entry_id == self._entry_id:
            return
        self._entry_id = entry_id
        self._drop()
        self._take(self._snapshot.entry(entry_id))

    def look_anew(self) -> None:
        """Prepare the pictures again: an engine was installed or removed."""
        if self._entry is not None and self._scene is not None:
            self._load(self._entry)
            self._show_page()

    def go_to(self, frame: int) -> None:
        """Move the playhead to a frame."""
        self._close_sheet()
        self._playback.go_to(frame)

    def highlight(self, person_id: str | None) -> None:
        """Draw one person stronger, on the picture and on the timeline."""
        self._highlight = person_id
        self.canvas.set_highlight(person_id)
        self.timeline.set_highlight(person_id)

    def frame(self) -> int:
        """Return the frame the playhead is on."""
        return self._playback.frame

    def set_mode(self, mode: Mode) -> None:
        """Look at before and after in one of the ways there are."""
        self._mode = mode
        self._put_mode()
        self.mode_changed.emit(mode)

    # -- making ----------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.canvas = Canvas(self)
        self.timeline = TimelineView(self)
        self._view_bar = ViewBar(self)
        self._transport = Transport(self)
        self._strip = WorkStrip(self)
        self._message = Message(self)
        self._sheet = ProofSheet(self)
        self._pages = QStackedWidget(self)
        for page in (self.canvas, self._message, self._sheet):
            self._pages.addWidget(page)
        self._playback = Playback(self.player, self)
        self._proofing = Proofing(self.player, self._strip, self)
        self._marking: Newest[tuple[People, int], tuple[FaceAt, ...]] = Newest(
            self._bridge, lambda asked: self._loader.faces(*asked), self._on_faces
        )
        self._storing: Newest[Any, tuple[StoredPart, ...]] = Newest(
            self._bridge, lambda asked: self._loader.stored(asked[1], asked[2]), self._on_stored
        )
        self._slow = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._slow.timeout.connect(lambda: self.canvas.set_busy(busy=True))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._view_bar)
        column.addWidget(self._pages, 1)
        column.addWidget(self._strip)
        column.addWidget(self._transport)
        column.addWidget(self.timeline)

    def _connect(self) -> None:
        self.canvas.person_picked.connect(self._on_picked)
        self.canvas.zoom_changed.connect(self._on_zoomed)
        self.canvas.size_wanted.connect(self.player.set_size)
        bar = self._view_bar
        bar.mode_asked.connect(self.set_mode)
        bar.faces_asked.connect(self.canvas.set_faces_shown)
        bar.zoom_asked.connect(self.canvas.zoom_by)
        bar.scale_asked.connect(lambda s: self.canvas.set_scale(s) if s else self.canvas.fit())
        self._transport.loop_asked.connect(self._playback.set_looping)
        self._transport.mute_asked.connect(self.player.set_muted)
        self._transport.moment_asked.connect(self._playback.go_to_moment)
        self.timeline.frame_asked.connect(self.go_to)
        self.timeline.person_picked.connect(self._on_picked)
        self.timeline.held.connect(self._playback.set_held)
        self._playback.frame_changed.connect(self._on_frame)
        self._bridge.settings_changed.connect(self._on_settings)
        self._on_settings(self._bridge.settings)
        self._proofing.troubles_changed.connect(self._on_troubles)
        self._proofing.drawn.connect(self._on_drawn)
        self._sheet.frame_asked.connect(self.go_to)
        self._sheet.closed.connect(self._close_sheet)
        self.player.picture.connect(self._on_picture)
        self.player.playing_changed.connect(self._transport.set_playing)
        self._proofing.picture_failed.connect(self._on_failed)
        self.player.busy_changed.connect(self._on_busy)
        self.player.sound_changed.connect(self._put_able)

    # -- loading ---------------------------------------------------------------------------

    def _take(self, entry: Entry | None) -> None:
        """Show what is new about the entry that is looked at."""
        before, self._entry = self._entry, entry
        if entry is None or said_of(entry, self._snapshot) is not None:
            if self._is_open:
                self._drop()
                self._entry = entry
            self._show_page()
            return
        if before is None or not self._is_open or wish_of(before) != wish_of(entry):
            self._load(entry)
        self._put_names()
        self._put_trim()
        self._put_able()
        self._refresh_stored()
        self._show_page()

    def _drop(self) -> None:
        """Show nothing of the entry that was looked at; what is on its way is not heard."""
        self._number += 1
        self._is_open = False
        self._entry = self._people = self._scene = self._failure = None
        self._rows, self._parts = (), ()
        self._finished, self._marked = Finished(), None
        self._marking.forget()
        self._storing.forget()
        self._slow.stop()
        self._proofing.forget()
        self._close_sheet()
        self._playback.rewind()
        self._playback.set_video(None)
        self.player.show(None)
        self.canvas.set_busy(busy=False)
        self.canvas.set_source(None)
        self.timeline.set_video(None)
        self.highlight(None)

    def _load(self, entry: Entry) -> None:
        self._number += 1
        number = self._number
        self._is_open, self._failure = True, None
        self._is_suggested = False
        self._proofing.forget()
        self._close_sheet()
        if self._people is None and entry.facts is not None:
            self.canvas.set_source((entry.facts.width_px, entry.facts.height_px))
        self._slow.start()
        self._run(number, lambda: self._loader.people(entry), self._on_people)

    def _run(self, number: int, call: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Run something for the entry as it is now; what comes too late is not heard."""
        home = self._bridge.home

        def run() -> Any:
            try:
                return call()
            except Exception as error:  # told in words, whatever it was
                return trouble_of(home, error)

        def hear(answer: Any) -> None:
            if number != self._number:
                return
            if isinstance(answer, Trouble):
                self._on_unloaded(answer)
            else:
                then(answer)

        self._bridge.run(run, hear)

    def _on_people(self, people: People) -> None:
        entry = self._entry
        if entry is None:
            return
        another = self._people is None or people.timeline != self._people.timeline
        self._people = people
        self._rows = called(people.rows, self._snapshot.cards, entry.entry_id)
        if another:
            self.timeline.set_video(people.timeline, self._rows)
            self._playback.set_video(people.timeline)
        else:
            self.timeline.set_rows(self._rows)
        self.timeline.set_highlight(self._highlight)
        self._put_trim()
        self._put_troubles()
        self._draw_crops(people)
        self._mark()
        self._on_frame(self.frame())
        self._run(self._number, lambda: self._loader.scene(entry), self._on_scene)

    def _on_scene(self, scene: Scene) -> None:
        entry = self._entry
        if entry is None:
            return
        self._scene, self._parts = scene, scene.stored
        self._slow.stop()
        self.canvas.set_busy(busy=False)
        self._say_engine(scene)
        self.canvas.ask_size()
        self._put_mode()
        self.player.show(scene)
        self._playback.set_ready()
        self._finished = finished_of(entry, self._snapshot)
        self._put_rendered()
        self._put_able()
        self._show_page()

    def _say_engine(self, scene: Scene) -> None:
        """Say by which engine the preview is; another than renders may stand in for it."""
        cast = scene.cast
        if cast is not None:
            self.canvas.set_engine(cast.engine.name, cast.stands_in_for)

    def _on_unloaded(self, why: Trouble) -> None:
        self._slow.stop()
        self.canvas.set_busy(busy=False)
        self._failure = why
        self._show_page()

    def _draw_crops(self, people: People) -> None:
        crops = {row.person_id: row.crop for row in people.rows if row.crop is not None}
        if crops:
            self._run(self._number, lambda: _faces(crops), self.timeline.set_faces)

    def _refresh_stored(self) -> None:
        """Have newly finished segments shown."""
        entry = self._entry
        if entry is None or self._scene is None:
            return
        finished = finished_of(entry, self._snapshot)
        if finished != self._finished:
            self._finished = finished
            self._storing.ask((self._number, entry.job_id, self._parts))

    def _on_stored(self, asked: Any, parts: tuple[StoredPart, ...]) -> None:
        if asked[0] == self._number and self._scene is not None:
            self._parts = parts
            self.player.refresh_stored(parts)
            self._put_mode()
            self._put_rendered()

    # -- what is shown ---------------------------------------------------------------------

    def _show_page(self) -> None:
        said = self._said()
        for part in (self._view_bar, self._transport, self.timeline):
            part.setVisible(said is None)
        if said is None:
            page: QWidget = self._sheet if self._sheet_is_open() else self.canvas
            self._pages.setCurrentWidget(page)
            return
        if said.work is not None:
            self._message.show_work(said.sentence, said.advice, *said.work)
        else:
            self._message.say(said.sign, said.sentence, said.advice, said.button)
        self._pages.setCurrentWidget(self._message)

    def _said(self) -> Said | None:
        """Return what is said instead of a picture, in the language in use."""
        why = self._failure
        if why is not None:
            return failed(*told(why.code, why.sentence, why.advice))
        return said_of(self._entry, self._snapshot)

    def _put_names(self) -> None:
        """Call people what they are called now."""
        entry = self._entry
        if self._people is None or entry is None:
            return
        rows = called(self._people.rows, self._snapshot.cards, entry.entry_id)
        if rows != self._rows:
            self._rows = rows
            self.timeline.set_rows(rows)
            self._mark()

    def _put_trim(self) -> None:
        if self._people is None or self._entry is None:
            return
        trim = trim_frames(self._people.timeline, self._entry.trim_in, self._entry.trim_out)
        self.timeline.set_trim(trim)
        self._playback.set_trim(trim)

    def _put_troubles(self) -> None:
        people = self._people
        if people is None or self._entry is None:
            return
        ids = {cast.person_id for cast in self._entry.casts}
        gaps = likely_trouble(people.timeline, ids) if ids else ()
        self.timeline.set_troubles(self._proofing.troubles, gaps)

    def _put_rendered(self) -> None:
        runs = joined((part.start_frame, part.end_frame) for part in self._parts)
        self.timeline.set_rendered(runs)

    @Slot()
    def _put_able(self) -> None:
        """Let buttons be pressed that would do something, and say of the others why not."""
        entry = self._entry
        if entry is None:
            return
        may_trim = entry.state in DRAFT
        self.timeline.set_can_trim(may_trim)
        busy = "" if may_trim else self._words_busy
        for name in ("begin here", "end here"):
            self._transport.set_able(name, busy)
        nobody = "" if self._is_cast() else self._words_nobody
        for name in ("proof", "hardest", "seek trouble"):
            self._transport.set_able(name, nobody)
        alone = "" if self._rows or self._people is None else self._words_alone
        for name in ("previous appearance", "next appearance"):
            self._transport.set_able(name, alone)
        self._view_bar.set_finished(entry.state == "done")
        silent = self._scene is not None and self.player.sound_state() == "none"
        self._transport.set_sound(self._words_silent if silent else "")

    def _put_mode(self) -> None:
        """Show both sides as chosen, or the source alone while there is nothing else."""
        differs = bool(self._parts) or (self._scene is not None and self._scene.cast is not None)
        mode: Mode = self._mode if differs else "before"
        self._view_bar.set_mode(mode)
        self._view_bar.set_able("" if differs else self._words_nobody)
        self.canvas.set_mode(mode)
        if not self._sheet_is_open():
            self.player.set_sides(before=mode != "after", after=mode != "before")

    def _is_cast(self) -> bool:
        """Whether there is an after side: somebody is cast, or the engine needs nobody."""
        shown = self._scene is not None and self._scene.cast is not None
        return shown or (self._entry is not None and bool(self._entry.casts))

    def _trim(self) -> Range:
        entry, people = self._entry, self._people
        if entry is None or people is None:
            return (0, 0)
        return trim_frames(people.timeline, entry.trim_in, entry.trim_out)

    # -- what happened ---------------------------------------------------------------------

    @Slot(object)
    def _on_picture(self, pictures: Pictures) -> None:
        if self._sheet_is_open():
            return
        self.canvas.set_pictures(
            pictures.before, pictures.after, pictures.made, missed=pictures.missed
        )
        if pictures.frame != self._marked:
            self._marked = pictures.frame
            self._mark()

    def _mark(self) -> None:
        if self._people is not None and self._marked is not None:
            self._marking.ask((self._people, self._marked))

    def _on_faces(self, asked: tuple[People, int], faces: tuple[FaceAt, ...]) -> None:
        people, frame = asked
        if people is self._people and frame == self._marked:
            marks = marks_of(faces, self._rows, frame)
            self.canvas.set_marks(marks)
            self._suggest_wipe(marks)

    def _suggest_wipe(self, marks: tuple[FaceMark, ...]) -> None:
        """Begin with the dividing line across a face that another one is put on."""
        worn = [mark.place for mark in marks if mark.worn]
        if worn and not self._is_suggested:
            self._is_suggested = True
            self.canvas.suggest_wipe((worn[0].left + worn[0].right) / 2)

    @Slot(int)
    def _on_frame(self, frame: int) -> None:
        people = self._people
        if people is None or self._sheet_is_open():
            return
        self.timeline.set_frame(frame)
        seconds = people.timeline.seconds_of(frame)
        self._transport.set_position(frame, people.timeline.frame_count, seconds)
        if self._proofing.troubles:
            number = self._proofing.trouble_number(frame)
            self._transport.set_troubles(number, len(self._proofing.troubles))
        self.frame_changed.emit(frame)

    @Slot(object)
    def _on_picked(self, person_id: str | None) -> None:
        self.highlight(person_id)
        self.person_picked.emit(person_id)

    @Slot(object)
    def _on_settings(self, settings: Settings) -> None:
        self._transport.set_simple(simple=settings.simple)

    @Slot(float)
    def _on_zoomed(self, scale: float) -> None:
        self._view_bar.set_scale(scale, fitted=self.canvas.is_fitted)

    @Slot(str)
    def _on_failed(self, said: str) -> None:
        self.canvas.set_busy(busy=False)
        self.canvas.set_failure(said)

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:  # a slot of a signal
        self.canvas.set_busy(busy=busy)

    @Slot()
    def _on_troubles(self) -> None:
        self._put_troubles()
        troubles = self._proofing.troubles
        self._transport.set_troubles(0, len(troubles))
        if troubles:
            self.go_to(troubles[0][0])

    # -- the sheet -------------------------------------------------------------------------

    def _sheet_is_open(self) -> bool:
        return self._proofing.work == "sheet"

    def _open_sheet(self, number: int, frames: tuple[HardFace, ...]) -> None:
        people, scene = self._people, self._scene
        if number != self._number or people is None:
            return
        self.player.pause()
        self._playback.set_held(True)  # a slot of a signal
        names = {row.person_id: person_name(row.called, unsure=row.unsure) for row in self._rows}
        self._sheet.set_frames(
            frames,
            people.timeline.seconds_of,
            lambda person_id: names.get(person_id, person_id),
        )
        self.player.set_size(SHEET_LONGEST_PX)
        needs_after = scene is not None and scene.cast is not None
        self._proofing.begin_sheet(frames, needs_after=needs_after)
        self._show_page()

    @Slot(object)
    def _on_drawn(self, drawn: Drawn) -> None:
        if drawn.pictures is None:
            self._sheet.set_failed(drawn.place)
            return
        pictures = drawn.pictures
        after = pictures.after if pictures.after is not None else pictures.before
        self._sheet.set_pictures(drawn.place, pictures.before, after, missed=pictures.missed)

    @Slot()
    def _close_sheet(self) -> None:
        if not self._sheet_is_open():
            return
        self._proofing.end_sheet()
        self.canvas.ask_size()
        self._put_mode()
        self._playback.set_held(False)  # a slot of a signal
        self._playback.go_to(self._playback.frame)
        self._show_page()

    # -- size and texts --------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return a size at which a face can be judged."""
        return QSize(760, 640)

    def retranslate(self) -> None:
        """Set every text of this widget in the language in use."""
        self.setAccessibleName(self.tr("Stage"))
        self._words_busy = self.tr("The trim cannot be changed while this video waits or renders.")
        self._words_nobody = self.tr("First put a face on somebody in this video.")
        self._words_alone = self.tr("Nobody was found in this video.")
        self._words_silent = self.tr(
            "There is nothing to hear: the video has no sound, or this computer cannot play any."
        )
        self._put_names()
        self._put_able()
        self._put_mode()
        self._show_page()


def _faces(crops: dict[str, Path]) -> dict[str, QImage]:
    """Return small pictures of people; runs off the Qt thread."""
    size = QSize(_CROP_PX, _CROP_PX)
    grown = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    smooth = Qt.TransformationMode.SmoothTransformation
    read = {person_id: QImage(str(path)) for person_id, path in crops.items()}
    made = {i: image.scaled(size, grown, smooth) for i, image in read.items() if not image.isNull()}
    return {
        person_id: image.copy(
            (image.width() - _CROP_PX) // 2, (image.height() - _CROP_PX) // 2, _CROP_PX, _CROP_PX
        )
        for person_id, image in made.items()
    }
