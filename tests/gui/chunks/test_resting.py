"""Where a render stands that nobody drives is read from its journal and its segments."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gui.chunks.resting import read_resting
from orchestrator.errors import JobMissing
from orchestrator.home import Home
from orchestrator.jobs import read_record
from orchestrator.prepare import prepare
from orchestrator.snapshot import ChunkState
from remote_worker.contract.records import JobId
from remote_worker.stores import segment_key
from remote_worker.stores.folder import FolderStore
from tests.faults.stories import identity_wish


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """A job of two pieces, each of two segments of 12 frames, that nobody has begun."""
    folder = tmp_path_factory.mktemp("resting") / "one"
    home = Home(folder / "home")
    wish = replace(identity_wish(folder, frames=48, seed=5), segment_frames=12)
    return home, read_record(home, prepare(home, wish))


def store_segment(home, record, number):
    refs = [ref for chunk in record.plan.chunks for ref in chunk.segments]
    FolderStore(home.store).put(segment_key(refs[number].segment_id), b"a segment")


def test_a_job_that_was_only_planned_has_nothing_done(planned):
    home, record = planned
    resting = read_resting(home, record.job_id)
    assert {chunk.state for chunk in resting.chunks} == {ChunkState.WAITING}
    assert (resting.frames_done, resting.frames_total, resting.share) == (0, 48, 0.0)


def test_stored_segments_count_as_done(planned):
    home, record = planned
    store_segment(home, record, 0)
    resting = read_resting(home, record.job_id)
    assert resting.share == 0.25
    assert resting.chunks[0].frames_done == 12
    assert resting.chunks[0].state is ChunkState.WAITING


def test_a_piece_with_all_its_segments_is_stored_though_the_journal_ends_before(planned):
    home, record = planned
    for number in range(len(record.plan.chunks[0].segments)):
        store_segment(home, record, number)
    assert read_resting(home, record.job_id).chunks[0].state is ChunkState.STORED


def test_a_job_that_is_not_there_is_named(planned):
    home, _ = planned
    with pytest.raises(JobMissing):
        read_resting(home, JobId("20200101-000000-0000"))
