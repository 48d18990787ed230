"""Find each cast face of a frame near where its track expects it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from remote_worker.contract.records import Box, FaceTrack
from remote_worker.detection.faces import Detection, FaceDetector
from remote_worker.detection.mesh import FaceMesh
from remote_worker.engines import Pixels
from remote_worker.engines.classic import pose, sheet
from remote_worker.engines.classic.layout import SHEET_PX, Places
from remote_worker.engines.classic.planes import Plane
from remote_worker.engines.classic.warp import unwrap

_AROUND = 1.1
"""How much of the face's longer side is searched beyond each of its sides, halved."""
_FACE_IN_NET_PX = 72.0
_LEAST_OVERLAP = 0.25
_LEAST_PRESENCE = 0.5


@dataclass(frozen=True, slots=True)
class Expected:
    """Where a track says its face is in one frame; lengths in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def longer_px(self) -> float:
        """The longer side."""
        return max(self.right - self.left, self.bottom - self.top, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What one frame by itself says of one face."""

    points: Places
    """468 x 3 in pixels of the frame."""
    direction: NDArray[np.float64]
    light: Plane
    covering: Plane
    closed: float
    """From 0 for open eyes to 1 for closed ones."""


def expected_in(track: FaceTrack, frame: int, shape: tuple[int, ...]) -> Expected:
    """Return where ``track`` expects its face in ``frame``, whose pixels have ``shape``."""
    box = _place(track.boxes, frame)
    height, width = shape[:2]
    return Expected(box.left * width, box.top * height, box.right * width, box.bottom * height)


def _place(boxes: Sequence[Box], frame: int) -> Box:
    before = max((box for box in boxes if box.frame <= frame), key=_frame_of, default=boxes[0])
    after = min((box for box in boxes if box.frame >= frame), key=_frame_of, default=boxes[-1])
    if after.frame <= before.frame:
        return before
    share = (frame - before.frame) / (after.frame - before.frame)
    return Box(
        frame,
        before.left + share * (after.left - before.left),
        before.top + share * (after.top - before.top),
        before.right + share * (after.right - before.right),
        before.bottom + share * (after.bottom - before.bottom),
    )


def _frame_of(box: Box) -> int:
    return box.frame


class Finder:
    """Looks around the expected places only, which is quicker and finds smaller faces."""

    def __init__(self, detector: FaceDetector, mesh: FaceMesh) -> None:
        """Look with ``detector`` and ``mesh``."""
        self._detector = detector
        self._mesh = mesh

    def find(self, pixels: Pixels, places: Sequence[Expected]) -> list[Finding | None]:
        """Return what is seen of the face expected at each of ``places``, or None."""
        faces: list[Detection] = []
        for place in sorted(set(places), key=lambda p: (p.left, p.top, p.right, p.bottom)):
            known = faces
            new = [face for face in self._around(pixels, place) if not _is_known(face, known)]
            faces = faces + new
        chosen = _one_to_one(places, faces)
        return [None if face is None else self._finding(pixels, face) for face in chosen]

    def _around(self, pixels: Pixels, place: Expected) -> list[Detection]:
        """Return the faces in and near ``place``, in pixels of the whole frame."""
        reach = place.longer_px * _AROUND
        centre_x, centre_y = (place.left + place.right) / 2, (place.top + place.bottom) / 2
        left, top = max(int(centre_x - reach), 0), max(int(centre_y - reach), 0)
        part = pixels[top : int(centre_y + reach) + 1, left : int(centre_x + reach) + 1]
        if min(part.shape[:2]) < 8:
            return []
        longest_px = round(max(part.shape[:2]) * _FACE_IN_NET_PX / place.longer_px)
        found = self._detector.detect(np.ascontiguousarray(part), longest_px=max(longest_px, 32))
        return [_moved(face, left, top) for face in found]

    def _finding(self, pixels: Pixels, face: Detection) -> Finding | None:
        mesh = self._mesh.fit(pixels, face)
        if mesh.presence < _LEAST_PRESENCE:
            return None
        lab = sheet.to_lab(unwrap(pixels, mesh.points, SHEET_PX))
        covering = sheet.covering(lab)
        light = sheet.light_of(lab, 1 - covering)
        closed = sheet.eyes_closed(lab)
        return Finding(mesh.points, pose.direction_of(mesh.points), light, covering, closed)


def _moved(face: Detection, right: float, down: float) -> Detection:
    return replace(
        face,
        left=face.left + right,
        right=face.right + right,
        top=face.top + down,
        bottom=face.bottom + down,
        points=tuple((x + right, y + down) for x, y in face.points),
    )


def _is_known(face: Detection, known: Sequence[Detection]) -> bool:
    return any(_overlap(face, other) > 0.5 for other in known)


def _overlap(one: Detection | Expected, other: Detection | Expected) -> float:
    """Return intersection over union."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    tall = min(one.bottom, other.bottom) - max(one.top, other.top)
    common = max(wide, 0.0) * max(tall, 0.0)
    total = sum((box.right - box.left) * (box.bottom - box.top) for box in (one, other))
    return common / max(total - common, 1e-9)


def _one_to_one(places: Sequence[Expected], faces: Sequence[Detection]) -> list[Detection | None]:
    """Return a face for each place, no face twice; those that overlap most are taken first."""
    pairs = sorted(
        ((-_overlap(place, face), p, f) for p, place in enumerate(places)
         for f, face in enumerate(faces)),
        key=lambda pair: (pair[0], places[pair[1]].left, places[pair[1]].top, pair[2]),
    )  # fmt: skip
    chosen: dict[int, int] = {}
    for overlap, place, face in pairs:
        if -overlap >= _LEAST_OVERLAP and place not in chosen and face not in chosen.values():
            chosen[place] = face
    return [faces[chosen[p]] if p in chosen else None for p in range(len(places))]
