"""Put right who is who, and remember how to take each step back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gui.bridge import Bridge
from gui.cast.casting_of import Merge, with_merge
from orchestrator.casting import Correction
from orchestrator.desk.cards import Corrections
from orchestrator.desk.entries import EntryId
from orchestrator.desk.snapshot import DeskSnapshot

Kind = str
"""``merge``, ``split``, ``part`` or ``name``."""


@dataclass(slots=True)
class _Step:
    kind: Kind
    before: list[Corrections] = field(default_factory=list)
    """What was put right before, once the desk has come to it."""
    corrections: int = 0
    """Steps in the desk's own undo."""
    desk_name: str = ""


class BoardActs:
    """Does what the board asks for; the last step can be taken back."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._steps: list[_Step] = []

    def merge(self, merge: Merge) -> None:
        """Make one person of several."""
        step = _Step("merge")
        for entry_id, correction in merge.corrections:
            self._correct(step, entry_id, correction)
        if len(merge.keys) > 1 or merge.name:
            self._put_right(step, lambda before: with_merge(before, merge))
        self._steps.append(step)

    def split(self, entry_id: EntryId, correction: Correction) -> None:
        """Make a new person of some appearances of one."""
        step = _Step("split")
        self._correct(step, entry_id, correction)
        self._steps.append(step)

    def put_right(self, kind: Kind, change: Callable[[Corrections], Corrections]) -> None:
        """Change names, links or partings."""
        step = _Step(kind)
        self._put_right(step, change)
        self._steps.append(step)

    def undoable(self, snapshot: DeskSnapshot) -> Kind | None:
        """Return what the last step was, if nothing was changed in the queue since."""
        if not self._steps:
            return snapshot.put_right_undo or None  # what an earlier session did
        last = self._steps[-1]
        if last.corrections and snapshot.undo != last.desk_name:
            return None  # the queue's own Undo would take back something else
        return last.kind

    def undo(self) -> None:
        """Take the last step back."""
        step = self._steps.pop() if self._steps else _Step("")
        for _ in range(step.corrections):
            self._bridge.tell(lambda desk: desk.undo())
        before = step.before[0] if step.before else None
        if not step.corrections:
            self._bridge.tell(lambda desk: desk.put_right_back(before))
        elif before is not None:
            self._bridge.tell(lambda desk: desk.put_right(lambda _: before))

    def _correct(self, step: _Step, entry_id: EntryId, correction: Correction) -> None:
        step.corrections += 1
        step.desk_name = correction.kind
        self._bridge.tell(lambda desk: desk.correct(entry_id, correction))

    def _put_right(self, step: _Step, change: Callable[[Corrections], Corrections]) -> None:
        def remembered(before: Corrections) -> Corrections:
            step.before.append(before)
            return change(before)

        # The desk's own undo ends with the session: what hangs on it is not offered after.
        name = "" if step.corrections else step.kind
        self._bridge.tell(lambda desk: desk.put_right(remembered, name))
