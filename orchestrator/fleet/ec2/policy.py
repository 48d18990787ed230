"""Give each job a role that reaches only the job, and say what a user's sign-in needs."""

from __future__ import annotations

import json
import logging
from typing import Any

from botocore.exceptions import ClientError

from orchestrator.cloud_errors import CloudUnreachable, PermissionMissing
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import code_of, named
from orchestrator.fleet.ec2.patience import wait_until
from orchestrator.fleet.ec2.setup import Account, make_profile, policy_document, remove_profile

POLICY_NAME = "SecondUnitUser"
LONGEST_POLICY = 6144
"""Letters that IAM takes for a managed policy, white space not counted."""
_PROPAGATE_S = 60.0
SMALLEST = "t3.nano"
"""The smallest instance that the policy allows: for drills, and for asking without launching."""
_log = logging.getLogger(__name__)


def user_policy(account: Account) -> str:
    """Return the one policy that a user's sign-in needs, as text for IAM."""
    return json.dumps(json.loads(policy_document("user-policy.json", account)), indent=1)


def job_profile(
    clients: Clients,
    account: Account,
    job_id: str,
    image_id: str = "",
    *,
    patience_s: float = _PROPAGATE_S,
) -> str:
    """Return the instance profile of a job: its own, or the set-up's where none can be made.

    The job's own role reaches the job's prefix and queue and nothing else.  IAM takes some
    seconds to tell EC2 of it, which are waited for; with an image EC2 itself is asked.

    Raises:
        CloudError: AWS does not answer.
    """
    name = names.job_role(job_id)
    document = policy_document("job-policy.json", account, job_id)
    try:
        with named("making the job's role"):
            make_profile(clients, account, name, name, document)
        wait_until(lambda: _is_known(clients, name, image_id), patience_s)
    except (PermissionMissing, CloudUnreachable) as error:
        _log.warning("%s The role that all jobs share is used instead.", error.sentence)
        return names.PROFILE
    return name


def remove_job_profile(clients: Clients, job_id: str) -> None:
    """Remove a job's own role and profile; safe to perform twice, and where there is none.

    Raises:
        CloudError: AWS does not answer.
    """
    name = names.job_role(job_id)
    try:
        with named("removing the job's role"):
            remove_profile(clients, name, name)
    except PermissionMissing as error:
        _log.warning("%s It stays until the next sweep.", error.sentence)


def _is_known(clients: Clients, profile: str, image_id: str) -> bool:
    """Return whether a launch with the profile would be taken by now."""
    with named("looking for the job's role"):
        found: dict[str, Any] = clients("iam").get_instance_profile(InstanceProfileName=profile)
    if not found["InstanceProfile"]["Roles"]:
        return False
    return not image_id or not _refuses_profile(clients, profile, image_id)


def _refuses_profile(clients: Clients, profile: str, image_id: str) -> bool:
    """Return whether EC2 has not heard of the profile; it launches nothing to say so."""
    ours = [{"Key": names.TAG, "Value": names.APP}]
    try:
        clients("ec2").run_instances(
            DryRun=True,
            MinCount=1,
            MaxCount=1,
            ImageId=image_id,
            InstanceType=SMALLEST,
            IamInstanceProfile={"Name": profile},
            MetadataOptions={"HttpTokens": "required"},
            BlockDeviceMappings=[{"DeviceName": "/dev/sda1", "Ebs": {"Encrypted": True}}],
            TagSpecifications=[{"ResourceType": "instance", "Tags": ours}],
        )
    except ClientError as error:
        return is_profile_unknown(error)  # anything else is the launch's to tell
    return False


def is_profile_unknown(error: ClientError) -> bool:
    """Return whether EC2 refuses a launch because it has not heard of the profile yet."""
    words = str(error.response.get("Error", {}).get("Message", ""))
    return code_of(error) == "InvalidParameterValue" and "nstance Profile" in words
