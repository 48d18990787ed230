"""Hand out messages from one SQLite file to the processes of one machine."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from remote_worker.errors import ClaimLost, QueueUnavailable
from remote_worker.queues import Claim, DeadLetter, Depth

_POLL_S = 0.1
BUSY_S = 20.0
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS messages (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL,
        urgent INTEGER NOT NULL DEFAULT 0,
        deliveries INTEGER NOT NULL DEFAULT 0,
        receipt TEXT,
        until_s REAL NOT NULL DEFAULT 0,
        hold_s REAL NOT NULL DEFAULT 0)""",
    """CREATE TABLE IF NOT EXISTS dead (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        body TEXT NOT NULL,
        reason TEXT NOT NULL)""",
)
_ADDED = "ALTER TABLE messages ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0"
_INDEX = "CREATE INDEX IF NOT EXISTS in_line ON messages (urgent DESC, position)"
_ORDER = "ORDER BY urgent DESC, position"
_FREE = "(receipt IS NULL OR until_s <= :now OR until_s - :now > hold_s + 1e-6)"
"""Waiting, run out, or held until later than any hold can reach: given before a restart."""


class SqliteQueue:
    """A :class:`~remote_worker.queues.Queue` in one file; use from any thread or process.

    Claims run out by the monotonic clock, which all processes of a machine share and no one
    can set, so a step of the wall clock neither steals nor prolongs a claim, and a machine
    that slept finds its claims as they were.  That clock starts anew with the machine: a
    claim that would last longer than it was asked for is from before and is free, and one
    that happens to look right is held for at most one more ``hold_s``.

    The file has a rollback journal, not a write-ahead log: it needs no shared memory, one
    hot journal is all that a killed process leaves, and the next to open it rolls it back.
    The journal is truncated rather than removed, as Windows refuses to remove open files.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
        patience_s: float = BUSY_S,
    ) -> None:
        """Open or make the queue at ``path``; ``clock`` gives seconds.

        A call that others keep out of the file for longer than ``patience_s`` fails.

        Raises:
            QueueUnavailable: the file cannot be made, or is no queue.
        """
        self.path, self._clock, self._patience_s = path.absolute(), clock, patience_s
        with self._connected("rwc") as base, _writing(base):
            for statement in _SCHEMA:
                base.execute(statement)
            if "urgent" not in {row[1] for row in base.execute("PRAGMA table_info(messages)")}:
                base.execute(_ADDED)  # made by an earlier version
            base.execute(_INDEX)

    def send(self, body: str, *, message_id: str, urgent: bool = False) -> None:
        """Add a message; one with a ``message_id`` still in the queue is not added again."""
        with self._connected() as base, _writing(base):
            base.execute(
                "INSERT OR IGNORE INTO messages (message_id, body, urgent) VALUES (?, ?, ?)",
                (message_id, body, urgent),
            )

    def claim(self, *, wait_s: float, hold_s: float) -> Claim | None:
        """Take the oldest waiting message for ``hold_s``, urgent ones first."""
        deadline_s = time.monotonic() + wait_s
        while True:
            if (claim := self._claim_now(hold_s)) is not None:
                return claim
            left_s = deadline_s - time.monotonic()
            if left_s <= 0:
                return None
            threading.Event().wait(min(_POLL_S, left_s))

    def _claim_now(self, hold_s: float) -> Claim | None:
        first = f"SELECT position FROM messages WHERE {_FREE} {_ORDER} LIMIT 1"
        with self._connected() as base:
            if base.execute(first, {"now": self._clock()}).fetchone() is None:
                return None  # looking takes no write lock, so waiting workers disturb no one
            with _writing(base):
                row = base.execute(
                    f"""UPDATE messages SET receipt = :receipt, until_s = :now + :hold,
                        hold_s = :hold, deliveries = deliveries + 1
                        WHERE position = ({first})
                        RETURNING position, receipt, body, deliveries""",
                    {"now": self._clock(), "hold": hold_s, "receipt": uuid.uuid4().hex},
                ).fetchone()
        return None if row is None else Claim(f"{row[0]}.{row[1]}", row[2], row[3])

    def extend(self, claim: Claim, *, hold_s: float) -> None:
        """Hold the message for ``hold_s`` from now."""
        position, receipt = _parts(claim)
        with self._connected() as base, _writing(base):
            held = base.execute(
                f"""UPDATE messages SET until_s = :now + :hold, hold_s = :hold
                    WHERE position = :position AND receipt = :receipt AND NOT {_FREE}""",
                {"now": self._clock(), "hold": hold_s, "position": position, "receipt": receipt},
            ).rowcount
        if not held:
            raise ClaimLost("The claim ran out before it was extended.")

    def acknowledge(self, claim: Claim) -> None:
        """Remove the message for good; safe to perform twice."""
        with self._connected() as base, _writing(base):
            _take_out(base, claim)

    def give_back(self, claim: Claim) -> None:
        """Let another worker take the message at once, in its old place in the line."""
        with self._connected() as base, _writing(base):
            base.execute(
                "UPDATE messages SET receipt = NULL WHERE position = ? AND receipt = ?",
                _parts(claim),
            )

    def bury(self, claim: Claim, reason: str) -> None:
        """Move the message to the dead letters."""
        with self._connected() as base, _writing(base):
            if _take_out(base, claim):
                base.execute("INSERT INTO dead (body, reason) VALUES (?, ?)", (claim.body, reason))

    def dead_letters(self) -> tuple[DeadLetter, ...]:
        """Return the messages that were given up, the first first."""
        with self._connected() as base:
            rows = base.execute("SELECT body, reason FROM dead ORDER BY position").fetchall()
        return tuple(DeadLetter(body, reason) for body, reason in rows)

    def depth(self) -> Depth:
        """Return how many messages there are."""
        with self._connected() as base:
            row = base.execute(
                f"""SELECT COUNT(*), COALESCE(SUM({_FREE}), 0), (SELECT COUNT(*) FROM dead)
                    FROM messages""",
                {"now": self._clock()},
            ).fetchone()
        return Depth(waiting=row[1], claimed=row[0] - row[1], dead=row[2])

    @contextlib.contextmanager
    def _connected(self, mode: str = "rw") -> Iterator[sqlite3.Connection]:
        """Open the file for one call, so that no thread, fork or crash shares a connection."""
        try:
            base = sqlite3.connect(
                f"{self.path.as_uri()}?mode={mode}",
                uri=True,
                timeout=self._patience_s,
                isolation_level=None,
            )
            with contextlib.closing(base):
                base.execute("PRAGMA journal_mode = TRUNCATE").fetchone()
                base.execute("PRAGMA synchronous = FULL")
                yield base
        except sqlite3.Error as error:
            raise QueueUnavailable(
                f"The queue {self.path.name} does not answer: {error}."
            ) from error


@contextlib.contextmanager
def _writing(base: sqlite3.Connection) -> Iterator[None]:
    base.execute("BEGIN IMMEDIATE")  # a lock taken now cannot deadlock later
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # the first error tells what happened
            base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")


def _take_out(base: sqlite3.Connection, claim: Claim) -> bool:
    """Remove the claimed message; return whether it was still there."""
    position, receipt = _parts(claim)
    row: tuple[Any] | None = base.execute(
        "SELECT receipt FROM messages WHERE position = ?", (position,)
    ).fetchone()
    if row is not None and row[0] not in (receipt, None):
        raise ClaimLost("The claim ran out and another worker holds the message.")
    base.execute("DELETE FROM messages WHERE position = ?", (position,))
    return row is not None


def _parts(claim: Claim) -> tuple[int, str]:
    position, _, receipt = claim.receipt.partition(".")
    return int(position), receipt
