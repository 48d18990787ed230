"""Test which moment is where on the timeline."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.stage.axis import Axis, bars, edge_at_x, frame_at_x, x_of_frame
from gui.stage.playback import trim_frames, trim_seconds
from gui.stage.proofing import around
from gui.stage.rows import edge_at
from gui.stage.ruler import ticks
from orchestrator.desk.timeline import Timeline
from orchestrator.media.report import FrameIndex


def a_timeline(steps: list[int], base: Fraction = Fraction(1, 1000)) -> Timeline:
    """Return the timeline of a video whose frames last so many thousandths of a second."""
    pts = tuple(accumulate(steps[:-1], initial=7))
    return Timeline(len(pts), (), FrameIndex(base, pts, (0,)))


uneven = st.lists(st.integers(1, 400), min_size=1, max_size=60).map(a_timeline)
widths = st.floats(50, 4000)


def whole(timeline: Timeline, width: float) -> Axis:
    return Axis(timeline.duration_s, 100.0, width)


@given(uneven, widths, st.data())
def test_the_middle_of_a_frame_on_the_axis_is_that_frame(
    timeline: Timeline, width: float, data: st.DataObject
) -> None:
    frame = data.draw(st.integers(0, timeline.frame_count - 1))
    axis = whole(timeline, width)
    left, right = (x_of_frame(axis, timeline, n) for n in (frame, frame + 1))
    if right > left:  # the last of a single frame has no length that is known
        assert frame_at_x(axis, timeline, (left + right) / 2) == frame


@given(uneven, widths, st.floats(-500, 5000))
def test_every_pixel_gives_a_frame_of_the_video(timeline: Timeline, width: float, x: float) -> None:
    axis = whole(timeline, width)
    assert 0 <= frame_at_x(axis, timeline, x) < timeline.frame_count
    assert 0 <= edge_at_x(axis, timeline, x) <= timeline.frame_count


@given(uneven, widths, st.floats(1.1, 50), st.floats(0, 1))
def test_the_moment_under_the_pointer_stays_there_while_zooming(
    timeline: Timeline, width: float, factor: float, share: float
) -> None:
    axis = whole(timeline, width)
    x = axis.left + share * axis.width
    nearer = axis.zoomed(factor, x)
    assert nearer.seconds_at(x) == pytest.approx(axis.seconds_at(x), abs=1e-6)
    assert nearer.start_s >= 0
    assert nearer.end_s <= axis.duration_s + 1e-6


@given(uneven, st.floats(1.1, 20))
def test_going_away_far_enough_shows_everything_again(timeline: Timeline, factor: float) -> None:
    axis = whole(timeline, 500)
    assert axis.zoomed(factor, 300).zoomed(1 / factor / 1.01, 120) == axis


@given(uneven, st.data())
def test_a_trim_in_seconds_comes_back_as_the_same_frames(
    timeline: Timeline, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, timeline.frame_count - 1))
    end = data.draw(st.integers(start + 1, timeline.frame_count))
    assert trim_frames(timeline, *trim_seconds(timeline, (start, end))) == (start, end)


@given(uneven, st.integers(-5, 100_000))
def test_an_edge_is_the_first_frame_that_begins_no_earlier(
    timeline: Timeline, thousandths: int
) -> None:
    wanted = Fraction(thousandths, 1000)
    edge = edge_at(timeline, wanted)
    begins = [timeline.time_of(n) for n in range(timeline.frame_count)]
    assert edge == sum(begin < wanted for begin in begins)


@given(uneven, st.data())
def test_a_proof_is_two_seconds_around_the_playhead_within_the_trim(
    timeline: Timeline, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, timeline.frame_count - 1))
    end = data.draw(st.integers(start + 1, timeline.frame_count))
    frame = data.draw(st.integers(start, end - 1))
    first, last = around(timeline, frame, (start, end))
    assert start <= first <= frame < last <= end
    length_s = timeline.seconds_of(last) - timeline.seconds_of(first)
    longest_frame_s = 0.4
    assert length_s <= 2 + 2 * longest_frame_s


def test_four_hundred_thousand_frames_make_no_more_bars_than_pixels() -> None:
    timeline = a_timeline([33] * 400_000)
    runs = tuple((start, start + 10) for start in range(0, 400_000, 20))
    axis = whole(timeline, 800)
    made = bars(axis, timeline, runs)
    assert 1 <= len(made) <= 801
    assert made[0].left == pytest.approx(axis.left)
    assert made[-1].right <= axis.left + axis.width + 1


def test_bars_that_are_scrolled_away_are_left_out() -> None:
    timeline = a_timeline([100] * 100)
    axis = whole(timeline, 1000).zoomed(10, 600)
    made = bars(axis, timeline, ((0, 5), (48, 52), (90, 100)))
    assert len(made) == 1


def test_the_playhead_turns_a_page_only_when_it_leaves_what_is_seen() -> None:
    axis = Axis(100.0, 0, 1000).zoomed(10, 0)
    assert axis.showing(5.0) is axis
    turned = axis.showing(50.0)
    assert turned.start_s <= 50.0 <= turned.end_s


@given(st.floats(0, 5000), st.floats(0.05, 20_000), st.floats(60, 4000))
def test_numbers_of_the_ruler_never_touch(start_s: float, length_s: float, width: float) -> None:
    made = ticks(start_s, start_s + length_s, width)
    told = [tick for tick in made if tick.text]
    apart = [(b.seconds - a.seconds) / length_s * width for a, b in pairwise(told)]
    assert all(gap >= 71 for gap in apart)
    assert len({tick.text for tick in told}) == len(told)
