"""Bring the window to every state it has, one after the other, and take a picture of each."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from fake_bridge import FakeBridge
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from sample_entries import draw_thumbnails, sample_entries, sample_render
from screen_stock import Stock, save_frame

from gui import places
from gui.bridge import Bridge
from gui.crash import Fault
from gui.dialogs.about import AboutDialog
from gui.dialogs.doctor import DoctorDialog
from gui.dialogs.fault import FaultDialog
from gui.dialogs.find_command import FindCommand
from gui.dialogs.guide import GuideDialog
from gui.dialogs.question import Choice, Question
from gui.dialogs.shortcuts import ShortcutSheet
from gui.drops import Dropped
from gui.language import Speech, Spoken
from gui.licences import once_agreed
from gui.main_window import MainWindow
from gui.notice_bar import Mood, Notice, Offer
from gui.places import Places
from gui.queue.rename import RenameDialog
from gui.settings.after import SleepCountdown
from gui.settings.dialog import PAGE_NAMES, SettingsDialog
from gui.theme.apply import Theme
from gui.windows import Windows
from gui.words.errors import TOLD, told
from orchestrator.desk.cards import Card
from orchestrator.desk.entries import Entry, EntryCast, EntryId, Look, Trouble
from orchestrator.desk.snapshot import DeskSnapshot, Doing, Running
from orchestrator.events import LeaseId
from orchestrator.home import Home
from orchestrator.settings import Appearance, Settings, WatchFolder
from orchestrator.snapshot import ChunkState, ChunkView, Interruption
from remote_worker.contract.records import ChunkId

WINDOW_PX, SMALL_PX, NARROW_PX = (1440, 900), (960, 600), (1312, 800)
_PATIENCE_S = 20.0
_FRAME = 62
_SWAPPED_AND_ENHANCED = "face_swapper face_enhancer"
RESOURCES = Path(__file__).parents[2] / "resources"


class StudioBridge(FakeBridge):
    """What the user wants happens on paper; errands run on other threads as in the program."""

    def run(self, call: Any, then: Any = None, otherwise: Any = None) -> None:
        self.errands += 1
        Bridge.run(self, call, then, otherwise)


@dataclass(frozen=True, slots=True)
class Manner:
    """How the window looks and speaks."""

    appearance: Appearance
    language: Spoken


MANNERS = tuple(
    Manner(appearance, language)
    for appearance in ("dark", "light")
    for language in ("en", "zh_CN")
)  # fmt: skip


class Studio:
    """One window, the stock it shows, and the camera."""

    def __init__(self, app: QApplication, home: Home, stock: Stock, into: Path, scale: int) -> None:
        self._app, self._into, self._scale = app, into, scale
        self.home, self.stock = home, stock
        self.theme, self.speech = Theme(app, "dark"), Speech(app, "en")
        self.bridge = StudioBridge(home)
        self.bridge.settings = Settings(simple=False)
        self.manner = MANNERS[0]
        self.taken: list[Path] = []
        places.load()
        self.window = MainWindow(self.bridge)
        Windows(self.bridge, self.window)
        self.window.resize(*WINDOW_PX)
        self.window.show()

    def open(self) -> None:
        """Make the places, as the program does."""
        self.window.furnish()
        self.until(lambda: self.window.places is not None)
        self.places.library.load()
        self.until(lambda: self.places.library.loaded)

    @property
    def places(self) -> Places:
        """The places of the window."""
        assert self.window.places is not None
        return self.window.places

    def wear(self, manner: Manner) -> None:
        """Look and speak otherwise from now on, with the window open."""
        self.manner = manner
        self.theme.set_appearance(manner.appearance)
        self.speech.set_language(manner.language)
        self.settle(0.2)

    def set(self, **changed: Any) -> None:
        """Set something."""
        self.bridge.change_settings(lambda settings: replace(settings, **changed))

    def show(self, snapshot: DeskSnapshot, chosen: EntryId | None = None) -> None:
        """Let the desk say this, and select a video."""
        self.bridge.show(snapshot)
        if chosen is not None:
            self.places.queue.select(chosen)
        self.settle()

    # -- time ----------------------------------------------------------------------------------

    def settle(self, seconds: float = 0.05) -> None:
        """Let the window come to rest."""
        over_s = time.monotonic() + seconds
        while True:
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            if time.monotonic() >= over_s:
                return
            time.sleep(0.005)

    def until(self, is_so: Callable[[], bool], patience_s: float = _PATIENCE_S) -> None:
        """Wait for what other threads and processes do."""
        give_up_s = time.monotonic() + patience_s
        while not is_so():
            assert time.monotonic() < give_up_s, "it did not come to that"
            self.settle(0.02)

    def until_still(self) -> None:
        """Wait for the pictures of the stage: both sides of the frame that the playhead is on."""
        player = self.places.stage.player

        def is_drawn() -> bool:
            shown = player._stills.shown
            at = shown is not None and shown.frame == player.frame
            return at and player._stills.is_answered and not player._is_busy

        self.until(is_drawn)
        self.settle(0.25)  # outlines and crops come from other threads

    # -- pictures ------------------------------------------------------------------------------

    def shoot(self, name: str, what: QWidget | None = None) -> None:
        """Take a picture of a widget, or of the window."""
        self.settle()
        shown = what or self.window
        said = f"{name}-{self.manner.appearance}-{self.manner.language}-{self._scale * 100}.png"
        path = self._into / said
        shown.grab().save(str(path), quality=70)  # packed less, written sooner
        self.taken.append(path)

    def shoot_window(self, name: str, widget: QWidget) -> None:
        """Take a picture of a window of its own, then close it."""
        widget.show()
        self.settle(0.1)
        self.shoot(name, widget)
        widget.close()
        self.settle()

    def shoot_tall(self, name: str, widget: QWidget, width_px: int, height_px: int) -> None:
        """Take a picture of a place as if the screen were higher than it is."""
        before = self.window.size()
        frame = self.window.height() - widget.height()
        self.window.setMinimumHeight(0)
        self.window.resize(max(WINDOW_PX[0], width_px), height_px + frame)
        self.settle(0.1)
        self.shoot(name, widget)
        self.window.resize(before)


Screen = Callable[[Studio], None]


# -- what is shown -----------------------------------------------------------------------------


REAL = {
    "r-rendering": "Interview take 3.mp4",
    "r-ready": "Two at the table.mp4",
    "r-uncast": "Interview take 4.mp4",
    "r-done": "Interview take 1.mp4",
    "r-locked": "Interview take 2.mp4",
}
"""Entries that show the demo's video, each as a file of its own."""


