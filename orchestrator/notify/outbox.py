"""Keep what is still to be told, so that a restart, a crash or an outage loses nothing."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orchestrator.errors import NotSaved
from orchestrator.home import Home
from orchestrator.notify.tidings import Tiding
from remote_worker.contract.coding import ContractError, canonical, from_text

State = Literal["waiting", "sent", "given up"]
TRIES = 18
FIRST_PAUSE_S, LONGEST_PAUSE_S = 10.0, 6 * 3600.0
"""About two days from the first try to the last."""
_GROWTH = 2.6
_HOLD_S = 120.0
"""One process that sends keeps the others off for so long."""
_KEPT = 200
"""Deliveries that are over are remembered, the newest."""
_PATIENCE_S = 3.0
"""For another process that writes; the desk's thread waits for it."""
_TABLES = """
CREATE TABLE IF NOT EXISTS deliveries (
    tiding_id TEXT NOT NULL, receiver TEXT NOT NULL, body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting', tries INTEGER NOT NULL DEFAULT 0,
    due_s REAL NOT NULL, held_s REAL NOT NULL DEFAULT 0, changed_s REAL NOT NULL,
    said TEXT NOT NULL DEFAULT '', PRIMARY KEY (tiding_id, receiver))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One tiding for one receiver."""

    tiding: Tiding
    receiver: str
    """Its name."""
    state: State
    tries: int
    due_s: float
    """When it is tried next, seconds since 1970."""
    said: str
    """What came of the last try; empty before it, and when it was taken."""


def pause_s(tries: int, chance: random.Random) -> float:
    """Return how long to wait after so many tries: longer each time, and never the same."""
    longest = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * _GROWTH ** (tries - 1))
    return longest * (0.5 + chance.random() / 2)


