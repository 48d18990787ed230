"""A preview child that dies, hangs or grows is replaced, and none outlives its parent."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import preview_misbehaving
import psutil
import pytest
from preview_misbehaving import DEADLY, GREEDY, SILENT, TALKATIVE
from preview_watching import Watcher, a_scene, pixels_of

from orchestrator.preview import viewer
from orchestrator.preview.scene import Failed, Shown
from tests.clips import read_barcode

HERE = Path(__file__).parent
MODULE = preview_misbehaving.__name__
posix = pytest.mark.skipif(os.name != "posix", reason="this system has no such signals")


@pytest.fixture(autouse=True)
def nothing_is_left(monkeypatch):
    """Let children find the program that goes wrong, and look for what they left."""
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    own = psutil.Process()
    before, threads = set(own.children()), set(threading.enumerate())
    yield
    assert set(own.children()) <= before
    assert set(threading.enumerate()) <= threads


def code(shown):
    assert isinstance(shown, Shown), shown
    return read_barcode(pixels_of(shown))


@posix
def test_a_killed_child_is_replaced_and_goes_on_where_it_was(tmp_path):
    with Watcher() as watcher:
        watcher.show(a_scene(tmp_path))
        assert code(watcher.get(5)) == 5
        killed = watcher.viewer.pid
        os.kill(killed, signal.SIGKILL)
        assert code(watcher.get(6)) == 6
        assert watcher.viewer.pid != killed


@posix
def test_what_was_being_asked_is_asked_again_when_the_child_is_killed(tmp_path):
    with Watcher() as watcher:
        watcher.show(a_scene(tmp_path))
        watcher.get(5)
        os.kill(watcher.viewer.pid, signal.SIGSTOP)
        number = watcher.ask(7)
        os.kill(watcher.viewer.pid, signal.SIGKILL)
        assert code(watcher.answer(number)) == 7


@posix
def test_a_killed_child_plays_on_from_the_beginning_of_the_stretch(tmp_path):
    with Watcher() as watcher:
        watcher.show(a_scene(tmp_path, frames=200))
        number = watcher.play(0, 200, sides=("before",))
        first = watcher.next(Shown)
        os.kill(watcher.viewer.pid, signal.SIGKILL)
        again = watcher.next(Shown)
        while again.frame != first.frame:
            again = watcher.next(Shown)
        assert again.number == number


def test_a_frame_that_kills_the_child_is_given_up_after_a_second_try(tmp_path):
    with Watcher(program=MODULE) as watcher:
        watcher.show(a_scene(tmp_path))
        failed = watcher.get(DEADLY)
        assert isinstance(failed, Failed)
        assert (failed.code, bool(failed.sentence), bool(failed.advice)) == (
            "preview_ended",
            True,
            True,
        )
        assert code(watcher.get(5)) == 5
        assert watcher.ended.empty()


def test_a_child_that_falls_silent_is_replaced_and_then_given_up(tmp_path):
    with Watcher(program=MODULE, silence_s=2.0) as watcher:
        watcher.show(a_scene(tmp_path))
        assert code(watcher.get(5)) == 5
        assert watcher.get(SILENT).code == "preview_hung"
        assert code(watcher.get(6)) == 6


def test_a_child_that_talks_nonsense_is_not_believed(tmp_path):
    with Watcher(program=MODULE) as watcher:
        watcher.show(a_scene(tmp_path))
        assert watcher.get(TALKATIVE).code == "preview_ended"
        assert code(watcher.get(6)) == 6


def test_a_child_that_takes_too_much_memory_is_ended(tmp_path):
    with Watcher(program=MODULE, memory_bytes=500 << 20) as watcher:
        watcher.show(a_scene(tmp_path))
        assert watcher.get(GREEDY).code == "preview_too_large"
        assert code(watcher.get(6)) == 6


def test_a_program_that_cannot_run_is_said_once_and_not_tried_for_ever(tmp_path):
    with Watcher(program="no.such.program") as watcher:
        watcher.show(a_scene(tmp_path))
        answers = [watcher.get(frame) for frame in range(2)]
        assert {answer.code for answer in answers} == {"preview_ended"}
        sentence, advice = watcher.ended.get(timeout=30)
        assert sentence
        assert advice
        assert watcher.ended.empty()


def test_a_child_that_waits_for_pictures_to_be_taken_is_not_taken_for_hung(tmp_path):
    with Watcher(silence_s=1.0) as watcher:
        watcher.show(a_scene(tmp_path, frames=120))
        number = watcher.play(0, 120, sides=("before",))
        while watcher.next(Shown).frame < 20:
            pass
        pid = watcher.viewer.pid
        threading.Event().wait(2.5)  # longer than silence is borne
        watcher.viewer.taken(number, 21)
        while watcher.next(Shown).frame < 30:
            pass
        assert watcher.viewer.pid == pid


def test_closing_ends_the_child_and_nothing_is_heard_after(tmp_path):
    watcher = Watcher()
    watcher.show(a_scene(tmp_path))
    watcher.get(1)
    pid = watcher.viewer.pid
    watcher.ask(2)
    watcher.viewer.close()
    heard = watcher.heard.qsize()
    assert not psutil.pid_exists(pid)
    watcher.viewer.ask(viewer.Ask(99, 3, "before", 100))
    watcher.viewer.close()
    assert watcher.heard.qsize() == heard


def test_a_viewer_that_was_never_used_closes_at_once():
    Watcher().viewer.close()


@posix
def test_a_child_ends_with_a_parent_that_is_killed(tmp_path):
    scene = a_scene(tmp_path, frames=400)
    program = f"""
import sys, threading
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parents[2])!r}]
from preview_watching import Watcher, scene_of_clip
from pathlib import Path
watcher = Watcher()
watcher.show(scene_of_clip(Path({scene.source.path!r})))
watcher.get(3)
watcher.play(0, 400, loop=True)
print(watcher.viewer.pid, flush=True)
threading.Event().wait()
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    try:
        pid = int(parent.stdout.readline())
        child = psutil.Process(pid)
    finally:
        parent.kill()
        parent.wait(timeout=30)
        parent.stdout.close()
    until_s = time.monotonic() + 30
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < until_s, "the child lives on"
        threading.Event().wait(0.05)
