"""Open media nobody vouches for in a child process that has limits and dies alone."""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, TypeVar

import psutil

from orchestrator import errors
from orchestrator.errors import SecondUnitError, SourceRefused
from remote_worker.contract.coding import ContractError, from_plain, to_plain

T = TypeVar("T")
GIB = 1024**3
PROGRAM = "orchestrator.media.child"
LONGEST_LINE_BYTES = 64 * 1024**2
"""An index of a day at 60 frames a second is about as long."""
_log = logging.getLogger(__name__)
_UNREAD_LINES = 2
_WATCH_PERIOD_S = 0.1
_END_S = 10.0
"""How long a child that was ended may take to be gone."""
_LAST_WORDS = 40
_REFUSAL = ("kind", "code", "sentence", "advice")
_WORDS_BYTES = 500
_CPU_SPENT = -signal.SIGXCPU if os.name == "posix" else None
NO_MEMORY = ("MemoryError", "Cannot allocate memory", "bad_alloc", "Insufficient memory")
"""One of these is in the last words of a child that ran out of it."""
INHERITED = (
    "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "VIRTUAL_ENV",
    "PYTHONPATH", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "OPENBLAS_CORETYPE",
)  # fmt: skip
"""All that a child is given of the environment."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use before it is ended."""

    memory_bytes: int = 2 * GIB
    """Resident memory."""
    wall_s: float = 6 * 3600.0
    stall_s: float = 120.0
    """Longest silence: a child that is alive and well says how far it is."""
    cpu_s: float | None = None
    """Processor time of all threads together; None: every core for the whole of ``wall_s``."""

    @property
    def most_cpu_s(self) -> int:
        """Processor time in whole seconds, which is what systems take."""
        asked = self.wall_s * (os.cpu_count() or 1) if self.cpu_s is None else self.cpu_s
        return max(1, math.ceil(asked))


class Cancelled(SecondUnitError):
    """The work was given up on request; nothing of it was kept."""


def call(
    task: str,
    request: Any,
    reply_kind: type[T],
    *,
    limits: Limits | None = None,
    on_progress: Callable[[Any], None] | None = None,
    cancelled: threading.Event | None = None,
    program: str = PROGRAM,
) -> T:
    """Run one task of ``program`` in a child and return its reply.

    ``on_progress`` hears whatever the task reports, as plain JSON values.  ``program`` is a
    module that runs :func:`orchestrator.media.child.main`.

    Raises:
        SecondUnitError: what the task raised; a :class:`SourceRefused` with code ``crashed``,
            ``needs_too_much_memory`` or ``too_slow`` when the child had to be ended.
        Cancelled: ``cancelled`` was set.
    """
    asked = json.dumps(to_plain(request), allow_nan=False).encode() + b"\n"
    with _Child(program, task, asked, limits or Limits()) as child:
        plain = child.wait(on_progress or _ignore, cancelled or threading.Event())
    return understood(reply_kind, plain)


def understood(kind: type[T], plain: Any) -> T:
    """Return what a child said as a ``kind``.

    Raises:
        SourceRefused: it said something else; its code is ``crashed``.
    """
    try:
        return from_plain(kind, plain)
    except ContractError as error:
        raise _crashed(f"it answered something else ({error.reason})") from error


def _ignore(progress: Any) -> None:
    del progress


