"""Be the fleet of pods that cannot be seen: their words in the job's store are all there is."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from orchestrator.events import Fault, LeaseId, Loss
from orchestrator.fleet import Gone, Refused, Said, Tell
from orchestrator.fleet.kubernetes.fleet import Choice
from orchestrator.fleet.kubernetes.others import Present, Waiting
from orchestrator.plan import ChunkPlan
from remote_worker.account import WorkerSummary, summaries_of
from remote_worker.contract import VERSION
from remote_worker.contract.coding import ContractError, from_text
from remote_worker.contract.messages import (
    Bye,
    ChunkDone,
    Claimed,
    Hello,
    Message,
    Notice,
    Order,
    SegmentStored,
)
from remote_worker.contract.records import ChunkId, Digest, JobId, SegmentId, SegmentRecord
from remote_worker.errors import BlobMissing, WorkerError
from remote_worker.stores import Store, segment_key

_JOIN_S = 90.0
_GOODBYES_S = 60.0
_LOOK_S = 0.5
_SEGMENTS = "segments/"


@dataclass
class _Heard:
    """A worker whose word is followed."""

    lease_id: LeaseId
    is_spare: bool
    """Whether no lease waited for it; it works all the same, and gets the next one."""
    word: WorkerSummary
    changed_s: float
    """When its word was last another one, by this machine's clock."""
    noticed: bool = False


