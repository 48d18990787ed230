"""A job can be watched with nothing but its address, through outages and without its driver."""

from __future__ import annotations

import json
import random
import threading
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.cli.report import MachineReporter
from orchestrator.cli.watch import drawn, follow
from orchestrator.errors import JobMissing, RequestRefused
from orchestrator.home import Home
from orchestrator.jobs import list_jobs
from orchestrator.watching.address import address_of, note_address, parse_address
from orchestrator.watching.publishing import Publishing
from orchestrator.watching.reading import Reader, open_reader
from orchestrator.watching.records import MachineLine
from orchestrator.watching.view import SILENT_S, job_view
from remote_worker.account import (
    Counted,
    job_summary_key,
    summary_key,
)
from remote_worker.config import StoreConfig
from remote_worker.errors import StoreUnavailable
from remote_worker.stores.folder import FolderStore
from remote_worker.stores.s3 import Bucket, S3Store
from tests.clips import make_clip
from tests.faults.kills import await_no_process_of, running, start_cli
from tests.orchestrator.watching.words_left import AT, job, left, task, worker


def view(job, *workers, silent=(), driver_s=1.0):
    heard = {each.agent_id: 60.0 if each.agent_id in silent else 1.0 for each in workers}
    return job_view("job-1", job, workers, heard | {"": driver_s})


def of(seen, chunk):
    return next(each for each in seen.tasks if each.chunk_id == chunk)


# -- what is put together --------------------------------------------------------------------------


def test_attempts_failures_and_interruptions_of_a_chunk_are_told_apart():
    seen = view(
        job("rendering", "stored", "waiting"),
        worker("a", task("c0", "given back", 1), task("c0", "failed", 3), task("c1")),
        worker("b", now=task("c0", "rendering", 4)),
    )
    first = of(seen, "c0")
    assert (first.attempts, first.failures, first.interruptions) == (4, 1, 2)
    assert (first.worker, first.state) == ("b", "rendering")
    assert (of(seen, "c1").interruptions, of(seen, "c1").attempts) == (0, 1)
    assert of(seen, "c2").attempts == 0


def test_a_workers_word_that_a_chunk_is_done_outruns_the_drivers():
    seen = view(job("rendering", "waiting"), worker("a", task("c0")))
    assert of(seen, "c0").state == "stored"
    assert seen.frames_done == 100


def test_without_its_driver_a_job_is_told_by_its_workers():
    seen = view(
        job("rendering", "rendering", "waiting"),
        worker("a", now=task("c0", "rendering")),
        worker("b", now=task("c1", "rendering")),
        silent=("b",),
        driver_s=SILENT_S + 1,
    )
    assert not seen.is_driven
    assert (seen.frames_per_s, seen.frames_done) == (5.0, 100)
    assert seen.left_s == 40.0
    assert [each.state for each in seen.workers] == ["rendering", "silent"]
    alone = job_view("job-1", None, [worker("a", task("c0"), earlier=Counted(frames=5))], {"a": 1})
    assert (alone.phase, alone.frames_done, alone.is_over) == ("unknown", 55, False)


def test_a_chunk_costs_what_its_attempts_took_on_their_machines():
    machine = MachineLine(
        lease_id="a", kind="g4dn.xlarge", zone="z", market="spot",
        usd_per_hour=Decimal("0.36"), state="alive",
    )  # fmt: skip
    told = job("stored", "waiting", machines=(machine,), usd=Decimal("0.5"))
    seen = view(told, worker("a", task("c0", "given back"), task("c0", deliveries=2)), worker("b"))
    assert of(seen, "c0").usd == Decimal("0.0020")
    assert of(seen, "c1").usd is None
    assert (seen.workers[0].machine, seen.usd) == ("g4dn.xlarge z", Decimal("0.5"))


def test_anything_that_was_left_makes_a_page(capsys):
    chance = random.Random(seed := random.randrange(10**6))
    states = ["waiting", "rendering", "stored", "fetched", "buried"]
    ends = ["done", "failed", "given back", "lost"]
    from rich.console import Console

    for _ in range(60):
        chunks = [chance.choice(states) for _ in range(chance.randint(0, 30))]
        ids = [f"c{n}" for n in range(len(chunks) + 2)]
        workers = [
            worker(
                f"w{n}",
                *(task(chance.choice(ids), chance.choice(ends), chance.randint(1, 5))
                  for _ in range(chance.randint(0, 6))),
                now=chance.choice([None, task(chance.choice(ids), "rendering")]),
            )
            for n in range(chance.randint(0, 5))
        ]  # fmt: skip
        known = chance.choice([job(*chunks), None])
        seen = view(known, *workers, driver_s=chance.choice([1.0, 99.0]))
        assert all(each.interruptions >= 0 for each in seen.tasks), f"seed {seed}"
        assert known is None or 0 <= seen.frames_done <= seen.frames_total, f"seed {seed}"
        Console().print(drawn(seen, all_tasks=chance.choice([True, False])))
    assert "worker" in capsys.readouterr().out


