"""Keep blobs and records in a folder that every worker of a job can reach."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from remote_worker.checkpoint import TEMPORARY_SUFFIX, make_names_durable, write_whole
from remote_worker.contract.records import Digest
from remote_worker.errors import BlobCorrupt, BlobMissing, DiskFull, StoreUnavailable, WorkerError
from remote_worker.frames.whole import WholeFile, is_no_room
from remote_worker.stores import is_key, require_key
from remote_worker.stores.drives import Patience, seen_within_s_of, steadily

T = TypeVar("T")
_PART_BYTES = 1 << 20


class FolderStore:
    """A :class:`~remote_worker.stores.Store` in a local folder or on a mounted drive.

    Nothing hangs on locks, nor on that a name made by one machine is seen at once by another:
    a name is given once, to a file that is whole and flushed, by a link that the drive's own
    server makes or refuses.  NFS keeps what it knew of a folder for up to a minute, also that
    a name was not there; so a miss is looked at again after the folder was opened anew, and
    what is promised is waited for.  A file that was replaced meanwhile is opened anew.
    """

    def __init__(
        self, root: Path, *, create: bool = True, seen_within_s: float | None = None
    ) -> None:
        """Use ``root``; without ``create`` a folder that is not there is not made.

        An agent does not create it: a drive that is not mounted must not become an empty store.
        ``seen_within_s`` is how long what other machines stored may take to be seen here;
        without it that is decided by the kind of drive, and is nothing on one of this machine.

        Raises:
            StoreUnavailable: there is no such folder, or it cannot be made.
        """
        self.root = root.absolute()
        self._seen_within_s = (
            seen_within_s_of(self.root) if seen_within_s is None else seen_within_s
        )
        with _named("opened"):
            if create:
                self.root.mkdir(parents=True, exist_ok=True)
        with _named("opened"):
            steadily(self._check_root)

    def put(self, key: str, data: bytes, *, if_absent: bool = False) -> bool:
        """Write a small object; return whether this call wrote it."""
        path = self._path(key)

        def write() -> bool:
            if if_absent and path.exists():
                return False
            self._make_folder(path.parent)
            return write_whole(path, (data,), if_absent=if_absent)

        with _named("written"):
            return steadily(write)

    def put_file(self, key: str, path: Path) -> None:
        """Copy the file at ``path`` in, replacing what is there in one step."""
        to = self._path(key)
        with path.open("rb") as source, _named("written"):

            def write() -> None:
                source.seek(0)
                self._make_folder(to.parent)
                write_whole(to, iter(lambda: source.read(_PART_BYTES), b""))

            steadily(write)

    def get(self, key: str, *, promised: bool = False) -> bytes:
        """Return a small object."""
        return self._read(key, Path.read_bytes, promised=promised)

    def fetch(self, key: str, to: Path, digest: Digest) -> None:
        """Copy an object to the file ``to``, whole and checked, or leave nothing there."""

        def copy(path: Path) -> None:
            seen = hashlib.sha256()
            with path.open("rb") as source, WholeFile(to) as target:
                while part := source.read(_PART_BYTES):
                    seen.update(part)
                    target.write(part)
                if seen.hexdigest() != digest:
                    raise BlobCorrupt(f"The stored copy of {key} is damaged.")
                target.keep()

        self._read(key, copy, promised=True)

    def has(self, key: str, *, promised: bool = False) -> bool:
        """Return whether an object is there."""
        path = self._path(key)
        patience = self._patience(promised=promised)
        with _named("read"):
            steadily(self._check_root)
            while not (is_there := steadily(path.is_file)) and patience.look_anew(path.parent):
                pass
        return is_there

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys that start with ``prefix``, sorted."""
        with _named("listed"):
            steadily(self._check_root)
            files = steadily(lambda: list(_files(self.root)))
            found = [path.relative_to(self.root).as_posix() for path in files]
        yield from sorted(key for key in found if key.startswith(prefix) and is_key(key))

    def delete(self, key: str) -> None:
        """Remove an object; safe to perform twice."""
        path = self._path(key)
        with _named("changed"):
            steadily(self._check_root)
            steadily(lambda: path.unlink(missing_ok=True))

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
        with _named("swept"):
            steadily(self._check_root)
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
        with contextlib.suppress(FileExistsError):  # another's, which may not be seen here yet
            folder.mkdir()
        make_names_durable(folder.parent)

    def _check_root(self) -> None:
        if not self.root.is_dir():
            raise StoreUnavailable(f"The staging folder {self.root} is not there.")

    def _patience(self, *, promised: bool) -> Patience:
        return Patience(self._seen_within_s, waits=promised)

    def _read(self, key: str, read: Callable[[Path], T], *, promised: bool) -> T:
        path = self._path(key)
        patience = self._patience(promised=promised)
        with _named("read"):
            while True:
                try:
                    return steadily(lambda: read(path))
                except FileNotFoundError as error:
                    steadily(self._check_root)
                    if error.filename != str(path):
                        raise  # it is the place to copy to that is not there
                    if not patience.look_anew(path.parent):
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
