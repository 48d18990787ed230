"""Decide what a render job does next; perform nothing.

:func:`step` is the only way a job changes.  It takes the job as it is and one event that has
happened, and returns the job as it now stands together with the effects the runner should
perform.  It never reads a clock, a file or a socket, so a test can replay any night of
interruptions in a millisecond, and starting again is replaying the journal.

The queue decides which agent renders which chunk; a job only keeps account.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from orchestrator.events import (
    Assembled,
    AssembleVideo,
    AssemblyFailed,
    Begun,
    CancelAsked,
    ChunkBuried,
    ChunkClaimed,
    ChunkFetched,
    ChunkSpoiled,
    ChunkStaged,
    ChunkStored,
    DrainLease,
    Effects,
    Event,
    Fault,
    FetchChunk,
    FinishLease,
    LeaseEnded,
    LeaseId,
    LeaseLost,
    LeaseNoticed,
    LeaseOutpriced,
    LeaseReady,
    LeaseRefused,
    Loss,
    RequestLease,
    SegmentFinished,
    StageChunks,
    StagingFailed,
    StopAsked,
)
from remote_worker.contract.records import ChunkId

CONTENT_REFUSED = "content_refused"
"""The reason of a fault that no worker and no other try can change."""
MOST_LOSSES_WITHOUT_PROGRESS = 12
"""Leases lost in a row with no segment stored between, before a job gives up."""


class Phase(Enum):
    """Where a job stands, in words the journal and the views share."""

    PLANNED = "planned"
    """Divided; nothing was begun."""
    STAGING = "staging"
    """The first pieces are on their way to the store."""
    LEASING = "leasing"
    """Work waits for the first worker."""
    RENDERING = "rendering"
    """At least one worker is ready."""
    RECOVERING = "recovering"
    """Every worker was lost; replacements are on their way."""
    ASSEMBLING = "assembling"
    """Every segment is here and the video is being put together."""
    STOPPING = "stopping"
    """Workers finish the segment in hand; nothing new begins."""
    STOPPED = "stopped"
    """At rest; can be resumed."""
    CANCELLING = "cancelling"
    """Workers are being ended; the job will not go on."""
    CANCELLED = "cancelled"
    """Ended by the user; stored segments stay for re-use."""
    DONE = "done"
    """The finished video is there."""
    FAILED = "failed"
    """It cannot go on by itself; can be resumed when the cause is gone."""

    @property
    def is_terminal(self) -> bool:
        """Whether nothing happens any more unless the user resumes."""
        return self in (Phase.STOPPED, Phase.CANCELLED, Phase.DONE, Phase.FAILED)


_WORKING = (Phase.STAGING, Phase.LEASING, Phase.RENDERING, Phase.RECOVERING)
_ENDING = (Phase.STOPPING, Phase.CANCELLING)
_ENDED = (Phase.STOPPED, Phase.CANCELLED)
TRANSITIONS: dict[Phase, frozenset[Phase]] = {
    Phase.PLANNED: frozenset({Phase.STAGING, Phase.ASSEMBLING, Phase.CANCELLED}),
    **{
        phase: frozenset({*_WORKING, *_ENDING, *_ENDED, Phase.ASSEMBLING, Phase.FAILED}) - {phase}
        for phase in _WORKING
    },
    Phase.ASSEMBLING: frozenset({Phase.DONE, Phase.FAILED, Phase.STAGING, *_ENDING, *_ENDED}),
    Phase.STOPPING: frozenset({*_ENDED, Phase.CANCELLING, Phase.STAGING, Phase.ASSEMBLING}),
    Phase.STOPPED: frozenset({Phase.STAGING, Phase.ASSEMBLING, Phase.CANCELLED}),
    Phase.CANCELLING: frozenset({Phase.CANCELLED}),
    Phase.CANCELLED: frozenset(),
    Phase.DONE: frozenset(),
    Phase.FAILED: frozenset({Phase.STAGING, Phase.ASSEMBLING, Phase.CANCELLED}),
}
"""Every legal change of phase; :func:`step` raises on any other."""


class LeaseState(Enum):
    """Our hold on one worker's host."""

    REQUESTED = "requested"
    READY = "ready"
    DRAINING = "draining"


