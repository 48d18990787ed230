"""A cluster, a bucket, a queue service and a render, for the tests of the Kubernetes fleet."""

import logging
import os
import shutil
import sys

import boto3
import pytest
from moto.server import ThreadedMotoServer

from orchestrator.fleet.kubernetes.api import Api
from orchestrator.fleet.kubernetes.cluster import Cluster
from remote_worker.agent import worker_digest
from tests.contract_suites.rabbitmq_fixture import rabbit  # noqa: F401  # a fixture by its name
from tests.faults.stories import identity_original
from tests.kubernetes.image import CONTEXT, NAME, agent_image
from tests.kubernetes.rig import BUCKET, REGION, Rig
from tests.kubernetes.server import NAMESPACE, mini_cluster

SEGMENTS = 12
SPOT = "cloud.google.com/gke-spot"


def pytest_collection_modifyitems(items):
    """Skip what runs pods where no process can be given an own root."""
    able = sys.platform == "linux" and os.geteuid() == 0
    for item in items:
        if not able and "cluster" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason="pods need Linux and root"))


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=10 * SEGMENTS, segment_frames=10, seed=11)


@pytest.fixture(scope="session")
def context(tmp_path_factory):
    """The folder that the image is built in, as it is at one moment."""
    folder = tmp_path_factory.mktemp("context")
    worker_digest()  # found out once for the process: what is copied now is what it names
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(CONTEXT / "remote_worker", folder / "remote_worker", ignore=ignore)
    return folder


@pytest.fixture(scope="session")
def services():
    """S3 and SQS, on an address of their own."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def cluster(tmp_path, context):
    with mini_cluster(tmp_path / "mini") as cluster:
        (tmp_path / "image").mkdir()
        cluster.images[NAME] = agent_image(tmp_path / "image", context)
        cluster.add_nodes(
            4, "spot", {"cloud.google.com/gke-spot": "true"}, "cloud.google.com/gke-spot"
        )
        cluster.add_nodes(2, "plain", {})
        yield cluster


@pytest.fixture
def keys(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")


@pytest.fixture
def rig(cluster, services, keys, tmp_path, monkeypatch):
    config = cluster.write_kubeconfig(tmp_path / "kubeconfig")
    monkeypatch.setenv("KUBECONFIG", str(config))
    s3 = boto3.client("s3", endpoint_url=services, region_name=REGION)
    s3.create_bucket(Bucket=BUCKET)
    chosen = Cluster(
        context="studio",
        namespace=NAMESPACE,
        image=NAME,
        nodes="gke",
        bucket=BUCKET,
        region=REGION,
        store_endpoint_url=services,
        queue_endpoint_url=services,
        pods=2,
    )
    return Rig(cluster, Api("studio", NAMESPACE), chosen, services)
