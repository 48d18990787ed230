"""A cluster is set up, examined, rendered in and swept from a terminal, also after a kill."""

import json
import os
import subprocess
import sys

import pytest
import yaml

from orchestrator.cli.main import main
from orchestrator.desk.elsewhere import write_where
from orchestrator.desk.entries import Where
from orchestrator.fleet.kubernetes import names
from orchestrator.fleet.kubernetes.cluster import load_clusters, save_clusters
from orchestrator.home import Home
from tests.faults.stories import twin
from tests.kubernetes.rig import wait_for
from tests.kubernetes.server import NAMESPACE

pytestmark = pytest.mark.timeout(120)
SECRET = {"AWS_ACCESS_KEY_ID": "dGVzdGluZw==", "AWS_SECRET_ACCESS_KEY": "dGVzdGluZw=="}


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "run" / "home"
    monkeypatch.setenv("SECONDUNIT_HOME", str(folder))
    return Home(folder)


def said(capsys):
    """Return the result of a command that was told to speak to machines."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return next(line["result"] for line in lines if "result" in line)


def set_up(rig, home):
    """Set the rig's cluster up as a user does, with a Secret that the namespace has."""
    chosen = rig.cluster
    secret = {"kind": "Secret", "metadata": {"name": "studio-keys"}, "data": SECRET}
    rig.mini.objects[("Secret", "studio-keys")] = secret
    typed = {
        "namespace": NAMESPACE, "image": chosen.image, "nodes": "gke", "bucket": chosen.bucket,
        "region": chosen.region, "store-endpoint-url": chosen.store_endpoint_url,
        "queue-endpoint-url": chosen.queue_endpoint_url, "secret": "studio-keys", "pods": "2",
    }  # fmt: skip
    options = [f"--{name}={value}" for name, value in typed.items()]
    assert main(["kubernetes", "set", "studio", *options, "--json"]) == 0


def test_a_cluster_is_set_up_and_examined(rig, home, capsys):
    set_up(rig, home)
    (kept,) = load_clusters(home)
    assert (kept.context, kept.secret, kept.pods) == ("studio", "studio-keys", 2)
    capsys.readouterr()
    assert main(["kubernetes", "doctor", "--json"]) == 0
    assert [each["state"] for each in said(capsys)] == ["good"] * 6
    assert not rig.mini.left()


def test_a_right_that_is_lacking_is_named(rig, home, capsys):
    set_up(rig, home)
    rig.mini.forbidden = {("get", "pods/log"), ("create", "jobs")}
    capsys.readouterr()
    assert main(["kubernetes", "doctor", "--json"]) == 5
    rights = next(each for each in said(capsys) if each["name"] == "rights")
    assert rights["found"] == "may not create jobs, get pods/log"


def test_a_context_that_the_kubeconfig_does_not_have_is_refused(rig, home, capsys):
    assert main(["kubernetes", "set", "nowhere"]) == 2
    assert "no context nowhere" in capsys.readouterr().err


def test_what_is_printed_is_what_the_cluster_takes(rig, home, original, tmp_path, capsys):
    home, record = twin(original, tmp_path / "run", workers=2)
    set_up(rig, home)
    assert main(["manifest", record.job_id]) == 2, "it renders here"
    write_where(home, record.job_id, Where(kind="kubernetes", cluster="studio"))
    capsys.readouterr()
    assert main(["manifest", record.job_id, "--validate", "--on-demand-pods", "1"]) == 0
    printed = capsys.readouterr()
    found = list(yaml.safe_load_all(printed.out))
    assert [each["kind"] for each in found] == ["ConfigMap", "Job", "Job"]
    assert "the Secret studio-keys" in printed.err
    assert "testing" not in printed.out
    assert not rig.mini.left(), "it was only asked"
    assert main(["cancel", record.job_id]) == 0
    rig.check_nothing_is_left()


def test_a_desktop_that_is_killed_comes_back_to_the_pods_that_went_on(
    rig, home, original, tmp_path, capsys
):
    home, record = twin(original, tmp_path / "run", workers=2)
    set_up(rig, home)
    write_where(home, record.job_id, Where(kind="kubernetes", cluster="studio", instances=2))
    command = [sys.executable, "-m", "orchestrator.cli.main", "resume", record.job_id, "--json"]
    desktop = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ))
    try:
        wait_for(lambda: len(rig.mini.running()) == 2, within_s=60)
    finally:
        desktop.kill()
        desktop.wait(10)
    assert len(rig.mini.running()) == 2, "pods do without it"
    capsys.readouterr()
    assert main(["kubernetes", "sweep", "--yes", "--json"]) == 0
    assert {each["why"] for each in said(capsys)["found"]} == {"in use"}
    assert main(["resume", record.job_id, "--json"]) == 0
    rig.check_whole(original, home, record)


def test_what_is_left_of_a_job_that_nobody_knows_is_swept_when_asked_to(rig, home, capsys):
    set_up(rig, home)
    name = "secondunit-20260101-000000-abcd"
    labels = names.labels("20260101-000000-abcd")
    made = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": name, "namespace": NAMESPACE, "labels": labels},
        "data": {},
    }
    rig.api.create(made)
    capsys.readouterr()
    assert main(["kubernetes", "sweep", "--yes", "--json"]) == 0
    assert [each["why"] for each in said(capsys)["found"]] == ["of another machine"]
    assert rig.mini.left()
    assert main(["kubernetes", "sweep", "--everything", "--yes"]) == 0
    assert not rig.mini.left()


def test_a_cluster_without_an_image_is_not_rendered_in(rig, home, tmp_path, capsys):
    save_clusters(home, (type(rig.cluster)(context="studio", namespace=NAMESPACE),))
    video = tmp_path / "a.mp4"
    video.write_bytes(b"")
    assert main(["render", str(video), "--on", "kubernetes"]) == 2
    assert "No image of the agent" in capsys.readouterr().err
    assert not rig.mini.calls
