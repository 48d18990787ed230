"""Name everything that the app makes in an account, so that it can be found again and is ours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Literal

APP = "secondunit"
TAG = "secondunit:app"
TAG_JOB = "secondunit:job"
TAG_LEASE = "secondunit:lease"
TAG_ENDS = "secondunit:ends-at"
"""When it is to be gone at the latest, ISO 8601 in UTC: what a sweep from anywhere goes by."""
ROLE = "secondunit-worker"
PROFILE = "secondunit-worker"
SCHEDULER_ROLE = "secondunit-terminator"
BOUNDARY = "secondunit-boundary-1"
"""The policy that no role of ours reaches beyond; what it says never changes under a name."""
JOB_ROLE_PREFIX = "secondunit-job-"
SECURITY_GROUP = "secondunit-worker"
SCHEDULE_GROUP = "secondunit"
_TOKEN_LETTERS = 64
_ROLE_LETTERS = 64
_JOB = re.compile(r"[a-z0-9-]{1,64}")

Market = Literal["spot", "on-demand"]


def bucket_name(account_id: str, region: str) -> str:
    """Return the staging bucket's name; the account in it makes it the user's own."""
    return f"{APP}-{account_id}-{region}"


def job_prefix(job_id: str) -> str:
    """Return what every key of a job begins with.

    Raises:
        ValueError: it is no job's id.
    """
    if not _JOB.fullmatch(job_id):
        raise ValueError(f"{job_id[:70]!r} is no job's id")
    return f"jobs/{job_id}/"


def queue_name(job_id: str, run: int) -> str:
    """Return the name of one run's queue; its dead letters' ends in ``-dead``."""
    return f"{APP}-{job_id}-{run}"


def template_name(job_id: str, run: int) -> str:
    """Return the name of one run's launch template."""
    return f"{APP}-{job_id}-{run}"


def job_role(job_id: str) -> str:
    """Return the name of a job's own role, and of its instance profile.

    Raises:
        ValueError: it is no job's id.
    """
    job_prefix(job_id)
    name = f"{JOB_ROLE_PREFIX}{job_id}"
    if len(name) <= _ROLE_LETTERS:
        return name
    room = _ROLE_LETTERS - len(JOB_ROLE_PREFIX)  # IAM takes no longer ones; a digest is unlike
    return JOB_ROLE_PREFIX + hashlib.sha256(job_id.encode()).hexdigest()[:room]


def schedule_name(instance_id: str) -> str:
    """Return the name of the schedule that terminates one instance."""
    return f"{APP}-{instance_id}"


def tags(job_id: str, lease_id: str = "", ends_at: str = "") -> list[dict[str, str]]:
    """Return the tags of a thing, as EC2 takes them."""
    pairs = {TAG: APP, "Name": f"Second Unit {job_id}", TAG_JOB: job_id}
    pairs |= {TAG_LEASE: lease_id} if lease_id else {}
    pairs |= {TAG_ENDS: ends_at} if ends_at else {}
    return [{"Key": name, "Value": value} for name, value in pairs.items()]


def is_ours(tagged: Mapping[str, str]) -> bool:
    """Return whether a thing with these tags was made by the app."""
    return tagged.get(TAG) == APP


def client_token(*parts: str) -> str:
    """Return the token under which a call with these parts is made, however often.

    EC2 takes a token for one set of parameters and, where a zone is named, for one zone; a
    token of an instance that was terminated since is refused.  So whatever differs goes in:
    job, slot, attempt, types and zones.
    """
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_TOKEN_LETTERS]
