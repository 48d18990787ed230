"""Lay out FaceFusion's source from an archive, and tell whether it is the pinned one.

What an archive's bytes are depends on who packed it; what is in it does not.  So the source
is held to a digest over its files' names and bytes, and packed anew for others in one form
that always has the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
import tarfile
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from remote_worker.contract.records import Digest
from remote_worker.digests import digest_of_file
from remote_worker.engines.facefusion.download import WrongFile, full_disk_named
from remote_worker.engines.facefusion.installation import UNFINISHED

TREE_DIGEST = Digest("12d34a0361dc8595f830e9d8c8f087f2055df63f52f08957a8c1f4d9e2c89078")
"""Of the files of :data:`~remote_worker.engines.facefusion.installation.COMMIT`."""
ARCHIVE_DIGEST = Digest("7f45305f20428a187f1d7fc52178ddd47471da4254251444baf8224706fba812")
"""Of the archive that :func:`pack` makes of them."""
_OURS = frozenset({".assets", ".caches", ".git", ".jobs", ".venv", "__pycache__"})
"""Folders that are beside the source in a checkout: nothing is imported from them."""
_MOST_BYTES = 64 << 20
_MOST_FILES = 2000


def tree_digest(folder: Path) -> Digest:
    """Return one digest over the names and bytes of all files of a checkout.

    Raises:
        OSError: a file cannot be read.
    """
    seen = hashlib.sha256()
    for name, path in _files(folder):
        seen.update(f"{name}\0{digest_of_file(path)}\n".encode())
    return Digest(seen.hexdigest())


def unpack(archive: Path, to: Path) -> None:
    """Lay out the checkout in ``archive`` at ``to``, whole, or leave nothing there.

    Archives may have all in one folder, as GitHub's do.

    Raises:
        WrongFile: it is no archive, names a file outside itself, or is not the pinned source.
        NoSpace: the disk is full.
    """
    building = to.with_name(f"{UNFINISHED}{uuid.uuid4().hex}")
    try:
        with full_disk_named("FaceFusion's source"):
            building.mkdir(parents=True)
            _unpack(archive, building)
            settle(building, to)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def settle(building: Path, to: Path) -> None:
    """Put a checkout at ``to`` when it is the pinned one.

    Raises:
        WrongFile: it is not; nothing was put there.
        OSError: it cannot be moved.
    """
    inside = _top(building)
    if tree_digest(inside) != TREE_DIGEST:
        raise WrongFile("What was given as FaceFusion's source is not its pinned state.")
    shutil.rmtree(to, ignore_errors=True)  # half of one, or a changed one
    inside.rename(to)


def pack(folder: Path, to: Path) -> Digest:
    """Write a checkout as an archive: the same files make the same bytes everywhere.

    Raises:
        OSError: there is no room, and nothing is left at ``to``.
    """
    part = to.with_name(f".{to.name}.part")
    try:
        with tarfile.open(part, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for name, path in _files(folder):
                entry = tarfile.TarInfo(name)
                entry.size, entry.mode = path.stat().st_size, 0o644
                with path.open("rb") as file:
                    tar.addfile(entry, file)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return digest_of_file(to)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give each file of the source with its name below the folder, by name."""
    found = [
        (path.relative_to(folder), path)
        for path in folder.rglob("*")
        if path.is_file() and not _OURS.intersection(path.relative_to(folder).parts)
    ]
    for relative, path in sorted(found, key=lambda each: each[0].as_posix()):
        yield relative.as_posix(), path


def _top(folder: Path) -> Path:
    held = list(folder.iterdir())
    return held[0] if len(held) == 1 and held[0].is_dir() else folder


def _unpack(archive: Path, to: Path) -> None:
    left_bytes, files = _MOST_BYTES, 0
    try:
        with tarfile.open(archive) as tar:
            for entry in tar:
                if entry.isdir() or entry.type in (tarfile.XGLTYPE, tarfile.XHDTYPE):
                    continue
                left_bytes, files = left_bytes - entry.size, files + 1
                if left_bytes < 0 or files > _MOST_FILES:
                    raise WrongFile("The archive holds far more than FaceFusion's source.")
                _write(tar, entry, to.joinpath(*_place(entry).parts))
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise WrongFile(f"{archive.name} is no archive that can be read: {error}") from error


def _place(entry: tarfile.TarInfo) -> PurePosixPath:
    path = PurePosixPath(entry.name)
    outside = path.is_absolute() or ".." in path.parts or "\\" in entry.name or not path.parts
    if outside or not entry.isfile():
        raise WrongFile(f"The archive names {entry.name[:80]!r}, which is not in it.")
    return path


def _write(tar: tarfile.TarFile, entry: tarfile.TarInfo, to: Path) -> None:
    held = tar.extractfile(entry)
    if held is None:
        raise WrongFile(f"{entry.name[:80]!r} is no file of the archive.")
    to.parent.mkdir(parents=True, exist_ok=True)
    with held, to.open("wb") as file:
        shutil.copyfileobj(held, file, 1 << 20)
