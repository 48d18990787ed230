"""Tell faces apart: bring a face upright, say how clear it is, turn it into 128 numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from remote_worker.detection.faces import Detection
from remote_worker.detection.mesh import FaceMesh, Mesh
from remote_worker.engines import Pixels
from remote_worker.errors import EngineFailed

Embedding = NDArray[np.float64]
"""Unit vector of 128 numbers."""

CHIP_PX = 150
LEAST_FACE_PX = 40
"""Faces lower than this, in pixels of the source, do not say who they are."""
MOST_TURNED = 0.6
LEAST_SHARPNESS = 0.08
_PADDING = 0.25
# Mean places of the eyes' corners and the nose's base that the net was trained on (dlib's
# five points), and the points of the mesh that lie there.
_PLACES = (
    (0.8595674595992, 0.2134981538014),
    (0.6460604764104, 0.2289674387677),
    (0.1205750620789, 0.2137274526848),
    (0.3340850613712, 0.2290642403242),
    (0.4901123135679, 0.6277975316475),
)
_MESH_POINTS = (263, 362, 33, 133, 2)
_NOSE, _CHEEK, _OTHER_CHEEK = 1, 234, 454


@dataclass(frozen=True, slots=True)
class Clear:
    """How well a face can be seen."""

    face_px: float
    """Height of the face in pixels of the source."""
    turned: float
    """0 when it looks into the camera, 1 in profile."""
    sharpness: float
    """0 when blurred, about 1 when its details are crisp."""
    presence: float
    """0 to 1: how sure the mesh is that it lies on a face."""

    @property
    def tells(self) -> bool:
        """Whether the face is clear enough to say whose it is."""
        return (
            self.face_px >= LEAST_FACE_PX
            and self.turned <= MOST_TURNED
            and self.sharpness >= LEAST_SHARPNESS
            and self.presence >= 0.5
        )

    @property
    def score(self) -> float:
        """0 to 1; of two faces of one person the one with the higher score is shown."""
        size = min(1.0, self.face_px / 160)
        frontal = max(0.0, 1 - self.turned)
        return float(self.presence * size * frontal * min(1.0, 0.25 + self.sharpness))


@dataclass(frozen=True, slots=True)
class Chip:
    """One face brought upright to the size that the net looks at."""

    pixels: Pixels
    """uint8 BGR, 150 x 150."""
    clear: Clear


class FaceIdentity:
    """dlib's recognition net on one thread."""

    def __init__(self, model: Path) -> None:
        """Load ``model``.

        Raises:
            EngineFailed: the file does not load.
        """
        import _dlib_pybind11 as dlib

        try:
            self._net: Any = dlib.face_recognition_model_v1(str(model))
        except RuntimeError as error:
            raise EngineFailed(f"The identity net {model.name} does not load.") from error

    def embed(self, chip: Chip) -> Embedding:
        """Return who is on the chip."""
        picture = np.ascontiguousarray(chip.pixels[:, :, ::-1])
        numbers = np.array(self._net.compute_face_descriptor(picture), np.float64)
        return unit(numbers)


def unit(numbers: Embedding) -> Embedding:
    """Return ``numbers`` at length one."""
    length = float(np.linalg.norm(numbers))
    return numbers / length if length else numbers


def cut_chip(pixels: Pixels, detection: Detection, mesh: FaceMesh, *, source_scale: float) -> Chip:
    """Return the face of ``detection``, upright; ``source_scale`` is source px per px here."""
    fitted = mesh.fit(pixels, detection)
    chip = _warp(pixels, fitted)
    clear = Clear(
        face_px=detection.height * source_scale,
        turned=_turned(fitted),
        sharpness=_sharpness(chip),
        presence=fitted.presence,
    )
    return Chip(chip, clear)


def _warp(pixels: Pixels, mesh: Mesh) -> Pixels:
    here = mesh.points[list(_MESH_POINTS), :2].astype(np.float64)
    there = (np.array(_PLACES) + _PADDING) / (2 * _PADDING + 1) * CHIP_PX
    to_chip = _similarity(here, there)
    shrink = float(np.hypot(to_chip[0, 0], to_chip[1, 0]))
    if shrink < 0.5:  # averaged first, or fine details would alias
        by = 2 * shrink
        pixels = cv2.resize(pixels, None, fx=by, fy=by, interpolation=cv2.INTER_AREA).astype(
            np.uint8
        )
        to_chip = np.hstack([to_chip[:, :2] / by, to_chip[:, 2:]])
    size = (CHIP_PX, CHIP_PX)
    chip = cv2.warpAffine(pixels, to_chip, size, borderMode=cv2.BORDER_REPLICATE)
    return chip.astype(np.uint8)


def _similarity(here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the 2 x 3 turn, scale and shift that brings ``here`` nearest to ``there``."""
    middle, goal = here.mean(axis=0), there.mean(axis=0)
    a, b = (here - middle).T, (there - goal).T
    power = float((a**2).sum()) or 1.0
    cos = float((a * b).sum()) / power
    sin = float((a[0] * b[1] - a[1] * b[0]).sum()) / power
    turn = np.array([[cos, -sin], [sin, cos]])
    return np.hstack([turn, (goal - turn @ middle)[:, None]])


def _turned(mesh: Mesh) -> float:
    """Return how unequal the two halves of the face look: 0 frontal, 1 in profile."""
    nose, cheek, other = (mesh.points[p, :2] for p in (_NOSE, _CHEEK, _OTHER_CHEEK))
    left, right = float(np.hypot(*(nose - cheek))), float(np.hypot(*(nose - other)))
    return abs(left - right) / max(left + right, 1e-6)


def _sharpness(chip: Pixels) -> float:
    grey = cv2.cvtColor(chip, cv2.COLOR_BGR2GRAY)[25:125, 25:125]
    spread = float(grey.std()) or 1.0
    return min(1.0, float(cv2.Laplacian(grey, cv2.CV_32F).std()) / spread)
