"""Whoever stops, cancels or limits a real ``secondunit`` process gets what is promised."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time

import psutil
import pytest

from orchestrator.home import Home
from orchestrator.job import (
    Phase,
)
from orchestrator.jobs import journal_path, list_jobs, read_state
from remote_worker.stores.folder import FolderStore
from tests.clips import barcodes_of
from tests.faults.kills import (
    REPOSITORY,
    agents_of,
    await_no_process_of,
    running,
    start,
    start_cli,
)
from tests.faults.stories import check_result, identity_original, twin

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent as POSIX has them")
DEADLINE_S = 60.0
LIMITED = """
import resource, runpy, sys
most = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
runpy.run_module("orchestrator.cli.main", run_name="__main__", alter_sys=True)
"""


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A job whose segments take long enough to be stopped in."""
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=400, segment_frames=20, seed=3, preset="veryslow")


@pytest.fixture
def story(original, tmp_path):
    """The same job in a home of its own, for two workers."""
    return twin(original, tmp_path / "story", workers=2)


def segments_in(home) -> int:
    return sum(1 for _ in FolderStore(home.store).keys("segments/"))


def await_segments(process, home, count=1) -> None:
    deadline_s = time.monotonic() + DEADLINE_S
    while segments_in(home) < count and process.poll() is None:
        assert time.monotonic() < deadline_s
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue
    assert process.poll() is None, "it ended before it was stopped"


@contextlib.contextmanager
def frozen(agents):
    """Let workers do nothing for a while."""
    for agent in agents:
        agent.suspend()
    yield
    for agent in agents:
        agent.resume()


def phase_of(home, record) -> Phase:
    return read_state(home, record.job_id).job.phase


def resume(home, record) -> int:
    with running(start_cli(home, "resume", record.job_id)) as process:
        return process.wait(timeout=DEADLINE_S)


def test_the_first_ctrl_c_finishes_what_is_in_hand_and_the_job_resumes(original, story):
    home, record = story
    with running(start_cli(home, "resume", record.job_id)) as process:
        await_segments(process, home, 2)
        with frozen(agents_of(process.pid)):  # so that they are in the middle of something
            process.send_signal(signal.SIGINT)
            await_log(home, "stopping")
        assert process.wait(timeout=DEADLINE_S) == 6
    assert phase_of(home, record) is Phase.STOPPED
    kept = segments_in(home)
    await_no_process_of(home)
    assert segments_in(home) == kept < 20, "nothing goes on after it has stopped"
    assert read_state(home, record.job_id).job.interruptions == 0
    assert resume(home, record) == 0
    check_result(original, home, record)


def test_the_second_ctrl_c_ends_at_once_and_the_job_resumes(original, story):
    home, record = story
    with running(start_cli(home, "resume", record.job_id)) as process:
        await_segments(process, home)
        agents = agents_of(process.pid)
        for agent in agents:
            agent.suspend()  # one that cannot drain is the one for whom there is a second time
        process.send_signal(signal.SIGINT)
        await_log(home, "stopping")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=DEADLINE_S) == 6
    psutil.wait_procs(agents, timeout=5)
    assert not any(agent.is_running() for agent in agents)
    assert resume(home, record) == 0
    check_result(original, home, record)


def await_log(home, words: str) -> None:
    log, deadline_s = home.root / "orchestrator.log", time.monotonic() + DEADLINE_S
    while words not in log.read_text():
        assert time.monotonic() < deadline_s
        psutil.wait_procs([], timeout=0)
        os.sched_yield()


def await_more(process, file) -> None:
    """Wait until ``file`` has grown, or the process has ended."""
    before = file.stat().st_size if file.exists() else 0
    while process.poll() is None and not (file.exists() and file.stat().st_size > before):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.02)


@pytest.mark.parametrize("seed", [1])
def test_many_ctrl_c_at_random_moments_harm_nothing(original, story, seed):
    home, record = story
    chance = random.Random(seed)
    for _ in range(4):
        with running(start_cli(home, "resume", record.job_id)) as process:
            await_more(process, journal_path(home, record.job_id))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=chance.random())
            for _ in range(chance.randint(1, 4)):
                process.send_signal(signal.SIGINT)
            status = process.wait(timeout=DEADLINE_S)
            assert status in (0, 6, -signal.SIGINT), f"seed {seed}"  # the last came after its end
    assert resume(home, record) == 0
    check_result(original, home, record)


def test_another_process_cancels_a_running_job(story):
    home, record = story
    with running(start_cli(home, "resume", record.job_id)) as process:
        await_segments(process, home)
        with (
            frozen(agents_of(process.pid)),  # so that the job is not done before
            running(start_cli(home, "cancel", record.job_id)) as other,
        ):
            assert other.wait(timeout=DEADLINE_S) == 0
        assert process.wait(timeout=DEADLINE_S) == 7
    assert phase_of(home, record) is Phase.CANCELLED
    assert segments_in(home) >= 1, "finished segments stay for another job"
    kinds = {key.partition("/")[0] for key in FolderStore(home.store).keys("")}
    assert kinds == {"segments", "blobs"}
    assert len(list((home.store / "blobs").iterdir())) == segments_in(home), "a piece is left"
    assert resume(home, record) == 7


def test_a_killed_job_is_cancelled_at_rest(story):
    home, record = story
    with running(start_cli(home, "resume", record.job_id)) as process:
        await_segments(process, home)
    with running(start_cli(home, "cancel", record.job_id)) as other:
        assert other.wait(timeout=DEADLINE_S) == 0
    assert phase_of(home, record) is Phase.CANCELLED
    await_no_process_of(home)


def test_a_limit_on_the_size_of_files_is_told_and_the_job_resumes(original, story):
    home, record = story
    limit = 40_000  # bytes: a queue fits, a piece does not
    with (
        (home.root / "limited.log").open("wb") as log,
        running(
            subprocess.Popen(
                [sys.executable, "-c", LIMITED, str(limit), "resume", record.job_id, "--json"],
                cwd=REPOSITORY,
                stdout=log,
                stderr=log,
                env={**os.environ, "SECONDUNIT_HOME": str(home.root)},
            )
        ) as process,
    ):
        assert process.wait(timeout=DEADLINE_S) == 1
    assert "room" in (home.root / "limited.log").read_text()
    assert resume(home, record) == 0
    check_result(original, home, record)


def test_workers_of_a_killed_orchestrator_end_by_themselves(story):
    home, record = story
    process = start(home, "tests.faults.driver", home.root, record.job_id, 2, 0.7, 30)
    with running(process):
        await_segments(process, home)
        agents = agents_of(process.pid)
    assert agents
    _, alive = psutil.wait_procs(agents, timeout=30)
    assert not alive, "they had one segment in hand"


@pytest.mark.parametrize("seed", [5, 6])
def test_a_render_killed_at_any_moment_is_in_the_book_whole_or_not_at_all(original, tmp_path, seed):
    chance = random.Random(seed)
    home, output = Home(tmp_path / "home"), tmp_path / "out.mp4"
    source = original.record.request.source_path
    render = ("render", source, "--engine", "identity", "--output", output, "--workers", 2)
    with (
        running(start_cli(home, *render)) as process,
        contextlib.suppress(subprocess.TimeoutExpired),
    ):
        process.wait(timeout=3 * chance.random())
    jobs = list_jobs(home)
    again = ("resume", "last") if jobs else render
    with running(start_cli(home, *again)) as process:
        assert process.wait(timeout=DEADLINE_S) == 0, f"seed {seed}"
    assert len(list_jobs(home)) == 1
    assert barcodes_of(output) == list(range(400)), f"seed {seed}"
