"""The doctor names what is missing, and goes on where it cannot look."""

import json

import boto3
import pytest

from orchestrator.cloud_errors import PermissionMissing
from orchestrator.errors import RequestRefused
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.doctor import clock_finding, examine
from orchestrator.fleet.ec2.policy import user_policy
from orchestrator.fleet.ec2.quota import (
    GPU_SPOT,
    ask_for,
    case_text,
    read_quota,
    vcpus_for,
)
from orchestrator.fleet.ec2.rights import rights
from orchestrator.fleet.ec2.setup import SetUp, who_am_i
from orchestrator.fleet.ec2.sign_in import ByRole, session_of
from orchestrator.secrets import Secrets

pytestmark = pytest.mark.timeout(120)
REGION = "us-east-1"
FREE = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def without(*actions):
    deny = {"Effect": "Deny", "Action": list(actions), "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [FREE, deny]}


@pytest.fixture
def clients(region):
    return Clients(boto3.Session(region_name=REGION), REGION)


@pytest.fixture
def account(clients):
    return who_am_i(clients)


def found(clients):
    return {finding.name: finding for finding in examine(clients)}


def test_an_account_that_is_ready_has_nothing_missing(region, clients, account):
    region.limit(user_policy(account))
    list(SetUp(clients, account).make())
    shares = []
    findings = examine(clients, lambda done, total: shares.append((done, total)))
    assert [f for f in findings if f.state == "missing"] == []
    assert shares[-1] == (len(shares), len(shares))
    names = [finding.name for finding in findings]
    assert names[:3] == ["sign-in", "clock", "permissions"]
    assert {"network", "bucket", "set-up", "services"} <= set(names)


def test_a_fresh_account_is_told_what_to_do(region, clients):
    region.quota(GPU_SPOT, 0)
    told = found(clients)
    assert told["bucket"].state == told["set-up"].state == "missing"
    assert "setup" in told["set-up"].advice
    quota = told["quota: G and VT spot instances"]
    assert quota.state == "missing"
    assert "--request" in quota.advice


def test_missing_actions_are_named_by_the_simulator(region, clients, account):
    region.limit(without("ec2:CreateFleet", "iam:PassRole", "scheduler:CreateSchedule"))
    found = rights(clients, account)
    assert found.by == "simulator"
    assert found.missing == ("ec2:CreateFleet", "iam:PassRole", "scheduler:CreateSchedule")


def test_without_the_simulator_harmless_attempts_name_what_they_can(region, clients, account):
    before = region.left_behind()
    region.limit(without("iam:SimulatePrincipalPolicy", "ec2:RunInstances", "sqs:ListQueues"))
    found = rights(clients, account)
    assert found.by == "attempts"
    assert found.missing == ("ec2:RunInstances", "iam:SimulatePrincipalPolicy", "sqs:ListQueues")
    assert region.left_behind() == before
    assert region.alive() == []


def test_an_expired_sign_in_is_all_that_is_said(region, clients):
    region.expire_credentials()
    findings = examine(clients)
    assert findings[0].name == "sign-in"
    assert findings[0].state == "missing"


def test_a_silent_service_is_named(region, clients, account):
    list(SetUp(clients, account).make())
    region.lose_request("ssm.GetParameter", times=5)
    assert "ssm" in found(clients)["services"].found


def test_a_region_without_a_default_network_is_told(region, clients):
    ec2 = clients("ec2")
    network = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]
    wanted = [{"Name": "vpc-id", "Values": [network["VpcId"]]}]
    for subnet in ec2.describe_subnets(Filters=wanted)["Subnets"]:
        ec2.delete_subnet(SubnetId=subnet["SubnetId"])
    ec2.delete_vpc(VpcId=network["VpcId"])
    assert found(clients)["network"].state == "missing"


@pytest.mark.parametrize(
    ("skew_s", "state"), [(0, "good"), (-20, "good"), (60, "note"), (-400, "missing")]
)
def test_a_clock_that_is_off_is_told(skew_s, state):
    assert clock_finding(skew_s).state == state


def test_a_quota_is_asked_for_once_and_followed(region, clients):
    region.quota(GPU_SPOT, 0)
    quota = read_quota(clients, GPU_SPOT)
    assert (quota.vcpus, quota.instances, quota.request) == (0, 0, None)
    assert "new account" in quota.words
    asked = ask_for(clients, GPU_SPOT, vcpus_for(4))
    assert asked.request.vcpus == 20
    assert asked.request.is_open
    assert ask_for(clients, GPU_SPOT, 40).request.id == asked.request.id
    region.decide_quota(GPU_SPOT, "CASE_OPENED")
    assert "support case" in read_quota(clients, GPU_SPOT).words
    region.decide_quota(GPU_SPOT, "APPROVED")
    quota = read_quota(clients, GPU_SPOT)
    assert (quota.vcpus, quota.instances) == (20, 5)
    with pytest.raises(RequestRefused):
        ask_for(clients, GPU_SPOT, 20)


def test_a_denied_request_can_be_made_again_smaller(region, clients):
    region.quota(GPU_SPOT, 0)
    ask_for(clients, GPU_SPOT, 400)
    region.decide_quota(GPU_SPOT, "DENIED")
    assert read_quota(clients, GPU_SPOT).request.is_hopeless
    assert ask_for(clients, GPU_SPOT, 8).request.vcpus == 8


def test_the_text_for_the_support_case_has_the_numbers():
    text = case_text(GPU_SPOT, "us-east-2", 20)
    for word in (GPU_SPOT, "us-east-2", "20 vCPUs", "up to 4 instances"):
        assert word in text


def test_a_role_is_assumed_and_its_own_rights_are_examined(region, clients, account):
    allowed = without("ec2:CreateFleet", "s3:PutObject")
    iam = clients("iam")
    arn = iam.create_role(RoleName="artist", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    iam.put_role_policy(RoleName="artist", PolicyName="p", PolicyDocument=json.dumps(allowed))
    session = session_of(ByRole(arn), REGION, Secrets())
    assumed = Clients(session, REGION)
    who = who_am_i(assumed)
    assert ":assumed-role/artist/second-unit" in who.arn
    assert rights(assumed, who).missing == ("ec2:CreateFleet", "s3:PutObject")
    secret = session.get_credentials().get_frozen_credentials()
    assert secret.secret_key not in repr(session) + repr(assumed) + repr(who)


def test_a_role_that_may_not_be_assumed_is_told(region, clients):
    region.limit(without("sts:AssumeRole"))
    assumed = Clients(session_of(ByRole("arn:aws:iam::1:role/x"), REGION, Secrets()), REGION)
    with pytest.raises(PermissionMissing) as refused:
        who_am_i(assumed)
    assert refused.value.action == "AssumeRole"
