"""How many instances: by a deadline, by a budget, and what no other number beats."""

from __future__ import annotations

from decimal import Decimal

from orchestrator.policy import Point, cheapest_in_time, fastest_for, front


def _point(instances: int, seconds: float, usd: str) -> Point:
    return Point(instances=instances, seconds=seconds, usd=Decimal(usd))


_POINTS = (
    _point(1, 3600, "1.00"),
    _point(2, 1900, "1.05"),
    _point(3, 1950, "1.20"),
    _point(4, 1000, "1.30"),
)


def test_the_cheapest_that_is_done_in_time_is_chosen() -> None:
    assert cheapest_in_time(_POINTS, 2000) == _POINTS[1]
    assert cheapest_in_time(_POINTS, 3600) == _POINTS[0]
    assert cheapest_in_time(_POINTS, 999) is None


def test_the_fastest_that_the_budget_pays_for_is_chosen() -> None:
    assert fastest_for(_POINTS, Decimal("1.10")) == _POINTS[1]
    assert fastest_for(_POINTS, Decimal("9")) == _POINTS[3]
    assert fastest_for(_POINTS, Decimal("0.99")) is None


def test_the_front_leaves_out_what_is_beaten_in_both() -> None:
    assert front(_POINTS) == (_POINTS[0], _POINTS[1], _POINTS[3])
    assert front(()) == ()
