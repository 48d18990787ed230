"""Decide whether the laptop may be closed now; pure, so that the light never guesses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Why = Literal[
    "nothing runs",  # the render rests, or is done
    "all is rendered",  # what is left is brought here and put together on return
    "it goes on",  # everything is staged, and AWS replaces what is taken
    "rendered here",  # this machine does the work
    "uploading",  # pieces of the video are still on their way
    "no machine yet",  # no instance has been heard yet
    "not replaced",  # it would go on, but an instance that is taken stays away
    "short of time",  # the budget's time may be over before the work is
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LidState:
    """What the answer follows from."""

    in_the_cloud: bool
    at_rest: bool
    staged: bool
    """Whether every unfinished chunk is in the queue."""
    unfinished: int
    """Chunks that the store does not hold yet."""
    machines_ready: int
    """Whose agents have said hello and have had no notice."""
    machines_kept: bool
    """Whether AWS replaces them without us, or they are on demand and never taken."""
    left_s: float | None
    """About how long rendering still takes; None when it cannot be told."""
    paid_s: float | None
    """For how long the instances may live; None: no cap."""


@dataclass(frozen=True, slots=True)
class LidAnswer:
    """Whether the laptop may be closed, and why or why not."""

    why: Why

    @property
    def may_close(self) -> bool:
        """Whether everything goes on to its end without this machine."""
        return self.why in ("nothing runs", "all is rendered", "it goes on")


def can_close_laptop(state: LidState) -> LidAnswer:
    """Return whether everything goes on to its end without this machine."""
    if state.at_rest:
        return LidAnswer("nothing runs")
    if not state.in_the_cloud:
        return LidAnswer("rendered here")
    if state.unfinished == 0:
        return LidAnswer("all is rendered")
    if not state.staged:
        return LidAnswer("uploading")
    if state.machines_ready == 0:
        return LidAnswer("no machine yet")
    if not state.machines_kept:
        return LidAnswer("not replaced")
    if state.paid_s is not None and (state.left_s is None or state.left_s > state.paid_s):
        return LidAnswer("short of time")
    return LidAnswer("it goes on")
