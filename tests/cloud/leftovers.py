"""List what an account still holds that somebody would pay for or trip over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.ec2.models import ec2_backends
from moto.s3.models import s3_backends
from moto.scheduler.models import scheduler_backends
from moto.sqs.models import sqs_backends

from tests.cloud.fleets import Fleets

Left = dict[str, str]


def left_behind(fleets: Fleets) -> list[Left]:
    """Everything left, each with its kind, id and region."""
    found = [*_instances_and_kin(), *_fleets(fleets), *_objects(), *_messages(), *_schedules()]
    return sorted(found, key=lambda one: (one["kind"], one["region"], one["id"]))


def _all(backends: Any) -> Iterator[tuple[str, Any]]:
    """The regions that moto has a backend for, with it."""
    return ((region, backend) for _, region, backend in list(backends.iter_backends()))


def _left(kind: str, one_id: str, region: str) -> Left:
    return {"kind": kind, "id": one_id, "region": region}


def _instances_and_kin() -> Iterator[Left]:
    for region, backend in _all(ec2_backends):
        for instance in backend.all_instances():
            if instance.state != "terminated":
                yield _left("instance", instance.id, region)
        for volume in backend.volumes.values():
            yield _left("volume", volume.id, region)
        for pair in backend.describe_key_pairs(key_names=[]):
            yield _left("key", pair.key_name, region)
        for groups in backend.groups.values():
            for group in groups.values():
                if group.name != "default":
                    yield _left("group", group.id, region)
        for template in backend.launch_templates.values():
            yield _left("template", template.id, region)
        yield from _made_images(backend, region)


def _made_images(backend: Any, region: str) -> Iterator[Left]:
    own = [image for image in backend.amis.values() if image.owner_alias != "amazon"]
    for image in own:
        yield _left("image", image.id, region)
    public = {i.ebs_snapshot.id for i in backend.amis.values() if i.owner_alias == "amazon"}
    for snapshot in backend.snapshots.values():
        if snapshot.id not in public:
            yield _left("snapshot", snapshot.id, region)


def _fleets(fleets: Fleets) -> Iterator[Left]:
    for fleet in fleets.fleets.values():
        if fleet.is_active and fleet.kind != "instant":
            yield _left("fleet", fleet.fleet_id, fleet.backend.region_name)


def _objects() -> Iterator[Left]:
    for _, backend in _all(s3_backends):
        for bucket in backend.buckets.values():
            for upload in bucket.multiparts.values():
                one = f"{bucket.name}/{upload.key_name}"
                yield _left("multipart upload", one, bucket.region_name)


def _messages() -> Iterator[Left]:
    for region, backend in _all(sqs_backends):
        for queue in backend.queues.values():
            for message in list(queue._messages):
                yield _left("message", f"{queue.name}/{message.id}", region)


def _schedules() -> Iterator[Left]:
    for region, backend in _all(scheduler_backends):
        for group in backend.schedule_groups.values():
            for schedule in group.schedules.values():
                yield _left("schedule", schedule.name, region)
