"""Write the manifests of what puts FaceFusion on a volume: a claim, a plan, a Job, a note."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from orchestrator.errors import RequestRefused
from orchestrator.fleet.kubernetes import names
from orchestrator.fleet.kubernetes.cluster import Cluster
from orchestrator.fleet.kubernetes.line import Keys, shared_config
from orchestrator.fleet.kubernetes.manifests import (
    CA_NAME,
    CA_PATH,
    ENGINE_MOUNT,
    STORE_MOUNT,
    Manifest,
    from_template,
    grace_s,
    quantity,
    tolerations_of,
)
from remote_worker.contract.coding import ContractError, canonical, digest_of, from_text
from remote_worker.engines.facefusion.in_pod import Holds, PodPlan
from remote_worker.engines.facefusion.installation import COMMIT, VERSION
from remote_worker.engines.facefusion.provision import Order

AccessMode = Literal["ReadWriteMany", "ReadWriteOnce"]
"""``ReadWriteMany``: a file share, which pods on all nodes mount.  ``ReadWriteOnce``: a disk of
one node.  An empty volume that is ``ReadOnlyMany`` cannot be installed on at all."""
ACCESS_MODES: tuple[AccessMode, ...] = get_args(AccessMode)
ORDER, HOLDS = "secondunit.dev/order", "secondunit.dev/holds"
PLAN_NAME, NOTE_NAME, CLAIM_UID = "engine.json", "holds.json", "claim-uid"
SIZE = "20Gi"
"""Holds all that a look of the default models needs, twice; every model there is needs 60Gi."""
DEADLINE_S = 6 * 3600
_COMPONENT = "app.kubernetes.io/component"
_PYTHON = "/opt/secondunit/env/bin/python"
"""Of the agent's image; see its Containerfile."""
_GRACE_S = 30
_TRIES = 4
_CPU, _MEMORY, _DISK = "1", "4Gi", "1Gi"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWish:
    """A claim that is to be made."""

    size: str = SIZE
    storage_class: str = ""
    """Empty: the cluster's default."""
    access_mode: AccessMode = "ReadWriteMany"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOutfit:
    """What one installation is done with."""

    cluster: Cluster
    orders: Mapping[str, Order]
    """By system and Python of the image; see ``in_pod.kind_here``."""
    secret: str = ""
    authorities: str = ""
    """PEM of whose certificates pods trust at the storage's own address; empty: the image's."""

    @property
    def digest(self) -> str:
        """What tells this installation from one of something else."""
        return digest_of(plan_of(self))


def plan_of(outfit: EngineOutfit) -> PodPlan:
    """Return what the pod is told."""
    store = shared_config(outfit.cluster)
    if outfit.authorities and store.endpoint_url:
        store = replace(store, ca_file=CA_PATH)
    return PodPlan(root=ENGINE_MOUNT, store=store, orders=outfit.orders)


def will_hold(outfit: EngineOutfit) -> Holds:
    """Return what is on the volume afterwards, as far as it is known before."""
    order = next(iter(outfit.orders.values()))
    return Holds(
        version=VERSION,
        commit=COMMIT,
        flavour=order.flavour,
        onnxruntime=order.onnxruntime,
        models=order.models,
        pins=order.pins,
    )


def plan_map(outfit: EngineOutfit) -> Manifest:
    """Return the ConfigMap with the pod's plan; it holds no secret."""
    made = from_template("config-map.yaml")
    _name(made, outfit.cluster, "")
    made["data"] = {PLAN_NAME: canonical(plan_of(outfit))}
    if outfit.authorities:
        made["data"][CA_NAME] = outfit.authorities
    return made


def keys_secret(cluster: Cluster, keys: Keys) -> Manifest:
    """Return the Secret made of kept keys; it goes to the API server and is written nowhere."""
    made = from_template("secret.yaml")
    _name(made, cluster, "-keys")
    made["data"] = {
        name: base64.b64encode(value.reveal().encode()).decode() for name, value in keys.items()
    }
    return made


def secret_name(cluster: Cluster, keys: Keys) -> str:
    """Return the Secret that the pod takes keys from; empty where it needs none."""
    return cluster.secret or (f"{names.engine_name(cluster.engine_claim)}-keys" if keys else "")


def install_job(outfit: EngineOutfit, *, stays: bool = False) -> Manifest:
    """Return the Job: an agent's own pod, but for what it runs, what it writes to and no GPU.

    ``stays``: it is never removed by itself, so that whoever applies manifests anew does not run
    it again.

    Raises:
        RequestRefused: what was chosen of the cluster cannot be written in a manifest.
    """
    cluster, made = outfit.cluster, from_template("job.yaml")
    _name(made, cluster, "")
    made["metadata"]["annotations"] = {ORDER: outfit.digest, HOLDS: canonical(will_hold(outfit))}
    made["spec"] |= {
        "parallelism": 1, "backoffLimit": _TRIES, "activeDeadlineSeconds": DEADLINE_S,
    }  # fmt: skip
    if stays:
        del made["spec"]["ttlSecondsAfterFinished"]
    template = made["spec"]["template"]
    template["metadata"]["labels"] |= _labels(cluster)
    _fill(template["spec"], outfit)
    return made


