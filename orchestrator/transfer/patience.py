"""Wait out a cut line or an ended sign-in, for what a thread of its own stages and fetches."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from remote_worker.contract.records import Digest
from remote_worker.errors import QueueUnavailable, StoreUnavailable
from remote_worker.queues import Claim, DeadLetter, Depth, Queue
from remote_worker.stores import Store

T = TypeVar("T")
_LONGEST_PAUSE_S = 10.0


def patiently(call: Callable[[], T], over: threading.Event, patience_s: float) -> T:
    """Return what ``call`` gives, tried again while nobody answers.

    Raises:
        WorkerError: as ``call``: of another kind, after ``patience_s``, or when it is over.
    """
    give_up_s, pause_s = time.monotonic() + patience_s, 0.5
    while True:
        try:
            return call()
        except (StoreUnavailable, QueueUnavailable):
            if over.is_set() or time.monotonic() > give_up_s:
                raise
        over.wait(random.uniform(pause_s / 2, pause_s))  # noqa: S311  # jitter, no secret
        pause_s = min(_LONGEST_PAUSE_S, 2 * pause_s)


class PatientStore:
    """A store that waits until it is reached; only listing its keys fails at once."""

    def __init__(self, store: Store, over: threading.Event, patience_s: float) -> None:
        self._store, self._over, self._patience_s = store, over, patience_s

    def put(self, key: str, data: bytes, *, if_absent: bool = False) -> bool:
        """Write a small object; see the contract."""
        return self._wait(lambda: self._store.put(key, data, if_absent=if_absent))

    def put_file(self, key: str, path: Path) -> None:
        """Copy a file in; see the contract."""
        self._wait(lambda: self._store.put_file(key, path))

    def get(self, key: str, *, promised: bool = False) -> bytes:
        """Return a small object; see the contract."""
        return self._wait(lambda: self._store.get(key, promised=promised))

    def fetch(self, key: str, to: Path, digest: Digest) -> None:
        """Copy an object to a file; see the contract."""
        self._wait(lambda: self._store.fetch(key, to, digest))

    def has(self, key: str, *, promised: bool = False) -> bool:
        """Return whether an object is there; see the contract."""
        return self._wait(lambda: self._store.has(key, promised=promised))

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield keys; whoever lists them looks again by itself."""
        return self._store.keys(prefix)

    def delete(self, key: str) -> None:
        """Remove an object; see the contract."""
        self._wait(lambda: self._store.delete(key))

    def _wait(self, call: Callable[[], T]) -> T:
        return patiently(call, self._over, self._patience_s)


class PatientQueue:
    """A queue that messages can be sent to as soon as it is reached; the rest fails at once."""

    def __init__(self, queue: Queue, over: threading.Event, patience_s: float) -> None:
        self._queue, self._over, self._patience_s = queue, over, patience_s

    def send(self, body: str, *, message_id: str, urgent: bool = False) -> None:
        """Add a message; see the contract."""
        patiently(
            lambda: self._queue.send(body, message_id=message_id, urgent=urgent),
            self._over,
            self._patience_s,
        )

    def claim(self, *, wait_s: float, hold_s: float) -> Claim | None:
        """Take a message; see the contract."""
        return self._queue.claim(wait_s=wait_s, hold_s=hold_s)

    def extend(self, claim: Claim, *, hold_s: float) -> None:
        """Hold a message; see the contract."""
        self._queue.extend(claim, hold_s=hold_s)

    def acknowledge(self, claim: Claim) -> None:
        """Remove a message; see the contract."""
        self._queue.acknowledge(claim)

    def give_back(self, claim: Claim) -> None:
        """Let another take a message; see the contract."""
        self._queue.give_back(claim)

    def bury(self, claim: Claim, reason: str) -> None:
        """Move a message to the dead letters; see the contract."""
        self._queue.bury(claim, reason)

    def dead_letters(self) -> tuple[DeadLetter, ...]:
        """Return what was given up; see the contract."""
        return self._queue.dead_letters()

    def depth(self) -> Depth:
        """Return how many messages there are; see the contract."""
        return self._queue.depth()
