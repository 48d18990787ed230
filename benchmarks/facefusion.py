"""Compare our FaceFusion engine with FaceFusion's own command line, on the same stub models.

Three ways to the same video: one uninterrupted ``headless-run``, one command line for each
chunk, and our pipeline with the engine: content check, decoding, the hot process, encoding and
storing, chunk after chunk.  The models have the real inputs and outputs and next to no weight:
what is measured is all that is done around them, not a graphics card.  Printed last: our frames
a second against those of one uninterrupted run, start-up and content check on both sides.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from orchestrator.media.cut import cut_piece
from orchestrator.media.report import FrameIndex
from remote_worker.contract.records import (
    Box,
    ChunkOrder,
    Colour,
    Digest,
    FaceTrack,
    Picture,
    SegmentRef,
    segment_spec,
)
from remote_worker.engines.facefusion.engine import FaceFusionEngine, Means
from remote_worker.engines.facefusion.kind import KIND
from remote_worker.frames.decode import decode_range
from remote_worker.frames.encoders import settings_for
from remote_worker.pipeline import DrainSignal
from remote_worker.render import render_chunk
from remote_worker.stores.folder import FolderStore
from tests.clips import make_clip
from tests.fakes.facefusion_home import (
    CHECKOUT,
    RED,
    copy_with_models,
    layout_of,
    middle_of,
    photo,
    scene,
)

_RATE = 30
_QUALITY, _PRESET = 10, "veryfast"
"""What FaceFusion's own default quality of 80 comes to."""
_DEADLINE_S = 3600
_BT709 = Colour(1, 1, 1, full_range=False)


@dataclass(frozen=True, slots=True)
class _Cost:
    """What one render took."""

    wall_s: float
    processor_s: float
    """Of all processes; steadier than the wall's on a machine that others use, too."""

    def __add__(self, other: _Cost) -> _Cost:
        return _Cost(self.wall_s + other.wall_s, self.processor_s + other.processor_s)


class _Watch:
    """Takes the time from its making to :meth:`cost`."""

    def __init__(self) -> None:
        self._began_s, self._processor_s = time.monotonic(), _processor_s()

    def cost(self) -> _Cost:
        """Return what was taken so far; of processes that have ended."""
        return _Cost(time.monotonic() - self._began_s, _processor_s() - self._processor_s)


def _processor_s() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class _Bench:
    """One size of one clip, and the three ways to render it."""

    def __init__(self, checkout: Path, folder: Path, arguments: argparse.Namespace) -> None:
        self.folder = folder
        self.width_px, self.height_px = (int(side) for side in arguments.size.split("x"))
        self.frames, self.chunk_frames = arguments.frames, arguments.chunk_frames
        self.processors = arguments.processors.split()
        self.upstream = copy_with_models(checkout, folder)
        self.layout = layout_of(checkout, folder)
        self.photo = photo(folder / "photo.png", RED)
        self.clip = make_clip(
            folder / "clip.mp4",
            frames=self.frames,
            width=self.width_px,
            height=self.height_px,
            rate=_RATE,
            paint=scene,
            options={"preset": "veryfast", "g": str(self.chunk_frames), "crf": "18"},
            colour=(1, 1, 1, 1),
        )

    def uninterrupted(self) -> _Cost:
        """Return the cost of one ``headless-run`` over the whole clip."""
        return self._command_line(())

    def a_command_line_per_chunk(self) -> _Cost:
        """Return the cost of one ``headless-run`` for each chunk, by trims."""
        cost = _Cost(0.0, 0.0)
        for at in range(0, self.frames, self.chunk_frames):
            end = str(at + self.chunk_frames)
            cost += self._command_line(("--trim-frame-start", str(at), "--trim-frame-end", end))
        return cost

    def _command_line(self, trim: tuple[str, ...]) -> _Cost:
        watch = _Watch()
        command = [str(self.layout.python), "facefusion.py", "headless-run"]
        command += ["-s", str(self.photo), "-t", str(self.clip)]
        command += ["-o", str(self.folder / "upstream.mp4"), "--processors", *self.processors]
        command += ["--output-video-encoder", "libx264", "--output-video-preset", _PRESET]
        command += ["--output-audio-volume", "0", "--temp-path", str(self.folder / "temp")]
        command += ["--jobs-path", str(self.folder / "jobs"), "--log-level", "warn", *trim]
        done = subprocess.run(
            command, cwd=self.upstream, capture_output=True, timeout=_DEADLINE_S, check=False
        )
        cost = watch.cost()
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
        return cost

    def ours(self, run: int) -> _Cost:
        """Return the cost of our pipeline from opening the engine to the last segment."""
        orders = self._orders()
        store, work = FolderStore(self.folder / f"store{run}"), self.folder / f"work{run}"
        work.mkdir()
        watch = _Watch()
        engine = FaceFusionEngine(orders[0][0].engine, self.layout, {}, Means())
        try:
            looked_at = decode_range(
                self.clip,
                time_base=self._index.time_base,
                first_frame=0,
                pts=self._index.pts,
                wanted=range(self.frames),
                picture=self._picture,
            )
            if any(engine.judge(f for f in looked_at if f.index % _RATE == 0)):
                raise RuntimeError("the content check refused the clip")
            for order, piece in orders:
                render_chunk(
                    order,
                    store,
                    engine,
                    piece=piece,
                    photos={Digest("a" * 64): self.photo},
                    on_event=_ignore,
                    drain=DrainSignal(),
                    work_folder=work,
                )
        finally:
            engine.close()
        return watch.cost()

    @property
    def _picture(self) -> Picture:
        return Picture(
            width_px=self.width_px,
            height_px=self.height_px,
            shown_width_px=self.width_px,
            shown_height_px=self.height_px,
            rotation_deg=0,
            mirrored=False,
            sample_aspect_ratio=Fraction(1),
            deinterlace=False,
            tone_map="",
            source_colour=_BT709,
            colour=_BT709,
            pixel_format="yuv420p",
        )

    @property
    def _index(self) -> FrameIndex:
        with av.open(str(self.clip)) as media:
            packets = [packet for packet in media.demux(video=0) if packet.size]
            base = Fraction(media.streams.video[0].time_base or 0)
        pts = sorted((packet.pts or 0, packet.is_keyframe) for packet in packets)
        keys = tuple(n for n, (_, key) in enumerate(pts) if key)
        return FrameIndex(time_base=base, pts=tuple(at for at, _ in pts), keyframes=keys)

    def _orders(self) -> list[tuple[ChunkOrder, Path]]:
        index, made = self._index, []
        for at in range(0, self.frames, self.chunk_frames):
            path = self.folder / f"piece{at}.nut"
            end = min(at + self.chunk_frames, self.frames)
            piece = cut_piece(
                self.clip, stream_index=0, index=index, start_frame=at, end_frame=end, to=path
            )
            shared = {
                "source_digest": Digest(hashlib.sha256(self.clip.read_bytes()).hexdigest()),
                "picture": self._picture,
                "engine": KIND.describe({"processors": " ".join(self.processors)}),
                "encoder": settings_for(
                    "h264", quality=_QUALITY, preset=_PRESET, picture=self._picture
                ),
                "tracks": (self._track(),),
            }
            spec = segment_spec(**shared, start_frame=at, end_frame=end)
            order = ChunkOrder(
                **shared,
                piece=piece,
                time_base=index.time_base,
                frame_rate=Fraction(_RATE),
                first_frame=0,
                pts=index.pts,
                segments=(SegmentRef(spec.segment_id, at, end),),
            )
            made.append((order, path))
        return made

    def _track(self) -> FaceTrack:
        boxes = []
        for index in range(self.frames):
            x, y = middle_of(index, 0)
            wide, high = 0.14 * self.height_px / self.width_px, 0.16
            boxes.append(Box(index, x - wide, y - high, x + wide, y + high))
        return FaceTrack(
            start_frame=0,
            end_frame=self.frames,
            boxes=tuple(boxes),
            photos=(Digest("a" * 64),),
        )


