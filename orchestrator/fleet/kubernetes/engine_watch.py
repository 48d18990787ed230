"""Follow the Job that installs an engine: its pods' state and log, until it is over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.cloud_errors import CloudError, CloudUnreachable, PermissionMissing
from orchestrator.facefusion.errors import EngineInstallFailed
from orchestrator.fleet.kubernetes import names
from orchestrator.fleet.kubernetes.api import Api
from orchestrator.fleet.kubernetes.cluster import Cluster
from orchestrator.fleet.kubernetes.seen import (
    DOUBTFUL,
    HOPELESS,
    JobSeen,
    PodSeen,
    job_of,
    pod_of,
)
from orchestrator.fleet.kubernetes.voice import PodLog
from remote_worker.contract.coding import from_text
from remote_worker.engines.facefusion.in_pod import Holds, Said
from remote_worker.engines.facefusion.provision import Progress

_LAST_LINES_S = 15.0
"""After a pod's end, for what it said last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long one waits; tests wait less."""

    look_s: float = 2.0
    hopeless_s: float = 20.0
    """For a container whose reason not to start waiting does not mend."""
    doubtful_s: float = 600.0
    """For one that waiting mends now and then, such as a registry's."""
    start_s: float = 1200.0
    """For a pod to be made and placed: a node may be made for it, and a volume."""
    away_s: float = 600.0
    """For an API server that does not answer; the Job goes on meanwhile."""


@dataclass(frozen=True, slots=True)
class Told:
    """How far an installation in a cluster is."""

    progress: Progress | None
    """None while no pod has said anything."""
    words: str = ""
    """What is waited for, or what the pod tells."""


Tell = Callable[[Told], None]
GONE = "engine_job_gone"
IN_CLUSTER = "_in_cluster"
"""Added to the code of a fault whose advice is another one in a cluster than on this machine."""
_ADVICE = {
    "engine_network": "Let the cluster's pods reach github.com, huggingface.co and"
    " files.pythonhosted.org, or bring the files from here: 'secondunit kubernetes engine"
    " --bring'.",
    "engine_no_space": "Make the claim larger, where its class allows that, then install again:"
    " what has arrived is used.",
    "engine_not_there": "Name a mirror that has it, or bring it from here: 'secondunit kubernetes"
    " engine --bring'.",
}


