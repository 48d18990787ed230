"""The steps between two states of the queue lead from one to the other, and are few."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sample_entries import entry, many_entries

from gui.queue.diff import MOST_STEPS, Inserted, Moved, Removed, apply, changed, steps

IDS = st.lists(st.integers(0, 15).map(lambda n: f"e{n}"), unique=True, max_size=12)


def entries(ids):
    return [entry(each, f"{each}.mp4") for each in ids]


@given(old=IDS, new=IDS)
def test_doing_the_steps_gives_the_new_queue(old, new):
    rows = entries(old)
    found = steps(rows, entries(new))
    assert found is not None
    for step in found:
        apply(rows, step)
    assert [e.entry_id for e in rows] == new


@given(old=IDS, new=IDS)
def test_every_step_is_one_that_qt_takes(old, new):
    rows = entries(old)
    for step in steps(rows, entries(new)) or ():
        match step:
            case Removed(first, last):
                assert 0 <= first <= last < len(rows)
            case Moved(first, last, to):
                assert 0 <= first <= last < len(rows)
                assert not first <= to <= last + 1
            case Inserted(at, fresh):
                assert 0 <= at <= len(rows)
                assert fresh
        apply(rows, step)


def test_a_block_moves_in_one_step():
    old = entries("abcdefgh")
    assert steps(old, entries("aefbcdgh")) == [Moved(4, 5, 1)]
    assert steps(old, entries("bcdefgha")) == [Moved(1, 7, 0)]


def test_a_block_goes_and_comes_in_one_step_each():
    old, new = entries("abcdef"), entries("abxyzf")
    assert steps(old, new) == [Removed(2, 4), Inserted(2, tuple(new[2:5]))]


def test_the_same_queue_needs_no_step():
    old = many_entries(1000)
    assert steps(old, list(old)) == []


def test_a_queue_in_quite_another_order_is_shown_anew():
    old = entries([f"e{n}" for n in range(4 * MOST_STEPS)])
    assert steps(old, list(reversed(old))) is None


def test_only_entries_that_are_other_objects_have_changed():
    old = entries("abcdef")
    new = [*old[:1], *entries("bc"), old[3], old[4], *entries("f")]
    assert changed(old, new) == [(1, 2), (5, 5)]
