"""Every fault of the test cloud does what its name says, and is healed again."""

import base64
import hashlib
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import boto3
import paramiko
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError

from tests.cloud.mischief import KINDS, Mischief, story
from tests.cloud.region import Region
from tests.cloud.visitor import Visitor, eventually, metadata, policy, say

pytestmark = pytest.mark.timeout(120)

CURL = shutil.which("curl") or "curl"
ONCE = Config(retries={"total_max_attempts": 1})


@pytest.fixture
def visitor(region: Region) -> Visitor:
    return Visitor(region)


def test_an_interruption_is_noticed_and_then_ends_the_instance(region, visitor):
    host = visitor.launch_up()
    with visitor.ssh(host) as client:
        region.interrupt(host.instance_id, notice_s=60)
        notice = json.loads(say(client, metadata("meta-data/spot/instance-action")).out)
        assert notice["action"] == "terminate"
        due = datetime.fromisoformat(notice["time"])
        assert due - datetime.now(UTC) < timedelta(seconds=61)
        assert region.host(host.instance_id).state == "running"
        region.interrupt(host.instance_id, notice_s=0.2)
        region.wait_for(host.instance_id, "terminated")
        assert eventually(lambda: not client.get_transport().is_active()), "an orderly goodbye"


def test_a_rebalance_recommendation_takes_nothing(region, visitor):
    host = visitor.launch_up()
    path = "meta-data/events/recommendations/rebalance"
    with visitor.ssh(host) as client:
        assert say(client, metadata(path)).code == 22
        region.rebalance(host.instance_id)
        assert "noticeTime" in json.loads(say(client, metadata(path)).out)


def test_a_kill_is_silent_to_connections_and_known_to_the_api(region, visitor):
    host = visitor.launch_up()
    with visitor.ssh(host) as client:
        region.kill(host.instance_id)
        assert region.wait_for(host.instance_id, "terminated").reason.startswith("Server.")
        with pytest.raises((TimeoutError, paramiko.SSHException)):
            say(client, "true", timeout_s=1)
        assert client.get_transport().is_active(), "nothing on the wire has told it"


def test_a_crash_goes_on_billing(region, visitor):
    host = visitor.launch_up()
    region.crash(host.instance_id, silent=False)
    assert eventually(lambda: not region.host(host.instance_id).alive)
    assert region.host(host.instance_id).state == "running"
    visitor.ec2.terminate_instances(InstanceIds=[host.instance_id])
    region.wait_for(host.instance_id, "terminated")


def test_a_frozen_host_holds_its_connections_and_says_nothing(region, visitor):
    host = visitor.launch_up()
    with visitor.ssh(host) as client:
        region.freeze(host.instance_id)
        with socket.create_connection((host.address, 22), timeout=2) as line:
            line.settimeout(0.5)
            with pytest.raises(TimeoutError):
                line.recv(10)
        region.thaw(host.instance_id)
        assert say(client, "echo back").out == "back\n"
    region.freeze(host.instance_id)
    visitor.ec2.terminate_instances(InstanceIds=[host.instance_id])
    region.wait_for(host.instance_id, "terminated")


def test_a_cut_is_silence_and_heals_under_the_same_connection(region, visitor):
    host = visitor.launch_up()
    with visitor.ssh(host) as client:
        region.cut(host.instance_id)
        with pytest.raises(TimeoutError):
            socket.create_connection((host.address, 22), timeout=0.5)
        said = []
        asking = threading.Thread(target=lambda: said.append(say(client, "echo still").out))
        asking.start()
        time.sleep(0.3)
        assert not said
        region.heal(host.instance_id)
        asking.join(10)
        assert said == ["still\n"]


def test_a_host_may_lose_the_cloud_and_keep_the_desktop(region, visitor):
    host = visitor.launch_up()
    asking = f"curl -sm 1 {region.check_ip_url}"
    with visitor.ssh(host) as client:
        assert say(client, asking).out.strip() == host.address
        region.cut(host.instance_id, only="cloud")
        assert say(client, asking).code == 28
        assert say(client, metadata("meta-data/instance-id")).out == host.instance_id
        region.heal(host.instance_id)
        assert say(client, asking).code == 0
        region.cut(host.instance_id, only="desktop")
        with pytest.raises((TimeoutError, paramiko.SSHException)):
            say(client, "true", timeout_s=0.5)


def test_lost_packets_slow_a_transfer_and_do_not_break_it(region, visitor):
    host = visitor.launch_up()
    with visitor.ssh(host) as client:
        region.lose(host.instance_id, 10)
        assert len(say(client, "head -c 300000 /dev/zero", timeout_s=40).out) == 300_000


