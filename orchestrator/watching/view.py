"""Put together how a job stands from what its driver and its workers left; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from orchestrator.watching.records import (
    DONE_STATES,
    OVER,
    ChunkLine,
    JobSummary,
    MachineLine,
)
from remote_worker.account import Task, WorkerSummary
from remote_worker.contract.records import ChunkId, JobId
from remote_worker.gpu import GpuUse

SILENT_S = 45.0
"""Whoever wrote nothing for so long, and writes every ten seconds, is gone or cut off."""
_HOUR_S = Decimal(3600)
_USD = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """One chunk, with all that was tried for it."""

    chunk_id: ChunkId
    start_frame: int | None
    """None where the driver's word is not there."""
    end_frame: int | None
    state: str
    """As the driver's states; ``failed`` between a failure and the next attempt."""
    worker: str
    began_at: str
    """Of the newest attempt, UTC."""
    attempts: int
    interruptions: int
    """Attempts that ended because the worker was taken away, or was not heard of again."""
    failures: int
    frames_per_s: float
    seconds: float
    """Of the newest attempt."""
    gpu_percent: float | None
    gpu_memory_bytes: int | None
    usd: Decimal | None
    """All attempts by their machines' prices; None where no price is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerView:
    """One worker."""

    agent_id: str
    state: str
    """Its own word, or ``silent``."""
    heard_s: float
    """Since its newest word."""
    chunk_id: ChunkId | None
    frames_per_s: float
    done: int
    failed: int
    gpus: tuple[GpuUse, ...]
    gpu_absent: str
    machine: str
    usd_per_hour: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """The whole job at one moment, as seen from afar."""

    job_id: JobId
    title: str
    phase: str
    """The driver's; ``unknown`` where it left no word."""
    driver_heard_s: float | None
    """Since the driver's newest word; None where it left none."""
    is_driven: bool
    """Whether the driver is heard; without it workers go on, and the end waits for it."""
    is_over: bool
    fault: str
    frames_done: int
    frames_total: int
    frames_per_s: float
    left_s: float | None
    interruptions: int
    usd: Decimal
    usd_per_hour: Decimal
    budget_usd: Decimal | None
    workers: tuple[WorkerView, ...]
    tasks: tuple[TaskView, ...]
    """In the order of the frames."""


def job_view(
    job_id: JobId,
    job: JobSummary | None,
    workers: Iterable[WorkerSummary],
    heard_s: Mapping[str, float],
) -> JobView:
    """Return how a job stands.

    Args:
        job_id: which job.
        job: what its driver wrote last, or None.
        workers: what each worker wrote last.
        heard_s: seconds since each word, by agent id; the driver's under ``""``.
    """
    workers = tuple(sorted(workers, key=lambda each: each.agent_id))
    prices = {each.lease_id: each for each in job.machines} if job is not None else {}
    tasks = _tasks(job, workers, {name: each.usd_per_hour for name, each in prices.items()})
    driver_s = heard_s.get("") if job is not None else None
    phase = job.phase if job is not None else "unknown"
    is_over = phase in OVER
    is_driven = driver_s is not None and (driver_s < SILENT_S or is_over)
    views = tuple(_worker(each, heard_s.get(each.agent_id, 0.0), prices) for each in workers)
    seen = JobView(
        job_id=job_id,
        title=job.title if job is not None else "",
        phase=phase,
        driver_heard_s=driver_s,
        is_driven=is_driven,
        is_over=is_over,
        fault=job.fault if job is not None else "",
        frames_done=_frames_done(job, workers),
        frames_total=job.frames_total if job is not None else 0,
        frames_per_s=job.frames_per_s if job is not None else 0.0,
        left_s=job.left_s if job is not None else None,
        interruptions=max(
            job.interruptions if job is not None else 0, sum(t.interruptions for t in tasks)
        ),
        usd=job.usd if job is not None else Decimal(0),
        usd_per_hour=job.usd_per_hour if job is not None else Decimal(0),
        budget_usd=job.budget_usd if job is not None else None,
        workers=views,
        tasks=tasks,
    )
    return seen if is_driven else _without_driver(seen)


def _without_driver(seen: JobView) -> JobView:
    """Return the pace as the workers tell it: the driver's is of the time it was there."""
    rate = sum(each.frames_per_s for each in seen.workers if each.state == "rendering")
    left = seen.frames_total - seen.frames_done
    return replace(
        seen, frames_per_s=round(rate, 3), left_s=round(left / rate, 1) if rate > 0 else None
    )


