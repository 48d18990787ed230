"""Be a guarded child whose tasks do all that a decoder gone wrong can do."""

import ctypes
import errno
import inspect
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import orchestrator.errors
from orchestrator.errors import JobBusy, ModelMissing, NoRoom, PhotoUnreadable, SourceRefused
from orchestrator.media import child
from remote_worker.errors import SourceUnreadable

PIPE = "PIPE_TO_THE_PARENT"
"""Names the handle of the parent's pipe, past the child's care for its language."""
FOREVER_S = 250
"""Longer than any test lets a child live, and an end if a test leaves one behind."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A reply."""

    numbers: tuple[int, ...]


class OwnKind(PhotoUnreadable):
    """A fault that the parent does not know, of a kind that it knows."""


def answer(request, report):
    for done in range(request.get("reports", 0)):
        report(done, always=True)
    return Numbers(tuple(range(request["count"])))


def say_where(request, report):
    """Say one's number and wait."""
    Path(request["to"]).write_text(str(os.getpid()))
    report("here", always=True)
    threading.Event().wait(FOREVER_S)


def segfault(request, report):
    ctypes.string_at(0)


def abort(request, report):
    os.abort()


def die_of_signal(request, report):
    os.kill(os.getpid(), signal.SIGKILL)


def leave(request, report):
    os._exit(0)


def fail(request, report):
    raise RuntimeError("the decoder gave up")


def eat_memory(request, report):
    held = b"\1" * request["bytes"]
    threading.Event().wait(FOREVER_S)
    del held


def ask_for_all_memory(request, report):
    return bytearray(2**45)


def hang(request, report):
    report("here", always=True)
    threading.Event().wait(FOREVER_S)


def talk_forever(request, report):
    while True:
        report("still here", always=True)


def spin(request, report):
    """Use all of one core, deaf to everything but a signal."""
    while True:
        pass


def hang_without_letting_go(request, report):
    """Hold the interpreter's lock, as a decoder that never returns may."""
    Path(request["to"]).write_text(str(os.getpid()))
    report("here", always=True)
    ctypes.PyDLL(None).sleep(FOREVER_S)


def _write(data):
    os.write(int(os.environ[PIPE]), data)


def flood_without_lines(request, report):
    while True:
        _write(b"x" * 65536)


def flood_with_lines(request, report):
    while True:
        _write(b'{"progress":1}\n' * 4096)


def flood_the_other_stream(request, report):
    for _ in range(300):
        os.write(2, b"y" * 65536)
    return Numbers((1,))


def print_to_stdout(request, report):
    sys.stdout.write('{"reply": {"numbers": [666]}}\n')
    sys.stdout.flush()
    os.write(1, b"not JSON\n")
    return Numbers((1,))


def write_garbage(request, report):
    _write(bytes.fromhex(request["hex"]) + b"\n")
    threading.Event().wait(FOREVER_S)


def answer_otherwise(request, report):
    return {"numbers": "many"}


def close_everything(request, report):
    Path(request["to"]).write_text(str(os.getpid()))
    os.closerange(1, 64)
    threading.Event().wait(FOREVER_S)


def _start_another(to, **options):
    sleeping = f"import time; time.sleep({FOREVER_S})"
    other = subprocess.Popen(
        [sys.executable, "-c", sleeping], stdout=int(os.environ[PIPE]), **options
    )
    Path(to).write_text(str(other.pid))


def leave_one_behind_and_die(request, report):
    _start_another(request["to"])
    os.kill(os.getpid(), signal.SIGKILL)


def leave_one_behind_and_answer(request, report):
    _start_another(request["to"])
    return Numbers((1,))


def leave_one_of_another_session_and_hang(request, report):
    _start_another(request["to"], start_new_session=True)
    report("here", always=True)
    threading.Event().wait(FOREVER_S)


def refuse(request, report):
    raise {
        "model": ModelMissing("There is no model.", "Install it."),
        "photo": PhotoUnreadable("No photo.", "Choose another."),
        "room": NoRoom("No room.", "Make some."),
        "busy": JobBusy("Busy.", "Wait."),
        "source": SourceRefused("no_video", "No video.", "Choose another."),
        "own": OwnKind("Own.", "None."),
        "plain": orchestrator.errors.SecondUnitError("Plain.", "None."),
        "worker": SourceUnreadable("The piece is broken."),
        "full": OSError(errno.ENOSPC, "No space left on device"),
        "name": PhotoUnreadable(f"{os.fsdecode(bytes([255]))}.jpg is broken.", "Choose another."),
    }[request["what"]]


def tell_surroundings(request, report):
    import resource

    kinds = (resource.RLIMIT_CORE, resource.RLIMIT_AS, resource.RLIMIT_CPU)
    return Numbers(tuple(resource.getrlimit(kind)[0] for kind in kinds))


MODULE = "misbehaving"
TASKS = {
    name: f"{MODULE}:{name}"
    for name, value in list(globals().items())
    if inspect.isfunction(value) and not name.startswith("_")
}

if __name__ == "__main__":
    os.environ[PIPE] = str(os.dup(1))
    sys.exit(child.main(sys.argv[1:], TASKS))
