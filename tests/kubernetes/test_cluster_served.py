"""A job that comes over HTTP renders in a cluster, and its video is downloaded."""

import hashlib

import pytest

from orchestrator.home import Home
from tests.faults.stories import identity_wish
from tests.kubernetes.server import NAMESPACE
from tests.kubernetes.test_cluster_commands import set_up
from tests.orchestrator.serve.api_server import ApiServer
from tests.orchestrator.serve.undated import undated

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def server(rig, tmp_path, monkeypatch):
    home = Home(tmp_path / "run" / "home")
    monkeypatch.setenv("SECONDUNIT_HOME", str(home.root))
    set_up(rig, home)
    made = ApiServer(home, "--workers", 1, "--places", "here,kubernetes", "--most-instances", 2)
    yield made
    made.close()


def test_a_job_over_http_renders_in_pods_and_gives_the_bytes_of_one_that_renders_here(
    rig, server, tmp_path
):
    clip = identity_wish(tmp_path / "clip", frames=48, seed=5).source
    offered = server.ask("GET", "/places")
    assert [(each["kind"], each["cluster"]) for each in offered] == [
        ("here", None), ("kubernetes", "studio"),
    ]  # fmt: skip
    assert server.refused(
        "POST", "/jobs", 403, json={"source": "0" * 32, "where": {"kind": "aws"}}
    ) == "place_not_offered"  # fmt: skip
    job = server.submit(server.upload(clip), where={"kind": "kubernetes"})
    told = server.events(job)
    assert told[-1]["state"] == "done", told[-1]["trouble"]
    seen = [each["machines"]["machines"] for each in told if each["machines"]]
    assert {pod["zone"] for pods in seen for pod in pods} == {NAMESPACE}
    assert rig.mini.most_pods > 0
    video = server.client.get(f"/jobs/{job}/video").content
    assert hashlib.sha256(video).hexdigest() == told[-1]["result"]["sha256"]
    server.ask("DELETE", f"/jobs/{job}", 204)
    rig.check_nothing_is_left()

    pods = rig.mini.most_pods
    here = server.submit(server.upload(clip))
    assert server.events(here)[-1]["state"] == "done"
    assert undated(server.client.get(f"/jobs/{here}/video").content) == undated(video)
    assert rig.mini.most_pods == pods


@pytest.mark.nightly
def test_cancelling_over_http_ends_the_pods(rig, server, tmp_path):
    clip = identity_wish(tmp_path / "clip", frames=600, seed=6).source
    job = server.submit(server.upload(clip), where={"kind": "kubernetes", "instances": 2})
    server.await_state(job, "rendering")
    while not rig.mini.running():
        assert not server.ask("GET", f"/jobs/{job}")["is_over"]
    assert server.ask("POST", f"/jobs/{job}/cancel")["state"] == "cancelled"
    rig.check_nothing_is_left()
