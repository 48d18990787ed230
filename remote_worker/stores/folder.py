"""Keep blobs and records in a folder that every worker of a job can reach."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from remote_worker.checkpoint import TEMPORARY_SUFFIX, make_names_durable, write_whole
from remote_worker.contract.records import Digest
from remote_worker.errors import BlobCorrupt, BlobMissing, DiskFull, StoreUnavailable, WorkerError
from remote_worker.frames.whole import WholeFile, is_no_room
from remote_worker.stores import is_key, require_key

_PART_BYTES = 1 << 20


class FolderStore:
    """A :class:`~remote_worker.stores.Store` in a local folder or on a mounted drive."""

    def __init__(self, root: Path, *, create: bool = True) -> None:
        """Use ``root``; without ``create`` a folder that is not there is not made.

        An agent does not create it: a drive that is not mounted must not become an empty store.

        Raises:
            StoreUnavailable: there is no such folder, or it cannot be made.
        """
        self.root = root.absolute()
        with _named("opened"):
            if create:
                self.root.mkdir(parents=True, exist_ok=True)
        self._check_root()

    def put(self, key: str, data: bytes, *, if_absent: bool = False) -> bool:
        """Write a small object; return whether this call wrote it."""
        path = self._path(key)
        with _named("written"):
            if if_absent and path.exists():
                return False
            self._make_folder(path.parent)
            return write_whole(path, (data,), if_absent=if_absent)

    def put_file(self, key: str, path: Path) -> None:
        """Copy the file at ``path`` in, replacing what is there in one step."""
        to = self._path(key)
        with path.open("rb") as source, _named("written"):
            self._make_folder(to.parent)
            write_whole(to, iter(lambda: source.read(_PART_BYTES), b""))

    def get(self, key: str) -> bytes:
        """Return a small object."""
        with self._reading(key) as path:
            return path.read_bytes()

    def fetch(self, key: str, to: Path, digest: Digest) -> None:
        """Copy an object to the file ``to``, whole and checked, or leave nothing there."""
        seen = hashlib.sha256()
        with self._reading(key) as path, path.open("rb") as source, WholeFile(to) as target:
            while part := source.read(_PART_BYTES):
                seen.update(part)
                target.write(part)
            if seen.hexdigest() != digest:
                raise BlobCorrupt(f"The stored copy of {key} is damaged.")
            target.keep()

    def has(self, key: str) -> bool:
        """Return whether an object is there."""
        path = self._path(key)
        self._check_root()
        with _named("read"):
            return path.is_file()

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys that start with ``prefix``, sorted."""
        self._check_root()
        with _named("listed"):
            found = [path.relative_to(self.root).as_posix() for path in _files(self.root)]
        yield from sorted(key for key in found if key.startswith(prefix) and is_key(key))

    def delete(self, key: str) -> None:
        """Remove an object; safe to perform twice."""
        path = self._path(key)
        self._check_root()
        with _named("changed"):
            path.unlink(missing_ok=True)

    def path_of(self, key: str) -> Path:
        """Return the file an object lies in, for readers on this machine that check digests."""
        return self._path(key)

    def sweep(self, *, older_than_s: float = 3600.0) -> int:
        """Remove what killed writers left half-written; return how many files that were.

        A file that is still written to is young.  Its age is told by the clock of the drive,
        which need not be this machine's.

        Raises:
            StoreUnavailable: the folder does not answer.
        """
        self._check_root()
        with _named("swept"):
            now_s = self._drive_time_s()
            old = [path for path in _files(self.root) if _is_left(path, now_s - older_than_s)]
            for path in old:
                path.unlink(missing_ok=True)
        return len(old)

    def _drive_time_s(self) -> float:
        probe = self.root / f".clock-{os.getpid()}{TEMPORARY_SUFFIX}"
        probe.touch()
        try:
            return probe.stat().st_mtime
        finally:
            probe.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.root / require_key(key)

    def _make_folder(self, folder: Path) -> None:
        self._check_root()
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        make_names_durable(folder.parent)

    def _check_root(self) -> None:
        if not self.root.is_dir():
            raise StoreUnavailable(f"The staging folder {self.root} is not there.")

    @contextlib.contextmanager
    def _reading(self, key: str) -> Iterator[Path]:
        path = self._path(key)
        with _named("read"):
            try:
                yield path
            except FileNotFoundError as error:
                self._check_root()
                if path.is_file():
                    raise  # it is the place to copy to that is not there
                raise BlobMissing(f"The store holds no {key}.") from error


def _files(root: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(root, onerror=_raise):
        yield from (Path(folder, name) for name in names)


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):  # a folder that went away holds nothing
        raise error


def _is_left(path: Path, before_s: float) -> bool:
    if not (path.name.startswith(".") and path.name.endswith(TEMPORARY_SUFFIX)):
        return False
    try:
        return path.stat().st_mtime <= before_s
    except FileNotFoundError:
        return False  # its writer has just finished


@contextlib.contextmanager
def _named(done: str) -> Iterator[None]:
    try:
        yield
    except WorkerError:
        raise
    except OSError as error:
        if is_no_room(error):
            raise DiskFull("There is no room left in the staging folder.") from error
        raise StoreUnavailable(f"The staging folder cannot be {done}: {error.strerror}.") from error
