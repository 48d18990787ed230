"""The wizard leads from nothing to an account that videos can be rendered in."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from fake_bridge import FakeBridge
from fake_cloud import READY, FakeCloud
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from gui.cloud.account import CloudAccount
from gui.cloud.wizard import ConnectWizard
from orchestrator.cloud import Connection, GpuQuota
from orchestrator.cloud_errors import CredentialsExpired
from orchestrator.home import Home


@pytest.fixture
def cloud():
    return FakeCloud(Connection())


@pytest.fixture
def wizard(qtbot, tmp_path, cloud):
    bridge = FakeBridge(Home(tmp_path))
    bridge.cloud = cloud
    made = ConnectWizard(CloudAccount(bridge, bridge))
    made.bridge = bridge
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    return made


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_from_a_profile_to_an_account_that_is_set_up(wizard, cloud):
    new = replace(READY, state="not set up")
    cloud.answers["choose_profile"] = cloud.now = new
    wizard.next.click()
    assert ("choose_profile", ("studio", "eu-west-1")) in cloud.asked, "the profile's own region"
    assert wizard.step() == 1
    assert "ec2:CreateFleet" in said(wizard.check)
    wizard.next.click()
    assert "no GPU instance in us-east-2 yet" in said(wizard.quota)
    wizard.next.click()
    assert wizard.next.text() == "Set up"
    wizard.next.click()
    assert wizard.next.text() == "Finish"
    assert wizard._account.connection.state == "ready"
    wizard.next.click()
    assert not wizard.isVisible()


def test_a_sign_in_that_is_over_is_said_and_can_be_tried_again(wizard, cloud):
    cloud.answers["choose_profile"] = CredentialsExpired(
        "The sign-in to AWS ended while asking.", "Sign in again, then go on: nothing is lost."
    )
    cloud.answers["open_portal"] = CredentialsExpired("Nobody signed in.", "Try again.")
    wizard.next.click()
    assert wizard.step() == 0
    assert "Nobody signed in." in said(wizard.sign_in)
    assert wizard.next.isEnabled()


def test_a_portal_is_opened_in_the_browser_and_then_the_sign_in_goes_on(
    wizard, cloud, monkeypatch, qtbot
):
    opened = []
    monkeypatch.setattr("gui.cloud.sign_in_step.QDesktopServices.openUrl", opened.append)
    over = CredentialsExpired("The sign-in to AWS ended.", "Sign in again.")
    cloud.answers["choose_profile"] = over

    def sign_in(profile, show, is_given_up):
        assert (profile, is_given_up()) == ("studio", False)
        show("https://portal.example/?code=ABCD-EFGH", "ABCD-EFGH")
        cloud.answers["choose_profile"] = READY

    monkeypatch.setattr(cloud, "open_portal", sign_in, raising=False)
    wizard.next.click()
    assert wizard.step() == 1
    qtbot.waitUntil(lambda: bool(opened), timeout=1000)
    assert opened == ["https://portal.example/?code=ABCD-EFGH"]


def test_a_profile_of_the_tools_says_which_command_renews_it(wizard, cloud):
    cloud.answers["profiles"] = (SimpleNamespace(name="me", kind="aws-login", region="eu-west-1"),)
    wizard.sign_in._show_profiles(cloud.answers["profiles"])
    cloud.answers["choose_profile"] = CredentialsExpired("It ended.", "Sign in again.")
    wizard.next.click()
    assert "aws login --profile me" in said(wizard.sign_in)


def test_keys_are_named_by_where_they_are_kept_and_leave_the_field(wizard, cloud):
    wizard.sign_in.choose("keys")
    assert "Secret Service" in said(wizard.sign_in)
    assert not wizard.next.isEnabled()
    wizard.sign_in.key_id.setText("AKIA0000000000000001")
    wizard.sign_in.secret_key.setText("s" * 40)
    cloud.answers["choose_keys"] = READY
    wizard.next.click()
    name, (key_id, secret, region) = cloud.asked[-2 if cloud.asked[-1][0] == "examine" else -1]
    assert (name, key_id, region) == ("choose_keys", "AKIA0000000000000001", "eu-west-1")
    assert "ssss" not in repr(secret)
    assert not wizard.sign_in.secret_key.text()


def test_the_policy_that_is_missing_can_be_copied(wizard):
    wizard.show_step(1)
    wizard.check.copy_policy.click()
    assert "2012-10-17" in QGuiApplication.clipboard().text()


def test_more_gpus_are_asked_for_once(wizard, cloud):
    wizard.show_step(2)
    wizard.quota.instances.setValue(4)
    cloud.answers["ask_for"] = GpuQuota(
        region="us-east-2", vcpus=0, instances=0, asked_vcpus=20, status="PENDING", is_open=True
    )
    wizard.quota.ask_more.click()
    assert ("ask_for", (4,)) in cloud.asked
    assert "AWS is looking at your request." in said(wizard.quota)
    assert not wizard.quota.ask_more.isEnabled()


def test_a_fault_of_the_set_up_is_said_and_it_can_be_tried_again(wizard, cloud, monkeypatch):
    cloud.now = replace(READY, state="not set up")
    wizard._account.take(cloud.now)

    def refuse(step):
        step("bucket")
        raise CredentialsExpired("The sign-in ended.", "Sign in again.")

    monkeypatch.setattr(cloud, "set_up", refuse, raising=False)
    wizard.show_step(3)
    wizard.next.click()
    assert "The sign-in ended." in said(wizard.set_up)
    assert wizard.next.isEnabled()


def test_every_control_has_a_name(wizard):
    for number in range(4):
        wizard.show_step(number)
        for button in wizard.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.text() or button.accessibleName(), button
