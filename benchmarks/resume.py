"""Measure how long it takes to find that a finished one-hour job has nothing left to do.

The baseline is the two seconds that are allowed; the ratio is the median time to them.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.footage import footage
from benchmarks.renders import render, secondunit

_ALLOWED_S = 2.0


def main() -> int:
    """Measure, print the figures, and the ratio last."""
    arguments = _parser().parse_args()
    clip = footage(
        arguments.cache, width_px=320, height_px=180, frames=30 * 3600, kilobits_per_s=200
    )
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        print(f"rendering {clip.name}", flush=True)
        render(clip, home, Path(name) / "hour.mp4", "--preset", "veryfast", "--workers", "2")
        taken_s = [_resumed_s(home) for _ in range(arguments.rounds)]
    print(f"resume: {', '.join(f'{each:.2f}' for each in taken_s)} s")
    print(f"ratio {statistics.median(taken_s) / _ALLOWED_S:.2f}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cache", type=Path, default=Path(".cache/benchmarks"))
    return parser


def _resumed_s(home: Path) -> float:
    began_s = time.monotonic()
    status = secondunit(home, "resume", "last").wait(timeout=600)
    if status != 0:
        raise SystemExit(f"cannot measure: resume ended with status {status}")
    return time.monotonic() - began_s


if __name__ == "__main__":
    sys.exit(main())
