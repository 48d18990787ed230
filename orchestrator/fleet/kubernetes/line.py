"""Reach storage and queue of a cluster from this machine, and make a job's part of both."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from orchestrator.cloud_errors import CloudRefused, CloudUnreachable
from orchestrator.errors import RequestRefused, SecretRefused, SecretsUnavailable
from orchestrator.fleet.kubernetes import names
from orchestrator.fleet.kubernetes.cluster import Cluster, keys_name
from orchestrator.fleet.kubernetes.manifests import DELIVERIES, STORE_MOUNT
from orchestrator.secrets import Secret, Secrets
from remote_worker.config import QueueConfig, StoreConfig
from remote_worker.contract.records import JobId
from remote_worker.errors import QueueUnavailable
from remote_worker.queues import Queue
from remote_worker.queues.sqs import NO_QUEUE, SqsPlace, SqsQueue
from remote_worker.stores import Store
from remote_worker.stores.folder import FolderStore
from remote_worker.stores.s3 import Bucket, S3Store, why_no_line

if TYPE_CHECKING:
    from remote_worker.queues.rabbitmq import RabbitQueue

KEY_ID, SECRET_KEY = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"
QUEUE_PASSWORD = "SECONDUNIT_QUEUE_PASSWORD"  # noqa: S105  # the name of a variable
_HERE_PASSWORD = "SECONDUNIT_QUEUE_PASSWORD_HERE"  # noqa: S105  # the name of a variable
_KEPT_S = 14 * 24 * 3600
"""Longest that SQS keeps a message: a job may rest so long before it is staged anew."""
_CLIENT = Config(
    connect_timeout=10, read_timeout=40, retries={"mode": "standard", "max_attempts": 5}
)
_QUICK = Config(connect_timeout=3, read_timeout=5, retries={"mode": "standard", "max_attempts": 2})
_FOLDERS = ("blobs", "segments", "orders", "done", "failures", "watch")
"""Of a store: made first by this machine, so that pods may write to each."""
Keys = Mapping[str, Secret]
"""By the name of the variable that pods have them in."""


def keep_keys(secrets: Secrets, cluster: Cluster, keys: Keys) -> None:
    """Keep the keys that pods of a cluster are given.

    Raises:
        SecretRefused, SecretsUnavailable: they could not be kept.
    """
    plain = {name: value.reveal() for name, value in keys.items()}
    secrets.put(keys_name(cluster), Secret(json.dumps(plain)))


def kept_keys(secrets: Secrets, cluster: Cluster) -> Keys:
    """Return the keys that are kept for a cluster's pods; empty where there are none.

    Raises:
        SecretsUnavailable: the password store does not answer.
        SecretRefused: what is kept is none of ours.
    """
    try:
        kept = secrets.get(keys_name(cluster))
    except SecretsUnavailable:
        if secrets.state().kind != "none":
            raise
        kept = None  # without a password store nothing was ever kept
    if kept is None:
        return {}
    try:
        plain = json.loads(kept.reveal())
        return {str(name): Secret(str(value)) for name, value in plain.items()}
    except (ValueError, AttributeError):
        raise SecretRefused(
            "What is kept as the cluster's keys cannot be read.", "Type the keys again."
        ) from None


class JobQueue(Protocol):
    """One job's queue with a service, from this machine."""

    def make(self) -> QueueConfig:
        """Make the queue, or find it as it is; return how agents reach it.

        Raises:
            CloudError, QueueUnavailable: it could not be made.
        """
        ...

    def open(self, *, quick: bool) -> Queue:
        """Return the queue; a quick one fails instead of waiting long."""
        ...

    def close(self) -> None:
        """Let go of the connections of what was opened; what is in the queue stays."""
        ...

    def remove(self) -> None:
        """Remove the queue and all in it; safe to perform twice.

        Raises:
            CloudError, QueueUnavailable: it could not be removed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """What one job has outside the cluster."""

    queue: JobQueue
    store: Store
    store_config: StoreConfig
    clear_store: Callable[[], None]


def line_of(cluster: Cluster, job_id: JobId, keys: Keys, *, hold_s: float) -> Line:
    """Return how a job's queue and store are reached; nothing is asked yet.

    Raises:
        RequestRefused: something of them is not chosen yet.
    """
    store, config, clear = _store(cluster, job_id, keys)
    return Line(_queue(cluster, job_id, keys, hold_s), store, config, clear)


def _queue(cluster: Cluster, job_id: JobId, keys: Keys, hold_s: float) -> JobQueue:
    if cluster.queue == "rabbitmq":
        return RabbitJobQueue(cluster, job_id, keys)
    return SqsJobQueue(cluster, job_id, keys, hold_s)


def _session(cluster: Cluster, keys: Keys) -> Any:
    """Return a session with the kept keys, or with what the SDK finds on this machine."""
    if KEY_ID not in keys:
        return boto3.Session(region_name=cluster.region or None)
    return boto3.Session(
        aws_access_key_id=keys[KEY_ID].reveal(),
        aws_secret_access_key=keys[SECRET_KEY].reveal(),
        region_name=cluster.region or None,
    )


# -- storage ------------------------------------------------------------------------------


def _store(
    cluster: Cluster, job_id: JobId, keys: Keys
) -> tuple[Store, StoreConfig, Callable[[], None]]:
    prefix = f"{cluster.prefix}jobs/{job_id}/"
    if cluster.store == "claim":
        return _claim_store(cluster, job_id, prefix.rstrip("/"))
    if not cluster.bucket:
        raise _no_storage()
    store, config, s3 = _bucket_store(cluster, keys, prefix)
    return store, config, lambda: _clear_bucket(s3, cluster.bucket, prefix, store)


def _bucket_store(cluster: Cluster, keys: Keys, prefix: str) -> tuple[Store, StoreConfig, Any]:
    bucket = Bucket(
        name=cluster.bucket,
        prefix=prefix,
        region=cluster.region or None,
        endpoint_url=cluster.store_endpoint_url or None,
        ca_file=_trusted(cluster, cluster.store_endpoint_url),
    )
    s3 = _session(cluster, keys).client(
        "s3",
        endpoint_url=cluster.store_endpoint_url or None,
        verify=bucket.ca_file or None,
        config=_CLIENT,
    )
    return S3Store(bucket, client=s3), _bucket_config(cluster, prefix), s3


def _bucket_config(cluster: Cluster, prefix: str) -> StoreConfig:
    return StoreConfig(
        kind="s3",
        bucket=cluster.bucket,
        prefix=prefix,
        region=cluster.region,
        endpoint_url=cluster.store_endpoint_url,
    )


def shared_config(cluster: Cluster) -> StoreConfig:
    """Return how pods reach what all jobs of a cluster share, such as an engine's files."""
    if cluster.store == "claim":
        return StoreConfig(kind="folder", root=f"{STORE_MOUNT}/{cluster.prefix}".rstrip("/"))
    return _bucket_config(cluster, cluster.prefix)


