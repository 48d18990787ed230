"""Have the sources of new entries looked at, one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable

from orchestrator.desk import changes
from orchestrator.desk.entries import Entry, EntryId, Trouble
from orchestrator.desk.lane import Lane, Post
from orchestrator.desk.line import Line
from orchestrator.desk.looker import Looked, look
from orchestrator.desk.shelf import Shelf
from orchestrator.desk.snapshot import Doing, Work
from orchestrator.desk.troubles import trouble_of
from orchestrator.home import Home
from orchestrator.media.guard import Cancelled


class Looks:
    """Which source is looked at and which is next; used from the desk's thread.

    Attributes:
        doing: what is being done with the source that is looked at.
        focus: the entry that the user looks at, whose source comes first.
        may_begin: whether something changed that may let a look begin.
    """

    def __init__(
        self,
        home: Home,
        line: Line,
        shelf: Shelf,
        post: Post,
        on_looked: Callable[[Entry], None],
        on_end: Callable[[Entry], None] = lambda _: None,
    ) -> None:
        """Prepare; ``on_looked`` hears of entries of which it is known now who is in them.

        ``on_end`` hears of those that are refused though they were to be rendered.
        """
        self._home, self._line, self._shelf, self._post = home, line, shelf, post
        self._on_looked, self._on_end = on_looked, on_end
        self._lane = Lane("looking", post)
        self._entry: Entry | None = None
        self._ends = threading.Event()
        self._is_closing = False
        self.doing: Doing | None = None
        self.focus: EntryId | None = None
        self.may_begin = True

    @property
    def is_busy(self) -> bool:
        """Whether a source is being looked at."""
        return self._lane.is_busy

    def begin(self) -> None:
        """Begin the next look if none is under way and there is a new entry."""
        if self._lane.is_busy or self._is_closing or not self.may_begin:
            return
        entry = self._next()
        if entry is None:
            self.may_begin = False
            return
        self._entry, self._ends = entry, threading.Event()
        ends = self._ends
        self._lane.begin(lambda: self._look(entry, ends))

    def end_what_nobody_wants(self) -> None:
        """End the look at a source that is not in the queue any more."""
        if self._entry is not None and not self._is_wanted(self._entry):
            self._ends.set()

    def close(self) -> None:
        """Begin no further look and end the one that is under way."""
        self._is_closing = True
        self._ends.set()

    def _next(self) -> Entry | None:
        focused = self._line.get(self.focus)
        if focused is not None and focused.state == "new":
            return focused
        return next((e for e in self._line.entries if e.state == "new"), None)

    def _is_wanted(self, entry: Entry) -> bool:
        now = self._line.get(entry.entry_id)
        return now is not None and now.state == "new"

    def _look(self, entry: Entry, ends: threading.Event) -> Callable[[], None]:
        """Look at one source, on the looking thread; return what follows from it."""

        def working(work: Work, done: int, total: int) -> None:
            doing = Doing(entry.entry_id, work, done, total)
            self._post(lambda: self._on_working(doing))

        try:
            seen = look(self._home, self._shelf, entry, working, ends)
        except Cancelled:
            return self._is_over
        except Exception as error:  # the next source may be better
            why = trouble_of(self._home, error)
            return lambda: self._on_refused(entry.entry_id, why)
        return lambda: self._on_seen(entry.entry_id, seen)

    def _on_working(self, doing: Doing) -> None:
        if self._entry is not None and self._entry.entry_id == doing.entry_id:
            self.doing = doing

    def _on_seen(self, entry_id: EntryId, seen: Looked) -> None:
        self._is_over()
        self._line.happened(
            entry_id, lambda one: changes.looked(one, entry_id, seen.facts, seen.casts)
        )
        now = self._line.get(entry_id)
        if now is not None:
            self._on_looked(now)

    def _on_refused(self, entry_id: EntryId, why: Trouble) -> None:
        self._is_over()
        now = self._line.get(entry_id)
        if now is not None and now.once_looked is not None and now.once_looked.render:
            self._on_end(*changes.refused((now,), entry_id, why))
        self._line.happened(entry_id, lambda one: changes.refused(one, entry_id, why))

    def _is_over(self) -> None:
        self._entry = self.doing = None
        self.may_begin = True
