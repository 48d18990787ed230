"""Make what the end-to-end tests drop on the window, and render it without one."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from orchestrator.demo.footage import FACE_TO_PUT_ON, demo_frames, demo_portrait
from orchestrator.media.label import read_label
from tests.clips import make_clip
from tests.e2e.window import SLOW_S
from tests.faults.kills import REPOSITORY
from tests.faults.stories import BAND_PX, FACE_PX, with_band

FRAMES = 240
NAME = 'It\'s “mine” — 李 "take 2" & ü.mp4'
BESIDE = 'It\'s “mine” — 李 "take 2" & ü-secondunit.mp4'
PHOTO = "grace hopper.jpg"
_BOXES_BEGIN = datetime(1904, 1, 1, tzinfo=UTC)


def make_originals(folder: Path) -> str:
    """Put a video of one face over a barcode, and a photo, into a folder; return its name."""
    act = list(demo_frames(FRAMES // 4))
    pictures = [with_band((act + act[::-1])[i % (2 * len(act))], i) for i in range(FRAMES)]
    make_clip(
        folder / NAME,
        frames=FRAMES,
        width=FACE_PX[0],
        height=FACE_PX[1] + BAND_PX,
        paint=lambda index, width_px, height_px: pictures[index],
        options={"preset": "veryfast", "bf": "2", "g": "30"},
        audio_tracks=1,
    )
    (folder / PHOTO).write_bytes(demo_portrait(FACE_TO_PUT_ON))
    return NAME


def render_in_peace(originals: Path, home: Path) -> str:
    """Let the command line make what the window is to make; return its digest."""
    video, photo = originals / NAME, originals / PHOTO
    _secondunit(home, "add-face", "Grace", photo, "--consent", "licensed", "--stated-by", "a test")
    (person,) = json.loads(_secondunit(home, "faces", video, "--json"))["result"]
    output = home / "out.mp4"
    cast = f"{person['person']}=Grace"
    _secondunit(home, "render", video, "--cast", cast, "--output", output, "--json")
    return undated(output)


def undated(video: Path) -> str:
    """Return the digest of a finished video but for when it was made, which it says six times."""
    label = read_label(video)
    assert label is not None
    made_at = datetime.fromisoformat(label.made_at)
    in_boxes = struct.pack(">I", int((made_at - _BOXES_BEGIN).total_seconds()))
    plain = video.read_bytes().replace(label.made_at.encode(), b"").replace(in_boxes, b"")
    return sha256(plain).hexdigest()


def _secondunit(home: Path, *words: object) -> str:
    """Run the command line; return the last line it says."""
    ran = subprocess.run(
        [sys.executable, "-m", "orchestrator.cli.main", *map(str, words)],
        check=False, cwd=REPOSITORY, env={**os.environ, "SECONDUNIT_HOME": str(home)},
        capture_output=True, text=True, timeout=SLOW_S,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return (ran.stdout.strip().splitlines() or [""])[-1]
