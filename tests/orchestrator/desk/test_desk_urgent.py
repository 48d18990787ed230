"""Urgent entries go before all waiting ones that are not, and in the order they were asked for."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.desk import changes
from orchestrator.desk.book import Book, read_entries
from orchestrator.desk.entries import WAITING, EntryId, Look
from orchestrator.desk.undoing import History, Step
from remote_worker.contract.coding import canonical
from remote_worker.contract.records import JobId
from tests.orchestrator.desk.queue_entries import STATES, cast_as, entry, names


def line(*states, urgent=""):
    """Return entries a, b, c… in these states."""
    found = zip("abcdefghi", states, strict=False)
    return tuple(entry(name, state, urgent=name in urgent) for name, state in found)


# -- where it goes -------------------------------------------------------------------------


def test_one_that_is_not_urgent_goes_last():
    there = line("rendering", "queued", "ready")
    assert names(changes.added(there, [entry("x")])) == "abcx"


def test_an_urgent_one_goes_before_what_waits_and_after_what_is_rendered_or_over():
    there = line("done", "rendering", "queued", "new")
    assert names(changes.added(there, [entry("x", urgent=True)])) == "abxcd"


def test_urgent_ones_keep_their_order():
    there = line("queued", "queued", "queued", urgent="a")
    assert names(changes.added(there, [entry("x", urgent=True)])) == "axbc"


def test_an_urgent_one_goes_last_where_nothing_waits():
    assert names(changes.added(line("done", "failed"), [entry("x", urgent=True)])) == "abx"


def test_what_becomes_urgent_goes_ahead_and_what_is_so_no_more_goes_behind():
    there = line("done", "queued", "ready", "queued", "queued")
    ahead = changes.urged(there, "ec", urgent=True)
    assert names(ahead) == "acebd"
    assert names(changes.urged(ahead, "c", urgent=False)) == "aecbd"


def test_a_video_cannot_be_dragged_before_an_urgent_one():
    there = line("queued", "queued", "queued", urgent="a")
    assert names(changes.moved(there, "c", EntryId("a"))) == "acb"
    assert names(changes.shifted(there, "c", -2)) == "acb"
    assert names(changes.moved(there, "a", None)) == "abc"


def test_an_urgent_one_that_is_tried_again_goes_ahead():
    there = line("queued", "failed", "refused", "done", urgent="bcd")
    assert names(changes.queued(there, "b")) == "bacd"
    assert names(changes.retried(there, "bc")) == "bcad"
    assert names(changes.again(there, "d")) == "dabc"


@pytest.mark.parametrize("state", ["rendering", "done"])
def test_what_has_its_turn_or_had_it_stays_as_it_is(state):
    there = line("queued", state)
    assert changes.urged(there, "b", urgent=True) == there


def test_the_job_and_what_is_rendered_of_it_stay():
    (stopped,) = changes.urged(line("stopped"), "a", urgent=True)
    assert (stopped.state, stopped.job_id, stopped.urgent) == ("stopped", JobId("job-a"), True)


# -- whose turn it is ----------------------------------------------------------------------


def test_what_was_interrupted_goes_on_first_unless_something_urgent_waits():
    there = line("queued", "queued", "queued")
    assert changes.next_turn(there, EntryId("b")) == there[1]
    there = line("queued", "queued", "queued", urgent="c")
    assert changes.next_turn(there, EntryId("b")) == there[2]
    there = line("queued", "queued", "queued", urgent="bc")
    assert changes.next_turn(there, EntryId("c")) == there[2]


def test_only_what_is_to_be_rendered_has_a_turn():
    there = line("ready", "stopped", "queued", urgent="ab")
    assert changes.next_turn(there, EntryId("b")) == there[2]
    assert changes.next_turn(there[:2], EntryId("b")) is None


# -- what holds always ---------------------------------------------------------------------

QUEUES = st.lists(st.tuples(st.sampled_from(STATES), st.booleans()), max_size=9).map(
    lambda found: tuple(
        entry(name, state, urgent=urgent)
        for name, (state, urgent) in zip("abcdefghi", found, strict=False)
    )
)


@given(QUEUES)
@settings(deadline=None, max_examples=200)
def test_urgent_first_parts_what_waits_and_moves_nothing_else(entries):
    after = changes.urgent_first(entries)
    waiting = [each for each in after if each.state in WAITING]
    assert [each.urgent for each in waiting] == sorted((e.urgent for e in waiting), reverse=True)
    assert sorted(names(after)) == sorted(names(entries))
    for kept in (True, False):
        own = names(e for e in entries if (e.urgent and e.state in WAITING) is kept)
        assert names(e for e in after if (e.urgent and e.state in WAITING) is kept) == own
    assert changes.urgent_first(after) == after


# -- taking it back ------------------------------------------------------------------------


def test_it_can_be_taken_back_and_made_again():
    there, history = line("queued", "queued", "queued"), History()
    after = changes.urged(there, "c", urgent=True)
    history.changed(Step("urgent", there, after))
    back = history.undone(after)
    assert back == there
    history.settle(after, back, is_redo=False)
    assert history.redone(back) == after


def test_taking_it_back_keeps_the_job_that_it_became_meanwhile():
    there, history = line("queued", "queued"), History()
    after = changes.urged(there, "b", urgent=True)
    history.changed(Step("urgent", there, after))
    since = changes.entered(after, EntryId("b"), JobId("j"), "/videos/b-out.mp4")
    back = history.undone(since)[1]
    assert (back.urgent, back.job_id, back.state) == (False, JobId("j"), "queued")


def test_taking_another_change_back_keeps_what_is_urgent():
    there, history = line("ready", "ready"), History()
    after = changes.with_look(there, "b", Look(engine="identity"))
    history.changed(Step("look", there, after))
    since = changes.urged(after, "b", urgent=True)
    since = changes.cast(since, EntryId("b"), "p1", cast_as("grace"))
    assert next(e for e in history.undone(since) if e.entry_id == "b").urgent


# -- on disk -------------------------------------------------------------------------------


def test_a_book_of_before_is_still_read_and_nothing_in_it_is_urgent(tmp_path):
    path = tmp_path / "desk.sqlite"
    there = line("queued", "ready", urgent="b")
    with closing(Book(path)) as book:
        book.entries()
        book.write(there)
    assert read_entries(path) == there
    with closing(sqlite3.connect(path)) as base:
        for each in there:
            old = canonical(each).replace('"urgent":true,', "").replace('"urgent":false,', "")
            assert "urgent" not in old
            base.execute("UPDATE entries SET body = ? WHERE entry_id = ?", (old, each.entry_id))
        base.commit()
    assert read_entries(path) == tuple(replace(each, urgent=False) for each in there)
