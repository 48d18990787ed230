"""Follow each face through its shot, to the frame it comes and the frame it goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from orchestrator.faces.reader import Shown, Stretch
from remote_worker.detection.faces import Detection, FaceDetector

WALK_LONGEST_PX = 1280
_NEAR_SIDES = 2.6
"""Side of the square that a followed face is looked for in, in heights of the face."""
_NEAR_LONGEST_PX = 160
_NEAR_LEAST_SCORE = 0.3
_DOUBTFUL_SCORE = 0.08
_SURE_SCORE = 0.45
_REACH = 0.75
"""How far a face may be from where it was expected, in its sizes."""
_MOST_GROWN = 1.5
_BRIDGED_FRAMES = 6
"""A face that the detector loses for no longer stays one track."""
_BENT = 0.1
"""Departure from a straight way, in widths of the face, that is worth a box of its own."""
_FAR = 0.4
"""A step between looks, in sizes of the face, on which its way is always checked."""
_LEAST_BEST_SCORE = 0.55
_LEAST_FRAMES = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """A face in one frame; lengths in pixels of the upright frame with square pixels."""

    frame: int
    face: Detection


@dataclass(slots=True)
class Track:
    """One face through one run of frames of one shot."""

    number: int
    spots: list[Spot] = field(default_factory=list)

    @property
    def start_frame(self) -> int:
        """First frame."""
        return self.spots[0].frame

    @property
    def end_frame(self) -> int:
        """One past the last frame."""
        return self.spots[-1].frame + 1

    @property
    def is_face(self) -> bool:
        """Whether it was seen long enough and surely enough to be no flicker."""
        best = max(spot.face.score for spot in self.spots)
        return best >= _LEAST_BEST_SCORE and self.end_frame - self.start_frame >= _LEAST_FRAMES

    def expected(self, frame: int) -> Detection:
        """Return where the face should be in ``frame``, by its last step."""
        last = self.spots[-1]
        if len(self.spots) < 2 or self.spots[-2].frame == last.frame:
            return last.face
        before = self.spots[-2]
        share = (frame - last.frame) / (last.frame - before.frame)
        step_x = _middle(last.face)[0] - _middle(before.face)[0]
        step_y = _middle(last.face)[1] - _middle(before.face)[1]
        share = min(share, 1.0)
        return _shifted(last.face, step_x * share, step_y * share)


class Watcher(Protocol):
    """Whoever wants to know of tracks as they come and go."""

    def seen(self, track: Track, shown: Shown) -> None:
        """Look at ``track``, which has a spot in the frame ``shown``."""
        ...

    def gone(self, track: Track) -> None:
        """Take ``track``, which has ended."""
        ...


class Follower:
    """Links the faces of one look with those of the look before, frame by frame where needed."""

    def __init__(self, detector: FaceDetector, watcher: Watcher, *, first_number: int = 0) -> None:
        self._detector = detector
        self._watcher = watcher
        self._open: list[Track] = []
        self._lost: list[Track] = []
        self._next_number = first_number

    def step(self, stretch: Stretch, faces: Sequence[Detection]) -> None:
        """Take in one stretch and the faces found in its look, in square-pixel lengths."""
        if stretch.begins_shot:
            self.finish()
        frame = stretch.look.index
        pairs = _pairs([track.expected(frame) for track in self._open], faces)
        paired = {place for _, place in pairs}
        unclaimed = [face for place, face in enumerate(faces) if place not in paired]
        following = [self._open[number] for number, _ in pairs]
        for number, place in pairs:
            self._link(self._open[number], stretch, faces[place])
        for track in [track for track in self._open if track not in following]:
            if self._is_found_near(track, stretch):
                unclaimed = _others(unclaimed, track)
                continue
            unclaimed = self._walk_on(track, stretch, unclaimed)
        for face in unclaimed:
            self._begin(stretch, face)
        self._close_stale(frame)
        for track in self._open:
            self._watcher.seen(track, stretch.look)

    def finish(self) -> None:
        """End every track: the shot or the source is over."""
        for track in [*self._lost, *self._open]:
            self._watcher.gone(track)
        self._lost, self._open = [], []

    def _link(self, track: Track, stretch: Stretch, face: Detection) -> None:
        last = track.spots[-1]
        new = Spot(stretch.look.index, face)
        between = [shown for shown in stretch.frames if last.frame < shown.index < new.frame]
        if _is_bent(track, new):
            track.spots.extend(self._bends(last, new, between))
        track.spots.append(new)

    def _bends(self, before: Spot, after: Spot, between: Sequence[Shown]) -> list[Spot]:
        """Return spots between two others wherever a straight way is not the face's way."""
        if not between:
            return []
        middle = between[len(between) // 2]
        straight = _between(before, after, middle.index)
        found = self._look_near(middle, straight)
        if found is None or _apart(found, straight) < _BENT:
            return []
        spot = Spot(middle.index, found)
        left = [shown for shown in between if shown.index < middle.index]
        right = [shown for shown in between if shown.index > middle.index]
        return [*self._bends(before, spot, left), spot, *self._bends(spot, after, right)]

    def _walk_on(
        self, track: Track, stretch: Stretch, unclaimed: list[Detection]
    ) -> list[Detection]:
        """Follow ``track`` frame by frame; return the faces that are still unclaimed."""
        for shown in stretch.frames:
            if shown.index <= track.spots[-1].frame:
                continue
            found = self._look_near(shown, track.expected(shown.index))
            if found is None or self._is_taken(track, shown.index, found):
                self._open.remove(track)
                self._lost.append(track)
                return unclaimed
            track.spots.append(Spot(shown.index, found))
        return _others(unclaimed, track)

    def _is_found_near(self, track: Track, stretch: Stretch) -> bool:
        """Return whether a closer look finds the track's face, and link it if so."""
        frame = stretch.look.index
        found = self._look_near(stretch.look, track.expected(frame))
        if found is None or self._is_taken(track, frame, found):
            return False
        self._link(track, stretch, found)
        return True

    def _is_taken(self, track: Track, frame: int, face: Detection) -> bool:
        """Return whether another track already holds this face in this frame."""
        others = (other for other in self._open if other is not track)
        return any(
            spot.frame == frame and _apart(spot.face, face) < _REACH / 2
            for other in others
            for spot in other.spots[-_BRIDGED_FRAMES:]
        )

    def _begin(self, stretch: Stretch, face: Detection) -> None:
        """Begin a track, walking back to the frame in which the face came."""
        spots = [Spot(stretch.look.index, face)]
        for shown in reversed(stretch.frames[:-1]):
            found = self._look_near(shown, spots[0].face)
            if found is None:
                break
            spots.insert(0, Spot(shown.index, found))
        track = self._resumed(spots)
        if track is None:
            track = Track(self._next_number, spots)
            self._next_number += 1
        self._open.append(track)

    def _resumed(self, spots: list[Spot]) -> Track | None:
        """Return the lost track that goes on with ``spots``, taken back, or None."""
        for track in self._lost:
            last = track.spots[-1]
            later = [spot for spot in spots if spot.frame > last.frame]
            if not later or later[0].frame - last.frame > _BRIDGED_FRAMES:
                continue
            if _is_same_place(last.face, later[0].face):
                self._lost.remove(track)
                track.spots.extend(later)
                return track
        return None

    def _close_stale(self, frame: int) -> None:
        stale = [t for t in self._lost if frame - t.end_frame > _BRIDGED_FRAMES]
        for track in stale:
            self._lost.remove(track)
            self._watcher.gone(track)

    def _look_near(self, shown: Shown, expected: Detection) -> Detection | None:
        """Return the face of ``shown`` that is where ``expected`` is, or None."""
        faces = look_around(self._detector, shown, expected)
        near = [face for face in faces if _is_same_place(expected, face)]
        return min(near, key=lambda face: _apart(face, expected), default=None)


def _others(faces: Iterable[Detection], track: Track) -> list[Detection]:
    """Return the faces that are not the last one of ``track``."""
    here = track.spots[-1].face
    return [face for face in faces if _apart(face, here) >= _REACH / 2]


def look_around(detector: FaceDetector, shown: Shown, expected: Detection) -> tuple[Detection, ...]:
    """Return the faces around ``expected``, seen enlarged when they are small."""
    pixels = shown.pixels(WALK_LONGEST_PX)
    scale = pixels.shape[1] / shown.size[0]
    middle_x, middle_y = (value * scale for value in _middle(expected))
    reach = max(expected.width, expected.height) * scale * _NEAR_SIDES / 2
    left, top = max(0, round(middle_x - reach)), max(0, round(middle_y - reach))
    right, bottom = round(middle_x + reach), round(middle_y + reach)
    cut = pixels[top : max(top, bottom), left : max(left, right)]
    if not cut.size:
        return ()
    faces = detector.detect(cut, longest_px=_NEAR_LONGEST_PX, least_score=_NEAR_LEAST_SCORE)
    return tuple(_scaled(_shifted(face, left, top), 1 / scale) for face in faces)


def look_over(detector: FaceDetector, shown: Shown, *, longest_px: int) -> tuple[Detection, ...]:
    """Return the faces of the whole frame, in square-pixel lengths.

    Looking small is quick but leaves small faces doubtful: those are looked at again, enlarged.
    """
    pixels = shown.pixels(longest_px)
    scale = pixels.shape[1] / shown.size[0]
    faces = detector.detect(pixels, longest_px=longest_px, least_score=_DOUBTFUL_SCORE)
    found: list[Detection] = []
    for face in (_scaled(face, 1 / scale) for face in faces):
        sure = face if face.score >= _SURE_SCORE else _confirmed(detector, shown, face)
        if sure is not None and all(_apart(sure, other) >= _REACH / 2 for other in found):
            found.append(sure)
    return tuple(found)


def _confirmed(detector: FaceDetector, shown: Shown, doubtful: Detection) -> Detection | None:
    faces = look_around(detector, shown, doubtful)
    near = [f for f in faces if f.score >= _SURE_SCORE and _is_same_place(doubtful, f)]
    return max(near, key=lambda face: face.score, default=None)


def _pairs(expected: Sequence[Detection], faces: Sequence[Detection]) -> list[tuple[int, int]]:
    """Return which expected place is which face, the nearest pairs first, each used once."""
    ways = sorted(
        (_apart(place, face), number, which)
        for number, place in enumerate(expected)
        for which, face in enumerate(faces)
        if _is_same_place(place, face)
    )
    pairs: list[tuple[int, int]] = []
    for _, number, which in ways:
        if all(number != left and which != right for left, right in pairs):
            pairs.append((number, which))
    return sorted(pairs)


def _is_same_place(expected: Detection, face: Detection) -> bool:
    grown = face.height / max(expected.height, 1e-6)
    return _apart(face, expected) < _REACH and 1 / _MOST_GROWN < grown < _MOST_GROWN


def _is_bent(track: Track, new: Spot) -> bool:
    """Return whether the face moves enough for its way to have bent since the last look."""
    last = track.spots[-1]
    if _apart(last.face, new.face) > _FAR:
        return True
    return _apart(track.expected(new.frame), new.face) > _BENT


def _apart(a: Detection, b: Detection) -> float:
    """Return how far two faces' middles lie apart, in sizes of the smaller one."""
    (ax, ay), (bx, by) = _middle(a), _middle(b)
    size = min((a.width + a.height) / 2, (b.width + b.height) / 2)
    return float(np.hypot(ax - bx, ay - by)) / max(size, 1e-6)


def _between(before: Spot, after: Spot, frame: int) -> Detection:
    share = (frame - before.frame) / (after.frame - before.frame)
    a, b = before.face, after.face
    return replace(
        a,
        left=a.left + (b.left - a.left) * share,
        top=a.top + (b.top - a.top) * share,
        right=a.right + (b.right - a.right) * share,
        bottom=a.bottom + (b.bottom - a.bottom) * share,
    )


def _middle(face: Detection) -> tuple[float, float]:
    return (face.left + face.right) / 2, (face.top + face.bottom) / 2


def _shifted(face: Detection, x: float, y: float) -> Detection:
    return _mapped(face, ((v + x, w + y) for v, w in _corners(face)))


def _scaled(face: Detection, by: float) -> Detection:
    return _mapped(face, ((v * by, w * by) for v, w in _corners(face)))


def _corners(face: Detection) -> tuple[tuple[float, float], ...]:
    return ((face.left, face.top), (face.right, face.bottom), *face.points)


def _mapped(face: Detection, corners: Iterable[tuple[float, float]]) -> Detection:
    (left, top), (right, bottom), *points = corners
    return Detection(left, top, right, bottom, face.score, tuple(points))
