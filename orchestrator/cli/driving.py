"""Drive a job from a terminal: bars while it runs, Ctrl-C that drains, a table at the end."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from rich.console import Console

from orchestrator.cli.elsewhere import asking, left_of, machines_of, print_cost, with_cost
from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, Step, table
from orchestrator.cli.telling import tell_of
from orchestrator.desk.elsewhere import Elsewhere
from orchestrator.desk.entries import Receipt
from orchestrator.desk.rented import Asks
from orchestrator.errors import SecondUnitError
from orchestrator.events import Loss
from orchestrator.home import Home
from orchestrator.job import (
    CONTENT_REFUSED,
    Phase,
)
from orchestrator.media.report import Notice
from orchestrator.notify.tidings import tiding_of_outcome
from orchestrator.places import local_fleet
from orchestrator.runner import Outcome, StopSignal, drive
from orchestrator.snapshot import Snapshot
from orchestrator.watching.publishing import published
from remote_worker.contract.records import Digest, JobId

_STATUS = {
    Phase.DONE: Exit.DONE,
    Phase.FAILED: Exit.FAILED,
    Phase.STOPPED: Exit.STOPPED,
    Phase.CANCELLED: Exit.CANCELLED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderLine:
    """What became of a render, for machines and for the table."""

    job: JobId
    phase: str
    output: str
    digest: Digest | None
    frames: int
    frames_total: int
    chunks: int
    segments_rendered: int
    segments_reused: int
    interruptions: int
    """How often the platform took a worker's host back, as the receipt counts."""
    losses: dict[Loss, int]
    """Every worker that went before its time, by how: the interruptions are among them."""
    concealed_frames: int
    missed_frames: int
    notices: tuple[Notice, ...]
    receipt: Receipt | None = None
    """Of a render in the account."""


def drive_here(home: Home, job_id: JobId, workers: int | None, reporter: Reporter) -> Exit:
    """Drive a job to its rest and print what became of it.

    Raises:
        SecondUnitError: it cannot be driven; it is as it was.
    """
    where, machines = machines_of(home, job_id, reporter)
    stop = StopSignal()
    with (
        published() as publishing,
        reporter.doing("rendering") as step,
        _ctrl_c(stop, job_id, reporter),
    ):
        steps = (lambda _: step) if machines is None else with_cost(machines, home, job_id, step)

        said, asked = False, Asking(reporter, prints=where.manifests == "-")

        def see(seen: Snapshot) -> None:
            nonlocal said
            if publishing.address is not None and not said:
                said = True
                reporter.say(f"from elsewhere: secondunit watch '{publishing.address}'")
            rented = None if machines is None else machines.seen(home, job_id, seen)
            publishing.see(seen, rented)
            asked.tell(None if rented is None else rented.asks)
            show_share(seen, steps(seen))

        outcome = drive(
            home,
            job_id,
            workers=workers if machines is None else where.instances,
            stop=stop,
            watch=see,
            fleet_for=publishing.knowing_here(local_fleet),
            place_for=None if machines is None else publishing.knowing(machines.place),
        )
    receipt = _receipt(machines, home, job_id, reporter)
    line = line_of(outcome, receipt)
    reporter.result(line, lambda console: print_line(console, line))
    _advise(home, outcome, reporter)
    usd = receipt.usd if receipt is not None else None
    tell_of(home, tiding_of_outcome(outcome, _now(), usd=usd), reporter)
    return Exit.REFUSED if _is_refused(outcome) else _STATUS[outcome.last.phase]


def _is_refused(outcome: Outcome) -> bool:
    """Whether the engine's own content check refused the video: nothing goes on from that."""
    fault = outcome.last.fault
    return fault is not None and fault.reason == CONTENT_REFUSED


def _receipt(
    machines: Elsewhere | None, home: Home, job_id: JobId, reporter: Reporter
) -> Receipt | None:
    """Return what was paid; a finished render is not lost because that cannot be told now."""
    if machines is None:
        return None
    try:
        with reporter.doing("looking what is left in the account"):
            return machines.receipt(home, job_id)
    except SecondUnitError as error:
        reporter.say(f"{error.sentence} What it cost is told by 'secondunit cloud receipts'.")
        return None


