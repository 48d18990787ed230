"""Decide how many pods each pool is to have; perform nothing."""

from __future__ import annotations

from dataclasses import dataclass

from remote_worker.queues import Depth

SPOT_PATIENCE_S = 300.0
"""Spot pods may wait for a node so long before the fallback is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSeen:
    """The pods of one pool; those that were told to end are none of them."""

    running: int = 0
    pending: int = 0
    waits_s: float = 0.0
    """For how long the oldest of those that do not run has been waiting."""

    @property
    def alive(self) -> int:
        """How many there are."""
        return self.running + self.pending


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """How many pods each pool is to have side by side."""

    spot: int = 0
    on_demand: int = 0


def targets(
    wanted: int,
    depth: Depth | None,
    spot: PoolSeen,
    on_demand: PoolSeen,
    *,
    most_on_demand: int,
    patience_s: float = SPOT_PATIENCE_S,
) -> Targets:
    """Return how many pods there are to be.

    ``wanted`` is how many the job would have at most; there are no more than chunks waiting or
    in hand (``depth``; None: nobody knows).  A pod that runs is never ended for being one too
    many: without work it ends by itself.
    """
    # The first pod is asked for while the first piece is on its way: its node takes minutes.
    work = wanted if depth is None else min(wanted, max(1, depth.waiting + depth.claimed))
    fallback = _fallback(work, spot, on_demand, most_on_demand, patience_s)
    return Targets(spot=max(work, spot.running) if wanted else 0, on_demand=fallback)


def _fallback(work: int, spot: PoolSeen, on_demand: PoolSeen, most: int, patience_s: float) -> int:
    """Return how many on-demand pods stand in for spot pods that find no node.

    They stay until spot has what is needed: then each hour of theirs costs more than it brings.
    """
    lacking = max(0, work - spot.running)
    if not lacking:
        return 0
    if spot.pending and spot.waits_s >= patience_s:
        return min(most, lacking)
    return min(most, lacking, on_demand.alive)
