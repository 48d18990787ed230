"""Run the desk: one thread keeps the queue; others look at sources, render and make cards."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path

from orchestrator.casting import Correction
from orchestrator.desk import changes
from orchestrator.desk.board import Arranged, Board
from orchestrator.desk.book import book_path
from orchestrator.desk.cards import Card, Corrections
from orchestrator.desk.changes import Change
from orchestrator.desk.elsewhere import PlacesFor
from orchestrator.desk.entries import Entry, EntryId, Look, OnceLooked, Output, Trouble
from orchestrator.desk.lane import Lane
from orchestrator.desk.line import Became, Line
from orchestrator.desk.looks import Looks
from orchestrator.desk.naming import new_entry_id, new_entry_ids
from orchestrator.desk.shelf import Shelf
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.desk.troubles import trouble_of
from orchestrator.desk.turn import nowhere_else
from orchestrator.desk.turns import OnEnd, OnIdle, Turns, Workers
from orchestrator.errors import QueueBroken
from orchestrator.home import Home
from orchestrator.places import FleetFor, local_fleet

__all__ = ["Desk", "OnIdle", "Show", "new_entry_id"]

Show = Callable[[DeskSnapshot], None]
"""Hears of changes, from the desk's own thread: at most twenty a second, and always the last."""
_CLOSE_S = 30.0
_BETWEEN_S = 0.05
_RETRY_S = 1.0
"""How often a queue that another process has, or a full disk, is tried again."""


