"""Find new videos in watched folders by looking again and again; take each of them once."""

from __future__ import annotations

import logging
import os
import re
import stat
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from orchestrator.home import Home
from orchestrator.settings import WatchFolder
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text

PERIOD_S = 5.0
"""Between two looks; a file that grows is not settled after so long."""
_SHARE_OF_TIME = 0.005
"""What looking may take of all time: large folders are looked at less often."""
_FILE = "watch.json"
_STOP_S = 10.0
VIDEO_ENDINGS = frozenset(
    (".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mts", ".m2ts", ".ts", ".mpg", ".mpeg",
     ".mxf", ".wmv", ".flv", ".ogv", ".3gp", ".vob")
)  # fmt: skip
_OURS = re.compile(r"-secondunit(-\d+)?$")
"""How finished videos end that are named by the app; taking them would never come to an end."""
_log = logging.getLogger(__name__)

Stamp = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds."""
Listing = Mapping[str, Stamp]
"""Videos in a folder by name."""
Found = Callable[[WatchFolder, tuple[Path, ...]], None]
"""Hears of new videos, on the watcher's thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is known of one folder."""

    known: Mapping[str, Stamp] = field(default_factory=dict)
    """Videos that were taken, or were there when the folder was added."""
    gone: Collection[str] = ()
    """Known ones that were not there the last time; the folder's disk may have been away."""


@dataclass(frozen=True, slots=True)
class _OnFile:
    version: int
    folders: dict[str, tuple[tuple[str, int, int, bool], ...]]
    """By path: name, size, time, and whether it is gone."""


def settled(before: Listing, now: Listing) -> tuple[str, ...]:
    """Return the names that were the same in both looks and are not empty, sorted."""
    return tuple(
        sorted(name for name, stamp in now.items() if stamp[0] > 0 and before.get(name) == stamp)
    )


def looked(watched: Watched, before: Listing, now: Listing) -> tuple[Watched, tuple[str, ...]]:
    """Return what is known after a look, and the names of the videos that are new.

    A known name is new again only when it had gone and came back as another file: one that is
    changed in its place is still the one that was taken, and a disk that was unplugged brings
    back what it held.
    """
    back_as_other = {
        name for name in watched.gone if name in now and now[name] != watched.known[name]
    }
    new = tuple(
        name for name in settled(before, now) if name not in watched.known or name in back_as_other
    )
    known = dict(watched.known)
    known |= {name: now[name] for name in now if name in known and name not in back_as_other}
    known |= {name: now[name] for name in new}
    gone = {name for name in known if name not in now} | (back_as_other - set(new))
    return Watched(known=known, gone=frozenset(gone)), new


def is_video(name: str) -> bool:
    """Return whether a file of that name is taken: a video, not hidden, not one of ours."""
    path = PurePath(name)
    is_hidden = name.startswith((".", "~"))
    return path.suffix.lower() in VIDEO_ENDINGS and not is_hidden and not _OURS.search(path.stem)


def listing(folder: Path) -> Listing | None:
    """Return the videos in a folder, or None when it is not there or cannot be read."""
    found: dict[str, Stamp] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if is_video(entry.name) and (stamp := _stamp(entry)) is not None:
                    found[entry.name] = stamp
    except OSError:
        return None
    return found


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    try:
        facts = Path(entry.path).stat()  # what scandir holds is old on Windows while a file grows
    except OSError:
        return None  # it went, or may not be looked at
    return (facts.st_size, facts.st_mtime_ns) if stat.S_ISREG(facts.st_mode) else None


class Watcher:
    """Looks at folders on a thread of its own until it is stopped."""

    def __init__(
        self,
        home: Home,
        folders: Callable[[], tuple[WatchFolder, ...]],
        found: Found,
        *,
        is_ours: Callable[[Path], bool] = lambda _: False,
        period_s: float = PERIOD_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; ``is_ours`` tells of files that the app itself writes."""
        self._path = home.root / _FILE
        self._folders, self._found, self._is_ours = folders, found, is_ours
        self._period_s, self._clock = period_s, clock
        self._watched: dict[str, Watched] | None = None
        self._last: dict[str, Listing] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watching", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; safe to perform twice."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)

    def look(self) -> None:
        """Look at every folder once, and tell of what is new."""
        if self._watched is None:
            self._watched = self._read()
        before = dict(self._watched)
        wanted = {folder.path: folder for folder in self._folders()}
        for path in [path for path in self._watched if path not in wanted]:
            del self._watched[path]  # taken off the list; adding it again begins anew
            self._last.pop(path, None)
        for folder in wanted.values():
            self._look_at(folder, self._watched)
        if self._watched != before:
            self._write(self._watched)

    def _look_at(self, folder: WatchFolder, watched: dict[str, Watched]) -> None:
        now = listing(Path(folder.path))
        if now is None:
            self._last.pop(folder.path, None)
            return  # it is away; what is known of it stays
        before = self._last.get(folder.path, {})
        self._last[folder.path] = now
        if folder.path not in watched:
            watched[folder.path] = Watched(known=dict(now))
            return
        after, new = looked(watched[folder.path], before, now)
        paths = tuple(Path(folder.path, name) for name in new)
        taken = tuple(path for path in paths if not self._is_ours(path))
        if taken:
            self._found(folder, taken)  # before it is remembered: twice is better than never
        watched[folder.path] = after

    def _run(self) -> None:
        rest_s = 0.0
        while not self._end.wait(rest_s):
            began_s = self._clock()
            try:
                self.look()
            except Exception:  # the next look may do better; the app goes on without this one
                _log.exception("Watched folders could not be looked at.")
            rest_s = max(self._period_s, (self._clock() - began_s) / _SHARE_OF_TIME)

    def _read(self) -> dict[str, Watched]:
        try:
            on_file = from_text(_OnFile, self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ContractError) as error:
            _log.warning("What was taken from watched folders is not known (%s).", error)
            return {}
        return {
            path: Watched(
                known={name: (size, changed_ns) for name, size, changed_ns, _ in rows},
                gone=frozenset(name for name, _, _, is_gone in rows if is_gone),
            )
            for path, rows in on_file.folders.items()
        }

    def _write(self, watched: dict[str, Watched]) -> None:
        on_file = _OnFile(
            version=1,
            folders={
                path: tuple(
                    (name, *stamp, name in each.gone) for name, stamp in sorted(each.known.items())
                )
                for path, each in watched.items()
            },
        )
        try:
            write_whole(self._path, [canonical(on_file).encode()])
        except OSError as error:
            _log.warning("What was taken from watched folders is not written down (%s).", error)
