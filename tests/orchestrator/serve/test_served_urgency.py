"""What is asked for as urgent over HTTP goes before all waiting entries that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.desk import changes
from orchestrator.desk.desk import new_entries
from orchestrator.desk.entries import Where
from orchestrator.serve.shapes import JobWish
from orchestrator.serve.wishes import entry_of
from tests.orchestrator.desk.queue_entries import entry


@pytest.mark.parametrize(("urgent", "place"), [(True, 2), (False, 4)])
def test_an_urgent_wish_goes_behind_what_is_rendered_and_before_what_waits(urgent, place):
    states = ("done", "rendering", "queued", "ready")
    there = tuple(entry(name, state) for name, state in zip("abcd", states, strict=True))
    (draft,) = new_entries([Path("/videos/new.mp4")])
    wish = JobWish.model_validate({"source": "0" * 32, "urgent": urgent})
    made = entry_of(draft, wish, Where(), Path("/videos"))
    assert made.urgent is urgent
    assert changes.added(there, [made]).index(made) == place
