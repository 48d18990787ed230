"""An app that is killed and never started again leaves no instance, whichever layer is left."""

from datetime import datetime
from decimal import Decimal

import pytest

from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.budget import extras_usd_per_hour
from orchestrator.fleet.ec2.budget import life_s as life_s_of
from orchestrator.fleet.ec2.expiry import Expiry
from orchestrator.fleet.ec2.ledger import Asked
from orchestrator.fleet.ec2.receipt import read_lines
from orchestrator.fleet.ec2.sweep import sweep
from orchestrator.job import Phase
from orchestrator.runner import drive
from tests.cloud_faults.rig import REGION, Rig
from tests.cloud_faults.test_cloud_away import Away
from tests.faults.stories import identity_original, twin

pytestmark = pytest.mark.timeout(240)
NEVER_S = 7200.0
SCALE = 100.0
LIFE_S = 1800.0
"""Eighteen seconds of ours: enough to launch, render and be left alone."""
LATEST_S = 15 * 60 / SCALE
"""After its life nothing may be alive for longer."""


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=40, segment_frames=10, seed=7)


def drop_schedules(away):
    """Take the third layer away, as if it had never been made."""
    scheduler = away.rig.clients("scheduler")
    found = scheduler.list_schedules(GroupName=names.SCHEDULE_GROUP)["Schedules"]
    assert found, "every instance has a schedule"
    for each in found:
        Expiry(away.rig.clients, away.rig.account).remove(each["Name"])


def only_first_order(away):
    drop_schedules(away)


def only_watchdog(away):
    drop_schedules(away)  # and the first order is minutes away


def only_schedule(away):
    """A host that hangs does nothing that it was ordered; nor does its watchdog."""
    away.rig.region.freeze(away.rig.region.alive()[0].instance_id)


def only_sweep(away):
    drop_schedules(away)
    away.rig.region.freeze(away.rig.region.alive()[0].instance_id)
    report = sweep(away.rig.clients, away.rig.account, [REGION], {str(away.record.job_id): False})
    assert report.is_clean, report


LAYERS = {
    "first order": (only_first_order, {"life_s": LIFE_S, "idle_s": NEVER_S}),
    "watchdog": (only_watchdog, {"life_s": NEVER_S, "idle_s": 3.0}),
    "schedule": (only_schedule, {"life_s": LIFE_S, "idle_s": NEVER_S}),
    "sweep": (only_sweep, {"life_s": NEVER_S, "idle_s": NEVER_S}),
}


@pytest.mark.nightly
@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_alone_ends_what_a_killed_app_left(region, original, tmp_path, layer):
    leave_only, choice = LAYERS[layer]
    region.time_scale(SCALE)
    away = Away(region, original, tmp_path, alone_s=NEVER_S, **choice)
    try:
        away.close_lid()
        assert region.alive()
        leave_only(away)
        away.rig.wait_until_all_ended(LIFE_S / SCALE + LATEST_S)
    finally:
        region.time_scale(1)
        away.app.end()
    assert region.alive() == []


def test_a_killed_app_leaves_nothing_alive_a_quarter_of_an_hour_later(region, original, tmp_path):
    """The agent never thinks that nobody needs it: what the budget pays for ends it."""
    region.time_scale(SCALE)
    away = Away(region, original, tmp_path, alone_s=NEVER_S, idle_s=NEVER_S, life_s=LIFE_S)
    try:
        away.close_lid()
        away.rig.wait_until_all_ended(LIFE_S / SCALE + LATEST_S)
    finally:
        region.time_scale(1)
        away.app.end()
    assert region.alive() == []


def test_all_layers_hold_an_instance_to_what_its_budget_pays_for(region, original, tmp_path):
    rig = Rig(region).set_up()
    home, record = twin(original, tmp_path / "twin", workers=1)
    choice = {"budget_usd": Decimal("0.10"), "instances": 1}
    ends = []

    def watch(seen):
        if region.hosts() and not ends:
            found = rig.clients("scheduler").list_schedules(GroupName=names.SCHEDULE_GROUP)
            for each in found["Schedules"]:
                told = rig.clients("scheduler").get_schedule(
                    Name=each["Name"], GroupName=names.SCHEDULE_GROUP
                )
                ends.append(told["ScheduleExpression"])

    place_for = rig.place_for(original, choice=choice)
    assert drive(home, record.job_id, place_for=place_for, watch=watch).last.phase is Phase.DONE
    lines = read_lines(home, record.job_id)
    (asked,) = [line for line in lines if isinstance(line, Asked)]
    began, end = datetime.fromisoformat(asked.at), datetime.fromisoformat(asked.ends_at)
    life_s = (end - began).total_seconds()
    pays_s = life_s_of(Decimal("0.10"), Decimal("0.26"), 1, extras_usd_per_hour(64))
    assert pays_s - 61 <= life_s <= pays_s
    assert region.hosts()[0].tags[names.TAG_ENDS] == asked.ends_at
    assert ends == [f"at({end:%Y-%m-%dT%H:%M:%S})"]


def test_a_budget_that_pays_for_nothing_launches_nothing(region, original, tmp_path):
    rig = Rig(region).set_up()
    home, record = twin(original, tmp_path / "twin", workers=1)
    place_for = rig.place_for(original, choice={"budget_usd": Decimal("0.001")})
    last = drive(home, record.job_id, place_for=place_for).last
    assert last.phase is Phase.FAILED
    assert last.fault.reason == "budget_reached"
    assert region.hosts() == []
