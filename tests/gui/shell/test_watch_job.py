"""A render elsewhere is shown live in the window, and an outage is told and waited out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from gui.dialogs.watch_job import WatchJobDialog
from orchestrator.home import Home
from orchestrator.watching.records import MachineLine
from remote_worker.errors import StoreUnavailable
from remote_worker.gpu import GpuUse
from remote_worker.stores.folder import FolderStore
from tests.gui.fake_bridge import FakeBridge
from tests.orchestrator.watching.words_left import job, left, task, worker


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture
def bridge(qtbot: Any, tmp_path: Path) -> FakeBridge:
    return FakeBridge(Home(tmp_path / "home"))


@pytest.fixture
def dialog(qtbot: Any, bridge: FakeBridge) -> WatchJobDialog:
    made = WatchJobDialog(bridge)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    return made


def cells(table: Any, row: int) -> list[str]:
    return [table.item(row, column).text() for column in range(table.columnCount())]


def watch(dialog: WatchJobDialog, store: FolderStore) -> None:
    dialog.address.setText(f"{store.root}#job-1")
    dialog.watch.click()


def test_at_first_there_is_only_the_field(qtbot: Any, dialog: WatchJobDialog) -> None:
    assert not dialog.workers.isVisible()
    dialog.watch.click()
    assert not dialog.trouble.isVisible()
    qtbot.keyClicks(dialog.address, "nowhere")
    qtbot.keyClick(dialog.address, Qt.Key.Key_Return)
    assert "nowhere" in dialog.trouble.text()
    assert not dialog._timer.isActive(), "what is no address is not asked again"


def test_a_job_is_shown_with_its_workers_and_pieces(
    dialog: WatchJobDialog, store: FolderStore
) -> None:
    gpu = GpuUse(
        index=0, name="T4", busy_percent=83, memory_used_bytes=2 << 30, memory_total_bytes=1 << 34
    )
    machine = MachineLine(
        lease_id="a", kind="g4dn.xlarge", zone="z", market="spot",
        usd_per_hour=Decimal("0.36"), state="alive",
    )  # fmt: skip
    told = job("rendering", "stored", usd=Decimal("0.2"), machines=(machine,))
    left(
        store,
        told,
        worker("a", now=task("c0", "rendering", 2), gpus=(gpu,)),
        worker("b", gpu_absent="No GPU."),
    )
    watch(dialog, store)
    assert "a.mp4" in dialog.headline.text()
    assert (dialog.bar.value(), dialog.bar.maximum()) == (150, 200)
    first = cells(dialog.workers, 0)
    assert (first[0], first[1]) == ("a", "silent")
    assert "83 %" in first[5]
    assert "g4dn.xlarge" in first[6]
    assert cells(dialog.workers, 1)[5] == "none"
    assert cells(dialog.tasks, 0)[4:6] == ["2", "1"]
    assert cells(dialog.tasks, 0)[8] == "$0.0010"


def test_it_follows_the_job_to_its_end(dialog: WatchJobDialog, store: FolderStore) -> None:
    left(store, job("waiting"))
    watch(dialog, store)
    assert dialog._timer.isActive()
    left(store, job("fetched", phase="done"))
    dialog._timer.timeout.emit()
    assert "done" in dialog.headline.text()
    dialog._timer.stop()
    dialog._look()
    assert not dialog._timer.isActive()


def test_an_outage_is_told_and_what_was_seen_stays(
    dialog: WatchJobDialog, store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(store, job("waiting"), worker("a"))
    watch(dialog, store)
    with monkeypatch.context() as patched:

        def away(self: FolderStore, key: str) -> bytes:
            raise StoreUnavailable("The store is away.")

        patched.setattr(FolderStore, "get", away)
        dialog._look()
    assert "asked again" in dialog.trouble.text()
    assert dialog.workers.rowCount() == 1
    assert dialog._timer.isActive()
    dialog._look()
    assert not dialog.trouble.isVisible()


def test_a_late_answer_of_another_address_is_dropped(
    dialog: WatchJobDialog, bridge: FakeBridge, store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: list[Callable[[], None]] = []
    left(store, job("waiting"))
    with monkeypatch.context() as patched:
        patched.setattr(
            bridge, "run", lambda call, then=None, fail=None: late.append(lambda: then(call()))
        )
        watch(dialog, store)
    left(store, replace(job("waiting"), title="b.mp4"))
    watch(dialog, store)
    left(store, job("waiting"))
    late[0]()
    assert "b.mp4" in dialog.headline.text()
    dialog.close()
    assert not dialog._timer.isActive()


def test_every_part_has_a_name_and_the_language_can_be_switched(
    dialog: WatchJobDialog, store: FolderStore
) -> None:
    left(store, job("waiting"), worker("a"))
    watch(dialog, store)
    for part in (dialog.address, dialog.bar, dialog.workers, dialog.tasks):
        assert part.accessibleName()
    QCoreApplication.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    assert dialog.workers.horizontalHeaderItem(0).text() == "Worker"
