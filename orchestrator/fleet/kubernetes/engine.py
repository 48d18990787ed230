"""Say what a cluster's volume for FaceFusion holds, and have one made where there is none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from orchestrator.cloud_errors import CloudError, CloudRefused, PermissionMissing
from orchestrator.errors import RequestRefused
from orchestrator.fleet.kubernetes import engine_manifests, names
from orchestrator.fleet.kubernetes.api import Api, Exists, Missing
from orchestrator.fleet.kubernetes.cluster import Cluster
from orchestrator.fleet.kubernetes.engine_manifests import ClaimWish
from orchestrator.fleet.kubernetes.manifests import Manifest
from orchestrator.health import Finding
from remote_worker.engines.facefusion.in_pod import Holds
from remote_worker.engines.facefusion.installation import COMMIT, VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSeen:
    """One claim, and what is known to be on it."""

    name: str
    uid: str
    phase: str
    """``Bound``, ``Pending`` (also where it waits for its first pod) or ``Lost``."""
    access_modes: tuple[str, ...]
    capacity: str
    """Such as ``20Gi``; what was asked for until it is bound."""
    storage_class: str
    holds: Holds | None
    """None: nothing of ours is known to have been installed on it."""

    @property
    def is_current(self) -> bool:
        """Whether it holds what this build renders with."""
        return self.holds is not None and self.holds.commit == COMMIT

    def lacks(self, models: Collection[str], flavour: str = "") -> tuple[str, ...]:
        """Return which of some models it is not known to hold; all, if it is another build's."""
        held = self.holds
        if held is None or not self.is_current or flavour not in ("", held.flavour):
            return tuple(sorted(models))
        return tuple(sorted(set(models) - set(held.models)))


def find_claim(api: Api, cluster: Cluster) -> ClaimSeen | None:
    """Return the claim that is chosen for FaceFusion; None where the cluster has none of that name.

    Raises:
        RequestRefused: none is chosen.
        CloudError: the cluster does not answer, or refuses.
    """
    if not cluster.engine_claim:
        raise RequestRefused(
            "No volume is chosen for FaceFusion.",
            f"Name a claim: 'secondunit kubernetes set {cluster.context} --engine-claim NAME'.",
        )
    try:
        found = api.get("PersistentVolumeClaim", cluster.engine_claim)
    except Missing:
        return None
    spec, status = found.get("spec") or {}, found.get("status") or {}
    asked = spec.get("resources", {}).get("requests", {}).get("storage", "")
    uid = str(found["metadata"].get("uid", ""))
    return ClaimSeen(
        name=cluster.engine_claim,
        uid=uid,
        phase=str(status.get("phase", "Pending")),
        access_modes=tuple(status.get("accessModes") or spec.get("accessModes") or ()),
        capacity=str((status.get("capacity") or {}).get("storage", asked)),
        storage_class=str(spec.get("storageClassName") or ""),
        holds=_noted(api, cluster, uid),
    )


def _noted(api: Api, cluster: Cluster, uid: str) -> Holds | None:
    """Return what was installed on the claim, as whoever followed it wrote down.

    Where a Job was applied by other means, nobody did: then it counts if it ended well.
    """
    selector = names.engine_selector(cluster.engine_claim)
    noted = [engine_manifests.read_note(each) for each in api.find("ConfigMap", selector)]
    for holds, of_uid in noted:
        if holds is not None and of_uid == uid:
            return holds
    for job in api.find("Job", selector):
        notes = job["metadata"].get("annotations") or {}
        if (job.get("status") or {}).get("succeeded"):
            return engine_manifests.read_holds(str(notes.get(engine_manifests.HOLDS, "")))
    return None


def make_claim(api: Api, cluster: Cluster, wish: ClaimWish) -> None:
    """Have the cluster make the claim that is chosen for FaceFusion.

    Raises:
        RequestRefused: its size is none.
        CloudRefused: the cluster has no such class, or a policy refuses it.
        CloudError: the cluster does not answer, or refuses.
    """
    _require_class(api, wish.storage_class)
    try:
        api.create(engine_manifests.claim(cluster, wish))
    except Exists:
        return  # somebody made it meanwhile, or a call without an answer had


def _require_class(api: Api, name: str) -> None:
    """Return when volumes of a class can be made; who may not look is told by the cluster later.

    Raises:
        CloudRefused: there is no such class, or no default one.
        CloudError: the cluster does not answer.
    """
    try:
        classes = api.find("StorageClass")
    except PermissionMissing:
        return
    there = sorted(str(each["metadata"]["name"]) for each in classes)
    advice = "Ask whoever runs the cluster for one."
    if there:
        advice = f"Name one of {', '.join(there)}."
    if name and name not in there:
        raise CloudRefused(f"The cluster has no storage class {name}.", advice)
    if not name and not any(_is_default(each) for each in classes):
        raise CloudRefused("The cluster has no default storage class.", advice)


def _is_default(storage_class: Manifest) -> bool:
    notes = storage_class["metadata"].get("annotations") or {}
    return str(notes.get("storageclass.kubernetes.io/is-default-class", "")) == "true"


def require_held(api: Api, cluster: Cluster, models: Collection[str]) -> None:
    """Return unless it is known that the claim lacks something; what nobody noted is left to pods.

    Raises:
        RequestRefused: it is known.
        CloudError: the cluster does not answer, or refuses.
    """
    try:
        seen = find_claim(api, cluster)
    except PermissionMissing:
        return  # whoever may not look renders all the same
    if seen is None or seen.holds is None or not (lacking := seen.lacks(models)):
        return  # a claim that is not there is said where all names are looked at
    run = f"Run 'secondunit kubernetes engine {cluster.context}'"
    if not seen.is_current:
        raise RequestRefused(
            f"The volume {seen.name} holds FaceFusion {seen.holds.version} of another build.",
            f"{run}, which brings it up to date.",
        )
    added = " ".join(f"--model {name}" for name in lacking)
    raise RequestRefused(
        f"The volume {seen.name} lacks models of this look: {', '.join(lacking)}.",
        f"{run} {added}.",
    )


def engine_finding(api: Api, cluster: Cluster) -> Finding:
    """Return whether the claim holds what this build renders with, as far as that is known."""
    run = f"'secondunit kubernetes engine {cluster.context}'"
    try:
        seen = find_claim(api, cluster)
    except PermissionMissing:
        told = f"may not look what {cluster.engine_claim} holds"
        return Finding("engine", "note", told, "pods say it when they render")
    except CloudError as error:
        return Finding("engine", "missing", error.sentence, error.advice)
    if seen is None:
        return Finding(
            "engine", "missing", f"no claim {cluster.engine_claim}", f"{run} offers to make it"
        )
    if seen.phase == "Lost":
        return Finding("engine", "missing", f"the volume of {seen.name} is gone", "make another")
    if seen.holds is None:
        told = f"nobody noted what {seen.name} holds"
        return Finding("engine", "note", told, f"{run} installs FaceFusion, or finds it there")
    if not seen.is_current:
        told = f"{seen.name} holds FaceFusion {seen.holds.version} of another build"
        return Finding("engine", "missing", told, f"{run} brings it up to date")
    held = seen.holds
    told = f"FaceFusion {VERSION} ({held.flavour}), {len(held.models)} models, on {seen.name}"
    return Finding("engine", "good", told)