class _Child:
    """One running child; leaving the ``with`` block ends it and all it started."""

    def __init__(self, program: str, task: str, request: bytes, limits: Limits) -> None:
        self._limits = limits
        self._request = request
        self._lines: queue.Queue[bytes | None] = queue.Queue(maxsize=_UNREAD_LINES)
        self._given_up = threading.Event()
        self._last_words: deque[str] = deque(maxlen=_LAST_WORDS)
        self._threads: dict[str, threading.Thread] = {}
        self._ended_s: float | None = None
        """When it was ended; None until then."""
        self._began_s = time.monotonic()
        self._process = _started(program, task, limits)

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_: object) -> None:
        self._given_up.set()
        self._end()
        for thread in self._threads.values():
            thread.join(_END_S)
        if any(thread.is_alive() for thread in self._threads.values()):
            return  # closing would wait for a thread that reads what a stranger holds open
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):  # nobody reads the other end
                    stream.close()

    def wait(self, on_progress: Callable[[Any], None], cancelled: threading.Event) -> Any:
        """Return the plain reply, or raise what became of the child."""
        self._start("ask", self._ask, self._process.stdin)
        self._start("read", self._read_out, self._process.stdout)
        self._start("words", self._read_err, self._process.stderr)
        heard_s = self._began_s
        while True:
            self._watch(heard_s, cancelled)
            try:
                line = self._lines.get(timeout=_WATCH_PERIOD_S)
            except queue.Empty:
                self._look_after_its_death()
                continue
            if line is None:
                raise self._died()
            said = _understood(line)
            if "reply" in said:
                return said["reply"]
            if "refused" in said:
                raise _refusal(said["refused"])
            on_progress(said.get("progress"))
            heard_s = time.monotonic()

    def _start(self, name: str, target: Callable[[Any], None], stream: IO[bytes] | None) -> None:
        thread = threading.Thread(target=target, args=(stream,), daemon=True)
        self._threads[name] = thread
        thread.start()

    def _ask(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError):  # the end of its output tells
            stream.write(self._request)
            stream.flush()  # and stays open: its end would be news of our death

    def _read_out(self, stream: IO[bytes]) -> None:
        while line := stream.readline(LONGEST_LINE_BYTES + 1):
            if not self._queued(line):
                return
        self._queued(None)

    def _queued(self, line: bytes | None) -> bool:
        while not self._given_up.is_set():
            with contextlib.suppress(queue.Full):  # whoever reads is slow; it is tried again
                self._lines.put(line, timeout=_WATCH_PERIOD_S)
                return True
        return False

    def _read_err(self, stream: IO[bytes]) -> None:
        while line := stream.readline(_WORDS_BYTES):
            text = line.decode("utf-8", "replace").strip()
            if text:
                self._last_words.append("".join(c if c.isprintable() else " " for c in text))

    def _watch(self, heard_s: float, cancelled: threading.Event) -> None:
        now_s = time.monotonic()
        if cancelled.is_set():
            raise Cancelled("It was stopped on request.", "Start it again when you like.")
        if now_s - self._began_s > self._limits.wall_s or now_s - heard_s > self._limits.stall_s:
            raise _too_slow()
        with contextlib.suppress(psutil.Error):  # gone: the end of its output tells
            resident = psutil.Process(self._process.pid).memory_info().rss
            if resident > self._limits.memory_bytes:
                raise _too_much_memory()

    def _look_after_its_death(self) -> None:
        """End what a dead child left, which may hold its output open; raise if that lasts."""
        if self._process.poll() is None:
            return
        self._end()
        if self._ended_s is not None and time.monotonic() - self._ended_s > _END_S:
            raise self._died()

    def _died(self) -> SecondUnitError:
        try:
            status = self._process.wait(timeout=_END_S)
        except subprocess.TimeoutExpired:
            return _crashed("it closed its output and went on")
        self._end()
        self._threads["words"].join(_END_S)
        words = "\n".join(self._last_words)
        if any(sign in words for sign in NO_MEMORY):
            return _too_much_memory()
        if status == _CPU_SPENT:
            return _too_slow()
        return _crashed(f"status {status}", words)

    def _end(self) -> None:
        if self._ended_s is not None:
            return  # its number may be another's by now
        self._ended_s = time.monotonic()
        family = _family(self._process)
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        for process in family:
            with contextlib.suppress(psutil.Error):  # gone already
                process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):  # it waits for a disk, then dies
            self._process.wait(timeout=_END_S)


def _started(program: str, task: str, limits: Limits) -> subprocess.Popen[bytes]:
    arguments = [task, str(limits.memory_bytes), str(limits.most_cpu_s)]
    try:
        return subprocess.Popen(
            [sys.executable, "-m", program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={name: os.environ[name] for name in INHERITED if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            start_new_session=True,  # one group to end; Windows has no such thing and ignores it
        )
    except OSError as error:
        raise _crashed(f"it could not be started: {error.strerror}") from error


def _family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        return []  # gone; its group, where there is one, is ended by number


def _understood(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE_BYTES:
        raise _crashed("it wrote a line without end")
    try:
        said = json.loads(line.decode())
    except (ValueError, RecursionError) as error:
        raise _crashed("it wrote something that is not its language") from error
    if not isinstance(said, dict):
        raise _crashed("it wrote something that is not its language")
    return said


def _refusal(said: Any) -> SecondUnitError:
    """Return the error that the task raised, as its own class where it is one of ours."""
    try:
        name, code, sentence, advice = (_text(said[part]) for part in _REFUSAL)
    except (LookupError, TypeError):
        return _crashed("it refused in words that are not its language")
    kind = getattr(errors, name, None)
    if not isinstance(kind, type) or not issubclass(kind, SecondUnitError):
        kind = SourceRefused
    if issubclass(kind, SourceRefused):
        return kind(code, sentence, advice)
    return kind(sentence, advice)


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError(f"{type(said).__name__} is no text")
    return said.encode("utf-8", "replace").decode()  # a file's name may hold other bytes


def _crashed(how: str, words: str = "") -> SourceRefused:
    error = SourceRefused(
        "crashed",
        f"Reading this file ended the reader ({how}).",
        "The app is unharmed. Re-export the file and try again.",
    )
    if words:
        error.add_note(f"Its last words:\n{words}")
    _log.info("the reader ended (%s): %s", how, words or "without a word")
    return error


def _too_slow() -> SourceRefused:
    return SourceRefused(
        "too_slow",
        "Reading this file took far longer than it should and was ended.",
        "Re-export the file and try again.",
    )


def _too_much_memory() -> SourceRefused:
    return SourceRefused(
        "needs_too_much_memory",
        "Reading this file needs more memory than it is allowed.",
        "Re-export the file at a smaller size and try again.",
    )
