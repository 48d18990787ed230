"""Write the manifests of a job's agents: templates, with what was chosen filled in."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, TypeVar

import yaml

from orchestrator.errors import RequestRefused
from orchestrator.fleet.kubernetes import names
from orchestrator.fleet.kubernetes.cluster import Cluster, NodesKind
from orchestrator.fleet.kubernetes.names import Pool
from orchestrator.secrets import Secret
from remote_worker.agent import EXIT_STOPPED
from remote_worker.boot import ENGINE_HOME
from remote_worker.config import AgentConfig, QueueConfig, StoreConfig
from remote_worker.contract.coding import canonical
from remote_worker.contract.records import JobId
from remote_worker.engines.facefusion.installation import CACHES_VARIABLE

T = TypeVar("T", QueueConfig, StoreConfig)
Manifest = dict[str, Any]
"""One object of Kubernetes, as YAML and JSON have it."""

STORE_MOUNT = "/store"
ENGINE_MOUNT = "/facefusion"
_GRACE_LEFT_S = 3.0
"""Of a pod's grace, for saying goodbye after the agent's own grace."""
HOLD_S = 30.0
IDLE_S = 60.0
STAY_S = 3600.0
"""Agents that nobody replaces wait so long for work that nobody says is over."""
DELIVERIES = 20
FINISH_KEY = "orders/finish.json"
CA_NAME = "ca.pem"
CA_PATH = f"/etc/secondunit/{CA_NAME}"
_QUANTITY = re.compile(r"[0-9]+(\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How quickly agents act; stories are told faster than life."""

    hold_s: float = HOLD_S
    idle_s: float = IDLE_S
    heartbeat_s: float = 5.0
    poll_s: float = 5.0
    stay_s: float = STAY_S
    summary_s: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """What the agents of one job are run with."""

    job_id: JobId
    cluster: Cluster
    queue: QueueConfig
    store: StoreConfig
    secret: str = ""
    """The Secret that pods take their environment from; empty: they have an identity."""
    authorities: str = ""
    """PEM of whose certificates pods trust at addresses of one's own; empty: the image's."""
    stays: bool = False
    """Whether agents wait for work as long as the job is not finished: nobody makes others."""
    pace: Pace = field(default_factory=Pace)


def grace_s(cluster: Cluster) -> int:
    """Return what a pod is given to end; never more than its node has left."""
    return cluster.grace_s or int(_nodes(cluster.nodes)["grace_s"])


def usual_grace_s(nodes: NodesKind) -> int:
    """Return the longest grace that nodes of a kind can give."""
    return int(_nodes(nodes)["grace_s"])


def kept_s() -> int:
    """Return how long a cluster keeps a Job that ended."""
    return int(_read("job.yaml")["spec"]["ttlSecondsAfterFinished"])


def agent_config(outfit: Outfit) -> AgentConfig:
    """Return what every agent of the job is told; who it is, its own pod tells."""
    pace = outfit.pace
    return AgentConfig(
        agent_id="agent",
        job_id=outfit.job_id,
        queue=_trusting(outfit.queue, outfit),
        store=_trusting(outfit.store, outfit),
        cache_folder="/scratch/cache",
        work_folder="/scratch/work",
        spool="/scratch/events.jsonl",
        notices="signal",
        drained_code=EXIT_STOPPED,
        listens=False,
        shares_files=outfit.store.kind == "folder",
        leaves_when_full=True,
        hold_s=pace.hold_s,
        heartbeat_s=pace.heartbeat_s,
        poll_s=pace.poll_s,
        grace_s=max(1.0, grace_s(outfit.cluster) - _GRACE_LEFT_S),
        idle_s=pace.stay_s if outfit.stays else pace.idle_s,
        finish_key=FINISH_KEY if outfit.stays else "",
        summary_s=pace.summary_s,
        deliveries_allowed=DELIVERIES - 1,
    )


def config_map(outfit: Outfit) -> Manifest:
    """Return the ConfigMap with the agents' configuration."""
    made = _template("config-map.yaml")
    _name(made, outfit, names.base_name(outfit.job_id))
    made["data"] = {"agent.json": canonical(agent_config(outfit))}
    if outfit.authorities:
        made["data"][CA_NAME] = outfit.authorities
    return made


def _trusting(config: T, outfit: Outfit) -> T:
    """Return how a pod reaches storage or queue; AWS's own addresses are trusted as ever."""
    is_own = config.endpoint_url or config.kind == "rabbitmq"
    return replace(config, ca_file=CA_PATH) if outfit.authorities and is_own else config


