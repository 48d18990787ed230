"""Answer EC2's calls where moto's answers are not AWS's; leave it the rest."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import DependencyViolationError, EC2ClientError, OperationNotPermitted4
from moto.ec2.models.amis import Ami
from moto.ec2.responses import EC2Response

from tests.cloud import specs
from tests.cloud.compute import BY_USER, Compute, Host, SpotRequest
from tests.cloud.fleets import Fleet, Fleets
from tests.cloud.images import IMAGES
from tests.cloud.tokens import Tokens

_KEPT: dict[str, Callable[..., Any]] = {}
"""Moto's own methods under those that are replaced."""


class Account:
    """What the answers draw on; replaced whole when the account is reset."""

    compute: Compute
    fleets: Fleets
    tokens: Tokens


def take_over(account: Account) -> None:
    """Put our answers in the place of moto's; once per process."""
    answers = _Answers(account)
    for name in dir(answers):
        if name.startswith("_"):
            continue
        _KEPT[name] = getattr(EC2Response, name, _missing)
        setattr(EC2Response, name, _bound(getattr(answers, name)))


def _missing(response: EC2Response) -> ActionResult:
    raise NotImplementedError(response._get_action())


def _bound(answer: Callable[[EC2Response], ActionResult]) -> Callable[[EC2Response], ActionResult]:
    def method(self: EC2Response) -> ActionResult:
        return answer(self)

    method.__name__ = answer.__name__
    return method


