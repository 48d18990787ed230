"""Run workers somewhere and say what becomes of them: one contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from orchestrator.events import (
    Fault,
    LeaseId,
    Loss,
)
from remote_worker.contract.messages import Message, Order


@dataclass(frozen=True, slots=True)
class Said:
    """An agent sent a message."""

    lease_id: LeaseId
    message: Message


@dataclass(frozen=True, slots=True)
class Gone:
    """A lease is over and holds nothing any more."""

    lease_id: LeaseId
    orderly: bool
    """Whether its agent said goodbye first."""
    last_words: str
    """What it last wrote to its log, for people."""
    how: Loss = "lost"
    """How its host went, where that was not orderly."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A lease was not given, and asking again will not help."""

    lease_id: LeaseId
    fault: Fault


@dataclass(frozen=True, slots=True)
class Outpriced:
    """A cheaper host than this lease's was taken; the lease that is asked for now gets it."""

    lease_id: LeaseId


FleetEvent = Said | Gone | Refused | Outpriced
Tell = Callable[[FleetEvent], None]
"""Called from any thread."""


class Fleet(Protocol):
    """Where agents run.  Nothing here waits: what happens is told through :data:`Tell`."""

    def request(self, lease_id: LeaseId) -> None:
        """Begin to get one worker; it tells by its hello that it is ready."""
        ...

    def order(self, lease_id: LeaseId, order: Order) -> None:
        """Pass an order on; one that no agent hears is no error (it will be told as gone)."""
        ...

    def check(self) -> None:
        """Look for agents that fell silent and end them; called several times a second."""
        ...

    def close(self) -> None:
        """End every worker at once and wait until they are gone; safe to perform twice."""
        ...

    def leave(self) -> None:
        """Let go of workers that do without this machine, and end the others."""
        ...
