"""Keep the clearest faces of each track, who they are, and pictures of them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from orchestrator.faces.follow import Spot, Track
from orchestrator.faces.groups import SURELY_OTHER, Look
from orchestrator.faces.identity import Chip, Embedding, FaceIdentity, cut_chip
from orchestrator.faces.people import PersonId
from orchestrator.faces.reader import Shown
from orchestrator.faces.request import ScanSource
from remote_worker.detection.faces import Detection
from remote_worker.detection.mesh import FaceMesh
from remote_worker.engines import Pixels

_CHIPS_A_TRACK = 2
_APART_S = 0.35
_LATER_APART_S = 1.0
"""How far apart in time the faces of one track are taken: the first few, and later ones."""
_LONGEST_PX = 1920
_CROP_PX = 256
_CROP_MARGIN = 0.45
_CROPS_A_PERSON = 4


@dataclass(frozen=True, slots=True)
class _Candidate:
    second: float
    chip: Chip
    crop: Pixels


@dataclass(frozen=True, slots=True)
class Taken:
    """One finished track and what was made of its faces."""

    source: int
    track: Track
    seconds: float
    chips: tuple[_Candidate, ...]
    embeddings: Future[tuple[Embedding, ...]]
    crop: Path | None


class Gallery:
    """Watches tracks; embeds on a thread of its own, for dlib's net holds its own state."""

    def __init__(self, mesh: FaceMesh, identity_model: Path, folder: Path) -> None:
        self._mesh = mesh
        self._folder = folder
        self._open: dict[int, list[_Candidate]] = {}
        self._tried_s: dict[int, float] = {}
        self._taken: list[Taken] = []
        self._embedder = ThreadPoolExecutor(1, thread_name_prefix="embed")
        self._identity = self._embedder.submit(FaceIdentity, identity_model)
        self._source_number = 0
        self._source: ScanSource | None = None
        self.track_count = 0

    def open_source(self, number: int, source: ScanSource) -> None:
        """Take the tracks that follow as those of ``source``."""
        self._source_number, self._source = number, source

    def seen(self, track: Track, shown: Shown) -> None:
        """Keep the face in ``shown`` if it is among the clearest of its track."""
        self.track_count = max(self.track_count, track.number + 1)
        second = self._second(shown.index)
        held = self._open.setdefault(track.number, [])
        apart_s = _APART_S if len(held) < _CHIPS_A_TRACK else _LATER_APART_S
        if track.number in self._tried_s and second - self._tried_s[track.number] < apart_s:
            return
        self._tried_s[track.number] = second
        candidate = self._candidate(track.spots[-1], shown, second)
        held.append(candidate)
        held.sort(key=lambda c: -c.chip.clear.score)
        del held[_CHIPS_A_TRACK:]

    def gone(self, track: Track) -> None:
        """Compare the track's clearest faces and let go of everything large."""
        chips = self._open.pop(track.number, [])
        self._tried_s.pop(track.number, None)
        if not chips or not track.is_face or chips[0].chip.clear.presence < 0.5:
            return
        kept = _worth_comparing(chips)
        crop = self._write_crop(len(self._taken), chips[0].crop)
        embeddings = self._embedder.submit(self._embed, [c.chip for c in kept])
        small = tuple(_without_pixels(candidate) for candidate in kept)
        seconds = self._second(track.end_frame - 1) - self._second(track.start_frame)
        self._taken.append(Taken(self._source_number, track, seconds, small, embeddings, crop))

    def looks(self) -> list[Look]:
        """Return what grouping needs of each track taken, once all are compared.

        Raises:
            EngineFailed: the identity net does not load.
        """
        self._identity.result()
        return [_look(taken) for taken in self._taken]

    def taken(self, number: int) -> Taken:
        """Return the track at ``number`` of :meth:`looks`."""
        return self._taken[number]

    def keep_crops(self, members: Sequence[int], person_id: PersonId) -> tuple[str, ...]:
        """Name the pictures of the clearest of ``members`` after the person; return the names."""
        clearest = sorted(
            (member for member in members if self._taken[member].crop is not None),
            key=lambda member: (-self._taken[member].chips[0].chip.clear.score, member),
        )
        names = []
        for place, member in enumerate(clearest[:_CROPS_A_PERSON], start=1):
            crop = self._taken[member].crop
            if crop is not None:
                names.append(f"{person_id}-{place}.png")
                crop.replace(self._folder / names[-1])
        return tuple(names)

    def close(self) -> None:
        """Stop comparing and remove the pictures that nobody kept."""
        self._embedder.shutdown(cancel_futures=True)
        for taken in self._taken:
            if taken.crop is not None:
                taken.crop.unlink(missing_ok=True)

    def _second(self, frame: int) -> float:
        if self._source is None:
            raise RuntimeError("no source was opened")
        index = self._source.index
        return float(index.pts[frame] * index.time_base)

    def _candidate(self, spot: Spot, shown: Shown, second: float) -> _Candidate:
        pixels = shown.pixels(_LONGEST_PX)
        scale = pixels.shape[1] / shown.size[0]
        face, view = _cut_around(pixels, spot.face, scale)
        chip = cut_chip(view, face, self._mesh, source_scale=1 / scale)
        return _Candidate(second, chip, _crop(view, face))

    def _embed(self, chips: Sequence[Chip]) -> tuple[Embedding, ...]:
        identity = self._identity.result()
        return tuple(identity.embed(chip) for chip in chips)

    def _write_crop(self, number: int, crop: Pixels) -> Path:
        path = self._folder / f".track-{number}.png"
        done, data = cv2.imencode(".png", crop)
        if not done:
            raise OSError(f"the picture {path.name} cannot be encoded")
        path.write_bytes(data.tobytes())
        return path


