"""Decide which frames of a run go to FaceFusion, and hold those that are on their way.

Pure bookkeeping: no process, no clock.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from remote_worker.engines import Frame, Rendered
from remote_worker.engines.facefusion.places import Places


@dataclass(frozen=True, slots=True)
class Reach:
    """Which frames are worked on, and which only looked at."""

    wanted: range
    halo: int
    places: Places
    everywhere: bool
    """Whether frames without a cast face are worked on, too."""

    def works_on(self, index: int) -> bool:
        """Whether something is done to frame ``index``."""
        return index in self.wanted and (self.everywhere or self.places.any_in(index, index))

    def needs(self, index: int) -> bool:
        """Whether frame ``index`` is worked on or is a neighbour of one that is."""
        around = range(
            max(index - self.halo, self.wanted.start),
            min(index + self.halo + 1, self.wanted.stop),
        )
        if not around:
            return False
        return self.everywhere or self.places.any_in(around[0], around[-1])


@dataclass(slots=True)
class Flight:
    """The frames of one run that are with FaceFusion, with the places they take."""

    following: int
    """The frame that is to be given next."""
    ins: deque[int] = field(default_factory=deque)
    """Free places for frames as they are."""
    outs: deque[int] = field(default_factory=deque)
    """Free places for what is made of them."""
    sent: dict[int, Frame] = field(default_factory=dict)
    """Frames that are needed should all have to be sent again, in order."""
    waiting: set[int] = field(default_factory=set)
    """Frames that are being worked on."""
    ready: dict[int, Rendered] = field(default_factory=dict)
    """What is made of frames whose turn has not come."""

    def done(self, rendered: Rendered, halo: int) -> None:
        """Note that a frame was made; frames that nothing needs any more are let go of."""
        self.ready[rendered.index] = rendered
        self.waiting.discard(rendered.index)
        last = max(self.sent, default=-1)
        oldest = min(self.waiting, default=last + 1) - halo
        for number in [number for number in self.sent if number < oldest]:
            del self.sent[number]
