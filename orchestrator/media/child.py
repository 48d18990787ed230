"""Be the child that opens media: one task from stdin, lines of JSON to stdout, then end."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, TextIO

from orchestrator.errors import SecondUnitError
from remote_worker.contract.coding import to_plain
from remote_worker.errors import WorkerError

TASKS = {
    "probe": "orchestrator.media.probe:probe_task",
    "cut": "orchestrator.media.cut:cut_task",
    "photo": "orchestrator.media.photo:photo_task",
    "assemble": "orchestrator.media.tasks:assemble_task",
    "scan": "orchestrator.media.tasks:scan_task",
    "look": "orchestrator.media.tasks:look_task",
    "content": "orchestrator.media.tasks:content_task",
    "photos": "orchestrator.media.tasks:photos_task",
}
"""What a child can do: a function of (plain request, report) that returns a dataclass."""

REPORT_PERIOD_S = 0.1
_HEADROOM = 8
"""Address space over resident memory: libraries reserve far more than they use."""

Report = Callable[..., None]


def main(argv: list[str]) -> int:
    """Run the task named in ``argv`` within ``argv[1]`` bytes; return an exit status."""
    task, memory_bytes = argv[0], int(argv[1])
    words = _own_stdout()
    _limit(memory_bytes)
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _say(words, reply=to_plain(_function(task)(request, _reporter(words))))
    except SecondUnitError as error:
        _refuse(words, error.code, error.sentence, error.advice)
    except WorkerError as error:
        _refuse(words, error.reason, error.sentence, error.advice)
    return 0


def _own_stdout() -> TextIO:
    """Keep stdout for our words alone; whatever a library prints goes to stderr."""
    own = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    return own


def _limit(memory_bytes: int) -> None:
    """Bound memory and forbid core dumps before any media is touched, where the system can."""
    if os.name != "posix":
        return  # the parent watches resident memory on every system
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # some systems refuse; the parent watches
        most = memory_bytes * _HEADROOM
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _end_with_parent() -> None:
    """End this process when the parent's end of stdin closes."""
    with contextlib.suppress(ValueError, OSError):  # closed already: the same news
        while sys.stdin.readline():
            pass
    os._exit(3)


def _function(task: str) -> Callable[[Any, Report], Any]:
    module, name = TASKS[task].split(":")
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


def _refuse(words: TextIO, code: str, sentence: str, advice: str) -> None:
    _say(words, refused={"code": code, "sentence": sentence, "advice": advice})


def _say(words: TextIO, **fields: Any) -> None:
    words.write(json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n")
    words.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
