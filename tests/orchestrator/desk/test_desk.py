"""The desk does what is asked, one thing after another, and says how everything ended."""

from __future__ import annotations

import threading
from hashlib import sha256
from pathlib import Path

import pytest

from orchestrator.desk import changes
from orchestrator.desk.book import Book, book_path, read_entries
from orchestrator.desk.cards import named
from orchestrator.job import Phase
from orchestrator.jobs import list_jobs, read_record, read_state
from remote_worker.contract.messages import Bye
from tests.clips import barcodes_of
from tests.fakes.fleets import FakeFleet, hello
from tests.orchestrator.desk.desk_acts import FRAMES, add, holding, is_rendering
from tests.orchestrator.desk.queue_entries import WHY, entry
from tests.orchestrator.desk.watching_desks import open_desk

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


def test_troubles_of_other_entries_stay(stage):
    home, (clip, _) = stage
    with open_desk(home) as (desk, watcher):
        desk.change("add", lambda e: (*e, entry("z", "failed")))
        name = add(desk, clip)
        watcher.wait_state(name, "ready")
        assert watcher.last.entries[0].trouble == WHY
