"""Make the footage that benchmarks run on: detailed, moving, always the same."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray


def footage(
    folder: Path, *, width_px: int, height_px: int, frames: int, kilobits_per_s: int
) -> Path:
    """Return an H.264 clip at 30 frames a second, made on first use and kept in ``folder``."""
    path = folder / f"footage-{width_px}x{height_px}-{frames}-{kilobits_per_s}.mp4"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished.mp4")
    print(f"making {path.name}", flush=True)
    _encode(unfinished, width_px, height_px, frames, kilobits_per_s)
    unfinished.replace(path)
    return path


def _encode(path: Path, width_px: int, height_px: int, frames: int, kilobits_per_s: int) -> None:
    canvas = _canvas(width_px * 2, height_px * 2)
    with av.open(str(path), "w") as output:
        track = output.add_stream(
            "libx264", rate=30, options={"preset": "veryfast", "g": "60", "threads": "2"}
        )
        track.width, track.height, track.pix_fmt = width_px, height_px, "yuv420p"
        track.bit_rate = kilobits_per_s * 1000
        track.time_base = Fraction(1, 30)
        for index in range(frames):
            frame = av.VideoFrame.from_ndarray(_view(canvas, index, width_px, height_px), "bgr24")
            frame.pts = index
            output.mux(track.encode(frame))
        output.mux(track.encode(None))


def _canvas(width_px: int, height_px: int) -> NDArray[np.uint8]:
    """Return smooth noise of several grains, so that motion costs bits as film does."""
    random = np.random.default_rng(7)
    layers = np.zeros((height_px, width_px, 3), np.float32)
    for grain in (4, 16, 64, 256):
        small = random.normal(0, 1, (height_px // grain + 1, width_px // grain + 1, 3))
        grown = cv2.resize(small.astype(np.float32), (width_px, height_px))
        layers += grown * (6 + grain**0.6)
    return np.clip(layers + 118, 0, 255).astype(np.uint8)


def _view(
    canvas: NDArray[np.uint8], index: int, width_px: int, height_px: int
) -> NDArray[np.uint8]:
    """Return the frame at ``index``: a slow pan that turns now and then."""
    left = int((1 + np.sin(index / 90)) / 2 * (canvas.shape[1] - width_px))
    top = int((1 + np.cos(index / 70)) / 2 * (canvas.shape[0] - height_px))
    return np.ascontiguousarray(canvas[top : top + height_px, left : left + width_px])
