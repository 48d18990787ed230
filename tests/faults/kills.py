"""Kill workers and whole orchestrators at random moments until a job is done all the same."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from orchestrator.home import Home
from orchestrator.job import (
    Phase,
)
from orchestrator.jobs import JobRecord, journal_path, read_state

REPOSITORY = Path(__file__).parents[2]
STORY_S = 280.0
HOLD_S, SILENT_S = 0.7, 30.0
_LOOK_S = 0.01
_END_S = 30.0
_WITHOUT_SEGMENT = 4
"""Kills in a row after which a segment has to be finished before the next."""


@dataclass
class Killer:
    """Disturbs one job; everything it does follows from ``chance`` and from what it sees."""

    home: Home
    record: JobRecord
    workers: int
    kills: int
    chance: random.Random
    through_cli: bool = False
    done: Counter[str] = field(default_factory=Counter)
    """Kills by what was killed."""
    phases: Counter[str] = field(default_factory=Counter)
    """Kills by the phase that they came in."""

    def run(self) -> None:
        """Render, kill, resume until the job is done; no process of it is alive afterwards."""
        self._deadline_s = time.monotonic() + STORY_S
        self._process = self._start()
        try:
            self._disturb()
            self._disturb_assembly()
            self._await_end()
        finally:
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
        await_no_process_of(self.home)

    def _disturb(self) -> None:
        in_a_row, segments = 0, 0
        while sum(self.done.values()) < self.kills - 1 and self._is_working():
            if self._segments() > segments:
                in_a_row, segments = 0, self._segments()
            if in_a_row >= _WITHOUT_SEGMENT:
                self._await(lambda so_far=segments: self._segments() > so_far)
            before, more = self._lines(), self.chance.randint(1, 4)
            self._await(lambda at=before, by=more: self._lines() >= at + by)
            self._pause(self.chance.choice((0.0, 0.05, 0.2, 0.5)) * self.chance.random())
            in_a_row += self._kill_one()

    def _disturb_assembly(self) -> None:
        self._await(lambda: self._phase() in (Phase.ASSEMBLING, Phase.DONE, Phase.FAILED))
        self._pause(self.chance.random())
        if self._phase() is Phase.ASSEMBLING and self._process.poll() is None:
            self._kill_orchestrator()

    def _kill_one(self) -> bool:
        agents = agents_of(self._process.pid)
        if agents and self.chance.random() < 0.65:
            self._note_phase()
            self.chance.choice(agents).kill()
            self.done["agent"] += 1
            return True
        if self._process.poll() is None and self._is_working():
            self._kill_orchestrator()
            return True
        return False

    def _note_phase(self) -> None:
        self.phases[f"while {self._phase().value}"] += 1

    def _kill_orchestrator(self) -> None:
        self._process.kill()
        ended_by_itself = self._process.wait() in (0, 1, 6)
        if not ended_by_itself:
            self._note_phase()
            self.done["orchestrator"] += 1
        self._process = self._start()

    def _await_end(self) -> None:
        status = self._process.wait(timeout=max(1.0, self._deadline_s - time.monotonic()))
        assert status == 0, f"ended with {status}: {self._words()}"

    def _is_working(self) -> bool:
        return self._process.poll() is None and self._phase() is not Phase.ASSEMBLING

    def _await(self, is_so: Callable[[], object]) -> None:
        """Wait until something is seen, the process has ended, or assembly has begun."""
        while not is_so() and self._process.poll() is None:
            assert time.monotonic() < self._deadline_s, f"it hangs: {self._words()}"
            if self._phase() is Phase.ASSEMBLING:
                return
            self._pause(_LOOK_S)

    def _pause(self, seconds: float) -> None:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=seconds)

    def _lines(self) -> int:
        journal = journal_path(self.home, self.record.job_id)
        return journal.read_bytes().count(b"\n") if journal.exists() else 0

    def _segments(self) -> int:
        return sum(1 for _ in (self.home.store / "segments").glob("*.json"))

    def _phase(self) -> Phase:
        return read_state(self.home, self.record.job_id).job.phase

    def _words(self) -> str:
        return self._log().read_text(errors="replace")[-2000:]

    def _log(self) -> Path:
        return self.home.root / "orchestrator.log"

    def _start(self) -> subprocess.Popen[bytes]:
        if self.through_cli:
            return start_cli(self.home, "resume", self.record.job_id, "--workers", self.workers)
        arguments = (self.home.root, self.record.job_id, self.workers, HOLD_S, SILENT_S)
        return start(self.home, "tests.faults.driver", *arguments)


def start_cli(home: Home, *arguments: object) -> subprocess.Popen[bytes]:
    """Start a ``secondunit`` command whose home is ``home``."""
    return start(home, "orchestrator.cli.main", *arguments, "--json")


def start(home: Home, module: str, *arguments: object) -> subprocess.Popen[bytes]:
    """Start a module in a process of its own; what it says goes to a log in ``home``."""
    home.root.mkdir(parents=True, exist_ok=True)
    with (home.root / "orchestrator.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=REPOSITORY,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "SECONDUNIT_HOME": str(home.root)},
        )


def agents_of(pid: int) -> list[psutil.Process]:
    """Return the workers that a process has started and that are alive, by their numbers."""
    with suppress(psutil.Error):
        children = psutil.Process(pid).children(recursive=True)
        return sorted((c for c in children if is_agent(c)), key=lambda process: process.pid)
    return []


def is_agent(process: psutil.Process) -> bool:
    """Whether a process runs ``python -m remote_worker``."""
    with suppress(psutil.Error):  # a zombie has no command line: it cannot be killed any more
        return "remote_worker" in process.cmdline()
    return False


def await_no_process_of(home: Home) -> None:
    """Return when no process names ``home`` any more; those of killed ones end by themselves."""
    deadline_s = time.monotonic() + _END_S
    left = list(_processes_of(home))
    while left and time.monotonic() < deadline_s:
        psutil.wait_procs(left, timeout=0.2)
        left = list(_processes_of(home))
    assert not left, [process.cmdline() for process in left]


def _processes_of(home: Home) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            named = any(str(home.root) in part for part in process.cmdline())
            if named and process.status() != psutil.STATUS_ZOMBIE:
                yield process


@contextmanager
def running(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Give ``process`` and kill it at the end if it is still there."""
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
