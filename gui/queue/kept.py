"""Find out how much of each resting render is kept, one after the other, off the Qt thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.chunks.resting import Resting, read_resting
from orchestrator.desk.entries import Entry, EntryId, EntryState

_MOST_KEPT = 500
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

    def want(self, entries: Sequence[Entry]) -> None:
        """Read what rests of the ``entries`` in sight and was not read since it came to rest."""
        resting = [e for e in entries if e.job_id is not None and e.state in _AT_REST]
        self._waiting = [e for e in resting if self._read.get(e.entry_id) is not e]
        self._read_next()

    def _read_next(self) -> None:
        if self._is_reading or not self._waiting:
            return
        entry = self._waiting.pop(0)
        self._forget_the_oldest()
        self._read[entry.entry_id] = entry
        self._is_reading = True
        home, job_id = self._bridge.home, entry.job_id
        assert job_id is not None  # noqa: S101  # only such are followed
        self._bridge.run(
            lambda: read_resting(home, job_id),
            lambda resting: self._on_read(entry, resting),
            lambda _: self._on_read(entry, None),  # the row says then that what is done is kept
        )

    def _forget_the_oldest(self) -> None:
        if len(self._read) >= _MOST_KEPT:
            self._read.pop(next(iter(self._read)))

    def _on_read(self, entry: Entry, resting: Resting | None) -> None:
        self._is_reading = False
        if resting is not None and self._read.get(entry.entry_id) is entry:
            known = {i: share for i, share in self.shares.items() if i in self._read}
            self.shares = {**known, entry.entry_id: resting.share}
            self.read.emit()
        self._read_next()
