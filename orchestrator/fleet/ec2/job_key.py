"""Keep the key of one job's instances in the job's folder, for this user alone."""

from __future__ import annotations

import json
import os
from pathlib import Path

from orchestrator.errors import StorageFailed
from orchestrator.home import Home
from orchestrator.transfer.ssh import KeyPair, new_key_pair
from remote_worker.contract.records import JobId

_FILE = "instance-key.json"
_MINE = 0o600


def key_of(home: Home, job_id: JobId) -> KeyPair:
    """Return the job's key, made now if it has none; it is gone with the job's folder.

    Raises:
        StorageFailed: it can be neither read nor kept.
    """
    path = home.job(job_id) / _FILE
    try:
        private_pem, public_line = json.loads(path.read_bytes())
        return KeyPair(private_pem, public_line)
    except FileNotFoundError:
        return _made(path)
    except (OSError, ValueError, TypeError) as error:
        raise _failed(path) from error


def forget_key(home: Home, job_id: JobId) -> None:
    """Remove the job's key; safe to perform twice."""
    (home.job(job_id) / _FILE).unlink(missing_ok=True)


def _made(path: Path) -> KeyPair:
    pair = new_key_pair()
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        # The file is made with its rights: at no moment can another user open it.
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MINE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps([pair.private_pem, pair.public_line]))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise _failed(path) from error
    return pair


def _failed(path: Path) -> StorageFailed:
    return StorageFailed(
        f"The key of the job's instances cannot be kept or read ({path.name}).",
        "Check the disk and the folder's rights, then resume the job.",
    )
