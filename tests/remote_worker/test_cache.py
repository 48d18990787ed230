"""Copies near the agent are checked each time and stay within their bound."""

import hashlib
import os

import pytest

from remote_worker.cache import BlobCache
from remote_worker.errors import BlobCorrupt, BlobMissing
from remote_worker.stores import blob_key
from remote_worker.stores.folder import FolderStore


@pytest.fixture
def store(tmp_path):
    return FolderStore(tmp_path / "store")


def stored(store, data):
    digest = hashlib.sha256(data).hexdigest()
    store.put(blob_key(digest), data)
    return digest


def test_a_copy_is_fetched_once_and_mended_when_it_was_damaged(store, tmp_path):
    cache, digest = BlobCache(tmp_path / "cache", store, 10_000), stored(store, b"model")
    path = cache.path(digest)
    store.put(blob_key(digest), b"damaged in the store")
    assert cache.path(digest).read_bytes() == b"model"
    path.write_bytes(b"damaged here")
    with pytest.raises(BlobCorrupt):
        cache.path(digest)
    store.put(blob_key(digest), b"model")
    assert cache.path(digest).read_bytes() == b"model"


def test_what_was_used_longest_ago_goes_first_and_what_is_in_use_stays(store, tmp_path):
    cache = BlobCache(tmp_path / "cache", store, 250)
    digests = [stored(store, bytes([number]) * 100) for number in range(4)]
    for at, digest in enumerate(digests[:2]):
        os.utime(cache.path(digest), (at, at))
    cache.begin()
    cache.path(digests[1])
    cache.path(digests[2])
    assert {path.name for path in (tmp_path / "cache").iterdir()} == set(digests[1:3])
    cache.path(digests[3])
    assert {path.name for path in (tmp_path / "cache").iterdir()} == set(digests[1:4])


def test_what_a_killed_agent_left_half_fetched_is_removed(store, tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / ".abc.1.part").write_bytes(b"half")
    cache = BlobCache(tmp_path / "cache", store, 100)
    assert list((tmp_path / "cache").iterdir()) == []
    with pytest.raises(BlobMissing):
        cache.path("0" * 64)
