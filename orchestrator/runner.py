"""Drive one job to its end: write down what happened, then do what follows from it."""

from __future__ import annotations

import queue
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from orchestrator import events
from orchestrator.effects import (
    AssembledShare,
    Crashed,
    Effects,
    Finished,
    clear_half_written,
    fault_of,
    read_finished,
)
from orchestrator.engine_check import bring_verdict
from orchestrator.errors import JobBusy, RequestRefused, StorageFailed
from orchestrator.events import (
    Effect,
    Event,
    Fault,
    LeaseId,
)
from orchestrator.fleet import FleetEvent, Gone, Outpriced, Refused, Said
from orchestrator.home import Home
from orchestrator.job import (
    Job,
    Phase,
    step,
)
from orchestrator.jobs import (
    JobRecord,
    journal_path,
    lock_path,
    planned_job,
    read_index,
    read_record,
    replay,
)
from orchestrator.journal import JobLock, Journal
from orchestrator.original import Original
from orchestrator.places import FleetFor, Place, PlaceFor, local_fleet, on_this_machine
from orchestrator.plan import ChunkPlan
from orchestrator.snapshot import Snapshot, Tally
from orchestrator.staged import staged_in
from orchestrator.transfer.stage import stored_segments, unstage
from orchestrator.watching.words import forget_words
from remote_worker.contract.coding import ContractError, from_text
from remote_worker.contract.messages import (
    Bye,
    Checking,
    ChunkDone,
    Claimed,
    Drain,
    Failed,
    Finish,
    Hello,
    Notice,
    Progress,
    SegmentStored,
)
from remote_worker.contract.records import ChunkId, ChunkMessage, JobId, SegmentId
from remote_worker.errors import WorkerError
from remote_worker.stores.folder import FolderStore

TICK_S = 0.1
"""Longest wait for news; how often fleets are checked and snapshots are made."""
RECONCILE_S = 1.0
"""How often an empty queue is compared with what the job still waits for."""
STOP_GRACE_S = 120.0
"""A worker that is asked to stop may finish its segment for so long."""
GOODBYE_S = 10.0
"""Workers of a job that is over may take so long to end by themselves."""
QUEUE_PATIENCE_S = 60.0
"""A queue may be away, and workers may complain without getting on, for so long."""

_WORKING = (Phase.STAGING, Phase.LEASING, Phase.RENDERING, Phase.RECOVERING)

Watch = Callable[[Snapshot], None]
"""Sees snapshots, at most ten a second and always the last; called by the driving thread."""


