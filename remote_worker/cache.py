"""Keep checked copies of blobs near the agent, within a bound."""

from __future__ import annotations

import contextlib
from pathlib import Path

from remote_worker.contract.records import Digest
from remote_worker.digests import digest_of_file
from remote_worker.errors import DiskFull
from remote_worker.stores import Store, blob_key


class BlobCache:
    """A folder of blobs by digest, of one agent; what was used longest ago goes first."""

    def __init__(self, folder: Path, store: Store, limit_bytes: int) -> None:
        """Use ``folder``; what an earlier agent left half-written there is removed."""
        self._folder, self._store, self._limit_bytes = folder, store, limit_bytes
        self._in_use: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(".*.part"):
            left.unlink(missing_ok=True)

    def begin(self) -> None:
        """Forget what the last chunk used; it may be removed from now on."""
        self._in_use.clear()

    def path(self, digest: Digest) -> Path:
        """Return a file with the bytes of ``digest``, checked now; it stays until :meth:`begin`.

        Raises:
            BlobMissing: the store has none.
            BlobCorrupt: the store's copy is damaged.
            DiskFull: there is no room for it.
            StoreUnavailable: the store does not answer.
        """
        path = self._folder / digest
        self._in_use.add(digest)
        if not _holds(path, digest):
            path.unlink(missing_ok=True)
            self._fetch(path, digest)
        with contextlib.suppress(OSError):  # only the order of going depends on it
            path.touch()
        self._trim()
        return path

    def _fetch(self, path: Path, digest: Digest) -> None:
        try:
            self._store.fetch(blob_key(digest), path, digest)
        except DiskFull:
            self._trim(limit_bytes=0)
            self._store.fetch(blob_key(digest), path, digest)

    def _trim(self, limit_bytes: int | None = None) -> None:
        limit_bytes = self._limit_bytes if limit_bytes is None else limit_bytes
        files = [path for path in self._folder.iterdir() if path.is_file()]
        sizes = {path: path.stat() for path in files}
        held_bytes = sum(size.st_size for size in sizes.values())
        for path in sorted(files, key=lambda path: sizes[path].st_mtime_ns):
            if held_bytes <= limit_bytes:
                return
            if path.name not in self._in_use:
                path.unlink(missing_ok=True)
                held_bytes -= sizes[path].st_size


def _holds(path: Path, digest: Digest) -> bool:
    try:
        return digest_of_file(path) == digest
    except OSError:
        return False  # no copy, or one that cannot be read: it is fetched
