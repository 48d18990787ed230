"""Break the program for real and see what is left for the next start."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal, qWarning
from pytestqt.qtbot import QtBot

from gui import crash
from gui.crash import BadEnd, Fault, Faults
from orchestrator.home import Home

_SESSION = """
import sys, os, signal
from pathlib import Path
from gui import crash
from orchestrator.home import Home

home = Home(Path(sys.argv[1]))
faults = crash.Faults(home)
faults.watch()
found = crash.begin(home)
print("none" if found is None else f"{bool(found.report)}", flush=True)
if sys.argv[2] == "close":
    crash.end(home)
    faults.rest()
elif sys.argv[2] == "segfault":
    import ctypes
    ctypes.string_at(0)
else:
    os._exit(9)
"""


def session(home: Path, end: str) -> str:
    """Run one and return what it found of the one before."""
    ran = subprocess.run(
        [sys.executable, "-c", _SESSION, str(home), end],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ran.stdout.strip()


@pytest.fixture
def faults(tmp_path: Path) -> Iterator[Faults]:
    watching = Faults(Home(tmp_path))
    watching.watch()
    yield watching
    watching.rest()


def test_a_session_that_closed_leaves_nothing(tmp_path: Path) -> None:
    assert session(tmp_path, "close") == "none"
    assert session(tmp_path, "close") == "none"
    assert not list((tmp_path / "crashes").iterdir())


def test_a_kill_is_seen_once_by_the_next_start_and_leaves_no_report(tmp_path: Path) -> None:
    session(tmp_path, "die")
    assert session(tmp_path, "close") == "False"
    assert session(tmp_path, "close") == "none"


def test_a_crash_of_the_machines_kind_leaves_a_report_that_is_told_of_once(tmp_path: Path) -> None:
    session(tmp_path, "segfault")
    assert session(tmp_path, "close") == "True"
    (report,) = (tmp_path / "crashes").iterdir()
    assert "Fatal Python error" in report.read_text("utf-8") or os.name == "nt"
    session(tmp_path, "die")
    assert session(tmp_path, "close") == "False", "the old report is not the new end's"


def test_a_fault_in_a_slot_is_written_down_and_told_and_the_window_goes_on(
    qtbot: QtBot, faults: Faults
) -> None:
    class Bell(QObject):
        rung = Signal()

    def break_() -> None:
        raise ValueError("no such bell")

    bell = Bell()
    bell.rung.connect(break_)
    with qtbot.waitSignal(faults.happened, timeout=5000) as heard, qtbot.captureExceptions():
        faults.watch()  # the test's own hook gives way, as it is not there in the program
        bell.rung.emit()
    fault = heard.args[0]
    assert fault.words == "ValueError: no such bell"
    assert "break_" in fault.report.read_text("utf-8")


def test_a_fault_on_another_thread_is_heard_on_the_qt_thread(qtbot: QtBot, faults: Faults) -> None:
    heard_on: list[threading.Thread] = []
    faults.happened.connect(lambda _: heard_on.append(threading.current_thread()))

    def break_() -> None:
        raise OSError("gone")

    thread = threading.Thread(target=break_, name="looking")
    with qtbot.waitSignal(faults.happened, timeout=5000) as heard:
        thread.start()
    thread.join(5)
    assert heard.args[0].words == "OSError: gone"


def test_a_fault_is_told_even_when_no_report_can_be_written(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(home: Home, error: BaseException) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("orchestrator.crash.write_report", full)
    assert Faults(Home(tmp_path)).note(ValueError("x")) == Fault("ValueError: x", None)


def test_what_qt_says_goes_into_the_log(faults: Faults, caplog: pytest.LogCaptureFixture) -> None:
    qWarning("a strange thing")
    assert "Qt: a strange thing" in caplog.text


def test_nothing_is_caught_after_the_rest(tmp_path: Path) -> None:
    before = (sys.excepthook, threading.excepthook)
    watching = Faults(Home(tmp_path))
    watching.watch()
    assert sys.excepthook != before[0]
    watching.rest()
    assert (sys.excepthook, threading.excepthook) == before
    assert not list((tmp_path / "crashes").iterdir()), "an empty report is no report"


def test_a_report_of_two_sessions_ago_is_not_blamed_on_the_last(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert crash.begin(home) is None
    (home.crashes / "machine-1.txt").write_text("Fatal Python error: Aborted", "utf-8")
    found = crash.begin(home)
    assert isinstance(found, BadEnd)
    assert found.report is not None
    assert crash.begin(home) == BadEnd(None)
