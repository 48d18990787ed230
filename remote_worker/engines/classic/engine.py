"""Render frames with the classic engine, each from itself and its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from remote_worker.contract.records import Digest, EngineSpec, FaceTrack
from remote_worker.detection.faces import FaceDetector
from remote_worker.detection.mesh import FaceMesh
from remote_worker.engines import Casting, Frame, Pixels, Rendered
from remote_worker.engines.classic import settings as known_settings
from remote_worker.engines.classic.find import Finder, Finding, expected_in
from remote_worker.engines.classic.source import SourceFace, load_source
from remote_worker.engines.classic.steady import HALO_FRAMES, share_of_window, steadied
from remote_worker.engines.classic.swap import Look, clarity, put_on
from remote_worker.errors import EngineFailed, OutOfMemory

_SHAKE = 0.012
"""Movement of a mesh point that is taken for shaking, as a share of the face's size."""
_FLICKER = 5.0
"""Change of light that is taken for flicker, in Lab."""
_ANY = 2.0
"""So much that a pair always counts: what lies before a face is averaged."""
_NO_MEMORY = -4
"""OpenCV's code for it."""
_REMEMBERED_FACES = 8


@dataclass(slots=True)
class _Stream:
    """What is remembered of the frames around the one in hand."""

    tracks: tuple[FaceTrack, ...]
    frames: dict[int, Frame] = field(default_factory=dict)
    findings: dict[tuple[int, int], Finding] = field(default_factory=dict)
    """By frame and number of the track; nothing where the face was not found."""

    def forget_before(self, frame: int) -> None:
        self.frames = {index: kept for index, kept in self.frames.items() if index >= frame}
        self.findings = {key: kept for key, kept in self.findings.items() if key[0] >= frame}


class ClassicEngine:
    """Finds, warps, lights and blends; see the package's modules for each."""

    def __init__(self, spec: EngineSpec, models: Mapping[str, Path]) -> None:
        """Load ``models``.

        Raises:
            EngineFailed: a model is missing or does not load.
        """
        try:
            detector, mesh = models["face-detector"], models["face-mesh"]
        except KeyError as error:
            raise EngineFailed(f"The model {error.args[0]} was not handed over.") from error
        self._spec = spec
        self._settings = known_settings.read(spec.settings)
        self._detector, self._mesh = FaceDetector(detector), FaceMesh(mesh)
        self._finder = Finder(self._detector, self._mesh)
        self._sources: dict[tuple[Digest, ...], SourceFace] = {}

    @property
    def spec(self) -> EngineSpec:
        """What decides this engine's pixels."""
        return self._spec

    def close(self) -> None:
        """Let go of the source faces; safe to perform twice."""
        self._sources.clear()

    def render(
        self, frames: Iterable[Frame], wanted: range, casting: Casting
    ) -> Iterator[Rendered]:
        """Yield one :class:`Rendered` for each frame index in ``wanted``, in order.

        Raises:
            EngineFailed: a frame could not be rendered.
            OutOfMemory: there is not enough memory.
        """
        cv2.setNumThreads(1)  # with more, sums are taken in another order
        try:
            yield from self._render(frames, wanted, casting)
        except MemoryError as error:
            raise OutOfMemory("There is not enough memory to swap a face.") from error
        except cv2.error as error:
            if error.code == _NO_MEMORY:
                raise OutOfMemory("There is not enough memory to swap a face.") from error
            raise EngineFailed(f"A frame could not be rendered: {error.err}.") from error

    def _render(
        self, frames: Iterable[Frame], wanted: range, casting: Casting
    ) -> Iterator[Rendered]:
        stream = _Stream(casting.tracks)
        following = wanted.start
        for frame in frames:
            self._look_at(stream, frame)
            while following in wanted and following + HALO_FRAMES <= frame.index:
                yield self._rendered(stream, following, casting)
                following += 1
                stream.forget_before(following - HALO_FRAMES)
        while following in wanted and following in stream.frames:
            yield self._rendered(stream, following, casting)
            following += 1

    def _look_at(self, stream: _Stream, frame: Frame) -> None:
        stream.frames[frame.index] = frame
        numbers = _reaching(stream.tracks, frame.index)
        if not numbers:
            return
        pixels = frame.pixels
        places = [expected_in(stream.tracks[n], frame.index, pixels.shape) for n in numbers]
        for number, finding in zip(numbers, self._finder.find(pixels, places), strict=True):
            if finding is not None:
                stream.findings[frame.index, number] = finding

    def _rendered(self, stream: _Stream, index: int, casting: Casting) -> Rendered:
        frame = stream.frames[index]
        numbers = _reaching(stream.tracks, index)
        looks = {number: _look(stream, index, number) for number in numbers}
        missed = any(look is None for look in looks.values())
        visible = {n: look for n, look in looks.items() if look is not None and look.strength > 0}
        if not visible or self._settings.blend == 0:
            return Rendered(index, None, missed)
        return Rendered(index, self._painted(frame.pixels, visible, stream, casting), missed)

    def _painted(
        self, pixels: Pixels, looks: Mapping[int, Look], stream: _Stream, casting: Casting
    ) -> Pixels:
        """Return the frame with every face put on, those further back first."""
        picture = np.array(pixels, np.uint8)
        for number in sorted(looks, key=lambda n: _depth_order(looks[n])):
            source = self._source(stream.tracks[number].photos, casting)
            put_on(picture, looks[number], source, self._settings)
        return picture

    def _source(self, photos: tuple[Digest, ...], casting: Casting) -> SourceFace:
        if photos not in self._sources:
            paths = [casting.photos[digest] for digest in photos]
            if len(self._sources) >= _REMEMBERED_FACES:
                self._sources.pop(next(iter(self._sources)))
            self._sources[photos] = load_source(paths, self._detector, self._mesh)
        return self._sources[photos]