class InvalidTransition(Exception):
    """A step would change the phase in a way that :data:`TRANSITIONS` does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One video on its way to being rendered.

    Each planned chunk is in exactly one of ``waiting``, ``rendering``, ``stored``,
    ``fetched`` and ``buried``.
    """

    phase: Phase = Phase.PLANNED
    planned: tuple[ChunkId, ...]
    """Every chunk, in the order of the frames; never changes."""
    waiting: frozenset[ChunkId] = frozenset()
    rendering: tuple[tuple[ChunkId, LeaseId], ...] = ()
    """Chunks in hand and who holds them, sorted."""
    stored: frozenset[ChunkId] = frozenset()
    fetched: frozenset[ChunkId] = frozenset()
    buried: frozenset[ChunkId] = frozenset()
    leases: tuple[tuple[LeaseId, LeaseState], ...] = ()
    """Held, in the order they were asked for."""
    leaving: frozenset[LeaseId] = frozenset()
    """Leases at work that are drained as soon as another is ready: a cheaper host takes over."""
    workers: int = 1
    """How many leases are wanted while there is work."""
    leases_made: int = 0
    losses: int = 0
    """Leases lost since a segment was last stored."""
    segments_rendered: int = 0
    segments_reused: int = 0
    interruptions: int = 0
    """Leases that were taken from us, with a notice or without."""
    gone: tuple[tuple[LeaseId, Loss], ...] = ()
    """The same, one by one, and how each went; of a notice it is not waited how it ends."""
    fault: Fault | None = None
    """Why it failed; None unless it did, or while it stops because of it."""

    @property
    def unfinished(self) -> tuple[ChunkId, ...]:
        """Chunks that no store holds yet, in order."""
        settled = self.stored | self.fetched | self.buried
        return tuple(chunk for chunk in self.planned if chunk not in settled)


def new_job(chunk_ids: tuple[ChunkId, ...]) -> Job:
    """Return a planned job; it does nothing until :class:`Begun`.

    Raises:
        ValueError: there are no chunks, or one is named twice.
    """
    if not chunk_ids or len(set(chunk_ids)) != len(chunk_ids):
        raise ValueError("a job has at least one chunk, and each once")
    return Job(planned=chunk_ids, waiting=frozenset(chunk_ids))


def step(job: Job, event: Event) -> tuple[Job, Effects]:
    """Return the job after ``event``, and the effects to perform, in order.

    Raises:
        InvalidTransition: the phase would change in a way that is not legal.
    """
    after, effects = _step(job, event)
    if after.phase is not job.phase and after.phase not in TRANSITIONS[job.phase]:
        raise InvalidTransition(f"{job.phase.value} to {after.phase.value} by {event}")
    return after, effects


def _step(job: Job, event: Event) -> tuple[Job, Effects]:
    match event:
        case Begun(workers):
            return _on_begun(job, workers)
        case ChunkStaged():
            return _settled(job)
        case StagingFailed(fault):
            return _fail(job, fault)
        case LeaseReady(lease_id):
            return _on_lease_ready(job, lease_id)
        case LeaseNoticed(lease_id):
            return _on_lease_noticed(job, lease_id)
        case LeaseOutpriced(lease_id):
            return _on_lease_outpriced(job, lease_id)
        case LeaseLost(lease_id, how):
            return _on_lease_lost(job, lease_id, how)
        case LeaseEnded(lease_id):
            return _after_lease(_without_lease(job, lease_id))
        case LeaseRefused(lease_id, fault):
            return _on_lease_refused(_without_lease(job, lease_id), fault)
        case ChunkClaimed(lease_id, chunk_id):
            return _on_claimed(job, lease_id, chunk_id), ()
        case SegmentFinished(chunk_id, reused):
            return _on_segment(job, chunk_id, reused=reused), ()
        case ChunkStored(chunk_id):
            return _on_stored(job, chunk_id)
        case ChunkBuried(chunk_id, fault):
            return _on_buried(job, chunk_id, fault)
        case ChunkFetched(chunk_id):
            return _on_fetched(job, chunk_id)
        case ChunkSpoiled(chunk_id):
            return _on_spoiled(job, chunk_id)
        case Assembled():
            return _on_assembled(job)
        case AssemblyFailed(fault):
            return _fail(job, fault)
        case StopAsked():
            return _end(job, Phase.STOPPING)
        case CancelAsked():
            return _end(job, Phase.CANCELLING)
        case _:
            assert_never(event)


