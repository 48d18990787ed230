"""Say which moment is where on the timeline, however long and uneven the video is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from orchestrator.desk.timeline import Range

LEAST_SHOWN_S = 0.2
"""Nobody needs to see less than a few frames over the whole width."""


class Times(Protocol):
    """When frames are shown; a video's frames need not lie evenly."""

    @property
    def frame_count(self) -> int:
        """How many frames there are."""
        ...

    def seconds_of(self, frame: int) -> float:
        """Return when ``frame`` begins, from the first one; of the count itself: the end."""
        ...

    def frame_at(self, seconds: float) -> int:
        """Return the frame that is shown at a time; the first or last beyond the ends."""
        ...


@dataclass(frozen=True, slots=True)
class Axis:
    """Where seconds lie on a line of pixels."""

    duration_s: float
    left: float
    """Pixel at which the axis begins."""
    width: float
    start_s: float = 0.0
    """The moment at ``left``."""
    shown_s: float | None = None
    """How much is seen; None for everything."""

    @property
    def seen_s(self) -> float:
        """How many seconds the width shows."""
        whole = max(self.duration_s, 1e-6)
        return whole if self.shown_s is None else min(self.shown_s, whole)

    @property
    def end_s(self) -> float:
        """The moment at the right end."""
        return self.start_s + self.seen_s

    def x_of(self, seconds: float) -> float:
        """Return the pixel of a moment; outside the width when it is not seen."""
        return self.left + (seconds - self.start_s) / self.seen_s * self.width

    def seconds_at(self, x: float) -> float:
        """Return the moment at a pixel, held within the video."""
        at = self.start_s + (x - self.left) / max(1.0, self.width) * self.seen_s
        return min(max(at, 0.0), self.duration_s)

    def resized(self, left: float, width: float) -> Axis:
        """Return it on another line of pixels, the same moments shown."""
        return replace(self, left=left, width=max(1.0, width))

    def zoomed(self, factor: float, x: float) -> Axis:
        """Return it ``factor`` times nearer; the moment at ``x`` stays there."""
        least = min(LEAST_SHOWN_S, self.duration_s)
        shown_s = max(least, self.seen_s / factor)
        if shown_s >= self.duration_s:
            return replace(self, start_s=0.0, shown_s=None)
        fixed = self.seconds_at(x)
        share = (x - self.left) / max(1.0, self.width)
        return replace(self, shown_s=shown_s)._begun_at(fixed - share * shown_s)

    def scrolled_to(self, start_s: float) -> Axis:
        """Return it beginning at another moment, as far as there is video."""
        return self._begun_at(start_s)

    def showing(self, seconds: float) -> Axis:
        """Return it so that a moment is seen: itself, or turned on by a page."""
        if self.start_s <= seconds <= self.end_s:
            return self
        return self._begun_at(seconds - self.seen_s * 0.1)

    def _begun_at(self, start_s: float) -> Axis:
        most = max(0.0, self.duration_s - self.seen_s)
        return replace(self, start_s=min(max(start_s, 0.0), most))


def x_of_frame(axis: Axis, times: Times, frame: int) -> float:
    """Return the pixel at which a frame begins; the count gives the video's end."""
    return axis.x_of(times.seconds_of(frame))


def frame_at_x(axis: Axis, times: Times, x: float) -> int:
    """Return the frame that is shown at a pixel."""
    return times.frame_at(axis.seconds_at(x))


def edge_at_x(axis: Axis, times: Times, x: float) -> int:
    """Return the border between frames next to a pixel: 0 to the count, for trims."""
    seconds = axis.seconds_at(x)
    frame = times.frame_at(seconds)
    before, after = times.seconds_of(frame), times.seconds_of(frame + 1)
    return frame if seconds - before <= after - seconds else frame + 1


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a row in pixels; several runs too near to tell apart are one."""

    left: float
    right: float


def bars(axis: Axis, times: Times, runs: Sequence[Range], apart_px: float = 1.0) -> tuple[Bar, ...]:
    """Return what is seen of ``runs`` (in order), at most one bar for each pixel or two."""
    first, last = times.frame_at(axis.start_s), times.frame_at(axis.end_s)
    seen = (run for run in runs if run[1] > first and run[0] <= last)
    return tuple(_joined(_bars(axis, times, seen), apart_px))


def _bars(axis: Axis, times: Times, runs: Iterable[Range]) -> Iterator[Bar]:
    for start, end in runs:
        left = max(axis.left, x_of_frame(axis, times, start))
        right = min(axis.left + axis.width, x_of_frame(axis, times, end))
        yield Bar(left, max(right, left + 1.0))


def _joined(found: Iterable[Bar], apart_px: float) -> Iterator[Bar]:
    held: Bar | None = None
    for bar in found:
        if held is not None and bar.left - held.right < apart_px:
            held = Bar(held.left, max(held.right, bar.right))
            continue
        if held is not None:
            yield held
        held = bar
    if held is not None:
        yield held
