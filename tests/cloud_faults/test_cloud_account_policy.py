"""The user's policy allows each call that the product makes, and nothing else that matters."""

import json
import re

import botocore.session
import pytest

from orchestrator.fleet.ec2.offers import known_types
from orchestrator.fleet.ec2.policy import LONGEST_POLICY, user_policy
from orchestrator.fleet.ec2.rights import needs
from orchestrator.fleet.ec2.setup import Account, policy_document
from tests.cloud.policies import Ask, allows

REGION = "us-east-1"
ACCOUNT = Account(
    account_id="123456789012", arn="arn:aws:iam::123456789012:user/grace", region=REGION
)
DOCUMENT = json.loads(user_policy(ACCOUNT))
OURS = {"aws:RequestTag/secondunit:app": ("secondunit",), "aws:TagKeys": ("secondunit:app",)}
MINE = {"aws:ResourceTag/secondunit:app": ("secondunit",)}
SOUND = {
    **OURS,
    "ec2:InstanceType": ("g6.xlarge",),
    "ec2:MetadataHttpTokens": ("required",),
}
BOUNDARY = {"iam:PermissionsBoundary": (ACCOUNT.boundary_arn,)}


def arn(service, rest, region=REGION, account="123456789012"):
    return f"arn:aws:{service}:{region}:{account}:{rest}"


def ec2(kind, name="x"):
    return arn("ec2", f"{kind}/{name}")


def iam(rest):
    return arn("iam", rest, region="")


BUCKET = "arn:aws:s3:::secondunit-123456789012-us-east-1"
ROLE = iam("role/secondunit-worker")

