"""Count what handing out work costs: requests of queue and store per chunk, and money per hour.

Real agents, with the real SQS and S3 bodies, render real (very small) chunks; only the service
behind the SDK's client is a counting one in this process.  The baseline is the count per chunk
that one worker alone needs; the ratio is the most that any number of workers needs, to that.
What is constant per chunk is then carried on to a million chunks, and priced.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import threading
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from orchestrator.transfer.collect import Collector
from remote_worker.agent import Agent
from remote_worker.config import AgentConfig, QueueConfig, StoreConfig
from remote_worker.contract.coding import canonical
from remote_worker.contract.records import ChunkMessage, ChunkOrder
from remote_worker.queues import Claim
from remote_worker.queues.sqs import SqsPlace, SqsQueue
from remote_worker.stores import blob_key, order_key
from remote_worker.stores.folder import FolderStore
from remote_worker.stores.s3 import Bucket, S3Store
from tests.many.mixed import numbered_orders

_WORKERS = (1, 10, 100, 1000)
_AT_ONCE = 4
"""Agents that are alive at the same time: this machine's cores are few, the counts the same."""
_FEWEST_CHUNKS = 20
_MANY = 1_000_000

# us-east-1, dollars a request, by the services' public price lists (standard queue, S3 Standard)
_PRICES = {"sqs": 0.40e-6, "put": 5.0e-6, "list": 5.0e-6, "get": 0.4e-6, "head": 0.4e-6,
           "delete": 0.0}  # fmt: skip
_HOLD_S, _POLL_S, _LOOK_S = 60.0, 1.0, 1.0
"""As agents and the runner have them: extending every third of a hold, looking once a second."""


