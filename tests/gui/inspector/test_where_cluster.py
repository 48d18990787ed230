"""A video is given to a cluster only where there is one, and what is lacking of it is said."""

import json
from dataclasses import replace

import pytest
import yaml

from gui.cloud.account import CloudAccount
from gui.inspector.where import WhereSection
from orchestrator.desk.entries import Where
from orchestrator.fleet.kubernetes.cluster import Cluster, clusters_path, save_clusters
from orchestrator.fleet.kubernetes.handover import Applied, note_applied
from orchestrator.home import Home
from tests.gui.fake_bridge import FakeBridge
from tests.gui.sample_entries import entry

IMAGE = "registry.test/agent@sha256:" + "a" * 64


@pytest.fixture
def bridge(qapp, tmp_path):
    return FakeBridge(Home(tmp_path / "home"))


@pytest.fixture
def kubeconfig(tmp_path, monkeypatch):
    path = tmp_path / "kubeconfig"
    path.write_text(yaml.safe_dump({"apiVersion": "v1", "kind": "Config"}))
    monkeypatch.setenv("KUBECONFIG", str(path))
    return path


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "none"))


@pytest.fixture
def section(qtbot, bridge):
    made = WhereSection(bridge, CloudAccount(bridge))
    qtbot.addWidget(made)
    made.show()
    return made


def kinds(section):
    box = section.kind.combo
    return [box.itemData(number) for number in range(box.count())]


def shown(section, where=None):
    section.show_entries(
        [replace(entry("a", "a.mp4"), where=where or Where())], can_change=True, full=True
    )


def test_without_a_kubeconfig_no_cluster_is_offered(nowhere, section):
    shown(section)
    assert "kubernetes" not in kinds(section)
    assert not section.kind.isVisible()


def test_with_one_a_cluster_is_offered(kubeconfig, section):
    shown(section)
    assert "kubernetes" in kinds(section)
    assert section.kind.isVisible()
    assert not section.see_to_cluster.isVisible()


def test_what_is_lacking_is_said_with_the_button_that_helps(qtbot, kubeconfig, section):
    shown(section, Where(kind="kubernetes"))
    qtbot.waitUntil(lambda: "No cluster is set up" in section._note.text())
    with qtbot.waitSignal(section.cluster_asked):
        section.see_to_cluster.click()
    assert not section.budget.isVisible()
    assert not section.keep_going.isVisible()


def test_what_is_set_up_is_told_and_up_to_date(qtbot, bridge, kubeconfig, section):
    cluster = Cluster(
        context="studio", namespace="film", image=IMAGE, nodes="gke", bucket="b", region="r"
    )
    save_clusters(bridge.home, (cluster,))
    shown(section, Where(kind="kubernetes", cluster="studio", instances=150))
    qtbot.waitUntil(lambda: "studio, namespace film" in section._note.text())
    assert "b (r)" in section._note.text()
    assert section.instances.box.value() == 150
    kept = json.loads(clusters_path(bridge.home).read_text())
    kept["clusters"][0]["namespace"] = "other-film"
    clusters_path(bridge.home).write_text(json.dumps(kept))
    shown(section, Where(kind="kubernetes", cluster="studio"))
    qtbot.waitUntil(lambda: "other-film" in section._note.text())


def test_where_others_apply_the_jobs_a_cluster_needs_no_kubeconfig_and_the_file_is_named(
    qtbot, nowhere, section, bridge
):
    cluster = Cluster(context="prod", image=IMAGE, bucket="films", applied_by="others")
    save_clusters(bridge.home, (replace(cluster, manifests_folder="/git/films"),))
    where = Where(kind="kubernetes", cluster="prod")
    shown(section, where)
    assert "kubernetes" in kinds(section)
    qtbot.waitUntil(lambda: "go to /git/films" in section._note.text())
    bridge.home.job("j").mkdir(parents=True)
    note_applied(bridge.home, "j", Applied(by="others", path="/git/films/j.yaml"))
    begun = replace(entry("a", "a.mp4"), where=where, job_id="j")
    for state, words in (("rendering", "from /git/films/j.yaml"), ("done", "j.yaml away from")):
        section.show_entries([replace(begun, state=state)], can_change=True, full=True)
        qtbot.waitUntil(lambda words=words: words in section._note.text())
