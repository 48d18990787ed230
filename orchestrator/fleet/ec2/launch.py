"""Ask EC2 for one instance at a time, so that no crash, lost answer or retry makes a second."""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from orchestrator.cloud_errors import (
    CapacityRefused,
    CloudError,
    CloudRefused,
    CloudUnreachable,
    QuotaTooSmall,
    Throttled,
)
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import named, refusal
from orchestrator.fleet.ec2.ledger import Asked, Launched, Ledger, RefusedLaunch, next_attempt
from orchestrator.fleet.ec2.names import Market

TAG_TOKEN = "secondunit:token"  # noqa: S105  # the name of a tag
_TRIES = 6
_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """One instance type in one zone, and what it costs now."""

    instance_type: str
    zone: str
    subnet_id: str
    spot_usd_per_hour: Decimal | None
    """None where spot is not offered."""
    on_demand_usd_per_hour: Decimal

    def usd_per_hour(self, market: Market) -> Decimal:
        """Return the price of the market that is asked for."""
        spot = self.spot_usd_per_hour
        return spot if market == "spot" and spot is not None else self.on_demand_usd_per_hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """What every instance of one run is launched with."""

    job_id: str
    run: int
    image_id: str
    user_data: str
    security_group_id: str
    key_name: str
    disk_gib: int
    ends_at: str
    """UTC, ISO 8601: tagged, for sweeps."""


