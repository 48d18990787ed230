"""Say what a call needs to be allowed: AWS's actions, resources and condition keys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends
from moto.sqs.models import sqs_backends

from tests.cloud import specs
from tests.cloud.fleets import choices_of
from tests.cloud.policies import Ask

ACCOUNT = "123456789012"
Context = dict[str, tuple[str, ...]]

_EC2_IDS = {
    "InstanceId": "instance", "InstanceIds": "instance", "VolumeId": "volume",
    "GroupId": "security-group", "LaunchTemplateId": "launch-template", "ImageId": "image",
    "FleetId": "fleet", "FleetIds": "fleet", "SnapshotId": "snapshot", "KeyName": "key-pair",
    "SpotInstanceRequestIds": "spot-instances-request", "VpcId": "vpc", "SubnetId": "subnet",
}  # fmt: skip
_EC2_MAKES = {
    "CreateSecurityGroup": "security-group", "ImportKeyPair": "key-pair",
    "CreateKeyPair": "key-pair", "CreateLaunchTemplate": "launch-template",
    "CreateFleet": "fleet", "CreateVolume": "volume", "CreateImage": "image",
    "CreateVpc": "vpc", "CreateSubnet": "subnet",
}  # fmt: skip
_S3_ACTIONS = {
    "HeadBucket": "ListBucket", "ListObjects": "ListBucket", "ListObjectsV2": "ListBucket",
    "HeadObject": "GetObject", "CreateMultipartUpload": "PutObject", "UploadPart": "PutObject",
    "CompleteMultipartUpload": "PutObject", "CopyObject": "PutObject",
    "ListParts": "ListMultipartUploadParts", "DeleteObjects": "DeleteObject",
    "ListMultipartUploads": "ListBucketMultipartUploads", "ListBuckets": "ListAllMyBuckets",
    "PutBucketEncryption": "PutEncryptionConfiguration",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "DeleteBucketLifecycle": "PutLifecycleConfiguration",
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "ListObjectVersions": "ListBucketVersions",
}  # fmt: skip
_PASSES_ROLE = {"AddRoleToInstanceProfile"}


def asks_of(service: str, action: str, region: str, asked: Mapping[str, Any]) -> list[Ask]:
    """All that has to be allowed for a call with these parameters."""
    match service:
        case "ec2":
            found = list(_ec2(action, region, dict(asked)))
        case "s3":
            found = list(_s3(action, asked))
        case "sqs":
            found = [_sqs(action, region, asked)]
        case "iam":
            found = list(_iam(action, asked))
        case "sts":
            found = list(_sts(action, asked))
        case "ssm":
            found = list(_ssm(action, region, asked))
        case "scheduler":
            found = list(_scheduler(action, region, asked))
        case _:
            found = [Ask(f"{service}:{action}")]
    everywhere: Context = {"aws:RequestedRegion": (region,), "aws:SecureTransport": ("true",)}
    return [Ask(one.action, one.resource, {**everywhere, **one.context}) for one in found]


def _arn(region: str, kind: str, one: str) -> str:
    account = "" if kind in ("image", "snapshot") else ACCOUNT
    return f"arn:aws:ec2:{region}:{account}:{kind}/{one}"


def _ec2(action: str, region: str, asked: dict[str, Any]) -> Iterator[Ask]:
    backend = ec2_backends[ACCOUNT][region]
    if action.startswith(("Describe", "Get")) and action != "GetConsoleOutput":
        yield Ask(f"ec2:{action}")
        return
    if action == "RunInstances":
        spec = specs.from_request(backend, asked)
        yield from _launch(backend, region, spec, asked.get("LaunchTemplate"))
        return
    if action in ("CreateTags", "DeleteTags"):
        yield from _tagging(backend, region, action, asked)
        return
    yield from _plain_ec2(backend, region, action, asked)
    if action == "CreateFleet" and asked.get("Type") == "instant":
        yield from _fleet_launch(backend, region, asked)


def _plain_ec2(backend: Any, region: str, action: str, asked: Mapping[str, Any]) -> Iterator[Ask]:
    """An action on the resources that its parameters name, and the one that it makes."""
    made = _EC2_MAKES.get(action)
    tags = specs.merge_tags(asked.get("TagSpecifications"))
    if made:
        name = asked.get("KeyName", "*") if made == "key-pair" else "*"
        yield Ask(f"ec2:{action}", _arn(region, made, name), _request_tags(tags.get(made)))
        if tags.get(made):
            context = {**_request_tags(tags[made]), "ec2:CreateAction": (action,)}
            yield Ask("ec2:CreateTags", _arn(region, made, "*"), context)
    named = list(_named(backend, region, asked, made))
    for arn, context in named:
        yield Ask(f"ec2:{action}", arn, context)
    if not named and not made:
        yield Ask(f"ec2:{action}")


def _named(
    backend: Any, region: str, asked: Mapping[str, Any], made: str | None
) -> Iterator[tuple[str, Context]]:
    for name, kind in _EC2_IDS.items():
        value = asked.get(name)
        if not value or kind == made:
            continue
        for one in value if isinstance(value, list) else [value]:
            yield _arn(region, kind, one), _resource_tags(backend, kind, one)
    for config in asked.get("LaunchTemplateConfigs") or ():
        template = config["LaunchTemplateSpecification"]
        _, template_id, _ = specs.template_data(backend, template)
        context = _resource_tags(backend, "launch-template", template_id)
        yield _arn(region, "launch-template", template_id), context
    if asked.get("LaunchTemplateName") and made != "launch-template":
        template_id = backend.get_launch_template_by_name(asked["LaunchTemplateName"]).id
        context = _resource_tags(backend, "launch-template", template_id)
        yield _arn(region, "launch-template", template_id), context


def _launch(
    backend: Any, region: str, spec: specs.Spec, template: dict[str, Any] | None
) -> Iterator[Ask]:
    """All resources that a launch touches; each of them has to be allowed."""
    tokens = (spec.metadata_options or {}).get("HttpTokens") or "optional"
    market = "spot" if spec.lifecycle == "spot" else "on-demand"
    common: Context = {
        "ec2:InstanceType": (spec.instance_type,),
        "ec2:MetadataHttpTokens": (tokens,),
        "ec2:InstanceMarketType": (market,),
        "ec2:IsLaunchTemplateResource": ("true" if template else "false",),
    }
    if spec.profile:
        common["ec2:InstanceProfile"] = (_profile_arn(spec.profile),)
    encrypted = all((one.get("Ebs") or {}).get("Encrypted") for one in spec.block_devices)
    disk: Context = {"ec2:Encrypted": (str(bool(spec.block_devices and encrypted)).lower(),)}
    made = {"instance": common, "volume": disk, "network-interface": {}}
    if spec.lifecycle == "spot":
        made["spot-instances-request"] = {}
    for kind, context in made.items():
        own = _request_tags(spec.tags.get(kind))
        yield Ask("ec2:RunInstances", _arn(region, kind, "*"), {**common, **context, **own})
        said = {k: v for k, v in spec.tags.get(kind, {}).items() if not k.startswith("aws:")}
        if said:
            tagging = {**_request_tags(said), "ec2:CreateAction": ("RunInstances",)}
            yield Ask("ec2:CreateTags", _arn(region, kind, "*"), tagging)
    for kind, one in _used(backend, spec, template):
        context = {**common, **_resource_tags(backend, kind, one)}
        yield Ask("ec2:RunInstances", _arn(region, kind, one), context)
    if spec.profile:
        for role in _roles_of(spec.profile):
            yield Ask("iam:PassRole", role, {"iam:PassedToService": ("ec2.amazonaws.com",)})


def _used(
    backend: Any, spec: specs.Spec, template: dict[str, Any] | None
) -> Iterator[tuple[str, str]]:
    yield "image", spec.image_id
    if spec.key_name:
        yield "key-pair", spec.key_name
    for group in spec.group_ids:
        yield "security-group", group
    subnets = [spec.subnet_id] if spec.subnet_id else [s for _, s in specs.zones_of(backend, spec)]
    for subnet in subnets[:1]:
        yield "subnet", str(subnet)
    if template:
        yield "launch-template", specs.template_data(backend, template)[1]


def _fleet_launch(backend: Any, region: str, asked: dict[str, Any]) -> Iterator[Ask]:
    default = asked["TargetCapacitySpecification"].get("DefaultTargetCapacityType")
    seen = set()
    for choice in choices_of(backend, asked):
        spec = replace(choice.spec, lifecycle=default or "on-demand")
        template = choice.words["LaunchTemplateSpecification"]
        for ask in _launch(backend, region, spec, template):
            key = (ask.action, ask.resource, tuple(sorted(ask.context.items())))
            if key not in seen:
                seen.add(key)
                yield ask


def _tagging(backend: Any, region: str, action: str, asked: Mapping[str, Any]) -> Iterator[Ask]:
    tags = {one["Key"]: one.get("Value") or "" for one in asked.get("Tags") or ()}
    kinds = {"i": "instance", "vol": "volume", "sg": "security-group", "lt": "launch-template",
             "ami": "image", "key": "key-pair", "snap": "snapshot", "fleet": "fleet",
             "sir": "spot-instances-request", "subnet": "subnet", "vpc": "vpc"}  # fmt: skip
    for one in asked.get("Resources") or ():
        kind = kinds.get(one.partition("-")[0], "other")
        context = {**_resource_tags(backend, kind, one), **_request_tags(tags)}
        yield Ask(f"ec2:{action}", _arn(region, kind, one), context)


def _request_tags(tags: Mapping[str, str] | None) -> Context:
    said = {key: one for key, one in (tags or {}).items() if not key.startswith("aws:")}
    context: Context = {f"aws:RequestTag/{key}": (one,) for key, one in said.items()}
    if said:
        context["aws:TagKeys"] = tuple(said)
    return context


def _resource_tags(backend: Any, kind: str, one: str) -> Context:
    if kind == "key-pair" and one in backend.key_pairs:
        one = backend.key_pairs[one].id
    context: Context = {}
    for key, value in backend.tags.get(one, {}).items():
        context[f"aws:ResourceTag/{key}"] = context[f"ec2:ResourceTag/{key}"] = (value,)
    return context


def _profile_arn(profile: Mapping[str, str]) -> str:
    name = profile.get("Name")
    return profile.get("Arn") or f"arn:aws:iam::{ACCOUNT}:instance-profile/{name}"


def _roles_of(profile: Mapping[str, str]) -> list[str]:
    name = profile.get("Name") or profile["Arn"].rpartition("/")[2]
    found = iam_backends[ACCOUNT]["aws"].instance_profiles.values()
    return [role.arn for one in found if one.name == name for role in one.roles]


def _s3(action: str, asked: Mapping[str, Any]) -> Iterator[Ask]:
    word = f"s3:{_S3_ACTIONS.get(action, action)}"
    bucket, key = asked.get("Bucket"), asked.get("Key")
    if not bucket:
        yield Ask(word)
    elif action == "DeleteObjects":
        for one in asked.get("Keys") or ():
            yield Ask(word, f"arn:aws:s3:::{bucket}/{one}")
    elif key:
        told = asked.get("IfNoneMatch")
        once: Context = {"s3:if-none-match": (told,)} if told and word == "s3:PutObject" else {}
        yield Ask(word, f"arn:aws:s3:::{bucket}/{key}", once)
    else:
        prefix = asked.get("prefix")
        context: Context = {"s3:prefix": (prefix,)} if prefix is not None else {}
        yield Ask(word, f"arn:aws:s3:::{bucket}", context)


def _sqs(action: str, region: str, asked: Mapping[str, Any]) -> Ask:
    name = asked.get("QueueName") or str(asked.get("QueueUrl") or "").rpartition("/")[2]
    word = f"sqs:{action.removesuffix('Batch')}"
    if not name:
        return Ask(word)
    queue = sqs_backends[ACCOUNT][region].queues.get(name)
    tags = {**(queue.tags if queue else {})}
    context: Context = {f"aws:ResourceTag/{key}": (value,) for key, value in tags.items()}
    return Ask(word, f"arn:aws:sqs:{region}:{ACCOUNT}:{name}",
               {**context, **_request_tags(asked.get("tags"))})  # fmt: skip


def _iam(action: str, asked: Mapping[str, Any]) -> Iterator[Ask]:
    tags = {one["Key"]: one["Value"] for one in asked.get("Tags") or ()}
    context = {**_request_tags(tags), **_boundary(action, asked)}
    if action == "CreateServiceLinkedRole":
        service = asked["AWSServiceName"]
        arn = f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/{service}/*"
        yield Ask(f"iam:{action}", arn, {"iam:AWSServiceName": (service,)})
        return
    for name, kind in (("InstanceProfileName", "instance-profile"), ("RoleName", "role"),
                       ("UserName", "user"), ("PolicyName", "policy")):  # fmt: skip
        if asked.get(name):
            arn = f"arn:aws:iam::{ACCOUNT}:{kind}/{asked[name]}"
            yield Ask(f"iam:{action}", arn, context)
            break
    else:
        yield Ask(f"iam:{action}", asked.get("PolicyArn") or "*", context)
    if action in _PASSES_ROLE:
        passed: Context = {"iam:PassedToService": ("ec2.amazonaws.com",)}
        yield Ask("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/{asked['RoleName']}", passed)


def _boundary(action: str, asked: Mapping[str, Any]) -> Context:
    """The boundary of the role that is made or changed."""
    arn = asked.get("PermissionsBoundary")
    if action != "CreateRole":
        roles = iam_backends[ACCOUNT]["aws"].roles.values()
        found = [one for one in roles if one.name == asked.get("RoleName")]
        arn = (found[0].permissions_boundary_arn or "") if found else ""
    return {"iam:PermissionsBoundary": (arn,)} if arn else {}


def _sts(action: str, asked: Mapping[str, Any]) -> Iterator[Ask]:
    if action == "GetFederationToken":
        yield Ask(f"sts:{action}", f"arn:aws:sts::{ACCOUNT}:federated-user/{asked['Name']}")
    elif action.startswith("AssumeRole"):
        yield Ask(f"sts:{action}", asked["RoleArn"])
    elif action not in ("GetCallerIdentity", "GetSessionToken"):  # these need no permission
        yield Ask(f"sts:{action}")


def _ssm(action: str, region: str, asked: Mapping[str, Any]) -> Iterator[Ask]:
    names = asked.get("Names") or [asked.get("Name") or asked.get("Path")]
    for name in names:
        owner = "" if str(name).startswith("/aws/service/") else ACCOUNT
        yield Ask(f"ssm:{action}", f"arn:aws:ssm:{region}:{owner}:parameter{name}")


def _scheduler(action: str, region: str, asked: Mapping[str, Any]) -> Iterator[Ask]:
    group = asked.get("GroupName") or asked.get("groupName") or "default"  # in JSON, in a query
    name = asked.get("Name")
    if not name or action.startswith("List"):
        yield Ask(f"scheduler:{action}", f"arn:aws:scheduler:{region}:{ACCOUNT}:schedule/*/*")
        return
    kind = "schedule-group" if action.endswith("Group") else f"schedule/{group}"
    yield Ask(f"scheduler:{action}", f"arn:aws:scheduler:{region}:{ACCOUNT}:{kind}/{name}")
    role = (asked.get("Target") or {}).get("RoleArn")
    if role:
        context: Context = {"iam:PassedToService": ("scheduler.amazonaws.com",)}
        yield Ask("iam:PassRole", role, context)


def s3_keys(body: bytes) -> list[str]:
    """The keys that a DeleteObjects body names."""
    return re.findall(r"<Key>([^<]*)</Key>", body.decode())


def json_body(body: bytes) -> dict[str, Any]:
    """A JSON body, or nothing."""
    found: dict[str, Any] = json.loads(body) if body else {}
    return found
