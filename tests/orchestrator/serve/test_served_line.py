"""Urgent jobs come before all waiting ones that are not, and in the order they were asked for."""

from dataclasses import replace
from pathlib import Path

from orchestrator.desk.desk import new_entries
from orchestrator.serve.jobs import in_line


def _entries(*states):
    made = new_entries([Path(f"/videos/{number}.mp4") for number in range(len(states))])
    return tuple(replace(each, state=state) for each, state in zip(made, states, strict=True))


def _new():
    (entry,) = new_entries([Path("/videos/late.mp4")])
    return entry


def test_a_job_that_is_not_urgent_goes_last():
    line, late = _entries("rendering", "queued", "ready"), _new()
    assert in_line(line, late, frozenset()) == (*line, late)


def test_an_urgent_job_goes_before_what_waits_and_after_what_is_rendered_or_over():
    line, late = _entries("done", "rendering", "queued", "new"), _new()
    placed = in_line(line, late, frozenset({late.entry_id}))
    assert placed == (*line[:2], late, *line[2:])


def test_urgent_jobs_keep_their_order():
    line, late = _entries("queued", "queued", "queued"), _new()
    urgent = frozenset({line[0].entry_id, late.entry_id})
    assert in_line(line, late, urgent) == (line[0], late, *line[1:])


def test_an_urgent_job_goes_last_where_nothing_waits():
    line, late = _entries("done", "failed"), _new()
    assert in_line(line, late, frozenset({late.entry_id})) == (*line, late)