class _Answers:
    """Every public method is an action in moto's spelling, called with moto's response."""

    def __init__(self, account: Account) -> None:
        self._account = account

    @property
    def _compute(self) -> Compute:
        return self._account.compute

    def run_instances(self, call: EC2Response) -> ActionResult:
        asked = _asked(call)
        spec = specs.from_request(call.ec2_backend, asked)
        least, most = int(asked["MinCount"]), int(asked["MaxCount"])
        call.error_on_dryrun()
        # A zone, or a subnet, which is in one, makes the token that zone's; else the region's.
        explicit = spec.zone or spec.subnet_id
        zone = specs.zones_of(call.ec2_backend, spec)[0][0] if explicit else ""
        place = ("RunInstances", call.region, zone)
        hosts: list[Host] = self._account.tokens.once(
            place,
            asked.get("ClientToken"),
            asked,
            lambda: self._compute.launch(call.ec2_backend, spec, least, most),
        )
        if all(host.ending for host in hosts):
            raise EC2ClientError(
                "IdempotentInstanceTerminated",
                "The request to launch an instance uses the same client token as a previous "
                "request for which the instance has been terminated.",
            )
        for host in hosts:
            host.instance.client_token = asked.get("ClientToken")
        return ActionResult(
            {
                "ReservationId": _reservation(call, hosts[0]),
                "OwnerId": call.current_account,
                "Groups": [],
                "Instances": [host.instance for host in hosts],
            }
        )

    def create_launch_template(self, call: EC2Response) -> ActionResult:
        asked = _asked(call)
        answer: ActionResult = self._account.tokens.once(
            ("CreateLaunchTemplate", call.region),
            asked.get("ClientToken"),
            asked,
            lambda: _KEPT["create_launch_template"](call),
        )
        return answer

    def describe_instances(self, call: EC2Response) -> ActionResult:
        for one in call._get_param("InstanceIds", []):
            self._compute.host(one)
        result = _KEPT["describe_instances"](call)
        hidden = self._compute.unsettled()
        reservations = [
            one
            for one in result.result["Reservations"]
            if not hidden.intersection(instance.id for instance in one.instances)
        ]
        return ActionResult({**result.result, "Reservations": reservations})

    def describe_instance_status(self, call: EC2Response) -> ActionResult:
        for one in call._get_param("InstanceIds", []):
            self._compute.host(one)
        answer = _KEPT["describe_instance_status"](call).result
        hidden = self._compute.unsettled()
        kept = [one for one in answer["InstanceStatuses"] if one.id not in hidden]
        return ActionResult({"InstanceStatuses": kept})

    def terminate_instances(self, call: EC2Response) -> ActionResult:
        hosts = self._named_hosts(call)
        for host in hosts:
            if host.instance.disable_api_termination and not host.is_over:
                raise OperationNotPermitted4(host.id)
        call.error_on_dryrun()
        before = [self._compute.end(host, BY_USER) for host in hosts]
        return ActionResult({"TerminatingInstances": _changes(hosts, before)})

    def stop_instances(self, call: EC2Response) -> ActionResult:
        hosts = self._named_hosts(call)
        for host in hosts:
            if host.spot:
                raise EC2ClientError(
                    "UnsupportedOperation",
                    f"You can't stop the Spot Instance '{host.id}' because it is associated "
                    "with a one-time Spot Instance request.",
                )
        call.error_on_dryrun()
        before = [host.instance._state for host in hosts]
        for host in hosts:
            self._compute.link.ask("end", host_id=host.id, how="stopped")
        return ActionResult({"StoppingInstances": _changes(hosts, before)})

    def start_instances(self, call: EC2Response) -> ActionResult:
        hosts = self._named_hosts(call)
        call.error_on_dryrun()
        before = [host.instance._state for host in hosts]
        for host in hosts:
            if host.instance.state != "stopped":
                raise EC2ClientError(
                    "IncorrectInstanceState",
                    f"The instance '{host.id}' is not in a state from which it can be started.",
                )
            self._compute.start(host)
        return ActionResult({"StartingInstances": _changes(hosts, before)})

    def _named_hosts(self, call: EC2Response) -> list[Host]:
        return [self._compute.host(one) for one in call._get_param("InstanceIds", [])]

    def create_tags(self, call: EC2Response) -> ActionResult:
        for one in call._get_param("Resources", []):
            if one.startswith("i-"):
                self._compute.host(one)
        answer: ActionResult = _KEPT["create_tags"](call)
        return answer

    def get_console_output(self, call: EC2Response) -> ActionResult:
        host = self._compute.host(call._get_param("InstanceId"))
        path = Path(self._compute.console_path(host.id))
        text = path.read_bytes() if path.exists() else b""
        output = base64.b64encode(text[-65536:]).decode()
        now = datetime.now(UTC)
        return ActionResult({"InstanceId": host.id, "Output": output, "Timestamp": now})

    def create_image(self, call: EC2Response) -> ActionResult:
        host = self._compute.host(call._get_param("InstanceId"))
        asked = _asked(call).get("TagSpecifications", [])
        # moto knows no tags for the snapshots of an image
        call.params["TagSpecifications"] = [o for o in asked if o["ResourceType"] == "image"]
        answer: ActionResult = _KEPT["create_image"](call)
        image_id = dict(answer.result)["ImageId"]  # type: ignore[call-overload] # it is one
        baked = self._compute.link.ask("bake", host_id=host.id, image=image_id)
        self._compute.layers[image_id] = baked["layer"]
        image = call.ec2_backend.amis[image_id]
        for one in (o for o in asked if o["ResourceType"] == "snapshot"):
            tags = {tag["Key"]: tag["Value"] for tag in one["Tags"]}
            call.ec2_backend.create_tags([image.ebs_snapshot.id], tags)
        source = call.ec2_backend.amis[host.spec.image_id]
        image.architecture = source.architecture
        if self._compute.user_of(host) == "ec2-user" and "amazon linux" not in image.name.lower():
            image.name = f"{image.name} (Amazon Linux)"
        return answer

    def delete_security_group(self, call: EC2Response) -> ActionResult:
        group = call._get_param("GroupId") or call._get_param("GroupName")
        for host in self._compute.hosts.values():
            names = [name for one in self._compute.groups_of(host) for name in (one.id, one.name)]
            if not host.is_over and group in names:
                raise DependencyViolationError(f"resource {group} has a dependent object")
        answer: ActionResult = _KEPT["delete_security_group"](call)
        return answer

    def describe_spot_instance_requests(self, call: EC2Response) -> ActionResult:
        ids = call._get_param("SpotInstanceRequestIds", [])
        filters = call._filters_from_querystring()
        found = [
            _request_words(host, host.spot)
            for host in self._compute.hosts.values()
            if host.spot and host.backend is call.ec2_backend
        ]
        unknown = set(ids) - {one["SpotInstanceRequestId"] for one in found}
        if unknown:
            raise EC2ClientError(
                "InvalidSpotInstanceRequestID.NotFound",
                f"The spot instance request ID '{min(unknown)}' does not exist",
            )
        kept = [one for one in found if not ids or one["SpotInstanceRequestId"] in ids]
        return ActionResult({"SpotInstanceRequests": [o for o in kept if _matches(o, filters)]})

    def cancel_spot_instance_requests(self, call: EC2Response) -> ActionResult:
        ids = call._get_param("SpotInstanceRequestIds", [])
        call.error_on_dryrun()
        for host in self._compute.hosts.values():
            if host.spot and host.spot.request_id in ids and host.spot.state == "active":
                host.spot.become(
                    "cancelled",
                    "request-canceled-and-instance-running",
                    "Your Spot request is canceled, but the instance is running.",
                )
        cancelled = [{"SpotInstanceRequestId": one, "State": "cancelled"} for one in ids]
        return ActionResult({"CancelledSpotInstanceRequests": cancelled})

    def describe_spot_price_history(self, call: EC2Response) -> ActionResult:
        return ActionResult({"SpotPriceHistory": self._prices(call), "NextToken": ""})

    def _prices(self, call: EC2Response) -> list[dict[str, Any]]:
        filters = call._filters_from_querystring()
        types = call._get_param("InstanceTypes", []) or filters.get("instance-type", [])
        products = call._get_param("ProductDescriptions", []) or filters.get(
            "product-description", []
        )
        if products and not {"Linux/UNIX", "Linux/UNIX (Amazon VPC)"} & set(products):
            return []
        zone_wanted = call._get_param("AvailabilityZone")
        zones = [zone_wanted] if zone_wanted else filters.get("availability-zone", [])
        since = _moment(call._get_param("StartTime")) or datetime.now(UTC)
        until = _moment(call._get_param("EndTime")) or datetime.now(UTC)
        rows = []
        for instance_type in types or self._account.compute.market.known_types():
            for zone in zones or [one for one, _ in _zones(call.ec2_backend)]:
                if specs.is_offered(call.region, instance_type, zone):
                    rows += self._changes(instance_type, zone, since, until)
        return sorted(rows, key=lambda row: row["Timestamp"], reverse=True)

    def _changes(
        self, instance_type: str, zone: str, since: datetime, until: datetime
    ) -> list[dict[str, Any]]:
        """The changes in the time asked for, and the one in force at its start."""
        history = [c for c in self._compute.market.history(instance_type, zone) if c[0] <= until]
        before = [change for change in history if change[0] <= since][-1:]
        return [
            {
                "InstanceType": instance_type,
                "ProductDescription": "Linux/UNIX",
                "SpotPrice": f"{usd:.6f}",
                "AvailabilityZone": zone,
                "Timestamp": when,
            }
            for when, usd in [*before, *(change for change in history if change[0] > since)]
        ]

    def get_spot_placement_scores(self, call: EC2Response) -> ActionResult:
        asked = _asked(call)
        call.error_on_dryrun()
        types = asked.get("InstanceTypes") or []
        if not types:
            raise EC2ClientError(
                "InvalidParameterCombination", "Instance types or requirements must be given"
            )
        regions = asked.get("RegionNames") or [call.region]
        scores = [row for region in regions for row in self._scores(call, asked, types, region)]
        scores.sort(key=lambda row: -row["Score"])
        return ActionResult({"SpotPlacementScores": scores[:10]})

    def _scores(
        self, call: EC2Response, asked: dict[str, Any], types: list[str], region: str
    ) -> list[dict[str, Any]]:
        from moto.ec2.models import ec2_backends

        market = self._compute.market
        zones = _zones(ec2_backends[call.current_account][region])
        by_zone = []
        for zone, zone_id in zones:
            offered = [one for one in types if specs.is_offered(region, one, zone)]
            if offered:
                best = max(market.score(one, zone) for one in offered)
                by_zone.append((zone_id, best if len(types) >= 3 else min(best, 3)))
        if asked.get("SingleAvailabilityZone"):
            return [{"Region": region, "AvailabilityZoneId": z, "Score": s} for z, s in by_zone]
        best = max((score for _, score in by_zone), default=0)
        return [{"Region": region, "Score": best}] if best else []

    def create_fleet(self, call: EC2Response) -> ActionResult:
        asked = _asked(call)
        call.error_on_dryrun()
        fleet: Fleet = self._account.tokens.once(
            ("CreateFleet", call.region),
            asked.get("ClientToken"),
            asked,
            lambda: self._account.fleets.create(call.ec2_backend, asked),
        )
        result: dict[str, Any] = {"FleetId": fleet.fleet_id}
        if fleet.kind == "instant":
            result |= {"Instances": fleet.instances, "Errors": fleet.errors}
        return ActionResult(result)

    def describe_fleets(self, call: EC2Response) -> ActionResult:
        ids = call._get_param("FleetIds", [])
        filters = call._filters_from_querystring()
        rows = [
            _fleet_words(fleet)
            for fleet in self._account.fleets.fleets.values()
            if fleet.backend is call.ec2_backend
            and (fleet.fleet_id in ids if ids else fleet.kind != "instant")
        ]
        for one in set(ids) - {row["FleetId"] for row in rows}:
            raise EC2ClientError("InvalidFleetId.NotFound", f"The fleet ID '{one}' does not exist")
        states = filters.get("fleet-state")
        return ActionResult(
            {"Fleets": [r for r in rows if not states or r["FleetState"] in states]}
        )

    def describe_fleet_instances(self, call: EC2Response) -> ActionResult:
        fleet = self._fleet(call._get_param("FleetId"))
        if fleet.kind == "instant":
            raise EC2ClientError(
                "Unsupported", "DescribeFleetInstances is not supported for fleets of type instant"
            )
        active = [
            {
                "InstanceId": host.id,
                "InstanceType": host.spec.instance_type,
                "SpotInstanceRequestId": host.spot.request_id if host.spot else None,
                "InstanceHealth": "healthy",
            }
            for host in fleet.alive()
        ]
        return ActionResult({"FleetId": fleet.fleet_id, "ActiveInstances": active})

    def delete_fleets(self, call: EC2Response) -> ActionResult:
        terminate = call._get_bool_param("TerminateInstances", if_none=False)
        done, failed = [], []
        for fleet_id in call._get_param("FleetIds", []):
            fleet = self._account.fleets.fleets.get(fleet_id)
            if fleet is None or (fleet.kind == "instant" and not terminate):
                code = "fleetNotInDeletableState" if fleet else "fleetIdDoesNotExist"
                problem = {"Code": code, "Message": f"The fleet {fleet_id} cannot be deleted"}
                failed.append({"FleetId": fleet_id, "Error": problem})
                continue
            before = fleet.state
            self._account.fleets.delete(fleet, terminate=bool(terminate))
            done.append(
                {
                    "FleetId": fleet_id,
                    "CurrentFleetState": fleet.state,
                    "PreviousFleetState": before,
                }
            )
        result = {"SuccessfulFleetDeletions": done, "UnsuccessfulFleetDeletions": failed}
        return ActionResult(result)

    def modify_fleet(self, call: EC2Response) -> ActionResult:
        fleet = self._fleet(call._get_param("FleetId"))
        wanted = call._get_param("TargetCapacitySpecification.TotalTargetCapacity")
        if fleet.kind != "maintain" or not fleet.is_active:
            raise EC2ClientError("InvalidParameterValue", "This fleet cannot be modified")
        if wanted is not None:
            self._account.fleets.modify(fleet, float(wanted))
        return ActionResult({"Return": True})

    def _fleet(self, fleet_id: str) -> Fleet:
        fleet = self._account.fleets.fleets.get(fleet_id)
        if fleet is None:
            raise EC2ClientError(
                "InvalidFleetId.NotFound", f"The fleet ID '{fleet_id}' does not exist"
            )
        return fleet

    def reboot_instances(self, call: EC2Response) -> ActionResult:
        raise EC2ClientError("UnsupportedOperation", "The test cloud reboots from inside only")


