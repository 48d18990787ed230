"""Say how many GPUs an account may have, ask AWS for more, and follow what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from orchestrator.cloud_errors import CloudError
from orchestrator.errors import RequestRefused
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import code_of, named

GPU_SPOT = "L-3819A6DF"
"""All G and VT Spot Instance Requests: the types that work is done on."""
BIG_GPU_SPOT = "L-7212CCBC"
"""All P4, P3 and P2 Spot Instance Requests."""
GPU_ON_DEMAND = "L-DB2E81BA"
"""Running On-Demand G and VT instances: for the fallback."""
NAMES = {
    GPU_SPOT: "G and VT spot instances",
    BIG_GPU_SPOT: "P spot instances",
    GPU_ON_DEMAND: "G and VT on-demand instances",
}
VCPUS_EACH = 4
"""Of the smallest GPU types, such as g4dn.xlarge, g5.xlarge and g6.xlarge."""
_SERVICE = "ec2"
_OPEN = ("PENDING", "CASE_OPENED")
_HOPELESS = ("DENIED", "CASE_CLOSED", "NOT_APPROVED", "INVALID_REQUEST")
_ASKED_ALREADY = ("ResourceAlreadyExistsException", "QuotaExceededException")
_STATUS_WORDS = {
    "PENDING": "AWS is looking at it",
    "CASE_OPENED": "AWS has opened a support case; answer there if it asks",
    "APPROVED": "AWS has approved it",
    "DENIED": "AWS has denied it; ask for fewer, or write to AWS support",
    "CASE_CLOSED": "the support case is closed; look there for the answer",
    "NOT_APPROVED": "AWS has not approved it; look into the support case",
    "INVALID_REQUEST": "AWS takes it for invalid",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRequest:
    """A request for more, as AWS has it."""

    id: str
    vcpus: int
    status: str
    """AWS's word, such as ``PENDING``, ``CASE_OPENED``, ``APPROVED`` or ``DENIED``."""
    case_id: str
    """Of the support case; empty when there is none."""

    @property
    def is_open(self) -> bool:
        """Whether AWS has still to decide."""
        return self.status in _OPEN

    @property
    def is_hopeless(self) -> bool:
        """Whether nothing comes of it any more."""
        return self.status in _HOPELESS

    @property
    def words(self) -> str:
        """What the status means."""
        return _STATUS_WORDS.get(self.status, f"AWS calls it {self.status}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What an account may have of one kind in one region at the same time."""

    code: str
    region: str
    vcpus: int
    request: QuotaRequest | None
    """The newest request for more; None where there was none."""

    @property
    def instances(self) -> int:
        """How many of the smallest GPU instances that is."""
        return self.vcpus // VCPUS_EACH

    @property
    def words(self) -> str:
        """What it means, in one or two sentences."""
        kind, each = NAMES.get(self.code, self.code), f"{VCPUS_EACH} vCPUs each"
        if not self.vcpus:
            said = f"This account may have no {kind} in {self.region}, as every new account."
        else:
            said = (
                f"This account may have {self.vcpus} vCPUs of {kind} in {self.region}: "
                f"{self.instances} at a time with {each}."
            )
        if self.request is None:
            return said
        return f"{said} {self.request.vcpus} vCPUs were asked for: {self.request.words}."


def read_quota(clients: Clients, code: str) -> Quota:
    """Return a quota and the newest request about it.

    Raises:
        CloudError: AWS does not answer, or this sign-in may not ask.
    """
    quotas = clients("service-quotas")
    with named("reading the GPU quota"):
        told = quotas.get_service_quota(ServiceCode=_SERVICE, QuotaCode=code)["Quota"]
        requests = _requests(quotas, code)
    newest = max(requests, key=lambda each: each["Created"], default=None)
    return Quota(
        code=code,
        region=clients.region,
        vcpus=int(told["Value"]),
        request=_request(newest) if newest else None,
    )


def ask_for(clients: Clients, code: str, vcpus: int) -> Quota:
    """Ask AWS for a quota of so many vCPUs, unless that was done; return how it stands.

    Raises:
        RequestRefused: the account may have as many already.
        CloudError: AWS does not take the request.
    """
    now = read_quota(clients, code)
    if vcpus <= now.vcpus:
        raise RequestRefused(
            f"This account may have {now.vcpus} vCPUs already.", "Ask for more than that."
        )
    if now.request is not None and now.request.is_open:
        return now
    try:
        with named("asking for more GPUs"):
            clients("service-quotas").request_service_quota_increase(
                ServiceCode=_SERVICE, QuotaCode=code, DesiredValue=float(vcpus)
            )
    except CloudError as error:
        cause = error.__cause__
        if not isinstance(cause, ClientError) or code_of(cause) not in _ASKED_ALREADY:
            raise
    return read_quota(clients, code)


def vcpus_for(instances: int, vcpus_each: int = VCPUS_EACH) -> int:
    """Return what so many instances need: an interrupted one counts until it is gone."""
    return (instances + 1) * vcpus_each


def case_text(code: str, region: str, vcpus: int) -> str:
    """Return what to write into the support case, should AWS ask what the GPUs are for."""
    return (
        f"Please raise '{NAMES.get(code, code)}' ({code}) in {region} to {vcpus} vCPUs.\n"
        f"Use: rendering of my own video projects with Second Unit, a desktop application. It"
        f" launches up to {max(1, vcpus // VCPUS_EACH - 1)} instances of types such as g4dn.xlarge,"
        " g5.xlarge and g6.xlarge for minutes to hours, a few times a week.\n"
        "The work is cut into small segments and kept in S3, so interruptions are expected and"
        " cost nothing. Every instance has a maximum life by shutdown order, by a watchdog and by"
        " an EventBridge schedule, and a budget per job and per month.\n"
        "The number includes one replacement beside the instances that run, as an interrupted"
        " instance counts until it is terminated."
    )


def _requests(quotas: Any, code: str) -> list[dict[str, Any]]:
    pages = quotas.get_paginator("list_requested_service_quota_change_history_by_quota")
    return [
        each
        for page in pages.paginate(ServiceCode=_SERVICE, QuotaCode=code)
        for each in page["RequestedQuotas"]
    ]


def _request(told: dict[str, Any]) -> QuotaRequest:
    return QuotaRequest(
        id=str(told["Id"]),
        vcpus=int(told["DesiredValue"]),
        status=str(told["Status"]),
        case_id=str(told.get("CaseId") or ""),
    )
