"""Write files that are either whole or not there."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from remote_worker.stores.drives import steadily

TEMPORARY_SUFFIX = ".part"
_WINDOWS = os.name == "nt"
_NO_LINKS = frozenset((errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK))
"""What file systems answer that have no hard links."""
_NO_FOLDER_SYNC = frozenset((errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS))
"""What network drives answer that flush a name when they make it."""
_PATIENCE_S = (0.01, 0.05, 0.2, 0.5, 1.0)
"""Windows refuses to replace a file while a reader or a virus scanner has it open."""


def write_whole(path: Path, parts: Iterable[bytes], *, if_absent: bool = False) -> bool:
    """Put ``parts`` at ``path`` in one durable step; return whether this call did.

    With ``if_absent`` a file that is there is left as it is and False returned; of many
    callers exactly one gets True.  A reader sees the old file, the new one or none.

    Raises:
        OSError: it was not written; what was there before is untouched.
    """
    temporary = path.with_name(f".{uuid.uuid4().hex}{TEMPORARY_SUFFIX}")
    try:
        _write_durably(temporary, parts)
        won = _place_if_absent(temporary, path) if if_absent else _replace(temporary, path)
    finally:
        with contextlib.suppress(OSError):  # a leftover is swept later; the first error counts
            temporary.unlink(missing_ok=True)
    make_names_durable(path.parent)
    return won


def make_names_durable(folder: Path) -> None:
    """Flush the names in ``folder`` to disk, where the system has such a thing."""
    if _WINDOWS:
        return  # there is no handle on a folder to flush
    steadily(lambda: _sync(folder))


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def _write_durably(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("xb", buffering=0) as file:
        for part in parts:
            _write_all(file, part)
        os.fsync(file.fileno())


def _write_all(file: IO[bytes], data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _replace(temporary: Path, path: Path) -> bool:
    for pause_s in _PATIENCE_S if _WINDOWS else ():
        with contextlib.suppress(PermissionError):  # a scanner or a backup reads it for a moment
            temporary.replace(path)
            return True
        threading.Event().wait(pause_s)
    temporary.replace(path)
    return True


def _place_if_absent(temporary: Path, path: Path) -> bool:
    try:
        if _WINDOWS:
            temporary.rename(path)  # refuses a name that is taken; on POSIX it would replace
        else:
            os.link(temporary, path)
    except FileExistsError:
        # Over NFS the answer to a link that was made can be lost and the call sent again.
        return not _WINDOWS and temporary.stat().st_nlink > 1
    except OSError as error:
        if _WINDOWS or error.errno not in _NO_LINKS:
            raise
        return _place_under_lock(temporary, path)
    return True


def _place_under_lock(temporary: Path, path: Path) -> bool:
    """Do as a link would where the file system has none (exFAT, some network drives)."""
    with _locked(path.parent):
        if path.exists():
            return False
        temporary.replace(path)
        return True


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    import fcntl  # POSIX only, as is the one caller

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # let go by the system when the holder dies
        yield
    finally:
        os.close(handle)
