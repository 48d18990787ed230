"""The set-up of an account is made once, again without harm, and removed without a trace."""

import json

import boto3
import pytest
from botocore.exceptions import ClientError

from orchestrator.cloud_errors import CloudRefused, CloudUnreachable, PermissionMissing
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.policy import job_profile, remove_job_profile, user_policy
from orchestrator.fleet.ec2.setup import SetUp, policy_document, who_am_i

pytestmark = pytest.mark.timeout(120)
REGION = "us-east-1"
JOB = "20260101-000000-abcd"


@pytest.fixture
def clients(region):
    return Clients(boto3.Session(region_name=REGION), REGION)


@pytest.fixture
def account(clients):
    return who_am_i(clients)


@pytest.fixture
def set_up(clients, account):
    return SetUp(clients, account)


def roles(clients):
    return sorted(
        each["RoleName"]
        for each in clients("iam").list_roles()["Roles"]
        if each["RoleName"].startswith("secondunit")
    )


def buckets(clients):
    return [each["Name"] for each in clients("s3").list_buckets()["Buckets"]]


def test_the_set_up_is_made_again_without_harm_and_removed_whole(region, clients, set_up, account):
    before = region.left_behind()
    steps = list(set_up.make())
    assert list(set_up.make()) == steps
    assert roles(clients) == ["secondunit-terminator", "secondunit-worker"]
    list(set_up.remove())
    assert list(set_up.remove())  # removing again finds nothing, and that is well
    assert buckets(clients) == []
    assert roles(clients) == []
    assert clients("iam").list_policies(Scope="Local")["Policies"] == []
    assert region.left_behind() == before


def test_the_bucket_is_closed_encrypted_and_forgets(clients, set_up, account):
    list(set_up.make())
    s3, bucket = clients("s3"), account.bucket
    closed = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert all(closed.values())
    rules = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rules[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    lives = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert {rule["ID"] for rule in lives} == {"staged media expire", "half an upload is none"}
    policy = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])
    assert policy["Statement"][0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_a_bucket_with_versions_and_half_uploads_is_removed(clients, set_up, account):
    list(set_up.make())
    s3, bucket = clients("s3"), account.bucket
    s3.delete_bucket_policy(Bucket=bucket)
    versioned = {"Status": "Enabled"}
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=versioned)
    for body in (b"one", b"two"):
        s3.put_object(Bucket=bucket, Key="jobs/a/x", Body=body)
    s3.delete_object(Bucket=bucket, Key="jobs/a/x")
    s3.create_multipart_upload(Bucket=bucket, Key="jobs/a/y")
    list(set_up.remove())
    assert buckets(clients) == []


FAILING = ("CreateBucket", "CreateSecurityGroup", "PutRolePolicy", "CreateScheduleGroup")


@pytest.mark.parametrize("action", FAILING)
def test_a_set_up_that_broke_off_is_finished_the_next_time(region, clients, set_up, action):
    region.throttle(action, times=1, code="MalformedPolicyDocument")  # no SDK tries that again
    with pytest.raises(CloudRefused):
        list(set_up.make())
    list(set_up.make())
    assert set_up.group_id().startswith("sg-")
    assert roles(clients) == ["secondunit-terminator", "secondunit-worker"]
    profile = clients("iam").get_instance_profile(InstanceProfileName=names.PROFILE)
    assert [each["RoleName"] for each in profile["InstanceProfile"]["Roles"]] == [names.ROLE]


def test_a_set_up_whose_answers_are_lost_is_made(region, set_up):
    for action in ("CreateBucket", "CreateSecurityGroup", "CreateRole", "CreateScheduleGroup"):
        region.lose_answer(action)
    list(set_up.make())
    assert set_up.group_id().startswith("sg-")


