"""Read what the API server says of pods and Jobs into plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

from orchestrator.fleet.kubernetes import names
from orchestrator.fleet.kubernetes.names import Pool

State = Literal["pending", "running", "ended"]
"""``pending``: no agent runs yet.  ``ended``: none runs any more."""
HOPELESS = frozenset(
    {
        "InvalidImageName",
        "ErrImageNeverPull",
        "ImageInspectError",
        "CreateContainerConfigError",
        "CreateContainerError",
        "RunContainerError",
    }
)
"""Reasons for a container not to start that waiting does not mend."""
DOUBTFUL = frozenset({"ErrImagePull", "ImagePullBackOff", "RegistryUnavailable"})
"""Reasons that waiting mends now and then."""
OUTRANKED = "PreemptionByScheduler"
"""Why a pod was ended that had to make room for a more urgent one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PodSeen:
    """One pod at one moment."""

    name: str
    uid: str
    pool: Pool
    round: int
    state: State
    ending: bool = False
    """Whether it was told to end."""
    made_at: str = ""
    """UTC, ISO 8601."""
    node: str = ""
    exit_code: int | None = None
    disrupted: bool = False
    """Whether its node was taken from it, or it from its node."""
    why: str = ""
    """Why it does not run yet, or what ended it, as the cluster says."""
    reason: str = ""
    """The same in the cluster's own word, such as ``ImagePullBackOff``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSeen:
    """One Job at one moment."""

    name: str
    pool: Pool
    round: int
    pods_wanted: int
    succeeded: int = 0
    is_over: bool = False
    """Whether it ended, well or not."""
    failed_why: str = ""
    """The reason of its failure, such as ``PodFailurePolicy``; empty unless it failed."""
    message: str = ""

    @property
    def can_grow(self) -> bool:
        """Whether it still makes pods: after one has ended well, no more are made."""
        return not self.is_over and not self.succeeded


def pods_of(items: Iterable[dict[str, Any]]) -> tuple[PodSeen, ...]:
    """Return the pods, in the order they were made."""
    found = [pod_of(each) for each in items if _is_ours(each)]
    return tuple(sorted(found, key=lambda each: (each.made_at, each.name)))


def jobs_of(items: Iterable[dict[str, Any]]) -> tuple[JobSeen, ...]:
    """Return the Jobs that are not being deleted, the oldest round first."""
    found = [
        job_of(each)
        for each in items
        if _is_ours(each) and not each["metadata"].get("deletionTimestamp")
    ]
    return tuple(sorted(found, key=lambda each: (each.round, each.name)))


def _is_ours(item: dict[str, Any]) -> bool:
    return item["metadata"].get("labels", {}).get(names.POOL) in names.POOLS


def _marks(item: dict[str, Any]) -> tuple[Pool, int]:
    labels = item["metadata"].get("labels", {})
    number = str(labels.get(names.ROUND, ""))
    pool = labels.get(names.POOL, "on-demand")
    return cast(Pool, pool), int(number) if number.isdecimal() else 0


def pod_of(item: dict[str, Any]) -> PodSeen:
    """Return one pod, whatever its labels say."""
    meta, status = item["metadata"], item.get("status") or {}
    pool, round_ = _marks(item)
    container = (status.get("containerStatuses") or [{}])[0].get("state") or {}
    over = container.get("terminated") or {}
    conditions = {each["type"]: each for each in status.get("conditions") or ()}
    disruption = conditions.get("DisruptionTarget", {})
    disrupted = disruption.get("status") == "True"
    reason, why = _why(status, container, conditions)
    return PodSeen(
        name=str(meta["name"]),
        uid=str(meta.get("uid", "")),
        pool=pool,
        round=round_,
        state=_state(status, container),
        ending=bool(meta.get("deletionTimestamp")),
        made_at=str(meta.get("creationTimestamp") or ""),
        node=str(item.get("spec", {}).get("nodeName") or ""),
        exit_code=over.get("exitCode"),
        disrupted=disrupted,
        why=str(disruption.get("message", "")) if disrupted else why,
        reason=str(disruption.get("reason", "")) if disrupted else reason,
    )


def _state(status: dict[str, Any], container: dict[str, Any]) -> State:
    if status.get("phase") in ("Succeeded", "Failed") or "terminated" in container:
        return "ended"
    return "running" if "running" in container else "pending"


def _why(
    status: dict[str, Any], container: dict[str, Any], conditions: dict[str, dict[str, Any]]
) -> tuple[str, str]:
    """Return the reason, and in words why a pod does not run or what ended it."""
    if (waits := container.get("waiting")) and waits.get("reason") != "ContainerCreating":
        return str(waits.get("reason", "")), str(waits.get("message", ""))
    if over := container.get("terminated"):
        return str(over.get("reason", "")), str(over.get("message", ""))
    placed = conditions.get("PodScheduled", {})
    if placed.get("status") == "False":
        return str(placed.get("reason", "")), str(placed.get("message", ""))
    return str(status.get("reason") or ""), str(status.get("message") or "")


def job_of(item: dict[str, Any]) -> JobSeen:
    """Return one Job, whatever its labels say."""
    status, spec = item.get("status") or {}, item["spec"]
    pool, round_ = _marks(item)
    conditions = {
        each["type"]: each
        for each in status.get("conditions") or ()
        if each.get("status") == "True"
    }
    failed = conditions.get("Failed") or conditions.get("FailureTarget") or {}
    return JobSeen(
        name=str(item["metadata"]["name"]),
        pool=pool,
        round=round_,
        pods_wanted=int(spec.get("parallelism", 1)),
        succeeded=int(status.get("succeeded") or 0),
        is_over=bool({"Failed", "Complete", "FailureTarget"} & set(conditions)),
        failed_why=str(failed.get("reason", "")),
        message=str(failed.get("message", "")),
    )
