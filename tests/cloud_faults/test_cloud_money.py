"""Whatever was made and by whom: nothing goes on costing, and what is in use is left alone."""

import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import boto3
import pytest

from orchestrator.cloud_errors import CloudError, PermissionMissing
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.expiry import Expiry
from orchestrator.fleet.ec2.fire_drill import FireDrill
from orchestrator.fleet.ec2.ledger import Asked, EndedInstance, Launched, Ledger
from orchestrator.fleet.ec2.policy import job_profile
from orchestrator.fleet.ec2.receipt import (
    make_receipt,
    receipts,
    save_receipt,
    spent_usd,
)
from orchestrator.fleet.ec2.setup import SetUp, who_am_i
from orchestrator.fleet.ec2.sweep import sweep
from orchestrator.fleet.ec2.things import look
from orchestrator.fleet.ec2.user_data import user_data
from orchestrator.home import Home
from remote_worker.bucket import Place
from remote_worker.first import FirstPlan

pytestmark = pytest.mark.timeout(120)
REGION = "us-east-1"
FRESH = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-aaaa"
OLD = "20260101-000000-bbbb"
ALL_KINDS = {
    "instance", "schedule", "volume", "launch template", "key", "open door", "queue", "upload",
    "staged media", "role",
}  # fmt: skip


@pytest.fixture
def clients(region):
    return Clients(boto3.Session(region_name=REGION), REGION)


@pytest.fixture
def account(clients):
    """An account that is set up."""
    account = who_am_i(clients)
    list(SetUp(clients, account).make())
    clients("s3").delete_bucket_policy(Bucket=account.bucket)
    return account


def in_s(seconds):
    return datetime.now(UTC) + timedelta(seconds=seconds)


def tagged(kind, job, ends_at=""):
    return [{"ResourceType": kind, "Tags": names.tags(job, ends_at=ends_at)}]


def launch(clients, job, *, ends_at, user_data="", shutdown="terminate"):
    """Launch the smallest instance as a job's, without any layer but those that are given."""
    image = clients("ec2").describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    made = clients("ec2").run_instances(
        ImageId=image,
        InstanceType="t3.nano",
        MinCount=1,
        MaxCount=1,
        UserData=user_data,
        InstanceInitiatedShutdownBehavior=shutdown,
        TagSpecifications=tagged("instance", job, ends_at),
    )
    return made["Instances"][0]["InstanceId"]


def wait_until_none_is_alive(region, patience_s=20):
    give_up = time.monotonic() + patience_s
    while alive := region.alive():
        assert time.monotonic() < give_up, alive
        time.sleep(0.1)


def make_one_of_each(clients, account, job, *, instance=True, life_s=3600):
    """Make what a job makes, as if the machine that made it were gone."""
    ec2, sqs, s3 = clients("ec2"), clients("sqs"), clients("s3")
    ends_at = in_s(life_s).isoformat(timespec="seconds")
    if instance:
        instance_id = launch(clients, job, ends_at=ends_at)
        Expiry(clients, account).arm(instance_id, in_s(max(life_s, 600)))
    ec2.create_volume(
        AvailabilityZone=f"{REGION}a", Size=1, TagSpecifications=tagged("volume", job)
    )
    name = names.template_name(job, 1)
    ec2.create_launch_template(
        LaunchTemplateName=name,
        LaunchTemplateData={"InstanceType": "t3.nano"},
        TagSpecifications=tagged("launch-template", job),
    )
    ec2.create_key_pair(KeyName=name, TagSpecifications=tagged("key-pair", job))
    door = {"CidrIp": f"10.0.0.{1 + (job == OLD)}/32", "Description": f"Second Unit {job}"}
    rule = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [door]}
    group = SetUp(clients, account).group_id()
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    ours = {names.TAG: names.APP, names.TAG_JOB: job}
    for ending in ("", "-dead"):
        url = sqs.create_queue(QueueName=f"{names.queue_name(job, 1)}{ending}", tags=ours)
        sqs.send_message(QueueUrl=url["QueueUrl"], MessageBody="a chunk")
    s3.put_object(Bucket=account.bucket, Key=f"jobs/{job}/x", Body=b"x")
    s3.create_multipart_upload(Bucket=account.bucket, Key=f"jobs/{job}/y")
    job_profile(clients, account, job)


