"""Do to a desk what its tests do again and again."""

from __future__ import annotations

from orchestrator.job import Phase
from tests.fakes.fleets import FakeFleet
from tests.fakes.rentals import hold
from tests.orchestrator.desk.queue_entries import IDENTITY

FRAMES = 48
"""Of each clip of the desk's tests."""


def holding():
    """A fleet whose first worker renders nothing until it is told to rest."""
    return FakeFleet((hold,))


def add(desk, clip, **more):
    (made,) = desk.add([clip], look=IDENTITY, **more)
    return made


def is_rendering(snapshot):
    return snapshot.running is not None and snapshot.running.seen.phase is Phase.RENDERING


def failed(watcher, name):
    trouble = watcher.wait_state(name, "failed").trouble
    assert trouble.sentence.endswith(".")
    assert trouble.advice.endswith(".")
    return trouble
