"""Where FaceFusion's files come from in a cluster: its own store first, then elsewhere, once.

The store is that of the cluster's jobs, a bucket or a volume.  A store that does not answer, or
takes nothing, costs the next installation only.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from remote_worker.contract.records import Digest
from remote_worker.engines.facefusion import source
from remote_worker.engines.facefusion.download import (
    NoSpace,
    Share,
    Stopped,
    Wanted,
    WrongFile,
    full_disk_named,
)
from remote_worker.engines.facefusion.origins import blob_key, pin_key, pin_text, read_pin
from remote_worker.engines.facefusion.provision import Kind, Origin
from remote_worker.errors import BlobCorrupt, BlobMissing, DiskFull, StoreUnavailable
from remote_worker.stores import Store


class Stored:
    """A store first; what it lacks comes from elsewhere and is put there.

    Everything lies under its own digest and is checked when it is read, so nobody who may
    write there can make another take other bytes.
    """

    def __init__(
        self,
        store: Store,
        elsewhere: Origin,
        say: Callable[[str], None],
        *,
        shares_files: bool = False,
    ) -> None:
        """Ask nobody yet; ``say`` hears where each file is taken from.

        ``shares_files``: every user may change what is stored, on a volume that pods share.
        """
        self._store, self._elsewhere, self._say = store, elsewhere, say
        self._shares_files = shares_files
        self._readable = self._writable = True

    def fetch(
        self, kind: Kind, wanted: Wanted, to: Path, share: Share, stop: threading.Event
    ) -> Digest:
        """Take it from the store, or from elsewhere and put it there.

        Raises:
            ProvisionFailed: it cannot be had.
        """
        if stop.is_set():
            raise Stopped("The installation was stopped.")
        to.parent.mkdir(parents=True, exist_ok=True)
        name = wanted.file.removesuffix(".onnx")
        digest = source.ARCHIVE_DIGEST if kind == "source" else wanted.digest
        pinned = digest or self._pin(name)
        if pinned is not None and self._taken(pinned, wanted.file, to):
            return pinned
        self._say(f"{wanted.file}: from the internet, this once")
        if kind == "source":  # its archive there has other bytes; the checkout is kept instead
            return self._elsewhere.fetch(kind, wanted, to, share, stop)
        got = self._elsewhere.fetch(kind, replace(wanted, digest=pinned), to, share, stop)
        self._put(blob_key(got), to)
        if digest is None:
            self._pin_down(name, got)
        return got

    def keep_source(self, checkout: Path) -> None:
        """Put the checkout in the store, in the one form that always has the same bytes."""
        if not self._writable:
            return
        archive = checkout.with_name(f"{checkout.name}.tar")
        try:
            with full_disk_named("FaceFusion's source"):
                digest = source.pack(checkout, archive)
            self._put(blob_key(digest), archive)
        finally:
            archive.unlink(missing_ok=True)

    def _taken(self, digest: Digest, file: str, to: Path) -> bool:
        if not self._readable:
            return False
        try:
            if not self._store.has(blob_key(digest)):
                return False
            self._store.fetch(blob_key(digest), to, digest)
        except (BlobCorrupt, BlobMissing) as error:
            self._say(f"{file}: {error.sentence}")
            return False
        except DiskFull as error:
            raise NoSpace(f"There is no room on the volume for {file}.") from error
        except StoreUnavailable as error:
            self._readable = False
            self._say(f"The cluster's storage is not asked any more: {error.sentence}")
            return False
        self._say(f"{file}: from the cluster's storage")
        return True

    def _put(self, key: str, path: Path) -> None:
        if not self._writable:
            return
        try:
            if not self._store.has(key):
                with self._for_all():
                    self._store.put_file(key, path)
        except (StoreUnavailable, DiskFull) as error:
            self._takes_nothing(error)

    def _pin(self, name: str) -> Digest | None:
        """Return which file a model is by the word of an earlier installation.

        Raises:
            WrongFile: the word cannot be read.
        """
        if not self._readable:
            return None
        try:
            return read_pin(self._store.get(stored_pin_key(name)))
        except BlobMissing:
            return None
        except StoreUnavailable as error:
            self._readable = False
            self._say(f"The cluster's storage is not asked any more: {error.sentence}")
            return None

    def _pin_down(self, name: str, digest: Digest) -> None:
        """Say for all later installations which file this model is.

        Raises:
            WrongFile: another one said another meanwhile.
        """
        if not self._writable:
            return
        try:
            with self._for_all():
                wrote = self._store.put(stored_pin_key(name), pin_text(digest), if_absent=True)
        except (StoreUnavailable, DiskFull) as error:
            self._takes_nothing(error)
            return
        if not wrote and self._pin(name) not in (None, digest):
            raise WrongFile(f"{name} is another file here than in the cluster's storage.")

    @contextmanager
    def _for_all(self) -> Iterator[None]:
        before = os.umask(0) if self._shares_files else None
        try:
            yield
        finally:
            if before is not None:
                os.umask(before)

    def _takes_nothing(self, error: StoreUnavailable | DiskFull) -> None:
        self._writable = False
        self._say(f"Nothing more is kept in the cluster's storage: {error.sentence}")


def stored_pin_key(name: str) -> str:
    """Return where a store holds the digest of a model that the manifest has none for.

    Keys of a store have one dot; where models have none this is what hosts of AWS read, too.
    """
    return pin_key(name.replace(".", "-"))
