"""Keep what the queue does not know of jobs that came over HTTP: whose they are, and from what."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from pathlib import Path

from orchestrator.desk.entries import EntryId
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the queue does not know of a job that came over HTTP."""

    entry_id: EntryId
    owner: str
    upload_id: str
    title: str
    key: str = ""
    """The caller's own name for the request, so that asking twice makes one job."""
    asked: str = ""
    """Digest of what was asked, to tell another request under the same name."""
    urgent: bool = False
    """As earlier versions wrote it; the entry itself knows."""
    leaving: bool = False
    """Whether its owner deleted it, and what it has elsewhere is still to be removed."""


class Notes:
    """One file a job; use from any thread."""

    def __init__(self, folder: Path) -> None:
        """Read what earlier runs left in ``folder``."""
        folder.mkdir(exist_ok=True)
        self._folder, self._lock = folder, threading.Lock()
        self._notes = {note.entry_id: note for note in self._read()}

    def __len__(self) -> int:
        """Return how many there are, those that are leaving too."""
        return len(self._notes)

    def all(self) -> tuple[Note, ...]:
        """Return every note."""
        with self._lock:
            return tuple(self._notes.values())

    def get(self, entry_id: EntryId) -> Note | None:
        """Return the note of a job, or None."""
        return self._notes.get(entry_id)

    def of(self, owner: str, entry_id: EntryId) -> Note | None:
        """Return the note of a job that ``owner`` can see, or None."""
        note = self._notes.get(entry_id)
        return note if note is not None and note.owner == owner and not note.leaving else None

    def keep(self, note: Note) -> None:
        """Write a note down; it is on disk when this returns.

        Raises:
            OSError: it could not be written.
        """
        write_whole(self._path(note.entry_id), [canonical(note).encode()])
        with self._lock:
            self._notes[note.entry_id] = note

    def drop(self, entry_id: EntryId) -> None:
        """Forget a job's note."""
        self._path(entry_id).unlink(missing_ok=True)
        with self._lock:
            self._notes.pop(entry_id, None)

    def used_uploads(self) -> frozenset[str]:
        """Return the uploads that jobs were made of."""
        return frozenset(note.upload_id for note in self.all() if not note.leaving)

    def _path(self, entry_id: EntryId) -> Path:
        return self._folder / f"{entry_id}.json"

    def _read(self) -> list[Note]:
        notes = []
        for path in self._folder.glob("*.json"):
            with contextlib.suppress(OSError, ContractError):  # a newer version's: not ours to show
                notes.append(from_text(Note, path.read_bytes()))
        return notes
