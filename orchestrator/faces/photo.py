"""Look at a photo that is to be a source face, and say what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from orchestrator.errors import PhotoUnreadable
from orchestrator.faces.identity import Chip, Embedding, FaceIdentity, cut_chip
from orchestrator.sources import PhotoHint
from remote_worker.contract.records import Box
from remote_worker.detection.faces import Detection, FaceDetector
from remote_worker.detection.mesh import FaceMesh
from remote_worker.engines import Pixels

PHOTO_MODELS = ("face-detector", "face-identity", "face-mesh")
"""The models that :func:`look_at_photo` needs, by name."""
_SMALL_PX = 128
_TURNED = 0.35
_BLURRED = 0.09
_DARK = 50
_BRIGHT = 215
_FLAT = 12


@dataclass(frozen=True, slots=True)
class PhotoFace:
    """One face of a photo."""

    box: Box
    """Its frame is 0."""
    score: float
    """0 to 1; the higher, the better it serves as a source face."""
    embedding: tuple[float, ...]
    """Unit vector, 128 numbers; never leaves this machine."""


@dataclass(frozen=True, slots=True)
class PhotoFaces:
    """What a photo holds, the largest face first."""

    faces: tuple[PhotoFace, ...]
    hints: tuple[PhotoHint, ...]
    """About the largest face, or about there being several."""


def look_at_photo(photo: Path, models: Mapping[str, Path]) -> PhotoFaces:
    """Return the faces of ``photo`` and what a person should know of them.

    ``photo`` is a re-encoded PNG; photos from elsewhere are never opened here.

    Raises:
        PhotoUnreadable: the file is not a picture.
        EngineFailed: a model does not load.
    """
    pixels = _read(photo)
    detector = FaceDetector(models["face-detector"])
    mesh, identity = FaceMesh(models["face-mesh"]), FaceIdentity(models["face-identity"])
    found = sorted(detector.detect(pixels), key=lambda face: -face.width * face.height)
    chips = [cut_chip(pixels, face, mesh, source_scale=1.0) for face in found]
    faces = [
        _face(face, chip, identity.embed(chip), pixels)
        for face, chip in zip(found, chips, strict=True)
        if chip.clear.presence >= 0.5
    ]
    clear = [chip for chip in chips if chip.clear.presence >= 0.5]
    return PhotoFaces(tuple(faces), _hints(clear))


def _read(photo: Path) -> Pixels:
    data = np.frombuffer(photo.read_bytes(), np.uint8)
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if pixels is None:
        raise PhotoUnreadable(
            f"{photo.name} is not a picture that can be read.", "Choose another photo."
        )
    return pixels.astype(np.uint8)


def _face(face: Detection, chip: Chip, embedding: Embedding, pixels: Pixels) -> PhotoFace:
    height, width = pixels.shape[:2]
    box = Box(
        0,
        left=float(np.clip(face.left / width, 0, 1)),
        top=float(np.clip(face.top / height, 0, 1)),
        right=float(np.clip(face.right / width, 0, 1)),
        bottom=float(np.clip(face.bottom / height, 0, 1)),
    )
    return PhotoFace(box, chip.clear.score, tuple(float(value) for value in embedding))


def _hints(chips: list[Chip]) -> tuple[PhotoHint, ...]:
    if not chips:
        return ()
    hints = _of_clearness(chips[0]) + _of_light(chips[0])
    return (*hints, "two_faces") if len(chips) > 1 else tuple(hints)


def _of_clearness(chip: Chip) -> list[PhotoHint]:
    hints: list[PhotoHint] = []
    if chip.clear.face_px < _SMALL_PX:
        hints.append("too_small")
    if chip.clear.turned > _TURNED:
        hints.append("turned")
    if chip.clear.sharpness < _BLURRED:
        hints.append("blurred")
    return hints


def _of_light(chip: Chip) -> list[PhotoHint]:
    grey = cv2.cvtColor(chip.pixels, cv2.COLOR_BGR2GRAY)[30:130, 30:120]
    light, spread = float(grey.mean()), float(grey.std())
    if light < _DARK:
        return ["too_dark"]
    if light > _BRIGHT:
        return ["too_bright"]
    return ["flat"] if spread < _FLAT else []
