"""Tell views, without asking anybody, which cluster a video would be rendered in."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.desk.entries import Where
from orchestrator.errors import SecondUnitError
from orchestrator.fleet.kubernetes.api import kubeconfig_files
from orchestrator.fleet.kubernetes.cluster import (
    Cluster,
    clusters_path,
    find_cluster,
    load_clusters,
)
from orchestrator.home import Home
from remote_worker.contract.records import JobId


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterTold:
    """What is set up of a cluster, in words for a person."""

    context: str = ""
    namespace: str = ""
    storage: str = ""
    queue: str = ""
    lacking: str = ""
    """What is still to be set up; empty: nothing."""
    by_others: bool = False
    """Whether others apply the Jobs of new videos, or of the one that is asked for."""
    manifests: str = ""
    """The folder that manifests go to, or the file of the job that is asked for; empty: the app's
    own folder."""


def has_clusters(home: Home | None = None) -> bool:
    """Return whether this machine has a kubeconfig, or a cluster that was set up; quick.

    Where others apply the Jobs, a cluster can be rendered in without any way into it.
    """
    return bool(kubeconfig_files()) or (home is not None and clusters_path(home).is_file())


def clusters_mark(home: Home) -> object:
    """Return what is another when the clusters may have been changed; quick."""
    try:
        found = clusters_path(home).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def told_of_cluster(home: Home, context: str, job_id: JobId | None = None) -> ClusterTold:
    """Return what is set up of a cluster, or what is lacking, for new videos or for a job."""
    from orchestrator.fleet.kubernetes.handover import read_applied  # with it comes YAML
    from orchestrator.fleet.kubernetes.run import require_ready  # with it comes a cloud's SDK

    try:
        cluster = find_cluster(home, context)
        require_ready(cluster)
    except SecondUnitError as error:
        return ClusterTold(context=context, lacking=f"{error.sentence} {error.advice}")
    noted = None if job_id is None else read_applied(home, job_id)
    return ClusterTold(
        context=cluster.context,
        namespace=cluster.namespace,
        storage=_storage(cluster),
        queue=_queue(cluster),
        by_others=(cluster.applied_by if noted is None else noted.by) == "others",
        manifests=cluster.manifests_folder if noted is None else noted.path,
    )


def where_in_cluster(home: Home) -> Where:
    """Return where a video is rendered whose user has just chosen the cluster in use."""
    try:
        known = load_clusters(home)
    except SecondUnitError:
        known = ()  # what is wrong with them is said where the cluster is told of
    if not known:
        return Where(kind="kubernetes")
    return Where(kind="kubernetes", cluster=known[0].context, instances=known[0].pods)


def _storage(cluster: Cluster) -> str:
    if cluster.store == "claim":
        return cluster.claim
    there = cluster.store_endpoint_url or cluster.region
    return f"{cluster.bucket} ({there})" if there else cluster.bucket


def _queue(cluster: Cluster) -> str:
    if cluster.queue == "rabbitmq":
        return cluster.queue_endpoint_url
    return f"SQS ({cluster.queue_endpoint_url or cluster.region or 'AWS'})"
