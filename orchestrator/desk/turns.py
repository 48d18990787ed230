"""Give the entries that wait their turns, one at a time, and let turns rest or end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

from orchestrator.desk import changes
from orchestrator.desk.elsewhere import PlacesFor
from orchestrator.desk.entries import Entry, EntryId
from orchestrator.desk.lane import Lane, Post
from orchestrator.desk.line import Line
from orchestrator.desk.rented import Rented
from orchestrator.desk.shelf import Shelf
from orchestrator.desk.snapshot import Doing, Running, Work
from orchestrator.desk.turn import Ended, Hearers, Means, Turn, let_go
from orchestrator.home import Home
from orchestrator.places import FleetFor
from orchestrator.snapshot import Snapshot
from remote_worker.contract.records import JobId

OnIdle = Callable[[tuple[Entry, ...]], None]
"""Hears, on a thread of its own and when nothing is left to render, what had its turn since."""
OnEnd = Callable[[Entry], None]
"""Hears of an entry as it is about to be written down at its end; raises nothing."""
Workers = Callable[[], int | None]
_WRITTEN_S = 30.0
"""A turn waits so long for the desk to write something down."""


class Turns:
    """Who renders now and who is next; used from the desk's thread.

    Attributes:
        preparing: what is being done with the entry that has its turn, before it renders.
        running: the render that has its turn.
        is_stopping: whether the turn was told to rest or to end and has not yet.
        may_begin: whether something changed that may let a turn begin.
    """

    def __init__(
        self,
        home: Home,
        line: Line,
        shelf: Shelf,
        post: Post,
        *,
        workers: Workers,
        fleet_for: FleetFor,
        places: PlacesFor,
        on_idle: OnIdle,
        on_end: OnEnd = lambda _: None,
    ) -> None:
        """Prepare; nothing begins before :meth:`begin`."""
        self._home, self._line, self._shelf, self._post = home, line, shelf, post
        self._workers, self._fleet_for, self._on_idle = workers, fleet_for, on_idle
        self._places, self._on_end = places, on_end
        self._lane = Lane("rendering", post)
        self._turn: Turn | None = None
        self._had_turn: list[EntryId] = []
        self._is_closing = False
        self.preparing: Doing | None = None
        self.running: Running | None = None
        self.is_stopping = False
        self.may_begin = True

    @property
    def is_busy(self) -> bool:
        """Whether a turn is under way."""
        return self._lane.is_busy

    def begin(self) -> None:
        """Begin the next turn if none is under way, one waits, and turns may begin."""
        if self._lane.is_busy or self._is_closing or not self.may_begin:
            return
        self.may_begin = False
        let_go_now = self._line.jobs_let_go()
        if let_go_now:  # before the next turn: it may write the file that they were to write
            self._lane.begin(lambda: self._let_go(let_go_now))
        elif not self._line.is_paused and (entry := self._next()) is not None:
            self._begin(entry)

    def rest(self) -> None:
        """Let the turn rest after the segments in hand."""
        if self._turn is not None and not self.is_stopping:
            self.is_stopping = True
            self._turn.stop()

    def rest_at_once(self) -> None:
        """Let the turn rest now; what is stored is kept."""
        if self._turn is not None:
            self.is_stopping = True
            self._turn.stop()
            self._turn.stop()

    def cancel(self, entry_id: EntryId) -> bool:
        """End an entry's turn for good; return whether it has one."""
        if self._turn is None or self._turn.entry.entry_id != entry_id:
            return False
        self.is_stopping = True
        self._turn.cancel()
        return True

    def close(self, *, at_once: bool) -> None:
        """Begin no further turn and let the one that is under way rest.

        One that goes on to its end at rented machines is let go on.
        """
        self._is_closing = True
        if at_once and self._turn is not None and self._may_leave():
            self.is_stopping = True
            self._turn.leave()
        elif at_once:
            self.rest_at_once()
        else:
            self.rest()

    def _may_leave(self) -> bool:
        rented = self.running.rented if self.running is not None else None
        return rented is not None and rented.may_leave

    def _next(self) -> Entry | None:
        return changes.next_turn(self._line.entries, self._line.interrupted)

    def _begin(self, entry: Entry) -> None:
        entry_id = entry.entry_id
        self._line.interrupted = None
        self._line.happened(entry_id, lambda one: changes.begun(one, entry_id))
        others = (e for e in self._line.entries if e.entry_id != entry_id)
        means = Means(
            look=self._shelf.seen,
            workers=self._workers(),
            taken=frozenset(e.output_path for e in others if e.output_path is not None),
            fleet_for=self._fleet_for,
            places=self._places,
        )
        turn = self._turn = Turn(self._home, entry, self._hearers(entry_id), means)
        self._lane.begin(lambda: self._take(turn))

    def _take(self, turn: Turn) -> Callable[[], None]:
        ended = turn.go()
        return lambda: self._on_ended(turn, ended)

    def _let_go(self, ids: frozenset[JobId]) -> Callable[[], None]:
        let_go(self._home, ids, self._places)
        return lambda: self._on_let_go(ids)

    def _on_let_go(self, ids: frozenset[JobId]) -> None:
        self.may_begin = True
        self._line.forget_jobs(ids - {entry.job_id for entry in self._line.entries})

    def _hearers(self, entry_id: EntryId) -> Hearers:
        began_s = time.monotonic()

        def working(work: Work, done: int, total: int) -> None:
            doing = Doing(entry_id, work, done, total)
            self._post(lambda: self._on_working(doing))

        def named(job_id: JobId) -> None:
            self._write(entry_id, lambda one: changes.job_named(one, entry_id, job_id))

        def entered(job_id: JobId, output_path: str) -> None:
            self._write(entry_id, lambda one: changes.entered(one, entry_id, job_id, output_path))

        def seen(job_id: JobId, now: Snapshot, rented: Rented | None) -> None:
            running = Running(entry_id, job_id, began_s, now, rented)
            self._post(lambda: self._on_seen(running))

        return Hearers(working, named, entered, seen)

    def _write(self, entry_id: EntryId, change: changes.Change) -> None:
        """Have a change written by the desk's thread and wait for it, on the turn's thread."""
        written = threading.Event()

        def write() -> None:
            try:
                self._line.happened(entry_id, change)
            finally:
                written.set()

        self._post(write)
        written.wait(_WRITTEN_S)

    def _has_turn(self, entry_id: EntryId) -> bool:
        return self._turn is not None and self._turn.entry.entry_id == entry_id

    def _on_working(self, doing: Doing) -> None:
        if self._has_turn(doing.entry_id):
            self.preparing = doing

    def _on_seen(self, running: Running) -> None:
        if self._has_turn(running.entry_id):
            self.running, self.preparing = running, None

    def _on_ended(self, turn: Turn, ended: Ended) -> None:
        entry_id, state = turn.entry.entry_id, ended.state
        self._turn = self.running = self.preparing = None
        self.is_stopping, self.may_begin = False, True
        if state == "stopped":
            self._line.interrupted = entry_id
            if self._is_closing:
                return  # it stays the one that renders: the next start goes on with it
            state = "queued"  # it keeps its place and goes on when the queue does
        end = partial(
            changes.ended,
            entry_id=entry_id,
            state=state,
            trouble=ended.trouble,
            result=ended.result,
            receipt=ended.receipt,
        )
        now = self._line.get(entry_id)
        if now is not None and state in ("done", "failed"):
            self._on_end(*end((now,)))
        self._line.happened(entry_id, end)
        if state in ("done", "failed"):
            self._had_turn.append(entry_id)
        self._tell_if_idle()
        if (unsettled := ended.unsettled) is not None:
            self._post(lambda: _raise(unsettled))

    def _tell_if_idle(self) -> None:
        is_idle = not any(entry.state == "queued" for entry in self._line.entries)
        if not is_idle or not self._had_turn or self._is_closing:
            return
        had = tuple(entry for name in self._had_turn if (entry := self._line.get(name)) is not None)
        self._had_turn.clear()
        threading.Thread(target=self._tell, args=(had,), name="idle", daemon=True).start()

    def _tell(self, had: tuple[Entry, ...]) -> None:
        try:
            self._on_idle(had)
        except Exception as error:  # the desk tells it to the user
            failed = error
            self._post(lambda: _raise(failed))


def _raise(error: Exception) -> None:
    """Raise on the desk's thread, which tells the user and goes on."""
    raise error