# -- looking ---------------------------------------------------------------------------------------


class Away:
    """A store that is away now and then."""

    def __init__(self, store, *away):
        self._store, self.looks, self._away = store, 0, set(away)

    def get(self, key):
        self.looks += 1
        if self.looks in self._away:
            raise StoreUnavailable("It is away.")
        return self._store.get(key)

    def keys(self, prefix):
        return self._store.keys(prefix)


def test_watching_goes_on_after_an_outage_and_ends_with_the_job(tmp_path):
    import io

    store, said = FolderStore(tmp_path / "store"), io.StringIO()
    left(store, job("rendering"), worker("a", now=task("c0", "rendering")))
    waited = []

    def pause(seconds):
        waited.append(seconds)
        if len(waited) == 4:
            left(store, job("fetched", phase="done"))

    seen = follow(
        Reader(Away(store, 3, 4), "job-1"), lambda _: None, MachineReporter(said),
        period_s=5.0, pause=pause,
    )  # fmt: skip
    assert (seen.phase, seen.is_over) == ("done", True)
    assert said.getvalue().count("Trying again") == 1
    assert "answers again" in said.getvalue()
    assert waited[0] == 5.0
    assert 0 < waited[1] < 5
    assert 0 < waited[2] < 5


def test_a_job_whose_place_was_cleared_away_has_ended(tmp_path):
    import io

    store, said = FolderStore(tmp_path / "store"), io.StringIO()
    left(store, job("rendering"))

    def pause(_):
        store.delete(job_summary_key("job-1"))

    seen = follow(
        Reader(store, "job-1"), lambda _: None, MachineReporter(said), period_s=1, pause=pause
    )
    assert seen.phase == "rendering"
    assert "cleared away" in said.getvalue()
    with pytest.raises(JobMissing):
        Reader(store, "job-1").look()


def test_hosts_with_wrong_clocks_are_not_silent(tmp_path):
    store, now_s = FolderStore(tmp_path / "store"), [0.0]
    reader = Reader(store, "job-1", clock=lambda: now_s[0], now=lambda: AT + timedelta(seconds=5))
    for number in range(4):
        wrong = (AT - timedelta(days=1) + timedelta(seconds=number)).isoformat()
        left(store, None, worker("a", now=task("c0"), written_at=wrong))
        seen = reader.look()
        now_s[0] += 10
    assert seen.workers[0].state == "rendering"
    now_s[0] += 2 * SILENT_S
    assert reader.look().workers[0].state == "silent"


def test_another_versions_word_is_passed_over(tmp_path):
    store = FolderStore(tmp_path / "store")
    left(store, job("rendering"), worker("a"))
    store.put(summary_key("job-1", "new"), b'{"version": 99}')
    assert [each.agent_id for each in Reader(store, "job-1").look().workers] == ["a"]


# -- addresses -------------------------------------------------------------------------------------


def test_an_address_is_understood_and_made_again(tmp_path):
    home = Home(tmp_path)
    for store in (
        StoreConfig(kind="s3", bucket="b", prefix="jobs/x/"),
        StoreConfig(kind="s3", bucket="b"),
        StoreConfig(
            kind="s3", bucket="b", prefix="p/", region="eu-west-1",
            endpoint_url="https://oss.example.org:9000", addressing="path",
        ),
        StoreConfig(kind="folder", root=str(tmp_path)),
    ):  # fmt: skip
        found = parse_address(address_of(store, "job-1"), home)
        assert (found.store, found.job_id) == (store, "job-1")


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org#x",
        "s3://",
        "s3://k:s@bucket/#x",
        "s3://b/?what=x#j",
        "s3://b?addressing=x#j",
        "#x",
    ],
)
def test_what_is_no_address_is_refused(text, tmp_path):
    with pytest.raises(RequestRefused):
        parse_address(text, Home(tmp_path))


