"""A render with a deadline waits for what is cheap while there is time, and then pays in full."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from orchestrator.cloud_errors import QuotaTooSmall
from orchestrator.fleet.ec2.deadline import Deadline, require_full_price
from orchestrator.fleet.ec2.ledger import Asked, Launched, RefusedLaunch
from orchestrator.fleet.ec2.quota import GPU_ON_DEMAND
from tests.cloud_faults.rig import TYPE, Rig
from tests.cloud_faults.test_cloud_render import render
from tests.faults.stories import identity_original

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=60, segment_frames=10, seed=11)


@pytest.fixture
def rig(region):
    return Rig(region).set_up()


def deadline(original, within_s, *, pays_in_full, boot_s=3.0):
    chunks = original.record.plan.chunks
    return Deadline(
        at=datetime.now(UTC) + timedelta(seconds=within_s),
        frames={
            ref.segment_id: ref.end_frame - ref.start_frame
            for chunk in chunks
            for ref in chunk.segments
        },
        stored=frozenset(),
        frames_per_s={TYPE: 12.0},
        boot_s=boot_s,
        instances=1,
        pays_in_full=pays_in_full,
    )


def test_on_demand_is_bought_when_the_deadline_calls_for_it_and_no_sooner(rig, original, tmp_path):
    for pool in rig.zones():
        rig.region.run_out(*pool)
    due = deadline(original, 45.0, pays_in_full=True, boot_s=15.0)
    told = render(rig, original, tmp_path / "twin", deadline=due, patience_s=600.0)
    assert [line.market for line in told.kinds(Launched)] == ["on-demand"]
    first = told.kinds(Asked)[0]
    assert first.market == "spot", "spot was tried while there was time"
    bought = datetime.fromisoformat(told.kinds(Launched)[0].at)
    assert bought < due.at


def test_a_dear_pool_is_waited_out_while_there_is_time(rig, original, tmp_path):
    cheap, dear, _ = rig.pools()
    dear = replace(dear, spot_usd_per_hour=Decimal("0.70"))
    rig.region.run_out(cheap.instance_type, cheap.zone)
    home_of = tmp_path / "twin"

    def watch(seen):
        for ledger in home_of.glob("home/jobs/*/launches.jsonl"):
            if ledger.read_text().count('"RefusedLaunch"') >= 2:
                rig.region.give(cheap.instance_type, cheap.zone)

    due = deadline(original, 7200.0, pays_in_full=True)
    told = render(rig, original, home_of, watch, deadline=due, pools=(cheap, dear), patience_s=0.5)
    assert len(told.kinds(RefusedLaunch)) >= 2
    assert {line.pools for line in told.kinds(Asked)} == {((TYPE, cheap.subnet_id),)}
    assert [line.zone for line in told.kinds(Launched)] == [cheap.zone]


def test_a_deadline_counts_on_no_instances_that_the_account_may_not_have(region):
    clients = Rig(region).clients
    region.quota(GPU_ON_DEMAND, 8)
    require_full_price(clients, 2)
    with pytest.raises(QuotaTooSmall) as refused:
        require_full_price(clients, 3)
    assert "may have 2 in" in refused.value.sentence
    assert "allow no on-demand" in refused.value.advice


def test_spot_is_tried_on_where_on_demand_turns_out_to_be_used_up(rig, original, tmp_path):
    rig.region.quota(GPU_ON_DEMAND, 0)
    for pool in rig.zones():
        rig.region.run_out(*pool)
    home_of, given = tmp_path / "twin", []

    def watch(seen):
        ledgers = home_of.glob("home/jobs/*/launches.jsonl")
        if not given and any("quota_too_small" in each.read_text() for each in ledgers):
            given.append(rig.zones()[0])
            rig.region.give(*given[0])

    # A boot of five minutes: the deadline calls for on demand from the start to its end.
    due = deadline(original, 600.0, pays_in_full=True, boot_s=300.0)
    told = render(rig, original, home_of, watch, deadline=due, patience_s=600.0)
    launched = told.kinds(Launched)
    assert [(line.market, line.zone) for line in launched] == [("spot", given[0][1])]
    asked = told.kinds(Asked)
    refused = {line.token for line in told.kinds(RefusedLaunch) if line.reason == "quota_too_small"}
    used_up = [number for number, line in enumerate(asked) if line.token in refused]
    assert used_up
    assert {asked[number].market for number in used_up} == {"on-demand"}
    assert {asked[number + 1].market for number in used_up} == {"spot"}, "not at once"
