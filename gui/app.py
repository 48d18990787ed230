"""Start the window: show it first, import and open everything else after."""

# ruff: noqa: E402 - the clock starts before the first heavy import

from __future__ import annotations

import sys
import time

_BEGAN_S = time.perf_counter()

import argparse
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from PySide6.QtWidgets import QApplication

from gui.program import Program
from gui.single import OneWindow, take_or_raise
from orchestrator.home import Home

_log = logging.getLogger(__name__)
_RAISED, _BUSY = 0, 4
_SWITCH_S = 0.001
"""How soon the Qt thread gets its turn when others compute; Python's own is five times that."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; return the process's exit status."""
    asked = _asked(argv)
    if asked.home is not None:
        os.environ["SECONDUNIT_HOME"] = str(asked.home)  # child processes look there too
    home = Home.default()
    one = OneWindow(home)
    taken = take_or_raise(one, home, asked.files)
    if taken is not True:
        return _RAISED if taken is False else _say_busy(home)
    sys.setswitchinterval(_SWITCH_S)
    app = _application()
    program = Program(app, home, one)
    program.window.painted.connect(lambda: _on_painted(report=asked.first_paint))
    program.begin(asked.files)
    try:
        return app.exec()
    finally:
        program.end()


def _asked(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="secondunit-desktop", description="Put consenting people's faces into videos."
    )
    parser.add_argument("files", nargs="*", type=Path, help="videos to add to the queue")
    parser.add_argument("--home", type=Path, help="folder for queue, faces and finished parts")
    parser.add_argument("--first-paint", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _application() -> QApplication:
    QApplication.setApplicationName("Second Unit")
    QApplication.setDesktopFileName("secondunit")
    app = QApplication.instance()
    return app if isinstance(app, QApplication) else QApplication(sys.argv[:1])


def _on_painted(*, report: bool) -> None:
    if report:
        took_s = time.perf_counter() - _BEGAN_S
        sys.stderr.write(f"first paint {took_s:.3f} s, computed {time.process_time():.3f} s\n")
        sys.stderr.flush()


def _say_busy(home: Home) -> int:
    sys.stderr.write(
        f"Second Unit is running with {home.root} but does not answer.\nEnd it, then start again.\n"
    )
    return _BUSY


def run() -> NoReturn:
    """Run the window, then leave at once: what is to be kept was written and closed.

    Errands that still run are not waited for.  While Python takes everything apart they would
    come back to Qt's objects that are gone, and now and then the process ended in a crash.
    """
    status = main()
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # there is none where no terminal is
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