def load_images(backend: Any) -> None:
    """Fill a region with the images of :mod:`tests.cloud.images`, in moto's loader's place."""
    for image in IMAGES:
        backend.amis[image.image_id(backend.region_name)] = Ami(
            backend,
            image.image_id(backend.region_name),
            name=image.name,
            owner_id=image.owner_id,
            owner_alias="amazon",
            public=True,
            architecture=image.architecture,
            virtualization_type="hvm",
            hypervisor="xen",
            root_device_type="ebs",
            creation_date=image.made_at,
            region_name=f"{backend.region_name}a",
        )


def _asked(call: EC2Response) -> dict[str, Any]:
    """The request's parameters as plain values."""
    plain: dict[str, Any] = _plain(dict(call.params))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value


def _reservation(call: EC2Response, host: Host) -> str:
    for one in call.ec2_backend.reservations.values():
        if any(instance.id == host.id for instance in one.instances):
            return str(one.id)
    return "r-00000000"


def _changes(hosts: list[Host], before: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "InstanceId": host.id,
            "CurrentState": {"Code": host.instance.state_code, "Name": host.instance.state},
            "PreviousState": {"Code": was.code, "Name": was.name},
        }
        for host, was in zip(hosts, before, strict=True)
    ]


def _zones(backend: Any) -> list[tuple[str, str]]:
    return [(zone.name, zone.zone_id) for zone in backend.describe_availability_zones()]


