"""Be the bridge for a view under test: intents are played on entries, calls run in place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gui.bridge import Bridge
from orchestrator.casting import Correction
from orchestrator.desk import changes
from orchestrator.desk.cards import Corrections
from orchestrator.desk.entries import Entry, EntryId, Look, Output
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home


class DeskOnPaper:
    """Has the desk's methods; changes happen at once and orders are written down."""

    def __init__(self, bridge: FakeBridge) -> None:
        self._bridge = bridge
        self.orders: list[tuple[str, Any]] = []
        self.put_right_now = Corrections()
        self.put_right_steps: list[tuple[str, Corrections]] = []

    def change(self, name: str, change: Callable[[changes.Entries], changes.Entries]) -> None:
        self.orders.append(("change", name))
        now = self._bridge.snapshot
        self._bridge.show(replace(now, entries=change(now.entries)))

    def add(
        self,
        sources: Sequence[Path],
        *,
        look: Look | None = None,
        output: Output | None = None,
        before: EntryId | None = None,
    ) -> None:
        self.orders.append(("add", tuple(sources)))
        new = [
            Entry(
                entry_id=EntryId(f"e{len(self._bridge.snapshot.entries) + number}"),
                source=str(source),
                added_at="2026-01-01T00:00:00+00:00",
                look=look or Look(),
                output=output or Output(),
            )
            for number, source in enumerate(sources)
        ]
        now = self._bridge.snapshot
        self._bridge.show(replace(now, entries=changes.added(now.entries, new, before)))

    def correct(self, entry_id: EntryId, correction: Correction) -> None:
        self.orders.append(("correct", correction))
        self.change(correction.kind, lambda e: changes.corrected(e, entry_id, correction))

    def put_right(self, change: Callable[[Corrections], Corrections], name: str = "") -> None:
        step = (name, self.put_right_now)
        self.put_right_steps = [*self.put_right_steps, step] if name else []
        self.put_right_now = change(self.put_right_now)
        self.orders.append(("put_right", self.put_right_now))
        self._say_steps()

    def put_right_back(self, to: Corrections | None = None) -> None:
        assert to in (None, self.put_right_steps[-1][1])
        if self.put_right_steps:
            _, self.put_right_now = self.put_right_steps.pop()
        self.orders.append(("put_right", self.put_right_now))
        self._say_steps()

    def _say_steps(self) -> None:
        name = self.put_right_steps[-1][0] if self.put_right_steps else ""
        self._bridge.show(replace(self._bridge.snapshot, put_right_undo=name))

    def queue(self, ids: Collection[EntryId]) -> None:
        self.orders.append(("queue", tuple(ids)))
        self.change("render", lambda entries: changes.queued(entries, ids))

    def duplicate(self, ids: Collection[EntryId]) -> tuple[EntryId, ...]:
        names = tuple(EntryId(f"{each}-copy") for each in ids)
        self.change("duplicate", lambda entries: changes.duplicated(entries, ids, names))
        return names

    def retry(self, ids: Collection[EntryId]) -> None:
        self.change("retry", lambda entries: changes.retried(entries, ids))

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name not in (
            "undo", "redo", "focus", "pause", "stop_after_current", "stop_now", "go_on", "cancel",
        ):  # fmt: skip
            raise AttributeError(name)
        return lambda *given: self.orders.append((name, given[0] if given else None))


class FakeBridge(Bridge):
    """A bridge whose desk is on paper; everything happens before the call returns."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.desk = DeskOnPaper(self)
        self.errands = 0

    def show(self, snapshot: DeskSnapshot) -> None:
        """Announce a snapshot at once."""
        self.snapshot = snapshot
        self.changed.emit(snapshot)

    def tell(self, intent: Callable[[Any], Any]) -> None:
        intent(self.desk)

    def run(self, call: Any, then: Any = None, otherwise: Any = None) -> None:
        self.errands += 1
        self._run_in_place(call, then, otherwise)

    def _run_in_place(self, call: Any, then: Any, otherwise: Any) -> None:
        try:
            answer = call()
        except Exception as error:
            self._fail(error, otherwise)
            return
        if then is not None:
            then(answer)
