"""Turn a launch request and its template into one plain description of an instance."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field, replace
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS, INSTANCE_TYPES

from tests.cloud.userdata import LONGEST_BYTES

Tags = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Spec:
    """What to launch; ``zone`` is empty until a pool is chosen."""

    image_id: str
    instance_type: str
    zone: str = ""
    subnet_id: str | None = None
    lifecycle: str = "on-demand"
    max_usd: float | None = None
    key_name: str | None = None
    group_ids: tuple[str, ...] = ()
    user_data: str = ""
    """Base64, as it came."""
    profile: dict[str, str] = field(default_factory=dict)
    on_shutdown: str = "stop"
    block_devices: tuple[dict[str, Any], ...] = ()
    metadata_options: dict[str, Any] = field(default_factory=dict)
    tags: Tags = field(default_factory=dict)
    keep_from_api: bool = False
    """Termination protection."""

    @property
    def vcpus(self) -> int:
        """How much of a quota one instance takes."""
        return int(INSTANCE_TYPES[self.instance_type]["VCpuInfo"]["DefaultVCpus"])

    def user_data_bytes(self) -> bytes:
        """The user-data as the instance sees it."""
        return base64.b64decode(self.user_data)


def from_request(backend: Any, asked: dict[str, Any]) -> Spec:
    """The spec of a RunInstances request, its launch template read."""
    template = asked.get("LaunchTemplate")
    merged = dict(template_data(backend, template)[0]) if template else {}
    tags = merge_tags(merged.get("TagSpecifications"), asked.get("TagSpecifications"))
    if template:
        tags = with_template_tags(tags, *template_data(backend, template)[1:])
    merged |= {key: value for key, value in asked.items() if value not in (None, [], {}, "")}
    return replace(from_data(backend, merged), tags=tags)


def from_data(backend: Any, data: dict[str, Any]) -> Spec:
    """The spec that launch template data or a request's parameters describe."""
    market = data.get("InstanceMarketOptions") or {}
    spot = market.get("SpotOptions") or {}
    if (
        spot.get("SpotInstanceType") == "persistent"
        and spot.get("InstanceInterruptionBehavior", "terminate") == "terminate"
    ):
        raise EC2ClientError(
            "InvalidParameterCombination",
            "Persistent Spot requests need the interruption behavior hibernate or stop.",
        )
    interface = (data.get("NetworkInterfaces") or [{}])[0]
    price = spot.get("MaxPrice")
    _check_user_data(str(data.get("UserData") or ""))
    return Spec(
        image_id=data.get("ImageId") or "",
        instance_type=data.get("InstanceType") or "m1.small",
        zone=(data.get("Placement") or {}).get("AvailabilityZone") or "",
        subnet_id=data.get("SubnetId") or interface.get("SubnetId"),
        lifecycle="spot" if market.get("MarketType") == "spot" else "on-demand",
        max_usd=None if price is None else float(price),
        key_name=data.get("KeyName"),
        group_ids=_groups(backend, data, interface),
        user_data=str(data.get("UserData") or ""),
        profile=data.get("IamInstanceProfile") or {},
        on_shutdown=data.get("InstanceInitiatedShutdownBehavior") or "stop",
        block_devices=tuple(data.get("BlockDeviceMappings") or ()),
        metadata_options=data.get("MetadataOptions") or {},
        tags=merge_tags(data.get("TagSpecifications")),
        keep_from_api=bool(data.get("DisableApiTermination")),
    )


def _check_user_data(text: str) -> None:
    if len(text) > LONGEST_BYTES * 4 // 3 + 4:
        raise EC2ClientError(
            "InvalidParameterValue", f"User data is limited to {LONGEST_BYTES} bytes"
        )
    try:
        base64.b64decode(text, validate=True)
    except ValueError:
        raise EC2ClientError(
            "InvalidUserData.Malformed", "Invalid BASE64 encoding of user data."
        ) from None


def _groups(backend: Any, data: dict[str, Any], interface: dict[str, Any]) -> tuple[str, ...]:
    ids = [*(data.get("SecurityGroupIds") or ()), *(interface.get("Groups") or ())]
    for one in ids:
        if backend.get_security_group_from_id(one) is None:
            raise EC2ClientError(
                "InvalidGroup.NotFound", f"The security group '{one}' does not exist"
            )
    names = data.get("SecurityGroups") or ()
    return (*ids, *(backend.get_security_group_by_name_or_id(name).id for name in names))


def template_data(backend: Any, asked: dict[str, Any]) -> tuple[dict[str, Any], str, str]:
    """A launch template's data, its id and the version that was meant."""
    if asked.get("LaunchTemplateId"):
        template = backend.get_launch_template(asked["LaunchTemplateId"])
    else:
        template = backend.get_launch_template_by_name(asked["LaunchTemplateName"])
    version = template.get_version(asked.get("Version") or "$Default")
    return version.data, template.id, str(version.number)


def with_template_tags(tags: Tags, template_id: str, version: str) -> Tags:
    """The tags with those that AWS puts on what a template launched."""
    own = {"aws:ec2launchtemplate:id": template_id, "aws:ec2launchtemplate:version": version}
    return {**tags, "instance": {**tags.get("instance", {}), **own}}


def merge_tags(*specifications: Any) -> Tags:
    """The tags by resource type; a later one wins over an earlier one of the same key."""
    merged: Tags = {}
    for specification in specifications:
        for one in specification or ():
            there = merged.setdefault(one["ResourceType"], {})
            there |= {tag["Key"]: tag.get("Value", "") for tag in one.get("Tags") or ()}
    return merged


def check(backend: Any, spec: Spec) -> None:
    """Refuse what AWS would refuse before it looks for capacity."""
    if spec.image_id not in backend.amis:
        raise EC2ClientError(
            "InvalidAMIID.NotFound", f"The image id '[{spec.image_id}]' does not exist"
        )
    if spec.instance_type not in INSTANCE_TYPES:
        raise EC2ClientError(
            "InvalidParameterValue",
            f"Invalid value '{spec.instance_type}' for InstanceType.",
        )
    image = backend.amis[spec.image_id].architecture
    if image not in INSTANCE_TYPES[spec.instance_type]["ProcessorInfo"]["SupportedArchitectures"]:
        raise EC2ClientError(
            "InvalidParameterValue",
            f"The architecture '{image}' of the specified image is not supported by "
            f"'{spec.instance_type}'.",
        )
    if spec.key_name is not None:
        backend.describe_key_pairs(key_names=[spec.key_name])


def zones_of(backend: Any, spec: Spec) -> list[tuple[str, str]]:
    """Where the spec may be launched: zone and subnet, one of them or all of the region."""
    if spec.subnet_id:
        subnet = backend.get_subnet(spec.subnet_id)
        return [(subnet.availability_zone, subnet.id)]
    defaults = {zone: subnet.id for zone, subnet in backend.get_default_subnets().items()}
    if spec.zone and spec.zone not in defaults:
        raise EC2ClientError("InvalidParameterValue", f"Invalid availability zone: [{spec.zone}]")
    return [(z, s) for z, s in sorted(defaults.items()) if spec.zone in ("", z)]


def is_offered(region: str, instance_type: str, zone: str) -> bool:
    """Whether the type exists in the zone at all."""
    offers = INSTANCE_TYPE_OFFERINGS["availability-zone"].get(region, ())
    return any(o["InstanceType"] == instance_type and o["Location"] == zone for o in offers)
