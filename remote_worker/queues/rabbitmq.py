"""Hand out messages by RabbitMQ: two quorum queues, urgent before batch, and one for the dead."""

from __future__ import annotations

import json
import random
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

import pika
from pika.adapters.blocking_connection import BlockingChannel

from remote_worker.errors import ClaimLost
from remote_worker.queues import Claim, DeadLetter, Depth, letter_of
from remote_worker.queues.rabbitmq_line import ANSWER_S, Line, RabbitPlace

__all__ = ["RabbitPlace", "RabbitQueue", "set_up", "take_down"]

DELIVERY_LIMIT = 100
"""Deliveries after which the server itself gives a message up; agents do long before."""
_NO_LIMIT = 2_000_000_000
_LOOK_S = 0.5
_PEEK_S = 3.0
_PEEK_MOST = 10_000
_DAY_MS = 86_400_000


def set_up(place: RabbitPlace) -> None:
    """Make the queues of ``place``; safe to perform twice.  Needs the right to configure them.

    Raises:
        QueueUnavailable: the server does not answer, or refuses.
    """
    _once(place, lambda channel: _declare(channel, place.name))


def take_down(place: RabbitPlace) -> None:
    """Remove the queues of ``place`` and all in them; safe to perform twice.

    Raises:
        QueueUnavailable: the server does not answer, or refuses.
    """

    def remove(channel: BlockingChannel) -> None:
        for name in _names(place.name):
            channel.queue_delete(name)

    _once(place, remove)


class RabbitQueue:
    """A :class:`~remote_worker.queues.Queue` on quorum queues; use from any thread.

    A message is taken by ``basic.get`` and hangs on this object's connection.  A worker that
    dies loses the connection, and the server hands its messages out again at once; of one
    that froze, or whose line is cut, it hears no heartbeat and does so after about half a
    minute.  Of one that lives and no longer extends, the connection's thread gives the
    message back when the hold runs out.  Urgent messages come first; there are two queues, as
    quorum queues know priorities only from RabbitMQ 4 on.

    The server compares no ids: a message sent twice is there twice, and whoever gets the
    second finds every segment stored.
    """

    def __init__(
        self,
        place: RabbitPlace,
        *,
        clock: Callable[[], float] = time.monotonic,
        patience_s: float = ANSWER_S,
    ) -> None:
        """Use the queues at ``place``; nothing is asked of the server before the first call.

        A call that is not answered for ``patience_s`` fails.
        """
        self.place, self._clock = place, clock
        self._urgent, self._batch, self._dead = _names(place.name)
        self._line = Line(
            place, on_tick=self._let_go, on_lost=self._forget_all, patience_s=patience_s
        )
        self._lock = threading.Lock()
        self._held: dict[str, _Held] = {}
        self._done: set[str] = set()

    def close(self) -> None:
        """End the connection; what is claimed is handed out again."""
        self._line.close()

    def send(self, body: str, *, message_id: str, urgent: bool = False) -> None:
        """Add a message; ``message_id`` lies in it for people to read."""
        to = self._urgent if urgent else self._batch
        self._line.ask(lambda: self._publish(to, body, message_id))

    def claim(self, *, wait_s: float, hold_s: float) -> Claim | None:
        """Take the oldest waiting message for ``hold_s``, urgent ones first."""
        if wait_s <= 0:
            return self._line.ask(lambda: self._take(hold_s))
        deadline_s = time.monotonic() + wait_s
        while True:
            # A look writes nothing to the queue's log, as taking from an empty queue does.
            claim = self._line.ask(lambda: self._take(hold_s) if self._is_any() else None)
            left_s = deadline_s - time.monotonic()
            if claim is not None or left_s <= 0:
                return claim
            pause_s = random.uniform(_LOOK_S / 2, _LOOK_S)  # noqa: S311  # jitter, no secret
            threading.Event().wait(min(left_s, pause_s))

    def extend(self, claim: Claim, *, hold_s: float) -> None:
        """Hold the message for ``hold_s`` from now; the server holds it as long as we live."""
        with self._lock:
            held = self._held.get(claim.receipt)
            if held is None or self._clock() >= held.until_s:
                raise ClaimLost("The claim ran out before it was extended.")
            self._held[claim.receipt] = replace(held, until_s=self._clock() + hold_s)

    def acknowledge(self, claim: Claim) -> None:
        """Remove the message for good; safe to perform twice."""
        self._line.ask(lambda: self._settle(claim))

    def give_back(self, claim: Claim) -> None:
        """Let another worker take the message at once; a lost claim is no error."""
        self._line.ask(lambda: self._return(claim.receipt))

    def bury(self, claim: Claim, reason: str) -> None:
        """Move the message to the dead letters."""
        letter = json.dumps({"body": claim.body, "reason": reason})
        self._line.ask(lambda: self._settle(claim, letter))

    def dead_letters(self) -> tuple[DeadLetter, ...]:
        """Return the messages that were given up, the first first; they stay."""
        deadline_s = time.monotonic() + _PEEK_S
        while True:
            letters, total = self._line.ask(self._peek)
            if len(letters) >= total or time.monotonic() > deadline_s:
                return letters
            threading.Event().wait(_LOOK_S / 5)  # another is looking at the rest

    def depth(self) -> Depth:
        """Return how many messages there are.

        A message that is given back or acknowledged in this very moment may still count as
        claimed; none is ever missing from both counts.  Of a cluster that lost a server, what
        was claimed through that one is handed out again and still counts until it is back.
        """
        return self._line.ask(self._depth)

    # -- in the line's thread --------------------------------------------------------------

    def _publish(self, to: str, body: str, message_id: str = "") -> None:
        properties = pika.BasicProperties(
            delivery_mode=2,  # written to disk
            content_type="application/json",
            message_id=message_id or None,
        )
        self._line.plain.basic_publish("", to, body.encode(), properties, mandatory=True)

    def _is_any(self) -> bool:
        return any(_counts(self._line.plain, name)[0] for name in (self._urgent, self._batch))

    def _take(self, hold_s: float) -> Claim | None:
        self._let_go()
        channel = self._line.held
        for name in (self._urgent, self._batch):
            asked_s = self._clock()
            method, properties, body = channel.basic_get(name)
            if method is None:
                continue
            receipt = uuid.uuid4().hex
            with self._lock:
                self._held[receipt] = _Held(channel, method.delivery_tag, asked_s + hold_s)
            return Claim(receipt, body.decode(errors="replace"), _deliveries(properties))
        return None

    def _settle(self, claim: Claim, letter: str = "") -> None:
        with self._lock:
            if claim.receipt in self._done:
                return
        self._let_go()
        with self._lock:
            held = self._held.get(claim.receipt)
        if held is None or not held.channel.is_open:
            raise ClaimLost("The claim ran out; another worker may hold the message.")
        if letter:
            self._publish(self._dead, letter)
        held.channel.basic_ack(held.tag)
        self._sync(held.channel)
        with self._lock:
            self._held.pop(claim.receipt, None)
            self._done.add(claim.receipt)

    def _return(self, receipt: str) -> None:
        with self._lock:
            held = self._held.pop(receipt, None)
        if held is not None and held.channel.is_open:
            held.channel.basic_nack(held.tag, requeue=True)
            self._sync(held.channel)

    def _let_go(self) -> None:
        """Give back what nobody extended in time."""
        now_s = self._clock()
        with self._lock:
            over = [receipt for receipt, held in self._held.items() if held.until_s <= now_s]
        for receipt in over:
            self._return(receipt)

    def _sync(self, channel: BlockingChannel) -> None:
        """Wait until the server has seen all that was said on ``channel``."""
        _counts(channel, self._batch)

    def _forget_all(self) -> None:
        with self._lock:
            self._held.clear()

    def _depth(self) -> Depth:
        self._let_go()
        channel = self._line.plain
        urgent, batch = (self._sure(channel, name) for name in (self._urgent, self._batch))
        dead = _counts(channel, self._dead)
        return Depth(waiting=urgent[0] + batch[0], claimed=urgent[1] + batch[1], dead=sum(dead))

    def _sure(self, channel: BlockingChannel, name: str) -> tuple[int, int]:
        """Return the counts of a queue, none only where it is sure that there is none.

        Of a queue that has no leader (its server has just started) the server tells zeros, and
        agents would end.  Taking from it is answered by a leader only.
        """
        counts = _counts(channel, name)
        if any(counts):
            return counts
        method, _, _ = channel.basic_get(name)
        if method is None:
            return 0, 0
        channel.basic_nack(method.delivery_tag, requeue=True)
        return 1, 0

    def _peek(self) -> tuple[tuple[DeadLetter, ...], int]:
        """Take every dead letter in hand and let go of all; return them and how many there are."""
        total = sum(_counts(self._line.plain, self._dead))
        channel = self._line.fresh()
        letters: list[DeadLetter] = []
        try:
            while len(letters) < _PEEK_MOST:
                method, _, body = channel.basic_get(self._dead)
                if method is None:
                    break
                letters.append(letter_of(body.decode(errors="replace")))
        finally:
            if channel.is_open:
                channel.close()  # what it held goes back in order
        return tuple(letters), min(total, _PEEK_MOST)