def _on_begun(job: Job, workers: int) -> tuple[Job, Effects]:
    if job.phase in (Phase.DONE, Phase.CANCELLED):
        return job, ()
    if job.phase is Phase.FAILED and job.fault and job.fault.reason == CONTENT_REFUSED:
        return job, ()  # nobody is rented to be told the same again
    if job.phase is Phase.CANCELLING:
        return replace(_forgotten(job), phase=Phase.CANCELLED), ()
    job = replace(_forgotten(job), workers=workers, losses=0, fault=None)
    job = replace(job, waiting=job.waiting | job.buried, buried=frozenset())
    refetch = tuple(FetchChunk(chunk) for chunk in job.planned if chunk in job.stored)
    if len(job.fetched) == len(job.planned):
        return _assemble(_resting(job))
    job = replace(_resting(job), phase=Phase.STAGING)
    job, leases = _with_leases(job)
    staging = (StageChunks(job.unfinished),) if job.unfinished else ()
    return job, (*refetch, *staging, *leases)


def _resting(job: Job) -> Job:
    """Return a job that was killed in the middle as the stopped job that it is."""
    return replace(job, phase=Phase.STOPPED)


def _forgotten(job: Job) -> Job:
    """Return the job without its leases; what they held is waiting again."""
    held = frozenset(chunk for chunk, _ in job.rendering)
    back = job.waiting | held
    return replace(job, leases=(), leaving=frozenset(), rendering=(), waiting=back)


def _with_leases(job: Job) -> tuple[Job, Effects]:
    """Ask for as many leases as there is work for, and no more than wanted."""
    lasting = sum(
        state is not LeaseState.DRAINING and lease not in job.leaving for lease, state in job.leases
    )
    wanted = min(job.workers, len(job.unfinished)) - lasting
    asked = tuple(
        LeaseId(f"lease-{number}")
        for number in range(job.leases_made + 1, job.leases_made + 1 + max(0, wanted))
    )
    leases = job.leases + tuple((lease, LeaseState.REQUESTED) for lease in asked)
    job = replace(job, leases=leases, leases_made=job.leases_made + len(asked))
    return job, tuple(RequestLease(lease) for lease in asked)


def _on_lease_ready(job: Job, lease_id: LeaseId) -> tuple[Job, Effects]:
    if dict(job.leases).get(lease_id) is not LeaseState.REQUESTED:
        return job, ()  # said twice, or a lease we gave up
    job = _marked(job, lease_id, LeaseState.READY)
    if job.phase not in _WORKING:
        return job, ()
    job, effects = _settled(job)
    if not job.unfinished:
        return job, (*effects, FinishLease(lease_id))
    job, drains = _relieved(job)
    return job, (*effects, *drains)


def _relieved(job: Job) -> tuple[Job, Effects]:
    """Let one of the leases go that were to work until another is ready."""
    lease_id = next((lease for lease, _ in job.leases if lease in job.leaving), None)
    if lease_id is None:
        return job, ()
    job = replace(_marked(job, lease_id, LeaseState.DRAINING), leaving=job.leaving - {lease_id})
    return job, (DrainLease(lease_id),)


def _on_lease_outpriced(job: Job, lease_id: LeaseId) -> tuple[Job, Effects]:
    """Ask for the cheaper one now; what is held works until that is ready."""
    is_ready = dict(job.leases).get(lease_id) is LeaseState.READY
    if not is_ready or lease_id in job.leaving or job.phase not in _WORKING:
        return job, ()
    after, leases = _with_leases(replace(job, leaving=job.leaving | {lease_id}))
    return (after, leases) if leases else (job, ())  # what is left needs no other


def _on_lease_noticed(job: Job, lease_id: LeaseId) -> tuple[Job, Effects]:
    """Ask for the replacement now: it boots while the segment in hand is finished."""
    if dict(job.leases).get(lease_id, LeaseState.DRAINING) is LeaseState.DRAINING:
        return job, ()
    job = _interrupted(_marked(job, lease_id, LeaseState.DRAINING), lease_id, "interrupted")
    job = replace(job, leaving=job.leaving - {lease_id})
    if job.phase not in _WORKING:
        return job, ()
    job, leases = _with_leases(job)
    job, effects = _settled(job)
    return job, (*leases, *effects)


