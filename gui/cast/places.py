"""Keep where people appear, read once a video, for the views that draw or jump."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.cast.whereabouts import Whereabouts, whereabouts
from orchestrator.casting import Correction
from orchestrator.desk.entries import Entry

if TYPE_CHECKING:
    from orchestrator.desk.shelf import Shelf

_Key = tuple[str, tuple[Correction, ...]]


class Places(QObject):
    """Tells where people appear; what is not known yet is read, and announced.

    Signals:
        changed: some video's people are known now.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        """Prepare; nothing is read until it is asked for."""
        super().__init__(parent)
        self._bridge = bridge
        self._known: dict[_Key, Mapping[str, Whereabouts]] = {}
        self._asked: set[_Key] = set()
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None

    def of(self, entry: Entry, person_id: str) -> Whereabouts | None:
        """Return where a person of a video appears, or None until it was read."""
        if entry.facts is None:
            return None
        key = (str(entry.facts.digest), entry.corrections)
        if key not in self._known and key not in self._asked:
            self._asked.add(key)
            self._bridge.run(lambda: self._read(key), lambda found: self._take(key, found))
        return self._known.get(key, {}).get(person_id)

    def first_of(self, entry: Entry, person_id: str, then: Callable[[int], None]) -> None:
        """Hear the first frame on which a person is seen."""
        known = self.of(entry, person_id)
        if known is not None:
            then(known.first)
            return
        assert entry.facts is not None  # noqa: S101  # a person was found in it
        key = (str(entry.facts.digest), entry.corrections)

        def tell(found: Mapping[str, Whereabouts]) -> None:
            if person_id in found:
                then(found[person_id].first)

        self._bridge.run(lambda: self._read(key), tell)

    def try_correction(
        self,
        entry: Entry,
        correction: Correction,
        then: Callable[[], None],
        otherwise: Callable[[Exception], None],
    ) -> None:
        """Hear whether the people of a video can be put right so, before it is done."""
        assert entry.facts is not None  # noqa: S101  # people were found in it
        digest, before = entry.facts.digest, entry.corrections

        def attempt() -> None:
            from orchestrator.casting import corrected

            looks = self._open().people(digest, before)
            if looks is not None:
                corrected(looks.scan, (correction,))

        self._bridge.run(attempt, lambda _: then(), otherwise)

    def _read(self, key: _Key) -> Mapping[str, Whereabouts]:
        return whereabouts(self._open(), *key)

    def _open(self) -> Shelf:
        from orchestrator.desk.shelf import Shelf

        with self._lock:
            if self._shelf is None:
                self._shelf = Shelf(self._bridge.home)
            return self._shelf

    def _take(self, key: _Key, found: Mapping[str, Whereabouts]) -> None:
        self._asked.discard(key)
        self._known[key] = found
        self.changed.emit()
