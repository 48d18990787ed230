"""Make a queue panel on a desk of paper."""

from __future__ import annotations

import pytest
from fake_bridge import FakeBridge
from sample_entries import sample_snapshot

from gui.queue.panel import QueuePanel
from orchestrator.home import Home


@pytest.fixture
def bridge(qapp, tmp_path):
    return FakeBridge(Home(tmp_path / "home"))


@pytest.fixture
def panel(qtbot, bridge):
    """The panel with the sample queue, shown and with nothing selected but the running one."""
    made = QueuePanel(bridge)
    qtbot.addWidget(made)
    bridge.changed.connect(made.draw)
    made.resize(360, 900)
    made.show()
    qtbot.waitExposed(made)
    bridge.show(sample_snapshot())
    return made