class Launcher:
    """Launches for one run of one job; use from any thread."""

    def __init__(
        self,
        clients: Clients,
        ledger: Ledger,
        outfit: Outfit,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clients, self._ledger, self.outfit = clients, ledger, outfit
        self._pause = pause
        self._template_id = ""

    def prepare(self) -> None:
        """Make the launch template, or find the one that a killed run made.

        Raises:
            CloudError: AWS does not take it.
        """
        name = names.template_name(self.outfit.job_id, self.outfit.run)
        ec2 = self._clients("ec2")
        with named("preparing the launch"):
            found = ec2.describe_launch_templates(
                Filters=[{"Name": "launch-template-name", "Values": [name]}]
            )["LaunchTemplates"]
            if found:
                self._template_id = found[0]["LaunchTemplateId"]
                return
            made = ec2.create_launch_template(
                LaunchTemplateName=name,
                ClientToken=names.client_token("template", name),
                LaunchTemplateData=template_data(self.outfit),
                TagSpecifications=[_tagged("launch-template", names.tags(self.outfit.job_id))],
            )
        self._template_id = made["LaunchTemplate"]["LaunchTemplateId"]

    def launch(self, lease_id: str, pools: Sequence[Pool], market: Market) -> Launched:
        """Return an instance of one of ``pools``; the cheapest that is likely to last.

        Raises:
            QuotaTooSmall: the account may not have it; another pool does not help.
            CapacityRefused: none of the pools has one now.
            CloudError: AWS does not answer, or refuses; what came of it is in the ledger.
        """
        attempt = next_attempt(self._ledger.lines, lease_id)
        token = self._token(lease_id, attempt, pools, market)
        self._ledger.write(self._asked(lease_id, attempt, token, pools, market))
        return self.settle(lease_id, token, pools, market)

    def settle(self, lease_id: str, token: str, pools: Sequence[Pool], market: Market) -> Launched:
        """Find out what became of a launch that was asked for, asking again as it was.

        Raises:
            CloudError: as :meth:`launch`.
        """
        try:
            described = self._patiently(
                lambda: self._adopted(token) or self._created(token, lease_id, pools, market)
            )
        except (QuotaTooSmall, CapacityRefused, CloudRefused) as error:
            refused = RefusedLaunch(lease_id=lease_id, token=token, reason=error.code, at=_now())
            self._ledger.write(refused)
            raise
        launched = self._launched(lease_id, token, described, pools, market)
        self._ledger.write(launched)
        return launched

    def clear(self) -> None:
        """Remove the launch template; safe to perform twice.

        Raises:
            CloudError: AWS does not answer.
        """
        name = names.template_name(self.outfit.job_id, self.outfit.run)
        try:
            with named("clearing up after the launch"):
                self._clients("ec2").delete_launch_template(LaunchTemplateName=name)
        except CloudRefused as error:
            if "NotFound" not in error.sentence:
                raise

    def _token(self, lease_id: str, attempt: int, pools: Sequence[Pool], market: Market) -> str:
        named_pools = [f"{pool.instance_type}@{pool.subnet_id}" for pool in pools]
        run = str(self.outfit.run)
        return names.client_token(
            self.outfit.job_id, run, lease_id, str(attempt), market, *named_pools
        )

    def _asked(
        self, lease_id: str, attempt: int, token: str, pools: Sequence[Pool], market: Market
    ) -> Asked:
        return Asked(
            lease_id=lease_id,
            attempt=attempt,
            token=token,
            region=self._clients.region,
            pools=tuple((pool.instance_type, pool.subnet_id) for pool in pools),
            market=market,
            at=_now(),
        )

    def _adopted(self, token: str) -> dict[str, Any] | None:
        """Return the living instance that carries this token, made by a call we did not hear."""
        with named("looking for instances"):
            pages = (
                self._clients("ec2")
                .get_paginator("describe_instances")
                .paginate(
                    Filters=[
                        {"Name": f"tag:{TAG_TOKEN}", "Values": [token]},
                        {"Name": "instance-state-name", "Values": ["pending", "running"]},
                    ]
                )
            )
            found = [
                each for page in pages for r in page["Reservations"] for each in r["Instances"]
            ]
        return found[0] if found else None

    def _created(
        self, token: str, lease_id: str, pools: Sequence[Pool], market: Market
    ) -> dict[str, Any]:
        with named("launching an instance"):
            answer = self._clients("ec2").create_fleet(
                **fleet_request(self.outfit, self._template_id, token, lease_id, pools, market)
            )
        instances = [
            (each, instance_id)
            for each in answer.get("Instances", ())
            for instance_id in each["InstanceIds"]
        ]
        if not instances:
            raise _worst([refusal(e["ErrorCode"], _pool_of(e)) for e in answer.get("Errors", ())])
        each, instance_id = instances[0]
        override = each.get("LaunchTemplateAndOverrides", {}).get("Overrides", {})
        return {
            "InstanceId": instance_id,
            "InstanceType": each["InstanceType"],
            "SubnetId": override.get("SubnetId", ""),
            "Placement": {"AvailabilityZone": override.get("AvailabilityZone", "")},
        }

    def _patiently(self, call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        for attempt in range(1, _TRIES + 1):
            try:
                return call()
            except (Throttled, CloudUnreachable):
                if attempt == _TRIES:
                    raise
            pause_s = min(_LONGEST_PAUSE_S, _PAUSE_S * 2**attempt)
            self._pause(random.uniform(pause_s / 2, pause_s))  # noqa: S311  # jitter, no secret
        raise AssertionError("the last try returns or raises")

    def _launched(
        self,
        lease_id: str,
        token: str,
        described: dict[str, Any],
        pools: Sequence[Pool],
        market: Market,
    ) -> Launched:
        kind, subnet = described["InstanceType"], described.get("SubnetId", "")
        fitting = [pool for pool in pools if pool.instance_type == kind]
        pool = next((pool for pool in fitting if pool.subnet_id == subnet), fitting[0])
        return Launched(
            lease_id=lease_id,
            token=token,
            instance_id=described["InstanceId"],
            instance_type=kind,
            zone=described["Placement"]["AvailabilityZone"] or pool.zone,
            region=self._clients.region,
            market=market,
            usd_per_hour=pool.usd_per_hour(market),
            on_demand_usd_per_hour=pool.on_demand_usd_per_hour,
            at=_now(),
        )


def template_data(outfit: Outfit) -> dict[str, Any]:
    """Return the launch template: locked down, encrypted, and gone when the host is down."""
    tags = names.tags(outfit.job_id, ends_at=outfit.ends_at)
    return {
        "ImageId": outfit.image_id,
        "KeyName": outfit.key_name,
        "IamInstanceProfile": {"Name": names.PROFILE},
        "UserData": base64.b64encode(outfit.user_data.encode()).decode(),
        "InstanceInitiatedShutdownBehavior": "terminate",
        "MetadataOptions": {
            "HttpTokens": "required",
            "HttpEndpoint": "enabled",
            "HttpPutResponseHopLimit": 1,
            "InstanceMetadataTags": "disabled",
        },
        "BlockDeviceMappings": [
            {
                "DeviceName": "/dev/sda1",
                "Ebs": {
                    "VolumeSize": outfit.disk_gib,
                    "VolumeType": "gp3",
                    "Encrypted": True,
                    "DeleteOnTermination": True,
                },
            }
        ],
        "NetworkInterfaces": [
            {
                "DeviceIndex": 0,
                "AssociatePublicIpAddress": True,
                "DeleteOnTermination": True,
                "Groups": [outfit.security_group_id],
            }
        ],
        "TagSpecifications": [
            _tagged(kind, tags) for kind in ("instance", "volume", "network-interface")
        ],
    }


def fleet_request(
    outfit: Outfit,
    template_id: str,
    token: str,
    lease_id: str,
    pools: Sequence[Pool],
    market: Market,
) -> dict[str, Any]:
    """Return the CreateFleet request for one instance of one of ``pools``."""
    own = [
        *names.tags(outfit.job_id, lease_id, outfit.ends_at),
        {"Key": TAG_TOKEN, "Value": token},
    ]
    return {
        "Type": "instant",
        "ClientToken": token,
        "LaunchTemplateConfigs": [
            {
                "LaunchTemplateSpecification": {
                    "LaunchTemplateId": template_id,
                    "Version": "$Latest",
                },
                "Overrides": [
                    {"InstanceType": pool.instance_type, "SubnetId": pool.subnet_id}
                    for pool in pools
                ],
            }
        ],
        "TargetCapacitySpecification": {
            "TotalTargetCapacity": 1,
            "DefaultTargetCapacityType": market,
        },
        "SpotOptions": {
            "AllocationStrategy": "price-capacity-optimized",
            "InstanceInterruptionBehavior": "terminate",
        },
        "OnDemandOptions": {"AllocationStrategy": "lowest-price"},
        "TagSpecifications": [_tagged("fleet", own), _tagged("instance", own)],
    }


def _worst(refusals: list[CloudError]) -> CloudError:
    """Return the refusal that decides: a quota holds everywhere, a code nobody knows is told."""
    for kind in (QuotaTooSmall, CloudRefused, Throttled, CapacityRefused):
        for each in refusals:
            if isinstance(each, kind):
                return each
    return CapacityRefused("AWS gave no instance and no reason.", "It is tried again.")


def _pool_of(error: dict[str, Any]) -> str:
    override = error.get("LaunchTemplateAndOverrides", {}).get("Overrides", {})
    place = override.get("AvailabilityZone") or override.get("SubnetId") or "any zone"
    return f"{override.get('InstanceType', 'instance')} in {place}"


def _tagged(kind: str, tags: list[dict[str, str]]) -> dict[str, Any]:
    return {"ResourceType": kind, "Tags": tags}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
