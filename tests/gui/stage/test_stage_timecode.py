"""Test how times are written and what people may type."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.stage.timecode import read, written


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("123", 123),
        (" 0 ", 0),
        ("1:02.5", Fraction(125, 2)),
        ("1:02,5", Fraction(125, 2)),
        ("3.25", Fraction(13, 4)),
        ("3.25 s", Fraction(13, 4)),
        ("12s", Fraction(12)),
        ("1:00:00", Fraction(3600)),
        ("0:07", Fraction(7)),
    ],
)
def test_times_and_frame_numbers_are_told_apart(typed: str, meant: int | Fraction) -> None:
    found = read(typed)
    assert found == meant
    assert isinstance(found, int) == isinstance(meant, int)


@pytest.mark.parametrize("typed", ["", "abc", "1:2:3:4", "-3", "1.2.3", ":", "²"])
def test_what_is_neither_is_refused(typed: str) -> None:
    assert read(typed) is None


@given(st.integers(0, 10**7))
def test_a_time_that_is_written_is_read_as_the_same(hundredths: int) -> None:
    assert read(written(Fraction(hundredths, 100))) == Fraction(hundredths, 100)


def test_hours_are_written_only_when_there_are_any() -> None:
    assert written(62.5) == "1:02.50"
    assert written(3661, 0) == "1:01:01"
    assert written(0.1 + 0.2, 1) == "0:00.3"
