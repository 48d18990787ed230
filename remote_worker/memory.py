"""Give freed memory back to the system at once, where the C library would hoard it."""

from __future__ import annotations

import ctypes
import platform

_M_TRIM_THRESHOLD = -1
"""From glibc's malloc.h."""
_KEPT_BYTES = 1 << 20


def return_freed_memory() -> bool:
    """Tell glibc not to keep freed memory for later; return whether there was one to tell.

    Frames are allocated in one thread and freed in another, and glibc raises its thresholds
    with every large block: a worker at 1080p then holds a third more than it uses.  Other
    systems' allocators give memory back by themselves.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    return bool(ctypes.CDLL(None).mallopt(_M_TRIM_THRESHOLD, _KEPT_BYTES))