def kinds(things):
    return {thing.kind for thing in things}


def test_all_that_a_dead_job_left_is_swept(region, clients, account):
    before = region.left_behind()
    make_one_of_each(clients, account, FRESH)
    steps = []
    report = sweep(
        clients, account, [REGION], {FRESH: False}, share=lambda *step: steps.append(step)
    )
    assert kinds(report.removed) == ALL_KINDS
    assert report.is_clean
    assert kinds(report.set_up) == {"bucket", "security group"}
    assert steps[-1][0] == steps[-1][1]
    assert region.alive() == []
    assert region.left_behind() == before
    again = sweep(clients, account, [REGION], {FRESH: False})
    assert again.removed == again.kept == ()


def test_nothing_of_a_living_job_is_touched(region, clients, account):
    make_one_of_each(clients, account, FRESH)
    before = region.left_behind()
    report = sweep(clients, account, [REGION], {FRESH: True})
    assert report.removed == ()
    assert {(kept.thing.kind, kept.why) for kept in report.kept} == {
        (kind, "living") for kind in ALL_KINDS
    }
    assert region.left_behind() == before
    assert len(region.alive()) == 1


def test_another_machines_job_is_left_alone_until_it_is_over(region, clients, account):
    make_one_of_each(clients, account, OLD)
    report = sweep(clients, account, [REGION], {})
    assert report.removed == ()
    assert {kept.why for kept in report.kept} == {"another's"}
    report = sweep(clients, account, [REGION], {}, everything=True)
    assert kinds(report.removed) == ALL_KINDS
    assert region.alive() == []


def test_what_an_unknown_job_forgot_long_ago_is_swept(region, clients, account):
    make_one_of_each(clients, account, OLD, instance=False)
    make_one_of_each(clients, account, FRESH, instance=False)
    report = sweep(clients, account, [REGION], {})
    assert {thing.job_id for thing in report.removed} == {OLD}
    assert {kept.thing.job_id for kept in report.kept} == {FRESH}


def test_an_instance_past_its_end_is_ended_even_for_a_living_job(region, clients, account):
    late = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")
    launch(clients, FRESH, ends_at=late)
    report = sweep(clients, account, [REGION], {FRESH: True})
    assert kinds(report.removed) == {"instance"}
    wait_until_none_is_alive(region)


def test_what_cannot_be_removed_or_seen_is_told_and_the_rest_is_swept(region, clients, account):
    make_one_of_each(clients, account, FRESH)
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    deny = {"Effect": "Deny", "Action": ["ec2:DeleteKeyPair", "sqs:ListQueues"], "Resource": "*"}
    region.limit({"Version": "2012-10-17", "Statement": [allow, deny]})
    report = sweep(clients, account, [REGION], {FRESH: False})
    assert not report.is_clean
    assert [failed.thing.kind for failed in report.failed] == ["key"]
    assert "DeleteKeyPair" in report.failed[0].sentence
    assert ["ListQueues" in sentence for sentence in report.unseen] == [True]
    assert kinds(report.removed) == ALL_KINDS - {"key", "queue"}
    region.unlimit()
    report = sweep(clients, account, [REGION], {FRESH: False})
    assert kinds(report.removed) == {"key", "queue"}


def test_a_queue_that_only_bears_the_name_is_not_ours(region, clients, account):
    clients("sqs").create_queue(QueueName=f"secondunit-{OLD}-1")
    clients("ec2").create_key_pair(KeyName="secondunit-x")
    assert look(clients, account, [REGION]).things == ()


def test_a_region_that_is_not_ours_is_looked_through_too(region, clients, account):
    elsewhere = clients.elsewhere("us-east-2")
    launch(elsewhere, FRESH, ends_at=in_s(60).isoformat())
    report = sweep(clients, account, [REGION, "us-east-2"], {FRESH: False})
    assert [(thing.kind, thing.region) for thing in report.removed] == [("instance", "us-east-2")]
    wait_until_none_is_alive(region)


# The schedule.


def schedules(clients):
    found = clients("scheduler").list_schedules(GroupName=names.SCHEDULE_GROUP)["Schedules"]
    return [each["Name"] for each in found]


