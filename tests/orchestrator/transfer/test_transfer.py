"""What workers need gets into the store in order, and only what is whole comes back."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace

import pytest

from orchestrator.events import (
    ChunkStaged,
    ChunkStored,
    SegmentFinished,
)
from orchestrator.home import Home
from orchestrator.jobs import read_index, read_record
from orchestrator.media.guard import Cancelled
from orchestrator.original import Original
from orchestrator.prepare import prepare
from orchestrator.transfer.collect import Collector, Spoiled
from orchestrator.transfer.stage import Stager, Staging, stored_segments, unstage
from remote_worker.contract.coding import canonical, from_text
from remote_worker.contract.records import ChunkMessage, ChunkOrder, Digest, SegmentRecord
from remote_worker.errors import StoreUnavailable
from remote_worker.queues import Depth
from remote_worker.queues.sqlite import SqliteQueue
from remote_worker.render import check_order
from remote_worker.stores import blob_key, done_key, failure_key, order_key, segment_key
from remote_worker.stores.folder import FolderStore
from tests.faults.stories import identity_wish


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """A job of four chunks and the index of its source."""
    folder = tmp_path_factory.mktemp("planned") / "one"
    home = Home(folder / "home")
    wish = replace(identity_wish(folder, frames=48, seed=1), segment_frames=6, workers=2)
    record = read_record(home, prepare(home, wish))
    return record, read_index(home, record.job_id)


class Place:
    """A store, a queue and what was told."""

    def __init__(self, folder, planned):
        self.record, self.index = planned
        self.store = FolderStore(folder / "store")
        self.queue = SqliteQueue(folder / "queue.sqlite")
        self.folder, self.told = folder / "pieces", []
        self.ids = tuple(chunk.chunk_id for chunk in self.record.plan.chunks)

    def stager(self, record=None, tell=None):
        return Stager(
            record or self.record,
            Original(self.record.report),
            self.index,
            Staging(self.store, self.store, self.queue, self.folder),
            tell or self.told.append,
        )

    def stage(self, *chunk_ids):
        self.stager().stage(chunk_ids or self.ids, threading.Event())

    def put_segments(self, chunk, text=b"segment"):
        for ref in chunk.segments:
            blob = Digest(f"{ref.start_frame:064}")
            self.store.put(blob_key(blob), text)
            record = SegmentRecord(
                segment_id=ref.segment_id,
                start_frame=ref.start_frame,
                end_frame=ref.end_frame,
                blob=blob,
                segment_bytes=len(text),
                concealed_frames=(),
                missed_frames=(),
            )
            self.store.put(segment_key(ref.segment_id), canonical(record).encode())


@pytest.fixture
def place(tmp_path, planned):
    return Place(tmp_path, planned)


def messages_of(queue):
    found = []
    while (claim := queue.claim(wait_s=0, hold_s=60)) is not None:
        found.append(from_text(ChunkMessage, claim.body).chunk_id)
    return tuple(found)


def test_chunks_are_staged_in_order_and_each_can_be_rendered(place):
    place.stage()
    assert place.told == [ChunkStaged(chunk_id) for chunk_id in place.ids]
    assert messages_of(place.queue) == place.ids
    for chunk_id in place.ids:
        order = from_text(ChunkOrder, place.store.get(order_key(chunk_id)))
        check_order(order)
        assert order.chunk_id == chunk_id
        assert place.store.has(blob_key(order.piece.digest))
    assert not place.folder.exists()


def test_chunks_of_an_urgent_job_are_handed_out_before_those_that_wait(place):
    waiting = canonical(ChunkMessage(chunk_id="another"))
    place.queue.send(waiting, message_id="another")
    request = replace(place.record.request, urgent=True)
    place.stager(replace(place.record, request=request)).stage(place.ids, threading.Event())
    assert messages_of(place.queue) == (*place.ids, "another")


def test_a_chunk_is_enqueued_when_all_it_needs_is_there(place):
    def tell(event):
        order = from_text(ChunkOrder, place.store.get(order_key(event.chunk_id)))
        assert place.store.has(blob_key(order.piece.digest))
        seen.append(event.chunk_id)

    seen = []
    place.stager(tell=tell).stage(place.ids, threading.Event())
    assert tuple(seen) == place.ids


def test_staging_twice_adds_no_message(place):
    place.stage()
    place.stage()
    assert place.queue.depth() == Depth(waiting=len(place.ids), claimed=0, dead=0)


def test_what_is_stored_already_is_told_and_not_staged(place):
    first = place.record.plan.chunks[0]
    place.put_segments(first)
    place.stage()
    reused = [SegmentFinished(first.chunk_id, reused=True)] * len(first.segments)
    assert place.told[: len(reused) + 1] == [*reused, ChunkStored(first.chunk_id)]
    assert not place.store.has(order_key(first.chunk_id))
    assert messages_of(place.queue) == place.ids[1:]


def test_when_all_is_stored_the_source_is_not_even_opened(place):
    for chunk in place.record.plan.chunks:
        place.put_segments(chunk)
    gone = replace(place.record, report=replace(place.record.report, path="/nowhere.mp4"))
    place.stager(gone).stage(place.ids, threading.Event())
    assert place.queue.depth().waiting == 0


def test_old_failures_are_forgotten_when_a_chunk_is_staged_again(place):
    for number in (1, 2, 3):
        place.store.put(failure_key(place.ids[0], number), b"{}")
    place.store.put(done_key(place.ids[0]), b"{}")
    place.stage()
    assert not [key for key in place.store.keys("") if key.startswith(("failures", "done"))]


def test_pieces_of_a_killed_run_do_not_disturb(place):
    place.folder.mkdir()
    (place.folder / "0.piece").write_bytes(b"half of a")
    place.stage()
    assert len(place.told) == len(place.ids)


def test_a_cancelled_staging_leaves_no_piece_behind(place):
    cancelled = threading.Event()
    stager = place.stager(tell=lambda event: cancelled.set())
    with pytest.raises(Cancelled):
        stager.stage(place.ids, cancelled)
    assert not place.folder.exists()


def test_unstaging_leaves_segments_and_nothing_else(place):
    chunks = place.record.plan.chunks
    place.stage()
    place.put_segments(chunks[0])
    place.store.put(failure_key(place.ids[1], 1), b"{}")
    place.store.put(done_key(place.ids[1]), b"{}")
    unstage(place.record, place.store)
    unstage(place.record, place.store)
    kept = set(place.store.keys(""))
    assert kept == {segment_key(ref.segment_id) for ref in chunks[0].segments} | {
        blob_key(Digest(f"{ref.start_frame:064}")) for ref in chunks[0].segments
    }


def test_a_whole_chunk_comes_back_in_order(place):
    chunk = place.record.plan.chunks[1]
    place.put_segments(chunk)
    records = Collector(place.store).fetch(chunk)
    assert [record.segment_id for record in records] == [ref.segment_id for ref in chunk.segments]


def test_the_files_of_a_plan_adjoin(place):
    for chunk in place.record.plan.chunks:
        place.put_segments(chunk)
    files = Collector(place.store).segment_files(place.record.plan)
    edges = [file.start_frame for file in files] + [files[-1].end_frame]
    assert edges == list(range(0, 49, 6))


@pytest.mark.parametrize(
    "damage",
    [
        lambda record, blob: record.unlink(),
        lambda record, blob: record.write_bytes(b'{"version":'),
        lambda record, blob: record.write_bytes(b"\xff\xfe"),
        lambda record, blob: blob.unlink(),
        lambda record, blob: blob.write_bytes(b"short"),
        lambda record, blob: blob.write_bytes(b"longer than it was"),
    ],
)
def test_a_segment_that_is_not_whole_spoils_its_chunk_and_only_its_record_goes(place, damage):
    chunk = place.record.plan.chunks[0]
    place.put_segments(chunk)
    ref = chunk.segments[1]
    keys = segment_key(ref.segment_id), blob_key(Digest(f"{ref.start_frame:064}"))
    damage(*(place.store.path_of(key) for key in keys))
    with pytest.raises(Spoiled):
        Collector(place.store).fetch(chunk)
    assert not place.store.has(keys[0])
    assert place.store.has(segment_key(chunk.segments[0].segment_id))


def test_a_store_that_is_away_spoils_nothing(place):
    chunk = place.record.plan.chunks[0]
    place.put_segments(chunk)
    collector = Collector(place.store)
    away = place.store.root.rename(place.store.root.with_name("away"))
    with pytest.raises(StoreUnavailable):
        collector.fetch(chunk)
    away.rename(place.store.root)
    assert collector.fetch(chunk)


def test_a_spoiled_chunk_is_forgotten_whole(place):
    chunk = place.record.plan.chunks[0]
    place.put_segments(chunk)
    Collector(place.store).spoil(chunk)
    assert not list(place.store.keys("segments"))


# -- a store of the workers' own -----------------------------------------------------------------


@pytest.fixture
def apart(tmp_path, planned):
    """A place whose workers keep their segments in another store than this machine."""
    place = Place(tmp_path, planned)
    place.workers = FolderStore(tmp_path / "workers")
    return place


def put_in(store, chunk, text=b"segment"):
    for ref in chunk.segments:
        blob = Digest(hashlib.sha256(text).hexdigest())
        store.put(blob_key(blob), text)
        record = SegmentRecord(
            segment_id=ref.segment_id,
            start_frame=ref.start_frame,
            end_frame=ref.end_frame,
            blob=blob,
            segment_bytes=len(text),
        )
        store.put(segment_key(ref.segment_id), canonical(record).encode())


def test_segments_of_another_store_are_brought_here_once(apart):
    chunk = apart.record.plan.chunks[0]
    put_in(apart.workers, chunk)
    collector = Collector(apart.store, apart.workers)
    assert all(path.read_bytes() == b"segment" for path, _ in collector.blobs(chunk))
    for key in list(apart.workers.keys("")):
        apart.workers.delete(key)
    assert len(collector.fetch(chunk)) == len(chunk.segments)


def test_a_damaged_segment_of_another_store_is_not_taken_and_made_again(apart):
    chunk = apart.record.plan.chunks[0]
    put_in(apart.workers, chunk)
    for key in list(apart.workers.keys("blobs/")):
        apart.workers.put(key, b"damaged")
    with pytest.raises(Spoiled):
        Collector(apart.store, apart.workers).fetch(chunk)
    assert not apart.store.has(segment_key(chunk.segments[0].segment_id))
    assert not apart.workers.has(segment_key(chunk.segments[0].segment_id))
    assert list(apart.store.root.rglob("*.part")) == []


def test_a_spoiled_chunk_is_forgotten_in_both_stores(apart):
    chunk = apart.record.plan.chunks[0]
    put_in(apart.workers, chunk)
    collector = Collector(apart.store, apart.workers)
    collector.fetch(chunk)
    collector.spoil(chunk)
    for store in (apart.store, apart.workers):
        assert not any(store.has(segment_key(ref.segment_id)) for ref in chunk.segments)


def test_what_either_store_holds_is_stored(apart):
    first, second, *_ = apart.record.plan.chunks
    put_in(apart.store, first)
    put_in(apart.workers, second)
    stored = stored_segments(apart.record.plan, apart.store, apart.workers)
    assert stored == {ref.segment_id for chunk in (first, second) for ref in chunk.segments}
