"""A host that nobody uses ends by itself, whatever became of the agent."""

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remote_worker.watchdog import Limits, Watch, seen, stand_watch, take_down, why_end

LIMITS = Limits(idle_s=60.0, life_s=3600.0, alone_s=20.0)


class Time:
    """Passes only when somebody pauses; ``at`` says what happens when."""

    def __init__(self, at=()):
        self.now_s, self._at = 1000.0, sorted(at, key=lambda pair: pair[0])

    def __call__(self):
        return self.now_s

    def pause(self, seconds):
        self.now_s += seconds
        while self._at and self.now_s - 1000.0 >= self._at[0][0]:
            self._at.pop(0)[1]()


@pytest.fixture
def sign(tmp_path):
    return tmp_path / "in-use"


def touch(sign, number):
    def now():
        sign.touch()
        os.utime(sign, ns=(number, number))

    return now


def stood(sign, time, **more):
    return stand_watch(sign, LIMITS, clock=time, pause=time.pause, **more), time.now_s - 1000.0


def test_a_host_that_nobody_ever_used_ends(sign):
    assert stood(sign, Time()) == ("nobody used it", 60.0)


def test_each_sign_of_use_gives_the_whole_time_again(sign):
    time = Time([(50, touch(sign, 1)), (100, touch(sign, 2))])
    assert stood(sign, time) == ("nobody used it", 160.0)


def test_a_sign_from_before_counts_as_none(sign):
    touch(sign, 5)()
    assert stood(sign, Time()) == ("nobody used it", 60.0)


def test_a_wall_clock_that_is_set_back_is_still_a_sign(sign):
    time = Time([(50, touch(sign, 9_000)), (100, touch(sign, 1))])
    assert stood(sign, time)[1] == 160.0


@pytest.mark.skipif(sys.platform == "win32", reason="hosts are POSIX")
def test_a_host_whose_agent_has_ended_is_kept_only_while_a_desktop_wants_it(sign, tmp_path):
    from remote_worker.follow import hold_alive  # POSIX only

    alive = tmp_path / "alive"
    handle = hold_alive(alive)
    words = [(second, touch(sign, second)) for second in range(5, 51, 5)]
    time = Time([*words, (30, lambda: os.close(handle))])
    assert stood(sign, time, alive=alive) == ("its agent has ended", 70.0)


def test_a_host_that_never_had_an_agent_has_its_whole_time(sign, tmp_path):
    assert stood(sign, Time(), alive=tmp_path / "alive") == ("nobody used it", 60.0)


def test_use_does_not_move_the_end_of_its_life(sign):
    time = Time([(second, touch(sign, second)) for second in range(1, 4000, 30)])
    assert stood(sign, time) == ("its time is over", 3600.0)


@given(st.lists(st.tuples(st.floats(0, 100), st.none() | st.integers(0, 3)), max_size=30))
def test_no_row_of_signs_lets_a_host_outlive_its_limits(looks):
    watch, now_s = Watch(0.0, 0.0, None), 0.0
    for step_s, sign in looks:
        now_s += step_s
        watch = seen(watch, now_s, sign)
        assert watch.used_s <= now_s
    assert why_end(watch, LIMITS.life_s, LIMITS) == "its time is over"
    assert why_end(watch, watch.used_s + LIMITS.idle_s + 0.001, LIMITS) is not None


def test_the_next_way_down_is_taken_when_one_is_refused(tmp_path, capsys):
    went = tmp_path / "down"
    ways = (
        ("no-such-program-anywhere",),
        (sys.executable, "-c", "raise SystemExit(3)"),
        (sys.executable, "-c", f"open({str(went)!r}, 'w')"),
    )
    assert take_down(ways)
    assert went.exists()
    assert "status 3" in capsys.readouterr().err


def test_a_host_that_obeys_no_order_is_told_as_that():
    assert not take_down(((sys.executable, "-c", "raise SystemExit(1)"),))
