"""Remove what was left in a store for those who watch a job."""

from __future__ import annotations

from remote_worker.account import words_of
from remote_worker.contract.records import JobId
from remote_worker.stores import Store


def forget_words(store: Store, job_id: JobId) -> None:
    """Remove what the driver and the workers of a job left; safe to perform twice.

    Raises:
        WorkerError: the store does not answer.
    """
    for key in tuple(store.keys(words_of(job_id))):
        store.delete(key)
