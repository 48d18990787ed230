"""Make and clear away what one job has in and beside a cluster: its place."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from orchestrator.cloud_errors import CloudRefused
from orchestrator.errors import RequestRefused
from orchestrator.fleet import Fleet, Tell
from orchestrator.fleet.kubernetes import manifests, names
from orchestrator.fleet.kubernetes.api import Api, Missing
from orchestrator.fleet.kubernetes.authorities import as_pem, authorities_of
from orchestrator.fleet.kubernetes.checks import complaints
from orchestrator.fleet.kubernetes.cluster import Cluster, at_urgency
from orchestrator.fleet.kubernetes.engine import require_held
from orchestrator.fleet.kubernetes.fleet import Choice, KubernetesFleet, Patience
from orchestrator.fleet.kubernetes.line import Keys, Line, line_of, unreachable
from orchestrator.fleet.kubernetes.manifests import Manifest, Outfit, Pace
from orchestrator.fleet.kubernetes.others import Waiting
from orchestrator.fleet.kubernetes.pools import Pools, delete_all, put, wait_until_gone
from orchestrator.fleet.kubernetes.urgency import require_class
from orchestrator.home import Home
from orchestrator.jobs import JobRecord
from orchestrator.places import Place, PlaceFor
from orchestrator.transfer.patience import PatientQueue, PatientStore
from remote_worker.agent import worker_digest
from remote_worker.config import QueueConfig, StoreConfig
from remote_worker.contract.records import JobId
from remote_worker.engines.facefusion.options import models_needed
from remote_worker.errors import QueueUnavailable

PATIENCE_S = 6 * 3600.0
"""A laptop that sleeps or travels comes back; pods go on meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What one run is done with."""

    fall_back: bool = False
    """Whether on-demand pods stand in for spot pods that find no node."""
    pace: Pace = field(default_factory=Pace)
    patience: Patience = field(default_factory=Patience)
    waiting: Waiting = field(default_factory=Waiting)
    """How long others are waited for, where they apply the Jobs."""


class ClusterRun:
    """One job in a cluster; everything that it makes carries the job's label and is cleared."""

    def __init__(
        self, api: Api, cluster: Cluster, job_id: JobId, keys: Keys, wanted: Wanted
    ) -> None:
        """Prepare; nothing is asked of anybody.

        Raises:
            RequestRefused: something of the cluster is not chosen yet.
        """
        self._api, self._cluster, self._job_id = api, cluster, job_id
        self._keys, self._wanted = keys, wanted
        self._line: Line = line_of(cluster, job_id, keys, hold_s=wanted.pace.hold_s)
        self._over = threading.Event()

    def place(self, build: str) -> Place:
        """Return where the job runs; what is not there yet is made.

        Raises:
            CloudError: the cluster or the queue does not answer, or refuses.
            RequestRefused: what would be submitted would not work.
        """
        outfit = self._outfit()
        self._submit(outfit)
        fill, look = self._line.queue.open(quick=False), self._line.queue.open(quick=True)

        def fleet(tell: Tell) -> Fleet:
            on_demand = self._cluster.on_demand_pods if self._wanted.fall_back else 0
            choice = Choice(
                worker_digest=worker_digest(),
                build=build,
                on_demand_pods=on_demand,
                patience=self._wanted.patience,
            )
            pools = Pools(self._api, outfit)
            return KubernetesFleet(pools, look.depth, choice, tell, on_close=self.rest)

        return Place(
            store=PatientStore(self._line.store, self._over, PATIENCE_S),
            fill=PatientQueue(fill, self._over, PATIENCE_S),
            look=look,
            fleet=fleet,
            keeps_queue=True,
            tidy=self.clear,
            patience_s=PATIENCE_S,
        )

    def rest(self) -> None:
        """Let go of what only a running app needs."""
        self._over.set()
        self._line.queue.close()

    def clear(self) -> None:
        """Remove all that the job has in the cluster, its queue and its storage.

        Raises:
            CloudError: somebody does not answer; it can be done again.
        """
        self.rest()
        delete_all(self._api, self._job_id)
        wait_until_gone(self._api, self._job_id)
        try:
            self._line.queue.remove()
        except QueueUnavailable as error:
            raise unreachable(error) from error
        self._line.clear_store()

    def _outfit(self) -> Outfit:
        try:
            queue = self._line.queue.make()
        except QueueUnavailable as error:
            raise unreachable(error) from error
        return outfit_of(self._cluster, self._job_id, self._line, queue, self._wanted.pace,
                         secret=secret_of(self._cluster, self._job_id, self._keys))  # fmt: skip

    def _submit(self, outfit: Outfit) -> None:
        """Have the cluster say that it takes the Jobs, and put there what they stand on."""
        found = [manifests.config_map(outfit), *jobs_of(outfit, self._wanted)]
        require_sound(found, self._cluster)
        require_named(self._api, self._cluster)
        require_class(self._api, self._cluster.priority_class)
        for manifest in found[1:]:
            self._api.create(manifest, dry_run=True)
        put(self._api, found[0])
        if self._keys and not self._cluster.secret:
            put(self._api, manifests.keys_secret(outfit, self._keys))