def _ignore(event: object) -> None:
    del event


def main() -> int:
    """Measure, print the figures, and the ratio last."""
    arguments = _parser().parse_args()
    named = arguments.checkout or os.environ.get(CHECKOUT)
    if not named or not shutil.which("ffmpeg") or not shutil.which("curl"):
        print(f"not measured: give a FaceFusion checkout (or {CHECKOUT}), ffmpeg and curl")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(Path(named).resolve(), Path(folder), arguments)
        whole, ours = [], []
        for run in range(arguments.rounds):
            whole.append(bench.uninterrupted())
            ours.append(bench.ours(run))
            print(f"round {run + 1}: {_ratio(whole[-1], ours[-1])}", flush=True)
        apart = [bench.a_command_line_per_chunk()] if arguments.per_chunk else []
    print(f"{arguments.size}, {arguments.frames} frames in chunks of {arguments.chunk_frames}")
    rows = (("one headless-run", whole), ("one for each chunk", apart), ("ours", ours))
    for name, costs in rows:
        if costs:
            print(f"{name:20} {_row(costs, arguments.frames)}")
    if apart:
        print(
            f"ours against a command line for each chunk: {_ratio(_middle(apart), _middle(ours))}"
        )
    print(f"ours against one headless-run: {_ratio(_middle(whole), _middle(ours))}")
    print(f"ratio {_middle(whole).wall_s / _middle(ours).wall_s:.2f}")
    return 0


def _middle(costs: list[_Cost]) -> _Cost:
    return sorted(costs, key=lambda cost: cost.wall_s)[(len(costs) - 1) // 2]


def _row(costs: list[_Cost], frames: int) -> str:
    cost = _middle(costs)
    each_ms = 1000 * cost.processor_s / frames
    rate = frames / cost.wall_s
    return f"{cost.wall_s:6.1f} s  {rate:6.2f} frames/s  {each_ms:6.1f} ms of processor a frame"


def _ratio(theirs: _Cost, ours: _Cost) -> str:
    wall, processor = theirs.wall_s / ours.wall_s, theirs.processor_s / ours.processor_s
    return f"{wall:.2f} times the frames a second, 1/{processor:.2f} of the processor time"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", nargs="?", help="FaceFusion at the pinned commit")
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--frames", type=int, default=300)
    parser.add_argument("--chunk-frames", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processors", default="face_swapper")
    parser.add_argument("--per-chunk", action=argparse.BooleanOptionalAction, default=True)
    return parser


if __name__ == "__main__":
    sys.exit(main())