def _moment(value: Any) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.fromisoformat(str(value)).astimezone(UTC) - timedelta(0)


def _request_words(host: Host, request: SpotRequest | None) -> dict[str, Any]:
    assert request is not None
    return {
        "SpotInstanceRequestId": request.request_id,
        "State": request.state,
        "Status": {
            "Code": request.code,
            "Message": request.words,
            "UpdateTime": request.updated_at,
        },
        "Type": "one-time",
        "InstanceId": host.id,
        "InstanceInterruptionBehavior": "terminate",
        "LaunchedAvailabilityZone": request.pool.zone,
        "ProductDescription": "Linux/UNIX",
        "SpotPrice": f"{request.max_usd:.6f}",
        "CreateTime": request.created_at,
        "Tags": [{"Key": key, "Value": value} for key, value in request.tags.items()],
        "LaunchSpecification": {
            "ImageId": host.spec.image_id,
            "InstanceType": host.spec.instance_type,
            "Placement": {"AvailabilityZone": request.pool.zone},
        },
    }


def _matches(row: dict[str, Any], filters: dict[str, Any]) -> bool:
    tags = {tag["Key"]: tag["Value"] for tag in row["Tags"]}
    values = {
        "state": row["State"],
        "status-code": row["Status"]["Code"],
        "instance-id": row["InstanceId"],
        "spot-instance-request-id": row["SpotInstanceRequestId"],
        "launched-availability-zone": row["LaunchedAvailabilityZone"],
        **{f"tag:{key}": value for key, value in tags.items()},
    }
    for name, wanted in filters.items():
        if name == "tag-key":
            if not set(wanted) & set(tags):
                return False
        elif values.get(name) not in wanted:
            return False
    return True


