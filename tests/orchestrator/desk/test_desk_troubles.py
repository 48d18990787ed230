"""What goes wrong with a source, a job or the program is told, and the desk goes on."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from orchestrator.desk import changes
from orchestrator.desk.book import Book, book_path, read_entries
from orchestrator.desk.entries import Output
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import read_record, read_state
from tests.clips import barcodes_of
from tests.fakes.fleets import FakeFleet
from tests.orchestrator.desk.desk_acts import FRAMES, add, failed, holding, is_rendering
from tests.orchestrator.desk.queue_entries import cast_as
from tests.orchestrator.desk.watching_desks import open_desk

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
