"""Go all the way with the real program in a real window: drop, cast, see, render, kill, go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from orchestrator.media.label import read_label
from tests.clips import times_of
from tests.e2e.footage import BESIDE, FRAMES, NAME, PHOTO, undated
from tests.e2e.screen import why_not
from tests.e2e.window import (
    INSPECTOR,
    SLOW_S,
    STAGE,
    Window,
    another_window,
    changed_px,
    processes_of,
    wide_accents,
)
from tests.faults.kills import agents_of
from tests.faults.stories import BAND_PX, codes_in

pytestmark = [
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
    pytest.mark.timeout(900),
]
_QUESTION_PX = 30_000
"""More than changes while a render stands still; a dialog has three times as many."""


def test_a_video_is_dropped_cast_rendered_killed_and_finished(
    win: Window, files: Path, undisturbed: str
) -> None:
    win.start()
    win.await_loaded()
    assert win.screen.drag([files / NAME], 700, 500) == "dropped"
    win.await_states("ready")
    win.await_rest()
    before = win.picture(STAGE)

    assert win.screen.drag([files / PHOTO], *INSPECTOR) == "dropped"
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
    assert {path.name for path in files.iterdir()} == {NAME, BESIDE, PHOTO}


def check_nothing_is_left(win: Window) -> None:
    """Close the program and look for what it may have left running."""
    assert win.leave() == 0
    assert not (win.home.root / "window-open.json").exists()
    psutil.wait_procs(processes_of(win), timeout=30)
    assert not [process.cmdline() for process in processes_of(win)]


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
    win.screen.write(str(files / PHOTO))
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
