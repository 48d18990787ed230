"""Decide what a row of the queue says, and which rows are shown; no widget, no painting."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from gui.cloud import words as cloud_words
from gui.words import amounts, states
from gui.words.money import usd
from orchestrator.desk.entries import Entry, EntryId, EntryState, Trouble
from orchestrator.desk.rented import Rented
from orchestrator.desk.snapshot import Doing, Running
from orchestrator.engines import needs_cast
from orchestrator.job import Phase
from orchestrator.snapshot import Snapshot
from remote_worker.contract.records import Digest

Tone = Literal["muted", "text", "accent_text", "good", "warning", "danger"]
"""The palette's colour of a row's state line; the icon says the same without colour."""
Filter = Literal["all", "todo", "done", "trouble"]
Guess = Callable[[Entry], float | None]
"""Returns about how long a render would take, in seconds, or None when nobody can tell."""

IN_TROUBLE: frozenset[EntryState] = frozenset({"refused", "failed"})


def no_guess(entry: Entry) -> float | None:
    """Return nothing: how long it takes is not known."""
    del entry
    return None


def as_told(trouble: Trouble) -> str:
    """Return the sentence as the desk told it."""
    return trouble.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What rows say besides what their entries know."""

    places: Mapping[EntryId, int] = field(default_factory=dict)
    """Who waits as the how-manieth, from 1."""
    looking: Doing | None = None
    preparing: Doing | None = None
    running: Running | None = None
    left_s: float | None = None
    """What is said of the running render; steadier than what its snapshot says."""
    paused: bool = False
    stopping: bool = False
    kept: Mapping[EntryId, float] = field(default_factory=dict)
    """Share of a resting render that is kept, where that was read."""
    guess: Guess = no_guess
    sentence: Callable[[Trouble], str] = as_told
    """Says a trouble in the language in use."""

    def touched(self) -> tuple[EntryId, ...]:
        """Return whose rows change though their entries stay the same."""
        parts = (self.looking, self.preparing, self.running)
        return tuple(part.entry_id for part in parts if part is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Everything that is drawn of one video."""

    entry_id: EntryId
    name: str
    path: str
    line: str
    icon: str
    tone: Tone
    short: str = ""
    """What is said instead where ``line`` does not fit; empty: as much of it as fits."""
    badge: str = ""
    """Its length; empty until that is known."""
    digest: Digest | None = None
    """Names its thumbnail."""
    people: int | None = None
    share: float | None = None
    """From 0 to 1 while something goes on; None when there is no bar to draw."""
    urgent: bool = False
    """Whether it is marked as going before the others; over, it is not."""
    begun: bool = False
    """Whether the bar is that of a render, which moves on, or rests with something kept."""

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        people = "" if self.people is None else amounts.people(self.people)
        share = "" if self.share is None else amounts.percent(self.share)
        urgent = states.urgent() if self.urgent else ""
        parts = (self.name, urgent, self.line, share, people, self.badge)
        return ", ".join(part for part in parts if part)


def places_in_line(entries: Iterable[Entry]) -> dict[EntryId, int]:
    """Return who waits for a turn, as the how-manieth."""
    waiting = (entry.entry_id for entry in entries if entry.state == "queued")
    return {entry_id: number for number, entry_id in enumerate(waiting, 1)}


def name_of(entry: Entry) -> str:
    """Return the file's name."""
    return os.path.basename(entry.source)  # noqa: PTH119  # ten times as fast as Path, a row each


def fits(entry: Entry, wanted: Filter) -> bool:
    """Whether an entry is among those that the filter shows."""
    match wanted:
        case "all":
            return True
        case "done":
            return entry.state == "done"
        case "trouble":
            return entry.state in IN_TROUBLE
        case "todo":
            return entry.state != "done" and entry.state not in IN_TROUBLE


def shown(entries: Sequence[Entry], wanted: Filter, text: str = "") -> Sequence[Entry]:
    """Return the entries of one kind whose names hold ``text``, in the queue's order."""
    sought = text.strip().casefold()
    if wanted == "all" and not sought:
        return entries
    return [
        entry
        for entry in entries
        if fits(entry, wanted) and (not sought or sought in name_of(entry).casefold())
    ]


def row_of(entry: Entry, standing: Standing) -> Row:
    """Return what is drawn of ``entry``."""
    line, icon, tone = _said(entry, standing)
    share = _share(entry, standing)
    facts = entry.facts
    return Row(
        entry_id=entry.entry_id,
        name=name_of(entry),
        path=entry.source,
        line=line,
        short=_short(entry, standing),
        icon=icon,
        tone=tone,
        badge=amounts.length(length_s(entry)) if facts else "",
        digest=facts.digest if facts else None,
        people=facts.people if facts else None,
        share=share,
        urgent=entry.urgent and entry.state != "done",
        begun=entry.state in ("rendering", "stopped", "queued"),
    )


def find_typed(names: Sequence[str], start: int, typed: str) -> int | None:
    """Return which name is meant by ``typed``: the next from ``start`` that begins so, or holds it.

    None when there is none; after the last one it goes on at the first.
    """
    sought = typed.casefold()
    order = [(start + n) % len(names) for n in range(len(names))]
    begins = (n for n in order if names[n].casefold().startswith(sought))
    holds = (n for n in order if sought in names[n].casefold())
    return next(begins, None if not sought else next(holds, None))


def length_s(entry: Entry) -> float:
    """Return how long the part of a video is that is rendered; 0 until it was looked at."""
    if entry.facts is None:
        return 0.0
    end = entry.facts.duration if entry.trim_out is None else entry.trim_out
    return max(0.0, float(end - (entry.trim_in or 0)))


def _said(entry: Entry, standing: Standing) -> tuple[str, str, Tone]:
    match entry.state:
        case "new":
            return _new(entry, standing)
        case "ready":
            return _ready(entry, standing)
        case "queued":
            return _queued(entry, standing)
        case "rendering":
            return _rendering(entry, standing)
        case "stopped":
            return states.stopped(standing.kept.get(entry.entry_id)), "pause", "warning"
        case "cancelled":
            return states.cancelled(), "close", "muted"
        case "done":
            return _done(entry)
        case "refused":
            return states.refused(_reason(entry, standing)), "error", "danger"
        case "failed":
            return states.failed(_reason(entry, standing)), "error", "danger"


def _new(entry: Entry, standing: Standing) -> tuple[str, str, Tone]:
    looking = _doing(standing.looking, entry)
    if looking is None:
        renders = entry.once_looked is not None and entry.once_looked.render
        return states.not_looked_at(renders=renders), "clock", "muted"
    return states.working(looking.work, _share_of(looking)), "search", "text"


def _ready(entry: Entry, standing: Standing) -> tuple[str, str, Tone]:
    if entry.trouble is not None:
        return states.look_at_it(_reason(entry, standing)), "warning", "warning"
    people = entry.facts.people if entry.facts else 0
    cast = len({each.person_id for each in entry.casts})
    if not cast and not needs_cast(entry.look.engine, entry.look.settings):
        is_changed = entry.look.engine != "identity"
        said = states.ready(people, 0, needs_cast=False, is_changed=is_changed)
        return states.joined(said, _guessed(entry, standing)), "check", "text"
    if not cast:
        return states.ready(people, 0), "person" if people else "info", "muted"
    return states.joined(states.ready(people, cast), _guessed(entry, standing)), "check", "text"


def _queued(entry: Entry, standing: Standing) -> tuple[str, str, Tone]:
    number = standing.places.get(entry.entry_id, 1)
    was_begun, paused = entry.job_id is not None, standing.paused
    line = states.in_line(number, was_begun=was_begun, paused=paused)
    guessed = "" if was_begun else _guessed(entry, standing)
    is_paused = paused and was_begun and number == 1
    return states.joined(line, guessed), "pause" if is_paused else "waiting", "text"


def _rendering(entry: Entry, standing: Standing) -> tuple[str, str, Tone]:
    preparing = _doing(standing.preparing, entry)
    running = standing.running
    seen = running.seen if running and running.entry_id == entry.entry_id else None
    if preparing is not None and preparing.work == "settling":
        return states.working(preparing.work, None), "search", "accent_text"
    if standing.stopping and (seen is None or seen.phase not in _CANCELLING):
        return states.finishing(), "stop", "warning"
    if seen is None:
        line = states.working(preparing.work, _share_of(preparing)) if preparing else ""
        return line or states.beginning(), "rendering", "accent_text"
    if seen.phase in (Phase.ASSEMBLING, Phase.DONE):
        return states.assembling(), "film", "accent_text"
    rented = running.rented if running else None
    if rented is not None and rented.asks is not None:
        file, again = PurePath(rented.asks.manifests).name, rented.asks.what == "apply again"
        return states.to_be_applied(file, again=again), "rendering", "warning"
    line = states.rendering(seen.phase, standing.left_s, seen.frames_per_s)
    if seen.checked is not None and seen.phase is Phase.RENDERING:
        line = states.working("checking content", seen.checked[0] / max(1, seen.checked[1]))
    if rented is not None or entry.where.kind == "aws":
        line = _rented_line(seen, line, rented)
    recovering = seen.phase is Phase.RECOVERING
    return line, "retry" if recovering else "rendering", "warning" if recovering else "accent_text"


def _rented_line(seen: Snapshot, line: str, rented: Rented | None) -> str:
    """Return what a render on rented machines says, and what it has cost so far."""
    last = seen.gone[-1][1] if seen.gone else "lost"
    if rented is None or rented.priced:  # else it waits for a pod, which is no instance of AWS's
        line = cloud_words.waiting(seen.phase, last) or line
    return states.joined(line, cloud_words.meter(rented) if rented is not None else "")


def _short(entry: Entry, standing: Standing) -> str:
    if entry.state == "rendering" and standing.left_s is not None and standing.running:
        seen = standing.running.seen
        if seen.phase is Phase.RENDERING and not standing.stopping:
            rented = standing.running.rented
            if rented is not None and rented.priced:  # the bar tells the rest
                return states.joined(amounts.left(standing.left_s), usd(rented.usd))
            return states.rendering(seen.phase, standing.left_s, seen.frames_per_s, short=True)
    return ""


_CANCELLING = (Phase.CANCELLING, Phase.CANCELLED)


def _done(entry: Entry) -> tuple[str, str, Tone]:
    result = entry.result
    if result is None:
        return states.done(amounts.length(length_s(entry)), 0, 0), "done", "good"
    line = states.done(amounts.length(length_s(entry)), result.seconds, result.missed_frames)
    if entry.receipt is not None:
        line = states.joined(line, usd(entry.receipt.usd))
    return (line, "warning", "warning") if result.missed_frames else (line, "done", "good")


def _reason(entry: Entry, standing: Standing) -> str:
    return standing.sentence(entry.trouble) if entry.trouble else ""


def _guessed(entry: Entry, standing: Standing) -> str:
    guess_s = standing.guess(entry)
    return "" if guess_s is None else amounts.about(guess_s)


def _share(entry: Entry, standing: Standing) -> float | None:
    if entry.state == "new":
        doing = _doing(standing.looking, entry)
        return _share_of(doing) if doing else None
    if entry.state == "rendering":
        return _render_share(entry, standing)
    if entry.state == "stopped" or (entry.state == "queued" and entry.job_id):
        return standing.kept.get(entry.entry_id)
    return None


def _render_share(entry: Entry, standing: Standing) -> float | None:
    running = standing.running
    if running is not None and running.entry_id == entry.entry_id:
        seen = running.seen
        done = seen.assembled_frames if seen.phase is Phase.ASSEMBLING else seen.frames_done
        return min(1.0, done / max(1, seen.frames_total))
    doing = _doing(standing.preparing, entry)
    return _share_of(doing) if doing else None


def _doing(doing: Doing | None, entry: Entry) -> Doing | None:
    return doing if doing is not None and doing.entry_id == entry.entry_id else None


def _share_of(doing: Doing) -> float | None:
    return min(1.0, doing.done / doing.total) if doing.total else None
