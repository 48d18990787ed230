"""A worker's figures, log and summary say what it did, and none of them ever holds it up."""

from __future__ import annotations

import json
import random
import socket
import threading
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from chunks import AgentProcess, make_job
from prometheus_client.parser import text_string_to_metric_families

from remote_worker import account as accounts
from remote_worker.account import Account, key_part, summary_key
from remote_worker.contract.coding import canonical, from_text
from remote_worker.contract.messages import (
    Bye,
    ChunkDone,
    Claimed,
    Drained,
    Failed,
    Finish,
    Heartbeat,
    Hello,
    Notice,
    Progress,
    SegmentStored,
    encode,
)
from remote_worker.errors import StoreUnavailable
from remote_worker.gpu import Gpus, GpuUse
from remote_worker.log import JsonLog
from remote_worker.metrics import Metrics
from remote_worker.publish import Publisher
from remote_worker.stores import is_key
from remote_worker.telling import Telling

FINISH = encode(Finish())
SLOW = (
    "-c",
    "import sys, threading, runpy\n"
    "from remote_worker.engines import identity\n"
    "plain = identity.IdentityEngine.render\n"
    "def slow(self, frames, wanted, casting):\n"
    "    for rendered in plain(self, frames, wanted, casting):\n"
    "        threading.Event().wait(0.02)\n"
    "        yield rendered\n"
    "identity.IdentityEngine.render = slow\n"
    "from remote_worker.__main__ import main\n"
    "sys.exit(main(sys.argv[1:]))",
)
GIB = 1 << 30


class NvmlError(Exception):
    """The library's own."""


class FakeNvml:
    """Two GPUs, of which the second does not tell how busy it is."""

    NVMLError = NvmlError

    def __init__(self, *, count=2, broken=False, driver=True):
        self.count, self.broken, self.driver = count, broken, driver

    def nvmlInit(self):  # noqa: N802  # the library's name
        if not self.driver:
            raise NvmlError("Driver Not Loaded")

    def nvmlDeviceGetCount(self):  # noqa: N802  # the library's name
        if self.broken:
            raise NvmlError("GPU is lost")
        return self.count

    def nvmlDeviceGetHandleByIndex(self, index):  # noqa: N802  # the library's name
        return index

    def nvmlDeviceGetName(self, index):  # noqa: N802  # the library's name
        return b"Tesla T4" if index == 0 else "A10G"

    def nvmlDeviceGetMemoryInfo(self, index):  # noqa: N802  # the library's name
        return type("Memory", (), {"used": (index + 1) * GIB, "total": 16 * GIB})

    def nvmlDeviceGetUtilizationRates(self, index):  # noqa: N802  # the library's name
        if index == 1:
            raise NvmlError("Not Supported")
        return type("Rates", (), {"gpu": 80})


class Clock:
    def __init__(self):
        self.now_s = 100.0

    def __call__(self):
        return self.now_s


def account_of(clock, gpus=None):
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    return Account(
        "job-1", "w1", gpus or Gpus(lambda: FakeNvml(driver=False)), clock=clock,
        now=lambda: begin + timedelta(seconds=clock.now_s),
    )  # fmt: skip


def progress(chunk, segment, frames):
    return Progress(
        chunk_id=chunk, segment_id=segment, frames_done=frames, frames_total=100, frames_per_s=5.0
    )


def beat():
    return Heartbeat(uptime_s=1.0, chunk_id=None, resident_bytes=7, free_disk_bytes=9)


def failed(chunk, reason="engine_failed", *, buried=False):
    return Failed(
        chunk_id=chunk, reason=reason, sentence="", advice="", retry=True, failures=1,
        buried=buried,
    )  # fmt: skip


# -- GPUs ------------------------------------------------------------------------------------------


def test_gpus_are_read_and_what_they_do_not_tell_is_left_out():
    gpus = Gpus(FakeNvml)
    assert gpus.read() == ()
    first, second = gpus.look()
    assert gpus.read() == (first, second)
    assert (first.name, first.busy_percent, first.memory_used_bytes) == ("Tesla T4", 80, GIB)
    assert (second.name, second.busy_percent) == ("A10G", None)
    assert gpus.absent == ""


@pytest.mark.parametrize(
    ("nvml", "words"),
    [(lambda: FakeNvml(driver=False), "Driver Not Loaded"), (lambda: FakeNvml(count=0), "no "),
     (lambda: FakeNvml(broken=True), "lost"), (None, ".")],
)  # fmt: skip
def test_a_gpu_that_is_absent_is_said_to_be(nvml, words):
    def missing():
        raise ImportError("pynvml")

    for library in (nvml, missing) if nvml is not None else (missing,):
        gpus = Gpus(library)
        assert gpus.look() == ()
        assert gpus.absent.endswith(".")
        if library is nvml:
            assert words in gpus.absent


def test_the_real_library_says_what_there_is_here():
    gpus = Gpus()
    assert bool(gpus.look()) != bool(gpus.absent)


