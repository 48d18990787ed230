"""Lay a mesh of 468 points on a face with MediaPipe's Face Mesh."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from remote_worker.detection.faces import Detection
from remote_worker.engines import Pixels
from remote_worker.errors import EngineFailed

_SIDE_PX = 192
_MARGIN = 1.5
"""How much larger than the face its crop is, as MediaPipe takes it."""
_POINTS = 468
_EYE_CORNERS = (33, 263)
"""Outer corner of the eye at the picture's left, and of the other, when upright."""


@dataclass(frozen=True, slots=True)
class Mesh:
    """The surface of one face in a frame."""

    points: NDArray[np.float32]
    """468 x 3: x and y in pixels of the frame, z in the same unit, towards the camera negative."""
    presence: float
    """From 0 to 1: how sure the net is that there is a face under the mesh."""


@dataclass(frozen=True, slots=True)
class _Crop:
    """A turned square of the frame; lengths in pixels, the turn clockwise in radians."""

    centre_x: float
    centre_y: float
    side: float
    turn: float

    def to_frame(self) -> NDArray[np.float64]:
        """Return the 2 x 3 map from the net's picture to the frame."""
        grow = self.side / _SIDE_PX
        cos, sin = np.cos(self.turn) * grow, np.sin(self.turn) * grow
        middle = (_SIDE_PX - 1) / 2
        return np.array(
            [
                [cos, -sin, self.centre_x - (cos - sin) * middle],
                [sin, cos, self.centre_y - (sin + cos) * middle],
            ]
        )


class FaceMesh:
    """Face Mesh on one thread, so that the same pixels give the same points.

    Not safe to share between threads.
    """

    def __init__(self, model: Path) -> None:
        """Load ``model``.

        Raises:
            EngineFailed: the file does not load.
        """
        self._net = _open_net(model)
        self._input: int = self._net.get_input_details()[0]["index"]
        outputs = sorted(self._net.get_output_details(), key=lambda output: -output["shape"][-1])
        self._points, self._presence = (int(output["index"]) for output in outputs)

    def fit(self, pixels: Pixels, detection: Detection) -> Mesh:
        """Return the mesh of the face that ``detection`` found in ``pixels``.

        It looks twice: the second crop is placed by the first mesh, so that a detection which
        is a little off moves the points little.
        """
        first = self._fit(pixels, _crop_of_detection(detection))
        return self._fit(pixels, _crop_of_points(first.points))

    def follow(self, pixels: Pixels, before: Mesh) -> Mesh:
        """Return the mesh of the face that lay under ``before`` one frame away."""
        return self._fit(pixels, _crop_of_points(before.points))

    def _fit(self, pixels: Pixels, crop: _Crop) -> Mesh:
        to_frame = crop.to_frame()
        view = cv2.warpAffine(
            pixels,
            to_frame,
            (_SIDE_PX, _SIDE_PX),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        self._net.set_tensor(self._input, view[None, :, :, ::-1].astype(np.float32) / 255)
        self._net.invoke()
        raw = self._net.get_tensor(self._points).reshape(_POINTS, 3)
        logit = float(self._net.get_tensor(self._presence).reshape(()))
        return Mesh(_placed(raw, to_frame, crop.side), float(1 / (1 + np.exp(-logit))))


def _open_net(model: Path) -> Any:
    from ai_edge_litert.interpreter import Interpreter

    try:
        net = Interpreter(str(model), num_threads=1)
        net.allocate_tensors()
    except (ValueError, RuntimeError) as error:
        raise EngineFailed(f"The face mesh {model.name} does not load.") from error
    return net


def _placed(
    raw: NDArray[np.float32], to_frame: NDArray[np.float64], side: float
) -> NDArray[np.float32]:
    """Return the net's points (pixels of its own picture) in the frame."""
    placed = np.empty((_POINTS, 3), np.float32)
    placed[:, :2] = raw[:, :2] @ to_frame[:, :2].T + to_frame[:, 2]
    placed[:, 2] = raw[:, 2] * (side / _SIDE_PX)
    return placed


def _crop_of_detection(detection: Detection) -> _Crop:
    side = max(detection.width, detection.height) * _MARGIN
    centre_x = (detection.left + detection.right) / 2
    centre_y = (detection.top + detection.bottom) / 2
    return _Crop(centre_x, centre_y, max(side, 1.0), detection.roll_rad)


def _crop_of_points(points: NDArray[np.float32]) -> _Crop:
    """Return the crop around a mesh: upright to its eyes, centred on its turned box."""
    left, right = points[_EYE_CORNERS[0], :2], points[_EYE_CORNERS[1], :2]
    turn = float(np.arctan2(right[1] - left[1], right[0] - left[0]))
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    upright = points[:, :2] @ axes.T
    low, high = upright.min(axis=0), upright.max(axis=0)
    centre_x, centre_y = ((low + high) / 2) @ axes
    side = float((high - low).max()) * _MARGIN
    return _Crop(float(centre_x), float(centre_y), max(side, 1.0), turn)
