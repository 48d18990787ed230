"""Find the least that a job could have cost, had one known the whole trace.

Exact for these rules: time in steps; one instance works at a time, in one zone or on demand; each
begins with a boot, billed like work, during which its zone has to be up throughout and another
instance may still work; an instance can be ended at any step; all work is done by the deadline.
The value is looked up by time and slack (time left less work left): work leaves the slack as it
is and waiting uses a step of it, so a table of zones x slack is walked back through time.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from benchmarks.policy_traces import STEP_S, TraceSet

Costs = npt.NDArray[np.float64]
_NEVER = np.float32(1e9)


def least_usd(
    traces: TraceSet,
    starts: npt.NDArray[np.int64],
    work_steps: int,
    deadline_steps: int,
    boot_steps: int,
) -> Costs:
    """Return the least cost in USD for each start."""
    up, price = _with_on_demand(traces)
    seen_up = np.cumsum(np.pad(up, ((0, 0), (1, 0))), axis=1)
    slack = deadline_steps - work_steps
    runs = np.zeros((len(up), len(starts), slack + 1), np.float32)
    idle = np.zeros((len(starts), slack + 1), np.float32)
    for step in range(deadline_steps - 1, -1, -1):
        at = starts + step
        runs += price[:, None, None]
        runs[~up[:, at]] = _NEVER
        idle[:, 1:] = idle[:, :-1].copy()
        idle[:, 0] = _NEVER
        if step >= boot_steps:
            booted: npt.NDArray[np.bool_] = (
                seen_up[:, at] - seen_up[:, at - boot_steps]
            ) == boot_steps
            for zone in range(len(up)):
                ready = np.flatnonzero(booted[zone])
                begun = runs[zone][ready] + np.float32(boot_steps * price[zone])
                idle[ready] = np.minimum(idle[ready], begun)
        done = deadline_steps - step  # with so much slack or more no work is left
        if done <= slack:
            runs[:, :, done:] = 0
            idle[:, done:] = 0
        np.minimum(runs, idle[None], out=runs)
    return idle[:, slack].astype(np.float64)


def _with_on_demand(
    traces: TraceSet,
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float32]]:
    """Return when each zone is up and what a step costs there; the full price is the last zone."""
    always = np.ones((1, traces.steps), bool)
    prices = np.array([*traces.usd_per_hour, traces.on_demand_usd_per_hour])
    return np.vstack([traces.counts > 0, always]), (prices * STEP_S / 3600).astype(np.float32)
