"""The page of a cluster shows what is set, keeps what is typed, and says what goes wrong."""

import pytest
import yaml

from gui.settings.kubernetes_page import KubernetesPage
from orchestrator.fleet.kubernetes.cluster import load_clusters
from orchestrator.health import Finding
from orchestrator.home import Home
from tests.gui.fake_bridge import FakeBridge


@pytest.fixture
def bridge(qapp, tmp_path):
    return FakeBridge(Home(tmp_path / "home"))


@pytest.fixture
def kubeconfig(tmp_path, monkeypatch):
    path = tmp_path / "kubeconfig"
    contexts = [
        {"name": name, "context": {"cluster": "c", "user": "u"}} for name in ("studio", "spare")
    ]
    path.write_text(
        yaml.safe_dump(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:9"}}],
                "users": [{"name": "u", "user": {"token": "t"}}],
                "contexts": contexts,
                "current-context": "studio",
            }
        )
    )
    monkeypatch.setenv("KUBECONFIG", str(path))
    return path


@pytest.fixture
def page(qtbot, bridge):
    made = KubernetesPage(bridge)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    return made


def test_without_a_kubeconfig_the_page_says_what_to_do(qtbot, tmp_path, monkeypatch, bridge):
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "none"))
    page = KubernetesPage(bridge)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    qtbot.waitUntil(page.empty.isVisible)
    assert not page.examine.isVisible()
    assert not any(row.isVisible() for row in page.rows.values())


def test_the_contexts_are_offered_the_current_one_first(qtbot, kubeconfig, page):
    qtbot.waitUntil(lambda: page.context.count() == 2)
    assert [page.context.itemText(n) for n in range(2)] == ["studio", "spare"]
    assert page.rows["bucket"].isVisible()
    assert not page.rows["claim"].isVisible()


def test_what_is_typed_is_kept_for_the_context_that_is_shown(qtbot, kubeconfig, page, bridge):
    qtbot.waitUntil(lambda: page.context.count() == 2)
    page.texts["bucket"].setText("films")
    page.choices["store"].setCurrentIndex(0)
    page.texts["bucket"].editingFinished.emit()
    qtbot.waitUntil(lambda: bool(load_clusters(bridge.home)))
    (kept,) = load_clusters(bridge.home)
    assert (kept.context, kept.bucket) == ("studio", "films")


def test_the_class_of_urgent_videos_pods_is_kept_and_named_for_those_who_do_not_see(
    qtbot, kubeconfig, page, bridge
):
    qtbot.waitUntil(lambda: page.context.count() == 2)
    field = page.texts["urgent_priority_class"]
    assert page.rows["urgent_priority_class"].isVisible()
    assert field.accessibleName() == "Priority class of urgent videos"
    field.setText("urgent")
    field.editingFinished.emit()
    qtbot.waitUntil(lambda: bool(load_clusters(bridge.home)))
    (kept,) = load_clusters(bridge.home)
    assert (kept.urgent_priority_class, kept.priority_class) == ("urgent", "")


def test_what_the_doctor_only_notes_is_said_beside_that_all_works(qtbot, kubeconfig, page):
    qtbot.waitUntil(lambda: page.context.count() == 2)
    good = Finding("cluster", "good", "Kubernetes 1.33")
    page._on_examined((good,))
    assert page.note.text() == "Videos can be rendered in this cluster."
    page._on_examined((good, Finding("priorities", "note", "urgent jobs do not go first", "mend")))
    assert page.note.text().splitlines()[1:] == ["urgent jobs do not go first mend"]


def test_a_volume_asks_for_other_things_than_a_bucket(qtbot, kubeconfig, page):
    qtbot.waitUntil(lambda: page.context.count() == 2)
    choice = page.choices["store"]
    choice.setCurrentIndex(choice.findData("claim"))
    choice.activated.emit(choice.currentIndex())
    assert page.rows["claim"].isVisible()
    assert not page.rows["bucket"].isVisible()


def test_a_cluster_that_does_not_answer_is_said_so(qtbot, kubeconfig, page, monkeypatch):
    monkeypatch.setattr("orchestrator.fleet.kubernetes.api._PAUSE_S", 0.01)
    qtbot.waitUntil(lambda: page.context.count() == 2 and page.examine.isEnabled())
    page.examine.click()
    qtbot.waitUntil(lambda: "does not answer" in page.note.text(), timeout=60_000)
    assert page.examine.isEnabled()


def test_who_applies_jobs_is_chosen_and_a_file_that_is_no_certificate_is_said(
    qtbot, kubeconfig, page, bridge, tmp_path
):
    qtbot.waitUntil(lambda: page.context.count() == 2)
    assert not page.rows["manifests_folder"].isVisible()
    choice = page.choices["applied_by"]
    choice.setCurrentIndex(choice.findData("others"))
    choice.activated.emit(choice.currentIndex())
    assert page.rows["manifests_folder"].isVisible()
    (tmp_path / "ca.pem").write_text("no certificate")
    page.texts["ca_file"].setText(str(tmp_path / "ca.pem"))
    page.texts["ca_file"].editingFinished.emit()
    qtbot.waitUntil(lambda: "ca.pem holds no certificate in PEM form" in page.note.text())
    (kept,) = load_clusters(bridge.home)
    assert (kept.applied_by, kept.ca_file) == ("others", str(tmp_path / "ca.pem"))


def test_what_was_found_of_one_cluster_is_not_said_of_another(qtbot, kubeconfig, page):
    qtbot.waitUntil(lambda: page.context.count() == 2)
    page.keep_keys.click()
    page._on_examined((Finding("rights", "good", ""),))
    assert page.keys_note.text()
    page.context.setCurrentIndex(1)
    page.context.activated.emit(1)
    assert (page.note.text(), page.keys_note.text()) == ("", "")


def test_a_name_that_is_too_long_is_cut_in_its_middle_and_told_as_a_tip(qtbot, page):
    name = "arn:aws:eks:eu-central-1:123456789012:cluster/studio-render-production"
    page.context.set_texts(((name, name), ("short", "short")))
    page.context.setFixedWidth(200)
    page.context.show()
    page.context.grab()
    assert page.context.toolTip() == name
    page.context.choose("short")
    page.context.grab()
    assert page.context.toolTip() == ""
