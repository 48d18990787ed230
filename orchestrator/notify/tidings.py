"""Say what is told when a render ends, and which ends are worth telling; pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Literal

from orchestrator.desk.entries import Entry
from orchestrator.job import Phase
from orchestrator.runner import Outcome
from remote_worker.contract.records import JobId

Occasion = Literal["done", "failed", "budget", "attention", "test"]
OCCASIONS: tuple[Occasion, ...] = ("done", "failed", "budget", "attention")
"""Those that one can ask for; a test goes to whoever it is sent to."""

_BUDGET = frozenset({"budget_reached"})
_ATTENTION = frozenset(
    {
        "credentials_missing", "credentials_expired", "permission_missing", "quota_too_small",
        "no_room", "disk_full", "storage_failed", "store_unavailable", "queue_unavailable",
        "source_missing", "source_changed", "source_replaced", "source_face_missing",
        "consent_missing", "content_refused", "cloud_unreachable", "capacity_refused",
        "facefusion_missing", "model_missing", "secrets_unavailable",
    }
)  # fmt: skip
"""Codes of faults after which a person can put something right and go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiding:
    """One thing that is told, to everybody who asked for its occasion."""

    tiding_id: str
    """Unique; the same when it is told again, so that it can be told apart from a new one."""
    occasion: Occasion
    happened_at: str
    """UTC, ISO 8601."""
    title: str
    """The video's name, without its folder."""
    job_id: JobId | None = None
    code: str = ""
    """Stable name of the fault; empty when it is done."""
    sentence: str = ""
    advice: str = ""
    output: str = ""
    """The finished video's name, without its folder."""
    frames: int | None = None
    seconds: float | None = None
    """From the begin of its turn to its end."""
    usd: Decimal | None = None


def occasion_of(code: str) -> Occasion:
    """Return what the end with this fault is called."""
    if code in _BUDGET:
        return "budget"
    return "attention" if code in _ATTENTION else "failed"


def tiding_of_entry(entry: Entry, at: str) -> Tiding | None:
    """Return what is told of an entry that came to this state at ``at``, or None."""
    title = Path(entry.source).name
    usd = entry.receipt.usd if entry.receipt is not None else None
    if entry.state == "done" and entry.result is not None:
        result = entry.result
        return Tiding(
            # Written down twice, as after a kill in between, it is still one.
            tiding_id=_id("done", str(entry.job_id), result.digest),
            occasion="done",
            happened_at=at,
            title=title,
            job_id=entry.job_id,
            output=Path(result.output_path).name,
            frames=result.frame_count,
            seconds=round(result.seconds, 1),
            usd=usd,
        )
    if entry.state not in ("failed", "refused") or entry.trouble is None:
        return None
    why = entry.trouble
    return Tiding(
        tiding_id=_id(entry.state, entry.entry_id, why.code, at),
        occasion="attention" if entry.state == "refused" else occasion_of(why.code),
        happened_at=at,
        title=title,
        job_id=entry.job_id,
        code=why.code,
        sentence=why.sentence,
        advice=why.advice,
        usd=usd,
    )


def tiding_of_outcome(
    outcome: Outcome, at: str, *, seconds: float | None = None, usd: Decimal | None = None
) -> Tiding | None:
    """Return what is told of a job that a terminal drove, or None when it only rests."""
    record, last, finished = outcome.record, outcome.last, outcome.finished
    title = Path(record.request.source_path).name
    if finished is not None:
        return Tiding(
            tiding_id=_id("done", record.job_id, finished.video.digest),
            occasion="done",
            happened_at=at,
            title=title,
            job_id=record.job_id,
            output=Path(finished.video.output_path).name,
            frames=finished.video.frame_count,
            seconds=seconds,
            usd=usd,
        )
    if last.phase is not Phase.FAILED or last.fault is None:
        return None
    fault = last.fault
    return Tiding(
        tiding_id=_id("failed", record.job_id, fault.reason, at),
        occasion=occasion_of(fault.reason),
        happened_at=at,
        title=title,
        job_id=record.job_id,
        code=fault.reason,
        sentence=fault.sentence,
        advice=fault.advice,
        usd=usd,
    )


def trial_tiding(name: str, at: str) -> Tiding:
    """Return what is sent to see whether it arrives."""
    return Tiding(tiding_id=_id("test", name, at), occasion="test", happened_at=at, title="")


def _id(*parts: str) -> str:
    return f"msg_{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"
