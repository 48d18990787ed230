"""Thumbnails and kept shares are read when they are wanted, once, and off the Qt thread."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_bridge import FakeBridge
from sample_entries import draw_thumbnails, entry, facts, sample_entries

from gui.chunks.resting import Resting
from gui.queue import kept as kept_module
from gui.queue.kept import Kept
from gui.queue.reveal import command
from gui.queue.thumbnails import BOX_PX, Thumbnails
from orchestrator.errors import JobMissing
from orchestrator.home import Home

PIER = facts("Pier").digest


@pytest.fixture
def bridge(qapp, tmp_path):
    return FakeBridge(Home(tmp_path / "home"))


@pytest.fixture
def pier(bridge):
    """A portrait and a landscape video with thumbnails."""
    tall = entry("e-tall", "Tall.mp4", known=facts("Tall", size=(1080, 1920)))
    draw_thumbnails(bridge.home, [entry("e-pier", "Pier.mp4", known=facts("Pier")), tall])


def test_a_thumbnail_comes_later_and_is_kept(qtbot, bridge, pier):
    thumbnails = Thumbnails(bridge)
    assert thumbnails.picture(PIER, 1.0) is None
    with qtbot.waitSignal(thumbnails.arrived):
        pass
    drawn = thumbnails.picture(PIER, 1.0)
    assert drawn is not None
    assert drawn.size() == BOX_PX
    assert bridge.errands == 1


def test_a_thumbnail_has_the_pixels_of_its_screen_and_fits_its_box(qtbot, bridge, pier):
    thumbnails = Thumbnails(bridge)
    tall = facts("Tall").digest
    thumbnails.picture(tall, 2.0)
    with qtbot.waitSignal(thumbnails.arrived):
        pass
    drawn = thumbnails.picture(tall, 2.0)
    assert drawn.height() == 2 * BOX_PX.height()
    assert drawn.deviceIndependentSize().height() == BOX_PX.height()
    assert drawn.deviceIndependentSize().width() < BOX_PX.height()


def test_a_thumbnail_that_is_not_there_is_asked_for_again_only_after_a_change(qtbot, bridge):
    thumbnails = Thumbnails(bridge)
    thumbnails.picture(PIER, 1.0)
    qtbot.waitUntil(lambda: bridge.errands == 1)
    thumbnails.picture(PIER, 1.0)
    qtbot.wait(20)
    assert bridge.errands == 1
    draw_thumbnails(bridge.home, [entry("e-pier", "Pier.mp4", known=facts("Pier"))])
    thumbnails.look_again()
    thumbnails.picture(PIER, 1.0)
    with qtbot.waitSignal(thumbnails.arrived):
        pass


def test_a_file_that_is_no_picture_is_no_trouble(qtbot, bridge):
    folder = bridge.home.cache / "thumbnails"
    folder.mkdir()
    (folder / f"{PIER}.jpg").write_bytes(b"not a picture")
    thumbnails = Thumbnails(bridge)
    thumbnails.picture(PIER, 1.0)
    qtbot.waitUntil(lambda: bridge.errands == 1)
    assert thumbnails.picture(PIER, 1.0) is None


def test_what_was_asked_for_last_is_read_first_and_the_oldest_not_at_all(qtbot, bridge):
    kept = []
    bridge.run = lambda call, then=None, otherwise=None: kept.append((call, then))
    thumbnails = Thumbnails(bridge)
    digests = [facts(f"video {n}").digest for n in range(100)]
    for digest in digests:
        thumbnails.picture(digest, 1.0)
    qtbot.waitUntil(lambda: len(kept) == 2)
    asked = []
    while kept:
        call, then = kept.pop(0)
        asked.append(call)
        then(call())
        qtbot.wait(1)
    assert len(asked) == 32


@pytest.fixture
def shares(monkeypatch):
    """What reading a job answers, by its id; others are not there."""
    answers = {"20260313-184455-ef56": Resting((), 38, 100)}

    def read(home, job_id):
        if job_id not in answers:
            raise JobMissing("There is no such job.", "")
        return answers[job_id]

    monkeypatch.setattr(kept_module, "read_resting", read)
    return answers


def test_what_a_resting_render_kept_is_read_once(bridge, shares):
    kept = Kept(bridge)
    kept.want(sample_entries())
    assert kept.shares == {"e-stopped": 0.38}
    errands = bridge.errands
    entries = sample_entries()
    kept.want(entries)
    first = bridge.errands
    kept.want(entries)
    assert bridge.errands == first
    assert errands == 3  # those that rest with a job: stopped, to go on, and failed


def test_it_is_read_again_after_the_render_went_on(bridge, shares):
    kept = Kept(bridge)
    entries = sample_entries()
    kept.want(entries)
    shares["20260313-184455-ef56"] = Resting((), 50, 100)
    went_on = tuple(replace(e) if e.entry_id == "e-stopped" else e for e in entries)
    kept.want(went_on)
    assert kept.shares == {"e-stopped": 0.5}


def test_each_system_shows_a_file_in_its_own_way(tmp_path):
    path = tmp_path / "a, b.mp4"
    assert command(path, "darwin") == ["open", "-R", str(path)]
    assert command(path, "win32")[:2] == ["explorer", "/select,"]
    assert command(path, "linux")[-2].endswith("/a%2C%20b.mp4")
