"""Run the desk: one thread keeps the queue, one looks at sources, one renders."""

from __future__ import annotations

import queue
import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from orchestrator.casting import Correction
from orchestrator.desk import changes
from orchestrator.desk.book import Book
from orchestrator.desk.cards import Corrections, Seat, cards
from orchestrator.desk.changes import Change, Entries
from orchestrator.desk.entries import Entry, EntryId, Look, Output, Trouble
from orchestrator.desk.looker import Looked, look, seats_of
from orchestrator.desk.shelf import Shelf
from orchestrator.desk.snapshot import DeskSnapshot, Doing, Running, Work
from orchestrator.desk.turn import Ended, Hearers, Turn, fault_of_program
from orchestrator.desk.undoing import Step, step_of, taken_back
from orchestrator.errors import SecondUnitError
from orchestrator.home import Home
from orchestrator.media.guard import Cancelled
from orchestrator.runner import FleetFor, local_fleet
from orchestrator.snapshot import Snapshot
from remote_worker.contract.coding import canonical, from_text
from remote_worker.contract.records import JobId

Show = Callable[[DeskSnapshot], None]
"""Hears of every change, from the desk's own thread."""
OnIdle = Callable[[tuple[Entry, ...]], None]
"""Hears, when nothing is left to render, what had its turn since the last time."""
_STEPS_KEPT = 100
_CLOSE_S = 30.0
_BOOK = "desk.sqlite"


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
        workers: Callable[[], int | None] = lambda: None,
        fleet_for: FleetFor = local_fleet,
    ) -> None:
        """Prepare; nothing is read before :meth:`start`."""
        self._home, self._show, self._on_idle = home, show, on_idle or _nobody
        self._workers, self._fleet_for = workers, fleet_for
        self.shelf = Shelf(home)
        self._words: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._looks = ThreadPoolExecutor(1, "looking")
        self._turns = ThreadPoolExecutor(1, "rendering")
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._book: Book | None = None
        self._entries: Entries = ()
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._put_right = Corrections()
        self._seats: dict[EntryId, tuple[Entry, tuple[Seat, ...]]] = {}
        self._cards_of: tuple[tuple[Seat, ...], ...] | None = None
        self._cards = DeskSnapshot().cards
        self._look_ends: threading.Event | None = None
        self._looking: Doing | None = None
        self._preparing: Doing | None = None
        self._turn: Turn | None = None
        self._running: Running | None = None
        self._paused = self._stopping = self._closing = self._loaded = False
        self._focus: EntryId | None = None
        self._had_turn: list[EntryId] = []
        self._trouble: tuple[str, str] | None = None

    # -- from any thread -------------------------------------------------------------------

    def start(self) -> None:
        """Read the queue and go on with what was being rendered."""
        self._thread.start()

    def close(self) -> None:
        """Let what runs rest at once, write everything down, and end; it can take seconds."""
        self._post(self._close)
        self._words.put(None)
        if self._thread.is_alive():
            self._thread.join(_CLOSE_S)
        self._looks.shutdown(wait=True, cancel_futures=True)
        self._turns.shutdown(wait=True, cancel_futures=True)

    def add(
        self,
        sources: Iterable[Path],
        *,
        look: Look | None = None,
        output: Output | None = None,
        before: EntryId | None = None,
    ) -> tuple[EntryId, ...]:
        """Put sources in the queue as drafts; return their ids."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        new = tuple(
            Entry(
                entry_id=new_entry_id(),
                source=str(source.absolute()),
                added_at=now,
                look=look or Look(),
                output=output or Output(),
            )
            for source in sources
        )
        self.change("add", lambda entries: changes.added(entries, new, before))
        return tuple(entry.entry_id for entry in new)

    def change(self, name: str, change: Change) -> None:
        """Change the queue as the user wishes; it can be taken back. ``name`` is stable."""
        self._post(lambda: self._user_changes(name, change))

    def undo(self) -> None:
        """Take the user's last change back."""
        self._post(lambda: self._step_back(self._undo, self._redo))

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._post(lambda: self._step_back(self._redo, self._undo))

    def put_right(self, change: Callable[[Corrections], Corrections]) -> None:
        """Change names, links and partings of people over several videos."""
        self._post(lambda: self._set_put_right(change(self._put_right)))

    def correct(self, entry_id: EntryId, correction: Correction) -> None:
        """Put right who is who in one video."""
        name = correction.kind
        self.change(name, lambda entries: changes.corrected(entries, entry_id, correction))

    def queue(self, ids: Collection[EntryId]) -> None:
        """Have entries rendered, in the queue's order."""
        self.change("render", lambda entries: changes.queued(entries, ids))

    def focus(self, entry_id: EntryId | None) -> None:
        """Say which entry the user looks at: it is looked at next."""
        self._post(lambda: setattr(self, "_focus", entry_id))

    def pause(self) -> None:
        """Let the running render rest and begin no other; :meth:`go_on` goes on where it was."""
        self._post(self._pause)

    def stop_after_current(self) -> None:
        """Begin no further render; the one that runs goes on to its end."""
        self._post(lambda: self._set_paused(paused=True))

    def stop_now(self) -> None:
        """Let the running render rest at once; what is stored is kept."""
        self._post(self._stop_now)

    def go_on(self) -> None:
        """Begin renders again, the one that rests first."""
        self._post(lambda: self._set_paused(paused=False))

    def cancel(self, entry_id: EntryId) -> None:
        """End an entry's render for good, or take it out of the line."""
        self._post(lambda: self._cancel(entry_id))

    # -- the desk's own thread ---------------------------------------------------------------

    def _post(self, word: Callable[[], None]) -> None:
        self._words.put(word)

    def _run(self) -> None:
        self._guarded(self._load)
        self._publish()
        while True:
            words = [self._words.get()]
            while not self._words.empty():
                words.append(self._words.get())
            for word in words:
                if word is None:
                    self._end()
                    return
                self._guarded(word)
            self._begin_what_can_be()
            self._publish()

    def _guarded(self, word: Callable[[], None]) -> None:
        """Run ``word``; the desk outlives a fault, and says so."""
        try:
            word()
        except SecondUnitError as error:
            self._trouble = (error.sentence, error.advice)
        except Exception as error:  # told to the user, written down, and gone on from
            told = fault_of_program(self._home, error)
            self._trouble = (told.sentence, told.advice)

    def _load(self) -> None:
        self._loaded = True
        self._book = Book(self._home.root / _BOOK)
        put_right = self._book.note("put_right")
        if put_right is not None:
            self._put_right = from_text(Corrections, put_right)
        self._paused = self._book.note("paused") == "yes"
        self._set_entries(changes.interrupted(self._book.entries()))
        self._begin_what_can_be()

    def _end(self) -> None:
        if self._book is not None:
            self._book.close()

    def _set_entries(self, entries: Entries) -> None:
        if entries == self._entries:
            return
        if self._book is not None:
            self._book.write(entries)
        self._trouble = None
        self._entries = entries

    def _user_changes(self, name: str, change: Change) -> None:
        before = self._entries
        after = change(before)
        if after == before:
            return
        self._set_entries(after)
        self._undo = [*self._undo[-_STEPS_KEPT:], step_of(name, before, after)]
        self._redo.clear()

    def _step_back(self, steps: list[Step], others: list[Step]) -> None:
        if steps:
            step, now = steps.pop(), self._entries
            self._set_entries(taken_back(step, now))
            others.append(step_of(step.name, now, self._entries))

    def _set_put_right(self, put_right: Corrections) -> None:
        self._put_right = put_right
        self._cards_of = None
        if self._book is not None:
            self._book.write_note("put_right", canonical(put_right))

    def _set_paused(self, *, paused: bool) -> None:
        self._paused = paused
        if self._book is not None:
            self._book.write_note("paused", "yes" if paused else "no")

    def _pause(self) -> None:
        self._set_paused(paused=True)
        if self._turn is not None and not self._stopping:
            self._stopping = True
            self._turn.stop()

    def _stop_now(self) -> None:
        self._set_paused(paused=True)
        if self._turn is not None:
            self._stopping = True
            self._turn.stop()
            self._turn.stop()

    def _cancel(self, entry_id: EntryId) -> None:
        if self._turn is not None and self._turn.entry.entry_id == entry_id:
            self._stopping = True
            self._turn.cancel()
        else:
            self._user_changes("cancel", lambda e: changes.unqueued(e, {entry_id}))

    def _close(self) -> None:
        self._closing = True
        if self._look_ends is not None:
            self._look_ends.set()
        if self._turn is not None:
            self._turn.stop()
            self._turn.stop()

    def _publish(self) -> None:
        self._find_cards()
        self._show(
            DeskSnapshot(
                entries=self._entries,
                loaded=self._loaded,
                looking=self._looking,
                preparing=self._preparing,
                running=self._running,
                paused=self._paused,
                stopping=self._stopping,
                cards=self._cards,
                undo=self._undo[-1].name if self._undo else "",
                redo=self._redo[-1].name if self._redo else "",
                trouble=self._trouble,
            )
        )

    # -- looking -----------------------------------------------------------------------------

    def _begin_what_can_be(self) -> None:
        if self._closing:
            return
        if self._look_ends is None:
            self._begin_look()
        if self._turn is None and not self._paused:
            self._begin_turn()

    def _begin_look(self) -> None:
        new = [entry for entry in self._entries if entry.state == "new"]
        unseated = (e for e in self._entries if e.facts and not self._is_seated(e))
        entry = next((e for e in new if e.entry_id == self._focus), None)
        entry = entry or next(unseated, None) or next(iter(new), None)
        if entry is None:
            return
        self._look_ends = ends = threading.Event()
        work = self._look if entry.state == "new" else self._seat
        self._looks.submit(work, entry, ends)

    def _is_seated(self, entry: Entry) -> bool:
        held = self._seats.get(entry.entry_id)
        return held is not None and _people_of(held[0]) == _people_of(entry)

    def _look(self, entry: Entry, ends: threading.Event) -> None:
        """Look at one source, on the looking thread, and leave word of what was seen."""

        def working(work: Work, done: int, total: int) -> None:
            doing = Doing(entry.entry_id, work, done, total)
            self._post(lambda: setattr(self, "_looking", doing))

        try:
            seen = look(self._home, self.shelf, entry, working, ends)
        except Cancelled:
            self._post(self._look_is_over)
        except Exception as error:
            why = _trouble_of(self._home, error)
            self._post(lambda: self._on_refused(entry, why))
        else:
            self._post(lambda: self._on_looked(entry, seen))

    def _seat(self, entry: Entry, ends: threading.Event) -> None:
        del ends  # it takes no longer than reading one file
        try:
            seats = seats_of(self.shelf, entry)
        except Exception as error:
            why = _trouble_of(self._home, error)
            self._post(lambda: self._on_unseated(entry, why))
        else:
            self._post(lambda: self._on_seated(entry, seats))

    def _on_looked(self, entry: Entry, seen: Looked) -> None:
        self._look_is_over()
        self._set_entries(changes.looked(self._entries, entry.entry_id, seen.facts))

    def _on_seated(self, entry: Entry, seats: tuple[Seat, ...]) -> None:
        self._look_is_over()
        self._seats[entry.entry_id] = (entry, seats)
        self._cards_of = None

    def _on_unseated(self, entry: Entry, why: Trouble) -> None:
        """Have a draft looked at again when what was found in it was deleted since."""
        self._on_seated(entry, ())
        if why.code != "scan_missing":
            self._trouble = (why.sentence, why.advice)
        self._set_entries(changes.unlooked(self._entries, {entry.entry_id}))

    def _on_refused(self, entry: Entry, why: Trouble) -> None:
        self._look_is_over()
        self._set_entries(changes.refused(self._entries, entry.entry_id, why))

    def _look_is_over(self) -> None:
        self._look_ends, self._looking = None, None

    def _find_cards(self) -> None:
        seats = tuple(
            self._seats[entry.entry_id][1]
            for entry in self._entries
            if entry.facts is not None and entry.entry_id in self._seats
        )
        if self._cards_of != seats:
            self._cards_of = seats
            self._cards = cards((seat for own in seats for seat in own), self._put_right)

    # -- rendering ---------------------------------------------------------------------------

    def _begin_turn(self) -> None:
        entry = next((e for e in self._entries if e.state == "queued"), None)
        if entry is None:
            return
        self._set_entries(changes.begun(self._entries, entry.entry_id))
        taken = {e.output_path for e in self._entries if e.output_path and e is not entry}
        self._turn = Turn(
            self._home,
            entry,
            self._hearers(entry.entry_id),
            workers=self._workers(),
            taken=taken,
            fleet_for=self._fleet_for,
        )
        self._turns.submit(self._take_turn, self._turn)

    def _hearers(self, entry_id: EntryId) -> Hearers:
        began_s = time.monotonic()

        def working(work: Work, done: int, total: int) -> None:
            doing = Doing(entry_id, work, done, total)
            self._post(lambda: setattr(self, "_preparing", doing))

        def entered(job_id: JobId, output_path: str) -> None:
            written = threading.Event()
            self._post(lambda: self._on_entered(entry_id, job_id, output_path, written))
            written.wait(_CLOSE_S)  # a crash from here on finds the job again

        def seen(job_id: JobId, now: Snapshot) -> None:
            running = Running(entry_id, job_id, began_s, now)
            self._post(lambda: self._on_seen(running))

        return Hearers(working, entered, seen)

    def _take_turn(self, turn: Turn) -> None:
        ended = turn.go()
        self._post(lambda: self._on_ended(turn, ended))

    def _on_entered(
        self, entry_id: EntryId, job_id: JobId, output_path: str, written: threading.Event
    ) -> None:
        try:
            self._set_entries(changes.entered(self._entries, entry_id, job_id, output_path))
        finally:
            written.set()

    def _on_seen(self, running: Running) -> None:
        if self._turn is not None and self._turn.entry.entry_id == running.entry_id:
            self._running, self._preparing = running, None

    def _on_ended(self, turn: Turn, ended: Ended) -> None:
        entry_id = turn.entry.entry_id
        self._turn = self._running = self._preparing = None
        self._stopping = False
        state = ended.state
        if state == "stopped" and (self._paused or self._closing):
            state = "queued"  # it keeps its place and goes on when the queue does
        self._set_entries(
            changes.ended(
                self._entries, entry_id, state, trouble=ended.trouble, result=ended.result
            )
        )
        if state in ("done", "failed"):
            self._had_turn.append(entry_id)
        if not any(e.state == "queued" for e in self._entries) and self._had_turn:
            had = tuple(e for e in self._entries if e.entry_id in self._had_turn)
            self._had_turn.clear()
            self._on_idle(had)


def new_entry_id() -> EntryId:
    """Return an id that no other entry has."""
    return EntryId(uuid.uuid4().hex)


def _people_of(entry: Entry) -> tuple[object, ...]:
    """Return what decides who is in an entry."""
    return (entry.facts.digest if entry.facts else None, entry.corrections)


def _trouble_of(home: Home, error: Exception) -> Trouble:
    if isinstance(error, SecondUnitError):
        return Trouble(error.code, error.sentence, error.advice)
    if isinstance(error, FileNotFoundError):
        return Trouble(
            "source_missing",
            "The video is not there any more.",
            "Put it back where it was, or remove it from the queue.",
        )
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        return Trouble("source_unreadable", f"The video cannot be read: {reason}.", "Try again.")
    return fault_of_program(home, error)


def _nobody(had_turn: tuple[Entry, ...]) -> None:
    del had_turn
