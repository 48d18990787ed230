"""Measure how soon a frame is shown with a face put on, against the bare decode of that frame.

The clip is the demo's two portraits at 1080p.  Frames are asked for as by a playhead that is
moved about: never neighbours, so that nothing is at hand.  The bare decode opens the file, seeks
and decodes the same frame, which no player does in less.
"""

from __future__ import annotations

import argparse
import os
import queue
import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import av
import cv2

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from orchestrator.casting import Cast, compile_tracks
from orchestrator.demo.footage import HOPPER, demo_frames, demo_portrait
from orchestrator.home import Home
from orchestrator.models import find_models
from orchestrator.prepare import find_people, look_at
from orchestrator.preview.scene import Answer, Ask, Scene, SceneCast, SceneSource, Shown, Side
from orchestrator.preview.viewer import Viewer
from remote_worker.contract.records import Digest
from remote_worker.engines.registry import engine_kind
from remote_worker.frames.decode import decode_range

WIDTH, HEIGHT, FRAMES, RATE = 1920, 1080, 240, 30
SHOWN_PX = 1280
ASKED_S = 1.0
_WAIT_S = 60.0
_SEED = 11


def main() -> int:
    """Measure, print the figures, and the ratio last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=20)
    parser.add_argument("--cache", type=Path, default=Path(".cache/benchmarks"))
    arguments = parser.parse_args()
    clip = _clip(arguments.cache)
    with tempfile.TemporaryDirectory() as folder:
        scene = _scene(clip, Home(Path(folder)))
        asked = random.Random(_SEED).sample(range(4, FRAMES - 4), arguments.frames)  # noqa: S311  # the same frames each time
        bare = [_timed_decode(scene, frame) for frame in asked]
        before, after, stepped = _timed_preview(scene, asked)
    _report("bare decode", bare)
    _report("source shown", before)
    _report("face put on", after)
    _report("the next frame", stepped)
    late = sum(took_s > ASKED_S for took_s in after)
    print(f"{late} of {len(after)} took longer than {ASKED_S:.0f} s on {os.cpu_count()} cores")
    print(f"ratio {statistics.median(after) / statistics.median(bare):.2f}")
    return 0


def _report(name: str, took_s: list[float]) -> None:
    median, worst = statistics.median(took_s), max(took_s)
    print(f"{name:15} median {median * 1000:6.0f} ms, worst {worst * 1000:6.0f} ms", flush=True)


def _timed_decode(scene: Scene, frame: int) -> float:
    source = scene.source
    began_s = time.monotonic()
    (decoded,) = decode_range(
        Path(source.path),
        time_base=source.index.time_base,
        first_frame=0,
        pts=source.index.pts,
        wanted=range(frame, frame + 1),
        picture=source.picture,
        stream_index=source.stream_index,
    )
    decoded.pixels  # noqa: B018  # converted when it is asked for
    return time.monotonic() - began_s


def _timed_preview(scene: Scene, asked: list[int]) -> tuple[list[float], list[float], list[float]]:
    heard: queue.Queue[Answer] = queue.Queue()
    viewer = Viewer(heard.put, print)
    numbers = iter(range(1, 1_000_000))

    def took_s(frame: int, side: Side) -> float:
        began_s = time.monotonic()
        viewer.ask(Ask(next(numbers), frame, side, SHOWN_PX))
        answer = heard.get(timeout=_WAIT_S)
        if not isinstance(answer, Shown) or answer.frame != frame:
            raise SystemExit(f"cannot measure: {answer}")
        return time.monotonic() - began_s

    try:
        viewer.show(scene)
        took_s(0, "after")  # the process is started and its models are loaded
        before, after, stepped = [], [], []
        for frame in asked:
            before.append(took_s(frame, "before"))
            after.append(took_s(frame, "after") + before[-1])
            stepped.append(took_s(frame + 1, "before") + took_s(frame + 1, "after"))
        return before, after, stepped
    finally:
        viewer.close()


def _scene(clip: Path, home: Home) -> Scene:
    seen = look_at(clip)
    scan, _ = find_people(home, (seen,), _nobody, threading.Event())
    photo = home.root / "photo.png"
    portrait = home.root / "portrait.jpg"
    portrait.write_bytes(demo_portrait(HOPPER))
    cv2.imwrite(str(photo), cv2.imread(str(portrait)))
    digest = Digest("f" * 64)
    casts = (Cast(person_id="p1", face_id="face"),)
    engine = engine_kind("classic").describe({})
    video = seen.report.video
    return Scene(
        source=SceneSource(
            path=str(clip),
            digest=seen.report.digest,
            stream_index=video.stream_index,
            picture=video.picture,
            index=seen.index,
        ),
        cast=SceneCast(
            engine=engine,
            models={n: str(p) for n, p in find_models(m.name for m in engine.models).items()},
            tracks=compile_tracks(casts, scan, seen.report.digest, {"face": (digest,)}),
            photos={digest: str(photo)},
        ),
    )


def _nobody(done: int, total: int) -> None:
    del done, total


def _clip(folder: Path) -> Path:
    """Return the clip, made on first use and kept in ``folder``."""
    path = folder.absolute() / "portraits-1080.mp4"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished.mp4")
    print(f"making {path.name}", flush=True)
    with av.open(str(unfinished), "w") as output:
        options = {"preset": "veryfast", "crf": "20", "g": "60"}
        track = output.add_stream("libx264", rate=RATE, options=options)
        track.width, track.height, track.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number, pixels in enumerate(demo_frames(FRAMES)):
            frame = av.VideoFrame.from_ndarray(cv2.resize(pixels, (WIDTH, HEIGHT)), "bgr24")
            frame.pts = number
            output.mux(track.encode(frame))
        output.mux(track.encode(None))
    unfinished.replace(path)
    return path


if __name__ == "__main__":
    sys.exit(main())
