"""Keep EC2 fleets: spread over pools, say what failed, replace what was taken."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from moto.ec2.exceptions import EC2ClientError

from tests.cloud import specs
from tests.cloud.clocks import Appointment, Scale
from tests.cloud.compute import BY_USER, Compute, Host
from tests.cloud.market import Pool
from tests.cloud.specs import Spec

_CAPACITY_CODES = ("InsufficientInstanceCapacity", "UnfulfillableCapacity")


@dataclass(frozen=True, slots=True)
class Choice:
    """One override of one template: a pool that a fleet may use."""

    spec: Spec
    weight: float
    priority: float
    words: dict[str, Any]
    """LaunchTemplateAndOverrides, as answers repeat it."""


@dataclass(slots=True)
class Fleet:
    """One fleet and what it has launched."""

    fleet_id: str
    kind: str
    backend: Any
    asked: dict[str, Any]
    choices: list[Choice]
    state: str = "active"
    target: float = 0.0
    hosts: list[Host] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    instances: list[dict[str, Any]] = field(default_factory=list)
    expiry: Appointment | None = None
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def is_active(self) -> bool:
        """Whether it still launches."""
        return self.state in ("submitted", "active", "modifying")

    def alive(self) -> list[Host]:
        """Its instances that have not begun to end."""
        return [one for one in self.hosts if one.ending is None]


class Fleets:
    """All fleets of the account; the clock and who asks take turns, by the instances' lock."""

    def __init__(self, compute: Compute, scale: Scale) -> None:
        self._compute = compute
        self._scale = scale
        self.fleets: dict[str, Fleet] = {}

    def create(self, backend: Any, asked: dict[str, Any]) -> Fleet:
        """Create a fleet and launch what it can have now."""
        kind = asked.get("Type") or "maintain"
        wanted = asked["TargetCapacitySpecification"]
        fleet = Fleet(
            f"fleet-{secrets.token_hex(16)}", kind, backend, asked, choices_of(backend, asked)
        )
        fleet.tags = specs.merge_tags(asked.get("TagSpecifications")).get("fleet", {})
        fleet.target = float(wanted["TotalTargetCapacity"])
        if asked.get("ValidUntil") and kind != "instant":
            fleet.expiry = Appointment.at(asked["ValidUntil"])
        with self._compute.lock:
            self.fleets[fleet.fleet_id] = fleet
            if fleet.tags:
                backend.create_tags([fleet.fleet_id], fleet.tags)
            self._fill(fleet)
        _hold_minimum(fleet, self._compute)
        return fleet

    def _fill(self, fleet: Fleet) -> None:
        """Launch what is missing, pool after pool; keep what each pool said no with."""
        fleet.errors = []
        for lifecycle, missing in self._missing(fleet):
            left = missing
            for choice in self._in_order(fleet, lifecycle):
                if left <= 0:
                    break
                left -= self._launch(fleet, choice, lifecycle, left)

    def _missing(self, fleet: Fleet) -> list[tuple[str, float]]:
        wanted = fleet.asked["TargetCapacitySpecification"]
        default = wanted.get("DefaultTargetCapacityType") or "on-demand"
        on_demand = float(wanted.get("OnDemandTargetCapacity") or 0)
        spot = float(wanted.get("SpotTargetCapacity") or 0)
        rest = max(0.0, fleet.target - on_demand - spot)
        if default == "spot":
            spot += rest
        else:
            on_demand += rest
        have = {"spot": 0.0, "on-demand": 0.0}
        for host in fleet.alive():
            have[host.spec.lifecycle] += _weight(fleet, host)
        return [("on-demand", on_demand - have["on-demand"]), ("spot", spot - have["spot"])]

    def _in_order(self, fleet: Fleet, lifecycle: str) -> list[Choice]:
        market, region = self._compute.market, fleet.backend.region_name
        if lifecycle == "on-demand":
            by_type = {one.spec.instance_type for one in fleet.choices}
            prices = {one: market.on_demand_usd(one, region) for one in by_type}
            options = fleet.asked.get("OnDemandOptions") or {}
            if options.get("AllocationStrategy") == "prioritized":
                return sorted(fleet.choices, key=lambda one: one.priority)
            return sorted(fleet.choices, key=lambda one: prices[one.spec.instance_type])
        options = fleet.asked.get("SpotOptions") or {}
        strategy = options.get("AllocationStrategy") or "lowest-price"
        pools = {Pool(one.spec.instance_type, one.spec.zone): one for one in fleet.choices}
        ordered = [pools[pool] for pool in market.order(list(pools), strategy)]
        if strategy == "capacity-optimized-prioritized":
            ordered.sort(key=lambda one: one.priority)
        return _one_zone(ordered) if options.get("SingleAvailabilityZone") else ordered

    def _launch(self, fleet: Fleet, choice: Choice, lifecycle: str, missing: float) -> float:
        count = max(1, int(-(-missing // choice.weight)))
        spec = replace(choice.spec, lifecycle=lifecycle)
        try:
            hosts = self._compute.launch(fleet.backend, spec, 1, count, fleet.fleet_id)
        except EC2ClientError as error:
            fleet.errors.append(
                {
                    "LaunchTemplateAndOverrides": choice.words,
                    "Lifecycle": lifecycle,
                    "ErrorCode": error.code,
                    "ErrorMessage": error.message,
                }
            )
            return 0.0
        fleet.hosts += hosts
        fleet.instances.append(
            {
                "LaunchTemplateAndOverrides": choice.words,
                "Lifecycle": lifecycle,
                "InstanceIds": [host.id for host in hosts],
                "InstanceType": spec.instance_type,
            }
        )
        if len(hosts) < count:
            self._launch_error(fleet, choice, spec)
        return choice.weight * len(hosts)

    def _launch_error(self, fleet: Fleet, choice: Choice, spec: Spec) -> None:
        """Say of a pool that gave some, but not all, why it gave no more."""
        try:
            more = self._compute.launch(fleet.backend, spec, 1, 1, fleet.fleet_id)
        except EC2ClientError as error:
            fleet.errors.append(
                {
                    "LaunchTemplateAndOverrides": choice.words,
                    "Lifecycle": spec.lifecycle,
                    "ErrorCode": error.code,
                    "ErrorMessage": error.message,
                }
            )
        else:
            fleet.hosts += more
            fleet.instances[-1]["InstanceIds"] += [host.id for host in more]

    def mind(self) -> None:
        """Replace what ended, end what expired; called several times a second."""
        for fleet in list(self.fleets.values()):
            if not fleet.is_active or fleet.kind == "instant":
                continue
            if fleet.expiry and fleet.expiry.is_due(self._scale):
                expires = fleet.asked.get("TerminateInstancesWithExpiration")
                self.delete(fleet, terminate=expires is True)
            elif fleet.kind == "maintain":
                self._refill(fleet)

    def _refill(self, fleet: Fleet) -> None:
        with self._compute.lock:
            if fleet.is_active:  # still, now that nobody else is at it
                self._fill(fleet)

    def delete(self, fleet: Fleet, *, terminate: bool) -> None:
        """Let a fleet launch no more, and end its instances if so asked."""
        with self._compute.lock:
            fleet.state = "deleted_terminating" if terminate else "deleted_running"
        for host in fleet.alive() if terminate else ():
            self._compute.end(host, BY_USER)

    def modify(self, fleet: Fleet, target: float) -> None:
        """Change the target; what is too much is ended."""
        with self._compute.lock:
            fleet.target = target
            fleet.asked["TargetCapacitySpecification"]["TotalTargetCapacity"] = int(target)
        if fleet.asked.get("ExcessCapacityTerminationPolicy") != "no-termination":
            for host in fleet.alive()[int(target) :]:
                self._compute.end(host, BY_USER)


def choices_of(backend: Any, asked: dict[str, Any]) -> list[Choice]:
    choices: list[Choice] = []
    for config in asked["LaunchTemplateConfigs"]:
        template = config["LaunchTemplateSpecification"]
        data, template_id, version = specs.template_data(backend, template)
        words = {"LaunchTemplateId": template_id, "Version": version}
        for override in config.get("Overrides") or [{}]:
            spec = _spec(backend, asked, {**data, **_plain(override)}, template_id, version)
            choices += _spread(backend, spec, override, words)
    pools = [(one.spec.instance_type, one.spec.zone) for one in choices]
    if len(set(pools)) < len(pools):
        raise EC2ClientError(
            "InvalidFleetConfig", "The fleet configuration contains duplicate instance pools"
        )
    return choices


def _plain(override: dict[str, Any]) -> dict[str, Any]:
    """An override's fields that replace the template's."""
    names = ("InstanceType", "SubnetId", "ImageId", "Placement", "BlockDeviceMappings")
    plain = {name: override[name] for name in names if override.get(name)}
    if override.get("AvailabilityZone"):
        plain["Placement"] = {"AvailabilityZone": override["AvailabilityZone"]}
    return plain


def _spec(
    backend: Any, asked: dict[str, Any], data: dict[str, Any], template_id: str, version: str
) -> Spec:
    if "," in str(data.get("SubnetId") or "") and asked.get("Type") == "instant":
        raise EC2ClientError(
            "InvalidParameterValue", "A fleet of type instant can have one subnet ID per override"
        )
    # Of the fleet's own tags, an instant fleet puts the instances' on them; others may not.
    own = asked.get("TagSpecifications")
    tags = specs.merge_tags(data.get("TagSpecifications"), own)
    tags.pop("fleet", None)
    if asked.get("Type") != "instant" and "instance" in specs.merge_tags(own):
        raise EC2ClientError(
            "InvalidTagKey.Malformed", "Instances of this fleet type are tagged by the template"
        )
    return replace(
        specs.from_data(backend, {**data, "InstanceMarketOptions": {}}),
        tags=specs.with_template_tags(tags, template_id, version),
    )


def _spread(
    backend: Any, spec: Spec, override: dict[str, Any], template: dict[str, str]
) -> list[Choice]:
    """One choice for each zone that the override leaves open."""
    price = override.get("MaxPrice")
    choices = []
    for subnet in (spec.subnet_id or "").split(","):
        narrowed = replace(spec, subnet_id=subnet.strip() or None)
        for zone, subnet_id in specs.zones_of(backend, narrowed):
            repeated = {**override, "InstanceType": spec.instance_type, "AvailabilityZone": zone}
            choices.append(
                Choice(
                    replace(spec, zone=zone, subnet_id=subnet_id,
                            max_usd=float(price) if price else None),
                    float(override.get("WeightedCapacity") or 1.0),
                    float(override.get("Priority") or 0.0),
                    {"LaunchTemplateSpecification": template, "Overrides": repeated},
                )
            )  # fmt: skip
    return choices


def _one_zone(ordered: list[Choice]) -> list[Choice]:
    return [one for one in ordered if one.spec.zone == ordered[0].spec.zone]


def _weight(fleet: Fleet, host: Host) -> float:
    for choice in fleet.choices:
        if (choice.spec.instance_type, choice.spec.zone) == (
            host.spec.instance_type,
            host.instance.placement.zone,
        ):
            return choice.weight
    return 1.0


def _hold_minimum(fleet: Fleet, compute: Compute) -> None:
    """All or nothing, where the request named a minimum."""
    options = fleet.asked.get("SpotOptions") or {}
    least = options.get("MinTargetCapacity")
    if fleet.kind == "instant" and least and len(fleet.hosts) < int(least):
        for host in fleet.hosts:
            compute.end(host, BY_USER)
        fleet.instances = []
