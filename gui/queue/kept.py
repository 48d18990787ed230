"""Find out how much of each resting render is kept, one after the other, off the Qt thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.chunks.resting import Resting, read_resting
from orchestrator.desk.entries import Entry, EntryId, EntryState

_AT_REST: frozenset[EntryState] = frozenset({"stopped", "queued", "failed"})


class Kept(QObject):
    """Keeps the shares of renders that rest.

    Signals:
        read: one more is known; see :attr:`shares`.
    """

    read = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._read: dict[EntryId, Entry] = {}
        self._waiting: list[Entry] = []
        self._is_reading = False
        self.shares: Mapping[EntryId, float] = {}
        """From 0 to 1; a new object whenever it changes."""

    def follow(self, entries: Sequence[Entry]) -> None:
        """Read what rests now and was not read since it came to rest."""
        resting = [e for e in entries if e.job_id is not None and e.state in _AT_REST]
        if not resting and not self.shares:
            return
        here = {entry.entry_id: entry for entry in resting}
        self._read = {i: entry for i, entry in self._read.items() if here.get(i) is entry}
        kept = {i: share for i, share in self.shares.items() if i in here}
        if len(kept) != len(self.shares):
            self.shares = kept
        self._waiting = [entry for entry in resting if entry.entry_id not in self._read]
        self._read_next()

    def _read_next(self) -> None:
        if self._is_reading or not self._waiting:
            return
        entry = self._waiting.pop(0)
        self._read[entry.entry_id] = entry
        self._is_reading = True
        home, job_id = self._bridge.home, entry.job_id
        assert job_id is not None  # noqa: S101  # only such are followed
        self._bridge.run(
            lambda: read_resting(home, job_id),
            lambda resting: self._on_read(entry, resting),
            lambda _: self._on_read(entry, None),  # the row says then that what is done is kept
        )

    def _on_read(self, entry: Entry, resting: Resting | None) -> None:
        self._is_reading = False
        if resting is not None and self._read.get(entry.entry_id) is entry:
            self.shares = {**self.shares, entry.entry_id: resting.share}
            self.read.emit()
        self._read_next()
