"""Run a desk in a test and wait for what it shows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from orchestrator.desk.desk import Desk
from orchestrator.desk.entries import Entry
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home

DEADLINE_S = 120.0


class Watcher:
    """Sees every snapshot of a desk and holds each to what is always so."""

    def __init__(self) -> None:
        self.all: list[DeskSnapshot] = []
        self._news = threading.Condition()

    def __call__(self, snapshot: DeskSnapshot) -> None:
        with self._news:
            self.all.append(snapshot)
            self._news.notify_all()

    @property
    def last(self) -> DeskSnapshot:
        return self.all[-1] if self.all else DeskSnapshot()

    def wait(self, is_so: Callable[[DeskSnapshot], object]) -> DeskSnapshot:
        """Return the newest snapshot once it is as wanted."""
        with self._news:
            if not self._news.wait_for(lambda: self.all and is_so(self.last), DEADLINE_S):
                raise AssertionError(f"it never came to that: {told(self.last)}")
            return self.last

    def wait_state(self, name: str, *states: str) -> Entry:
        """Return an entry once it is in one of ``states``."""

        def state_of(snapshot: DeskSnapshot) -> str:
            return next((e.state for e in snapshot.entries if e.entry_id == name), "")

        last = self.wait(lambda snapshot: state_of(snapshot) in states)
        return next(e for e in last.entries if e.entry_id == name)

    def check(self) -> None:
        """Check what holds of every snapshot that was seen."""
        for snapshot in self.all:
            ids = [each.entry_id for each in snapshot.entries]
            assert len(set(ids)) == len(ids), "an entry is doubled"
            rendering = [e.entry_id for e in snapshot.entries if e.state == "rendering"]
            assert len(rendering) <= 1, "two have their turn"
            for under_way in (snapshot.running, snapshot.preparing):
                assert under_way is None or rendering == [under_way.entry_id]


def told(snapshot: DeskSnapshot) -> str:
    """Return a snapshot in a few words, for a failed test."""
    entries = [(e.entry_id[-4:], e.state, e.trouble) for e in snapshot.entries]
    doing = (snapshot.looking, snapshot.preparing, snapshot.running and snapshot.running.seen.phase)
    return f"{entries}, doing {doing}, paused {snapshot.paused}, trouble {snapshot.trouble}"


@contextmanager
def open_desk(home: Home, **more) -> Iterator[tuple[Desk, Watcher]]:
    """Give a desk that was started, and close it at the end."""
    watcher = Watcher()
    desk = Desk(home, watcher, **more)
    desk.start()
    try:
        watcher.wait(lambda snapshot: snapshot.loaded)
        yield desk, watcher
    finally:
        desk.close()
    assert desk.join(0.1), "the desk did not end"
    watcher.check()