def test_nothing_is_removed_while_an_instance_runs(region, clients, set_up, account):
    list(set_up.make())
    tags = [{"ResourceType": "instance", "Tags": names.tags(JOB)}]
    image = clients("ec2").describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    clients("ec2").run_instances(
        ImageId=image, InstanceType="t3.nano", MinCount=1, MaxCount=1, TagSpecifications=tags
    )
    with pytest.raises(CloudRefused, match="still running"):
        list(set_up.remove())
    assert buckets(clients) == [account.bucket]


def test_a_job_has_a_role_of_its_own_until_it_is_removed(clients, set_up, account):
    list(set_up.make())
    name = job_profile(clients, account, JOB)
    assert name == f"secondunit-job-{JOB}"
    assert job_profile(clients, account, JOB) == name
    role = clients("iam").get_role(RoleName=name)["Role"]
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == account.boundary_arn
    remove_job_profile(clients, JOB)
    remove_job_profile(clients, JOB)
    assert roles(clients) == ["secondunit-terminator", "secondunit-worker"]


def test_the_set_ups_removal_takes_roles_of_jobs_along(clients, set_up, account):
    list(set_up.make())
    job_profile(clients, account, JOB)
    list(set_up.remove())
    assert roles(clients) == []


def test_where_no_role_can_be_made_the_shared_one_serves(region, clients, set_up, account):
    list(set_up.make())
    allowed = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    denied = {"Effect": "Deny", "Action": "iam:CreateRole", "Resource": "*"}
    region.limit({"Version": "2012-10-17", "Statement": [allowed, denied]})
    assert job_profile(clients, account, JOB) == names.PROFILE


def test_a_jobs_role_reaches_the_job_and_nothing_else(region, clients, set_up, account):
    list(set_up.make())
    s3, sqs = clients("s3"), clients("sqs")
    s3.delete_bucket_policy(Bucket=account.bucket)
    for job in (JOB, "another"):
        s3.put_object(Bucket=account.bucket, Key=f"jobs/{job}/x", Body=b"x")
    urls = [sqs.create_queue(QueueName=f"secondunit-{j}-1")["QueueUrl"] for j in (JOB, "another")]
    region.limit(policy_document("job-policy.json", account, JOB))
    fresh = boto3.Session(region_name=REGION)
    s3, sqs = fresh.client("s3"), fresh.client("sqs")
    assert s3.get_object(Bucket=account.bucket, Key=f"jobs/{JOB}/x")["Body"].read() == b"x"
    assert sqs.receive_message(QueueUrl=urls[0]).get("Messages") is None
    for forbidden in (
        lambda: s3.get_object(Bucket=account.bucket, Key="jobs/another/x"),
        lambda: s3.put_object(Bucket=account.bucket, Key="shared/x", Body=b""),
        lambda: s3.delete_object(Bucket=account.bucket, Key=f"jobs/{JOB}/x"),
        lambda: sqs.receive_message(QueueUrl=urls[1]),
        lambda: sqs.delete_queue(QueueUrl=urls[0]),
    ):
        with pytest.raises(ClientError, match=r"denied|authorized|AccessDenied"):
            forbidden()


def test_the_user_policy_lets_an_account_be_set_up_and_removed(region, clients, set_up, account):
    region.limit(user_policy(account))
    list(set_up.make())
    job_profile(clients, account, JOB)
    remove_job_profile(clients, JOB)
    list(set_up.remove())
    region.unlimit()
    assert buckets(clients) == []


def test_a_role_without_the_boundary_cannot_be_made_by_the_user_policy(region, clients, account):
    region.limit(user_policy(account))
    with pytest.raises(ClientError):
        clients("iam").create_role(RoleName="secondunit-x", AssumeRolePolicyDocument="{}")


def test_a_missing_right_is_named(region, clients, set_up):
    region.limit({"Version": "2012-10-17", "Statement": []})
    with pytest.raises(PermissionMissing) as refused:
        list(set_up.make())
    assert refused.value.action == "CreateBucket"


def test_a_service_that_is_silent_is_told_as_that(region, clients, set_up):
    region.lose_request("CreateBucket", times=20)
    with pytest.raises(CloudUnreachable):
        list(set_up.make())
    region.heal_api()
