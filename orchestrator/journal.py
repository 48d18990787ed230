"""Keep what has happened to a job on disk, line by line, before anything is done about it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from orchestrator import events
from orchestrator.errors import JobBusy, JournalBroken, StorageFailed
from orchestrator.events import (
    Event,
)
from remote_worker.checkpoint import make_names_durable
from remote_worker.contract.coding import ContractError, canonical, from_plain, to_plain

VERSION = 1
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        events.Begun, events.ChunkStaged, events.StagingFailed, events.LeaseReady,
        events.LeaseNoticed, events.LeaseOutpriced, events.LeaseLost, events.LeaseEnded,
        events.LeaseRefused, events.ChunkClaimed,
        events.SegmentFinished, events.ChunkStored, events.ChunkBuried, events.ChunkFetched,
        events.ChunkSpoiled, events.Assembled, events.AssemblyFailed, events.StopAsked,
        events.CancelAsked,
    )
}  # fmt: skip


def read_events(path: Path) -> tuple[Event, ...]:
    """Return the whole events of the journal at ``path``; a torn last line is passed over.

    Raises:
        JournalBroken: it is of another version, or damaged before its last line.
    """
    return _read(path)[0]


class Journal:
    """An append-only file of events, each on disk before :meth:`append` returns.

    A line is its length, the first 16 digits of its digest, and the event as JSON.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the journal at ``path`` and cut the line a killed process left.

        Raises:
            JournalBroken: it is of another version, or damaged before its last line.
        """
        self.events, whole_bytes = _read(path)
        is_new = not path.exists()
        self._file = path.open("ab", buffering=0)
        if path.stat().st_size > whole_bytes:
            self._file.truncate(whole_bytes)
            os.fsync(self._file.fileno())
        if is_new:
            make_names_durable(path.parent)

    def append(self, event: Event) -> None:
        """Write ``event`` down for good.

        Raises:
            OSError: it could not be written; the journal holds what it held before.
        """
        left = memoryview(_line(event))
        end = self._file.seek(0, os.SEEK_END)
        try:
            while left:  # what a full disk took a part of, it refuses by name the second time
                left = left[self._file.write(left) :]
            os.fsync(self._file.fileno())
        except OSError:
            self._file.truncate(end)
            raise

    def close(self) -> None:
        """Let go of the file; safe to perform twice."""
        self._file.close()


def _line(event: Event) -> bytes:
    plain = {"v": VERSION, "kind": type(event).__name__, "event": to_plain(event)}
    text = canonical(plain).encode()
    return b"%d %s %s\n" % (len(text), hashlib.sha256(text).hexdigest()[:16].encode(), text)


def _read(path: Path) -> tuple[tuple[Event, ...], int]:
    """Return the events and how many bytes of the file are whole lines."""
    data = path.read_bytes() if path.exists() else b""
    found: list[Event] = []
    at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        text = _checked(data[at:end]) if end >= 0 else None
        if text is None:
            if 0 <= end < len(data) - 1:
                raise _broken(path, "is damaged in the middle")
            break
        found.append(_event(path, text))
        at = end + 1
    return tuple(found), at


def _checked(line: bytes) -> bytes | None:
    length, _, rest = line.partition(b" ")
    digest, _, text = rest.partition(b" ")
    whole = length == str(len(text)).encode()
    return text if whole and hashlib.sha256(text).hexdigest()[:16].encode() == digest else None


def _event(path: Path, text: bytes) -> Event:
    plain = json.loads(text)
    if plain["v"] != VERSION:
        raise _broken(path, f"is of version {plain['v']}, not {VERSION}")
    try:
        event: Event = from_plain(_KINDS[plain["kind"]], plain["event"])
    except (ContractError, KeyError) as error:
        raise _broken(path, f"says something unknown ({error})") from error
    return event


def _broken(path: Path, how: str) -> JournalBroken:
    return JournalBroken(
        f"The journal of job {path.parent.name} {how}.",
        "Open it with the version of the app that wrote it, or render the video anew: "
        "finished segments are used again.",
    )


_PRIMARY, _TAKEN = 0xFF, (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@dataclass(slots=True)
class JobLock:
    """Lets one process at a time drive a job; the system lets go when the process dies."""

    path: Path
    _base: sqlite3.Connection | None = None

    def __enter__(self) -> JobLock:
        """Take the lock.

        Raises:
            JobBusy: another process has it.
            StorageFailed: the file cannot be written, as on a full disk.
        """
        try:
            self._base = _held(self.path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY not in _TAKEN:
                raise StorageFailed(
                    f"Nothing can be written in {self.path.parent} ({error}).",
                    "Free some space, or check the folder's rights, then try again.",
                ) from error
            raise JobBusy(
                f"Job {self.path.parent.name} is being rendered by another process.",
                "Look at the other window, or end that process and try again.",
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go."""
        if self._base is not None:
            with contextlib.suppress(sqlite3.Error):  # closing ends the transaction anyway
                self._base.execute("ROLLBACK")
            self._base.close()
            self._base = None


def _held(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        base.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        base.execute("BEGIN EXCLUSIVE")
    except BaseException:
        base.close()
        raise
    return base


def is_driven(path: Path) -> bool:
    """Return whether a process holds the lock at ``path``; on a full disk that is told, too."""
    if not path.exists():
        return False
    try:
        with JobLock(path):
            return False
    except StorageFailed:
        return False  # a holder would have been met first
    except JobBusy:
        return True
