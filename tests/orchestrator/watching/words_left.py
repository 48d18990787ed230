"""Make what a driver and its workers leave in a store for those who watch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from orchestrator.watching.records import ChunkLine, JobSummary
from remote_worker.account import Task, WorkerSummary, job_summary_key, summary_key
from remote_worker.contract.coding import canonical

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)


def job(*states, phase="rendering", **more):
    chunks = tuple(
        ChunkLine(
            chunk_id=f"c{n}", start_frame=n * 100, end_frame=n * 100 + 100, state=state,
            frames_done=100 if state in ("stored", "fetched") else 0,
        )
        for n, state in enumerate(states)
    )  # fmt: skip
    made = JobSummary(
        job_id="job-1", title="a.mp4", written_at=AT.isoformat(), phase=phase,
        frames_done=sum(c.frames_done for c in chunks), frames_total=100 * len(chunks),
        frames_per_s=7.0, left_s=10.0, interruptions=0, chunks=chunks,
    )  # fmt: skip
    return replace(made, **more)


def task(chunk, state="done", deliveries=1, **more):
    made = Task(
        chunk_id=chunk, claim_id="k", deliveries=deliveries, began_at=AT.isoformat(),
        state=state, seconds=10.0, frames=50, frames_per_s=5.0,
    )  # fmt: skip
    return replace(made, **more)


def worker(name, *ended, now=None, **more):
    made = WorkerSummary(
        job_id="job-1", agent_id=name, began_at=AT.isoformat(), written_at=AT.isoformat(),
        uptime_s=60.0, ended=ended, task=now, state="rendering" if now else "idle",
        frames_per_s=5.0 if now else 0.0,
    )  # fmt: skip
    return replace(made, **more)


def left(store, job=None, *workers):
    if job is not None:
        store.put(job_summary_key("job-1"), canonical(job).encode())
    for each in workers:
        store.put(summary_key("job-1", each.agent_id), canonical(each).encode())
