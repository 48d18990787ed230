"""Say how urgent jobs go before others in a cluster: by PriorityClasses, which it may lack."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestrator.cloud_errors import CloudError, CloudRefused, PermissionMissing
from orchestrator.fleet.kubernetes.api import Api, Missing
from orchestrator.fleet.kubernetes.cluster import Cluster
from orchestrator.fleet.kubernetes.manifests import Manifest, priority_class
from orchestrator.health import Finding

BATCH_NAME, URGENT_NAME = "secondunit-batch", "secondunit-urgent"
BATCH_VALUE, URGENT_VALUE = -5, 0
"""Pods without a class have 0 in most clusters: an urgent job takes room from no one but batch
jobs.  Below -10 Cluster Autoscaler would grow no node for a pod, whatever it is."""
_NO_CLASS_VALUE = 0
_BATCH_TELLS = "Second Unit's agents: they give way to urgent jobs and to all other work."
_URGENT_TELLS = "Second Unit's agents of urgent jobs: they take the room of those of other jobs."


@dataclass(frozen=True, slots=True)
class _Class:
    """What a PriorityClass that is there says."""

    name: str
    value: int
    preempts: bool


def require_class(api: Api, name: str) -> None:
    """Return when pods can have a PriorityClass: without it the cluster would make none.

    Who may not look is not refused: the cluster itself says so later.

    Raises:
        CloudRefused: the cluster has none of that name.
        CloudError: the cluster does not answer, or refuses.
    """
    if name and _is_lacking(api, name):
        raise CloudRefused(f"The cluster has no PriorityClass {name}.", _make_it(name))


def priorities(api: Api, cluster: Cluster) -> Finding:
    """Return whether the classes that are chosen are there, and urgent pods go before others."""
    named = [each for each in (cluster.priority_class, cluster.urgent_priority_class) if each]
    try:
        found = {name: _class(api, name) for name in named}
    except PermissionMissing:
        return Finding(
            "priorities",
            "note",
            f"may not look whether there is a PriorityClass {' or '.join(named)}",
            "ask whoever runs the cluster: pods of a class that is not there are never made",
        )
    except CloudError as error:
        return Finding("priorities", "missing", error.sentence, error.advice)
    there = {name: each for name, each in found.items() if each is not None}
    lacking = [name for name in named if name not in there]
    if lacking:
        said = f"the cluster has no PriorityClass {' and no '.join(lacking)}"
        return Finding("priorities", "missing", said, _make_it(lacking[0]))
    return _compared(cluster, there)


def _compared(cluster: Cluster, found: dict[str, _Class]) -> Finding:
    """Return whether urgent pods go before others, of classes that are there."""
    said = ", ".join(f"{each.name} ({each.value})" for each in found.values())
    urgent = found.get(cluster.urgent_priority_class)
    batch = found.get(cluster.priority_class)
    if urgent is None:
        return Finding("priorities", "good", said)
    if urgent.value <= (_NO_CLASS_VALUE if batch is None else batch.value):
        advice = "choose classes of which the urgent one has the greater value"
        if batch is None:
            advice = "choose a class of a smaller value for all others: without one they have 0"
        return Finding("priorities", "note", f"{said}: urgent jobs do not go first", advice)
    if not urgent.preempts:
        advice = "with preemptionPolicy PreemptLowerPriority they would take the room of others"
        return Finding("priorities", "note", f"{said}: urgent jobs wait for room", advice)
    return Finding("priorities", "good", said)


def with_names(cluster: Cluster) -> Cluster:
    """Return the cluster with both classes named; those that are not chosen have our names."""
    return replace(
        cluster,
        priority_class=cluster.priority_class or BATCH_NAME,
        urgent_priority_class=cluster.urgent_priority_class or URGENT_NAME,
    )


def lacking_classes(api: Api, cluster: Cluster) -> list[Manifest]:
    """Return manifests of the classes that the cluster lacks; who may not look is given both.

    A class that is there stays as it is, since its value cannot be changed; the other one is
    made to be below or above it.

    Raises:
        CloudError: the cluster does not answer, or refuses.
    """
    named = with_names(cluster)
    batch = _class_or_none(api, named.priority_class)
    urgent = _class_or_none(api, named.urgent_priority_class)
    made = []
    if batch is None:
        value = BATCH_VALUE if urgent is None else min(BATCH_VALUE, urgent.value - 1)
        made.append(priority_class(named.priority_class, value, _BATCH_TELLS))
    if urgent is None:
        value = URGENT_VALUE if batch is None else max(URGENT_VALUE, batch.value + 1)
        made.append(priority_class(named.urgent_priority_class, value, _URGENT_TELLS))
    return made


def _is_lacking(api: Api, name: str) -> bool:
    try:
        return _class(api, name) is None
    except PermissionMissing:
        return False


def _class_or_none(api: Api, name: str) -> _Class | None:
    try:
        return _class(api, name)
    except PermissionMissing:
        return None


def _class(api: Api, name: str) -> _Class | None:
    try:
        found = api.get("PriorityClass", name)
    except Missing:
        return None
    preempts = found.get("preemptionPolicy", "PreemptLowerPriority") != "Never"
    return _Class(name, int(found.get("value") or 0), preempts)


def _make_it(name: str) -> str:
    return (
        f"'secondunit kubernetes priority-classes' prints {name} for whoever runs the cluster;"
        " or choose another one in the cluster's settings."
    )
