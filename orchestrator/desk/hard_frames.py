"""Choose the frames on which faces are hardest to replace, from where the scan found them."""

from __future__ import annotations

import bisect
import statistics
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from orchestrator.faces.people import Appearance, Scan
from orchestrator.faces.pick import box_at
from orchestrator.media.report import FrameIndex
from remote_worker.contract.records import Box

Why = Literal["small", "turned", "edge", "close_by", "fast", "plain"]
"""What makes a frame hard: the face is small, turned away or at the picture's edge, another
face is beside it, or it moves quickly.  ``plain``: nothing, it is one of an easy video."""

SMALL = 0.16
"""A face lower than this share of the picture's height counts as small, the more the lower."""
_TURNED = 0.85
"""A face narrower than this share of the person's usual proportions is taken for turned."""
_TURNED_MOST = 0.5
_AT_EDGE = 0.01
_CLOSE = 0.6
"""Faces nearer than this share of a face's width can be taken for one another."""
_FAST, _FASTEST = 0.8, 5.0
"""Face heights a second."""
_SAME_WHY = 0.8
"""What a reason counts after it was chosen once; twice: its square."""


@dataclass(frozen=True, slots=True)
class HardFrame:
    """A frame worth a look before a render, and what makes it hard."""

    frame: int
    person_id: str
    why: Why


@dataclass(frozen=True, slots=True)
class _Rated:
    hard: HardFrame
    rate: float


def hardest(
    scan: Scan, index: FrameIndex, person_ids: Collection[str], count: int = 12
) -> tuple[HardFrame, ...]:
    """Return up to ``count`` hard frames of these people, the hardest first.

    They are spread over the part of the clip in which the people appear, and no reason is
    chosen over and over.  The scan may hold other sources too; the first is looked at.
    """
    digest = scan.source_digests[0] if scan.source_digests else ""
    others = [
        appearance
        for person in scan.people
        for appearance in person.appearances
        if appearance.source_digest == digest
    ]
    rated: list[_Rated] = []
    for person in scan.people:
        if person.person_id in person_ids:
            own = [a for a in person.appearances if a.source_digest == digest]
            rated += _rated(person.person_id, own, others, index)
    return _spread(rated, count)


def _rated(
    person_id: str, own: Sequence[Appearance], others: Sequence[Appearance], index: FrameIndex
) -> Iterator[_Rated]:
    shapes = [_wide(box) / _tall(box) for appearance in own for box in appearance.boxes]
    usual = statistics.median(shapes) if shapes else 1.0
    for appearance in own:
        beside = [
            other
            for other in others
            if other is not appearance
            and other.start_frame < appearance.end_frame
            and appearance.start_frame < other.end_frame
        ]
        for place, box in enumerate(appearance.boxes):
            near = [box_at(other, box.frame) for other in beside if _reaches(other, box.frame)]
            before = appearance.boxes[place - 1] if place else None
            rates: dict[Why, float] = {
                "small": _share(SMALL - _tall(box), SMALL),
                "turned": _turned(box, usual),
                "edge": _at_edge(box),
                "close_by": max((_nearness(box, other) for other in near), default=0.0),
                "fast": _speed(before, box, index) if before else 0.0,
            }
            why = max(rates, key=lambda name: rates[name])
            told: Why = why if rates[why] > 0 else "plain"
            yield _Rated(HardFrame(box.frame, person_id, told), rates[why])


def _spread(rated: Sequence[_Rated], count: int) -> tuple[HardFrame, ...]:
    """Choose one after another: the hardest that is far enough from those chosen before."""
    if not rated or count < 1:
        return ()
    frames = [each.hard.frame for each in rated]
    apart = max(1, (max(frames) - min(frames)) // (2 * count))
    left = _best_of_each_stretch(rated, apart)
    chosen: list[HardFrame] = []
    taken: list[int] = []
    while left and len(chosen) < count:
        best = max(left, key=lambda each: _worth(each, chosen))
        if not _is_near(taken, best.hard.frame, apart):
            chosen.append(best.hard)
            bisect.insort(taken, best.hard.frame)
        left = [each for each in left if not _is_near(taken, each.hard.frame, apart)]
    return tuple(chosen)


def _best_of_each_stretch(rated: Sequence[_Rated], apart: int) -> list[_Rated]:
    """Return the hardest of each reason in each stretch: an hour has a hundred thousand boxes."""
    best: dict[tuple[int, Why], _Rated] = {}
    for each in rated:
        key = (each.hard.frame // apart, each.hard.why)
        if key not in best or each.rate > best[key].rate:
            best[key] = each
    return list(best.values())


def _worth(each: _Rated, chosen: Sequence[HardFrame]) -> tuple[float, int]:
    alike = sum(other.why == each.hard.why for other in chosen)
    return each.rate * _SAME_WHY**alike, -each.hard.frame


def _is_near(taken: Sequence[int], frame: int, apart: int) -> bool:
    """Whether one of ``taken``, which rise, is less than ``apart`` frames away."""
    place = bisect.bisect_left(taken, frame - apart + 1)
    return place < len(taken) and taken[place] < frame + apart


def _reaches(appearance: Appearance, frame: int) -> bool:
    return appearance.start_frame <= frame < appearance.end_frame


def _turned(box: Box, usual: float) -> float:
    return _share(_TURNED - _wide(box) / _tall(box) / usual, _TURNED - _TURNED_MOST)


def _at_edge(box: Box) -> float:
    beyond = min(box.left, box.top, 1 - box.right, 1 - box.bottom)
    return 0.7 if beyond <= _AT_EDGE else 0.0


def _nearness(box: Box, other: Box) -> float:
    """Return 1 for faces that overlap and less the further they are apart."""
    across = max(box.left, other.left) - min(box.right, other.right)
    down = max(box.top, other.top) - min(box.bottom, other.bottom)
    apart = max(across / _wide(box), down / _tall(box), 0.0)
    return _share(_CLOSE - apart, _CLOSE)


def _speed(before: Box, box: Box, index: FrameIndex) -> float:
    seconds = float((index.pts[box.frame] - index.pts[before.frame]) * index.time_base)
    if seconds <= 0:
        return 0.0
    across = abs((box.left + box.right) - (before.left + before.right)) / 2 / _wide(box)
    down = abs((box.top + box.bottom) - (before.top + before.bottom)) / 2 / _tall(box)
    return _share(max(across, down) / seconds - _FAST, _FASTEST - _FAST)


def _share(part: float, whole: float) -> float:
    return min(max(part / whole, 0.0), 1.0)


def _wide(box: Box) -> float:
    return max(box.right - box.left, 1e-6)


def _tall(box: Box) -> float:
    return max(box.bottom - box.top, 1e-6)
