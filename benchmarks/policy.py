"""Replay recorded spot months against the scheduling policy, and count money and time.

For jobs of 0.67, 4 and 24 GPU-hours with a deadline of 1.5 times the work, begun at many times
of each recorded set: what the policy costs and how long it takes, beside the policies one would
write first and the least that was possible with hindsight; then, for 8 and 16 instances, what
less time costs.  The baseline is that optimum; the ratio is the cost of all jobs to it, each as a
share of its price on demand, so that every length of job weighs the same.  The policy was tuned on
the first half of availability-2023-02 and on sets that are not in the folder: "--part 0.5 1" gives
the rest of the former, and preemption-2023-04 was never tuned on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.policy_baselines import cheapest_first, on_demand, one_zone, uniform_progress
from benchmarks.policy_curve import print_curves
from benchmarks.policy_optimum import least_usd
from benchmarks.policy_replay import Case, Outcome, Policy, replay
from benchmarks.policy_traces import STEP_S, TraceSet, trace_sets
from orchestrator.policy import decide

_SAMPLE = Path(__file__).resolve().parent.parent / "tests/orchestrator/policy/traces"
_STARTS = {2400: 600, 14400: 400, 86400: 120}
"""By the seconds of work: enough that the rare outages weigh what they weigh."""
_OURS = "this policy"
_MOST_TOTAL, _MOST_P95 = 1.03, 1.25


@dataclass(frozen=True)
class Result:
    """What one policy made of all starts of one length of job."""

    name: str
    outcomes: tuple[Outcome, ...]
    least_usd: npt.NDArray[np.float64]
    case: Case
    full_usd: float
    """The work at the full price, without a boot."""
    set_name: str

    @cached_property
    def usd(self) -> npt.NDArray[np.float64]:
        """Cost of each start."""
        return np.array([each.usd for each in self.outcomes])

    @property
    def total(self) -> float:
        """Cost of all starts to the least possible."""
        return float(self.usd.sum() / self.least_usd.sum())

    @property
    def p95(self) -> float:
        """The same per start, at the 95th percentile."""
        return float(np.percentile(self.usd / self.least_usd, 95))

    @property
    def misses(self) -> int:
        """Starts that were done after their deadline."""
        return sum(each.steps > self.case.deadline for each in self.outcomes)


def main() -> int:
    """Replay, print the tables, and the ratio last."""
    arguments = _parser().parse_args()
    ours: list[Result] = []
    try:
        sets = [each.part(*arguments.part) for each in trace_sets(arguments.folder)]
    except (FileNotFoundError, ValueError) as error:
        raise SystemExit(f"cannot measure: {error}") from error
    for traces in sets:
        _print_set(traces)
        for work_s in _STARTS:
            results = list(_results(traces, work_s, arguments))
            if results:
                _print_results(work_s, results)
                ours += [each for each in results if each.name == _OURS]
    for traces in sets:
        print_curves(traces, arguments.boot_s, arguments.depth)
    if not ours:
        raise SystemExit("cannot measure: the traces are shorter than the shortest deadline")
    _print_bars(ours)
    print(f"ratio {_ratio(ours):.3f}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=_SAMPLE, help="of traces")
    parser.add_argument("--boot-s", type=int, default=180, help="from launch to work, billed")
    parser.add_argument("--slack", type=float, default=1.5, help="deadline to work")
    parser.add_argument(
        "--part",
        type=float,
        nargs=2,
        default=(0.0, 1.0),
        metavar=("FIRST", "LAST"),
        help="of each set, in shares of its time, such as 0.5 1",
    )
    parser.add_argument(
        "--depth", type=int, default=4, help="instances of a zone whose trace says just yes or no"
    )
    return parser


def _results(traces: TraceSet, work_s: int, arguments: argparse.Namespace) -> Iterator[Result]:
    work = work_s // STEP_S
    case = Case(
        work=work,
        deadline=round(work * arguments.slack),
        boot=-(-arguments.boot_s // STEP_S),
    )
    last = traces.steps - case.deadline - 1
    if last < 1:
        print(f"\n{work_s / 3600:.2f} GPU-hours: the traces are shorter than the deadline")
        return
    starts = np.unique(np.linspace(0, last, _STARTS[work_s]).astype(np.int64))
    least = least_usd(traces, starts, case.work, case.deadline, case.boot)
    full_usd = traces.on_demand_usd_per_hour * work_s / 3600
    for name, policy in _policies(traces, case).items():
        outcomes = replay(policy, traces, starts, case)
        yield Result(name, outcomes, least, case, full_usd, traces.name)


def _policies(traces: TraceSet, case: Case) -> dict[str, Policy]:
    availability = (traces.counts > 0).mean(axis=1)
    middling = traces.zones[int(np.argsort(availability)[len(availability) // 2])]
    return {
        "on demand": on_demand,
        f"one zone ({middling}), waiting": one_zone(middling),
        "all zones, cheapest first": cheapest_first,
        "uniform progress, all zones": uniform_progress(case.deadline * STEP_S),
        _OURS: decide,
    }


def _print_set(traces: TraceSet) -> None:
    days = traces.steps * STEP_S / 86400
    print(f"\n== {traces.name}: {days:.1f} days, {len(traces.zones)} zones")
    up = (traces.counts > 0).mean(axis=1)
    for zone, share, usd, recorded in zip(
        traces.zones, up, traces.usd_per_hour, traces.recorded, strict=True
    ):
        guess = " (a guess)" if zone in traces.unpriced else ""
        short = f", recorded {recorded:.0%} of the time" if recorded < 0.99 else ""
        print(f"   {zone:12} up {share:4.0%}, ${usd:.2f} an hour{guess}{short}")
    print(f"   on demand ${traces.on_demand_usd_per_hour:.2f} an hour")


def _print_results(work_s: int, results: Sequence[Result]) -> None:
    first = results[0]
    deadline_s = first.case.deadline * STEP_S
    print(
        f"\n{work_s / 3600:.2f} GPU-hours, deadline {deadline_s / 3600:.2f} h,"
        f" {len(first.outcomes)} starts"
    )
    print(
        f"{'':34}{'cost':>7}{'to least':>10}{'p95':>7}   {'time: median, p95, max':24}{'late':>5}"
    )
    for each in results:
        times = np.array([outcome.steps * STEP_S / work_s for outcome in each.outcomes])
        middle, high, most = np.percentile(times, (50, 95, 100))
        print(
            f"{each.name:34}{each.usd.mean() / each.full_usd:7.3f}{each.total:10.3f}{each.p95:7.2f}"
            f"   {middle:6.2f} {high:6.2f} {most:6.2f}{'':4}{each.misses:5}"
        )
    least = first.least_usd.mean() / first.full_usd
    print(f"{'least possible, with hindsight':34}{least:7.3f}{1:10.3f}")


def _print_bars(ours: Sequence[Result]) -> None:
    print(f"\nBars: total at most {_MOST_TOTAL}, 95th percentile at most {_MOST_P95}, none late")
    for each in ours:
        hours = each.case.work * STEP_S / 3600
        faults = [
            *([f"total over by {each.total - _MOST_TOTAL:.3f}"] * (each.total > _MOST_TOTAL)),
            *([f"95th percentile over by {each.p95 - _MOST_P95:.2f}"] * (each.p95 > _MOST_P95)),
            *([f"{each.misses} late"] * (each.misses > 0)),
        ]
        verdict = "; ".join(faults) or "kept"
        figures = f"{each.total:.3f}, {each.p95:.2f}, {each.misses} late"
        print(f"   {each.set_name}, {hours:.2f} GPU-hours: {figures}: {verdict}")


def _ratio(ours: Sequence[Result]) -> float:
    paid = sum(each.usd.mean() / each.full_usd for each in ours)
    least = sum(each.least_usd.mean() / each.full_usd for each in ours)
    return float(paid / least)


if __name__ == "__main__":
    sys.exit(main())
