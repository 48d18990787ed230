"""Hosts of the test cloud are real machines: addresses, disks, sshd, metadata, a power switch."""

import io
import json
import sys
import time
from pathlib import Path

import boto3
import paramiko
import pytest

from tests.cloud.region import Region
from tests.cloud.visitor import Visitor, client_of, eventually, metadata, new_key, policy, say, tags

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def visitor(region: Region) -> Visitor:
    return Visitor(region)


def test_ten_hosts_are_reached_within_seconds_of_their_launch(
    region: Region, visitor: Visitor
) -> None:
    started = time.monotonic()
    answer = visitor.ec2.run_instances(**visitor.asked(MinCount=10, MaxCount=10))
    ids = [one["InstanceId"] for one in answer["Instances"]]
    names = {visitor.says(region.wait_for(one, "running"), "hostname").out for one in ids}
    assert len(names) == 10
    assert time.monotonic() - started < 20, "the promise is a few seconds; this allows for load"


def test_a_host_has_the_key_that_user_data_gave_it_and_follows_cloud_config(
    visitor: Visitor,
) -> None:
    private, public = new_key()
    data = f"""#cloud-config
ssh_keys:
  ed25519_private: |
    {private.strip().replace(chr(10), chr(10) + "    ")}
  ed25519_public: {public}
ssh_authorized_keys: [{public}]
write_files:
- {{path: /opt/unit/note.txt, content: aGVsbG8=, encoding: b64, permissions: "0640"}}
runcmd:
- [sh, -c, 'echo ran > /opt/unit/ran']
"""
    host = visitor.launch_up(data)
    expected = paramiko.Ed25519Key.from_private_key(io.StringIO(private))
    with visitor.ssh(host) as client:
        transport = client.get_transport()
        assert transport is not None
        assert transport.get_remote_server_key() == expected
        assert say(client, "sudo cat /opt/unit/note.txt").out == "hello"
        assert say(client, "sudo stat -c %a /opt/unit/note.txt").out == "640\n"
        ran = "while ! [ -e /opt/unit/ran ]; do sleep 0.05; done; cat /opt/unit/ran"
        assert say(client, ran).out == "ran\n"
        assert public in say(client, "cat .ssh/authorized_keys").out


def test_a_disk_is_private_and_shows_the_python_of_this_machine(
    region: Region, visitor: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("of the tests", encoding="utf-8")
    first, second = visitor.launch_up(), visitor.launch_up()
    assert visitor.says(first, "echo mine > /tmp/x; sudo touch /etc/x").code == 0
    assert visitor.says(second, "ls /tmp/x /etc/x").code != 0
    assert visitor.says(second, f"sudo ls {tmp_path}").code != 0
    assert visitor.says(second, "sudo ls /root/.ssh /root/.aws").code != 0
    program = f"{sys.prefix}/bin/python -c 'import paramiko; print(paramiko.__name__)'"
    assert visitor.says(second, program).out == "paramiko\n"
    assert "pip" in visitor.says(second, "python3 -m venv own && own/bin/pip --version").out


def test_a_host_reaches_the_cloud_and_nothing_else(region: Region, visitor: Visitor) -> None:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="stage")
    s3.put_object(Bucket="stage", Key="note", Body=b"hello")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "stage", "Key": "note"})
    host = visitor.launch_up()
    assert visitor.says(host, f"curl -s '{url}'").out == "hello"
    assert visitor.says(host, "echo $AWS_ENDPOINT_URL").out.strip() == region.endpoint_url
    assert visitor.says(host, "curl -sm 2 http://192.0.2.2/ http://1.1.1.1/").code != 0
    assert visitor.says(host, f"curl -s {region.check_ip_url}").out.strip() == host.address


def test_metadata_needs_a_token_and_knows_the_instance(region: Region, visitor: Visitor) -> None:
    host = visitor.launch_up(MetadataOptions={"HttpTokens": "required"})
    with visitor.ssh(host) as client:
        plain = "curl -s -o /dev/null -w '%{http_code}' http://169.254.169.254/latest/meta-data/"
        assert say(client, plain).out == "401"
        assert say(client, metadata("meta-data/instance-id")).out == host.instance_id
        zone = metadata("meta-data/placement/availability-zone")
        assert say(client, zone).out == host.zone
        said = json.loads(say(client, metadata("dynamic/instance-identity/document")).out)
        assert said["instanceId"] == host.instance_id
        assert said["privateIp"] == host.address
        assert "ssh-ed25519" in say(client, metadata("meta-data/public-keys/0/openssh-key")).out
        assert say(client, metadata("meta-data/spot/instance-action")).code == 22