def claim(cluster: Cluster, wish: ClaimWish) -> Manifest:
    """Return the PersistentVolumeClaim of an engine.

    Raises:
        RequestRefused: its size cannot be written in a manifest.
    """
    made = from_template("claim.yaml")
    _name(made, cluster, "")
    made["metadata"]["name"] = cluster.engine_claim
    made["spec"]["accessModes"] = [wish.access_mode]
    made["spec"]["resources"]["requests"]["storage"] = quantity(wish.size)
    if wish.storage_class:
        made["spec"]["storageClassName"] = wish.storage_class
    return made


def note(cluster: Cluster, holds: Holds, claim_uid: str) -> Manifest:
    """Return the ConfigMap that says what was installed on the claim.

    ``claim_uid`` tells the claim from a later one of the same name.
    """
    made = from_template("config-map.yaml")
    _name(made, cluster, names.NOTE_SUFFIX)
    made["data"] = {NOTE_NAME: canonical(holds), CLAIM_UID: claim_uid}
    return made


def read_note(found: Manifest) -> tuple[Holds | None, str]:
    """Return what a note says, None where that is of another build, and of which claim."""
    data = found.get("data") or {}
    return read_holds(str(data.get(NOTE_NAME, ""))), str(data.get(CLAIM_UID, ""))


def read_holds(text: str) -> Holds | None:
    """Return what is held, as a note or a Job's annotation says; None where it is none of ours."""
    try:
        return from_text(Holds, text)
    except ContractError:
        return None


def access_mode_of(text: str) -> AccessMode:
    """Return a way to mount that an installation can be done with.

    Raises:
        RequestRefused: it is none.
    """
    if text not in ACCESS_MODES:
        raise RequestRefused(
            f"A claim with {text} cannot be installed on.",
            "ReadWriteMany is a file share that pods of all nodes mount; ReadWriteOnce a disk, for"
            " pods of one node. ReadOnlyMany is for a volume that somebody has filled already.",
        )
    return text


def _name(made: Manifest, cluster: Cluster, suffix: str) -> None:
    made["metadata"]["name"] = names.engine_name(cluster.engine_claim) + suffix
    made["metadata"]["namespace"] = cluster.namespace
    made["metadata"]["labels"] |= _labels(cluster)


def _labels(cluster: Cluster) -> dict[str, str]:
    return {_COMPONENT: "engine", names.ENGINE: names.engine_mark(cluster.engine_claim)}


def _fill(spec: dict[str, Any], outfit: EngineOutfit) -> None:
    cluster, container = outfit.cluster, spec["containers"][0]
    container["image"] = cluster.image
    container["command"] = [_PYTHON, "-m", "remote_worker.engines.facefusion.in_pod"]
    container["args"] = [f"--plan=/etc/secondunit/{PLAN_NAME}"]
    container["resources"] = {
        "requests": {"cpu": _CPU, "memory": _MEMORY, "ephemeral-storage": _DISK},
        "limits": {"memory": _MEMORY, "ephemeral-storage": _DISK},
    }
    if outfit.secret:
        container["envFrom"] = [{"secretRef": {"name": outfit.secret}}]
    spec["terminationGracePeriodSeconds"] = min(_GRACE_S, grace_s(cluster))
    spec["tolerations"] += tolerations_of(cluster)
    if cluster.service_account:
        spec["serviceAccountName"] = cluster.service_account
    if cluster.priority_class:
        spec["priorityClassName"] = cluster.priority_class
    _mount(spec, outfit)


def _mount(spec: dict[str, Any], outfit: EngineOutfit) -> None:
    """Mount the claim to be written to, and nothing that only a render needs."""
    cluster, container = outfit.cluster, spec["containers"][0]
    needed = ("agent", "tmp")
    spec["volumes"] = [each for each in spec["volumes"] if each["name"] in needed]
    mounts = [each for each in container["volumeMounts"] if each["name"] in needed]
    spec["volumes"][0]["configMap"]["name"] = names.engine_name(cluster.engine_claim)
    claims = {"engine": (cluster.engine_claim, ENGINE_MOUNT)}
    if cluster.store == "claim" and cluster.claim:
        claims["store"] = (cluster.claim, STORE_MOUNT)
    for name, (claim_name, path) in claims.items():
        spec["volumes"].append(
            {"name": name, "persistentVolumeClaim": {"claimName": claim_name}}
        )  # fmt: skip
        mounts.append({"name": name, "mountPath": path})
    container["volumeMounts"] = mounts
