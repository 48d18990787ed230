"""Keep the book of render jobs on this machine: what was asked for, and how it was planned."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from orchestrator.casting import Cast
from orchestrator.errors import JobMissing, StorageFailed
from orchestrator.events import (
    Event,
)
from orchestrator.home import Home
from orchestrator.job import (
    Job,
    Phase,
    new_job,
    step,
)
from orchestrator.journal import JobLock, read_events
from orchestrator.media.report import FrameIndex, SourceReport
from orchestrator.plan import RenderPlan
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.records import ContentCheck, Digest, JobId

CLIP_NAME = "check.nut"
Container = Literal["mp4", "mov", "mkv"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderRequest:
    """What a user asks for, settled: nothing in it is left to a later default."""

    source_path: str
    output_path: str
    container: Container
    start_frame: int
    end_frame: int
    casts: tuple[Cast, ...]
    workers: int
    segment_frames: int
    urgent: bool = False
    """Whether it goes before jobs that are not: with its chunks, and its pods in a cluster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """A planned job; written before anything else happens, and only its urgency changes."""

    job_id: JobId
    made_at: str
    """UTC, ISO 8601."""
    request: RenderRequest
    report: SourceReport
    plan: RenderPlan
    photos: tuple[tuple[Digest, str], ...]
    """Digest and file of every source photo that a track names."""
    models: tuple[tuple[Digest, str], ...]
    """Digest and file of every model that the engine names."""
    piece_folder_bytes: int
    """About how much disk the job needs while it runs."""
    check: ContentCheck | None = None
    """The engine's own content check where it is left to the first worker."""

    def clip_path(self, home: Home) -> Path:
        """Return the file that :attr:`check` looks at; it is there until the job is over."""
        return home.job(self.job_id) / CLIP_NAME


@dataclass(frozen=True, slots=True)
class JobState:
    """A job and where it stands."""

    record: JobRecord
    job: Job


def new_job_id() -> JobId:
    """Return an id that sorts by time and is easy to read aloud."""
    return JobId(f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}")


def write_record(
    home: Home, record: JobRecord, index: FrameIndex, files: Mapping[str, Path] | None = None
) -> None:
    """Enter a job in the book; it is there whole or not at all.

    ``files`` are moved into its folder under their names.

    Raises:
        OSError: it could not be written.
    """
    building = home.jobs / f".{record.job_id}"
    shutil.rmtree(building, ignore_errors=True)  # of an attempt that was killed
    building.mkdir(parents=True)
    write_whole(building / "index.json", [canonical(index).encode()])
    write_whole(building / "job.json", [canonical(record).encode()])
    for name, path in (files or {}).items():
        shutil.move(path, building / name)
    building.rename(home.job(record.job_id))


def read_record(home: Home, job_id: JobId) -> JobRecord:
    """Return one job's record.

    Raises:
        JobMissing: there is none, or this version cannot read it.
    """
    try:
        return from_text(JobRecord, (home.job(job_id) / "job.json").read_bytes())
    except (OSError, ContractError) as error:
        raise _missing(job_id) from error


def set_urgent(home: Home, job_id: JobId, *, urgent: bool) -> None:
    """Have a job be urgent or not from its next run on; what is in a queue stays where it is.

    Raises:
        JobMissing: there is no such job.
        StorageFailed: it could not be written; the record is as it was.
    """
    record = read_record(home, job_id)
    if record.request.urgent is urgent:
        return
    after = replace(record, request=replace(record.request, urgent=urgent))
    try:
        write_whole(home.job(job_id) / "job.json", [canonical(after).encode()])
    except OSError as error:
        raise StorageFailed(
            f"The job's folder cannot be written to: {error.strerror or error}.",
            "Free some space, then render again.",
        ) from error


def may_write(home: Home, job_id: JobId, output: Path) -> bool:
    """Whether a job's record names ``output`` at all; far quicker than to read it.

    Raises:
        JobMissing: there is none.
    """
    try:
        text = (home.job(job_id) / "job.json").read_bytes()
    except OSError as error:
        raise _missing(job_id) from error
    return canonical(str(output)).encode() in text


def read_index(home: Home, job_id: JobId) -> FrameIndex:
    """Return the frame index of one job's source.

    Raises:
        JobMissing: there is none.
    """
    try:
        return from_text(FrameIndex, (home.job(job_id) / "index.json").read_bytes())
    except (OSError, ContractError) as error:
        raise _missing(job_id) from error


def read_state(home: Home, job_id: JobId) -> JobState:
    """Return one job and where its journal says it stands.

    Raises:
        JobMissing: there is none.
        JournalBroken: its journal cannot be followed.
    """
    record = read_record(home, job_id)
    events = read_events(journal_path(home, job_id))
    return JobState(record, replay(planned_job(record), events))


def journal_path(home: Home, job_id: JobId) -> Path:
    """Return where a job's journal lies."""
    return home.job(job_id) / "journal.jsonl"


def lock_path(home: Home, job_id: JobId) -> Path:
    """Return the file by which one process at a time drives a job."""
    return home.job(job_id) / "lock.sqlite"


def replay(job: Job, events: tuple[Event, ...]) -> Job:
    """Return ``job`` after ``events``; their effects were performed, or will be asked again."""
    for event in events:
        job, _ = step(job, event)
    return job


def planned_job(record: JobRecord) -> Job:
    """Return the job as it was before anything happened."""
    return new_job(tuple(chunk.chunk_id for chunk in record.plan.chunks))


def list_jobs(home: Home) -> tuple[JobId, ...]:
    """Return the ids of all jobs, the newest last."""
    if not home.jobs.exists():
        return ()
    names = (path.name for path in home.jobs.iterdir() if (path / "job.json").exists())
    return tuple(JobId(name) for name in sorted(names) if not name.startswith("."))


def find_job(home: Home, typed: str) -> JobId:
    """Return the job that a user means by its id, the start of it, or ``last``.

    Raises:
        JobMissing: it is none, or several.
    """
    known = list_jobs(home)
    if typed == "last" and known:
        return known[-1]
    fitting = [job_id for job_id in known if job_id.startswith(typed)]
    if len(fitting) != 1:
        raise _missing(typed)
    return fitting[0]


def forget_job(home: Home, job_id: JobId) -> None:
    """Delete a job's folder; stored segments stay.

    Raises:
        JobMissing: there is none.
        JobBusy: it is being driven.
    """
    found = find_job(home, job_id)
    with JobLock(lock_path(home, found)):
        pass
    shutil.rmtree(home.job(found))


def is_open(state: JobState) -> bool:
    """Whether the job may still want its stored segments."""
    return state.job.phase not in (Phase.DONE, Phase.CANCELLED)


def _missing(typed: str) -> JobMissing:
    return JobMissing(
        f"There is no job {typed!r} here.", "'secondunit jobs' lists the jobs of this machine."
    )
