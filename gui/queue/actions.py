"""Decide what can be done with chosen videos, and where they go when they are moved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from orchestrator.desk.changes import URGEABLE
from orchestrator.desk.entries import Entry, EntryId, EntryState
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.engines import needs_cast

Action = Literal[
    "render",
    "retry",
    "again",
    "cancel",
    "stop_after",
    "stop_now",
    "duplicate",
    "remove",
    "up",
    "down",
    "top",
    "bottom",
    "play",
    "show",
    "copy_error",
    "copy_address",
    "rename",
    "urgent",
    "select_all",
]
RunWord = Literal["render_all", "pause", "go_on", "keep_going", "finishing", "nothing"]
"""What the main button does now.

``render_all``: begins all that are cast.  ``pause``: the running one rests after the piece in
hand.  ``go_on``: begins renders again.  ``keep_going``: takes back that the queue stops after this
video.  ``finishing``: nothing, it is finishing the piece in hand.  ``nothing``: there is nothing to
render.
"""

_BEGINS: frozenset[EntryState] = frozenset({"ready", "stopped", "cancelled"})
_GOES_ON: frozenset[EntryState] = frozenset({"rendering", "queued", "stopped"})
_RENAMES: frozenset[EntryState] = frozenset({"new", "ready", "stopped", "failed", "cancelled"})


def acts_on(action: Action, chosen: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return those of ``chosen`` that ``action`` would do something to."""
    return tuple(entry for entry in chosen if _fits(action, entry))


def can(action: Action, chosen: Sequence[Entry], snapshot: DeskSnapshot) -> bool:
    """Whether ``action`` would do something to ``chosen`` now."""
    match action:
        case "select_all":
            return bool(snapshot.entries)
        case "stop_after":
            return _is_running(snapshot) and not snapshot.paused
        case "stop_now":
            return _is_running(snapshot)
        case "play" | "show" | "rename" | "copy_address":
            return len(chosen) == 1 and _fits(action, chosen[0])
        case "up" | "top":
            return bool(chosen) and not _is_at_start(chosen, snapshot.entries)
        case "down" | "bottom":
            return bool(chosen) and not _is_at_end(chosen, snapshot.entries)
        case _:
            return any(_fits(action, entry) for entry in chosen)


def _fits(action: Action, entry: Entry) -> bool:
    match action:
        case "render":
            return is_renderable(entry)
        case "retry":
            return entry.state in ("refused", "failed")
        case "again":
            return entry.state == "done"
        case "cancel":
            return entry.state in ("queued", "rendering") or renders_once_looked(entry)
        case "stop_after" | "stop_now":
            return entry.state == "rendering"
        case "remove":
            return entry.state != "rendering"
        case "play":
            return entry.state == "done" and entry.result is not None
        case "copy_error":
            return entry.trouble is not None
        case "copy_address":
            is_elsewhere = entry.where.kind != "here" and entry.job_id is not None
            return is_elsewhere and entry.state in _GOES_ON
        case "rename":
            return entry.state in _RENAMES
        case "urgent":
            return entry.state in URGEABLE
        case _:
            return True


def are_urgent(chosen: Sequence[Entry]) -> bool:
    """Whether all of ``chosen`` that can be urgent are: then they can be made so no more."""
    fitting = acts_on("urgent", chosen)
    return bool(fitting) and all(entry.urgent for entry in fitting)


def is_renderable(entry: Entry) -> bool:
    """Whether Render would begin it, or have it begin by itself once it was looked at."""
    if entry.state == "new":
        once = entry.once_looked
        will_be_cast = once is not None and once.cast_face is not None
        return not renders_once_looked(entry) and (_is_wished(entry) or will_be_cast)
    return entry.state in _BEGINS and _is_wished(entry)


def renderable(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return those that Render would begin; views that draw one snapshot share one look."""
    if _newest.entries is not entries:
        _newest.found = tuple(entry for entry in entries if is_renderable(entry))
        _newest.entries = entries
    return _newest.found


class _Looked:
    """Entries and which of them are renderable; used by the Qt thread alone."""

    entries: Sequence[Entry] = ()
    found: tuple[Entry, ...] = ()


_newest = _Looked()


def renders_once_looked(entry: Entry) -> bool:
    """Whether it begins by itself as soon as it was looked at."""
    return entry.state == "new" and entry.once_looked is not None and entry.once_looked.render


def _is_wished(entry: Entry) -> bool:
    """Whether there is something to render: a cast, or an engine that changes no face."""
    return bool(entry.casts) or not needs_cast(entry.look.engine, entry.look.settings)


def on_enter(entry: Entry) -> Action | None:
    """Return what the Enter key does to a video."""
    order: tuple[Action, ...] = ("play", "render", "retry")
    return next((action for action in order if _fits(action, entry)), None)


# -- the whole queue -----------------------------------------------------------------------


def run_word(snapshot: DeskSnapshot) -> RunWord:
    """Return what the main button of the queue does now."""
    if _is_running(snapshot):
        if snapshot.stopping:
            return "finishing"
        return "keep_going" if snapshot.paused else "pause"
    if snapshot.paused and any(entry.state == "queued" for entry in snapshot.entries):
        return "go_on"
    return "render_all" if renderable(snapshot.entries) else "nothing"


def _is_running(snapshot: DeskSnapshot) -> bool:
    return any(entry.state == "rendering" for entry in snapshot.entries)


# -- moving --------------------------------------------------------------------------------


def before_of(everything: Sequence[Entry], visible: Sequence[Entry], place: int) -> EntryId | None:
    """Return before which entry something goes that is put at ``place`` among the visible ones.

    None is the end of the queue.  Below the last visible one it goes just after that, not to
    the end of those that a filter hides.
    """
    if place < len(visible):
        return visible[max(0, place)].entry_id
    if not visible:
        return None
    last = visible[-1].entry_id
    at = next(n for n, entry in enumerate(everything) if entry.entry_id == last) + 1
    return everything[at].entry_id if at < len(everything) else None


def place_after_steps(
    visible: Sequence[Entry], chosen: Collection[EntryId], steps: int
) -> int | None:
    """Return at which place among the visible the chosen go when moved up (negative) or down."""
    rows = [n for n, entry in enumerate(visible) if entry.entry_id in chosen]
    if not rows:
        return None
    if steps < 0:
        return max(0, rows[0] + steps)
    return min(len(visible), rows[-1] + 1 + steps)


def place_at(y_px: int, row_px: int, count: int) -> int:
    """Return between which rows a drop at ``y_px`` from the first row's top falls."""
    return min(count, max(0, (y_px + row_px // 2) // row_px))


def _is_at_start(chosen: Sequence[Entry], entries: Sequence[Entry]) -> bool:
    ids = {entry.entry_id for entry in chosen}
    return all(entry.entry_id in ids for entry in entries[: len(ids)])


def _is_at_end(chosen: Sequence[Entry], entries: Sequence[Entry]) -> bool:
    ids = {entry.entry_id for entry in chosen}
    return all(entry.entry_id in ids for entry in entries[-len(ids) :])
