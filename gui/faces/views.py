"""Say what the window knows of a source face, and what keeps it from being used; no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orchestrator.desk.entries import DRAFT, Entry
from orchestrator.errors import ConsentMissing
from orchestrator.sources import PhotoHint, SourceFace, require_consent

Lack = Literal["", "consent", "photos"]
"""What a face lacks before it can be put on anybody; empty: nothing."""


@dataclass(frozen=True, slots=True)
class FaceView:
    """One source face as views show it."""

    face: SourceFace
    photo_paths: tuple[Path, ...]
    """Empty when a photo is gone or is not the one that was stored."""
    hints: tuple[tuple[PhotoHint, ...], ...]
    """One for each of the face's photos."""

    @property
    def face_id(self) -> str:
        """The face's id."""
        return self.face.face_id

    @property
    def name(self) -> str:
        """What the user calls the person."""
        return self.face.name

    @property
    def picture(self) -> str | None:
        """File of the photo that stands for the face."""
        return str(self.photo_paths[0]) if self.photo_paths else None

    @property
    def lack(self) -> Lack:
        """What is missing before the face can be rendered."""
        if not self.photo_paths:
            return "photos"
        try:
            require_consent(self.face)
        except ConsentMissing:
            return "consent"
        return ""

    @property
    def all_hints(self) -> tuple[PhotoHint, ...]:
        """Return the hints that hold for every photo: a good one makes up for a poor one."""
        if not self.hints:
            return ()
        return tuple(hint for hint in self.hints[0] if all(hint in own for own in self.hints))


@dataclass(frozen=True, slots=True)
class Uses:
    """In how many videos a face is cast."""

    drafts: int
    busy: int
    """Those that wait for their turn or are being rendered, and cannot be changed."""


def uses(entries: Iterable[Entry], face_id: str) -> Uses:
    """Return in how many of ``entries`` a face is cast."""
    cast = [e for e in entries if any(c.face_id == face_id for c in e.casts)]
    drafts = sum(e.state in DRAFT or e.state == "new" for e in cast)
    return Uses(drafts, sum(e.state in ("queued", "rendering") for e in cast))


def name_from(path: Path) -> str:
    """Return what a face may be called by the name of its photo."""
    words = path.stem.replace("_", " ").replace("-", " ").split()
    name = " ".join(words)
    return name[:1].upper() + name[1:]
