"""The fire drill can be left at any time, and ends what it launched."""

from __future__ import annotations

import pytest
from fake_bridge import FakeBridge
from fake_cloud import FakeCloud
from PySide6.QtCore import Qt

from gui.cloud.account import CloudAccount
from gui.cloud.drill import DrillDialog
from orchestrator.home import Home


@pytest.fixture
def running(qtbot, tmp_path):
    """A drill that goes on until it is cancelled, and what says so."""
    bridge, cancelled = FakeBridge(Home(tmp_path)), []
    bridge.cloud = FakeCloud()
    bridge.cloud.drill = lambda share, event: cancelled.append(event)
    account = CloudAccount(bridge, bridge)
    account.run = lambda call, then, otherwise=None: call()
    dialog = DrillDialog(account)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.begin()
    return dialog, cancelled[0]


@pytest.mark.parametrize("how", ["button", "escape", "frame"])
def test_a_drill_is_left_by_button_key_and_frame(qtbot, running, how):
    dialog, cancelled = running
    match how:
        case "button":
            dialog.leave.click()
        case "escape":
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        case _:
            dialog.close()
    assert not dialog.isVisible()
    assert cancelled.is_set()