def line_of(outcome: Outcome, receipt: Receipt | None = None) -> RenderLine:
    """Return what a command says of ``outcome``."""
    last, finished = outcome.last, outcome.finished
    notices = outcome.record.report.notices + (finished.video.notices if finished else ())
    losses = dict(Counter(how for _, how in last.gone))
    return RenderLine(
        job=outcome.record.job_id,
        phase=last.phase.value,
        output=outcome.record.request.output_path,
        digest=finished.video.digest if finished else None,
        frames=finished.video.frame_count if finished else last.frames_done,
        frames_total=last.frames_total,
        chunks=len(last.chunks),
        segments_rendered=last.segments_rendered,
        segments_reused=last.segments_reused,
        interruptions=losses.get("interrupted", 0),
        losses=losses,
        concealed_frames=finished.concealed_frames if finished else 0,
        missed_frames=finished.missed_frames if finished else 0,
        notices=notices,
        receipt=receipt,
    )


def print_line(console: Console, line: RenderLine) -> None:
    """Print a table of one render."""
    rows = [
        ("job", f"{line.job}, {line.phase}"),
        ("frames", f"{line.frames} of {line.frames_total}"),
        ("chunks", str(line.chunks)),
        ("segments", f"{line.segments_rendered} rendered, {line.segments_reused} reused"),
        ("workers lost", _losses(line.losses)),
    ]
    if line.digest is not None:
        rows += [("video", line.output), ("sha-256", str(line.digest))]
    console.print(table("", ("", ""), rows))
    for count, words in (
        (line.concealed_frames, "frames could not be decoded and repeat their neighbour"),
        (line.missed_frames, "frames kept a cast person's own face, which was not found there"),
    ):
        if count:
            console.print(f"note: {count} {words}.", markup=False)
    if line.receipt is not None:
        print_cost(console, line.receipt)
    for notice in line.notices:
        console.print(f"note ({notice.code}): {notice.text}", markup=False)


_LOST_AS: dict[Loss, str] = {
    "interrupted": "taken back",
    "expired": "out of time, by budget or limit",
    "ended": "shut down by itself",
    "terminated": "terminated by somebody",
    "lost": "not reached any more",
}


def _losses(losses: dict[Loss, int]) -> str:
    """Return how many workers went before their time, each by its cause."""
    told = [f"{losses[how]} {words}" for how, words in _LOST_AS.items() if losses.get(how)]
    return "; ".join(told) or "none"


def show_share(seen: Snapshot, step: Step) -> None:
    """Show how far a render is."""
    if seen.phase is Phase.ASSEMBLING:
        step(seen.assembled_frames, seen.frames_total, "assembling")
        return
    left = f", {seen.left_s:.0f} s left" if seen.left_s is not None else ""
    rate = f", {seen.frames_per_s:.1f} frames/s{left}" if seen.frames_per_s else ""
    if seen.checked is not None:
        rate = f", FaceFusion checks the content: {seen.checked[0]} of {seen.checked[1]}"
    step(seen.frames_done, seen.frames_total, f"{seen.phase.value}{rate}")


class Asking:
    """Says what is asked of whoever applies a job's manifests, once each time it is another."""

    def __init__(self, reporter: Reporter, *, prints: bool) -> None:
        """``prints``: the manifests themselves go to standard output as well."""
        self._reporter, self._prints = reporter, prints
        self._last: Asks | None = None

    def tell(self, asks: Asks | None) -> None:
        """Say it, if it was not said before."""
        if asks == self._last or asks is None:
            return
        self._last = asks
        self._reporter.say(asking(asks))
        if self._prints:
            text = Path(asks.manifests).read_text("utf-8")
            self._reporter.result(
                {"manifests": text},
                lambda console: console.out(text, highlight=False, end=""),
            )


def _advise(home: Home, outcome: Outcome, reporter: Reporter) -> None:
    last, job_id = outcome.last, outcome.record.job_id
    if last.phase is Phase.FAILED and last.fault is not None:
        reporter.problem(last.fault.reason, last.fault.sentence, last.fault.advice)
    if last.phase in (Phase.FAILED, Phase.STOPPED) and not _is_refused(outcome):
        reporter.say(f"finished segments are kept; go on with 'secondunit resume {job_id}'")
    goes_on = last.phase not in (Phase.DONE, Phase.CANCELLED)
    if left := left_of(home, job_id, goes_on=goes_on):
        reporter.say(left)


@contextmanager
def _ctrl_c(stop: StopSignal, job_id: JobId, reporter: Reporter) -> Iterator[None]:
    """Let Ctrl-C finish the segments in hand, and a second one end at once."""

    def on_signal(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.stop()
        if stop.stops == 1:
            reporter.say(
                "stopping: segments in hand are finished; Ctrl-C again to stop at once."
                f" 'secondunit resume {job_id}' goes on."
            )

    with handling_signals(on_signal):
        yield


@contextmanager
def handling_signals(on_signal: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Have the signals by which people end a program heard by ``on_signal``."""
    names = [name for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), on_signal) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
