"""What is taken is counted, what is not needed is freed, what is needed stays."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest

from orchestrator.errors import NotSaved
from orchestrator.events import CancelAsked
from orchestrator.home import Home
from orchestrator.jobs import list_jobs
from orchestrator.media.guard import Cancelled
from orchestrator.storage import clean_up, look
from remote_worker.stores import blob_key
from remote_worker.stores.folder import FolderStore
from tests.fakes.planned_jobs import enter_job


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def fill(home: Home, blobs: int) -> None:
    home.root.mkdir(exist_ok=True)
    store = FolderStore(home.store)
    for number in range(blobs):
        content = bytes([number]) * 1000
        store.put(blob_key(hashlib.sha256(content).hexdigest()), content)


def nobody(done: int, total: int) -> None:
    del done, total


def test_what_is_taken_is_told_the_largest_first(home: Home) -> None:
    fill(home, 3)
    (home.scans / "scan.json").write_bytes(b"x" * 500)
    seen = look(home)
    assert dict(seen.sizes)["scans"] == 500
    assert seen.sizes[0][0] == "store"
    assert seen.used_bytes >= 3500
    assert seen.clutter_bytes >= 3500
    assert 0 < seen.free_bytes <= seen.disk_bytes


def test_a_clean_up_frees_what_it_said_and_leaves_open_jobs(home: Home) -> None:
    fill(home, 3)
    enter_job(home, "20260101-100000-open")
    enter_job(home, "20260101-100000-over", events=[CancelAsked()])
    before, heard = look(home), []
    freed = clean_up(home, lambda done, total: heard.append((done, total)))
    assert before.clutter_jobs == 1
    assert freed == before.clutter_bytes
    assert list_jobs(home) == ("20260101-100000-open",)
    assert heard[-1] == (4, 4)
    after = look(home)
    assert (after.clutter_bytes, after.clutter_jobs) == (0, 0)
    assert before.used_bytes - after.used_bytes == freed


def test_a_clean_up_that_is_stopped_can_be_begun_again(home: Home) -> None:
    fill(home, 5)
    stop = threading.Event()
    with pytest.raises(Cancelled):
        clean_up(home, lambda done, total: stop.set() if done == 2 else None, stop)
    assert len(list(FolderStore(home.store).keys(""))) == 3
    clean_up(home, nobody)
    assert list(FolderStore(home.store).keys("")) == []


def test_a_folder_that_is_gone_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(home, 0)

    def gone(_: Path) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("orchestrator.storage.shutil.disk_usage", gone)
    with pytest.raises(NotSaved, match="No such file"):
        look(home)
