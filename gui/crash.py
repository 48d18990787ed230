"""Write down every fault of the window itself, and see on the next start that one happened."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from orchestrator.home import Home
from remote_worker.checkpoint import write_whole

_log = logging.getLogger(__name__)
_OPEN = "window-open.json"
"""There while a window is open; found by a start, the last one did not end by itself."""
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What a fault of the program left."""

    words: str
    """The error's type and its own words, on one line."""
    report: Path | None
    """Where it is written down; None when even that failed."""


@dataclass(frozen=True, slots=True)
class BadEnd:
    """The last session ended without closing its window."""

    report: Path | None
    """What the system wrote about it; None for a kill or a power cut, which leave nothing."""


class Faults(QObject):
    """Catches what nobody else did, on every thread, from :meth:`watch` on.

    Signals:
        happened: a :class:`Fault`; heard on the thread that this object belongs to.
    """

    happened = Signal(object)

    def __init__(self, home: Home) -> None:
        """Prepare; nothing is caught before :meth:`watch`."""
        super().__init__()
        self._home = home
        self._machine: TextIO | None = None
        self._was_enabled = False
        self._undo: list[Callable[[], object]] = []

    def watch(self) -> None:
        """Catch faults of Python on all threads, of the machine, and Qt's words."""
        self.rest()
        before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        qInstallMessageHandler(_on_qt_message)
        self._undo = [
            lambda: setattr(sys, "excepthook", before[0]),
            lambda: setattr(threading, "excepthook", before[1]),
            lambda: setattr(sys, "unraisablehook", before[2]),
            lambda: qInstallMessageHandler(None),
        ]
        with contextlib.suppress(OSError):  # without a writable home there is no such report
            path = self._home.crashes / f"machine-{os.getpid()}.txt"
            self._machine = path.open("w", encoding="utf-8")
            self._was_enabled = faulthandler.is_enabled()
            faulthandler.enable(self._machine)

    def rest(self) -> None:
        """Catch nothing any more; used when the window closed as it should."""
        for undo in self._undo:
            undo()
        self._undo = []
        if self._machine is not None:
            faulthandler.disable()
            if self._was_enabled and sys.stderr is not None:
                faulthandler.enable()  # as it was asked for by whoever started Python
            self._machine.close()
            _remove_if_empty(Path(self._machine.name))
            self._machine = None

    def note(self, error: BaseException) -> Fault:
        """Write ``error`` down and tell of it."""
        words = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        report: Path | None = None
        from orchestrator.crash import write_report  # imported when it is needed, seldom

        try:
            report = write_report(self._home, error)
        except OSError as why:
            _log.error("A report could not be written: %s", why)
        _log.error("A fault of the window", exc_info=error)
        fault = Fault(words, report)
        self.happened.emit(fault)
        return fault

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        del trace  # the error has it
        if not issubclass(kind, (KeyboardInterrupt, SystemExit)):
            self.note(error)

    def _on_thread_exception(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._on_exception(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _on_unraisable(self, caught: object) -> None:
        error = getattr(caught, "exc_value", None)
        if isinstance(error, Exception):
            self.note(error)


def begin(home: Home) -> BadEnd | None:
    """Note that a window is open; return what is known when the last one did not close."""
    path = home.root / _OPEN
    bad_end = BadEnd(_machine_report(home)) if path.exists() else None
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with contextlib.suppress(OSError):  # a full disk is told by the queue, which needs it more
        write_whole(path, [json.dumps({"pid": os.getpid(), "since": now}).encode()])
    return bad_end


def end(home: Home) -> None:
    """Note that the window closed as it should."""
    with contextlib.suppress(OSError):  # then the next start asks about it; nothing is lost
        (home.root / _OPEN).unlink(missing_ok=True)


def _machine_report(home: Home) -> Path | None:
    """Return the newest report of a crash of the machine's kind; remove those left empty."""
    own = f"machine-{os.getpid()}.txt"
    found = [path for path in home.crashes.glob("machine-*.txt") if path.name != own]
    told = sorted((p for p in found if not _remove_if_empty(p)), key=lambda p: p.stat().st_mtime)
    if not told:
        return None
    # Named for its time, it is kept and not told of again.
    seen = home.crashes / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    with contextlib.suppress(OSError):  # then it is told of once more
        return told[-1].rename(seen)
    return told[-1]


def _remove_if_empty(path: Path) -> bool:
    try:
        if path.stat().st_size:
            return False
        path.unlink()
    except OSError:
        return False
    return True


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
    del context
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", words)
