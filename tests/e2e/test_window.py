"""Go all the way with the real program in a real window: drop, cast, see, render, kill, go on."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import psutil
import pytest

from orchestrator.demo.footage import FACE_TO_PUT_ON, demo_frames, demo_portrait
from orchestrator.media.label import read_label
from tests.clips import make_clip, times_of
from tests.e2e.screen import Screen, screen, why_not
from tests.e2e.window import (
    INSPECTOR,
    SLOW_S,
    STAGE,
    Window,
    another_window,
    changed_px,
    processes_of,
    wide_accents,
    window,
)
from tests.faults.kills import REPOSITORY, agents_of
from tests.faults.stories import BAND_PX, FACE_PX, _with_band, codes_in

pytestmark = [
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("screen"),
]
_QUESTION_PX = 30_000
"""More than changes while a render stands still; a dialog has three times as many."""
_BOXES_BEGIN = datetime(1904, 1, 1, tzinfo=UTC)
FRAMES = 240
NAME = 'It\'s “mine” — 李 "take 2" & ü.mp4'
BESIDE = 'It\'s “mine” — 李 "take 2" & ü-secondunit.mp4'


@pytest.fixture(scope="module")
def desk() -> Iterator[Screen]:
    with screen() as made:
        yield made


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a video of one face over a barcode, and a photo."""
    folder = tmp_path_factory.mktemp("originals")
    act = list(demo_frames(FRAMES // 4))
    pictures = [_with_band((act + act[::-1])[i % (2 * len(act))], i) for i in range(FRAMES)]
    make_clip(
        folder / NAME,
        frames=FRAMES,
        width=FACE_PX[0],
        height=FACE_PX[1] + BAND_PX,
        paint=lambda index, width_px, height_px: pictures[index],
        options={"preset": "veryfast", "bf": "2", "g": "30"},
        audio_tracks=1,
    )
    (folder / "grace hopper.jpg").write_bytes(demo_portrait(FACE_TO_PUT_ON))
    return folder


@pytest.fixture(scope="module")
def undisturbed(originals: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of what the command line makes of the same casting, in peace."""
    home = tmp_path_factory.mktemp("undisturbed")
    video, photo = originals / NAME, originals / "grace hopper.jpg"
    _secondunit(home, "add-face", "Grace", photo, "--consent", "licensed", "--stated-by", "a test")
    (person,) = json.loads(_secondunit(home, "faces", video, "--json"))["result"]
    output = home / "out.mp4"
    cast = f"{person['person']}=Grace"
    _secondunit(home, "render", video, "--cast", cast, "--output", output, "--json")
    return undated(output)


@pytest.fixture
def files(originals: Path, tmp_path: Path) -> Path:
    """The originals in a folder of their own, where results are written."""
    folder = tmp_path / "my files"
    folder.mkdir()
    for each in originals.iterdir():
        (folder / each.name).write_bytes(each.read_bytes())
    return folder


@pytest.fixture
def win(desk: Screen, tmp_path: Path) -> Iterator[Window]:
    with window(desk, tmp_path / "home") as made:
        yield made


def test_a_video_is_dropped_cast_rendered_killed_and_finished(
    win: Window, files: Path, undisturbed: str
) -> None:
    win.start()
    win.await_loaded()
    assert win.screen.drag([files / NAME], 700, 500) == "dropped"
    win.await_states("ready")
    win.await_rest()
    before = win.picture(STAGE)

    assert win.screen.drag([files / "grace hopper.jpg"], *INSPECTOR) == "dropped"
    win.await_rest()
    state_consent(win)
    win.await_so(lambda: bool(win.entries()[0].casts), "the face is cast")
    (face,) = win.faces()
    assert face.name == "Grace hopper"
    assert face.consent is not None
    assert face.consent.basis == "licensed"
    win.await_so(
        lambda: changed_px(before, win.picture(STAGE)) > 10_000, "the preview shows the other face"
    )

    win.screen.key("ctrl+Return")
    win.await_so(lambda: win.segments() >= 1, "a finished part")
    win.kill()
    held = win.entries()
    assert [entry.state for entry in held] == ["rendering"]

    win.start()
    win.await_so(lambda: win.states() in (["rendering"], ["done"]), "the queue is there again")
    (entry,) = win.entries()
    assert (entry.entry_id, entry.casts, entry.job_id) == (
        held[0].entry_id, held[0].casts, held[0].job_id,
    )  # fmt: skip
    win.await_states("done")
    check_output(win, files, undisturbed)
    check_nothing_is_left(win)


@contextmanager
def frozen(win: Window) -> Iterator[None]:
    """Let the workers do nothing for a while."""
    assert win.process is not None
    agents = agents_of(win.process.pid)
    assert agents
    for agent in agents:
        agent.suspend()
    try:
        yield
    finally:
        for agent in agents:
            with suppress(psutil.Error):
                agent.resume()


def state_consent(win: Window) -> None:
    """Fill the card in by keyboard; its first field has the focus."""
    win.screen.key("Tab", "space", "Down", "Down")  # the portrait is free to use
    win.screen.key("Tab", "space", "Return")  # stated; added
    win.await_so(lambda: bool(win.faces()), "the face is in the library")


def check_output(win: Window, files: Path, undisturbed: str) -> None:
    """Read the finished video as a stranger would."""
    output = files / BESIDE
    (entry,) = win.entries()
    assert entry.result is not None
    assert Path(entry.result.output_path) == output
    assert entry.result.frame_count == FRAMES
    assert entry.result.missed_frames == 0
    assert entry.result.rendered_frames < FRAMES, "what was stored before the kill is used"
    assert list(codes_in(output, BAND_PX)) == list(range(FRAMES))
    assert times_of(output) == times_of(files / NAME)
    label = read_label(output)
    assert label is not None, "the mark that says AI-made"
    assert undated(output) == undisturbed
    assert {path.name for path in files.iterdir()} == {NAME, BESIDE, "grace hopper.jpg"}


def undated(video: Path) -> str:
    """Return the digest of a finished video but for when it was made, which it says six times."""
    label = read_label(video)
    assert label is not None
    made_at = datetime.fromisoformat(label.made_at)
    in_boxes = struct.pack(">I", int((made_at - _BOXES_BEGIN).total_seconds()))
    plain = video.read_bytes().replace(label.made_at.encode(), b"").replace(in_boxes, b"")
    return sha256(plain).hexdigest()


def check_nothing_is_left(win: Window) -> None:
    """Close the program and look for what it may have left running."""
    assert win.leave() == 0
    assert not (win.home.root / "window-open.json").exists()
    psutil.wait_procs(processes_of(win), timeout=30)
    assert not [process.cmdline() for process in processes_of(win)]


def _secondunit(home: Path, *words: object) -> str:
    """Run the command line; return the last line it says."""
    ran = subprocess.run(
        [sys.executable, "-m", "orchestrator.cli.main", *map(str, words)],
        check=False, cwd=REPOSITORY, env={**os.environ, "SECONDUNIT_HOME": str(home)},
        capture_output=True, text=True, timeout=SLOW_S,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return (ran.stdout.strip().splitlines() or [""])[-1]


def test_a_second_start_hands_its_file_to_the_first_window_and_raises_it(
    win: Window, files: Path
) -> None:
    win.start()
    win.await_loaded()
    bare = (600, 40, 680, 64)  # of the strip on top, where nothing is
    uncovered = win.picture(bare)
    with another_window(win.screen, 600, 10):
        win.await_so(lambda: changed_px(uncovered, win.picture(bare)) > 0, "it is covered")
        assert win.further_start(files / NAME).wait(SLOW_S) == 0
        win.await_so(lambda: changed_px(uncovered, win.picture(bare)) == 0, "it is raised")
    win.await_so(lambda: len(win.entries()) == 1, "the file is in the queue")
    assert Path(win.entries()[0].source) == files / NAME
    assert win.leave() == 0


def test_three_clicks_lead_from_the_first_start_to_a_finished_demo_that_plays(win: Window) -> None:
    win.start()
    win.await_loaded()
    (open_videos,) = wide_accents(win)
    win.screen.click(open_videos.right + 90, open_videos.middle[1])  # Try the demo
    win.await_states("ready")
    win.await_rest()
    render = max(wide_accents(win), key=lambda box: box.left)
    win.screen.click(*render.middle)
    win.await_states("done")
    win.await_rest()
    play = min(wide_accents(win), key=lambda box: (box.left, -box.top))
    at_rest = win.picture(STAGE)
    win.screen.click(*play.middle)
    win.await_so(lambda: changed_px(at_rest, win.picture(STAGE)) > 1_000, "it plays")
    (entry,) = win.entries()
    assert entry.result is not None
    assert read_label(Path(entry.result.output_path)) is not None
    assert win.leave() == 0


def test_everything_goes_by_keyboard_and_a_render_is_not_closed_unasked(
    win: Window, files: Path, undisturbed: str
) -> None:
    win.start(files / NAME)
    win.await_loaded()
    win.await_states("ready")
    win.await_rest()
    win.screen.key("ctrl+3", "Tab", "Return")  # the inspector, its face slot, a file dialog
    win.await_rest()
    win.screen.write(str(files / "grace hopper.jpg"))
    win.screen.key("Return")
    win.await_rest()
    state_consent(win)
    win.await_so(lambda: bool(win.entries()[0].casts), "the face is cast")
    win.screen.key("ctrl+Return")
    win.await_so(lambda: win.segments() >= 1, "a finished part")

    assert win.process is not None
    with frozen(win):  # so that it is in the middle of it all the while
        plain = win.picture()
        win.screen.key("ctrl+q")
        win.await_so(lambda: changed_px(plain, win.picture()) > _QUESTION_PX, "it asks")
        win.screen.key("Escape")
        win.await_so(lambda: changed_px(plain, win.picture()) < _QUESTION_PX, "it stays")
        assert win.states() == ["rendering"]
        win.screen.give_keyboard(win.process.pid)  # as a window manager does after a dialog
        win.screen.key("ctrl+q")
        win.await_so(lambda: changed_px(plain, win.picture()) > _QUESTION_PX, "it asks again")
        win.screen.key("Return")  # stop and close
    assert win.wait() == 0
    assert not (win.home.root / "window-open.json").exists()
    assert not processes_of(win)

    win.start()
    win.await_states("done")
    check_output(win, files, undisturbed)
    check_nothing_is_left(win)
