"""Show what less time costs with 8 and 16 instances: the deadline is the one knob."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from benchmarks.policy_replay import Case, replay
from benchmarks.policy_traces import STEP_S, TraceSet
from orchestrator.policy import decide

_WORK_S = 24 * 3600
_STARTS = 40
_INSTANCES = (8, 16)
_DEADLINES = (1.1, 1.25, 1.5, 2.0, 3.0, 5.0)
"""In times of what the instances would take if none had to boot."""
_BAR = 40


def print_curves(traces: TraceSet, boot_s: int, depth: int) -> None:
    """Print money and time of a job of 24 GPU-hours for each number of instances and deadline."""
    boot = -(-boot_s // STEP_S)
    for instances in _INSTANCES:
        share_s = _WORK_S / instances
        latest = max(_DEADLINES) * share_s / STEP_S
        if traces.steps <= latest + 1:
            continue
        starts = np.linspace(0, traces.steps - latest - 1, _STARTS).astype(np.int64)
        print(
            f"\n{traces.name}: {_WORK_S / 3600:.0f} GPU-hours on {instances} instances,"
            f" {_STARTS} starts{_depth(traces, depth)}"
        )
        print(f"   {'deadline':>8}{'time: median, p95':>20}{'late':>6}{'cost':>7}  of on demand")
        for times in _DEADLINES:
            case = Case(
                work=_WORK_S // STEP_S,
                deadline=round(times * share_s / STEP_S),
                boot=boot,
                instances=instances,
                depth=depth,
            )
            _print_point(traces, starts, case)


def _depth(traces: TraceSet, depth: int) -> str:
    return f", taken that a zone has {depth} or none" if traces.counts.max() <= 1 else ""


def _print_point(traces: TraceSet, starts: npt.NDArray[np.int64], case: Case) -> None:
    outcomes = replay(decide, traces, starts, case)
    minutes = np.array([each.steps for each in outcomes]) * STEP_S / 60
    middle, high = np.percentile(minutes, (50, 95))
    full_usd = traces.on_demand_usd_per_hour * _WORK_S / 3600
    cost = float(np.mean([each.usd for each in outcomes])) / full_usd
    late = sum(each.steps > case.deadline for each in outcomes)
    bar = "#" * round(cost * _BAR)
    print(
        f"   {case.deadline * STEP_S / 60:4.0f} min{middle:10.0f} {high:5.0f} min"
        f"{late:6}{cost:7.2f}  {bar}"
    )
