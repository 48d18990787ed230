"""The policy against recorded spot markets: what it costs, to the third figure."""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from benchmarks.policy_baselines import cheapest_first, on_demand, uniform_progress
from benchmarks.policy_optimum import least_usd
from benchmarks.policy_replay import Case, Policy, replay
from benchmarks.policy_traces import STEP_S, TraceSet, trace_sets
from orchestrator.policy import decide

_TRACES = Path(__file__).parent / "traces"
_AVAILABILITY, _PREEMPTION = trace_sets(_TRACES)
_GOLDEN = {
    (_AVAILABILITY.name, 40): 1.0075,
    (_AVAILABILITY.name, 240): 1.0120,
    (_AVAILABILITY.name, 1440): 1.0108,
    (_PREEMPTION.name, 40): 1.0219,
    (_PREEMPTION.name, 240): 1.0447,
}
"""Total cost to the least possible, by set and minutes of work."""


def _set(name: str) -> TraceSet:
    return next(each for each in (_AVAILABILITY, _PREEMPTION) if each.name == name)


def _starts(traces: TraceSet, case: Case, most: int = 80) -> np.ndarray:
    return np.linspace(0, traces.steps - case.deadline - 1, most).astype(np.int64)


def _case(work: int, slack: float = 1.5) -> Case:
    return Case(work=work, deadline=round(work * slack), boot=3)


def _ratio(policy: Policy, traces: TraceSet, case: Case) -> tuple[float, int]:
    starts = _starts(traces, case)
    outcomes = replay(policy, traces, starts, case)
    least = least_usd(traces, starts, case.work, case.deadline, case.boot)
    late = sum(each.steps > case.deadline for each in outcomes)
    return sum(each.usd for each in outcomes) / float(least.sum()), late


@pytest.mark.parametrize(("name", "work"), _GOLDEN)
def test_the_cost_to_the_least_possible_is_what_it_was(name: str, work: int) -> None:
    ratio, late = _ratio(decide, _set(name), _case(work))
    assert late == 0
    assert ratio == pytest.approx(_GOLDEN[name, work], abs=0.0005)


def test_it_costs_less_than_keeping_pace_with_a_straight_line() -> None:
    case = _case(240)
    ours, _ = _ratio(decide, _PREEMPTION, case)
    theirs, late = _ratio(uniform_progress(case.deadline * STEP_S), _PREEMPTION, case)
    assert late == 0
    assert ours < theirs - 0.03


def test_who_knows_no_deadline_misses_some() -> None:
    _, late = _ratio(cheapest_first, _PREEMPTION, _case(240))
    assert late > 0


def test_more_slack_costs_no_more_than_a_little() -> None:
    case = _case(240, 2.5)
    starts = _starts(_PREEMPTION, case)
    paid = []
    for slack in (1.1, 1.25, 1.5, 2.0, 2.5):
        outcomes = replay(decide, _PREEMPTION, starts, _case(240, slack))
        paid.append(sum(each.usd for each in outcomes))
    for tighter, ampler in pairwise(paid):
        assert ampler <= tighter * 1.005, paid


def test_on_demand_costs_its_work_and_one_boot() -> None:
    case = _case(240)
    (outcome,) = replay(on_demand, _AVAILABILITY, np.array([0]), case)
    assert outcome.usd == pytest.approx(3.06 * 243 / 60)
    assert (outcome.steps, outcome.boots, outcome.on_demand_steps) == (243, 1, 243)


def test_hindsight_waits_for_the_cheap_zone_and_pays_its_boot() -> None:
    counts = np.array([[0] * 10 + [1] * 30, [1] * 40], np.int16)
    traces = TraceSet("made", ("cheap", "dear"), (0.6, 1.8), 3.0, counts)
    (waited,) = least_usd(traces, np.array([0]), 20, 33, 3)
    assert waited == pytest.approx(0.6 * 23 / 60)
    (hurried,) = least_usd(traces, np.array([0]), 20, 23, 3)
    # Three minutes of boot and ten of work in the dear one, while the cheap one boots.
    assert hurried == pytest.approx((1.8 * 13 + 0.6 * 13) / 60)