def real(studio: Studio, name: str, **changed: Any) -> Entry:
    """Return the demo's video as another entry."""
    demo, folder = studio.stock.demo, studio.home.cache / "videos"
    source = folder / REAL[name]
    if not source.is_file():
        folder.mkdir(exist_ok=True)
        shutil.copy2(demo.source, source)
    return replace(demo, entry_id=EntryId(name), source=str(source), **changed)


def long_named(studio: Studio) -> Entry:
    """Return the one with a name that no place has room for."""
    found = working(studio).entry(EntryId("e-long"))
    assert found is not None
    return found


def _cards(studio: Studio) -> tuple[Card, ...]:
    """Return the cards of the two in the demo's video, who are in all of its copies."""
    return tuple(
        replace(
            card,
            seats=tuple(
                replace(seat, entry_id=EntryId(name)) for seat in card.seats for name in REAL
            ),
        )
        for card in studio.stock.snapshot.cards
    )


def working(studio: Studio) -> DeskSnapshot:
    """Return a desk at work: the real video in four states, then one of every other state."""
    stock = studio.stock
    fresh: dict[str, Any] = {"job_id": None, "output_path": None, "result": None}
    face_id = stock.demo.casts[0].face_id
    both = (*stock.demo.casts, EntryCast(person_id="p2", face_id=_other_face(studio)))
    entries = (
        real(studio, "r-rendering", state="rendering", result=None, casts=both),
        real(studio, "r-ready", state="ready", casts=stock.demo.casts, **fresh),
        real(studio, "r-uncast", state="ready", casts=(), **fresh),
        real(studio, "r-done", state="done"),
        real(studio, "r-locked", state="queued", **fresh),
    )
    samples = tuple(
        replace(each, casts=tuple(replace(cast, face_id=face_id) for cast in each.casts))
        for each in sample_entries()
        if each.state != "rendering"
    )
    return replace(
        stock.snapshot,
        entries=(*entries, *samples),
        cards=_cards(studio),
        looking=Doing(EntryId("e-looking"), "finding faces", 40, 100),
        running=Running(EntryId("r-rendering"), stock.rendering.job_id, 0.0, rendering(studio)),
        undo="render",
    )


