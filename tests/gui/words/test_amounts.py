"""Durations, sizes and counts are said as people say them."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from PySide6.QtCore import QLocale

from gui.words import amounts

FILM = Fraction(24000, 1001)


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0:00"), (61.99, "1:01"), (3600, "1:00:00"), (7512.4, "2:05:12"), (-3, "0:00")],
)
def test_a_place_in_a_video_is_said_as_a_clock(seconds, said):
    assert amounts.clock(seconds) == said


@pytest.mark.parametrize(("seconds", "said"), [(150.98, "2:31"), (0.2, "0:01"), (62.4, "1:02")])
def test_a_length_is_said_to_the_nearest_second_and_never_as_nothing(seconds, said):
    assert amounts.length(seconds) == said


def test_a_timecode_counts_the_frames_of_each_real_second():
    assert amounts.timecode(0, FILM) == "0:00:00:00"
    assert amounts.timecode(23, FILM) == "0:00:00:23"
    assert amounts.timecode(24, FILM) == "0:00:01:00"
    assert amounts.timecode(25 * 3600 + 7, Fraction(25)) == "1:00:00:07"


def test_frames_of_one_second_are_counted_without_a_gap():
    for rate in (FILM, Fraction(25), Fraction(30000, 1001), Fraction(7, 3)):
        said = [amounts.timecode(frame, rate) for frame in range(500)]
        assert len(set(said)) == 500
        frames = [int(each.rsplit(":", 1)[1]) for each in said]
        assert all(b in (a + 1, 0) for a, b in itertools.pairwise(frames))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.3, "less than 1 s"),
        (41.6, "42 s"),
        (187.4, "3 min"),
        (3590, "1 h"),
        (3900, "1 h 5 min"),
    ],
)
def test_how_long_something_took_is_rounded_to_what_matters(seconds, said):
    assert amounts.took(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (3, "a few seconds left"),
        (30, "less than a minute left"),
        (50, "about 1 min left"),
        (250, "about 4 min left"),
        (1390, "about 25 min left"),
        (5000, "about 1 h 20 min left"),
        (8 * 3600 + 900, "about 8 h left"),
        (5 * 86400, "about 5 days left"),
    ],
)
def test_the_time_left_is_rounded_more_the_longer_it_is(seconds, said):
    assert amounts.left(seconds) == said


def test_a_time_left_near_the_border_of_two_steps_does_not_flicker():
    said_s, words = None, set()
    for left_s in (268, 272, 266, 274, 269, 271):
        said_s = amounts.steady_left_s(said_s, left_s)
        words.add(amounts.left(said_s))
    assert len(words) == 1


def test_a_time_left_that_runs_down_is_said_anew_at_every_step():
    said_s, words = None, []
    for left_s in range(600, 0, -1):
        said_s = amounts.steady_left_s(said_s, float(left_s))
        said = amounts.left(said_s)
        if not words or words[-1] != said:
            words.append(said)
    minutes = [f"about {n} min left" for n in range(10, 0, -1)]
    assert words == [*minutes, "less than a minute left", "a few seconds left"]


def test_a_time_left_that_is_not_known_is_not_said():
    assert amounts.steady_left_s(300.0, None) is None


def test_one_is_said_in_the_singular():
    assert (amounts.frames(1), amounts.frames(1487)) == ("1 frame", "1,487 frames")
    assert (amounts.people(1), amounts.people(0)) == ("1 person", "0 people")
    assert (amounts.videos(1), amounts.videos(12)) == ("1 video", "12 videos")


def test_a_share_is_100_percent_only_once_all_is_done():
    assert [amounts.percent(share) for share in (0, 0.29, 0.999, 1)] == [
        "0 %", "29 %", "99 %", "100 %",
    ]  # fmt: skip


def test_a_speed_has_a_decimal_only_where_it_matters():
    assert amounts.speed(23.4) == "23 frames/s"
    assert amounts.speed(2.44) == "2.4 frames/s"


def test_a_size_is_said_as_file_managers_say_it():
    assert amounts.size(1_840_000_000) == "1.8 GB"
