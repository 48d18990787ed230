"""Hold the Jobs of one job in its cluster: make them, size them, end them."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Sequence
from typing import Protocol

from orchestrator.cloud_errors import CloudRefused
from orchestrator.events import Fault
from orchestrator.fleet.kubernetes import manifests, names
from orchestrator.fleet.kubernetes.api import Api, Exists, Missing
from orchestrator.fleet.kubernetes.manifests import Manifest, Outfit
from orchestrator.fleet.kubernetes.names import Pool
from orchestrator.fleet.kubernetes.seen import JobSeen, PodSeen, jobs_of, pods_of
from remote_worker.contract.records import JobId

_END_GRACE_S = 3
_LOOK_S = 0.3
_GONE_S = 60.0
OWNED = ("Job", "Pod", "ScaledJob", "ConfigMap", "Secret")
"""Kinds that a job may have, in the order they are deleted."""


class PodPools(Protocol):
    """What a fleet of pods needs of those who hold them; each call as in :class:`Pools`."""

    api: Api

    def look(self) -> tuple[PodSeen, ...]:
        """Return the job's pods."""
        ...

    def have(
        self, pool: Pool, target: int, alive: Sequence[PodSeen], given_up: Sequence[PodSeen]
    ) -> None:
        """Have so many pods in a pool."""
        ...

    def broken(self) -> Fault | None:
        """Return why agents refuse what they are told, when they do."""
        ...

    def end_pod(self, name: str, within_s: float | None) -> None:
        """Tell a pod to end."""
        ...

    def give_up_pod(self, name: str) -> None:
        """Have a pod taken for gone."""
        ...

    def end(self) -> None:
        """End every pod."""
        ...


class Pools:
    """The two pools of one job: spot, and what stands in for it; for one thread at a time."""

    def __init__(self, api: Api, outfit: Outfit) -> None:
        """Prepare; nothing is asked of the cluster."""
        self.api, self._outfit = api, outfit
        self._jobs: tuple[JobSeen, ...] = ()
        self._rounds = 0

    def look(self) -> tuple[PodSeen, ...]:
        """Return the job's pods, and remember its Jobs.

        Raises:
            CloudError: the cluster does not answer, or refuses.
        """
        selector = names.selector(self._outfit.job_id)
        self._jobs = jobs_of(self.api.find("Job", selector))
        self._rounds = max((self._rounds, *(each.round for each in self._jobs)))
        return pods_of(self.api.find("Pod", selector))

    def have(
        self, pool: Pool, target: int, alive: Sequence[PodSeen], given_up: Sequence[PodSeen]
    ) -> None:
        """Have so many pods in a pool, of which ``alive`` are there and stay.

        A Job that one pod ended well makes no more: then the next round follows it.  A Job
        replaces a pod once that has ended: one that was ``given_up`` may take long to, so it is
        made up for.

        Raises:
            CloudError: the cluster does not answer, or refuses.
        """
        mine = [each for each in self._jobs if each.pool == pool]
        growing = next((each for each in reversed(mine) if each.can_grow), None)
        others = sum(growing is None or each.round != growing.round for each in alive)
        lacking = max(0, target - others)
        counted = sum(growing is not None and each.round == growing.round for each in given_up)
        if growing is not None and growing.pods_wanted != lacking + counted:
            self.api.patch("Job", growing.name, {"spec": {"parallelism": lacking + counted}})
        elif growing is None and lacking:
            self._rounds += 1
            made = manifests.job(self._outfit, pool, self._rounds, lacking)
            with contextlib.suppress(Exists):  # a call without an answer had made it
                self.api.create(made)

    def broken(self) -> Fault | None:
        """Return why agents refuse what they are told, when they do: it helps no other round."""
        for each in self._jobs:
            if each.failed_why == "PodFailurePolicy":
                return Fault(
                    "worker_misconfigured",
                    f"The agents refuse their configuration. {each.message}".strip(),
                    "Check storage, queue and keys of the cluster, then resume the job.",
                )
        return None

    def end_pod(self, name: str, within_s: float | None) -> None:
        """Tell a pod to end within so long; None: within its own grace.

        Raises:
            CloudError: the cluster does not answer, or refuses.
        """
        grace_s = None
        if within_s is not None:
            own_s = manifests.grace_s(self._outfit.cluster)
            grace_s = min(own_s, max(int(within_s), _END_GRACE_S))
        self.api.delete("Pod", name, grace_s=grace_s)

    def give_up_pod(self, name: str) -> None:
        """Have a pod taken for gone, whether or not its node still answers.

        Raises:
            CloudError: the cluster does not answer, or refuses.
        """
        self.api.delete("Pod", name, grace_s=0)

    def end(self) -> None:
        """End every pod soon, and with them the Jobs, and wait until they are gone.

        Raises:
            CloudError: the cluster does not answer; it can be done again.
        """
        job_id = self._outfit.job_id
        delete_all(self.api, job_id, ("Job", "Pod"), grace_s=_END_GRACE_S)
        wait_until_gone(self.api, job_id, ("Job", "Pod"))


def put(api: Api, manifest: Manifest) -> None:
    """Make an object, or have the one of that name say the same.

    Raises:
        CloudError: the cluster does not answer, or refuses.
    """
    try:
        api.create(manifest)
    except Exists:
        change: Manifest = {"data": manifest.get("data"), "metadata": manifest["metadata"]}
        api.patch(str(manifest["kind"]), str(manifest["metadata"]["name"]), change)


def delete_all(
    api: Api, job_id: JobId | None, kinds: tuple[str, ...] = OWNED, *, grace_s: int | None = None
) -> tuple[str, ...]:
    """Delete all of a job's objects, or of all jobs, and return what they were.

    Raises:
        CloudError: the cluster does not answer, or refuses; it can be done again.
    """
    told = []
    for kind in kinds:
        for item in listed(api, kind, job_id):
            name = str(item["metadata"]["name"])
            api.delete(kind, name, grace_s=grace_s if kind == "Pod" else None)
            told.append(f"{kind} {name}")
    return tuple(told)


def wait_until_gone(api: Api, job_id: JobId, kinds: tuple[str, ...] = OWNED) -> None:
    """Wait until nothing of a job is left.

    Raises:
        CloudRefused: something still is; it can be looked for again.
        CloudError: the cluster does not answer.
    """
    give_up_s = time.monotonic() + _GONE_S
    while left := [f"{k} {i['metadata']['name']}" for k in kinds for i in listed(api, k, job_id)]:
        if time.monotonic() > give_up_s:
            raise CloudRefused(
                f"The cluster still has {', '.join(left[:5])}.",
                "Look later: 'secondunit kubernetes sweep' removes what is left.",
            )
        threading.Event().wait(_LOOK_S)


def listed(api: Api, kind: str, job_id: JobId | None) -> list[Manifest]:
    """Return what a job, or any job, has of a kind.

    Raises:
        CloudError: the cluster does not answer, or refuses.
    """
    try:
        return api.find(kind, names.selector(job_id))
    except Missing:
        return []  # a cluster without KEDA has no such kind
