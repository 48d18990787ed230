"""Take back the real-time priority that an encoder gave itself."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_THREADS = Path("/proc/self/task")


def use_ordinary_priority() -> int:
    """Put every thread of this process back among the others; return how many had left them.

    Where it may, as root, SVT-AV1 gives its threads and the one that opens it the highest
    real-time priority.  They then keep everything else from running, heartbeats included, and
    child processes inherit it.  Only Linux lets a process do that unasked.
    """
    if not hasattr(os, "sched_setscheduler") or not _THREADS.is_dir():
        return 0
    found = 0
    for thread in [int(entry.name) for entry in _THREADS.iterdir()]:
        with contextlib.suppress(ProcessLookupError):  # it ended meanwhile
            if os.sched_getscheduler(thread) in (os.SCHED_FIFO, os.SCHED_RR):
                os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))
                found += 1
    return found
