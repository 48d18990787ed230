"""The laptop may go away: instances finish their queue and end themselves."""

import time

import pytest

from orchestrator.fleet.ec2.names import job_prefix
from orchestrator.job import Phase
from orchestrator.jobs import journal_path
from orchestrator.runner import StopSignal, drive
from remote_worker.stores import done_key
from tests.cloud_faults.rig import Rig, write_words
from tests.cloud_faults.tales import App, check_whole
from tests.faults.stories import identity_original, twin

pytestmark = pytest.mark.timeout(240)
ALONE_S = 3.0
ENDED_S = 60.0


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=120, segment_frames=10, seed=7)


class Away:
    """A job whose app was killed while its instance renders, and is away for a while."""

    def __init__(self, region, original, folder, **choice):
        self.rig = Rig(region).set_up()
        self.home, self.record = twin(original, folder / "twin", workers=1)
        self.rig.key_of(self.record)
        choice = {"alone_s": ALONE_S, **choice}
        write_words(self.rig, folder / "words.json", choice)
        self.app = App(folder / "words.json", self.home, self.record, folder / "app.log")
        self._log = folder / "app.log"

    def close_lid(self):
        """Kill the app as soon as everything is staged and the first segment is there."""
        self.wait_for_work()
        self.app.kill()

    def wait_for_work(self):
        """Return as soon as everything is staged and the first segment is there."""
        journal = journal_path(self.home, self.record.job_id)
        chunks = len(self.record.plan.chunks)
        while True:
            text = journal.read_text() if journal.exists() else ""
            if text.count("ChunkStaged") >= chunks and "SegmentFinished" in text:
                break
            assert self.app.process.poll() is None, self._log.read_text()
            time.sleep(0.02)

    def done_keys(self):
        prefix = job_prefix(self.record.job_id)
        bucket = {"Bucket": self.rig.account.bucket, "Prefix": prefix}
        listed = self.rig.clients("s3").list_objects_v2(**bucket).get("Contents", ())
        keys = {each["Key"].removeprefix(prefix) for each in listed}
        return [done_key(chunk.chunk_id) in keys for chunk in self.record.plan.chunks]

    def come_back(self):
        self.app.process = self.app.start()
        try:
            self.app.live(())
        finally:
            self.app.end()


def test_without_the_app_an_instance_finishes_the_queue_and_ends_itself(region, original, tmp_path):
    away = Away(region, original, tmp_path)
    try:
        away.close_lid()
        away.rig.wait_until_all_ended(ENDED_S)
    finally:
        away.app.end()
    assert all(away.done_keys())
    away.come_back()
    check_whole(away.rig, original, away.home, away.record)
    assert len(region.hosts()) == 1, "nothing was left to render"


def test_an_app_that_leaves_lets_its_instance_go_on_and_finds_it_again(region, original, tmp_path):
    rig = Rig(region).set_up()
    home, record = twin(original, tmp_path / "twin", workers=1)
    stop = StopSignal()

    def watch(seen):
        if seen.frames_done >= 20 and seen.phase is Phase.RENDERING:
            stop.leave()

    place_for = rig.place_for(original)
    left = drive(home, record.job_id, place_for=place_for, stop=stop, watch=watch)
    assert left.last.phase is Phase.RENDERING
    assert [host.state for host in region.alive()] == ["running"]
    outcome = drive(home, record.job_id, place_for=place_for)
    assert outcome.last.phase is Phase.DONE
    check_whole(rig, original, home, record)
    assert len(region.hosts()) == 1


def test_kept_going_a_taken_instance_is_replaced_and_the_last_one_ends_the_fleet(
    region, original, tmp_path
):
    away = Away(region, original, tmp_path, keep_going=True)
    try:
        away.close_lid()
        first = region.alive()[0].instance_id
        region.interrupt(first, notice_s=2)
        away.rig.wait_until_all_ended(ENDED_S)
    finally:
        away.app.end()
    assert all(away.done_keys())
    hosts = len(region.hosts())
    assert hosts >= 2, "AWS replaced it"
    assert not [each for each in region.left_behind() if each.kind == "fleet"]
    away.come_back()
    check_whole(away.rig, original, away.home, away.record)
    assert len(region.hosts()) == hosts


def test_kept_going_with_the_app_here_is_a_render_like_any_other(region, original, tmp_path):
    away = Away(region, original, tmp_path, keep_going=True)
    try:
        away.app.live(())
    finally:
        away.app.end()
    check_whole(away.rig, original, away.home, away.record)
