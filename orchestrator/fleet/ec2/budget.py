"""Say what instances have cost, will cost at most, and how long they may live; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from orchestrator.fleet.ec2.ledger import (
    Asked,
    EndedInstance,
    Ending,
    Launched,
    Line,
    launches,
    unanswered,
)

LEAST_LIFE_S = 300.0
"""A host that may live less long would boot for nothing."""
LEAST_BILLED_S = 60
"""AWS bills no less for an instance."""
ADDRESS_USD_PER_HOUR = Decimal("0.005")
"""For the public address of each instance."""
_DISK_USD_PER_GIB_MONTH = Decimal("0.08")
_HOURS_A_MONTH = Decimal(730)
_HOUR_S = Decimal(3600)
_FREE_S = 3600
"""An instance that AWS takes back within its first hour is not billed."""
_RISE = Decimal("1.15")
"""What a spot price may rise while an instance lives, as budgets reckon."""
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What one instance has cost so far, or in all."""

    launched: Launched
    seconds: int
    usd: Decimal
    on_demand_usd: Decimal
    """What the same seconds had cost on demand, billed whatever ended them."""
    most_usd: Decimal
    """What it can come to, should it live as long as it may."""
    how: Ending | None
    """How it ended; None while it lives."""
    ended_at: str
    """UTC, ISO 8601; empty while it lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """The cost of a job as it stands."""

    usd: Decimal
    usd_per_hour: Decimal
    """Of what lives now."""
    on_demand_usd: Decimal
    seconds: int
    living: int
    interruptions: int

    @property
    def saved_usd(self) -> Decimal:
        """What is saved against on-demand instances for the same seconds."""
        return self.on_demand_usd - self.usd


def extras_usd_per_hour(disk_gib: int) -> Decimal:
    """Return what an instance's disk and address cost beside it."""
    return ADDRESS_USD_PER_HOUR + _DISK_USD_PER_GIB_MONTH * disk_gib / _HOURS_A_MONTH


def bills(
    lines: Iterable[Line], now: datetime, extras: Decimal = ADDRESS_USD_PER_HOUR
) -> tuple[Bill, ...]:
    """Return the bill of each instance in a ledger, by its prices at launch."""
    lines = tuple(lines)
    ends = {line.instance_id: line for line in lines if isinstance(line, EndedInstance)}
    latest = {line.token: line.ends_at for line in lines if isinstance(line, Asked)}
    return tuple(
        _bill(each, ends.get(each.instance_id), latest.get(each.token, ""), now, extras)
        for each in launches(lines)
    )


def meter(lines: Iterable[Line], now: datetime, extras: Decimal = ADDRESS_USD_PER_HOUR) -> Meter:
    """Return what a job costs so far."""
    each = bills(lines, now, extras)
    living = [bill for bill in each if bill.how is None]
    return Meter(
        usd=sum((bill.usd for bill in each), _ZERO),
        usd_per_hour=sum((bill.launched.usd_per_hour + extras for bill in living), _ZERO),
        on_demand_usd=sum((bill.on_demand_usd for bill in each), _ZERO),
        seconds=sum(bill.seconds for bill in each),
        living=len(living),
        interruptions=sum(bill.how == "interrupted" for bill in each),
    )


def life_s(
    budget_usd: Decimal,
    usd_per_hour: Decimal,
    instances: int,
    extras: Decimal = ADDRESS_USD_PER_HOUR,
) -> float:
    """Return how long each of so many instances may live at this price, within a budget."""
    if instances < 1 or budget_usd <= 0:
        return 0.0
    return float(budget_usd / instances / (usd_per_hour * _RISE + extras) * _HOUR_S)


def spare_usd(
    budget_usd: Decimal,
    lines: Iterable[Line],
    now: datetime,
    extras: Decimal = ADDRESS_USD_PER_HOUR,
) -> Decimal:
    """Return what a budget has left when all that lives lives as long as it may."""
    return max(_ZERO, budget_usd - sum((b.most_usd for b in bills(lines, now, extras)), _ZERO))


def next_life_s(
    budget_usd: Decimal | None,
    lines: Iterable[Line],
    now: datetime,
    usd_per_hour: Decimal,
    waiting: int,
    *,
    longest_s: float,
    extras: Decimal = ADDRESS_USD_PER_HOUR,
) -> float:
    """Return how long the next instance may live, so that ``waiting`` ones share what is left.

    Zero: the budget does not pay for an instance that is of use.
    """
    if budget_usd is None:
        return longest_s
    lines = tuple(lines)
    spare = spare_usd(budget_usd, lines, now, extras) - _asked_usd(lines, usd_per_hour, extras)
    life = min(longest_s, life_s(spare, usd_per_hour, max(1, waiting), extras))
    if life < LEAST_LIFE_S:  # few that are of use rather than many that are not
        life = min(longest_s, life_s(spare, usd_per_hour, 1, extras))
    return life if life >= min(LEAST_LIFE_S, longest_s) else 0.0


def _asked_usd(lines: tuple[Line, ...], usd_per_hour: Decimal, extras: Decimal) -> Decimal:
    """Return what launches come to that were asked for and of which nothing was heard yet."""
    seconds = sum(
        (datetime.fromisoformat(each.ends_at) - datetime.fromisoformat(each.at)).total_seconds()
        for each in unanswered(lines)
        if each.ends_at
    )
    return (usd_per_hour * _RISE + extras) * int(seconds) / _HOUR_S


def job_budget(
    job_usd: Decimal | None, month_usd: Decimal | None, spent_usd: Decimal
) -> Decimal | None:
    """Return what a job may cost by both caps; None: there is none."""
    left = None if month_usd is None else max(_ZERO, month_usd - spent_usd)
    caps = [cap for cap in (job_usd, left) if cap is not None]
    return min(caps, default=None)


def _bill(
    launched: Launched, end: EndedInstance | None, latest: str, now: datetime, extras: Decimal
) -> Bill:
    began = datetime.fromisoformat(launched.at)
    must_end = datetime.fromisoformat(latest) if latest else None
    ended = datetime.fromisoformat(end.at) if end else now
    if must_end is not None and end is None:
        ended = min(ended, must_end)  # whoever was off meanwhile: the other layers ended it
    seconds = max(0, int((ended - began).total_seconds()))
    billed_s = max(LEAST_BILLED_S, seconds)
    is_free = end is not None and end.how == "interrupted" and seconds < _FREE_S
    price = _ZERO if is_free and launched.market == "spot" else launched.usd_per_hour
    usd = (price + extras) * billed_s / _HOUR_S
    most = usd if end or must_end is None else _most(launched, must_end - began, extras)
    return Bill(
        launched=launched,
        seconds=seconds,
        usd=usd,
        on_demand_usd=(launched.on_demand_usd_per_hour + extras) * billed_s / _HOUR_S,
        most_usd=max(usd, most),
        how=end.how if end else None,
        ended_at=end.at if end else "",
    )


def _most(launched: Launched, life: timedelta, extras: Decimal) -> Decimal:
    price = launched.usd_per_hour
    if launched.market == "spot":
        price = min(price * _RISE, max(price, launched.on_demand_usd_per_hour))
    return (price + extras) * int(life.total_seconds()) / _HOUR_S