def shared_store(cluster: Cluster, keys: Keys, folders: tuple[str, ...]) -> Store:
    """Return the same from this machine; on a volume ``folders`` are made for pods to write to.

    Raises:
        RequestRefused: no storage is chosen, or the volume is not mounted on this machine.
    """
    if cluster.store == "claim":
        return FolderStore(_claim_root(cluster, cluster.prefix.rstrip("/"), folders))
    if not cluster.bucket:
        raise _no_storage()
    return _bucket_store(cluster, keys, cluster.prefix)[0]


def _no_storage() -> RequestRefused:
    return RequestRefused(
        "No storage is chosen for the cluster.", "Name a bucket, or a volume claim."
    )


def _trusted(cluster: Cluster, endpoint_url: str) -> str:
    """Return the file of whom this machine trusts at an address; empty: whom it does anyway."""
    return cluster.ca_file if endpoint_url else ""


def _clear_bucket(s3: Any, bucket: str, prefix: str, store: Store) -> None:
    with _named("clearing the job's storage"):
        pages = s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, Prefix=prefix)
        for half in [each for page in pages for each in page.get("Uploads", ())]:
            s3.abort_multipart_upload(Bucket=bucket, Key=half["Key"], UploadId=half["UploadId"])
    for key in list(store.keys("")):
        store.delete(key)


