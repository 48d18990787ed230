"""Hand each chunk to one worker at a time, and again if that worker dies: one contract."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's hold on one message, until it runs out."""

    receipt: str
    """Names this one delivery; an older receipt of the same message is refused."""
    body: str
    deliveries: int
    """How often the message has been handed out, this time included."""


@dataclass(frozen=True, slots=True)
class Depth:
    """How many messages a queue holds."""

    waiting: int
    claimed: int
    dead: int


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was given up, and why."""

    body: str
    reason: str


class Queue(Protocol):
    """At-least-once delivery with claims that run out."""

    def send(self, body: str, *, message_id: str, urgent: bool = False) -> None:
        """Add a message; one with a ``message_id`` still in the queue is not added again.

        Urgent messages are handed out before all others, however old those are.

        Raises:
            QueueUnavailable: the queue does not answer.
        """
        ...

    def claim(self, *, wait_s: float, hold_s: float) -> Claim | None:
        """Take the oldest waiting message for ``hold_s``, or None after ``wait_s``.

        Urgent ones come first.

        Raises:
            QueueUnavailable: the queue does not answer.
        """
        ...

    def extend(self, claim: Claim, *, hold_s: float) -> None:
        """Hold the message for ``hold_s`` from now.

        Raises:
            ClaimLost: the claim ran out before.
            QueueUnavailable: the queue does not answer.
        """
        ...

    def acknowledge(self, claim: Claim) -> None:
        """Remove the message for good; safe to perform twice.

        Raises:
            ClaimLost: the claim ran out and another worker holds the message.
            QueueUnavailable: the queue does not answer.
        """
        ...

    def give_back(self, claim: Claim) -> None:
        """Let another worker take the message at once; a lost claim is no error.

        Raises:
            QueueUnavailable: the queue does not answer.
        """
        ...

    def bury(self, claim: Claim, reason: str) -> None:
        """Move the message to the dead letters.

        Raises:
            ClaimLost: the claim ran out and another worker holds the message.
            QueueUnavailable: the queue does not answer.
        """
        ...

    def dead_letters(self) -> tuple[DeadLetter, ...]:
        """Return the messages that were given up.

        Raises:
            QueueUnavailable: the queue does not answer.
        """
        ...

    def depth(self) -> Depth:
        """Return how many messages there are; approximate on some queues.

        Raises:
            QueueUnavailable: the queue does not answer.
        """
        ...


def letter_of(text: str) -> DeadLetter:
    """Read a dead letter of ours, or one that a service moved after too many deliveries."""
    try:
        fields = json.loads(text)
        return DeadLetter(str(fields["body"]), str(fields["reason"]))
    except (ValueError, KeyError, TypeError):
        return DeadLetter(text, "delivered too often")
