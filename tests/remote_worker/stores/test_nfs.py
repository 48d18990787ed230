"""The folder store keeps its contract on a drive that shows late what other machines did."""

import os
import sys
import threading
import time
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from remote_worker.errors import BlobMissing, StoreUnavailable
from remote_worker.stores.drives import SEEN_WITHIN_S, is_shared, seen_within_s_of
from remote_worker.stores.folder import FolderStore
from tests.contract_suites.store_suite import StoreSuite, digest
from tests.fakes.nfs import Server, noted_links

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="NFS is mounted by POSIX systems")
LAG_S = 0.4


@pytest.fixture(autouse=True)
def links(monkeypatch):
    with noted_links(monkeypatch):
        yield


@pytest.fixture
def server():
    return Server(LAG_S)


@pytest.fixture
def machines(server, tmp_path):
    """The stores of two machines that have the same drive mounted."""
    (tmp_path / "drive").mkdir()
    roots = [server.machine(tmp_path / "drive") for _ in range(2)]
    return [FolderStore(root, create=False, seen_within_s=30.0) for root in roots]


class TestFolderStoreOnNfs(StoreSuite):
    """The contract, as one machine sees it, every seventh look meeting a stale handle."""

    @pytest.fixture
    def store(self, tmp_path):
        server = Server(LAG_S, stale_every=7)
        (tmp_path / "drive").mkdir()
        return FolderStore(server.machine(tmp_path / "drive"), seen_within_s=0.05)


def test_what_another_machine_stored_is_missed_at_first_and_got_when_promised(machines):
    one, other = machines
    one.put("orders/a.json", b"order")
    with pytest.raises(BlobMissing):
        other.get("orders/a.json")
    assert not other.has("orders/a.json")
    assert other.get("orders/a.json", promised=True) == b"order"
    assert other.has("orders/a.json")


def test_a_blob_is_always_fetched_as_promised(machines, tmp_path):
    one, other = machines
    (tmp_path / "in").write_bytes(b"blob" * 1000)
    one.put_file("blobs/x", tmp_path / "in")
    other.fetch("blobs/x", tmp_path / "out", digest(b"blob" * 1000))
    assert (tmp_path / "out").read_bytes() == b"blob" * 1000


def test_a_promise_is_waited_for_where_only_its_presence_is_asked(machines):
    one, other = machines
    one.put("blobs/x", b"x")
    assert other.has("blobs/x", promised=True)


def test_a_promise_that_is_not_kept_is_missing_after_the_time_and_no_later(server, tmp_path):
    (tmp_path / "drive").mkdir()
    store = FolderStore(server.machine(tmp_path / "drive"), seen_within_s=0.2)
    began_s = time.monotonic()
    with pytest.raises(BlobMissing):
        store.get("orders/none.json", promised=True)
    assert not store.has("orders/none.json", promised=True)
    assert time.monotonic() - began_s >= 0.4


def test_on_a_disk_of_this_machine_no_promise_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr("remote_worker.stores.drives.time.sleep", pytest.fail)
    store = FolderStore(tmp_path / "store")
    with pytest.raises(BlobMissing):
        store.get("orders/none.json", promised=True)
    assert not store.has("orders/none.json", promised=True)


def test_of_racers_on_two_machines_exactly_one_wins(machines):
    start = threading.Barrier(8)

    def race(number):
        start.wait(30)
        return machines[number % 2].put("raced", b"%d" % number * 1000, if_absent=True)

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(race, range(8)))
    assert won.count(True) == 1
    winner = b"%d" % won.index(True) * 1000
    assert [machine.get("raced", promised=True) for machine in machines] == [winner] * 2


def test_a_name_that_is_not_seen_yet_is_still_taken(machines):
    one, other = machines
    assert one.put("done/a.json", b"one", if_absent=True)
    assert not other.has("done/a.json")
    assert not other.put("done/a.json", b"two", if_absent=True)
    assert other.get("done/a.json", promised=True) == b"one"


def test_handles_that_stay_stale_are_named_after_bounded_tries(tmp_path, monkeypatch):
    monkeypatch.setattr("remote_worker.stores.drives.time.sleep", lambda seconds: None)
    server = Server(0.0)
    (tmp_path / "drive").mkdir()
    store = FolderStore(server.machine(tmp_path / "drive"))
    store.put("a", b"x")
    server._stale_every = 1
    for use in uses(store, tmp_path):
        before = server.stale_told
        with pytest.raises(StoreUnavailable):
            use()
        assert 1 < server.stale_told - before < 20


def test_a_server_that_fails_is_named(tmp_path):
    server = Server(0.0)
    (tmp_path / "drive").mkdir()
    store = FolderStore(server.machine(tmp_path / "drive"))
    store.put("a", b"x")
    server.broken = True
    for use in uses(store, tmp_path):
        with pytest.raises(StoreUnavailable):
            use()


def uses(store, tmp_path):
    (tmp_path / "in").write_bytes(b"x")
    return (
        lambda: store.put("b", b"x"),
        lambda: store.put("c", b"x", if_absent=True),
        lambda: store.put_file("d", tmp_path / "in"),
        lambda: store.get("a"),
        lambda: store.get("a", promised=True),
        lambda: store.has("a"),
        lambda: list(store.keys("")),
        lambda: store.delete("a"),
        lambda: store.fetch("a", tmp_path / "out", digest(b"x")),
    )


Mount = namedtuple("Mount", "mountpoint fstype opts")


@pytest.mark.parametrize(
    ("fstype", "opts", "shared"),
    [
        ("ext4", "rw", False),
        ("apfs", "rw", False),
        ("overlay", "rw", False),
        ("nfs", "rw", True),
        ("nfs4", "rw", True),
        ("cifs", "rw", True),
        ("fuse.sshfs", "rw", True),
    ],
)
def test_a_drive_that_others_write_to_is_known_by_its_kind(
    tmp_path, monkeypatch, fstype, opts, shared
):
    inner = tmp_path / "studio"
    inner.mkdir()
    mounts = [
        Mount("/", "ext4", "rw"),
        Mount(os.path.realpath(inner), fstype, opts),
        Mount(os.path.realpath(tmp_path) + "/stud", "nfs", "rw"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **asked: mounts)
    assert is_shared(inner / "jobs") is shared
    assert not is_shared(tmp_path)
    assert seen_within_s_of(inner) == (SEEN_WITHIN_S if shared else 0.0)
