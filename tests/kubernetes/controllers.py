"""Do what a cluster's controllers do with Jobs, pods and nodes: replace, place, count, collect."""

from __future__ import annotations

import random
import shutil
import threading
import time
import uuid
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.kubernetes.kubelet import Container, Image, NotYet

Object = dict[str, Any]
_TICK_S = 0.05
_LETTERS = "bcdfghjklmnpqrstvwxz2456789"


@dataclass
class Node:
    """One machine of the cluster."""

    name: str
    labels: dict[str, str]
    taints: list[dict[str, str]] = field(default_factory=list)
    gpus: int = 1
    lost: bool = False


class Controllers:
    """State and loops of a cluster; everything is done under one lock."""

    def __init__(self, folder: Path, *, lost_s: float = 2.0) -> None:
        """``lost_s``: after so long a node that fell silent is removed, and its pods with it."""
        self.lock = threading.RLock()
        self.objects: dict[tuple[str, str], Object] = {}
        self.images: dict[str, Image] = {}
        self.nodes: dict[str, Node] = {}
        self.containers: dict[str, Container] = {}
        """By the pod's uid; those that ended too, for their logs."""
        self.history: list[str] = []
        self.most_pods = 0
        self._folder, self._lost_s = folder, lost_s
        self._lost_at: dict[str, float] = {}
        self._kill_at: dict[str, float] = {}
        self._counted: set[str] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End every container and the loop."""
        self._over.set()
        self._thread.join(10)
        for each in self.containers.values():
            each.kill()
            each.ended.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)

    # -- what the cloud does ---------------------------------------------------------------

    def add_nodes(self, count: int, prefix: str, labels: dict[str, str], taint: str = "") -> None:
        """Add nodes, tainted by a key so that only pods that tolerate it are placed there."""
        taints = [{"key": taint, "value": labels.get(taint, ""), "effect": "NoSchedule"}]
        with self.lock:
            for number in range(count):
                name = f"{prefix}-{number}"
                self.nodes[name] = Node(name, labels, taints if taint else [])

    def lose_node(self, name: str) -> None:
        """Take a node away without a word: processes die, and nobody says so."""
        with self.lock:
            self.nodes[name].lost = True
            self._lost_at[name] = time.monotonic()
            for pod in self.pods():
                container = self.containers.get(pod["metadata"]["uid"])
                if pod["spec"].get("nodeName") == name and container is not None:
                    container.kill()

    def shut_down_node(self, name: str) -> None:
        """Take a node back as a kubelet's graceful shutdown does: SIGTERM, no deletion."""
        with self.lock:
            node = self.nodes.pop(name)
            for pod in self.pods():
                container = self.containers.get(pod["metadata"]["uid"])
                if pod["spec"].get("nodeName") == node.name and container is not None:
                    _condition(pod, "DisruptionTarget", "True", "TerminationByKubelet")
                    container.stop()
                    self._kill_at[pod["metadata"]["uid"]] = time.monotonic() + _grace_s(pod)

    def evict(self, name: str) -> None:
        """Evict a pod by the API: it is told to end, and why is written down."""
        with self.lock:
            pod = self.objects[("Pod", name)]
            _condition(pod, "DisruptionTarget", "True", "EvictionByEvictionAPI")
            self.delete_pod(pod, None)

    def pods(self) -> list[Object]:
        """Return every pod there is."""
        with self.lock:
            return [each for (kind, _), each in self.objects.items() if kind == "Pod"]

    def running(self) -> list[Object]:
        """Return the pods whose agents run and were not told to end, the oldest first."""
        return [
            each
            for each in self.pods()
            if "running" in _container_state(each)
            and "deletionTimestamp" not in each["metadata"]
            and not self.containers[each["metadata"]["uid"]].ended.is_set()
        ]

    # -- what the API server has done --------------------------------------------------------

    def delete(self, kind: str, name: str, grace_s: int | None) -> None:
        """Delete an object and what it owns."""
        found = self.objects[(kind, name)]
        if kind == "Pod":
            self.delete_pod(found, grace_s)
            return
        del self.objects[(kind, name)]
        for pod in self.pods():
            owners = pod["metadata"].get("ownerReferences", [])
            if any(each["uid"] == found["metadata"]["uid"] for each in owners):
                self.delete_pod(pod, None)

    def delete_pod(self, pod: Object, grace_s: int | None) -> None:
        """Begin to end a pod; with a grace of 0 nobody asks its node."""
        meta, uid = pod["metadata"], pod["metadata"]["uid"]
        within_s = float(_grace_s(pod) if grace_s is None else grace_s)
        meta.setdefault("deletionTimestamp", now())
        until_s = time.monotonic() + within_s
        self._kill_at[uid] = min(until_s, self._kill_at.get(uid, until_s))
        container = self.containers.get(uid)
        if container is not None:
            container.stop()

    # -- the loops ---------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._over.wait(_TICK_S):
            with self.lock:
                self._collect_lost_nodes()
                for pod in sorted(self.pods(), key=_priority, reverse=True):
                    self._mind(pod)
                for kind, name in list(self.objects):
                    if kind == "Job":
                        self._reconcile(self.objects[(kind, name)])
                self.most_pods = max(self.most_pods, len(self.running()))

    def _collect_lost_nodes(self) -> None:
        for name, lost_s in list(self._lost_at.items()):
            if time.monotonic() - lost_s < self._lost_s:
                continue
            del self._lost_at[name], self.nodes[name]
            for pod in self.pods():
                if pod["spec"].get("nodeName") == name and not _is_over(pod):
                    _condition(pod, "DisruptionTarget", "True", "DeletionByPodGC")
                    pod["status"]["phase"] = "Failed"
                    pod["metadata"].setdefault("deletionTimestamp", now())

    def _mind(self, pod: Object) -> None:
        """Be scheduler and kubelet of one pod."""
        uid, meta = pod["metadata"]["uid"], pod["metadata"]
        if _is_over(pod):
            owner = self.objects.get(("Job", meta["labels"]["job-name"]))
            if "deletionTimestamp" in meta and (uid in self._counted or owner is None):
                del self.objects[("Pod", meta["name"])]
            return
        container = self.containers.get(uid)
        node = self.nodes.get(pod["spec"].get("nodeName", ""))
        if node is not None and node.lost:
            return  # nobody says anything of it
        if container is not None:
            self._mind_process(pod, container)
        elif "deletionTimestamp" in meta:
            pod["status"]["phase"] = "Failed"
        elif node is None:
            self._schedule(pod)
        else:
            self._start(pod)

    def _mind_process(self, pod: Object, container: Container) -> None:
        uid = pod["metadata"]["uid"]
        if container.ended.is_set():
            code = container.code
            status = pod["status"]
            status["phase"] = "Succeeded" if code == 0 else "Failed"
            reason = "Completed" if code == 0 else "Error"
            over = {"exitCode": code, "reason": reason, "finishedAt": now()}
            status["containerStatuses"][0]["state"] = {"terminated": over}
            self.history.append(f"{pod['metadata']['name']} ended with {code}")
        elif time.monotonic() > self._kill_at.get(uid, float("inf")):
            container.kill()

    def _schedule(self, pod: Object) -> None:
        others = [each for each in self.pods() if each is not pod and not _is_over(each)]
        kept = {
            each["status"].get("nominatedNodeName")
            for each in others
            if not each["spec"].get("nodeName") and _priority(each) >= _priority(pod)
        }
        taken = {each["spec"].get("nodeName") for each in others} | kept
        matching = [n for n in self.nodes.values() if not n.lost and _fits(pod["spec"], n)]
        fitting = [node for node in matching if node.name not in taken]
        if not fitting:
            total = len(self.nodes)
            why = f"0/{total} nodes are available: {total} node(s) didn't match."
            _condition(pod, "PodScheduled", "False", "Unschedulable", why)
            self._preempt(pod, [node.name for node in matching if node.name not in kept], others)
            return
        pod["spec"]["nodeName"] = fitting[0].name
        _condition(pod, "PodScheduled", "True", "")

    def _preempt(self, pod: Object, nodes: list[str], others: list[Object]) -> None:
        """Make room for a pod as the scheduler does: end one of less priority, keep its node."""
        if pod["status"].get("nominatedNodeName") or pod["spec"].get("preemptionPolicy") == "Never":
            return
        lower = [
            each
            for each in others
            if each["spec"].get("nodeName") in nodes and _priority(each) < _priority(pod)
        ]
        if not lower:
            return
        victim = min(lower, key=_priority)
        pod["status"]["nominatedNodeName"] = victim["spec"]["nodeName"]
        self.history.append(f"{victim['metadata']['name']} made room")
        _condition(victim, "DisruptionTarget", "True", "PreemptionByScheduler")
        self.delete_pod(victim, None)

    def _start(self, pod: Object) -> None:
        meta = pod["metadata"]
        folder = self._folder / meta["uid"]
        try:
            self.containers[meta["uid"]] = Container(pod, self.images, self.objects, folder)
            state: Object = {"running": {"startedAt": now()}}
            pod["status"]["phase"] = "Running"
        except NotYet as error:
            state = {"waiting": {"reason": str(error), "message": f"{error} in this test"}}
            shutil.rmtree(folder, ignore_errors=True)
        pod["status"]["containerStatuses"][0]["state"] = state

    # -- Jobs ----------------------------------------------------------------------------------

    def _reconcile(self, job: Object) -> None:
        """Do as the Job controller does with a Job in work-queue mode."""
        status, spec = job["status"], job["spec"]
        mine = [
            p for p in self.pods() if p["metadata"]["labels"]["job-name"] == job["metadata"]["name"]
        ]
        self._count(job, [each for each in mine if _is_over(each)])
        active = [p for p in mine if not _is_over(p) and "deletionTimestamp" not in p["metadata"]]
        terminating = [p for p in mine if not _is_over(p) and "deletionTimestamp" in p["metadata"]]
        if _has(job, "Failed") or _has(job, "Complete"):
            wanted = 0
        elif status.get("succeeded"):
            wanted = len(active)  # one ended well: no new pods are made any more
        else:
            wanted = int(spec.get("parallelism", 1))
        # with a failure policy only pods that have ended are replaced
        for _ in range(wanted - len(active) - len(terminating)):
            self._make_pod(job)
        surplus = max(0, len(active) - wanted)
        newest_first = active[::-1]
        newest_first.sort(key=_runs)
        for pod in newest_first[:surplus]:  # as a real one chooses
            self.delete_pod(pod, None)
        status["active"] = len(active)
        status["terminating"] = len(terminating)
        if status.get("succeeded") and not active and not terminating and not _has(job, "Complete"):
            _condition(job, "Complete", "True", "")

    def _count(self, job: Object, over: list[Object]) -> None:
        status = job["status"]
        for pod in over:
            if pod["metadata"]["uid"] in self._counted:
                continue
            self._counted.add(pod["metadata"]["uid"])
            if pod["status"]["phase"] == "Succeeded":
                status["succeeded"] = status.get("succeeded", 0) + 1
                continue
            action = _action(job, pod)
            self.history.append(f"{pod['metadata']['name']}: {action}")
            if action == "FailJob":
                _condition(job, "Failed", "True", "PodFailurePolicy", "exit code matched a rule")
            if action != "Ignore":
                status["failed"] = status.get("failed", 0) + 1
            if status.get("failed", 0) > job["spec"].get("backoffLimit", 6) and not _has(
                job, "Failed"
            ):
                _condition(job, "Failed", "True", "BackoffLimitExceeded")

    def _make_pod(self, job: Object) -> None:
        name = f"{job['metadata']['name']}-{''.join(random.choices(_LETTERS, k=5))}"
        template = deepcopy(job["spec"]["template"])
        meta = template["metadata"]
        meta |= {"name": name, "uid": str(uuid.uuid4()), "creationTimestamp": now()}
        meta["namespace"] = job["metadata"]["namespace"]
        meta["labels"]["job-name"] = job["metadata"]["name"]
        owner = {"kind": "Job", "name": job["metadata"]["name"], "uid": job["metadata"]["uid"]}
        meta["ownerReferences"] = [owner]
        waiting = {"waiting": {"reason": "ContainerCreating"}}
        status = {"phase": "Pending", "conditions": []}
        status["containerStatuses"] = [{"name": "agent", "state": waiting}]  # type: ignore[list-item]  # any JSON
        pod = {"apiVersion": "v1", "kind": "Pod", **template, "status": status}
        if self._admit(pod["spec"]):
            self.objects[("Pod", name)] = pod

    def _admit(self, spec: Object) -> bool:
        """Write a pod's priority down, as the API server does; without its class it is refused."""
        name = spec.get("priorityClassName")
        found = self.objects.get(("PriorityClass", name))
        if name and found is None:
            self.history.append(f"no PriorityClass with name {name} was found")
            return False
        spec["priority"] = int(found["value"]) if found is not None else 0
        if found is not None:
            spec["preemptionPolicy"] = found.get("preemptionPolicy", "PreemptLowerPriority")
        return True


