"""Install FaceFusion on a cluster's volume by a Job: begin it, or join one that runs; follow it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from orchestrator.errors import RequestRefused
from orchestrator.facefusion.errors import (
    EngineInstallFailed,
    EngineLicenceOpen,
    EngineUnsupported,
)
from orchestrator.facefusion.install import failing_in_words
from orchestrator.facefusion.packages import FLAVOURS, HOST_FLAVOUR, packages_for
from orchestrator.fleet.kubernetes import engine_manifests, names
from orchestrator.fleet.kubernetes.api import Api, Exists
from orchestrator.fleet.kubernetes.authorities import as_pem, authorities_of
from orchestrator.fleet.kubernetes.cluster import Cluster
from orchestrator.fleet.kubernetes.engine import ClaimSeen, find_claim
from orchestrator.fleet.kubernetes.engine_manifests import EngineOutfit, access_mode_of
from orchestrator.fleet.kubernetes.engine_watch import GONE, Patience, Tell, Watch
from orchestrator.fleet.kubernetes.line import Keys
from orchestrator.fleet.kubernetes.manifests import Manifest
from orchestrator.fleet.kubernetes.pools import put
from orchestrator.fleet.kubernetes.run import require_sound
from orchestrator.fleet.kubernetes.seen import job_of
from orchestrator.fleet.kubernetes.urgency import require_class
from orchestrator.licences import labels_of_models
from remote_worker.contract.records import Digest
from remote_worker.engines.facefusion.in_pod import Holds
from remote_worker.engines.facefusion.installation import Installation
from remote_worker.engines.facefusion.manifest import read_pins, write_pins
from remote_worker.engines.facefusion.provision import Order

SYSTEMS, PYTHONS = ("linux-x86_64", "linux-aarch64"), ("3.11", "3.12", "3.13")
"""Of agents' images; which one it is, the pod finds out."""
_GONE_S, _LOOK_S = 90.0, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineWish:
    """What is to be on the volume."""

    models: tuple[str, ...]
    accepted: Collection[str]
    """Labels, of models not for commercial use, that somebody agreed to."""
    mirror: str = ""
    """Address that is asked before where things are published; or empty."""
    flavour: str = ""
    """Which onnxruntime; what fits the cluster's pods, if not given."""
    anew: bool = False
    """Whether every byte is looked at again, though all is known to be there."""
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Installed:
    """How an installation ended."""

    holds: Holds
    was_there: bool
    """Whether nothing had to be done."""


def flavour_of(cluster: Cluster) -> str:
    """Return which onnxruntime a cluster's pods run with."""
    return HOST_FLAVOUR if cluster.gpus else "cpu"


def outfit_for(
    cluster: Cluster, keys: Keys, wish: EngineWish, installation: Installation
) -> EngineOutfit:
    """Return what an installation is done with; ``installation`` is this machine's, for digests.

    Raises:
        EngineUnsupported: there is no such flavour for any image.
        EngineInstallFailed: this machine's lock of models cannot be read.
        RequestRefused: the certificates that are chosen cannot be used.
    """
    with failing_in_words():
        pins = read_pins(installation.lock)
    return EngineOutfit(
        cluster=cluster,
        orders=_orders(wish, wish.flavour or flavour_of(cluster), pins),
        secret=engine_manifests.secret_name(cluster, keys),
        authorities=as_pem(authorities_of(cluster.ca_file)),
    )


def _orders(wish: EngineWish, flavour: str, pins: Mapping[str, Digest]) -> dict[str, Order]:
    """Return an order for each image that the flavour's packages are published for.

    Raises:
        EngineUnsupported: there is none.
    """
    orders, refused = {}, EngineUnsupported(f"There is no flavour {flavour}.", "Choose another.")
    for system in SYSTEMS:
        for python in PYTHONS:
            try:
                packages = packages_for(flavour, system, python)
            except EngineUnsupported as error:
                refused = error
                continue
            orders[f"{system}/{python}"] = Order(
                flavour=flavour,
                onnxruntime=FLAVOURS[flavour].onnxruntime,
                python_version=python,
                packages=packages,
                models=wish.models,
                pins={name: pins[name] for name in wish.models if name in pins},
                mirror=wish.mirror,
            )
    if not orders:
        raise refused
    return orders


