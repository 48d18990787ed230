"""However often the app is killed, no entry that was shown is lost, moved or rendered wrongly."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace

import pytest

from orchestrator.desk.book import book_path, read_entries
from orchestrator.home import Home
from orchestrator.jobs import list_jobs, read_index, read_record, write_record
from orchestrator.runner import drive
from tests.clips import barcodes_of
from tests.faults.kills import await_no_process_of, start
from tests.faults.stories import identity_wish
from tests.orchestrator.desk.watching_desks import open_desk

_END_S = 240.0


def orders_said(home):
    """Return the order that was shown last, and those that were to come after it."""
    shown, to_come = [], []
    with suppress(FileNotFoundError):
        for line in (home.root / "said.jsonl").read_text().splitlines():
            with suppress(ValueError):  # the last line may be torn
                what, order = json.loads(line)
                shown, to_come = (order, []) if what == "is" else (shown, [*to_come, order])
    return shown, to_come


def check_queue(home):
    """Check that the queue is as it was shown, or as it was about to be."""
    kept = read_entries(book_path(home)) if book_path(home).exists() else ()
    order = [each.entry_id for each in kept]
    shown, to_come = orders_said(home)
    if not to_come and len(order) == len(shown) + 1:
        assert order[:-1] == shown  # added, and killed before the id was written down
        return
    assert order in (shown, *to_come)


def begin(home, entries, seed, how_long, clips):
    return start(
        home, "tests.orchestrator.desk.desk_child", home.root, entries, seed, how_long, *clips
    )


def said_by(home):
    return (home.root / "orchestrator.log").read_text(errors="replace")[-3000:]


def warm(home, clips):
    """Look at the clips beforehand, so that the kills come while there is more to see."""
    with open_desk(home, renders=False) as (desk, watcher):
        for name in desk.add(clips):
            watcher.wait_state(name, "ready")
    for left in home.root.glob("desk*"):
        left.unlink()


def torment(tmp_path, *, kills, entries, seed, frames=400):
    chance = random.Random(seed)
    home = Home(tmp_path / "home")
    clips = [
        identity_wish(tmp_path / f"c{number}", frames=length, seed=number).source
        for number, length in enumerate((frames, 24, 24))
    ]
    warm(home, clips[:2])
    for number in range(kills):
        process = begin(home, entries, seed * 1000 + number, "for ever", clips)
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.3 + chance.random() * chance.choice((0.4, 1.2, 2.6)))
        process.kill()
        assert process.wait() == -signal.SIGKILL, said_by(home)
        check_queue(home)
    process = begin(home, entries, seed, "until it is done", clips)
    assert process.wait(_END_S) == 0, said_by(home)
    check_queue(home)
    await_no_process_of(home)
    check_rendered(home, tmp_path, frames)


def check_rendered(home, tmp_path, frames):
    """Check that the first clip's video has the bytes of one that nobody disturbed."""
    done = [each for each in read_entries(book_path(home)) if each.state == "done"]
    (entry,) = done
    assert list_jobs(home) == (entry.job_id,), "a job was made twice"
    assert barcodes_of(entry.result.output_path) == list(range(frames))
    record, twin = read_record(home, entry.job_id), Home(tmp_path / "twin")
    request = replace(record.request, output_path=str(tmp_path / "twin.mp4"))
    write_record(twin, replace(record, request=request), read_index(home, record.job_id))
    undisturbed = drive(twin, record.job_id).finished
    assert undisturbed.video.digest == entry.result.digest
    shutil.rmtree(twin.root)


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")


def test_killed_at_any_moment_the_queue_and_the_render_go_on(tmp_path):
    torment(tmp_path, kills=5, entries=8, seed=1)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(2, 8))
def test_killed_over_and_over_the_queue_and_the_render_go_on(tmp_path, seed):
    torment(tmp_path, kills=40, entries=40, seed=seed, frames=3000)
