"""Write the newest summary to the store now and then, in nobody's way."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

from remote_worker.contract.coding import canonical
from remote_worker.errors import WorkerError
from remote_worker.stores import Store

_LAST_S = 5.0
"""The last word may take so long when the worker ends."""


class Publisher:
    """Puts one object again and again, at most once in a period; the last write wins.

    The store may be slow or away: a thread of its own waits for it, and whoever asks for a
    write never does.  What could not be written is written with the next.
    """

    def __init__(
        self, store: Store, key: str, record: Callable[[], object], *, period_s: float
    ) -> None:
        """Begin; ``record`` gives what is to be written when it is."""
        self._store, self._key, self._record = store, key, record
        self._period_s = period_s
        self._wanted, self._closing = threading.Event(), threading.Event()
        self._failing = self._given_up = False
        self._thread = threading.Thread(target=self._run, name="summary", daemon=True)
        self._thread.start()

    def wish(self) -> None:
        """Ask for a write, now or when the period is over; returns at once."""
        self._wanted.set()

    def close(self) -> None:
        """Write the last word, for at most a few seconds; safe to perform twice."""
        self._closing.set()
        self._wanted.set()
        self._thread.join(_LAST_S)

    def give_up(self) -> None:
        """Write nothing more, and wait until nothing is being written; safe to perform twice."""
        self._given_up = True
        self.close()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            is_last = self._closing.is_set()  # one that closes while this is written asks again
            began_s = time.monotonic()
            self._write()
            if is_last:
                if self._failing:
                    self._write()  # nobody will ask again
                return
            if self._closing.wait(max(0.0, began_s + self._period_s - time.monotonic())):
                self._wanted.set()

    def _write(self) -> None:
        if self._given_up:
            return
        try:
            self._store.put(self._key, canonical(self._record()).encode())
        except WorkerError as error:
            if not self._failing:  # said once, not every ten seconds of an outage
                print(f"no summary: {error.sentence}", file=sys.stderr, flush=True)  # noqa: T201  # the host's log
            self._failing = True
        else:
            self._failing = False
