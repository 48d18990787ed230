"""Live one lease: launch, meet the host, bring the worker, hear it out, and see it gone."""

from __future__ import annotations

import contextlib
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
    CommandFailed,
    HostKeyMismatch,
    WorkerUnfit,
)
from orchestrator.events import Fault, LeaseId, Loss
from orchestrator.fleet import FleetEvent, Gone, Refused, Said
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.ending import GONE_STATES, WORDS, ended_at, is_gone, loss_of
from orchestrator.fleet.ec2.expiry import Expiry
from orchestrator.fleet.ec2.faults import named
from orchestrator.fleet.ec2.ledger import EndedInstance, Ending, Launched, Ledger, end_of
from orchestrator.fleet.ec2.termination import terminate
from orchestrator.transfer.archive import Archive
from orchestrator.transfer.ssh import Channel, Door, KeyPair, Line
from remote_worker.boot import EXIT_HOPELESS, BootPlan
from remote_worker.contract.coding import ContractError, to_plain
from remote_worker.contract.messages import Bye, Hello, Notice, Order, decode, encode
from remote_worker.contract.records import Digest
from remote_worker.errors import BlobMissing, WorkerError
from remote_worker.first import host_key_name
from remote_worker.lines import EXIT_AGENT_GONE, WORD
from remote_worker.stores import Store

