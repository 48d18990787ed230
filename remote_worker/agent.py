"""Claim chunks, render them and account for them until told to end."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import psutil

from remote_worker.away import end_fleet
from remote_worker.cache import BlobCache
from remote_worker.check import require_allowed
from remote_worker.config import AgentConfig
from remote_worker.contract import VERSION
from remote_worker.contract.coding import ContractError, canonical, from_text
from remote_worker.contract.messages import (
    Bye,
    Checking,
    ChunkDone,
    Claimed,
    Drain,
    Drained,
    Failed,
    Finish,
    Heartbeat,
    Hello,
    Message,
    Notice,
    SegmentStored,
    decode_order,
)
from remote_worker.contract.records import (
    ChunkId,
    ChunkMessage,
    ChunkOrder,
    ContentCheck,
    Digest,
)
from remote_worker.engines import Engine
from remote_worker.engines.fingerprint import fingerprint
from remote_worker.engines.registry import engine_kind
from remote_worker.errors import (
    ClaimLost,
    DiskFull,
    OrderRefused,
    OutOfMemory,
    QueueGone,
    QueueUnavailable,
    WorkerError,
)
from remote_worker.frames.build import media_build
from remote_worker.frames.whole import is_no_room
from remote_worker.notices import Sign, SignalNotices
from remote_worker.pipeline import DrainSignal
from remote_worker.queues import Claim, Queue
from remote_worker.render import check_order, render_chunk
from remote_worker.stores import Store, done_key, failure_key, order_key
from remote_worker.watchdog import time_of

EXIT_DONE, EXIT_CONFIG, EXIT_UNAVAILABLE, EXIT_STOPPED = 0, 2, 3, 4
_TICK_S = 0.2
_MISSED = 3
"""Looks in a row that find no queue: a service that lost one for a moment is looked at again."""
_CHECKING_S = 0.1
"""Least time between two words about the content check."""


class Notices(Protocol):
    """Where a platform says that it will take this host back."""

    def wait(self, timeout_s: float) -> Sign | None:
        """Return what is said once there is something, or None after ``timeout_s``."""
        ...


def worker_digest() -> Digest:
    """Return the digest of the shipped folder's code."""
    return fingerprint((Path(__file__).parent,), ())


