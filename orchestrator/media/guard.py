"""Open media nobody vouches for in a child process that has limits and dies alone."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, TypeVar

import psutil

from orchestrator.errors import SecondUnitError, SourceRefused
from remote_worker.contract.coding import ContractError, canonical, from_plain

T = TypeVar("T")
GIB = 1024**3
_WATCH_PERIOD_S = 0.1
_LAST_WORDS = 40
_INHERITED = (
    "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "VIRTUAL_ENV",
    "PYTHONPATH", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "OPENBLAS_CORETYPE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use before it is ended."""

    memory_bytes: int = 2 * GIB
    """Resident memory."""
    wall_s: float = 6 * 3600.0
    stall_s: float = 120.0
    """Longest silence: a child that is alive and well says how far it is."""


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
) -> T:
    """Run one task of :mod:`orchestrator.media.child` in a child and return its reply.

    ``on_progress`` hears whatever the task reports, as plain JSON values.

    Raises:
        SecondUnitError: what the task raised; a :class:`SourceRefused` with code ``crashed``,
            ``needs_too_much_memory`` or ``too_slow`` when the child had to be ended.
        Cancelled: ``cancelled`` was set.
    """
    limits = limits or Limits()
    with _Child(task, request, limits) as child:
        plain = child.wait(on_progress or _ignore, cancelled or threading.Event())
    try:
        return from_plain(reply_kind, plain)
    except ContractError as error:
        raise _crashed(f"it answered something else ({error.reason})") from error


def _ignore(progress: Any) -> None:
    del progress


class _Child:
    """One running child; leaving the ``with`` block ends it."""

    def __init__(self, task: str, request: Any, limits: Limits) -> None:
        self._limits = limits
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._last_words: deque[str] = deque(maxlen=_LAST_WORDS)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "orchestrator.media.child", task, str(limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={name: os.environ[name] for name in _INHERITED if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._start(self._read_out, self._process.stdout)
        self._start(self._read_err, self._process.stderr)
        with contextlib.suppress(BrokenPipeError, OSError):  # its death is noticed below
            assert self._process.stdin is not None  # noqa: S101  # it was asked for
            self._process.stdin.write(canonical(request) + "\n")
            self._process.stdin.flush()

    def _start(self, target: Callable[[Any], None], stream: IO[str] | None) -> None:
        threading.Thread(target=target, args=(stream,), daemon=True).start()

    def _read_out(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.put(line)
        self._lines.put(None)

    def _read_err(self, stream: IO[str]) -> None:
        for line in stream:
            self._last_words.append(line.rstrip()[:500])

    def wait(self, on_progress: Callable[[Any], None], cancelled: threading.Event) -> Any:
        """Return the plain reply, or raise what became of the child."""
        began = heard = time.monotonic()
        while True:
            self._watch(began, heard, cancelled)
            try:
                line = self._lines.get(timeout=_WATCH_PERIOD_S)
            except queue.Empty:
                continue
            if line is None:
                raise self._died()
            heard = time.monotonic()
            said = self._understood(line)
            if "reply" in said:
                return said["reply"]
            if "refused" in said:
                raise _refusal(said["refused"])
            on_progress(said.get("progress"))

    def _watch(self, began: float, heard: float, cancelled: threading.Event) -> None:
        now = time.monotonic()
        if cancelled.is_set():
            raise Cancelled("It was stopped on request.", "Start it again when you like.")
        if now - began > self._limits.wall_s or now - heard > self._limits.stall_s:
            raise SourceRefused(
                "too_slow",
                "Reading this file took far longer than it should and was ended.",
                "Re-export the file and try again.",
            )
        with contextlib.suppress(psutil.Error):  # gone: the end of its output tells
            resident = psutil.Process(self._process.pid).memory_info().rss
            if resident > self._limits.memory_bytes:
                raise _too_much_memory()

    def _understood(self, line: str) -> dict[str, Any]:
        try:
            said = json.loads(line)
        except ValueError as error:
            raise _crashed("it wrote something that is not its language") from error
        if not isinstance(said, dict):
            raise _crashed("it wrote something that is not its language")
        return said

    def _died(self) -> SecondUnitError:
        status = self._process.wait(timeout=30)
        words = " / ".join(self._last_words)
        if "MemoryError" in words or "Cannot allocate memory" in words:
            return _too_much_memory()
        return _crashed(f"status {status}: {words[-600:]}")

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(timeout=30)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):  # nobody reads the other end
                    stream.close()


def _refusal(said: dict[str, str]) -> SecondUnitError:
    return SourceRefused(said["code"], said["sentence"], said["advice"])


def _crashed(how: str) -> SourceRefused:
    return SourceRefused(
        "crashed",
        f"Reading this file ended the reader ({how}).",
        "The app is unharmed. Re-export the file and try again.",
    )


def _too_much_memory() -> SourceRefused:
    return SourceRefused(
        "needs_too_much_memory",
        "Reading this file needs more memory than it is allowed.",
        "Re-export the file at a smaller size and try again.",
    )
