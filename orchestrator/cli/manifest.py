"""Print the manifests of a job's agents as YAML, for those who apply them by other means."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from orchestrator.cli.exits import Exit
from orchestrator.cli.kubernetes_engine import engine_manifest
from orchestrator.cli.report import Reporter
from orchestrator.cloud import Cloud
from orchestrator.desk.elsewhere import read_where
from orchestrator.errors import RequestRefused
from orchestrator.fleet.kubernetes import manifests
from orchestrator.fleet.kubernetes.api import Api
from orchestrator.fleet.kubernetes.applied import AppliedRun
from orchestrator.fleet.kubernetes.checks import complaints
from orchestrator.fleet.kubernetes.cluster import Cluster, at_urgency, find_cluster
from orchestrator.fleet.kubernetes.handover import read_applied
from orchestrator.fleet.kubernetes.line import kept_keys, line_of
from orchestrator.fleet.kubernetes.manifests import Manifest, Outfit, Pace
from orchestrator.fleet.kubernetes.run import (
    Wanted,
    outfit_of,
    require_ready,
    require_sound,
    secret_of,
)
from orchestrator.home import Home
from orchestrator.jobs import find_job, read_record
from remote_worker.contract.records import JobId


def manifest(asked: Namespace, reporter: Reporter) -> Exit:
    """Print what makes a job's agents in a cluster; a Secret's content is never printed."""
    if asked.job == "engine":
        return engine_manifest(asked, reporter)
    home = Home.default()
    chosen = manifests.with_image(find_cluster(home, asked.cluster), asked.image)
    require_ready(chosen)
    job_id = _job_in_a_cluster(home, asked.job)
    urgent = asked.urgent or read_record(home, job_id).request.urgent
    cluster = at_urgency(chosen, urgent=urgent)
    outfit, round_ = _outfit(home, cluster, job_id, reporter)
    found = _manifests(outfit, asked, round_)
    require_sound(found, cluster)
    notice_s = float(manifests.grace_s(cluster))
    for each in complaints(found, notice_s):
        reporter.say(f"{each.where}: {each.sentence}")
    if asked.validate:
        _validate(Api(cluster.context, cluster.namespace), found, reporter)
    if outfit.secret:
        reporter.say(_about_secret(outfit.secret, cluster))
    text = manifests.to_yaml(found)
    reporter.result(found, lambda console: console.out(text, highlight=False, end=""))
    return Exit.DONE


def _job_in_a_cluster(home: Home, job: str) -> JobId:
    job_id = find_job(home, job)
    if read_where(home, job_id).kind != "kubernetes":
        raise RequestRefused(
            f"The job {job_id} does not render in a cluster.",
            "Begin it with 'secondunit render --on kubernetes', then print its manifests.",
        )
    return job_id


def _outfit(home: Home, cluster: Cluster, job_id: JobId, reporter: Reporter) -> tuple[Outfit, int]:
    """Return what the job's agents are run with, and the Jobs' round.

    The queue is made, to know its address.
    """
    keys = kept_keys(Cloud(home).secrets, cluster)
    noted = read_applied(home, job_id)
    if noted is not None and noted.by == "others":
        return AppliedRun(None, cluster, job_id, keys, Wanted()).outfit(), noted.round
    reporter.say(
        "While this job is rendered from here, the app makes, sizes and deletes its Jobs itself;"
        " for others to do that, begin it with --applied-by-others."
    )
    pace = Pace()
    line = line_of(cluster, job_id, keys, hold_s=pace.hold_s)
    secret = secret_of(cluster, job_id, keys)
    return outfit_of(cluster, job_id, line, line.queue.make(), pace, secret=secret), 1


def _manifests(outfit: Outfit, asked: Namespace, round_: int) -> list[Manifest]:
    cluster = outfit.cluster
    if asked.keda:  # which makes agents anew where chunks wait: none stays for the next
        outfit = replace(outfit, pace=replace(outfit.pace, stay_s=outfit.pace.idle_s))
    pods = cluster.pods if asked.pods is None else asked.pods
    on_demand = cluster.on_demand_pods if asked.on_demand_pods is None else asked.on_demand_pods
    spot = (
        manifests.scaled_job(outfit, pods)
        if asked.keda
        else manifests.job(outfit, "spot", round_, pods)
    )
    found = [manifests.config_map(outfit), spot]
    if on_demand:
        found.append(manifests.job(outfit, "on-demand", round_, on_demand))
    return found


def _validate(api: Api, found: list[Manifest], reporter: Reporter) -> None:
    with reporter.doing("asking the cluster"):
        for each in found:
            api.create(each, dry_run=True)


def _about_secret(name: str, cluster: Cluster) -> str:
    if cluster.secret:
        return f"Pods take their keys from the Secret {name}, which the namespace has."
    return (
        f"Pods take their keys from the Secret {name}: it is not printed, and is made when the"
        " job is rendered from here, or by 'kubectl create secret generic'."
    )
