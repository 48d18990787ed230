"""Run agents as child processes of this machine."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from orchestrator.events import (
    Fault,
    LeaseId,
)
from orchestrator.fleet import FleetEvent, Gone, Refused, Said, Tell
from remote_worker.agent import EXIT_CONFIG
from remote_worker.checkpoint import write_whole
from remote_worker.config import AgentConfig, QueueConfig, StoreConfig
from remote_worker.contract.coding import ContractError, canonical
from remote_worker.contract.messages import Bye, Order, decode, encode

HEARTBEAT_S = 1.0
SILENT_S = 30.0
"""An agent that says nothing for so long is frozen, and is ended."""
HOLD_S = 4.0
"""A dead agent's chunk is free again after this."""
_END_S = 10.0
_LOG_TAIL_BYTES = 2000
_NICE = 5


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """Where the workers of one job find their things."""

    folder: Path
    """Each lease gets a folder of its own below it."""
    queue: Path
    store: Path
    hold_s: float = HOLD_S
    silent_s: float = SILENT_S
    job_id: str = ""
    """The job, for logs and summaries; empty for none."""


@dataclass
class _Held:
    process: subprocess.Popen[str]
    folder: Path
    heard_s: float
    checked_s: float
    said_bye: bool = False
    orders: threading.Lock = field(default_factory=threading.Lock)


class LocalFleet:
    """The :class:`~orchestrator.fleet.Fleet` contract with child processes."""

    def __init__(
        self, place: LocalPlace, tell: Tell, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._place, self._tell, self._clock = place, tell, clock
        self._held: dict[LeaseId, _Held] = {}
        self._lock = threading.Lock()
        self._readers: list[threading.Thread] = []

    def request(self, lease_id: LeaseId) -> None:
        """Start one agent; see the contract."""
        folder = self._place.folder / lease_id
        try:
            folder.mkdir(parents=True, exist_ok=True)
            config = folder / "config.json"
            write_whole(config, [canonical(self._config(lease_id, folder)).encode()])
            process = self._started(config, folder)
            _stand_back(process.pid)
        except OSError as error:
            fault = Fault(
                "worker_not_started",
                f"A worker could not be started: {error}.",
                "Free some memory and disk space, then resume the job.",
            )
            self._tell(Refused(lease_id, fault))
            return
        now_s = self._clock()
        with self._lock:
            self._held[lease_id] = held = _Held(process, folder, now_s, now_s)
        reader = threading.Thread(target=self._read, args=(lease_id, held), daemon=True)
        self._readers.append(reader)
        reader.start()

    def order(self, lease_id: LeaseId, order: Order) -> None:
        """Write the order to the agent's stdin; see the contract."""
        with self._lock:
            held = self._held.get(lease_id)
        if held is None or held.process.stdin is None:
            return
        with held.orders, contextlib.suppress(OSError, ValueError):  # gone: its reader tells
            held.process.stdin.write(encode(order))
            held.process.stdin.flush()

    def check(self) -> None:
        """End agents that fell silent; see the contract.

        Silence is counted only while this process itself ran: after the machine slept, every
        agent gets its full time again.
        """
        now_s = self._clock()
        with self._lock:
            for held in self._held.values():
                if now_s - held.checked_s > self._place.silent_s / 2:
                    held.heard_s = now_s
                held.checked_s = now_s
                if now_s - held.heard_s > self._place.silent_s:
                    held.process.kill()

    def close(self) -> None:
        """Kill what is left and wait for it; see the contract."""
        with self._lock:
            held = list(self._held.values())
        for each in held:
            each.process.kill()
        for reader in self._readers:
            reader.join(_END_S)

    def leave(self) -> None:
        """End them: they are this machine's."""
        self.close()

    def pids(self) -> dict[LeaseId, int]:
        """Return the process of each lease held now, for people and for tests."""
        with self._lock:
            return {lease: held.process.pid for lease, held in self._held.items()}

    def _config(self, lease_id: LeaseId, folder: Path) -> AgentConfig:
        return AgentConfig(
            agent_id=lease_id,
            queue=QueueConfig(kind="sqlite", path=str(self._place.queue)),
            store=StoreConfig(kind="folder", root=str(self._place.store)),
            cache_folder=str(folder / "cache"),
            work_folder=str(folder / "work"),
            spool=str(folder / "events.jsonl"),
            hold_s=self._place.hold_s,
            heartbeat_s=HEARTBEAT_S,
            poll_s=0.2,
            grace_s=120.0,
            patience_s=60.0,  # on one machine what does not answer by then needs a person
            retry_pause_s=1.0,
            job_id=self._place.job_id,
            log=str(folder / "log.jsonl"),
            deliveries_allowed=200,  # on one machine a killed worker is mostly the user's doing
        )

    def _started(self, config: Path, folder: Path) -> subprocess.Popen[str]:
        with (folder / "agent.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "remote_worker", "--config", str(config)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=os.name == "posix",  # Ctrl-C is ours: agents are told by order
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )

    def _read(self, lease_id: LeaseId, held: _Held) -> None:
        assert held.process.stdout is not None  # noqa: S101  # it was asked for
        for line in held.process.stdout:
            held.heard_s = self._clock()
            self._hear(lease_id, held, line)
        status = held.process.wait()
        with self._lock:
            self._held.pop(lease_id, None)
        words = _tail(held.folder / "agent.log")
        shutil.rmtree(held.folder / "cache", ignore_errors=True)
        shutil.rmtree(held.folder / "work", ignore_errors=True)
        with held.orders:
            if held.process.stdin is not None:
                with contextlib.suppress(OSError):  # nobody reads the other end
                    held.process.stdin.close()
        held.process.stdout.close()
        self._tell(_ending(lease_id, held, status, words))

    def _hear(self, lease_id: LeaseId, held: _Held, line: str) -> None:
        try:
            message = decode(line)
        except ContractError as error:
            if line.endswith("\n"):  # not killed in the middle of a word: it speaks otherwise
                _write_down(held.folder, f"ended: it said something unknown ({error})")
                held.process.kill()
            return
        held.said_bye = held.said_bye or isinstance(message, Bye)
        self._tell(Said(lease_id, message))


def _stand_back(pid: int) -> None:
    """Let whoever sits at this machine go first: a preview, a window, another program."""
    behind = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", _NICE)
    with contextlib.suppress(psutil.Error):  # it ended at once, or may not be asked: no matter
        psutil.Process(pid).nice(behind)


def _ending(lease_id: LeaseId, held: _Held, status: int, words: str) -> FleetEvent:
    if status == EXIT_CONFIG and not held.said_bye:
        fault = Fault("worker_misconfigured", words.strip() or "A worker refused.", "Start anew.")
        return Refused(lease_id, fault)
    return Gone(lease_id, held.said_bye, words)


def _write_down(folder: Path, words: str) -> None:
    with contextlib.suppress(OSError), (folder / "agent.log").open("a", encoding="utf-8") as log:
        log.write(f"{words}\n")  # a full disk must not keep the fleet from hearing the rest


def _tail(log: Path) -> str:
    try:
        with log.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - _LOG_TAIL_BYTES))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""
