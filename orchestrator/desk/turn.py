"""Give one entry its turn: prepare it, render it, and say how that ended."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from orchestrator.desk.elsewhere import Elsewhere, PlacesFor, read_where, write_where
from orchestrator.desk.entries import Entry, EntryState, Receipt, Result, Trouble, Where
from orchestrator.desk.rented import Rented
from orchestrator.desk.snapshot import Work
from orchestrator.desk.troubles import trouble_of
from orchestrator.engines import needs_cast
from orchestrator.errors import (
    CastingRefused,
    JobMissing,
    JournalBroken,
    RequestRefused,
    SecondUnitError,
    SourceFaceMissing,
)
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import Container, new_job_id, read_record, read_state, set_urgent
from orchestrator.media.guard import Cancelled
from orchestrator.places import FleetFor, local_fleet
from orchestrator.prepare import Seen, Share, Wish, WishedCast, faces_of, look_at, prepare
from orchestrator.runner import Outcome, StopSignal, cancel, drive
from orchestrator.snapshot import Snapshot
from orchestrator.watching.publishing import Publishing, published
from remote_worker.contract.records import JobId

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
    receipt: Receipt | None = None
    """Of a render on rented machines, however it ended."""
    unsettled: Exception | None = None
    """Why there is no receipt where there should be one."""


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who is told how a turn goes, from the turn's own thread."""

    working: Callable[[Work, int, int], None]
    named: Callable[[JobId], None]
    """What the job is called that the entry is about to become; on disk when it returns."""
    entered: Callable[[JobId, str], None]
    """The job that the entry became, and the file it writes; on disk when it returns."""
    seen: Callable[[JobId, Snapshot, Rented | None], None]