class StopSignal:
    """What the user wants of a running job; set from any thread or signal handler."""

    def __init__(self) -> None:
        self.stops = 0
        """0 go on; 1 finish the segments in hand; more: end at once."""
        self.cancelled = False
        self.left = False
        """Whether this machine goes away and rented ones go on."""

    def stop(self) -> None:
        """Ask for the job to rest; the second time at once."""
        self.stops += 1

    def cancel(self) -> None:
        """Ask for the job to end for good."""
        self.cancelled = True

    def leave(self) -> None:
        """Let go of the job as it is; rented workers go on, and the next run takes them over."""
        self.left = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run of a job ended."""

    record: JobRecord
    last: Snapshot
    finished: Finished | None
    """None unless the phase is done."""


def drive(
    home: Home,
    job_id: JobId,
    *,
    workers: int | None = None,
    stop: StopSignal | None = None,
    watch: Watch | None = None,
    fleet_for: FleetFor = local_fleet,
    place_for: PlaceFor | None = None,
) -> Outcome:
    """Begin or resume a job and return when it rests; whatever it says, it can be driven again.

    It runs at ``place_for``; without one on this machine, with the fleet of ``fleet_for``.

    Raises:
        JobMissing: there is no such job.
        JobBusy: another process drives it.
        JournalBroken: its journal cannot be followed.
        SourceChanged: the source is not the file it was planned for.
        RequestRefused: it is done, and its finished video was taken away since.
        StorageFailed: its folder cannot be written to.
    """
    record = read_record(home, job_id)
    with JobLock(lock_path(home, job_id)), closing(Journal(journal_path(home, job_id))) as journal:
        cancel_path(home, job_id).unlink(missing_ok=True)
        job = replay(planned_job(record), journal.events)
        begun = sum(isinstance(event, events.Begun) for event in journal.events)
        if job.phase is Phase.DONE:
            if place_for is not None and not _cleared_path(home, job_id).exists():
                _clear_place(home, record, place_for(home, record, begun + 1))
            return _done_before(home, record, job)
        original = Original(record.report)
        if job.phase is not Phase.CANCELLED:
            original.require()
        try:
            place = (place_for or on_this_machine(fleet_for))(home, record, begun + 1)
            run = _Run(
                home, record, original, job, journal, stop or StopSignal(), watch or _nobody, place
            )
            return run.go(workers or record.request.workers)
        except WorkerError as error:
            raise StorageFailed(error.sentence, error.advice) from error


def cancel_path(home: Home, job_id: JobId) -> Path:
    """Return the file whose presence tells the process that drives a job to cancel it."""
    return home.job(job_id) / "cancel"


def cancel(home: Home, job_id: JobId) -> bool:
    """Cancel a job; return whether it is cancelled already, False if its driver was told to.

    Raises:
        JobMissing: there is no such job.
        JournalBroken: its journal cannot be followed.
        RequestRefused: it is done.
    """
    record = read_record(home, job_id)
    try:
        with JobLock(lock_path(home, job_id)):
            _cancel_at_rest(home, record)
            return True
    except JobBusy:
        cancel_path(home, job_id).touch()
        return False


def _cancel_at_rest(home: Home, record: JobRecord) -> None:
    with closing(Journal(journal_path(home, record.job_id))) as journal:
        job = replay(planned_job(record), journal.events)
        if job.phase is Phase.DONE:
            raise RequestRefused("That job is done.", "Delete its video if it is not wanted.")
        for event in (events.CancelAsked(), events.Begun(1)):  # a killed run's leases are gone
            if job.phase is not Phase.CANCELLED:
                job, _ = step(job, event)
                journal.append(event)
    _tidy(home, record)
    forget_words(FolderStore(home.store), record.job_id)


class _Run:
    """One run of a job in this process: a single thread decides, others tell it things."""

    def __init__(
        self,
        home: Home,
        record: JobRecord,
        original: Original,
        job: Job,
        journal: Journal,
        stop: StopSignal,
        watch: Watch,
        place: Place,
    ) -> None:
        self._home, self._record, self._job = home, record, job
        self._journal, self._stop, self._watch = journal, stop, watch
        self._news: queue.SimpleQueue[Event | FleetEvent | Crashed | AssembledShare] = (
            queue.SimpleQueue()
        )
        self._place, self._queue = place, place.look
        self._here = FolderStore(home.store)
        self._staged = staged_in(journal.events) if place.keeps_queue else frozenset()
        self._tally = Tally(record.plan, self._stored_segments())
        index = read_index(home, record.job_id)
        self._effects = Effects(home, record, original, index, self._here, place, self._news.put)
        self._byes: dict[LeaseId, str] = {}
        self._agents: dict[LeaseId, str] = {}
        self._counted = _counted_before(journal.events)
        self._stop_told = self._cancel_told = self._closed = False
        self._rested_s: float | None = None
        self._looked_s = self._shown_s = 0.0
        self._queue_failed_s: float | None = None
        self._trouble: tuple[float, Fault] | None = None
        """Since when no worker has got on, and the first complaint."""
        self._empty_looks = 0

    def go(self, workers: int) -> Outcome:
        self._fleet = self._place.fleet(self._news.put)
        try:
            self._note_what_others_stored()
            self._handle(events.Begun(workers))
            while not self._is_over() and not self._stop.left:
                self._hear()
                self._tick()
        except OSError as error:
            raise StorageFailed(
                f"The job's journal cannot be written: {error.strerror or error}.",
                "What is finished is kept. Free some space, then resume the job.",
            ) from error
        finally:
            self._effects.give_up()
            self._let_go()
            self._effects.close()
        return self._outcome()

    def _let_go(self) -> None:
        if self._stop.left and not self._job.phase.is_terminal:
            self._fleet.leave()
        else:
            self._fleet.close()

    def _note_what_others_stored(self) -> None:
        """Hear of chunks that workers finished while nobody was here: they need no lease."""
        if not self._place.keeps_queue or self._job.phase is Phase.PLANNED:
            return
        stored = self._stored_segments()
        for chunk in self._record.plan.chunks:
            is_new = chunk.chunk_id in self._job.unfinished
            if is_new and all(ref.segment_id in stored for ref in chunk.segments):
                self._handle(events.ChunkStored(chunk.chunk_id))

    def _outcome(self) -> Outcome:
        last = self._tally.snapshot(self._job)
        self._watch(last)  # what is tidied now keeps nobody from hearing how it ended
        finished = None
        check = self._record.check
        if check is not None:
            bring_verdict(self._here, self._place.store, check.check_id)
        if self._job.phase in (Phase.DONE, Phase.CANCELLED):
            _tidy(self._home, self._record)
            _clear_place(self._home, self._record, self._place)
        if self._job.phase is Phase.CANCELLED:
            forget_words(self._here, self._record.job_id)
        if self._job.phase is Phase.DONE:
            finished = read_finished(self._home, self._record)
        return Outcome(self._record, last, finished)

    def _stored_segments(self) -> frozenset[SegmentId]:
        return stored_segments(self._record.plan, self._here, self._place.store)

    def _is_over(self) -> bool:
        """Tell whether the job rests and its workers have ended, or had time enough to."""
        if not self._job.phase.is_terminal:
            return False
        if self._rested_s is None:
            self._rested_s = time.monotonic()
        return not self._job.leases or time.monotonic() - self._rested_s > GOODBYE_S

    # -- what happened -------------------------------------------------------------------

    def _hear(self) -> None:
        try:
            self._understand(self._news.get(timeout=TICK_S))
            while True:
                self._understand(self._news.get_nowait())
        except queue.Empty:
            return

    def _understand(self, news: Event | FleetEvent | Crashed | AssembledShare) -> None:
        match news:
            case Said():
                self._hear_agent(news)
            case Gone():
                self._on_gone(news)
            case Refused(lease_id, fault):
                self._handle(events.LeaseRefused(lease_id, fault))
            case Outpriced(lease_id):
                self._handle(events.LeaseOutpriced(lease_id))
            case AssembledShare(frames):
                self._tally.assembled_frames = frames
            case Crashed(error):
                raise error
            case _:
                self._handle(news)

    def _hear_agent(self, said: Said) -> None:
        lease_id = said.lease_id
        match said.message:
            case Hello(agent_id=agent_id):
                self._agents[lease_id] = agent_id
                self._handle(events.LeaseReady(lease_id))
            case Claimed(chunk_id=chunk_id):
                self._trouble = None
                self._handle(events.ChunkClaimed(lease_id, chunk_id))
            case Checking() as checking:
                self._trouble = None
                self._tally.checking(checking)
            case Progress() as progress:
                self._trouble = None
                self._tally.progress(lease_id, progress)
            case SegmentStored() as segment:
                self._trouble = None
                self._tally.segment(lease_id, segment)
                self._count(lease_id, segment)
            case ChunkDone(chunk_id=chunk_id):
                self._handle(events.ChunkStored(chunk_id))
            case Failed(buried=True) as failed:
                fault = Fault(failed.reason, failed.sentence, failed.advice)
                self._handle(events.ChunkBuried(failed.chunk_id, fault))
            case Failed() as failed if self._trouble is None:
                fault = Fault(failed.reason, failed.sentence, failed.advice)
                self._trouble = (time.monotonic(), fault)
            case Bye(reason=reason):
                self._byes[lease_id] = reason
            case Notice(grace_s=float()):
                self._handle(events.LeaseNoticed(lease_id))
            case _:
                return  # heartbeats and mere likelihoods change nothing here

    def _count(self, lease_id: LeaseId, said: SegmentStored) -> None:
        """Count a segment once: an agent that an earlier run heard is heard from its begin."""
        agent_id = self._agents.get(lease_id, lease_id)
        event = events.SegmentFinished(said.chunk_id, said.reused, said.segment_id, agent_id)
        if _by_whom(event) not in self._counted:
            self._counted.add(_by_whom(event))
            self._handle(event)

    def _on_gone(self, gone: Gone) -> None:
        self._tally.gone(gone.lease_id)
        farewell = self._byes.pop(gone.lease_id, "")
        # Without its queue a worker could do nothing; replacing it for ever would not help.
        orderly = gone.orderly and farewell != "queue_unavailable"
        lease_id = gone.lease_id
        how = events.LeaseEnded(lease_id) if orderly else events.LeaseLost(lease_id, gone.how)
        self._handle(how)

    def _handle(self, event: Event) -> None:
        """Step the job; what changes it is on disk before anything is done about it."""
        after, effects = step(self._job, event)
        # What is in a queue that outlives this process is written down though it changes nothing.
        is_kept = self._place.keeps_queue and isinstance(event, events.ChunkStaged)
        if after == self._job and not effects and not is_kept:
            return
        self._journal.append(event)
        self._job = after
        if isinstance(event, events.ChunkSpoiled):
            self._tally.spoiled(self._chunk(event.chunk_id))
            self._counted = {each for each in self._counted if each[0] != event.chunk_id}
        if after.phase not in (*_WORKING, Phase.ASSEMBLING, Phase.DONE):
            self._effects.give_up()
        for effect in effects:
            self._perform(effect)

    def _chunk(self, chunk_id: ChunkId) -> ChunkPlan:
        return next(chunk for chunk in self._record.plan.chunks if chunk.chunk_id == chunk_id)

    def _perform(self, effect: Effect) -> None:
        match effect:
            case events.StageChunks(chunk_ids):
                self._effects.stage(tuple(each for each in chunk_ids if each not in self._staged))
                self._staged = frozenset()  # what is asked for again is not in the queue
            case events.RequestLease(lease_id):
                self._fleet.request(lease_id)
            case events.DrainLease(lease_id):
                may_finish = self._job.phase in (Phase.STOPPING, *_WORKING)  # nothing is to be lost
                grace_s = STOP_GRACE_S if may_finish else 0.0
                self._fleet.order(lease_id, Drain(grace_s=grace_s))
            case events.FinishLease(lease_id):
                self._fleet.order(lease_id, Finish())
            case events.FetchChunk(chunk_id):
                self._effects.fetch(chunk_id)
            case events.AssembleVideo():
                self._effects.assemble()
            case _:
                assert_never(effect)

    # -- what is looked after all the time -----------------------------------------------

    def _tick(self) -> None:
        self._heed_user()
        self._fleet.check()
        now_s = time.monotonic()
        self._mind_trouble(now_s)
        if now_s - self._looked_s >= RECONCILE_S:
            self._looked_s = now_s
            self._reconcile()
        if now_s - self._shown_s >= TICK_S:
            self._shown_s = now_s
            self._watch(self._tally.snapshot(self._job))

    def _mind_trouble(self, now_s: float) -> None:
        """Fail when workers complained and none got on since: trying for ever tells nobody."""
        if self._trouble is None or now_s - self._trouble[0] <= QUEUE_PATIENCE_S:
            return
        _, fault = self._trouble
        self._trouble = None
        if self._job.phase in _WORKING and self._job.unfinished:
            self._handle(events.StagingFailed(fault))

    def _heed_user(self) -> None:
        if not self._cancel_told and (self._stop.cancelled or self._is_cancelled_elsewhere()):
            self._cancel_told = True
            self._handle(events.CancelAsked())
        if self._stop.stops and not self._stop_told:
            self._stop_told = True
            self._handle(events.StopAsked())
        if self._stop.stops > 1 and not self._closed:
            self._closed = True
            self._fleet.close()

    def _is_cancelled_elsewhere(self) -> bool:
        return cancel_path(self._home, self._record.job_id).exists()

    def _reconcile(self) -> None:
        """Find chunks that nobody will speak of any more, their worker having died in between."""
        if not self._job.unfinished or self._job.phase not in _WORKING or self._effects.is_staging:
            self._empty_looks = 0  # what is stored is only fetched: the line is left to that
            return
        try:
            depth = self._queue.depth()
            dead = self._dead_letters() if depth.dead else {}
            self._queue_failed_s = None
        except WorkerError as error:
            self._on_queue_away(error)
            return
        self._empty_looks = 0 if depth.waiting or depth.claimed else self._empty_looks + 1
        if self._empty_looks >= 2:  # what was said last has been heard by the second look
            self._empty_looks = 0
            try:
                self._settle(dead)
            except WorkerError as error:  # the store is looked at again when it answers
                self._on_queue_away(error)

    def _on_queue_away(self, error: WorkerError) -> None:
        now_s = time.monotonic()
        self._queue_failed_s = self._queue_failed_s or now_s
        if now_s - self._queue_failed_s > self._place.patience_s:
            self._handle(events.StagingFailed(fault_of(error)))

    def _settle(self, dead: dict[str, Fault]) -> None:
        """Take every unfinished chunk for what the store and the dead letters say it is."""
        stored = self._stored_segments()
        lost = []
        for chunk in self._record.plan.chunks:
            if chunk.chunk_id not in self._job.unfinished:
                continue
            if all(ref.segment_id in stored for ref in chunk.segments):
                self._handle(events.ChunkStored(chunk.chunk_id))
            elif chunk.chunk_id in dead:
                self._handle(events.ChunkBuried(chunk.chunk_id, dead[chunk.chunk_id]))
            else:
                lost.append(chunk.chunk_id)
        if lost:
            self._effects.stage(tuple(lost))

    def _dead_letters(self) -> dict[str, Fault]:
        faults: dict[str, Fault] = {}
        for letter in self._queue.dead_letters():
            reason, _, sentence = letter.reason.partition(": ")
            try:
                chunk_id = from_text(ChunkMessage, letter.body).chunk_id
            except ContractError:
                continue  # none of ours: nothing waits for it
            faults[chunk_id] = Fault(reason, sentence or reason, "Resume the job to try again.")
        return faults


def _tidy(home: Home, record: JobRecord) -> None:
    """Remove what only a running job needs, and what killed processes left half-written."""
    store, folder = FolderStore(home.store), home.job(record.job_id)
    unstage(record, store)
    store.sweep()
    clear_half_written(record)
    for pattern in ("pieces", "workers/*/cache", "workers/*/work"):
        for left in folder.glob(pattern):
            shutil.rmtree(left, ignore_errors=True)
    record.clip_path(home).unlink(missing_ok=True)
    for pattern in ("queue-*.sqlite*", ".*.part", "workers/*/.*.part"):
        for left in folder.glob(pattern):
            left.unlink(missing_ok=True)


def _cleared_path(home: Home, job_id: JobId) -> Path:
    return home.job(job_id) / "cleared"


def _clear_place(home: Home, record: JobRecord, place: Place) -> None:
    """Clear a job's place away, and note it: a run that is killed before leaves it to the next."""
    place.tidy()
    if place.keeps_queue:  # what is only on this machine went with the run
        _cleared_path(home, record.job_id).touch()


def _counted_before(happened: tuple[Event, ...]) -> set[tuple[str, str, str]]:
    """Return which segments of which chunk earlier runs heard of, and from whom."""
    counted: set[tuple[str, str, str]] = set()
    for event in happened:
        match event:
            case events.SegmentFinished():
                counted.add(_by_whom(event))
            case events.ChunkSpoiled(chunk_id):
                counted = {each for each in counted if each[0] != chunk_id}
    return counted


def _by_whom(event: events.SegmentFinished) -> tuple[str, str, str]:
    return event.chunk_id, event.segment_id, event.agent_id


def _done_before(home: Home, record: JobRecord, job: Job) -> Outcome:
    finished = read_finished(home, record)
    if finished is None or not Path(finished.video.output_path).is_file():
        raise RequestRefused(
            "This job is done, but its finished video was moved or deleted.",
            "Render the video again: its finished segments are used again if they are still kept.",
        )
    _tidy(home, record)  # it may have been killed just when it was done
    stored = frozenset(ref.segment_id for chunk in record.plan.chunks for ref in chunk.segments)
    return Outcome(record, Tally(record.plan, stored).snapshot(job), finished)


def _nobody(snapshot: Snapshot) -> None:
    del snapshot
