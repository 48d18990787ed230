"""Say how a whole job stands, in one small record that its driver leaves in the store."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from orchestrator.desk.rented import Rented
from orchestrator.job import Phase
from orchestrator.snapshot import ChunkState, Snapshot
from remote_worker.contract.records import ChunkId, JobId

JOB_SUMMARY_VERSION = 1
PERIOD_S = 10.0
"""How often at most a driver writes how its job stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkLine:
    """One chunk as the driver of the job sees it."""

    chunk_id: ChunkId
    start_frame: int
    end_frame: int
    state: str
    """``waiting``, ``rendering``, ``stored``, ``fetched`` or ``buried``."""
    frames_done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineLine:
    """One rented machine; it serves the worker of the same lease."""

    lease_id: str
    kind: str
    zone: str
    market: str
    usd_per_hour: Decimal
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSummary:
    """A job at one moment; each replaces the one before it."""

    version: int = JOB_SUMMARY_VERSION
    job_id: JobId
    title: str
    """What it is called where it is rendered: the video's name, without its folder."""
    written_at: str
    """UTC, ISO 8601, by the driver's clock."""
    phase: str
    frames_done: int
    frames_total: int
    frames_per_s: float
    left_s: float | None
    interruptions: int
    fault: str = ""
    """What went wrong, in a sentence."""
    chunks: tuple[ChunkLine, ...] = ()
    machines: tuple[MachineLine, ...] = ()
    usd: Decimal = Decimal(0)
    usd_per_hour: Decimal = Decimal(0)
    budget_usd: Decimal | None = None


def job_summary(
    job_id: JobId, title: str, seen: Snapshot, rented: Rented | None, written_at: str
) -> JobSummary:
    """Return what a driver writes of its job."""
    rented = rented or Rented()
    return JobSummary(
        job_id=job_id,
        title=title,
        written_at=written_at,
        phase=seen.phase.value,
        frames_done=seen.frames_done,
        frames_total=seen.frames_total,
        frames_per_s=round(seen.frames_per_s, 3),
        left_s=None if seen.left_s is None else round(seen.left_s, 1),
        interruptions=seen.interruptions,
        fault=seen.fault.sentence if seen.fault is not None else "",
        chunks=tuple(
            ChunkLine(
                chunk_id=chunk.chunk_id,
                start_frame=chunk.start_frame,
                end_frame=chunk.end_frame,
                state=chunk.state.value,
                frames_done=chunk.frames_done,
            )
            for chunk in seen.chunks
        ),
        machines=tuple(
            MachineLine(
                lease_id=each.lease_id,
                kind=each.instance_type,
                zone=each.zone,
                market=each.market,
                usd_per_hour=each.usd_per_hour,
                state=each.state,
            )
            for each in rented.machines
        ),
        usd=rented.usd,
        usd_per_hour=rented.usd_per_hour,
        budget_usd=rented.budget_usd,
    )


DONE_STATES = frozenset({ChunkState.STORED.value, ChunkState.FETCHED.value})
OVER = frozenset(phase.value for phase in Phase if phase.is_terminal)
"""Phases in which nothing more happens by itself."""
