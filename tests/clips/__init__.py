"""Make small clips whose every frame says which one it is, and read that back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from numpy.typing import NDArray

from remote_worker.frames.priority import use_ordinary_priority

BITS = 16
ROWS, COLUMNS = 4, 6
"""The barcode is a grid of blocks: 16 bits of the index, their complement's first 8 after."""

Paint = Callable[[int, int, int], NDArray[np.uint8]]
"""Gives the picture of a frame: (index, width_px, height_px) to uint8 BGR."""


def barcode(index: int, width_px: int, height_px: int) -> NDArray[np.uint8]:
    """Return a BGR picture whose grid of black and white blocks says ``index``."""
    bits = [(index >> bit) & 1 for bit in range(BITS)]
    bits += [1 - bit for bit in bits[: ROWS * COLUMNS - BITS]]
    grid = np.array(bits, np.uint8).reshape(ROWS, COLUMNS) * 170 + 40
    rows = np.arange(height_px) * ROWS // height_px
    columns = np.arange(width_px) * COLUMNS // width_px
    grey = grid[rows][:, columns]
    return np.repeat(grey[:, :, None], 3, axis=2)


def read_barcode(pixels: NDArray[np.uint8]) -> int:
    """Return the index that a BGR picture says, or -1 when it says none."""
    height_px, width_px = pixels.shape[:2]
    grey = pixels.mean(axis=2)
    bits = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            y, x = (
                (2 * row + 1) * height_px // (2 * ROWS),
                (2 * column + 1) * width_px // (2 * COLUMNS),
            )
            bits.append(int(grey[y, x] > 125))
    if [1 - bit for bit in bits[: ROWS * COLUMNS - BITS]] != bits[BITS:]:
        return -1
    return sum(bit << place for place, bit in enumerate(bits[:BITS]))


def make_clip(
    path: Path,
    *,
    frames: int = 60,
    width: int = 192,
    height: int = 128,
    rate: Fraction | int = 30,
    codec: str = "libx264",
    options: Mapping[str, str] | None = None,
    pixel_format: str = "yuv420p",
    pts: Sequence[int] | None = None,
    time_base: Fraction | None = None,
    paint: Paint = barcode,
    audio_tracks: int = 0,
    audio_s: float | None = None,
    colour: tuple[int, int, int, int] | None = None,
    sample_aspect_ratio: Fraction | None = None,
    container_options: Mapping[str, str] | None = None,
    metadata: Mapping[str, str] | None = None,
    interlaced: bool = False,
) -> Path:
    """Write a clip; ``colour`` is (primaries, transfer, matrix, range) in H.273 and AVCOL terms.

    ``pts`` are in ``time_base`` (1/rate when not given), one a frame.  Audio is a tone a track,
    AAC in MP4 and MOV, as long as the video unless ``audio_s`` says otherwise.
    """
    rate = Fraction(rate)
    base = time_base or 1 / rate
    stamps = list(pts) if pts is not None else list(range(frames))
    with av.open(str(path), "w", options=dict(container_options or {})) as output:
        video = cast(
            av.VideoStream, output.add_stream(codec, rate=rate, options=_options(codec, options))
        )
        video.width, video.height, video.pix_fmt = width, height, pixel_format
        video.time_base = base
        video.codec_context.time_base = base
        if sample_aspect_ratio:
            video.codec_context.sample_aspect_ratio = sample_aspect_ratio
        if colour:
            _tag(video.codec_context, colour)
        sounds = [output.add_stream("aac", rate=48_000, layout="mono") for _ in range(audio_tracks)]
        output.metadata.update(metadata or {})
        for index, stamp in enumerate(stamps):
            frame = av.VideoFrame.from_ndarray(paint(index, width, height), "bgr24")
            frame = _coloured(frame, pixel_format, colour)
            frame.pts, frame.time_base = stamp, base
            output.mux(video.encode(frame))
        output.mux(video.encode(None))
        length_s = audio_s if audio_s is not None else float(len(stamps) / rate)
        for number, sound in enumerate(sounds):
            _add_tone(output, cast(av.AudioStream, sound), 330 * (number + 1), length_s)
    use_ordinary_priority()
    return path


def _options(codec: str, options: Mapping[str, str] | None) -> dict[str, str]:
    given = dict(options or {})
    if codec == "libx264":
        return {"preset": "ultrafast", "crf": "18", "g": "12", "threads": "1", **given}
    if codec == "libx265":
        return {"preset": "ultrafast", "x265-params": "log-level=error:pools=1:keyint=12", **given}
    if codec == "libsvtav1":
        return {"preset": "10", "g": "12", "crf": "20", "svtav1-params": "lp=1", **given}
    return given


def _tag(context: Any, colour: tuple[int, int, int, int]) -> None:
    context.color_primaries, context.color_trc = colour[0], colour[1]
    context.colorspace, context.color_range = colour[2], colour[3]


def _coloured(
    frame: av.VideoFrame, pixel_format: str, colour: tuple[int, int, int, int] | None
) -> av.VideoFrame:
    matrix, value_range = (colour[2], colour[3]) if colour else (5, 1)
    space = {1: "ITU709", 9: "BT2020"}.get(matrix, "ITU601")
    made = frame.reformat(
        format=pixel_format,
        dst_colorspace=space,
        src_color_range="JPEG",
        dst_color_range="JPEG" if value_range == 2 else "MPEG",
    )
    if colour:
        made.color_primaries, made.color_trc = colour[0], colour[1]
        made.colorspace, made.color_range = colour[2], colour[3]
    return made


def _add_tone(output: Any, sound: av.AudioStream, pitch_hz: int, length_s: float) -> None:
    samples = int(48_000 * length_s)
    wave = (np.sin(np.arange(samples) * 2 * np.pi * pitch_hz / 48_000) * 0.3).astype(np.float32)
    for start in range(0, samples, 1024):
        part = np.ascontiguousarray(wave[start : start + 1024][None, :])
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 48_000, start, Fraction(1, 48_000)
        output.mux(sound.encode(frame))
    output.mux(sound.encode(None))


def barcodes_of(path: Path) -> list[int]:
    """Return what each decoded frame of a video says, in presentation order."""
    with av.open(str(path)) as media:
        return [read_barcode(frame.to_ndarray(format="bgr24")) for frame in media.decode(video=0)]


def times_of(path: Path) -> list[Fraction]:
    """Return when each decoded frame of a video is shown, in seconds."""
    with av.open(str(path)) as media:
        return [Fraction(f.pts) * Fraction(f.time_base) for f in media.decode(video=0)]
