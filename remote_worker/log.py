"""Write what an agent does as JSON lines that say which job, chunk and claim they are about."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from remote_worker.contract.coding import to_plain
from remote_worker.contract.messages import (
    Bye,
    ChunkDone,
    Claimed,
    Drained,
    Failed,
    Heartbeat,
    Message,
    Notice,
    Progress,
)

_MOST_BYTES = 16 << 20
"""A log file that is longer is begun anew; the one before it is kept beside it."""


class JsonLog:
    """One line for everything that happens but progress and heartbeats; use from any thread."""

    def __init__(
        self,
        where: str,
        *,
        job_id: str,
        agent_id: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Write to the file at ``where``, or to standard error where it says ``stderr``.

        Raises:
            OSError: the file cannot be written.
        """
        self._path = None if where == "stderr" else Path(where)
        self._out: TextIO = sys.stderr if self._path is None else _opened(self._path)
        self._job_id, self._agent_id, self._now = job_id, agent_id, now
        self._lock = threading.Lock()
        self._chunk_id = self._claim_id = ""

    def hear(self, message: Message) -> None:
        """Write ``message`` down, unless it is one of thousands."""
        if isinstance(message, Heartbeat | Progress):
            return
        with self._lock:
            if isinstance(message, Claimed):
                self._chunk_id, self._claim_id = message.chunk_id, message.claim_id
            self._write(self._fields(message))
            if isinstance(message, ChunkDone | Failed | Drained | Bye):
                self._chunk_id = self._claim_id = ""

    def close(self) -> None:
        """Let go of the file."""
        if self._path is not None:
            self._out.close()

    def _fields(self, message: Message) -> dict[str, Any]:
        own = {k: v for k, v in to_plain(message).items() if k not in ("chunk_id", "claim_id")}
        return {
            "time": self._now().isoformat(timespec="milliseconds"),
            "level": _level(message),
            "event": message.kind,
            "job": self._job_id,
            "agent": self._agent_id,
            "chunk": str(getattr(message, "chunk_id", "") or self._chunk_id),
            "claim": self._claim_id,
            **own,
        }

    def _write(self, fields: dict[str, Any]) -> None:
        with contextlib.suppress(OSError, ValueError):  # a full disk: the render says so itself
            self._turn_over()
            print(json.dumps(fields, ensure_ascii=False), file=self._out, flush=True)

    def _turn_over(self) -> None:
        if self._path is None or self._out.tell() < _MOST_BYTES:
            return
        self._out.close()
        self._path.replace(self._path.with_name(f"{self._path.name}.1"))
        self._out = _opened(self._path)


def _level(message: Message) -> str:
    if isinstance(message, Failed):
        return "error" if message.buried else "warning"
    return "warning" if isinstance(message, Notice) else "info"


def _opened(path: Path) -> TextIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a", encoding="utf-8")
