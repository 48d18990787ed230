"""Guess how long renders take that did not begin, for thousands of them at once; no Qt."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.desk.entries import Entry
from orchestrator.desk.estimate import estimate_s, frames_of

_MOST_TOLD = 200
"""So many of the newest results are looked at; the estimate itself takes fewer."""
_Kind = tuple[str, str, bool]


class Guesses:
    """Remembers how fast each kind of render was until something else is finished."""

    def __init__(self) -> None:
        self._done: list[Entry] = []
        self._rates: dict[_Kind, float | None] = {}
        """Seconds for each pixel of each frame."""

    def follow(self, entries: Sequence[Entry]) -> None:
        """Learn from what is finished by now."""
        done = [entry for entry in entries if entry.result is not None]
        done.sort(key=lambda entry: entry.result.finished_at if entry.result else "")
        done = done[-_MOST_TOLD:]
        if [entry.result for entry in done] != [entry.result for entry in self._done]:
            self._rates.clear()
        self._done = done

    def __call__(self, entry: Entry) -> float | None:
        """Return about how many seconds a render takes; None when nothing is known."""
        work = _pixels_of(entry)
        if not work:
            return None
        kind = (entry.look.engine, entry.output.codec, entry.output.hardware)
        if kind not in self._rates:
            told_s = estimate_s(entry, self._done)
            self._rates[kind] = None if told_s is None else told_s / work
        rate = self._rates[kind]
        return None if rate is None else rate * work


def _pixels_of(entry: Entry) -> int:
    facts = entry.facts
    if facts is None:
        return 0
    is_whole = entry.trim_in is None and entry.trim_out is None
    frames = facts.frame_count if is_whole else frames_of(entry)  # fractions take their time
    return frames * facts.width_px * facts.height_px
