"""Times are those of the frames, and jumps and gaps are where people appear."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.desk.timeline import (
    HardFrame,
    PersonBar,
    gaps,
    hardest,
    joined,
    likely_trouble,
    next_appearance,
    next_range,
    previous_appearance,
    previous_range,
    ranges_of,
    timecode,
    timeline_of,
)
from orchestrator.faces.people import Appearance, Person, PersonId, Scan
from orchestrator.media.report import FrameIndex
from remote_worker.contract.records import Box

DIGEST = "d" * 64
steps = st.lists(st.integers(1, 5000), min_size=1, max_size=60)
some_ranges = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=12)


def an_index(steps=(1,) * 300, base=Fraction(1, 30), start=0):
    pts, at = [], start
    for step in steps:
        pts.append(at)
        at += step
    return FrameIndex(base, tuple(pts), (0,))


def a_box(frame, left=0.4, top=0.3, wide=0.2, tall=0.3):
    return Box(frame, left, top, left + wide, top + tall)


def appearance(*boxes, end=None, digest=DIGEST):
    end = boxes[-1].frame + 1 if end is None else end
    return Appearance(
        source_digest=digest, start_frame=boxes[0].frame, end_frame=end, boxes=tuple(boxes)
    )


def standing(start, end, **place):
    return appearance(a_box(start, **place), a_box(end - 1, **place))


def person(name, *appearances, unsure=False):
    return Person(
        person_id=PersonId(name), unsure=unsure, appearances=appearances, embedding=(), crops=()
    )


def scan_of(*people):
    return Scan(source_digests=(DIGEST,), people=people, frames_looked_at=1, models_digest="")


# -- time ------------------------------------------------------------------------------------


@given(steps=steps, start=st.integers(-(10**6), 10**6), base=st.sampled_from([1, 30, 90_000]))
def test_the_time_of_a_frame_leads_back_to_it(steps, start, base):
    line = timeline_of(None, an_index(steps, Fraction(1, base), start), DIGEST)
    for frame in range(line.frame_count):
        assert line.frame_at(line.time_of(frame)) == frame
    assert line.time_of(0) == 0


@given(steps=steps, at=st.floats(0, 1))
def test_the_frame_at_a_time_is_the_one_that_is_shown_then(steps, at):
    line = timeline_of(None, an_index(steps, Fraction(1, 90_000)), DIGEST)
    seconds = at * line.duration_s
    frame = line.frame_at(seconds)
    assert line.time_of(frame) <= Fraction(seconds)
    assert frame == line.frame_count - 1 or Fraction(seconds) < line.time_of(frame + 1)


def test_times_beyond_the_ends_are_the_ends():
    line = timeline_of(None, an_index(), DIGEST)
    assert line.frame_at(-5.0) == 0
    assert line.frame_at(1e9) == 299
    assert line.time_of(-4) == 0
    assert line.time_of(10_000) == line.time_of(300) == Fraction(10)
    assert line.duration_s == 10.0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00:00.000"),
        (12.345, "0:00:12.345"),
        (59.9996, "0:01:00.000"),
        (Fraction(7261, 2), "1:00:30.500"),
        (-3, "0:00:00.000"),
    ],
)
def test_times_are_written_with_thousandths(seconds, text):
    assert timecode(seconds) == text


# -- ranges ----------------------------------------------------------------------------------


@given(some_ranges)
def test_joined_ranges_hold_the_same_frames_rising_and_apart(ranges):
    made = joined(ranges)
    frames = {frame for start, end in ranges for frame in range(start, end)}
    assert {frame for start, end in made for frame in range(start, end)} == frames
    for (_, end), (start, _) in itertools.pairwise(made):
        assert end < start
    assert ranges_of(frames) == made


@given(some_ranges, st.integers(-1, 91))
def test_next_and_previous_are_the_nearest_that_begin_on_each_side(ranges, frame):
    made = joined(ranges)
    after = [one for one in made if one[0] > frame]
    before = [one for one in made if one[0] < frame]
    assert next_range(made, frame) == (after[0] if after else None)
    assert previous_range(made, frame) == (before[-1] if before else None)
    bar = PersonBar("p1", unsure=False, ranges=made)
    assert next_appearance(bar, frame) == (after[0][0] if after else None)
    assert previous_appearance(bar, frame) == (before[-1][0] if before else None)


# -- people ----------------------------------------------------------------------------------


def test_appearances_that_touch_are_one_and_the_unsure_come_last():
    scan = scan_of(
        person("p1", standing(0, 10), unsure=True),
        person("p2", standing(30, 40), standing(10, 30), standing(50, 60)),
        person("p3", appearance(a_box(0), digest="another")),
    )
    line = timeline_of(scan, an_index(), DIGEST)
    assert [bar.person_id for bar in line.bars] == ["p2", "p1"]
    assert line.bar("p2").ranges == ((10, 40), (50, 60))
    assert line.bar("p2").frames == 40
    assert line.bar("p1").unsure
    assert line.bar("p3") is None
    assert line.bar(None) is None


def test_a_short_gap_is_trouble_and_a_long_one_an_exit():
    scan = scan_of(
        person("p1", standing(0, 20), standing(30, 50), standing(90, 100)),
        person("p2", standing(0, 25), standing(28, 200)),
    )
    line = timeline_of(scan, an_index(), DIGEST)
    assert gaps(line.bar("p1"), line) == ((20, 30),)
    assert gaps(line.bar("p1"), line, longest_s=2.0) == ((20, 30), (50, 90))
    assert likely_trouble(line, {"p1", "p2"}) == ((20, 30),)
    assert likely_trouble(line, {"p2"}) == ((25, 28),)
    assert likely_trouble(line, set()) == ()


# -- hard frames -----------------------------------------------------------------------------


def easy(start=0, end=300):
    return appearance(*(a_box(frame) for frame in range(start, end, 5)), end=end)


def whys(scan, people=("p1",), count=12):
    return {hard.frame: hard.why for hard in hardest(scan, an_index(), people, count)}


def with_hard(place, **how):
    boxes = [a_box(frame) for frame in range(0, 300, 5)]
    boxes[place] = a_box(boxes[place].frame, **how)
    return scan_of(person("p1", appearance(*boxes, end=300)))


def test_each_kind_of_hard_face_is_found_and_named():
    small = {"left": 0.485, "top": 0.4275, "wide": 0.03, "tall": 0.045}
    assert whys(with_hard(20, **small), count=1) == {100: "small"}
    assert whys(with_hard(20, left=0.445, wide=0.11), count=1) == {100: "turned"}
    assert whys(with_hard(20, left=0.0), count=1)[100] in ("edge", "fast")
    beside = person("p2", appearance(*(a_box(f, left=0.55) for f in range(140, 156, 5)), end=160))
    both = scan_of(person("p1", easy()), beside)
    (frame,) = whys(both, count=1)
    assert whys(both, count=1) == {frame: "close_by"}
    assert 140 <= frame < 160
    quick = appearance(
        *(a_box(f, left=0.2 if f < 100 else 0.45) for f in range(0, 300, 5)), end=300
    )
    assert whys(scan_of(person("p1", quick)), count=1) == {100: "fast"}


def test_a_face_at_the_edge_all_the_time_is_called_so():
    boxes = (a_box(frame, left=0.0) for frame in range(0, 300, 5))
    assert set(whys(scan_of(person("p1", appearance(*boxes)))).values()) == {"edge"}


def test_the_hardest_frame_comes_first():
    boxes = [a_box(frame) for frame in range(0, 300, 5)]
    boxes[10] = a_box(50, left=0.46, top=0.39, wide=0.08, tall=0.12)
    boxes[40] = a_box(200, left=0.485, top=0.4275, wide=0.03, tall=0.045)
    scan = scan_of(person("p1", appearance(*boxes, end=300)))
    first, second, *_ = hardest(scan, an_index(), ("p1",), 6)
    assert (first.frame, second.frame) == (200, 50)


def test_hard_frames_are_spread_and_of_the_people_asked_for():
    small = appearance(*(a_box(f, wide=0.03, tall=0.05) for f in range(0, 300, 5)), end=300)
    scan = scan_of(person("p1", small), person("p2", easy()))
    found = hardest(scan, an_index(), ("p1",), 12)
    frames = sorted(hard.frame for hard in found)
    assert len(found) == len(set(frames)) == 12
    assert max(frames) - min(frames) > 200
    assert all(after - before >= 12 for before, after in itertools.pairwise(frames))
    assert {hard.person_id for hard in found} == {"p1"}
    assert hardest(scan, an_index(), (), 12) == ()
    assert hardest(scan_of(), an_index(), ("p1",)) == ()
    assert hardest(scan, an_index(), ("p1",), 0) == ()


def test_one_reason_does_not_fill_the_sheet_while_there_are_others():
    boxes = [a_box(f, wide=0.03, tall=0.05) for f in range(0, 250, 5)]
    boxes += [a_box(f, wide=0.09, tall=0.2) for f in range(250, 300, 5)]
    found = whys(scan_of(person("p1", appearance(*boxes, end=300))), count=8)
    assert len(set(found.values())) > 1


boxes = st.builds(
    lambda frame, left, top, wide, tall: Box(frame, left, top, left + wide, top + tall),
    frame=st.just(0),
    left=st.floats(0, 0.9),
    top=st.floats(0, 0.9),
    wide=st.floats(0, 0.1),
    tall=st.floats(0, 0.1),
)


@given(st.lists(boxes, min_size=1, max_size=40), st.integers(1, 15))
def test_any_boxes_give_distinct_frames_of_the_person(given_boxes, count):
    made = [
        Box(number * 2, box.left, box.top, box.right, box.bottom)
        for number, box in enumerate(given_boxes)
    ]
    found = hardest(scan_of(person("p1", appearance(*made))), an_index(), ("p1",), count)
    assert 1 <= len(found) <= count
    assert len({hard.frame for hard in found}) == len(found)
    assert {hard.frame for hard in found} <= {box.frame for box in made}
    assert all(isinstance(hard, HardFrame) for hard in found)
