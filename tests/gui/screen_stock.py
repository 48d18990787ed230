"""Make what screens are taken of, once: the demo's real footage, looked at and rendered."""

from __future__ import annotations

import pickle
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av

from orchestrator.desk.demo import add_demo, prepare_demo
from orchestrator.desk.desk import Desk
from orchestrator.desk.entries import Entry, EntryId
from orchestrator.desk.snapshot import DeskSnapshot, Running
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.prepare import faces_of
from orchestrator.sources import Consent, statement

RESOURCES = Path(__file__).parents[2] / "resources"
_STOCK = "screens.pickle"
_DEADLINE_S = 600.0
_SECOND_FACE = "Michael"


@dataclass(frozen=True, slots=True)
class Stock:
    """What is real on the screens."""

    demo: Entry
    """The demo's video, rendered."""
    snapshot: DeskSnapshot
    rendering: Running
    """The same render about half way."""


def stock(home: Home) -> Stock:
    """Return what was made in ``home``; it is made when it is not there yet."""
    kept = home.root / _STOCK
    if not kept.is_file():
        kept.write_bytes(pickle.dumps(_made(home)))
    made = pickle.loads(kept.read_bytes())  # noqa: S301  # written above, by this file
    assert isinstance(made, Stock)
    return made


def _made(home: Home) -> Stock:
    demo = prepare_demo(home, lambda done, total: None)
    faces_of(home).add(_SECOND_FACE, [RESOURCES / "demo" / "collins.jpg"], _consent())
    seen = _Seen()
    desk = Desk(home, seen.hear, workers=lambda: 2)
    desk.start()
    try:
        entry_id = add_demo(desk, demo)
        seen.wait(lambda now: _state(now, entry_id) == "ready" and bool(now.cards))
        desk.queue({entry_id})
        seen.wait(lambda now: _state(now, entry_id) in ("done", "failed"))
    finally:
        desk.close()
    entry = seen.now.entry(entry_id)
    assert entry is not None
    assert entry.state == "done", entry.trouble
    return Stock(entry, seen.now, seen.half_way())


def _consent() -> Consent:
    return Consent(
        stated_by="Ada Lovelace",
        basis="permission",
        statement=statement("permission"),
        stated_at="2026-03-14T09:26:53+00:00",
        note="Signed release of 12 March, in the production folder.",
    )


def save_frame(video: Path, to: Path) -> None:
    """Save the first frame of a video as a picture."""
    with av.open(str(video)) as opened:
        next(opened.decode(video=0)).to_image().save(to)


class _Seen:
    """What the desk said, kept for whoever waits for it."""

    def __init__(self) -> None:
        self.now = DeskSnapshot()
        self._running: list[Running] = []
        self._changed = threading.Condition()

    def hear(self, snapshot: DeskSnapshot) -> None:
        with self._changed:
            self.now = snapshot
            if snapshot.running is not None and snapshot.running.seen.phase is Phase.RENDERING:
                self._running.append(snapshot.running)
            self._changed.notify_all()

    def wait(self, is_so: Callable[[DeskSnapshot], bool]) -> None:
        give_up_s = time.monotonic() + _DEADLINE_S
        with self._changed:
            while not is_so(self.now):
                left_s = give_up_s - time.monotonic()
                assert left_s > 0, "the desk did not come to it in time"
                self._changed.wait(left_s)

    def half_way(self) -> Running:
        total = max(each.seen.frames_total for each in self._running)
        return min(self._running, key=lambda each: abs(each.seen.frames_done - total / 2))


def _state(snapshot: DeskSnapshot, entry_id: EntryId) -> str:
    entry = snapshot.entry(entry_id)
    return entry.state if entry is not None else ""
