"""Keep the queue's entries in memory and on disk alike, with the user's changes to take back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from orchestrator.desk import changes
from orchestrator.desk.book import Book, read_entries
from orchestrator.desk.cards import Corrections, PutRight
from orchestrator.desk.changes import Change, Entries
from orchestrator.desk.entries import Entry, EntryId, Trouble
from orchestrator.desk.undoing import History, Step
from orchestrator.errors import QueueBroken, QueueBusy
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.records import JobId

Became = tuple[Entry | None, Entry]
"""An entry as it was, None if it is new, and as it is now."""
Changed = Callable[[Iterable[Became], Iterable[EntryId]], None]
"""Hears which entries are new or others now, and which are gone."""
_PUT_RIGHT, _STEPS, PAUSED_NOTE = "put_right", "put_right_steps", "paused"
_STEPS_KEPT = 20


class Line:
    """The entries in order; used from one thread.

    What the user changes is there when it is on disk, and refused when it cannot be written.
    What happens by itself is there at once, and written as soon as that is possible.

    Attributes:
        trouble: why the queue cannot be kept; None while all is well.
        is_ours: whether entries may be changed; False while another process has the queue.
        interrupted: the entry that was being rendered when the queue was kept last, if any.
    """

    def __init__(self, path: Path, on_changed: Changed) -> None:
        """Prepare; nothing is read before :meth:`open`."""
        self._path, self._on_changed = path, on_changed
        self.history = History()
        self.trouble: Trouble | None = None
        self.is_ours = False
        self.interrupted: EntryId | None = None
        self.put_right = Corrections()
        self.put_right_steps: tuple[PutRight, ...] = ()
        self.is_paused = False
        self._book: Book | None = None
        self._entries: Entries = ()
        self._places: dict[EntryId, int] = {}
        self._is_behind = False
        self._shown_of: tuple[int, ...] = ()

    @property
    def entries(self) -> Entries:
        """Return all entries in order."""
        return self._entries

    @property
    def is_behind(self) -> bool:
        """Return whether something happened that could not be written down yet."""
        return self._is_behind

    def get(self, entry_id: EntryId | None) -> Entry | None:
        """Return an entry by its id, or None."""
        place = self._places.get(entry_id) if entry_id is not None else None
        return None if place is None else self._entries[place]

    # -- opening and closing -------------------------------------------------------------

    def open(self) -> None:
        """Read the queue; whatever is wrong with it is in :attr:`trouble` afterwards.

        A queue that another process has is shown as it is and may be opened again later.  What
        is made while the file is broken is kept in memory only; the file is left as it is.
        """
        try:
            self._book = Book(self._path)
            found = self._read(self._book)
        except QueueBusy as error:
            self.trouble = _told(error)
            self._show_only()
            return
        except QueueBroken as error:
            self._give_up_file(error)
            found = ()
        self.is_ours = True
        self._take(changes.interrupted(found))

    def close(self) -> None:
        """Write what is still to be written, if that is possible, and let go of the file."""
        if self._book is not None:
            self.catch_up()
            self._book.close()
            self._book = None
        self.is_ours = False

    def _read(self, book: Book) -> Entries:
        found = book.entries()
        put_right = book.note(_PUT_RIGHT)
        try:
            self.put_right = from_text(Corrections, put_right) if put_right else Corrections()
            steps = book.note(_STEPS)
            self.put_right_steps = from_text(tuple[PutRight, ...], steps) if steps else ()
        except ContractError as error:
            raise QueueBroken(
                f"The queue's file {self._path.name} holds something unknown ({error.reason}).",
                "Open it with the version of the app that wrote it.",
            ) from error
        self.is_paused = book.note(PAUSED_NOTE) == "yes"
        self.interrupted = next((e.entry_id for e in found if e.state == "rendering"), None)
        self.trouble = None
        return found

    def _show_only(self) -> None:
        """Show what another process keeps, if it was written to since it was shown."""
        written = _written_at(self._path)
        if written == self._shown_of:
            return
        self._shown_of = written
        try:
            self._take(read_entries(self._path))
        except QueueBroken as error:
            self.trouble = _told(error)

    def _give_up_file(self, error: QueueBroken) -> None:
        if self._book is not None:
            self._book.close()
            self._book = None
        self.trouble = _told(error)

    # -- changing ------------------------------------------------------------------------

    def change(self, name: str, change: Change) -> None:
        """Change the queue as the user wishes; it can be taken back.

        Raises:
            QueueBusy: another process has the queue.
            QueueBroken: it could not be written; nothing was changed.
        """
        before = self._entries
        if self._set(change(before)):
            self.history.changed(Step(name, before, self._entries))

    def undo(self) -> None:
        """Take the user's last change back; raises as :meth:`change`."""
        self._step_back(self.history.undone(self._entries), is_redo=False)

    def redo(self) -> None:
        """Make the change again that was taken back last; raises as :meth:`change`."""
        self._step_back(self.history.redone(self._entries), is_redo=True)

    def happened(self, entry_id: EntryId, change: Change) -> None:
        """Change one entry, if it is still there, as something that happened by itself asks."""
        found = self.get(entry_id)
        if found is None:
            return
        (after,) = change((found,))
        if after == found:
            return
        place = self._places[entry_id]
        self._entries = (*self._entries[:place], after, *self._entries[place + 1 :])
        self._on_changed(((found, after),), ())
        self._write_one(after)

    def set_put_right(self, put_right: Corrections, name: str = "") -> None:
        """Keep what the user said about people; raises as :meth:`change`.

        A step with a ``name`` can be taken back, also after a restart.  One without ends that for
        all before it: they would be taken back over it.
        """
        step = PutRight(name, self.put_right)
        steps = (*self.put_right_steps, step)[-_STEPS_KEPT:] if name else ()
        self._keep_put_right(put_right, steps)

    def put_right_back(self, to: Corrections | None = None) -> None:
        """Take the last step of putting right back, if there is one; raises as :meth:`change`.

        With ``to`` only if it leads there: a step that could not be kept is none.
        """
        if self.put_right_steps and to in (None, self.put_right_steps[-1].before):
            *steps, last = self.put_right_steps
            self._keep_put_right(last.before, tuple(steps))

    def _keep_put_right(self, put_right: Corrections, steps: tuple[PutRight, ...]) -> None:
        self._require_ours()
        if self._book is not None:
            # Killed in between, the newest step takes nothing back: it holds what is so.
            notes = ((_STEPS, canonical(steps)), (_PUT_RIGHT, canonical(put_right)))
            for note, body in notes if len(steps) > len(self.put_right_steps) else notes[::-1]:
                self._book.write_note(note, body)
        self.put_right, self.put_right_steps = put_right, steps

    def set_paused(self, *, paused: bool) -> None:
        """Keep whether renders begin; it holds from now on even if it cannot be written.

        Raises:
            QueueBusy: another process has the queue.
            QueueBroken: it could not be written.
        """
        self._require_ours()
        self.is_paused = paused
        if self._book is not None:
            self._book.write_note(PAUSED_NOTE, "yes" if paused else "no")

    def catch_up(self) -> None:
        """Write what happened and could not be written, if that is possible now."""
        if not self._is_behind or self._book is None:
            return
        try:
            self._book.write(self._entries)
        except QueueBroken as error:
            self.trouble = _told(error)
        else:
            self._is_behind, self.trouble = False, None

    def can_be_written(self) -> bool:
        """Try the file by a note that says again what it says; a disk may have room now."""
        try:
            self.set_paused(paused=self.is_paused)
        except (QueueBroken, QueueBusy):
            return False
        return self._book is not None

    def jobs_let_go(self) -> frozenset[JobId]:
        """Return the jobs that no entry goes on with any more."""
        return self._book.jobs_let_go() if self._book is not None else frozenset()

    def forget_jobs(self, ids: Collection[JobId]) -> None:
        """Forget jobs that were let go; raises as :meth:`change`."""
        if self._book is not None:
            self._book.forget_jobs(ids)

    def _step_back(self, after: Entries, *, is_redo: bool) -> None:
        before = self._entries
        self._set(after)
        self.history.settle(before, self._entries, is_redo=is_redo)

    def _set(self, entries: Entries) -> bool:
        """Write and take ``entries``; return whether they are others than before."""
        if entries == self._entries:
            return False
        self._require_ours()
        if self._book is not None:
            self._book.write(entries)
            self._is_behind, self.trouble = False, None
        self._take(entries)
        return True

    def _write_one(self, entry: Entry) -> None:
        if self._book is None:
            return
        if self._is_behind:
            self.catch_up()
            return
        try:
            self._book.write_one(entry)
        except QueueBroken as error:
            self._is_behind, self.trouble = True, _told(error)

    def _take(self, entries: Entries) -> None:
        before = {entry.entry_id: entry for entry in self._entries}
        pairs = [(before.pop(entry.entry_id, None), entry) for entry in entries]
        changed = [(old, new) for old, new in pairs if old is not new]
        self._entries = entries
        self._places = {entry.entry_id: place for place, entry in enumerate(entries)}
        self._on_changed(changed, tuple(before))

    def _require_ours(self) -> None:
        if not self.is_ours:
            why = self.trouble or Trouble("queue_busy", "The queue is not open.", "Try again.")
            raise QueueBusy(why.sentence, why.advice)


def _told(error: QueueBusy | QueueBroken) -> Trouble:
    return Trouble(error.code, error.sentence, error.advice)


def _written_at(path: Path) -> tuple[int, ...]:
    """Return what changes whenever the book at ``path`` is written to."""
    found: list[int] = []
    for each in (path, path.with_name(f"{path.name}-wal")):
        with contextlib.suppress(OSError):  # it is not there yet, or not any more
            facts = each.stat()
            found += (facts.st_size, facts.st_mtime_ns)
    return tuple(found)
