"""Jobs that share a queue: an urgent one is rendered first, and both come out as from one each."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

import pytest

from orchestrator.fleet import Gone
from orchestrator.job import Phase
from orchestrator.jobs import read_index, read_record, set_urgent
from orchestrator.original import Original
from orchestrator.places import Place
from orchestrator.runner import drive
from orchestrator.transfer.stage import Stager, Staging
from remote_worker.queues import Depth
from remote_worker.queues.sqlite import SqliteQueue
from remote_worker.stores.folder import FolderStore
from tests.faults.stories import codes_in, identity_original, twin
from tests.many.places import Place as Shared
from tests.many.workers import Worker

FRAMES, SEGMENT_FRAMES = 40, 5


@pytest.fixture
def shared(tmp_path):
    """The queue and store of one tenant."""
    folder = tmp_path / "tenant"
    folder.mkdir()
    path, root = folder / "queue.sqlite", folder / "store"
    return Shared(
        SqliteQueue(path),
        FolderStore(root),
        {"kind": "sqlite", "path": str(path)},
        {"kind": "folder", "root": str(root)},
    )


class NoFleet:
    """Machines that are somebody else's: none that is asked for ever comes."""

    def __init__(self, tell):
        self._tell = tell

    def request(self, lease_id):
        """Let it wait."""

    def order(self, lease_id, order):
        self._tell(Gone(lease_id, orderly=True, last_words="never there"))

    def check(self):
        """There is nobody to look after."""

    def close(self):
        """There is nobody to end."""


class Job:
    """A job as the desktop has it, and its render when it has a queue of its own."""

    def __init__(self, folder, seed, shared):
        frames = {"frames": FRAMES, "segment_frames": SEGMENT_FRAMES}
        self.original = identity_original(folder / "original", seed=seed, **frames)
        self.home, self.record = twin(self.original, folder / "twin", workers=2)
        self.ids = tuple(chunk.chunk_id for chunk in self.record.plan.chunks)
        self._shared, self._folder = shared, folder

    def become_urgent(self):
        set_urgent(self.home, self.record.job_id, urgent=True)
        self.record = read_record(self.home, self.record.job_id)

    def stage(self, ids):
        staging = Staging(
            FolderStore(self.home.store), self._shared.store, self._shared.queue,
            self._folder / "pieces",
        )  # fmt: skip
        index = read_index(self.home, self.record.job_id)
        stager = Stager(self.record, Original(self.record.report), index, staging, lambda _: None)
        stager.stage(ids, threading.Event())

    def finish(self):
        """Bring it home, and check it against the render that it had to itself."""
        place = Place(
            store=self._shared.store, fill=self._shared.queue, look=self._shared.queue,
            fleet=NoFleet, keeps_queue=True, tidy=lambda: None,
        )  # fmt: skip
        outcome = drive(self.home, self.record.job_id, place_for=lambda *_: place)
        assert outcome.last.phase is Phase.DONE, outcome.last.fault
        output = Path(self.record.request.output_path)
        assert hashlib.sha256(output.read_bytes()).hexdigest() == self.original.digest
        assert list(codes_in(output, self.original.band_px)) == list(range(FRAMES))


def rendered(folder, name, shared):
    """Run one agent until nothing is left; return which chunks it rendered, in order."""
    worker = Worker(folder, name, shared)
    try:
        assert worker.finish() == 0
    finally:
        worker.process.kill()
        worker.process.wait(30)
        worker.process.stdin.close()
    spool = (folder / name / "events.jsonl").read_text().splitlines()
    told = [json.loads(line) for line in spool]
    return tuple(each["chunk_id"] for each in told if each["kind"] == "chunk_done")


def test_the_chunks_of_an_urgent_job_overtake_those_that_wait(shared, tmp_path):
    batch, urgent = Job(tmp_path / "batch", 1, shared), Job(tmp_path / "urgent", 2, shared)
    urgent.become_urgent()
    batch.stage(batch.ids[:1])
    assert rendered(tmp_path, "first", shared) == batch.ids[:1]
    batch.stage(batch.ids[1:])
    urgent.stage(urgent.ids)
    assert len(batch.ids) > 2
    assert rendered(tmp_path, "second", shared) == (*urgent.ids, *batch.ids[1:])
    assert shared.queue.depth() == Depth(waiting=0, claimed=0, dead=0)
    urgent.finish()
    batch.finish()
