"""The desk does what is asked, one thing after another, and says how everything ended."""

from __future__ import annotations

import shutil
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from orchestrator.desk import changes
from orchestrator.desk.board import Board
from orchestrator.desk.book import Book, book_path, read_entries
from orchestrator.desk.cards import named
from orchestrator.desk.entries import Look, Output, Result
from orchestrator.desk.estimate import estimate_s, frames_of
from orchestrator.desk.naming import new_entry_ids
from orchestrator.desk.turn import free_output
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import list_jobs, read_record, read_state
from orchestrator.media.guard import Cancelled
from remote_worker.contract.messages import Bye
from tests.clips import barcodes_of, make_clip
from tests.fakes.fleets import FakeFleet, hello
from tests.faults.stories import identity_wish
from tests.orchestrator.desk.queue_entries import IDENTITY, WHY, cast_as, entry, facts
from tests.orchestrator.desk.watching_desks import open_desk

FRAMES = 48


@pytest.fixture(scope="module")
def seen_home(tmp_path_factory):
    """A home in which two clips were looked at, and the clips; each without a face."""
    folder = tmp_path_factory.mktemp("seen")
    clips = [
        identity_wish(folder / name, frames=FRAMES, seed=seed, first=100 * seed).source
        for seed, name in enumerate("ab")
    ]
    home = Home(folder / "home")
    with open_desk(home) as (desk, watcher):
        for each in desk.add(clips):
            watcher.wait_state(each, "ready")
    book_path(home).unlink()
    return home, clips


@pytest.fixture
def stage(seen_home, tmp_path):
    """A home and clips of its own, as new, in which looks are quick."""
    there, clips = seen_home
    home = Home(tmp_path / "home")
    shutil.copytree(there.root, home.root)
    mine = []
    for number, clip in enumerate(clips):
        copy = tmp_path / f"clip{number}.mp4"
        shutil.copy2(clip, copy)
        mine.append(copy)
    return home, mine


def hold(fleet, lease_id):
    """Say hello and do nothing until told to end."""
    yield hello(lease_id)
    fleet.await_order(lease_id)
    yield Bye(reason="drained")


def holding():
    """A fleet whose first worker renders nothing until it is told to rest."""
    return FakeFleet((hold,))


def add(desk, clip, **more):
    (made,) = desk.add([clip], look=IDENTITY, **more)
    return made


def is_rendering(snapshot):
    return snapshot.running is not None and snapshot.running.seen.phase is Phase.RENDERING


# -- from a drop to a finished video -------------------------------------------------------


def test_videos_are_looked_at_and_rendered_in_the_queue_s_order(stage):
    home, (one, two) = stage
    idle = []
    with open_desk(home, fleet_for=FakeFleet(), on_idle=idle.append) as (desk, watcher):
        first, second = add(desk, one), add(desk, two)
        watcher.wait_state(second, "ready")
        desk.change("move", lambda e: changes.moved(e, {second}, first))
        desk.queue([first, second])
        done = watcher.wait_state(first, "done")
        watcher.wait(lambda _: idle)
    assert [each.entry_id for each in watcher.last.entries] == [second, first]
    began = [s.running.entry_id for s in watcher.all if s.running is not None]
    assert list(dict.fromkeys(began)) == [second, first]
    assert barcodes_of(done.result.output_path) == list(range(FRAMES))
    assert done.result.output_path == str(one.with_name("clip0-secondunit.mp4"))
    assert done.result.rendered_frames == FRAMES
    assert done.result.digest == sha256(Path(done.result.output_path).read_bytes()).hexdigest()
    assert [{e.entry_id for e in had} for had in idle] == [{first, second}]
    assert {work.work for s in watcher.all if (work := s.looking)} >= {"probing"}


