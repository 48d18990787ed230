"""Run many real agents, and kill and freeze them while they hold something."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from remote_worker.contract.messages import Finish, encode
from tests.many.places import KEYS, Place

HOLD_S = 2.0
_DEADLINE_S = 240.0
_IDLE_S = 20.0
"""Whoever began within it has ended all work when nobody holds any."""
_LOOK_S = 0.05
_SLOW = (
    "import sys, threading\n"
    "from remote_worker.engines import identity\n"
    "plain = identity.IdentityEngine.render\n"
    "def slow(self, frames, wanted, casting):\n"
    "    for rendered in plain(self, frames, wanted, casting):\n"
    "        threading.Event().wait(0.015)\n"
    "        yield rendered\n"
    "identity.IdentityEngine.render = slow\n"
    "from remote_worker.__main__ import main\n"
    "sys.exit(main(sys.argv[1:]))"
)
"""An agent whose engine takes its time, so that it can be killed at its work."""


class Worker:
    """One agent of a fleet; after a kill another begins in the same folders."""

    def __init__(self, folder: Path, name: str, place: Place) -> None:
        self.folder, self.name = folder / name, name
        self.folder.mkdir()
        self._spool = self.folder / "events.jsonl"
        self._heard = 0
        self.holds = False
        self.failures: list[str] = []
        plain = {
            "agent_id": name,
            "queue": place.queue_config,
            "store": place.store_config,
            "cache_folder": str(self.folder / "cache"),
            "work_folder": str(self.folder / "work"),
            "spool": str(self._spool),
            "hold_s": HOLD_S,
            "poll_s": 0.3,
            "heartbeat_s": 1.0,
            "retry_pause_s": 0.05,
            "deliveries_allowed": 500,
        }
        (self.folder / "config.json").write_text(json.dumps(plain))
        self.process = self._begin()

    def _begin(self) -> subprocess.Popen[bytes]:
        with (self.folder / "errors.txt").open("ab") as errors:
            return subprocess.Popen(
                [sys.executable, "-c", _SLOW, "--config", str(self.folder / "config.json")],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=os.environ | KEYS,
            )

    def listen(self) -> None:
        """Read what it said since, and so whether it holds a chunk."""
        with contextlib.suppress(FileNotFoundError), self._spool.open("rb") as spool:
            spool.seek(self._heard)
            for line in spool.read().splitlines(keepends=True):
                if line.endswith(b"\n"):
                    self._heard += len(line)
                    self._heed(line)

    def _heed(self, line: bytes) -> None:
        try:
            told = json.loads(line)
        except ValueError:
            return  # the killed one's last words, and the next one's first on the same line
        if told["kind"] == "claimed":
            self.holds = True
        elif told["kind"] in ("chunk_done", "failed", "hello"):
            self.holds = False
        if told["kind"] == "failed" and told["reason"] != "claim_lost":
            self.failures.append(f"{self.name}: {told['reason']}: {told['sentence']}")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(30)
        self.process.stdin.close()
        self.holds = False
        self.process = self._begin()

    def freeze(self, seconds: float) -> None:
        """Stop it as a host does whose memory is swapped out, for longer than a claim holds."""
        self.process.send_signal(signal.SIGSTOP)
        threading.Event().wait(seconds)
        self.process.send_signal(signal.SIGCONT)

    def finish(self) -> int:
        """Have it end once nothing is left; return its exit code."""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(encode(Finish()).encode())
            self.process.stdin.flush()
        return self.process.wait(_DEADLINE_S)


@contextmanager
def fleet(folder: Path, count: int, place: Place) -> Iterator[list[Worker]]:
    """Run ``count`` agents; whatever happens none is left."""
    workers: list[Worker] = []
    try:
        workers.extend(Worker(folder, f"agent-{number}", place) for number in range(count))
        yield workers
    finally:
        for worker in workers:
            worker.process.kill()
            worker.process.wait(30)
            worker.process.stdin.close()


def torment(workers: list[Worker], chance: random.Random, *, kills: int, freezes: int) -> int:
    """Kill and freeze workers that hold a chunk; return how often, which is less if work ends."""
    left = ["kill"] * kills + ["freeze"] * freezes
    chance.shuffle(left)
    done, over_s = 0, time.monotonic() + _DEADLINE_S
    while left and time.monotonic() < over_s:
        for worker in workers:
            worker.listen()
        holding = [worker for worker in workers if worker.holds]
        if not holding:
            threading.Event().wait(_LOOK_S)
            continue
        threading.Event().wait(chance.random() * 0.2)
        worker = chance.choice(holding)
        worker.kill() if left.pop() == "kill" else worker.freeze(HOLD_S * 1.5)
        done, over_s = done + 1, time.monotonic() + _IDLE_S
    return done
