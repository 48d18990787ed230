"""Hold one window with the stock it shows, and the camera that takes its pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fake_bridge import FakeBridge
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from screen_stock import Stock

from gui import places
from gui.bridge import Bridge
from gui.language import Speech, Spoken
from gui.main_window import MainWindow
from gui.places import Places
from gui.theme.apply import Theme
from gui.windows import Windows
from orchestrator.desk.entries import EntryId
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home
from orchestrator.settings import Appearance, Settings

WINDOW_PX = (1440, 900)
RESOURCES = Path(__file__).parents[2] / "resources"
_PATIENCE_S = 20.0


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
