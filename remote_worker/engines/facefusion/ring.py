"""Hold the decoded frames around those in hand, and say which have all their neighbours.

Pure bookkeeping; both without FaceFusion and without the worker.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """One frame that can be worked on."""

    index: int
    window: list[Pixels]
    """Itself in the middle, with as many frames on both sides as the halo has."""
    order: dict[str, Any]
    """What was said when it was added."""


@dataclass(slots=True)
class _Held:
    slot: int
    pixels: Pixels
    order: dict[str, Any]
    waiting: bool
    """Whether it is yet to be worked on or being worked on."""
    begun: bool = False


@dataclass(slots=True)
class Ring:
    """Frames in rising order, those that nobody needs any more forgotten.

    A frame whose neighbour does not exist has FaceFusion's placeholder there: one black pixel.
    """

    halo: int
    _held: dict[int, _Held] = field(default_factory=dict)
    _last: int = -1

    def add(self, index: int, slot: int, pixels: Pixels, order: dict[str, Any]) -> None:
        """Take the next frame; ``order["out"]`` below 0 says that it is a neighbour only."""
        self._held[index] = _Held(slot, pixels, order, waiting=order["out"] >= 0)
        self._last = index

    def ready(self) -> list[Ready]:
        """Return the frames that now have all neighbours after them, in order."""
        return self._begun(self._last - self.halo)

    def rest(self) -> list[Ready]:
        """Return all frames that were not worked on; no more will be added."""
        return self._begun(self._last)

    def _begun(self, last: int) -> list[Ready]:
        made = []
        for index, held in sorted(self._held.items()):
            if index <= last and held.waiting and not held.begun:
                held.begun = True
                made.append(Ready(index, self._window(index), held.order))
        return made

    def _window(self, index: int) -> list[Pixels]:
        around = range(index - self.halo, index + self.halo + 1)
        return [self._held[at].pixels if at in self._held else _placeholder() for at in around]

    def done(self, index: int) -> list[tuple[int, Pixels]]:
        """Take frame ``index`` as done; return place and pixels of all not needed any more."""
        self._held[index].waiting = False
        needed = [at for at, held in self._held.items() if held.waiting]
        oldest = (min(needed) if needed else self._last + 1) - self.halo
        freed = [at for at in self._held if at < oldest]
        return [(held.slot, held.pixels) for held in map(self._held.pop, freed)]


def _placeholder() -> Pixels:
    return np.zeros((1, 1, 3), np.uint8)
