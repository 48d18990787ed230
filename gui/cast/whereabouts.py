"""Find where people of a video appear, from the scan that is kept; runs off the Qt thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestrator.casting import Correction
    from orchestrator.desk.shelf import Shelf

Range = tuple[int, int]
"""Frames, the end excluded."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one person of one video appears."""

    ranges: tuple[Range, ...]
    """Rising; appearances that touch are one."""
    appearances: tuple[Range, ...]
    """Every uninterrupted run as the scan counts them: what a split takes by its place."""

    @property
    def first(self) -> int:
        """The first frame on which the person is seen; 0 when there is none."""
        return self.ranges[0][0] if self.ranges else 0


def whereabouts(
    shelf: Shelf, digest: str, corrections: tuple[Correction, ...]
) -> Mapping[str, Whereabouts]:
    """Return where each person of a source appears; nobody while it was not scanned."""
    from orchestrator.desk.timeline import joined
    from remote_worker.contract.records import Digest

    looks = shelf.people(Digest(digest), corrections)
    if looks is None:
        return {}
    found = {}
    for person in looks.scan.people:
        own = [a for a in person.appearances if a.source_digest == digest]
        ranges = tuple((a.start_frame, a.end_frame) for a in own)
        found[str(person.person_id)] = Whereabouts(joined(ranges), ranges)
    return found
