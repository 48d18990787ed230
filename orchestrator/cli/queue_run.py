"""Run the queue in a terminal: looks and renders with bars, Ctrl-C that lets them rest."""

from __future__ import annotations

import queue
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from rich.console import Console

from orchestrator.cli.driving import handling_signals, show_share
from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, Step, table
from orchestrator.cli.telling import send_rest
from orchestrator.cloud import Cloud
from orchestrator.desk.book import Book, book_path
from orchestrator.desk.desk import Desk
from orchestrator.desk.entries import Entry, EntryId, Trouble
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.notify.notifier import Notifier

_LOOK_S = 0.5
_WORKING = frozenset({"new", "queued", "rendering"})


@dataclass(frozen=True, slots=True)
class RunLine:
    """What became of one entry, for machines and for the table."""

    id: EntryId
    state: str
    source: str
    output: str | None
    seconds: float | None
    missed_frames: int | None
    trouble: Trouble | None


def run(home: Home, workers: int | None, reporter: Reporter) -> Exit:
    """Look at what is new and render what waits, until nothing is left.

    Raises:
        QueueBusy: somebody else has the queue.
        QueueBroken: it cannot be used.
        RequestRefused: it is paused.
    """
    concerned: set[EntryId] = set()
    stops = _Stops()
    with (
        _desk(home, workers, reporter, renders=True) as (desk, snapshots),
        _ctrl_c(desk, stops, reporter),
        _Bars(reporter) as bars,
    ):
        last = snapshots.get()
        if last.paused:
            raise RequestRefused(
                "The queue is paused.", "Let it go on with 'secondunit queue go-on'."
            )
        while not stops.count and (working := _in(last.entries, _WORKING)):
            concerned |= working
            bars.show(last)
            last = _next(snapshots, last)
        desk.ask_to_close(at_once=False)
        while not desk.join(0.0):
            bars.show(last := _next(snapshots, last))
    last = _newest(snapshots, last)
    lines = tuple(_line(each) for each in last.entries if each.entry_id in concerned)
    reporter.result(lines, lambda console: _print(console, lines))
    if stops.count:
        return Exit.STOPPED
    return Exit.FAILED if any(line.state in ("failed", "refused") for line in lines) else Exit.DONE


def look_at(home: Home, ids: Collection[EntryId], reporter: Reporter) -> None:
    """Look at the sources of entries that are new, and at those before them.

    Raises:
        QueueBusy: somebody else has the queue.
        QueueBroken: it cannot be used.
    """
    with _desk(home, None, reporter, renders=False) as (_, snapshots), _Bars(reporter) as bars:
        last = snapshots.get()
        while _in(last.entries, {"new"}) & frozenset(ids):
            bars.show(last)
            last = _next(snapshots, last)


class _Stops:
    """How often the user asked for an end."""

    count = 0


class _Bars:
    """Shows what the desk does, one bar for each thing."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._open = ExitStack()
        self._label = ""
        self._step: Step | None = None
        self._trouble: Trouble | None = None

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def show(self, seen: DeskSnapshot) -> None:
        """Show the render if one has its turn, or else the look."""
        if seen.trouble is not None and seen.trouble != self._trouble:
            self._reporter.say(f"{seen.trouble.sentence} {seen.trouble.advice}")
        self._trouble = seen.trouble
        doing = seen.preparing or (seen.looking if seen.running is None else None)
        if doing is not None:
            step = self._bar(f"{doing.work}: {_name_of(seen, doing.entry_id)}")
            if doing.total:
                step(doing.done, doing.total)
        elif seen.running is not None:
            step = self._bar(f"rendering: {_name_of(seen, seen.running.entry_id)}")
            show_share(seen.running.seen, step)

    def _bar(self, label: str) -> Step:
        if self._step is None or label != self._label:
            self._open.close()
            self._step = self._open.enter_context(self._reporter.doing(label))
            self._label = label
        return self._step


Snapshots = queue.SimpleQueue[DeskSnapshot]


@contextmanager
def _desk(
    home: Home, workers: int | None, reporter: Reporter, *, renders: bool
) -> Iterator[tuple[Desk, Snapshots]]:
    Book(book_path(home)).close()  # what is wrong with it, or who has it, is said by name
    snapshots: Snapshots = queue.SimpleQueue()
    cloud, notifier = Cloud(home), Notifier(home)
    desk = Desk(
        home,
        snapshots.put,
        on_end=notifier.entry_ended,
        workers=lambda: workers,
        renders=renders,
        places=cloud.places,
    )
    desk.start()
    if renders:
        notifier.start()
    try:
        yield desk, snapshots
    except KeyboardInterrupt:
        reporter.say("stopping; what was finished is kept")
        raise
    finally:
        desk.close()
        notifier.close()
        if renders:
            send_rest(Notifier(home), reporter)


def _next(snapshots: Snapshots, last: DeskSnapshot) -> DeskSnapshot:
    try:
        return snapshots.get(timeout=_LOOK_S)
    except queue.Empty:
        return last


def _newest(snapshots: Snapshots, last: DeskSnapshot) -> DeskSnapshot:
    while not snapshots.empty():
        last = snapshots.get()
    return last


def _in(entries: Collection[Entry], states: Collection[str]) -> frozenset[EntryId]:
    return frozenset(each.entry_id for each in entries if each.state in states)


def _name_of(seen: DeskSnapshot, entry_id: EntryId) -> str:
    entry = seen.entry(entry_id)
    return Path(entry.source).name if entry is not None else ""


@contextmanager
def _ctrl_c(desk: Desk, stops: _Stops, reporter: Reporter) -> Iterator[None]:
    """Let Ctrl-C finish the segments in hand, and a second one end at once."""

    def on_signal(number: int, frame: FrameType | None) -> None:
        del number, frame
        stops.count += 1
        desk.ask_to_close(at_once=stops.count > 1)
        if stops.count == 1:
            reporter.say(
                "stopping: segments in hand are finished; Ctrl-C again to stop at once."
                " 'secondunit queue run', or the window, goes on."
            )

    with handling_signals(on_signal):
        yield


def _line(entry: Entry) -> RunLine:
    result = entry.result if entry.state == "done" else None
    return RunLine(
        id=entry.entry_id,
        state=entry.state,
        source=entry.source,
        output=result.output_path if result else None,
        seconds=round(result.seconds, 1) if result else None,
        missed_frames=result.missed_frames if result else None,
        trouble=entry.trouble,
    )


def _print(console: Console, lines: tuple[RunLine, ...]) -> None:
    if not lines:
        console.print("Nothing waits to be rendered; 'secondunit queue render' puts it in line.")
        return
    rows = [(line.state, Path(line.source).name, line.output or "") for line in lines]
    console.print(table("", ("state", "video", "output"), rows))
    for line in lines:
        if line.trouble is not None:
            name = Path(line.source).name
            said = f"{name}: {line.trouble.sentence} {line.trouble.advice}"
            console.print(said, markup=False)
