"""Make the demo video: two portraits that talk, side by side, always the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib import resources
from pathlib import Path

import av
import cv2
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from orchestrator.demo.act import Eye, Portrait, Pose, pictured
from remote_worker.engines import Pixels

FRAME_RATE = Fraction(30)
FRAMES = 360
WIDTH_PX, HEIGHT_PX = 960, 540
SAMPLE_RATE = 48_000
_GAP_PX = 4
_GRAIN = 1.6
_BT709, _LIMITED = 1, 1

COLLINS = Portrait(
    file="collins.jpg",
    eyes=(
        Eye(left=192.5, right=213.0, upper=98.4, lower=103.8, corner=102.0),
        Eye(left=236.5, right=257.8, upper=101.2, lower=106.4, corner=104.6),
    ),
    mouth_left=(201.0, 140.5),
    mouth_right=(245.5, 142.5),
    mouth_line=149.0,
    chin=176.0,
    face=(225.0, 118.0, 48.0, 60.0),
    view=(225.0, 152.0, 268.0),
)
HOPPER = Portrait(
    file="hopper.jpg",
    eyes=(
        Eye(left=200.0, right=240.0, upper=187.6, lower=197.8, corner=194.0),
        Eye(left=288.0, right=326.5, upper=183.6, lower=193.6, corner=190.0),
    ),
    mouth_left=(232.0, 277.5),
    mouth_right=(306.0, 273.5),
    mouth_line=277.6,
    chin=334.0,
    face=(264.0, 228.0, 94.0, 110.0),
    view=(262.0, 268.0, 500.0),
)
FACE_TO_PUT_ON = HOPPER
"""The other person in the picture is left alone."""
_BLINKS_S = {"collins.jpg": (1.3, 4.1, 7.2, 10.4), "hopper.jpg": (2.4, 5.0, 8.3, 11.0)}
_TALKS_S = {"collins.jpg": (0.4, 6.2), "hopper.jpg": (5.8, 11.6)}
_NOTES_HZ = (261.63, 329.63, 392.0, 493.88, 440.0, 329.63, 349.23, 392.0)
_NOTE_S = 1.5


def demo_portrait(portrait: Portrait) -> bytes:
    """Return the JPEG file of one of the demo's portraits."""
    return resources.files("resources").joinpath("demo", portrait.file).read_bytes()


def make_footage(
    to: Path, *, frames: int = FRAMES, share: Callable[[int, int], None] | None = None
) -> Path:
    """Write the demo video (H.264 and AAC in MP4) to ``to`` and return it.

    ``share`` hears how many frames are made, of how many.

    Raises:
        av.FFmpegError: it could not be written.
    """
    with av.open(str(to), "w", format="mp4", options={"movflags": "+faststart"}) as output:
        picture, sound = _picture_track(output), _sound_track(output)
        for number, pixels in enumerate(demo_frames(frames)):
            output.mux(picture.encode(_as_frame(pixels, number)))
            if share is not None:
                share(number + 1, frames)
        output.mux(picture.encode(None))
        for part in _sound_frames(frames):
            output.mux(sound.encode(part))
        output.mux(sound.encode(None))
    return to


def demo_frames(frames: int = FRAMES) -> Iterator[Pixels]:
    """Yield the first ``frames`` frames, uint8 BGR, 540 x 960 x 3."""
    people = [(portrait, _pixels(portrait)) for portrait in (COLLINS, HOPPER)]
    random = np.random.default_rng(7)
    half = (WIDTH_PX - _GAP_PX) // 2
    gap = np.full((HEIGHT_PX, _GAP_PX, 3), 24, np.uint8)
    for number in range(frames):
        time_s = float(number / FRAME_RATE)
        left, right = (
            pictured(pixels, portrait, pose_at(portrait, time_s), half, HEIGHT_PX)
            for portrait, pixels in people
        )
        whole = np.hstack([left, gap, right]).astype(np.float32)
        whole += random.normal(0, _GRAIN, (HEIGHT_PX, WIDTH_PX, 1)).astype(np.float32)
        yield np.clip(whole + 0.5, 0, 255).astype(np.uint8)


