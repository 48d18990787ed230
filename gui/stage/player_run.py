"""Keep the pictures of a stretch that is played until it is their time; no Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from orchestrator.preview.scene import Side

T = TypeVar("T")
_EARLY_S = 0.002
"""A picture is shown so much before its time rather than a timer's step after it."""


@dataclass(frozen=True, slots=True)
class DueFrame(Generic[T]):
    """All pictures of one frame, and when they are shown."""

    frame: int
    due_s: float
    """From when the stretch began to be played."""
    sides: Mapping[Side, T]


class Run(Generic[T]):
    """One stretch while it is played: pictures go in as they come and out when they are due."""

    def __init__(
        self,
        number: int,
        *,
        start_frame: int,
        end_frame: int,
        first_frame: int,
        loop: bool,
        sides: tuple[Side, ...],
        seconds_of: Callable[[int], float],
    ) -> None:
        """Begin at ``first_frame``; ``seconds_of`` says when a frame of the source is shown."""
        self.number, self.loop = number, loop
        self.start_frame, self.end_frame = start_frame, end_frame
        self.taken = 0
        """Frames that were shown or dropped."""
        self.ended = False
        """Whether nothing more comes."""
        self._sides, self._seconds_of = sides, seconds_of
        self._began_s = seconds_of(first_frame)
        """Where in the source the clock's zero lies, in this pass."""
        self._last = first_frame - 1
        self._coming: dict[Side, T] = {}
        self._waiting: deque[DueFrame[T]] = deque()

    @property
    def waiting(self) -> int:
        """How many frames wait for their time."""
        return len(self._waiting)

    def add(self, frame: int, side: Side, picture: T) -> None:
        """Take one picture; those of a frame come together, in the order of the sides."""
        self._coming[side] = picture
        if len(self._coming) < len(self._sides):
            return
        if frame <= self._last:  # it began anew
            lasted_s = self._seconds_of(self.end_frame) - self._seconds_of(self.start_frame)
            self._began_s -= lasted_s
        self._last = frame
        due_s = self._seconds_of(frame) - self._began_s
        self._waiting.append(DueFrame(frame, due_s, self._coming))
        self._coming = {}

    def take(self, now_s: float) -> DueFrame[T] | None:
        """Return the frame to show now, or None to leave what is shown; later ones are dropped."""
        due: DueFrame[T] | None = None
        while self._waiting and self._waiting[0].due_s <= now_s + _EARLY_S:
            due = self._waiting.popleft()
            self.taken += 1
        return due

    def next_due_s(self) -> float | None:
        """Return when the next frame is due, or None when none waits."""
        return self._waiting[0].due_s if self._waiting else None

    def is_over(self, now_s: float) -> bool:
        """Whether the last frame was shown for its time."""
        over_s = self._seconds_of(self.end_frame) - self._began_s
        return self.ended and not self._waiting and now_s >= over_s - _EARLY_S