def outfit_of(
    cluster: Cluster,
    job_id: JobId,
    line: Line,
    queue: QueueConfig,
    pace: Pace,
    *,
    secret: str,
) -> Outfit:
    """Return what a job's agents are run with."""
    return Outfit(
        job_id=job_id,
        cluster=cluster,
        queue=queue,
        store=line.store_config,
        secret=secret,
        authorities=as_pem(authorities_of(cluster.ca_file)),
        pace=pace,
    )


def secret_of(cluster: Cluster, job_id: JobId, keys: Keys) -> str:
    """Return the name of the Secret that pods take keys from; empty where they need none."""
    return cluster.secret or (names.keys_name(job_id) if keys else "")


def jobs_of(outfit: Outfit, wanted: Wanted) -> list[Manifest]:
    """Return the Jobs as they begin; how many pods they have follows the queue."""
    cluster = outfit.cluster
    found = [manifests.job(outfit, "spot", 0, cluster.pods)]
    if wanted.fall_back and cluster.on_demand_pods:
        found.append(manifests.job(outfit, "on-demand", 0, cluster.on_demand_pods))
    return found


def require_engine(cluster: Cluster, name: str) -> None:
    """Return when the cluster's pods can have an engine; the image itself has all but one.

    Raises:
        RequestRefused: they cannot.
    """
    if name == "facefusion" and not cluster.engine_claim:
        raise RequestRefused(
            "The cluster's agents have no FaceFusion.",
            "Choose a volume claim in the cluster's settings and install it there ('secondunit"
            " kubernetes engine'), or choose another engine.",
        )


def require_ready(cluster: Cluster) -> None:
    """Return when what is chosen of a cluster is enough to render there; asks nobody.

    Raises:
        RequestRefused: it is not.
    """
    if not cluster.image:
        raise RequestRefused(
            "No image of the agent is chosen for the cluster.",
            "Build remote_worker/Containerfile, push it, and name it by its digest.",
        )
    if cluster.queue == "rabbitmq" and not cluster.queue_endpoint_url:
        raise RequestRefused(
            "No queue is chosen for the cluster.",
            "Name the server, like amqps://user@host:5671/vhost.",
        )
    authorities_of(cluster.ca_file)
    outfit = outfit_for_checks(cluster)
    require_sound([manifests.config_map(outfit), *jobs_of(outfit, Wanted(fall_back=True))], cluster)


def outfit_for_checks(cluster: Cluster) -> Outfit:
    """Return what agents would be run with, of a job that is none."""
    job_id, nobody = JobId("00000000-000000-0000"), QueueConfig(kind=cluster.queue)
    store = StoreConfig(kind="folder" if cluster.store == "claim" else "s3", root="/store/jobs")
    return Outfit(job_id=job_id, cluster=cluster, queue=nobody, store=store)


def require_sound(found: list[Manifest], cluster: Cluster) -> None:
    """Return when nothing in manifests would go wrong that the API server lets pass.

    Raises:
        RequestRefused: something would; nothing was submitted.
    """
    notice_s = max(cluster.grace_s, manifests.usual_grace_s(cluster.nodes))
    if cluster.nodes != "own":
        notice_s = manifests.usual_grace_s(cluster.nodes)
    wrong = [each for each in complaints(found, notice_s) if each.refuses]
    if wrong:
        told = " ".join(dict.fromkeys(each.sentence for each in wrong))
        raise RequestRefused(
            f"The agents would not run well in the cluster: {told}",
            "Change it in the cluster's settings, then render again.",
        )


def require_named(api: Api, cluster: Cluster) -> None:
    """Return when what the Jobs refer to is there: the API server itself does not look.

    Raises:
        CloudRefused: it is not.
        CloudError: the cluster does not answer, or refuses.
    """
    wanted = (
        ("Secret", cluster.secret),
        ("PersistentVolumeClaim", cluster.claim if cluster.store == "claim" else ""),
        ("PersistentVolumeClaim", cluster.engine_claim),
        ("ServiceAccount", cluster.service_account),
    )
    for kind, name in wanted:
        if not name:
            continue
        try:
            api.get(kind, name)
        except Missing as error:
            raise CloudRefused(
                f"The namespace {cluster.namespace} has no {kind} {name}.",
                "Make it there, or choose another one in the cluster's settings.",
            ) from error


def in_a_cluster(api: Api, cluster: Cluster, keys: Keys, wanted: Wanted) -> PlaceFor:
    """Return how to make a job's place in a cluster; its queue lasts over restarts."""

    def place_for(home: Home, record: JobRecord, run: int) -> Place:
        del home, run  # the queue and the pods are those of the run before
        build = record.plan.work.encoder.build
        engine = record.plan.work.engine
        require_engine(cluster, engine.name)
        if engine.name == "facefusion":
            require_held(api, cluster, models_needed(dict(engine.settings)))
        own = at_urgency(cluster, urgent=record.request.urgent)
        return ClusterRun(api, own, record.job_id, keys, wanted).place(build)

    return place_for