def rendering(studio: Studio) -> Any:
    """Return the real render, its pieces small enough to be seen one beside the other."""
    total, each = studio.stock.rendering.seen.frames_total, 10
    states = [ChunkState.FETCHED] * 5 + [ChunkState.STORED] + [ChunkState.RENDERING] * 2
    states += [ChunkState.BURIED] + [ChunkState.WAITING] * (total // each)
    chunks = tuple(
        ChunkView(
            chunk_id=ChunkId(f"piece-{number}"),
            start_frame=number * each,
            end_frame=min(total, (number + 1) * each),
            state=state,
            holder=LeaseId(f"lease-{number % 2 + 1}") if state is ChunkState.RENDERING else None,
            frames_done={ChunkState.RENDERING: 4, ChunkState.WAITING: 0}.get(state, each),
        )
        for number, state in enumerate(states[: -(-total // each)])
    )
    return replace(
        sample_render(),
        chunks=chunks,
        frames_total=total,
        frames_done=sum(chunk.frames_done for chunk in chunks),
        left_s=272.0,
        interrupted_at=(Interruption(38, LeaseId("lease-3")),),
    )


def _other_face(studio: Studio) -> str:
    taken = studio.stock.demo.casts[0].face_id
    return next(f.face_id for f in studio.places.library.faces() if f.face_id != taken)


# -- the first screens -------------------------------------------------------------------------


def welcome(studio: Studio) -> None:
    """Show the queue while it is read, empty, and while the demo is made."""
    window = studio.window
    studio.show(DeskSnapshot())
    studio.shoot("opening")
    studio.show(DeskSnapshot(loaded=True))
    studio.shoot("welcome")
    window.welcome.show_making(62, 150)
    studio.shoot("welcome-making-demo")
    window.welcome.show_made()
    window.resize(*SMALL_PX)
    studio.shoot("welcome-small")
    window.resize(*WINDOW_PX)


def veils(studio: Studio) -> None:
    """Drag things over the window."""
    window, path = studio.window, Path("/videos/one.mp4")
    photo, text = Path("/photos/ada.jpg"), Path("/notes.txt")
    studio.show(working(studio), EntryId("r-ready"))
    studio.until_still()
    for name, drop in (
        ("videos", Dropped(videos=(path, path))),
        ("both", Dropped(videos=(path,), photos=(photo,), others=(text,))),
        ("photos", Dropped(photos=(photo,))),
        ("nothing", Dropped(others=(text,))),
    ):
        window.veil.offer(drop)
        studio.shoot(f"veil-{name}")
    window.veil.hide()


def notices(studio: Studio) -> None:
    """Tell three things at once."""
    window = studio.window
    offer = Offer(lambda: QCoreApplication.translate("Program", "Show the report"), lambda: None)
    said: tuple[tuple[Mood, str], ...] = (
        ("warning", "no_room"),
        ("error", "queue_broken"),
        ("info", "workers_die"),
    )
    for mood, code in said:
        window.tell(Notice(code, mood, partial(told, code, *TOLD[code]), offer))
    studio.shoot("notices")
    for _, code in said:
        window.notices.take_back(code)


# -- the working window ------------------------------------------------------------------------


def simple(studio: Studio) -> None:
    """Show the working window as it first is."""
    studio.set(simple=True)
    studio.show(working(studio), EntryId("r-ready"))
    studio.places.stage.go_to(_FRAME)
    studio.until_still()
    studio.shoot("window-simple")
    studio.set(simple=False)


def stage(studio: Studio) -> None:
    """Look at the real video in every way there is."""
    panel = studio.places.stage
    studio.show(working(studio), EntryId("r-ready"))
    panel.go_to(_FRAME)
    for mode in ("wipe", "after", "before", "side by side"):
        panel.set_mode(mode)  # type: ignore[arg-type]  # modes of the list
        studio.until_still()
        studio.shoot(f"stage-{mode.replace(' ', '-')}")
    panel.set_mode("wipe")
    panel.highlight("p1")
    panel.actual_size()
    studio.until_still()
    studio.shoot("stage-actual-size")
    panel.fit()
    panel.show_hardest()
    studio.settle(0.3)
    studio.until_still()
    studio.shoot("stage-hardest-frames")
    panel.show_hardest()
    panel.highlight(None)


def stage_work(studio: Studio) -> None:
    """Look for trouble in a part of the video, and see the strip of what is done."""
    panel, now = studio.places.stage, working(studio)
    part = {"trim_in": Fraction(2), "trim_out": Fraction(3)}
    studio.show(
        replace(
            now,
            entries=tuple(
                replace(each, **part) if each.entry_id == "r-ready" else each
                for each in now.entries
            ),
        ),
        EntryId("r-ready"),
    )
    panel.go_to(_FRAME)
    studio.until_still()
    panel.seek_trouble()
    studio.settle(0.3)
    studio.shoot("stage-seeking-trouble")
    studio.until(lambda: panel._proofing.work == "nothing", 60)
    studio.until_still()
    studio.shoot("stage-no-trouble")


def stage_empty(studio: Studio) -> None:
    """Look at videos that have no picture."""
    now = working(studio)
    for name in ("e-looking", "e-new", "e-refused", "e-long"):
        studio.show(now, EntryId(name))
        studio.settle(0.3)
        studio.shoot(f"window-{name[2:]}")


def rendering_now(studio: Studio) -> None:
    """Watch a render with its pieces."""
    studio.show(working(studio), EntryId("r-rendering"))
    studio.places.stage.go_to(20)
    studio.until_still()
    studio.shoot("window-rendering")
    studio.show(replace(working(studio), paused=True, stopping=True))
    studio.shoot("window-stopping")
    studio.show(working(studio), EntryId("r-done"))
    studio.places.stage.go_to(_FRAME)
    studio.until_still()
    studio.shoot("window-done")


def sizes(studio: Studio) -> None:
    """Make the window narrow and small."""
    studio.show(working(studio), EntryId("r-ready"))
    studio.places.stage.go_to(_FRAME)
    for name, size in (("narrow", NARROW_PX), ("small", SMALL_PX)):
        studio.window.resize(*size)
        studio.until_still()
        studio.shoot(f"window-{name}")
    studio.window.resize(*WINDOW_PX)


# -- the places one by one ---------------------------------------------------------------------


def queue(studio: Studio) -> None:
    """Show a video in every state, then the details of some."""
    now, panel = working(studio), studio.places.queue
    studio.show(now, EntryId("e-cast"))
    studio.shoot_tall("queue-states", panel, WINDOW_PX[0], 1750)
    for name in ("r-done", "e-missed", "e-failed", "e-notallowed"):
        studio.show(now, EntryId(name))
        studio.settle(0.3)
        studio.shoot(f"queue-details-{name[2:]}", panel)
    studio.show(replace(now, trouble=_TROUBLE))
    studio.shoot("queue-trouble", panel)
    panel.focus_search()
    panel._on_filter("all", "nothing is called so")
    studio.shoot("queue-no-match", panel)
    panel._on_filter("all", "")
    menu = panel.findChild(QMenu)
    if menu is not None:
        studio.shoot("queue-menu", menu)


_TROUBLE = Trouble("queue_broken", *TOLD["queue_broken"])


def inspector(studio: Studio) -> None:
    """Show all that can be set, and why it cannot."""
    now, panel = working(studio), studio.places.inspector
    for name, chosen in (
        ("full", "r-ready"),
        ("uncast", "r-uncast"),
        ("rendering", "r-rendering"),
        ("looking", "e-looking"),
        ("refused", "e-refused"),
        ("nobody", "e-nobody"),
    ):
        studio.show(now, EntryId(chosen))
        studio.settle(0.4)
        studio.shoot_tall(f"inspector-{name}", panel, WINDOW_PX[0], 1250)
    panel.look_at((EntryId("r-ready"), EntryId("r-uncast")))
    studio.shoot_tall("inspector-several", panel, WINDOW_PX[0], 1250)
    panel.look_at(())
    studio.shoot("inspector-nothing", panel)
    studio.set(simple=True)
    for name, chosen in (("simple", "r-ready"), ("simple-uncast", "r-uncast")):
        studio.show(now, EntryId(chosen))
        panel.look_at((EntryId(chosen),))
        studio.settle(0.3)
        studio.shoot(f"inspector-{name}", panel)
    studio.set(simple=False)
    inspector_engine(studio)
    panel.casting.intake.take([RESOURCES / "demo" / "hopper.jpg"], lambda _: None)
    studio.settle(0.1)
    studio.shoot("inspector-adding-face", panel)
    panel.casting.intake.adding().cancel()


def inspector_engine(studio: Studio) -> None:
    """Choose FaceFusion, see all of it, and be asked about its licences."""
    now, panel = working(studio), studio.places.inspector
    chosen = EntryId("r-ready")
    look = Look(
        engine="facefusion",
        settings=(("face_mask_types", "box occlusion"), ("processors", _SWAPPED_AND_ENHANCED)),
    )
    entries = tuple(replace(e, look=look) if e.entry_id == chosen else e for e in now.entries)
    studio.show(replace(now, entries=entries), chosen)
    panel.look_at((chosen,))
    studio.settle(0.3)
    studio.shoot_tall("inspector-facefusion", panel, WINDOW_PX[0], 1250)
    panel.look._more.setChecked(True)
    studio.settle(0.2)
    studio.shoot_tall("inspector-facefusion-all", panel, WINDOW_PX[0], 2100)
    panel.look._more.setChecked(False)
    meant = [each for each in entries if each.entry_id == chosen]
    question = once_agreed(studio.bridge, meant, lambda: None)
    assert question is not None
    studio.settle(0.2)
    studio.shoot("question-licences", question)
    question.close()
    studio.show(now, chosen)
    panel.look_at((chosen,))


def board(studio: Studio) -> None:
    """Show everybody who is in the queue."""
    now = working(studio)
    studio.show(now, EntryId("r-ready"))
    wiring = studio.window.wiring
    assert wiring is not None
    wiring.show_board()
    made = wiring._board
    assert made is not None
    studio.settle(0.5)
    studio.shoot("cast-board", made.window())
    cards = made.shown()
    for card in cards[:2]:
        made.pick(card.card_id, on=True)
    made.merge_picked()
    studio.settle(0.3)
    studio.shoot("cast-board-merging", made.window())
    made._choose_none()
    studio.show(DeskSnapshot(loaded=True))
    made.draw(DeskSnapshot(loaded=True))
    studio.shoot("cast-board-empty", made.window())
    made.window().close()


def faces(studio: Studio) -> None:
    """Show the library, a face, and how one is added."""
    studio.show(working(studio), EntryId("r-ready"))
    wiring = studio.window.wiring
    assert wiring is not None
    wiring.show_faces()
    dialog = wiring._faces
    assert dialog is not None
    studio.settle(0.4)
    studio.shoot("faces", dialog)
    dialog.open_face(_other_face(studio))
    studio.settle(0.4)
    studio.shoot("faces-one", dialog)
    dialog._to_all()
    portrait = RESOURCES / "demo" / "collins.jpg"
    for name, photo in (("form", portrait), ("several", _crowd(studio)), ("refused", LICENCE)):
        dialog.take([photo])
        studio.settle(0.1)
        if name == "form":
            studio.shoot("faces-checking", dialog)
        studio.until(lambda: dialog._adding.step() != "checking")
        if name == "form":
            dialog._adding._form.choose("permission")
        studio.settle(0.3)
        studio.shoot(f"faces-adding-{name}", dialog)
        dialog._adding.cancel()
        dialog._to_all()
    kept, studio.places.library._faces = studio.places.library._faces, ()
    dialog._draw()
    studio.shoot("faces-empty", dialog)
    studio.places.library._faces = kept
    dialog._draw()
    dialog.close()


LICENCE = Path(__file__).parents[2] / "LICENSE"


def _crowd(studio: Studio) -> Path:
    """Return a photo of two people: a frame of the demo's video."""
    path = studio.home.cache / "two people.png"
    if not path.is_file():
        save_frame(Path(studio.stock.demo.source), path)
    return path


def settings(studio: Studio) -> None:
    """Show every page of the settings."""
    folder = WatchFolder(path="/home/ada/Videos/Incoming", preset="Small file")
    studio.set(watch_folders=(folder,), shortcuts=(("pause", "Ctrl+F2"),), when_done="sleep")
    dialog = SettingsDialog(studio.bridge, studio.window.commands, studio.window)
    dialog.show()
    for page in PAGE_NAMES:
        dialog.open_page(page)
        studio.settle(0.5)
        studio.shoot(f"settings-{page}", dialog)
    studio.set(when_done="command", when_done_command=("/usr/bin/notify", "--all"))
    dialog.open_page("done")
    studio.shoot("settings-done-command", dialog)
    dialog.close()
    dialog.deleteLater()
    studio.set(watch_folders=(), shortcuts=(), when_done="nothing", when_done_command=())


def windows(studio: Studio) -> None:
    """Show the small windows."""
    window, bridge = studio.window, studio.bridge
    studio.show(working(studio), EntryId("r-ready"))
    studio.shoot_window("shortcuts", ShortcutSheet(window.commands, window))
    finder = FindCommand(window.commands, window)
    studio.shoot_window("find-command", finder)
    studio.shoot_window("guide", GuideDialog(window))
    about = AboutDialog(bridge, window)
    about.show()
    studio.settle(0.4)
    studio.shoot_window("about", about)
    doctor = DoctorDialog(bridge, window)
    doctor.show()
    studio.settle(0.1)
    studio.shoot("doctor-looking", doctor)
    studio.until(lambda: doctor._rows is not None, 60)
    studio.shoot_window("doctor", doctor)
    report = studio.home.crashes / "2026-03-14T09-26-53.txt"
    report.write_text("Traceback (most recent call last):\n  …\nValueError: a part is not whole\n")
    fault = FaultDialog(Fault("ValueError: a part is not whole", report), window)
    fault.add(Fault("ValueError: a part is not whole", report))
    studio.shoot_window("fault", fault)
    studio.shoot_window("rename", RenameDialog(long_named(studio), window))
    studio.shoot_window("sleeping", SleepCountdown(bridge, window))
    say = QCoreApplication.translate
    question = Question(
        window,
        lambda: say("Closing", "A video is being rendered"),
        lambda: say(
            "Closing",
            "If you close now, the render stops and goes on where it was the next time you open "
            "Second Unit. Nothing that is finished is lost.",
        ),
        [
            Choice(lambda: say("Closing", "Stop and close")),
            Choice(lambda: say("Closing", "Cancel")),
        ],
    )
    studio.shoot_window("closing", question)


def menus(studio: Studio) -> None:
    """Show the menus of the window."""
    studio.show(working(studio), EntryId("r-ready"))
    for number, action in enumerate(studio.window.menuBar().actions()):
        menu = action.menu()
        if isinstance(menu, QMenu):
            menu.popup(studio.window.mapToGlobal(QPoint(0, 0)))
            studio.shoot(f"menu-{number}", menu)
            menu.close()


SCREENS: tuple[Screen, ...] = (
    welcome, simple, stage, stage_work, rendering_now, sizes, stage_empty, queue, inspector, board,
    faces, settings, windows, menus, veils, notices,
)  # fmt: skip


def take_all(studio: Studio, manners: Sequence[Manner], screens: Sequence[Screen]) -> None:
    """Take every screen in every manner; the window stays the same all the time."""
    QGuiApplication.styleHints().setCursorFlashTime(0)  # a caret is on every picture or on none
    draw_thumbnails(studio.home, sample_entries())
    studio.open()
    for manner in manners:
        studio.wear(manner)
        for screen in screens:
            screen(studio)