def test_rendered_again_it_gets_another_name_and_reuses_what_is_stored(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=FakeFleet()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        first = watcher.wait_state(name, "done")
        desk.change("again", lambda e: changes.again(e, {name}))
        watcher.wait(lambda s: s.entries[0].job_id != first.job_id and s.entries[0].result)
        second = watcher.wait(lambda s: s.entries[0].result != first.result).entries[0]
    assert second.result.output_path.endswith("clip0-secondunit-2.mp4")
    assert second.result.rendered_frames == 0
    assert barcodes_of(second.result.output_path) == list(range(FRAMES))


def test_two_entries_of_one_source_write_two_files(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=FakeFleet()) as (desk, watcher):
        one = add(desk, clip)
        watcher.wait_state(one, "ready")
        (two,) = desk.duplicate([one])
        watcher.wait(lambda s: len(s.entries) == 2)
        desk.queue([one, two])
        done = [watcher.wait_state(each, "done") for each in (one, two)]
    paths = [each.result.output_path for each in done]
    assert [Path(path).name for path in paths] == ["clip0-secondunit.mp4", "clip0-secondunit-2.mp4"]
    assert barcodes_of(paths[0]) == barcodes_of(paths[1]) == list(range(FRAMES))


def test_a_render_asked_for_before_the_look_follows_it(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=FakeFleet()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        assert watcher.wait_state(name, "done").once_looked is None


# -- to pause, to stop, to cancel ----------------------------------------------------------


@pytest.mark.parametrize("stop", ["pause", "stop_now"])
def test_a_render_that_was_paused_goes_on_where_it_was(stage, stop):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=holding()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        job = watcher.wait(is_rendering).running.job_id
        getattr(desk, stop)()
        rests = watcher.wait_state(name, "queued")
        assert watcher.last.paused
        assert rests.job_id == job
        desk.go_on()
        done = watcher.wait_state(name, "done")
        assert done.job_id == job
        assert not watcher.last.paused
    assert any(s.stopping for s in watcher.all)
    assert list_jobs(home) == (job,)


def test_while_a_render_rests_an_urgent_one_has_its_turn_and_then_it_goes_on(stage):
    home, (one, two) = stage
    with open_desk(home, fleet_for=holding()) as (desk, watcher):
        first, second = add(desk, one), add(desk, two)
        desk.queue([first, second])
        watcher.wait(is_rendering)
        desk.pause()
        job = watcher.wait_state(first, "queued").job_id
        watcher.wait_state(second, "queued")
        desk.change("urgent", lambda e: changes.urged(e, {second, first}, urgent=True))
        desk.change("urgent", lambda e: changes.urged(e, {first}, urgent=False))
        desk.go_on()
        assert watcher.wait_state(first, "done").job_id == job
    began = [s.running.entry_id for s in watcher.all if s.running is not None]
    assert list(dict.fromkeys(began[::-1]))[::-1] == [second, first], "it ended before the other"
    assert [each.entry_id for each in watcher.last.entries] == [second, first]
    urgent = {e.entry_id: read_record(home, e.job_id).request.urgent for e in watcher.last.entries}
    assert urgent == {first: False, second: True}


def test_a_job_that_rests_is_as_urgent_as_its_entry_once_it_goes_on(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=holding()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        watcher.wait(is_rendering)
        desk.pause()
        job = watcher.wait_state(name, "queued").job_id
        assert not read_record(home, job).request.urgent
        desk.change("urgent", lambda e: changes.urged(e, {name}, urgent=True))
        desk.go_on()
        assert watcher.wait_state(name, "done").job_id == job
        assert read_record(home, job).request.urgent


def test_paused_and_let_go_on_before_it_rests_it_still_goes_on(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=holding()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        watcher.wait(is_rendering)
        desk.pause()
        desk.go_on()
        watcher.wait_state(name, "done")


def test_stopped_after_the_current_no_other_begins(stage):
    home, (one, two) = stage
    release = threading.Event()

    def waits(fleet, lease_id):
        yield hello(lease_id)
        release.wait(60)
        yield Bye(reason="queue_unavailable")

    with open_desk(home, fleet_for=FakeFleet((waits,))) as (desk, watcher):
        first, second = add(desk, one), add(desk, two)
        desk.queue([first, second])
        watcher.wait(is_rendering)
        desk.stop_after_current()
        watcher.wait(lambda s: s.paused)
        release.set()
        watcher.wait_state(first, "done")
        assert watcher.wait_state(second, "queued").job_id is None
        desk.go_on()
        watcher.wait_state(second, "done")


def test_a_cancelled_render_ends_for_good_and_the_next_begins(stage):
    home, (one, two) = stage
    with open_desk(home, fleet_for=holding()) as (desk, watcher):
        first, second = add(desk, one), add(desk, two)
        desk.queue([first, second])
        watcher.wait(is_rendering)
        desk.cancel(first)
        cancelled = watcher.wait_state(first, "cancelled")
        watcher.wait_state(second, "done")
        assert read_state(home, cancelled.job_id).job.phase is Phase.CANCELLED
        desk.queue([first])
        again = watcher.wait_state(first, "done")
        assert again.job_id != cancelled.job_id
        assert again.result.output_path.endswith("clip0-secondunit.mp4")


def test_cancelling_what_waits_takes_it_out_of_the_line(stage):
    home, (one, _) = stage
    with open_desk(home) as (desk, watcher):
        name = add(desk, one)
        watcher.wait_state(name, "ready")
        desk.stop_after_current()
        desk.queue([name])
        watcher.wait_state(name, "queued")
        desk.cancel(name)
        watcher.wait_state(name, "ready")
        desk.undo()
        watcher.wait_state(name, "queued")


def test_what_renders_cannot_be_removed_and_what_waits_can(stage):
    home, (one, two) = stage
    with open_desk(home, fleet_for=holding()) as (desk, watcher):
        first, second = add(desk, one), add(desk, two)
        desk.queue([first, second])
        watcher.wait(is_rendering)
        desk.change("remove", lambda e: changes.removed(e, {first, second}))
        last = watcher.wait(lambda s: len(s.entries) == 1)
        assert last.entries[0].entry_id == first
        desk.undo()
        watcher.wait_state(second, "queued")
        desk.stop_now()
        watcher.wait_state(first, "queued")


def test_closed_in_the_middle_the_next_start_goes_on(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=holding()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        job = watcher.wait(is_rendering).running.job_id
    (kept,) = read_entries(book_path(home))
    assert (kept.state, kept.job_id) == ("rendering", job)
    with open_desk(home, fleet_for=FakeFleet()) as (_, watcher):
        assert watcher.wait_state(name, "done").job_id == job


def test_a_pause_outlives_the_app(stage):
    home, (clip, _) = stage
    with open_desk(home) as (desk, watcher):
        desk.pause()
        name = add(desk, clip)
        desk.queue([name])
        watcher.wait_state(name, "queued")
    with open_desk(home, fleet_for=FakeFleet()) as (desk, watcher):
        assert watcher.wait_state(name, "queued")
        assert watcher.last.paused
        desk.go_on()
        watcher.wait_state(name, "done")


# -- jobs that nobody goes on with ---------------------------------------------------------


def test_a_changed_wish_ends_the_job_that_rested_and_takes_its_file(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=holding()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        job = watcher.wait(is_rendering).running.job_id
        desk.stop_now()
        watcher.wait_state(name, "queued")
        desk.cancel(name)
        watcher.wait_state(name, "stopped")
        desk.change("output", lambda e: changes.with_output(e, {name}, Output(quality=30)))
        watcher.wait_state(name, "ready")
        desk.go_on()
        desk.queue([name])
        done = watcher.wait_state(name, "done")
    assert done.job_id != job
    assert Path(done.result.output_path).name == "clip0-secondunit.mp4"
    assert read_state(home, job).job.phase is Phase.CANCELLED


def test_a_job_that_was_deleted_is_made_anew(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=holding()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        job = watcher.wait(is_rendering).running.job_id
    shutil.rmtree(home.job(job))
    with open_desk(home, fleet_for=FakeFleet()) as (_, watcher):
        assert watcher.wait_state(name, "done").job_id == job
    assert read_record(home, job).job_id == job


def test_killed_between_the_name_and_the_job_it_is_made_under_that_name(stage):
    home, (clip, _) = stage
    with open_desk(home, renders=False) as (desk, watcher):
        name = add(desk, clip)
        watcher.wait_state(name, "ready")
    with_job = replace(read_entries(book_path(home))[0], state="rendering", job_id="20260101-x")
    book = Book(book_path(home))
    book.entries()
    book.write((with_job,))
    book.close()
    (home.jobs / ".20260101-x").mkdir()
    with open_desk(home, fleet_for=FakeFleet()) as (_, watcher):
        assert watcher.wait_state(name, "done").job_id == "20260101-x"


# -- what goes wrong -----------------------------------------------------------------------


def test_a_source_that_is_gone_is_refused_and_can_be_tried_again(stage):
    home, (clip, _) = stage
    away = clip.with_suffix(".away")
    clip.rename(away)
    with open_desk(home) as (desk, watcher):
        name = add(desk, clip)
        refused = watcher.wait_state(name, "refused")
        assert refused.trouble.code == "source_missing"
        assert refused.trouble.advice
        desk.retry([name])
        watcher.wait(lambda s: s.undo == "retry" and s.entries[0].state == "refused")
        away.rename(clip)
        desk.retry([name])
        watcher.wait_state(name, "ready")


def test_a_file_that_is_no_video_is_refused_in_words(stage, tmp_path):
    home, _ = stage
    (tmp_path / "letter.mp4").write_text("Dear all, " * 100)
    with open_desk(home) as (desk, watcher):
        trouble = watcher.wait_state(add(desk, tmp_path / "letter.mp4"), "refused").trouble
    assert trouble.code != "fault"
    assert trouble.sentence.endswith(".")
    assert trouble.advice.endswith(".")


def failed(watcher, name):
    trouble = watcher.wait_state(name, "failed").trouble
    assert trouble.sentence.endswith(".")
    assert trouble.advice.endswith(".")
    return trouble


def test_a_source_deleted_since_the_look_fails_the_render_and_a_retry_looks(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=FakeFleet()) as (desk, watcher):
        name = add(desk, clip)
        watcher.wait_state(name, "ready")
        away = clip.with_suffix(".away")
        clip.rename(away)
        desk.queue([name])
        assert failed(watcher, name).code == "source_missing"
        away.rename(clip)
        desk.retry([name])
        watcher.wait_state(name, "done")


def test_another_file_in_the_source_s_place_is_looked_at_before_it_is_rendered(stage):
    home, (clip, other) = stage
    with open_desk(home, fleet_for=FakeFleet()) as (desk, watcher):
        name = add(desk, clip)
        watcher.wait_state(name, "ready")
        desk.change("cast", lambda e: changes.cast(e, name, "p1", cast_as("grace")))
        desk.change("cast", lambda e: changes.cast(e, name, "p1", ()))
        clip.unlink()
        shutil.copy(other, clip)
        desk.queue([name])
        assert failed(watcher, name).code == "source_changed"
        desk.retry([name])
        done = watcher.wait_state(name, "done")
    assert barcodes_of(done.result.output_path) == list(range(100, 100 + FRAMES))


def test_a_source_that_changed_while_its_job_rested_is_not_rendered(stage):
    home, (clip, other) = stage
    with open_desk(home, fleet_for=holding()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        first = watcher.wait(is_rendering).running.job_id
        desk.pause()
        watcher.wait_state(name, "queued")
        clip.unlink()
        shutil.copy(other, clip)
        desk.go_on()
        assert failed(watcher, name).code == "source_changed"
        desk.retry([name])
        done = watcher.wait_state(name, "done")
    assert done.job_id != first


def test_a_missing_output_folder_is_told_before_anything_is_rendered(stage, tmp_path):
    home, (clip, _) = stage
    folder = tmp_path / "finished"
    with open_desk(home, fleet_for=FakeFleet()) as (desk, watcher):
        name = add(desk, clip, output=Output(folder=str(folder), name="mine", container="mkv"))
        desk.queue([name])
        assert str(folder) in failed(watcher, name).sentence
        folder.mkdir()
        desk.retry([name])
        watcher.wait_state(name, "done")
    assert (folder / "mine.mkv").is_file()


def test_with_nobody_cast_there_is_nothing_to_render(stage):
    home, (clip, _) = stage
    with open_desk(home) as (desk, watcher):
        (name,) = desk.add([clip])
        watcher.wait_state(name, "ready")
        desk.queue([name])
        trouble = failed(watcher, name)
        assert "--" not in trouble.advice
        assert trouble.code == "casting_refused"
        desk.change("cast", lambda e: changes.cast(e, name, "p1", cast_as("0" * 32)))
        watcher.wait_state(name, "ready")
        desk.queue([name])
        assert failed(watcher, name).code == "source_face_missing"


def test_a_fault_of_the_program_fails_one_entry_and_not_the_queue(stage, monkeypatch):
    home, (one, two) = stage
    monkeypatch.setattr("orchestrator.desk.turn.free_output", lambda *_: 1 / 0)
    with open_desk(home, fleet_for=FakeFleet()) as (desk, watcher):
        first, second = add(desk, one), add(desk, two)
        desk.queue([first])
        assert failed(watcher, first).code == "fault"
        monkeypatch.undo()
        desk.queue([second])
        watcher.wait_state(second, "done")
    assert list(home.crashes.iterdir())


def test_the_desk_outlives_what_a_view_asks_wrongly_and_whoever_looks(stage):
    home, (clip, _) = stage
    with open_desk(home) as (desk, watcher):
        desk.change("nonsense", lambda e: 1 / 0)
        told = watcher.wait(lambda s: s.trouble)
        assert "ZeroDivisionError" in told.trouble.sentence
        name = add(desk, clip)
        assert watcher.wait_state(name, "ready")
        assert watcher.last.trouble is None

    class Deaf:
        calls = 0

        def __call__(self, snapshot):
            self.calls += 1
            raise RuntimeError("the window is gone")

    deaf = Deaf()
    from orchestrator.desk.desk import Desk

    desk = Desk(home, deaf)
    desk.start()
    desk.change("remove", lambda e: ())
    desk.close()
    assert deaf.calls == 1
    assert read_entries(book_path(home)) == ()


def test_closing_a_desk_that_never_was_started_is_nothing(tmp_path):
    from orchestrator.desk.desk import Desk

    Desk(Home(tmp_path), lambda _: None).close()


# -- looks ---------------------------------------------------------------------------------


class SlowScan:
    """A scan that goes on until it is cancelled, in place of a video of hours."""

    def __init__(self):
        self.begun = threading.Event()
        self.ended = []

    def __call__(self, home, seen, share, cancelled=None):
        share(1, 100)
        self.begun.set()
        assert cancelled.wait(60), "nobody ended it"
        self.ended.append(seen[0].report.path)
        raise Cancelled("It was stopped.", "Go on.")


@pytest.fixture
def slow_scan(monkeypatch):
    slow = SlowScan()
    monkeypatch.setattr("orchestrator.desk.shelf.find_people", slow)
    return slow


def test_removing_what_is_looked_at_ends_the_look(stage, slow_scan, monkeypatch):
    home, (one, two) = stage
    with open_desk(home) as (desk, watcher):
        first = add(desk, one)
        watcher.wait(lambda s: s.looking is not None and s.looking.total == 100)
        desk.change("remove", lambda e: changes.removed(e, {first}))
        watcher.wait(lambda s: s.looking is None and not s.entries)
        assert slow_scan.ended == [str(one)]
        monkeypatch.undo()
        watcher.wait_state(add(desk, two), "ready")


def test_closing_ends_a_look_and_the_next_start_looks_anew(stage, slow_scan, monkeypatch):
    home, (one, _) = stage
    with open_desk(home) as (desk, _):
        name = add(desk, one)
        assert slow_scan.begun.wait(60)
    assert slow_scan.ended
    monkeypatch.undo()
    with open_desk(home) as (_, watcher):
        watcher.wait_state(name, "ready")


def test_what_the_user_looks_at_is_looked_at_next(stage, slow_scan, monkeypatch, tmp_path):
    home, (one, two) = stage
    with open_desk(home) as (desk, watcher):
        first, second, third = add(desk, one), add(desk, tmp_path / "none.mp4"), add(desk, two)
        watcher.wait(lambda s: s.looking is not None)
        desk.focus(third)
        monkeypatch.undo()
        desk.change("remove", lambda e: changes.removed(e, {first}))
        watcher.wait_state(second, "refused")
    states = [{e.entry_id: e.state for e in s.entries} for s in watcher.all]
    assert first in states[1]
    at_once = next(row for row in states if row.get(second) == "refused")
    assert at_once[third] == "ready"


def test_a_scan_that_was_deleted_is_made_again(stage):
    home, (clip, _) = stage
    with open_desk(home) as (desk, watcher):
        name = add(desk, clip)
        watcher.wait_state(name, "ready")
    shutil.rmtree(home.scans)
    with open_desk(home) as (_, watcher):
        watcher.wait(lambda s: s.looking is not None)
        watcher.wait_state(name, "ready")
    assert watcher.last.trouble is None


# -- the queue's file ----------------------------------------------------------------------


def test_a_queue_that_another_has_is_shown_and_taken_over_when_it_is_free(stage):
    home, (clip, _) = stage
    with open_desk(home, renders=False) as (desk, watcher):
        name = add(desk, clip)
        watcher.wait_state(name, "ready")
        desk.queue([name])
        watcher.wait_state(name, "queued")
        with open_desk(home, fleet_for=FakeFleet()) as (second, seen):
            assert [e.entry_id for e in seen.last.entries] == [name]
            assert seen.last.trouble is not None
            second.change("remove", lambda e: ())
            second.pause()
            desk.focus(name)
            desk.close()
            seen.wait_state(name, "done")
            assert seen.last.trouble is None


def test_a_damaged_queue_is_told_left_alone_and_worked_beside(stage):
    home, (clip, _) = stage
    book_path(home).write_bytes(b"rubbish" * 1000)
    with open_desk(home, fleet_for=FakeFleet()) as (desk, watcher):
        assert "desk.sqlite" in watcher.last.trouble.sentence
        name = add(desk, clip)
        desk.queue([name])
        watcher.wait_state(name, "done")
        assert "desk.sqlite" in watcher.last.trouble.sentence
    assert book_path(home).read_bytes() == b"rubbish" * 1000


def test_names_of_people_are_kept(stage):
    home, _ = stage
    with open_desk(home) as (desk, _):
        desk.put_right(lambda now: named(now, ["a:p1"], "Ada"))
        desk.put_right(lambda now: named(now, ["b:p1"], "Grace"))
    book = Book(book_path(home))
    assert "Ada" in book.note("put_right")
    book.close()


# -- small things --------------------------------------------------------------------------


def test_an_output_s_name_is_free_and_is_a_name(tmp_path):
    source = tmp_path / "a.mov"
    (tmp_path / "a-secondunit.mp4").touch()
    made = replace(entry("a", "ready"), source=str(source))
    assert free_output(made, set()).name == "a-secondunit-2.mp4"
    taken = {str(tmp_path / "a-secondunit-2.mp4")}
    assert free_output(made, taken).name == "a-secondunit-3.mp4"
    for name in ("../x", "a/b", "/etc/x"):
        with pytest.raises(RequestRefused):
            free_output(replace(made, output=Output(name=name)), set())


def test_estimates_come_from_what_was_rendered_here():
    done = replace(
        entry("d", "done"),
        facts=facts(frames=300, size_px=(640, 360)),
        result=Result(
            output_path="", digest="b" * 64, frame_count=300, missed_frames=0, seconds=60.0,
            finished_at="2026-01-02", rendered_frames=150,
        ),
    )  # fmt: skip
    wanted = replace(entry("e", "ready"), facts=facts(frames=300, size_px=(1280, 720)))
    assert estimate_s(wanted, []) is None
    assert estimate_s(wanted, [done]) == pytest.approx(300 * 4 * 60 / 150)
    assert estimate_s(entry("n"), [done]) is None
    half = replace(wanted, trim_in=facts().duration / 2)
    assert frames_of(half) == 150
    assert estimate_s(half, [done]) == pytest.approx(150 * 4 * 60 / 150)
    assert frames_of(replace(half, trim_out=facts().duration / 4)) == 0
    other = replace(done, look=Look(engine="other"))
    assert estimate_s(wanted, [other]) is None
    reused = replace(done, result=replace(done.result, rendered_frames=0))
    assert estimate_s(wanted, [reused]) is None
    slow = replace(
        done, output=Output(codec="av1"), result=replace(done.result, rendered_frames=15)
    )
    assert estimate_s(wanted, [done, slow]) == estimate_s(wanted, [done])
    assert estimate_s(replace(wanted, output=Output(codec="h265")), [slow]) is not None


def test_a_board_tells_of_scans_that_are_missing_and_of_nothing_twice(stage):
    home, _ = stage
    from orchestrator.desk.cards import Corrections
    from orchestrator.desk.shelf import Shelf

    board = Board(home, Shelf(home))
    gone = entry("g", "ready", facts=facts("d" * 64))
    arranged = board.arrange({gone.entry_id: gone}, Corrections())
    assert (arranged.missing, arranged.trouble, arranged.cards) == (("g",), None, ())
    assert board.arrange({gone.entry_id: None}, Corrections()).missing == ()


def test_troubles_of_other_entries_stay(stage):
    home, (clip, _) = stage
    with open_desk(home) as (desk, watcher):
        desk.change("add", lambda e: (*e, entry("z", "failed")))
        name = add(desk, clip)
        watcher.wait_state(name, "ready")
        assert watcher.last.entries[0].trouble == WHY


def test_a_clip_of_one_colour_can_be_looked_at(stage, tmp_path):
    home, _ = stage
    with open_desk(home) as (desk, watcher):
        name = add(desk, make_clip(tmp_path / "one.mp4", frames=1))
        assert watcher.wait_state(name, "ready").facts.frame_count == 1


def test_a_job_whose_video_was_taken_away_is_rendered_anew(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=FakeFleet()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        done = watcher.wait_state(name, "done")
        Path(done.result.output_path).unlink()
    killed_before_it_was_written = replace(done, state="rendering", result=None)
    book = Book(book_path(home))
    book.entries()
    book.write((killed_before_it_was_written,))
    book.close()
    with open_desk(home, fleet_for=FakeFleet()) as (_, watcher):
        again = watcher.wait_state(name, "done")
    assert again.job_id != done.job_id
    assert barcodes_of(again.result.output_path) == list(range(FRAMES))


def test_a_job_that_was_done_before_it_was_written_down_is_done(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=FakeFleet()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        done = watcher.wait_state(name, "done")
    book = Book(book_path(home))
    book.entries()
    book.write((replace(done, state="rendering", result=None),))
    book.close()
    fleet = FakeFleet()
    with open_desk(home, fleet_for=fleet) as (_, watcher):
        again = watcher.wait_state(name, "done")
    assert (again.job_id, again.result.digest) == (done.job_id, done.result.digest)
    assert fleet.requested == []


def test_a_face_removed_while_its_render_rests_is_not_rendered(stage):
    home, (clip, _) = stage
    with open_desk(home, fleet_for=holding()) as (desk, watcher):
        name = add(desk, clip)
        desk.queue([name])
        watcher.wait(is_rendering)
        desk.pause()
        watcher.wait_state(name, "queued")
        desk.change("cast", lambda e: tuple(replace(each, casts=cast_as("0" * 32)) for each in e))
        desk.go_on()
        assert failed(watcher, name).code == "source_face_missing"


@pytest.mark.alone
def test_ten_thousand_entries_keep_nobody_waiting(tmp_path):
    """Another thread, as the window's is, gets the interpreter whatever the desk does."""
    names = new_entry_ids(10_000)
    new = tuple(replace(entry(name, "done"), source=f"/videos/{name}.mp4") for name in names)
    with open_desk(Home(tmp_path / "home"), renders=False) as (desk, watcher), lateness() as late:
        desk.change("add", lambda e: changes.added(e, new))
        watcher.wait(lambda s: len(s.entries) == len(names))
        desk.change("move", lambda e: changes.moved(e, set(names[5000:]), names[0]))
        watcher.wait(lambda s: s.entries[0].entry_id == names[5000])
        desk.change("remove", lambda e: changes.removed(e, set(names[:5000])))
        watcher.wait(lambda s: len(s.entries) == 5000)
        desk.undo()
        watcher.wait(lambda s: len(s.entries) == len(names))
    with open_desk(Home(tmp_path / "home"), renders=False) as (_, watcher):
        assert [e.entry_id for e in watcher.last.entries[:2]] == list(names[5000:5002])
    late.sort()
    assert late[len(late) * 98 // 100] < 0.05


@contextmanager
def lateness():
    """Give a list of how late each wake-up of a thread was, that sleeps as the window's does."""
    late, ends = [], threading.Event()

    def sleep():
        while not ends.is_set():
            asleep_s = time.monotonic()
            time.sleep(0.002)
            late.append(time.monotonic() - asleep_s - 0.002)

    thread = threading.Thread(target=sleep)
    thread.start()
    try:
        yield late
    finally:
        ends.set()
        thread.join()
