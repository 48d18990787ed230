"""Be the fleet of one run in a cluster: a lease is one pod, and the cluster says which."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from orchestrator.cloud_errors import (
    CloudError,
    CloudUnreachable,
    CredentialsExpired,
    PermissionMissing,
    Throttled,
)
from orchestrator.events import Fault, LeaseId, Loss
from orchestrator.fleet import Gone, Refused, Said, Tell
from orchestrator.fleet.kubernetes.names import Pool
from orchestrator.fleet.kubernetes.pools import PodPools
from orchestrator.fleet.kubernetes.scale import PoolSeen, Targets, targets
from orchestrator.fleet.kubernetes.seen import DOUBTFUL, HOPELESS, OUTRANKED, PodSeen
from orchestrator.fleet.kubernetes.voice import Voice
from remote_worker.contract.messages import Bye, Drain, Hello, Message, Notice, Order
from remote_worker.contract.records import Digest
from remote_worker.errors import WorkerError
from remote_worker.queues import Depth

_PASSING = (CloudUnreachable, CredentialsExpired, Throttled)
_JOIN_S = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long what may take how long; stories are told faster than life."""

    look_s: float = 2.0
    """Between looks at the cluster."""
    silent_s: float = 120.0
    """An agent that says nothing for so long is frozen, or its node is gone."""
    hopeless_s: float = 30.0
    """A pod that cannot start is waited for so long."""
    doubtful_s: float = 300.0
    """The same where the reason may pass, as with an image that cannot be had."""
    node_s: float = 1800.0
    """Pods may find no node for so long, all of them together."""
    podless_s: float = 1800.0
    """The cluster may make no pod at all for so long, as where it refuses every one."""
    outranked_s: float = 12 * 3600.0
    """The same where others, that are more urgent, took the nodes of this job's pods."""
    spot_s: float = 300.0
    """Spot pods may wait for a node so long before the fallback is asked."""
    last_words_s: float = 5.0
    """A pod that ended may be read for so long."""
    away_s: float = 300.0
    """The cluster may be away so long before leases are refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What one run's fleet may do."""

    worker_digest: Digest
    build: str
    """Of the media library: another one makes other bytes."""
    on_demand_pods: int = 0
    """How many stand in, at most, for spot pods that find no node."""
    patience: Patience = field(default_factory=Patience)


@dataclass
class _Held:
    """A pod whose agent is followed."""

    lease_id: LeaseId
    seen: PodSeen
    voice: Voice
    is_spare: bool
    """Whether no lease waited for it; it works all the same, and gets the next one."""
    hello: Hello | None = None
    said_bye: bool = False
    noticed: bool = False
    """Whether its agent heard that its node is taken back."""
    told_to_end: bool = False
    ended_s: float | None = None


