"""Read what an agent is told at its start: where queue, store and folders are, and its pace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from remote_worker.contract.coding import ContractError, from_text
from remote_worker.queues import Queue
from remote_worker.stores import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueConfig:
    """Which queue; ``kind`` decides which other fields count."""

    kind: str
    path: str = ""
    """The file of a ``sqlite`` queue."""
    url: str = ""
    """Of an ``sqs`` queue; or of a ``rabbitmq`` server, without a password."""
    dead_url: str = ""
    """Of the queue of what an ``sqs`` queue's workers gave up."""
    urgent_url: str = ""
    """Of the ``sqs`` queue that is looked into first; or empty."""
    region: str = ""
    endpoint_url: str = ""
    """Empty: the service's own in ``region``."""
    name: str = ""
    """What the names of the queues of ``rabbitmq`` begin with."""
    secret: str = ""
    """``env:NAME`` or ``file:PATH`` of the password to ``rabbitmq``, or of a URL with one in it."""
    ca_file: str = ""
    """Certificates of who signs the server's; empty: whom the host trusts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreConfig:
    """Which store; ``kind`` decides which other fields count."""

    kind: str
    root: str = ""
    """The folder of a ``folder`` store."""
    bucket: str = ""
    """Of an ``s3`` store."""
    prefix: str = ""
    """Put before each key of an ``s3`` store."""
    region: str = ""
    endpoint_url: str = ""
    """Empty: the service's own in ``region``."""
    addressing: Literal["", "path", "virtual"] = ""
    """Where the bucket's name goes in an address of an ``s3`` store; empty: as the SDK does."""
    ca_file: str = ""
    """Certificates of who signs that of an ``s3`` store; empty: whom the host trusts."""
    seen_within_s: float = -1.0
    """How late a ``folder`` store may show what others stored; negative: by its drive's kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentConfig:
    """All an agent is told; it holds no secret."""

    agent_id: str
    queue: QueueConfig
    store: StoreConfig
    cache_folder: str
    """Copies of pieces, photos and models; kept between runs, of this agent only."""
    work_folder: str
    """Segments being written; of this agent only, cleared of what a killed one left."""
    spool: str
    """File that every line of the agent is appended to, to be read again from any offset."""
    hold_s: float = 60.0
    """How long a claim lasts unless it is extended, which happens every third of it."""
    heartbeat_s: float = 5.0
    poll_s: float = 1.0
    """How long one look into the queue waits."""
    grace_s: float = 60.0
    """Time for the segment in hand when the agent is ended with no time stated."""
    idle_s: float = 0.0
    """Ends by itself after so long without work and without a touch of ``sign``; 0 is never."""
    fleet_key: str = ""
    """Blob that names the fleet to end when nothing is left to do; or empty."""
    finish_key: str = ""
    """Key that is stored once no more chunks will come, for agents that hear no orders and that
    nobody replaces: with it, or once the queue is gone, they end as if told to finish; until then
    ``idle_s`` only counts while no agent has work in hand.  Or empty."""
    leaves_when_full: bool = False
    """Whether a full disk is this host's own trouble: the agent ends, the chunk is not blamed."""
    patience_s: float = 300.0
    """How long the queue may be away before the agent gives up."""
    retry_pause_s: float = 2.0
    """Waited before a failed chunk is given back, so that a passing fault can pass."""
    failures_allowed: int = 3
    """The failure that buries a chunk."""
    deliveries_allowed: int = 20
    """A chunk handed out more often than this kills its workers and is buried."""
    cache_bytes: int = 20 * 1024**3
    notices: Literal["", "ec2", "signal"] = ""
    """Where the platform says that it takes this host back; empty where none does."""
    drained_code: int = 0
    """Exit status after a drain; not 0 where success would say that the work is done."""
    shares_files: bool = False
    """Whether every user may change what it stores: on a volume that pods and a desktop share."""
    sign: str = ""
    """File that is touched at each claim and stored segment, for a watchdog to see; or empty."""
    orders: str = ""
    """Pipe that orders come through, for a host that is reached by SSH; or empty."""
    alive: str = ""
    """File that is locked while the agent lives; or empty."""
    listens: bool = True
    """Whether orders come on standard input, and its end means that the desktop is gone."""
    job_id: str = ""
    """The job that it works for, as logs and summaries name it; or empty."""
    summary_s: float = 10.0
    """How often at most its summary is written to the store, if it has a job; 0 is never."""
    metrics_port: int = 0
    """Port of its Prometheus metrics; 0: none are served."""
    metrics_host: str = "127.0.0.1"
    """Address that the metrics are bound to: this host only, unless told otherwise."""
    log: str = ""
    """File for its structured log, or ``stderr``; empty for none."""


def read_config(path: Path) -> AgentConfig:
    """Return what the file at ``path`` says.

    Raises:
        ContractError: it cannot be read or is no configuration.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise ContractError(f"{path} cannot be read ({error.strerror})") from error
    config = from_text(AgentConfig, text)
    if config.hold_s <= 0 or config.heartbeat_s <= 0 or config.poll_s <= 0:
        raise ContractError("hold_s, heartbeat_s and poll_s must be more than 0")
    if config.summary_s < 0 or not 0 <= config.metrics_port <= 65535:
        raise ContractError("summary_s must not be negative, metrics_port must be a port")
    return config


def open_queue(config: QueueConfig) -> Queue:
    """Return the queue that is meant.

    Raises:
        ContractError: this agent knows no such kind.
        QueueUnavailable: it does not answer.
    """
    match config.kind:
        case "sqlite":
            from remote_worker.queues.sqlite import SqliteQueue

            return SqliteQueue(Path(config.path))
        case "sqs":
            from remote_worker.queues.sqs import SqsPlace, SqsQueue

            return SqsQueue(
                SqsPlace(
                    url=config.url,
                    dead_url=config.dead_url,
                    urgent_url=config.urgent_url,
                    region=config.region or None,
                    endpoint_url=config.endpoint_url or None,
                    ca_file=config.ca_file,
                )
            )
        case "rabbitmq":
            return _open_rabbitmq(config)
    raise ContractError(f"no queue of kind {config.kind!r} is known")


def _open_rabbitmq(config: QueueConfig) -> Queue:
    from remote_worker.queues.rabbitmq import RabbitPlace, RabbitQueue

    try:
        place = RabbitPlace(
            name=config.name, url=config.url, secret=config.secret, ca_file=config.ca_file
        )
    except ValueError as error:
        raise ContractError(str(error)) from error
    return RabbitQueue(place)


def open_store(config: StoreConfig) -> Store:
    """Return the store that is meant.

    Raises:
        ContractError: this agent knows no such kind.
        StoreUnavailable: it does not answer.
    """
    match config.kind:
        case "folder":
            from remote_worker.stores.folder import FolderStore

            late_s = None if config.seen_within_s < 0 else config.seen_within_s
            return FolderStore(Path(config.root), create=False, seen_within_s=late_s)
        case "s3":
            from remote_worker.stores.s3 import Bucket, S3Store

            return S3Store(
                Bucket(
                    name=config.bucket,
                    prefix=config.prefix,
                    region=config.region or None,
                    endpoint_url=config.endpoint_url or None,
                    addressing=config.addressing,
                    ca_file=config.ca_file,
                )
            )
    raise ContractError(f"no store of kind {config.kind!r} is known")
