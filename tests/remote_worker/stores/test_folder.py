"""The folder store keeps its contract, and a full or missing disk breaks nothing."""

import contextlib
import errno
import multiprocessing
import os
import threading

import pytest

from remote_worker import checkpoint
from remote_worker.errors import DiskFull, StoreUnavailable
from remote_worker.stores.folder import FolderStore
from tests.contract_suites.store_suite import StoreSuite, digest


@pytest.fixture
def store(tmp_path):
    return FolderStore(tmp_path / "store")


class TestFolderStore(StoreSuite):
    """The contract."""


class TestFolderStoreWithoutLinks(StoreSuite):
    """The contract on a file system that has no hard links."""

    @pytest.fixture(autouse=True)
    def no_links(self, monkeypatch):
        def refuse(*_):
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(checkpoint.os, "link", refuse)


@contextlib.contextmanager
def files_of_at_most(limit_bytes):
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def everything_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.skipif(os.name == "nt", reason="no limit of the kind there")
def test_a_full_disk_is_named_and_leaves_what_was_there(store, tmp_path):
    store.put("kept", b"before")
    big = tmp_path / "big"
    big.write_bytes(b"x" * 300_000)
    store.put_file("blobs/big", big)
    before = everything_in(tmp_path)
    with files_of_at_most(100_000):
        with pytest.raises(DiskFull):
            store.put("kept", b"y" * 200_000)
        with pytest.raises(DiskFull):
            store.put("new", b"y" * 200_000, if_absent=True)
        with pytest.raises(DiskFull):
            store.put_file("blobs/other", big)
        with pytest.raises(DiskFull):
            store.fetch("blobs/big", tmp_path / "out", digest(big.read_bytes()))
    assert store.get("kept") == b"before"
    assert everything_in(tmp_path) == before


def test_a_store_that_is_not_there_is_not_made_by_an_agent(tmp_path):
    with pytest.raises(StoreUnavailable):
        FolderStore(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_store_whose_drive_went_away_is_named(store, tmp_path):
    store.put("a", b"x")
    store.root.rename(tmp_path / "elsewhere")
    for use in (
        lambda: store.put("b", b"x"),
        lambda: store.get("a"),
        lambda: store.has("a"),
        lambda: list(store.keys("")),
        lambda: store.delete("a"),
        lambda: store.fetch("a", tmp_path / "out", digest(b"x")),
    ):
        with pytest.raises(StoreUnavailable):
            use()
    assert not store.root.exists()


def test_what_a_killed_writer_left_is_swept_when_it_is_old(store):
    store.put("blobs/a", b"x")
    old, young = store.root / "blobs" / ".1.part", store.root / "blobs" / ".2.part"
    old.write_bytes(b"half")
    young.write_bytes(b"half")
    os.utime(old, (0, 0))
    os.utime(store.root / "blobs" / "a", (0, 0))
    assert list(store.keys("")) == ["blobs/a"]
    assert store.sweep() == 1
    assert everything_in(store.root) == [young, store.root / "blobs" / "a"]


def test_a_link_whose_answer_was_lost_still_counts_as_won(store, monkeypatch):
    link = os.link

    def answer_lost(source, target):
        link(source, target)
        link(source, target)  # sent again by the system, and refused

    monkeypatch.setattr(checkpoint.os, "link", answer_lost)
    assert store.put("a", b"x", if_absent=True)


def test_a_source_file_that_is_not_there_is_the_callers_fault(store, tmp_path):
    with pytest.raises(FileNotFoundError):
        store.put_file("blobs/a", tmp_path / "none")


def test_a_place_that_is_not_there_is_not_taken_for_a_missing_blob(store, tmp_path):
    store.put("a", b"x")
    with pytest.raises(StoreUnavailable):
        store.fetch("a", tmp_path / "none" / "out", digest(b"x"))


def _write_for_ever(root):
    store = FolderStore(root)
    while True:
        store.put("raced", b"0" * 2_000_000)
        store.put("raced", b"1" * 2_000_000)


def test_a_killed_writer_leaves_a_whole_object(tmp_path):
    root = tmp_path / "store"
    store = FolderStore(root)
    store.put("raced", b"2" * 2_000_000)
    context = multiprocessing.get_context("spawn")
    for wait_s in (0.02, 0.13, 0.31):
        process = context.Process(target=_write_for_ever, args=(root,))
        process.start()
        deadline = threading.Event()
        deadline.wait(0.6 + wait_s)
        process.kill()
        process.join(30)
        process.close()
        seen = store.get("raced")
        assert len(seen) == 2_000_000
        assert len(set(seen)) == 1
    store.sweep(older_than_s=-60)
    assert everything_in(root) == [root / "raced"]
