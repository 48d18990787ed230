"""The dialog for FaceFusion in a cluster shows what is there, asks for licences, and is stopped."""

import pytest

from gui.bridge import Bridge
from gui.settings.cluster_engine import ClusterEngineDialog
from gui.settings.kubernetes_page import KubernetesPage
from orchestrator.fleet.kubernetes import engine_install, engine_manifests
from orchestrator.fleet.kubernetes.cluster import Cluster, save_clusters
from orchestrator.fleet.kubernetes.engine_install import Installed
from orchestrator.fleet.kubernetes.engine_watch import Told
from orchestrator.home import Home
from orchestrator.settings_file import load
from remote_worker.engines.facefusion.in_pod import Holds
from remote_worker.engines.facefusion.installation import COMMIT, VARIABLE
from remote_worker.engines.facefusion.provision import Progress
from tests.kubernetes.server import NAMESPACE, mini_cluster

WAIT_MS = 30_000
CLUSTER = Cluster(
    context="studio",
    namespace=NAMESPACE,
    image=f"registry.test/agent@sha256:{'a' * 64}",
    bucket="films",
    engine_claim="facefusion",
    secret="studio-keys",  # noqa: S106  # a Secret's name
)


@pytest.fixture
def mini(tmp_path, monkeypatch):
    with mini_cluster(tmp_path / "mini") as cluster:
        config = cluster.write_kubeconfig(tmp_path / "kubeconfig")
        monkeypatch.setenv("KUBECONFIG", str(config))
        monkeypatch.setenv(VARIABLE, str(tmp_path / "engine"))
        note = {"storageclass.kubernetes.io/is-default-class": "true"}
        share = {"metadata": {"name": "share", "annotations": note}}
        cluster.objects[("StorageClass", "share")] = share
        yield cluster


@pytest.fixture
def bridge(qapp, tmp_path):
    home = Home(tmp_path / "home")
    home.root.mkdir()
    made = Bridge(home)
    yield made
    made.close()


@pytest.fixture
def dialog(qtbot, mini, bridge):
    made = ClusterEngineDialog(bridge, CLUSTER)
    qtbot.addWidget(made)
    made.show()
    rest(qtbot, made)
    return made


def rest(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog._busy, timeout=WAIT_MS)


def test_a_volume_that_is_not_there_is_made_and_an_installation_stopped(
    qtbot, dialog, mini, bridge
):
    assert "no volume claim facefusion yet" in dialog.standing.text()
    assert dialog.size_gib.isVisible()
    assert dialog.install.text() == "Make the volume and install"
    assert not dialog.install.isEnabled(), "nobody agreed to the licences"
    assert "Non-Commercial" in dialog._restricted.text()
    dialog.agree.setChecked(True)
    dialog.size_gib.setValue(30)
    dialog.install.click()
    qtbot.waitUntil(lambda: "nodes are available" in dialog.step.text(), timeout=WAIT_MS)
    claim = mini.objects[("PersistentVolumeClaim", "facefusion")]
    assert claim["spec"]["resources"]["requests"]["storage"] == "30Gi"
    assert dialog.stop.isVisible()
    assert not dialog.install.isEnabled()
    dialog.stop.click()
    rest(qtbot, dialog)
    assert "It was stopped" in dialog.note.text()
    qtbot.waitUntil(lambda: "Nothing is known" in dialog.standing.text(), timeout=WAIT_MS)
    assert not dialog.size_gib.isVisible()
    accepted = load(bridge.home).accepted_licences
    assert accepted
    assert bridge.settings.accepted_licences == accepted
    assert not dialog.agree.isVisible(), "it is asked once"
    left = [each for each in mini.left() if not each.startswith("PersistentVolumeClaim")]
    assert left == []


def test_how_far_it_is_is_shown_and_what_is_there_afterwards(
    qtbot, dialog, mini, bridge, monkeypatch
):
    claim = engine_manifests.claim(CLUSTER, engine_manifests.ClaimWish())
    mini.objects[("PersistentVolumeClaim", "facefusion")] = claim | {"status": {"phase": "Bound"}}
    dialog.look()
    rest(qtbot, dialog)
    assert "Nothing is known" in dialog.standing.text()

    def install(api, cluster, keys, wish, installation, tell, stop):
        tell(Told(Progress("models", "a.onnx", 1 << 20, 4 << 20)))
        holds = Holds(
            version="3.8.1", commit=COMMIT, flavour="cuda12", onnxruntime="1", pins={},
            models=wish.models,
        )  # fmt: skip
        mini.objects[("ConfigMap", "noted")] = engine_manifests.note(cluster, holds, "")
        return Installed(holds, was_there=False)

    monkeypatch.setattr(engine_install, "install", install)
    dialog.agree.setChecked(True)
    heard = []
    dialog._told.connect(lambda _: heard.append((dialog.step.text(), dialog.bar.value())))
    dialog.install.click()
    rest(qtbot, dialog)
    assert "pods can render with it" in dialog.note.text()
    qtbot.waitUntil(lambda: "It holds FaceFusion 3.8.1" in dialog.standing.text(), timeout=WAIT_MS)
    assert dialog.install.text() == "Check and mend"
    ((said, share),) = heard
    assert ("a.onnx" in said, share) == (True, 250)
    index = dialog.more.findData("codeformer")
    dialog.more.setCurrentIndex(index)
    dialog.more.activated.emit(index)
    assert dialog.install.text() == "Install"
    assert "codeformer" in dialog.note.text()
    assert not dialog.install.isEnabled(), "its licence is another one"


def test_a_cluster_that_does_not_let_one_look_is_said_so_and_looked_at_again(qtbot, mini, bridge):
    mini.forbidden = {("get", "persistentvolumeclaims")}
    dialog = ClusterEngineDialog(bridge, CLUSTER)
    qtbot.addWidget(dialog)
    dialog.show()
    rest(qtbot, dialog)
    assert "does not let you" in dialog.note.text()
    assert dialog.install.text() == "Look again"
    mini.forbidden = set()
    dialog.install.click()
    rest(qtbot, dialog)
    assert dialog.note.text() == ""
    assert "no volume claim" in dialog.standing.text()


def test_the_page_opens_it_once_a_volume_is_named(qtbot, mini, bridge):
    save_clusters(bridge.home, (CLUSTER,))
    page = KubernetesPage(bridge)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    qtbot.waitUntil(page.install_engine.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(page.install_engine.isEnabled, timeout=WAIT_MS)
    page.texts["engine_claim"].setText("")
    page.install_engine.click()
    assert page.engine_dialog is None
    page.texts["engine_claim"].setText("facefusion")
    qtbot.waitUntil(page.install_engine.isEnabled, timeout=WAIT_MS)
    page.install_engine.click()
    assert page.engine_dialog is not None
    assert page.engine_dialog.isVisible()
    rest(qtbot, page.engine_dialog)
    qtbot.waitUntil(lambda: page._busy_with == 0, timeout=WAIT_MS)
    page.engine_dialog.close()
