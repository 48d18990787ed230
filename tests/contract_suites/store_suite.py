"""Hold any store to the Store contract."""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from remote_worker.errors import BlobCorrupt, BlobMissing


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class StoreSuite:
    """Subclass it and give a ``store`` fixture; a new body joins by passing all of it."""

    exactly_one_wins = True
    """Whether the store can tell of racers who was first; without, several may."""

    def test_what_is_put_is_there_and_comes_back(self, store):
        assert store.put("records/a.json", b"one")
        assert store.get("records/a.json") == b"one"
        assert store.has("records/a.json")
        assert not store.has("records/b.json")

    def test_putting_again_replaces(self, store):
        store.put("a", b"one")
        assert store.put("a", b"two")
        assert store.get("a") == b"two"

    def test_put_if_absent_leaves_what_is_there(self, store):
        assert store.put("a", b"one", if_absent=True)
        assert not store.put("a", b"two", if_absent=True)
        assert store.get("a") == b"one"

    def test_of_many_racers_exactly_one_wins_and_its_bytes_stay(self, store):
        start = threading.Barrier(8)

        def race(number):
            start.wait(30)
            return store.put("raced", b"%d" % number * 1000, if_absent=True)

        with ThreadPoolExecutor(8) as threads:
            won = list(threads.map(race, range(8)))
        stayed = [number for number in range(8) if store.get("raced") == b"%d" % number * 1000]
        assert len(stayed) == 1
        assert won[stayed[0]]
        assert won.count(True) == 1 or not self.exactly_one_wins
        assert not store.put("raced", b"late", if_absent=True)
        assert store.get("raced") == b"%d" % stayed[0] * 1000

    def test_racers_that_write_the_same_leave_it_whole(self, store):
        start = threading.Barrier(4)

        def race(_):
            start.wait(30)
            return store.put("done/raced.json", b"the same", if_absent=True)

        with ThreadPoolExecutor(4) as threads:
            assert any(threads.map(race, range(4)))
        assert store.get("done/raced.json") == b"the same"

    def test_readers_see_whole_objects_only(self, store):
        store.put("a", b"0" * 100_000)
        stop = threading.Event()

        def write():
            for number in range(1, 10):
                store.put("a", b"%d" % number * 100_000)
            stop.set()

        with ThreadPoolExecutor(1) as threads:
            writing = threads.submit(write)
            while not stop.is_set() and not writing.done():
                seen = store.get("a")
                assert len(seen) == 100_000
                assert len(set(seen)) == 1
            writing.result()

    def test_a_file_is_copied_in_and_fetched_whole(self, store, tmp_path):
        data = bytes(range(256)) * 20_000
        (tmp_path / "in").write_bytes(data)
        store.put_file("blobs/x", tmp_path / "in")
        store.fetch("blobs/x", tmp_path / "out", digest(data))
        assert (tmp_path / "out").read_bytes() == data

    def test_damaged_bytes_are_refused_and_nothing_is_left(self, store, tmp_path):
        store.put("blobs/x", b"damaged")
        with pytest.raises(BlobCorrupt):
            store.fetch("blobs/x", tmp_path / "out", digest(b"whole"))
        assert list(tmp_path.glob("**/out*")) == []
        assert list(tmp_path.glob(".out*")) == []

    def test_what_is_not_there_is_missing(self, store, tmp_path):
        with pytest.raises(BlobMissing):
            store.get("blobs/none")
        with pytest.raises(BlobMissing):
            store.fetch("blobs/none", tmp_path / "out", digest(b""))
        assert not (tmp_path / "out").exists()

    def test_keys_are_listed_by_prefix(self, store):
        for key in ("orders/a.json", "orders/b.json", "blobs/a", "failures/a/1.json"):
            store.put(key, b"x")
        assert sorted(store.keys("orders/")) == ["orders/a.json", "orders/b.json"]
        assert sorted(store.keys("failures/a")) == ["failures/a/1.json"]
        assert list(store.keys("none/")) == []
        assert len(list(store.keys(""))) == 4

    def test_deleting_twice_is_as_good_as_once(self, store):
        store.put("a", b"x")
        store.delete("a")
        store.delete("a")
        assert not store.has("a")

    @pytest.mark.parametrize(
        "key",
        ["", "/a", "../a", "a/../b", "a/..", "a//b", "a\\b", "c:a", "a/.b", ".a", "a\0", "A", "é",
         "a/", "x" * 201, "a b", "a\n", "~a", "a."],
    )  # fmt: skip
    def test_a_key_that_is_none_of_ours_is_refused(self, store, key, tmp_path):
        for use in (
            lambda: store.put(key, b""),
            lambda: store.get(key),
            lambda: store.has(key),
            lambda: store.delete(key),
            lambda: store.fetch(key, tmp_path / "out", digest(b"")),
        ):
            with pytest.raises(ValueError, match="not a key"):
                use()
