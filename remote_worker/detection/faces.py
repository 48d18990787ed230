"""Find faces in a picture with CenterFace, the same ones on every run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from remote_worker.engines import Pixels
from remote_worker.errors import EngineFailed

LONGEST_PX = 1280
"""A frame is looked at no larger than this; faces from 27 px at that size are found."""
_MOST_ENLARGED = 2.0
_LEAST_SCORE = 0.4
_STRIDE_PX = 4
_BLOCK_PX = 32
_SAME_FACE_OVERLAP = 0.3
_VOTING_OVERLAP = 0.6
_FIXED_SHAPES = re.compile(
    rb"\n\x02\x08\x0a\n\x02\x08(.)\n\x02\x08(?P<side>[\x08\x20])\n\x02\x08(?P=side)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Detection:
    """One face in a frame; lengths in pixels of the frame, parts of it may lie outside."""

    left: float
    top: float
    right: float
    bottom: float
    score: float
    """From 0 to 1; below 0.4 nothing is called a face."""
    points: tuple[tuple[float, float], ...]
    """x, y of the eye at the picture's left, the other eye, the nose's tip, and the mouth's
    corners at the picture's left and right, when the face is upright."""

    @property
    def width(self) -> float:
        """Width of the box in pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height of the box in pixels: from the hairline to the chin."""
        return self.bottom - self.top

    @property
    def roll_rad(self) -> float:
        """How far the line through the eyes is turned, clockwise as seen, in radians."""
        (left_x, left_y), (right_x, right_y) = self.points[:2]
        return float(np.arctan2(right_y - left_y, right_x - left_x))


class FaceDetector:
    """CenterFace on the caller's thread alone, so that the same pixels give the same faces.

    Threads may share one: it keeps nothing between calls.
    """

    def __init__(self, model: Path) -> None:
        """Load ``model``.

        Raises:
            EngineFailed: the file does not load.
        """
        self._session = _open_session(model)

    def detect(
        self, pixels: Pixels, *, longest_px: int = LONGEST_PX, least_score: float = _LEAST_SCORE
    ) -> tuple[Detection, ...]:
        """Return the faces in ``pixels``, the surest first.

        Args:
            pixels: uint8 BGR, height x width x 3.
            longest_px: the size that the longer side is brought to before looking; a smaller
                one is quicker and misses smaller faces.
            least_score: faces that are less sure than this are left out.
        """
        blob, scale = _prepare(pixels, longest_px)
        answers = self._session.run(None, {"input.1": blob})
        rows = _read_heads(*answers, least_score=least_score)
        return tuple(_detection(row, scale) for row in _suppress(rows))


def _open_session(model: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # it warns of weights that the net does not use
    try:
        return onnxruntime.InferenceSession(
            _free_shapes(model.read_bytes()), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime raises what its C++ raised, of no common kind
        raise EngineFailed(f"The face detector {model.name} does not load.") from error


def _free_shapes(model: bytes) -> bytes:
    """Return the ONNX file with the shapes of its input and four outputs left open.

    The net takes any size, but the file declares 10 x 3 x 32 x 32.  A dimension is written as
    field 1 of its message; as field 15, which nobody knows, it is unsaid, at the same length.
    """
    freed, count = _FIXED_SHAPES.subn(_unsay, model)
    if count != 5:
        raise ValueError(f"expected 5 declared shapes, not {count}")
    return freed


def _unsay(shape: re.Match[bytes]) -> bytes:
    dimensions = bytearray(shape.group())
    for place in (2, 10, 14):  # all but the channels
        dimensions[place] = 0x78
    return bytes(dimensions)


def _prepare(pixels: Pixels, longest_px: int) -> tuple[NDArray[np.float32], float]:
    """Return the net's input, 1 x 3 x height x width in RGB, and its scale to the frame."""
    height, width = pixels.shape[:2]
    scale = min(longest_px / max(height, width), _MOST_ENLARGED)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = pixels if scale == 1 else cv2.resize(pixels, size, interpolation=method)
    below, beside = -size[1] % _BLOCK_PX, -size[0] % _BLOCK_PX
    padded = cv2.copyMakeBorder(small, 0, below, 0, beside, cv2.BORDER_CONSTANT)
    blob = cv2.dnn.blobFromImage(padded, swapRB=True)
    return blob.astype(np.float32, copy=False), scale


def _read_heads(
    heat: NDArray[np.float32],
    scales: NDArray[np.float32],
    offsets: NDArray[np.float32],
    marks: NDArray[np.float32],
    *,
    least_score: float,
) -> NDArray[np.float32]:
    """Return candidates, rows of box (4), score (1) and points (10), the surest first."""
    down, across = np.nonzero(heat[0, 0] >= least_score)
    score = heat[0, 0, down, across]
    tall, wide = np.exp(scales[0, :, down, across].T) * _STRIDE_PX
    shift_y, shift_x = offsets[0, :, down, across].T
    left = (across + shift_x + 0.5) * _STRIDE_PX - wide / 2
    top = (down + shift_y + 0.5) * _STRIDE_PX - tall / 2
    columns = [left, top, left + wide, top + tall, score]
    for point in range(5):
        columns.append(left + wide * marks[0, 2 * point + 1, down, across])
        columns.append(top + tall * marks[0, 2 * point, down, across])
    rows = np.stack(columns, axis=1).astype(np.float32)
    return rows[np.argsort(-score, kind="stable")]


def _suppress(rows: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Return one row a face: the mean of the candidates that agree, weighted by their scores.

    The mean and not the best alone, because neighbours change places from frame to frame.
    """
    kept = []
    while len(rows):
        overlaps = _overlaps(rows[0], rows)
        voters = rows[overlaps >= _VOTING_OVERLAP]
        face = np.average(voters, axis=0, weights=voters[:, 4]).astype(np.float32)
        face[4] = rows[0, 4]
        kept.append(face)
        rows = rows[(overlaps < _SAME_FACE_OVERLAP) & ~_is_inside(rows, rows[0])]
    return kept


def _overlaps(row: NDArray[np.float32], rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return intersection over union of one box with each of ``rows``."""
    low = np.maximum(row[:2], rows[:, :2])
    high = np.minimum(row[2:4], rows[:, 2:4])
    common = np.prod(np.clip(high - low, 0, None), axis=1)
    areas = np.prod(rows[:, 2:4] - rows[:, :2], axis=1)
    overlaps: NDArray[np.float32] = common / (areas + np.prod(row[2:4] - row[:2]) - common)
    return overlaps


def _is_inside(rows: NDArray[np.float32], face: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which of ``rows`` have their centre well inside ``face`` and are much smaller."""
    centres = (rows[:, :2] + rows[:, 2:4]) / 2
    size = face[2:4] - face[:2]
    inside = np.abs(centres - (face[:2] + face[2:4]) / 2) < size * 0.35
    much_smaller = (rows[:, 2:4] - rows[:, :2])[:, 1] < size[1] * 0.7
    answer: NDArray[np.bool_] = inside.all(axis=1) & much_smaller
    return answer


def _detection(row: NDArray[np.float32], scale: float) -> Detection:
    """Return ``row`` in the frame's pixels."""
    places: Sequence[float] = [float(value) for value in row / scale]
    points = tuple(zip(places[5::2], places[6::2], strict=True))
    left, top, right, bottom = places[:4]
    return Detection(left, top, right, bottom, float(row[4]), points)
