"""Keep one FaceFusion process: start it, talk to it, notice its death, and end it."""

from __future__ import annotations

import logging
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

from remote_worker.engines.facefusion.slots import SharedMemory
from remote_worker.engines.facefusion.wire import Message, Sender, WireBroken, receive

Reason = Literal["refused", "photo", "out_of_memory", "engine_failed", "died", "hung"]
_log = logging.getLogger(__name__)
_START = Path(__file__).with_name("start.py")
_LAST_WORDS = 40
_CLOSE_S = 10.0
_KILL_S = 5.0
_NOT_PASSED = ("AWS_", "SECONDUNIT_", "PYTHON", "KUBE", "RABBIT", "AMQP")
"""What begins the names of settings that are none of FaceFusion's business."""
_SECRET = ("TOKEN", "SECRET", "PASSWORD", "CREDENTIAL")
"""What is in the names of settings that are nobody's business."""
_nursery = ThreadPoolExecutor(1, thread_name_prefix="nursery")
"""Starts all processes: Linux ends a child with the thread that started it, not the process."""


class ChildFailed(Exception):
    """The process failed at what it was asked, or is no more."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason: Reason = reason
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Layout:
    """Where one FaceFusion lies."""

    source: Path
    python: Path
    models: Path
    caches: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    """Settings that FaceFusion needs beside our own, such as where CUDA's libraries lie."""


class Child:
    """A running FaceFusion process; used by one thread at a time."""

    def __init__(self, layout: Layout) -> None:
        """Start the process, which loads nothing yet.

        Raises:
            ChildFailed: it does not start.
        """
        self.memory = SharedMemory()
        self._messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._words: deque[str] = deque(maxlen=_LAST_WORDS)
        try:
            self._process = _nursery.submit(self._start, layout).result()
        except OSError as error:
            self.memory.close()
            raise ChildFailed("refused", f"FaceFusion does not start: {error}.") from error
        stdin, stdout, stderr = (_there(pipe) for pipe in _pipes(self._process))
        self._input, self._sender = stdin, Sender(stdin)
        self._readers = [
            threading.Thread(target=self._read, args=(stdout,), daemon=True),
            threading.Thread(target=self._listen, args=(stderr,), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def _start(self, layout: Layout) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(layout.python), "-u", str(_START)],
            cwd=layout.source,
            env={**environment(os.environ), **layout.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=self.memory.inherited if sys.platform != "win32" else (),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows has it
        )

    @property
    def process_id(self) -> int:
        """The system's number for the process."""
        return self._process.pid

    def _read(self, stream: IO[bytes]) -> None:
        try:
            while (message := receive(stream)) is not None:
                self._messages.put(message)
        except WireBroken as error:
            self._words.append(str(error))
        self._messages.put(None)

    def _listen(self, stream: IO[bytes]) -> None:
        for line in iter(lambda: stream.readline(4096), b""):
            words = line.decode(errors="replace").strip()
            if words:
                self._words.append(words)

    def send(self, kind: str, **fields: Any) -> None:
        """Send one message.

        Raises:
            ChildFailed: there is nobody to read it.
        """
        try:
            self._sender.send(kind, **fields)
        except WireBroken as error:
            raise self._death() from error

    def receive(self, within_s: float) -> Message:
        """Return the next message.

        Raises:
            ChildFailed: it tells of a fault, the process died, or none came ``within_s``.
        """
        try:
            message = self._messages.get(timeout=within_s)
        except queue.Empty:
            self.kill()
            raise ChildFailed("hung", f"FaceFusion gave nothing for {within_s:.0f} s.") from None
        if message is None:
            raise self._death()
        if message["kind"] == "failed":
            raise failure(message)
        return message

    def expect(self, kind: str, within_s: float) -> Message:
        """Return the next message of ``kind``; others before it are of no interest any more.

        Raises:
            ChildFailed: as :meth:`receive`.
        """
        while True:
            message = self.receive(within_s)
            if message["kind"] == kind:
                return message

    def _death(self) -> ChildFailed:
        """Return what is known of why the process is no more."""
        try:
            code = self._process.wait(_KILL_S)
        except subprocess.TimeoutExpired:
            self.kill()
            return ChildFailed("died", "FaceFusion stopped listening.")
        for reader in self._readers:
            reader.join(_KILL_S)
        return death(code, list(self._words))

    def kill(self) -> None:
        """End the process at once; safe to perform twice.

        One that waits for a driver that hangs dies when that lets go of it, if ever.
        """
        self._process.kill()
        try:
            self._process.wait(_KILL_S)
        except subprocess.TimeoutExpired:
            _log.warning(
                "FaceFusion (process %d) cannot be ended: its driver hangs.", self.process_id
            )

    def close(self) -> None:
        """End the process, at once when it does not end by itself; safe to perform twice."""
        if self._process.poll() is None:
            try:
                self._sender.send("close")
                self._input.close()
                self._process.wait(_CLOSE_S)
            except (WireBroken, OSError, subprocess.TimeoutExpired):
                self.kill()
        self.memory.close()
        if self._process.poll() is None:
            return  # a pipe that a thread still reads from cannot be closed
        for reader in self._readers:
            reader.join(_KILL_S)
        for pipe in _pipes(self._process):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what could not be written to the dead is of no use
                    continue


def failure(told: Mapping[str, Any]) -> ChildFailed:
    """Return the fault that a message or a frame tells of."""
    return ChildFailed(told["reason"], told["sentence"])


def death(code: int, words: Sequence[str]) -> ChildFailed:
    """Return what an exit code and the last words say of why a process ended."""
    heard = " ".join(words).lower()
    if any(sign in heard for sign in ("out of memory", "failed to allocate", "bad_alloc")):
        return ChildFailed("out_of_memory", "FaceFusion ran out of memory and ended.")
    loading = [line for line in words if "loading model" in line.lower() and "failed" in line]
    if loading:
        return ChildFailed("refused", f"FaceFusion could not load a model: {loading[-1][:200]}.")
    if sys.platform != "win32" and code == -signal.SIGKILL:
        return ChildFailed(
            "out_of_memory", "The system ended FaceFusion, most likely for want of memory."
        )
    last = words[-1][:200] if words else "it said nothing"
    return ChildFailed("died", f"FaceFusion ended unexpectedly (code {code}): {last}.")


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of this process that FaceFusion may see: no secret, no search path."""
    kept = {name: value for name, value in ours.items() if _is_passed(name.upper())}
    return {**kept, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _is_passed(name: str) -> bool:
    return not name.startswith(_NOT_PASSED) and not any(word in name for word in _SECRET)


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes] | None, ...]:
    return process.stdin, process.stdout, process.stderr


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise AssertionError("the pipe was asked for")
    return pipe
