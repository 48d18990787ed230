"""Print the manifests of a job's agents as YAML, for those who apply them by other means."""

from __future__ import annotations

from argparse import Namespace

from orchestrator.cli.exits import Exit
from orchestrator.cli.kubernetes_engine import engine_manifest
from orchestrator.cli.report import Reporter
from orchestrator.cloud import Cloud
from orchestrator.desk.elsewhere import read_where
from orchestrator.errors import RequestRefused
from orchestrator.fleet.kubernetes import manifests
from orchestrator.fleet.kubernetes.api import Api
from orchestrator.fleet.kubernetes.checks import complaints
from orchestrator.fleet.kubernetes.cluster import Cluster, at_urgency, find_cluster
from orchestrator.fleet.kubernetes.line import kept_keys, line_of
from orchestrator.fleet.kubernetes.manifests import Manifest, Outfit, Pace
from orchestrator.fleet.kubernetes.run import require_ready, require_sound, secret_of
from orchestrator.home import Home
from orchestrator.jobs import find_job, read_record
from remote_worker.contract.records import JobId


def manifest(asked: Namespace, reporter: Reporter) -> Exit:
    """Print what ``render --on kubernetes`` would submit; a Secret's content is never printed."""
    if asked.job == "engine":
        return engine_manifest(asked, reporter)
    home = Home.default()
    chosen = manifests.with_image(find_cluster(home, asked.cluster), asked.image)
    require_ready(chosen)
    job_id = _job_in_a_cluster(home, asked.job)
    urgent = asked.urgent or read_record(home, job_id).request.urgent
    cluster = at_urgency(chosen, urgent=urgent)
    outfit = _outfit(home, cluster, job_id)
    found = _manifests(outfit, asked)
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


def _outfit(home: Home, cluster: Cluster, job_id: JobId) -> Outfit:
    """Return what the job's agents are run with; its queue is made, to know its address."""
    keys = {} if cluster.secret else kept_keys(Cloud(home).secrets, cluster)
    pace = Pace()
    line = line_of(cluster, job_id, keys, hold_s=pace.hold_s)
    secret = secret_of(cluster, job_id, keys)
    return Outfit(
        job_id=job_id,
        cluster=cluster,
        queue=line.queue.make(),
        store=line.store_config,
        secret=secret,
        pace=pace,
    )


def _manifests(outfit: Outfit, asked: Namespace) -> list[Manifest]:
    cluster = outfit.cluster
    pods = cluster.pods if asked.pods is None else asked.pods
    on_demand = cluster.on_demand_pods if asked.on_demand_pods is None else asked.on_demand_pods
    spot = (
        manifests.scaled_job(outfit, pods) if asked.keda else manifests.job(outfit, "spot", 1, pods)
    )
    found = [manifests.config_map(outfit), spot]
    if on_demand:
        found.append(manifests.job(outfit, "on-demand", 1, on_demand))
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
