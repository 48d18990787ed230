"""Live one lease: launch, meet the host, bring the worker, hear it out, and see it gone."""

from __future__ import annotations

import json
import queue
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, Protocol

from orchestrator.cloud_errors import (
    ChannelBroken,
    CloudError,
    CloudRefused,
    CloudUnreachable,
    HostKeyMismatch,
    Throttled,
)
from orchestrator.events import LeaseId
from orchestrator.fleet import FleetEvent, Gone, Said
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import named
from orchestrator.fleet.ec2.ledger import EndedInstance, Ending, Launched, Ledger
from orchestrator.transfer.archive import Archive
from orchestrator.transfer.ssh import Channel, Door, KeyPair, Line
from remote_worker.boot import BootPlan
from remote_worker.contract.coding import ContractError, to_plain
from remote_worker.contract.messages import Bye, Hello, Notice, Order, decode, encode
from remote_worker.errors import BlobMissing, WorkerError
from remote_worker.first import host_key_name
from remote_worker.follow import EXIT_AGENT_GONE, WORD
from remote_worker.stores import Store

BOOT_S = 900.0
"""From launch to hello; a host that takes longer is given up."""
SILENT_S = 25.0
"""Nothing heard for so long, over however many lines: the host is taken for dead."""
NOTICE_S = 240.0
"""A host that was to be taken back in two minutes and is still there after so long stays ours."""
_END_S = 300.0
_LOOK_S = 1.0
_WORD_S = 5.0
_GONE_STATES = ("shutting-down", "terminated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What all leases of one run share."""

    clients: Clients
    ledger: Ledger
    store: Store
    """Where hosts publish their keys."""
    archive: Archive
    key: KeyPair
    root: str
    user: str
    boot_plan: Callable[[LeaseId], BootPlan]
    python: str = "python3"


class Tell(Protocol):
    """Called from any thread."""

    def __call__(self, event: FleetEvent, /) -> None:
        """Hear what became of a lease."""
        ...


@dataclass(slots=True)
class _Heard:
    """What is known of the agent so far."""

    bytes_read: int = 0
    rest: bytes = b""
    said_hello: bool = False
    said_bye: bool = False
    noticed: bool = False
    heard_s: float = 0.0
    last_words: str = ""


@dataclass(slots=True)
class Life:
    """One lease from its launch on; :meth:`live` runs on a thread of its own."""

    lease_id: LeaseId
    kit: Kit
    tell: Tell
    clock: Callable[[], float] = time.monotonic
    orders: queue.SimpleQueue[Order] = field(default_factory=queue.SimpleQueue)
    over: threading.Event = field(default_factory=threading.Event)
    """Set when the lease is to end now, whatever the host does."""
    _heard: _Heard = field(default_factory=_Heard)

    def live(self, launched: Launched) -> None:
        """Hear the agent of an instance out, end the instance, and tell that it is gone."""
        self._heard.heard_s = self.clock()
        how: Ending = "lost"
        try:
            door = self._meet(launched)
            how = self._hear_out(launched, door)
        except CloudError as error:
            self._heard.last_words = f"{error.sentence} {error.advice}"
        finally:
            self._see_gone(launched, how)
            orderly = self._heard.said_bye
            self.tell(Gone(self.lease_id, orderly, self._heard.last_words))

    # -- meeting -------------------------------------------------------------------------

    def _meet(self, launched: Launched) -> Door:
        """Return where the instance is and the key it published, once both are known."""
        give_up_s = self.clock() + BOOT_S
        while self.clock() < give_up_s and not self.over.is_set():
            described = self._described(launched.instance_id)
            if described is not None:
                if described["State"]["Name"] in _GONE_STATES:
                    raise CloudRefused(
                        "The instance ended before it was ready.", "Another is asked for."
                    )
                key, host = self._published(launched.instance_id), _address(described)
                if key and host:
                    return Door(
                        host=host,
                        instance_id=launched.instance_id,
                        host_key=key,
                        user=self.kit.user,
                    )
            self.over.wait(_LOOK_S)
        raise CloudRefused("The instance was not ready in time.", "Another is asked for.")

    def _described(self, instance_id: str) -> dict[str, Any] | None:
        """Return what EC2 says; None while it does not know the instance, or does not answer."""
        try:
            with named("looking at an instance"):
                answer = self.kit.clients("ec2").describe_instances(InstanceIds=[instance_id])
            described: dict[str, Any] = answer["Reservations"][0]["Instances"][0]
            return described
        except CloudRefused as error:
            if "NotFound" in error.sentence:
                return None  # a fresh instance is not known everywhere for some seconds
            raise
        except (CloudUnreachable, Throttled, IndexError):
            return None

    def _published(self, instance_id: str) -> str | None:
        prefix_free = host_key_name("", instance_id)
        try:
            told = json.loads(self.kit.store.get(prefix_free))
        except (BlobMissing, WorkerError):
            return None
        except ValueError as error:
            raise HostKeyMismatch(
                "The published host key cannot be read.", "Another is asked for."
            ) from error
        if told.get("instance_id") != instance_id:
            raise HostKeyMismatch(
                f"The key under {instance_id} is another instance's.", "Another is asked for."
            )
        return str(told.get("host_key"))

    # -- hearing -------------------------------------------------------------------------

    def _hear_out(self, launched: Launched, door: Door) -> Ending:
        """Keep a line to the agent until it is gone, laying it anew as often as it breaks."""
        self._heard.heard_s = self.clock()
        pause_s = 0.2
        while not self.over.is_set():
            try:
                channel = Channel(door, self.kit.key)
            except ChannelBroken as error:
                self._heard.last_words = error.sentence
            else:
                try:
                    if self._follow(channel):
                        return "interrupted" if self._heard.noticed else "released"
                    pause_s = 0.2
                except ChannelBroken as error:
                    self._heard.last_words = error.sentence
                finally:
                    channel.close()
            if self._is_lost(launched.instance_id):
                return "interrupted" if self._heard.noticed else "lost"
            self.over.wait(random.uniform(pause_s / 2, pause_s))  # noqa: S311  # jitter, no secret
            pause_s = min(3.0, pause_s * 2)
        return "released"

    def _is_lost(self, instance_id: str) -> bool:
        """Return whether nobody will be heard any more: gone by EC2's word, or silent too long."""
        described = self._described(instance_id)
        if described is not None and described["State"]["Name"] in _GONE_STATES:
            return True
        return self.clock() - self._heard.heard_s > (SILENT_S if self._heard.said_hello else BOOT_S)

    def _follow(self, channel: Channel) -> bool:
        """Carry words both ways over one line; return whether the agent is gone for good."""
        if not self._heard.said_hello:
            self._bring(channel)
        line = channel.open_line(self._follow_command())
        done = threading.Event()
        speaker = threading.Thread(target=self._speak, args=(line, done), daemon=True)
        speaker.start()
        try:
            for part in line.parts(SILENT_S):
                self._take(part)
            return line.exit_status() == EXIT_AGENT_GONE
        finally:
            done.set()
            line.close()

    def _bring(self, channel: Channel) -> None:
        """Bring the worker and start it; safe to perform again when the line broke meanwhile."""
        root = PurePosixPath(self.kit.root)
        code = root / f"worker-{self.kit.archive.digest}"
        channel.run(["mkdir", "-p", str(code)])
        channel.put(self.kit.archive.data, root / self.kit.archive.name)
        channel.run(["tar", "-xf", str(root / self.kit.archive.name), "-C", str(code)])
        plan = json.dumps(to_plain(self.kit.boot_plan(self.lease_id))).encode()
        channel.put(plan, root / "boot.json")
        start = ["env", f"PYTHONPATH={code}", self.kit.python, "-m", "remote_worker.boot"]
        channel.run([*start, f"--plan={root / 'boot.json'}"], timeout_s=BOOT_S)

    def _follow_command(self) -> list[str]:
        root = PurePosixPath(self.kit.root)
        code = root / f"worker-{self.kit.archive.digest}"
        places = {"spool": "events.jsonl", "orders": "orders", "alive": "alive", "sign": "in-use"}
        return [
            "env", f"PYTHONPATH={code}", self.kit.python, "-m", "remote_worker.follow",
            *(f"--{name}={root / file}" for name, file in places.items()),
            f"--start={self._heard.bytes_read}",
        ]  # fmt: skip

    def _speak(self, line: Line, done: threading.Event) -> None:
        """Pass orders on, and every few seconds the word that this host is of use."""
        told_s = 0.0
        while not done.is_set():
            try:
                words = encode(self.orders.get(timeout=0.2)).encode()
            except queue.Empty:
                if self.clock() - told_s < _WORD_S:
                    continue
                words, told_s = WORD, self.clock()
            try:
                line.say(words)
            except ChannelBroken:
                return  # whoever reads the line tells

    def _take(self, part: bytes) -> None:
        self._heard.heard_s = self.clock()
        *lines, self._heard.rest = (self._heard.rest + part).split(b"\n")
        for line in lines:
            self._heard.bytes_read += len(line) + 1
            self._hear(line.decode("utf-8", "replace"))

    def _hear(self, text: str) -> None:
        try:
            message = decode(text + "\n")
        except ContractError as error:
            raise HostKeyMismatch(
                f"What answers as a worker speaks otherwise ({error.reason}).",
                "The instance is given up and another one is asked for.",
            ) from error
        match message:
            case Hello():
                self._heard.said_hello = True
            case Notice(grace_s=float()):
                self._heard.noticed = True
            case Bye():
                self._heard.said_bye = True
        self.tell(Said(self.lease_id, message))

    # -- ending --------------------------------------------------------------------------

    def _see_gone(self, launched: Launched, how: Ending) -> None:
        """Terminate the instance unless AWS is about to, and write down when AWS says it is."""
        instance_id = launched.instance_id
        if how != "interrupted" or not self._is_taken(instance_id):
            terminate(self.kit.clients, (instance_id,), self.clock, self.over)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self.kit.ledger.write(EndedInstance(instance_id=instance_id, how=how, at=at))

    def _is_taken(self, instance_id: str) -> bool:
        """Wait until AWS took the instance back: what it ends in its first hour costs nothing."""
        give_up_s = self.clock() + NOTICE_S
        while self.clock() < give_up_s and not self.over.is_set():
            described = self._described(instance_id)
            if described is not None and described["State"]["Name"] in _GONE_STATES:
                return True
            self.over.wait(_LOOK_S)
        return False


def terminate(
    clients: Clients,
    instance_ids: tuple[str, ...],
    clock: Callable[[], float] = time.monotonic,
    hurry: threading.Event | None = None,
) -> None:
    """Terminate instances and return once AWS says that they are going.

    Only these are touched.  Asked again until it is so: a call that got no answer may not
    have been heard.

    Raises:
        CloudError: AWS does not answer, or refuses, for minutes; the other layers end them.
    """
    give_up_s = clock() + _END_S
    waiting = hurry or threading.Event()
    left = list(instance_ids)
    while left:
        try:
            with named("terminating instances"):
                ec2 = clients("ec2")
                ec2.terminate_instances(InstanceIds=left)
                answer = ec2.describe_instances(InstanceIds=left)
            states = {
                each["InstanceId"]: each["State"]["Name"]
                for reservation in answer["Reservations"]
                for each in reservation["Instances"]
            }
            left = [each for each in left if states.get(each) not in _GONE_STATES]
        except (CloudUnreachable, Throttled, CloudRefused) as error:
            if isinstance(error, CloudRefused) and "NotFound" in error.sentence and len(left) == 1:
                return  # forgotten by EC2: it has been gone for an hour
            if clock() > give_up_s:
                raise
        if left:
            threading.Event().wait(_LOOK_S if not waiting.is_set() else _LOOK_S / 4)


def _address(described: dict[str, Any]) -> str | None:
    return described.get("PublicIpAddress") or described.get("PrivateIpAddress")
