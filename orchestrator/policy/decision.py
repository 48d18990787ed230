"""Decide what to ask for next, for one instance of a job.

The promise: with on-demand allowed and to be had within ``boot_s``, and asked at least every
``again_s``, no deadline is missed that could be kept when the job began, and no more is paid
than for on demand from the start and two boots at the full price: what bets may lose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orchestrator.policy.slack import price_of_slack, reserve_s
from orchestrator.policy.values import Decision, Held, Pool, Standing, Terms

_WORTH = 2.0
"""A move has to save this many times its boot: what is moved to may be taken back as well."""
_LIFE_S = 3600.0
"""How long an instance is believed to last before anything is known of its pool."""
_REGRET = 2.0
"""What bets may lose in all, in boots at the full price."""
_HOUR_S = 3600.0
_NOTHING = Decision()


def decide(now: Standing, pools: Sequence[Pool], terms: Terms) -> Decision:
    """Return what to ask for now."""
    if now.work_s <= 0 or now.coming is not None:
        return _NOTHING
    if now.held is None:
        return _first(now, pools, terms)
    if _needs_a_net(now, now.held, terms):
        return Decision(on_demand=True, beside=True)
    return _moved(now, now.held, pools, terms)


def _first(now: Standing, pools: Sequence[Pool], terms: Terms) -> Decision:
    """Return what to ask for with nothing in hand."""
    slack_s = now.slack_s
    if slack_s is None:
        return Decision(spot=_names(_by_price(pools)))
    pays = terms.on_demand_usd_per_hour is not None
    if pays and slack_s <= terms.boot_s + terms.again_s:
        return Decision(on_demand=True)
    may_bet = not pays or slack_s >= 2 * terms.boot_s
    affordable = _affordable(now, pools, terms) if may_bet else ()
    limit = _dearest(now, pools, terms)
    return Decision(
        spot=_names(each for each in affordable if each.usd_per_work_hour <= limit),
        on_demand=pays and slack_s <= reserve_s(now.work_s, terms),
    )


def _dearest(now: Standing, pools: Sequence[Pool], terms: Terms) -> float:
    """Return what an hour of work may cost now: the cheapest, and what waiting would cost."""
    if not pools:
        return 0.0
    prices = [each.usd_per_work_hour for each in pools]
    full = terms.on_demand_usd_per_hour
    ceiling = 2 * max(prices) if full is None else full
    return min(prices) + price_of_slack(now, terms, max(0.0, ceiling - min(prices)))


def _needs_a_net(now: Standing, held: Held, terms: Terms) -> bool:
    """Whether the deadline would be lost if what is held were taken back now."""
    if now.slack_s is None or held.is_on_demand or terms.on_demand_usd_per_hour is None:
        return False
    boots = terms.again_s if held.ready_in_s > 0 else 0.0
    return now.slack_s - boots < terms.boot_s


def _moved(now: Standing, held: Held, pools: Sequence[Pool], terms: Terms) -> Decision:
    """Return the pools that are so much cheaper that a move pays, before what is held is left."""
    slack_s = now.slack_s
    is_bound = held.is_on_demand and slack_s is not None and slack_s < terms.boot_s + terms.again_s
    if held.ready_in_s > 0 or is_bound:
        return _NOTHING
    worth = [each for each in _affordable(now, pools, terms) if _pays(each, held, now, terms)]
    return Decision(spot=_names(worth), beside=True) if worth else _NOTHING


def _pays(pool: Pool, held: Held, now: Standing, terms: Terms) -> bool:
    saved = held.usd_per_work_hour - pool.usd_per_work_hour
    used_s = min(now.work_s - terms.boot_s, expected_life_s(pool))
    return saved * used_s > _WORTH * pool.usd_per_hour * terms.boot_s


def expected_life_s(pool: Pool) -> float:
    """Return how long an instance of a pool lasts: what was seen, and one guess beside it."""
    return (_LIFE_S + pool.held_s) / (1 + pool.taken)


def _affordable(now: Standing, pools: Sequence[Pool], terms: Terms) -> tuple[Pool, ...]:
    """Return the pools, cheapest first, whose boot may be lost without breaking the promise."""
    ordered = _by_price(pools)
    full = terms.on_demand_usd_per_hour
    if full is None:
        return ordered
    most = full * (terms.work_s + (1 + _REGRET) * terms.boot_s) / _HOUR_S
    rest = full * (now.work_s + terms.boot_s) / _HOUR_S
    spare_usd = most - now.spent_usd - rest
    return tuple(
        each
        for each in ordered
        if each.usd_per_work_hour < full
        and each.usd_per_hour * terms.boot_s / _HOUR_S <= spare_usd + 1e-9
    )


def _by_price(pools: Iterable[Pool]) -> tuple[Pool, ...]:
    return tuple(sorted(pools, key=lambda each: (each.usd_per_work_hour, each.name)))


def _names(pools: Iterable[Pool]) -> tuple[str, ...]:
    return tuple(each.name for each in pools)
