"""Drive the real program from outside: start it, kill it, read its queue, wait for its picture."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import psutil
from PIL import Image, ImageChops, ImageColor, ImageGrab

from gui.theme.palette import DARK
from orchestrator.desk.book import book_path, read_entries
from orchestrator.desk.entries import Entry
from orchestrator.home import Home
from orchestrator.sources import SourceFace
from tests.e2e import drag_source
from tests.e2e.screen import Screen, wait_until
from tests.faults.kills import REPOSITORY

SLOW_S = 120.0
"""Longer than anything takes here while others use the machine too."""
_REST_S = 1.0
_CARET_PX = 150
"""What may differ in a picture that rests: a caret blinks."""
STAGE = (480, 200, 860, 600)
"""Left, top, right and bottom of the middle of the stage in a window as it opens first."""
INSPECTOR = (1190, 320)
"""A place on the person in the inspector of a window as it opens first."""


class Window:
    """One run of the program after another, with one home, on one screen."""

    def __init__(self, screen: Screen, home: Path) -> None:
        self.screen, self.home = screen, Home(home)
        home.mkdir(parents=True, exist_ok=True)
        self.process: subprocess.Popen[bytes] | None = None

    # -- the process -------------------------------------------------------------------------

    def start(self, *files: Path) -> None:
        """Start the program, with files to add."""
        self.process = self.further_start(*files)

    def further_start(self, *files: Path) -> subprocess.Popen[bytes]:
        """Start it once more; what it says goes to a log beside the queue."""
        with (self.home.root / "window.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "gui.app", "--home", str(self.home.root), *map(str, files)],
                cwd=REPOSITORY, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=self.screen.environment,
            )  # fmt: skip

    def kill(self) -> None:
        """Kill the program and nothing else: what it started has to end by itself."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(SLOW_S)

    def leave(self) -> int:
        """Ask it to end as a system does that shuts down; return its exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SLOW_S)

    def wait(self) -> int:
        """Wait until it ended by itself; return its exit status."""
        assert self.process is not None
        return self.process.wait(SLOW_S)

    def said(self) -> str:
        """Return all that the program wrote to its terminal."""
        return (self.home.root / "window.log").read_text("utf-8", "replace")

    # -- what it knows -----------------------------------------------------------------------

    def entries(self) -> tuple[Entry, ...]:
        """Return its queue as it is on the disk."""
        return read_entries(book_path(self.home))

    def states(self) -> list[str]:
        """Return where its videos stand, in order."""
        return [entry.state for entry in self.entries()]

    def await_states(self, *states: str) -> None:
        """Wait until its videos stand there."""
        self.await_so(lambda: self.states() == list(states), f"{states}, not {self.states()}")

    def await_so(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait for something while the program runs."""

        def so_or_ended() -> bool:
            ended = self.process is not None and self.process.poll() is not None
            assert not ended, f"it ended while {what} was awaited: {self.said()}"
            return is_so()

        wait_until(so_or_ended, SLOW_S, what)

    def segments(self) -> int:
        """Return how many finished segments are stored."""
        return sum(1 for _ in (self.home.store / "segments").glob("*.json"))

    def faces(self) -> list[SourceFace]:
        """Return the source faces it keeps."""
        from orchestrator.prepare import faces_of

        return list(faces_of(self.home).list())

    # -- what it shows -----------------------------------------------------------------------

    def picture(self, box: tuple[int, int, int, int] | None = None) -> Image.Image:
        """Return what is on the screen."""
        return ImageGrab.grab(bbox=box, xdisplay=self.screen.display)

    def await_rest(self) -> None:
        """Wait until nothing moves: all is drawn, and no bar says that work goes on."""
        give_up_s = time.monotonic() + SLOW_S
        before, since_s = self.picture(), time.monotonic()
        while time.monotonic() - since_s < _REST_S:
            assert time.monotonic() < give_up_s, "the picture never rests"
            time.sleep(0.1)
            now = self.picture()
            if changed_px(before, now) > _CARET_PX or not now.getbbox():
                before, since_s = now, time.monotonic()

    def await_loaded(self) -> None:
        """Wait until the queue is read and the window shows it, and give it the keyboard."""
        self.await_so(book_path(self.home).exists, "the queue's file")
        self.await_rest()
        assert self.process is not None
        self.screen.give_keyboard(self.process.pid)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the screen, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def middle(self) -> tuple[int, int]:
        """Where to click."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2


def wide_accents(window_: Window) -> list[Box]:
    """Return the buttons that are the next thing to do: wide and filled with the accent colour."""
    accent = np.array(ImageColor.getrgb(DARK.accent), np.int16)
    pixels = np.asarray(window_.picture(), dtype=np.int16)
    is_accent = (np.abs(pixels - accent).max(axis=2) < 12).astype(np.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(is_accent)
    return [
        Box(x, y, x + wide, y + high)
        for x, y, wide, high, filled in found[1:].tolist()
        if wide > 60 and 20 < high < 60 and filled > wide * high // 2
    ]


def changed_px(before: Image.Image, now: Image.Image) -> int:
    """Return how many pixels differ so that an eye sees it."""
    grey = ImageChops.difference(before, now).convert("L")
    return sum(grey.histogram()[9:])


@contextmanager
def window(screen: Screen, home: Path) -> Iterator[Window]:
    """Give a window; whatever happens, its program does not outlive the test."""
    made = Window(screen, home)
    try:
        yield made
    finally:
        screen.shot(home.parent / "last.png")
        if made.process is not None and made.process.poll() is None:
            made.process.kill()
            made.process.wait()


@contextmanager
def another_window(screen: Screen, x: int, y: int) -> Iterator[None]:
    """Show another program's window over everything at a place."""
    script = str(Path(drag_source.__file__))
    argv = [sys.executable, script, str(x), str(y)]
    with subprocess.Popen(argv, env=screen.environment, stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == b"shown\n"
            yield
        finally:
            other.kill()


def processes_of(window_: Window) -> list[psutil.Process]:
    """Return every process that has to do with a window's home or was told of it."""
    return [p for p in psutil.process_iter() if p.pid != os.getpid() and _is_of(p, window_.home)]


def _is_of(process: psutil.Process, home: Home) -> bool:
    with suppress(psutil.Error):
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        named = any(str(home.root) in part for part in process.cmdline())
        return named or process.environ().get("SECONDUNIT_HOME") == str(home.root)
    return False
