"""Leave in a job's store how it stands, while it is driven here."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from orchestrator.desk.rented import Rented
from orchestrator.fleet import Fleet, Tell
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import JobRecord
from orchestrator.places import FleetFor, Place, PlaceFor
from orchestrator.snapshot import Snapshot
from orchestrator.watching.address import note_address
from orchestrator.watching.records import PERIOD_S, JobSummary, job_summary
from orchestrator.watching.words import forget_words
from remote_worker.account import job_summary_key
from remote_worker.errors import WorkerError
from remote_worker.publish import Publisher
from remote_worker.stores import Store
from remote_worker.stores.folder import FolderStore


class Publishing:
    """Writes how one job stands into the store of the place where it runs.

    Writing has a thread of its own: a store that is slow or away holds up no render.
    """

    def __init__(self, *, period_s: float = PERIOD_S) -> None:
        """Prepare; nothing is written before a place is known and something is seen."""
        self._period_s = period_s
        self._publisher: Publisher | None = None
        self._place: tuple[JobRecord, Store] | None = None
        self._newest: tuple[Snapshot, Rented | None] | None = None
        self._is_closed = False
        self.address: str | None = None
        """Where a job that runs elsewhere can be watched; None before that is known."""

    def knowing(self, place_for: PlaceFor) -> PlaceFor:
        """Return ``place_for`` that also tells this where the store is."""

        def place(home: Home, record: JobRecord, run: int) -> Place:
            made = place_for(home, record, run)
            self._place = (record, made.store)
            self.address = note_address(home, record.job_id, made.store)
            return replace(made, tidy=lambda: self._tidy(made.tidy))

        return place

    def knowing_here(self, fleet_for: FleetFor) -> FleetFor:
        """Return ``fleet_for`` that also tells this that the store is this machine's."""

        def fleet(home: Home, record: JobRecord, queue: Path, tell: Tell) -> Fleet:
            self._place = (record, FolderStore(home.store))
            return fleet_for(home, record, queue, tell)

        return fleet

    def see(self, seen: Snapshot, rented: Rented | None) -> None:
        """Take note of how the job stands; returns at once, and is called ten times a second."""
        self._newest = (seen, rented)
        if self._place is None or self._is_closed:
            return  # it was done before and nothing was begun, or its place is cleared away
        if self._publisher is None:
            record, store = self._place
            self._publisher = Publisher(
                store,
                job_summary_key(record.job_id),
                lambda: self._summary(record),
                period_s=self._period_s,
            )
        self._publisher.wish()

    def close(self) -> None:
        """Write the last word, or clear all words of a cancelled job; safe to perform twice."""
        self._is_closed = True
        if self._publisher is None or self._place is None:
            return
        record, store = self._place
        if self._newest is not None and self._newest[0].phase is Phase.CANCELLED:
            self._publisher.give_up()
            with contextlib.suppress(WorkerError):  # they are of no harm, and go with a clean-up
                forget_words(store, record.job_id)
        else:
            self._publisher.close()

    def _tidy(self, tidy: Callable[[], None]) -> None:
        """Say nothing any more, then clear the place away: a late word would stay for ever."""
        self.close()
        tidy()

    def _summary(self, record: JobRecord) -> JobSummary | None:
        if self._newest is None:
            return None
        title = Path(record.request.source_path).name
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return job_summary(record.job_id, title, *self._newest, at)


@contextmanager
def published() -> Iterator[Publishing]:
    """Give what writes how a job stands, and let it write its last word at the end."""
    publishing = Publishing()
    try:
        yield publishing
    finally:
        publishing.close()