def test_a_slow_line_has_the_rate_that_was_asked_both_ways(region, visitor):
    host = visitor.launch_up()
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="stage")
    s3.put_object(Bucket="stage", Key="two", Body=bytes(2_000_000))
    down = s3.generate_presigned_url("get_object", Params={"Bucket": "stage", "Key": "two"})
    up = s3.generate_presigned_url("put_object", Params={"Bucket": "stage", "Key": "up"})
    region.slow(host.instance_id, down_mbit=16, up_mbit=8)
    with visitor.ssh(host) as client:
        took = say(client, f"curl -s -o /tmp/two -w '%{{time_total}}' '{down}'").out
        assert float(took) > 0.6, "2 MB at 16 Mbit/s are one second"
        took = say(client, f"curl -s -T /tmp/two -w '%{{time_total}}' '{up}'").out
        assert float(took) > 1.4, "2 MB at 8 Mbit/s are two seconds"


def test_a_full_disk_takes_no_more_and_is_freed(region, visitor):
    region.disk_has(64 << 20)
    host = visitor.launch_up()
    with visitor.ssh(host) as client:
        region.fill_disk(host.instance_id)
        full = say(client, "head -c 1000000 /dev/zero > more")
        assert full.code == 1
        assert "No space left" in full.err
        region.free_disk(host.instance_id)
        assert say(client, "head -c 1000000 /dev/zero > more").code == 0
        assert say(client, "head -c 100000000 /dev/zero > /tmp/more").code == 1


def test_the_door_is_open_to_one_address_and_follows_it(region, visitor):
    host = visitor.launch_up()
    with visitor.ssh(host) as client:
        old = region.client_address()
        new = region.move_client()
        assert new != old
        with pytest.raises(TimeoutError):
            socket.create_connection((host.address, 22), timeout=0.5)
        assert say(client, "echo stands").out == "stands\n"
        visitor.allow(new)
        visitor.forbid(old)
        assert new in visitor.says(host, "echo $SSH_CLIENT").out
        region.move_client(drop=True)
        assert region.client_address() not in (old, new)


def test_a_replacement_on_a_reused_address_has_another_host_key(region, visitor):
    region.reuse_addresses()
    first = visitor.launch_up()
    with visitor.ssh(first) as client:
        known = client.get_transport().get_remote_server_key()
    visitor.ec2.terminate_instances(InstanceIds=[first.instance_id])
    region.wait_for(first.instance_id, "terminated")
    second = visitor.launch_up()
    assert second.address == first.address
    with visitor.ssh(second) as client:
        assert client.get_transport().get_remote_server_key() != known


def test_a_new_instance_is_not_found_for_a_while(region, visitor):
    region.settle_takes(300)
    instance = visitor.launch()
    with pytest.raises(ClientError, match=r"InvalidInstanceID\.NotFound"):
        visitor.ec2.describe_instances(InstanceIds=[instance])
    with pytest.raises(ClientError, match=r"InvalidInstanceID\.NotFound"):
        visitor.ec2.terminate_instances(InstanceIds=[instance])
    assert visitor.ec2.describe_instances()["Reservations"] == []
    region.settle_takes(0)
    assert visitor.ec2.describe_instances()["Reservations"]
    visitor.ec2.terminate_instances(InstanceIds=[instance])


def test_a_boot_takes_as_long_as_it_is_told_and_can_be_ended_before(region, visitor):
    region.boot_takes(300)
    instance = visitor.launch()
    assert region.host(instance).state == "pending"
    visitor.ec2.terminate_instances(InstanceIds=[instance])
    region.wait_for(instance, "terminated")
    assert not region.host(instance).alive


def test_too_many_calls_are_refused_in_each_services_words(region):
    s3, sqs = boto3.client("s3", config=ONCE), boto3.client("sqs", config=ONCE)
    ec2 = boto3.client("ec2", config=ONCE)
    region.throttle("DescribeInstances", times=2)
    for _ in range(2):
        with pytest.raises(ClientError, match="RequestLimitExceeded") as refused:
            ec2.describe_instances()
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 503
    ec2.describe_instances()
    region.throttle("s3.ListBuckets")
    with pytest.raises(ClientError, match="SlowDown"):
        s3.list_buckets()
    region.throttle("*")
    with pytest.raises(ClientError, match="Throttl"):
        sqs.list_queues()
    region.throttle("ListBuckets")
    assert boto3.client("s3").list_buckets()["Buckets"] == [], "an SDK tries again"


