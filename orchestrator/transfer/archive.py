"""Pack the worker's own code as one file that is named by its digest."""

from __future__ import annotations

import hashlib
import io
import tarfile
from dataclasses import dataclass
from pathlib import Path

import remote_worker
from remote_worker.contract.records import Digest

_ENDINGS = (".py", ".json")


@dataclass(frozen=True, slots=True)
class Archive:
    """A tar of ``remote_worker/``: the same code makes the same bytes on every machine."""

    data: bytes
    digest: Digest

    @property
    def name(self) -> str:
        """What it is called wherever it lies."""
        return f"worker-{self.digest}.tar"


def pack_worker() -> Archive:
    """Return the worker that this app would run itself.

    Raises:
        OSError: a file of it cannot be read.
    """
    root = Path(remote_worker.__file__).parent
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for path in sorted(root.rglob("*")):
            if path.suffix in _ENDINGS and path.is_file():
                _add(tar, f"remote_worker/{path.relative_to(root).as_posix()}", path.read_bytes())
    data = made.getvalue()
    return Archive(data, Digest(hashlib.sha256(data).hexdigest()))


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o644
    tar.addfile(entry, io.BytesIO(data))