class Agent:
    """One worker process: a claim loop, with heartbeats and orders on threads of their own."""

    def __init__(
        self,
        config: AgentConfig,
        queue: Queue,
        store: Store,
        report: Callable[[Message], None],
        *,
        notices: Notices | None = None,
    ) -> None:
        """Make its folders ready; nothing is claimed before :meth:`run`."""
        self._config, self._queue, self._store, self._report = config, queue, store, report
        self._notices = notices
        self._work_folder = Path(config.work_folder)
        self._work_folder.mkdir(parents=True, exist_ok=True)
        for left in (*self._work_folder.glob("*.mp4"), *self._work_folder.glob(".*.part")):
            left.unlink(missing_ok=True)  # only what agents make: the folder may be a wrong one
        self._cache = BlobCache(Path(config.cache_folder), store, config.cache_bytes)
        self._signal = DrainSignal()
        self._over = threading.Event()
        self._chunk_id: ChunkId | None = None
        self._given_back: ChunkId | None = None
        self._finishing = False
        self._engine: Engine | None = None
        self._own_failures: dict[ChunkId, int] = {}
        self._began_s = self._used_s = time.monotonic()
        self._sign: int | None = None

    def run(self, orders: int | None) -> int:
        """Work until told to end and return the exit code; ``orders`` is a file descriptor."""
        self._report(self._hello())
        self._in_background(self._beat, "heartbeat")
        if orders is not None:
            self._in_background(lambda: self._listen(orders), "orders")
        if self._notices is not None:
            notices = self._notices
            self._in_background(lambda: self._watch(notices), "notices")
        try:
            return self._work()
        finally:
            self._over.set()
            if self._engine is not None:
                self._engine.close()

    def drain(self, grace_s: float) -> None:
        """End after the segment in hand; safe in a signal handler."""
        self._signal.drain(grace_s)

    def on_signal(self) -> None:
        """Drain; the second time stop at once."""
        if self._signal.draining:
            self._signal.stop()
        elif isinstance(self._notices, SignalNotices):
            self._notices.tell()  # told onwards before it drains, as any other notice
        else:
            self._signal.drain(self._config.grace_s)

    def _in_background(self, call: Callable[[], None], name: str) -> None:
        threading.Thread(target=call, name=name, daemon=True).start()

    # -- the loop ------------------------------------------------------------------------

    def _work(self) -> int:
        answered_s, missed = time.monotonic(), 0
        while not self._signal.draining:
            try:
                claim = self._queue.claim(wait_s=self._config.poll_s, hold_s=self._config.hold_s)
                empty = claim is None and self._is_finishing() and self._is_empty()
                answered_s, missed = time.monotonic(), 0
            except QueueUnavailable as error:
                missed = missed + 1 if isinstance(error, QueueGone) else 0
                if self._config.finish_key and missed >= _MISSED:
                    return self._bye("finished")  # whoever made the queue has all, or wants none
                if time.monotonic() - answered_s >= self._config.patience_s:
                    return self._bye(error.reason, EXIT_UNAVAILABLE)
                self._pause(self._config.poll_s)
                continue
            if claim is not None:
                self._take(claim)
                self._used_s = time.monotonic()
            elif empty:
                return self._bye("finished")
            elif 0 < self._config.idle_s <= self._idle_s() and self._may_leave():
                return self._bye("idle")
        self._report(Drained(given_back=self._given_back))
        drained = self._config.drained_code
        return self._bye("drained", EXIT_STOPPED if self._signal.stopping else drained)

    def _may_leave(self) -> bool:
        """Return whether nothing needs this host; the last to go ends what would replace it."""
        if not self._config.fleet_key and not self._config.finish_key:
            return True
        try:
            if not self._is_empty():
                return False  # another host has work in hand, and may be taken with it
        except QueueUnavailable:
            return False
        if not self._config.fleet_key:
            return True
        return end_fleet(self._store, self._config.fleet_key, self._config.queue.endpoint_url)

    def _is_finishing(self) -> bool:
        """Return whether no more chunks will come, as was ordered or as the store says."""
        if self._finishing or not self._config.finish_key:
            return self._finishing
        try:
            return self._store.has(self._config.finish_key)
        except WorkerError:
            return False  # it is looked at again after the next look into the queue

    def _idle_s(self) -> float:
        """Return for how long nobody had use for this agent; a desktop's word is use."""
        sign = time_of(Path(self._config.sign)) if self._config.sign else None
        if sign != self._sign:
            self._sign, self._used_s = sign, time.monotonic()
        return time.monotonic() - self._used_s

    def _is_empty(self) -> bool:
        depth = self._queue.depth()
        return depth.waiting == depth.claimed == 0

    def _bye(self, reason: str, code: int = EXIT_DONE) -> int:
        self._report(Bye(reason=reason))
        return code

    def _pause(self, seconds: float) -> None:
        end_s = time.monotonic() + seconds
        while not self._signal.draining and (left_s := end_s - time.monotonic()) > 0:
            self._over.wait(min(_TICK_S, left_s))

    # -- one claim -----------------------------------------------------------------------

    def _take(self, claim: Claim) -> None:
        try:
            message = from_text(ChunkMessage, claim.body)
            if message.version != VERSION:
                raise ContractError(f"message of contract {message.version}")
            key = order_key(message.chunk_id)
            if len(message.chunk_id) != 64 or not message.chunk_id.isalnum():
                raise ContractError(f"{key[:80]} names no chunk")
        except ContractError as error:
            self._bury_unread(claim, error)
            return
        self._chunk_id = chunk_id = message.chunk_id
        claim_id = sha256(claim.receipt.encode()).hexdigest()[:16]
        self._say(Claimed(chunk_id=chunk_id, deliveries=claim.deliveries, claim_id=claim_id))
        held = DrainSignalFor(self._signal)
        try:
            with self._extended(claim, held):
                self._attempt(chunk_id, claim, held)
        except ClaimLost as error:
            self._report(_failed(chunk_id, error, failures=0, buried=False))
        except QueueUnavailable as error:
            # Acknowledging failed: the claim runs out and the next finds all segments stored.
            self._report(_failed(chunk_id, error, failures=0, buried=False))
        finally:
            self._chunk_id = None

    def _bury_unread(self, claim: Claim, error: ContractError) -> None:
        with contextlib.suppress(ClaimLost, QueueUnavailable):  # it comes again and is buried then
            self._queue.bury(claim, f"order_refused: {error}")
            refused = OrderRefused(f"A message in the queue is none of ours: {error.reason}.")
            self._report(_failed(ChunkId(""), refused, failures=claim.deliveries, buried=True))

    def _attempt(self, chunk_id: ChunkId, claim: Claim, held: DrainSignal) -> None:
        try:
            if claim.deliveries > self._config.deliveries_allowed:
                raise OrderRefused(f"Handed out {claim.deliveries} times and never finished.")
            whole = self._render(chunk_id, held)
            if whole:
                done = canonical({"version": VERSION, "chunk_id": chunk_id}).encode()
                self._store.put(done_key(chunk_id), done, if_absent=True)
        except (ClaimLost, QueueUnavailable):
            raise
        except Exception as error:  # whatever a chunk does to us, the agent goes on
            self._fail(chunk_id, claim, _named(error))
            return
        if whole:
            self._queue.acknowledge(claim)
            self._own_failures.pop(chunk_id, None)
            self._report(ChunkDone(chunk_id=chunk_id))
        else:
            self._queue.give_back(claim)
            self._given_back = chunk_id

    def _render(self, chunk_id: ChunkId, held: DrainSignal) -> bool:
        order = self._order(chunk_id)
        self._cache.begin()
        engine = self._engine_for(order)
        if order.check is not None and not self._is_allowed(chunk_id, order.check, engine, held):
            return False
        photos = {
            photo: self._cache.path(photo) for track in order.tracks for photo in track.photos
        }
        return render_chunk(
            order,
            self._store,
            engine,
            piece=self._cache.path(order.piece.digest),
            photos=photos,
            on_event=self._say,
            drain=held,
            work_folder=self._work_folder,
        )

    def _is_allowed(
        self, chunk_id: ChunkId, check: ContentCheck, engine: Engine, held: DrainSignal
    ) -> bool:
        """Return whether the source is allowed; False: told to end before that was known."""
        told_s = 0.0

        def on_frame(done: int) -> None:
            nonlocal told_s
            now_s = time.monotonic()
            if done == check.frames or now_s - told_s >= _CHECKING_S:
                told_s = now_s
                self._say(Checking(chunk_id=chunk_id, frames_done=done, frames_total=check.frames))

        return require_allowed(
            check,
            self._store,
            lambda: self._cache.path(check.clip),
            engine,
            is_over=lambda: held.draining,
            on_frame=on_frame,
        )

    def _order(self, chunk_id: ChunkId) -> ChunkOrder:
        try:
            order = from_text(ChunkOrder, self._store.get(order_key(chunk_id), promised=True))
        except ContractError as error:
            raise OrderRefused(f"The order cannot be read: {error.reason}.") from error
        check_order(order)
        if order.chunk_id != chunk_id:
            raise OrderRefused("The order lies under the name of another chunk.")
        return order

    def _engine_for(self, order: ChunkOrder) -> Engine:
        """Return the engine of ``order``, the one in memory when it is the same."""
        if self._engine is not None and self._engine.spec == order.engine:
            return self._engine
        if self._engine is not None:
            self._engine.close()
            self._engine = None
        models = {model.name: self._cache.path(model.digest) for model in order.engine.models}
        self._engine = engine_kind(order.engine.name).open(order.engine, models)
        return self._engine

    def _fail(self, chunk_id: ChunkId, claim: Claim, error: WorkerError) -> None:
        if self._config.leaves_when_full and isinstance(error, DiskFull):
            self._report(_failed(chunk_id, error, failures=0, buried=False))
            self._signal.drain(0.0)
            self._queue.give_back(claim)
            return
        failures = self._count_failure(chunk_id, error)
        bury = not error.retry or failures >= self._config.failures_allowed
        if bury:
            self._queue.bury(claim, f"{error.reason}: {error.sentence}")
        self._report(_failed(chunk_id, error, failures=failures, buried=bury))
        if not bury:
            self._pause(self._config.retry_pause_s * failures)
            self._queue.give_back(claim)

    def _count_failure(self, chunk_id: ChunkId, error: WorkerError) -> int:
        """Record the failure where every worker counts; in memory while the store is away."""
        self._own_failures[chunk_id] = own = self._own_failures.get(chunk_id, 0) + 1
        note = canonical(
            {"reason": error.reason, "sentence": error.sentence, "agent": self._config.agent_id}
        ).encode()
        try:
            for number in range(1, self._config.failures_allowed + 1):
                if self._store.put(failure_key(chunk_id, number), note, if_absent=True):
                    return max(number, own)
        except WorkerError:
            return own
        return self._config.failures_allowed

    @contextlib.contextmanager
    def _extended(self, claim: Claim, held: DrainSignal) -> Iterator[None]:
        done = threading.Event()
        thread = threading.Thread(
            target=self._extend, args=(claim, held, done), name="claim", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join(self._config.hold_s)

    def _extend(self, claim: Claim, held: DrainSignal, done: threading.Event) -> None:
        hold_s = self._config.hold_s
        sure_until_s = time.monotonic() + hold_s
        while not done.wait(hold_s / 3):
            asked_s = time.monotonic()
            try:
                self._queue.extend(claim, hold_s=hold_s)
                sure_until_s = asked_s + hold_s
            except ClaimLost as error:
                if not done.is_set():
                    held.stop(error)
                return
            except QueueUnavailable:
                if time.monotonic() >= sure_until_s:
                    held.stop(ClaimLost("The queue was away for longer than the claim holds."))
                    return

    def _say(self, message: Message) -> None:
        """Report what is also a sign that this host is of use."""
        if self._config.sign and isinstance(message, Claimed | SegmentStored):
            with contextlib.suppress(OSError):  # a full disk: the next sign may be written
                Path(self._config.sign).touch()
        self._report(message)

    # -- what goes on beside it ----------------------------------------------------------

    def _beat(self) -> None:
        process = psutil.Process()
        while not self._over.is_set():
            self._report(
                Heartbeat(
                    uptime_s=round(time.monotonic() - self._began_s, 3),
                    chunk_id=self._chunk_id,
                    resident_bytes=process.memory_info().rss,
                    free_disk_bytes=_free_bytes(self._work_folder),
                )
            )
            self._over.wait(self._config.heartbeat_s)

    def _listen(self, orders: int) -> None:
        """Read orders until they end; the end means that whoever started us is gone."""
        line = b""
        while part := _read(orders):
            *lines, line = (line + part).split(b"\n")
            for each in lines:
                self._obey(each.decode("utf-8", "replace"))
        self._signal.drain(self._config.grace_s)

    def _obey(self, line: str) -> None:
        try:
            order = decode_order(line)
        except ContractError as error:
            print(f"an order was not understood: {error}", file=sys.stderr)  # noqa: T201  # the agent's log
            return
        match order:
            case Drain(grace_s=grace_s):
                self._signal.drain(grace_s)
            case Finish():
                self._finishing = True

    def _watch(self, notices: Notices) -> None:
        while not self._over.is_set():
            sign = notices.wait(self._config.heartbeat_s)
            if sign is None:
                continue
            self._report(Notice(grace_s=sign.taken_back_in_s))
            if sign.taken_back_in_s is not None:
                self._signal.drain(sign.taken_back_in_s)
                return

    def _hello(self) -> Hello:
        return Hello(
            agent_id=self._config.agent_id,
            contract_version=VERSION,
            worker_digest=worker_digest(),
            build=media_build(),
            cpu_count=os.cpu_count() or 1,
            memory_bytes=psutil.virtual_memory().total,
            gpu=_first_gpu(),
            environment=os.environ.get("SECONDUNIT_ENVIRONMENT", ""),
        )


class DrainSignalFor(DrainSignal):
    """The agent's signal as one chunk sees it: a lost claim stops that chunk only."""

    def __init__(self, agent: DrainSignal) -> None:
        """Follow ``agent``."""
        super().__init__()
        self._agent = agent

    @property
    def draining(self) -> bool:
        """Whether no further segment is to be begun."""
        return super().draining or self._agent.draining

    @property
    def stopping(self) -> bool:
        """Whether the next frame is not to be rendered."""
        return super().stopping or self._agent.stopping


def obey_signals(agent: Agent) -> None:
    """Drain on the first of the system's signals to end, stop at once on the second."""
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: agent.on_signal())


def _named(error: Exception) -> WorkerError:
    """Return ``error`` under one of our names."""
    if isinstance(error, WorkerError):
        return error
    traceback.print_exception(error, file=sys.stderr)
    if isinstance(error, MemoryError):
        return OutOfMemory("There is not enough memory.")
    if isinstance(error, OSError) and is_no_room(error):
        return DiskFull("There is no room left on the worker's disk.")
    return WorkerError(f"{type(error).__name__}: {error}")


def _failed(chunk_id: ChunkId, error: WorkerError, *, failures: int, buried: bool) -> Failed:
    return Failed(
        chunk_id=chunk_id,
        reason=error.reason,
        sentence=error.sentence,
        advice=error.advice,
        retry=error.retry,
        failures=failures,
        buried=buried,
    )


def _read(orders: int) -> bytes:
    try:
        return os.read(orders, 65536)
    except OSError:
        return b""  # a line that broke is a line that ended


def _free_bytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0  # a heartbeat is sent whatever happens


def _first_gpu() -> str:
    program = shutil.which("nvidia-smi")
    if program is None:
        return ""
    asked = [program, "--query-gpu=name,driver_version", "--format=csv,noheader"]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return (answer.stdout.splitlines() or [""])[0].strip()
