"""Be a desk in a process of its own that adds, reorders and renders until it is killed.

Before each change it writes down the order that is to come of it, and afterwards, when the desk
has shown it, that this is so.
"""

from __future__ import annotations

import json
import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from orchestrator.desk import changes
from orchestrator.desk.desk import Desk
from orchestrator.desk.entries import EntryId, Look
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home

IDENTITY = Look(engine="identity")
_SHOWN_S = 60.0


class Child:
    """Changes the queue as a user in a hurry would."""

    def __init__(self, home: Home, clips: list[Path], entries: int, seed: int) -> None:
        self._clips, self._entries, self._chance = clips, entries, random.Random(seed)
        self._log = (home.root / "said.jsonl").open("a")
        self._news = threading.Condition()
        self._last = DeskSnapshot()
        self.desk = Desk(home, self._show)

    def run(self, *, for_ever: bool) -> int:
        """Go on until every entry is there and the first is rendered, or for ever."""
        self.desk.start()
        self._wait(lambda last: last.loaded)
        if not self._last.entries:
            self._add(self._clips[0])
        self._ask_for_one()
        while for_ever or not self._is_done():
            if len(self._last.entries) < self._entries and self._chance.random() < 0.6:
                self._add(self._chance.choice(self._clips))
            else:
                self._move()
        self.desk.close()
        return 0

    def _ask_for_one(self) -> None:
        """Have the first clip rendered, unless that is written: a kill may have come before it."""
        entries = self._last.entries
        is_asked = any(e.state not in ("new", "ready") or e.once_looked for e in entries)
        if not is_asked:
            first = next(e for e in entries if e.source == str(self._clips[0]))
            self.desk.queue([first.entry_id])

    def _is_done(self) -> bool:
        states = [each.state for each in self._last.entries]
        assert "failed" not in states, self._last
        return len(states) >= self._entries and "done" in states and "new" not in states

    def _add(self, clip: Path) -> EntryId:
        """Add through the desk as the window does; the id is known only afterwards."""
        before = [each.entry_id for each in self._last.entries]
        (made,) = self.desk.add([clip], look=IDENTITY)
        self._follow("to be", [*before, made])
        return made

    def _move(self) -> None:
        ids = [each.entry_id for each in self._last.entries]
        moved = set(self._chance.sample(ids, k=min(2, len(ids))))
        before = self._chance.choice([*ids, None])
        after = changes.moved(self._last.entries, moved, before)
        order = [each.entry_id for each in after]
        self._say("to be", order)
        self.desk.change("move", lambda now: changes.moved(now, moved, before))
        self._follow("", order)

    def _follow(self, said: str, order: list[EntryId]) -> None:
        if said:
            self._say(said, order)
        self._wait(lambda last: [each.entry_id for each in last.entries] == order)
        self._say("is", order)

    def _say(self, what: str, order: list[EntryId]) -> None:
        self._log.write(json.dumps([what, order]) + "\n")
        self._log.flush()

    def _show(self, snapshot: DeskSnapshot) -> None:
        with self._news:
            self._last = snapshot
            self._news.notify_all()

    def _wait(self, is_so: Callable[[DeskSnapshot], object]) -> None:
        with self._news:
            assert self._news.wait_for(lambda: is_so(self._last), _SHOWN_S), self._last


def main(root: str, entries: str, seed: str, how_long: str, *clips: str) -> int:
    child = Child(Home(Path(root)), [Path(clip) for clip in clips], int(entries), int(seed))
    return child.run(for_ever=how_long == "for ever")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