def _frames_done(job: JobSummary | None, workers: tuple[WorkerSummary, ...]) -> int:
    if job is None:
        return sum(each.earlier.frames + sum(t.frames for t in _told(each)) for each in workers)
    done = {task.chunk_id for each in workers for task in each.ended if task.state == "done"}
    in_hand = {each.task.chunk_id: each.task.frames for each in workers if each.task is not None}
    return sum(
        chunk.end_frame - chunk.start_frame
        if chunk.chunk_id in done
        else max(
            chunk.frames_done,
            min(in_hand.get(chunk.chunk_id, 0), chunk.end_frame - chunk.start_frame),
        )
        for chunk in job.chunks
    )


def _told(worker: WorkerSummary) -> tuple[Task, ...]:
    return worker.ended if worker.task is None else (*worker.ended, worker.task)


def _worker(
    worker: WorkerSummary, heard_s: float, machines: Mapping[str, MachineLine]
) -> WorkerView:
    machine = machines.get(worker.agent_id)
    counted = [task.state for task in worker.ended]
    is_silent = heard_s >= SILENT_S and worker.state != "ended"
    return WorkerView(
        agent_id=worker.agent_id,
        state="silent" if is_silent else worker.state,
        heard_s=round(heard_s, 1),
        chunk_id=worker.task.chunk_id if worker.task is not None else None,
        frames_per_s=0.0 if is_silent else worker.frames_per_s,
        done=worker.earlier.done + counted.count("done"),
        failed=worker.earlier.failed + counted.count("failed"),
        gpus=worker.gpus,
        gpu_absent=worker.gpu_absent,
        machine=f"{machine.kind} {machine.zone}" if machine is not None else "",
        usd_per_hour=machine.usd_per_hour if machine is not None else None,
    )


def _tasks(
    job: JobSummary | None, workers: tuple[WorkerSummary, ...], prices: Mapping[str, Decimal]
) -> tuple[TaskView, ...]:
    tried: dict[ChunkId, list[tuple[str, Task]]] = {}
    for worker in workers:
        for task in _told(worker):
            tried.setdefault(task.chunk_id, []).append((worker.agent_id, task))
    lines: Iterable[tuple[ChunkId, ChunkLine | None]]
    if job is not None:
        lines = [(chunk.chunk_id, chunk) for chunk in job.chunks]
    else:
        lines = [(chunk_id, None) for chunk_id in sorted(tried)]
    return tuple(_task(name, line, tried.get(name, []), prices) for name, line in lines)


def _task(
    chunk_id: ChunkId,
    line: ChunkLine | None,
    tried: list[tuple[str, Task]],
    prices: Mapping[str, Decimal],
) -> TaskView:
    tried = sorted(tried, key=lambda each: (each[1].deliveries, each[1].began_at))
    worker, newest = tried[-1] if tried else ("", None)
    state = _state(line, newest)
    attempts = max((task.deliveries for _, task in tried), default=0)
    failures = sum(task.state == "failed" for _, task in tried)
    ended_well = newest is not None and newest.state in ("rendering", "done")
    return TaskView(
        chunk_id=chunk_id,
        start_frame=line.start_frame if line is not None else None,
        end_frame=line.end_frame if line is not None else None,
        state=state,
        worker=worker,
        began_at=newest.began_at if newest is not None else "",
        attempts=attempts,
        interruptions=max(0, attempts - failures - ended_well),
        failures=failures,
        frames_per_s=newest.frames_per_s if newest is not None else 0.0,
        seconds=newest.seconds if newest is not None else 0.0,
        gpu_percent=newest.gpu_percent if newest is not None else None,
        gpu_memory_bytes=newest.gpu_memory_bytes if newest is not None else None,
        usd=_cost(tried, prices),
    )


def _state(line: ChunkLine | None, newest: Task | None) -> str:
    """Return a chunk's state; a worker's word that it is done outruns the driver's."""
    told = line.state if line is not None else ""
    if told in DONE_STATES or told == "buried" or newest is None:
        return told or "waiting"
    if newest.state == "done":
        return "stored"
    if newest.state in ("rendering", "failed"):
        return newest.state
    return "waiting"


def _cost(tried: list[tuple[str, Task]], prices: Mapping[str, Decimal]) -> Decimal | None:
    """Return what the attempts' seconds cost at their machines' prices."""
    priced = [(prices[name], task.seconds) for name, task in tried if name in prices]
    if not priced:
        return None
    usd = sum((price * Decimal(str(seconds)) for price, seconds in priced), Decimal(0))
    return (usd / _HOUR_S).quantize(_USD)