def keys_secret(outfit: Outfit, keys: Mapping[str, Secret]) -> Manifest:
    """Return the Secret made of kept keys; it goes to the API server and is written nowhere."""
    made = _template("secret.yaml")
    _name(made, outfit, names.keys_name(outfit.job_id))
    made["data"] = {
        name: base64.b64encode(value.reveal().encode()).decode() for name, value in keys.items()
    }
    return made


def job(outfit: Outfit, pool: Pool, round_: int, pods: int) -> Manifest:
    """Return the Job of one pool, for so many pods side by side.

    Raises:
        RequestRefused: what was chosen of the cluster cannot be written in a manifest.
    """
    made = _template("job.yaml")
    _name(made, outfit, names.job_name(outfit.job_id, pool, round_))
    marks = {names.POOL: pool, names.ROUND: str(round_)}
    made["metadata"]["labels"].update(marks)
    made["spec"]["parallelism"] = pods
    template = made["spec"]["template"]
    template["metadata"]["labels"].update({**names.labels(outfit.job_id), **marks})
    _place(template, outfit.cluster, pool)
    _fill_pod(template["spec"], outfit)
    return made


def scaled_job(outfit: Outfit, pods: int) -> Manifest:
    """Return the ScaledJob that has KEDA make spot agents by the length of the queue.

    Raises:
        RequestRefused: as :func:`job`.
    """
    made, inner = _template("scaled-job.yaml"), job(outfit, "spot", 1, 1)
    _name(made, outfit, names.base_name(outfit.job_id))
    spec = inner["spec"]
    del spec["ttlSecondsAfterFinished"]  # KEDA keeps as many as its history says
    made["spec"]["maxReplicaCount"] = pods
    made["spec"]["jobTargetRef"] = spec
    made["spec"]["triggers"] = [each | _authentication(outfit) for each in _triggers(outfit.queue)]
    return made


def priority_class(name: str, value: int, tells: str) -> Manifest:
    """Return a PriorityClass; ``tells`` is for those who list the cluster's classes."""
    made = _template("priority-class.yaml")
    made["metadata"]["name"] = name
    made["value"], made["description"] = value, tells
    return made


def from_template(name: str) -> Manifest:
    """Return an object as a template of ours has it, to be filled in."""
    return deepcopy(_read(name))


def tolerations_of(cluster: Cluster) -> list[dict[str, str]]:
    """Return what a pod puts up with that may go on any node of the cluster's agents."""
    pools = (_nodes(cluster.nodes).get(pool, {}).get("tolerations", []) for pool in names.POOLS)
    found = [each for pool in pools for each in pool]
    if cluster.nodes == "own":
        found += _own_tolerations(cluster, "spot")
    return [deepcopy(each) for number, each in enumerate(found) if each not in found[:number]]


def quantity(text: str) -> str:
    """Return an amount as it was typed, if it is one.

    Raises:
        RequestRefused: it is none.
    """
    return _quantity(text)


def to_yaml(manifests: list[Manifest]) -> str:
    """Return manifests as the text of one file."""
    return yaml.safe_dump_all(manifests, sort_keys=False, default_flow_style=False)


def _name(made: Manifest, outfit: Outfit, name: str) -> None:
    made["metadata"]["name"] = name
    made["metadata"]["namespace"] = outfit.cluster.namespace
    made["metadata"]["labels"].update(names.labels(outfit.job_id))


def _place(template: dict[str, Any], cluster: Cluster, pool: Pool) -> None:
    """Say on which nodes pods go."""
    kind = _nodes(cluster.nodes)
    if kind.get("annotations"):
        template["metadata"].setdefault("annotations", {}).update(kind["annotations"])
    chosen, spec = deepcopy(kind[pool]), template["spec"]
    wanted = chosen.get("nodeSelector", {})
    if cluster.nodes == "own":
        wanted = dict(cluster.spot_labels if pool == "spot" else cluster.on_demand_labels)
    if wanted:
        spec["nodeSelector"] = wanted
    if chosen.get("nodeAffinity"):
        terms = {"nodeSelectorTerms": [{"matchExpressions": chosen["nodeAffinity"]}]}
        required = {"requiredDuringSchedulingIgnoredDuringExecution": terms}
        spec["affinity"] = {"nodeAffinity": required}
    spec["tolerations"] += chosen.get("tolerations", [])
    if cluster.nodes == "own":
        spec["tolerations"] += _own_tolerations(cluster, pool)


