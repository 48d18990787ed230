"""Put the queue and all that is kept for callers together, and let it rest at the end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from orchestrator.desk.elsewhere import PlacesFor
from orchestrator.desk.entries import Entry
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.notify.notifier import Notifier
from orchestrator.notify.tidings import tiding_of_entry
from orchestrator.serve.host import Host, Upkeep
from orchestrator.serve.jobs import ServedJobs
from orchestrator.serve.limits import Limits
from orchestrator.serve.served_faces import ServedFaces
from orchestrator.serve.uploads import Uploads

_UPKEEP_S = 1800.0


@dataclass(frozen=True, slots=True)
class Working:
    """What a server works with."""

    host: Host
    uploads: Uploads
    faces: ServedFaces
    jobs: ServedJobs


@contextlib.contextmanager
def working(
    home: Home, limits: Limits, workers: int | None, places: PlacesFor | None
) -> Iterator[Working]:
    """Give the queue and all that is kept, and let them rest at the end.

    Raises:
        RequestRefused: the queue is paused.
        QueueBusy: a window or another command has this home's queue.
        QueueBroken: it cannot be used.
    """
    notifier = Notifier(home)
    made = _made(home, limits, workers, places, notifier)
    made.host.start()
    with contextlib.ExitStack() as ends:
        ends.callback(made.host.close)
        if made.host.snapshot.paused:
            raise RequestRefused(
                "The queue is paused.", "Let it go on with 'secondunit queue go-on', then serve."
            )
        made.jobs.settle()
        notifier.start()
        ends.callback(notifier.close)
        ends.callback(Upkeep(made.jobs.remove_old_uploads, _UPKEEP_S).stop)
        made.jobs.farewells.start()
        ends.callback(made.jobs.farewells.stop)
        yield made


def _made(
    home: Home, limits: Limits, workers: int | None, places: PlacesFor | None, notifier: Notifier
) -> Working:
    known: list[ServedJobs] = []

    def title_of(entry: Entry) -> str | None:
        return known[0].title_of(entry) if known else None

    host = Host(home, workers=workers, on_end=_telling(notifier, title_of), places=places)
    uploads = Uploads(home, limits)
    faces = ServedFaces(home, uploads, limits)
    jobs = ServedJobs(home, host, uploads, faces, limits)
    known.append(jobs)
    return Working(host, uploads, faces, jobs)


def _telling(
    notifier: Notifier, title_of: Callable[[Entry], str | None]
) -> Callable[[Entry], None]:
    """Return what tells of a render's end, by the name that its sender gave the video."""

    def on_end(entry: Entry) -> None:
        tiding = tiding_of_entry(entry, datetime.now(UTC).isoformat(timespec="seconds"))
        title = title_of(entry)
        if tiding is not None:
            notifier.note(tiding if title is None else replace(tiding, title=title))

    return on_end
