"""Run FaceFusion's own command line, and read the frames it made."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from tests.fakes.facefusion_home import python_of

_DEADLINE_S = 240


def write_lossless(path: Path, frames: Sequence[NDArray[np.uint8]], rate: int = 25) -> Path:
    """Write an AVI of raw BGR frames, which every decoder reads as they are."""
    with av.open(str(path), "w") as output:
        track: Any = output.add_stream("rawvideo", rate=rate)
        track.height, track.width = frames[0].shape[:2]
        track.pix_fmt = "bgr24"
        for frame in frames:
            output.mux(track.encode(av.VideoFrame.from_ndarray(frame, "bgr24")))
        output.mux(track.encode(None))
    return path


def headless_run(
    upstream: Path, source: Path, target: Path, output: Path, *flags: str
) -> list[NDArray[np.uint8]]:
    """Return the frames that ``headless-run`` makes of ``target``, written without loss."""
    command = [str(python_of(upstream)), "facefusion.py", "headless-run"]
    command += ["-s", str(source), "-t", str(target), "-o", str(output)]
    command += ["--output-video-encoder", "rawvideo", "--output-audio-volume", "0"]
    command += ["--temp-path", str(output.parent / "temp"), "--log-level", "error"]
    command += ["--jobs-path", str(output.parent / "jobs"), *flags]
    done = subprocess.run(
        command, cwd=upstream, capture_output=True, text=True, timeout=_DEADLINE_S, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with av.open(str(output)) as media:  # it writes RGB, which AVI takes for BGR
        read = [frame.to_ndarray(format="bgr24") for frame in media.decode(video=0)]
    return [np.ascontiguousarray(frame[:, :, ::-1]) for frame in read]


def psnr_db(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Return how alike two frames are; infinite where they are equal."""
    apart = float(np.mean((one.astype(float) - other.astype(float)) ** 2))
    return float("inf") if apart == 0 else float(10 * np.log10(255**2 / apart))
