"""Say where the app keeps its things on this machine, and whether there is room for more."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from orchestrator.errors import NoRoom
from remote_worker.contract.records import JobId

MIB = 1024**2
_MORE_ROOM = "Free some space, or choose another folder with SECONDUNIT_HOME."


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of the app; each is made when it is first asked for."""

    root: Path

    @staticmethod
    def default() -> Home:
        """Return the user's own: ``SECONDUNIT_HOME``, or where the system keeps such data."""
        named = os.environ.get("SECONDUNIT_HOME")
        own = platformdirs.user_data_path("SecondUnit", appauthor=False)
        chosen = Path(named) if named else own
        home = Home(chosen.absolute())
        home.root.mkdir(parents=True, exist_ok=True)
        return home

    @property
    def store(self) -> Path:
        """Staged pieces and finished segments of all jobs."""
        return self._folder("store")

    @property
    def jobs(self) -> Path:
        """One folder a job."""
        return self._folder("jobs")

    @property
    def faces(self) -> Path:
        """Source faces with their consent."""
        return self._folder("faces")

    @property
    def scans(self) -> Path:
        """What face scans found."""
        return self._folder("scans")

    @property
    def cache(self) -> Path:
        """What can be made again."""
        return self._folder("cache")

    @property
    def crashes(self) -> Path:
        """Reports of faults of the program itself."""
        return self._folder("crashes")

    @property
    def presets(self) -> Path:
        """The user's own presets, one file each."""
        return self._folder("presets")

    @property
    def logs(self) -> Path:
        """What the app wrote down while it ran."""
        return self._folder("logs")

    def job(self, job_id: JobId) -> Path:
        """Return the folder of one job, which may not be there."""
        return self.jobs / job_id

    def sizes(self) -> dict[str, int]:
        """Return how many bytes each folder holds."""
        names = ("store", "jobs", "faces", "scans", "cache")
        return {name: _bytes_in(self._folder(name)) for name in names}

    def _folder(self, name: str) -> Path:
        folder = self.root / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def require_room(folder: Path, needed_bytes: int, advice: str = _MORE_ROOM) -> None:
    """Return when the disk of ``folder`` has ``needed_bytes`` free.

    Raises:
        NoRoom: it has not; ``advice`` says what to do.
    """
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes:
        raise NoRoom(
            f"This needs about {needed_bytes // MIB + 1} MiB in {folder}, "
            f"which has {free_bytes // MIB} MiB free.",
            advice,
        )


def _bytes_in(folder: Path) -> int:
    total = 0
    for base, _, names in os.walk(folder):
        for name in names:
            try:
                total += Path(base, name).stat().st_size
            except FileNotFoundError:
                continue  # it went while we looked
    return total
