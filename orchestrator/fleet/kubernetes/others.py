"""Be the fleet of a job whose pods somebody else makes and ends: watch, wait, and never touch."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from orchestrator import events
from orchestrator.desk.rented import Asked
from orchestrator.errors import NotSaved, SecondUnitError
from orchestrator.events import Fault, LeaseId
from orchestrator.fleet import Fleet, FleetEvent, Gone, Refused, Said, Tell
from orchestrator.fleet.kubernetes import names
from orchestrator.fleet.kubernetes.api import Api
from orchestrator.fleet.kubernetes.handover import Handover
from orchestrator.fleet.kubernetes.manifests import FINISH_KEY
from orchestrator.fleet.kubernetes.names import Pool
from orchestrator.fleet.kubernetes.seen import PodSeen, pods_of
from orchestrator.home import Home
from orchestrator.jobs import journal_path
from orchestrator.journal import read_events
from orchestrator.staged import staged_in
from remote_worker.contract.messages import Order
from remote_worker.contract.records import ChunkId, JobId
from remote_worker.errors import WorkerError
from remote_worker.stores import Store

_JOIN_S = 90.0
_CONFIG_REFUSED = 2
"""The exit code of an agent that does not take its configuration."""
_USELESS = ("worker_misconfigured", "worker_unfit", "pods_do_not_start")
"""Faults after which the Jobs that are there make nothing but more of the same."""
_LEFT = "it was left to whoever applied its Job"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How long others are waited for; stories are told faster than life."""

    look_s: float = 2.0
    apply_s: float = 24 * 3600.0
    """Somebody may take so long to apply the manifests."""
    again_s: float = 90.0
    """Without a pod for so long, the Jobs are over: one that is not replaces its pods at once."""
    silent_s: float = 120.0
    """An agent whose word in the store does not change for so long is gone."""


@dataclass(frozen=True, slots=True)
class Present:
    """What is seen of a job's pods at one moment."""

    now: int
    """Those that run, or will."""
    ours: int
    """Of these, those of the Jobs in the manifests; KEDA makes Jobs of other names."""
    past: int
    """Those of the Jobs in the manifests that have ended."""


class Sight(Protocol):
    """How it is known which pods there are."""

    def present(self) -> Present | None:
        """Return what was seen last; None before the first look."""
        ...


class PodsOfOthers:
    """The pools of a job as one sees them who may only look; see ``pools.Pools``."""

    def __init__(self, api: Api, job_id: JobId, is_ours: Callable[[str], bool]) -> None:
        """Prepare; nothing is asked.  ``is_ours`` knows the pods of the manifests' own Jobs."""
        self.api, self._job_id, self._is_ours = api, job_id, is_ours
        self._pods: tuple[PodSeen, ...] | None = None

    def look(self) -> tuple[PodSeen, ...]:
        """Return the job's pods.

        Raises:
            CloudError: the cluster does not answer, or refuses.
        """
        self._pods = pods_of(self.api.find("Pod", names.selector(self._job_id)))
        return self._pods

    def present(self) -> Present | None:
        """Return how many pods there are; see :class:`Sight`."""
        if self._pods is None:
            return None
        now = [each for each in self._pods if each.state != "ended"]
        ours = sum(self._is_ours(each.name) for each in now)
        all_ours = sum(self._is_ours(each.name) for each in self._pods)
        return Present(len(now), ours, all_ours - ours)

    def broken(self) -> Fault | None:
        """Return why agents refuse what they are told, when they do."""
        for pod in self._pods or ():
            if pod.exit_code == _CONFIG_REFUSED and not pod.disrupted and self._is_ours(pod.name):
                return Fault(
                    "worker_misconfigured",
                    f"The agents refuse their configuration; see the log of the pod {pod.name}.",
                    "Check storage, queue and keys of the cluster, then resume the job and have"
                    " the new manifests applied.",
                )
        return None

    def have(
        self, pool: Pool, target: int, alive: Collection[PodSeen], given_up: Collection[PodSeen]
    ) -> None:
        """Do nothing: how many there are is for others to say."""

    def end_pod(self, name: str, within_s: float | None) -> None:
        """Do nothing: the pod is not ours."""

    def give_up_pod(self, name: str) -> None:
        """Do nothing: the pod is not ours."""

    def end(self) -> None:
        """Do nothing: the pods are not ours."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One job as the fleet of others needs to know it."""

    home: Home
    job_id: JobId
    chunks: frozenset[ChunkId]
    store: Store