class Outbox:
    """Deliveries in a file that several processes may have open; use from any thread."""

    def __init__(self, home: Home, clock: Callable[[], float] = time.time) -> None:
        """Use the file in ``home``; it is made when something is put in."""
        self._path = home.root / "notify.sqlite"
        self._clock = clock

    def put(self, tiding: Tiding, receivers: Iterable[str]) -> int:
        """Have ``tiding`` told to these; return to how many that is new.

        Raises:
            NotSaved: it could not be written.
        """
        now_s = self._clock()
        rows = [(tiding.tiding_id, name, canonical(tiding), now_s, now_s) for name in receivers]
        with self._open() as base:
            before = base.total_changes
            base.executemany(
                "INSERT OR IGNORE INTO deliveries (tiding_id, receiver, body, due_s, changed_s)"
                " VALUES (?, ?, ?, ?, ?)",
                rows,
            )
            return base.total_changes - before

    def take(self) -> Delivery | None:
        """Return the next delivery that is due and hold it for a while, or None.

        A clock that was set back far makes nothing wait for years: what is due later than
        the longest pause from now is due now.

        Raises:
            NotSaved: the file cannot be used.
        """
        if not self._path.exists():
            return None  # nobody was ever to be told: no file is made for that
        now_s = self._clock()
        with self._open() as base:
            row = base.execute(
                "SELECT tiding_id, receiver, body, state, tries, due_s, said FROM deliveries"
                " WHERE state = 'waiting' AND (due_s <= ? OR due_s > ?)"
                " AND (held_s <= ? OR held_s > ?) ORDER BY due_s LIMIT 1",
                (now_s, now_s + 2 * LONGEST_PAUSE_S, now_s, now_s + 2 * _HOLD_S),
            ).fetchone()
            if row is None:
                return None
            base.execute(
                "UPDATE deliveries SET held_s = ? WHERE tiding_id = ? AND receiver = ?",
                (now_s + _HOLD_S, row[0], row[1]),
            )
        delivery = _delivery(row)
        if delivery is None:
            self._drop(row[0], row[1])
            return self.take()
        return delivery

    def sent(self, delivery: Delivery) -> None:
        """Note that the receiver took it.

        Raises:
            NotSaved: it could not be noted; it is sent again, under the same id.
        """
        self._end(delivery, "sent", "")

    def failed(
        self, delivery: Delivery, said: str, *, retry: bool, chance: random.Random, after_s: float
    ) -> State:
        """Note that it was not taken; return whether it waits for another try.

        Raises:
            NotSaved: it could not be noted.
        """
        tries = delivery.tries + 1
        if not retry or tries >= TRIES:
            self._end(delivery, "given up", said)
            return "given up"
        now_s = self._clock()
        due_s = now_s + max(pause_s(tries, chance), after_s)
        with self._open() as base:
            base.execute(
                "UPDATE deliveries SET tries = ?, due_s = ?, held_s = 0, said = ?, changed_s = ?"
                " WHERE tiding_id = ? AND receiver = ?",
                (tries, due_s, said, now_s, delivery.tiding.tiding_id, delivery.receiver),
            )
        return "waiting"

    def forget(self, receiver: str) -> None:
        """Drop everything that is still to be told to one who is told no more.

        Raises:
            NotSaved: it could not be dropped.
        """
        if self._path.exists():
            with self._open() as base:
                base.execute("DELETE FROM deliveries WHERE receiver = ?", (receiver,))

    def hurry(self) -> None:
        """Have everything that waits tried now.

        Raises:
            NotSaved: it could not be noted.
        """
        if self._path.exists():
            with self._open() as base:
                base.execute(
                    "UPDATE deliveries SET due_s = 0 WHERE state = 'waiting' AND held_s <= ?",
                    (self._clock(),),
                )

    def list(self) -> tuple[Delivery, ...]:
        """Return what is kept, the newest first.

        Raises:
            NotSaved: the file cannot be used.
        """
        if not self._path.exists():
            return ()
        with self._open() as base:
            rows = base.execute(
                "SELECT tiding_id, receiver, body, state, tries, due_s, said FROM deliveries"
                " ORDER BY changed_s DESC, rowid DESC"
            ).fetchall()
        return tuple(each for row in rows if (each := _delivery(row)) is not None)

    def next_due_s(self) -> float | None:
        """Return when something is to be tried next, or None when nothing waits.

        Raises:
            NotSaved: the file cannot be used.
        """
        if not self._path.exists():
            return None
        with self._open() as base:
            (due_s,) = base.execute(
                "SELECT min(max(due_s, held_s)) FROM deliveries WHERE state = 'waiting'"
            ).fetchone()
        return None if due_s is None else float(due_s)

    def _end(self, delivery: Delivery, state: State, said: str) -> None:
        with self._open() as base:
            base.execute(
                "UPDATE deliveries SET state = ?, tries = ?, held_s = 0, said = ?, changed_s = ?"
                " WHERE tiding_id = ? AND receiver = ?",
                (state, delivery.tries + 1, said, self._clock(), delivery.tiding.tiding_id,
                 delivery.receiver),
            )  # fmt: skip
            base.execute(
                "DELETE FROM deliveries WHERE state != 'waiting' AND rowid NOT IN (SELECT rowid"
                " FROM deliveries WHERE state != 'waiting' ORDER BY changed_s DESC LIMIT ?)",
                (_KEPT,),
            )

    def _drop(self, tiding_id: str, receiver: str) -> None:
        with self._open() as base:
            base.execute(
                "DELETE FROM deliveries WHERE tiding_id = ? AND receiver = ?",
                (tiding_id, receiver),
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            base = _connected(self._path)
            try:
                base.execute("BEGIN IMMEDIATE")
                yield base
                base.execute("COMMIT")
            finally:
                base.close()
        except (sqlite3.Error, OSError) as error:
            raise NotSaved(
                f"What is to be told could not be written down ({error}).",
                f"Free some space. If {self._path.name} is damaged, move it away.",
            ) from error


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)
    try:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=FULL")
        base.execute(_TABLES)
    except BaseException:
        base.close()
        raise
    return base


def _delivery(row: tuple[str, str, str, State, int, float, str]) -> Delivery | None:
    """Return a delivery, or None when another version wrote what this one cannot read."""
    _, receiver, body, state, tries, due_s, said = row
    try:
        tiding = from_text(Tiding, body)
    except ContractError:
        return None
    return Delivery(
        tiding=tiding, receiver=receiver, state=state, tries=tries, due_s=due_s, said=said
    )
