"""Say where one run of a job hands out its chunks, keeps its blobs and finds its workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestrator.fleet import Fleet, Tell
from orchestrator.fleet.local import LocalFleet, LocalPlace
from orchestrator.home import Home
from orchestrator.jobs import JobRecord
from remote_worker.queues import Queue
from remote_worker.queues.sqlite import SqliteQueue
from remote_worker.stores import Store
from remote_worker.stores.folder import FolderStore

LOOK_S = 0.3
"""Longest wait for a look into a queue that somebody is writing to."""

PATIENCE_S = 60.0

FleetFor = Callable[[Home, JobRecord, Path, Tell], Fleet]
"""Makes the fleet on this machine for a job, given its queue's file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One run's queue, store and fleet; whoever made it knows where they are."""

    store: Store
    """What workers read and write.  Finished segments are brought from it to this machine."""
    fill: Queue
    look: Queue
    """The same queue for quick looks: a call that takes long fails instead."""
    fleet: Callable[[Tell], Fleet]
    keeps_queue: bool
    """Whether chunks that an earlier run staged are still handed out."""
    tidy: Callable[[], None]
    """Removes what only a running job needs; called when it is done or cancelled."""
    patience_s: float = PATIENCE_S
    """How long the queue may be away before the job is given up."""


PlaceFor = Callable[[Home, JobRecord, int], Place]
"""Makes the place of a job's run, given its number from 1."""


def local_fleet(home: Home, record: JobRecord, queue_path: Path, tell: Tell) -> Fleet:
    """Return a fleet of processes on this machine."""
    workers = home.job(record.job_id) / "workers"
    place = LocalPlace(folder=workers, queue=queue_path, store=home.store, job_id=record.job_id)
    return LocalFleet(place, tell)


def on_this_machine(fleet_for: FleetFor = local_fleet) -> PlaceFor:
    """Return how to make places in a folder of this machine."""

    def place_for(home: Home, record: JobRecord, run: int) -> Place:
        # A queue of its own for each run: what an earlier run's workers still hold is past.
        path = home.job(record.job_id) / f"queue-{run}.sqlite"
        fill = SqliteQueue(path)
        return Place(
            store=FolderStore(home.store),
            fill=fill,
            # A worker that froze while it wrote keeps all others out: the thread that is to
            # find that out must not wait for it.
            look=SqliteQueue(path, patience_s=LOOK_S),
            fleet=lambda tell: fleet_for(home, record, path, tell),
            keeps_queue=False,
            tidy=lambda: None,  # the job's own folder is tidied by the runner
        )

    return place_for
