"""Digest files by their bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from remote_worker.contract.records import Digest


def digest_of_file(path: Path) -> Digest:
    """Return the SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return Digest(hashlib.file_digest(file, "sha256").hexdigest())