def install(
    api: Api,
    cluster: Cluster,
    keys: Keys,
    wish: EngineWish,
    installation: Installation,
    tell: Tell,
    stop: threading.Event,
) -> Installed:
    """Have FaceFusion and models on the cluster's claim; what is there and good stays.

    Whoever asks for the same while it goes on joins in.  A killed pod is replaced by the Job,
    which also goes on while this machine is away.

    Args:
        api: of the cluster's namespace.
        cluster: whose claim.
        keys: what the pod reaches the cluster's storage with.
        wish: what is to be there.
        installation: this machine's, whose lock of models is held to, and learns.
        tell: hears how far it is, from any thread.
        stop: set from another thread to stop; what had arrived on the volume is kept.

    Raises:
        EngineLicenceOpen: a model may not be used commercially, and nobody agreed.
        EngineInstallFailed: it failed or was stopped; ``code`` says why.
        RequestRefused: it cannot be begun like that; nothing was changed.
        CloudError: the cluster does not answer, or refuses; a Job that was begun goes on.
    """
    require_licences(wish)
    seen = usable_claim(api, cluster)
    flavour = wish.flavour or flavour_of(cluster)
    if seen.holds is not None and not wish.anew and not seen.lacks(wish.models, flavour):
        return Installed(seen.holds, was_there=True)
    outfit = outfit_for(cluster, keys, wish, installation)
    _require_unused(api, seen, flavour)
    _begin(api, outfit, keys, anew=wish.anew)
    try:
        holds = Watch(api, cluster, tell, wish.patience).until_over(stop)
    except EngineInstallFailed as error:
        noted = find_claim(api, cluster) if error.code == GONE else None
        if noted and noted.holds and not noted.lacks(wish.models, flavour):
            return Installed(noted.holds, was_there=False)  # somebody else followed it to the end
        _clear(api, outfit)
        raise
    holds = holds or engine_manifests.will_hold(outfit)
    put(api, engine_manifests.note(cluster, holds, seen.uid))
    _clear(api, outfit)
    with failing_in_words():
        write_pins(installation.lock, holds.pins)
    return Installed(holds, was_there=False)


def require_licences(wish: EngineWish) -> None:
    """Return when every model that is not for commercial use was agreed to.

    Raises:
        EngineLicenceOpen: one was not.
    """
    labels = labels_of_models(wish.models)
    missing = [label for label in labels if label not in wish.accepted]
    if missing:
        raise EngineLicenceOpen(
            f"By FaceFusion's own labels models are not for commercial use: {', '.join(missing)}.",
            "Read the licences, then accept them to install.",
        )


def usable_claim(api: Api, cluster: Cluster) -> ClaimSeen:
    """Return the claim, if it can be installed on.

    Raises:
        RequestRefused: there is none, its volume is gone, or it can only be read.
        CloudError: the cluster does not answer, or refuses.
    """
    seen = find_claim(api, cluster)
    if seen is None:
        raise RequestRefused(
            f"The namespace {cluster.namespace} has no PersistentVolumeClaim "
            f"{cluster.engine_claim}.",
            "Have it made ('secondunit kubernetes engine --make-claim 20Gi'), or choose another.",
        )
    if seen.phase == "Lost":
        raise RequestRefused(
            f"The volume of {seen.name} is gone.", "Delete the claim; make another."
        )
    if seen.access_modes and set(seen.access_modes) <= {"ReadOnlyMany"}:
        access_mode_of(seen.access_modes[0])  # says why not
    return seen


