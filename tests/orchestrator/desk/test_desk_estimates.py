"""Before a render its file has a name, and how long it takes is known from earlier ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orchestrator.desk.entries import Look, Output, Result
from orchestrator.desk.estimate import estimate_s, frames_of
from orchestrator.desk.turn import free_output
from orchestrator.errors import RequestRefused
from tests.orchestrator.desk.queue_entries import entry, facts


def test_an_output_s_name_is_free_and_is_a_name(tmp_path):
    source = tmp_path / "a.mov"
    (tmp_path / "a-secondunit.mp4").touch()
    made = replace(entry("a", "ready"), source=str(source))
    assert free_output(made, set()).name == "a-secondunit-2.mp4"
    taken = {str(tmp_path / "a-secondunit-2.mp4")}
    assert free_output(made, taken).name == "a-secondunit-3.mp4"
    for name in ("../x", "a/b", "/etc/x"):
        with pytest.raises(RequestRefused):
            free_output(replace(made, output=Output(name=name)), set())


def test_estimates_come_from_what_was_rendered_here():
    done = replace(
        entry("d", "done"),
        facts=facts(frames=300, size_px=(640, 360)),
        result=Result(
            output_path="", digest="b" * 64, frame_count=300, missed_frames=0, seconds=60.0,
            finished_at="2026-01-02", rendered_frames=150,
        ),
    )  # fmt: skip
    wanted = replace(entry("e", "ready"), facts=facts(frames=300, size_px=(1280, 720)))
    assert estimate_s(wanted, []) is None
    assert estimate_s(wanted, [done]) == pytest.approx(300 * 4 * 60 / 150)
    assert estimate_s(entry("n"), [done]) is None
    half = replace(wanted, trim_in=facts().duration / 2)
    assert frames_of(half) == 150
    assert estimate_s(half, [done]) == pytest.approx(150 * 4 * 60 / 150)
    assert frames_of(replace(half, trim_out=facts().duration / 4)) == 0
    other = replace(done, look=Look(engine="other"))
    assert estimate_s(wanted, [other]) is None
    reused = replace(done, result=replace(done.result, rendered_frames=0))
    assert estimate_s(wanted, [reused]) is None
    slow = replace(
        done, output=Output(codec="av1"), result=replace(done.result, rendered_frames=15)
    )
    assert estimate_s(wanted, [done, slow]) == estimate_s(wanted, [done])
    assert estimate_s(replace(wanted, output=Output(codec="h265")), [slow]) is not None
