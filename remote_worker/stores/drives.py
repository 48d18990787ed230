"""Know how drives that several machines share differ from a disk, and bear with it."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
SEEN_WITHIN_S = 75.0
"""NFS keeps what it knew of a folder for up to 60 s (``acdirmax`` of nfs(5)), and a little more."""
_SHARED = frozenset(
    (
        "afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.ceph-fuse",
        "fuse.gcsfuse", "fuse.glusterfs", "fuse.juicefs", "fuse.sshfs", "fuse.s3fs", "glusterfs",
        "gpfs", "lustre", "smb2", "smb3", "smbfs", "webdav",
    )
)  # fmt: skip
_STALE = getattr(errno, "ESTALE", None)
_STALE_TRIES = 6
_DRIVE_REMOTE = 4
"""Windows' own number for it."""
_SHORTEST_S, _LONGEST_S = 0.02, 2.0


def is_stale(error: OSError) -> bool:
    """Return whether a file or folder was replaced on the server while it was in use here."""
    return _STALE is not None and error.errno == _STALE


def steadily(call: Callable[[], T]) -> T:
    """Return what ``call`` gives, tried again while it meets what another machine replaced.

    Raises:
        OSError: of another kind, or after some tries.
    """
    for attempt in range(1, _STALE_TRIES):
        try:
            return call()
        except OSError as error:
            if not is_stale(error):
                raise
        _pause(attempt)
    return call()


class Patience:
    """How often a name that is not there is looked for again."""

    def __init__(self, seen_within_s: float, *, waits: bool) -> None:
        """Look once more on a shared drive; with ``waits`` until the time is over."""
        self._is_shared = seen_within_s > 0
        self._until_s = time.monotonic() + (seen_within_s if waits else 0)
        self._looks = 0

    def look_anew(self, folder: Path) -> bool:
        """Return whether to look again, after what was known of ``folder`` was forgotten."""
        self._looks += 1
        if not self._is_shared:
            return False
        if self._looks > 1:
            if time.monotonic() >= self._until_s:
                return False
            _pause(self._looks)
        forget(folder)
        return True


def forget(folder: Path) -> None:
    """Have the system ask the drive's server about ``folder`` anew, as opening it does."""
    if os.name == "nt":
        return  # SMB there forgets within seconds by itself
    with contextlib.suppress(OSError):  # the folder itself may not be seen yet
        os.close(os.open(folder, os.O_RDONLY))


def seen_within_s_of(root: Path) -> float:
    """Return how long what other machines store below ``root`` may take to be seen here."""
    return SEEN_WITHIN_S if is_shared(root) else 0.0


if sys.platform == "win32":
    import ctypes

    def is_shared(root: Path) -> bool:
        """Return whether ``root`` is on a drive that other machines write to, too."""
        # Asked of one drive: to list them all may wait for those that are not there.
        kind = ctypes.WinDLL("kernel32").GetDriveTypeW(f"{root.drive}\\")
        return root.drive.startswith("\\\\") or bool(kind == _DRIVE_REMOTE)

else:

    def is_shared(root: Path) -> bool:
        """Return whether ``root`` is on a drive that other machines write to, too."""
        kind = _kind_of(os.path.realpath(root)).lower()
        return kind.startswith("nfs") or kind in _SHARED


def _kind_of(path: str) -> str:
    """Return the name of the file system that ``path`` is on; empty where nobody tells."""
    import psutil

    try:
        mounts = [
            each for each in psutil.disk_partitions(all=True) if _is_within(path, each.mountpoint)
        ]
    except OSError:
        return ""
    # The last of equals is the one on top.
    return max(reversed(mounts), key=lambda each: len(each.mountpoint)).fstype if mounts else ""


def _is_within(path: str, mount: str) -> bool:
    return path == mount or path.startswith(mount.rstrip(os.sep) + os.sep)


def _pause(attempt: int) -> None:
    longest_s = min(_LONGEST_S, _SHORTEST_S * 2**attempt)
    time.sleep(random.uniform(longest_s / 2, longest_s))  # noqa: S311  # jitter, no secret
