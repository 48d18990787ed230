"""Compare a whole render with a bare FFmpeg decode-pipe-encode of the same clip.

Both sides make H.264 with preset veryfast and crf 18 from the same 1080p source.  Ours is
``secondunit render`` as a user starts it, from process start to the finished file: probe,
content check, plan, staging, queue, agents, store and assembly.  The engine is ``identity``,
which leaves frames alone: what is measured is all that is done around an engine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import av

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.footage import footage

SIZE = (1920, 1080)


def main() -> int:
    """Measure, print the figures, and the ratio last."""
    arguments = _parser().parse_args()
    if shutil.which("ffmpeg") is None:
        print("cannot measure: the baseline needs the ffmpeg program (apt-get install ffmpeg)")
        return 2
    clip = footage(
        arguments.cache,
        width_px=SIZE[0],
        height_px=SIZE[1],
        frames=arguments.frames,
        kilobits_per_s=12_000,
    )
    rounds = [_round(clip, arguments, number) for number in range(arguments.rounds)]
    ratio = statistics.median(ours / bare for ours, bare in rounds)
    for name, rates in zip(("secondunit", "bare ffmpeg"), zip(*rounds, strict=True), strict=True):
        print(f"{name:12} median {statistics.median(rates):6.2f} frames/s of {len(rates)} rounds")
    print(f"ratio {ratio:.2f}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=2400)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=Path(".cache/benchmarks"))
    return parser


def _round(clip: Path, arguments: argparse.Namespace, number: int) -> tuple[float, float]:
    """Return frames a second of (ours, bare), taking turns at going first."""
    sides: list[Callable[[Path], Path]] = [
        lambda folder: _ours(clip, folder, arguments.workers),
        lambda folder: _bare(clip, folder),
    ]
    order = (0, 1) if number % 2 == 0 else (1, 0)
    rates = {side: _rate(sides[side], arguments.frames) for side in order}
    print(f"round {number + 1}: ours {rates[0]:.2f}, bare {rates[1]:.2f} frames/s", flush=True)
    return rates[0], rates[1]


def _rate(side: Callable[[Path], Path], frames: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        began = time.monotonic()
        finished = side(Path(name))
        seconds = time.monotonic() - began
        made = _count(finished)
    if made != frames:
        raise SystemExit(f"cannot measure: {finished.name} has {made} frames, not {frames}")
    return frames / seconds


def _count(path: Path) -> int:
    with av.open(str(path)) as media:
        return sum(1 for packet in media.demux(video=0) if packet.size)


def _ours(clip: Path, folder: Path, workers: int) -> Path:
    out = folder / "ours.mp4"
    command = [sys.executable, "-m", "orchestrator.cli.main", "render", str(clip)]
    command += ["--engine", "identity", "--codec", "h264", "--quality", "18"]
    command += ["--preset", "veryfast", "--workers", str(workers), "--output", str(out)]
    environment = {**os.environ, "SECONDUNIT_HOME": str(folder / "home")}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, timeout=3600)
    return out


def _bare(clip: Path, folder: Path) -> Path:
    out = folder / "bare.mp4"
    quiet = ["ffmpeg", "-v", "error", "-nostdin", "-y"]
    width_px, height_px = SIZE
    decode = [*quiet, "-i", str(clip), "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"]
    encode = [*quiet, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width_px}x{height_px}"]
    encode += ["-r", "30", "-i", "-", "-c:v", "libx264", "-preset", "veryfast", "-crf", "18"]
    with subprocess.Popen(decode, stdout=subprocess.PIPE) as decoder:
        subprocess.run([*encode, str(out)], check=True, stdin=decoder.stdout, timeout=3600)
    return out


if __name__ == "__main__":
    sys.exit(main())