def test_a_schedule_is_made_once_and_removed_with_its_instance(clients, account):
    expiry = Expiry(clients, account)
    for _ in range(2):
        expiry.arm("i-1", in_s(3600))
    assert schedules(clients) == ["secondunit-i-1"]
    told = clients("scheduler").get_schedule(Name="secondunit-i-1", GroupName="secondunit")
    assert told["ActionAfterCompletion"] == "DELETE"
    assert told["Target"]["Arn"].endswith(":aws-sdk:ec2:terminateInstances")
    for _ in range(2):
        expiry.disarm("i-1")
    assert schedules(clients) == []


def test_a_schedule_whose_answer_is_lost_is_made(region, clients, account):
    region.lose_answer("CreateSchedule", times=2)
    Expiry(clients, account).arm("i-1", in_s(3600))
    assert schedules(clients) == ["secondunit-i-1"]


def test_a_schedule_that_is_not_allowed_is_told(region, clients, account):
    region.limit({"Version": "2012-10-17", "Statement": []})
    with pytest.raises(PermissionMissing):
        Expiry(clients, account).arm("i-1", in_s(3600))


def test_a_schedule_without_the_set_up_is_told(region, clients):
    account = who_am_i(clients)
    with pytest.raises(CloudError):
        Expiry(clients, account, patience_s=0).arm("i-1", in_s(3600))


def host_plan(account, region, *, life_s, idle_s):
    place = Place(name=account.bucket, region=REGION, endpoint_url=region.endpoint_url)
    return user_data(
        FirstPlan(
            root="/opt/secondunit",
            prefix=f"jobs/{FRESH}/",
            place=place,
            idle_s=idle_s,
            life_s=life_s,
            publish_host_key=False,
        )
    )


def test_a_host_ends_itself_by_the_first_order_it_gets(region, clients, account):
    """The first layer alone: the watchdog's clock is not scaled, it would wait for minutes."""
    region.time_scale(300)
    told = host_plan(account, region, life_s=600, idle_s=600)
    launch(clients, FRESH, ends_at=in_s(3600).isoformat(), user_data=told)
    wait_until_none_is_alive(region)


def test_a_host_that_nobody_uses_ends_itself(region, clients, account):
    """The second layer alone: the order in user-data is a day away."""
    told = host_plan(account, region, life_s=86_400, idle_s=2)
    launch(clients, FRESH, ends_at=in_s(3600).isoformat(), user_data=told)
    wait_until_none_is_alive(region)


def test_aws_ends_an_instance_by_itself(region, clients, account):
    """The third layer alone: no order in user-data, no watchdog, no app."""
    region.time_scale(60)
    instance_id = launch(clients, FRESH, ends_at=in_s(3600).isoformat())
    Expiry(clients, account).arm(instance_id, in_s(120))
    wait_until_none_is_alive(region)
    assert region.fired() == [(names.schedule_name(instance_id), "done")]
    assert schedules(clients) == []


# The receipt.


def ledger_of(home, job, instance_id="i-1", *, began=None):
    (home.job(job)).mkdir(parents=True, exist_ok=True)
    ledger = Ledger(home.job(job) / "launches.jsonl")
    began = began or datetime.now(UTC) - timedelta(seconds=600)
    at = began.isoformat(timespec="seconds")
    told = {"lease_id": "l", "token": "t", "region": REGION, "market": "spot", "at": at}
    ledger.write(Asked(attempt=1, pools=(("g6.xlarge", "s"),), ends_at="", **told))
    price = {"usd_per_hour": Decimal("0.26"), "on_demand_usd_per_hour": Decimal("0.8048")}
    place = {"instance_type": "g6.xlarge", "zone": f"{REGION}a"}
    ledger.write(Launched(instance_id=instance_id, **place, **price, **told))
    ended = (began + timedelta(seconds=500)).isoformat(timespec="seconds")
    ledger.write(EndedInstance(instance_id=instance_id, how="released", at=ended))
    ledger.close()
    return ledger.lines


