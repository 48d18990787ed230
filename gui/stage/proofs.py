"""Go through the hardest frames one after the other; a plain account of it, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gui.stage.geometry import Share
from orchestrator.desk.hard_frames import HardFrame


@dataclass(frozen=True, slots=True)
class HardFace:
    """A hard frame, and where on it the face is."""

    hard: HardFrame
    place: Share


@dataclass(frozen=True, slots=True)
class SheetRun:
    """Which frames of a sheet are drawn, and which one is being drawn."""

    frames: tuple[HardFace, ...] = ()
    drawn: frozenset[int] = frozenset()
    """Places in ``frames``."""

    @property
    def drawing(self) -> int | None:
        """The place that is drawn now; None when all are."""
        left = (place for place in range(len(self.frames)) if place not in self.drawn)
        return next(left, None)

    @property
    def frame_wanted(self) -> int | None:
        """The frame that is drawn now."""
        place = self.drawing
        return None if place is None else self.frames[place].hard.frame

    def with_drawn(self, place: int) -> SheetRun:
        """Return the run with one more place drawn, or given up."""
        return replace(self, drawn=self.drawn | {place})