# -- the account -----------------------------------------------------------------------------------


def test_an_account_tells_each_task_with_its_attempt_pace_and_gpu():
    clock, gpus = Clock(), Gpus(FakeNvml)
    gpus.look()
    account = account_of(clock, gpus)
    account.hear(Claimed(chunk_id="c1", deliveries=3, claim_id="k"))
    clock.now_s += 10
    account.hear(progress("c1", "s1", 60))
    account.hear(beat())
    now = account.summary()
    assert (now.state, now.task.frames, now.task.frames_per_s) == ("rendering", 60, 6.0)
    assert (now.task.deliveries, now.task.claim_id) == (3, "k")
    assert (now.task.gpu_percent, now.task.gpu_memory_bytes) == (80.0, 2 * GIB)
    assert now.task.began_at == "2026-01-01T00:01:40+00:00"
    account.hear(progress("c1", "s1", 100))
    stored = {"chunk_id": "c1", "blob": "b", "segment_bytes": 1}
    account.hear(SegmentStored(segment_id="s2", reused=True, **stored))
    clock.now_s += 10
    account.hear(ChunkDone(chunk_id="c1"))
    (done,) = account.summary().ended
    assert (done.state, done.frames, done.seconds) == ("done", 100, 20.0)
    assert done.reused_segments == 1
    assert account.summary().state == "idle"
    assert from_text(accounts.WorkerSummary, canonical(account.summary())) == account.summary()


@pytest.mark.parametrize(
    ("ends", "state"),
    [((failed("c1"),), "failed"), ((failed("c1", "claim_lost"),), "lost"),
     ((Notice(grace_s=120.0), Drained(given_back="c1"), Bye(reason="drained")), "given back"),
     ((Claimed(chunk_id="c2", deliveries=1),), "given back")],
)  # fmt: skip
def test_how_a_task_ended_is_told(ends, state):
    account = account_of(Clock())
    account.hear(Claimed(chunk_id="c1", deliveries=1))
    for message in ends:
        account.hear(message)
    summary = account.summary()
    assert summary.ended[0].state == state
    assert (summary.state == "ended") == isinstance(ends[-1], Bye)


def test_a_record_stays_small_however_long_a_worker_lives(monkeypatch):
    monkeypatch.setattr(accounts, "MOST_TASKS", 10)
    account = account_of(Clock())
    for number in range(35):
        account.hear(Claimed(chunk_id=f"c{number}", deliveries=1))
        account.hear(progress(f"c{number}", "s", 2))
        account.hear(ChunkDone(chunk_id=f"c{number}") if number % 5 else failed(f"c{number}"))
    summary = account.summary()
    assert [task.chunk_id for task in summary.ended] == [f"c{n}" for n in range(25, 35)]
    assert (summary.earlier.done, summary.earlier.failed, summary.earlier.frames) == (20, 5, 50)


@pytest.mark.parametrize("name", ["w1", "i-0abc", "A", "../x", "ü", "a/b", "a.b", "x" * 300, ""])
def test_any_name_makes_a_key_of_its_own(name):
    key = summary_key("job-1", name)
    assert is_key(key)
    assert key.startswith("watch/job-1/workers/")
    assert key.count("/") == 3
    assert key_part(name) != key_part(name + "x")


# -- writing it ------------------------------------------------------------------------------------


class SlowStore:
    """Takes its time, and is away at first."""

    def __init__(self):
        self.may_go, self.puts, self.fails = threading.Event(), [], 1

    def put(self, key, data, *, if_absent=False):
        assert self.may_go.wait(30)
        if self.fails:
            self.fails -= 1
            raise StoreUnavailable("It is away.")
        self.puts.append((key, json.loads(data)))
        return True


def test_whoever_reports_never_waits_for_the_store_and_the_last_word_counts():
    store, newest = SlowStore(), {"n": 0}
    publisher = Publisher(store, "watch/k.json", lambda: dict(newest), period_s=3600)
    for number in range(1000):
        newest["n"] = number
        publisher.wish()
    assert store.puts == []
    store.may_go.set()
    publisher.close()
    assert store.puts[-1] == ("watch/k.json", {"n": 999})
    assert len(store.puts) <= 2, "a call for each word"


def test_a_listener_that_fails_is_told_once_and_the_rest_goes_on(capsys):
    said, heard = [], []

    def broken(message):
        heard.append(message)
        raise RuntimeError("out of order")

    voice = Telling(said.append, [broken, said.append])
    for _ in range(3):
        voice(beat())
    voice(Bye(reason="finished"))
    assert len(heard) == 1
    assert len(said) == 8
    assert capsys.readouterr().err.count("hears no more") == 1


def test_the_goodbye_is_heard_by_others_before_it_is_told():
    order = []
    voice = Telling(lambda _: order.append("told"), [lambda _: order.append("heard")])
    voice(Bye(reason="finished"))
    voice(beat())
    assert order == ["heard", "told", "told", "heard"]


