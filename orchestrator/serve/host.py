"""Hold the home's queue for the server: one desk, whose newest snapshot anybody may wait for."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from orchestrator.cloud import Cloud
from orchestrator.desk.book import Book, book_path
from orchestrator.desk.desk import Desk
from orchestrator.desk.elsewhere import PlacesFor
from orchestrator.desk.entries import Entry
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.errors import QueueBroken, SecondUnitError
from orchestrator.home import Home

ANSWER_S = 15.0
"""The desk writes down what is asked within milliseconds; a slow disk may take longer."""
_log = logging.getLogger(__name__)
Hear = Callable[[DeskSnapshot], None]


class Host:
    """A desk with its snapshots; use from any thread."""

    def __init__(
        self,
        home: Home,
        *,
        workers: int | None,
        on_end: Callable[[Entry], None],
        places: PlacesFor | None = None,
    ) -> None:
        """Prepare; nothing is read before :meth:`start`.

        ``places`` gives machines other than this one; None: the account's and the clusters' own.
        """
        self._home = home
        self._news = threading.Condition()
        self._snapshot = DeskSnapshot()
        self._hearers: list[Hear] = []
        self.cloud = Cloud(home)
        self.places: PlacesFor = places or self.cloud.places
        self.desk = Desk(
            home, self._on_shown, on_end=on_end, workers=lambda: workers, places=self.places
        )

    @property
    def snapshot(self) -> DeskSnapshot:
        """The newest one."""
        return self._snapshot

    def start(self) -> None:
        """Read the queue and go on with what was being rendered.

        Raises:
            QueueBusy: a window or another command has this home's queue.
            QueueBroken: it cannot be used.
        """
        Book(book_path(self._home)).close()  # what is wrong with it, or who has it, by name
        self.desk.start()
        self.wait(lambda seen: seen.loaded)

    def close(self) -> None:
        """Let what renders rest at once; the next start goes on with it."""
        self.desk.close()

    def wait(
        self, is_so: Callable[[DeskSnapshot], object], for_s: float = ANSWER_S
    ) -> DeskSnapshot:
        """Return the newest snapshot once it is as wanted.

        Raises:
            QueueBroken: it did not come to that in time, and why, if the desk says so.
        """
        with self._news:
            if self._news.wait_for(lambda: is_so(self._snapshot), for_s):
                return self._snapshot
            why = self._snapshot.trouble
        if why is not None:
            raise QueueBroken(why.sentence, why.advice)
        raise QueueBroken("The queue did not answer in time.", "Ask how it stands, then try again.")

    def hear(self, hear: Hear) -> Callable[[], None]:
        """Have ``hear`` called with each snapshot, on the desk's thread; return what ends that."""
        with self._news:
            self._hearers.append(hear)

        def end() -> None:
            with self._news:
                self._hearers.remove(hear)

        return end

    def _on_shown(self, snapshot: DeskSnapshot) -> None:
        with self._news:
            self._snapshot = snapshot
            self._news.notify_all()
            hearers = tuple(self._hearers)
        for hear in hearers:
            try:
                hear(snapshot)
            except Exception:  # one who watches may be gone; the queue goes on
                _log.exception("A watcher could not be told.")


class Upkeep:
    """Does something now and then, on a thread of its own, until it is stopped."""

    def __init__(self, call: Callable[[], object], period_s: float) -> None:
        """Begin at once."""
        self._call, self._period_s = call, period_s
        self._over, self._woken = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Do it now, or once more if it is being done."""
        self._woken.set()

    def stop(self) -> None:
        """Do it no more."""
        self._over.set()
        self._woken.set()
        self._thread.join(5.0)

    def _run(self) -> None:
        while not self._over.is_set():
            began_s = time.monotonic()
            self._woken.clear()
            try:
                self._call()
            except (OSError, SecondUnitError):
                _log.exception("What is no more needed could not be removed.")
            self._woken.wait(max(1.0, began_s + self._period_s - time.monotonic()))
