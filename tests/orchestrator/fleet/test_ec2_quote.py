"""A quote says what the render will take, and no instance is offered that would only wait."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.fleet.ec2.offers import (
    GpuType,
    Market,
    Need,
    SpotPrice,
    Subnet,
    fitting,
    known_types,
    offers,
    pools,
)
from orchestrator.fleet.ec2.quote import (
    Learned,
    Line,
    Past,
    Work,
    launch_times_s,
    learn,
    most_useful_instances,
    quotes,
)

NOW = datetime(2026, 5, 1, tzinfo=UTC)
T4 = GpuType(
    instance_type="g4dn.xlarge", gpu="T4", gpu_mib=16384, vcpus=4, memory_mib=16384, speed=1.0
)
L4 = replace(T4, instance_type="g6.xlarge", gpu="L4", gpu_mib=22888, speed=2.0)
A, B = Subnet("subnet-a", "us-east-2a", "use2-az1"), Subnet("subnet-b", "us-east-2b", "use2-az2")


def price(kind, zone, usd, hours_ago):
    return SpotPrice(kind, zone, Decimal(usd), NOW - timedelta(hours=hours_ago))


MARKET = Market(
    region="us-east-2",
    at=NOW,
    subnets=(A, B),
    offered=frozenset({("g4dn.xlarge", A.zone), ("g6.xlarge", A.zone), ("g6.xlarge", B.zone)}),
    prices=(
        price("g6.xlarge", A.zone, "0.50", 80),
        price("g6.xlarge", A.zone, "0.30", 30),
        price("g6.xlarge", A.zone, "0.40", 10),
        price("g6.xlarge", A.zone, "0.26", 1),
        price("g4dn.xlarge", A.zone, "0.20", 40),
    ),
    on_demand={"g4dn.xlarge": Decimal("0.526"), "g6.xlarge": Decimal("0.8048")},
    scores={"use2-az1": 9},
)


def test_the_cheapest_for_the_same_work_comes_first_with_its_day():
    first, second, third = offers((T4, L4), MARKET)
    assert (first.type, first.subnet) == (L4, A)
    assert first.spot_usd_per_hour == Decimal("0.26")
    assert (first.spot_low_usd, first.spot_high_usd) == (Decimal("0.26"), Decimal("0.40"))
    assert first.score == 9
    assert round(first.saving, 2) == Decimal("0.68")
    assert second.type == T4
    assert (third.subnet, third.spot_usd_per_hour, third.saving) == (B, None, 0)


def test_a_launch_names_no_pool_that_costs_far_more_for_the_same_work():
    named = pools(offers((T4, L4), MARKET))
    assert [(pool.instance_type, pool.zone) for pool in named] == [
        ("g6.xlarge", A.zone), ("g4dn.xlarge", A.zone),
    ]  # fmt: skip
    assert pools(()) == ()


def test_types_that_do_not_fit_are_not_offered():
    assert fitting((T4, L4), Need(gpu_mib=20_000)) == (L4,)
    assert fitting((T4, replace(L4, vcpus=8)), Need(most_vcpus=4)) == (T4,)


def test_the_known_types_have_one_gpu_that_the_open_driver_runs():
    kinds = known_types()
    assert len({kind.instance_type for kind in kinds}) == len(kinds) >= 10
    assert not [kind for kind in kinds if kind.instance_type.startswith(("p2", "p3", "g3"))]
    assert all(kind.gpu.startswith("NVIDIA") and kind.speed >= 1 for kind in kinds)


# The example of the design: 1 GB, 667 GPU-seconds, 180 s of boot, the line down five times up.
WORK = Work(frames=20_010, pieces=100, upload_bytes=10**9, download_bytes=10**9)
LEARNED = Learned(frames_per_s=(30.0, 30.0), boot_s=(180.0, 180.0), samples=3)


def line(mbit):
    return Line(up_bps=mbit * 1e6, down_bps=5 * mbit * 1e6)


@pytest.mark.parametrize(
    ("mbit", "instances", "seconds"),
    [(20, 1, 847), (20, 4, 404), (50, 4, 348), (50, 16, 231), (200, 4, 347), (200, 16, 224)],
)
def test_the_model_gives_the_times_that_were_worked_out_for_it(mbit, instances, seconds):
    from orchestrator.fleet.ec2.quote import _told

    told = _told(WORK, line(mbit), 30.0, 180.0, instances, 0.0)
    assert told.seconds == pytest.approx(seconds, rel=0.04)


def test_no_more_instances_are_offered_than_the_line_feeds():
    offer = offers((L4,), MARKET)[0]
    assert len(quotes(WORK, line(20), offer, LEARNED)) <= 4
    assert len(quotes(WORK, line(200), offer, LEARNED)) >= 8
    assert most_useful_instances(WORK, line(20), 30.0) == 2
    assert most_useful_instances(WORK, line(200), 30.0) == 16
    assert most_useful_instances(replace(WORK, upload_bytes=0), line(20), 30.0) == 16


def test_a_quote_is_a_range_and_says_what_on_demand_would_cost():
    offer = offers((L4,), MARKET)[0]
    first, *_ = quotes(WORK, line(50), offer, learn((), "g6.xlarge", 2.0))
    assert first.is_guess
    assert first.seconds[0] < first.seconds[1]
    assert first.usd[0] < first.usd[1]
    assert first.on_demand_usd[0] > first.usd[0] * 2
    assert first.first_frames_s < first.seconds[0]


def test_own_jobs_replace_the_guess_and_more_of_them_narrow_it():
    past = Past(instance_type="g6.xlarge", boot_s=70.0, frames=3000, render_s=100.0)
    one = learn((past,), "g6.xlarge", 2.0)
    many = learn((past,) * 10, "g6.xlarge", 2.0)
    assert one.frames_per_s[0] <= 30.0 <= one.frames_per_s[1]
    assert many.frames_per_s[1] - many.frames_per_s[0] < 4.0
    assert many.boot_s == pytest.approx((70.0, 70.0), rel=0.06)
    other = learn((past,), "g5.xlarge", 2.2)
    assert other.samples == 0
    assert other.boot_s == one.boot_s, "a boot is a boot"


@given(
    frames=st.integers(1, 50_000),
    pieces=st.integers(1, 200),
    mbit=st.floats(1, 900),
    instances=st.integers(1, 16),
    boot_s=st.floats(1, 400),
)
def test_instances_are_launched_no_sooner_than_pieces_want_them(
    frames, pieces, mbit, instances, boot_s
):
    work = replace(WORK, frames=frames, pieces=pieces)
    starts = launch_times_s(work, line(mbit), 30.0, boot_s, instances)
    assert 1 <= len(starts) <= min(instances, pieces)
    assert list(starts) == sorted(starts)
    arrivals = [8e9 / pieces / (mbit * 1e6) * number for number in range(1, pieces + 1)]
    assert all(start + boot_s >= arrivals[0] * (1 - 1e-9) for start in starts)
