"""The test cloud sells, refuses and prices as AWS does."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.cloud.region import Region
from tests.cloud.visitor import DEEP_LEARNING, Visitor, eventually, overrides, tags

pytestmark = pytest.mark.timeout(120)

ONCE = Config(retries={"total_max_attempts": 1})
A, B, C = "us-east-1a", "us-east-1b", "us-east-1c"


@pytest.fixture
def visitor(region: Region) -> Visitor:
    return Visitor(region)


def fleet(visitor, pools, count, kind="instant", **more):
    template = visitor.template()
    capacity = {"TotalTargetCapacity": count, "DefaultTargetCapacityType": "spot"}
    asked = {
        "Type": kind,
        "LaunchTemplateConfigs": [{"LaunchTemplateSpecification": template, "Overrides": pools}],
        "TargetCapacitySpecification": capacity,
        "SpotOptions": {"AllocationStrategy": "price-capacity-optimized"},
        **more,
    }
    return asked, visitor.ec2.create_fleet(**asked)


def launched(answer):
    return [
        (one["InstanceType"], one["LaunchTemplateAndOverrides"]["Overrides"]["AvailabilityZone"],
         len(one["InstanceIds"]))
        for one in answer["Instances"]
    ]  # fmt: skip


def refusals(answer):
    return {
        (
            one["LaunchTemplateAndOverrides"]["Overrides"]["InstanceType"],
            one["LaunchTemplateAndOverrides"]["Overrides"]["AvailabilityZone"],
        ): one["ErrorCode"]
        for one in answer["Errors"]
    }


def test_an_instant_fleet_takes_the_cheapest_deep_pool_and_says_what_refused(region, visitor):
    region.price("g6.xlarge", A, 0.20)
    region.price("g5.xlarge", A, 0.25)
    region.price("g6.xlarge", B, 0.30)
    region.run_out("g6.xlarge", A)
    region.give("g5.xlarge", A, 2)
    pools = [*overrides(["g6.xlarge", "g5.xlarge"], [A]), *overrides(["g6.xlarge"], [B])]
    for one in pools[:2]:
        region.score(one["InstanceType"], A, 9)
    _, answer = fleet(visitor, pools, 3, TagSpecifications=tags("instance", job="7"))
    assert launched(answer) == [("g5.xlarge", A, 2), ("g6.xlarge", B, 1)]
    insufficient = "InsufficientInstanceCapacity"
    assert refusals(answer) == {("g6.xlarge", A): insufficient, ("g5.xlarge", A): insufficient}
    for host in region.hosts():
        assert host.lifecycle == "spot"
        assert host.fleet_id == answer["FleetId"]
        assert host.tags["job"] == "7"
        assert "aws:ec2launchtemplate:id" in host.tags


def test_a_fleet_that_gets_nothing_answers_with_errors_only(region, visitor):
    region.run_out("g6.xlarge", A, code="UnfulfillableCapacity")
    region.price("g6.xlarge", B, 0.5)
    pools = [
        *overrides(["g6.xlarge"], [A]),
        {**overrides(["g6.xlarge"], [B])[0], "MaxPrice": "0.4"},
    ]
    _, answer = fleet(visitor, pools, 1)
    assert answer["Instances"] == []
    assert refusals(answer) == {
        ("g6.xlarge", A): "UnfulfillableCapacity",
        ("g6.xlarge", B): "SpotMaxPriceTooLow",
    }


def test_a_quota_is_a_quota_in_every_zone_and_counts_what_runs(region, visitor):
    region.quota("L-3819A6DF", 8)
    _, answer = fleet(visitor, overrides(["g6.xlarge"], [A, B]), 3)
    assert sum(count for *_, count in launched(answer)) == 2
    assert set(refusals(answer).values()) == {"MaxSpotInstanceCountExceeded"}
    with pytest.raises(ClientError, match="MaxSpotInstanceCountExceeded"):
        visitor.launch()
    region.quota("L-DB2E81BA", 0)
    with pytest.raises(ClientError, match="VcpuLimitExceeded"):
        visitor.launch(InstanceMarketOptions={})


def test_a_maintain_fleet_replaces_what_was_taken_until_it_expires(region, visitor):
    until = datetime.now(UTC) + timedelta(hours=1)
    _, answer = fleet(
        visitor,
        overrides(["g6.xlarge"], [A, B]),
        2,
        kind="maintain",
        ValidUntil=until,
        TerminateInstancesWithExpiration=True,
    )
    assert "Instances" not in answer
    first, second = region.hosts()
    region.wait_for(first.instance_id, "running")
    region.kill(first.instance_id)
    region.wait_for(first.instance_id, "terminated")
    assert eventually(lambda: len(region.hosts()) == 3)
    ids = {one.instance_id for one in region.alive()}
    active = visitor.ec2.describe_fleet_instances(FleetId=answer["FleetId"])["ActiveInstances"]
    assert {one["InstanceId"] for one in active} == ids
    assert second.instance_id in ids
    region.time_scale(3600 * 24)
    assert eventually(lambda: not region.alive()), "an hour has passed"
    state = visitor.ec2.describe_fleets(FleetIds=[answer["FleetId"]])["Fleets"][0]["FleetState"]
    assert state == "deleted_terminating"
    assert region.left_behind("key", "group", "template") == []


def test_a_fleet_can_be_deleted_with_its_instances(region, visitor):
    _, answer = fleet(visitor, overrides(["g6.xlarge"], [A]), 2, kind="maintain")
    assert "fleet" in {one.kind for one in region.left_behind()}
    visitor.ec2.delete_fleets(FleetIds=[answer["FleetId"]], TerminateInstances=True)
    assert eventually(lambda: not region.alive())
    assert len(region.hosts()) == 2


def test_the_same_token_launches_once_and_another_asking_is_a_mismatch(region, visitor):
    asked = visitor.asked(ClientToken="job-1-slot-1", Placement={"AvailabilityZone": A})
    first = visitor.ec2.run_instances(**asked)["Instances"][0]["InstanceId"]
    assert visitor.ec2.run_instances(**asked)["Instances"][0]["InstanceId"] == first
    with pytest.raises(ClientError, match="IdempotentParameterMismatch"):
        visitor.ec2.run_instances(**{**asked, "InstanceType": "g5.xlarge"})
    elsewhere = {**asked, "Placement": {"AvailabilityZone": B}}
    assert visitor.ec2.run_instances(**elsewhere)["Instances"][0]["InstanceId"] != first
    visitor.ec2.terminate_instances(InstanceIds=[first])
    with pytest.raises(ClientError, match="IdempotentInstanceTerminated"):
        visitor.ec2.run_instances(**asked)
    assert len(region.hosts()) == 2


def test_without_a_zone_a_token_counts_in_the_whole_region(region, visitor):
    asked = visitor.asked(ClientToken="job-1-slot-2")
    first = visitor.ec2.run_instances(**asked)["Instances"][0]["InstanceId"]
    assert visitor.ec2.run_instances(**asked)["Instances"][0]["InstanceId"] == first
    asked_fleet, answer = fleet(visitor, overrides(["g6.xlarge"], [A]), 1, ClientToken="f")
    again = visitor.ec2.create_fleet(**asked_fleet)
    assert again["FleetId"] == answer["FleetId"]
    assert again["Instances"] == answer["Instances"]
    asked_fleet["TargetCapacitySpecification"]["TotalTargetCapacity"] = 2
    with pytest.raises(ClientError, match="IdempotentParameterMismatch"):
        visitor.ec2.create_fleet(**asked_fleet)


def test_a_refused_launch_may_be_asked_again_with_its_token(region, visitor):
    once = boto3.client("ec2", config=ONCE)
    region.run_out("g6.xlarge", A)
    asked = visitor.asked(ClientToken="t", Placement={"AvailabilityZone": A})
    with pytest.raises(ClientError, match="InsufficientInstanceCapacity") as refused:
        once.run_instances(**asked)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    region.give("g6.xlarge", A, 1)
    once.run_instances(**asked)
    with pytest.raises(ClientError, match="InsufficientInstanceCapacity"):
        once.run_instances(**{**asked, "ClientToken": "u"})


def test_what_does_not_exist_cannot_be_launched(region, visitor):
    with pytest.raises(ClientError, match=r"InvalidAMIID\.NotFound"):
        visitor.launch(ImageId="ami-0123456789abcdef0")
    with pytest.raises(ClientError, match="InvalidParameterValue"):
        visitor.launch(InstanceType="g99.xlarge")
    with pytest.raises(ClientError, match=r"InvalidKeyPair\.NotFound"):
        visitor.launch(KeyName="nobody's")
    options = {"MarketType": "spot", "SpotOptions": {"MaxPrice": "0.001"}}
    with pytest.raises(ClientError, match="SpotMaxPriceTooLow"):
        visitor.launch(InstanceMarketOptions=options)
    with pytest.raises(ClientError, match="DryRunOperation"):
        visitor.launch(DryRun=True)
    assert region.hosts() == []


def test_spot_requests_are_kept_with_their_ends(region, visitor):
    specification = tags("spot-instances-request", job="7")
    host = visitor.launch_up(TagSpecifications=specification)
    described = visitor.ec2.describe_instances(InstanceIds=[host.instance_id])
    request = described["Reservations"][0]["Instances"][0]["SpotInstanceRequestId"]

    def status():
        found = visitor.ec2.describe_spot_instance_requests(
            Filters=[{"Name": "tag:job", "Values": ["7"]}]
        )["SpotInstanceRequests"]
        assert [one["SpotInstanceRequestId"] for one in found] == [request]
        return found[0]["State"], found[0]["Status"]["Code"]

    assert status() == ("active", "fulfilled")
    region.interrupt(host.instance_id, notice_s=60)
    assert status() == ("active", "marked-for-termination")
    region.interrupt(host.instance_id, notice_s=0)
    assert (
        region.wait_for(host.instance_id, "terminated").reason == "Server.SpotInstanceTermination"
    )
    assert status() == ("closed", "instance-terminated-no-capacity")


def test_price_history_follows_what_a_test_set(region):
    ec2 = boto3.client("ec2")
    region.price("g6.xlarge", A, 0.31, ago_s=3600)
    region.price("g6.xlarge", A, 0.29)

    def history(**more):
        return ec2.describe_spot_price_history(
            InstanceTypes=["g6.xlarge"], ProductDescriptions=["Linux/UNIX"], **more
        )["SpotPriceHistory"]

    now = [one for one in history() if one["AvailabilityZone"] == A]
    assert [one["SpotPrice"] for one in now] == ["0.290000"]
    since = datetime.now(UTC) - timedelta(hours=2)
    prices = [one["SpotPrice"] for one in history(StartTime=since, AvailabilityZone=A)]
    assert prices[:2] == ["0.290000", "0.310000"]
    assert len({one["AvailabilityZone"] for one in history()}) > 2, "every zone has its price"


def test_a_seed_makes_the_same_market(region):
    ec2 = boto3.client("ec2")

    def prices():
        found = ec2.describe_spot_price_history(InstanceTypes=["g5.xlarge"])["SpotPriceHistory"]
        return {one["AvailabilityZone"]: one["SpotPrice"] for one in found}

    region.reset(seed=1)
    first = prices()
    region.reset(seed=2)
    assert prices() != first
    region.reset(seed=1)
    assert prices() == first


def test_on_demand_prices_are_found_by_the_usual_filters(region):
    region.on_demand("g6.xlarge", 0.9)
    pricing = boto3.client("pricing")
    wanted = {
        "instanceType": "g6.xlarge", "regionCode": "us-east-1", "operatingSystem": "Linux",
        "tenancy": "Shared", "preInstalledSw": "NA", "capacitystatus": "Used",
    }  # fmt: skip
    filters = [{"Type": "TERM_MATCH", "Field": k, "Value": v} for k, v in wanted.items()]
    found = pricing.get_products(ServiceCode="AmazonEC2", Filters=filters)["PriceList"]
    assert len(found) == 1
    [term] = json.loads(found[0])["terms"]["OnDemand"].values()
    [dimension] = term["priceDimensions"].values()
    assert dimension["pricePerUnit"]["USD"] == "0.9000000000"
    loose = pricing.get_products(ServiceCode="AmazonEC2", Filters=filters[:2])["PriceList"]
    assert len(loose) > 1


def test_placement_scores_want_three_types_and_know_empty_pools(region):
    ec2 = boto3.client("ec2")
    types = ["g6.xlarge", "g5.xlarge", "g4dn.xlarge"]

    def scores(types, **more):
        return ec2.get_spot_placement_scores(InstanceTypes=types, TargetCapacity=4, **more)[
            "SpotPlacementScores"
        ]

    [home] = scores(types)
    assert home == {"Region": "us-east-1", "Score": 9}
    assert scores(types[:1])[0]["Score"] <= 3
    for one in types:
        region.run_out(one, A)
    by_zone = {
        one["AvailabilityZoneId"]: one["Score"]
        for one in scores(types, SingleAvailabilityZone=True)
    }
    zones = ec2.describe_availability_zones()["AvailabilityZones"]
    ids = {one["ZoneName"]: one["ZoneId"] for one in zones}
    assert by_zone[ids[A]] == 1
    both = scores(types, RegionNames=["us-east-1", "us-east-2"])
    assert {one["Region"] for one in both} == {"us-east-1", "us-east-2"}


def test_a_quota_increase_is_asked_polled_and_granted(region):
    quotas = boto3.client("service-quotas")
    of = {"ServiceCode": "ec2", "QuotaCode": "L-3819A6DF"}
    region.quota("L-3819A6DF", 0)
    assert quotas.get_service_quota(**of)["Quota"]["Value"] == 0
    assert quotas.get_aws_default_service_quota(**of)["Quota"]["Value"] == 0
    asked = quotas.request_service_quota_increase(**of, DesiredValue=16)["RequestedQuota"]
    with pytest.raises(quotas.exceptions.ResourceAlreadyExistsException):
        quotas.request_service_quota_increase(**of, DesiredValue=32)

    def status():
        answer = quotas.get_requested_service_quota_change(RequestId=asked["Id"])
        return answer["RequestedQuota"]["Status"]

    assert status() == "PENDING"
    region.decide_quota("L-3819A6DF", "CASE_OPENED")
    assert status() == "CASE_OPENED"
    region.decide_quota("L-3819A6DF")
    assert status() == "APPROVED"
    assert quotas.get_service_quota(**of)["Quota"]["Value"] == 16
    history = quotas.list_requested_service_quota_change_history_by_quota(**of)
    assert [one["Id"] for one in history["RequestedQuotas"]] == [asked["Id"]]
    with pytest.raises(quotas.exceptions.NoSuchResourceException):
        quotas.get_service_quota(ServiceCode="ec2", QuotaCode="L-00000000")


def test_every_region_has_its_own_newest_image(region):
    ids = []
    for name in ("us-east-1", "eu-west-1"):
        ssm = boto3.client("ssm", region_name=name)
        ids.append(ssm.get_parameter(Name=DEEP_LEARNING)["Parameter"]["Value"])
        images = boto3.client("ec2", region_name=name).describe_images(ImageIds=ids[-1:])
        assert "Ubuntu 24.04" in images["Images"][0]["Name"]
    assert ids[0] != ids[1]


def test_a_bill_charges_what_ran_and_not_what_was_taken_in_its_first_hour(region, visitor):
    region.price("g6.xlarge", A, 0.36)
    here = {"Placement": {"AvailabilityZone": A}}
    kept, taken = visitor.launch_up(**here), visitor.launch_up(**here)
    dear = visitor.launch_up(InstanceMarketOptions={}, **here)
    region.interrupt(taken.instance_id, notice_s=0)
    region.wait_for(taken.instance_id, "terminated")
    visitor.ec2.terminate_instances(InstanceIds=[kept.instance_id])
    kept = region.wait_for(kept.instance_id, "terminated")
    assert str(kept.usd_per_hour) == "0.36"
    assert kept.billed_s > 0
    assert kept.cost_usd == kept.usd_per_hour * Decimal(str(kept.billed_s)) / 3600
    assert region.host(taken.instance_id).billed_s == 0
    assert str(region.host(dear.instance_id).usd_per_hour) == "0.8048"


def test_a_quota_may_lag_behind_an_end(region, visitor):
    region.quota("L-3819A6DF", 4)
    region.quota_lags(300)
    host = visitor.launch_up()
    visitor.ec2.terminate_instances(InstanceIds=[host.instance_id])
    region.wait_for(host.instance_id, "terminated")
    with pytest.raises(ClientError, match="MaxSpotInstanceCountExceeded"):
        visitor.launch()
    region.quota_lags(0)
    visitor.launch()
