"""A fleet on this machine tells of every process it started what became of it, once."""

from __future__ import annotations

import queue
import time

import psutil
import pytest

from orchestrator.events import (
    LeaseId,
)
from orchestrator.fleet import Gone, Refused, Said
from orchestrator.fleet.local import LocalFleet, LocalPlace
from remote_worker.contract import VERSION
from remote_worker.contract.messages import Bye, Drain, Finish, Heartbeat, Hello
from remote_worker.queues.sqlite import SqliteQueue

ONE, TWO = LeaseId("lease-1"), LeaseId("lease-2")
DEADLINE_S = 30.0
HELLO = (
    f'{{"agent_id":"a","build":"","contract_version":{VERSION},"cpu_count":1,"gpu":"",'
    f'"kind":"hello","memory_bytes":1,"v":{VERSION},"worker_digest":"{"0" * 64}"}}'
)
BYE = f'{{"kind":"bye","reason":"finished","v":{VERSION}}}'


class Heard:
    """Collects what a fleet tells, and waits for what it should tell."""

    def __init__(self):
        self.news = queue.SimpleQueue()
        self.all = []

    def wait_for(self, is_it):
        deadline_s = time.monotonic() + DEADLINE_S
        for each in self.all:
            if is_it(each):
                return each
        while True:
            each = self.news.get(timeout=max(0.01, deadline_s - time.monotonic()))
            self.all.append(each)
            if is_it(each):
                return each

    def gone(self, lease_id):
        return self.wait_for(lambda e: isinstance(e, Gone) and e.lease_id == lease_id)

    def said(self, lease_id, kind):
        def is_it(each):
            return (
                isinstance(each, Said) and each.lease_id == lease_id and type(each.message) is kind
            )

        return self.wait_for(is_it).message


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def place(tmp_path):
    SqliteQueue(tmp_path / "queue.sqlite")
    (tmp_path / "store").mkdir()
    return LocalPlace(tmp_path / "workers", tmp_path / "queue.sqlite", tmp_path / "store")


@pytest.fixture
def fleet(place, heard):
    fleet = LocalFleet(place, heard.news.put)
    yield fleet
    fleet.close()


@pytest.fixture
def impostor(tmp_path, monkeypatch):
    """Have the fleet start another program in place of the agent."""

    def install(text):
        package = tmp_path / "cwd" / "remote_worker"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("")
        (package / "__main__.py").write_text(f"import sys, time\n{text}")
        monkeypatch.chdir(tmp_path / "cwd")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path / "cwd"))

    return install


def test_true_agents_say_hello_and_end_when_told_to(fleet, heard, place):
    fleet.request(ONE)
    fleet.request(TWO)
    assert heard.said(ONE, Hello).agent_id == ONE
    heard.said(TWO, Hello)
    assert set(fleet.pids()) == {ONE, TWO}
    fleet.order(ONE, Finish())
    fleet.order(TWO, Drain(grace_s=0.0))
    assert heard.gone(ONE).orderly
    assert heard.gone(TWO).orderly
    assert heard.said(ONE, Bye).reason == "finished"
    assert heard.said(TWO, Bye).reason == "drained"
    assert fleet.pids() == {}
    assert {path.name for path in (place.folder / ONE).iterdir()} == {
        "agent.log",
        "config.json",
        "events.jsonl",
        "log.jsonl",
    }


def test_workers_stand_back_behind_whoever_sits_at_the_machine(fleet, heard):
    fleet.request(ONE)
    heard.said(ONE, Hello)
    (pid,) = fleet.pids().values()
    assert psutil.Process(pid).nice() != psutil.Process().nice()


def test_a_killed_agent_is_gone_and_was_not_orderly(fleet, heard):
    fleet.request(ONE)
    heard.said(ONE, Hello)
    psutil.Process(fleet.pids()[ONE]).kill()
    assert not heard.gone(ONE).orderly