def _interrupted(job: Job, lease_id: LeaseId, how: Loss) -> Job:
    gone = (*job.gone, (lease_id, how))
    return replace(job, interruptions=job.interruptions + 1, gone=gone)


def _on_lease_lost(job: Job, lease_id: LeaseId, how: Loss) -> tuple[Job, Effects]:
    state = dict(job.leases).get(lease_id)
    if state is None:
        return job, ()  # lost twice, or said goodbye before
    job = _without_lease(job, lease_id)
    job = replace(job, losses=job.losses + 1)
    if state is not LeaseState.DRAINING:  # an announced one was counted then
        job = _interrupted(job, lease_id, how)
    if job.phase in _WORKING and job.losses > MOST_LOSSES_WITHOUT_PROGRESS:
        return _fail(job, _workers_die(job.losses))
    return _after_lease(job)


def _workers_die(losses: int) -> Fault:
    return Fault(
        "workers_die",
        f"{losses} workers in a row ended before finishing a single segment.",
        "Look at the workers' log in the job's folder, then resume the job.",
    )


def _without_lease(job: Job, lease_id: LeaseId) -> Job:
    """Return the job without the lease; a chunk it held is waiting again.

    Where it was what another was to be left for, that other stays.
    """
    back = frozenset(chunk for chunk, lease in job.rendering if lease == lease_id)
    leases = tuple(pair for pair in job.leases if pair[0] != lease_id)
    is_coming = any(state is LeaseState.REQUESTED for _, state in leases)
    return replace(
        job,
        leases=leases,
        leaving=job.leaving - {lease_id} if is_coming else frozenset(),
        rendering=tuple(pair for pair in job.rendering if pair[1] != lease_id),
        waiting=job.waiting | back,
    )


def _after_lease(job: Job) -> tuple[Job, Effects]:
    if job.phase in _ENDING:
        return _rest(job)
    if job.phase not in _WORKING:
        return job, ()
    job, leases = _with_leases(job)
    job, effects = _settled(job)
    return job, (*leases, *effects)


def _on_lease_refused(job: Job, fault: Fault) -> tuple[Job, Effects]:
    """Go on with fewer workers, fail when there is none, or rest if the job was ending anyway."""
    if job.phase in _ENDING:
        return _rest(job)
    lasting = sum(state is not LeaseState.DRAINING for _, state in job.leases)
    if lasting and job.phase in _WORKING:
        return _settled(replace(job, workers=lasting))
    return _fail(job, fault)


def _on_claimed(job: Job, lease_id: LeaseId, chunk_id: ChunkId) -> Job:
    if lease_id not in dict(job.leases) or chunk_id not in job.planned:
        return job  # a late word from a lease we no longer hold
    if chunk_id in job.stored | job.fetched | job.buried:
        return job  # delivered twice; its segments will be skipped
    others = tuple(pair for pair in job.rendering if pair[0] != chunk_id and pair[1] != lease_id)
    let_go = frozenset(c for c, lease in job.rendering if lease == lease_id and c != chunk_id)
    return replace(
        job,
        waiting=(job.waiting | let_go) - {chunk_id},
        rendering=tuple(sorted((*others, (chunk_id, lease_id)))),
    )


def _on_segment(job: Job, chunk_id: ChunkId, *, reused: bool) -> Job:
    if chunk_id not in job.planned:
        return job
    return replace(
        job,
        losses=0,
        segments_rendered=job.segments_rendered + (not reused),
        segments_reused=job.segments_reused + reused,
    )


def _on_stored(job: Job, chunk_id: ChunkId) -> tuple[Job, Effects]:
    if chunk_id not in job.planned or chunk_id in job.stored | job.fetched:
        return job, ()  # said twice; the first time counted
    job = replace(
        job,
        waiting=job.waiting - {chunk_id},
        buried=job.buried - {chunk_id},
        rendering=tuple(pair for pair in job.rendering if pair[0] != chunk_id),
        stored=job.stored | {chunk_id},
    )
    return job, (FetchChunk(chunk_id), *_let_finish(job))


def _let_finish(job: Job) -> Effects:
    """Let the workers go once the store holds everything: an idle GPU still bills."""
    if job.unfinished or job.phase not in _WORKING:
        return ()
    return tuple(FinishLease(lease) for lease, state in job.leases if state is LeaseState.READY)


