"""Find what jobs left in a cluster, and remove what belongs to none that goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from orchestrator.errors import SecondUnitError
from orchestrator.fleet.kubernetes import names
from orchestrator.fleet.kubernetes.api import Api
from orchestrator.fleet.kubernetes.handover import read_applied
from orchestrator.fleet.kubernetes.pools import OWNED, listed
from orchestrator.home import Home
from orchestrator.jobs import is_open, list_jobs, read_state
from remote_worker.contract.records import JobId

Why = Literal["left over", "in use", "of another machine", "applied by others"]


@dataclass(frozen=True, slots=True)
class Left:
    """One object of a cluster that Second Unit made, and whether it is of use."""

    kind: str
    name: str
    job_id: JobId
    why: Why


def look(api: Api, home: Home) -> tuple[Left, ...]:
    """Return all that jobs have in the namespace; pods go with their Jobs and are not listed.

    Raises:
        CloudError: the cluster does not answer, or refuses.
    """
    living = {job_id: _is_living(home, job_id) for job_id in list_jobs(home)}
    found = []
    for kind in OWNED:
        if kind == "Pod":
            continue
        for item in listed(api, kind, None):
            job_id = JobId(str(item["metadata"]["labels"][names.JOB]))
            why = _why(home, living, job_id)
            found.append(Left(kind, str(item["metadata"]["name"]), job_id, why))
    return (*found, *_of_engines(api))


def _of_engines(api: Api) -> list[Left]:
    """Return what installations on volumes have; what they noted of a volume is no remainder.

    Without its Job an installation's plan and keys are of no use: its desktop died before that.
    """
    selector = names.engine_selector()
    jobs = {each["metadata"]["labels"][names.ENGINE] for each in api.find("Job", selector)}
    found = []
    for kind in ("ConfigMap", "Secret"):
        for item in api.find(kind, selector):
            name = str(item["metadata"]["name"])
            goes_on = item["metadata"]["labels"][names.ENGINE] in jobs
            if not name.endswith(names.NOTE_SUFFIX):
                why: Why = "in use" if goes_on else "left over"
                found.append(Left(kind, name, JobId(""), why))
    return found


def sweep(api: Api, home: Home, *, everything: bool = False) -> tuple[Left, ...]:
    """Remove what is left over, with ``everything`` other machines' too; return what it was.

    Raises:
        CloudError: the cluster does not answer, or refuses; it can be done again.
    """
    doomed = [each for each in look(api, home) if is_doomed(each, everything=everything)]
    for each in doomed:
        api.delete(each.kind, each.name)
    return tuple(doomed)


def is_doomed(left: Left, *, everything: bool) -> bool:
    """Return whether a sweep removes it."""
    return left.why == "left over" or (everything and left.why == "of another machine")


def _why(home: Home, living: dict[JobId, bool], job_id: JobId) -> Why:
    if job_id not in living:
        return "of another machine"
    noted = read_applied(home, job_id)
    if noted is not None and noted.by == "others":
        return "applied by others"
    return "in use" if living[job_id] else "left over"


def _is_living(home: Home, job_id: JobId) -> bool:
    try:
        return is_open(read_state(home, job_id))
    except SecondUnitError:
        return True  # what cannot be read may still go on
