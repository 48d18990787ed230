"""A job's record says how urgent it is, and its chunks are sent as it says."""

from __future__ import annotations

import pytest

from orchestrator.desk.turn import Means, wish_of
from orchestrator.errors import JobMissing
from orchestrator.home import Home
from orchestrator.jobs import read_record, set_urgent
from remote_worker.contract.records import JobId
from tests.fakes.planned_jobs import enter_job
from tests.orchestrator.desk.queue_entries import entry

JOB = "20260101-100000-abcd"


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


def test_a_record_of_before_is_still_read_and_is_not_urgent(home):
    record = enter_job(home, JOB)
    path = home.job(record.job_id) / "job.json"
    old = path.read_text().replace(',"urgent":false', "")
    assert "urgent" not in old
    path.write_text(old)
    assert read_record(home, record.job_id) == record
    assert not record.request.urgent


def test_a_job_becomes_urgent_and_nothing_else_of_it_changes(home):
    record = enter_job(home, JOB)
    set_urgent(home, record.job_id, urgent=True)
    urgent = read_record(home, record.job_id)
    assert urgent.request.urgent
    assert urgent.plan == record.plan
    set_urgent(home, record.job_id, urgent=False)
    assert read_record(home, record.job_id) == record


def test_what_is_as_asked_for_is_not_written_again(home):
    record = enter_job(home, JOB)
    path = home.job(record.job_id) / "job.json"
    before = path.stat().st_ino
    set_urgent(home, record.job_id, urgent=False)
    assert path.stat().st_ino == before


def test_a_job_that_is_not_there_cannot_be_urgent(home):
    with pytest.raises(JobMissing):
        set_urgent(home, JobId("nobody"), urgent=True)


def test_an_urgent_entry_becomes_an_urgent_job():
    assert wish_of(entry("a", "queued", urgent=True), Means()).urgent
    assert not wish_of(entry("a", "queued"), Means()).urgent