FORBIDDEN = [
    # launching what is not ours, not small, not guarded
    Ask("ec2:RunInstances", ec2("instance"), {**SOUND, "ec2:InstanceType": ("p5.48xlarge",)}),
    Ask("ec2:RunInstances", ec2("instance"), {**SOUND, "ec2:InstanceType": ("c7i.large",)}),
    Ask("ec2:RunInstances", ec2("instance"), {**SOUND, "ec2:InstanceType": ("t3.micro",)}),
    Ask("ec2:RunInstances", ec2("instance"), {**SOUND, "ec2:MetadataHttpTokens": ("optional",)}),
    Ask("ec2:RunInstances", ec2("instance"), {k: v for k, v in SOUND.items() if "Tag" not in k}),
    Ask("ec2:RunInstances", ec2("instance"),
        {**SOUND, "aws:RequestTag/secondunit:app": ("other",)}),
    Ask("ec2:RunInstances", ec2("volume"), {**OURS, "ec2:Encrypted": ("false",)}),
    Ask("ec2:RunInstances", ec2("volume"), OURS),
    Ask("ec2:RunInstances", ec2("security-group"), SOUND),
    Ask("ec2:RunInstances", ec2("launch-template"), SOUND),
    Ask("ec2:RunInstances", ec2("key-pair", "grace-laptop"), SOUND),
    Ask("ec2:RunInstances", arn("ec2", "instance/x", account="210987654321"), SOUND),
    Ask("ec2:RunInstances", ec2("capacity-reservation"), SOUND),
    Ask("ec2:CreateFleet", ec2("fleet"), {}),
    Ask("ec2:CreateFleet", ec2("launch-template"), {}),
    Ask("ec2:RequestSpotInstances", "*", {}),
    Ask("ec2:RequestSpotFleet", "*", {}),
    Ask("ec2:PurchaseReservedInstancesOffering", "*", {}),
    Ask("ec2:AllocateHosts", ec2("dedicated-host"), OURS),
    Ask("ec2:AllocateAddress", ec2("elastic-ip"), OURS),
    # touching what is the user's own
    Ask("ec2:TerminateInstances", ec2("instance", "i-theirs"), {}),
    Ask("ec2:TerminateInstances", ec2("instance", "i-theirs"),
        {"aws:ResourceTag/secondunit:app": ("other",)}),
    Ask("ec2:StopInstances", ec2("instance"), MINE),
    Ask("ec2:ModifyInstanceAttribute", ec2("instance"), MINE),
    Ask("ec2:ModifyInstanceMetadataOptions", ec2("instance"), MINE),
    Ask("ec2:GetPasswordData", ec2("instance"), MINE),
    Ask("ec2:AssociateIamInstanceProfile", ec2("instance"), MINE),
    Ask("ec2:ReplaceIamInstanceProfileAssociation", ec2("instance"), MINE),
    Ask("ec2:DeleteVolume", ec2("volume"), {}),
    Ask("ec2:DeleteSnapshot", ec2("snapshot"), {}),
    Ask("ec2:DeregisterImage", ec2("image"), {}),
    Ask("ec2:DeleteKeyPair", ec2("key-pair", "grace-laptop"), {}),
    Ask("ec2:DeleteSecurityGroup", ec2("security-group"), {}),
    Ask("ec2:AuthorizeSecurityGroupIngress", ec2("security-group"), {}),
    Ask("ec2:AuthorizeSecurityGroupEgress", ec2("security-group"), MINE),
    Ask("ec2:DeleteLaunchTemplate", ec2("launch-template"), {}),
    Ask("ec2:DeleteFleets", ec2("fleet"), {}),
    Ask("ec2:DeleteVpc", ec2("vpc"), {}),
    Ask("ec2:DeleteSubnet", ec2("subnet"), {}),
    Ask("ec2:CreateImage", ec2("instance", "i-theirs"), {}),
    Ask("ec2:ModifyImageAttribute", ec2("image"), MINE),
    Ask("ec2:ModifySnapshotAttribute", ec2("snapshot"), MINE),
    # tagging what is there, so that it would pass for ours
    Ask("ec2:CreateTags", ec2("instance", "i-theirs"), OURS),
    Ask("ec2:CreateTags", ec2("instance"), {"ec2:CreateAction": ("RunInstances",)}),
    Ask("ec2:CreateTags", ec2("vpc"), {**OURS, "ec2:CreateAction": ("CreateVpc",)}),
    Ask("ec2:DeleteTags", ec2("instance"), MINE),
    Ask("ec2:ImportKeyPair", ec2("key-pair", "secondunit-x"), {}),
    Ask("ec2:ImportKeyPair", ec2("key-pair", "grace"), OURS),
    Ask("ec2:CreateKeyPair", ec2("key-pair", "secondunit-x"), OURS),
    Ask("ec2:CreateSecurityGroup", ec2("security-group"), {}),
    Ask("ec2:CreateLaunchTemplate", ec2("launch-template"), {}),
    # roles that reach further
    Ask("iam:CreateRole", ROLE, {}),
    Ask("iam:CreateRole", ROLE, {"iam:PermissionsBoundary": ("arn:aws:iam::aws:policy/Admin",)}),
    Ask("iam:CreateRole", iam("role/admin"), BOUNDARY),
    Ask("iam:PutRolePolicy", ROLE, {}),
    Ask("iam:PutRolePolicy", iam("role/admin"), BOUNDARY),
    Ask("iam:AttachRolePolicy", ROLE, BOUNDARY),
    Ask("iam:UpdateAssumeRolePolicy", ROLE, BOUNDARY),
    Ask("iam:DeleteRolePermissionsBoundary", ROLE, BOUNDARY),
    Ask("iam:PutRolePermissionsBoundary", ROLE, BOUNDARY),
    Ask("iam:DeleteRole", iam("role/admin"), {}),
    Ask("iam:CreatePolicyVersion", ACCOUNT.boundary_arn, {}),
    Ask("iam:SetDefaultPolicyVersion", ACCOUNT.boundary_arn, {}),
    Ask("iam:CreatePolicy", iam("policy/mine"), {}),
    Ask("iam:DeletePolicy", iam("policy/mine"), {}),
    Ask("iam:PassRole", ROLE, {"iam:PassedToService": ("lambda.amazonaws.com",)}),
    Ask("iam:PassRole", ROLE, {}),
    Ask("iam:PassRole", iam("role/admin"), {"iam:PassedToService": ("ec2.amazonaws.com",)}),
    Ask("iam:AddRoleToInstanceProfile", iam("instance-profile/web"), {}),
    Ask("iam:CreateUser", iam("user/eve"), {}),
    Ask("iam:CreateAccessKey", iam("user/grace"), {}),
    Ask("iam:PutUserPolicy", iam("user/grace"), {}),
    Ask("iam:AttachUserPolicy", iam("user/grace"), {}),
    Ask("iam:CreateServiceLinkedRole", iam("role/aws-service-role/x"),
        {"iam:AWSServiceName": ("autoscaling.amazonaws.com",)}),
    Ask("sts:AssumeRole", ROLE, {}),
    # other people's data
    Ask("s3:GetObject", "arn:aws:s3:::family-photos/x", {}),
    Ask("s3:PutObject", "arn:aws:s3:::secondunit-210987654321-us-east-1/x", {}),
    Ask("s3:DeleteBucket", "arn:aws:s3:::family-photos", {}),
    Ask("s3:ListAllMyBuckets", "*", {}),
    Ask("s3:PutBucketAcl", BUCKET, {}),
    Ask("s3:PutObjectAcl", f"{BUCKET}/x", {}),
    Ask("s3:PutBucketWebsite", BUCKET, {}),
    Ask("s3:PutReplicationConfiguration", BUCKET, {}),
    Ask("sqs:DeleteQueue", arn("sqs", "orders"), {}),
    Ask("sqs:AddPermission", arn("sqs", "secondunit-a-1"), {}),
    Ask("sqs:SetQueueAttributes", arn("sqs", "secondunit-a-1"), {}),
    Ask("scheduler:CreateSchedule", arn("scheduler", "schedule/default/x"), {}),
    Ask("scheduler:DeleteSchedule", arn("scheduler", "schedule/backups/nightly"), {}),
    Ask("scheduler:UpdateSchedule", arn("scheduler", "schedule/secondunit/x"), {}),
    Ask("ssm:GetParameter", arn("ssm", "parameter/database-password"), {}),
    Ask("ssm:SendCommand", ec2("instance"), MINE),
    Ask("ssm:StartSession", ec2("instance"), MINE),
    Ask("secretsmanager:GetSecretValue", "*", {}),
    Ask("kms:Decrypt", "*", {}),
    Ask("organizations:LeaveOrganization", "*", {}),
    Ask("account:DisableRegion", "*", {}),
]  # fmt: skip


