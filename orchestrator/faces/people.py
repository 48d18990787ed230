"""Describe the people of a video: who appears where, and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from remote_worker.contract.records import Box

PersonId = NewType("PersonId", str)
"""Stable within one scan: ``p1`` appears most, ``p2`` next, and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """One person through one uninterrupted run of frames of one shot."""

    source_digest: str
    start_frame: int
    end_frame: int
    boxes: tuple[Box, ...]
    """Sorted by frame, first at ``start_frame``, last at ``end_frame - 1``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One identity over one or several videos."""

    person_id: PersonId
    unsure: bool
    """Whether the group is of faces too small, turned or blurred to say who they are."""
    appearances: tuple[Appearance, ...]
    embedding: tuple[float, ...]
    """Unit vector, 128 numbers; never leaves this machine. Empty for the unsure group."""
    crops: tuple[str, ...]
    """PNG files of the clearest faces, the best first; paths below the scan's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a face scan found in one or several sources."""

    source_digests: tuple[str, ...]
    people: tuple[Person, ...]
    frames_looked_at: int
    models_digest: str
