"""A quote shows what less time costs, and how many instances a wish calls for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from orchestrator.cli.quote_curve import curve, picks, sentence_of


@dataclass(frozen=True)
class Line:
    instances: int
    seconds: tuple[float, float]
    usd: tuple[Decimal, Decimal]


def line(instances: int, seconds: float, usd: str) -> Line:
    return Line(instances, (seconds / 2, seconds), (Decimal(usd) / 2, Decimal(usd)))


LINES = [line(1, 3600, "1.00"), line(2, 1900, "1.05"), line(3, 1950, "1.20"), line(4, 900, "1.60")]


def test_every_number_is_drawn_and_what_is_beaten_has_no_mark() -> None:
    drawn = curve(LINES)
    assert [each[5] for each in drawn] == ["*", "*", " ", "*"]
    assert drawn[0].count("#") == 24 + 15
    assert "60.0 min" in drawn[0]
    assert drawn[3].endswith("$1.60 " + "#" * 24)


def test_one_number_alone_is_no_curve() -> None:
    assert curve(LINES[:1]) == ()


def test_what_costs_nothing_is_drawn_too() -> None:
    assert len(curve([line(1, 100, "0"), line(2, 60, "0")])) == 2


def test_a_deadline_and_a_budget_say_how_many() -> None:
    told = picks("clip.mp4", LINES, 2000, Decimal("1.50"))
    assert [(each.wish, each.instances) for each in told] == [("deadline", 2), ("budget", 2)]
    assert sentence_of(told[0]).startswith("2 instances: the cheapest")
    assert picks("clip.mp4", LINES, None, None) == ()


def test_what_cannot_be_promised_is_said() -> None:
    told = picks("clip.mp4", LINES, 60, Decimal("0.01"))
    assert [each.instances for each in told] == [None, None]
    assert sentence_of(told[0]).startswith("No number of instances")
    assert sentence_of(told[1]).startswith("That budget")


def test_one_instance_is_not_called_instances() -> None:
    (told,) = picks("clip.mp4", LINES, 4000, None)
    assert sentence_of(told).startswith("1 instance:")
