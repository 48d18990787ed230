"""Choose how many instances by what each number of them takes and costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What a job takes and costs, at the worst, with so many instances."""

    instances: int
    seconds: float
    usd: Decimal


def cheapest_in_time(points: Iterable[Point], within_s: float) -> Point | None:
    """Return the cheapest that is done in time, of those the one with the fewest instances."""
    done = [each for each in points if each.seconds <= within_s]
    return min(done, key=lambda each: (each.usd, each.instances), default=None)


def fastest_for(points: Iterable[Point], budget_usd: Decimal) -> Point | None:
    """Return the fastest that the budget pays for, of those the one with the fewest instances."""
    paid = [each for each in points if each.usd <= budget_usd]
    return min(paid, key=lambda each: (each.seconds, each.instances), default=None)


def front(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return those that no other beats in both time and money, the slowest first."""
    kept: list[Point] = []
    for each in sorted(points, key=lambda p: (p.usd, p.seconds, p.instances)):
        if not kept or each.seconds < kept[-1].seconds:
            kept.append(each)
    return tuple(kept)
