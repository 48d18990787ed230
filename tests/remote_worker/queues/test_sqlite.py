"""The SQLite queue keeps its contract, and its file survives what happens to files."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading

import pytest

from remote_worker.errors import ClaimLost, QueueUnavailable
from remote_worker.queues.sqlite import SqliteQueue
from tests.contract_suites.queue_suite import HOLD_S, QueueBody, QueueSuite


class Clock:
    def __init__(self):
        self.now_s = 100_000.0

    def __call__(self):
        return self.now_s

    def advance(self, seconds):
        self.now_s += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def body(tmp_path, clock):
    path = tmp_path / "a queue's %file#.sqlite"
    return QueueBody(SqliteQueue(path, clock=clock), SqliteQueue(path, clock=clock), clock.advance)


class TestSqliteQueue(QueueSuite):
    """The contract."""


def test_claims_from_before_a_restart_of_the_machine_are_free(body, clock):
    body.queue.send("a", message_id="a")
    before = body.queue.claim(wait_s=0, hold_s=HOLD_S)
    clock.now_s = 5.0
    after = body.other.claim(wait_s=0, hold_s=HOLD_S)
    assert after.deliveries == 2
    with pytest.raises(ClaimLost):
        body.queue.extend(before, hold_s=HOLD_S)


def test_a_claim_from_before_a_restart_holds_no_longer_than_it_was_asked_for(body, clock):
    body.queue.send("a", message_id="a")
    body.queue.claim(wait_s=0, hold_s=HOLD_S)
    clock.now_s -= 10  # a machine that was up for a moment only, and started again
    clock.advance(10 + HOLD_S)
    assert body.other.claim(wait_s=0, hold_s=HOLD_S) is not None


def test_waiting_ends_as_soon_as_there_is_a_message(body):
    sender = threading.Timer(0.2, body.other.send, ["a"], {"message_id": "a"})
    sender.start()
    assert body.queue.claim(wait_s=60, hold_s=HOLD_S).body == "a"
    sender.join(30)


@pytest.mark.parametrize(
    "content", [b"not a database, " * 500, b"SQLite format 3\0" + b"\xff" * 9000]
)
def test_a_file_that_is_no_queue_is_named(tmp_path, content):
    path = tmp_path / "queue"
    path.write_bytes(content)
    with pytest.raises(QueueUnavailable):
        SqliteQueue(path)
    assert path.read_bytes() == content


def test_a_queue_damaged_in_use_is_named(body):
    for number in range(200):
        body.queue.send("x" * 500, message_id=str(number))
    size = body.queue.path.stat().st_size
    body.queue.path.write_bytes(os.urandom(size))
    for use in (body.queue.depth, lambda: body.queue.claim(wait_s=0, hold_s=1)):
        with pytest.raises(QueueUnavailable):
            use()


def test_a_queue_that_was_removed_is_not_made_anew(body):
    body.queue.path.unlink()
    with pytest.raises(QueueUnavailable):
        body.queue.send("a", message_id="a")
    assert not body.queue.path.exists()


def test_a_queue_locked_for_too_long_is_named(body):
    hurried = SqliteQueue(body.queue.path, patience_s=0.05)
    holder = sqlite3.connect(body.queue.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(QueueUnavailable, match="locked"):
            hurried.send("a", message_id="a")
    finally:
        holder.close()
    body.queue.send("a", message_id="a")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_file_that_may_not_be_written_is_named(body):
    body.queue.path.chmod(0o444)
    with pytest.raises(QueueUnavailable):
        body.queue.send("a", message_id="a")


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(QueueUnavailable):
        SqliteQueue(tmp_path / "none" / "queue")


def test_racing_threads_claim_each_message_once(body):
    for number in range(60):
        body.queue.send(str(number), message_id=str(number))
    seen, lock = [], threading.Lock()

    def work():
        while (claim := body.queue.claim(wait_s=0, hold_s=HOLD_S)) is not None:
            with lock:
                seen.append(claim.body)
            body.queue.acknowledge(claim)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(seen, key=int) == [str(number) for number in range(60)]


_CHURN = """
import sys
from pathlib import Path
from remote_worker.queues.sqlite import SqliteQueue
queue = SqliteQueue(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    claim = queue.claim(wait_s=0, hold_s=1000)
    if claim is not None:
        queue.give_back(claim)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_killing_processes_in_mid_write_loses_no_message(tmp_path):
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    queue = SqliteQueue(tmp_path / "queue")
    for number in range(8):
        queue.send(str(number), message_id=str(number))
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", _CHURN, str(queue.path)], stdout=subprocess.PIPE
        )
        assert process.stdout.readline() == b"ready\n"
        threading.Event().wait(chance.random() * 0.1)
        process.kill()
        process.communicate(timeout=30)
        depth = queue.depth()
        assert depth.waiting + depth.claimed == 8, f"seed {seed}"
