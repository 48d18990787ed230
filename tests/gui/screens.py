"""Bring the window to every state it has, one after the other, and take a picture of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from sample_entries import draw_thumbnails, sample_entries
from shown_desks import working
from studio import RESOURCES, WINDOW_PX, Manner, Screen, Studio
from window_screens import board, faces, menus, settings, windows

from gui.drops import Dropped
from gui.licences import once_agreed
from gui.notice_bar import Mood, Notice, Offer
from gui.words.errors import TOLD, told
from orchestrator.desk.entries import EntryId, Look, Trouble
from orchestrator.desk.snapshot import DeskSnapshot

SMALL_PX, NARROW_PX = (960, 600), (1312, 800)
_FRAME = 62
_SWAPPED_AND_ENHANCED = "face_swapper face_enhancer"


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
