"""Clocks, queues and rounds of the player, without a window and without waiting."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.stage.player_clock import Clock
from gui.stage.player_pictures import Arrived, Stills
from gui.stage.player_run import Run
from orchestrator.preview.scene import Ask


class Machine:
    """A monotonic clock that is set by hand."""

    def __init__(self):
        self.at = 100.0

    def __call__(self):
        return self.at


# -- the clock -------------------------------------------------------------------------------


def test_a_clock_stands_until_it_is_started_and_when_it_is_held():
    machine = Machine()
    clock = Clock(machine)
    machine.at += 5
    assert clock.now_s() == 0
    clock.go()
    machine.at += 2
    assert clock.now_s() == 2
    clock.hold()
    machine.at += 9
    assert clock.now_s() == 2
    clock.go()
    machine.at += 1
    assert clock.now_s() == 3


def test_a_clock_follows_sound_softly_and_jumps_when_it_is_far_off():
    machine = Machine()
    clock = Clock(machine)
    clock.go()
    machine.at += 1.0
    clock.heard(1.05)
    assert 1.0 < clock.now_s() < 1.02
    clock.heard(0.4)
    assert clock.now_s() == pytest.approx(0.4)


def test_a_clock_settles_on_a_sound_that_tells_its_time_in_steps():
    machine = Machine()
    clock = Clock(machine)
    clock.go()
    for tick in range(400):
        machine.at += 0.015
        true = (tick + 1) * 0.015 * 0.999  # the device's crystal is not the machine's
        clock.heard(int(true / 0.02) * 0.02)
        assert abs(clock.now_s() - true) < 0.03


# -- a stretch that is played ----------------------------------------------------------------


def a_run(start=0, end=10, first=None, *, loop=False, sides=("before",), rate=10):
    return Run(
        1,
        start_frame=start,
        end_frame=end,
        first_frame=start if first is None else first,
        loop=loop,
        sides=sides,
        seconds_of=lambda frame: frame / rate,
    )


def fill(run, frames, sides=("before",)):
    for frame in frames:
        for side in sides:
            run.add(frame, side, f"{side}{frame}")


def test_frames_come_out_when_they_are_due_and_late_ones_are_dropped():
    run = a_run()
    fill(run, range(6))
    assert run.take(0.0).frame == 0
    assert run.take(0.05) is None
    assert run.take(0.1).frame == 1
    assert run.take(0.45).frame == 4
    assert run.taken == 5
    assert run.waiting == 1
    assert run.next_due_s() == 0.5


def test_a_frame_waits_until_all_its_sides_are_there():
    run = a_run(sides=("before", "after"))
    run.add(0, "before", "b0")
    assert run.waiting == 0
    run.add(0, "after", "a0")
    assert run.take(0.0).sides == {"before": "b0", "after": "a0"}


def test_a_loop_goes_on_without_a_gap_in_time():
    run = a_run(4, 8, first=6, loop=True)
    fill(run, [6, 7, 4, 5, 6, 7, 4])
    due = []
    for tick in range(8):
        shown = run.take(tick / 10)
        if shown:
            due.append((shown.frame, round(shown.due_s, 6)))
    assert due == [(6, 0.0), (7, 0.1), (4, 0.2), (5, 0.3), (6, 0.4), (7, 0.5), (4, 0.6)]


def test_a_stretch_of_one_frame_can_be_played_over_and_over():
    run = a_run(3, 4, loop=True)
    fill(run, [3, 3, 3])
    assert [run.take(t).due_s for t in (0.0, 0.1, 0.2)] == pytest.approx([0.0, 0.1, 0.2])


def test_it_is_over_when_the_last_frame_was_shown_for_its_time():
    run = a_run(0, 3)
    fill(run, range(3))
    assert run.take(0.25).frame == 2
    assert not run.is_over(0.29)
    run.ended = True
    assert not run.is_over(0.29)
    assert run.is_over(0.3)


@given(
    steps=st.lists(st.floats(0.0, 0.4), min_size=1, max_size=60),
    came=st.lists(st.integers(0, 5), min_size=60, max_size=60),
)
def test_frames_never_go_back_and_none_is_counted_twice(steps, came):
    run, now, given_frames, shown = a_run(0, 1000), 0.0, 0, []
    for step, more in zip(steps, came, strict=False):
        fill(run, range(given_frames, given_frames + more))
        given_frames += more
        now += step
        due = run.take(now)
        if due is not None:
            shown.append(due.frame)
            assert due.due_s <= now + 0.002
    assert shown == sorted(set(shown))
    assert run.taken + run.waiting == given_frames


# -- rounds of single frames -----------------------------------------------------------------


def asks(first, frame, *sides):
    return [Ask(first + n, frame, side, 100) for n, side in enumerate(sides)]


def picture(number, frame, side, made="source", missed=False):
    return Arrived(number, frame, side, made, missed, SimpleNamespace(number=number))


def test_both_sides_of_a_round_are_put_together():
    stills = Stills()
    stills.begin(asks(1, 7, "before", "after"))
    first = stills.take(picture(1, 7, "before"))
    assert (first.frame, first.before.number, first.after, first.made) == (7, 1, None, "source")
    assert not stills.is_answered
    both = stills.take(picture(2, 7, "after", "preview", missed=True))
    assert (both.before.number, both.after.number) == (1, 2)
    assert (both.made, both.missed) == ("preview", True)
    assert stills.is_answered


def test_what_is_late_but_newer_than_what_is_shown_is_shown():
    stills = Stills()
    stills.begin(asks(1, 7, "before", "after"))
    stills.begin(asks(3, 8, "before", "after"))
    assert stills.take(picture(1, 7, "before")).frame == 7
    assert stills.take(picture(3, 8, "before")).frame == 8
    assert stills.take(picture(2, 7, "after")) is None
    assert stills.shown.frame == 8
    assert stills.take(picture(4, 8, "after")).frame == 8


def test_what_was_not_asked_or_was_given_up_is_not_shown():
    stills = Stills()
    stills.begin(asks(1, 7, "before"))
    stills.give_up()
    assert stills.take(picture(1, 7, "before")) is None
    assert stills.take(picture(99, 7, "before")) is None
    assert stills.is_answered


def test_only_a_failure_of_the_newest_round_is_told():
    stills = Stills()
    stills.begin(asks(1, 7, "before"))
    stills.begin(asks(2, 8, "before"))
    assert not stills.fail(1)
    assert stills.fail(2)
    assert not stills.fail(2)


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["before", "after"])), max_size=80))
def test_in_any_order_of_arrival_the_shown_frame_never_gets_older(arrivals):
    stills = Stills()
    for frame in range(31):
        stills.begin(asks(2 * frame + 1, frame, "before", "after"))
    newest = -1
    for frame, side in arrivals:
        number = 2 * frame + (1 if side == "before" else 2)
        shown = stills.take(picture(number, frame, side))
        if shown is not None:
            assert shown.frame >= newest
            newest = shown.frame
            for image in (shown.before, shown.after):
                assert image is None or (image.number - 1) // 2 == shown.frame
