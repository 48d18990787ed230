"""Put together what helps to find a fault, without secrets, names of videos, faces or people."""

from __future__ import annotations

import io
import json
import os
import platform
import shutil
import sqlite3
import sys
import threading
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from orchestrator.desk.book import book_path
from orchestrator.errors import JournalBroken, NotSaved, SecondUnitError
from orchestrator.health import examine
from orchestrator.home import Home
from orchestrator.jobs import journal_path, list_jobs, read_record, read_state
from orchestrator.journal import read_events
from orchestrator.logbook import log_path
from orchestrator.media.guard import Cancelled
from orchestrator.redacting import Redactor
from orchestrator.settings import Settings
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import to_plain
from remote_worker.contract.records import JobId

Share = Callable[[int, int], None]
"""Hears how much is done, of how much."""
_JOBS, _CRASHES, _NAMES_OF_JOBS = 10, 10, 200
"""The newest of each; names are looked for in more jobs than are told of."""
_MOST_BYTES = 256 << 10
"""Of one file, from its end."""
_PACKAGES = ("secondunit", "pyside6-essentials", "av", "numpy", "onnxruntime", "keyring", "psutil")
_VARIABLES = (
    "LANG",
    "QT_SCALE_FACTOR",
    "QT_QPA_PLATFORM",
    "XDG_SESSION_TYPE",
    "XDG_CURRENT_DESKTOP",
)
"""All that is told of the environment; the rest of it may hold anything."""
_NOT_NAMES = frozenset({"basis", "statement", "face_id", "entry_id", "state", "digest", "codec"})
_README = """This bundle helps to find a fault in Second Unit. You can read every file in it.

In it: versions of the app and of what it stands on, what was found on the machine, settings,
sizes of folders, what happened to the newest jobs, reports of crashes, and the end of the log.

Not in it: passwords and keys, videos and pictures, faces, and names of files, people and
folders. A name is shown as [name 1a2b3c]: the same name is the same letters in this bundle,
and other ones in the next. Still, look through it before you give it away.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One file of a bundle, fit to be given away."""

    name: str
    text: str


def bundle_name(now: datetime) -> str:
    """Return what a bundle is called that is made ``now``."""
    return f"second-unit-diagnostics-{now:%Y%m%d-%H%M%S}.zip"


def write_bundle(
    home: Home, settings: Settings, to: Path, share: Share, cancelled: threading.Event | None = None
) -> tuple[str, ...]:
    """Write a bundle to ``to``, whole or not at all; return the names of the files in it.

    Raises:
        NotSaved: it could not be written.
        Cancelled: ``cancelled`` was set; nothing was written.
    """
    pages = collect(home, settings, share, cancelled)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as bundle:
        for page in pages:
            bundle.writestr(page.name, page.text)
    try:
        write_whole(to, [held.getvalue()])
    except OSError as error:
        raise NotSaved(
            f"The bundle could not be written ({error.strerror or type(error).__name__}).",
            "Choose another folder, or free some space.",
        ) from error
    return tuple(page.name for page in pages)


def crash_reports(home: Home) -> tuple[Path, ...]:
    """Return the reports of crashes; an empty file waits for a crash that did not come."""
    return tuple(path for path in home.crashes.glob("*.txt") if path.stat().st_size > 0)


def collect(
    home: Home, settings: Settings, share: Share, cancelled: threading.Event | None = None
) -> tuple[Page, ...]:
    """Return the files of a bundle; what cannot be read is said in its place.

    Raises:
        Cancelled: ``cancelled`` was set.
    """
    redact = Redactor(storage=home.root, names=_private_names(home, settings))
    works: tuple[Callable[[], Iterable[Page]], ...] = (
        lambda: [Page("README.txt", _README), _json("about.json", _about())],
        lambda: [_json("settings.json", _settings(settings))],
        lambda: [_json("storage.json", _storage(home))],
        lambda: [_json("queue.json", _queue(home))],
        lambda: [_json("jobs.json", [_job(home, each) for each in list_jobs(home)[-_JOBS:]])],
        lambda: _crashes(home),
        lambda: _logs(home),
        lambda: [_json("health.json", to_plain(examine(home, _nobody)))],
    )
    pages: list[Page] = []
    for number, work in enumerate(works, start=1):
        if cancelled is not None and cancelled.is_set():
            raise Cancelled("The bundle was given up; nothing was written.", "Begin it again.")
        pages += [replace(page, text=redact(page.text)) for page in _or_why_not(work)]
        share(number, len(works))
    return tuple(pages)


def _or_why_not(work: Callable[[], Iterable[Page]]) -> Iterator[Page]:
    """Yield what ``work`` gives; a part that fails must not cost the rest of the bundle."""
    try:
        yield from work()
    except Exception as error:  # it is told in the bundle, as it may be the very fault
        yield Page(f"failed-{type(error).__name__}.txt", f"{type(error).__name__}: {error}\n")


def _json(name: str, plain: Any) -> Page:
    return Page(name, json.dumps(plain, indent=1, ensure_ascii=False) + "\n")


def _about() -> dict[str, Any]:
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "system": platform.platform(),
        "python": platform.python_version(),
        "is_packaged": bool(getattr(sys, "frozen", False)),
        "packages": {name: _version(name) for name in _PACKAGES},
        "variables": {name: os.environ[name] for name in _VARIABLES if name in os.environ},
        "has_own_home": "SECONDUNIT_HOME" in os.environ,
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _settings(settings: Settings) -> dict[str, Any]:
    """Return the settings; of the command only how many words it has, as any may be a secret."""
    plain: dict[str, Any] = to_plain(settings)
    plain["when_done_command"] = f"{len(settings.when_done_command)} words"
    plain["watch_folders"] = len(settings.watch_folders)
    plain["output_folder"] = "set" if settings.output_folder else None
    return plain


