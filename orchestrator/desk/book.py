"""Keep the queue on disk, entry by entry, so that killing the app at any moment loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from orchestrator.desk.entries import Entry, EntryId
from orchestrator.errors import QueueBroken
from remote_worker.contract.coding import ContractError, canonical, from_text

VERSION = 1
_PATIENCE_S = 10.0
_TABLES = """
CREATE TABLE IF NOT EXISTS entries (
    entry_id TEXT PRIMARY KEY, place INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, body TEXT NOT NULL);
"""


class Book:
    """A file of entries in order, and of a few notes; used from one thread.

    Raises:
        QueueBroken: the file is of a newer version, or damaged; it is left as it is.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the book at ``path``."""
        with _named_faults(path):
            self._base = sqlite3.connect(
                path, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False
            )
            self._base.execute("PRAGMA journal_mode = WAL").fetchone()
            self._base.execute("PRAGMA synchronous = FULL")
            self._require_version(path)
            self._base.executescript(_TABLES)
        self._path = path
        self._written: dict[EntryId, tuple[int, Entry]] = {}

    def _require_version(self, path: Path) -> None:
        (found,) = self._base.execute("PRAGMA user_version").fetchone()
        if found > VERSION:
            raise _broken(path, f"is of version {found}, and this app knows {VERSION}")
        self._base.execute(f"PRAGMA user_version = {VERSION}")

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in order.

        Raises:
            QueueBroken: an entry cannot be read.
        """
        with _named_faults(self._path):
            rows = self._base.execute("SELECT place, body FROM entries ORDER BY place").fetchall()
        try:
            read = [(place, from_text(Entry, body)) for place, body in rows]
        except ContractError as error:
            raise _broken(self._path, f"holds something unknown ({error.reason})") from error
        self._written = {entry.entry_id: (place, entry) for place, entry in read}
        return tuple(entry for _, entry in read)

    def write(self, entries: Iterable[Entry]) -> None:
        """Make the book hold exactly ``entries``; only what changed is written, whole or not.

        Raises:
            QueueBroken: it could not be written; the book holds what it held before.
        """
        now = {entry.entry_id: (place, entry) for place, entry in enumerate(entries)}
        gone = [(entry_id,) for entry_id in self._written if entry_id not in now]
        fresh, places = [], []
        for entry_id, (place, entry) in now.items():
            before = self._written.get(entry_id)
            if before is None or before[1] is not entry:
                fresh.append((entry_id, place, canonical(entry)))
            elif before[0] != place:
                places.append((place, entry_id))
        with _named_faults(self._path), _transaction(self._base):
            self._base.executemany("DELETE FROM entries WHERE entry_id = ?", gone)
            self._base.executemany("REPLACE INTO entries VALUES (?, ?, ?)", fresh)
            self._base.executemany("UPDATE entries SET place = ? WHERE entry_id = ?", places)
        self._written = now

    def note(self, name: str) -> str | None:
        """Return what was noted under a name, or None."""
        with _named_faults(self._path):
            row = self._base.execute("SELECT body FROM notes WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def write_note(self, name: str, body: str) -> None:
        """Note ``body`` under a name.

        Raises:
            QueueBroken: it could not be written.
        """
        with _named_faults(self._path):
            self._base.execute("REPLACE INTO notes VALUES (?, ?)", (name, body))

    def close(self) -> None:
        """Let go of the file."""
        with closing(self._base):
            pass


@contextmanager
def _transaction(base: sqlite3.Connection) -> Iterator[None]:
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")


@contextmanager
def _named_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _broken(path, f"cannot be used ({error})") from error


def _broken(path: Path, how: str) -> QueueBroken:
    return QueueBroken(
        f"The queue's file {path.name} {how}.",
        "Free some space if the disk is full, or open it with the version of the app that wrote "
        f"it. To begin with an empty queue, move {path} away; videos and renders stay.",
    )
