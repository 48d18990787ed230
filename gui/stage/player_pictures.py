"""Put the two sides of a frame together as they come, a newer frame never behind an older."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage

from orchestrator.preview.scene import Ask, Made, Side

_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is to be shown of one frame; a side that is not wanted, or not there yet, is None."""

    frame: int
    before: QImage | None
    after: QImage | None
    made: Made
    """How ``after`` was made; ``source`` while it is None."""
    missed: bool
    """Whether a cast face was expected on this frame and not found."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A picture as the Qt thread gets it: nothing is left to be converted."""

    number: int
    frame: int
    side: Side
    made: Made
    missed: bool
    image: QImage


def put_together(frame: int, before: Arrived | None, after: Arrived | None) -> Pictures:
    """Return the pictures of one frame."""
    return Pictures(
        frame=frame,
        before=before.image if before else None,
        after=after.image if after else None,
        made=after.made if after else "source",
        missed=after.missed if after else False,
    )


class Stills:
    """The questions about single frames, in rounds: one for each move of the playhead."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self._round_of: dict[int, int] = {}
        self._newest = self._shown_round = 0
        self._open: set[int] = set()
        self._sides: dict[Side, Arrived] = {}
        self.shown: Pictures | None = None
        """The newest that came."""

    @property
    def is_answered(self) -> bool:
        """Whether all of the newest round came."""
        return not self._open

    def begin(self, asks: Sequence[Ask]) -> None:
        """Note a new round; what of older ones still comes is shown until something newer did."""
        self._newest += 1
        self._open = {ask.number for ask in asks}
        self._round_of.update((ask.number, self._newest) for ask in asks)
        while len(self._round_of) > _REMEMBERED:
            del self._round_of[next(iter(self._round_of))]

    def give_up(self) -> None:
        """Want nothing more of what was asked."""
        self._round_of.clear()
        self._open.clear()

    def take(self, arrived: Arrived) -> Pictures | None:
        """Return what is to be shown now, or None when it came too late."""
        own = self._round_of.pop(arrived.number, 0)
        self._open.discard(arrived.number)
        if own == 0 or own < self._shown_round:
            return None
        if own > self._shown_round:
            self._shown_round, self._sides = own, {}
        self._sides[arrived.side] = arrived
        before, after = self._sides.get("before"), self._sides.get("after")
        self.shown = put_together(arrived.frame, before, after)
        return self.shown

    def fail(self, number: int) -> bool:
        """Note that one cannot be answered; return whether it is of the newest round."""
        own = self._round_of.pop(number, 0)
        self._open.discard(number)
        return own == self._newest and own > 0
