"""Give one entry its turn: prepare it, render it, and say how that ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from orchestrator.crash import write_report
from orchestrator.desk.entries import Entry, EntryState, Result, Trouble
from orchestrator.desk.snapshot import Work
from orchestrator.errors import SecondUnitError
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import Container, read_record
from orchestrator.media.guard import Cancelled
from orchestrator.prepare import Share, Wish, WishedCast, prepare
from orchestrator.runner import FleetFor, Outcome, StopSignal, drive, local_fleet
from orchestrator.snapshot import Snapshot
from remote_worker.contract.records import JobId
from remote_worker.errors import WorkerError

ENDINGS: dict[Container, str] = {"mp4": ".mp4", "mov": ".mov", "mkv": ".mkv"}
_MOST_NAMES = 10_000
_STATES: dict[Phase, EntryState] = {
    Phase.DONE: "done",
    Phase.FAILED: "failed",
    Phase.STOPPED: "stopped",
    Phase.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class Ended:
    """How an entry's turn ended."""

    state: EntryState
    trouble: Trouble | None = None
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who is told how a turn goes, from the turn's own thread."""

    working: Callable[[Work, int, int], None]
    entered: Callable[[JobId, str], None]
    """The job that the entry became, and the file it writes; on disk before it begins."""
    seen: Callable[[JobId, Snapshot], None]


class Turn:
    """One turn; :meth:`go` is called once, the rest from any thread."""

    def __init__(
        self,
        home: Home,
        entry: Entry,
        hearers: Hearers,
        *,
        workers: int | None = None,
        taken: Collection[str] = (),
        fleet_for: FleetFor = local_fleet,
    ) -> None:
        """Prepare for ``entry``; ``taken`` are files that other entries write."""
        self._home, self._entry, self._hearers = home, entry, hearers
        self._workers, self._taken, self._fleet_for = workers, taken, fleet_for
        self._stop = StopSignal()
        self._given_up = threading.Event()

    @property
    def entry(self) -> Entry:
        """The entry as it was when its turn came."""
        return self._entry

    def stop(self) -> None:
        """Let it rest after the segments in hand; the second time at once."""
        self._stop.stop()
        self._given_up.set()

    def cancel(self) -> None:
        """End it for good."""
        self._stop.cancel()
        self._given_up.set()

    def go(self) -> Ended:
        """Prepare and render; return how it ended, whatever happens."""
        began_s = time.monotonic()
        try:
            job_id = self._entry.job_id or self._prepared()
            outcome = drive(
                self._home,
                job_id,
                workers=self._workers,
                stop=self._stop,
                watch=lambda seen: self._hearers.seen(job_id, seen),
                fleet_for=self._fleet_for,
            )
            return _ended(outcome, time.monotonic() - began_s)
        except Cancelled:
            return Ended("cancelled" if self._stop.cancelled else "stopped")
        except SecondUnitError as error:
            return Ended("failed", Trouble(error.code, error.sentence, error.advice))
        except WorkerError as error:
            return Ended("failed", Trouble(error.reason, error.sentence, error.advice))
        except Exception as error:  # a fault of the program: the queue goes on without it
            return Ended("failed", fault_of_program(self._home, error))

    def _prepared(self) -> JobId:
        wish = wish_of(self._entry, self._taken, self._workers)
        job_id = prepare(self._home, wish, self._doing, self._given_up)
        self._hearers.entered(job_id, read_record(self._home, job_id).request.output_path)
        return job_id

    @contextmanager
    def _doing(self, name: str) -> Iterator[Share]:
        work = cast(Work, name)
        self._hearers.working(work, 0, 0)
        yield lambda done, total: self._hearers.working(work, done, total)


def fault_of_program(home: Home, error: BaseException) -> Trouble:
    """Write down a fault of the program itself; return what the user is told."""
    try:
        where = str(write_report(home, error))
    except OSError:
        where = "nowhere: the report could not be written"
    return Trouble(
        "fault",
        f"Second Unit made a mistake ({type(error).__name__}).",
        f"What was finished is kept; try again. The report is {where}.",
    )


def wish_of(entry: Entry, taken: Collection[str], workers: int | None) -> Wish:
    """Return what is asked for an entry; its output gets a name that is free."""
    return Wish(
        source=Path(entry.source),
        output=free_output(entry, taken),
        casts=tuple(
            WishedCast(person_id=c.person_id, face=c.face_id, start=c.start, end=c.end)
            for c in entry.casts
        ),
        corrections=entry.corrections,
        trim_in=entry.trim_in,
        trim_out=entry.trim_out,
        engine=entry.look.engine,
        settings=entry.look.settings,
        codec=entry.output.codec,
        quality=entry.output.quality,
        preset=entry.output.preset,
        hardware=entry.output.hardware,
        workers=workers,
    )


def free_output(entry: Entry, taken: Collection[str]) -> Path:
    """Return the file that an entry would write: nothing is there, and no other writes it."""
    source = Path(entry.source)
    folder = Path(entry.output.folder) if entry.output.folder else source.parent
    stem = entry.output.name or f"{source.stem}-secondunit"
    ending = ENDINGS[entry.output.container]
    names = (stem, *(f"{stem}-{number}" for number in range(2, _MOST_NAMES)))
    paths = (folder / f"{name}{ending}" for name in names)
    return next(path for path in paths if str(path) not in taken and not path.exists())


def _ended(outcome: Outcome, seconds: float) -> Ended:
    last, finished = outcome.last, outcome.finished
    trouble = None
    if last.phase is Phase.FAILED and last.fault is not None:
        trouble = Trouble(last.fault.reason, last.fault.sentence, last.fault.advice)
    if finished is None:
        return Ended(_STATES[last.phase], trouble)
    result = Result(
        output_path=finished.video.output_path,
        digest=finished.video.digest,
        frame_count=finished.video.frame_count,
        missed_frames=finished.missed_frames,
        seconds=seconds,
        finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return Ended("done", None, result)
