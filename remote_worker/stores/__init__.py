"""Keep blobs and records where every machine of a job can reach them: one contract.

Blobs lie under their own digest and never change.  Records lie under the id of what
they describe and are written once (``if_absent``).  A key is made by this package only,
never from a user's file name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from remote_worker.contract.records import ChunkId, Digest, SegmentId

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9]+)?(/[a-z0-9][a-z0-9_-]*(\.[a-z0-9]+)?)*")
_LONGEST_KEY = 200


class Store(Protocol):
    """Blobs and small records by key; every write is whole or not there."""

    def put(self, key: str, data: bytes, *, if_absent: bool = False) -> bool:
        """Write a small object; return whether this call wrote it.

        With ``if_absent`` an object that is there already is left and False returned;
        of any number of callers exactly one gets True.  A service without conditional writes
        can only promise less: at least one gets True, and one whole object stays, which every
        later caller is told of.  So nothing may hang on being the only one: what is written so
        is the same from whoever writes it, or a count that may fall short.

        Raises:
            DiskFull: no room; what was there before is untouched.
            StoreUnavailable: the store does not answer.
        """
        ...

    def put_file(self, key: str, path: Path) -> None:
        """Copy the file at ``path`` in, replacing what is there in one step.

        Raises:
            DiskFull: no room; what was there before is untouched.
            StoreUnavailable: the store does not answer.
        """
        ...

    def get(self, key: str, *, promised: bool = False) -> bytes:
        """Return a small object.

        ``promised`` says that somebody stored it: a store that shows late what others stored
        is then asked until it does.

        Raises:
            BlobMissing: there is none under ``key``.
            StoreUnavailable: the store does not answer.
        """
        ...

    def fetch(self, key: str, to: Path, digest: Digest) -> None:
        """Copy an object, as promised, to the file ``to``, whole and checked, or leave nothing.

        Raises:
            BlobMissing: there is none under ``key``.
            BlobCorrupt: its bytes are not those of ``digest``.
            DiskFull: no room for ``to``.
            StoreUnavailable: the store does not answer.
        """
        ...

    def has(self, key: str, *, promised: bool = False) -> bool:
        """Return whether an object is there; ``promised`` as in :meth:`get`.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        ...

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys that start with ``prefix``; never used while rendering.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        ...

    def delete(self, key: str) -> None:
        """Remove an object; safe to perform twice.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        ...


def is_key(text: str) -> bool:
    """Return whether ``text`` is a key as this package makes them."""
    return len(text) <= _LONGEST_KEY and _KEY.fullmatch(text) is not None


def require_key(text: str) -> str:
    """Return ``text`` if it is a key.

    Raises:
        ValueError: it is none; nothing was asked of the store.
    """
    if not is_key(text):
        raise ValueError(f"{text[:80]!r} is not a key")
    return text


def blob_key(digest: Digest) -> str:
    """Return where the bytes with this digest lie: pieces, photos, models, segment files."""
    return f"blobs/{digest}"


def order_key(chunk_id: ChunkId) -> str:
    """Return where a chunk's order lies."""
    return f"orders/{chunk_id}.json"


def segment_key(segment_id: SegmentId) -> str:
    """Return where a segment's record lies."""
    return f"segments/{segment_id}.json"


def check_key(check_id: Digest) -> str:
    """Return where the verdict of an engine's own content check lies."""
    return f"checks/{check_id}.json"


def done_key(chunk_id: ChunkId) -> str:
    """Return where a chunk is marked done."""
    return f"done/{chunk_id}.json"


def failure_key(chunk_id: ChunkId, number: int) -> str:
    """Return where the ``number``-th failure (from 1) of a chunk is recorded."""
    return f"failures/{chunk_id}/{number}.json"
