"""Move work from an on-demand instance back to spot when that pays: make before break.

One instance at a time: a cheaper one is launched beside it, the lease that the job then asks for
gets it, and only when its worker is ready is the dear one drained.  What is weighed is
:func:`orchestrator.policy.decide`'s; what came of it is in the ledger and in the job's journal.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from orchestrator.cloud_errors import CloudError
from orchestrator.events import LeaseId
from orchestrator.fleet import Outpriced
from orchestrator.fleet.ec2.launch import Pool
from orchestrator.fleet.ec2.lease import Life, Tell
from orchestrator.fleet.ec2.ledger import Launched

_UNTAKEN_S = 30.0
"""A job that asks for no other lease in that time needs none any more."""
_PAUSE_S = 60.0
_LONGEST_PAUSE_S = 1800.0
_MOST_FAILED = 4
"""Instances in a row that were launched for a move and never worked."""


class Weigh(Protocol):
    """Says for which spot pools an instance is left now; see ``Course.cheaper``."""

    def __call__(self, held: Launched, /) -> Sequence[Pool]:
        """Return them, the cheapest first."""
        ...


@dataclass(slots=True)
class _Move:
    """One move under way."""

    lease_id: LeaseId
    """The one that is left."""
    launched: Launched
    began_s: float
    heir: Life | None = None
    """Who takes over; None until the job has asked for it."""


class Moves:
    """Begins a move when it pays, and follows it to its end; use from any thread."""

    def __init__(
        self,
        weigh: Weigh,
        launch: Callable[[LeaseId, Sequence[Pool]], Launched],
        see_off: Callable[[Launched], None],
        tell: Tell,
        clock: Callable[[], float],
        *,
        pause_s: float = _PAUSE_S,
    ) -> None:
        """``pause_s`` goes by after the first try that spot had nothing for; then twice that."""
        self._weigh, self._launch, self._see_off = weigh, launch, see_off
        self._tell, self._clock = tell, clock
        self._first_pause_s = self._pause_s = pause_s
        self._next_s = 0.0
        self._failed = 0
        self._move: _Move | None = None
        self._lock = threading.Lock()

    def look(self, lives: Sequence[Life]) -> None:
        """Follow the move under way, or begin one that pays; ``lives`` are all leases held."""
        with self._lock:
            move = self._move
        if move is not None:
            self._follow(move, lives)
        elif self._failed < _MOST_FAILED and self._clock() >= self._next_s:
            self._begin(lives)

    def waits(self) -> bool:
        """Return whether an instance waits for the lease that takes over."""
        with self._lock:
            return self._move is not None and self._move.heir is None

    def hand_over(self, life: Life) -> Launched | None:
        """Return the instance that was launched for a move, to the first lease that asks."""
        with self._lock:
            if self._move is None or self._move.heir is not None:
                return None
            self._move.heir = life
            return self._move.launched

    def has_heir(self, lease_id: LeaseId) -> bool:
        """Return whether a lease is drained because another has taken over."""
        with self._lock:
            move = self._move
        return (
            move is not None
            and move.lease_id == lease_id
            and move.heir is not None
            and move.heir.is_working
        )

    def end(self) -> None:
        """End what nobody took over.

        Raises:
            CloudError: AWS does not answer; it stays in the ledger as alive.
        """
        with self._lock:
            move, self._move = self._move, None
        if move is not None and move.heir is None:
            self._see_off(move.launched)

    def _begin(self, lives: Sequence[Life]) -> None:
        if not lives or not all(life.is_working for life in lives):
            return  # whatever is missing comes first
        dear = max(lives, key=lambda life: life.launched.usd_per_hour if life.launched else 0)
        pools = self._weigh(dear.launched) if dear.launched is not None else ()
        if not pools:
            return
        try:
            launched = self._launch(dear.lease_id, pools)
        except CloudError:
            self._put_off()  # what refused it is in the ledger; what is held goes on
            return
        with self._lock:
            self._move = _Move(dear.lease_id, launched, self._clock())
        self._tell(Outpriced(dear.lease_id))

    def _follow(self, move: _Move, lives: Sequence[Life]) -> None:
        heir, held = move.heir, {life.lease_id for life in lives}
        if heir is None:
            if self._clock() - move.began_s > _UNTAKEN_S:
                self.end()
                self._put_off()
        elif heir.lease_id not in held:
            self._over()
            self._failed += 1
            self._put_off()
        elif move.lease_id not in held and heir.is_working:
            self._over()
            self._failed, self._pause_s = 0, self._first_pause_s

    def _over(self) -> None:
        with self._lock:
            self._move = None

    def _put_off(self) -> None:
        self._next_s = self._clock() + self._pause_s
        self._pause_s = min(_LONGEST_PAUSE_S, 2 * self._pause_s)
