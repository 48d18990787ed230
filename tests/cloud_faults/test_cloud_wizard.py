"""The wizard connects an account of the test cloud with nothing in between."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest  # the platform is chosen before Qt is imported
from PySide6.QtCore import Qt

from gui.bridge import Bridge
from gui.cloud.account import CloudAccount
from gui.cloud.wizard import ConnectWizard
from orchestrator.home import Home
from tests.cloud.region import ACCOUNT

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]
REGION = "us-east-1"
WAIT_MS = 60_000


@pytest.fixture
def bridge(region, tmp_path):
    del region  # it is found by the environment
    made = Bridge(Home(tmp_path / "home"))
    yield made
    made.close()


def test_an_account_is_connected_step_by_step(qtbot, bridge):
    account = CloudAccount(bridge, bridge)
    wizard = ConnectWizard(account)
    wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(wizard)
    wizard.show()

    def go_on(to):
        qtbot.waitUntil(wizard.next.isEnabled, timeout=WAIT_MS)
        wizard.next.click()
        qtbot.waitUntil(lambda: wizard.step() == to, timeout=WAIT_MS)

    qtbot.waitUntil(lambda: wizard.sign_in.profile.count() > 0, timeout=WAIT_MS)
    wizard.sign_in.profile.setCurrentIndex(wizard.sign_in.profile.count() - 1)
    wizard.sign_in._set_region(REGION)
    go_on(1)
    assert (account.connection.account_id, account.connection.region) == (ACCOUNT, REGION)
    qtbot.waitUntil(lambda: not wizard.check.is_busy, timeout=WAIT_MS)
    assert wizard.check.note.text()
    go_on(2)
    qtbot.waitUntil(lambda: bool(wizard.quota.text.toPlainText()), timeout=WAIT_MS)
    assert REGION in wizard.quota._may.text()
    go_on(3)
    assert wizard.next.text() == "Set up"
    wizard.next.click()
    qtbot.waitUntil(lambda: account.connection.state == "ready", timeout=WAIT_MS)
    assert wizard.next.text() == "Finish"
    wizard.next.click()
    assert not wizard.isVisible()
