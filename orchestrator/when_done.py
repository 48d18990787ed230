"""Do what was wished for when the queue is done: sleep, or run a command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from orchestrator.desk.entries import Entry
from orchestrator.errors import WhenDoneFailed
from orchestrator.home import Home
from orchestrator.settings import Settings

_ANSWER_S = 30.0
"""How long the system may take to say that it will sleep."""
_LOG = "when-done.log"


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing is to be done."""


@dataclass(frozen=True, slots=True)
class Notify:
    """The desktop is to be told."""

    done: int
    failed: int


@dataclass(frozen=True, slots=True)
class Sleep:
    """The machine is to sleep; the user is asked first for as long as they may be there."""


@dataclass(frozen=True, slots=True)
class RunCommand:
    """A command is to be started."""

    words: tuple[str, ...]
    done: int
    failed: int


Then = Nothing | Notify | Sleep | RunCommand


def decide(settings: Settings, had_turn: Sequence[Entry]) -> Then:
    """Return what is to be done after these entries had their turn.

    When the user ended every one of them, they are there: nothing is done then.
    """
    done = sum(entry.state == "done" for entry in had_turn)
    failed = sum(entry.state == "failed" for entry in had_turn)
    if not done and not failed:
        return Nothing()
    match settings.when_done:
        case "notify":
            return Notify(done, failed)
        case "sleep":
            return Sleep()
        case "command" if settings.when_done_command:
            return RunCommand(settings.when_done_command, done, failed)
    return Nothing()


def can_sleep() -> bool:
    """Return whether this machine can be told to sleep."""
    return _system() == "windows" or _sleep_words(_system(), shutil.which) is not None


def sleep() -> None:
    """Tell the machine to sleep; it may do so before this returns.

    Raises:
        WhenDoneFailed: it will not.
    """
    if _system() == "windows":
        _suspend_windows()
        return
    words = _sleep_words(_system(), shutil.which)
    if words is None:
        raise WhenDoneFailed(
            "This system offers no way to let it sleep.",
            "Choose something else for when it is done.",
        )
    tell_system(words)


def tell_system(words: tuple[str, ...]) -> None:
    """Run one of the system's own commands and wait for its answer.

    Raises:
        WhenDoneFailed: it cannot be run, refuses, or does not answer.
    """
    try:
        answer = subprocess.run(
            words, capture_output=True, stdin=subprocess.DEVNULL, timeout=_ANSWER_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise WhenDoneFailed(
            f"The system did not answer within {_ANSWER_S:.0f} seconds.", "Let it sleep by hand."
        ) from None
    except OSError as error:
        raise WhenDoneFailed(
            f"{words[0]} could not be started ({error.strerror}).", "Let it sleep by hand."
        ) from error
    if answer.returncode != 0:
        said = answer.stderr.decode("utf-8", "replace").strip().splitlines()
        raise WhenDoneFailed(
            f"The system refused to sleep: {said[-1][:200] if said else answer.returncode}",
            "Another program or a rule of the system may keep it awake.",
        )


def command_log(home: Home) -> Path:
    """Return the file that holds what the command said the last time."""
    return home.logs / _LOG


@dataclass(frozen=True, slots=True)
class Started:
    """A command that runs on its own; it goes on when the app ends."""

    process: subprocess.Popen[bytes]
    log: Path


def start(home: Home, command: RunCommand) -> Started:
    """Start a command without a shell; nobody waits for it.

    It finds how many videos were done and failed in ``SECONDUNIT_DONE`` and
    ``SECONDUNIT_FAILED``.

    Raises:
        WhenDoneFailed: it could not be started.
    """
    if not command.words:
        raise WhenDoneFailed("There is no command to run.", "Enter the program to start.")
    own: dict[str, str] = {
        "SECONDUNIT_DONE": str(command.done),
        "SECONDUNIT_FAILED": str(command.failed),
    }
    program = shutil.which(command.words[0]) or command.words[0]
    log = command_log(home)
    try:
        with log.open("wb") as said:
            process = subprocess.Popen(  # ends on its own time; the log tells what it said
                (program, *command.words[1:]),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=Path.home(),
                env=os.environ | own,
                **_detached(),
            )
    except (OSError, ValueError) as error:
        because = getattr(error, "strerror", None) or str(error)
        raise WhenDoneFailed(
            f"{command.words[0]} could not be started ({because}).",
            "Check the program's path; each argument has a line of its own.",
        ) from error
    # Somebody has to hear that it ended, or it stays in the system's list of processes.
    threading.Thread(target=process.wait, name="when done", daemon=True).start()
    return Started(process, log)


@dataclass(frozen=True, slots=True)
class Tried:
    """How a command went when it was tried."""

    status: int | None
    """None while it still runs."""
    said: str
    """The end of what it said."""


def try_out(home: Home, words: tuple[str, ...], wait_s: float) -> Tried:
    """Start a command as if one video were done, and wait for it a little while.

    Raises:
        WhenDoneFailed: it could not be started.
    """
    started = start(home, RunCommand(words, done=1, failed=0))
    try:
        status: int | None = started.process.wait(wait_s)
    except subprocess.TimeoutExpired:
        status = None
    return Tried(status, started.log.read_bytes()[-4000:].decode("utf-8", "replace"))


def _detached() -> Mapping[str, Any]:
    """Return how a child is started that is not ended with the app."""
    if sys.platform == "win32":
        alone = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        return {"creationflags": alone}
    return {"start_new_session": True}


def _system() -> Literal["windows", "macos", "other"]:
    if os.name == "nt":
        return "windows"
    return "macos" if sys.platform == "darwin" else "other"


def _sleep_words(
    system: Literal["windows", "macos", "other"], which: Callable[[str], str | None]
) -> tuple[str, ...] | None:
    """Return the command that lets the machine sleep, or None when there is none."""
    if system == "macos":
        return ("/usr/bin/pmset", "sleepnow")
    for program in ("systemctl", "loginctl"):  # the second where systemd is not, as with elogind
        if (found := which(program)) is not None:
            return (found, "suspend")
    return None


def _suspend_windows() -> None:
    import ctypes

    windll = getattr(ctypes, "windll", None)
    # Sleep, not hibernate; programs may not refuse; alarms may wake it.
    if windll is None or not windll.PowrProf.SetSuspendState(0, 0, 0):
        raise WhenDoneFailed(
            "Windows refused to sleep.", "Another program or a rule of the system keeps it awake."
        )
