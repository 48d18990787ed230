"""List render jobs, go on with them, cancel them, and clear away what is left of them."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from orchestrator.cleaning import clear, clutter
from orchestrator.cli.driving import drive_here
from orchestrator.cli.elsewhere import clear_away, left_of
from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, table
from orchestrator.errors import SecondUnitError
from orchestrator.home import MIB, Home
from orchestrator.job import Phase
from orchestrator.jobs import find_job, list_jobs, lock_path, read_state, set_urgent
from orchestrator.journal import is_driven
from orchestrator.runner import cancel as cancel_job
from remote_worker.contract.records import JobId

_OVER = (Phase.DONE.value, Phase.CANCELLED.value)


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job as a list shows it."""

    job: JobId
    state: str
    source: str
    output: str
    chunks_done: int
    chunks: int
    urgent: bool = False


def show(asked: Namespace, reporter: Reporter) -> Exit:
    """List all jobs, the newest last."""
    del asked
    home = Home.default()
    lines = tuple(_line(home, job_id) for job_id in list_jobs(home))
    reporter.result(lines, lambda console: _print_jobs(console, lines))
    return Exit.DONE


def resume(asked: Namespace, reporter: Reporter) -> Exit:
    """Go on with a job that was stopped, killed or failed."""
    home = Home.default()
    job_id = find_job(home, asked.job)
    if asked.urgent is not None:
        set_urgent(home, job_id, urgent=asked.urgent)
    return drive_here(home, job_id, asked.workers, reporter)


def cancel(asked: Namespace, reporter: Reporter) -> Exit:
    """End a job for good."""
    home = Home.default()
    job_id = find_job(home, asked.job)
    at_rest = cancel_job(home, job_id)
    if at_rest:
        with reporter.doing("cancelling"):
            clear_away(home, job_id)
        if left := left_of(home, job_id, goes_on=False):
            reporter.say(left)
    reporter.result(
        {"job": job_id, "cancelled": at_rest},
        lambda console: console.print(
            f"{job_id} is cancelled." if at_rest else f"{job_id} was told to end.", markup=False
        ),
    )
    return Exit.DONE


def clean(asked: Namespace, reporter: Reporter) -> Exit:
    """Delete what no open job needs, or tell how much that is."""
    home = Home.default()
    with reporter.doing("looking"):
        found = clutter(home)
    if asked.yes:
        with reporter.doing("deleting") as step:
            clear(home, found, step)
    words = f"{found.jobs} ended jobs and {found.file_bytes / MIB:.1f} MiB"
    said = f"Deleted {words}." if asked.yes else f"{words} can be deleted with --yes."
    reporter.result(
        {"jobs": found.jobs, "file_bytes": found.file_bytes, "deleted": asked.yes},
        lambda console: console.print(said, markup=False),
    )
    return Exit.DONE


def _line(home: Home, job_id: JobId) -> JobLine:
    try:
        state = read_state(home, job_id)
    except SecondUnitError as error:
        return JobLine(job_id, error.code, "", "", 0, 0)
    job, request = state.job, state.record.request
    running = is_driven(lock_path(home, job_id))
    phase = job.phase.value if running or job.phase.is_terminal else "interrupted"
    done = len(job.planned) - len(job.unfinished) - len(job.buried)
    return JobLine(
        job_id, phase, request.source_path, request.output_path, done, len(job.planned),
        urgent=request.urgent,
    )  # fmt: skip


def _print_jobs(console: Console, lines: tuple[JobLine, ...]) -> None:
    if not lines:
        console.print("There are no jobs yet; 'secondunit render' makes one.")
        return
    rows = [
        (
            line.job,
            f"{line.state}, urgent" if line.urgent and line.state not in _OVER else line.state,
            f"{line.chunks_done}/{line.chunks}",
            Path(line.source).name,
            Path(line.output).name,
        )
        for line in lines
    ]
    console.print(table("", ("job", "state", "chunks", "source", "output"), rows))