def _look(taken: Taken) -> Look:
    embeddings = taken.embeddings.result()
    clear = all(candidate.chip.clear.tells for candidate in taken.chips)
    return Look(
        source=taken.source,
        start_frame=taken.track.start_frame,
        end_frame=taken.track.end_frame,
        seconds=taken.seconds,
        embeddings=embeddings,
        tells=clear and not _differ(embeddings),
    )


def _differ(embeddings: Sequence[Embedding]) -> bool:
    """Return whether the faces of one track are not one person's."""
    return any(
        float(np.linalg.norm(a - b)) > SURELY_OTHER + 0.05
        for place, a in enumerate(embeddings)
        for b in embeddings[:place]
    )


def _worth_comparing(chips: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the faces that say who they are, or the clearest one when none does."""
    telling = [candidate for candidate in chips if candidate.chip.clear.tells]
    return telling or list(chips[:1])


def _without_pixels(candidate: _Candidate) -> _Candidate:
    nothing = np.empty((0, 0, 3), np.uint8)
    return _Candidate(candidate.second, Chip(nothing, candidate.chip.clear), nothing)


def _cut_around(pixels: Pixels, face: Detection, scale: float) -> tuple[Detection, Pixels]:
    """Return ``face`` in the pixels of a part of the frame around it, and that part."""
    reach = max(face.width, face.height) * scale * 1.6
    middle_x = (face.left + face.right) / 2 * scale
    middle_y = (face.top + face.bottom) / 2 * scale
    left, top = max(0, int(middle_x - reach)), max(0, int(middle_y - reach))
    view = pixels[top : int(middle_y + reach) + 1, left : int(middle_x + reach) + 1]
    points = tuple((x * scale - left, y * scale - top) for x, y in face.points)
    here = Detection(
        face.left * scale - left,
        face.top * scale - top,
        face.right * scale - left,
        face.bottom * scale - top,
        face.score,
        points,
    )
    return here, np.ascontiguousarray(view)


def _crop(view: Pixels, face: Detection) -> Pixels:
    """Return a square picture of the face with some air around it."""
    half = max(face.width, face.height) * (0.5 + _CROP_MARGIN)
    middle_x, middle_y = (face.left + face.right) / 2, (face.top + face.bottom) / 2
    left, top = max(0, int(middle_x - half)), max(0, int(middle_y - half))
    part = view[top : int(middle_y + half) + 1, left : int(middle_x + half) + 1]
    shrink = min(1.0, _CROP_PX / max(1, *part.shape[:2]))
    size = (max(1, round(part.shape[1] * shrink)), max(1, round(part.shape[0] * shrink)))
    crop: Pixels = cv2.resize(part, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    return crop
