"""Launch and visit instances with plain boto3 and paramiko, as the cloud's own tests do."""

from __future__ import annotations

import base64
import io
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
import paramiko

from tests.cloud.region import HostView, Region

DEEP_LEARNING = (
    "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-24.04/latest/ami-id"
)
_PATIENCE_S = 15.0


@dataclass(frozen=True, slots=True)
class Said:
    """What a command on a host came to."""

    code: int
    out: str
    err: str


class Visitor:
    """One test's clients, key pair and security group in a region."""

    def __init__(self, region: Region, name: str = "us-east-1") -> None:
        self.region = region
        self.ec2: Any = boto3.client("ec2", region_name=name)
        self.ssm: Any = boto3.client("ssm", region_name=name)
        self.image = self.ssm.get_parameter(Name=DEEP_LEARNING)["Parameter"]["Value"]
        self.key = paramiko.Ed25519Key.from_private_key(io.StringIO(new_key()[0]))
        public = f"{self.key.get_name()} {self.key.get_base64()}"
        self.ec2.import_key_pair(KeyName="visitor", PublicKeyMaterial=public.encode())
        self.group = self.ec2.create_security_group(GroupName="visitor", Description="tests")[
            "GroupId"
        ]
        self.allow(region.client_address())

    def allow(self, address: str) -> None:
        """Let an address in to port 22."""
        self.ec2.authorize_security_group_ingress(
            GroupId=self.group, IpPermissions=[_door(address)]
        )

    def forbid(self, address: str) -> None:
        """Shut the door again."""
        self.ec2.revoke_security_group_ingress(GroupId=self.group, IpPermissions=[_door(address)])

    def asked(self, user_data: str = "", **more: Any) -> dict[str, Any]:
        """The parameters of a plain RunInstances call for one spot instance."""
        return {
            "ImageId": self.image,
            "InstanceType": "g6.xlarge",
            "MinCount": 1,
            "MaxCount": 1,
            "KeyName": "visitor",
            "SecurityGroupIds": [self.group],
            "InstanceMarketOptions": {"MarketType": "spot"},
            "InstanceInitiatedShutdownBehavior": "terminate",
            "UserData": user_data,
            **more,
        }

    def launch(self, user_data: str = "", **more: Any) -> str:
        """Launch one instance and return its id."""
        return str(
            self.ec2.run_instances(**self.asked(user_data, **more))["Instances"][0]["InstanceId"]
        )

    def launch_up(self, user_data: str = "", **more: Any) -> HostView:
        """Launch one instance and wait until it runs."""
        return self.region.wait_for(self.launch(user_data, **more), "running")

    def template(self, user_data: str = "", **more: Any) -> dict[str, str]:
        """Make a launch template as a fleet would use it; return how to name it."""
        data = {
            "ImageId": self.image,
            "InstanceType": "g6.xlarge",
            "KeyName": "visitor",
            "SecurityGroupIds": [self.group],
            "InstanceInitiatedShutdownBehavior": "terminate",
            "UserData": base64.b64encode(user_data.encode()).decode(),
            **more,
        }
        made = self.ec2.create_launch_template(
            LaunchTemplateName="visitor", LaunchTemplateData=data
        )
        return {"LaunchTemplateId": made["LaunchTemplate"]["LaunchTemplateId"], "Version": "1"}

    @contextmanager
    def ssh(self, host: HostView, policy: Any = None) -> Iterator[paramiko.SSHClient]:
        """A connection to a host, as soon as its sshd answers."""
        client = paramiko.SSHClient()
        client.set_missing_host_key_policy(policy or paramiko.AutoAddPolicy())
        end = time.monotonic() + _PATIENCE_S
        while True:
            try:
                client.connect(
                    host.address, username=host.user, pkey=self.key, timeout=3,
                    allow_agent=False, look_for_keys=False,
                )  # fmt: skip
                break
            except (paramiko.ssh_exception.NoValidConnectionsError, EOFError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
        try:
            yield client
        finally:
            client.close()

    def says(self, host: HostView, command: str) -> Said:
        """Run a command of the test's own making on a host."""
        with self.ssh(host) as client:
            return say(client, command)


def say(client: paramiko.SSHClient, command: str, timeout_s: float = _PATIENCE_S) -> Said:
    """Run a command over a connection that stands."""
    _, out, err = client.exec_command(command, timeout=timeout_s)
    text, trouble = out.read().decode(), err.read().decode()
    return Said(out.channel.recv_exit_status(), text, trouble)


def new_key() -> tuple[str, str]:
    """A new ed25519 key pair in OpenSSH's forms: private, public."""
    from cryptography.hazmat.primitives import serialization as forms
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        forms.Encoding.PEM, forms.PrivateFormat.OpenSSH, forms.NoEncryption()
    )
    public = key.public_key().public_bytes(forms.Encoding.OpenSSH, forms.PublicFormat.OpenSSH)
    return private.decode(), public.decode()


def metadata(path: str, ttl_s: int = 60) -> str:
    """The shell words that print a path of the metadata, version 2."""
    base = "http://169.254.169.254/latest"
    token = f"-X PUT {base}/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: {ttl_s}'"
    return (f'curl -sf -H "X-aws-ec2-metadata-token: $(curl -s {token})" '
            f"{base}/{path}")  # fmt: skip


def eventually(ask: Any, timeout_s: float = _PATIENCE_S) -> Any:
    """The first true answer; the last one if the time runs out."""
    end = time.monotonic() + timeout_s
    while not (answer := ask()) and time.monotonic() < end:
        time.sleep(0.02)
    return answer


def tags(resource: str, **values: str) -> list[dict[str, Any]]:
    """A tag specification."""
    pairs = [{"Key": key, "Value": value} for key, value in values.items()]
    return [{"ResourceType": resource, "Tags": pairs}]


def overrides(types: Sequence[str], zones: Sequence[str]) -> list[dict[str, str]]:
    """The pools of a fleet, types within zones."""
    return [{"InstanceType": t, "AvailabilityZone": z} for z in zones for t in types]


def client_of(service: str, keys: dict[str, str]) -> Any:
    """A client that signs with what metadata or STS handed out."""
    return boto3.client(
        service,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys.get("Token") or keys.get("SessionToken"),
    )


def policy(*actions: str, resource: str = "*", **condition: Any) -> str:
    """A policy that allows these actions."""
    statement: dict[str, Any] = {"Effect": "Allow", "Action": actions, "Resource": resource}
    if condition:
        statement["Condition"] = condition
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _door(address: str) -> dict[str, Any]:
    ranges = [{"CidrIp": f"{address}/32"}]
    return {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": ranges}
