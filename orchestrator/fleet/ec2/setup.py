"""Make the few lasting things an account needs, once, and take them away again on request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from string import Template
from typing import Any

from botocore.exceptions import ClientError

from orchestrator.cloud_errors import CloudRefused
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import code_of, named

STAGED_DAYS = 3
"""Staged media and segments expire after so long, should nobody delete them before."""
_HOME_REGION = "us-east-1"
"""The one region that a bucket is made in without saying so."""
_MISSING = frozenset({
    "NoSuchBucket", "NoSuchEntity", "404", "InvalidGroup.NotFound", "ResourceNotFoundException",
    "NoSuchBucketPolicy",
})  # fmt: skip
_THERE = frozenset({
    "BucketAlreadyOwnedByYou", "EntityAlreadyExists", "InvalidGroup.Duplicate",
    "ConflictException",
})  # fmt: skip
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
            CloudError: AWS does not let us; what is left is found next time.
        """
        steps: tuple[tuple[str, Step], ...] = (
            ("schedule group", self._remove_schedule_group),
            ("terminator role", lambda: self._remove_role(names.SCHEDULER_ROLE)),
            ("worker role", self._remove_worker_role),
            ("security group", self._remove_group),
            ("bucket", self._remove_bucket),
        )
        for name, step in steps:
            yield name
            with named(f"removing the {name}"):
                _unless_missing(step)

    def group_id(self) -> str:
        """Return the security group's id.

        Raises:
            CloudRefused: there is none: the set-up was not made.
        """
        with named("looking for the security group"):
            found = self._clients("ec2").describe_security_groups(
                Filters=[{"Name": "group-name", "Values": [names.SECURITY_GROUP]}]
            )["SecurityGroups"]
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
        s3, bucket = self._clients("s3"), self._account.bucket
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            held = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
            if held:
                keys = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in held]
                s3.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})
        for page in s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket):
            for each in page.get("Uploads", ()):
                s3.abort_multipart_upload(Bucket=bucket, Key=each["Key"], UploadId=each["UploadId"])
        s3.delete_bucket(Bucket=bucket)

    # -- security group ------------------------------------------------------------------

    def _make_group(self) -> None:
        ec2 = self._clients("ec2")
        asked = {
            "GroupName": names.SECURITY_GROUP,
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
        self._clients("ec2").delete_security_group(GroupName=names.SECURITY_GROUP)

    # -- roles ---------------------------------------------------------------------------

    def _make_worker_role(self) -> None:
        iam = self._clients("iam")
        self._make_role(names.ROLE, "ec2.amazonaws.com", "worker-policy.json")
        _unless_there(lambda: iam.create_instance_profile(InstanceProfileName=names.PROFILE))
        _unless(
            lambda: iam.add_role_to_instance_profile(
                InstanceProfileName=names.PROFILE, RoleName=names.ROLE
            ),
            _THERE | {"LimitExceeded"},  # a profile takes one role, and has ours
        )

    def _make_terminator_role(self) -> None:
        self._make_role(names.SCHEDULER_ROLE, "scheduler.amazonaws.com", "terminator-policy.json")

    def _make_role(self, role: str, service: str, policy: str) -> None:
        iam = self._clients("iam")
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
        tagged = [{"Key": names.TAG, "Value": names.APP}]
        _unless_there(
            lambda: iam.create_role(
                RoleName=role, AssumeRolePolicyDocument=json.dumps(trust), Tags=tagged
            )
        )
        iam.put_role_policy(RoleName=role, PolicyName=role, PolicyDocument=self._document(policy))

    def _remove_worker_role(self) -> None:
        iam = self._clients("iam")
        _unless_missing(
            lambda: iam.remove_role_from_instance_profile(
                InstanceProfileName=names.PROFILE, RoleName=names.ROLE
            )
        )
        _unless_missing(lambda: iam.delete_instance_profile(InstanceProfileName=names.PROFILE))
        self._remove_role(names.ROLE)

    def _remove_role(self, role: str) -> None:
        iam = self._clients("iam")
        _unless_missing(lambda: iam.delete_role_policy(RoleName=role, PolicyName=role))
        iam.delete_role(RoleName=role)

    # -- schedules -----------------------------------------------------------------------

    def _make_schedule_group(self) -> None:
        scheduler = self._clients("scheduler")
        _unless_there(lambda: scheduler.create_schedule_group(Name=names.SCHEDULE_GROUP))

    def _remove_schedule_group(self) -> None:
        self._clients("scheduler").delete_schedule_group(Name=names.SCHEDULE_GROUP)

    def _document(self, name: str) -> str:
        return policy_document(name, self._account)


def policy_document(name: str, account: Account) -> str:
    """Return a policy of ``resources/aws`` as it is meant for one account."""
    text = resources.files("resources").joinpath("aws", name).read_text(encoding="utf-8")
    filled = Template(text).substitute(
        partition=account.partition,
        account=account.account_id,
        region=account.region,
        bucket=account.bucket,
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