class KubernetesFleet:
    """The :class:`~orchestrator.fleet.Fleet` contract with the pods of work-queue Jobs.

    Which pod serves which lease is found out, not said: the Job controller makes pods and
    replaces those that are taken, and each that runs gets the lease that waited longest.  Pods
    that an earlier run of the job left running are taken over by the same rule.
    """

    def __init__(
        self,
        pools: PodPools,
        depth: Callable[[], Depth],
        choice: Choice,
        tell: Tell,
        *,
        on_close: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; ``depth`` is a quick look into the job's queue.

        ``on_close`` is called when this machine is done with the pods.
        """
        self._pools, self._depth, self._choice, self._tell = pools, depth, choice, tell
        self._clock, self._on_close = clock, on_close
        self._open: list[LeaseId] = []
        """Leases that no pod serves yet, in the order they were asked for."""
        self._held: dict[str, _Held] = {}
        """By the pod's uid."""
        self._given_up: set[str] = set()
        self._past: set[str] = set()
        """Pods that are over, those of earlier runs too."""
        self._met_s: dict[str, float] = {}
        """When each pod was first seen, by this machine's clock."""
        self._has_looked = self._is_outranked = False
        self._podless_s: float | None = None
        """Since when a lease waits and no pod is there; None: one is, or none is asked for."""
        self._ending: dict[LeaseId, float | None] = {}
        """Leases whose agents are to end, and within how many seconds; None: the pod's own."""
        self._lock = threading.Lock()
        self._wake, self._over = threading.Event(), threading.Event()
        self._looked_s = self._answered_s = clock()
        self._keeper: threading.Thread | None = None

    # -- the contract ----------------------------------------------------------------------

    def request(self, lease_id: LeaseId) -> None:
        """Begin to get one pod; see the contract."""
        with self._lock:
            self._open.append(lease_id)
            if self._keeper is None and not self._over.is_set():
                self._keeper = threading.Thread(target=self._keep, name="pods", daemon=True)
                self._keeper.start()
        self._wake.set()

    def order(self, lease_id: LeaseId, order: Order) -> None:
        """End the lease's pod: agents hear SIGTERM and nothing else; see the contract."""
        within_s = order.grace_s if isinstance(order, Drain) else None
        with self._lock:
            was_open = lease_id in self._open
            if was_open:
                self._open.remove(lease_id)
            else:
                self._ending[lease_id] = within_s
        if was_open:
            self._tell(Gone(lease_id, orderly=True, last_words="not needed any more"))
        self._wake.set()

    def check(self) -> None:
        """Do nothing: agents that fell silent are found by the thread that looks after pods."""

    def close(self) -> None:
        """End every pod at once and wait until they are gone; see the contract."""
        self._stop_keeping()
        with contextlib.suppress(CloudError):  # what is left is found by its labels, and ended
            self._pools.end()
        self._hang_up()

    def leave(self) -> None:
        """Let every pod go on without this machine; the next run takes them over."""
        self._stop_keeping()
        self._hang_up()

    def _stop_keeping(self) -> None:
        self._over.set()
        self._wake.set()
        if self._keeper is not None:
            self._keeper.join(_JOIN_S)

    def _hang_up(self) -> None:
        for held in self._held.values():
            held.voice.hang_up()
        self._on_close()

    # -- one look --------------------------------------------------------------------------

    def _keep(self) -> None:
        while not self._over.is_set():
            self._wake.clear()
            try:
                self._look()
                self._answered_s = self._clock()
            except _PASSING as error:
                if self._clock() - self._answered_s > self._choice.patience.away_s:
                    self._refuse_all(_fault(error))
            except CloudError as error:
                self._refuse_all(_fault(error))
            self._wake.wait(self._choice.patience.look_s)

    def _look(self) -> None:
        self._mind_own_absence()
        pods = self._pools.look()
        self._note(pods)
        known = {each.uid: each for each in pods}
        for uid, held in list(self._held.items()):
            self._follow_up(uid, held, known.get(uid))
        for pod in pods:
            if pod.uid not in self._held and pod.uid not in self._past:
                self._meet(pod)
        self._give_leases_to_spares()
        if fault := self._pools.broken() or self._stuck(pods):
            self._refuse_all(fault)
        if self._is_over():  # else a pod that ends is replaced at once
            self._scale(pods)
            self._end_those_told()
        else:  # else the Job chooses itself which pod is one too many
            self._end_those_told()
            self._scale(pods)

    def _is_over(self) -> bool:
        """Return whether every lease that there is was told to end."""
        with self._lock:
            leases = [held.lease_id for held in self._held.values() if not held.is_spare]
            return not self._open and all(each in self._ending for each in leases)

    def _give_leases_to_spares(self) -> None:
        for held in self._held.values():
            if not held.is_spare or held.noticed or held.ended_s is not None:
                continue
            with self._lock:
                if not self._open:
                    return
                held.lease_id, held.is_spare = self._open.pop(0), False
            if held.hello is not None:
                self._tell(Said(held.lease_id, held.hello))

    def _mind_own_absence(self) -> None:
        """After this machine slept, every agent gets its full time again."""
        now_s = self._clock()
        if now_s - self._looked_s > self._choice.patience.silent_s / 2:
            self._answered_s, self._podless_s = now_s, None
            for held in self._held.values():
                held.voice.excuse()
        self._looked_s = now_s

    def _note(self, pods: tuple[PodSeen, ...]) -> None:
        """Remember since when each pod is known; those that were over before are nobody's."""
        for pod in pods:
            self._met_s.setdefault(pod.uid, self._clock())
            if not self._has_looked and pod.state == "ended":
                self._past.add(pod.uid)
        self._has_looked = True
        if any(pod.state == "running" and not pod.ending for pod in pods):
            self._is_outranked = False
        elif any(pod.reason == OUTRANKED for pod in pods):
            self._is_outranked = True

    def _meet(self, pod: PodSeen) -> None:
        """Give a pod that runs the lease that waited longest; one without is heard as well."""
        if pod.state == "pending":
            return
        with self._lock:
            is_spare = not self._open
            lease_id = LeaseId(f"pod-{pod.name}") if is_spare else self._open.pop(0)
        uid = pod.uid
        voice = Voice(
            self._pools.api, pod.name, lambda said: self._hear(uid, said), clock=self._clock
        )
        self._held[uid] = _Held(lease_id, pod, voice, is_spare)
        voice.start()

    def _hear(self, uid: str, message: Message) -> None:
        held = self._held[uid]
        match message:
            case Hello() if not self._is_fit(message):
                self._refuse_all(_unfit())
                return
            case Hello():
                held.hello = message
            case Bye():
                held.said_bye = True
            case Notice() if held.told_to_end or held.lease_id in self._ending:
                return  # it was us who sent the signal
            case Notice(grace_s=float()):
                held.noticed = True
                self._wake.set()
        self._tell(Said(held.lease_id, message))

    def _is_fit(self, hello: Hello) -> bool:
        wanted = (self._choice.worker_digest, self._choice.build)
        return (hello.worker_digest, hello.build) == wanted

    def _follow_up(self, uid: str, held: _Held, now: PodSeen | None) -> None:
        """See what became of a pod, and tell once it is over and all was heard."""
        held.seen = now or held.seen
        patience = self._choice.patience
        if now is not None and now.state != "ended":
            if isinstance(held.voice.trouble, PermissionMissing):
                self._refuse_all(_fault(held.voice.trouble))
            elif held.voice.silent_s > patience.silent_s:
                self._pools.give_up_pod(now.name)  # its node may be gone: nobody is waited for
                self._given_up.add(uid)
                self._say_gone(uid, held)
            return
        held.voice.pod_has_ended()
        held.ended_s = held.ended_s if held.ended_s is not None else self._clock()
        if not held.voice.is_done and self._clock() - held.ended_s < patience.last_words_s:
            return
        self._say_gone(uid, held)

    def _say_gone(self, uid: str, held: _Held) -> None:
        held.voice.hang_up()
        del self._held[uid]
        self._past.add(uid)
        with self._lock:
            self._ending.pop(held.lease_id, None)
        how: Loss = "interrupted" if held.seen.disrupted or held.noticed else "lost"
        self._tell(Gone(held.lease_id, _is_orderly(held), _last_words(held), how))

    def _end_those_told(self) -> None:
        with self._lock:
            ending = dict(self._ending)
        for held in self._held.values():
            if held.lease_id in ending and not held.told_to_end:
                held.told_to_end = True
                self._pools.end_pod(held.seen.name, ending[held.lease_id])

    # -- how many --------------------------------------------------------------------------

    def _scale(self, pods: tuple[PodSeen, ...]) -> None:
        there = [pod for pod in pods if pod.state != "ended"]
        going = [pod for pod in there if self._is_going(pod)]
        alive = [pod for pod in there if pod not in going]
        with self._lock:
            wanted = len(self._open) + sum(self._has_lease(pod) for pod in alive)
        spot = self._pool([pod for pod in alive if pod.pool == "spot"])
        on_demand = self._pool([pod for pod in alive if pod.pool == "on-demand"])
        found = targets(
            wanted,
            self._depth_now() if wanted else None,
            spot,
            on_demand,
            most_on_demand=self._choice.on_demand_pods,
            patience_s=self._choice.patience.spot_s,
        )
        for pool, target in _by_pool(found):
            staying = [pod for pod in alive if pod.pool == pool]
            given_up = [p for p in going if p.pool == pool and p.uid in self._given_up]
            self._pools.have(pool, target, staying, given_up)

    def _has_lease(self, pod: PodSeen) -> bool:
        held = self._held.get(pod.uid)
        return held is not None and not held.is_spare

    def _is_going(self, pod: PodSeen) -> bool:
        held = self._held.get(pod.uid)
        if pod.ending or held is None:
            return pod.ending
        return held.noticed or held.lease_id in self._ending

    def _depth_now(self) -> Depth | None:
        try:
            return self._depth()
        except WorkerError:
            return None  # the runner minds a queue that stays away

    def _pool(self, alive: list[PodSeen]) -> PoolSeen:
        pending = [each for each in alive if each.state == "pending"]
        return PoolSeen(
            running=len(alive) - len(pending),
            pending=len(pending),
            waits_s=max((self._waits_s(each) for each in pending), default=0.0),
        )

    def _waits_s(self, pod: PodSeen) -> float:
        return self._clock() - self._met_s[pod.uid]

    def _podless(self, pods: tuple[PodSeen, ...]) -> Fault | None:
        """Return that the cluster makes no pods, where it has made none for long."""
        with self._lock:
            is_waiting = bool(self._open) and all(pod.state == "ended" for pod in pods)
        if not is_waiting:
            self._podless_s = None
            return None
        if self._podless_s is None:
            self._podless_s = self._clock()
        is_long = self._clock() - self._podless_s > self._choice.patience.podless_s
        return _no_pods() if is_long else None

    def _stuck(self, pods: tuple[PodSeen, ...]) -> Fault | None:
        """Return why no pod of the job will ever run, once that is plain."""
        if fault := self._podless(pods):
            return fault
        waiting = [each for each in pods if each.state == "pending" and not each.ending]
        if not waiting or any(each.state == "running" for each in pods):
            return None
        patience = self._choice.patience
        for pod in waiting:
            waits_s = self._waits_s(pod)
            if pod.reason in HOPELESS and waits_s > patience.hopeless_s:
                return _not_started(pod)
            if pod.reason in DOUBTFUL and waits_s > patience.doubtful_s:
                return _not_started(pod)
        node_s = patience.outranked_s if self._is_outranked else patience.node_s
        if all(self._waits_s(pod) > node_s for pod in waiting):
            return _no_node(waiting[0])
        return None

    def _refuse_all(self, fault: Fault) -> None:
        """Refuse every lease that waits, and those whose agents are none of ours to use."""
        with self._lock:
            waiting, self._open = self._open, []
            refused = [
                held.lease_id
                for held in self._held.values()
                if not held.told_to_end and held.lease_id not in self._ending
            ]
            for lease_id in refused:
                self._ending[lease_id] = 0.0
        for lease_id in (*waiting, *refused):
            self._tell(Refused(lease_id, fault))


def _by_pool(found: Targets) -> tuple[tuple[Pool, int], ...]:
    return ("spot", found.spot), ("on-demand", found.on_demand)


def _is_orderly(held: _Held) -> bool:
    return held.said_bye and not held.seen.disrupted and held.seen.exit_code in (0, 4, None)


def _last_words(held: _Held) -> str:
    seen = held.seen
    code = f"exit code {seen.exit_code}" if seen.exit_code else ""
    return "\n".join(each for each in (held.voice.last_words, seen.reason, seen.why, code) if each)


def _fault(error: CloudError) -> Fault:
    return Fault(error.code, error.sentence, error.advice)


def _unfit() -> Fault:
    return Fault(
        "worker_unfit",
        "The image holds another worker than the one of this app; its pods were ended.",
        "Name the image that was made for this version, then resume the job.",
    )


def _not_started(pod: PodSeen) -> Fault:
    return Fault(
        "pods_do_not_start",
        f"The cluster cannot start the agents: {pod.reason}. {pod.why}".strip(),
        "Mend what it says (image, Secret or volume), then resume the job.",
    )


def _no_pods() -> Fault:
    return Fault(
        "no_pods",
        "The cluster makes no pods for the agents' Job.",
        "See its events, such as of a quota that is used up or of a PriorityClass that is not"
        " there, then resume the job.",
    )


def _no_node(pod: PodSeen) -> Fault:
    return Fault(
        "no_node",
        f"The cluster found no node for the agents: {pod.why or pod.reason}".strip(),
        "See whether its spot nodes can grow and match what is asked for, then resume the job.",
    )
