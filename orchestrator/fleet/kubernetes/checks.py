"""Find in manifests what a cluster would take and what would then go wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from orchestrator.fleet.kubernetes.manifests import Manifest

_DIGEST = re.compile(r".+@sha256:[0-9a-f]{64}")
_SECRET_NAME = re.compile(r"(SECRET|PASSWORD|PASSWD|TOKEN|PRIVATE_KEY|ACCESS_KEY|CREDENTIAL)", re.I)
_LONGEST_NAME = 57
"""Pods are called by their Job's name and six characters more, in 63 at most."""
_UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12} | {
    "Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in a manifest that will go wrong, or may."""

    where: str
    """Kind and name of the object."""
    code: str
    sentence: str
    refuses: bool = True
    """Whether it must not be submitted like that."""


def complaints(manifests: Sequence[Manifest], notice_s: float) -> tuple[Complaint, ...]:
    """Return what is wrong with manifests whose nodes are taken back ``notice_s`` after a notice.

    The API server's own validation finds what is no manifest; this finds what it lets pass.
    """
    config = _agent_of(manifests)
    found: list[Complaint] = []
    for manifest in manifests:
        kind, name = str(manifest.get("kind")), str(manifest.get("metadata", {}).get("name"))
        for code, sentence, refuses in _wrong(manifest, config, notice_s):
            found.append(Complaint(f"{kind} {name}", code, sentence, refuses))
    return tuple(found)


_Wrong = Iterator[tuple[str, str, bool]]


def _wrong(manifest: Manifest, config: dict[str, Any] | None, notice_s: float) -> _Wrong:
    match manifest.get("kind"):
        case "Job":
            yield from _wrong_job(manifest["spec"], config, notice_s)
            if len(manifest["metadata"].get("name", "")) > _LONGEST_NAME:
                yield "name_too_long", "Its pods' names would be cut off.", True
            if "ttlSecondsAfterFinished" not in manifest["spec"]:
                yield "never_removed", "It stays in the cluster for ever when it is done.", True
        case "ScaledJob":
            yield from _wrong_job(manifest["spec"]["jobTargetRef"], config, notice_s)
        case "ConfigMap":
            yield from _wrong_config(manifest)


def _wrong_job(spec: dict[str, Any], config: dict[str, Any] | None, notice_s: float) -> _Wrong:
    pod = spec["template"]["spec"]
    yield from _wrong_policy(spec, pod, config)
    yield from _wrong_time(pod, config, notice_s)
    yield from _wrong_nodes(pod)
    yield from _wrong_rights(pod)
    for container in (*pod.get("initContainers", ()), *pod["containers"]):
        yield from _wrong_container(container, pod)
    yield from _wrong_folders(pod, config)


def _wrong_policy(
    spec: dict[str, Any], pod: dict[str, Any], config: dict[str, Any] | None
) -> _Wrong:
    rules = spec.get("podFailurePolicy", {}).get("rules", [])
    if pod.get("restartPolicy") != "Never":
        yield "restarts", "With a restart policy but Never no failure policy is followed.", True
    if not any(_ignores_disruption(rule) for rule in rules):
        yield "counts_disruptions", "A node that is taken back counts as the agent's failure.", True
    if spec.get("podReplacementPolicy", "Failed") != "Failed":
        yield "replaces_early", "A failure policy needs podReplacementPolicy Failed.", True
    if "completions" in spec:
        yield "counts_completions", "Agents of one queue are no numbered tasks.", True
    drained = None if config is None else config.get("drained_code", 0)
    if drained == 0:
        yield (
            "drain_ends_job",
            "A drained agent ends with 0, which a Job takes for the end of its work.",
            True,
        )
    elif drained is not None and not any(_ignores_code(rule, drained) for rule in rules):
        yield "counts_drains", f"Exit code {drained}, a drain, counts as a failure.", True


def _ignores_disruption(rule: dict[str, Any]) -> bool:
    conditions = rule.get("onPodConditions") or []
    return rule.get("action") == "Ignore" and any(
        each.get("type") == "DisruptionTarget" and each.get("status", "True") == "True"
        for each in conditions
    )


def _ignores_code(rule: dict[str, Any], code: int) -> bool:
    codes = rule.get("onExitCodes") or {}
    is_in = codes.get("operator") == "In" and code in codes.get("values", ())
    return rule.get("action") == "Ignore" and is_in


def _wrong_time(pod: dict[str, Any], config: dict[str, Any] | None, notice_s: float) -> _Wrong:
    grace_s = float(pod.get("terminationGracePeriodSeconds", 30))
    if grace_s > notice_s:
        sentence = f"Pods are given {grace_s:g} s to end, their node only {notice_s:g} s."
        yield "grace_too_long", sentence, True
    own_s = None if config is None else float(config.get("grace_s", 0))
    if own_s is not None and own_s >= grace_s:
        sentence = f"The agent takes {own_s:g} s to drain and is killed after {grace_s:g} s."
        yield "drain_too_long", sentence, True


def _wrong_nodes(pod: dict[str, Any]) -> _Wrong:
    affinity = pod.get("affinity", {}).get("nodeAffinity", {})
    required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution", {})
    keys = {
        each["key"]
        for term in required.get("nodeSelectorTerms", ())
        for each in term.get("matchExpressions", ())
        if each.get("operator") != "DoesNotExist"
    } | set(pod.get("nodeSelector", {}))
    tolerated = [
        each
        for each in pod.get("tolerations", ())
        if not str(each.get("key", "")).startswith("node.kubernetes.io/")
    ]
    if keys and not tolerated:
        names = ", ".join(sorted(keys))
        sentence = f"Pods ask for nodes by {names} and put up with no taint that keeps others off."
        yield "no_toleration", sentence, False
    if not keys and not required:
        sentence = "Pods go on any node, also on one that is not meant for them."
        yield "no_selector", sentence, False


def _wrong_rights(pod: dict[str, Any]) -> _Wrong:
    if pod.get("automountServiceAccountToken") is not False:
        yield "token_mounted", "Agents get a key to the cluster itself.", True
    for name in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(name):
            yield "host_shared", f"Agents share the node's own ({name}).", True
    if any("hostPath" in volume for volume in pod.get("volumes", ())):
        yield "host_folder", "Agents see a folder of the node.", True
    context = pod.get("securityContext", {})
    if context.get("runAsNonRoot") is not True or context.get("runAsUser") == 0:
        yield "runs_as_root", "Agents may run as root.", True
    if context.get("seccompProfile", {}).get("type") not in ("RuntimeDefault", "Localhost"):
        yield "no_seccomp", "Agents may make every system call.", True


def _wrong_container(container: dict[str, Any], pod: dict[str, Any]) -> _Wrong:
    context = container.get("securityContext", {})
    if context.get("allowPrivilegeEscalation") is not False or context.get("privileged"):
        yield "may_gain_rights", "Agents may gain rights that they were not given.", True
    if "ALL" not in context.get("capabilities", {}).get("drop", ()):
        yield "has_capabilities", "Agents keep capabilities that they do not need.", True
    if context.get("readOnlyRootFilesystem") is not True:
        yield "root_writable", "Agents may change their own program.", True
    if not _DIGEST.fullmatch(str(container.get("image", ""))):
        sentence = f"The image {container.get('image')!r} may be another one tomorrow."
        yield "image_without_digest", sentence, True
    for each in container.get("env", ()):
        if each.get("value") and _SECRET_NAME.search(each["name"]):
            yield "secret_in_plain", f"{each['name']} is written in the manifest.", True
    yield from _wrong_memory(container, pod)


def _wrong_memory(container: dict[str, Any], pod: dict[str, Any]) -> _Wrong:
    limit = container.get("resources", {}).get("limits", {}).get("memory")
    if limit is None:
        yield "no_memory_limit", "One agent may take all of its node's memory.", True
        return
    for volume in pod.get("volumes", ()):
        folder = volume.get("emptyDir") or {}
        if folder.get("medium") != "Memory":
            continue
        size = folder.get("sizeLimit")
        if size is None or bytes_of(size) >= bytes_of(limit):
            yield "shared_memory_too_large", "Shared memory may take all of the agent's.", True


def _wrong_folders(pod: dict[str, Any], config: dict[str, Any] | None) -> _Wrong:
    """Find folders that agents write to and that are on the read-only root."""
    if config is None:
        return
    mounts = [
        each["mountPath"]
        for each in pod["containers"][0].get("volumeMounts", ())
        if not each.get("readOnly")
    ]
    needed = [config["cache_folder"], config["work_folder"], config["spool"], "/tmp/x"]  # noqa: S108
    if config["store"].get("kind") == "folder":
        needed.append(config["store"]["root"])
    for path in needed:
        if not any(path == mount or path.startswith(f"{mount}/") for mount in mounts):
            yield "not_writable", f"{path} lies on no volume that can be written to.", True


def _wrong_config(manifest: Manifest) -> _Wrong:
    for text in manifest.get("data", {}).values():
        if any(_has_password(each) for each in re.findall(r"[a-z0-9+]+://[^\s\"]+", text)):
            yield "secret_in_plain", "An address in the configuration holds a password.", True


def _has_password(url: str) -> bool:
    try:
        return urlsplit(url).password is not None
    except ValueError:
        return False


def _agent_of(manifests: Sequence[Manifest]) -> dict[str, Any] | None:
    for manifest in manifests:
        if manifest.get("kind") == "ConfigMap" and "agent.json" in manifest.get("data", {}):
            read: dict[str, Any] = json.loads(manifest["data"]["agent.json"])
            return read
    return None


def bytes_of(quantity: str) -> float:
    """Return how many bytes an amount such as ``12Gi`` is."""
    found = re.fullmatch(r"([0-9.]+)([A-Za-z]*)", quantity)
    if found is None or found[2] not in _UNITS:
        return 0.0
    return float(found[1]) * _UNITS[found[2]]
