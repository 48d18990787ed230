"""Be the policies that one would write first, to compare with."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.policy_replay import Policy
from orchestrator.policy import Decision, Pool, Standing, Terms

_NOTHING = Decision()


def one_zone(zone: str) -> Policy:
    """Wait for one zone, whatever the deadline."""

    def waits(now: Standing, pools: Sequence[Pool], terms: Terms) -> Decision:
        del pools, terms
        return Decision(spot=(zone,)) if now.held is None else _NOTHING

    return waits


def cheapest_first(now: Standing, pools: Sequence[Pool], terms: Terms) -> Decision:
    """Take the cheapest zone that has one, stay there, and know no deadline."""
    del terms
    return Decision(spot=_by_price(pools)) if now.held is None else _NOTHING


def on_demand(now: Standing, pools: Sequence[Pool], terms: Terms) -> Decision:
    """Pay the full price from the start."""
    del pools, terms
    return Decision(on_demand=True) if now.held is None else _NOTHING


def uniform_progress(deadline_s: float) -> Policy:
    """Keep pace with a straight line to the deadline (Wu et al., "Can't Be Late", NSDI 2024).

    Spot from the cheapest zone while there is one; on demand while behind the line; back to
    spot when two boots ahead of it; the net of the same paper at the end.
    """

    def keeps_pace(now: Standing, pools: Sequence[Pool], terms: Terms) -> Decision:
        left_s = now.left_s or 0.0
        slack_s = left_s - now.work_s
        ahead_s = terms.work_s - now.work_s - (deadline_s - left_s) * terms.work_s / deadline_s
        held = now.held
        if held is None:
            if slack_s <= terms.boot_s + terms.again_s:
                return Decision(on_demand=True)
            spot = _by_price(pools) if slack_s >= 2 * terms.boot_s else ()
            return Decision(spot=spot, on_demand=ahead_s < 0)
        if not held.is_on_demand:
            booting = held.ready_in_s > 0 and slack_s - terms.again_s < terms.boot_s
            return Decision(on_demand=True, beside=True) if booting else _NOTHING
        may_leave = held.ready_in_s == 0 and ahead_s >= 2 * terms.boot_s
        if may_leave and slack_s >= terms.boot_s + terms.again_s:
            return Decision(spot=_by_price(pools), beside=True)
        return _NOTHING

    return keeps_pace


def _by_price(pools: Sequence[Pool]) -> tuple[str, ...]:
    return tuple(each.name for each in sorted(pools, key=lambda p: (p.usd_per_hour, p.name)))
