"""The journal keeps every whole line, whatever its writer died of."""

import subprocess
import sys

import pytest

from orchestrator.errors import JobBusy, JournalBroken
from orchestrator.events import (
    Begun,
    ChunkBuried,
    ChunkClaimed,
    ChunkStaged,
    Fault,
    LeaseId,
)
from orchestrator.journal import JobLock, Journal, is_driven, read_events
from remote_worker.contract.records import ChunkId

C0 = ChunkId("c0")
EVENTS = (
    Begun(2),
    ChunkStaged(C0),
    ChunkClaimed(LeaseId("lease-1"), C0),
    ChunkBuried(C0, Fault("disk_full", "Kein Platz für „c0“.", "Free some.")),
)
HOLD = """
import sys
from pathlib import Path
from orchestrator.journal import JobLock
with JobLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    for event in EVENTS:
        journal.append(event)
    journal.close()
    return path


def test_events_come_back_as_they_were(path):
    assert read_events(path) == EVENTS


def test_a_journal_that_is_not_there_holds_nothing(tmp_path):
    assert read_events(tmp_path / "none.jsonl") == ()


def test_a_line_torn_at_any_byte_is_cut_and_writing_goes_on(path):
    whole = path.read_bytes()
    for torn_at in range(len(whole)):
        path.write_bytes(whole[:torn_at])
        journal = Journal(path)
        journal.append(Begun(7))
        journal.close()
        assert journal.events == EVENTS[: whole[:torn_at].count(b"\n")], torn_at
        assert read_events(path) == (*journal.events, Begun(7)), torn_at


def test_reading_leaves_a_torn_line_alone(path):
    torn = path.read_bytes()[:-3]
    path.write_bytes(torn)
    assert read_events(path) == EVENTS[:-1]
    assert path.read_bytes() == torn


def test_damage_before_the_last_line_is_refused_and_left_as_it_is(path):
    damaged = path.read_bytes().replace(b'"workers":2', b'"workers":3')
    path.write_bytes(damaged)
    with pytest.raises(JournalBroken, match="damaged in the middle"):
        Journal(path)
    assert path.read_bytes() == damaged


def test_another_version_is_refused_by_its_number(path, monkeypatch):
    monkeypatch.setattr("orchestrator.journal.VERSION", 9)
    with pytest.raises(JournalBroken, match="version 1, not 9"):
        read_events(path)


def test_a_second_process_is_refused_until_the_first_is_killed(tmp_path):
    lock = tmp_path / "driver.lock"
    assert not is_driven(lock)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(JobBusy), JobLock(lock):
            pytest.fail("two processes drive one job")
        assert is_driven(lock)
        holder.kill()
    with JobLock(lock):
        pass
    assert not is_driven(lock)
