"""Say how much room the app takes and free what no open job needs."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestrator.cleaning import clear, clutter
from orchestrator.errors import NotSaved
from orchestrator.home import Home
from orchestrator.media.guard import Cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """The app's folder as it was when it was looked at."""

    folder: Path
    sizes: tuple[tuple[str, int], ...]
    """Bytes by the name of each folder in it, the largest first."""
    free_bytes: int
    """On the disk that it is on."""
    disk_bytes: int
    clutter_bytes: int
    """What a clean-up would free."""
    clutter_jobs: int
    """Ended jobs that a clean-up would forget."""

    @property
    def used_bytes(self) -> int:
        """All that the app keeps."""
        return sum(size for _, size in self.sizes)


def look(home: Home) -> Storage:
    """Return how much room is taken, and how much of it could be freed; takes a while.

    Raises:
        NotSaved: the folder cannot be read.
    """
    try:
        found, disk = clutter(home), shutil.disk_usage(home.root)
        sizes = sorted(home.sizes().items(), key=lambda pair: -pair[1])
    except OSError as error:
        raise _unusable(error) from error
    return Storage(
        folder=home.root,
        sizes=tuple(sizes),
        free_bytes=disk.free,
        disk_bytes=disk.total,
        clutter_bytes=found.file_bytes,
        clutter_jobs=found.jobs,
    )


def clean_up(
    home: Home, share: Callable[[int, int], None], cancelled: threading.Event | None = None
) -> int:
    """Delete what no open job needs; return how many bytes that freed.

    Raises:
        Cancelled: ``cancelled`` was set; what was deleted until then is gone.
        NotSaved: something could not be deleted; the rest stays until the next time.
        JobBusy: a job was begun again meanwhile.
    """

    def heard(done: int, total: int) -> None:
        share(done, total)
        if cancelled is not None and cancelled.is_set():
            raise Cancelled("The clean-up was stopped.", "Begin it again whenever you like.")

    try:
        found = clutter(home)
        clear(home, found, heard)
    except OSError as error:
        raise _unusable(error) from error
    return found.file_bytes


def _unusable(error: OSError) -> NotSaved:
    return NotSaved(
        f"The storage folder cannot be used ({error.strerror or type(error).__name__}).",
        "Check the disk and the folder's rights, then try again.",
    )