class FleetOfOthers:
    """The :class:`~orchestrator.fleet.Fleet` contract over pods that somebody else applies.

    An inner fleet hears the pods.  What is told to a pod ends here: its lease is over at once,
    the pod goes on until the store says that nothing more will come.
    """

    def __init__(
        self,
        inner: Callable[[Tell], tuple[Fleet, Sight]],
        handover: Handover,
        errand: Errand,
        tell: Tell,
        *,
        waiting: Waiting,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is waited for before a lease is requested.

        ``inner`` makes the fleet that hears the pods, and what sees how many there are.
        """
        self._handover, self._errand, self._tell = handover, errand, tell
        self._waiting, self._clock = waiting, clock
        self._wanted: set[LeaseId] = set()
        """Leases that are requested or held."""
        self._closed: set[LeaseId] = set()
        self._lock, self._over = threading.Lock(), threading.Event()
        self._keeper: threading.Thread | None = None
        self._until_s: float | None = None
        """When it is no longer waited for somebody; None while somebody is there."""
        self._alone_s: float | None = None
        """Since when the Jobs' pods are all over."""
        self._had_somebody = self._had_ours = self._said_finish = False
        self._inner, self._sight = inner(self._hear)

    # -- the contract ----------------------------------------------------------------------

    def request(self, lease_id: LeaseId) -> None:
        """Wait for one more pod; see the contract."""
        with self._lock:
            self._wanted.add(lease_id)
            if self._keeper is None and not self._over.is_set():
                self._keeper = threading.Thread(target=self._keep, name="others", daemon=True)
                self._keeper.start()
        self._inner.request(lease_id)

    def order(self, lease_id: LeaseId, order: Order) -> None:
        """Let go of the lease's pod, which hears nothing of it; see the contract."""
        with self._lock:
            was_wanted = lease_id in self._wanted
            self._wanted.discard(lease_id)
            self._closed.add(lease_id)
        self._inner.order(lease_id, order)
        if was_wanted:
            self._tell(Gone(lease_id, orderly=True, last_words=_LEFT))

    def check(self) -> None:
        """Do nothing but what the inner fleet does; see the contract."""
        self._inner.check()

    def close(self) -> None:
        """Look no more; the pods go on."""
        self._end()
        self._inner.close()

    def leave(self) -> None:
        """Look no more; the pods go on."""
        self._end()
        self._inner.leave()

    def _end(self) -> None:
        self._over.set()
        if self._keeper is not None:
            self._keeper.join(_JOIN_S)
        self._handover.asks = None

    def _hear(self, event: FleetEvent) -> None:
        lease_id = event.lease_id
        with self._lock:
            if lease_id in self._closed and not isinstance(event, Said):
                return  # it was told as gone when it was let go
            if not isinstance(event, Said):
                self._wanted.discard(lease_id)
        if isinstance(event, Refused):
            event = replace(event, fault=self._in_our_words(event.fault))
        self._tell(event)

    def _in_our_words(self, fault: Fault) -> Fault:
        if fault.reason in _USELESS:
            self._handover.spend()
        if fault.reason != "worker_unfit":
            return fault
        return Fault(
            fault.reason,
            "The image holds another worker than the one of this app.",
            "Name the image that was made for this version, resume the job, and have the new"
            " manifests applied.",
        )

    # -- waiting ---------------------------------------------------------------------------

    def _keep(self) -> None:
        while not self._over.is_set():
            self._say_finish()
            with contextlib.suppress(NotSaved):  # what is asked for stays as it was
                self._mind_presence(self._sight.present())
            self._over.wait(self._waiting.look_s)

    def _mind_presence(self, seen: Present | None) -> None:
        now_s = self._clock()
        if seen is not None and seen.now:
            self._had_somebody, self._until_s, self._alone_s = True, None, None
            self._had_ours = self._had_ours or seen.ours > 0
            self._handover.asks = None
            return
        with self._lock:
            waits = tuple(self._wanted)
        if not waits:
            self._handover.asks = None  # all is rendered, or the job rests
            return
        if self._until_s is None and not self._had_ours:
            self._wait_from(now_s, "" if self._had_somebody else "apply")
        if seen is not None and (seen.past or (self._had_ours and self._until_s is None)):
            self._alone_s = self._alone_s if self._alone_s is not None else now_s
            if now_s - self._alone_s >= self._waiting.again_s:
                self._alone_s = None
                self._handover.again()
                self._wait_from(now_s, "apply again")
        if self._until_s is not None and now_s >= self._until_s:
            self._give_up(waits)

    def _wait_from(self, now_s: float, what: Asked | Literal[""]) -> None:
        """Wait so long for somebody; nothing is asked for where pods come and go by themselves."""
        apply_s = self._waiting.apply_s
        until = datetime.now(UTC) + timedelta(seconds=apply_s)
        self._until_s = now_s + apply_s
        if what:
            self._handover.ask(what, until.isoformat(timespec="minutes"))

    def _give_up(self, waits: tuple[LeaseId, ...]) -> None:
        fault = Fault(
            "nobody_applied",
            "Nobody applied the manifests of the agents in time; what is staged is kept.",
            "Have them applied, then resume the job: it goes on with the pods that are there.",
        )
        with self._lock:
            self._wanted.difference_update(waits)
            self._closed.update(waits)
        for lease_id in waits:
            self._tell(Refused(lease_id, fault))

    def _say_finish(self) -> None:
        """Once all is out, say in the store that agents without work may go."""
        if self._said_finish:
            return
        with contextlib.suppress(SecondUnitError, WorkerError, OSError):  # the next look says it
            if self._errand.chunks <= _out(self._errand.home, self._errand.job_id):
                self._errand.store.put(FINISH_KEY, b"{}")
                self._said_finish = True


def _out(home: Home, job_id: JobId) -> frozenset[ChunkId]:
    """Return the chunks that are in the queue or beyond."""
    happened = read_events(journal_path(home, job_id))
    stored = {each.chunk_id for each in happened if isinstance(each, events.ChunkStored)}
    return staged_in(happened) | stored
