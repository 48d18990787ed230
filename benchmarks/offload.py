"""Measure how close an offloaded render comes to its limit, over shaped lines of the test cloud.

The baseline is what no scheduling can beat: the largest of upload, rendering and download, plus
an instance's boot (measured beside it, over an open line).  The ratio is the worst of the
shapes.  Needs root and Linux, as the test cloud does; says so and ends elsewhere.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.footage import footage
from orchestrator.fleet.ec2.faults import named
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import JobRecord, read_record
from orchestrator.prepare import Wish, prepare
from orchestrator.runner import drive
from orchestrator.snapshot import Snapshot
from remote_worker.contract.records import JobId
from tests.cloud.region import Laptop, Region, open_region, why_not
from tests.cloud_faults.rig import Rig, read_words, write_words

_SEGMENT_FRAMES = 60
"""As far apart as the footage's keyframes: no piece holds frames of another."""
_REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Shape:
    """One line and one number of instances."""

    name: str
    up_mbit: float
    down_mbit: float
    workers: int
    frames: int
    quality: int | None = None
    """Of what is made, in the encoder's own scale; None: as usual."""


_SHAPES = (
    Shape("upload decides", 2.0, 20.0, 2, 3600),
    Shape("rendering decides", 20.0, 20.0, 1, 1800),
    Shape("download decides", 20.0, 1.0, 2, 2400, quality=1),
)


@dataclass(frozen=True, slots=True)
class Run:
    """When what happened, by one monotonic clock."""

    began_s: float
    ready_s: float
    fetched_s: float
    ended_s: float


def main() -> int:
    """Measure, print the figures, and the ratio last."""
    arguments = _parser().parse_args()
    if arguments.child:
        return _child(*arguments.child)
    if (reason := why_not()) is not None:
        print(f"not measured: {reason}")
        return 0
    with open_region() as region, tempfile.TemporaryDirectory() as name:
        os.environ.update(region.environment())
        alone = _measured_alone(region, arguments.cache, Path(name))
        print(
            f"over an open line: {alone.boot_s:.1f} s to hello, "
            f"{alone.frame_s * 1000:.1f} ms a frame",
            flush=True,
        )
        ratios = [_ratio(region, shape, alone, arguments.cache, Path(name)) for shape in _SHAPES]
    print(f"ratio {max(ratios):.2f}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(".cache/benchmarks"))
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    return parser


@dataclass(frozen=True, slots=True)
class Alone:
    """What one worker does when no line holds it up."""

    boot_s: float
    frame_s: float


def _measured_alone(region: Region, cache: Path, folder: Path) -> Alone:
    shape = Shape("alone", 1000.0, 1000.0, 1, 600)
    run, _ = _rendered(region, shape, cache, folder)
    return Alone(run.ready_s - run.began_s, (run.fetched_s - run.ready_s) / shape.frames)


def _ratio(region: Region, shape: Shape, alone: Alone, cache: Path, folder: Path) -> float:
    run, record = _rendered(region, shape, cache, folder)
    source_bytes = Path(record.request.source_path).stat().st_size
    made_bytes = Path(record.request.output_path).stat().st_size
    limits = {
        "upload": source_bytes * 8e-6 / shape.up_mbit,
        "rendering": shape.frames * alone.frame_s / shape.workers,
        "download": made_bytes * 8e-6 / shape.down_mbit,
    }
    taken_s, limit_s = run.ended_s - run.began_s, max(limits.values()) + alone.boot_s
    told = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in limits.items())
    ready_s, fetched_s = run.ready_s - run.began_s, run.fetched_s - run.began_s
    print(
        f"{shape.name}: {taken_s:.1f} s (first worker {ready_s:.1f} s, all here "
        f"{fetched_s:.1f} s); {told}; ratio {taken_s / limit_s:.2f}",
        flush=True,
    )
    return taken_s / limit_s


def _rendered(region: Region, shape: Shape, cache: Path, folder: Path) -> tuple[Run, JobRecord]:
    region.reset()
    clip = footage(cache, width_px=320, height_px=180, frames=shape.frames, kilobits_per_s=1500)
    own = folder / shape.name.replace(" ", "-")
    own.mkdir()
    home = Home(own / "home")
    wish = Wish(
        source=clip,
        output=own / "out.mp4",
        engine="identity",
        workers=shape.workers,
        segment_frames=_SEGMENT_FRAMES,
        preset="veryfast",
        quality=shape.quality,
        elsewhere=True,
    )
    record = read_record(home, prepare(home, wish))
    rig = Rig(region).set_up()
    rig.key_of(record)
    write_words(rig, own / "words.json")
    with region.laptop() as laptop:
        laptop.slow(down_mbit=shape.down_mbit, up_mbit=shape.up_mbit)
        return _told(laptop, own, home, record, shape.workers), record


def _told(laptop: Laptop, own: Path, home: Home, record: JobRecord, workers: int) -> Run:
    child = ["--child", str(own / "words.json"), str(home.root), record.job_id, str(workers)]
    argv = laptop.argv([sys.executable, str(Path(__file__).resolve()), *child])
    said = subprocess.run(
        argv, check=False, cwd=_REPOSITORY, capture_output=True, text=True, timeout=600
    )
    if said.returncode != 0:
        raise SystemExit(f"cannot measure: {said.stderr[-2000:]}")
    return Run(**json.loads(said.stdout.splitlines()[-1]))


def _child(words: str, home: str, job_id: str, workers: str) -> int:
    """Be the app, in the laptop's network."""
    with named("looking around"):
        rig, choice = read_words(Path(words))
        place_for = rig.place_for(choice=choice)
    seen_s: dict[Phase, float] = {}

    def watch(seen: Snapshot) -> None:
        seen_s.setdefault(seen.phase, time.monotonic())

    began_s = time.monotonic()
    last = drive(
        Home(Path(home)), JobId(job_id), workers=int(workers), place_for=place_for, watch=watch
    ).last
    if last.phase is not Phase.DONE:
        print(f"{last.phase.value}: {last.fault}", file=sys.stderr)
        return 1
    # Done is when the video is there; what is tidied after it keeps nobody waiting.
    run = Run(began_s, seen_s[Phase.RENDERING], seen_s[Phase.ASSEMBLING], seen_s[Phase.DONE])
    print(json.dumps(asdict(run)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
