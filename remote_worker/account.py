"""Keep account of what one worker does, in one small record for whoever watches from afar."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

from remote_worker.contract.messages import (
    Bye,
    ChunkDone,
    Claimed,
    Drained,
    Failed,
    Heartbeat,
    Hello,
    Message,
    Notice,
    Progress,
    SegmentStored,
)
from remote_worker.contract.records import ChunkId, JobId, SegmentId
from remote_worker.gpu import Gpus, GpuUse
from remote_worker.stores import is_key

SUMMARY_VERSION = 1
MOST_TASKS = 200
"""Ended tasks a record tells of one by one; older ones are only counted."""
TaskState = Literal["rendering", "done", "failed", "given back", "lost"]
WorkerState = Literal["idle", "rendering", "draining", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One delivery of one chunk to this worker."""

    chunk_id: ChunkId
    claim_id: str
    deliveries: int
    """How often the queue had handed the chunk out, this time included."""
    began_at: str
    """UTC, ISO 8601, by this host's clock."""
    state: TaskState = "rendering"
    """``given back``: the worker had to leave; ``lost``: its claim ran out."""
    seconds: float = 0.0
    """By the monotonic clock, so far or in all."""
    frames: int = 0
    """Rendered here; found ones are not counted."""
    reused_segments: int = 0
    frames_per_s: float = 0.0
    """Over the whole task."""
    gpu_percent: float | None = None
    """Mean of what was seen of the busiest GPU while it ran; None where none can be read."""
    gpu_memory_bytes: int | None = None
    """Most that was seen in use on one GPU."""
    reason: str = ""
    """Stable name of what went wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Ended tasks that are not told one by one any more."""

    done: int = 0
    failed: int = 0
    left: int = 0
    """Given back or lost."""
    frames: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSummary:
    """A worker at one moment; each replaces the one before it."""

    version: int = SUMMARY_VERSION
    job_id: JobId
    agent_id: str
    began_at: str
    written_at: str
    """UTC, ISO 8601, by this host's clock."""
    uptime_s: float
    state: WorkerState = "idle"
    reason: str = ""
    """Why it ended; empty before."""
    notice_s: float | None = None
    """Seconds that the platform gave when it said that it takes the host; None: it did not."""
    frames_per_s: float = 0.0
    """Lately."""
    gpus: tuple[GpuUse, ...] = ()
    gpu_absent: str = ""
    """Why there is no GPU to tell of; empty where there is one."""
    resident_bytes: int = 0
    free_disk_bytes: int = 0
    worker_digest: str = ""
    build: str = ""
    """What it runs, as its hello says; empty before that."""
    task: Task | None = None
    """The one in hand."""
    ended: tuple[Task, ...] = ()
    """The newest last, at most :data:`MOST_TASKS`."""
    earlier: Counted = field(default_factory=Counted)
    """Those before them."""


def summary_key(job_id: JobId, agent_id: str) -> str:
    """Return where a worker's summary lies in the store."""
    return f"{summaries_of(job_id)}{key_part(agent_id)}.json"


def summaries_of(job_id: JobId) -> str:
    """Return what the keys of all summaries of a job's workers begin with."""
    return f"watch/{key_part(job_id)}/workers/"


def words_of(job_id: JobId) -> str:
    """Return what the keys of all that is left for watchers of a job begin with."""
    return f"watch/{key_part(job_id)}/"


def job_summary_key(job_id: JobId) -> str:
    """Return where the summary of the job itself lies, which the desktop writes."""
    return f"watch/{key_part(job_id)}/job.json"


def key_part(name: str) -> str:
    """Return ``name`` as one part of a key; a name that is none is told by its digest."""
    fits = len(name) <= 64 and "." not in name and "/" not in name and is_key(name)
    return name if fits else f"d-{sha256(name.encode()).hexdigest()[:32]}"


