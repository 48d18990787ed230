"""The account's page says how things stand, keeps what may be spent, and looks for leftovers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from fake_bridge import FakeBridge
from fake_cloud import READY, FakeCloud
from PySide6.QtWidgets import QLabel

from gui.cloud.account import CloudAccount
from gui.cloud.care import CloudCare
from gui.cloud.drill import DrillDialog
from gui.settings.aws_page import AwsPage
from orchestrator.cloud import Connection, GpuQuota
from orchestrator.cloud_errors import CloudUnreachable
from orchestrator.home import Home


def made_page(qtbot, tmp_path, cloud):
    bridge = FakeBridge(Home(tmp_path))
    bridge.cloud = cloud
    page = AwsPage(bridge, CloudAccount(bridge, bridge))
    page.kept = bridge
    qtbot.addWidget(page)
    page.show()
    page.shown()
    return page


def said(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def report(**changed):
    empty = {"removed": (), "failed": (), "kept": (), "unseen": (), "regions": ("us-east-2",)}
    return SimpleNamespace(**{**empty, **changed})


STATES = {
    "none": (Connection(), "No AWS account is connected.", "Connect…"),
    "ready": (READY, "Ready to render in us-east-2.", "Change…"),
    "not set up": (replace(READY, state="not set up"), "not set up in us-east-2 yet", "Set up…"),
    "signed out": (replace(READY, state="signed out"), "sign-in to AWS is over", "Sign in again…"),
    "away": (replace(READY, state="away"), "AWS does not answer.", "Try again"),
}


@pytest.mark.parametrize(("connection", "words", "button"), STATES.values(), ids=STATES)
def test_every_state_has_its_words_and_its_button(qtbot, tmp_path, connection, words, button):
    page = made_page(qtbot, tmp_path, FakeCloud(connection))
    assert words in said(page)
    assert page.connect_button.text() == button
    asked = []
    page.connect_asked.connect(lambda: asked.append(1))
    page.connect_button.click()
    assert bool(asked) == (connection.state != "away")


def test_what_was_spent_this_month_is_said(qtbot, tmp_path):
    page = made_page(qtbot, tmp_path, FakeCloud())
    assert "Spent so far: $3.21." in said(page)


def test_amounts_are_kept_when_they_are_amounts(qtbot, tmp_path):
    cloud = FakeCloud()
    page = made_page(qtbot, tmp_path, cloud)
    page.month_usd.setText("$ 40")
    page.month_usd.editingFinished.emit()
    name, (caps,) = cloud.asked[-1]
    assert (name, caps.month_usd) == ("set_caps", Decimal(40))
    assert caps.job_usd == Decimal("1.50")
    before = len(cloud.asked)
    page.job_usd.setText("a lot")
    page.job_usd.editingFinished.emit()
    assert page.job_usd.text() == "$1.50"
    assert len(cloud.asked) == before


def test_a_limit_for_the_line_is_kept_and_a_finer_one_is_not_rounded(qtbot, tmp_path):
    finer = replace(READY, caps=replace(READY.caps, down_mbit_per_s=Decimal("2.5")))
    cloud = FakeCloud(finer)
    page = made_page(qtbot, tmp_path, cloud)
    assert (page.up_mbit.text(), page.down_mbit.text()) == ("No limit", "2 Mbit/s")
    page.up_mbit.setValue(20)
    name, (caps,) = cloud.asked[-1]
    assert name == "set_caps"
    assert (caps.up_mbit_per_s, caps.down_mbit_per_s) == (Decimal(20), Decimal("2.5"))
    page.down_mbit.setValue(0)
    assert cloud.asked[-1][1][0].down_mbit_per_s is None


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (report(), "Nothing is running and nothing is stored"),
        (report(removed=(SimpleNamespace(kind="instance", id="i-1"),)), "instance i-1"),
        (report(unseen=("eu-west-1 does not answer.",)), "eu-west-1 does not answer."),
    ],
)
def test_a_look_for_leftovers_says_what_it_found(qtbot, tmp_path, found, words):
    cloud = FakeCloud()
    cloud.answers["sweep"] = found
    page = made_page(qtbot, tmp_path, cloud)
    page.sweep.click()
    assert words in said(page)


def test_a_look_without_network_says_so(qtbot, tmp_path):
    cloud = FakeCloud()
    cloud.answers["sweep"] = CloudUnreachable("AWS does not answer while looking.", "Try later.")
    page = made_page(qtbot, tmp_path, cloud)
    page.sweep.click()
    assert "AWS does not answer while looking." in said(page)
    assert page.sweep.isEnabled()


def test_the_window_sweeps_once_it_is_open_and_tells_only_what_matters(qtbot, tmp_path):
    bridge = FakeBridge(Home(tmp_path))
    bridge.cloud = FakeCloud()
    bridge.cloud.answers["sweep"] = report(removed=(SimpleNamespace(kind="volume", id="v-1"),))
    account, told = CloudAccount(bridge, bridge), []
    care = CloudCare(bridge, account, told.append, bridge)
    care._begin()
    account.look()
    assert [name for name, _ in bridge.cloud.asked] == ["sweep", "quota"]
    assert "1 thing" in told[0].words()[0]


def test_nothing_is_asked_where_no_account_was_chosen(qtbot, tmp_path):
    bridge = FakeBridge(Home(tmp_path))
    bridge.cloud = FakeCloud(Connection())
    CloudCare(bridge, CloudAccount(bridge, bridge), lambda _: None, bridge)._begin()
    assert not bridge.errands


def test_what_aws_decides_on_more_gpus_is_told_when_it_has(qtbot, tmp_path):
    bridge, told = FakeBridge(Home(tmp_path)), []
    bridge.cloud = FakeCloud()
    care = CloudCare(bridge, CloudAccount(bridge, bridge), told.append, bridge)
    care.look_at_quota()
    assert not told, "nothing was asked for"
    asked = GpuQuota(region="us-east-2", vcpus=0, instances=0, asked_vcpus=12, is_open=True)
    bridge.cloud.answers["quota"] = asked
    care.look_at_quota()
    assert not told
    bridge.cloud.answers["quota"] = replace(asked, vcpus=12, instances=3, is_open=False)
    care.look_at_quota()
    care.look_at_quota()
    assert len(told) == 1
    assert "3 GPU instance" in told[0].words()[0]


def test_a_drill_tells_what_each_layer_did(qtbot, tmp_path):
    bridge = FakeBridge(Home(tmp_path))
    bridge.cloud = FakeCloud()
    lines = [
        SimpleNamespace(layer=layer, ended_after_s=120.0, trouble="")
        for layer in ("first order", "watchdog", "schedule", "sweep")
    ]
    bridge.cloud.answers["drill"] = SimpleNamespace(lines=lines, holds=True, usd=Decimal("0.004"))
    dialog = DrillDialog(CloudAccount(bridge, bridge))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.begin_button.click()
    assert "Every layer works. The drill cost less than $0.01" in said(dialog)
    assert said(dialog).count("ended it after 2 min") == 4
    lines[1].ended_after_s, bridge.cloud.answers["drill"].holds = None, False
    dialog.begin_button.click()
    assert "did not end it" in said(dialog)