def _own_tolerations(cluster: Cluster, pool: Pool) -> list[dict[str, str]]:
    gpu = {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}
    found = [gpu] if cluster.gpus else []
    for each in cluster.spot_tolerations if pool == "spot" else ():
        one = {"key": each.key, "operator": "Equal" if each.value else "Exists"}
        one |= {"value": each.value} if each.value else {}
        found.append(one | ({"effect": each.effect} if each.effect else {}))
    return found


def _fill_pod(spec: dict[str, Any], outfit: Outfit) -> None:
    cluster, container = outfit.cluster, spec["containers"][0]
    container["image"] = cluster.image
    container["resources"] = _resources(cluster)
    if outfit.secret:
        container["envFrom"] = [{"secretRef": {"name": outfit.secret}}]
    spec["terminationGracePeriodSeconds"] = grace_s(cluster)
    if cluster.service_account:
        spec["serviceAccountName"] = cluster.service_account
    if cluster.priority_class:
        spec["priorityClassName"] = cluster.priority_class
    volumes = {each["name"]: each for each in spec["volumes"]}
    volumes["agent"]["configMap"]["name"] = names.base_name(outfit.job_id)
    volumes["scratch"]["emptyDir"]["sizeLimit"] = _quantity(cluster.scratch)
    volumes["shared-memory"]["emptyDir"]["sizeLimit"] = _quantity(cluster.shared_memory)
    if cluster.engine_claim:
        held = {"claimName": cluster.engine_claim, "readOnly": True}
        spec["volumes"].append({"name": "engine", "persistentVolumeClaim": held})
        mount = {"name": "engine", "mountPath": ENGINE_MOUNT, "readOnly": True}
        container["volumeMounts"].append(mount)
        container["env"].append({"name": ENGINE_HOME, "value": ENGINE_MOUNT})
        container["env"].append({"name": CACHES_VARIABLE, "value": "/scratch/engine-caches"})
    if cluster.store == "claim":
        claim = {"claimName": cluster.claim}
        spec["volumes"].append({"name": "store", "persistentVolumeClaim": claim})
        container["volumeMounts"].append({"name": "store", "mountPath": STORE_MOUNT})


def _resources(cluster: Cluster) -> dict[str, dict[str, str]]:
    asked = {
        "cpu": _quantity(cluster.cpu),
        "memory": _quantity(cluster.memory),
        "ephemeral-storage": _quantity(cluster.scratch),
    }
    # Memory that could be taken back in the middle of a segment is no memory: limit and request
    # are one.  A CPU limit would only slow decoding down where there is room.
    limits = {name: asked[name] for name in ("memory", "ephemeral-storage")}
    if cluster.gpus:
        limits["nvidia.com/gpu"] = str(cluster.gpus)
    return {"requests": asked, "limits": limits}


def _quantity(text: str) -> str:
    if not _QUANTITY.fullmatch(text):
        raise RequestRefused(
            f"{text!r} is no amount that Kubernetes understands.", "Write it like 2, 500m or 12Gi."
        )
    return text


def _triggers(queue: QueueConfig) -> list[dict[str, Any]]:
    """Return how KEDA counts what waits; what agents hold is in hand and asks for none."""
    if queue.kind == "rabbitmq":
        asked = {"protocol": "amqp", "mode": "QueueLength", "value": "1"}
        names = (f"{queue.name}.urgent", f"{queue.name}.batch")
        return [{"type": "rabbitmq", "metadata": asked | {"queueName": each}} for each in names]
    found = {"queueURL": queue.url, "queueLength": "1", "awsRegion": queue.region}
    found |= {"awsEndpoint": queue.endpoint_url} if queue.endpoint_url else {}
    found |= {"scaleOnInFlight": "false", "scaleOnDelayed": "false"}
    return [{"type": "aws-sqs-queue", "metadata": found}]


def _authentication(outfit: Outfit) -> dict[str, Any]:
    """Return whose keys KEDA looks into the queue with: the cluster's own object, by name."""
    name = outfit.secret or outfit.cluster.service_account
    return {"authenticationRef": {"name": name}} if name else {}


def with_image(cluster: Cluster, image: str) -> Cluster:
    """Return the cluster with another image, where one is named."""
    return replace(cluster, image=image) if image else cluster


def _nodes(kind: NodesKind) -> dict[str, Any]:
    found: dict[str, Any] = _read("nodes.yaml")[kind]
    return found


def _template(name: str) -> Manifest:
    return deepcopy(_read(name))


@cache
def _read(name: str) -> dict[str, Any]:
    text = resources.files("resources").joinpath("kubernetes", name).read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read
