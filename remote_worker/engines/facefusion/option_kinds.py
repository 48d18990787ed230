"""Be the kinds of FaceFusion's options: what each takes, and its one spelling.

Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Choice:
    """An option that is one of a few words."""

    name: str
    choices: tuple[str, ...]
    usual: str

    def spelled(self, value: str) -> str:
        """Return ``value`` in its one spelling.

        Raises:
            ValueError: it is none of the choices.
        """
        if value not in self.choices:
            raise ValueError(f"{self.name} is one of {', '.join(self.choices)}, not {value!r}")
        return value


@dataclass(frozen=True, slots=True)
class Several:
    """An option that is some of a few words, at least one."""

    name: str
    choices: tuple[str, ...]
    usual: str
    ordered: bool = False
    """Whether the order in which they are given counts."""

    def spelled(self, value: str) -> str:
        """Return ``value`` in its one spelling.

        Raises:
            ValueError: it is empty, or holds a word that is none of the choices.
        """
        words = list(dict.fromkeys(value.split()))
        unknown = [word for word in words if word not in self.choices]
        if unknown or not words:
            told = repr(unknown[0]) if unknown else "nothing"
            raise ValueError(f"{self.name} is some of {', '.join(self.choices)}, not {told}")
        return " ".join(words if self.ordered else sorted(words, key=self.choices.index))


@dataclass(frozen=True, slots=True)
class Number:
    """An option that is a number, in steps of a twentieth as FaceFusion takes it."""

    name: str
    low: float
    high: float
    usual: str

    def spelled(self, value: str) -> str:
        """Return ``value`` in its one spelling, at the nearest step.

        Raises:
            ValueError: it is no number, or out of its range.
        """
        number = _number(self.name, value, float)
        if not self.low <= number <= self.high:
            raise ValueError(f"{self.name} is from {self.low} to {self.high}, not {value}")
        return repr(round(round(number / _STEP) * _STEP, 2) + 0.0)


@dataclass(frozen=True, slots=True)
class Whole:
    """An option that is one whole number, or several."""

    name: str
    low: int
    high: int
    usual: str
    """As many numbers as the option has."""

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return len(self.usual.split())

    def spelled(self, value: str) -> str:
        """Return ``value`` in its one spelling.

        Raises:
            ValueError: there are too few or too many numbers, or one is out of its range.
        """
        numbers = [int(_number(self.name, word, _whole)) for word in value.split()]
        if len(numbers) != self.count:
            raise ValueError(f"{self.name} has {self.count} numbers, not {len(numbers)}")
        for number in numbers:
            if not self.low <= number <= self.high:
                raise ValueError(f"{self.name} is from {self.low} to {self.high}, not {number}")
        return " ".join(str(number) for number in numbers)


@dataclass(frozen=True, slots=True)
class Text:
    """An option that follows a pattern; empty when it is not given."""

    name: str
    pattern: re.Pattern[str]
    told: str
    """What it is, for the sentence that refuses another."""
    usual: str = ""

    def spelled(self, value: str) -> str:
        """Return ``value``.

        Raises:
            ValueError: it does not follow the pattern.
        """
        if value and not self.pattern.fullmatch(value):
            raise ValueError(f"{self.name} is {self.told}, not {value[:40]!r}")
        return value


Option = Choice | Several | Number | Whole | Text


def _number(name: str, value: str, read: Callable[[str], float]) -> float:
    try:
        return read(value)
    except ValueError as error:
        raise ValueError(f"{name} is a number, not {value!r}") from error


def _whole(value: str) -> float:
    number = float(value)
    if number != int(number):
        raise ValueError(value)
    return number
