"""Make a face to put on from photos of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from remote_worker.detection.faces import FaceDetector
from remote_worker.detection.mesh import FaceMesh
from remote_worker.engines import Pixels
from remote_worker.engines.classic import pose, shape, sheet
from remote_worker.engines.classic.layout import SHEET_PX
from remote_worker.engines.classic.planes import Plane, ramp, square
from remote_worker.engines.classic.warp import unwrap
from remote_worker.errors import EngineFailed

TEXTURE_PX = 512
_NEAR_POSE_DEG = 18.0
_LEAST_SHARE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class _Photo:
    """One photo's face on the sheet."""

    texture: Plane
    """TEXTURE_PX x TEXTURE_PX x 3, Lab."""
    light: Plane
    clear: Plane
    """SHEET_PX x SHEET_PX: 1 where the photo shows the face's skin well, 0 where it does not."""
    direction: NDArray[np.float64]
    mouth_open: float
    solid: shape.Solid


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """A source face as it is put on one frame: without light of its own."""

    texture: Plane
    """side x side x 3, Lab."""
    light: Plane
    """The texture's own light, which :func:`sheet.relit` takes off."""
    clear: Plane
    mouth_open: float


class SourceFace:
    """One face from one or several photos; the photo that is turned like the frame's counts most.

    Each photo counts at each place of the face by how well it shows it, so that a photo from
    the side fills in the cheek that one from the front hardly shows.
    """

    def __init__(self, photos: Sequence[_Photo]) -> None:
        """Take ``photos``, at least one."""
        self._photos = tuple(photos)

    @property
    def solid(self) -> shape.Solid:
        """The face's shape: the mean of what the photos say."""
        mean: shape.Solid = np.mean([photo.solid for photo in self._photos], axis=0)
        return mean

    def skin_for(self, direction: NDArray[np.float64], side_px: int) -> Skin:
        """Return the face for a frame in which it looks in ``direction``, at ``side_px``."""
        shares = self._shares(direction)
        texture = np.zeros((side_px, side_px, 3), np.float32)
        light = np.zeros_like(self._photos[0].light)
        for photo, share in zip(self._photos, shares, strict=True):
            if share.max() >= _LEAST_SHARE:
                texture += square(photo.texture, side_px) * square(share, side_px)[..., None]
                light += photo.light * square(share, light.shape[0])[..., None]
        clear = np.max([photo.clear for photo in self._photos], axis=0)
        weights = [float(share.mean()) for share in shares]
        opens = [photo.mouth_open for photo in self._photos]
        return Skin(texture, light, clear, float(np.average(opens, weights=weights)))

    def _shares(self, direction: NDArray[np.float64]) -> list[Plane]:
        if len(self._photos) == 1:
            return [np.ones((SHEET_PX, SHEET_PX), np.float32)]
        weights = [
            (photo.clear + np.float32(1e-3)) * np.float32(_nearness(photo.direction, direction))
            for photo in self._photos
        ]
        total = np.sum(weights, axis=0)
        return [(weight / total).astype(np.float32) for weight in weights]


def _nearness(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    apart_deg = np.degrees(np.arccos(np.clip(one @ other, -1, 1)))
    return float(np.exp(-((apart_deg / _NEAR_POSE_DEG) ** 2) / 2) + 1e-3)


def load_source(paths: Sequence[Path], detector: FaceDetector, mesh: FaceMesh) -> SourceFace:
    """Return the face that the photos at ``paths`` show, the largest of each.

    Raises:
        EngineFailed: no photo can be read and shows a face.
    """
    photos = [photo for photo in (_read(path, detector, mesh) for path in paths) if photo]
    if not photos:
        raise EngineFailed("No photo of the source face shows a face.")
    return SourceFace(photos)


def _read(path: Path, detector: FaceDetector, mesh: FaceMesh) -> _Photo | None:
    encoded = np.frombuffer(path.read_bytes(), np.uint8)
    picture = cv2.imdecode(encoded, cv2.IMREAD_COLOR) if encoded.size else None
    if picture is None:
        raise EngineFailed("A photo of the source face cannot be read.")
    pixels = np.ascontiguousarray(picture).astype(np.uint8, copy=False)
    found = detector.detect(pixels)
    if not found:
        return None
    largest = max(found, key=lambda face: face.width * face.height)
    return _photo(pixels, mesh.fit(pixels, largest).points)


def _photo(pixels: Pixels, points: NDArray[np.float32]) -> _Photo:
    texture = sheet.to_lab(unwrap(pixels, points, TEXTURE_PX))
    small = square(texture, SHEET_PX)
    bare = 1 - sheet.unclear(small)
    return _Photo(
        texture=texture,
        light=sheet.light_of(small, bare),
        clear=(bare * ramp(pose.facing(points), 0.1, 0.35)).astype(np.float32),
        direction=pose.direction_of(points),
        mouth_open=pose.openness(points),
        solid=shape.solid_of(points),
    )
