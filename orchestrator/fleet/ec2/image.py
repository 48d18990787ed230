"""Find the newest machine image with a GPU driver, or bake one that has the environment too."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orchestrator.cloud_errors import CloudRefused, CloudUnreachable
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import named
from remote_worker.contract.records import Digest

TAG_ENVIRONMENT = "secondunit:environment"
"""Digest of the wheelhouse that a baked image has unpacked."""
UBUNTU_24_04 = (
    "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-24.04/latest/ami-id"
)
PYTHON, USER = "3.12", "ubuntu"
"""Of Ubuntu 24.04: what a wheelhouse is made for, and who one is on a host."""
TAG_ENGINE = "secondunit:engine"
"""Digest of the order for the engine that it has installed; absent where it has none."""
TAG_LOCK = "secondunit:lock"
"""Digest of the lock that the wheelhouse was made of, which tells it without having it."""
USD_PER_GIB_MONTH = Decimal("0.05")
"""What AWS asks for keeping an image, for what is written of its disk."""
_BAKE_S = 3600.0
_LOOK_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """One machine image."""

    image_id: str
    name: str
    made_at: str
    disk_gib: int
    """The least that a volume made from it has."""
    root_device: str
    environment: str = ""
    """Digest of the wheelhouse that it has unpacked; empty for a plain one."""
    engine: str = ""
    """Digest of the order for an engine that it has installed; empty: none."""
    lock: str = ""
    """Digest of the lock of that wheelhouse."""


def newest_image(clients: Clients, parameter: str = UBUNTU_24_04) -> Image:
    """Return the newest image with the GPU driver that AWS publishes.

    Raises:
        CloudError: AWS does not answer, or knows no such image.
    """
    with named("looking for the newest machine image"):
        image_id = clients("ssm").get_parameter(Name=parameter)["Parameter"]["Value"]
        found = clients("ec2").describe_images(ImageIds=[image_id])["Images"]
    if not found:
        raise CloudRefused("AWS names a machine image that it does not have.", "Try again later.")
    return _image(found[0])


def baked_images(clients: Clients) -> tuple[Image, ...]:
    """Return the account's own images that Second Unit made, the newest first.

    Raises:
        CloudError: AWS does not answer.
    """
    images = [_image(each) for each in _own(clients) if each.get("State") == "available"]
    return tuple(sorted(images, key=lambda each: each.made_at, reverse=True))


def forget_images(clients: Clients) -> None:
    """Remove every image that Second Unit made, also those that nobody can use.

    Raises:
        CloudError: AWS does not answer; it can be done again.
    """
    for each in _own(clients):
        forget_image(clients, str(each["ImageId"]))


def _own(clients: Clients) -> list[dict[str, Any]]:
    with named("looking for your own machine images"):
        found: list[dict[str, Any]] = clients("ec2").describe_images(
            Owners=["self"], Filters=[{"Name": f"tag:{names.TAG}", "Values": [names.APP]}]
        )["Images"]
    return found


def best_image(
    clients: Clients, wheelhouse: Digest, parameter: str = UBUNTU_24_04, *, engine: str = ""
) -> Image:
    """Return an image that has this environment and engine, else the newest plain one.

    Raises:
        CloudError: AWS does not answer.
    """
    own = [image for image in baked_images(clients) if image.environment == wheelhouse]
    own.sort(key=lambda image: image.engine != engine)  # the environment alone saves time, too
    return own[0] if own else newest_image(clients, parameter)


def bake(
    clients: Clients,
    instance_id: str,
    wheelhouse: Digest,
    *,
    engine: str = "",
    lock: str = "",
    patience_s: float = _BAKE_S,
    pause: Callable[[float], object] = time.sleep,
    is_over: Callable[[], bool] = lambda: False,
) -> Image:
    """Make an image of an instance that has its environment, and wait until it can be used.

    The instance is stopped from writing for a moment, as what is half on its disk is no image.
    It is given up as soon as ``is_over`` says so.

    Raises:
        CloudError: AWS does not answer, or could not make it; what it has made is removed.
    """
    tags = [
        {"Key": names.TAG, "Value": names.APP},
        {"Key": TAG_ENVIRONMENT, "Value": wheelhouse},
        {"Key": "Name", "Value": "Second Unit worker"},
        *([{"Key": TAG_ENGINE, "Value": engine}] if engine else []),
        *([{"Key": TAG_LOCK, "Value": lock}] if lock else []),
    ]
    with named("making a machine image"):
        image_id = clients("ec2").create_image(
            InstanceId=instance_id,
            Name=f"{names.APP}-{wheelhouse[:16]}-{instance_id}",
            TagSpecifications=[
                {"ResourceType": kind, "Tags": tags} for kind in ("image", "snapshot")
            ],
        )["ImageId"]
    try:
        return _awaited(clients, image_id, patience_s, pause, is_over)
    except CloudRefused:
        forget_image(clients, image_id)
        raise


def forget_image(clients: Clients, image_id: str) -> None:
    """Remove an image that Second Unit made, and the snapshots that it is billed for.

    Raises:
        CloudError: AWS does not answer; it can be done again.
        CloudRefused: it is none of ours.
    """
    ec2 = clients("ec2")
    with named("removing a machine image"):
        found = ec2.describe_images(ImageIds=[image_id])["Images"]
        if not found:
            return
        tagged = {tag["Key"]: tag["Value"] for tag in found[0].get("Tags", ())}
        if not names.is_ours(tagged):
            raise CloudRefused(f"{image_id} was not made by Second Unit.", "It is left alone.")
        ec2.deregister_image(ImageId=image_id)
        for device in found[0].get("BlockDeviceMappings", ()):
            if snapshot_id := device.get("Ebs", {}).get("SnapshotId"):
                ec2.delete_snapshot(SnapshotId=snapshot_id)


def _awaited(
    clients: Clients,
    image_id: str,
    patience_s: float,
    pause: Callable[[float], object],
    is_over: Callable[[], bool],
) -> Image:
    give_up_s = time.monotonic() + patience_s
    while time.monotonic() < give_up_s and not is_over():
        try:
            with named("waiting for a machine image"):
                found = clients("ec2").describe_images(ImageIds=[image_id])["Images"]
        except CloudUnreachable:
            found = []
        state = found[0].get("State", "pending") if found else "pending"
        if state == "available":
            return _image(found[0])
        if state != "pending":
            break
        pause(_LOOK_S)
    raise CloudRefused("AWS could not make the machine image.", "It was removed; try again.")


def _image(told: dict[str, Any]) -> Image:
    tagged = {tag["Key"]: tag["Value"] for tag in told.get("Tags", ())}
    root = str(told.get("RootDeviceName", "/dev/sda1"))
    sizes = [
        int(device.get("Ebs", {}).get("VolumeSize", 0))
        for device in told.get("BlockDeviceMappings", ())
        if device.get("DeviceName") == root
    ]
    return Image(
        image_id=told["ImageId"],
        name=str(told.get("Name", "")),
        made_at=str(told.get("CreationDate", "")),
        disk_gib=max(sizes, default=0),
        root_device=root,
        environment=tagged.get(TAG_ENVIRONMENT, ""),
        engine=tagged.get(TAG_ENGINE, ""),
        lock=tagged.get(TAG_LOCK, ""),
    )
