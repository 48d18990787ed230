"""Ask EC2 for one instance at a time, so that no crash, lost answer or retry makes a second."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from orchestrator.cloud_errors import (
    BudgetReached,
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
from orchestrator.fleet.ec2.ledger import (
    Asked,
    Launched,
    Ledger,
    Line,
    RefusedLaunch,
    next_attempt,
)
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
    root_device: str = "/dev/sda1"
    """As the image calls its first disk."""
    life_s: float
    """After which an instance is to be gone, whatever became of it."""
    profile: str = names.PROFILE
    """What instances may reach is this instance profile's role's."""


LifeFor = Callable[[tuple[Line, ...], Decimal], float]
"""Says how long the next instance may live, by the ledger and a price per hour; 0: not at all."""
Dress = Callable[[float, str], Outfit]
"""Makes the outfit of an instance that lives for so long, and no longer than until that time (UTC,
ISO 8601); empty: whenever it begins."""


class Launcher:
    """Launches for one run of one job; use from any thread."""

    def __init__(
        self,
        clients: Clients,
        ledger: Ledger,
        outfit: Outfit,
        *,
        life_for: LifeFor | None = None,
        dress: Dress | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """With ``life_for`` and ``dress`` each instance lives as long as the budget pays for."""
        self._clients, self._ledger, self.outfit = clients, ledger, outfit
        self._life_for, self._dress, self._pause = life_for, dress, pause
        self._templates: dict[tuple[float, str], str] = {}
        self._lock = threading.Lock()
        self._asking = threading.Lock()

    def prepare(self) -> None:
        """Make the launch template, or find the one that a killed run made of the same things.

        Raises:
            CloudError: AWS does not take it.
        """
        self._template_for(self.outfit.life_s)

    def _template_for(self, life_s: float, ends_at: str = "") -> str:
        """Return the template of instances that live for so long, made once.

        With ``ends_at`` they may begin at any time and end no later than then.
        """
        key = (life_s, ends_at)
        with self._lock:
            if key not in self._templates:
                dressed = self._dress(*key) if self._dress is not None else self.outfit
                self._templates[key] = self._made(dressed)
            return self._templates[key]

    def _made(self, outfit: Outfit) -> str:
        data = template_data(outfit)
        made_of = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:8]
        name = f"{names.template_name(self.outfit.job_id, self.outfit.run)}-{made_of}"
        ec2 = self._clients("ec2")
        with named("preparing the launch"):
            found = ec2.describe_launch_templates(
                Filters=[{"Name": "launch-template-name", "Values": [name]}]
            )["LaunchTemplates"]
            if found:
                return str(found[0]["LaunchTemplateId"])
            made = ec2.create_launch_template(
                LaunchTemplateName=name,
                ClientToken=names.client_token("template", name),
                LaunchTemplateData=data,
                TagSpecifications=[_tagged("launch-template", names.tags(self.outfit.job_id))],
            )
        return str(made["LaunchTemplate"]["LaunchTemplateId"])

    def launch(self, lease_id: str, pools: Sequence[Pool], market: Market) -> Launched:
        """Return an instance of one of ``pools``; the cheapest that is likely to last.

        Raises:
            BudgetReached: the budget does not pay for another instance.
            QuotaTooSmall: the account may not have it; another pool does not help.
            CapacityRefused: none of the pools has one now.
            CloudError: AWS does not answer, or refuses; what came of it is in the ledger.
        """
        with self._asking:  # two at once would each count on the same rest of the budget
            life_s = self._life_s(pools, market)
            template_id = self._template_for(life_s)
            attempt = next_attempt(self._ledger.lines, lease_id)
            asked = self._asked(lease_id, attempt, pools, market, life_s, template_id)
            self._ledger.write(asked)
        return self.settle(asked, pools)

    def _life_s(self, pools: Sequence[Pool], market: Market) -> float:
        """Return how long the next instance may live, in whole minutes, at its dearest."""
        if self._life_for is None or not pools:
            return self.outfit.life_s
        usd_per_hour = max(pool.usd_per_hour(market) for pool in pools)
        life_s = self._life_for(self._ledger.lines, usd_per_hour)
        if life_s <= 0:
            raise BudgetReached(
                "The budget does not pay for another instance.",
                "Raise it and resume the job: finished segments are kept.",
            )
        return min(self.outfit.life_s, max(60.0, life_s // 60 * 60))

    def settle(self, asked: Asked, pools: Sequence[Pool]) -> Launched:
        """Find out what became of a launch that was asked for, asking again as it was.

        Raises:
            CloudError: as :meth:`launch`.
        """
        chosen = _named_pools(pools, asked.pools)
        try:
            described = self._patiently(
                lambda: self.find(asked.token) or self._created(asked, chosen)
            )
        except (QuotaTooSmall, CapacityRefused, CloudRefused) as error:
            refused = RefusedLaunch(
                lease_id=asked.lease_id, token=asked.token, reason=error.code, at=_now()
            )
            self._ledger.write(refused)
            raise
        launched = self._launched(asked, described, chosen)
        self._ledger.write(launched)
        return launched

    def find(self, token: str) -> dict[str, Any] | None:
        """Return the living instance that carries this token, made by a call we did not hear.

        Raises:
            CloudError: AWS does not answer.
        """
        living = [
            {"Name": f"tag:{TAG_TOKEN}", "Values": [token]},
            {"Name": "instance-state-name", "Values": ["pending", "running"]},
        ]
        with named("looking for instances"):
            pages = self._clients("ec2").get_paginator("describe_instances").paginate
            found = [
                each
                for page in pages(Filters=living)
                for reservation in page["Reservations"]
                for each in reservation["Instances"]
            ]
        return found[0] if found else None

    def end(self, asked: Asked, terminate: Callable[[str], None]) -> None:
        """See to it that nothing comes of a launch whose answer was never heard.

        Raises:
            CloudError: AWS does not answer.
        """
        if (found := self.find(asked.token)) is not None:
            terminate(str(found["InstanceId"]))
        self._ledger.write(
            RefusedLaunch(lease_id=asked.lease_id, token=asked.token, reason="ended", at=_now())
        )

    def stop(self) -> None:
        """Launch nothing more by itself; each launch here was asked for, so nothing would."""

    def clear(self) -> None:
        """Remove the job's launch templates; safe to perform twice.

        Raises:
            CloudError: AWS does not answer.
        """
        ec2, own = self._clients("ec2"), names.template_name(self.outfit.job_id, self.outfit.run)
        with named("clearing up after the launch"):
            pages = ec2.get_paginator("describe_launch_templates").paginate(
                Filters=[{"Name": f"tag:{names.TAG_JOB}", "Values": [self.outfit.job_id]}]
            )
            for each in [each for page in pages for each in page["LaunchTemplates"]]:
                if each["LaunchTemplateName"].startswith(own):
                    ec2.delete_launch_template(LaunchTemplateId=each["LaunchTemplateId"])

    def _asked(
        self,
        lease_id: str,
        attempt: int,
        pools: Sequence[Pool],
        market: Market,
        life_s: float,
        template_id: str,
        ends_at: str = "",
    ) -> Asked:
        named_pools = tuple((pool.instance_type, pool.subnet_id) for pool in pools)
        token = names.client_token(
            self.outfit.job_id,
            str(self.outfit.run),
            template_id,
            lease_id,
            str(attempt),
            market,
            *(f"{kind}@{subnet}" for kind, subnet in named_pools),
        )
        return Asked(
            lease_id=lease_id,
            attempt=attempt,
            token=token,
            region=self._clients.region,
            pools=named_pools,
            market=market,
            template_id=template_id,
            ends_at=ends_at or in_s(life_s),
            at=_now(),
        )

    def _created(self, asked: Asked, pools: Sequence[Pool]) -> dict[str, Any]:
        template_id = asked.template_id or self._template_for(self.outfit.life_s)
        request = fleet_request(self.outfit.job_id, template_id, asked)
        with named("launching an instance"):
            answer = self._clients("ec2").create_fleet(**request)
        instances = [
            (each, instance_id)
            for each in answer.get("Instances", ())
            for instance_id in each["InstanceIds"]
        ]
        if not instances:
            raise _worst(
                [
                    refusal(e["ErrorCode"], _pool_of(e), e.get("ErrorMessage", ""))
                    for e in answer.get("Errors", ())
                ]
            )
        each, instance_id = instances[0]
        override = each.get("LaunchTemplateAndOverrides", {}).get("Overrides", {})
        return {
            "InstanceId": instance_id,
            "InstanceType": each.get("InstanceType") or pools[0].instance_type,
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

    def _launched(self, asked: Asked, described: dict[str, Any], pools: Sequence[Pool]) -> Launched:
        kind, subnet = described["InstanceType"], described.get("SubnetId", "")
        fitting = [pool for pool in pools if pool.instance_type == kind] or list(pools)
        pool = next((pool for pool in fitting if pool.subnet_id == subnet), fitting[0])
        return Launched(
            lease_id=asked.lease_id,
            token=asked.token,
            instance_id=described["InstanceId"],
            instance_type=kind,
            zone=described["Placement"]["AvailabilityZone"] or pool.zone,
            region=self._clients.region,
            market=asked.market,
            usd_per_hour=pool.usd_per_hour(asked.market),
            on_demand_usd_per_hour=pool.on_demand_usd_per_hour,
            at=_now(),
        )


def in_s(seconds: float) -> str:
    """Return the time after so many seconds, UTC, ISO 8601."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="seconds")


