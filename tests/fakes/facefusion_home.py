"""Lay out a FaceFusion for tests: a real checkout where one is given, else the stand-in."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from remote_worker.digests import digest_of_file
from remote_worker.engines.facefusion import manifest
from remote_worker.engines.facefusion.child import Layout
from remote_worker.engines.facefusion.installation import COMMIT, Installation
from remote_worker.engines.facefusion.manifest import write_pins
from tests.fakes.facefusion_models import make_models

CHECKOUT = "SECONDUNIT_FACEFUSION"
"""Names a real checkout at the pinned commit."""
PYTHON = "SECONDUNIT_FACEFUSION_PYTHON"
"""Names an interpreter with its requirements, where it is not the checkout's own ``.venv``."""
NOT_GIVEN = (
    f"FaceFusion itself was NOT exercised: {CHECKOUT} names no checkout (and {PYTHON} no Python"
    " with its requirements); only the stand-in was"
)
STAND_IN = Path(__file__).with_name("facefusion_standin")
RED, BLUE = (40, 50, 210), (210, 50, 40)
"""BGR colours that the stub models take for the faces of two people."""


def checkout() -> Path | None:
    """Return the real checkout that is given, if there is one."""
    named = os.environ.get(CHECKOUT)
    return Path(named).resolve() if named else None


def python_of(source: Path) -> Path:
    """Return an interpreter that has FaceFusion's requirements."""
    own = source / ".venv" / "bin" / "python"
    named = os.environ.get(PYTHON)
    return Path(named) if named else own if own.exists() else Path(sys.executable)


def layout_of(source: Path, folder: Path) -> Layout:
    """Return a layout of ``source`` with stub models in ``folder``."""
    python = Path(sys.executable) if source == STAND_IN else python_of(source)
    return Layout(source, python, make_models(folder / "models"), folder / "caches")


def install(source: Path, folder: Path) -> Installation:
    """Lay ``source`` out in ``folder`` as an installation with stub models."""
    here = Installation(folder)
    here.source.parent.mkdir(parents=True)
    here.source.symlink_to(source, target_is_directory=True)
    python = Path(sys.executable) if source == STAND_IN else python_of(source)
    here.environment.symlink_to(python.parent.parent, target_is_directory=True)
    make_models(here.models)
    write_pins(here.lock, {path.stem: digest_of_file(path) for path in here.models.glob("*.onnx")})
    state = {
        "commit": COMMIT,
        "tree_digest": "0" * 64,
        "flavour": "cpu",
        "environment_digest": "0" * 64,
        "onnxruntime": "1.28.0",
    }
    here.state_file.write_text(json.dumps(state), encoding="utf-8")
    return here


def hold_to_pins(monkeypatch: Any) -> None:
    """Have the installation's lock decide about models, not the digests of the real ones."""
    monkeypatch.setattr(manifest, "known_digest", lambda model, pins: pins.get(model.name))


def copy_with_models(source: Path, folder: Path) -> Path:
    """Return a copy of a checkout that has stub models where FaceFusion itself looks."""
    copy = folder / "upstream"
    shutil.copytree(
        source, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".assets", ".caches")
    )
    make_models(copy / ".assets" / "models")
    return copy


def scene(
    index: int, width_px: int, height_px: int, colours: tuple[tuple[int, int, int], ...] = (RED,)
) -> NDArray[np.uint8]:
    """Return frame ``index``: a face of each colour over a patchwork, each moving its own way."""
    random = np.random.default_rng(3)
    patches = random.integers(60, 150, (9, 16, 3), dtype=np.uint8)
    picture = cv2.resize(patches, (width_px, height_px))
    for number, colour in enumerate(colours):
        x, y = middle_of(index, number)
        axes = (height_px // 7, height_px // 6)
        at = (round(x * width_px), round(y * height_px))
        cv2.ellipse(picture, at, axes, 0, 0, 360, colour, -1)
    return np.asarray(picture, np.uint8)


def middle_of(index: int, number: int) -> tuple[float, float]:
    """Return where face ``number`` of :func:`scene` is, as shares of the picture."""
    along = 0.05 * np.sin(index / 9 + number)
    return 0.28 + 0.44 * number + float(along), 0.48 + float(along) / 2


def photo(path: Path, colour: tuple[int, int, int]) -> Path:
    """Write a photo of somebody's face; return its path."""
    picture = np.full((300, 300, 3), 90, np.uint8)
    cv2.ellipse(picture, (150, 150), (80, 100), 0, 0, 360, colour, -1)
    path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    return path