def test_a_lost_answer_has_done_its_work(region, visitor):
    once = boto3.client("ec2", config=ONCE)
    region.lose_answer("RunInstances")
    asked = visitor.asked(ClientToken="lost")
    with pytest.raises(ConnectionClosedError):
        once.run_instances(**asked)
    [host] = region.hosts()
    again = once.run_instances(**asked)["Instances"][0]["InstanceId"]
    assert again == host.instance_id
    region.lose_request("RunInstances")
    with pytest.raises(ConnectionClosedError):
        once.run_instances(**{**asked, "ClientToken": "never"})
    assert len(region.hosts()) == 1


def test_an_answer_can_be_late(region):
    region.delay("ListBuckets", 0.5)
    started = time.monotonic()
    boto3.client("s3").list_buckets()
    assert time.monotonic() - started >= 0.5


def test_expired_credentials_are_refused_until_a_new_sign_in(region):
    region.expire_credentials()
    for service, call, word in (
        ("ec2", "describe_instances", "RequestExpired"),
        ("s3", "list_buckets", "ExpiredToken"),
        ("sqs", "list_queues", "ExpiredToken"),
        ("sts", "get_caller_identity", "ExpiredToken"),
        ("service-quotas", "list_services", "ExpiredToken"),
    ):
        with pytest.raises(ClientError, match=word):
            getattr(boto3.client(service), call)()
    region.revive_credentials()
    boto3.client("sts").get_caller_identity()


def test_session_credentials_end_when_sts_said(region):
    sts = boto3.client("sts")
    keys = sts.get_federation_token(Name="worker", DurationSeconds=900)["Credentials"]
    s3 = boto3.client(
        "s3",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    s3.list_buckets()
    region.time_scale(1_000_000)
    with pytest.raises(ClientError, match="ExpiredToken"):
        s3.list_buckets()


def sign_as_of(monkeypatch, ago):
    """Let the SDK sign as if it were some time ago."""
    then = (datetime.now(UTC) - ago).replace(tzinfo=None)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda *_: then)


def test_a_presigned_url_ends_when_it_says(region, monkeypatch):
    s3 = boto3.client("s3", config=Config(signature_version="s3v4"))
    s3.create_bucket(Bucket="stage")
    s3.put_object(Bucket="stage", Key="note", Body=b"hello")

    def fetched():
        of = {"Bucket": "stage", "Key": "note"}
        url = s3.generate_presigned_url("get_object", Params=of, ExpiresIn=60)
        return subprocess.check_output([CURL, "-s", url], timeout=20)

    assert fetched() == b"hello"
    sign_as_of(monkeypatch, timedelta(minutes=2))
    assert b"Request has expired" in fetched()


def schedule_the_end(host, *, in_min):
    at = datetime.now(UTC) + timedelta(minutes=in_min)
    boto3.client("scheduler").create_schedule(
        Name="cap",
        ScheduleExpression=f"at({at:%Y-%m-%dT%H:%M:%S})",
        FlexibleTimeWindow={"Mode": "OFF"},
        ActionAfterCompletion="DELETE",
        ClientToken="cap-1",
        Target={
            "Arn": "arn:aws:scheduler:::aws-sdk:ec2:terminateInstances",
            "RoleArn": "arn:aws:iam::123456789012:role/cap",
            "Input": json.dumps({"InstanceIds": [host.instance_id]}),
        },
    )


def make_role(*actions):
    iam = boto3.client("iam")
    trust = json.dumps({"Statement": [{"Principal": {"Service": "scheduler.amazonaws.com"}}]})
    iam.create_role(RoleName="cap", AssumeRolePolicyDocument=trust)
    iam.put_role_policy(RoleName="cap", PolicyName="ends", PolicyDocument=policy(*actions))


def test_a_schedule_can_do_no_more_than_its_role(region, visitor):
    region.time_scale(600)
    host = visitor.launch_up()
    with pytest.raises(ClientError, match="must allow AWS EventBridge Scheduler to assume"):
        schedule_the_end(host, in_min=1)
    make_role("ec2:DescribeInstances")
    schedule_the_end(host, in_min=1)
    [(name, how)] = eventually(region.fired)
    assert name == "cap"
    assert "UnauthorizedOperation" in how
    assert region.host(host.instance_id).alive


def test_a_one_time_schedule_ends_an_instance(region, visitor):
    host = visitor.launch_up()
    make_role("ec2:TerminateInstances")
    schedule_the_end(host, in_min=10)
    assert "schedule" in {left.kind for left in region.left_behind()}
    region.time_scale(1_000_000)
    region.wait_for(host.instance_id, "terminated")
    assert eventually(region.fired) == [("cap", "done")]
    assert region.left_behind("key", "group") == []