def test_hindsight_is_what_trying_everything_finds() -> None:
    chance = np.random.default_rng(5)
    for _ in range(25):
        counts = (chance.random((2, 9)) < 0.7).astype(np.int16)
        traces = TraceSet("made", ("a", "b"), (0.6, 1.1), 3.0, counts)
        work, boot = int(chance.integers(1, 5)), int(chance.integers(1, 3))
        deadline = work + boot + int(chance.integers(0, 3))
        (least,) = least_usd(traces, np.array([0]), work, deadline, boot)
        tried = _tried(traces, work, deadline, boot)
        assert least == pytest.approx(tried, rel=1e-5), (counts.tolist(), work, deadline, boot)


def _tried(traces: TraceSet, work: int, deadline: int, boot: int) -> float:
    """Return the least cost by trying all that can be held at each step; for small cases."""
    price = [*traces.usd_per_hour, traces.on_demand_usd_per_hour]
    up = np.vstack([traces.counts > 0, np.ones((1, traces.steps), bool)])

    @cache
    def least(step: int, left: int, ages: tuple[int, ...]) -> float:
        if not left:
            return 0.0
        if step == deadline:
            return math.inf
        choices = [(-1, age) if up[zone, step] else (-1,) for zone, age in enumerate(ages)]
        choices = [(*each, 0) if up[zone, step] else each for zone, each in enumerate(choices)]
        return min(_then(step, left, held) for held in set(product(*choices)))

    def _then(step: int, left: int, held: tuple[int, ...]) -> float:
        paid = sum(price[zone] for zone, age in enumerate(held) if age >= 0) / 60
        works = any(age >= boot for age in held)
        older = tuple(min(boot, age + 1) if age >= 0 else -1 for age in held)
        return paid + least(step + 1, left - works, older)

    return least(0, work, (-1, -1, -1))


def test_several_instances_share_the_work_and_what_a_zone_has() -> None:
    counts = np.full((1, 100), 2, np.int16)
    traces = TraceSet("made", ("only",), (1.0,), 3.0, counts)
    case = Case(work=40, deadline=90, boot=3, instances=4)
    (outcome,) = replay(decide, traces, np.array([0]), case)
    assert outcome.steps <= 90
    assert outcome.on_demand_steps == 0
    assert outcome.steps == 23
    assert outcome.boots == 2


def test_a_step_in_which_a_sample_was_down_counts_as_down(tmp_path: Path) -> None:
    content = {"metadata": {"gap_seconds": 30}, "data": [1, 1, 1, 0, 1, 1]}
    (tmp_path / "zone-a_gpu.json").write_text(json.dumps(content))
    prices = {"on_demand": 2.0, "spot": {"zone-a": 0.5}}
    (tmp_path / "prices.json").write_text(json.dumps(prices))
    (traces,) = trace_sets(tmp_path)
    assert traces.counts.tolist() == [[1, 0, 1]]
    assert (traces.usd_per_hour, traces.on_demand_usd_per_hour) == ((0.5,), 2.0)
    assert traces.unpriced == ()


def test_what_a_zone_was_not_recorded_for_it_did_not_have(tmp_path: Path) -> None:
    for zone, samples in (("zone-a", [1, 1, 1]), ("zone-b", [1])):
        content = {"metadata": {"gap_seconds": 60}, "data": samples}
        (tmp_path / f"{zone}_gpu.json").write_text(json.dumps(content))
    (traces,) = trace_sets(tmp_path)
    assert traces.counts.tolist() == [[1, 1, 1], [1, 0, 0]]
    assert [round(each, 3) for each in traces.recorded] == [1.0, 0.333]
    assert traces.unpriced == ("zone-a", "zone-b")


@pytest.mark.parametrize("text", ["{", "[]", '{"metadata": {"gap_seconds": 0}, "data": [1]}'])
def test_a_file_that_is_no_trace_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "zone_gpu.json").write_text(text)
    with pytest.raises(ValueError, match="is no trace"):
        trace_sets(tmp_path)


def test_a_folder_without_traces_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no traces"):
        trace_sets(tmp_path)
