"""Be the child that opens media: one task from stdin, lines of JSON to stdout, then end."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TextIO

from orchestrator import errors
from orchestrator.errors import NoRoom, SecondUnitError, SourceRefused
from remote_worker.contract.coding import to_plain
from remote_worker.errors import WorkerError

TASKS = {
    "probe": "orchestrator.media.probe:probe_task",
    "cut": "orchestrator.media.cut:cut_task",
    "thumbnail": "orchestrator.media.thumbnail:thumbnail_task",
    "photo": "orchestrator.media.photo:photo_task",
    "assemble": "orchestrator.media.tasks:assemble_task",
    "scan": "orchestrator.media.tasks:scan_task",
    "look": "orchestrator.media.tasks:look_task",
    "content": "orchestrator.media.tasks:content_task",
    "content_clip": "orchestrator.media.tasks:content_clip_task",
    "voice": "orchestrator.media.voice:voice_task",
    "photos": "orchestrator.media.tasks:photos_task",
    "footage": "orchestrator.media.tasks:footage_task",
}
"""What a child can do: a function of (plain request, report) that returns a dataclass."""

REPORT_PERIOD_S = 0.1
_HEADROOM = 8
"""Address space over resident memory: libraries reserve far more than they use."""

_GRACE_S = 5
"""Between the signal that says the processor time is spent and the one that ends."""
_DIE_WITH_PARENT = 1
"""Linux's PR_SET_PDEATHSIG."""
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
PARENT_GONE = 3
"""The exit status of a child whose parent went away."""

Report = Callable[..., None]


def main(argv: list[str], tasks: Mapping[str, str] = TASKS) -> int:
    """Run one of ``tasks``: its name, bytes of memory, seconds of processor; return a status.

    The names in ``tasks`` are all that can be asked for.
    """
    task, memory_bytes, cpu_s = argv[0], int(argv[1]), int(argv[2])
    words = _own_stdout()
    die_with_parent()
    limit(memory_bytes, cpu_s)
    request = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _say(words, reply=to_plain(_function(tasks[task])(request, _reporter(words))))
    except SecondUnitError as error:
        _refuse(words, error, error.code)
    except WorkerError as error:
        _refuse(words, error, error.reason)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        _refuse(words, NoRoom("The disk is full.", "Free some space and try again."), "no_room")
    return 0


def _own_stdout() -> TextIO:
    """Keep stdout for our words alone; whatever a library prints goes to stderr."""
    own = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    os.dup2(2, 1)
    return own


def die_with_parent() -> None:
    """Have Linux end this process with the parent, even inside a decoder that never returns."""
    if sys.platform != "linux":
        return  # elsewhere the end of stdin is the only news
    with contextlib.suppress(OSError, AttributeError):  # a system library without it
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def limit(memory_bytes: int, cpu_s: int | None) -> None:
    """Bound memory and (unless None) processor time and forbid core dumps, where it can be."""
    if os.name != "posix":
        return  # the parent watches resident memory on every system
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # some systems refuse; the parent watches
        most = memory_bytes * _HEADROOM
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if cpu_s is None:
        return
    with contextlib.suppress(ValueError, OSError, OverflowError):  # as above
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + _GRACE_S))


def _end_with_parent() -> None:
    """End this process when the parent's end of stdin closes."""
    with contextlib.suppress(OSError):  # closed already: the same news
        while os.read(0, 4096):  # not sys.stdin, whose lock would be held at our own end
            pass
    os._exit(PARENT_GONE)


def _function(place: str) -> Callable[[Any, Report], Any]:
    module, name = place.split(":")
    function: Callable[[Any, Report], Any] = getattr(import_module(module), name)
    return function


def _reporter(words: TextIO) -> Report:
    last_s = 0.0

    def report(progress: Any, *, always: bool = False) -> None:
        nonlocal last_s
        now_s = time.monotonic()
        if always or now_s - last_s >= REPORT_PERIOD_S:
            last_s = now_s
            _say(words, progress=to_plain(progress))

    return report


def _refuse(words: TextIO, error: SecondUnitError | WorkerError, code: str) -> None:
    told = {"code": code, "sentence": error.sentence, "advice": error.advice}
    _say(words, refused={"kind": _kind(error), **told})


def _kind(error: SecondUnitError | WorkerError) -> str:
    """Return the nearest class that the parent knows; the code tells the rest."""
    for kind in type(error).__mro__:
        if kind.__module__ == errors.__name__ and kind is not SecondUnitError:
            return kind.__name__
    return SourceRefused.__name__


def _say(words: TextIO, **fields: Any) -> None:
    words.write(json.dumps(fields, separators=(",", ":")) + "\n")
    words.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