def _require_unused(api: Api, seen: ClaimSeen, flavour: str) -> None:
    """Return unless what pods render with just now would be replaced under them.

    Raises:
        RequestRefused: it would.
        CloudError: the cluster does not answer, or refuses.
    """
    if seen.holds is None or (seen.is_current and seen.holds.flavour == flavour):
        return  # what is good stays, and models are added
    for pod in api.find("Pod", names.selector()):
        volumes = pod.get("spec", {}).get("volumes") or ()
        claims = {(each.get("persistentVolumeClaim") or {}).get("claimName") for each in volumes}
        if seen.name in claims and (pod.get("status") or {}).get("phase") == "Running":
            raise RequestRefused(
                f"Pods render with what is on {seen.name}, and it would be replaced.",
                "Install when no video is rendered in the cluster.",
            )


def _begin(api: Api, outfit: EngineOutfit, keys: Keys, *, anew: bool) -> None:
    """Have the Job run that does this, or find it running.

    Raises:
        RequestRefused: another one runs, or it would not run well.
        CloudError: the cluster does not answer, or refuses.
    """
    cluster, job = outfit.cluster, engine_manifests.install_job(outfit)
    if not cluster.image:
        raise RequestRefused(
            "No image of the agent is chosen for the cluster.",
            "Build remote_worker/Containerfile, push it, and name it by its digest.",
        )
    plan = engine_manifests.plan_map(outfit)
    require_sound([plan, job], cluster)
    if _is_joined(api, outfit, anew=anew):
        return
    require_class(api, cluster.priority_class)
    api.create(job, dry_run=True)
    made = [plan]
    if keys and not cluster.secret:
        made.append(engine_manifests.keys_secret(cluster, keys))
    for each in made:
        put(api, each)
    with contextlib.suppress(Exists):  # a call without an answer had made it
        api.create(job)
    _hand_over(api, cluster, made)


def _is_joined(api: Api, outfit: EngineOutfit, *, anew: bool) -> bool:
    """Return whether a Job that does this is there already; one of no use is removed.

    Raises:
        RequestRefused: one that does something else runs.
    """
    found = _job_there(api, outfit.cluster)
    if found is None:
        return False
    seen, notes = job_of(found), found["metadata"].get("annotations") or {}
    is_same = notes.get(engine_manifests.ORDER) == outfit.digest
    going = not found["metadata"].get("deletionTimestamp")
    runs = going and not seen.is_over and not seen.succeeded
    if is_same and (runs or (going and seen.succeeded and not anew)):
        return True
    if runs:
        raise RequestRefused(
            f"Something else is being installed on {outfit.cluster.engine_claim} just now.",
            "Install when it is done, or stop it where it was begun.",
        )
    _clear(api, outfit)
    return False


def _job_there(api: Api, cluster: Cluster) -> Manifest | None:
    found = api.find("Job", names.engine_selector(cluster.engine_claim))
    return found[0] if found else None


def _hand_over(api: Api, cluster: Cluster, made: list[Manifest]) -> None:
    """Have the cluster remove with the Job what was made for it, should nobody else do it."""
    job = _job_there(api, cluster)
    if job is None:
        return  # it is gone already: whoever follows it says so
    owner = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "name": job["metadata"]["name"],
        "uid": job["metadata"]["uid"],
    }
    for each in made:
        change = {"metadata": {"ownerReferences": [owner]}}
        api.patch(str(each["kind"]), str(each["metadata"]["name"]), change)


def _clear(api: Api, outfit: EngineOutfit) -> None:
    """Remove the Job and what was made for it, and wait for its pods to be gone for a while.

    A node that fell silent keeps its pod for long; then the next pod waits for the volume's lock.
    """
    cluster = outfit.cluster
    name = names.engine_name(cluster.engine_claim)
    api.delete("Job", name)
    api.delete("ConfigMap", name)
    if outfit.secret and not cluster.secret:
        api.delete("Secret", outfit.secret)
    give_up_s = time.monotonic() + _GONE_S
    selector = names.engine_selector(cluster.engine_claim)
    while api.find("Pod", selector) and time.monotonic() < give_up_s:
        threading.Event().wait(_LOOK_S)
