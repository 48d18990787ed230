"""A job holds on to its source: touched is the same, changed in one byte is another."""

import hashlib
import os
from types import SimpleNamespace

import pytest

from orchestrator import original
from orchestrator.errors import SourceChanged
from orchestrator.original import Original
from remote_worker.digests import digest_of_file

BYTES = bytes(range(256)) * 5000


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source.mp4"
    path.write_bytes(BYTES)
    return path


@pytest.fixture
def held(source):
    found = source.stat()
    return Original(
        SimpleNamespace(
            path=str(source),
            digest=hashlib.sha256(BYTES).hexdigest(),
            size_bytes=found.st_size,
            modified_ns=found.st_mtime_ns,
        )
    )


def test_a_digest_is_of_all_bytes(source):
    assert digest_of_file(source) == hashlib.sha256(BYTES).hexdigest()


def test_an_untouched_source_is_not_even_read(held, monkeypatch):
    monkeypatch.setattr(original, "digest_of_file", lambda path: pytest.fail("it was read"))
    held.require()


def test_a_touched_source_is_read_once(held, source, monkeypatch):
    os.utime(source, ns=(1, 1))
    held.require()
    monkeypatch.setattr(original, "digest_of_file", lambda path: pytest.fail("read again"))
    held.require()


@pytest.mark.parametrize("place", [0, len(BYTES) // 2, len(BYTES) - 1])
def test_one_other_byte_is_another_source(held, source, place):
    other = bytearray(BYTES)
    other[place] ^= 1
    source.write_bytes(bytes(other))
    os.utime(source, ns=(2, 2))
    with pytest.raises(SourceChanged):
        held.require()


def test_another_length_is_another_source(held, source):
    source.write_bytes(BYTES[:-1])
    with pytest.raises(SourceChanged):
        held.require()


def test_a_source_that_is_back_is_the_source_again(held, source):
    away = source.rename(source.with_suffix(".away"))
    with pytest.raises(SourceChanged, match="cannot be read"):
        held.require()
    away.rename(source)
    held.require()
