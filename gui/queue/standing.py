"""Work out from snapshots what rows say besides their entries; remembers what was said; no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gui.queue.guesses import Guesses
from gui.queue.rows import Standing, places_in_line
from gui.words.amounts import steady_left_s
from gui.words.errors import told
from orchestrator.desk.entries import Entry, EntryId, Trouble
from orchestrator.desk.snapshot import DeskSnapshot


class Stander:
    """Is given every snapshot in turn; what did not change stays the same object."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._guess = Guesses()
        self._entries: Sequence[Entry] | None = None
        self._places: Mapping[EntryId, int] = {}
        self._waiting_s: float | None = 0.0
        self._said: tuple[EntryId | None, float | None] = (None, None)

    def standing(self, snapshot: DeskSnapshot, kept: Mapping[EntryId, float]) -> Standing:
        """Return what rows say now."""
        if snapshot.entries is not self._entries:
            self._entries = snapshot.entries
            self._count(snapshot.entries)
        return Standing(
            places=self._places,
            looking=snapshot.looking,
            preparing=snapshot.preparing,
            running=snapshot.running,
            left_s=self._left_s(snapshot),
            paused=snapshot.paused,
            stopping=snapshot.stopping,
            kept=kept,
            guess=self._guess,
            sentence=sentence_of,
        )

    def left_of_queue_s(self, snapshot: DeskSnapshot) -> float | None:
        """Return about how long everything takes that waits or renders; None if nobody can tell."""
        running_s = self._said[1]
        if snapshot.running is None or running_s is None or self._waiting_s is None:
            return None
        return running_s + self._waiting_s

    def _count(self, entries: Sequence[Entry]) -> None:
        self._guess.follow(entries)
        places = places_in_line(entries)
        if places != self._places:
            self._places = places
        self._waiting_s = 0.0
        for entry in entries:
            if entry.state == "queued" and self._waiting_s is not None:
                guessed_s = self._guess(entry)
                self._waiting_s = None if guessed_s is None else self._waiting_s + guessed_s

    def _left_s(self, snapshot: DeskSnapshot) -> float | None:
        running = snapshot.running
        if running is None:
            self._said = (None, None)
            return None
        of, said_s = self._said
        before = said_s if of == running.entry_id else None
        self._said = (running.entry_id, steady_left_s(before, running.seen.left_s))
        return self._said[1]


def sentence_of(trouble: Trouble) -> str:
    """Return a trouble's sentence in the language in use."""
    return told(trouble.code, trouble.sentence, trouble.advice)[0]