def test_what_is_left_is_listed(region, visitor):
    s3, sqs = boto3.client("s3"), boto3.client("sqs", region_name="eu-west-1")
    s3.create_bucket(Bucket="stage")
    s3.create_multipart_upload(Bucket="stage", Key="big")
    queue = sqs.create_queue(QueueName="chunks")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="c1")
    sqs.receive_message(QueueUrl=queue)
    visitor.template()
    visitor.ec2.create_volume(AvailabilityZone="us-east-1a", Size=1)
    kinds = [left.kind for left in region.left_behind()]
    assert kinds == ["group", "key", "message", "multipart upload", "template", "volume"]


def test_calls_are_kept_with_who_made_them(region, visitor):
    visitor.ec2.describe_instances()
    call = region.calls()[-1]
    assert (call["service"], call["action"], call["status"]) == ("ec2", "DescribeInstances", 200)
    with pytest.raises(ClientError):
        visitor.ec2.describe_instances(InstanceIds=["i-0123456789abcdef0"])
    assert region.calls()[-1]["code"] == "InvalidInstanceID.NotFound"


def test_broken_metadata_answers_with_its_status(region, visitor):
    host = visitor.launch_up()
    region.break_metadata(host.instance_id, 500)
    asking = "curl -s -o /dev/null -w '%{http_code}' http://169.254.169.254/latest/meta-data/"
    with visitor.ssh(host) as client:
        assert say(client, asking).out == "500"
        region.break_metadata(host.instance_id, 0)
        assert say(client, asking).out == "200"


def test_a_laptop_has_a_cable_of_its_own(region, visitor):
    host = visitor.launch_up()
    with region.laptop() as laptop:
        visitor.allow(laptop.address)
        with laptop.inside():
            assert laptop.address in visitor.says(host, "echo $SSH_CLIENT").out
            s3 = boto3.client("s3", config=ONCE)
            s3.create_bucket(Bucket="stage")
            laptop.slow(up_mbit=16)
            started = time.monotonic()
            s3.put_object(Bucket="stage", Key="two", Body=bytes(2_000_000))
            assert time.monotonic() - started > 0.6, "2 MB at 16 Mbit/s are one second"
            laptop.cut()
            with pytest.raises(TimeoutError):
                socket.create_connection((host.address, 22), timeout=0.5)
            laptop.heal()
        ours = [sys.executable, "-c", "import socket; print(socket.if_nameindex())"]
        assert "eth0" in subprocess.check_output(laptop.argv(ours), timeout=20, text=True)
        assert "sucloud" not in subprocess.check_output(laptop.argv(ours), timeout=20, text=True)


def test_a_seed_tells_the_same_story_and_its_faults_happen(region, visitor):
    assert story(7, 20, 30) == story(7, 20, 30) != story(8, 20, 30)
    assert {deed.kind for seed in range(9) for deed in story(seed, 9, 30)} == set(KINDS)
    visitor.ec2.run_instances(**visitor.asked(MinCount=3, MaxCount=3))
    assert eventually(lambda: all(one.state == "running" for one in region.hosts()))
    deeds = story(3, 1.0, len(KINDS) * 2, lasting_s=(0.1, 0.3))
    with Mischief(region, deeds, pools=[("g6.xlarge", "us-east-1a")]) as mischief:
        assert eventually(lambda: len(mischief.done) >= len(deeds), 30)


def test_half_an_object_is_none(region):
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="stage")
    url = s3.generate_presigned_url("put_object", Params={"Bucket": "stage", "Key": "half"})
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=5) as line:
        head = f"PUT {address.path}?{address.query} HTTP/1.1\r\nHost: {address.netloc}\r\n"
        line.sendall(f"{head}Content-Length: 1000\r\n\r\nonly this".encode())
    s3.put_object(Bucket="stage", Key="whole", Body=b"x")
    assert [one["Key"] for one in s3.list_objects_v2(Bucket="stage")["Contents"]] == ["whole"]


def test_a_wrong_digest_is_refused(region):
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="stage")
    wrong = base64.b64encode(hashlib.sha256(b"y").digest()).decode()
    with pytest.raises(ClientError, match="BadDigest"):
        s3.put_object(Bucket="stage", Key="x", Body=b"x", ChecksumSHA256=wrong)
    right = base64.b64encode(hashlib.sha256(b"x").digest()).decode()
    s3.put_object(Bucket="stage", Key="x", Body=b"x", ChecksumSHA256=right)


def test_a_clock_that_is_wrong_is_refused(region, monkeypatch):
    s3 = boto3.client("s3", config=ONCE)
    sign_as_of(monkeypatch, timedelta(minutes=20))
    with pytest.raises(ClientError, match="RequestTimeTooSkewed"):
        s3.list_buckets()