def _claim_store(
    cluster: Cluster, job_id: JobId, prefix: str
) -> tuple[Store, StoreConfig, Callable[[], None]]:
    root = _claim_root(cluster, prefix, (*_FOLDERS, f"watch/{job_id}/workers"))
    config = StoreConfig(kind="folder", root=f"{STORE_MOUNT}/{prefix}")
    return FolderStore(root), config, lambda: _clear_folder(root)


def _claim_root(cluster: Cluster, prefix: str, folders: tuple[str, ...]) -> Path:
    """Return where this machine has a part of the volume, with folders that pods write to.

    Raises:
        RequestRefused: no volume is chosen, or it cannot be used here.
    """
    if not cluster.claim or not cluster.claim_folder:
        raise RequestRefused(
            "No volume is chosen for the cluster.",
            "Name its claim, and the folder where this machine mounts the same volume.",
        )
    root = Path(cluster.claim_folder) / prefix
    try:
        for folder in (root, *(root / each for each in folders)):
            _make_for_all(folder)
    except OSError as error:
        raise RequestRefused(
            f"The volume's folder {cluster.claim_folder} cannot be used: {error.strerror}.",
            "See that it is mounted on this machine and can be written to.",
        ) from error
    return root


def _make_for_all(folder: Path) -> None:
    """Make a folder that pods write to as well, which are another user; ours alone are changed."""
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform != "win32" and folder.stat().st_uid == os.getuid():
        folder.chmod(0o777)
    if folder.parent.name == "watch":
        _make_for_all(folder.parent)


def _clear_folder(root: Path) -> None:
    import shutil

    try:
        shutil.rmtree(root)
    except FileNotFoundError:
        return
    except OSError as error:
        raise CloudRefused(
            f"The job's folder on the volume could not be removed: {error.strerror}.",
            f"Remove {root} by hand.",
        ) from error


# -- queues -------------------------------------------------------------------------------


class SqsJobQueue:
    """A queue of SQS for the job and one for its dead letters."""

    def __init__(self, cluster: Cluster, job_id: JobId, keys: Keys, hold_s: float) -> None:
        self._cluster, self._name, self._hold_s = cluster, names.base_name(job_id), hold_s
        self._job_id = job_id
        self._session = _session(cluster, keys)
        self._urls = ("", "")

    def make(self) -> QueueConfig:
        """Make both queues; see the contract."""
        sqs = self._client(_CLIENT)
        kept = {"MessageRetentionPeriod": str(_KEPT_S)}
        tags = names.labels(self._job_id)
        with _named("making the job's queue"):
            dead = sqs.create_queue(QueueName=f"{self._name}-dead", Attributes=kept, tags=tags)
            found = sqs.get_queue_attributes(QueueUrl=dead["QueueUrl"], AttributeNames=["QueueArn"])
            arn = found["Attributes"]["QueueArn"]
            redrive = {"deadLetterTargetArn": arn, "maxReceiveCount": DELIVERIES}
            own = kept | {
                "VisibilityTimeout": str(math.ceil(self._hold_s)),
                "RedrivePolicy": json.dumps(redrive),
            }
            made = sqs.create_queue(QueueName=self._name, Attributes=own, tags=tags)
        self._urls = (made["QueueUrl"], dead["QueueUrl"])
        return QueueConfig(
            kind="sqs",
            url=made["QueueUrl"],
            dead_url=dead["QueueUrl"],
            region=self._cluster.region,
            endpoint_url=self._cluster.queue_endpoint_url,
        )

    def open(self, *, quick: bool) -> Queue:
        """Return the queue that was made; see the contract."""
        place = SqsPlace(url=self._urls[0], dead_url=self._urls[1])
        return SqsQueue(place, client=self._client(_QUICK if quick else _CLIENT))

    def close(self) -> None:
        """Do nothing: each call has a connection of its own."""

    def remove(self) -> None:
        """Remove both queues; see the contract."""
        sqs = self._client(_CLIENT)
        for name in (self._name, f"{self._name}-dead"):
            with _named("removing the job's queue"):
                try:
                    sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName=name)["QueueUrl"])
                except ClientError as error:
                    if _code(error) not in NO_QUEUE:
                        raise

    def _client(self, config: Config) -> Any:
        endpoint_url = self._cluster.queue_endpoint_url
        return self._session.client(
            "sqs",
            endpoint_url=endpoint_url or None,
            verify=_trusted(self._cluster, endpoint_url) or None,
            config=config,
        )