# -- figures ---------------------------------------------------------------------------------------


def figures(metrics):
    from prometheus_client import generate_latest

    return parsed(generate_latest(metrics.registry).decode())


def parsed(text):
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_figures_count_frames_claims_failures_and_gpus():
    gpus = Gpus(FakeNvml)
    gpus.look()
    metrics = Metrics(gpus, job_id="job-1", agent_id="w1")
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    frames = 0
    for number in range(30):
        chunk = f"c{number}"
        metrics.hear(Claimed(chunk_id=chunk, deliveries=1 + number % 2))
        for segment in ("s1", "s2"):
            last = chance.randint(1, 100)
            for done in sorted({chance.randint(0, last), last}):
                metrics.hear(progress(chunk, segment, done))
            frames += last
        metrics.hear(failed(chunk) if number == 7 else ChunkDone(chunk_id=chunk))
    metrics.hear(beat())
    seen = figures(metrics)
    assert seen["secondunit_frames_rendered_total",] == frames, f"seed {seed}"
    assert seen["secondunit_claims_total", "yes"] == 15
    assert seen["secondunit_chunks_total", "done"] == 29
    assert seen["secondunit_failures_total", "engine_failed"] == 1
    assert seen["secondunit_gpu_busy_percent", "0", "Tesla T4"] == 80
    assert ("secondunit_gpu_busy_percent", "1", "A10G") not in seen
    assert seen["secondunit_gpu_memory_used_bytes", "1", "A10G"] == 2 * GIB
    assert seen["secondunit_busy",] == 0
    assert ("secondunit_agent_info", "w1", "job-1") in seen


def test_a_real_agent_is_scraped_logged_and_summed_up(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    job = make_job(tmp_path)
    job.send()
    agent = AgentProcess(
        job, program=SLOW, job_id="job-1", summary_s=0.3, metrics_port=port,
        log=str(tmp_path / "log.jsonl"),
    )  # fmt: skip
    agent.wait_for("segment", 4)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        seen = parsed(answer.read().decode())
    assert seen["secondunit_frames_rendered_total",] >= 30
    assert seen["secondunit_gpus",] == 0
    agent.order(FINISH)
    assert agent.end() == 0

    summary = from_text(accounts.WorkerSummary, job.store.get(summary_key("job-1", "one")))
    assert (summary.state, summary.reason) == ("ended", "finished")
    assert [task.state for task in summary.ended] == ["done"] * 3
    assert sum(task.frames for task in summary.ended) == 90
    assert summary.gpu_absent
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines if line["event"] != "segment"] == [
        "hello", *(["claimed", "chunk_done"] * 3), "bye",
    ]  # fmt: skip
    claimed = agent.told("claimed")
    about = [(line["chunk"], line["claim"]) for line in lines if line["event"] == "chunk_done"]
    assert about == [(each.chunk_id, each.claim_id) for each in claimed]
    assert len({each.claim_id for each in claimed}) == 3
    assert {line["job"] for line in lines} == {"job-1"}
    assert {line["agent"] for line in lines} == {"one"}


def test_a_port_that_is_taken_is_said_and_the_render_goes_on(tmp_path):
    job = make_job(tmp_path, chunks=1)
    job.send()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        agent = AgentProcess(job, metrics_port=port, log=str(tmp_path / "nowhere" / "\0"))
        agent.order(FINISH)
        assert agent.end() == 0
    assert len(agent.told("chunk_done")) == 1
    errors = (tmp_path / "agent-one" / "errors.txt").read_text()
    assert f"no metrics at 127.0.0.1:{port}" in errors
    assert "no log" in errors


def test_a_log_is_begun_anew_before_it_fills_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("remote_worker.log._MOST_BYTES", 2000)
    log = JsonLog(str(tmp_path / "log.jsonl"), job_id="j", agent_id="a")
    for number in range(50):
        log.hear(Claimed(chunk_id=f"c{number}", deliveries=1, claim_id="k"))
        log.hear(beat())
    log.close()
    assert {path.name for path in tmp_path.iterdir()} == {"log.jsonl", "log.jsonl.1"}
    lines = (tmp_path / "log.jsonl").read_text().splitlines()
    assert json.loads(lines[-1])["chunk"] == "c49"
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 6000


def test_what_a_gpu_is_called_reaches_the_record():
    use = GpuUse(index=0, name="T4", busy_percent=None, memory_used_bytes=1, memory_total_bytes=2)
    assert from_text(GpuUse, canonical(use)) == use
    hello = Hello(
        agent_id="a", contract_version=1, worker_digest="d", build="b", cpu_count=1,
        memory_bytes=1, gpu="T4, 550",
    )  # fmt: skip
    metrics = Metrics(Gpus(FakeNvml))
    metrics.hear(hello)
    assert ("secondunit_agent_info", "", "b", "T4, 550", "") in figures(metrics)
