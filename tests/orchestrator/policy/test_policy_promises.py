"""The policy's promises, over any outages, prices and slack."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.policy_optimum import least_usd
from benchmarks.policy_replay import Case, Outcome, replay
from benchmarks.policy_traces import STEP_S, TraceSet
from orchestrator.policy import Decision, Held, Pool, Standing, Terms, decide

_FULL = 3.0
_HERE = np.array([0], np.int64)
_TERMS = Terms(boot_s=180, again_s=60, work_s=14400, on_demand_usd_per_hour=_FULL)
_CHEAP = Pool(name="cheap", usd_per_hour=1.0)
_DEAR = Pool(name="dear", usd_per_hour=2.0)


@st.composite
def outages(draw: st.DrawFn) -> TraceSet:
    """Zones that go up and down as they like, at prices up to on demand's."""
    zones = draw(st.integers(1, 4))
    runs = st.lists(st.integers(1, 40), min_size=2, max_size=60)
    rows = [_row(draw(runs), draw(st.booleans())) for _ in range(zones)]
    prices = draw(st.lists(st.floats(0.2, _FULL), min_size=zones, max_size=zones))
    names = tuple(f"zone-{number}" for number in range(zones))
    return TraceSet("any", names, tuple(prices), _FULL, np.array(rows))


def _row(runs: list[int], is_up: bool) -> np.ndarray:
    row = np.concatenate([np.full(run, (n % 2 == 0) == is_up) for n, run in enumerate(runs)])
    return np.resize(row, 600).astype(np.int16)


def _told(traces: TraceSet, case: Case) -> Outcome:
    (outcome,) = replay(decide, traces, _HERE, case)
    return outcome