def _storage(home: Home) -> dict[str, Any]:
    disk = shutil.disk_usage(home.root)
    return {"sizes": home.sizes(), "free_bytes": disk.free, "disk_bytes": disk.total}


def _queue(home: Home) -> dict[str, Any]:
    """Return how many videos are in which state, and the codes of what went wrong."""
    bodies = list(_bodies(home))
    troubles = (body["trouble"]["code"] for body in bodies if body.get("trouble"))
    return {
        "states": Counter(str(body.get("state")) for body in bodies),
        "troubles": Counter(map(str, troubles)),
    }


def _job(home: Home, job_id: JobId) -> dict[str, Any]:
    """Return what happened to a job: kinds of events in order, no names, no words."""
    told: dict[str, Any] = {"job": job_id}
    try:
        record = read_record(home, job_id)
        video = record.report.video
        told |= {
            "made_at": record.made_at,
            "container": record.request.container,
            "picture": f"{video.picture.width_px}x{video.picture.height_px}",
            "frames": record.request.end_frame - record.request.start_frame,
            "workers": record.request.workers,
            "chunks": len(record.plan.chunks),
        }
        told["phase"] = read_state(home, job_id).job.phase.value
    except SecondUnitError as error:
        told["unreadable"] = error.code
    try:
        told["events"] = list(_runs(_kinds(home, job_id)))
    except (JournalBroken, OSError) as error:
        told["events"] = type(error).__name__
    return told


def _kinds(home: Home, job_id: JobId) -> Iterator[str]:
    for event in read_events(journal_path(home, job_id)):
        fault = getattr(event, "fault", None)
        yield type(event).__name__ + (f"({fault.reason})" if fault is not None else "")


def _runs(kinds: Iterable[str]) -> Iterator[str]:
    """Yield each run of one kind once, with how long it is."""
    last, count = "", 0
    for kind in kinds:
        if kind != last and count:
            yield f"{last} x{count}"
            count = 0
        last, count = kind, count + 1
    if count:
        yield f"{last} x{count}"


def _crashes(home: Home) -> Iterator[Page]:
    found = [(path.stat(), path) for path in crash_reports(home)]
    newest = [path for _, path in sorted(found, key=lambda pair: pair[0].st_mtime)][-_CRASHES:]
    for number, path in enumerate(newest, start=1):
        when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        yield Page(f"crashes/{number:02}-{when:%Y%m%d-%H%M%S}.txt", _end_of(path))


def _logs(home: Home) -> Iterator[Page]:
    newest = log_path(home)
    for path in (newest, newest.with_name(f"{newest.name}.1")):
        if path.exists():
            yield Page(f"logs/{path.name}.txt", _end_of(path))


def _end_of(path: Path) -> str:
    with path.open("rb") as file:
        size_bytes = file.seek(0, os.SEEK_END)
        file.seek(max(0, size_bytes - _MOST_BYTES))
        text = file.read(_MOST_BYTES).decode("utf-8", "replace")
    return text if size_bytes <= _MOST_BYTES else text.partition("\n")[2]


def _private_names(home: Home, settings: Settings) -> set[str]:
    """Return the names of all files, folders, faces and people that the app knows of."""
    names = {folder.path for folder in settings.watch_folders} | {settings.output_folder or ""}
    names |= {word for word in settings.when_done_command if len(word) > 2}
    for note in _bodies(home, "SELECT body FROM notes"):
        names |= _named({"names": note.get("names")}, None)  # what people were called
    for body in _bodies(home):
        names |= _named(body, {"source", "output_path", "folder", "name"})
    for path in home.presets.glob("*.json"):
        names |= _named(_plain(path), {"name"})
    for path in home.faces.rglob("*.json"):
        names |= _named(_plain(path), None)
    for job_id in list_jobs(home)[-_NAMES_OF_JOBS:]:
        names |= _named(_plain(home.job(job_id) / "job.json"), {"source_path", "output_path"})
    return {name for name in names if name}


def _named(plain: Any, keys: set[str] | None) -> set[str]:
    """Return the texts below ``keys`` at any depth; without ``keys`` below all that may be one."""
    found: set[str] = set()
    left = [plain]
    while left:
        now = left.pop()
        if isinstance(now, list):
            left += [item for item in now if isinstance(item, dict | list)]
        elif isinstance(now, dict):
            for key, value in now.items():
                wanted = key not in _NOT_NAMES if keys is None else key in keys
                if isinstance(value, str) and wanted:
                    found.add(value)
                elif isinstance(value, dict | list):
                    left.append(value)
    return found


def _bodies(home: Home, of: str = "SELECT body FROM entries") -> Iterator[dict[str, Any]]:
    """Yield the queue's entries, or its notes, as they are on disk, of whatever version."""
    path = book_path(home)
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as base:
            rows = base.execute(of).fetchall()
    except sqlite3.Error:
        return  # the book's own version or damage; nothing of it gets into a bundle either
    for (text,) in rows:
        body = _parsed(text)
        if isinstance(body, dict):
            yield body


def _plain(path: Path) -> Any:
    try:
        return _parsed(path.read_bytes())
    except OSError:
        return None  # it went while we looked


def _parsed(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None  # damaged: what it held is not known, and it is not in the bundle


def _nobody(done: int, total: int) -> None:
    del done, total
