"""Say where many workers find their work: each kind of queue, with a store it is used with."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import boto3
from botocore.config import Config

from remote_worker.queues import Queue
from remote_worker.queues.rabbitmq import RabbitQueue, set_up, take_down
from remote_worker.queues.sqlite import SqliteQueue
from remote_worker.queues.sqs import SqsPlace, SqsQueue
from remote_worker.stores import Store
from remote_worker.stores.folder import FolderStore
from remote_worker.stores.s3 import Bucket, S3Store
from tests.fakes.narrow_s3 import Conditions, NarrowS3, narrow_s3
from tests.fakes.rabbitmq import RabbitServer

REGION = "us-east-1"
KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}


@dataclass
class Place:
    """Queue and store, as a test uses them and as an agent is told of them."""

    queue: Queue
    store: Store
    queue_config: dict[str, object]
    store_config: dict[str, object]
    extra_keys: set[str] = field(default_factory=set)
    """What a store keeps for itself."""


@contextmanager
def sqlite_and_folder(folder: Path, rabbit: RabbitServer | None) -> Iterator[Place]:
    store, path = FolderStore(folder / "store"), folder / "queue.sqlite"
    yield Place(
        SqliteQueue(path),
        store,
        {"kind": "sqlite", "path": str(path)},
        {"kind": "folder", "root": str(folder / "store")},
    )
    store.sweep(older_than_s=-60)  # what killed writers left half-written
    left = [path for path in store.root.rglob("*") if path.is_file()]
    assert len(left) == len(list(store.keys("")))


@contextmanager
def sqs_and_s3(folder: Path, rabbit: RabbitServer | None) -> Iterator[Place]:
    with _service("kept") as service:
        sqs = boto3.client("sqs", region_name=REGION, endpoint_url=service.url)
        names = (f"{kind}-{uuid.uuid4().hex[:8]}" for kind in ("chunks", "dead", "urgent"))
        urls = [sqs.create_queue(QueueName=name)["QueueUrl"] for name in names]
        where = {"region": REGION, "endpoint_url": service.url}
        told = {"url": urls[0], "dead_url": urls[1], "urgent_url": urls[2], **where}
        store, store_config = _bucket(service)
        queue = SqsQueue(SqsPlace(**told))
        yield Place(queue, store, {"kind": "sqs", **told}, store_config, {_PROBE})


@contextmanager
def rabbitmq_and_plain_s3(folder: Path, rabbit: RabbitServer | None) -> Iterator[Place]:
    """Queues of RabbitMQ, and a bucket that takes no notice of conditional writes."""
    assert rabbit is not None
    place = rabbit.place(f"many-{uuid.uuid4().hex}")
    set_up(place)
    queue = RabbitQueue(place)
    told = {"kind": "rabbitmq", "name": place.name, "url": place.url, "secret": place.secret}
    try:
        with _service("ignored") as service:
            store, store_config = _bucket(service)
            yield Place(queue, store, told, store_config, {_PROBE})
    finally:
        queue.close()
        take_down(place)


KINDS = {"sqlite": sqlite_and_folder, "sqs": sqs_and_s3, "rabbitmq": rabbitmq_and_plain_s3}
_PROBE = "probe/conditional-writes"


@contextmanager
def _service(conditions: Conditions) -> Iterator[NarrowS3]:
    with narrow_s3(conditions) as service:
        yield service


def _bucket(service: NarrowS3) -> tuple[S3Store, dict[str, object]]:
    name, where = f"many-{uuid.uuid4().hex[:12]}", {"region": REGION, "endpoint_url": service.url}
    told = Config(request_checksum_calculation="when_required")
    boto3.client("s3", region_name=REGION, endpoint_url=service.url, config=told).create_bucket(
        Bucket=name
    )
    store = S3Store(Bucket(name=name, prefix="jobs/", addressing="path", **where))
    plain = {"kind": "s3", "bucket": name, "prefix": "jobs/", "addressing": "path", **where}
    return store, plain
