"""Draw what less time costs, and say which number of instances a deadline or a budget calls for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from orchestrator.policy import Point, cheapest_in_time, fastest_for, front

_BAR = 24


class Quoted(Protocol):
    """A quote for one number of instances; ranges are low and high."""

    @property
    def instances(self) -> int:
        """Side by side."""
        ...

    @property
    def seconds(self) -> tuple[float, float]:
        """How long it takes."""
        ...

    @property
    def usd(self) -> tuple[Decimal, Decimal]:
        """What it costs."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """The number of instances that a wish calls for."""

    video: str
    wish: str
    """``deadline``: the cheapest in time.  ``budget``: the fastest for the money."""
    instances: int | None
    """None: no number of instances does it for certain."""


def point_of(quoted: Quoted) -> Point:
    """Return a quote as what is certain of it: the longest, and the dearest."""
    return Point(instances=quoted.instances, seconds=quoted.seconds[1], usd=quoted.usd[1])


def picks(
    video: str, lines: Iterable[Quoted], within_s: float | None, budget_usd: Decimal | None
) -> tuple[Pick, ...]:
    """Return what was wished for, and how many instances that takes."""
    points = [point_of(each) for each in lines]
    made = []
    if within_s is not None:
        made.append(("deadline", cheapest_in_time(points, within_s)))
    if budget_usd is not None:
        made.append(("budget", fastest_for(points, budget_usd)))
    return tuple(
        Pick(video=video, wish=wish, instances=None if point is None else point.instances)
        for wish, point in made
    )


def curve(lines: Sequence[Quoted]) -> tuple[str, ...]:
    """Return a line to print for each number of instances: time and money, at the most.

    Those that another beats in both, which nobody would choose, have no mark.
    """
    points = [point_of(each) for each in lines]
    if len(points) < 2:
        return ()
    longest, dearest = max(p.seconds for p in points), max(p.usd for p in points)
    kept = front(points)
    return tuple(
        f"{each.instances:4} {'*' if each in kept else ' '}"
        f" {each.seconds / 60:6.1f} min {_bar(each.seconds / longest):{_BAR}}"
        f" ${each.usd:.2f} {_bar(float(each.usd / dearest) if dearest else 0.0)}"
        for each in points
    )


def sentence_of(pick: Pick) -> str:
    """Return a pick as a sentence."""
    if pick.instances is None:
        return {
            "deadline": "No number of instances is done in that time for certain.",
            "budget": "That budget pays for it with no number of instances for certain.",
        }[pick.wish]
    number = f"{pick.instances} instance{'' if pick.instances == 1 else 's'}"
    return {
        "deadline": f"{number}: the cheapest that is done in that time, even at the slowest.",
        "budget": f"{number}: the fastest that the budget pays for, even at the dearest.",
    }[pick.wish]


def _bar(share: float) -> str:
    return "#" * max(1, round(share * _BAR))