def _on_buried(job: Job, chunk_id: ChunkId, fault: Fault) -> tuple[Job, Effects]:
    if chunk_id not in job.unfinished:
        return job, ()
    job = replace(
        job,
        waiting=job.waiting - {chunk_id},
        rendering=tuple(pair for pair in job.rendering if pair[0] != chunk_id),
        buried=job.buried | {chunk_id},
        fault=fault,
    )
    if fault.reason == CONTENT_REFUSED and job.phase in _WORKING:
        return _fail(job, fault)  # every other chunk is of the same source
    job, effects = _settled(job)
    return job, (*_let_finish(job), *effects)


def _on_fetched(job: Job, chunk_id: ChunkId) -> tuple[Job, Effects]:
    if chunk_id not in job.stored:
        return job, ()
    return _settled(replace(job, stored=job.stored - {chunk_id}, fetched=job.fetched | {chunk_id}))


def _on_spoiled(job: Job, chunk_id: ChunkId) -> tuple[Job, Effects]:
    if chunk_id not in job.stored | job.fetched:
        return job, ()
    job = replace(
        job,
        stored=job.stored - {chunk_id},
        fetched=job.fetched - {chunk_id},
        waiting=job.waiting | {chunk_id},
    )
    if job.phase is Phase.ASSEMBLING:
        job = replace(job, phase=Phase.STAGING)
    if job.phase not in _WORKING:
        return job, ()
    job, leases = _with_leases(job)
    return job, (StageChunks((chunk_id,)), *leases)


def _settled(job: Job) -> tuple[Job, Effects]:
    """Return the job in the working phase that fits it, assembling when all is here."""
    if job.phase not in _WORKING:
        return job, ()
    if len(job.fetched) == len(job.planned):
        return _assemble(job)
    if len(job.fetched) + len(job.buried) == len(job.planned) and job.fault is not None:
        return _fail(job, job.fault)
    return replace(job, phase=_working_phase(job)), ()


def _working_phase(job: Job) -> Phase:
    if any(state is LeaseState.READY for _, state in job.leases):
        return Phase.RENDERING
    if job.interruptions and job.phase in (Phase.RENDERING, Phase.RECOVERING):
        return Phase.RECOVERING
    return Phase.LEASING


def _assemble(job: Job) -> tuple[Job, Effects]:
    finish = tuple(FinishLease(lease) for lease, _ in job.leases)
    return replace(job, phase=Phase.ASSEMBLING), (*finish, AssembleVideo())


def _on_assembled(job: Job) -> tuple[Job, Effects]:
    if job.phase is not Phase.ASSEMBLING:
        return job, ()
    return replace(job, phase=Phase.DONE, fault=None), ()


def _fail(job: Job, fault: Fault) -> tuple[Job, Effects]:
    """Let the workers end, then rest as failed; what is stored stays."""
    if job.phase not in _WORKING and job.phase is not Phase.ASSEMBLING:
        return job, ()
    drains = tuple(DrainLease(lease) for lease, _ in job.leases)
    return replace(job, phase=Phase.FAILED, fault=fault), drains


def _end(job: Job, phase: Phase) -> tuple[Job, Effects]:
    if job.phase is Phase.STOPPING and phase is Phase.CANCELLING:
        return replace(job, phase=phase), ()
    if job.phase in (Phase.PLANNED, Phase.STOPPED, Phase.FAILED):
        ended = Phase.CANCELLED if phase is Phase.CANCELLING else job.phase
        return replace(job, phase=ended), ()
    if job.phase not in _WORKING and job.phase is not Phase.ASSEMBLING:
        return job, ()
    drains = tuple(DrainLease(lease) for lease, _ in job.leases)
    for lease, _ in job.leases:
        job = _marked(job, lease, LeaseState.DRAINING)
    job = replace(job, leaving=frozenset())
    job, effects = _rest(replace(job, phase=phase))
    return job, (*drains, *effects)


def _rest(job: Job) -> tuple[Job, Effects]:
    """Come to rest once no lease is held."""
    if job.leases or job.phase not in _ENDING:
        return job, ()
    at_rest = Phase.STOPPED if job.phase is Phase.STOPPING else Phase.CANCELLED
    return replace(job, phase=at_rest), ()


def _marked(job: Job, lease_id: LeaseId, state: LeaseState) -> Job:
    leases = tuple((held, state if held == lease_id else was) for held, was in job.leases)
    return replace(job, leases=leases)
