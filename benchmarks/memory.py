"""Measure memory: whether it grows with a video's length, and what a worker takes at its peak.

The baseline is a one-minute source; a one-hour source of the same picture may take 50 MB more.
The ratio is the hour's peak, all processes together, to the minute's.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.footage import footage
from benchmarks.renders import MB, Peaks, render

_SMALL = {"width_px": 320, "height_px": 180, "kilobits_per_s": 200}
_BARS_MB = {"1080p": 600, "2160p": 1200}


def main() -> int:
    """Measure, print the figures, and the ratio last."""
    arguments = _parser().parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name), arguments.cache
        minute = _peaks(folder, "minute", footage(cache, frames=30 * 60, **_SMALL))
        hour = _peaks(folder, "hour", footage(cache, frames=30 * 3600, **_SMALL))
        full = footage(cache, width_px=1920, height_px=1080, frames=600, kilobits_per_s=12_000)
        large = footage(cache, width_px=3840, height_px=2160, frames=300, kilobits_per_s=40_000)
        sizes = {
            "1080p": _peaks(folder, "1080p", full),
            "2160p": _peaks(folder, "2160p", large),
        }
    for size, peaks in sizes.items():
        held = peaks.by_role["worker"] / MB
        print(f"worker at {size}: {held:.0f} MB (bar {_BARS_MB[size]})")
    grown = {role: (hour.by_role[role] - minute.by_role[role]) / MB for role in minute.by_role}
    for role, more in sorted(grown.items()):
        print(f"{role:10} {hour.by_role[role] / MB:6.0f} MB for an hour, {more:+.0f} MB")
    print(f"together   {hour.together / MB:6.0f} MB, {(hour.together - minute.together) / MB:+.0f}")
    print(f"ratio {hour.together / minute.together:.2f}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(".cache/benchmarks"))
    return parser


def _peaks(folder: Path, name: str, clip: Path) -> Peaks:
    print(f"rendering {clip.name}", flush=True)
    options = ("--preset", "veryfast", "--quality", "18", "--workers", "1")
    return render(clip, folder / name, folder / f"{name}.mp4", *options)


if __name__ == "__main__":
    sys.exit(main())
