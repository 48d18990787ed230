"""Make what a job has beside a cluster in which somebody else applies its Jobs: its place."""

from __future__ import annotations

import threading
from dataclasses import replace

from orchestrator.cloud_errors import CloudError, CredentialsMissing
from orchestrator.desk.rented import Asks
from orchestrator.errors import RequestRefused
from orchestrator.fleet import Fleet, Tell
from orchestrator.fleet.kubernetes.api import Api
from orchestrator.fleet.kubernetes.cluster import Cluster
from orchestrator.fleet.kubernetes.fleet import Choice, KubernetesFleet
from orchestrator.fleet.kubernetes.handover import Counts, Handover
from orchestrator.fleet.kubernetes.line import QUEUE_PASSWORD, Keys, Line, line_of, unreachable
from orchestrator.fleet.kubernetes.manifests import FINISH_KEY, Outfit
from orchestrator.fleet.kubernetes.others import Errand, FleetOfOthers, PodsOfOthers, Sight
from orchestrator.fleet.kubernetes.rights import READING
from orchestrator.fleet.kubernetes.run import (
    PATIENCE_S,
    Wanted,
    outfit_of,
    require_engine,
    require_sound,
)
from orchestrator.fleet.kubernetes.summaries import SummaryFleet, wait_for_goodbyes
from orchestrator.home import Home
from orchestrator.jobs import JobRecord
from orchestrator.places import Place
from orchestrator.transfer.patience import PatientQueue, PatientStore
from remote_worker.agent import worker_digest
from remote_worker.contract.records import JobId
from remote_worker.errors import QueueUnavailable
from remote_worker.queues import Depth

_NOBODY_COUNTS = Depth(waiting=0, claimed=0, dead=0)
"""How many pods there are to be is for others to say: nobody needs to know the queue's depth."""


def way_into(cluster: Cluster, *, may_lack: bool) -> Api | None:
    """Return the way into a cluster; None where there is none and none is needed.

    Raises:
        CredentialsMissing: there is none.
    """
    try:
        return Api(cluster.context, cluster.namespace)
    except CredentialsMissing:
        if may_lack:
            return None
        raise


def may_see(api: Api | None) -> bool:
    """Return whether pods and their logs can be read from here; asks the cluster."""
    if api is None:
        return False
    try:
        return all(api.may(verb, what) for verb, what in READING)
    except CloudError:
        return False  # no way in, or none now: the store tells enough


def require_by_reference(cluster: Cluster, keys: Keys) -> None:
    """Return when pods find their keys without this app, which makes no Secret for others.

    Raises:
        RequestRefused: they would not.
    """
    is_password_needed = cluster.queue == "rabbitmq" and QUEUE_PASSWORD in keys
    if cluster.secret or not keys or (cluster.service_account and not is_password_needed):
        return
    raise RequestRefused(
        "The pods would have no keys: where others apply the Jobs, this app makes no Secret.",
        f"Have one made in the namespace {cluster.namespace} with {', '.join(sorted(keys))}, and"
        " name it in the cluster's settings.",
    )


class AppliedRun:
    """One job whose pods are others': this machine has its queue and its part of the store."""

    def __init__(
        self, api: Api | None, cluster: Cluster, job_id: JobId, keys: Keys, wanted: Wanted
    ) -> None:
        """Prepare; nothing is asked of anybody.  ``api`` None: there is no way into the cluster.

        Raises:
            RequestRefused: something of the cluster is not chosen yet.
        """
        self._api, self._cluster, self._job_id, self._wanted = api, cluster, job_id, wanted
        self._line: Line = line_of(cluster, job_id, keys, hold_s=wanted.pace.hold_s)
        self._over = threading.Event()
        self._handover: Handover | None = None

    @property
    def asks(self) -> Asks | None:
        """What somebody else is to do now."""
        return None if self._handover is None else self._handover.asks

    def place(self, home: Home, record: JobRecord, *, pods: int, folder: str) -> Place:
        """Return where the job runs; its queue is made, and its manifests are written.

        Raises:
            CloudError: queue or store do not answer, or refuse.
            WorkerError: the store does not answer.
            NotSaved: the manifests could not be written.
            RequestRefused: what would be applied would not work.
        """
        require_engine(self._cluster, record.plan.work.engine.name)
        sees_pods = may_see(self._api)
        outfit = self.outfit()
        handover = Handover(home, outfit, self._counts(record, pods), folder, sees_pods=sees_pods)
        require_sound(handover.manifests(), self._cluster)
        self._line.store.delete(FINISH_KEY)  # this run may have more to stage
        handover.write()
        self._handover = handover
        fill, look = self._line.queue.open(quick=False), self._line.queue.open(quick=True)
        return Place(
            store=PatientStore(self._line.store, self._over, PATIENCE_S),
            fill=PatientQueue(fill, self._over, PATIENCE_S),
            look=look,
            fleet=lambda tell: self._fleet(home, record, handover, tell, sees_pods=sees_pods),
            keeps_queue=True,
            tidy=self.clear,
            patience_s=PATIENCE_S,
        )

    def outfit(self) -> Outfit:
        """Return what the agents are run with; the queue is made, to know its address.

        Raises:
            CloudError: it could not be made.
        """
        try:
            queue = self._line.queue.make()
        except QueueUnavailable as error:
            raise unreachable(error) from error
        made = outfit_of(self._cluster, self._job_id, self._line, queue, self._wanted.pace,
                         secret=self._cluster.secret)  # fmt: skip
        return replace(made, stays=True)

    def rest(self) -> None:
        """Let go of what only a running app needs."""
        self._over.set()
        self._line.queue.close()

    def clear(self) -> None:
        """Remove the job's queue, and its storage once the agents have heard of that.

        Raises:
            CloudError: somebody does not answer; it can be done again.
        """
        self.rest()
        try:
            self._line.queue.remove()
        except QueueUnavailable as error:
            raise unreachable(error) from error
        # An agent that still has work in hand would write into the storage behind our back.
        wait_for_goodbyes(self._line.store, self._job_id, self._wanted.pace.summary_s)
        self._line.clear_store()

    def _counts(self, record: JobRecord, pods: int) -> Counts:
        """Return how many pods are asked for: nobody takes one back that has nothing to do."""
        on_demand = self._cluster.on_demand_pods if self._wanted.fall_back else 0
        return Counts(spot=max(1, min(pods, len(record.plan.chunks))), on_demand=on_demand)

    def _fleet(
        self, home: Home, record: JobRecord, handover: Handover, tell: Tell, *, sees_pods: bool
    ) -> Fleet:
        waiting = self._wanted.waiting
        choice = Choice(
            worker_digest=worker_digest(),
            build=record.plan.work.encoder.build,
            patience=replace(self._wanted.patience, away_s=PATIENCE_S),
        )

        def inner(tell: Tell) -> tuple[Fleet, Sight]:
            if sees_pods and self._api is not None:
                pods = PodsOfOthers(self._api, self._job_id, handover.is_ours)
                return KubernetesFleet(
                    pods, lambda: _NOBODY_COUNTS, choice, tell, on_close=self.rest
                ), pods
            summaries = SummaryFleet(
                self._line.store,
                self._job_id,
                record.plan.chunks,
                choice,
                tell,
                is_ours=handover.is_ours,
                waiting=waiting,
                on_close=self.rest,
            )
            return summaries, summaries

        chunks = frozenset(each.chunk_id for each in record.plan.chunks)
        errand = Errand(home, self._job_id, chunks, self._line.store)
        return FleetOfOthers(inner, handover, errand, tell, waiting=waiting)
