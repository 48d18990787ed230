"""Name what a job has in a cluster, so that all of it can be found again by its labels."""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

from remote_worker.contract.records import JobId

Pool = Literal["spot", "on-demand"]
POOLS: tuple[Pool, ...] = ("spot", "on-demand")
APP, APP_VALUE = "app.kubernetes.io/name", "secondunit"
JOB, POOL, ROUND = "secondunit.dev/job", "secondunit.dev/pool", "secondunit.dev/round"
ENGINE = "secondunit.dev/engine"
"""Of what belongs to the engine on a volume, and to no job."""
NOTE_SUFFIX = "-holds"
CONTAINER = "agent"


def base_name(job_id: JobId) -> str:
    """Return what the names of all of a job's objects begin with."""
    return f"secondunit-{job_id}"


def job_name(job_id: JobId, pool: Pool, round_: int) -> str:
    """Return the name of a pool's Job; a round follows one that can have no more pods."""
    return f"{base_name(job_id)}-{pool}-{round_}"


def keys_name(job_id: JobId) -> str:
    """Return the name of the Secret that is made for a job."""
    return f"{base_name(job_id)}-keys"


def labels(job_id: JobId) -> dict[str, str]:
    """Return the labels of everything of a job."""
    return {APP: APP_VALUE, JOB: str(job_id)}


def selector(job_id: JobId | None = None) -> str:
    """Return how all of a job is found, or all that is Second Unit's."""
    mine = f"{APP}={APP_VALUE}"
    return f"{mine},{JOB}={job_id}" if job_id else f"{mine},{JOB}"


def engine_mark(claim: str) -> str:
    """Return what tells the engine on one claim from that on another, in labels and names."""
    return sha256(claim.encode()).hexdigest()[:10]


def engine_name(claim: str) -> str:
    """Return what the names of all that belongs to the engine on a claim begin with."""
    return f"secondunit-engine-{engine_mark(claim)}"


def engine_selector(claim: str = "") -> str:
    """Return how all that belongs to the engine on a claim, or on any, is found."""
    mine = f"{APP}={APP_VALUE},{ENGINE}"
    return f"{mine}={engine_mark(claim)}" if claim else mine