def test_closing_ends_everybody_and_is_safe_twice(fleet, heard):
    fleet.request(ONE)
    heard.said(ONE, Hello)
    pid = fleet.pids()[ONE]
    fleet.close()
    fleet.close()
    assert not psutil.pid_exists(pid)
    assert not heard.gone(ONE).orderly


def test_orders_to_nobody_are_no_error(fleet, heard):
    fleet.order(ONE, Finish())
    fleet.request(ONE)
    heard.said(ONE, Hello)
    psutil.Process(fleet.pids()[ONE]).kill()
    for _ in range(1000):
        fleet.order(ONE, Finish())
    heard.gone(ONE)
    fleet.order(ONE, Finish())


def test_a_worker_that_speaks_garbage_is_ended_and_told_as_gone(fleet, heard, impostor, place):
    impostor(f"print('{HELLO}'); print('what?', flush=True); time.sleep(600)")
    fleet.request(ONE)
    heard.said(ONE, Hello)
    gone = heard.gone(ONE)
    assert not gone.orderly
    assert "something unknown" in gone.last_words


def test_bytes_that_are_no_text_are_garbage_too(fleet, heard, impostor):
    impostor("sys.stdout.buffer.write(bytes([0xff, 0, 10])); sys.stdout.flush(); time.sleep(600)")
    fleet.request(ONE)
    assert not heard.gone(ONE).orderly


def test_a_line_without_end_does_not_count_against_who_was_killed_in_it(fleet, heard, impostor):
    impostor(f"print('{HELLO}'); print('{BYE}'[:9], end='', flush=True)")
    fleet.request(ONE)
    gone = heard.gone(ONE)
    assert not gone.orderly
    assert gone.last_words == ""


def test_last_words_are_kept_for_people(fleet, heard, impostor):
    impostor("sys.exit('it hurts here')")
    fleet.request(ONE)
    assert "it hurts here" in heard.gone(ONE).last_words


def test_a_worker_that_says_goodbye_went_orderly_whatever_its_status(fleet, heard, impostor):
    impostor(f"print('{BYE}', flush=True); sys.exit(2)")
    fleet.request(ONE)
    assert heard.gone(ONE).orderly


def test_a_refused_configuration_is_a_refused_lease(fleet, heard, impostor):
    impostor("print('no such queue', file=sys.stderr); sys.exit(2)")
    fleet.request(ONE)
    refused = heard.wait_for(lambda each: isinstance(each, Refused))
    assert refused.fault.reason == "worker_misconfigured"
    assert "no such queue" in refused.fault.sentence
    assert not [each for each in heard.all if isinstance(each, Gone)]


def test_a_worker_that_cannot_be_started_is_a_refused_lease(heard, place):
    place.folder.write_text("a file where a folder should be")
    LocalFleet(place, heard.news.put).request(ONE)
    refused = heard.wait_for(lambda each: isinstance(each, Refused))
    assert refused.fault.reason == "worker_not_started"


def test_a_silent_worker_is_ended_and_a_machine_that_slept_gives_time_again(heard, place, impostor):
    now = [0.0]
    impostor(f"print('{HELLO}', flush=True); time.sleep(600)")
    fleet = LocalFleet(place, heard.news.put, clock=lambda: now[0])
    try:
        fleet.request(ONE)
        heard.said(ONE, Hello)
        now[0] += 1e6
        fleet.check()
        assert fleet.pids(), "nobody looked for days: it was the machine that slept"
        for _ in range(4):
            assert fleet.pids()
            now[0] += place.silent_s / 3
            fleet.check()
        assert not heard.gone(ONE).orderly
    finally:
        fleet.close()


def test_a_worker_with_heartbeats_is_not_silent(fleet, heard):
    fleet.request(ONE)
    for _ in range(3):
        heard.all.clear()
        heard.said(ONE, Heartbeat)
        fleet.check()
    assert fleet.pids()
