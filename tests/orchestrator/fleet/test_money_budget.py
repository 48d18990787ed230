"""What is spent, and how long may be lived, follows from the ledger and the clock alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.fleet.ec2.budget import (
    LEAST_LIFE_S,
    bills,
    extras_usd_per_hour,
    job_budget,
    life_s,
    meter,
    next_life_s,
    spare_usd,
)
from orchestrator.fleet.ec2.ledger import Asked, EndedInstance, Launched, RefusedLaunch

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
SPOT, ON_DEMAND, EXTRAS = Decimal("0.26"), Decimal("0.8048"), Decimal("0.005")


def at(seconds):
    return (BEGAN + timedelta(seconds=seconds)).isoformat()


def asked(number=1, begins_s=0.0, life_s=3600.0):
    return Asked(
        lease_id=f"l{number}",
        attempt=1,
        token=f"t{number}",
        region="us-east-1",
        pools=(("g6.xlarge", "s"),),
        market="spot",
        ends_at=at(begins_s + life_s),
        at=at(begins_s),
    )


def launched(number=1, begins_s=0.0, usd=SPOT, market="spot"):
    return Launched(
        lease_id=f"l{number}",
        token=f"t{number}",
        instance_id=f"i-{number}",
        instance_type="g6.xlarge",
        zone="us-east-1a",
        region="us-east-1",
        market=market,
        usd_per_hour=usd,
        on_demand_usd_per_hour=ON_DEMAND,
        at=at(begins_s),
    )


def ended(number=1, ends_s=0.0, how="released"):
    return EndedInstance(instance_id=f"i-{number}", how=how, at=at(ends_s))


def now(seconds):
    return BEGAN + timedelta(seconds=seconds)


def test_an_hour_costs_its_price_and_its_address():
    (bill,) = bills([asked(), launched(), ended(ends_s=3600)], now(9999))
    assert bill.usd == SPOT + EXTRAS
    assert bill.on_demand_usd == ON_DEMAND + EXTRAS
    assert bill.seconds == 3600
    assert bill.how == "released"


def test_a_second_costs_a_minute():
    (bill,) = bills([launched(), ended(ends_s=1)], now(1))
    assert bill.usd == (SPOT + EXTRAS) / 60


@pytest.mark.parametrize(
    ("how", "seconds", "market", "is_free"),
    [
        ("interrupted", 3599, "spot", True),
        ("interrupted", 3600, "spot", False),
        ("released", 600, "spot", False),
        ("lost", 600, "spot", False),
        ("interrupted", 600, "on-demand", False),
    ],
)
def test_what_aws_takes_back_in_its_first_hour_costs_the_address_only(
    how, seconds, market, is_free
):
    (bill,) = bills([launched(market=market), ended(ends_s=seconds, how=how)], now(seconds))
    assert (bill.usd == EXTRAS * seconds / 3600) is is_free


def test_the_meter_runs_while_instances_live():
    lines = [asked(1), launched(1), asked(2), launched(2, 600), ended(1, 1200, "interrupted")]
    early, late = meter(lines, now(1800)), meter(lines, now(2400))
    assert early.living == 1
    assert early.interruptions == 1
    assert early.usd_per_hour == SPOT + EXTRAS
    assert float(late.usd - early.usd) == pytest.approx(float(SPOT + EXTRAS) / 6)
    assert early.seconds == 1200 + 1200
    assert early.saved_usd == early.on_demand_usd - early.usd > 0


def test_nothing_costs_nothing():
    assert meter([], now(0)).usd == 0
    launch = asked()
    refused = RefusedLaunch(lease_id="l1", token=launch.token, reason="none", at=at(0))
    assert meter([launch, refused], now(0)).usd == 0


def test_an_instance_that_nobody_saw_end_is_reckoned_until_it_had_to():
    (bill,) = bills([asked(life_s=1800), launched()], now(90_000))
    assert bill.seconds == 1800
    assert bill.how is None


def test_a_budget_is_shared_out_as_time():
    whole = life_s(Decimal(1), SPOT, 1)
    assert life_s(Decimal(1), SPOT, 4) == pytest.approx(whole / 4)
    assert life_s(Decimal(1), SPOT, 1) * float(SPOT + EXTRAS) / 3600 < 1
    assert life_s(Decimal(0), SPOT, 1) == 0
    assert life_s(Decimal(1), SPOT, 0) == 0


def test_disks_are_part_of_the_price():
    assert extras_usd_per_hour(64) > extras_usd_per_hour(0) == EXTRAS


def test_without_a_budget_the_longest_life_holds():
    assert next_life_s(None, [], now(0), SPOT, 3, longest_s=7200) == 7200


def test_a_replacement_gets_what_the_interrupted_one_left():
    budget = Decimal("0.5")
    first = next_life_s(budget, [], now(0), SPOT, 1, longest_s=1e9)
    lines = [asked(life_s=first), launched()]
    assert next_life_s(budget, lines, now(600), SPOT, 1, longest_s=1e9) == 0
    lines.append(ended(ends_s=600, how="lost"))
    rest = next_life_s(budget, lines, now(600), SPOT, 1, longest_s=1e9)
    assert first - 700 < rest < first - 500


def test_a_small_rest_goes_to_few_instances_or_to_none():
    enough_for_one = (SPOT * 2 + EXTRAS) * 400 / 3600
    assert next_life_s(enough_for_one, [], now(0), SPOT, 4, longest_s=7200) >= LEAST_LIFE_S
    assert next_life_s(Decimal("0.001"), [], now(0), SPOT, 1, longest_s=7200) == 0


@pytest.mark.parametrize(
    ("job", "month", "spent", "may"),
    [(None, None, 9, None), (5, None, 9, 5), (None, 10, 9, 1), (5, 10, 9, 1), (5, 10, 99, 0)],
)
def test_the_narrower_cap_holds(job, month, spent, may):
    caps = [None if each is None else Decimal(each) for each in (job, month)]
    assert job_budget(*caps, Decimal(spent)) == (None if may is None else Decimal(may))


steps = st.lists(
    st.tuples(
        st.integers(0, 2000),
        st.sampled_from(["launch", "interrupted", "lost", "released", "nothing"]),
        st.decimals("0.05", "3", places=3),
    ),
    max_size=25,
)


@settings(max_examples=200, deadline=None)
@given(steps, st.decimals("0.05", "5", places=2), st.integers(1, 4))
def test_no_story_of_launches_and_deaths_costs_more_than_the_budget(story, budget, waiting):
    """Whoever launches only as long as told to never spends more, not even if all is lost."""
    lines, clock_s, living, number = [], 0, [], 0
    for pause_s, what, usd in story:
        clock_s += pause_s
        if what == "launch":
            life = next_life_s(budget, lines, now(clock_s), usd, waiting, longest_s=36_000)
            if life:
                number += 1
                lines += [asked(number, clock_s, life), launched(number, clock_s, usd)]
                living.append((number, clock_s + life))
        elif what != "nothing" and living:
            dying, must_end_s = living.pop(0)
            lines.append(ended(dying, min(clock_s, must_end_s), what))
        assert spare_usd(budget, lines, now(clock_s)) >= 0
    assert meter(lines, now(clock_s + 10**6)).usd <= budget


def test_a_shorter_life_than_asked_for_is_never_reckoned_longer():
    line = replace(asked(), ends_at="")
    (bill,) = bills([line, launched()], now(7200))
    assert bill.most_usd == bill.usd
