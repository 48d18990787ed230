"""Say what the timeline of a video shows and where its keys jump to; pure, no library."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from orchestrator.desk.hard_frames import HardFrame, Why, hardest
from orchestrator.faces.people import Scan
from orchestrator.media.report import FrameIndex
from orchestrator.preview.times import time_of

__all__ = [
    "HardFrame", "PersonBar", "Range", "Timeline", "Why", "gaps", "hardest", "joined",
    "likely_trouble", "next_appearance", "next_range", "previous_appearance", "previous_range",
    "ranges_of", "timecode", "timeline_of",
]  # fmt: skip

Range = tuple[int, int]
"""Frames, the end excluded."""
LONGEST_GAP_S = 1.0
"""Someone who is not found for longer has left the picture."""


@dataclass(frozen=True, slots=True)
class PersonBar:
    """Where one person of a video appears."""

    person_id: str
    unsure: bool
    ranges: tuple[Range, ...]
    """Rising and apart: appearances that touch are one."""

    @property
    def frames(self) -> int:
        """On how many frames the person was found."""
        return sum(end - start for start, end in self.ranges)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The frames of a video, when each is shown, and who appears where."""

    frame_count: int
    bars: tuple[PersonBar, ...]
    """In the order of the scan: who appears most is first, the unsure group last."""
    index: FrameIndex = field(repr=False)

    def time_of(self, frame: int) -> Fraction:
        """Return the exact seconds from the first frame to the beginning of ``frame``.

        ``frame_count`` gives the end of the last frame; numbers beyond either end are taken
        for the end.
        """
        return time_of(self.index, frame)

    def seconds_of(self, frame: int) -> float:
        """Return the seconds from the first frame to the beginning of ``frame``."""
        return float(self.time_of(frame))

    @property
    def duration_s(self) -> float:
        """Seconds from the first frame to the end of the last, as far as the index tells."""
        return self.seconds_of(self.frame_count)

    def frame_at(self, seconds: float | Fraction) -> int:
        """Return the frame that is shown at ``seconds`` from the first one, the ends clamped."""
        pts, base = self.index.pts, self.index.time_base
        wanted = pts[0] + Fraction(seconds) / base
        return min(max(bisect.bisect_right(pts, wanted) - 1, 0), self.frame_count - 1)

    def bar(self, person_id: str | None) -> PersonBar | None:
        """Return the bar of a person, or None."""
        return next((bar for bar in self.bars if bar.person_id == person_id), None)


def timeline_of(scan: Scan | None, index: FrameIndex, source_digest: str) -> Timeline:
    """Return the timeline of a source; without a scan nobody is on it."""
    people = scan.people if scan is not None else ()
    bars = (
        PersonBar(
            person.person_id,
            person.unsure,
            joined(
                (appearance.start_frame, appearance.end_frame)
                for appearance in person.appearances
                if appearance.source_digest == source_digest
            ),
        )
        for person in people
    )
    seen = tuple(bar for bar in bars if bar.ranges)
    return Timeline(len(index.pts), tuple(sorted(seen, key=lambda bar: bar.unsure)), index)


def joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Return ``ranges`` rising and apart; those that touch or overlap are one."""
    made: list[Range] = []
    for start, end in sorted(ranges):
        if end <= start:
            continue
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return tuple(made)


def ranges_of(frames: Iterable[int]) -> tuple[Range, ...]:
    """Return runs of neighbouring ``frames``, which may come in any order."""
    return joined((frame, frame + 1) for frame in frames)


def next_range(ranges: Sequence[Range], frame: int) -> Range | None:
    """Return the first of ``ranges`` (rising and apart) that begins after ``frame``."""
    place = bisect.bisect_right(ranges, frame, key=_start)
    return ranges[place] if place < len(ranges) else None


def previous_range(ranges: Sequence[Range], frame: int) -> Range | None:
    """Return the last of ``ranges`` (rising and apart) that begins before ``frame``."""
    place = bisect.bisect_left(ranges, frame, key=_start) - 1
    return ranges[place] if place >= 0 else None


def next_appearance(bar: PersonBar, frame: int) -> int | None:
    """Return the frame on which the person appears again after ``frame``, or None."""
    found = next_range(bar.ranges, frame)
    return found[0] if found else None


def previous_appearance(bar: PersonBar, frame: int) -> int | None:
    """Return where the last appearance that begins before ``frame`` begins, or None."""
    found = previous_range(bar.ranges, frame)
    return found[0] if found else None


def gaps(bar: PersonBar, timeline: Timeline, longest_s: float = LONGEST_GAP_S) -> tuple[Range, ...]:
    """Return the short runs between two appearances in which the person was not found."""
    between = zip(bar.ranges, bar.ranges[1:], strict=False)
    return tuple(
        (end, start)
        for (_, end), (start, _) in between
        if timeline.seconds_of(start) - timeline.seconds_of(end) <= longest_s
    )


def likely_trouble(
    timeline: Timeline, person_ids: Collection[str], longest_s: float = LONGEST_GAP_S
) -> tuple[Range, ...]:
    """Return the gaps of several people together, rising and apart."""
    bars = (bar for bar in timeline.bars if bar.person_id in person_ids)
    return joined(gap for bar in bars for gap in gaps(bar, timeline, longest_s))


def timecode(seconds: float | Fraction) -> str:
    """Return hours, minutes, seconds and thousandths, such as ``0:00:12.345``."""
    thousandths = round(max(Fraction(seconds), Fraction(0)) * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _start(one: Range) -> int:
    return one[0]
