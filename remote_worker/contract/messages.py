"""Say what an agent reports and what it is told, one JSON object a line.

``PROTOCOL.md`` tells when each is sent and what the other side does about it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from remote_worker.contract import VERSION
from remote_worker.contract.coding import ContractError, canonical, from_plain, to_plain
from remote_worker.contract.records import ChunkId, Digest, SegmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """The first line: who speaks and what it runs on."""

    kind: ClassVar[str] = "hello"
    agent_id: str
    contract_version: int
    worker_digest: Digest
    """Of the shipped folder, so that the desktop knows its own code answers."""
    build: str
    """Media library build, as in ``EncoderSettings.build``."""
    cpu_count: int
    memory_bytes: int
    gpu: str
    """Name and driver of the first GPU; empty when there is none."""
    environment: str = ""
    """Digest of the wheelhouse that its packages come from; empty where it runs in the app's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """Alive; sent every ``heartbeat_s`` whatever else happens."""

    kind: ClassVar[str] = "heartbeat"
    uptime_s: float
    chunk_id: ChunkId | None
    resident_bytes: int
    free_disk_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A chunk was taken from the queue."""

    kind: ClassVar[str] = "claimed"
    chunk_id: ChunkId
    deliveries: int
    claim_id: str = ""
    """Names this one delivery in logs and summaries; a digest of the queue's receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the segment in hand is."""

    kind: ClassVar[str] = "progress"
    chunk_id: ChunkId
    segment_id: SegmentId
    frames_done: int
    frames_total: int
    frames_per_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """How far the engine's own content check is, which comes before the first segment."""

    kind: ClassVar[str] = "checking"
    chunk_id: ChunkId
    frames_done: int
    """Of the frames that are looked at."""
    frames_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentStored:
    """A segment's record is in the store."""

    kind: ClassVar[str] = "segment"
    chunk_id: ChunkId
    segment_id: SegmentId
    blob: Digest
    segment_bytes: int
    reused: bool
    """Whether it was there already and nothing was rendered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkDone:
    """Every segment of the chunk is stored and its message acknowledged."""

    kind: ClassVar[str] = "chunk_done"
    chunk_id: ChunkId


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The platform will take this host back in ``grace_s`` seconds."""

    kind: ClassVar[str] = "notice"
    grace_s: float | None
    """None when it only says that it is likelier to take this host than others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drained:
    """No chunk is held any more; none will be taken."""

    kind: ClassVar[str] = "drained"
    given_back: ChunkId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A chunk could not be rendered; the agent itself goes on."""

    kind: ClassVar[str] = "failed"
    chunk_id: ChunkId
    reason: str
    """Stable name of the error, such as ``disk_full``; see ``remote_worker.errors``."""
    sentence: str
    """What happened, for a person."""
    advice: str
    """What one can do about it."""
    retry: bool
    """Whether trying again can help."""
    failures: int
    """How often this chunk has failed by now."""
    buried: bool
    """Whether it went to the dead letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bye:
    """The last line; the process ends after it."""

    kind: ClassVar[str] = "bye"
    reason: str
    """``finished``, ``drained``, ``idle`` or ``queue_unavailable``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drain:
    """Order: finish the segment in hand within ``grace_s``, give the claim back, end."""

    kind: ClassVar[str] = "drain"
    grace_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """Order: no more chunks will come; end when the queue is empty."""

    kind: ClassVar[str] = "finish"


Message = (
    Hello | Heartbeat | Claimed | Checking | Progress | SegmentStored | ChunkDone
    | Notice | Drained | Failed | Bye
)  # fmt: skip
Order = Drain | Finish
M = TypeVar("M")

_MESSAGES: dict[str, type[Any]] = {
    kind.kind: kind
    for kind in (
        Hello, Heartbeat, Claimed, Checking, Progress, SegmentStored, ChunkDone,
        Notice, Drained, Failed, Bye,
    )
}  # fmt: skip
_ORDERS: dict[str, type[Any]] = {kind.kind: kind for kind in (Drain, Finish)}


def encode(message: Message | Order) -> str:
    """Return ``message`` as one line, its newline included."""
    return canonical({"v": VERSION, "kind": message.kind, **to_plain(message)}) + "\n"


def decode(line: str) -> Message:
    """Return the agent's message on ``line``.

    Raises:
        ContractError: not JSON, another version, an unknown kind, or wrong fields.
    """
    message: Message = _decode(line, _MESSAGES)
    return message


def decode_order(line: str) -> Order:
    """Return the order on ``line``.

    Raises:
        ContractError: not JSON, another version, an unknown kind, or wrong fields.
    """
    order: Order = _decode(line, _ORDERS)
    return order


def _decode(line: str, kinds: dict[str, type[Any]]) -> Any:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ContractError("not JSON", line) from error
    if not isinstance(fields, dict):
        raise ContractError("not an object", line)
    version, kind = fields.pop("v", None), fields.pop("kind", None)
    if version != VERSION:
        raise ContractError(f"speaks version {version}, not {VERSION}", line)
    if not isinstance(kind, str) or kind not in kinds:
        raise ContractError("unknown kind", line)
    return from_plain(kinds[kind], fields)