class RabbitJobQueue:
    """The queues of one job in a RabbitMQ server."""

    def __init__(self, cluster: Cluster, job_id: JobId, keys: Keys) -> None:
        from remote_worker.queues.rabbitmq import RabbitPlace

        self._config = QueueConfig(
            kind="rabbitmq",
            url=cluster.queue_endpoint_url,
            name=names.base_name(job_id),
            secret=f"env:{QUEUE_PASSWORD}" if QUEUE_PASSWORD in keys or cluster.secret else "",
        )
        self._password = keys.get(QUEUE_PASSWORD)
        self._opened: list[RabbitQueue] = []
        try:
            self._place = RabbitPlace(
                name=self._config.name, url=self._config.url, ca_file=cluster.ca_file
            )
        except ValueError as error:
            raise RequestRefused(
                f"The queue's address cannot be used: {error}.",
                "Write it like amqps://user@host:5671/vhost; the password is kept elsewhere.",
            ) from error

    def make(self) -> QueueConfig:
        """Make the queues; see the contract."""
        from remote_worker.queues.rabbitmq import set_up

        set_up(self._here())
        return self._config

    def open(self, *, quick: bool) -> Queue:
        """Return the queue; see the contract."""
        from remote_worker.queues.rabbitmq import RabbitQueue

        del quick  # it has one connection, which answers at once or is away
        opened = RabbitQueue(self._here())
        self._opened.append(opened)
        return opened

    def close(self) -> None:
        """End the connections; see the contract."""
        while self._opened:
            self._opened.pop().close()

    def remove(self) -> None:
        """Remove the queues; see the contract."""
        from remote_worker.queues.rabbitmq import take_down

        take_down(self._here())

    def _here(self) -> Any:
        """Return the place with the password where its client looks for it: in the environment."""
        if self._password is None:
            return self._place
        os.environ[_HERE_PASSWORD] = self._password.reveal()
        return replace(self._place, secret=f"env:{_HERE_PASSWORD}")


@contextmanager
def _named(doing: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        raise CloudRefused(
            f"Something went wrong while {doing}: {_code(error)}.",
            "Check the keys of the cluster's storage and queue, then try again.",
        ) from error
    except BotoCoreError as error:
        why = why_no_line(error)
        raise CloudUnreachable(
            f"Nobody answers while {doing} ({why}).",
            _advice(why, "Check the network and the addresses of the cluster's storage and queue."),
        ) from error


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "unknown"))


def unreachable(error: QueueUnavailable) -> CloudUnreachable:
    """Return what a queue that does not answer is on this side of the border."""
    usual = "Check the queue's address and that it is running."
    return CloudUnreachable(error.sentence, _advice(error.sentence, usual))


def _advice(why: str, usual: str) -> str:
    """Return what to do where somebody was not reached, by why that is."""
    if "certificate is not trusted" not in why:
        return usual
    return (
        "Where an authority of your own signs it, choose the file with that one's certificate in"
        " the cluster's settings ('secondunit kubernetes set CONTEXT --ca-file FILE')."
    )
