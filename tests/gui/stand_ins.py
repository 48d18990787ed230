"""Be the places of the window for tests of the window itself: plain widgets that remember."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QWidget

from gui.bridge import Bridge
from gui.cloud.account import CloudAccount
from gui.places import Places
from orchestrator.desk.entries import EntryId
from orchestrator.desk.snapshot import DeskSnapshot


class _Remembers(QLabel):
    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(type(self).__name__, parent)
        self.told: list[tuple[str, Any]] = []
        self.drawn: list[DeskSnapshot] = []

    def draw(self, snapshot: DeskSnapshot) -> None:
        self.drawn.append(snapshot)

    def look_at(self, what: Any) -> None:
        self.told.append(("look_at", what))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *given: self.told.append((name, given[0] if given else None))


class Queue(_Remembers):
    selection_changed = Signal(object)
    add_asked = Signal()
    play_asked = Signal(object)
    presets_asked = Signal(object)
    account_asked = Signal()
    can_changed = Signal()
    chosen: tuple[EntryId, ...] = ()

    def is_urgent(self) -> bool:
        return False

    def selected(self) -> tuple[EntryId, ...]:
        return self.chosen

    def can(self, action: str) -> bool:
        return bool(self.chosen)


class Stage(_Remembers):
    person_picked = Signal(object)
    frame_changed = Signal(int)
    can_changed = Signal()

    def highlight(self, person_id: str | None) -> None:
        self.told.append(("highlight", person_id))

    def go_to(self, frame: int) -> None:
        self.told.append(("go_to", frame))

    def play_part(self, start: int, end: int) -> None:
        self.told.append(("play_part", (start, end)))


class Chunks(_Remembers):
    part_chosen = Signal(int, int)
    frame_hovered = Signal(int)


class Inspector(_Remembers):
    person_picked = Signal(object)
    jump_asked = Signal(int)
    faces_asked = Signal()
    account_asked = Signal()
    cluster_asked = Signal()
    engine_asked = Signal()
    engine_found = Signal()

    def highlight(self, person_id: str | None) -> None:
        self.told.append(("highlight", person_id))


def make_places(bridge: Bridge, parent: QWidget) -> Iterator[Places | None]:
    """Make them in two steps, as the real ones are made in several."""
    yield None
    yield Places(  # type: ignore[arg-type]  # stand-ins have the faces the window uses
        Queue(bridge, parent),
        Stage(bridge, parent),
        Chunks(bridge, parent),
        Inspector(bridge, parent),
        QObject(parent),
        CloudAccount(bridge, parent),
    )
