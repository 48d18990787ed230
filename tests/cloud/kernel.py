"""Call the few Linux system calls that Python 3.11 has no name for."""

from __future__ import annotations

import ctypes
import os
import platform

NEW_MOUNTS = 0x0002_0000
NEW_HOSTNAME = 0x0400_0000
NEW_IPC = 0x0800_0000
NEW_PIDS = 0x2000_0000
NEW_NETWORK = 0x4000_0000

READ_ONLY = 1
REMOUNT = 32
BIND = 4096
RECURSIVE = 16384
PRIVATE = 1 << 18

_DETACH = 2
_DIE_WITH_PARENT = 1
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_SIGKILL = 9


def unshare(kinds: int) -> None:
    """Leave the namespaces of ``kinds`` for new ones (new pids: for the next child)."""
    _check(_libc().unshare(kinds), "unshare")


def enter(namespace_fd: int, kind: int) -> None:
    """Join the namespace that ``namespace_fd`` is open on."""
    _check(_libc().setns(namespace_fd, kind), "setns")


def mount(what: str, where: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount ``what`` at ``where``."""
    done = _libc().mount(
        what.encode(), where.encode(), kind.encode() or None, flags, options.encode() or None
    )
    _check(done, f"mount {what} at {where} ({kind} {options})")


def take_as_root(folder: str) -> None:
    """Make ``folder``, a mount point, the root of this mount namespace; drop the old root."""
    os.chdir(folder)
    number = _PIVOT_ROOT[platform.machine()]
    _check(_libc().syscall(number, b".", b"."), "pivot_root")
    _check(_libc().umount2(b".", _DETACH), "umount of the old root")
    os.chdir("/")


def die_with_parent() -> None:
    """Be killed when the process that forked this one ends, however it ends."""
    _check(_libc().prctl(_DIE_WITH_PARENT, _SIGKILL, 0, 0, 0), "prctl")


def set_hostname(name: str) -> None:
    """Name the machine of this namespace."""
    _check(_libc().sethostname(name.encode(), len(name.encode())), "sethostname")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _check(answer: int, what: str) -> None:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