NOTICE_S = 240.0
"""A host that was to be taken back in two minutes and is still there after so long stays ours."""
_LOOK_S = 1.0
_WORD_S = 5.0
_BOOTING = 3
"""A host that makes its environment is so many times as long let be silent as a worker."""
_GOING_S = 3.0
"""A host that shuts down ends its agent first, and EC2 says what ended it so much later."""
_BOOT_SILENT_S = 30.0
"""A host that is making its environment says so every few seconds."""
_MOST_FAILURES = 4
"""A host that cannot be made a worker so often is given up: each minute of it is paid for."""
_MENDED = "If that can be mended, do so and resume the job; else report it."
_SEED = "Bring it to the bucket with `secondunit engine seed`, then resume the job."
_SPOOL = "events.jsonl"
_DONE = ("finished", "idle")
_OFFLINE, _UNKNOWN = "offline", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a host is waited for; with these a silent death is known within 25 s."""

    boot_s: float = 900.0
    """From launch to hello; a host that takes longer is given up."""
    heartbeat_s: float = 3.0
    """How often an agent says that it is there."""
    line_silent_s: float = 12.0
    """Nothing heard over one line for so long: another line is laid."""
    connect_s: float = 8.0
    silent_s: float = 18.0
    """Nothing heard for so long, over another line neither: the host is taken for dead."""


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
    worker_digest: Digest
    """What an agent has to say that its code is."""
    open_door: Callable[[], None]
    """Lets this machine reach the hosts, wherever it is now; called when a line breaks."""
    expiry: Expiry
    """Has AWS end each instance when its time is over."""
    patience: Patience
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
    is_done: bool = False
    """Whether it said that there was nothing left to do."""
    noticed: bool = False
    ordered: bool = False
    """Whether we told it to end."""
    described: dict[str, Any] = field(default_factory=dict)
    """What EC2 said last of the instance; empty while it says nothing."""
    began_s: float = 0.0
    heard_s: float = 0.0
    reached_s: float | None = None
    """When a line to the host held last; None while none did."""
    missed: int = 0
    """Fresh lines over which nothing came since something was heard last."""
    failures: int = 0
    """How often the host could not do what makes it a worker."""
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
    instance_id: str = ""
    """Empty until there is one."""
    launched: Launched | None = None
    is_outpriced: bool = False
    """Whether it is drained for a cheaper one that has taken over."""
    is_hopeless: Callable[[CloudError], bool] | None = None
    """Whether another instance would fail as this one did, so that none is asked for."""
    _leaves: bool = False
    _heard: _Heard = field(default_factory=_Heard)
    _line: Line | None = None

    def live(self, launched: Launched) -> None:
        """Hear the agent of an instance out, end the instance, and tell that it is gone."""
        self.instance_id, self.launched = launched.instance_id, launched
        self._heard.began_s = self._heard.heard_s = self.clock()
        how: Ending = "lost"
        trouble: CloudError | None = None
        try:
            self._arm(launched)
            door = self.meet(launched)
            how = self._hear_out(launched, door)
        except CloudError as error:
            trouble, how = error, self._loss(launched)
            self._heard.last_words = f"{error.sentence} {error.advice}"
        finally:
            if not self._leaves:
                self._see_gone(launched, how)
                self._tell_gone(how, trouble)

    @property
    def is_working(self) -> bool:
        """Whether its agent was heard and is not about to end."""
        heard = self._heard
        return heard.said_hello and not (heard.noticed or heard.ordered or heard.said_bye)

    def _tell_gone(self, how: Ending, trouble: CloudError | None) -> None:
        if trouble is not None and self.is_hopeless is not None and self.is_hopeless(trouble):
            fault = Fault(trouble.code, trouble.sentence, trouble.advice)
            self.tell(Refused(self.lease_id, fault))
            return
        loss: Loss = "lost" if how == "released" or how == "moved" or how == "swept" else how
        # Without a notice nobody has counted yet that it was taken.
        said_bye = self._heard.said_bye and (self._heard.noticed or how == "lost")
        orderly = how == "released" or said_bye or self.over.is_set()
        words = self._heard.last_words if loss == "lost" else " ".join(WORDS[loss])
        self.tell(Gone(self.lease_id, orderly, words, loss))

    def pass_on(self, order: Order) -> None:
        """Pass an order on; a host that has no agent yet is not needed any more."""
        self._heard.ordered = True
        self.orders.put(order)
        if not self._heard.said_hello:
            self.end()

    def end(self) -> None:
        """End the instance now."""
        self.over.set()
        self._hang_up()

    def leave(self) -> None:
        """Let the instance go on without this machine; nothing is told any more."""
        self._leaves = True
        self.end()

    def found_gone(self) -> None:
        """Hear that EC2 says the instance is going: no line to it is waited for."""
        self._hang_up()

    def _hang_up(self) -> None:
        line = self._line
        if line is not None:
            line.close()

    # -- meeting -------------------------------------------------------------------------

    def _arm(self, launched: Launched) -> None:
        """Have AWS end the instance in time; one that nobody but us would end is not kept."""
        ends_at = end_of(self.kit.ledger.lines, launched)
        if ends_at is not None:
            self.kit.expiry.arm(launched.instance_id, ends_at)

    def meet(self, launched: Launched) -> Door:
        """Return where the instance is and the key it published, once both are known.

        Raises:
            CloudError: it ended before, took too long, or is not needed any more.
        """
        self._heard.began_s = self._heard.began_s or self.clock()
        pause_s = _LOOK_S / 4
        while not self.over.is_set():
            state, host = self._looked_at(launched.instance_id)
            if state in GONE_STATES:
                raise CloudRefused(
                    "The instance ended before it was ready.", "Another is asked for."
                )
            key = self._published(launched.instance_id) if host else None
            if key and host:
                return Door(
                    host=host,
                    instance_id=launched.instance_id,
                    host_key=key,
                    user=self.kit.user,
                )
            if self.clock() - self._heard.began_s > self.kit.patience.boot_s:
                raise CloudRefused("The instance was not ready in time.", "Another is asked for.")
            self.over.wait(pause_s)
            pause_s = min(_LOOK_S, pause_s * 1.5)
        raise CloudRefused("The instance is not needed any more.", "It is ended.")

    def _looked_at(self, instance_id: str) -> tuple[str, str | None]:
        """Return what EC2 says of the instance, and its address when it has one.

        A fresh instance is not known everywhere for some seconds; and while nobody answers,
        or the sign-in is over, nothing can be said.
        """
        try:
            with named("looking at an instance"):
                answer = self.kit.clients("ec2").describe_instances(InstanceIds=[instance_id])
            described: dict[str, Any] = answer["Reservations"][0]["Instances"][0]
        except CloudRefused as error:
            self._heard.described = {}
            return (_UNKNOWN if "NotFound" in error.sentence else _OFFLINE), None
        except CloudError:
            return _OFFLINE, None
        except IndexError:
            return _UNKNOWN, None
        self._heard.described = described
        return described["State"]["Name"], _address(described)

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
        pause_s = 0.2
        while not self.over.is_set():
            heard_s = self._heard.heard_s
            if self._hear_once(door):
                return self._ending(launched)
            if self._is_lost(launched.instance_id):
                return "interrupted" if self._heard.noticed else self._loss(launched)
            if self._heard.heard_s > heard_s:
                pause_s = 0.2
            self.over.wait(random.uniform(pause_s / 2, pause_s))  # noqa: S311  # jitter, no secret
            pause_s = min(3.0, pause_s * 2)
        return "released"

    def _ending(self, launched: Launched) -> Ending:
        """Return why the agent ended: done, or with a host that goes down under it."""
        if self._heard.noticed:
            return "interrupted"
        if self._heard.said_bye and (self._heard.ordered or self._heard.is_done):
            return "released"
        give_up_s = self.clock() + _GOING_S
        while self.clock() < give_up_s and not self.over.is_set():
            if self._looked_at(launched.instance_id)[0] in GONE_STATES:
                return self._loss(launched)
            self.over.wait(_LOOK_S)
        return "released" if self._heard.said_bye else "lost"

    def _loss(self, launched: Launched) -> Loss:
        """Return how the instance went, by what EC2 said of it last."""
        described = self._heard.described
        if not is_gone(described):
            return "lost"
        ends_at = end_of(self.kit.ledger.lines, launched)
        return loss_of(described, ends_at, datetime.now(UTC))

    def _hear_once(self, door: Door) -> bool:
        """Lay one line and hear what comes; return whether the agent is gone for good."""
        self._heard.missed += 1  # until something is heard over it
        try:
            channel = Channel(door, self.kit.key, connect_s=self.kit.patience.connect_s)
            try:
                with contextlib.closing(channel):
                    return self._follow(channel)
            finally:
                self._heard.reached_s = self.clock()
        except CommandFailed as error:  # the line holds: it is the host that cannot
            self._heard.last_words = error.sentence
            self._heard.failures += 1
            if self._heard.failures >= _MOST_FAILURES:
                raise WorkerUnfit(error.sentence, _MENDED) from error
            return False
        except ChannelBroken as error:
            self._heard.last_words = error.sentence
        with contextlib.suppress(CloudError):  # if it stays shut the next line will not be laid
            self.kit.open_door()
        return False

    def _is_lost(self, instance_id: str) -> bool:
        """Return whether nobody will be heard any more: gone by EC2's word, or silent too long.

        A line that broke proves nothing, as after a night with the lid closed: only when a
        fresh one brings nothing either is the host silent.  And while the cloud itself cannot
        be reached it is this machine that is cut off.
        """
        state, _ = self._looked_at(instance_id)
        if state in GONE_STATES:
            return True
        now_s = self.clock()
        if state == _OFFLINE:
            self._heard.heard_s = now_s
            self._heard.reached_s = self._heard.reached_s and now_s
            return False
        if not self._heard.said_hello:
            return self._is_lost_in_boot(now_s)
        return self._heard.missed > 1 and now_s - self._heard.heard_s > self.kit.patience.silent_s

    def _is_lost_in_boot(self, now_s: float) -> bool:
        """Return whether a host takes too long, or was reached before and is no more."""
        patience, reached_s = self.kit.patience, self._heard.reached_s
        if now_s - self._heard.began_s > patience.boot_s:
            return True
        return reached_s is not None and now_s - reached_s > _BOOTING * patience.silent_s

    def _follow(self, channel: Channel) -> bool:
        """Carry words both ways over one line; return whether the agent is gone for good."""
        if not self._heard.said_hello and not self._is_brought(channel):
            bring(channel, self.kit, self.lease_id)
        self._line = line = channel.open_line(self._follow_command())
        done = threading.Event()
        speaker = threading.Thread(target=self._speak, args=(line, done), daemon=True)
        speaker.start()
        try:
            for part in line.parts(self.kit.patience.line_silent_s):
                self._take(part)
                if self.over.is_set():
                    return False
            return line.exit_status() == EXIT_AGENT_GONE
        finally:
            done.set()
            self._line = None
            line.close()

    def _is_brought(self, channel: Channel) -> bool:
        """Return whether an agent has spoken on the host: what ran before us, or a lost line."""
        argv = ["find", self.kit.root, "-maxdepth", "1", "-name", _SPOOL, "-size", "+0"]
        return bool(channel.run(argv).strip())

    def _follow_command(self) -> list[str]:
        root = PurePosixPath(self.kit.root)
        code = root / f"worker-{self.kit.archive.digest}"
        places = {"spool": _SPOOL, "orders": "orders", "alive": "alive", "sign": "in-use"}
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
        self._heard.heard_s, self._heard.missed = self.clock(), 0
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
                self._check(message)
                self._heard.said_hello = True
            case Notice(grace_s=float()):
                self._heard.noticed = True
            case Bye(reason=reason):
                self._heard.said_bye = True
                self._heard.is_done = reason in _DONE
        self.tell(Said(self.lease_id, message))

    def _check(self, hello: Hello) -> None:
        plan = self.kit.boot_plan(self.lease_id)
        wanted = (self.kit.worker_digest, plan.wheelhouse_digest)
        if (hello.worker_digest, hello.environment) != wanted:
            raise WorkerUnfit(
                "What answers on the instance is another worker than the one of this app.",
                "Its image may be an old one: forget it, or update Second Unit; then resume.",
            )

    # -- ending --------------------------------------------------------------------------

    def _see_gone(self, launched: Launched, how: Ending) -> None:
        """Terminate the instance unless AWS is about to, and write down when AWS says it is."""
        instance_id, before = launched.instance_id, self._heard.described
        try:
            if how == "interrupted" and self._is_taken(instance_id):
                before = self._heard.described
            else:
                terminate(self.kit.clients, (instance_id,), self.clock, self.over)
        except CloudError as error:
            # It stays in the ledger as alive: the next run, the sweep, the host's own watchdog
            # and the schedule each end it without us.
            self._heard.last_words = f"{error.sentence} {error.advice}"
            return
        at = datetime.now(UTC)
        if is_gone(before):
            at = ended_at(before, end_of(self.kit.ledger.lines, launched), at)
        told: Ending = "moved" if self.is_outpriced and how == "released" else how
        self.kit.ledger.write(
            EndedInstance(instance_id=instance_id, how=told, at=at.isoformat(timespec="seconds"))
        )
        self.kit.expiry.disarm(instance_id)

    def _is_taken(self, instance_id: str) -> bool:
        """Wait until AWS took the instance back: what it ends in its first hour costs nothing."""
        give_up_s = self.clock() + NOTICE_S
        while self.clock() < give_up_s and not self.over.is_set():
            if self._looked_at(instance_id)[0] in GONE_STATES:
                return True
            self.over.wait(_LOOK_S)
        return False


def bring(channel: Channel, kit: Kit, lease_id: LeaseId, *, prepare_only: bool = False) -> None:
    """Bring the worker and start it; safe to perform again when the line broke meanwhile.

    With ``prepare_only`` the host gets all that a worker needs, and no worker and no plan stay.

    Raises:
        ChannelBroken: the line broke, or the host could not do it.
        WorkerUnfit: the job's engine cannot be installed, here or on another host.
    """
    root = PurePosixPath(kit.root)
    code, archive, plan = (
        root / f"worker-{kit.archive.digest}",
        root / kit.archive.name,
        "boot.json",
    )
    channel.run(["mkdir", "-p", str(code)])
    channel.put(kit.archive.data, archive)
    channel.run(["tar", "-xf", str(archive), "-C", str(code)])
    channel.put(json.dumps(to_plain(kit.boot_plan(lease_id))).encode(), root / plan)
    start = ["env", f"PYTHONPATH={code}", kit.python, "-m", "remote_worker.boot"]
    try:
        channel.run(
            [*start, f"--plan={root / plan}", *(["--prepare-only"] if prepare_only else [])],
            timeout_s=kit.patience.boot_s,
            silence_s=_BOOT_SILENT_S,
        )
    except CommandFailed as error:
        if error.status == EXIT_HOPELESS:
            raise WorkerUnfit(error.sentence, _SEED) from error
        raise
    if prepare_only:
        channel.run(["rm", "-rf", str(code), str(archive), str(root / plan)])


def _address(described: dict[str, Any]) -> str | None:
    return described.get("PublicIpAddress") or described.get("PrivateIpAddress")