@dataclass(frozen=True, slots=True)
class _Held:
    """A message in hand: its tag on the channel it came by, and until when by our clock."""

    channel: BlockingChannel
    tag: int
    until_s: float


def _names(name: str) -> tuple[str, str, str]:
    return f"{name}.urgent", f"{name}.batch", f"{name}.dead"


def _declare(channel: BlockingChannel, name: str) -> None:
    urgent, batch, dead = _names(name)
    # Looking at a dead letter counts as a delivery; from RabbitMQ 4 on there is a limit of 20.
    plain = {"x-queue-type": "quorum", "x-delivery-limit": _NO_LIMIT}
    channel.queue_declare(dead, durable=True, arguments=plain)
    arguments = {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": dead,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
        "x-consumer-timeout": _DAY_MS,  # known from RabbitMQ 3.11.15 on
    }
    for each in (urgent, batch):
        channel.queue_declare(each, durable=True, arguments=arguments)


def _once(place: RabbitPlace, call: Callable[[BlockingChannel], None]) -> None:
    line = Line(place, on_tick=lambda: None, on_lost=lambda: None)
    try:
        line.ask(lambda: call(line.plain))
    finally:
        line.close()


def _counts(channel: BlockingChannel, name: str) -> tuple[int, int]:
    """Return how many messages wait in a queue and how many are in hand, of one moment.

    A quorum queue counts each message taken by ``basic.get`` as a consumer until it is
    settled (``query_stat`` of RabbitMQ's ``rabbit_fifo``), and nobody consumes otherwise.
    """
    method = channel.queue_declare(name, passive=True).method
    return method.message_count, method.consumer_count


def _deliveries(properties: pika.BasicProperties) -> int:
    headers = properties.headers or {}
    counts = (headers.get(name, 0) for name in ("x-delivery-count", "x-acquired-count"))
    return 1 + max(int(count) for count in counts)
