"""Look at everything a render in an account needs: what is there, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from botocore.exceptions import ClientError

from orchestrator.cloud_errors import (
    CloudError,
    CloudRefused,
    CredentialsExpired,
    CredentialsMissing,
    PermissionMissing,
)
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import named
from orchestrator.fleet.ec2.quota import (
    BIG_GPU_SPOT,
    GPU_ON_DEMAND,
    GPU_SPOT,
    NAMES,
    Quota,
    read_quota,
)
from orchestrator.fleet.ec2.rights import rights
from orchestrator.fleet.ec2.setup import Account, SetUp, who_am_i
from orchestrator.health import Finding

SKEW_NOTED_S = 30.0
SKEW_REFUSED_S = 240.0
"""AWS refuses what is signed five minutes off."""
_SET_UP = "run 'secondunit cloud setup'; what is there is left as it is"
_MOST_NAMED = 12
_NO_NETWORK = (
    "The account's default network was removed in this region.",
    "Make one: 'aws ec2 create-default-vpc', or choose another region.",
)
Share = Callable[[int, int], None]


def examine(clients: Clients, share: Share | None = None) -> tuple[Finding, ...]:
    """Return all findings; ``share`` hears how much is done. It asks AWS: seconds."""
    account, findings = _identity(clients)
    if account is None:
        return findings
    looks: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: _permissions(clients, account),
        lambda: _quotas(clients),
        lambda: _network(clients),
        lambda: _bucket(clients, account),
        lambda: _set_up(clients, account),
        lambda: _services(clients, account),
    )
    found = list(findings)
    for number, look in enumerate(looks, start=1):
        found += _found(look)
        if share is not None:
            share(number, len(looks))
    return tuple(found)


def _found(look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(look())
    except PermissionMissing as error:
        return [Finding("permissions", "missing", error.sentence, error.advice, error.code)]
    except CloudError as error:
        return [Finding("AWS", "missing", error.sentence, error.advice, error.code)]


def _identity(clients: Clients) -> tuple[Account | None, tuple[Finding, ...]]:
    try:
        account = who_am_i(clients)
    except CloudError as error:
        skew = _clock(getattr(error.__cause__, "response", {}))
        kind = "sign-in" if isinstance(error, CredentialsMissing | CredentialsExpired) else "AWS"
        found = Finding(kind, "missing", error.sentence, error.advice, error.code)
        return None, (found, *skew)
    with named("asking for the time"):
        answer = clients("sts").get_caller_identity()
    who = f"{account.arn.rpartition(':')[2]} of account {account.account_id}, {clients.region}"
    if account.arn.endswith(":root"):
        advice = "sign in as a user or role with the policy of 'secondunit cloud policy' instead"
        return account, (Finding("sign-in", "note", who, advice), *_clock(answer))
    return account, (Finding("sign-in", "good", who), *_clock(answer))


def _clock(answer: dict[str, Any]) -> Iterator[Finding]:
    told = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date")
    if told:
        skew_s = (datetime.now(UTC) - parsedate_to_datetime(told)).total_seconds()
        yield clock_finding(skew_s)


def clock_finding(skew_s: float) -> Finding:
    """Return what is to be said of this machine's clock, so many seconds before AWS's."""
    if abs(skew_s) < SKEW_NOTED_S:
        return Finding("clock", "good", "this machine's clock agrees with AWS's")
    found = f"this machine's clock is {abs(skew_s):.0f} s {'ahead' if skew_s > 0 else 'behind'}"
    is_refused = abs(skew_s) > SKEW_REFUSED_S
    return Finding(
        "clock",
        "missing" if is_refused else "note",
        found,
        "set it by the network's time; AWS refuses it else",
    )


def _permissions(clients: Clients, account: Account) -> Iterator[Finding]:
    found = rights(clients, account)
    if not found.missing:
        yield Finding("permissions", "good", f"all {found.tried} actions are allowed")
        return
    shown = ", ".join(found.missing[:_MOST_NAMED])
    more = len(found.missing) - _MOST_NAMED
    yield Finding(
        "permissions",
        "missing" if found.by == "simulator" or len(found.missing) > 1 else "note",
        f"not allowed: {shown}" + (f" and {more} more" if more > 0 else ""),
        "give this sign-in the policy that 'secondunit cloud policy' prints",
    )


def _quotas(clients: Clients) -> Iterator[Finding]:
    for code in (GPU_SPOT, BIG_GPU_SPOT, GPU_ON_DEMAND):
        yield quota_finding(read_quota(clients, code))


def quota_finding(quota: Quota) -> Finding:
    """Return what is to be said of a quota; only that of GPU spot instances is needed."""
    name = f"quota: {NAMES[quota.code]}"
    if quota.instances:
        return Finding(name, "good", quota.words)
    if quota.request is not None and quota.request.is_open:
        return Finding(name, "note", quota.words, "wait for AWS's answer; it takes hours to days")
    if quota.code != GPU_SPOT:
        return Finding(name, "note", quota.words)
    return Finding(name, "missing", quota.words, "ask: 'secondunit cloud quota --request N'")


def _network(clients: Clients) -> Iterator[Finding]:
    ec2 = clients("ec2")
    with named("looking at the network"):
        default = [{"Name": "is-default", "Values": ["true"]}]
        networks = ec2.describe_vpcs(Filters=default)["Vpcs"]
        if not networks:
            yield Finding("network", "missing", _NO_NETWORK[0], _NO_NETWORK[1])
            return
        inside = [{"Name": "vpc-id", "Values": [networks[0]["VpcId"]]}]
        subnets = ec2.describe_subnets(Filters=inside)["Subnets"]
        tables = ec2.describe_route_tables(Filters=inside)["RouteTables"]
    zones = {each["AvailabilityZone"] for each in subnets if each.get("MapPublicIpOnLaunch")}
    gateways = [route.get("GatewayId", "") for table in tables for route in table.get("Routes", ())]
    has_way_out = any(each.startswith("igw-") for each in gateways)
    if not zones:
        yield Finding("network", "missing", "no subnet gives public addresses", _NO_NETWORK[1])
    elif not has_way_out and tables:
        advice = "attach an internet gateway to the default network, and a route to it"
        yield Finding("network", "note", "no route to the internet was found", advice)
    else:
        yield Finding("network", "good", f"default network with {len(zones)} zones")


def _bucket(clients: Clients, account: Account) -> Iterator[Finding]:
    s3, bucket = clients("s3"), account.bucket
    try:
        with named("looking at the bucket"):
            closed = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
            s3.get_bucket_encryption(Bucket=bucket)
            rules = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    except CloudRefused as error:
        said = "there is none yet" if "NoSuchBucket" in error.sentence else "it lacks rules"
        yield Finding("bucket", "missing", said, _SET_UP)
        return
    if not all(closed.values()) or len(rules) < 2:
        yield Finding("bucket", "missing", "it is not closed, or forgets nothing", _SET_UP)
    else:
        yield Finding("bucket", "good", f"{bucket}: closed, encrypted, forgets by itself")


def _set_up(clients: Clients, account: Account) -> Iterator[Finding]:
    iam, scheduler = clients("iam"), clients("scheduler")
    parts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("security group", lambda: SetUp(clients, account).group_id()),
        ("worker role", lambda: iam.get_instance_profile(InstanceProfileName=names.PROFILE)),
        ("terminator role", lambda: iam.get_role(RoleName=names.SCHEDULER_ROLE)),
        ("schedules", lambda: scheduler.get_schedule_group(Name=names.SCHEDULE_GROUP)),
    )
    missing = [name for name, call in parts if not _is_there(name, call)]
    if missing:
        yield Finding("set-up", "missing", f"not there yet: {', '.join(missing)}", _SET_UP)
    else:
        yield Finding("set-up", "good", ", ".join(name for name, _ in parts))


def _is_there(name: str, call: Callable[[], object]) -> bool:
    try:
        with named(f"looking for the {name}"):
            call()
    except CloudRefused:
        return False
    return True


def _services(clients: Clients, account: Account) -> Iterator[Finding]:
    """Ask each service one cheap thing: a firewall may let some through and others not."""
    looks: tuple[tuple[str, Callable[[], object]], ...] = (
        ("ec2", lambda: clients.quick("ec2").describe_regions()),
        ("s3", lambda: clients.quick("s3").head_bucket(Bucket=account.bucket)),
        ("sqs", lambda: clients.quick("sqs").list_queues(QueueNamePrefix=f"{names.APP}-")),
        ("scheduler", lambda: clients.quick("scheduler").list_schedules(MaxResults=1)),
        ("ssm", lambda: clients.quick("ssm").get_parameter(Name="/aws/service/nobody")),
    )
    silent = [name for name, call in looks if not _answers(name, call)]
    if silent:
        advice = "look at the firewall and at status.aws.amazon.com"
        yield Finding("services", "missing", f"no answer from {', '.join(silent)}", advice)
    else:
        yield Finding("services", "good", ", ".join(name for name, _ in looks))


def _answers(name: str, call: Callable[[], object]) -> bool:
    try:
        with named(f"asking {name}"):
            call()
    except (PermissionMissing, CloudRefused, CredentialsMissing, CredentialsExpired):
        return True  # a refusal is an answer
    except CloudError as error:
        # a fault of its own is an answer too: the way there is open
        return isinstance(error.__cause__, ClientError)
    return True