def nowhere_else(where: Where) -> Elsewhere:
    """Rent nothing.

    Raises:
        RequestRefused: always: this desk knows no machines but this one.
    """
    raise RequestRefused(
        f"This video is to be rendered elsewhere ({where.kind}), which cannot be done here.",
        "Have it rendered on this computer.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a turn works with."""

    look: Callable[[Path], Seen] = look_at
    workers: int | None = None
    taken: Collection[str] = ()
    """Files that other entries write."""
    fleet_for: FleetFor = local_fleet
    places: PlacesFor = nowhere_else


class Turn:
    """One turn; :meth:`go` is called once, the rest from any thread."""

    def __init__(self, home: Home, entry: Entry, hearers: Hearers, means: Means) -> None:
        """Prepare for ``entry``."""
        self._home, self._entry, self._hearers, self._means = home, entry, hearers, means
        self._stop = StopSignal()
        self._given_up = threading.Event()
        self._frames_before: int | None = None
        """Frames that were rendered when this turn began; None until it did."""
        self._elsewhere: Elsewhere | None = None
        self._job_id: JobId | None = None

    @property
    def entry(self) -> Entry:
        """The entry as it was when its turn came."""
        return self._entry

    def stop(self) -> None:
        """Let it rest after the segments in hand; the second time at once."""
        self._stop.stop()
        self._given_up.set()

    def leave(self) -> None:
        """Let it go on at rented machines, without this one; the next turn takes them over."""
        self._stop.leave()
        self._given_up.set()

    def cancel(self) -> None:
        """End it for good."""
        self._stop.cancel()
        self._given_up.set()

    def go(self) -> Ended:
        """Prepare and render; return how it ended, whatever happens."""
        return self._settled(self._went())

    def _went(self) -> Ended:
        began_s = time.monotonic()
        try:
            where = self._entry.where
            if where.kind != "here":
                self._elsewhere = self._means.places(where)
            job_id = self._job_id = self._job()
            return self._ended(self._drive(job_id), time.monotonic() - began_s)
        except Cancelled:
            return Ended("cancelled" if self._stop.cancelled else "stopped")
        except Exception as error:  # the queue goes on without it
            return Ended("failed", trouble_of(self._home, error))

    def _drive(self, job_id: JobId) -> Outcome:
        elsewhere, where = self._elsewhere, self._entry.where
        set_urgent(self._home, job_id, urgent=self._entry.urgent)
        if elsewhere is not None:
            write_where(self._home, job_id, where)
            with self._doing("preparing") as share:
                elsewhere.prepare(self._home, share)
        with published() as publishing:
            return drive(
                self._home,
                job_id,
                workers=self._means.workers if elsewhere is None else where.instances,
                stop=self._stop,
                watch=lambda seen: self._watch(job_id, seen, publishing),
                fleet_for=publishing.knowing_here(self._means.fleet_for),
                place_for=None if elsewhere is None else publishing.knowing(elsewhere.place),
            )

    def _settled(self, ended: Ended) -> Ended:
        """Return how it ended, with what was paid on rented machines."""
        if self._elsewhere is None or self._job_id is None:
            return ended
        self._hearers.working("settling", 0, 0)
        try:
            return replace(ended, receipt=self._elsewhere.receipt(self._home, self._job_id))
        except Exception as error:  # told beside it: a render does not fail of an untold price
            return replace(ended, unsettled=error)

    def _job(self) -> JobId:
        """Return the job to drive: the one that the entry is, or one that is made now.

        A job's name is written down before it is made, so that after a kill at any moment it is
        found again, and the file that it is to write is not taken for another's.
        """
        job_id = self._entry.job_id
        phase = None if job_id is None else phase_of(self._home, job_id)
        if job_id is not None and phase is Phase.DONE:
            return job_id  # killed just before that was written down
        require_castable(self._home, self._entry)
        if job_id is not None and phase is not None:
            return job_id
        if self._given_up.is_set():
            raise Cancelled("It was stopped on request.", "Render it again when you like.")
        if job_id is None or self._home.job(job_id).exists():
            job_id = new_job_id()
            self._hearers.named(job_id)
        wish = wish_of(self._entry, self._means)
        if self._elsewhere is not None:
            wish = replace(wish, workers=self._entry.where.instances, elsewhere=True)
        prepare(self._home, wish, self._doing, self._given_up, job_id=job_id, look=self._means.look)
        self._hearers.entered(job_id, read_record(self._home, job_id).request.output_path)
        return job_id

    def _watch(self, job_id: JobId, seen: Snapshot, publishing: Publishing) -> None:
        if self._frames_before is None:
            self._frames_before = seen.frames_done
        elsewhere = self._elsewhere
        rented = None if elsewhere is None else elsewhere.seen(self._home, job_id, seen)
        publishing.see(seen, rented)
        self._hearers.seen(job_id, seen, rented)

    @contextmanager
    def _doing(self, name: str) -> Iterator[Share]:
        work = cast(Work, name)
        self._hearers.working(work, 0, 0)
        yield lambda done, total: self._hearers.working(work, done, total)

    def _ended(self, outcome: Outcome, seconds: float) -> Ended:
        last, finished = outcome.last, outcome.finished
        trouble = None
        if last.phase is Phase.FAILED and last.fault is not None:
            trouble = Trouble(last.fault.reason, last.fault.sentence, last.fault.advice)
        if finished is None:
            return Ended(_STATES.get(last.phase, "stopped"), trouble)  # left while it goes on
        before = self._frames_before if self._frames_before is not None else last.frames_total
        result = Result(
            output_path=finished.video.output_path,
            digest=finished.video.digest,
            frame_count=finished.video.frame_count,
            missed_frames=finished.missed_frames,
            seconds=seconds,
            finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
            rendered_frames=max(0, last.frames_total - before),
        )
        return Ended("done", None, result)


def let_go(home: Home, ids: Collection[JobId], places: PlacesFor = nowhere_else) -> None:
    """Cancel jobs that no entry goes on with any more; what they rendered is kept.

    What they have on rented machines is cleared away; what cannot be is left to the next sweep.
    """
    for job_id in ids:
        where, phase = read_where(home, job_id), phase_of(home, job_id)
        with contextlib.suppress(SecondUnitError):  # done, deleted, or driven by somebody else
            cancel(home, job_id)
            if where.kind != "here" and phase is not None:  # else it was cleared when it ended
                places(where).clear(home, job_id)


def phase_of(home: Home, job_id: JobId) -> Phase | None:
    """Return where a job stands; None when driving it cannot lead to its video."""
    try:
        state = read_state(home, job_id)
    except (JobMissing, JournalBroken):
        return None
    phase, output = state.job.phase, Path(state.record.request.output_path)
    is_over = phase is Phase.CANCELLED or (phase is Phase.DONE and not output.is_file())
    return None if is_over else phase


def require_castable(home: Home, entry: Entry) -> None:
    """Return when somebody is cast, and every face that is cast is in the library.

    Raises:
        CastingRefused: nobody is cast, so there is nothing to render.
        SourceFaceMissing: a face was removed.
    """
    if not entry.casts and needs_cast(entry.look.engine, entry.look.settings):
        raise CastingRefused(
            "Nobody is cast in this video, so there is nothing to render.",
            "Put a face on somebody in it, then render.",
        )
    known = {face.face_id for face in faces_of(home).list()} if entry.casts else set()
    if any(each.face_id not in known for each in entry.casts):
        raise SourceFaceMissing(
            "A face that is cast in this video was removed.",
            "Put another face on that person, then render.",
        )


def wish_of(entry: Entry, means: Means) -> Wish:
    """Return what is asked for an entry; its output gets a name that is free.

    Raises:
        RequestRefused: its output cannot have the name that is asked for.
    """
    return Wish(
        source=Path(entry.source),
        digest=entry.facts.digest if entry.facts is not None else None,
        output=free_output(entry, means.taken),
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
        workers=means.workers,
        urgent=entry.urgent,
    )


def free_output(entry: Entry, taken: Collection[str]) -> Path:
    """Return the file that an entry would write: nothing is there, and no other writes it.

    Raises:
        RequestRefused: the name that is asked for is none, or all like it are taken.
    """
    source = Path(entry.source)
    folder = Path(entry.output.folder) if entry.output.folder else source.parent
    stem = entry.output.name or f"{source.stem}-secondunit"
    if Path(stem).name != stem or "\0" in stem:
        raise RequestRefused(
            f"{stem!r} cannot be the name of a file.", "Choose a name without slashes."
        )
    ending = ENDINGS[entry.output.container]
    names = (stem, *(f"{stem}-{number}" for number in range(2, _MOST_NAMES)))
    for path in (folder / f"{name}{ending}" for name in names):
        if str(path) not in taken and not path.exists():
            return path
    raise RequestRefused(
        f"There are {_MOST_NAMES} files called {stem} in {folder}.", "Choose another name."
    )