class Account:
    """Hears what the agent reports; safe to use from any thread."""

    def __init__(
        self,
        job_id: JobId,
        agent_id: str,
        gpus: Gpus,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Begin the account."""
        self._gpus, self._clock, self._now = gpus, clock, now
        self._lock = threading.Lock()
        self._began_s = self._task_began_s = clock()
        self._frames: dict[SegmentId, int] = {}
        self._busy: list[float] = []
        at = _said(now())
        self._summary = WorkerSummary(
            job_id=job_id, agent_id=agent_id, began_at=at, written_at=at, uptime_s=0.0
        )

    def hear(self, message: Message) -> None:
        """Take a message into the account."""
        gpus = self._gpus.read() if isinstance(message, Heartbeat | Claimed) else ()
        with self._lock:
            self._hear(message, gpus)

    def summary(self) -> WorkerSummary:
        """Return the worker as it stands now."""
        with self._lock:
            task = self._summary.task
            return replace(
                self._summary,
                written_at=_said(self._now()),
                uptime_s=round(self._clock() - self._began_s, 3),
                task=None if task is None else self._measured(task),
            )

    def _hear(self, message: Message, gpus: tuple[GpuUse, ...]) -> None:
        match message:
            case Hello():
                self._set(worker_digest=message.worker_digest, build=message.build)
            case Claimed():
                self._begin(message)
                self._see(gpus)
            case Progress():
                self._frames[message.segment_id] = message.frames_done
                self._set(frames_per_s=round(message.frames_per_s, 3))
            case SegmentStored(reused=True) if self._summary.task is not None:
                task = self._summary.task
                self._set(task=replace(task, reused_segments=task.reused_segments + 1))
            case ChunkDone():
                self._end("done")
            case Failed():
                self._end("lost" if message.reason == "claim_lost" else "failed", message.reason)
            case Heartbeat():
                self._see(gpus)
                self._set(
                    resident_bytes=message.resident_bytes, free_disk_bytes=message.free_disk_bytes
                )
            case Notice(grace_s=float() as grace_s):
                self._set(state="draining", notice_s=grace_s)
            case Drained():
                self._end("given back")
            case Bye():
                self._end("given back")
                self._set(state="ended", reason=message.reason)
            case _:
                return

    def _begin(self, claimed: Claimed) -> None:
        self._end("given back")  # nothing was said of the last one: it is not held any more
        self._task_began_s = self._clock()
        self._frames, self._busy = {}, []
        task = Task(
            chunk_id=claimed.chunk_id,
            claim_id=claimed.claim_id,
            deliveries=claimed.deliveries,
            began_at=_said(self._now()),
        )
        self._set(task=task, state="rendering")

    def _end(self, state: TaskState, reason: str = "") -> None:
        task = self._summary.task
        if task is None:
            return
        ended = replace(self._measured(task), state=state, reason=reason)
        draining = self._summary.state == "draining"
        kept, earlier = _kept((*self._summary.ended, ended), self._summary.earlier)
        self._set(
            task=None, ended=kept, earlier=earlier, frames_per_s=0.0,
            state="draining" if draining else "idle",
        )  # fmt: skip

    def _measured(self, task: Task) -> Task:
        seconds = self._clock() - self._task_began_s
        frames = sum(self._frames.values())
        busy = sum(self._busy) / len(self._busy) if self._busy else None
        return replace(
            task,
            seconds=round(seconds, 3),
            frames=frames,
            frames_per_s=round(frames / seconds, 3) if seconds > 0 else 0.0,
            gpu_percent=None if busy is None else round(busy, 1),
        )

    def _see(self, gpus: tuple[GpuUse, ...]) -> None:
        self._set(gpus=gpus, gpu_absent=self._gpus.absent)
        task = self._summary.task
        if task is None or not gpus:
            return
        told = [gpu.busy_percent for gpu in gpus if gpu.busy_percent is not None]
        self._busy += [float(max(told))] if told else []
        most = max(gpu.memory_used_bytes for gpu in gpus)
        self._set(task=replace(task, gpu_memory_bytes=max(most, task.gpu_memory_bytes or 0)))

    def _set(self, **changed: object) -> None:
        self._summary = replace(self._summary, **changed)  # type: ignore[arg-type]  # own fields


def _kept(ended: tuple[Task, ...], earlier: Counted) -> tuple[tuple[Task, ...], Counted]:
    """Return the newest tasks, and the others counted."""
    for task in ended[:-MOST_TASKS]:
        earlier = Counted(
            done=earlier.done + (task.state == "done"),
            failed=earlier.failed + (task.state == "failed"),
            left=earlier.left + (task.state in ("given back", "lost")),
            frames=earlier.frames + task.frames,
            seconds=round(earlier.seconds + task.seconds, 3),
        )
    return ended[-MOST_TASKS:], earlier


def _said(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