class Watch:
    """Hears one installation; for one thread, but for what the logs say."""

    def __init__(
        self,
        api: Api,
        cluster: Cluster,
        tell: Tell,
        patience: Patience,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is asked of the cluster."""
        self._api, self._tell, self._patience, self._clock = api, tell, patience, clock
        self._name = names.engine_name(cluster.engine_claim)
        self._claim = cluster.engine_claim
        self._selector = names.engine_selector(cluster.engine_claim)
        self._logs: dict[str, PodLog[Said]] = {}
        self._progress: Progress | None = None
        self._last_words = ""
        self._failed: Said | None = None
        self._holds: Holds | None = None
        self._since_s = self._answered_s = clock()

    def until_over(self, stop: threading.Event) -> Holds | None:
        """Return what the volume holds once the Job is over; None where its pod's log is gone.

        Raises:
            EngineInstallFailed: it failed, was stopped, or cannot begin.
            CloudError: the cluster does not answer; the Job goes on.
        """
        try:
            while not stop.is_set():
                job = self._look()
                if job is not None and (job.is_over or job.succeeded):
                    return self._ended(job)
                stop.wait(self._patience.look_s)
        finally:
            for log in self._logs.values():
                log.hang_up()
        raise EngineInstallFailed(
            "It was stopped.", "What has arrived on the volume is kept; go on any time.",
            "engine_stopped",
        )  # fmt: skip

    def _look(self) -> JobSeen | None:
        """Return the Job, having heard its pods; None while the API server is away."""
        try:
            jobs = [job_of(each) for each in self._api.find("Job", self._selector)]
            pods = [pod_of(each) for each in self._api.find("Pod", self._selector)]
        except CloudUnreachable:
            if self._clock() - self._answered_s > self._patience.away_s:
                raise
            return None
        self._answered_s = self._clock()
        if not jobs:
            raise EngineInstallFailed(
                "The installation's Job is no longer in the cluster.",
                "What has arrived on the volume is kept: install again to go on.",
                GONE,
            )
        job = jobs[0]
        pods.sort(key=lambda each: (each.made_at, each.name))
        for pod in pods:
            self._hear(pod)
        if not job.is_over and not job.succeeded:
            self._mind(pods)
        return job

    def _hear(self, pod: PodSeen) -> None:
        if pod.state == "pending":
            return
        if pod.uid not in self._logs:
            log = PodLog(self._api, pod.name, self._heard, _read)
            self._logs[pod.uid] = log
            log.start()
        if pod.state == "ended":
            self._logs[pod.uid].pod_has_ended()

    def _heard(self, said: Said) -> None:
        match said.kind:
            case "progress" if said.step:
                self._progress = Progress(said.step, said.file, said.done_bytes, said.total_bytes)
            case "failed":
                self._failed = said
            case "done":
                self._holds = said.holds
        self._say(said.words)

    def _say(self, words: str) -> None:
        self._last_words = words or self._last_words
        self._tell(Told(self._progress, words))

    def _mind(self, pods: list[PodSeen]) -> None:
        """Say what a pod waits for, and give up where waiting does not help.

        Raises:
            EngineInstallFailed: it does not.
        """
        if any(each.state == "running" for each in pods):
            self._since_s = self._clock()
            return
        waiting = next((each for each in reversed(pods) if each.state == "pending"), None)
        waited_s = self._clock() - self._since_s
        reason = waiting.reason if waiting else ""
        why = (waiting.why if waiting else "") or self._why_nothing(waiting)
        if why and why != self._last_words:
            self._say(why)
        kinds = ((HOPELESS, self._patience.hopeless_s), (DOUBTFUL, self._patience.doubtful_s))
        limit_s = next((s for kind, s in kinds if reason in kind), self._patience.start_s)
        if waited_s > limit_s:
            raise EngineInstallFailed(
                f"No pod of the installation runs: {why or reason or 'nobody says why'}",
                "See whether the volume can be had by the cluster's nodes and its image be pulled;"
                " then install again.",
                "engine_pod_does_not_start",
            )

    def _why_nothing(self, waiting: PodSeen | None) -> str:
        """Return why there is no pod, or why one that is placed does not start, by the events."""
        about = [("Job", self._name)] if waiting is None else [("Pod", waiting.name)]
        about.append(("PersistentVolumeClaim", self._claim))
        for kind, name in about:
            fields = f"involvedObject.kind={kind},involvedObject.name={name}"
            try:
                found = self._api.find("Event", fields=fields)
            except PermissionMissing:
                return ""  # whoever may not read events is told less
            except CloudError:
                return ""
            warnings = [each for each in found if each.get("type") == "Warning"]
            if warnings:
                return str(warnings[-1].get("message", ""))
        return ""

    def _ended(self, job: JobSeen) -> Holds | None:
        self._hear_out()
        if job.succeeded:
            return self._holds
        said = self._failed
        if said is not None:
            if said.reason in _ADVICE:
                code = said.reason + IN_CLUSTER
                raise EngineInstallFailed(said.words, _ADVICE[said.reason], code)
            raise EngineInstallFailed(said.words, said.advice or "Install again.", said.reason)
        words = next((log.last_words for log in self._logs.values() if log.last_words), "")
        told = " ".join(filter(None, (job.message, words[-300:] or self._last_words)))
        raise EngineInstallFailed(
            f"The installation in the cluster ended: {told or job.failed_why or 'nobody says why'}",
            "What has arrived on the volume is kept: install again to go on.",
        )

    def _hear_out(self) -> None:
        give_up_s = time.monotonic() + _LAST_LINES_S
        for log in self._logs.values():
            log.pod_has_ended()
            while not log.is_done and time.monotonic() < give_up_s:
                threading.Event().wait(0.05)


def _read(line: str) -> Said:
    return from_text(Said, line)