def test_a_host_has_the_credentials_of_its_profile_and_they_expire(
    region: Region, visitor: Visitor
) -> None:
    iam = boto3.client("iam")
    iam.create_role(RoleName="worker", AssumeRolePolicyDocument="{}")
    iam.create_instance_profile(InstanceProfileName="worker")
    iam.put_role_policy(
        RoleName="worker", PolicyName="lists", PolicyDocument=policy("sqs:ListQueues")
    )
    iam.add_role_to_instance_profile(InstanceProfileName="worker", RoleName="worker")
    host = visitor.launch_up(IamInstanceProfile={"Name": "worker"})
    path = "meta-data/iam/security-credentials/worker"
    before = json.loads(visitor.says(host, metadata(path)).out)
    theirs = client_of("sqs", before)
    assert theirs.list_queues()["ResponseMetadata"]["HTTPStatusCode"] == 200
    identity = client_of("sts", before).get_caller_identity()["Arn"]
    assert identity.endswith(f":assumed-role/worker/{host.instance_id}")
    region.expire_instance_credentials()
    with pytest.raises(theirs.exceptions.ClientError, match="ExpiredToken"):
        theirs.list_queues()
    after = json.loads(visitor.says(host, metadata(path)).out)
    assert after["AccessKeyId"] != before["AccessKeyId"]


def test_shutdown_inside_ends_the_instance_as_it_was_launched(
    region: Region, visitor: Visitor
) -> None:
    going, staying = (
        visitor.launch_up(),
        visitor.launch_up(InstanceInitiatedShutdownBehavior="stop", InstanceMarketOptions={}),
    )
    assert visitor.says(going, "/usr/sbin/shutdown now").code == 1, "only root may"
    for host in going, staying:
        visitor.says(host, "sudo shutdown -h now")
    assert region.wait_for(going.instance_id, "terminated").reason == (
        "Client.InstanceInitiatedShutdown"
    )
    region.wait_for(staying.instance_id, "stopped")
    assert [left.kind for left in region.left_behind("key", "group")] == ["instance", "volume"]


def test_shutdown_as_the_first_line_of_user_data_is_a_dead_mans_timer(
    region: Region, visitor: Visitor
) -> None:
    region.time_scale(600)
    host = visitor.launch_up("#!/bin/sh\nshutdown +10\nsleep 1000\n")
    region.wait_for(host.instance_id, "terminated")
    region.time_scale(1)
    host = visitor.launch_up("#!/bin/sh\nshutdown +1\n")
    assert eventually(lambda: "shutdown +1: in force" in region.console(host.instance_id))
    assert visitor.says(host, "sudo shutdown -c").code == 0
    assert region.host(host.instance_id).state == "running"


def test_tags_volumes_and_their_end_go_with_the_instance(region: Region, visitor: Visitor) -> None:
    devices = [
        {
            "DeviceName": "/dev/sda1",
            "Ebs": {"VolumeSize": 50, "Encrypted": True, "DeleteOnTermination": True},
        }
    ]
    specifications = [*tags("instance", app="unit"), *tags("volume", app="unit")]
    host = visitor.launch_up(BlockDeviceMappings=devices, TagSpecifications=specifications)
    assert host.tags["app"] == "unit"
    volumes = visitor.ec2.describe_volumes(Filters=[{"Name": "tag:app", "Values": ["unit"]}])
    assert [volume["Encrypted"] for volume in volumes["Volumes"]] == [True]
    with pytest.raises(visitor.ec2.exceptions.ClientError, match="DependencyViolation"):
        visitor.ec2.delete_security_group(GroupId=visitor.group)
    visitor.ec2.terminate_instances(InstanceIds=[host.instance_id])
    region.wait_for(host.instance_id, "terminated")
    visitor.ec2.delete_security_group(GroupId=visitor.group)
    visitor.ec2.delete_key_pair(KeyName="visitor")
    assert region.left_behind() == []


def test_the_console_shows_the_host_keys_fingerprint(region: Region, visitor: Visitor) -> None:
    host = visitor.launch_up()
    visitor.says(host, "true")
    output = visitor.ec2.get_console_output(InstanceId=host.instance_id)["Output"]
    assert "BEGIN SSH HOST KEY FINGERPRINTS" in output


def test_an_image_baked_from_a_host_boots_with_what_was_on_it(
    region: Region, visitor: Visitor
) -> None:
    host = visitor.launch_up()
    visitor.says(host, "sudo mkdir /opt/kept; sudo rm /etc/motd; echo 1 > ready")
    image = visitor.ec2.create_image(InstanceId=host.instance_id, Name="baked")["ImageId"]
    again = visitor.launch_up(ImageId=image)
    assert visitor.says(again, "ls -d /opt/kept && cat ready").out == "/opt/kept\n1\n"
    assert visitor.says(again, "ls /etc/motd").code != 0
    assert "image" in {left.kind for left in region.left_behind()}
