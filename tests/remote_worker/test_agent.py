"""Whatever happens to agents, every segment is stored once, whole and the same."""

import random
import signal
import sys
import threading
import time

import pytest
from chunks import AgentProcess, make_job, with_another_build

from remote_worker.contract.messages import Drain, Finish, encode
from remote_worker.queues import DeadLetter
from remote_worker.stores import blob_key, done_key, failure_key

FINISH = encode(Finish())
SLOW = (
    "-c",
    "import sys, threading, runpy\n"
    "from remote_worker.engines import identity\n"
    "plain = identity.IdentityEngine.render\n"
    "def slow(self, frames, wanted, casting):\n"
    "    for rendered in plain(self, frames, wanted, casting):\n"
    "        threading.Event().wait(0.03)\n"
    "        yield rendered\n"
    "identity.IdentityEngine.render = slow\n"
    "from remote_worker.__main__ import main\n"
    "sys.exit(main(sys.argv[1:]))",
)
"""An agent whose engine takes its time."""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The bytes of every segment of a job that nothing happened to."""
    job = make_job(tmp_path_factory.mktemp("undisturbed"))
    job.send()
    assert finish(job, "one") == 0
    assert job.shown() == list(range(90))
    return job.bytes_of_segments()


def finish(job, *names, **config):
    """Run agents until the queue is empty and return the sum of their exit codes."""
    agents = [AgentProcess(job, name, **config) for name in names]
    for agent in agents:
        agent.order(FINISH)
    return sum(agent.end() for agent in agents)


def assert_whole(job, undisturbed):
    assert job.bytes_of_segments() == undisturbed
    assert job.shown() == list(range(90))
    assert job.queue.depth().waiting == job.queue.depth().claimed == 0
    assert all(job.store.has(done_key(order.chunk_id)) for order in job.orders)


def test_an_agent_tells_its_story_in_order(tmp_path):
    job = make_job(tmp_path, chunks=1)
    job.send()
    agent = AgentProcess(job)
    agent.order(FINISH)
    assert agent.end() == 0
    kinds = [line.kind for line in agent.lines if line.kind not in ("heartbeat", "progress")]
    assert kinds == ["hello", "claimed", "segment", "segment", "segment", "chunk_done", "bye"]
    assert [p.frames_done for p in agent.told("progress") if p.frames_done == p.frames_total]
    assert agent.spool.read_bytes().count(b"\n") == len(agent.lines)
    assert list((tmp_path / "agent-one" / "work").iterdir()) == []


@pytest.mark.parametrize("names", ["ab", "abcd"])
def test_racing_agents_make_what_one_alone_makes(tmp_path, undisturbed, names):
    job = make_job(tmp_path)
    job.send()
    assert finish(job, *names) == 0
    assert_whole(job, undisturbed)


def test_killed_agents_lose_double_and_spoil_nothing(tmp_path, undisturbed):
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    job = make_job(tmp_path)
    job.send()
    kills = 0
    for number in range(8):
        agent = AgentProcess(job, f"killed{number % 2}", program=SLOW, hold_s=0.5)
        agent.wait_for("hello")
        threading.Event().wait(chance.random() * 0.9)
        kills += agent.kill() != 0
        for record in (tmp_path / "store").rglob("[!.]*.json"):
            assert record.read_bytes().endswith(b"}"), f"seed {seed}"
    assert kills == 8
    assert finish(job, "last", hold_s=0.5) == 0
    assert_whole(job, undisturbed)


def test_a_chunk_that_is_delivered_twice_is_rendered_once(tmp_path, undisturbed):
    job = make_job(tmp_path)
    job.send()
    assert finish(job, "one") == 0
    job.send()
    agent = AgentProcess(job, "two")
    agent.order(FINISH)
    assert agent.end() == 0
    assert [told.reused for told in agent.told("segment")] == [True] * 9
    assert_whole(job, undisturbed)


def test_a_claim_that_was_stolen_stops_that_chunk_and_not_the_agent(tmp_path, undisturbed):
    job = make_job(tmp_path)
    job.send()
    agent = AgentProcess(job, program=SLOW, hold_s=1.5)
    agent.wait_for("progress")
    with job.queue._connected() as base:
        base.execute("UPDATE messages SET receipt = 'thief' WHERE receipt IS NOT NULL")
    failed = agent.wait_for("failed")[0]
    assert (failed.reason, failed.buried) == ("claim_lost", False)
    agent.order(FINISH)
    assert agent.end() == 0
    assert_whole(job, undisturbed)


def test_an_order_to_drain_ends_after_the_segment_in_hand(tmp_path, undisturbed):
    job = make_job(tmp_path)
    job.send()
    agent = AgentProcess(job, program=SLOW)
    agent.wait_for("progress")
    agent.order(encode(Drain(grace_s=100.0)))
    assert agent.end() == 0
    stored = len(agent.told("segment"))
    assert 1 <= stored < 9
    assert agent.told("drained")[0].given_back in [order.chunk_id for order in job.orders]
    assert job.queue.depth().waiting > 0
    assert job.queue.depth().claimed == 0
    again = AgentProcess(job, "replacement")
    again.order(FINISH)
    assert again.end() == 0
    assert [told.reused for told in again.told("segment")].count(True) == stored % 3
    assert_whole(job, undisturbed)


def test_an_agent_whose_desktop_is_gone_gives_back_and_ends(tmp_path, undisturbed):
    job = make_job(tmp_path)
    job.send()
    agent = AgentProcess(job, program=SLOW)
    agent.wait_for("progress")
    agent.process.stdin.close()
    assert agent.end() == 0
    assert agent.told("bye")[0].reason == "drained"
    assert job.queue.depth().claimed == 0
    assert finish(job, "next") == 0
    assert_whole(job, undisturbed)


@pytest.mark.skipif(sys.platform == "win32", reason="signals come by the console there")
def test_a_second_signal_stops_at_once_and_still_gives_back(tmp_path, undisturbed):
    job = make_job(tmp_path)
    job.send()
    agent = AgentProcess(job, program=SLOW)
    agent.wait_for("progress")
    agent.process.send_signal(signal.SIGTERM)
    agent.process.send_signal(signal.SIGINT)
    assert agent.end() == 4
    assert job.queue.depth().claimed == 0
    assert finish(job, "next") == 0
    assert_whole(job, undisturbed)


def test_grace_that_is_over_stops_at_the_next_frame(tmp_path):
    job = make_job(tmp_path, chunks=1)
    job.send()
    agent = AgentProcess(job, program=SLOW)
    agent.wait_for("progress")
    agent.order(encode(Drain(grace_s=0.0)))
    assert agent.end() == 4
    assert job.queue.depth().waiting == 1


def test_a_reader_that_went_away_stops_no_render(tmp_path, undisturbed):
    job = make_job(tmp_path)
    job.send()
    agent = AgentProcess(job, reads=False)
    agent.order(FINISH)
    assert agent.end() == 0
    assert agent.lines == []
    assert b'"kind":"bye"' in agent.spool.read_bytes()
    assert_whole(job, undisturbed)


def test_what_libraries_print_does_not_get_among_the_lines(tmp_path):
    job = make_job(tmp_path, chunks=1, segments=1)
    job.send()
    noisy = SLOW[1].replace(
        "threading.Event().wait(0.03)", "print('noise'); __import__('os').system('echo noise')"
    )
    agent = AgentProcess(job, program=("-c", noisy))
    agent.order(FINISH)
    assert agent.end() == 0
    assert agent.told("bye")
    assert "noise" in (tmp_path / "agent-one" / "errors.txt").read_text()


def test_a_message_that_is_none_of_ours_is_buried_with_its_reason(tmp_path):
    job = make_job(tmp_path, chunks=1, segments=1)
    job.queue.send("{garbage", message_id="x")
    job.queue.send('{"version":1,"chunk_id":"../../etc/passwd"}', message_id="y")
    job.queue.send('{"version":9,"chunk_id":"' + "a" * 64 + '"}', message_id="z")
    job.send()
    assert finish(job, "one") == 0
    letters = job.queue.dead_letters()
    assert len(letters) == 3
    assert letters[0] == DeadLetter("{garbage", letters[0].reason)
    assert all(letter.reason.startswith("order_refused") for letter in letters)
    assert len(job.records()) == 1


def test_an_order_for_another_build_is_buried_at_once(tmp_path):
    job = make_job(tmp_path, chunks=1, change=with_another_build)
    job.send()
    agent = AgentProcess(job)
    agent.order(FINISH)
    assert agent.end() == 0
    failed = agent.told("failed")
    assert [(f.reason, f.buried, f.retry) for f in failed] == [("order_refused", True, False)]
    assert job.queue.depth().dead == 1


def test_a_damaged_piece_is_refused_and_the_third_failure_buries(tmp_path):
    job = make_job(tmp_path, chunks=1)
    job.store.put(blob_key(job.orders[0].piece.digest), b"damaged")
    job.send()
    agent = AgentProcess(job)
    agent.order(FINISH)
    assert agent.end() == 0
    failed = agent.told("failed")
    assert [(f.reason, f.failures, f.buried) for f in failed] == [
        ("blob_corrupt", 1, False), ("blob_corrupt", 2, False), ("blob_corrupt", 3, True),
    ]  # fmt: skip
    assert job.store.has(failure_key(job.orders[0].chunk_id, 3))
    assert "blob_corrupt" in job.queue.dead_letters()[0].reason


def test_a_chunk_that_kills_its_workers_is_buried(tmp_path):
    job = make_job(tmp_path, chunks=1)
    job.send()
    deadly = SLOW[1].replace("threading.Event().wait(0.03)", "__import__('os')._exit(9)")
    for _ in range(2):
        agent = AgentProcess(job, program=("-c", deadly), hold_s=0.3, deliveries_allowed=2)
        assert agent.end() == 9
    agent = AgentProcess(job, program=("-c", deadly), hold_s=0.3, deliveries_allowed=2)
    agent.order(FINISH)
    assert agent.end() == 0
    assert job.queue.depth().dead == 1


def test_an_agent_without_work_ends_by_itself_but_not_while_a_desktop_wants_it(tmp_path):
    job = make_job(tmp_path, chunks=1, segments=1)
    sign = tmp_path / "in-use"
    agent = AgentProcess(job, idle_s=1.5, sign=str(sign))
    agent.wait_for("hello")
    began_s = time.monotonic()
    for _ in range(6):
        threading.Event().wait(0.5)
        sign.touch()
    assert agent.end() == 0
    assert agent.told("bye")[0].reason == "idle"
    assert time.monotonic() - began_s > 3.0


def test_an_agent_that_nobody_replaces_stays_while_another_has_work_until_the_store_says_so(
    tmp_path,
):
    job = make_job(tmp_path, chunks=1, segments=1)
    job.send()
    claim = job.queue.claim(wait_s=1.0, hold_s=60.0)
    agent = AgentProcess(job, idle_s=0.2, poll_s=0.1, finish_key="orders/finish.json")
    agent.wait_for("hello")
    threading.Event().wait(1.0)  # five times as long as it would stay without work
    assert not agent.told("bye")
    job.store.put("orders/finish.json", b"{}")
    job.queue.give_back(claim)  # as of a worker that was taken back
    assert agent.end() == 0
    assert [each.chunk_id for each in agent.told("chunk_done")] == [job.orders[0].chunk_id]
    assert agent.told("bye")[0].reason == "finished"


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of the kind there")
def test_a_full_disk_of_a_rented_host_ends_its_agent_and_blames_no_chunk(tmp_path, undisturbed):
    job = make_job(tmp_path)
    job.send()
    full = SLOW[1].replace(
        "    for rendered",
        "    import resource\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1 << 40))\n"
        "    for rendered",
        1,
    )
    agent = AgentProcess(job, program=("-c", full), leaves_when_full=True, hold_s=0.5)
    assert agent.end() == 4
    assert agent.told("failed")[0].failures == 0
    assert job.queue.depth().dead == 0
    assert finish(job, "next") == 0
    assert_whole(job, undisturbed)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of the kind there")
def test_a_full_disk_is_told_and_breaks_nothing(tmp_path, undisturbed):
    job = make_job(tmp_path)
    job.send()
    # The limit is set after the piece was fetched: from then on nothing large can be written.
    full = SLOW[1].replace(
        "    for rendered",
        "    import resource\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1 << 40))\n"
        "    for rendered",
        1,
    )
    agent = AgentProcess(job, program=("-c", full), hold_s=0.5, failures_allowed=9)
    failed = agent.wait_for("failed")[0]
    agent.kill()
    assert failed.reason == "disk_full"
    assert failed.retry
    assert job.store.sweep(older_than_s=-60) == 0
    assert finish(job, "next", failures_allowed=9) == 0
    assert_whole(job, undisturbed)
