"""Say what the desk asks of machines other than this one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from orchestrator.desk.entries import Receipt, Where
from orchestrator.desk.rented import Rented
from orchestrator.errors import StorageFailed
from orchestrator.home import Home
from orchestrator.jobs import JobRecord
from orchestrator.places import Place
from orchestrator.prepare import Share
from orchestrator.snapshot import Snapshot
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.records import JobId

_FILE = "where.json"


class Elsewhere(Protocol):
    """Machines other than this one for the job of one entry; used by its turn's thread."""

    def prepare(self, home: Home, share: Share) -> None:
        """Have there what every job needs; ``share`` hears how much of it is.

        Raises:
            SecondUnitError: it cannot be had; nothing was rented.
        """
        ...

    def place(self, home: Home, record: JobRecord, run: int) -> Place:
        """Return where the job runs.

        Raises:
            SecondUnitError: nothing can be had there now; nothing was rented.
        """
        ...

    def seen(self, home: Home, job_id: JobId, now: Snapshot) -> Rented | None:
        """Return what is shown of the job's machines; called often, so it waits for nobody.

        ``now`` is how the job stands.
        """
        ...

    def receipt(self, home: Home, job_id: JobId) -> Receipt | None:
        """Return what the job came to, and what is left of it; None when nothing was rented.

        It asks those who rent the machines, which can take seconds.
        """
        ...

    def clear(self, home: Home, job_id: JobId) -> None:
        """Remove all that a job at rest has there; safe to perform twice.

        Raises:
            SecondUnitError: it could not be, and can be tried again.
        """
        ...


PlacesFor = Callable[[Where], Elsewhere]
"""Gives the machines that an entry asks for; never called for those that render here.

Raises a :class:`~orchestrator.errors.SecondUnitError` when they cannot be had.
"""


def write_where(home: Home, job_id: JobId, where: Where) -> None:
    """Note in a job's folder where it runs, before anything is made there.

    Raises:
        StorageFailed: it could not be noted.
    """
    try:
        write_whole(_path(home, job_id), [canonical(where).encode()])
    except OSError as error:
        raise StorageFailed(
            f"The job's folder cannot be written to: {error.strerror or error}.",
            "Free some space, then render again.",
        ) from error


def read_where(home: Home, job_id: JobId) -> Where:
    """Return where a job runs, or ran; this machine when nothing else was noted."""
    try:
        return from_text(Where, _path(home, job_id).read_bytes())
    except (OSError, ContractError):
        return Where()


def _path(home: Home, job_id: JobId) -> Path:
    return home.job(job_id) / _FILE
