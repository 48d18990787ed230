"""Show the whole desk at one moment: frozen, so that a view can hold it as long as it likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from orchestrator.desk.cards import Card
from orchestrator.desk.entries import Entry, EntryId, Trouble
from orchestrator.desk.rented import Rented
from orchestrator.snapshot import Snapshot
from remote_worker.contract.records import JobId

Work = Literal["probing", "picturing", "finding faces", "checking content", "preparing", "settling"]
"""``settling``: the video is done, and it is looked at what is left at rented machines."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What is being done with an entry before it renders."""

    entry_id: EntryId
    work: Work
    done: int = 0
    total: int = 0
    """0 while nobody knows."""


@dataclass(frozen=True, slots=True)
class Running:
    """The render that has its turn."""

    entry_id: EntryId
    job_id: JobId
    began_s: float
    """By the monotonic clock."""
    seen: Snapshot
    rented: Rented | None = None
    """The machines it rents; None while it rents none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSnapshot:
    """Everything the window draws."""

    entries: tuple[Entry, ...] = ()
    loaded: bool = False
    """Whether the queue was read from disk yet."""
    looking: Doing | None = None
    preparing: Doing | None = None
    running: Running | None = None
    paused: bool = False
    """No further entry begins."""
    stopping: bool = False
    """The running render was told to rest and is finishing what it has in hand."""
    cards: tuple[Card, ...] = ()
    undo: str = ""
    """Name of the change that would be taken back; empty when there is none."""
    redo: str = ""
    put_right_undo: str = ""
    """Name of the step of putting people right that would be taken back; empty: none."""
    trouble: Trouble | None = None
    """Why the queue itself cannot be kept; None while all is well."""

    def entry(self, entry_id: EntryId | None) -> Entry | None:
        """Return an entry by its id, or None."""
        return next((e for e in self.entries if e.entry_id == entry_id), None)