def test_a_receipt_says_what_was_spent_and_that_nothing_is_left(clients, account, tmp_path):
    home = Home(tmp_path)
    lines = ledger_of(home, FRESH)
    receipt = make_receipt(clients, account, FRESH, lines)
    assert receipt.proof.holds
    assert receipt.seconds == 500
    assert receipt.usd == Decimal("0.0368")
    assert Decimal("0.6") < receipt.saved_share < Decimal("0.7")
    path = save_receipt(home, receipt)
    assert receipts(home) == (receipt,)
    path.write_text(path.read_text("utf-8").replace("0.0368", "0.0001"), "utf-8")
    assert receipts(home) == ()  # one that was changed is none


def test_a_receipt_does_not_hold_while_something_is_left_or_unseen(
    region, clients, account, tmp_path
):
    lines = ledger_of(Home(tmp_path), FRESH)
    clients("ec2").create_key_pair(
        KeyName=names.template_name(FRESH, 1), TagSpecifications=tagged("key-pair", FRESH)
    )
    receipt = make_receipt(clients, account, FRESH, lines, patience_s=0.3)
    assert kinds(receipt.proof.left) == {"key"}
    assert not receipt.proof.holds
    deny = {"Effect": "Deny", "Action": "ec2:DescribeKeyPairs", "Resource": "*"}
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    region.limit({"Version": "2012-10-17", "Statement": [allow, deny]})
    receipt = make_receipt(clients, account, FRESH, lines, patience_s=0.3)
    assert receipt.proof.left == ()
    assert not receipt.proof.holds


def test_a_month_is_what_its_receipts_and_open_jobs_come_to(clients, account, tmp_path):
    home, now = Home(tmp_path), datetime(2026, 11, 20, tzinfo=UTC)
    done = ledger_of(home, "done", began=datetime(2026, 11, 1, tzinfo=UTC))
    save_receipt(home, make_receipt(clients, account, "done", done))
    ledger_of(home, OLD, began=datetime(2026, 10, 31, 23, 0, tzinfo=UTC))
    ledger_of(home, FRESH, began=datetime(2026, 11, 2, tzinfo=UTC))
    for job in ("done", OLD, FRESH):
        (home.job(job) / "job.json").touch()
    assert spent_usd(home, "2026-11", now) == Decimal("0.0736")
    assert spent_usd(home, "2026-10", now) == Decimal("0.0368")
    assert spent_usd(home, "2026-11", now, but=FRESH) == Decimal("0.0368")
    assert spent_usd(home, "2026-12", now) == 0


# The drill.


def test_a_drill_shows_that_each_layer_holds_alone(region, clients, account):
    region.time_scale(60)
    before = region.left_behind()
    seen = []
    drill = FireDrill(
        clients,
        account,
        {},
        life_s=120,
        idle_s=2,
        patience_s=40,
        endpoint_url=region.endpoint_url,
    )
    report = drill.run(lambda *step: seen.append(step))
    assert report.holds, report
    assert {line.layer: line.reason for line in report.lines} == {
        "first order": "Client.InstanceInitiatedShutdown",
        "watchdog": "Client.InstanceInitiatedShutdown",
        "schedule": "Client.UserInitiatedShutdown",
        "sweep": "Client.UserInitiatedShutdown",
    }
    assert 0 < report.usd < Decimal("0.01")
    assert seen[-1][:2] == (4, 4)
    wait_until_none_is_alive(region)
    assert region.left_behind() == before


@pytest.mark.nightly
def test_a_drill_tells_which_layer_does_not_hold_and_ends_its_instance(region, clients, account):
    region.limit({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Action": "scheduler:CreateSchedule", "Resource": "*"},
    ]})  # fmt: skip
    region.time_scale(60)
    report = FireDrill(
        clients, account, {}, idle_s=1, patience_s=8, endpoint_url=region.endpoint_url
    ).run()
    held = {line.layer: line.holds for line in report.lines}
    assert held == {"first order": True, "watchdog": True, "schedule": False, "sweep": True}
    assert "CreateSchedule" in report.lines[2].trouble
    wait_until_none_is_alive(region)


def test_a_drill_that_is_cancelled_leaves_nothing(region, clients, account):
    drill = FireDrill(clients, account, {}, endpoint_url=region.endpoint_url)
    drill.run(lambda *_: drill.cancelled.set())
    wait_until_none_is_alive(region)
    assert schedules(clients) == []
