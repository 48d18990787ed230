"""Read how a job stands from its store, again and again, from any computer."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from orchestrator.errors import JobMissing
from orchestrator.watching.address import Address
from orchestrator.watching.records import JobSummary
from orchestrator.watching.view import JobView, job_view
from remote_worker.account import WorkerSummary, job_summary_key, summaries_of
from remote_worker.config import open_store
from remote_worker.contract.coding import ContractError, from_text
from remote_worker.contract.records import JobId
from remote_worker.errors import BlobMissing
from remote_worker.stores import Store

T = TypeVar("T")
_PREFIX = "watch/"


class Reader:
    """Looks at one job; each look asks for one listing and one object a worker.

    How long somebody has been silent is counted by this computer's clock from when their word
    last changed: clocks of hosts that are minutes off make nobody silent.
    """

    def __init__(
        self,
        store: Store,
        job_id: JobId,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Prepare; nothing is asked before :meth:`look`."""
        self._store, self.job_id, self._clock, self._now = store, job_id, clock, now
        self._changed: dict[str, tuple[str, float]] = {}
        """By whose word: what it said of its time, and when that was first seen here."""

    def look(self) -> JobView:
        """Return how the job stands.

        Raises:
            JobMissing: nobody has left word of it, or all of it was cleared away since.
            WorkerError: the store does not answer.
        """
        job = self._read(JobSummary, job_summary_key(self.job_id))
        keys = tuple(self._store.keys(summaries_of(self.job_id)))
        found = (self._read(WorkerSummary, key) for key in keys)
        workers = tuple(each for each in found if each is not None)
        if job is None and not workers:
            raise _nothing(self.job_id)
        heard = {each.agent_id: self._heard_s(each.agent_id, each.written_at) for each in workers}
        if job is not None:
            heard[""] = self._heard_s("", job.written_at)
        return job_view(self.job_id, job, workers, heard)

    def _read(self, kind: type[T], key: str) -> T | None:
        """Return a record; one that went, or that another version wrote, is not told of."""
        try:
            return from_text(kind, self._store.get(key))
        except (BlobMissing, ContractError):
            return None

    def _heard_s(self, name: str, written_at: str) -> float:
        said, seen_s = self._changed.get(name, ("", 0.0))
        now_s = self._clock()
        if said == written_at:
            return now_s - seen_s
        # What is seen first may have lain there for days; only then its own clock is asked.
        age_s = self._age_s(written_at) if not said else 0.0
        self._changed[name] = (written_at, now_s - age_s)
        return age_s

    def _age_s(self, written_at: str) -> float:
        try:
            return max(0.0, (self._now() - datetime.fromisoformat(written_at)).total_seconds())
        except (ValueError, TypeError):
            return 0.0


def open_reader(address: Address) -> Reader:
    """Return what looks at the job of an address.

    Raises:
        JobMissing: the address names no job, and the store has none or several.
        WorkerError: the store does not answer.
    """
    store = open_store(address.store)
    return Reader(store, address.job_id or _only_job(store, address))


def _only_job(store: Store, address: Address) -> JobId:
    found = sorted({key.split("/")[1] for key in store.keys(_PREFIX) if key.count("/") >= 2})
    if len(found) == 1:
        return JobId(found[0])
    if not found:
        raise JobMissing(
            f"Nobody has left word of a job in {address.text}.",
            "Check the address; a job shows itself some seconds after it began.",
        )
    raise JobMissing(
        f"There are {len(found)} jobs in {address.text}.",
        f"Name one: {', '.join(f'#{name}' for name in found[-5:])}.",
    )


def _nothing(job_id: JobId) -> JobMissing:
    return JobMissing(
        f"There is no word of job {job_id} in this store.",
        "It shows itself some seconds after it began. If it was there before, it has ended and "
        "what it had in the store was cleared away.",
    )
