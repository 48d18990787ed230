"""Keep the queue on disk, entry by entry, so that killing the app at any moment loses nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from orchestrator.desk.entries import Entry, EntryId
from orchestrator.errors import JobBusy, QueueBroken, QueueBusy, StorageFailed
from orchestrator.home import Home
from orchestrator.journal import JobLock, is_driven
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.records import JobId

VERSION = 1
_PATIENCE_S = 10.0
_ORDER = "order"
_TABLES = """
CREATE TABLE IF NOT EXISTS entries (entry_id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS jobs (job_id TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, body TEXT NOT NULL);
"""


def book_path(home: Home) -> Path:
    """Return where the queue of this machine is kept."""
    return home.root / "desk.sqlite"


class Book:
    """A file of entries in order, and of a few notes; used from one thread, by one process.

    Raises:
        QueueBusy: another window or command has it.
        QueueBroken: the file is of a newer version, or damaged; it is left as it is.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the book at ``path``; until it is closed nobody else can."""
        self._path = path
        self._written: dict[EntryId, Entry] = {}
        self._jobs: set[JobId] = set()
        with ExitStack() as opened:
            opened.enter_context(_alone(path))
            self._base = opened.enter_context(closing(_connect(path, mode="rwc")))
            self._prepare()
            self._opened = opened.pop_all()

    def _prepare(self) -> None:
        with _named_faults(self._path):
            is_made = _require_sound(self._base, self._path)
            self._base.execute("PRAGMA synchronous = FULL")
            if not is_made:
                self._base.execute("PRAGMA journal_mode = WAL").fetchone()
                self._base.executescript(
                    f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;"
                )

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in order.

        Raises:
            QueueBroken: an entry cannot be read.
        """
        found = _entries_in(self._base, self._path)
        self._written = {entry.entry_id: entry for entry in found}
        with _named_faults(self._path):
            jobs = self._base.execute("SELECT job_id FROM jobs").fetchall()
        self._jobs = {JobId(job_id) for (job_id,) in jobs}
        return found

    def write(self, entries: Iterable[Entry]) -> None:
        """Make the book hold exactly ``entries``; only what changed is written, whole or not.

        Raises:
            QueueBroken: it could not be written; the book holds what it held before.
        """
        now = {entry.entry_id: entry for entry in entries}
        gone = [(entry_id,) for entry_id in self._written if entry_id not in now]
        fresh = [each for name, each in now.items() if self._written.get(name) is not each]
        rows = [(each.entry_id, canonical(each)) for each in fresh]
        order = [] if list(now) == list(self._written) else [(_ORDER, json.dumps(list(now)))]
        with self._transaction():
            self._base.executemany("DELETE FROM entries WHERE entry_id = ?", gone)
            self._base.executemany("REPLACE INTO entries VALUES (?, ?)", rows)
            self._base.executemany("REPLACE INTO notes VALUES (?, ?)", order)
            self._write_jobs(fresh)
        self._written = now

    def write_one(self, entry: Entry) -> None:
        """Write anew an entry that the book holds.

        Raises:
            QueueBroken: it could not be written; the book holds what it held before.
        """
        with self._transaction():
            row = (entry.entry_id, canonical(entry))
            self._base.execute("REPLACE INTO entries VALUES (?, ?)", row)
            self._write_jobs([entry])
        self._written[entry.entry_id] = entry

    def jobs_let_go(self) -> frozenset[JobId]:
        """Return the jobs that entries became and that no entry is any more."""
        return frozenset(self._jobs - {each.job_id for each in self._written.values()})

    def forget_jobs(self, ids: Collection[JobId]) -> None:
        """Forget jobs that no entry is any more.

        Raises:
            QueueBroken: it could not be written.
        """
        with self._transaction():
            self._base.executemany("DELETE FROM jobs WHERE job_id = ?", [(each,) for each in ids])
        self._jobs -= set(ids)

    def note(self, name: str) -> str | None:
        """Return what was noted under a name, or None."""
        with _named_faults(self._path):
            return _note(self._base, name)

    def write_note(self, name: str, body: str) -> None:
        """Note ``body`` under a name.

        Raises:
            QueueBroken: it could not be written.
        """
        with _named_faults(self._path):
            self._base.execute("REPLACE INTO notes VALUES (?, ?)", (name, body))

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()

    def _write_jobs(self, entries: Iterable[Entry]) -> None:
        """Note what jobs entries became; one whose note is not written is noted the next time."""
        jobs = {each.job_id for each in entries if each.job_id is not None} - self._jobs
        self._base.executemany("INSERT OR IGNORE INTO jobs VALUES (?)", [(job,) for job in jobs])
        self._jobs |= jobs

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        jobs = set(self._jobs)
        with _named_faults(self._path):
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._base.execute("COMMIT")
            except BaseException:
                self._jobs = jobs
                if self._base.in_transaction:  # a full disk may have ended it already
                    self._base.execute("ROLLBACK")
                raise


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a book that somebody else may have, in order; change nothing.

    Raises:
        QueueBroken: the file is of a newer version, or damaged.
    """
    if not path.exists():
        return ()
    with closing(_connect(path, mode="ro")) as base:
        with _named_faults(path):
            if not _require_sound(base, path):
                return ()  # somebody is just making it
        return _entries_in(base, path)


def read_note(path: Path, name: str) -> str | None:
    """Return what a book that somebody else may have notes under a name, or None.

    Raises:
        QueueBroken: the file is of a newer version, or damaged.
    """
    if not path.exists():
        return None
    with closing(_connect(path, mode="ro")) as base, _named_faults(path):
        return _note(base, name) if _require_sound(base, path) else None


def is_held(path: Path) -> bool:
    """Whether a window or command has the book at ``path``."""
    return is_driven(_lock_path(path))


def _lock_path(path: Path) -> Path:
    return path.with_name(f"{path.stem}-lock.sqlite")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    lock = JobLock(_lock_path(path))
    try:
        with _named_faults(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            lock.__enter__()
    except JobBusy as error:
        raise QueueBusy(
            "Another window or command of Second Unit has the queue.",
            "Use that one, or end it; nothing was changed here.",
        ) from error
    except StorageFailed as error:
        raise _broken(path, f"cannot be used ({error.__cause__})") from error
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


def _connect(path: Path, *, mode: str) -> sqlite3.Connection:
    with _named_faults(path):
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_PATIENCE_S,
            isolation_level=None,
            check_same_thread=False,
        )


def _require_sound(base: sqlite3.Connection, path: Path) -> bool:
    """Return whether the tables are there; look before anything is written to the file.

    Raises:
        QueueBroken: it is of a newer version, or damaged.
    """
    (found,) = base.execute("PRAGMA user_version").fetchone()
    if found > VERSION:
        raise _broken(path, f"is of version {found}, and this app knows {VERSION}")
    (health,) = base.execute("PRAGMA quick_check(1)").fetchone()
    if health != "ok":
        raise _broken(path, f"is damaged ({health})")
    return int(found) > 0


def _entries_in(base: sqlite3.Connection, path: Path) -> tuple[Entry, ...]:
    with _named_faults(path):
        rows = base.execute("SELECT entry_id, body FROM entries ORDER BY rowid").fetchall()
        order = _note(base, _ORDER)
    try:
        here = {EntryId(entry_id): from_text(Entry, body) for entry_id, body in rows}
        places = {name: place for place, name in enumerate(json.loads(order or "[]"))}
    except (ContractError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise _broken(path, f"holds something unknown ({reason})") from error
    return tuple(sorted(here.values(), key=lambda each: places.get(each.entry_id, len(places))))


def _note(base: sqlite3.Connection, name: str) -> str | None:
    row = base.execute("SELECT body FROM notes WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


@contextmanager
def _named_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise _broken(path, f"cannot be used ({error})") from error


def _broken(path: Path, how: str) -> QueueBroken:
    return QueueBroken(
        f"The queue's file {path.name} {how}.",
        "Free some space if the disk is full, or open it with the version of the app that wrote "
        f"it. To begin with an empty queue, move {path} away; videos and renders stay.",
    )
