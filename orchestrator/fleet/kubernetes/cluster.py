"""Say what is chosen of one cluster: its nodes, its image, where storage and queue are."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from orchestrator.errors import NotSaved, RequestRefused, SettingsRefused
from orchestrator.home import Home
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, from_plain, to_plain

VERSION = 1
MOST_PODS = 200
"""Side by side: each is heard over a connection of its own."""
_FILE = "clusters.json"
NodesKind = Literal["gke", "eks", "karpenter", "ack", "own"]
AppliedBy = Literal["app", "others"]
"""Who has the cluster make a job's agents: ``others`` do it by GitOps or by hand."""
QueueKind = Literal["sqs", "rabbitmq"]
StoreKind = Literal["s3", "claim"]
"""``s3``: a bucket of S3, or of what speaks as S3 does.  ``claim``: a volume that the pods mount
and this machine too, such as one of NFS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toleration:
    """A taint that pods put up with, as Kubernetes writes it."""

    key: str
    value: str = ""
    """Empty: whatever its value is."""
    effect: str = ""
    """Empty: every effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What is chosen of one cluster; it holds no secret."""

    context: str
    """Of the kubeconfig."""
    namespace: str = "default"
    image: str = ""
    """Of the agent, by digest."""
    nodes: NodesKind = "own"
    """Whose way of telling spot nodes from others the cluster follows."""
    spot_labels: tuple[tuple[str, str], ...] = ()
    """Of the nodes that may be taken back, where ``nodes`` is ``own``."""
    spot_tolerations: tuple[Toleration, ...] = ()
    on_demand_labels: tuple[tuple[str, str], ...] = ()
    grace_s: int = 0
    """What a pod is given once its node is taken back; 0: as is usual for ``nodes``."""
    store: StoreKind = "s3"
    bucket: str = ""
    prefix: str = ""
    """Put before all keys in the bucket; empty, or ends in a slash."""
    store_endpoint_url: str = ""
    """Empty: AWS itself."""
    region: str = ""
    claim: str = ""
    """The PersistentVolumeClaim, where ``store`` is ``claim``."""
    claim_folder: str = ""
    """Where the same volume is mounted on this machine."""
    queue: QueueKind = "sqs"
    queue_endpoint_url: str = ""
    """Of ``sqs``: empty, AWS itself.  Of ``rabbitmq``: ``amqps://host:port/vhost``, no password."""
    ca_file: str = ""
    """Certificates, in PEM form on this machine, of who signs those of storage and queue where
    these have addresses of their own; empty: whom each machine trusts."""
    engine_claim: str = ""
    """A PersistentVolumeClaim with FaceFusion installed on it; empty: that engine is not had."""
    secret: str = ""
    """A Secret in the namespace that pods take keys from; empty: made of kept keys, if any."""
    service_account: str = ""
    """Whose workload identity pods have; empty: the namespace's default, without a token."""
    gpus: int = 1
    cpu: str = "2"
    memory: str = "12Gi"
    shared_memory: str = "1Gi"
    scratch: str = "30Gi"
    """For pieces, models and segments on the way."""
    pods: int = 4
    """Side by side, at most, for videos that do not say otherwise."""
    on_demand_pods: int = 1
    """At most, where nodes that nobody takes back are a fallback."""
    priority_class: str = ""
    """A PriorityClass that pods have; empty: the cluster's default, if it has one."""
    urgent_priority_class: str = ""
    """The one of urgent jobs' pods; empty: that of all others."""
    applied_by: AppliedBy = "app"
    manifests_folder: str = ""
    """Where the manifests of ``others`` are written to; empty: the job's own folder."""


def clusters_path(home: Home) -> Path:
    """Return where the clusters are remembered."""
    return home.root / _FILE


def load_clusters(home: Home) -> tuple[Cluster, ...]:
    """Return the clusters that were set up here, the one in use first.

    Raises:
        SettingsRefused: they cannot be read, or a newer version wrote them.
    """
    try:
        plain = json.loads(clusters_path(home).read_bytes())
        if plain.get("version") != VERSION:
            raise _unreadable()
        return tuple(from_plain(Cluster, each) for each in plain["clusters"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, AttributeError, KeyError, TypeError, ContractError) as error:
        raise _unreadable() from error


def save_clusters(home: Home, clusters: tuple[Cluster, ...]) -> None:
    """Write the clusters in one durable step.

    Raises:
        NotSaved: they could not be written; what was there is untouched.
    """
    plain = {"version": VERSION, "clusters": [to_plain(each) for each in clusters]}
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        write_whole(clusters_path(home), [(json.dumps(plain, indent=1) + "\n").encode()])
    except OSError as error:
        raise NotSaved(
            f"The clusters could not be written ({error.strerror}).", "Check the disk."
        ) from error


def find_cluster(home: Home, context: str = "") -> Cluster:
    """Return the cluster of a context, or the one in use.

    Raises:
        RequestRefused: no such cluster was set up.
        SettingsRefused: the clusters cannot be read.
    """
    for each in load_clusters(home):
        if context in ("", each.context):
            return each
    raise RequestRefused(
        f"The cluster {context} is not set up here." if context else "No cluster is set up here.",
        "Set it up in the settings, or by 'secondunit kubernetes set'.",
    )


def change_cluster(home: Home, context: str, how: Callable[[Cluster], Cluster]) -> Cluster:
    """Change what is chosen of a cluster, put it first, and return it.

    Raises:
        SettingsRefused, NotSaved: it could not be read or kept.
    """
    known = load_clusters(home)
    before = next((each for each in known if each.context == context), Cluster(context=context))
    after = how(before)
    others = tuple(each for each in known if each.context not in (context, after.context))
    save_clusters(home, (after, *others))
    return after


def forget_cluster(home: Home, context: str) -> None:
    """Forget a cluster; nothing in it is touched.

    Raises:
        SettingsRefused, NotSaved: it could not be.
    """
    known = load_clusters(home)
    save_clusters(home, tuple(each for each in known if each.context != context))


def at_urgency(cluster: Cluster, *, urgent: bool) -> Cluster:
    """Return the cluster as pods of an urgent job, or of another, have it.

    In a cluster each job has a queue and pods of its own: whose turn it is, the scheduler decides.
    """
    if not urgent or not cluster.urgent_priority_class:
        return cluster
    return replace(cluster, priority_class=cluster.urgent_priority_class)


def keys_name(cluster: Cluster) -> str:
    """Return under which name the password store keeps the keys for a cluster's pods."""
    return f"cluster.{sha256(cluster.context.encode()).hexdigest()[:16]}.keys"


def _unreadable() -> SettingsRefused:
    return SettingsRefused(
        "The clusters cannot be read, or a newer version wrote them.",
        f"Move {_FILE} away and set them up again.",
    )
