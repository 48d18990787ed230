"""Be a fleet whose workers live in this process, or only pretend to."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from orchestrator.events import (
    LeaseId,
)
from orchestrator.fleet import Gone, Said, Tell
from orchestrator.home import Home
from orchestrator.jobs import JobRecord
from remote_worker.agent import Agent
from remote_worker.config import AgentConfig, QueueConfig, StoreConfig
from remote_worker.contract import VERSION
from remote_worker.contract.messages import Bye, Finish, Hello, Message, Order, encode
from remote_worker.contract.records import Digest
from remote_worker.queues.sqlite import SqliteQueue
from remote_worker.stores.folder import FolderStore

Pretended = Callable[["FakeFleet", LeaseId], Iterator[Message]]
"""What a worker says; when it ends without a bye, it died."""


class FakeFleet:
    """Workers are threads: true agents whose words may be lost, or pretended ones.

    Its methods are those of the Fleet contract; ``pretend`` holds what the first leases do
    instead of working, and ``is_lost`` tells which words of true agents nobody hears.
    """

    def __init__(
        self,
        pretend: tuple[Pretended, ...] = (),
        is_lost: Callable[[Message], bool] = lambda message: False,
    ) -> None:
        self.pretend, self.is_lost = list(pretend), is_lost
        self.requested: list[LeaseId] = []
        self.ordered: list[tuple[LeaseId, Order]] = []
        self.closed = 0
        self.over = threading.Event()
        self._orders: dict[LeaseId, int] = {}
        self._threads: list[threading.Thread] = []

    def __call__(self, home: Home, record: JobRecord, queue: Path, tell: Tell) -> FakeFleet:
        """Be the fleet of a job; each run of it has one of its own."""
        self.home, self.record, self.tell = home, record, tell
        self.queue = SqliteQueue(queue)
        self.over.clear()
        return self

    def request(self, lease_id: LeaseId) -> None:
        self.requested.append(lease_id)
        reads, writes = os.pipe()
        self._orders[lease_id] = writes
        work = self._pretend if self.pretend else self._work
        each = self.pretend.pop(0) if self.pretend else None
        thread = threading.Thread(target=work, args=(lease_id, reads, each), daemon=True)
        self._threads.append(thread)
        thread.start()

    def order(self, lease_id: LeaseId, order: Order) -> None:
        self.ordered.append((lease_id, order))
        if lease_id in self._orders:
            os.write(self._orders[lease_id], encode(order).encode())

    def check(self) -> None:
        return

    def close(self) -> None:
        self.closed += 1
        self.over.set()
        while self._orders:  # workers that end take theirs out meanwhile
            _, writes = self._orders.popitem()
            os.close(writes)
        for thread in self._threads:
            thread.join(20)
        assert not any(thread.is_alive() for thread in self._threads)

    def await_order(self, lease_id: LeaseId) -> None:
        """Wait until the lease is told something, or all is over."""
        while not self.over.wait(0.01):
            if any(told == lease_id for told, _ in self.ordered):
                return

    def _pretend(self, lease_id: LeaseId, reads: int, pretended: Pretended) -> None:
        said_bye = False
        for message in pretended(self, lease_id):
            said_bye = said_bye or isinstance(message, Bye)
            self.tell(Said(lease_id, message))
        os.close(reads)
        self._orders.pop(lease_id, None)
        self.tell(Gone(lease_id, said_bye, ""))

    def _work(self, lease_id: LeaseId, reads: int, pretended: None) -> None:
        folder = self.home.job(self.record.job_id) / "workers" / lease_id
        folder.mkdir(parents=True)
        config = AgentConfig(
            agent_id=lease_id,
            queue=QueueConfig(kind="sqlite"),
            store=StoreConfig(kind="folder"),
            cache_folder=str(folder / "cache"),
            work_folder=str(folder / "work"),
            spool=str(folder / "events.jsonl"),
            hold_s=5.0,
            heartbeat_s=0.5,
            poll_s=0.05,
        )

        def report(message: Message) -> None:
            if not self.is_lost(message):
                self.tell(Said(lease_id, message))

        Agent(config, self.queue, FolderStore(self.home.store), report).run(reads)
        self.tell(Gone(lease_id, orderly=True, last_words=""))


def hello(lease_id: LeaseId) -> Hello:
    """Return what a worker says first."""
    return Hello(
        agent_id=lease_id,
        contract_version=VERSION,
        worker_digest=Digest("0" * 64),
        build="",
        cpu_count=1,
        memory_bytes=1,
        gpu="",
    )


def finishes(fleet: FakeFleet) -> set[LeaseId]:
    """Return the leases that were told to finish."""
    return {lease_id for lease_id, order in fleet.ordered if isinstance(order, Finish)}