def template_data(outfit: Outfit) -> dict[str, Any]:
    """Return the launch template: locked down, encrypted, and gone when the host is down."""
    tags = names.tags(outfit.job_id)
    return {
        "ImageId": outfit.image_id,
        "KeyName": outfit.key_name,
        "IamInstanceProfile": {"Name": outfit.profile},
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
                "DeviceName": outfit.root_device,
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


def fleet_request(job_id: str, template_id: str, asked: Asked) -> dict[str, Any]:
    """Return the CreateFleet request for one instance; the same for a launch asked again."""
    own = [
        *names.tags(job_id, asked.lease_id, asked.ends_at),
        {"Key": TAG_TOKEN, "Value": asked.token},
    ]
    return {
        "Type": "instant",
        "ClientToken": asked.token,
        "LaunchTemplateConfigs": [
            {
                "LaunchTemplateSpecification": {
                    "LaunchTemplateId": template_id,
                    "Version": "$Latest",
                },
                "Overrides": [
                    {"InstanceType": kind, "SubnetId": subnet_id} for kind, subnet_id in asked.pools
                ],
            }
        ],
        "TargetCapacitySpecification": {
            "TotalTargetCapacity": 1,
            "DefaultTargetCapacityType": asked.market,
        },
        "SpotOptions": {
            "AllocationStrategy": "price-capacity-optimized",
            "InstanceInterruptionBehavior": "terminate",
        },
        "OnDemandOptions": {"AllocationStrategy": "lowest-price"},
        "TagSpecifications": [_tagged("fleet", own), _tagged("instance", own)],
    }


def _named_pools(pools: Sequence[Pool], asked: Sequence[tuple[str, str]]) -> list[Pool]:
    """Return the pools that were asked for; one that is offered no more has no price."""
    by_name = {(pool.instance_type, pool.subnet_id): pool for pool in pools}
    return [
        by_name.get(
            (kind, subnet_id),
            Pool(
                instance_type=kind,
                zone="",
                subnet_id=subnet_id,
                spot_usd_per_hour=None,
                on_demand_usd_per_hour=Decimal(0),
            ),
        )
        for kind, subnet_id in asked
    ]


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
