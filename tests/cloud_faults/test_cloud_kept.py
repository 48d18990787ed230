"""A fleet that AWS keeps full ends when its budget says so, and is then no fleet any more."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from orchestrator.fleet.ec2.budget import extras_usd_per_hour
from orchestrator.fleet.ec2.budget import life_s as life_s_of
from orchestrator.fleet.ec2.kept import LEASE
from orchestrator.fleet.ec2.ledger import Asked, alive, unanswered
from orchestrator.fleet.ec2.run import CloudRun
from orchestrator.home import Home
from orchestrator.transfer.ssh import new_key_pair
from tests.cloud_faults.rig import Rig

pytestmark = pytest.mark.timeout(120)
JOB = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-kept"


@pytest.fixture
def rig(region):
    return Rig(region).set_up()


@pytest.fixture
def begun(rig, tmp_path):
    """Return what begins a run with a kept fleet; all runs have one ledger."""
    home = Home(tmp_path / "home")
    home.job(JOB).mkdir(parents=True)
    key = new_key_pair()

    def begin(**chosen):
        choice = replace(rig.choice(), keep_going=True, **chosen)
        address = rig.region.client_address
        run = CloudRun(rig.clients, rig.account, home, JOB, choice, key, address)
        run._import_key()
        launcher = run._launcher()
        launcher.prepare()
        return run, launcher, choice.wanted.pools

    return begin


def launched(launcher, pools):
    """Return an instance of the fleet; it has none in the first moment."""
    from orchestrator.cloud_errors import CapacityRefused

    for _ in range(100):
        try:
            return launcher.launch("lease-1", pools, "spot")
        except CapacityRefused:
            launcher._pause(0.05)
    raise AssertionError("no instance")


def asked_fleets(run):
    return [
        each for each in run._ledger.lines if isinstance(each, Asked) and each.lease_id == LEASE
    ]


def test_a_fleet_and_each_of_its_instances_end_when_the_budget_is_used_up(rig, begun):
    run, launcher, pools = begun(budget_usd=Decimal("0.20"), instances=2)
    before = datetime.now(UTC)
    launched(launcher, pools)
    (asked,) = asked_fleets(run)
    end = datetime.fromisoformat(asked.ends_at)
    pays_s = life_s_of(Decimal("0.20"), Decimal("0.26"), 2, extras_usd_per_hour(64))
    assert pays_s - 62 <= (end - before).total_seconds() <= pays_s + 2
    ec2 = run._clients("ec2")
    (fleet,) = ec2.describe_fleets()["Fleets"]
    assert abs(fleet["ValidUntil"] - end) < timedelta(seconds=1)
    told = ec2.describe_launch_template_versions(LaunchTemplateId=asked.template_id)
    data = told["LaunchTemplateVersions"][0]["LaunchTemplateData"]
    second_line = base64.b64decode(data["UserData"]).decode().split("\n")[1]
    assert str(int(end.timestamp())) in second_line, "a replacement would live as long again"
    run.clear()
    rig.wait_until_all_ended()
    assert not [left for left in rig.region.left_behind() if left.kind == "fleet"]


@pytest.mark.parametrize("how", ["its time is over", "its last agent ended it"])
def test_a_fleet_that_has_ended_is_not_waited_for(rig, begun, how):
    run, launcher, pools = begun(life_s=4.0 if how == "its time is over" else 3600.0)
    first = launched(launcher, pools)
    if how == "its last agent ended it":
        fleet = run._clients("ec2").describe_fleets()["Fleets"][0]["FleetId"]
        run._clients("ec2").delete_fleets(FleetIds=[fleet], TerminateInstances=True)
    rig.region.wait_for(first.instance_id, "terminated")
    run.rest()
    run, launcher, pools = begun()
    second = launched(launcher, pools)
    assert second.instance_id != first.instance_id
    assert len({each.token for each in asked_fleets(run)}) == 2
    assert len(unanswered(run._ledger.lines)) == 1
    assert len(alive(run._ledger.lines)) == 2, "whoever looks writes down that the first is gone"
    run.clear()
    rig.wait_until_all_ended()
