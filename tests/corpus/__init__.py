"""Make hostile and odd media files, each with what has to become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Make = Callable[[Path], Path]
"""Writes the file into a folder and returns its path."""


@dataclass(frozen=True)
class Refused:
    """Nothing is rendered: the file is refused at the door, with this code."""

    code: str


@dataclass(frozen=True)
class Renders:
    """The file is rendered, and a person is told these things about it."""

    frames: int
    notices: frozenset[str] = frozenset()
    """Codes that have to be among those told."""
    size: tuple[int, int] | None = None
    """Width and height of the finished picture, when it is not the barcodes' own."""
    first_code: int = 0
    """What the first frame's barcode says; each later frame says one more."""
    concealed: int = 0
    """How many frames at most may repeat a neighbour instead of saying their own number."""
    coded: bool = True
    """Whether frames are large and sharp enough to say their number."""


@dataclass(frozen=True)
class Entry:
    """One file of the corpus."""

    name: str
    make: Make
    outcome: Refused | Renders


def corpus() -> list[Entry]:
    """Return every entry, those that are refused first."""
    from tests.corpus.hostile import HOSTILE
    from tests.corpus.odd import ODD

    return [*HOSTILE, *ODD]
