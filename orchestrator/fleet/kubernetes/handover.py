"""Hand a job's manifests to whoever applies them, and remember what was handed over."""

from __future__ import annotations

import contextlib
import errno
import os
from dataclasses import dataclass, replace
from pathlib import Path

from orchestrator.desk.rented import Asked, Asks
from orchestrator.errors import NotSaved, RequestRefused
from orchestrator.fleet.kubernetes import manifests, names
from orchestrator.fleet.kubernetes.cluster import AppliedBy
from orchestrator.fleet.kubernetes.manifests import Manifest, Outfit
from orchestrator.home import Home
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.records import JobId

_NOTED, _COPY = "applied.json", "manifests.yaml"
_HEAD = """\
# The agents of one render, for whoever applies them: Argo CD, Flux, or kubectl apply -f.
# They wait for work, and end by themselves when the render is finished. Take this file away from
# what is applied then: the cluster removes a Job {hours} h after it ended, and whatever keeps the
# cluster as its files say would make it again.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """Who applies a job's Jobs, and where the manifests for that are."""

    by: AppliedBy = "app"
    round: int = 1
    """Of the Jobs in the manifests; a Job that is over, or that changed, needs another name."""
    written: int = 0
    """The round that was written last; 0 before the first."""
    path: str = ""
    """The file; empty before it was written."""


def read_applied(home: Home, job_id: JobId) -> Applied | None:
    """Return what was noted of a job; None where nothing was."""
    try:
        return from_text(Applied, (home.job(job_id) / _NOTED).read_bytes())
    except (OSError, ContractError):
        return None


def note_applied(home: Home, job_id: JobId, applied: Applied) -> None:
    """Note it in the job's folder.

    Raises:
        NotSaved: it could not be.
    """
    _write(home.job(job_id) / _NOTED, canonical(applied))


def what_is_left(home: Home, job_id: JobId) -> str:
    """Return the file of what is to be removed by whoever applied it; empty where there is none."""
    noted = read_applied(home, job_id)
    return noted.path if noted is not None and noted.by == "others" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many pods each Job has side by side, from its begin to its end."""

    spot: int
    on_demand: int = 0


class Handover:
    """The manifests of one job; what is asked for is read by any thread."""

    def __init__(
        self, home: Home, outfit: Outfit, counts: Counts, folder: str, *, sees_pods: bool
    ) -> None:
        """Prepare; nothing is written yet.  ``folder`` empty: the job's own."""
        self._home, self._outfit, self._counts = home, outfit, counts
        self._job_id, self._sees_pods = outfit.job_id, sees_pods
        self._path = path_of(home, self._job_id, folder)
        self._noted = read_applied(home, self._job_id) or Applied(by="others")
        self.asks: Asks | None = None
        """What somebody else is to do now."""

    @property
    def round(self) -> int:
        """The round of the Jobs in the manifests."""
        return self._noted.round

    def write(self) -> None:
        """Write the manifests where they are not there as they should be.

        Raises:
            NotSaved: they could not be written.
            RequestRefused: what was chosen of the cluster cannot be written in a manifest.
        """
        before = _text_in(self._home.job(self._job_id) / _COPY)
        if self._noted.written == self.round and before not in (None, self.text()):
            self._to_next_round()  # a Job that is there takes no other pods
        self._put()

    def again(self) -> None:
        """Write manifests with new Jobs: those before are over.

        Raises:
            NotSaved: they could not be written.
        """
        self._to_next_round()
        self._put()

    def spend(self) -> None:
        """Have the next run write new Jobs: those that are there are of no use any more."""
        with contextlib.suppress(NotSaved):  # then they are applied as they are, and fail again
            self._to_next_round()

    def ask(self, what: Asked, until: str) -> None:
        """Ask for something, for so long."""
        self.asks = Asks(
            what=what, manifests=str(self._path), until=until, sees_pods=self._sees_pods
        )

    def manifests(self) -> list[Manifest]:
        """Return the objects to apply."""
        return manifests_of(self._outfit, self._counts, self.round)

    def text(self) -> str:
        """Return the file's text."""
        return with_head(self.manifests())

    def is_ours(self, pod: str) -> bool:
        """Return whether a pod is of the Jobs in the manifests as they are now."""
        jobs = (names.job_name(self._job_id, pool, self.round) for pool in names.POOLS)
        return any(pod.startswith(f"{job}-") for job in jobs)

    def _to_next_round(self) -> None:
        self._noted = replace(self._noted, round=self._noted.round + 1)
        note_applied(self._home, self._job_id, self._noted)

    def _put(self) -> None:
        text = self.text()
        for path in (self._path, self._home.job(self._job_id) / _COPY):
            if _text_in(path) != text:  # a file that did not change is no change to commit
                _write(path, text)
        self._noted = replace(self._noted, by="others", written=self.round, path=str(self._path))
        note_applied(self._home, self._job_id, self._noted)


def path_of(home: Home, job_id: JobId, folder: str) -> Path:
    """Return the file that a job's manifests are written to; ``folder`` empty: the job's own."""
    if not folder:
        return home.job(job_id) / _COPY
    return Path(folder).absolute() / f"{names.base_name(job_id)}.yaml"


def require_folder(folder: str) -> None:
    """Return when manifests can be written to a folder, which is made if it is not there.

    Raises:
        RequestRefused: they cannot.
    """
    path = Path(folder).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise RequestRefused(
            f"Manifests cannot be written to {path}: {error.strerror}.", "Choose another folder."
        ) from error


def manifests_of(outfit: Outfit, counts: Counts, round_: int) -> list[Manifest]:
    """Return what others apply of a job.

    Raises:
        RequestRefused: what was chosen of the cluster cannot be written in a manifest.
    """
    found = [manifests.config_map(outfit), manifests.job(outfit, "spot", round_, counts.spot)]
    if counts.on_demand:
        found.append(manifests.job(outfit, "on-demand", round_, counts.on_demand))
    return found


def with_head(found: list[Manifest]) -> str:
    """Return manifests as the text of a file that says what it is."""
    return _HEAD.format(hours=manifests.kept_s() // 3600) + manifests.to_yaml(found)


def _text_in(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, [text.encode()])
    except OSError as error:
        raise NotSaved(
            f"{path} could not be written ({error.strerror}).",
            "Check the folder, then resume the job.",
        ) from error