class Desk:
    """The queue and all that is done with it; every method can be called from any thread.

    Methods only leave word: what came of it is seen in the next snapshot.
    """

    def __init__(
        self,
        home: Home,
        show: Show,
        *,
        on_idle: OnIdle | None = None,
        on_end: OnEnd | None = None,
        workers: Workers = lambda: None,
        fleet_for: FleetFor = local_fleet,
        places: PlacesFor = nowhere_else,
        renders: bool = True,
    ) -> None:
        """Prepare; nothing is read before :meth:`start`. Without ``renders`` none begins.

        ``on_end`` hears of each entry whose render ended, or that was refused when it was to be
        rendered, on the desk's thread and before that is written down: a kill in between has it
        hear once more, never not at all.
        ``places`` is asked for entries that are to be rendered elsewhere than here.
        """
        self._home, self._show, self._renders = home, show, renders
        self.shelf = Shelf(home)
        self._words: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._line = Line(book_path(home), self._on_changed)
        self._looks = Looks(
            home, self._line, self.shelf, self._post, self._seat, on_end or _unheard_end
        )
        self._turns = Turns(
            home, self._line, self.shelf, self._post,
            workers=workers, fleet_for=fleet_for, places=places, on_idle=on_idle or _nobody,
            on_end=on_end or _unheard_end,
        )  # fmt: skip
        self._board, self._at_board = Board(home, self.shelf), Lane("cards", self._post)
        self._unseated: dict[EntryId, Entry | None] = {}
        self._cards: tuple[Card, ...] = ()
        self._cards_are_old = False
        self._mishap: Trouble | None = None
        self._is_unwritten = False
        """Whether the mishap is that the queue's file could not be written."""
        """What went wrong with the last thing that was asked for."""
        self._shown: DeskSnapshot | None = None
        self._is_unseen = False
        """Whether something changed that was not shown yet."""
        self._shown_s = self._tried_s = 0.0
        self._closes_at_s: float | None = None
        """Until when what is under way may end; None while the desk is open."""

    # -- from any thread -------------------------------------------------------------------

    def start(self) -> None:
        """Read the queue and go on with what was being rendered."""
        self._thread.start()

    def close(self) -> None:
        """Let what runs rest at once, write everything down, and end; it can take seconds."""
        self.ask_to_close()
        self.join()

    def ask_to_close(self, *, at_once: bool = True) -> None:
        """Have the desk end, after the segments in hand unless ``at_once``; return before that."""
        self._post(lambda: self._close(at_once=at_once))

    def join(self, timeout_s: float = 2 * _CLOSE_S) -> bool:
        """Wait until the desk has ended; return whether it has."""
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def add(
        self,
        sources: Iterable[Path],
        *,
        look: Look | None = None,
        output: Output | None = None,
        before: EntryId | None = None,
        once_looked: OnceLooked | None = None,
    ) -> tuple[EntryId, ...]:
        """Put sources in the queue as drafts; return their ids."""
        new = new_entries(sources, look=look, output=output, once_looked=once_looked)
        self.change("add", lambda entries: changes.added(entries, new, before))
        return tuple(entry.entry_id for entry in new)

    def duplicate(self, ids: Collection[EntryId]) -> tuple[EntryId, ...]:
        """Put a fresh draft of entries after each, settings included; return their ids."""
        names = new_entry_ids(len(ids))
        now = _now()
        self.change("duplicate", lambda entries: changes.duplicated(entries, ids, names, now))
        return names

    def change(self, name: str, change: Change) -> None:
        """Change the queue as the user wishes; it can be taken back. ``name`` is stable."""
        self._ask(lambda: self._line.change(name, change))

    def undo(self) -> None:
        """Take the user's last change back."""
        self._ask(self._line.undo)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._ask(self._line.redo)

    def put_right(self, change: Callable[[Corrections], Corrections], name: str = "") -> None:
        """Change names, links and partings of people over several videos.

        With a ``name`` it can be taken back by :meth:`put_right_back`, also after a restart.
        """
        self._ask(lambda: self._set_put_right(change, name))

    def put_right_back(self, to: Corrections | None = None) -> None:
        """Take the last step of putting right back that has a name, if it leads ``to`` there."""
        self._ask(lambda: self._take_put_right_back(to))

    def correct(self, entry_id: EntryId, correction: Correction) -> None:
        """Put right who is who in one video."""
        name = correction.kind
        self.change(name, lambda entries: changes.corrected(entries, entry_id, correction))

    def queue(self, ids: Collection[EntryId]) -> None:
        """Have entries rendered, in the queue's order."""
        self.change("render", lambda entries: changes.queued(entries, ids))

    def retry(self, ids: Collection[EntryId]) -> None:
        """Try again what went wrong with entries: to look at them, or to render them."""
        self.change("retry", lambda entries: changes.retried(entries, ids))

    def focus(self, entry_id: EntryId | None) -> None:
        """Say which entry the user looks at: it is looked at next."""
        self._post(lambda: setattr(self._looks, "focus", entry_id))

    def pause(self) -> None:
        """Let the running render rest and begin no other; :meth:`go_on` goes on where it was."""
        self._ask(lambda: self._pause(self._turns.rest))

    def stop_after_current(self) -> None:
        """Begin no further render; the one that runs goes on to its end."""
        self._ask(lambda: self._pause(lambda: None))

    def stop_now(self) -> None:
        """Let the running render rest at once; what is stored is kept."""
        self._ask(lambda: self._pause(self._turns.rest_at_once))

    def go_on(self) -> None:
        """Begin renders again, the one that rests first."""
        self._ask(self._go_on)

    def cancel(self, entry_id: EntryId) -> None:
        """End an entry's render for good, or take it out of the line."""
        self._ask(lambda: self._cancel(entry_id))

    # -- the desk's own thread ---------------------------------------------------------------

    def _post(self, word: Callable[[], None]) -> None:
        self._words.put(word)

    def _ask(self, word: Callable[[], None]) -> None:
        """Leave word of what the user wants; what went wrong before is settled by it."""

        def asked() -> None:
            self._mishap = None
            word()

        self._post(asked)

    def _run(self) -> None:
        self._guarded(self._open)
        while not self._is_over():
            self._guarded(self._look_after)
            self._publish()
            self._hear()
        self._guarded(self._line.close)

    def _hear(self) -> None:
        """Wait for words and do what they say, for no longer than until the next snapshot."""
        try:
            self._guarded(self._words.get(timeout=self._patience_s()))
            until_s = time.monotonic() + _BETWEEN_S
            while time.monotonic() < until_s:
                self._guarded(self._words.get_nowait())
        except queue.Empty:
            return

    def _patience_s(self) -> float | None:
        """Return how long nothing has to be done without a word; None for ever."""
        if self._is_unseen:
            return _BETWEEN_S
        line = self._line
        is_waiting = line.is_behind or not line.is_ours or self._has_unwritten
        return _RETRY_S if is_waiting or self._closes_at_s is not None else None

    @property
    def _has_unwritten(self) -> bool:
        return self._is_unwritten and self._mishap is not None

    def _guarded(self, word: Callable[[], None]) -> None:
        """Run ``word``; the desk outlives a fault, and says so."""
        try:
            word()
        except Exception as error:  # told to the user, written down, and gone on from
            self._mishap = trouble_of(self._home, error)
            self._is_unwritten = isinstance(error, QueueBroken)

    def _open(self) -> None:
        self._tried_s = time.monotonic()
        self._line.open()
        self._cards_are_old = True
        if self._line.is_ours:
            self._mishap = None  # what was refused while another process had the queue

    def _look_after(self) -> None:
        """Begin what can be begun, and try again what could not be done."""
        if time.monotonic() - self._tried_s >= _RETRY_S and self._closes_at_s is None:
            self._tried_s = time.monotonic()
            self._line.catch_up()
            if not self._line.is_ours:
                self._open()
            if self._has_unwritten and self._line.can_be_written():
                self._mishap = None  # what was refused can be done again now
        if not self._line.is_ours:
            return
        self._looks.begin()
        self._arrange()
        if self._renders:
            self._turns.begin()

    def _is_over(self) -> bool:
        if self._closes_at_s is None:
            return False
        is_busy = self._looks.is_busy or self._turns.is_busy
        return not is_busy or time.monotonic() > self._closes_at_s

    def _close(self, *, at_once: bool) -> None:
        wait_s = _CLOSE_S if at_once else float("inf")
        self._closes_at_s = time.monotonic() + wait_s
        self._looks.close()
        self._turns.close(at_once=at_once)

    def _on_changed(self, changed: Iterable[Became], gone: Iterable[EntryId]) -> None:
        """Hear from the line which entries are others now, and which are gone."""
        self._looks.may_begin = self._turns.may_begin = True
        self._looks.end_what_nobody_wants()
        for before, now in changed:
            if now.facts is not None and _people_of(before) != _people_of(now):
                self._seat(now)
        for entry_id in gone:
            self._unseated[entry_id] = None

    def _set_put_right(self, change: Callable[[Corrections], Corrections], name: str) -> None:
        self._line.set_put_right(change(self._line.put_right), name)
        self._cards_are_old = True

    def _take_put_right_back(self, to: Corrections | None) -> None:
        self._line.put_right_back(to)
        self._cards_are_old = True

    def _pause(self, stop: Callable[[], None]) -> None:
        stop()
        self._line.set_paused(paused=True)

    def _go_on(self) -> None:
        self._turns.may_begin = True
        self._line.set_paused(paused=False)

    def _cancel(self, entry_id: EntryId) -> None:
        if not self._turns.cancel(entry_id):
            self._line.change("cancel", lambda entries: changes.unqueued(entries, {entry_id}))

    # -- cards -------------------------------------------------------------------------------

    def _seat(self, entry: Entry) -> None:
        self._unseated[entry.entry_id] = entry

    def _arrange(self) -> None:
        if self._at_board.is_busy or not (self._unseated or self._cards_are_old):
            return
        changed, put_right = self._unseated, self._line.put_right
        self._unseated, self._cards_are_old = {}, False
        self._at_board.begin(lambda: self._arranged(changed, put_right))

    def _arranged(
        self, changed: dict[EntryId, Entry | None], put_right: Corrections
    ) -> Callable[[], None]:
        arranged = self._board.arrange(changed, put_right)
        return lambda: self._on_arranged(arranged)

    def _on_arranged(self, arranged: Arranged) -> None:
        self._cards = arranged.cards
        self._unseated = {**arranged.left, **self._unseated}
        for entry_id in arranged.missing:
            entry = self._line.get(entry_id)
            if entry is not None and entry.state == "ready":
                self._line.happened(entry_id, lambda one: changes.unlooked(one, {one[0].entry_id}))
        if arranged.trouble is not None:
            self._mishap = arranged.trouble

    # -- showing -----------------------------------------------------------------------------

    def _publish(self) -> None:
        """Show what is new, unless something was shown a moment ago."""
        seen = self._snapshot()
        self._is_unseen = seen != self._shown
        now_s = time.monotonic()
        if not self._is_unseen or now_s - self._shown_s < _BETWEEN_S:
            return
        self._shown, self._shown_s, self._is_unseen = seen, now_s, False
        try:
            self._show(seen)
        except Exception as error:  # whoever looks is not there any more; the work goes on
            trouble_of(self._home, error)
            self._show = _unseen

    def _snapshot(self) -> DeskSnapshot:
        line = self._line
        return DeskSnapshot(
            entries=line.entries,
            loaded=True,
            looking=self._looks.doing,
            preparing=self._turns.preparing,
            running=self._turns.running,
            paused=line.is_paused,
            stopping=self._turns.is_stopping,
            cards=self._cards,
            undo=line.history.undo_name,
            redo=line.history.redo_name,
            put_right_undo=line.put_right_steps[-1].name if line.put_right_steps else "",
            trouble=line.trouble or self._mishap,
        )


def new_entries(
    sources: Iterable[Path],
    *,
    look: Look | None = None,
    output: Output | None = None,
    once_looked: OnceLooked | None = None,
) -> tuple[Entry, ...]:
    """Return an entry for each source, none of which anybody has looked at."""
    paths, now = tuple(sources), _now()
    return tuple(
        Entry(
            entry_id=entry_id,
            source=str(source.absolute()),
            added_at=now,
            look=look or Look(),
            output=output or Output(),
            once_looked=once_looked,
        )
        for entry_id, source in zip(new_entry_ids(len(paths)), paths, strict=True)
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _people_of(entry: Entry | None) -> tuple[object, ...]:
    """Return what decides who is in an entry."""
    digest = entry.facts.digest if entry is not None and entry.facts is not None else None
    return (digest, entry.corrections if entry is not None else ())


def _unseen(snapshot: DeskSnapshot) -> None:
    del snapshot


def _nobody(had_turn: tuple[Entry, ...]) -> None:
    del had_turn


def _unheard_end(entry: Entry) -> None:
    del entry
