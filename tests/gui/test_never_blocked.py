"""The Qt thread answers within 50 ms whatever the real program does in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from putting_away import as_it_was
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from watchdog import Watchdog

from gui.program import Program
from gui.single import OneWindow
from orchestrator.demo.footage import FACE_TO_PUT_ON, demo_frames, demo_portrait
from orchestrator.desk.book import Book, book_path
from orchestrator.desk.desk import new_entries
from orchestrator.desk.entries import OnceLooked
from orchestrator.home import Home
from orchestrator.prepare import faces_of
from orchestrator.sources import Consent, statement
from tests.clips import make_clip
from tests.faults.stories import BAND_PX, FACE_PX, with_band

pytestmark = [pytest.mark.alone, pytest.mark.timeout(600)]
MOST_S = 0.05
LONG_MS = 240_000
FRAMES, MANY = 90, 10_000


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of one face over a barcode."""
    act = list(demo_frames(30))
    pictures = [with_band((act + act[::-1])[i % 60], i) for i in range(FRAMES)]
    return make_clip(
        tmp_path_factory.mktemp("clip") / "clip.mp4",
        frames=FRAMES,
        width=FACE_PX[0],
        height=FACE_PX[1] + BAND_PX,
        paint=lambda index, width_px, height_px: pictures[index],
        audio_tracks=1,
    )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path))
    return Home(tmp_path)


@pytest.fixture
def face_id(home: Home, tmp_path: Path) -> str:
    """A source face with consent."""
    (tmp_path / "photo.jpg").write_bytes(demo_portrait(FACE_TO_PUT_ON))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    words = statement("licensed")
    consent = Consent(stated_by="a test", basis="licensed", statement=words, stated_at=now)
    return faces_of(home).add("Grace", [tmp_path / "photo.jpg"], consent).face_id


@pytest.fixture
def program(home: Home, qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[], Program]]:
    with as_it_was(qapp) as started:

        def start() -> Program:
            one = OneWindow(home)
            assert one.take()
            program = Program(qapp, home, one)
            started.append(program)
            with qtbot.waitSignal(program.window.painted, timeout=LONG_MS):
                program.begin([])
            return program

        yield start


def write_queue(home: Home, clip: Path, face_id: str, more: int = 0) -> None:
    """Write a queue as an earlier session left it: the first video is cast once it was seen."""
    once = OnceLooked(cast_face=face_id)
    first = new_entries([clip], once_looked=once)
    # Those that were rendered long ago: nobody looks at them again.
    others = [
        replace(each, state="cancelled")
        for each in new_entries([clip.with_name(f"{n}.mp4") for n in range(more)])
    ]
    book = Book(book_path(home))
    book.write([*first, *others])
    book.close()


def state(program: Program) -> str:
    entries = program.bridge.snapshot.entries
    return entries[0].state if entries else ""


def test_looking_previewing_and_rendering_never_block_the_window(
    program: Callable[[], Program], home: Home, face_id: str, clip: Path, qtbot: QtBot
) -> None:
    write_queue(home, clip, face_id, more=MANY)
    running = program()
    with Watchdog() as dog:
        qtbot.waitUntil(lambda: state(running) == "ready", timeout=LONG_MS)
        places = running.window.places
        assert places is not None
        places.queue.select(running.bridge.snapshot.entries[0].entry_id)
        scrub(running, qtbot)
        running.window.commands.action("render").trigger()
        qtbot.waitUntil(lambda: state(running) == "rendering", timeout=LONG_MS)
        scrub(running, qtbot)
        qtbot.waitUntil(lambda: state(running) == "done", timeout=LONG_MS)
        qtbot.wait(300)
    dog.require(MOST_S)


WINDOWS = (
    "settings", "faces", "cast_board", "palette", "shortcuts", "doctor", "diagnostics", "about",
)  # fmt: skip


def test_no_window_takes_long_to_open(
    program: Callable[[], Program], home: Home, face_id: str, clip: Path, qtbot: QtBot
) -> None:
    write_queue(home, clip, face_id)
    running = program()
    qtbot.waitUntil(lambda: state(running) == "ready", timeout=LONG_MS)
    qtbot.wait(1_000)
    for command in WINDOWS:
        with Watchdog() as dog:
            running.window.commands.action(command).trigger()
            qtbot.wait(500)
        dog.require(MOST_S)


def scrub(running: Program, qtbot: QtBot) -> None:
    """Move the playhead through the video as a hand does, and let the preview catch up."""
    places = running.window.places
    assert places is not None
    frames = iter(range(0, FRAMES, 3))
    timer = QTimer(running, interval=30)

    def step() -> None:
        frame = next(frames, None)
        if frame is None:
            timer.stop()
        else:
            places.stage.go_to(frame)

    timer.timeout.connect(step)
    timer.start()
    qtbot.waitUntil(lambda: not timer.isActive(), timeout=LONG_MS)
    qtbot.wait(500)
