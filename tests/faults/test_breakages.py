"""Whatever breaks under a running job, it says what, keeps what is finished, and goes on later."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from orchestrator import runner
from orchestrator.errors import JobBusy, SourceChanged, StorageFailed
from orchestrator.fleet.local import LocalFleet, LocalPlace
from orchestrator.job import (
    Phase,
)
from orchestrator.jobs import (
    journal_path,
    new_job_id,
    read_index,
    read_state,
    write_record,
)
from orchestrator.runner import StopSignal, drive
from remote_worker.contract.coding import canonical, from_text
from remote_worker.contract.records import ChunkMessage, SegmentRecord
from remote_worker.queues.sqlite import SqliteQueue
from remote_worker.stores import blob_key, segment_key
from remote_worker.stores.folder import FolderStore
from tests.faults.stories import check_result, identity_original, identity_wish, twin

SEED = 77


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A job that takes a few seconds, so that there is a middle to break something in."""
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=240, segment_frames=10, seed=SEED, preset="slower")


class Middle:
    """Watches a job and does one thing to it when a share of its frames is done."""

    def __init__(self, action, *, share=0.3):
        self.action, self.share, self.done = action, share, False
        self.fleet = None

    def fleet_for(self, home, record, queue, tell):
        folder = home.job(record.job_id) / "workers"
        self.fleet = LocalFleet(LocalPlace(folder, queue, home.store, 0.7, 3.0), tell)
        return self.fleet

    def __call__(self, seen):
        if not self.done and seen.frames_done >= self.share * seen.frames_total:
            self.done = True
            self.action()

    def drive(self, home, record, **how):
        outcome = drive(home, record.job_id, watch=self, fleet_for=self.fleet_for, **how)
        assert self.done, "nothing was broken"
        return outcome


@pytest.fixture
def story(original, tmp_path):
    """The same job in a home of its own, for two workers."""
    return twin(original, tmp_path / "story", workers=2)


def queue_of(home, record) -> Path:
    (path,) = home.job(record.job_id).glob("queue-*.sqlite")
    return path


def records_in(home, record) -> list[Path]:
    store = FolderStore(home.store)
    refs = [ref for chunk in record.plan.chunks for ref in chunk.segments]
    paths = [store.path_of(segment_key(ref.segment_id)) for ref in refs]
    return [path for path in paths if path.exists()]


def blob_of(home, record_file: Path) -> Path:
    blob = from_text(SegmentRecord, record_file.read_bytes()).blob
    return FolderStore(home.store).path_of(blob_key(blob))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


