"""The table at a render's end tells how workers were lost, as the receipt and the window do."""

import io
from types import SimpleNamespace
from typing import get_args

import pytest
from rich.console import Console

from orchestrator.cli.driving import line_of, print_line
from orchestrator.events import Loss
from orchestrator.job import Phase
from orchestrator.snapshot import Snapshot


def line_with(*hows):
    last = Snapshot(
        phase=Phase.DONE, frames_done=9, frames_total=9, chunks=(), segments_rendered=1,
        segments_reused=0, frames_per_s=0.0, left_s=None, leases=(), interruptions=len(hows),
        interrupted_at=(), assembled_frames=9, fault=None,
        gone=tuple((f"lease-{number}", how) for number, how in enumerate(hows)),
    )  # fmt: skip
    request = SimpleNamespace(output_path="out.mp4")
    record = SimpleNamespace(job_id="j", report=SimpleNamespace(notices=()), request=request)
    return line_of(SimpleNamespace(record=record, last=last, finished=None))


def printed(line):
    told = io.StringIO()
    print_line(Console(file=told, width=200), line)
    return next(text for text in told.getvalue().splitlines() if "workers lost" in text)


def test_only_what_the_platform_took_back_is_an_interruption():
    line = line_with("interrupted", "terminated", "lost", "interrupted")
    assert line.interruptions == 2
    assert line.losses == {"interrupted": 2, "terminated": 1, "lost": 1}
    said = printed(line)
    assert "2 taken back; 1 terminated by somebody; 1 not reached any more" in said


@pytest.mark.parametrize("how", get_args(Loss))
def test_each_way_to_go_has_words(how):
    assert "1 " in printed(line_with(how))


def test_of_none_it_is_said():
    assert "none" in printed(line_with())