def _reaching(tracks: tuple[FaceTrack, ...], frame: int) -> list[int]:
    return [n for n, track in enumerate(tracks) if track.start_frame <= frame < track.end_frame]


def _depth_order(look: Look) -> tuple[float, float, float]:
    """Return what sorts faces from small (far) to large, the same in every cut of the tracks."""
    size = float(np.ptp(look.points[:, :2], axis=0).max())
    return size, float(look.points[1, 0]), float(look.points[1, 1])


def _look(stream: _Stream, index: int, number: int) -> Look | None:
    """Return the track's face in frame ``index``; None when it is not found there."""
    around = range(index - HALO_FRAMES, index + HALO_FRAMES + 1)
    window = [stream.findings.get((at, number)) for at in around]
    shake = _SHAKE * _size_px(window)
    points = steadied([None if f is None else f.points for f in window], shake)
    light = steadied([None if f is None else f.light for f in window], _FLICKER)
    covering = steadied([None if f is None else f.covering[..., None] for f in window], _ANY)
    if points is None or light is None or covering is None:
        return None
    nearest = window[HALO_FRAMES] or window[HALO_FRAMES - 1]
    if nearest is None:
        return None
    return Look(
        points=points,
        direction=nearest.direction,
        light=light,
        covering=covering[..., 0],
        closed=nearest.closed,
        strength=_strength(stream, index, number),
    )


def _size_px(window: list[Finding | None]) -> float:
    finding = window[HALO_FRAMES]
    return 1.0 if finding is None else float(np.ptp(finding.points[:, :2], axis=0).max())


def _strength(stream: _Stream, index: int, number: int) -> float:
    """Return how much of the swap is shown: it fades towards frames that cannot have it."""
    track = stream.tracks[number]
    present: list[float | None] = []
    for at in range(index - HALO_FRAMES, index + HALO_FRAMES + 1):
        finding = stream.findings.get((at, number))
        inside = track.start_frame <= at < track.end_frame
        present.append((clarity(finding.direction) if finding else 0.0) if inside else None)
    return share_of_window(present)
