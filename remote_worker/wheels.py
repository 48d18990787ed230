"""Unpack wheels into a folder that is put on the import path: standard library only.

That is all that installing for import alone comes to (PyPA "Binary distribution format"):
nothing is resolved, compiled or run, so a host is ready in a fraction of what pip takes.
Commands that a package brings are left out; nobody here calls them.
"""

from __future__ import annotations

import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

_IMPORTABLE = ("purelib", "platlib")


class WheelRefused(Exception):
    """A wheel cannot be unpacked; the message says why."""


def unpack_all(wheels: Path, to: Path) -> None:
    """Unpack every wheel of a folder.

    Raises:
        WheelRefused: one is none, is damaged, or names a file outside the folder.
        OSError: there is no room.
    """
    to.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor() as pool:
        for _ in pool.map(lambda wheel: unpack(wheel, to), sorted(wheels.glob("*.whl"))):
            pass


def unpack(wheel: Path, to: Path) -> None:
    """Unpack one wheel.

    Raises:
        WheelRefused: it is none, is damaged, or names a file outside the folder.
        OSError: there is no room.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            for entry in archive.infolist():
                place = _place(wheel, entry.filename)
                if place is not None and not entry.is_dir():
                    _write(archive, entry, to.joinpath(*place.parts))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise WheelRefused(f"{wheel.name} cannot be unpacked: {error}") from error


def _place(wheel: Path, name: str) -> PurePosixPath | None:
    """Return where a file goes, below the folder; None for what is not imported."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise WheelRefused(f"{wheel.name} names {name[:80]!r}, which is not in it")
    if not path.parts[0].endswith(".data"):
        return path
    if len(path.parts) < 3 or path.parts[1] not in _IMPORTABLE:
        return None
    return PurePosixPath(*path.parts[2:])


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