def _fleet_words(fleet: Fleet) -> dict[str, Any]:
    alive = fleet.alive()
    fulfilled = float(len(alive))
    words = {
        "FleetId": fleet.fleet_id,
        "FleetState": fleet.state,
        "Type": fleet.kind,
        "ActivityStatus": "fulfilled" if fulfilled >= fleet.target else "pending_fulfillment",
        "CreateTime": fleet.created_at,
        "ClientToken": fleet.asked.get("ClientToken"),
        "FulfilledCapacity": fulfilled,
        "FulfilledOnDemandCapacity": float(sum(h.spec.lifecycle == "on-demand" for h in alive)),
        "TargetCapacitySpecification": fleet.asked["TargetCapacitySpecification"],
        "LaunchTemplateConfigs": fleet.asked["LaunchTemplateConfigs"],
        "TerminateInstancesWithExpiration": bool(
            fleet.asked.get("TerminateInstancesWithExpiration")
        ),
        "ReplaceUnhealthyInstances": bool(fleet.asked.get("ReplaceUnhealthyInstances")),
        "Tags": [{"Key": key, "Value": value} for key, value in fleet.tags.items()],
        "Errors": fleet.errors,
        "Instances": fleet.instances,
    }
    if fleet.asked.get("ValidUntil"):
        words["ValidUntil"] = fleet.asked["ValidUntil"]
    return words
