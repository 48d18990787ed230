"""Be a desk with a screen, a mouse and a keyboard: Xvfb and xdotool around real programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import ImageGrab

from tests.e2e.drag_source import SIZE_PX

WIDTH_PX, HEIGHT_PX = 1440, 900
_START_S = 20.0
_MOUSE_PAUSE_S = 0.05
"""A person's hand makes pauses too: the window under the mouse answers between two moves."""


def why_not() -> str:
    """Return why there can be no screen here; empty when there can."""
    if sys.platform != "linux":
        return "a virtual screen is X11's"
    missing = [name for name in ("Xvfb", "xdotool") if not shutil.which(name)]
    return f"{', '.join(missing)} not installed" if missing else ""


class Screen:
    """One display; everything on it dies with it."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    def mouse(self, *orders: str) -> None:
        """Have xdotool move, press or release."""
        self._xdotool(*orders)
        time.sleep(_MOUSE_PAUSE_S)

    def click(self, x: int, y: int) -> None:
        """Click a place."""
        self.mouse("mousemove", str(x), str(y))
        self.mouse("click", "1")

    def key(self, *names: str) -> None:
        """Press keys one after the other, such as ``ctrl+Return``."""
        for name in names:
            self._xdotool("key", "--clearmodifiers", name)
            time.sleep(_MOUSE_PAUSE_S)

    def write(self, text: str) -> None:
        """Type a text."""
        self._xdotool("type", "--delay", "15", text)

    def give_keyboard(self, pid: int) -> None:
        """Let a program's window have the keyboard, as a window manager does with a new one."""
        named = ("search", "--sync", "--onlyvisible", "--all", "--pid", str(pid), "--name", ".")
        self._xdotool(*named, "windowfocus", "--sync")

    def drag(self, files: Sequence[Path], x: int, y: int) -> str:
        """Drag files from a file manager's icon and drop them at a place; return how it ended."""
        left, top = WIDTH_PX - SIZE_PX - 4, HEIGHT_PX - SIZE_PX - 4
        script = str(Path(__file__).with_name("drag_source.py"))
        argv = [sys.executable, script, str(left), str(top), *map(str, files)]
        with subprocess.Popen(
            argv, env=self.environment, stdout=subprocess.PIPE, text=True
        ) as source:
            try:
                assert source.stdout is not None
                assert source.stdout.readline() == "shown\n"
                self._carry(left + SIZE_PX // 2, top + SIZE_PX // 2, x, y)
                return source.stdout.readline().strip()
            finally:
                source.kill()

    def shot(self, path: Path) -> Path:
        """Save what is on the screen."""
        ImageGrab.grab(xdisplay=self.display).save(path)
        return path

    def _carry(self, from_x: int, from_y: int, to_x: int, to_y: int) -> None:
        time.sleep(0.5)  # the icon is there, but X may not have mapped it yet
        self.mouse("mousemove", str(from_x), str(from_y))
        self.mouse("mousedown", "1")
        steps = 12
        for step in range(1, steps + 1):
            x = from_x + (to_x - from_x) * step // steps
            y = from_y + (to_y - from_y) * step // steps
            self.mouse("mousemove", str(x), str(y))
        time.sleep(0.3)
        self.mouse("mousemove", str(to_x + 1), str(to_y))
        self.mouse("mouseup", "1")

    def _xdotool(self, *orders: str) -> None:
        program = shutil.which("xdotool") or "xdotool"
        subprocess.run([program, *orders], env=self.environment, check=True, timeout=20)


@contextmanager
def screen() -> Iterator[Screen]:
    """Give a screen of its own, taken away at the end."""
    reads, writes = os.pipe()
    size = f"{WIDTH_PX}x{HEIGHT_PX}x24"
    argv = ["Xvfb", "-displayfd", str(writes), "-screen", "0", size, "-nolisten", "tcp"]
    with subprocess.Popen(argv, pass_fds=[writes], stderr=subprocess.DEVNULL) as server:
        os.close(writes)
        watchdog = threading.Timer(_START_S, server.kill)  # a server that never says its number
        watchdog.start()
        try:
            with os.fdopen(reads) as said:
                number = said.readline().strip()
            watchdog.cancel()
            assert number, "Xvfb did not start"
            yield Screen(f":{number}")
        finally:
            watchdog.cancel()
            server.kill()


def wait_until(is_so: Callable[[], bool], timeout_s: float, what: str) -> None:
    """Return when ``is_so``; fail with ``what`` when it is not in time."""
    give_up_s = time.monotonic() + timeout_s
    while not is_so():
        assert time.monotonic() < give_up_s, f"not in {timeout_s:.0f} s: {what}"
        time.sleep(0.05)
