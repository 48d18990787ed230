"""A deadline is typed as people say it, and only where something can be held to it."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from orchestrator.cli.arguments import parse
from orchestrator.cli.elsewhere import where_of
from orchestrator.cli.times import duration_of
from orchestrator.desk.elsewhere import read_where, write_where
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from remote_worker.contract.records import JobId


@pytest.mark.parametrize(
    ("text", "seconds"), [("90m", 5400), ("2h", 7200), ("2h30m", 9000), ("1d", 86400)]
)
def test_a_time_is_read_as_it_is_said(text: str, seconds: float) -> None:
    assert duration_of(text) == seconds


@pytest.mark.parametrize("text", ["", "0m", "2", "2:30", "-1h", "h", "soon", "30m2h"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="not a time"):
        duration_of(text)


@pytest.mark.parametrize(("on", "word"), [("here", "elsewhere"), ("kubernetes", "cluster")])
def test_nothing_but_the_account_is_held_to_a_deadline(tmp_path: Path, on: str, word: str) -> None:
    asked = parse(["render", "clip.mp4", "--on", on, "--deadline", "2h"])
    with pytest.raises(RequestRefused) as refused:
        where_of(Home(tmp_path), asked)
    assert word in str(refused.value)


def test_a_deadline_is_noted_with_where_a_job_runs(tmp_path: Path) -> None:
    asked = parse(["render", "clip.mp4", "--on", "aws", "--deadline", "2h30m", "--fall-back"])
    where = where_of(Home(tmp_path), asked)
    assert (where.within_s, where.fall_back) == (9000, True)
    job_id = JobId("20260501-000000-0000")
    Home(tmp_path).job(job_id).mkdir(parents=True)
    write_where(Home(tmp_path), job_id, where)
    assert read_where(Home(tmp_path), job_id) == where