def main() -> int:
    """Measure, print the figures, and the ratio last."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        per_chunk = {
            segments: [requests_per_chunk(folder, workers, segments) for workers in _WORKERS]
            for segments in (1, 4)
        }
    for segments, counts in per_chunk.items():
        for workers, count in zip(_WORKERS, counts, strict=True):
            told = ", ".join(f"{kind} {each:.2f}" for kind, each in sorted(count.items()))
            print(f"{workers:5} workers, {segments} segments a chunk: {told} a chunk")
    _price(per_chunk[1][-1], per_chunk[4][-1])
    listed = max(count["worker list"] for counts in per_chunk.values() for count in counts)
    print(f"listings while rendering: {listed:.0f}")
    if listed:
        return 1
    print(f"ratio {max(_growth(counts) for counts in per_chunk.values()):.2f}")
    return 0


def _growth(counts: list[Counter[str]]) -> float:
    totals = [sum(count.values()) for count in counts]
    return max(totals) / totals[0]


def _price(one: Counter[str], four: Counter[str]) -> None:
    """Tell the price by what each segment and each chunk adds."""
    kinds = sorted({*one, *four})
    segment = {kind: (four[kind] - one[kind]) / 3 for kind in kinds}
    chunk = {kind: one[kind] - segment[kind] for kind in kinds}
    told = "; ".join(f"{kind} {chunk[kind]:.0f} + {segment[kind]:.0f} n" for kind in kinds)
    print(f"a chunk of n segments: {told}")
    an_hour = 3600 / (_HOLD_S / 3) * _PRICES["sqs"]
    print(f"a worker's extending: ${an_hour:.5f} an hour")
    print(f"an idle worker's looking: ${3600 / _POLL_S * _PRICES['sqs']:.5f} an hour")
    print(f"the desktop's looking: ${2 * 3600 / _LOOK_S * _PRICES['sqs']:.5f} an hour and job")
    for chunk_s, segments in ((30, 1), (60, 4), (300, 20)):
        dollars = sum(_dollars(kind, chunk[kind] + segment[kind] * segments) for kind in kinds)
        hourly = dollars * 3600 / chunk_s + an_hour
        print(
            f"chunks of {chunk_s} s and {segments} segments: ${hourly:.4f} a GPU-hour; "
            f"{_MANY:,} of them: ${hourly * _MANY * chunk_s / 3600:,.0f} "
            f"over {_MANY * chunk_s / 3600:,.0f} GPU-hours"
        )


def _dollars(kind: str, count: float) -> float:
    return count * _PRICES[kind.split()[1]]


# -- one measurement ---------------------------------------------------------------------


def requests_per_chunk(folder: Path, workers: int, segments: int) -> Counter[str]:
    """Return the requests per chunk, by who made them and what they are priced as."""
    account = _Account()
    chunks = max(_FEWEST_CHUNKS, workers)
    orders = []
    account.who = "desktop"
    queue, store = account.queue(), account.store()
    for order, piece in numbered_orders(folder, chunks, segments=segments):
        _stage(order, piece, queue, store)
        orders.append(order)
    account.who = "worker"
    shares = [chunks // workers + (number < chunks % workers) for number in range(workers)]
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        work = [
            threads.submit(_work, account, folder / f"{workers}-{segments}-{number}", share)
            for number, share in enumerate(shares)
        ]
        for each in work:
            each.result()
    account.who = "desktop"
    _collect(folder, f"{workers}-{segments}", orders, store)
    return Counter({kind: count / chunks for kind, count in account.counts.items()})


def _stage(order: ChunkOrder, piece: Path, queue: SqsQueue, store: S3Store) -> None:
    """Do as the stager does for each chunk, which has a piece of its own."""
    store.put_file(blob_key(order.piece.digest), piece)
    store.put(order_key(order.chunk_id), canonical(order).encode())
    queue.send(canonical(ChunkMessage(chunk_id=order.chunk_id)), message_id=order.chunk_id)


def _collect(folder: Path, name: str, orders: list[ChunkOrder], store: S3Store) -> None:
    here = FolderStore(folder / f"here-{name}")
    collector = Collector(here, store)
    for order in orders:
        chunk = SimpleNamespace(segments=order.segments)  # all that it asks of a chunk
        for record in collector.fetch(chunk):
            here.delete(blob_key(record.blob))  # all chunks show the same here, which is rare


def _work(account: _Account, folder: Path, share: int) -> None:
    """Be one worker for ``share`` chunks."""
    config = AgentConfig(
        agent_id=folder.name,
        queue=QueueConfig(kind="sqs"),
        store=StoreConfig(kind="s3"),
        cache_folder=str(folder / "cache"),
        work_folder=str(folder / "work"),
        spool=str(folder / "spool"),
        hold_s=_HOLD_S,
        heartbeat_s=60.0,
    )
    queue = _Share(account.queue(), share)
    failed: list[Any] = []

    def report(message: Any) -> None:
        if message.kind == "failed":
            failed.append(message)

    agent = Agent(config, queue, account.store(), report)
    queue.drain = lambda: agent.drain(60.0)
    if agent.run(None) != 0 or failed:
        raise SystemExit(f"cannot measure: a worker failed: {failed}")


class _Share:
    """Lets an agent take its share of a queue and then end."""

    def __init__(self, queue: SqsQueue, share: int) -> None:
        self._queue, self._left = queue, share
        self.drain: Callable[[], None] = lambda: None

    def claim(self, *, wait_s: float, hold_s: float) -> Claim | None:
        if not self._left:
            self.drain()
            return None
        self._left -= 1
        return self._queue.claim(wait_s=wait_s, hold_s=hold_s)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queue, name)


# -- the service -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Page:
    """All keys that a listing tells."""

    contents: list[dict[str, str]]

    def paginate(self, **_: Any) -> list[dict[str, Any]]:
        return [{"Contents": self.contents}]


class _Account:
    """A queue and a bucket in memory that count the requests made of them."""

    def __init__(self) -> None:
        self.who = ""
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._objects: dict[str, bytes] = {}
        self._waiting: deque[str] = deque()

    def queue(self) -> SqsQueue:
        return SqsQueue(SqsPlace(url="chunks", dead_url="dead"), client=self)

    def store(self) -> S3Store:
        return S3Store(Bucket(name="staging"), client=self)

    def _count(self, kind: str) -> None:
        with self._lock:
            self.counts[f"{self.who} {kind}"] += 1

    def send_message(self, **asked: Any) -> None:
        self._count("sqs")
        self._waiting.append(asked["MessageBody"])

    def receive_message(self, **_: Any) -> dict[str, Any]:
        self._count("sqs")
        try:
            body = self._waiting.popleft()
        except IndexError:
            return {}
        receipt = f"{random.getrandbits(64):x}"
        told = {"ReceiptHandle": receipt, "Body": body}
        return {"Messages": [told | {"Attributes": {"ApproximateReceiveCount": "1"}}]}

    def change_message_visibility(self, **_: Any) -> None:
        self._count("sqs")

    def delete_message(self, **_: Any) -> None:
        self._count("sqs")

    def put_object(self, **asked: Any) -> None:
        self._count("put")
        with self._lock:
            if asked.get("IfNoneMatch") and asked["Key"] in self._objects:
                raise ClientError({"Error": {"Code": "PreconditionFailed"}}, "PutObject")
            self._objects[asked["Key"]] = asked["Body"]

    def upload_file(self, path: str, bucket: str, key: str, **_: Any) -> None:
        self.put_object(Bucket=bucket, Key=key, Body=Path(path).read_bytes())

    def get_object(self, **asked: Any) -> dict[str, Any]:
        self._count("get")
        return {"Body": _Body(self._object(asked["Key"]))}

    def head_object(self, **asked: Any) -> None:
        self._count("head")
        self._object(asked["Key"])

    def delete_object(self, **asked: Any) -> None:
        self._count("delete")
        self._objects.pop(asked["Key"], None)

    def get_paginator(self, _: str) -> _Page:
        self._count("list")
        return _Page([{"Key": key} for key in sorted(self._objects)])

    def _object(self, key: str) -> bytes:
        try:
            return self._objects[key]
        except KeyError:
            raise ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject") from None


class _Body(io.BytesIO):
    """What an SDK gives to read an object from."""

    def iter_chunks(self, size: int) -> Any:
        return iter(lambda: self.read(size), b"")


if __name__ == "__main__":
    sys.exit(main())
