"""Say where each cast face is expected in a frame, and which frames need a look at all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from remote_worker.contract.records import Box, Digest, FaceTrack


@dataclass(frozen=True, slots=True)
class Place:
    """One cast face in one frame; lengths in pixels of the frame."""

    face: int
    """Number of the set of photos to put on."""
    left: float
    top: float
    right: float
    bottom: float


class Places:
    """The casting of one run of frames."""

    def __init__(self, tracks: Sequence[FaceTrack]) -> None:
        """Look things up in ``tracks``."""
        self._tracks = tuple(tracks)
        sets = dict.fromkeys(track.photos for track in self._tracks)
        self.photos: tuple[tuple[Digest, ...], ...] = tuple(sets)
        """Each set of photos that is put on; empty sets where nothing is put on."""
        self._numbers = {photos: number for number, photos in enumerate(self.photos)}

    def any_in(self, first: int, last: int) -> bool:
        """Whether a track reaches any frame of ``first..last``, both included."""
        return any(t.start_frame <= last and first < t.end_frame for t in self._tracks)

    def of(self, frame: int, height_px: int, width_px: int) -> tuple[Place, ...]:
        """Return the faces expected in ``frame``, which has this size."""
        places = []
        for track in self._tracks:
            if track.start_frame <= frame < track.end_frame:
                box = _box_at(track.boxes, frame)
                places.append(
                    Place(
                        self._numbers[track.photos],
                        box.left * width_px,
                        box.top * height_px,
                        box.right * width_px,
                        box.bottom * height_px,
                    )
                )
        return tuple(places)


def _box_at(boxes: Sequence[Box], frame: int) -> Box:
    """Return the track's box in ``frame``: between two given ones as far along as time is."""
    after = boxes[min(bisect_left(boxes, frame, key=_frame_of), len(boxes) - 1)]
    before = boxes[max(bisect_right(boxes, frame, key=_frame_of) - 1, 0)]
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
