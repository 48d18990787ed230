"""Make what the demo needs: its video, its face with the attribution, and its entry."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.demo.footage import FACE_TO_PUT_ON, demo_portrait
from orchestrator.desk.entries import EntryId, OnceLooked, Output
from orchestrator.home import Home
from orchestrator.media.guarded import make_demo_footage
from orchestrator.prepare import faces_of
from orchestrator.sources import DEMO_STATED_BY, Consent, SourceFace, statement
from remote_worker.checkpoint import make_names_durable, write_whole

if TYPE_CHECKING:
    from orchestrator.desk.desk import Desk

Share = Callable[[int, int], None]
FACE_NAME = "Grace (demo)"
FRAMES_MADE = 150
"""Five seconds: enough to see it at work, and made in less than half a minute."""
_VIDEO = "Two people talking (demo).mp4"


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything that the demo needs, whole on disk."""

    source: Path
    face_id: str
    output_folder: Path


def prepare_demo(
    home: Home,
    share: Share,
    cancelled: threading.Event | None = None,
    *,
    frames: int = FRAMES_MADE,
) -> Demo:
    """Return the demo, making what of it is not there; ``share`` hears how far that is.

    Raises:
        SecondUnitError: a model is missing, or something could not be made.
        OSError: something could not be written.
        Cancelled: ``cancelled`` was set.
    """
    folder = home.cache / "demo"
    folder.mkdir(exist_ok=True)
    output_folder = home.root / "demo"
    output_folder.mkdir(exist_ok=True)
    share(0, frames)
    face_id = (_face_in(home) or _add_face(home, folder)).face_id
    source = folder / _VIDEO
    if not source.is_file():
        _make(source, frames, share, cancelled)
    share(frames, frames)
    return Demo(source, face_id, output_folder)


def add_demo(desk: Desk, demo: Demo) -> EntryId:
    """Put the demo in the queue; its person is cast as soon as it was looked at."""
    (entry_id,) = desk.add(
        [demo.source],
        output=Output(folder=str(demo.output_folder)),
        once_looked=OnceLooked(cast_face=demo.face_id, which="leftmost"),
    )
    return entry_id


def _make(source: Path, frames: int, share: Share, cancelled: threading.Event | None) -> None:
    """Make the video beside its place and put it there when it is whole."""
    part = source.with_name(f".{source.stem}.part.mp4")
    try:
        make_demo_footage(part, frames, share, cancelled)
        part.replace(source)
    finally:
        part.unlink(missing_ok=True)
    make_names_durable(source.parent)


def _face_in(home: Home) -> SourceFace | None:
    faces = faces_of(home).list()
    return next((f for f in faces if f.consent and f.consent.stated_by == DEMO_STATED_BY), None)


def _add_face(home: Home, folder: Path) -> SourceFace:
    photo = folder / FACE_TO_PUT_ON.file
    write_whole(photo, [demo_portrait(FACE_TO_PUT_ON)])
    consent = Consent(
        stated_by=DEMO_STATED_BY,
        basis="licensed",
        statement=statement("licensed"),
        stated_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return faces_of(home).add(FACE_NAME, [photo], consent)
