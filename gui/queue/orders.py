"""Tell the desk what the user asked for in the queue; no widget."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from gui.bridge import Bridge
from gui.licences import once_agreed
from gui.queue.actions import RunWord, renderable
from orchestrator.desk import changes
from orchestrator.desk.entries import Entry, EntryId, Output
from orchestrator.desk.snapshot import DeskSnapshot


class Orders:
    """Leaves word with the desk; what came of it is seen in the next snapshot."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge

    @property
    def _now(self) -> DeskSnapshot:
        return self._bridge.snapshot

    # -- the whole queue ---------------------------------------------------------------------

    def run(self, word: RunWord) -> None:
        """Do what the main button said."""
        match word:
            case "render_all":
                self.render(renderable(self._now.entries))
            case "pause":
                self._bridge.tell(lambda desk: desk.pause())
            case "go_on" | "keep_going":
                self._bridge.tell(lambda desk: desk.go_on())
            case "finishing" | "nothing":
                return

    def stop_after(self) -> None:
        """Begin no further video."""
        self._bridge.tell(lambda desk: desk.stop_after_current())

    def stop_now(self) -> None:
        """Let the running one rest at once."""
        self._bridge.tell(lambda desk: desk.stop_now())

    # -- some videos -------------------------------------------------------------------------

    def render(self, entries: Collection[Entry]) -> None:
        """Have videos rendered; a queue that is paused and at rest goes on for it."""
        once_agreed(self._bridge, entries, lambda: self._render(_ids(entries)))

    def _render(self, ids: tuple[EntryId, ...]) -> None:
        self._bridge.tell(lambda desk: desk.queue(ids))
        if self._now.paused and not any(e.state == "rendering" for e in self._now.entries):
            self._bridge.tell(lambda desk: desk.go_on())

    def retry(self, entries: Collection[Entry]) -> None:
        """Look again at what was refused, render again what failed."""
        ids = _ids(entries)
        once_agreed(self._bridge, entries, lambda: self._bridge.tell(lambda desk: desk.retry(ids)))

    def again(self, entries: Collection[Entry]) -> None:
        """Render finished videos once more."""
        ids = _ids(entries)
        self._change("again", lambda now: changes.again(now, ids))

    def cancel(self, entries: Collection[Entry]) -> None:
        """Give up renders, or take videos out of the line."""
        waiting = _ids(e for e in entries if e.state != "rendering")
        if waiting:
            self._change("cancel", lambda now: changes.unqueued(now, waiting))
        for entry in entries:
            if entry.state == "rendering":
                self._cancel(entry.entry_id)

    def _cancel(self, entry_id: EntryId) -> None:
        self._bridge.tell(lambda desk: desk.cancel(entry_id))

    def duplicate(self, entries: Collection[Entry]) -> None:
        """Put a fresh draft with the same settings after each."""
        ids = _ids(entries)
        self._bridge.tell(lambda desk: desk.duplicate(ids))

    def remove(self, entries: Collection[Entry]) -> None:
        """Take videos out of the queue; the files stay."""
        ids = _ids(entries)
        self._change("remove", lambda now: changes.removed(now, ids))

    def set_urgent(self, entries: Collection[Entry], *, urgent: bool) -> None:
        """Have videos rendered before all that are not urgent, or not any more."""
        ids = _ids(entries)
        self._change("urgent", lambda now: changes.urged(now, ids, urgent=urgent))

    def move(self, ids: Collection[EntryId], before: EntryId | None) -> None:
        """Put videos before another one, or last."""
        ids = frozenset(ids)
        self._change("move", lambda now: changes.moved(now, ids, before))

    def rename_output(self, entry: Entry, name: str | None) -> None:
        """Call the finished file ``name``; None is as the source is called."""
        output = replace(entry.output, name=name)
        self._change("output", lambda now: changes.with_output(now, {entry.entry_id}, output))

    def add(self, paths: Sequence[Path], before: EntryId | None) -> None:
        """Put files in the queue at a place."""
        output = Output(folder=self._bridge.settings.output_folder)
        self._bridge.tell(lambda desk: desk.add(paths, output=output, before=before))

    def undo(self) -> None:
        """Take the last change back."""
        self._bridge.tell(lambda desk: desk.undo())

    def _change(self, name: str, change: changes.Change) -> None:
        self._bridge.tell(lambda desk: desk.change(name, change))


def _ids(entries: Iterable[Entry]) -> tuple[EntryId, ...]:
    return tuple(entry.entry_id for entry in entries)