def now() -> str:
    """Return the time as the API server writes it."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _priority(pod: Object) -> int:
    return int(pod["spec"].get("priority", 0))


def _grace_s(pod: Object) -> int:
    return int(pod["spec"].get("terminationGracePeriodSeconds", 30))


def _is_over(pod: Object) -> bool:
    return pod["status"]["phase"] in ("Succeeded", "Failed")


def _container_state(pod: Object) -> Object:
    found: Object = pod["status"]["containerStatuses"][0]["state"]
    return found


def _runs(pod: Object) -> bool:
    return "running" in _container_state(pod)


def _condition(item: Object, kind: str, status: str, reason: str, message: str = "") -> None:
    conditions = item["status"].setdefault("conditions", [])
    conditions[:] = [each for each in conditions if each["type"] != kind]
    conditions.append({"type": kind, "status": status, "reason": reason, "message": message})


def _has(job: Object, kind: str) -> bool:
    return any(each["type"] == kind for each in job["status"].get("conditions", ()))


def _action(job: Object, pod: Object) -> str:
    """Return what the first rule that matches says of a pod that failed."""
    code = _container_state(pod).get("terminated", {}).get("exitCode")
    present = {(c["type"], c["status"]) for c in pod["status"].get("conditions", ())}
    for rule in job["spec"].get("podFailurePolicy", {}).get("rules", ()):
        wanted = rule.get("onPodConditions") or ()
        if any((each["type"], each.get("status", "True")) in present for each in wanted):
            return str(rule["action"])
        codes = rule.get("onExitCodes")
        if codes and code is not None and (code in codes["values"]) == (codes["operator"] == "In"):
            return str(rule["action"])
    return "Count"


def _fits(spec: Object, node: Node) -> bool:
    """Return whether a pod may go on a node: what it asks for, and what the node keeps off."""
    labels = node.labels
    if any(labels.get(key) != value for key, value in spec.get("nodeSelector", {}).items()):
        return False
    affinity = spec.get("affinity", {}).get("nodeAffinity", {})
    required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution", {})
    terms = required.get("nodeSelectorTerms", [])
    if terms and not any(all(_says(e, labels) for e in t["matchExpressions"]) for t in terms):
        return False
    limits = spec["containers"][0].get("resources", {}).get("limits", {})
    if int(limits.get("nvidia.com/gpu", 0)) > node.gpus:
        return False
    return all(
        any(_puts_up(t, taint) for t in spec.get("tolerations", ())) for taint in node.taints
    )


def _says(expression: Object, labels: dict[str, str]) -> bool:
    value = labels.get(expression["key"])
    match expression["operator"]:
        case "In":
            return value in expression["values"]
        case "Exists":
            return value is not None
        case "DoesNotExist":
            return value is None
    raise AssertionError(expression)


def _puts_up(toleration: Object, taint: dict[str, str]) -> bool:
    if toleration.get("key") not in (None, taint["key"]):
        return False
    if toleration.get("effect") not in (None, taint["effect"]):
        return False
    is_any = toleration.get("operator", "Equal") == "Exists"
    return is_any or toleration.get("value", "") == taint["value"]
