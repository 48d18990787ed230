"""Tell what was dropped on the window, or given to the program, by the names alone; no Qt."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

VIDEO_ENDINGS = frozenset(
    (
        ".3gp", ".asf", ".avi", ".flv", ".m2ts", ".m2v", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg",
        ".mpg", ".mts", ".mxf", ".ogv", ".ts", ".vob", ".webm", ".wmv",
    )
)  # fmt: skip
PHOTO_ENDINGS = frozenset(
    (
        ".avif", ".bmp", ".gif", ".heic", ".heif", ".jfif", ".jpeg", ".jpg", ".png", ".tif",
        ".tiff", ".webp",
    )
)  # fmt: skip
"""Of those that cannot be read the faces' part says how to save them anew."""
_MOST_FILES = 20_000
"""A whole disk that is dropped by mistake must not fill the queue for hours."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a drop holds, each in the order it was given."""

    videos: tuple[Path, ...] = ()
    photos: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    """Names without an ending: what is in them is only known after :func:`opened`."""
    others: tuple[Path, ...] = ()

    @property
    def is_welcome(self) -> bool:
        """Whether anything of it can be used."""
        return bool(self.videos or self.photos or self.folders)


def dropped(paths: Iterable[Path]) -> Dropped:
    """Sort ``paths`` by their names; the disk is not asked, so this never waits."""
    videos, photos, folders, others = list[Path](), list[Path](), list[Path](), list[Path]()
    for path in paths:
        ending = path.suffix.lower()
        if ending in VIDEO_ENDINGS:
            videos.append(path)
        elif ending in PHOTO_ENDINGS:
            photos.append(path)
        elif not ending:
            folders.append(path)
        else:
            others.append(path)
    return Dropped(tuple(videos), tuple(photos), tuple(folders), tuple(others))


def opened(paths: Iterable[Path]) -> Dropped:
    """Sort ``paths`` with folders replaced by what is in them; this reads the disk."""
    plain, found = list[Path](), list[Path]()
    for path in paths:
        if path.is_dir():
            found += _inside(path, _MOST_FILES - len(found))
        else:
            plain.append(path)
    given, inside = dropped(plain), dropped(found)
    return Dropped(
        videos=given.videos + inside.videos,
        photos=given.photos,  # a folder is dropped for its videos; its pictures stay where they are
        others=given.others + given.folders,
    )


def _inside(folder: Path, most: int) -> list[Path]:
    return [path for path, _ in zip(_walk(folder), range(most), strict=False)]


def _walk(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=_counted)
        for name in sorted(names, key=_counted):
            if not name.startswith(".") and Path(name).suffix.lower() in VIDEO_ENDINGS:
                yield Path(base, name)


def _counted(name: str) -> list[tuple[int, int, str]]:
    """Return what sorts names as a person counts: ``clip2`` before ``clip10``."""
    parts = re.split(r"([0-9]+)", name.casefold())
    is_number = re.compile("[0-9]+").fullmatch
    return [(0, int(part), "") if is_number(part) else (1, 0, part) for part in parts if part]
