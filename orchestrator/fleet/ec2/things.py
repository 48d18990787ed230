"""List everything of ours in an account, fresh from AWS, whoever made it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal

from orchestrator.cloud_errors import CloudError
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import named
from orchestrator.fleet.ec2.setup import Account, job_roles

Kind = Literal[
    "fleet", "instance", "schedule", "volume", "launch template", "key", "open door", "queue",
    "upload", "staged media", "role", "bucket", "security group", "image",
]  # fmt: skip
"""In the order in which they are best removed."""
SET_UP: tuple[Kind, ...] = ("bucket", "security group", "image")
"""What no job made: it stays until the set-up is removed."""
LIVING = ("pending", "running", "stopping", "stopped")
_OF_JOB = "Second Unit "
_NO_BUCKET = "NoSuchBucket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing of ours."""

    kind: Kind
    id: str
    region: str
    job_id: str = ""
    """Empty: of no job, or nobody can tell."""
    ends_at: str = ""
    """When it is to be gone at the latest, where it says so."""
    detail: str = ""
    """What removing it needs to know besides its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What was found, and where nobody could look."""

    at: str
    """UTC, ISO 8601."""
    regions: tuple[str, ...]
    things: tuple[Thing, ...]
    set_up: tuple[Thing, ...]
    unseen: tuple[str, ...] = ()
    """A sentence for each place that could not be looked at."""

    def of_job(self, job_id: str) -> tuple[Thing, ...]:
        """Return what belongs to a job."""
        return tuple(thing for thing in self.things if thing.job_id == job_id)


def look(clients: Clients, account: Account, regions: Iterable[str]) -> Inventory:
    """Return what is there now; a place that does not answer is named, not left out."""
    where = tuple(dict.fromkeys(regions))
    found: list[Thing] = []
    unseen: list[str] = []
    for region in where:
        own = Account(account_id=account.account_id, arn=account.arn, region=region)
        there = clients.elsewhere(region)
        for one in _LOOKS:
            _try(partial(one, there, own), found, unseen)
    _try(partial(_roles, clients), found, unseen)
    things = _with_jobs([thing for thing in found if thing.kind not in SET_UP])
    return Inventory(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        regions=where,
        things=things,
        set_up=tuple(thing for thing in found if thing.kind in SET_UP),
        unseen=tuple(dict.fromkeys(unseen)),
    )


def _try(look: Callable[[], Iterator[Thing]], found: list[Thing], unseen: list[str]) -> None:
    try:
        found += list(look())
    except CloudError as error:
        unseen.append(error.sentence)


def _with_jobs(things: list[Thing]) -> tuple[Thing, ...]:
    """Give each schedule the job of its instance: its name tells the instance only."""
    jobs = {thing.id: thing for thing in things if thing.kind == "instance"}
    return tuple(
        _like(thing, jobs[thing.detail])
        if thing.kind == "schedule" and thing.detail in jobs
        else thing
        for thing in things
    )


def _like(schedule: Thing, instance: Thing) -> Thing:
    return Thing(
        kind="schedule",
        id=schedule.id,
        region=schedule.region,
        job_id=instance.job_id,
        ends_at=instance.ends_at,
        detail=schedule.detail,
    )


def _tags_of(described: dict[str, Any]) -> dict[str, str]:
    return {each["Key"]: each["Value"] for each in described.get("Tags", ())}


def _tagged(kind: Kind, thing_id: str, region: str, described: dict[str, Any]) -> Thing:
    tags = _tags_of(described)
    job_id, ends_at = tags.get(names.TAG_JOB, ""), tags.get(names.TAG_ENDS, "")
    return Thing(kind=kind, id=thing_id, region=region, job_id=job_id, ends_at=ends_at)


def _pages(clients: Clients, call: str, key: str, **asked: Any) -> Iterator[dict[str, Any]]:
    with named(f"looking through {clients.region}"):
        for page in clients("ec2").get_paginator(call).paginate(**asked):
            yield from page[key]


_OURS = [{"Name": f"tag:{names.TAG}", "Values": [names.APP]}]


def _instances(clients: Clients, account: Account) -> Iterator[Thing]:
    wanted = [*_OURS, {"Name": "instance-state-name", "Values": list(LIVING)}]
    for reservation in _pages(clients, "describe_instances", "Reservations", Filters=wanted):
        for each in reservation["Instances"]:
            yield _tagged("instance", each["InstanceId"], account.region, each)


def _fleets(clients: Clients, account: Account) -> Iterator[Thing]:
    for each in _pages(clients, "describe_fleets", "Fleets"):
        is_over = each.get("FleetState", "").startswith("deleted") or each.get("Type") == "instant"
        if not is_over and names.is_ours(_tags_of(each)):
            yield _tagged("fleet", each["FleetId"], account.region, each)


