"""Examine what a render in a cluster needs, and whether that is there."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from orchestrator.cloud_errors import CloudError
from orchestrator.errors import SecondUnitError
from orchestrator.fleet.kubernetes.api import Api
from orchestrator.fleet.kubernetes.applied import may_see, require_by_reference
from orchestrator.fleet.kubernetes.authorities import SOON_DAYS, authorities_of, ends_soonest
from orchestrator.fleet.kubernetes.cluster import Cluster
from orchestrator.fleet.kubernetes.engine import engine_finding
from orchestrator.fleet.kubernetes.handover import require_folder
from orchestrator.fleet.kubernetes.line import Keys, line_of
from orchestrator.fleet.kubernetes.rights import OWN, SECRETS
from orchestrator.fleet.kubernetes.run import (
    Wanted,
    jobs_of,
    outfit_for_checks,
    require_named,
    require_ready,
)
from orchestrator.fleet.kubernetes.urgency import priorities
from orchestrator.health import Finding
from remote_worker.contract.records import JobId
from remote_worker.errors import WorkerError

OLDEST = (1, 29)
"""From here on a failure policy and what waits for pods that end are there without a switch."""


def examine(
    api: Api | None, cluster: Cluster, keys: Keys, share: Callable[[int, int], None] | None = None
) -> tuple[Finding, ...]:
    """Return all findings; ``share`` hears how much is done.

    ``api`` None: there is no way into the cluster from here, and others apply what runs there.
    """
    looks: tuple[Callable[[], Finding], ...]
    if api is None or cluster.applied_by == "others":
        looks = (partial(_watching, api), partial(_to_hand_over, cluster, keys))
    else:
        looks = (
            partial(_version, api),
            partial(_rights, api, with_secrets=bool(keys) and not cluster.secret),
            partial(_named, api, cluster),
            partial(_manifests, api, cluster),
        )
    if cluster.ca_file:
        looks += (partial(_certificates, cluster),)
    looks += (partial(_storage, cluster, keys), partial(_queue, cluster, keys))
    if api is not None and (cluster.priority_class or cluster.urgent_priority_class):
        looks += (partial(priorities, api, cluster),)
    if api is not None and cluster.engine_claim:
        looks += (partial(engine_finding, api, cluster),)
    findings = []
    for number, look in enumerate(looks, start=1):
        findings.append(look())
        if share is not None:
            share(number, len(looks))
    return tuple(findings)


def _version(api: Api) -> Finding:
    try:
        major, minor = api.version()
    except CloudError as error:
        return _bad("cluster", error)
    found = f"Kubernetes {major}.{minor}"
    if (major, minor) < OLDEST:
        return Finding(
            "cluster", "missing", found, f"it needs {OLDEST[0]}.{OLDEST[1]}: bring it up to date"
        )
    return Finding("cluster", "good", found)


def _rights(api: Api, *, with_secrets: bool) -> Finding:
    wanted = OWN + (SECRETS if with_secrets else ())
    try:
        lacking = [f"{verb} {what}" for verb, what in wanted if not api.may(verb, what)]
    except CloudError as error:
        return _bad("rights", error)
    if lacking:
        said = ", ".join(lacking)
        return Finding("rights", "missing", f"may not {said}", "ask whoever runs the cluster")
    return Finding("rights", "good", f"all {len(wanted)} in {api.namespace}")


def _watching(api: Api | None) -> Finding:
    """Look whether pods can be followed; others apply them, so it goes without as well."""
    if may_see(api):
        return Finding("rights", "good", "pods and their logs can be read, others apply them")
    return Finding(
        "rights",
        "note",
        "pods cannot be read from here: storage and queue alone tell how a render goes",
        "'secondunit kubernetes rights' prints what whoever runs the cluster may give you",
    )


def _to_hand_over(cluster: Cluster, keys: Keys) -> Finding:
    try:
        require_ready(cluster)
        require_by_reference(cluster, keys)
        if cluster.manifests_folder:
            require_folder(cluster.manifests_folder)
    except SecondUnitError as error:
        return _bad("manifests", error)
    where = cluster.manifests_folder or "each job's own folder"
    return Finding("manifests", "good", f"to {where}, image {cluster.image}")


def _certificates(cluster: Cluster) -> Finding:
    try:
        found = authorities_of(cluster.ca_file)
    except SecondUnitError as error:
        return _bad("certificates", error)
    ends = ends_soonest(found)
    told = f"{len(found)} in {cluster.ca_file}, the first ends on {ends:%Y-%m-%d}"
    if ends < datetime.now(UTC) + timedelta(days=SOON_DAYS):
        return Finding("certificates", "note", told, "ask for the file that follows it")
    return Finding("certificates", "good", told)


def _named(api: Api, cluster: Cluster) -> Finding:
    try:
        require_named(api, cluster)
    except CloudError as error:
        return _bad("names", error)
    named = (cluster.secret, cluster.service_account, cluster.claim)
    return Finding("names", "good", ", ".join(each for each in named if each) or "none are used")


def _manifests(api: Api, cluster: Cluster) -> Finding:
    try:
        require_ready(cluster)
        for each in jobs_of(outfit_for_checks(cluster), Wanted(fall_back=True)):
            api.create(each, dry_run=True)
    except SecondUnitError as error:
        return _bad("manifests", error)
    return Finding("manifests", "good", f"the cluster takes them, image {cluster.image}")


def _storage(cluster: Cluster, keys: Keys) -> Finding:
    """Write something, look whether it is there, and take it away again."""
    try:
        line = line_of(cluster, _nobody(), keys, hold_s=1.0)
        try:
            line.store.put("done/examined.json", b"{}")
            line.store.has("done/examined.json")
        finally:
            line.clear_store()
    except (SecondUnitError, WorkerError) as error:
        return _bad("storage", error)
    return Finding("storage", "good", cluster.bucket or cluster.claim_folder)


def _queue(cluster: Cluster, keys: Keys) -> Finding:
    """Make a queue and take it away again, as every job does."""
    try:
        line = line_of(cluster, _nobody(), keys, hold_s=1.0)
        try:
            line.queue.make()
        finally:
            line.queue.remove()
    except (SecondUnitError, WorkerError) as error:
        return _bad("queue", error)
    return Finding("queue", "good", cluster.queue_endpoint_url or f"{cluster.queue} of AWS")


def _nobody() -> JobId:
    """Return the name of a job that is none; SQS takes no name again within a minute."""
    return JobId(f"examined-{secrets.token_hex(4)}")


def _bad(name: str, error: SecondUnitError | WorkerError) -> Finding:
    return Finding(name, "missing", error.sentence, error.advice)
