"""Callers may do what their policies allow, and the cloud says what they would have needed."""

import json

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.cloud.policies import Ask, allows, document
from tests.cloud.region import Region
from tests.cloud.visitor import Visitor, client_of, metadata, overrides, policy, tags

pytestmark = pytest.mark.timeout(120)

JOB = "arn:aws:s3:::stage/jobs/7/*"


def when(**condition):
    """A statement about everything, under conditions."""
    conditions = {operator.replace("__", ":"): keys for operator, keys in condition.items()}
    return {"Action": "*", "Resource": "*", "Condition": conditions}


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ({"Action": "s3:Get*", "Resource": "arn:aws:s3:::stage/*"}, True),
        ({"Action": "S3:getobject", "Resource": "*"}, True),
        ({"Action": "s3:GetObject", "Resource": "arn:aws:s3:::stage/j?bs/*"}, True),
        ({"Action": "s3:GetObject", "Resource": "arn:aws:s3:::stage/other/*"}, False),
        ({"NotAction": "s3:PutObject", "Resource": "*"}, True),
        ({"Action": "s3:*", "NotResource": "arn:aws:s3:::stage/*"}, False),
        ({"Action": "*", "Resource": "arn:aws:s3:::stage/jobs/${aws:k}/*"}, False),
        ({"Action": "*", "Resource": "arn:aws:s3:::stage/jobs/${aws:job}/*"}, True),
        (when(StringEquals={"aws:k": ["w", "v"]}), True),
        (when(StringEquals={"aws:x": "v"}), False),
        (when(StringEqualsIfExists={"aws:x": "v"}), True),
        (when(StringNotEquals={"aws:k": "v"}), False),
        (when(Null={"aws:x": "true"}), True),
        (when(Bool={"aws:SecureTransport": True}), True),
        (when(ForAllValues__StringEquals={"aws:TagKeys": ["a", "b"]}), True),
        (when(ForAllValues__StringEquals={"aws:TagKeys": ["a"]}), False),
        (when(ForAnyValue__StringLike={"aws:TagKeys": "b*"}), True),
    ],
)
def test_a_statement_is_read_as_iam_reads_it(statement, allowed):
    context = {
        "aws:k": ("v",),
        "aws:job": ("7",),
        "aws:SecureTransport": ("true",),
        "aws:TagKeys": ("a", "b"),
    }
    ask = Ask("s3:GetObject", "arn:aws:s3:::stage/jobs/7/x", context)
    one = {"Statement": {"Effect": "Allow", **statement}}
    assert allows([one], ask) is allowed
    deny = {"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
    assert not allows([one, deny], ask)


@pytest.fixture
def visitor(region: Region) -> Visitor:
    return Visitor(region)


def worker_profile(*policies: str) -> None:
    iam = boto3.client("iam")
    iam.create_role(RoleName="worker", AssumeRolePolicyDocument="{}")
    for number, one in enumerate(policies):
        iam.put_role_policy(RoleName="worker", PolicyName=f"p{number}", PolicyDocument=one)
    iam.create_instance_profile(InstanceProfileName="worker")
    iam.add_role_to_instance_profile(InstanceProfileName="worker", RoleName="worker")


def test_an_instance_reaches_its_jobs_prefix_and_nothing_else(visitor):
    boto3.client("s3").create_bucket(Bucket="stage")
    worker_profile(policy("s3:GetObject", "s3:PutObject", resource=JOB))
    host = visitor.launch_up(IamInstanceProfile={"Name": "worker"})
    path = "meta-data/iam/security-credentials/worker"
    theirs = client_of("s3", json.loads(visitor.says(host, metadata(path)).out))
    theirs.put_object(Bucket="stage", Key="jobs/7/segment", Body=b"x")
    for key in ("jobs/8/segment", "other"):
        with pytest.raises(ClientError, match="AccessDenied"):
            theirs.put_object(Bucket="stage", Key=key, Body=b"x")
    with pytest.raises(ClientError, match="AccessDenied"):
        theirs.list_objects_v2(Bucket="stage")
    upload = theirs.create_multipart_upload(Bucket="stage", Key="jobs/7/big")["UploadId"]
    of = {"Bucket": "stage", "Key": "jobs/7/big", "UploadId": upload}
    theirs.upload_part(**of, PartNumber=1, Body=b"x")
    with pytest.raises(ClientError, match="AccessDenied"):
        theirs.abort_multipart_upload(**of)


def test_a_session_is_held_to_its_policy_and_its_makers(region):
    boto3.client("s3").create_bucket(Bucket="stage")
    sts = boto3.client("sts")
    keys = sts.get_federation_token(Name="worker", Policy=policy("s3:*", resource=JOB))[
        "Credentials"
    ]
    theirs = client_of("s3", keys)
    theirs.put_object(Bucket="stage", Key="jobs/7/x", Body=b"")
    with pytest.raises(ClientError, match="AccessDenied"):
        theirs.put_object(Bucket="stage", Key="jobs/8/x", Body=b"")
    region.limit(policy("sts:GetFederationToken", "s3:GetObject"))
    keys = sts.get_federation_token(Name="worker", Policy=policy("s3:*", resource=JOB))[
        "Credentials"
    ]
    with pytest.raises(ClientError, match="AccessDenied"):
        client_of("s3", keys).put_object(Bucket="stage", Key="jobs/7/x", Body=b"")


def test_a_limited_caller_is_told_the_missing_action(region, visitor):
    region.limit(policy("ec2:Describe*"))
    visitor.ec2.describe_instances()
    with pytest.raises(ClientError, match=r"UnauthorizedOperation.*perform: ec2:RunInstances"):
        visitor.launch(DryRun=True)
    with pytest.raises(ClientError, match=r"AccessDenied.*servicequotas:GetServiceQuota"):
        boto3.client("service-quotas").get_service_quota(ServiceCode="ec2", QuotaCode="L-3819A6DF")
    boto3.client("sts").get_caller_identity()
    region.unlimit()
    visitor.launch()


def test_the_simulator_names_what_is_missing(region):
    region.limit(policy("iam:SimulatePrincipalPolicy", "ec2:RunInstances", "ec2:Describe*"))
    answer = boto3.client("iam").simulate_principal_policy(
        PolicySourceArn="arn:aws:iam::123456789012:user/creator",
        ActionNames=["ec2:RunInstances", "ec2:CreateFleet"],
    )
    decisions = {one["EvalActionName"]: one["EvalDecision"] for one in answer["EvaluationResults"]}
    assert decisions == {"ec2:RunInstances": "allowed", "ec2:CreateFleet": "implicitDeny"}


def test_a_launch_asks_for_all_that_it_touches_and_makes(region, visitor):
    worker_profile()
    visitor.launch(
        IamInstanceProfile={"Name": "worker"},
        MetadataOptions={"HttpTokens": "required"},
        TagSpecifications=[*tags("instance", app="unit"), *tags("volume", app="unit")],
    )
    asks = region.asks()
    launches = {ask.resource.rpartition(":")[2].partition("/")[0]: ask
                for ask in asks if ask.action == "ec2:RunInstances"}  # fmt: skip
    assert set(launches) == {
        "instance", "volume", "network-interface", "spot-instances-request", "image",
        "key-pair", "security-group", "subnet",
    }  # fmt: skip
    context = launches["instance"].context
    assert context["aws:RequestTag/app"] == ("unit",)
    assert context["ec2:InstanceType"] == ("g6.xlarge",)
    assert context["ec2:MetadataHttpTokens"] == ("required",)
    made = [ask for ask in asks if ask.action == "ec2:CreateTags"]
    assert {ask.context["ec2:CreateAction"] for ask in made} == {("RunInstances",)}
    assert [ask.resource for ask in asks if ask.action == "iam:PassRole" and ask.context.get(
        "iam:PassedToService") == ("ec2.amazonaws.com",)] == [
        "arn:aws:iam::123456789012:role/worker"]  # fmt: skip


def test_tags_open_and_close_doors(region, visitor):
    ours = visitor.launch(TagSpecifications=tags("instance", app="unit"))
    other = visitor.launch()
    region.limit(policy("ec2:TerminateInstances",
                        StringEquals={"aws:ResourceTag/app": "unit"}))  # fmt: skip
    visitor.ec2.terminate_instances(InstanceIds=[ours])
    with pytest.raises(ClientError, match="UnauthorizedOperation"):
        visitor.ec2.terminate_instances(InstanceIds=[other])


def test_what_was_asked_is_enough_to_be_allowed_again(region, visitor):
    config = {"LaunchTemplateSpecification": visitor.template(),
              "Overrides": overrides(["g6.xlarge"], ["us-east-1a"])}  # fmt: skip
    capacity = {"TotalTargetCapacity": 1, "DefaultTargetCapacityType": "spot"}
    visitor.ec2.create_fleet(
        Type="instant", LaunchTemplateConfigs=[config], TargetCapacitySpecification=capacity
    )
    asks = region.asks()
    assert {"ec2:CreateFleet", "ec2:RunInstances", "ssm:GetParameter"} <= {a.action for a in asks}
    exact = document({"Statement": [
        {"Effect": "Allow", "Action": ask.action, "Resource": ask.resource} for ask in asks
    ]})  # fmt: skip
    region.limit(exact)
    visitor.ec2.create_fleet(
        Type="instant", LaunchTemplateConfigs=[config], TargetCapacitySpecification=capacity
    )
    assert len(region.hosts()) == 2
