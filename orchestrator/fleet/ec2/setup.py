"""Make the few lasting things an account needs, once, and take them away again on request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import resources
from string import Template
from typing import Any

from botocore.exceptions import ClientError

from orchestrator.cloud_errors import CloudRefused
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import code_of, named
from orchestrator.fleet.ec2.image import forget_images
from orchestrator.fleet.ec2.patience import wait_until

STAGED_DAYS = 3
"""Staged media and segments expire after so long, should nobody delete them before."""
_HOME_REGION = "us-east-1"
"""The one region that a bucket is made in without saying so."""
_MISSING = frozenset({
    "NoSuchBucket", "NoSuchEntity", "404", "InvalidGroup.NotFound", "ResourceNotFoundException",
    "NoSuchBucketPolicy", "InvalidGroupId.NotFound",
})  # fmt: skip
_THERE = frozenset({
    "BucketAlreadyOwnedByYou", "EntityAlreadyExists", "InvalidGroup.Duplicate",
    "ConflictException",
})  # fmt: skip
_SERVICES = ("spot.amazonaws.com", "ec2fleet.amazonaws.com")
"""What needs a role of its own in an account before the first instance can be had."""
_TO_BE_GONE_S = 120.0
Step = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose account it is and where in it we work."""

    account_id: str
    arn: str
    region: str

    @property
    def bucket(self) -> str:
        """The staging bucket's name."""
        return names.bucket_name(self.account_id, self.region)

    @property
    def boundary_arn(self) -> str:
        """The policy that no role of ours reaches beyond."""
        return f"arn:{self.partition}:iam::{self.account_id}:policy/{names.BOUNDARY}"

    @property
    def partition(self) -> str:
        """``aws``, ``aws-cn`` or ``aws-us-gov``."""
        return self.arn.split(":")[1]


def who_am_i(clients: Clients) -> Account:
    """Return whose sign-in this is.

    Raises:
        CloudError: it is none, or AWS does not answer.
    """
    with named("asking who is signed in"):
        told = clients("sts").get_caller_identity()
    return Account(account_id=told["Account"], arn=told["Arn"], region=clients.region)


