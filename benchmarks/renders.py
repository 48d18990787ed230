"""Render a clip as a user would and watch how much memory each of its processes takes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import psutil

MB = 1_000_000
_SAMPLE_S = 0.03
_ROLES = ("probe", "content", "cut", "assemble")


@dataclass(frozen=True)
class Peaks:
    """The most memory that was resident, in bytes."""

    together: int
    """All processes at one moment."""
    by_role: dict[str, int]


def render(clip: Path, home: Path, out: Path, *options: str) -> Peaks:
    """Render ``clip`` with the identity engine in ``home`` and return its memory peaks.

    Raises:
        SystemExit: the render failed, so nothing was measured.
    """
    arguments = ["render", str(clip), "--engine", "identity", "--output", str(out), *options]
    log = home.with_suffix(".log")
    with log.open("wb") as said, secondunit(home, *arguments, said=said) as process:
        peaks = _watched(process)
    if process.returncode != 0:
        raise SystemExit(f"cannot measure: the render failed\n{log.read_text()[-2000:]}")
    return peaks


def secondunit(home: Path, *arguments: str, said: object = subprocess.DEVNULL) -> psutil.Popen:
    """Start the ``secondunit`` command on ``home``."""
    command = [sys.executable, "-m", "orchestrator.cli.main", *arguments]
    environment = {**os.environ, "SECONDUNIT_HOME": str(home)}
    return psutil.Popen(command, env=environment, stdout=said, stderr=said)


def _watched(process: psutil.Popen) -> Peaks:
    together, by_role = 0, dict[str, int]()
    pause = threading.Event()
    while process.poll() is None:
        now = 0
        for each in _family(process):
            try:
                role, held = _role(each.cmdline()), each.memory_info().rss
                by_role[role] = max(by_role.get(role, 0), held, _peak(each))
                now += held
            except (psutil.Error, OSError):
                continue  # it ended while we looked
        together = max(together, now)
        pause.wait(_SAMPLE_S)
    return Peaks(together, by_role)


def _family(process: psutil.Popen) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def _peak(process: psutil.Process) -> int:
    """Return the system's own record of the peak, where it keeps one."""
    status = Path(f"/proc/{process.pid}/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    return int(getattr(process.memory_info(), "peak_wset", 0))


def _role(command: list[str]) -> str:
    if "remote_worker" in command:
        return "worker"
    return next((role for role in _ROLES if role in command), "secondunit")
