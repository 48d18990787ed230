"""Write a picture of every screen, in both themes, both languages and at two scales.

``make screenshots`` runs it; the pictures are in ``build/screenshots``, called
``NAME-THEME-LANGUAGE-SCALE.png``.  It needs no display.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_DEADLINE_S = 900.0
_SCALES = (1, 2)
_GUIDE: dict[str, tuple[str, tuple[int, int, int, int] | None]] = {
    "welcome": ("welcome", (520, 220, 2360, 1420)),
    "cast": ("window-simple", None),
    "consent": ("faces-adding-form", (360, 20, 1400, 1280)),
    "wipe": ("stage-wipe", (680, 140, 2200, 1760)),
    "render": ("window-rendering", None),
}
"""The guide's pictures: of which screen, and which part of it at twice the size."""
_GUIDE_PX = 1280
_SCREEN_PX = (2000, 2200)
"""At one to one; large enough for the highest picture."""


def main(argv: Sequence[str] | None = None) -> int:
    """Take all pictures, or those that are named; return the exit status."""
    parser = argparse.ArgumentParser(description="Take a picture of every screen.")
    parser.add_argument("--into", type=Path, default=_ROOT / "build" / "screenshots")
    parser.add_argument("--home", type=Path, help="folder with what an earlier run made")
    parser.add_argument("--only", nargs="*", default=[], help="names of screens, such as 'queue'")
    parser.add_argument("--guide", action="store_true", help="renew the guide's pictures, too")
    parser.add_argument("--scale", type=int, choices=_SCALES, help=argparse.SUPPRESS)
    asked = parser.parse_args(argv)
    asked.into.mkdir(parents=True, exist_ok=True)
    if asked.scale:
        return _shoot(asked.home, asked.into, asked.scale, asked.only)
    with tempfile.TemporaryDirectory(prefix="screens-") as scratch:
        home = asked.home or Path(scratch) / "home"
        status = _take(home, Path(scratch), asked.into, asked.only)
    if asked.guide and not status:
        _renew_guide(asked.into)
    return status


def _take(home: Path, scratch: Path, into: Path, only: Sequence[str]) -> int:
    began_s = time.monotonic()
    _prepare(home)
    _say(f"screenshots: the demo is ready after {time.monotonic() - began_s:.0f} s")
    runs = [_start(_copied(home, scratch / str(s)), scratch, into, s, only) for s in _SCALES]
    ended = [run.wait(timeout=_DEADLINE_S) for run in runs]
    for scale, status in zip(_SCALES, ended, strict=True):
        if status:
            _say(f"screenshots: at {scale * 100} % it ended with status {status}")
    count = len(list(into.glob("*.png")))
    _say(f"screenshots: {count} in {into}, {time.monotonic() - began_s:.0f} s")
    return 1 if any(ended) else 0


def _prepare(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    os.environ["SECONDUNIT_HOME"] = str(home)  # child processes look there too
    _import_from_tests()
    from screen_stock import stock

    from orchestrator.home import Home

    stock(Home(home))


def _copied(home: Path, to: Path) -> Path:
    """Return a home of its own for each run: both write thumbnails and previews."""
    shutil.copytree(home, to)
    return to


def _start(
    home: Path, scratch: Path, into: Path, scale: int, only: Sequence[str]
) -> subprocess.Popen[bytes]:
    display = scratch / f"display-{scale}.json"
    width, height = (side * scale for side in _SCREEN_PX)
    one = {"name": "paper", "x": 0, "y": 0, "width": width, "height": height}
    display.write_text(json.dumps({"screens": [one]}), encoding="utf-8")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={display}",
        "QT_SCALE_FACTOR": str(scale),
        "SECONDUNIT_HOME": str(home),
    }
    argv = [sys.executable, "-m", "tests.screenshots", "--home", str(home), "--into", str(into)]
    argv += ["--scale", str(scale), "--only", *only]
    return subprocess.Popen(argv, env=environment, cwd=_ROOT)


def _shoot(home: Path, into: Path, scale: int, only: Sequence[str]) -> int:
    faulthandler.enable()
    _import_from_tests()
    from PySide6.QtWidgets import QApplication
    from screen_stock import stock
    from screens import SCREENS, take_all
    from screens_afar import AFAR_SCREENS
    from screens_cloud import CLOUD_SCREENS
    from studio import MANNERS, Studio

    from orchestrator.home import Home

    app = QApplication(sys.argv[:1])
    kept = Home(home)
    studio = Studio(app, kept, stock(kept), into, scale)
    every = (*SCREENS, *CLOUD_SCREENS, *AFAR_SCREENS)
    wanted = [screen for screen in every if not only or screen.__name__ in only]
    take_all(studio, MANNERS, wanted)
    studio.places.stage.player.close()
    studio.bridge.close()
    return 0


def _renew_guide(taken: Path) -> None:
    """Make the guide's pictures of those that were taken."""
    from PIL import Image

    for name, (screen, box) in _GUIDE.items():
        for language in ("en", "zh_CN"):
            with Image.open(taken / f"{screen}-dark-{language}-200.png") as whole:
                part = whole.convert("RGB").crop(box or (0, 0, *whole.size))
            part.thumbnail((_GUIDE_PX, _GUIDE_PX), Image.Resampling.LANCZOS)
            to = _ROOT / "resources" / "pictures" / f"guide-{name}-{language}.jpg"
            part.save(to, quality=78, optimize=True, progressive=True)


def _import_from_tests() -> None:
    """Let modules of the window's tests be imported by their own names, as pytest does."""
    folder = str(_ROOT / "tests" / "gui")
    if folder not in sys.path:
        sys.path.insert(0, folder)


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