def pose_at(portrait: Portrait, time_s: float) -> Pose:
    """Return what ``portrait`` does at ``time_s`` seconds."""
    begins, ends = _TALKS_S[portrait.file]
    talking = _ramp(time_s - begins, 0.4) * _ramp(ends - time_s, 0.4)
    own = 0.0 if portrait is COLLINS else 1.7  # so that the two do not move as one
    return Pose(
        lids=max(_blink(time_s - blink) for blink in _BLINKS_S[portrait.file]),
        jaw=talking * _syllables(time_s + own),
        turn=0.8 * math.sin(0.9 * time_s + own) + 0.2 * math.sin(2.3 * time_s),
        nod=talking * 0.7 * math.sin(2.9 * time_s + own) + 0.2 * math.sin(0.7 * time_s),
        tilt_rad=0.022 * math.sin(0.75 * time_s + 2 * own),
        zoom=1.0 + 0.05 * (1 - math.cos(2 * math.pi * time_s / 12)) / 2,
        drift=(0.006 * math.sin(0.5 * time_s + own), 0.004 * math.sin(0.8 * time_s)),
        light=math.sin(2 * math.pi * time_s / 9 + own),
    )


def _pixels(portrait: Portrait) -> Pixels:
    data = np.frombuffer(demo_portrait(portrait), np.uint8)
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if pixels is None:
        raise ValueError(f"{portrait.file} is not a picture")
    return pixels.astype(np.uint8)


def _ramp(time_s: float, over_s: float) -> float:
    return min(1.0, max(0.0, time_s / over_s))


def _blink(time_s: float) -> float:
    """Return how shut the eyes are ``time_s`` after a blink began: quick down, slower up."""
    if time_s < 0.1:
        return _ramp(time_s, 0.1)
    return _ramp(0.3 - time_s, 0.17)


def _syllables(time_s: float) -> float:
    """Return how open a talking mouth is: about four syllables a second, none like another."""
    beat = math.sin(2 * math.pi * 2.05 * time_s + 0.8 * math.sin(2.3 * time_s))
    weight = 0.55 + 0.3 * math.sin(1.9 * time_s) + 0.15 * math.sin(5.1 * time_s + 1)
    return max(0.0, beat) * max(0.15, weight)


def _picture_track(output: OutputContainer) -> VideoStream:
    track = output.add_stream(
        "libx264",
        rate=FRAME_RATE,
        options={"preset": "medium", "crf": "17", "g": "60", "x264-params": "cpu-independent=1"},
    )
    track.width, track.height, track.pix_fmt = WIDTH_PX, HEIGHT_PX, "yuv420p"
    track.time_base = 1 / FRAME_RATE
    context = track.codec_context
    context.thread_count = 1  # with more, x264 makes other bytes on another run
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = _LIMITED
    return track


def _as_frame(pixels: Pixels, number: int) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(pixels, "bgr24").reformat(
        format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG"
    )
    frame.pts, frame.time_base = number, 1 / FRAME_RATE
    return frame


def _sound_track(output: OutputContainer) -> AudioStream:
    track = output.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
    track.bit_rate = 128_000
    return track


def _sound_frames(frames: int) -> Iterator[av.AudioFrame]:
    sound = _melody(round(frames / FRAME_RATE * SAMPLE_RATE))
    for start in range(0, sound.shape[1], 1024):
        part = np.ascontiguousarray(sound[:, start : start + 1024])
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = SAMPLE_RATE, start
        frame.time_base = Fraction(1, SAMPLE_RATE)
        yield frame


def _melody(samples: int) -> NDArray[np.float32]:
    """Return a soft tune, 2 x ``samples``: one plucked note after another over a low one."""
    time_s = np.arange(samples) / SAMPLE_RATE
    sound = 0.03 * np.sin(2 * np.pi * 130.81 * time_s)
    for number in range(math.ceil(samples / SAMPLE_RATE / _NOTE_S)):
        since_s = time_s - number * _NOTE_S
        swell = np.where(since_s > 0, np.minimum(since_s / 0.05, 1) * np.exp(-1.6 * since_s), 0)
        pitch = _NOTES_HZ[number % len(_NOTES_HZ)]
        sound += (
            0.09
            * swell
            * (np.sin(2 * np.pi * pitch * since_s) + 0.25 * np.sin(4 * np.pi * pitch * since_s))
        )
    sound *= np.minimum(1, np.minimum(time_s, time_s[-1] - time_s) / 0.3)
    return np.stack([sound, sound]).astype(np.float32)