def test_a_store_with_one_job_needs_no_name(tmp_path):
    store = FolderStore(tmp_path / "store")
    address = parse_address(str(tmp_path / "store"), Home(tmp_path / "home"))
    with pytest.raises(JobMissing):
        open_reader(address)
    left(store, job("waiting"))
    assert open_reader(address).look().job_id == "job-1"
    store.put(job_summary_key("job-2"), b"{}")
    with pytest.raises(JobMissing) as refused:
        open_reader(address)
    assert "#job-2" in refused.value.advice


# -- the whole way ---------------------------------------------------------------------------------


def watched(capsys, *arguments):
    status = main(["watch", *map(str, arguments), "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return status, lines[-1].get("result", lines[-1].get("error"))


def test_a_render_is_watched_from_another_home(tmp_path, capsys, monkeypatch):
    home = Home(tmp_path / "home")
    clip = make_clip(tmp_path / "film.mp4", frames=200)
    with running(start_cli(home, "render", clip, "--engine", "identity")) as process:
        assert process.wait(120) == 0
    await_no_process_of(home)
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path / "elsewhere"))
    (job_id,) = list_jobs(home)
    status, seen = watched(capsys, f"{home.store}#{job_id}")
    assert (status, seen["phase"], seen["title"]) == (Exit.DONE, "done", "film.mp4")
    assert seen["frames_done"] == seen["frames_total"] == 200
    assert all(each["attempts"] == 1 and each["began_at"] for each in seen["tasks"])
    assert "absent" not in seen["workers"][0]["state"]
    assert str(tmp_path) not in json.dumps(seen), "a path of the driver's machine was told"
    assert watched(capsys, job_id)[0] == Exit.USAGE, "it is no job of this home"


@pytest.fixture
def bucket(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="renders")
        yield


def test_a_job_in_a_bucket_is_watched_by_its_address(bucket, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path))
    store = S3Store(Bucket(name="renders", prefix="jobs/job-1/", region="us-east-1"))
    left(store, job("fetched", phase="failed", fault="It broke."), worker("a", task("c0")))
    status, seen = watched(capsys, "s3://renders/jobs/job-1?region=us-east-1#job-1")
    assert (status, seen["fault"]) == (Exit.FAILED, "It broke.")
    assert seen["tasks"][0]["attempts"] == 1


class Counting(FolderStore):
    """Counts what is written."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.puts, self.put_one = 0, threading.Event()

    def put(self, key, data, *, if_absent=False):
        self.puts += 1
        self.put_one.set()
        return super().put(key, data, if_absent=if_absent)


def test_a_job_that_runs_elsewhere_is_found_by_its_id_here(bucket, tmp_path):
    from tests.fakes.planned_jobs import enter_job

    home = Home(tmp_path / "home")
    enter_job(home, "job-1")
    assert parse_address("job-1", home).store.root == str(home.store)
    store = S3Store(Bucket(name="renders", prefix="jobs/job-1/", region="us-east-1"))
    address = note_address(home, "job-1", store)
    assert address == "s3://renders/jobs/job-1?region=us-east-1#job-1"
    left(store, job("fetched", phase="done"))
    assert open_reader(parse_address("job-1", home)).look().phase == "done"


def test_a_driver_writes_seldom_and_nothing_after_its_place_is_cleared(tmp_path):
    from orchestrator.places import Place
    from tests.fakes.planned_jobs import enter_job

    home, store, tidied = Home(tmp_path / "home"), Counting(tmp_path / "store"), []
    record = enter_job(home, "job-1", source="/secret/films/a.mp4")
    place = Place(
        store=store, fill=None, look=None, fleet=lambda tell: None, keeps_queue=True,
        tidy=lambda: tidied.append(store.puts),
    )  # fmt: skip
    publishing = Publishing(period_s=3600)
    made = publishing.knowing(lambda *_: place)(home, record, 1)
    for _ in range(500):
        publishing.see(_snapshot(), None)
    assert store.put_one.wait(30)
    made.tidy()
    assert tidied == [store.puts], "something was written after"
    publishing.see(_snapshot(), None)
    publishing.close()
    assert tidied == [store.puts]
    assert store.puts <= 2
    written = store.get(job_summary_key("job-1"))
    assert b"secret" not in written


def _snapshot():
    from orchestrator.job import Phase
    from orchestrator.snapshot import Snapshot

    return Snapshot(
        phase=Phase.RENDERING, frames_done=1, frames_total=2, chunks=(), segments_rendered=0,
        segments_reused=0, frames_per_s=1.0, left_s=1.0, leases=(), interruptions=0,
        interrupted_at=(), assembled_frames=0, fault=None,
    )  # fmt: skip