@pytest.mark.parametrize("ask", FORBIDDEN, ids=lambda ask: f"{ask.action} {ask.resource[-24:]}")
def test_the_policy_does_not_allow(ask):
    assert not allows([DOCUMENT], ask)


def test_enough_is_forbidden_and_each_of_it_is_something_that_aws_knows():
    assert len(FORBIDDEN) >= 60
    models, session = {}, botocore.session.get_session()
    for ask in FORBIDDEN:
        service, action = ask.action.split(":")
        if service not in models and service in session.get_available_services():
            models[service] = session.get_service_model(service)
        known = {*models[service].operation_names, "PassRole"} if service in models else {action}
        known |= {"ListAllMyBuckets", "PutReplicationConfiguration"}  # not called as they are
        assert action in known, ask.action


def test_the_policy_fits_into_one_managed_policy():
    assert len(re.sub(r"\s", "", user_policy(ACCOUNT))) <= LONGEST_POLICY


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_every_policy_is_whole_in_every_partition(partition):
    account = Account(account_id="1", arn=f"arn:{partition}:iam::1:user/x", region="cn-north-1")
    for name in ("user-policy", "worker-policy", "boundary-policy", "terminator-policy",
                 "bucket-policy", "job-policy"):  # fmt: skip
        text = policy_document(f"{name}.json", account, "20260101-000000-abcd")
        assert "${" not in text
        assert f"arn:{partition}:" in text
        assert '"arn:aws:' not in text or partition == "aws"


def test_what_the_doctor_asks_about_is_what_the_policy_allows():
    for need in needs(ACCOUNT):
        for action in need.actions:
            granted = [allows([DOCUMENT], Ask(action, r, need.context)) for r in need.resources]
            assert any(granted), (action, need)


def test_every_type_that_is_offered_may_be_launched_and_no_other_gpu():
    for kind in known_types():
        sound = {**SOUND, "ec2:InstanceType": (kind.instance_type,)}
        assert allows([DOCUMENT], Ask("ec2:RunInstances", ec2("instance"), sound))


def test_a_boundary_covers_what_every_role_may_do():
    """A role's policy beyond its boundary would be a promise that IAM does not keep."""
    boundary = json.loads(policy_document("boundary-policy.json", ACCOUNT))
    granted = {a for s in boundary["Statement"] for a in _several(s["Action"])}
    for name in ("worker-policy", "job-policy", "terminator-policy"):
        own = json.loads(policy_document(f"{name}.json", ACCOUNT, "20260101-000000-abcd"))
        assert {a for s in own["Statement"] for a in _several(s["Action"])} <= granted


def _several(value):
    return value if isinstance(value, list) else [value]