def _case(work: int, boot: int, spare: int, instances: int) -> Case:
    """Return a case that on demand from the start would be in time for."""
    deadline = -(-work // instances) + boot + 1 + spare
    return Case(work=work, deadline=deadline, boot=boot, instances=instances)


def cases(most_instances: int = 1) -> st.SearchStrategy[Case]:
    """Any job that can be done."""
    return st.builds(
        _case,
        work=st.integers(1, 150),
        boot=st.integers(1, 6),
        spare=st.integers(0, 120),
        instances=st.integers(1, most_instances),
    )


@given(outages(), cases(most_instances=3))
@settings(max_examples=120, deadline=None)
def test_no_deadline_is_missed_while_on_demand_is_to_be_had(traces: TraceSet, case: Case) -> None:
    outcome = _told(traces, case)
    assert outcome.steps <= case.deadline, (case, outcome)


@given(outages(), cases())
@settings(max_examples=120, deadline=None)
def test_bets_lose_no_more_than_two_boots_at_the_full_price(traces: TraceSet, case: Case) -> None:
    usd = _told(traces, case).usd
    assert usd <= _FULL * (case.work + 3 * case.boot) * STEP_S / 3600 + 1e-6, (case, usd)


@given(outages(), cases())
@settings(max_examples=60, deadline=None)
def test_nothing_is_cheaper_than_hindsight(traces: TraceSet, case: Case) -> None:
    least = least_usd(traces, _HERE, case.work, case.deadline, case.boot)[0]
    assert _told(traces, case).usd >= least * (1 - 1e-5), (case, least)


@given(outages(), cases())
@settings(max_examples=40, deadline=None)
def test_the_same_question_has_the_same_answer(traces: TraceSet, case: Case) -> None:
    assert _told(traces, case) == _told(traces, case)


@given(
    st.floats(600, 80_000),
    st.floats(600, 50_000),
    st.floats(0, 50_000),
    st.floats(0, 20_000),
)
def test_with_more_slack_one_is_never_less_choosy(
    work_s: float, left_s: float, more_s: float, elapsed_s: float
) -> None:
    terms = replace(_TERMS, work_s=work_s)
    tight = Standing(work_s=work_s, left_s=work_s + left_s, elapsed_s=elapsed_s)
    ample = replace(tight, left_s=work_s + left_s + more_s)
    pools = (_CHEAP, _DEAR)
    if left_s >= 2 * terms.boot_s:  # below that no bet is taken at all
        assert set(decide(ample, pools, terms).spot) <= set(decide(tight, pools, terms).spot)
    assert decide(ample, pools, terms).on_demand <= decide(tight, pools, terms).on_demand


def test_a_dear_pool_is_waited_out_while_there_is_time_and_taken_when_there_is_not() -> None:
    pools = (_DEAR, _CHEAP)
    ample = decide(Standing(work_s=14400, left_s=36000), pools, _TERMS)
    assert ample == Decision(spot=("cheap",))
    tight = decide(Standing(work_s=14400, left_s=16500), pools, _TERMS)
    assert tight.spot == ("cheap", "dear")


def test_without_a_deadline_every_pool_is_asked_the_cheapest_work_first() -> None:
    quick = Pool(name="quick", usd_per_hour=1.5, speed=3.0)
    decision = decide(Standing(work_s=14400), (_CHEAP, _DEAR, quick), _TERMS)
    assert decision == Decision(spot=("quick", "cheap", "dear"))


def test_on_demand_is_bought_in_time_for_its_boot() -> None:
    last = Standing(work_s=3600, left_s=3600 + 180 + 60)
    assert decide(last, (_CHEAP,), _TERMS) == Decision(on_demand=True)


def test_on_demand_is_never_bought_where_it_was_not_allowed() -> None:
    terms = replace(_TERMS, on_demand_usd_per_hour=None)
    for left_s in (0.0, 3700.0, 4000.0, 9000.0):
        decision = decide(Standing(work_s=3600, left_s=left_s), (_CHEAP, _DEAR), terms)
        assert not decision.on_demand
        assert decision.spot[0] == "cheap"


def test_one_moves_to_a_cheaper_pool_before_leaving_what_works() -> None:
    held = Held(pool="dear", usd_per_work_hour=2.0)
    now = Standing(work_s=14400, left_s=20000, held=held)
    assert decide(now, (_CHEAP, _DEAR), _TERMS) == Decision(spot=("cheap",), beside=True)


def test_a_move_that_does_not_earn_its_boots_is_not_made() -> None:
    held = Held(pool="dear", usd_per_work_hour=2.0)
    short = Standing(work_s=300, left_s=2000, held=held)
    assert decide(short, (_CHEAP, _DEAR), _TERMS) == Decision()
    fickle = replace(_CHEAP, held_s=600, taken=12)
    long = Standing(work_s=14400, left_s=20000, held=held)
    assert decide(long, (fickle, _DEAR), _TERMS) == Decision()


def test_on_demand_is_not_left_once_another_boot_would_miss_the_deadline() -> None:
    held = Held(pool="", usd_per_work_hour=_FULL)
    bound = Standing(work_s=3600, left_s=3600 + 200, held=held)
    assert decide(bound, (_CHEAP,), _TERMS) == Decision()
    free = replace(bound, left_s=3600 + 241)
    assert decide(free, (_CHEAP,), _TERMS) == Decision(spot=("cheap",), beside=True)


def test_a_spot_instance_that_cannot_be_replaced_in_time_gets_a_net_beside_it() -> None:
    held = Held(pool="cheap", usd_per_work_hour=1.0)
    now = Standing(work_s=3600, left_s=3700, held=held)
    assert decide(now, (_CHEAP,), _TERMS) == Decision(on_demand=True, beside=True)


def test_what_is_coming_is_waited_for_and_a_done_job_asks_for_nothing() -> None:
    held = Held(pool="dear", usd_per_work_hour=2.0)
    coming = Held(pool="cheap", usd_per_work_hour=1.0, ready_in_s=100)
    now = Standing(work_s=14400, left_s=20000, held=held, coming=coming)
    assert decide(now, (_CHEAP,), _TERMS) == Decision()
    assert decide(Standing(work_s=0, left_s=100), (_CHEAP,), _TERMS) == Decision()


def test_without_pools_there_is_on_demand_or_nothing() -> None:
    assert decide(Standing(work_s=3600, left_s=9000), (), _TERMS) == Decision()
    assert decide(Standing(work_s=3600, left_s=3800), (), _TERMS).on_demand
