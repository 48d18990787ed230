"""Carry an agent's lines to its spool file and to standard output, whoever listens."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from pathlib import Path

from remote_worker.contract.messages import Bye, Message, encode

_PART_BYTES = 1 << 16
_UNSPOOLED_LINES = 1000
"""Lines kept in memory when the disk takes no more; the oldest go first."""


class Reports:
    """The agent's voice; use from any thread.

    Each line is appended to the spool; a thread of its own copies the spool to standard
    output, so a desktop that stopped reading, or is gone, holds up no render.
    """

    def __init__(self, spool: Path, output: int | None) -> None:
        """Append to ``spool`` and copy what is new to the file descriptor ``output``."""
        spool.parent.mkdir(parents=True, exist_ok=True)
        self._spool = spool.open("a+b", buffering=0)
        self._mend_last_line()
        self._reader = spool.open("rb", buffering=0)
        self._reader.seek(0, os.SEEK_END)
        self._output = output
        self._said = threading.Condition()
        self._unspooled: deque[bytes] = deque(maxlen=_UNSPOOLED_LINES)
        self._closing = self._over = False
        self._copier = threading.Thread(target=self._copy, name="reports", daemon=True)
        self._copier.start()

    def __call__(self, message: Message) -> None:
        """Say ``message``; after ``bye`` nothing more is said."""
        line = encode(message).encode()
        with self._said:
            if self._over:
                return  # a heartbeat that came late
            self._over = isinstance(message, Bye)
            if not self._append(line):
                # With a full disk the render fails by its own name; that must still be heard.
                self._unspooled.append(line)
            self._said.notify_all()

    def close(self, *, wait_s: float = 5.0) -> None:
        """Let what was said go out, for at most ``wait_s``."""
        with self._said:
            self._closing = self._over = True
            self._spool.close()
            self._said.notify_all()
        self._copier.join(wait_s)

    def _append(self, line: bytes) -> bool:
        """Add ``line`` to the spool, whole or not at all; return whether it is there."""
        end = self._spool.seek(0, os.SEEK_END)
        try:
            if self._spool.write(line) == len(line):
                return True
        except OSError:
            pass
        self._spool.truncate(end)
        return False

    def _mend_last_line(self) -> None:
        """End the line that an earlier agent was killed in."""
        if self._spool.seek(0, os.SEEK_END):
            self._spool.seek(-1, os.SEEK_END)
            if self._spool.read(1) != b"\n":
                self._spool.write(b"\n")

    def _copy(self) -> None:
        with self._reader:
            while part := self._awaited_part():
                self._write_out(part)

    def _awaited_part(self) -> bytes:
        """Return what is to be copied next; nothing when all was and no more will come."""
        with self._said:
            while not (part := self._next_part()) and not self._closing:
                self._said.wait(1.0)
        return part

    def _next_part(self) -> bytes:
        part = self._reader.read(_PART_BYTES)
        if not part and self._unspooled:
            part = self._unspooled.popleft()
        return part

    def _write_out(self, data: bytes) -> None:
        view = memoryview(data)
        while view and self._output is not None:
            try:
                view = view[os.write(self._output, view) :]
            except OSError:
                self._output = None  # no one reads any more; the spool has it all


def own_standard_output() -> int:
    """Return a descriptor of standard output; what libraries print goes to standard error."""
    sys.stdout.flush()
    output = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return output