class SetUp:
    """Makes and removes the bucket, the security group and the roles; each step safe twice."""

    def __init__(self, clients: Clients, account: Account) -> None:
        self._clients, self._account = clients, account

    def make(self) -> Iterator[str]:
        """Make what is not there yet, yielding the name of each step before it is done.

        Raises:
            CloudError: AWS does not let us; what was made stays and is found next time.
        """
        steps: tuple[tuple[str, Step], ...] = (
            ("bucket", self._make_bucket),
            ("bucket rules", self._guard_bucket),
            ("security group", self._make_group),
            ("services' own roles", self._let_services_work),
            ("boundary of roles", self._make_boundary),
            ("worker role", self._make_worker_role),
            ("terminator role", self._make_terminator_role),
            ("schedule group", self._make_schedule_group),
        )
        for name, step in steps:
            yield name
            with named(f"making the {name}"):
                step()

    def remove(self) -> Iterator[str]:
        """Take away all that :meth:`make` made, the bucket with all that is in it.

        Raises:
            CloudRefused: instances of ours are alive; nothing was removed.
            CloudError: AWS does not let us; what is left is found next time.
        """
        steps: tuple[tuple[str, Step], ...] = (
            ("jobs' roles", self._remove_job_roles),
            ("schedule group", self._remove_schedule_group),
            ("terminator role", lambda: self._remove_role(names.SCHEDULER_ROLE)),
            ("worker role", lambda: self._remove_profile(names.PROFILE, names.ROLE)),
            ("boundary of roles", self._remove_boundary),
            ("images", lambda: forget_images(self._clients)),
            ("security group", self._remove_group),
            ("bucket", self._remove_bucket),
        )
        self._require_no_instances()
        for name, step in steps:
            yield name
            with named(f"removing the {name}"):
                _unless_missing(step)

    def is_made(self) -> bool:
        """Return whether the set-up was made here; only its lightest part is looked for.

        Raises:
            CloudError: AWS does not answer.
        """
        with named("looking for the security group"):
            return bool(self._groups())

    def group_id(self) -> str:
        """Return the security group's id.

        Raises:
            CloudRefused: there is none: the set-up was not made.
        """
        with named("looking for the security group"):
            found = self._groups()
        if not found:
            raise CloudRefused(
                f"Second Unit is not set up in {self._account.region}.",
                "Run the set-up once: 'secondunit cloud setup'.",
            )
        return str(found[0]["GroupId"])

    # -- bucket --------------------------------------------------------------------------

    def _make_bucket(self) -> None:
        s3, region = self._clients("s3"), self._account.region
        place = {"CreateBucketConfiguration": {"LocationConstraint": region}}
        asked: dict[str, Any] = {} if region == _HOME_REGION else place
        _unless_there(lambda: s3.create_bucket(Bucket=self._account.bucket, **asked))

    def _guard_bucket(self) -> None:
        s3, bucket = self._clients("s3"), self._account.bucket
        s3.put_public_access_block(
            Bucket=bucket,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "IgnorePublicAcls": True,
                "BlockPublicPolicy": True,
                "RestrictPublicBuckets": True,
            },
        )
        s3.put_bucket_encryption(
            Bucket=bucket,
            ServerSideEncryptionConfiguration={
                "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
            },
        )
        s3.put_bucket_lifecycle_configuration(
            Bucket=bucket, LifecycleConfiguration={"Rules": lifecycle_rules()}
        )
        s3.put_bucket_policy(Bucket=bucket, Policy=self._document("bucket-policy.json"))
        s3.put_bucket_tagging(
            Bucket=bucket, Tagging={"TagSet": [{"Key": names.TAG, "Value": names.APP}]}
        )

    def _remove_bucket(self) -> None:
        """Empty the bucket and delete it; who uploads meanwhile makes it not empty again."""
        s3, bucket = self._clients("s3"), self._account.bucket
        for page in s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket):
            for each in page.get("Uploads", ()):
                _unless_missing(
                    partial(
                        s3.abort_multipart_upload,
                        Bucket=bucket, Key=each["Key"], UploadId=each["UploadId"],
                    )
                )  # fmt: skip
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            held = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
            if held:
                _delete_versions(s3, bucket, held)
        s3.delete_bucket(Bucket=bucket)

    # -- security group ------------------------------------------------------------------

    def _make_group(self) -> None:
        ec2 = self._clients("ec2")
        default = [{"Name": "is-default", "Values": ["true"]}]
        networks = ec2.describe_vpcs(Filters=default)["Vpcs"]
        if not networks:
            raise CloudRefused(
                f"The account has no default network in {self._account.region}.",
                "Make one: 'aws ec2 create-default-vpc', or choose another region.",
            )
        asked = {
            "GroupName": names.SECURITY_GROUP,
            "VpcId": networks[0]["VpcId"],
            "Description": "Second Unit workers: nothing is open but what a run opens",
            "TagSpecifications": [
                {
                    "ResourceType": "security-group",
                    "Tags": [{"Key": names.TAG, "Value": names.APP}],
                }
            ],
        }
        _unless_there(lambda: ec2.create_security_group(**asked))

    def _remove_group(self) -> None:
        ec2 = self._clients("ec2")
        found = self._groups()
        for group in found:  # an instance that ended a moment ago still holds it
            delete = partial(ec2.delete_security_group, GroupId=group["GroupId"])
            wait_until(partial(_went, delete), _TO_BE_GONE_S)

    def _groups(self) -> list[dict[str, Any]]:
        filters = [{"Name": "group-name", "Values": [names.SECURITY_GROUP]}]
        found: list[dict[str, Any]] = self._clients("ec2").describe_security_groups(
            Filters=filters
        )["SecurityGroups"]
        return found

    def _require_no_instances(self) -> None:
        with named("looking for instances"):
            pages = self._clients("ec2").get_paginator("describe_instances")
            states = ["pending", "running", "shutting-down", "stopping", "stopped"]
            filters = [
                {"Name": f"tag:{names.TAG}", "Values": [names.APP]},
                {"Name": "instance-state-name", "Values": states[:2] + states[3:]},
            ]
            if any(page["Reservations"] for page in pages.paginate(Filters=filters)):
                raise CloudRefused(
                    "Instances are still running in this region.",
                    "Cancel their jobs, or end them with 'secondunit cloud sweep', then remove.",
                )

    # -- roles ---------------------------------------------------------------------------

    def _let_services_work(self) -> None:
        iam = self._clients("iam")
        for service in _SERVICES:
            _unless(
                partial(iam.create_service_linked_role, AWSServiceName=service),
                _THERE | {"InvalidInput"},  # what IAM says when the account has it
            )

    def _make_boundary(self) -> None:
        iam = self._clients("iam")
        document = self._document("boundary-policy.json")
        _unless_there(lambda: iam.create_policy(PolicyName=names.BOUNDARY, PolicyDocument=document))

    def _remove_boundary(self) -> None:
        self._clients("iam").delete_policy(PolicyArn=self._account.boundary_arn)

    def _make_worker_role(self) -> None:
        document = self._document("worker-policy.json")
        make_profile(self._clients, self._account, names.PROFILE, names.ROLE, document)

    def _make_terminator_role(self) -> None:
        role, document = names.SCHEDULER_ROLE, self._document("terminator-policy.json")
        _make_role(self._clients, self._account, role, "scheduler.amazonaws.com", document)

    def _remove_job_roles(self) -> None:
        for role in job_roles(self._clients):
            self._remove_profile(role, role)

    def _remove_profile(self, profile: str, role: str) -> None:
        remove_profile(self._clients, profile, role)

    def _remove_role(self, role: str) -> None:
        _remove_role(self._clients, role)

    # -- schedules -----------------------------------------------------------------------

    def _make_schedule_group(self) -> None:
        scheduler = self._clients("scheduler")
        _unless_there(lambda: scheduler.create_schedule_group(Name=names.SCHEDULE_GROUP))

    def _remove_schedule_group(self) -> None:
        scheduler = self._clients("scheduler")
        scheduler.get_schedule_group(Name=names.SCHEDULE_GROUP)
        scheduler.delete_schedule_group(Name=names.SCHEDULE_GROUP)

    def _document(self, name: str) -> str:
        return policy_document(name, self._account)