class SummaryFleet:
    """The :class:`~orchestrator.fleet.Fleet` contract by what agents leave in their store.

    Who works, and at which chunk, is in each worker's summary; what is rendered is read from the
    segments themselves, which are the truth.  Agents are told nothing here: none would hear it.
    """

    def __init__(
        self,
        store: Store,
        job_id: JobId,
        chunks: Collection[ChunkPlan],
        choice: Choice,
        tell: Tell,
        *,
        is_ours: Callable[[str], bool],
        waiting: Waiting,
        on_close: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is asked of the store before a lease is requested.

        ``is_ours`` knows the agents of the Jobs as they are applied now.
        """
        self._store, self._job_id, self._choice, self._tell = store, job_id, choice, tell
        self._is_ours, self._waiting = is_ours, waiting
        self._on_close, self._clock = on_close, clock
        self._chunk_of = {r.segment_id: c.chunk_id for c in chunks for r in c.segments}
        self._left = {c.chunk_id: {r.segment_id for r in c.segments} for c in chunks}
        self._known: frozenset[SegmentId] | None = None
        """Segments that were in the store at the last look; None before the first."""
        self._open: list[LeaseId] = []
        self._heard: dict[str, _Heard] = {}
        self._past: dict[str, str] = {}
        """The last word, by its time, of agents that are over."""
        self._present: Present | None = None
        self._lock, self._over = threading.Lock(), threading.Event()
        self._keeper: threading.Thread | None = None

    # -- the contract ----------------------------------------------------------------------

    def request(self, lease_id: LeaseId) -> None:
        """Wait for one more agent; see the contract."""
        with self._lock:
            self._open.append(lease_id)
            if self._keeper is None and not self._over.is_set():
                self._keeper = threading.Thread(target=self._keep, name="summaries", daemon=True)
                self._keeper.start()

    def order(self, lease_id: LeaseId, order: Order) -> None:
        """Give a lease that waits back; an agent that serves one hears no orders."""
        del order
        with self._lock:
            if lease_id not in self._open:
                return
            self._open.remove(lease_id)
        self._tell(Gone(lease_id, orderly=True, last_words="not needed any more"))

    def check(self) -> None:
        """Do nothing: who fell silent is found by the thread that looks into the store."""

    def close(self) -> None:
        """Look no more."""
        self._over.set()
        if self._keeper is not None:
            self._keeper.join(_JOIN_S)
        self._on_close()

    def leave(self) -> None:
        """Look no more."""
        self.close()

    def present(self) -> Present | None:
        """Return how many agents there are; see ``others.Sight``."""
        return self._present

    # -- one look --------------------------------------------------------------------------

    def _keep(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(WorkerError):  # the runner minds a store that stays away
                self._look()
            self._over.wait(self._waiting.look_s)

    def _look(self) -> None:
        for word in _words(self._store, self._job_id):
            self._hear(word)
        for agent_id, heard in list(self._heard.items()):
            if self._clock() - heard.changed_s > self._waiting.silent_s:
                self._say_gone(agent_id, heard, orderly=False)
        self._give_leases_to_spares()
        self._see_segments()
        ours, ended = (sum(map(self._is_ours, each)) for each in (self._heard, self._past))
        self._present = Present(len(self._heard), ours, ended)

    def _hear(self, word: WorkerSummary) -> None:
        agent_id, now_s = word.agent_id, self._clock()
        if self._past.get(agent_id) == word.written_at:
            return
        heard = self._heard.get(agent_id)
        if heard is None:
            heard = self._meet(word)
            if heard is None:
                return
        elif word.written_at != heard.word.written_at:
            self._tell_changes(heard, word)
            heard.changed_s = now_s
        heard.word = word
        if word.state == "ended":
            self._say(heard, Bye(reason=word.reason))
            self._say_gone(agent_id, heard, orderly=not heard.noticed)

    def _meet(self, word: WorkerSummary) -> _Heard | None:
        """Begin to follow an agent; one that ended before it was met is nobody's."""
        if word.state == "ended":
            self._past[word.agent_id] = word.written_at
            return None
        if word.worker_digest and not self._is_fit(word):
            self._refuse_all()
            return None
        with self._lock:
            is_spare = not self._open
            lease_id = LeaseId(f"pod-{word.agent_id}") if is_spare else self._open.pop(0)
        heard = _Heard(lease_id, is_spare, word, self._clock())
        self._heard[word.agent_id] = heard
        self._say(heard, _hello(word))
        self._tell_changes(heard, word, anew=True)
        return heard

    def _is_fit(self, word: WorkerSummary) -> bool:
        return (word.worker_digest, word.build) == (self._choice.worker_digest, self._choice.build)

    def _refuse_all(self) -> None:
        fault = Fault("worker_unfit", "The image holds another worker.", "Name another image.")
        with self._lock:
            waiting, self._open = self._open, []
        for lease_id in waiting:
            self._tell(Refused(lease_id, fault))

    def _tell_changes(self, heard: _Heard, word: WorkerSummary, *, anew: bool = False) -> None:
        before = None if anew or heard.word.task is None else heard.word.task.claim_id
        task = word.task
        if task is not None and task.claim_id != before:
            claimed = Claimed(
                chunk_id=task.chunk_id, deliveries=task.deliveries, claim_id=task.claim_id
            )
            self._say(heard, claimed)
        if word.notice_s is not None and not heard.noticed:
            heard.noticed = True
            self._say(heard, Notice(grace_s=word.notice_s))

    def _give_leases_to_spares(self) -> None:
        for heard in self._heard.values():
            if not heard.is_spare or heard.noticed:
                continue
            with self._lock:
                if not self._open:
                    return
                heard.lease_id, heard.is_spare = self._open.pop(0), False
            self._say(heard, _hello(heard.word))
            self._tell_changes(heard, heard.word, anew=True)

    def _see_segments(self) -> None:
        """Tell of segments that are new in the store, and of chunks that are whole by them."""
        keys = set(self._store.keys(_SEGMENTS))
        there = frozenset(each for each in self._chunk_of if segment_key(each) in keys)
        fresh = there - self._known if self._known is not None else frozenset[SegmentId]()
        for segment_id in sorted(fresh):
            self._tell_segment(segment_id)
        self._known = there
        for chunk_id, wanted in list(self._left.items()):
            if wanted <= there:
                del self._left[chunk_id]
                self._tell(Said(self._holder_of(chunk_id), ChunkDone(chunk_id=chunk_id)))

    def _tell_segment(self, segment_id: SegmentId) -> None:
        try:
            record = from_text(SegmentRecord, self._store.get(segment_key(segment_id)))
        except (BlobMissing, ContractError):
            return  # whoever collects it says what is wrong with it
        chunk_id = self._chunk_of[segment_id]
        stored = SegmentStored(
            chunk_id=chunk_id,
            segment_id=segment_id,
            blob=record.blob,
            segment_bytes=record.segment_bytes,
            reused=False,
        )
        self._tell(Said(self._holder_of(chunk_id), stored))

    def _holder_of(self, chunk_id: ChunkId) -> LeaseId:
        """Return the lease of the agent that has, or had, a chunk."""
        for heard in self._heard.values():
            tasks = (*heard.word.ended, *((heard.word.task,) if heard.word.task else ()))
            if any(each.chunk_id == chunk_id for each in tasks):
                return heard.lease_id
        return LeaseId("pod")

    def _say(self, heard: _Heard, message: Message) -> None:
        self._tell(Said(heard.lease_id, message))

    def _say_gone(self, agent_id: str, heard: _Heard, *, orderly: bool) -> None:
        del self._heard[agent_id]
        self._past[agent_id] = heard.word.written_at
        why = heard.word.reason if heard.word.state == "ended" else "nothing was heard of it"
        how: Loss = "interrupted" if heard.noticed else "lost"
        self._tell(Gone(heard.lease_id, orderly, why, how))


def wait_for_goodbyes(store: Store, job_id: JobId, period_s: float) -> None:
    """Return once every agent has said goodbye, or nothing more; they write every ``period_s``.

    It is waited for a minute at most, and not at all where the store does not answer.
    """
    give_up_s = time.monotonic() + _GOODBYES_S
    changed: dict[str, tuple[str, float]] = {}
    with contextlib.suppress(WorkerError):
        while time.monotonic() < give_up_s:
            living = [each for each in _words(store, job_id) if each.state != "ended"]
            now_s = time.monotonic()
            for each in living:
                said, since_s = changed.get(each.agent_id, ("", now_s))
                since_s = since_s if said == each.written_at else now_s
                changed[each.agent_id] = (each.written_at, since_s)
            if all(now_s - changed[each.agent_id][1] > 1.5 * period_s for each in living):
                return
            threading.Event().wait(_LOOK_S)


def _words(store: Store, job_id: JobId) -> list[WorkerSummary]:
    found = []
    for key in tuple(store.keys(summaries_of(job_id))):
        try:
            found.append(from_text(WorkerSummary, store.get(key)))
        except (BlobMissing, ContractError):
            continue  # it went, or another version wrote it
    return found


def _hello(word: WorkerSummary) -> Hello:
    """Return the agent's hello as far as its summary says it; what it does not say is nothing."""
    return Hello(
        agent_id=word.agent_id,
        contract_version=VERSION,
        worker_digest=Digest(word.worker_digest),
        build=word.build,
        cpu_count=0,
        memory_bytes=0,
        gpu=word.gpus[0].name if word.gpus else "",
    )