DAMAGES = {
    "a byte of its blob flipped": lambda blob, record: flip(blob),
    "its blob cut short": lambda blob, record: os.truncate(blob, blob.stat().st_size // 2),
    "its blob deleted": lambda blob, record: blob.unlink(),
    "its record deleted": lambda blob, record: record.unlink(),
    "its record garbage": lambda blob, record: record.write_bytes(b"{"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_segment_is_rendered_again_in_the_middle(original, story, damage):
    home, record = story

    def break_one():
        found = records_in(home, record)[0]
        DAMAGES[damage](blob_of(home, found), found)

    outcome = Middle(break_one).drive(home, record)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    check_result(original, home, record)


@pytest.mark.parametrize(
    "damage", ["a byte of its blob flipped", "its blob deleted", "its record garbage"]
)
def test_a_segment_damaged_after_an_earlier_job_is_rendered_again(
    original, story, tmp_path, damage
):
    home, record = story
    assert drive(home, record.job_id).last.phase is Phase.DONE
    found = records_in(home, record)[7]
    DAMAGES[damage](blob_of(home, found), found)
    output = tmp_path / "story" / "again.mp4"
    again = replace(
        record, job_id=new_job_id(), request=replace(record.request, output_path=str(output))
    )
    write_record(home, again, read_index(original.home, original.record.job_id))
    outcome = drive(home, again.job_id)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    rendered = 4 if "flipped" in damage else 1  # found while assembling, a whole chunk is redone
    assert outcome.last.segments_rendered == rendered
    check_result(original, home, again)


def test_a_chunk_delivered_twice_is_counted_once(original, story):
    home, record = story

    def send_all_again():
        queue = SqliteQueue(queue_of(home, record))
        for chunk in record.plan.chunks:
            text = canonical(ChunkMessage(chunk_id=chunk.chunk_id))
            queue.send(text, message_id=f"again-{chunk.chunk_id}")

    outcome = Middle(send_all_again).drive(home, record)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    check_result(original, home, record)


def test_a_message_that_is_no_chunk_disturbs_nobody(original, story):
    home, record = story
    outcome = Middle(
        lambda: SqliteQueue(queue_of(home, record)).send("what?", message_id="stranger")
    ).drive(home, record)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    check_result(original, home, record)


def test_a_queue_deleted_in_the_middle_is_told_and_the_job_resumes(original, story, monkeypatch):
    home, record = story
    monkeypatch.setattr(runner, "QUEUE_PATIENCE_S", 1.0)
    outcome = Middle(lambda: queue_of(home, record).unlink(), share=0.1).drive(home, record)
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault.reason == "queue_unavailable"
    assert drive(home, record.job_id).last.phase is Phase.DONE
    check_result(original, home, record)


def test_a_store_taken_away_is_told_and_the_job_resumes_when_it_is_back(original, story):
    home, record = story
    away = home.root / "away"
    middle = Middle(lambda: (home.root / "store").rename(away))
    try:
        outcome = middle.drive(home, record)
    except StorageFailed as error:
        said = error.code
    else:
        assert outcome.last.phase is Phase.FAILED
        said = outcome.last.fault.reason
    assert said in ("storage_failed", "store_unavailable")
    shutil.rmtree(home.root / "store", ignore_errors=True)
    away.rename(home.root / "store")
    kept = len(records_in(home, record))
    resumed = drive(home, record.job_id)
    assert resumed.last.phase is Phase.DONE
    assert kept >= 0.3 * 24
    check_result(original, home, record)


def test_a_torn_journal_tail_is_cut_and_the_job_goes_on(original, story):
    home, record = story
    stop = StopSignal()
    Middle(stop.stop).drive(home, record, stop=stop)
    journal = journal_path(home, record.job_id)
    whole = journal.read_bytes()
    journal.write_bytes(whole + whole.splitlines(keepends=True)[-1][:-7])
    assert drive(home, record.job_id).last.phase is Phase.DONE
    check_result(original, home, record)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that freezes a process")
def test_a_frozen_worker_is_replaced(original, story):
    home, record = story
    frozen = []

    def freeze():
        pid = min(middle.fleet.pids().values())
        psutil.Process(pid).suspend()
        frozen.append(pid)

    middle = Middle(freeze, share=0.1)
    outcome = middle.drive(home, record, workers=1)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    assert outcome.last.interruptions == 1
    assert not psutil.pid_exists(frozen[0])
    check_result(original, home, record)


def test_a_reader_that_is_killed_while_cutting_is_told_and_the_job_resumes(original, story):
    home, record = story

    class Killing(LocalFleet):
        def request(self, lease_id):
            super().request(lease_id)
            deadline_s = time.monotonic() + 20
            while not (readers := readers_of()):  # it was started before workers are asked for
                assert time.monotonic() < deadline_s
            readers[0].kill()

    def fleet_for(home, record, queue, tell):
        return Killing(LocalPlace(home.job(record.job_id) / "workers", queue, home.store), tell)

    outcome = drive(home, record.job_id, workers=1, fleet_for=fleet_for)
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault.reason == "crashed"
    assert drive(home, record.job_id).last.phase is Phase.DONE
    check_result(original, home, record)


def test_a_reader_that_is_killed_while_assembling_is_told_and_the_job_resumes(original, story):
    home, record = story
    killed = []

    def watch(seen):
        for child in readers_of() if seen.phase is Phase.ASSEMBLING and not killed else ():
            child.kill()
            killed.append(child)

    outcome = drive(home, record.job_id, watch=watch)
    assert killed
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault.reason == "crashed"
    assert drive(home, record.job_id).last.phase is Phase.DONE
    check_result(original, home, record)


def readers_of() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            found += [child] if "orchestrator.media.child" in child.cmdline() else []
    return found


def stopped(home, record) -> None:
    stop = StopSignal()
    outcome = Middle(stop.stop, share=0.1).drive(home, record, stop=stop)
    assert outcome.last.phase is Phase.STOPPED


@pytest.fixture
def own_source(original, tmp_path):
    """The same job, of a copy of the source that a test may change."""
    home, record = twin(original, tmp_path / "made", workers=1)
    copy = tmp_path / "made" / "copy.mp4"
    shutil.copy2(record.request.source_path, copy)
    record = replace(
        record,
        job_id=new_job_id(),
        report=replace(record.report, path=str(copy)),
        request=replace(record.request, source_path=str(copy)),
    )
    write_record(home, record, read_index(original.home, original.record.job_id))
    return home, record, copy


def test_a_source_that_changed_since_is_refused(own_source):
    home, record, copy = own_source
    stopped(home, record)
    before = journal_path(home, record.job_id).read_bytes()
    flip(copy)
    with pytest.raises(SourceChanged):
        drive(home, record.job_id)
    assert journal_path(home, record.job_id).read_bytes() == before


def test_a_source_that_is_gone_is_refused_and_goes_on_when_it_is_back(original, own_source):
    home, record, copy = own_source
    stopped(home, record)
    away = copy.rename(copy.with_suffix(".away"))
    with pytest.raises(SourceChanged):
        drive(home, record.job_id)
    away.rename(copy)
    assert drive(home, record.job_id).last.phase is Phase.DONE


def test_a_source_that_was_only_touched_goes_on(original, own_source):
    home, record, copy = own_source
    stopped(home, record)
    os.utime(copy)
    assert drive(home, record.job_id).last.phase is Phase.DONE
    check_result(original, home, record)


def test_a_job_is_driven_by_one_process_at_a_time(original, story):
    home, record = story
    refused = []

    def drive_too():
        call = [sys.executable, "-m", "tests.faults.driver", str(home.root), record.job_id]
        done = subprocess.run(
            [*call, "1", "1", "30"], check=False, capture_output=True, text=True, timeout=60
        )
        refused.append((done.returncode, done.stderr))
        with pytest.raises(JobBusy):
            drive(home, record.job_id)

    outcome = Middle(drive_too).drive(home, record)
    assert outcome.last.phase is Phase.DONE
    ((status, said),) = refused
    assert status == 3
    assert "job_busy" in said
    check_result(original, home, record)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 2 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None:
        pytest.skip("only Linux makes a disk of memory")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip(f"this user cannot mount a disk: {made.stderr!r}")
    yield disk
    subprocess.run([shutil.which("umount"), "--lazy", str(disk)], check=True)


def fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(bytes(4096)):
                pass
        except OSError:
            return


@pytest.mark.parametrize("share", [0.0, 0.4, 0.95])
def test_a_full_disk_is_told_and_the_job_resumes_with_room(
    original, small_disk, share, monkeypatch
):
    monkeypatch.setattr(runner, "QUEUE_PATIENCE_S", 2.0)
    home, record = twin(original, small_disk / "story", workers=2)
    try:
        outcome = Middle(lambda: fill(small_disk), share=share).drive(home, record)
    except StorageFailed as error:
        said = str(error)
    else:
        assert outcome.last.phase is Phase.FAILED
        said = f"{outcome.last.fault}"
    assert any(words in said for words in ("No space left", "disk_full", "disk is full")), said
    read_state(home, record.job_id)
    (small_disk / "filler").unlink()
    assert drive(home, record.job_id).last.phase is Phase.DONE
    check_result(original, home, record)


def other_clip(source: Path) -> Path:
    """Return a clip with the same times and other pictures in ``source``'s place."""
    wish = identity_wish(source.parent / "other", frames=240, seed=SEED, first=1000)
    other = wish.source
    padding = source.stat().st_size - other.stat().st_size
    if padding > 0:
        with other.open("ab") as file:
            file.write(bytes(padding))
    return other


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_a_source_replaced_in_the_middle_gets_into_nothing(original, own_source, share):
    home, record, copy = own_source
    other, kept = other_clip(copy), copy.with_suffix(".kept")

    def replace_it():
        copy.rename(kept)
        other.rename(copy)

    outcome = Middle(replace_it, share=share).drive(home, record)
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault.reason == "source_changed"
    assert not Path(record.request.output_path).exists()
    kept.replace(copy)
    assert drive(home, record.job_id).last.phase is Phase.DONE
    check_result(original, home, record)


def test_a_source_replaced_while_it_is_cut_gets_into_no_segment(original, own_source):
    home, record, copy = own_source
    other, kept = other_clip(copy), copy.with_suffix(".kept")

    class Swapping(LocalFleet):
        def request(self, lease_id):
            if not kept.exists():
                copy.rename(kept)
                other.rename(copy)
            super().request(lease_id)

    def fleet_for(home, record, queue, tell):
        return Swapping(LocalPlace(home.job(record.job_id) / "workers", queue, home.store), tell)

    outcome = drive(home, record.job_id, fleet_for=fleet_for)
    assert outcome.last.phase is Phase.FAILED
    kept.replace(copy)
    assert drive(home, record.job_id).last.phase is Phase.DONE
    check_result(original, home, record)


def test_a_folder_for_the_output_that_went_away_is_told_and_the_job_resumes(original, story):
    home, record = story
    request = replace(record.request, output_path=str(home.root.parent / "there" / "out.mp4"))
    record = replace(record, job_id=new_job_id(), request=request)
    write_record(home, record, read_index(original.home, original.record.job_id))
    outcome = drive(home, record.job_id)
    assert outcome.last.phase is Phase.FAILED
    assert "out.mp4" in outcome.last.fault.sentence
    Path(request.output_path).parent.mkdir()
    assert drive(home, record.job_id).last.phase is Phase.DONE
    assert read_state(home, record.job_id).job.segments_rendered == 24


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that freezes a process")
def test_a_worker_that_froze_while_it_wrote_to_the_queue_is_replaced(original, story):
    home, record = story
    frozen, held = [], []

    def freeze():
        base = sqlite3.connect(queue_of(home, record), isolation_level=None, timeout=30)
        base.execute("BEGIN EXCLUSIVE")  # as it holds it that was frozen in a write
        frozen.append(min(middle.fleet.pids().values()))
        psutil.Process(frozen[0]).suspend()
        held.append(base)

    def watch(seen):
        middle(seen)
        if held and frozen[0] not in middle.fleet.pids().values():
            held.pop().close()

    middle = Middle(freeze, share=0.1)
    outcome = drive(home, record.job_id, workers=1, watch=watch, fleet_for=middle.fleet_for)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    assert outcome.last.interruptions == 1
    check_result(original, home, record)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that freezes a process")
def test_a_worker_that_thaws_after_it_was_replaced_doubles_nothing(original, story):
    home, record = story
    frozen = []

    def freeze():
        frozen.append(psutil.Process(min(middle.fleet.pids().values())))
        frozen[0].suspend()

    def watch(seen):
        middle(seen)
        if frozen and seen.frames_done >= 0.8 * seen.frames_total:
            with contextlib.suppress(psutil.NoSuchProcess):  # on a busy machine it had ended
                frozen.pop().resume()

    def fleet_for(home, record, queue, tell):
        folder = home.job(record.job_id) / "workers"
        middle.fleet = LocalFleet(LocalPlace(folder, queue, home.store, 0.7, 6.0), tell)
        return middle.fleet

    middle = Middle(freeze, share=0.1)
    outcome = drive(home, record.job_id, watch=watch, fleet_for=fleet_for)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    assert outcome.last.interruptions <= 1  # one that froze in a write keeps all out: it is ended
    check_result(original, home, record)