def make_profile(
    clients: Clients, account: Account, profile: str, role: str, document: str
) -> None:
    """Make an instance profile with a role that has this policy; safe to perform twice."""
    iam = clients("iam")
    _make_role(clients, account, role, "ec2.amazonaws.com", document)
    _unless_there(lambda: iam.create_instance_profile(InstanceProfileName=profile))
    _unless(
        lambda: iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role),
        _THERE | {"LimitExceeded"},  # a profile takes one role, and has ours
    )


def remove_profile(clients: Clients, profile: str, role: str) -> None:
    """Remove an instance profile and its role; safe to perform twice."""
    iam = clients("iam")
    _unless_missing(
        lambda: iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=role)
    )
    _unless_missing(lambda: iam.delete_instance_profile(InstanceProfileName=profile))
    _remove_role(clients, role)


def job_roles(clients: Clients) -> tuple[str, ...]:
    """Return the names of all jobs' own roles that are there."""
    pages = clients("iam").get_paginator("list_roles").paginate()
    found = [each["RoleName"] for page in pages for each in page["Roles"]]
    return tuple(name for name in found if name.startswith(names.JOB_ROLE_PREFIX))


def _make_role(clients: Clients, account: Account, role: str, service: str, document: str) -> None:
    iam = clients("iam")
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": service},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    _unless_there(
        lambda: iam.create_role(
            RoleName=role,
            AssumeRolePolicyDocument=json.dumps(trust),
            PermissionsBoundary=account.boundary_arn,
            Tags=[{"Key": names.TAG, "Value": names.APP}],
        )
    )
    iam.put_role_policy(RoleName=role, PolicyName=role, PolicyDocument=document)


def _remove_role(clients: Clients, role: str) -> None:
    iam = clients("iam")
    _unless_missing(lambda: iam.delete_role_policy(RoleName=role, PolicyName=role))
    _unless_missing(lambda: iam.delete_role(RoleName=role))


def policy_document(name: str, account: Account, job_id: str = "") -> str:
    """Return a policy of ``resources/aws`` as it is meant for one account, or one job in it."""
    text = resources.files("resources").joinpath("aws", name).read_text(encoding="utf-8")
    filled = Template(text).substitute(
        partition=account.partition,
        account=account.account_id,
        region=account.region,
        bucket=account.bucket,
        buckets=names.bucket_name(account.account_id, "*"),
        boundary=names.BOUNDARY,
        prefix=names.job_prefix(job_id) if job_id else "",
        queue=f"{names.APP}-{job_id}" if job_id else "",
        queues=f"{names.APP}-*",
        tag=names.TAG,
        app=names.APP,
        worker_role=names.ROLE,
        terminator_role=names.SCHEDULER_ROLE,
        schedule_group=names.SCHEDULE_GROUP,
        security_group=names.SECURITY_GROUP,
    )
    return json.dumps(json.loads(filled))


def lifecycle_rules() -> list[dict[str, Any]]:
    """Return the bucket's rules: what nobody deleted expires, half an upload after a day."""
    return [
        {
            "ID": "staged media expire",
            "Status": "Enabled",
            "Filter": {"Prefix": "jobs/"},
            "Expiration": {"Days": STAGED_DAYS},
        },
        {
            "ID": "half an upload is none",
            "Status": "Enabled",
            "Filter": {"Prefix": ""},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
        },
    ]


def _delete_versions(s3: Any, bucket: str, held: list[dict[str, Any]]) -> None:
    keys = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in held]
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})
    for failed in answer.get("Errors", ()):
        raise CloudRefused(
            f"An object of the bucket cannot be deleted ({failed.get('Code')}).",
            "Look at the bucket's rules, then remove again: nothing was lost.",
        )


def _went(call: Callable[[], Any]) -> bool:
    """Call, and return whether it could be done; something may hold on to it for a moment."""
    try:
        call()
    except ClientError as error:
        if code_of(error) in _MISSING:
            return True
        if code_of(error) != "DependencyViolation":
            raise
        return False
    return True


def _unless_there(call: Callable[[], Any]) -> None:
    _unless(call, _THERE)


def _unless_missing(call: Callable[[], Any]) -> None:
    _unless(call, _MISSING)


def _unless(call: Callable[[], Any], codes: frozenset[str]) -> None:
    try:
        call()
    except ClientError as error:
        if code_of(error) not in codes:
            raise
