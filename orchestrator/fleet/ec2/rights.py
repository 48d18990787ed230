"""Find out which actions a sign-in may not do, by IAM's simulator or by harmless attempts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from orchestrator.cloud_errors import CloudError, PermissionMissing
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import named
from orchestrator.fleet.ec2.policy import SMALLEST, user_policy
from orchestrator.fleet.ec2.setup import Account

_SAMPLE = "x"
_SIZE = "xlarge"
_REFUSED = ("UnauthorizedOperation", "AccessDenied", "AccessDeniedException")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What a sign-in may not do of what is needed."""

    missing: tuple[str, ...]
    """As policies name actions, such as ``ec2:RunInstances``; in order of name."""
    tried: int
    """How many actions were asked about."""
    by: str
    """``simulator`` or ``attempts``; the latter know of fewer actions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Actions that are needed on one of these resources under these conditions."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]
    context: Mapping[str, tuple[str, ...]]


def rights(clients: Clients, account: Account) -> Rights:
    """Return what the sign-in may not do.

    Raises:
        CloudError: AWS does not answer.
    """
    if account.arn.endswith(":root"):
        return Rights(missing=(), tried=0, by="simulator")
    try:
        return _simulated(clients, account)
    except PermissionMissing:
        return _attempted(clients)


def needs(account: Account) -> Iterator[Need]:
    """Give what the user's policy allows, as questions: one sample of each statement."""
    for statement in json.loads(user_policy(account))["Statement"]:
        context: dict[str, tuple[str, ...]] = {}
        for condition in statement.get("Condition", {}).values():
            for key, value in condition.items():
                first = value[0] if isinstance(value, list) else value
                context[key] = (str(first).replace("*", _SIZE),)
        yield Need(
            actions=_several(statement["Action"]),
            resources=tuple(_sample(each) for each in _several(statement["Resource"])),
            context=context,
        )


def _several(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _sample(resource: str) -> str:
    return resource if resource == "*" else resource.replace("*", _SAMPLE)


def _simulated(clients: Clients, account: Account) -> Rights:
    source, iam = _principal(clients, account), clients("iam")
    asked: set[str] = set()
    granted: set[str] = set()
    with named("asking what this sign-in may do"):
        for need in needs(account):
            asked |= set(need.actions)
            entries = [
                {"ContextKeyName": key, "ContextKeyValues": list(values),
                 "ContextKeyType": "boolean" if values[0] in ("true", "false") else "string"}
                for key, values in need.context.items()
            ]  # fmt: skip
            pages = iam.get_paginator("simulate_principal_policy").paginate(
                PolicySourceArn=source,
                ActionNames=list(need.actions),
                ResourceArns=list(need.resources),
                ContextEntries=entries,
            )
            granted |= {
                each["EvalActionName"]
                for page in pages
                for each in page["EvaluationResults"]
                if each["EvalDecision"] == "allowed"
            }
    return Rights(missing=tuple(sorted(asked - granted)), tried=len(asked), by="simulator")


def _principal(clients: Clients, account: Account) -> str:
    """Return the ARN of the user or role behind a sign-in, as the simulator takes it."""
    kind, _, rest = account.arn.rpartition(":")[2].partition("/")
    iam = f"arn:{account.partition}:iam::{account.account_id}"
    if kind != "assumed-role":
        return f"{iam}:{kind}/{rest}"
    role = rest.partition("/")[0]
    try:
        return str(clients("iam").get_role(RoleName=role)["Role"]["Arn"])  # it may have a path
    except (ClientError, BotoCoreError):
        return f"{iam}:role/{role}"


def _attempted(clients: Clients) -> Rights:
    missing = []
    attempts = _attempts(clients)
    for action, attempt in attempts.items():
        try:
            with named("trying what this sign-in may do"):
                attempt()
        except PermissionMissing:
            missing.append(action)
        except CloudError:
            continue  # refused for another reason, such as a dry run: it would be allowed
    tried = sorted({*missing, "iam:SimulatePrincipalPolicy"})
    return Rights(missing=tuple(tried), tried=len(attempts) + 1, by="attempts")


def _attempts(clients: Clients) -> dict[str, Callable[[], Any]]:
    """Return calls that change nothing: dry runs, looks, and orders about what is not there."""
    ec2, dry = clients("ec2"), {"DryRun": True}
    ours = [{"Key": names.TAG, "Value": names.APP}]
    nobody = f"{names.APP}-nobody"
    scheduler, iam = clients("scheduler"), clients("iam")
    launch = {
        "MinCount": 1,
        "MaxCount": 1,
        "ImageId": "ami-00000000",
        "InstanceType": SMALLEST,
        "MetadataOptions": {"HttpTokens": "required"},
        "BlockDeviceMappings": [{"DeviceName": "/dev/sda1", "Ebs": {"Encrypted": True}}],
        "TagSpecifications": [{"ResourceType": "instance", "Tags": ours}],
    }
    group = {"ResourceType": "security-group", "Tags": ours}
    pair = {"ResourceType": "key-pair", "Tags": ours}
    return {
        "ec2:DescribeInstances": lambda: ec2.describe_instances(MaxResults=5),
        "ec2:DescribeSpotPriceHistory": lambda: ec2.describe_spot_price_history(MaxResults=5),
        "ec2:DescribeVolumes": lambda: ec2.describe_volumes(MaxResults=5),
        "ec2:RunInstances": lambda: ec2.run_instances(**launch, **dry),
        "ec2:CreateSecurityGroup": lambda: ec2.create_security_group(
            GroupName=nobody, Description=nobody, TagSpecifications=[group], **dry
        ),
        "ec2:ImportKeyPair": lambda: ec2.import_key_pair(
            KeyName=nobody, PublicKeyMaterial=b"", TagSpecifications=[pair], **dry
        ),
        "iam:GetRole": lambda: iam.get_role(RoleName=nobody),
        "iam:ListRoles": lambda: iam.list_roles(MaxItems=1),
        "iam:DeleteRole": lambda: iam.delete_role(RoleName=nobody),
        "scheduler:ListSchedules": lambda: scheduler.list_schedules(MaxResults=1),
        "scheduler:DeleteSchedule": lambda: scheduler.delete_schedule(
            Name=nobody, GroupName=names.SCHEDULE_GROUP
        ),
        "servicequotas:GetServiceQuota": lambda: clients("service-quotas").get_service_quota(
            ServiceCode="ec2", QuotaCode="L-3819A6DF"
        ),
        "sqs:ListQueues": lambda: clients("sqs").list_queues(QueueNamePrefix=nobody, MaxResults=1),
    }