def _volumes(clients: Clients, account: Account) -> Iterator[Thing]:
    for each in _pages(clients, "describe_volumes", "Volumes", Filters=_OURS):
        if each.get("State") != "deleting":
            yield _tagged("volume", each["VolumeId"], account.region, each)


def _templates(clients: Clients, account: Account) -> Iterator[Thing]:
    found = _pages(clients, "describe_launch_templates", "LaunchTemplates", Filters=_OURS)
    for each in found:
        yield _tagged("launch template", each["LaunchTemplateId"], account.region, each)


def _keys(clients: Clients, account: Account) -> Iterator[Thing]:
    with named(f"looking through {clients.region}"):
        found = clients("ec2").describe_key_pairs(Filters=_OURS)["KeyPairs"]
    for each in found:
        yield _tagged("key", each["KeyName"], account.region, each)


def _groups(clients: Clients, account: Account) -> Iterator[Thing]:
    for each in _pages(clients, "describe_security_groups", "SecurityGroups", Filters=_OURS):
        yield _tagged("security group", each["GroupId"], account.region, each)
        yield from _doors(each, account.region)


def _doors(group: dict[str, Any], region: str) -> Iterator[Thing]:
    for permission in group.get("IpPermissions", ()):
        for each in permission.get("IpRanges", ()):
            yield Thing(
                kind="open door",
                id=each["CidrIp"],
                region=region,
                job_id=each.get("Description", "").removeprefix(_OF_JOB),
                detail=group["GroupId"],
            )


def _images(clients: Clients, account: Account) -> Iterator[Thing]:
    found = _pages(clients, "describe_images", "Images", Owners=["self"], Filters=_OURS)
    for each in found:
        yield _tagged("image", each["ImageId"], account.region, each)


def _schedules(clients: Clients, account: Account) -> Iterator[Thing]:
    with named(f"looking through {clients.region}"):
        pages = (
            clients("scheduler")
            .get_paginator("list_schedules")
            .paginate(NamePrefix=f"{names.APP}-")
        )
        for each in [each for page in pages for each in page["Schedules"]]:
            if each.get("GroupName") == names.SCHEDULE_GROUP:
                instance_id = each["Name"].removeprefix(names.schedule_name(""))
                yield Thing(
                    kind="schedule", id=each["Name"], region=account.region, detail=instance_id
                )


def _queues(clients: Clients, account: Account) -> Iterator[Thing]:
    sqs = clients("sqs")
    with named(f"looking through {clients.region}"):
        pages = sqs.get_paginator("list_queues").paginate(QueueNamePrefix=f"{names.APP}-")
        for url in [url for page in pages for url in page.get("QueueUrls", ())]:
            name = url.rpartition("/")[2]
            if not names.is_ours(sqs.list_queue_tags(QueueUrl=url).get("Tags", {})):
                continue  # of the same name only
            yield Thing(
                kind="queue", id=name, region=account.region, job_id=_job_of_queue(name), detail=url
            )


def _job_of_queue(name: str) -> str:
    """Return the job of ``secondunit-JOB-RUN`` or ``secondunit-JOB-RUN-dead``."""
    return name.removeprefix(f"{names.APP}-").removesuffix("-dead").rpartition("-")[0]


def _bucket(clients: Clients, account: Account) -> Iterator[Thing]:
    s3, bucket = clients("s3"), account.bucket
    try:
        with named(f"looking into the bucket of {clients.region}"):
            uploads = s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket)
            halves = [each for page in uploads for each in page.get("Uploads", ())]
            pages = s3.get_paginator("list_objects_v2").paginate(
                Bucket=bucket, Prefix="jobs/", Delimiter="/"
            )
            folders = [each for page in pages for each in page.get("CommonPrefixes", ())]
    except CloudError as error:
        if _NO_BUCKET in error.sentence:
            return
        raise
    region = account.region
    yield Thing(kind="bucket", id=bucket, region=region)
    for each in halves:
        key = each["Key"]
        yield Thing(
            kind="upload", id=key, region=region, job_id=_job_of_key(key), detail=each["UploadId"]
        )
    for each in folders:
        prefix = each["Prefix"]
        yield Thing(kind="staged media", id=prefix, region=region, job_id=_job_of_key(prefix))


def _job_of_key(key: str) -> str:
    folder, _, rest = key.partition("/")
    return rest.partition("/")[0] if folder == "jobs" else ""


def _roles(clients: Clients) -> Iterator[Thing]:
    with named("looking through the roles"):
        found = job_roles(clients)
    for each in found:
        job_id = each.removeprefix(names.JOB_ROLE_PREFIX)
        yield Thing(kind="role", id=each, region="", job_id=job_id)


_LOOKS: tuple[Callable[[Clients, Account], Iterator[Thing]], ...] = (
    _fleets, _instances, _schedules, _volumes, _templates, _keys, _groups, _images, _queues, _bucket
)  # fmt: skip
