"""Show the windows that stand beside the main one: board, library, settings, small ones, menus."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu
from screen_stock import save_frame
from shown_desks import long_named, other_face, working
from studio import RESOURCES, Studio

from gui.crash import Fault
from gui.dialogs.about import AboutDialog
from gui.dialogs.doctor import DoctorDialog
from gui.dialogs.fault import FaultDialog
from gui.dialogs.find_command import FindCommand
from gui.dialogs.guide import GuideDialog
from gui.dialogs.question import Choice, Question
from gui.dialogs.shortcuts import ShortcutSheet
from gui.main_window import MainWindow
from gui.queue.rename import RenameDialog
from gui.settings.after import SleepCountdown
from gui.settings.dialog import PAGE_NAMES, SettingsDialog
from orchestrator.desk.entries import EntryId
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.settings import WatchFolder


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
    dialog.open_face(other_face(studio))
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
    studio.shoot_window("find-command", FindCommand(window.commands, window))
    studio.shoot_window("guide", GuideDialog(window))
    about = AboutDialog(bridge, window)
    about.show()
    studio.settle(0.4)
    studio.shoot_window("about", about)
    _doctor(studio)
    _fault(studio)
    studio.shoot_window("rename", RenameDialog(long_named(studio), window))
    studio.shoot_window("sleeping", SleepCountdown(bridge, window))
    studio.shoot_window("closing", _asks_to_close(window))


def _doctor(studio: Studio) -> None:
    doctor = DoctorDialog(studio.bridge, studio.window)
    doctor.show()
    studio.settle(0.1)
    studio.shoot("doctor-looking", doctor)
    studio.until(lambda: doctor._rows is not None, 60)
    studio.shoot_window("doctor", doctor)


def _fault(studio: Studio) -> None:
    report = studio.home.crashes / "2026-03-14T09-26-53.txt"
    report.write_text("Traceback (most recent call last):\n  …\nValueError: a part is not whole\n")
    fault = FaultDialog(Fault("ValueError: a part is not whole", report), studio.window)
    fault.add(Fault("ValueError: a part is not whole", report))
    studio.shoot_window("fault", fault)


def _asks_to_close(window: MainWindow) -> Question:
    say = QCoreApplication.translate
    return Question(
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


def menus(studio: Studio) -> None:
    """Show the menus of the window."""
    studio.show(working(studio), EntryId("r-ready"))
    for number, action in enumerate(studio.window.menuBar().actions()):
        menu = action.menu()
        if isinstance(menu, QMenu):
            menu.popup(studio.window.mapToGlobal(QPoint(0, 0)))
            studio.shoot(f"menu-{number}", menu)
            menu.close()
