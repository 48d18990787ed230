"""No change loses or doubles an entry, and each does what it says and no more."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.casting import Correction
from orchestrator.desk import changes
from orchestrator.desk.entries import EntryCast, EntryId, Look, OnceLooked, Output, Result, Trouble
from orchestrator.desk.naming import new_entry_ids
from orchestrator.desk.undoing import History, Step
from remote_worker.contract.records import Digest, JobId
from tests.orchestrator.desk.queue_entries import (
    IDENTITY,
    STATES,
    WHY,
    cast_as,
    entry,
    facts,
    names,
)

FIVE = tuple(entry(name, "ready") for name in "abcde")
RESULT = Result(
    output_path="/videos/x.mp4", digest=Digest("b" * 64), frame_count=3, missed_frames=0,
    seconds=1.0, finished_at="2026-01-01T00:00:00+00:00", rendered_frames=3,
)  # fmt: skip


def state_of(entries, name="a"):
    return next(each.state for each in entries if each.entry_id == name)


# -- order ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ids", "before", "after"),
    [
        ("b", "a", "bacde"),
        ("ad", "c", "badce"),
        ("ae", None, "bcdae"),
        ("bc", "c", "abcde"),
        ("de", "e", "abcde"),
        ("abcde", "c", "abcde"),
        ("c", "nobody", "abdec"),
        ("", "a", "abcde"),
    ],
)
def test_moved_entries_lie_together_before_the_one_named(ids, before, after):
    assert names(changes.moved(FIVE, tuple(ids), before)) == after


@pytest.mark.parametrize(
    ("ids", "steps", "after"),
    [
        ("c", -1, "acbde"),
        ("c", 1, "abdce"),
        ("a", -1, "abcde"),
        ("e", 3, "abcde"),
        ("bd", -1, "bdace"),
        ("bd", 1, "acbde"),
        ("", 1, "abcde"),
    ],
)
def test_shifted_entries_stop_at_the_ends(ids, steps, after):
    assert names(changes.shifted(FIVE, tuple(ids), steps)) == after


def test_entries_are_added_before_the_one_named_or_last():
    new = (entry("x"), entry("y"))
    assert names(changes.added(FIVE, new, EntryId("c"))) == "abxycde"
    assert names(changes.added(FIVE, new)) == "abcdexy"
    assert names(changes.added(FIVE, new, EntryId("gone"))) == "abcdexy"


def test_what_is_being_rendered_is_not_removed():
    entries = (entry("a", "queued"), entry("b", "rendering"), entry("c", "new"))
    assert names(changes.removed(entries, "abc")) == "b"


def test_a_duplicate_is_a_draft_with_the_same_wish():
    done = entry("a", "done", casts=cast_as("grace"), look=IDENTITY, result=RESULT)
    (_, copy) = changes.duplicated((done,), "a", [EntryId("x")], "later")
    assert (copy.entry_id, copy.state, copy.added_at) == ("x", "ready", "later")
    assert (copy.casts, copy.look, copy.facts) == (done.casts, done.look, done.facts)
    assert (copy.job_id, copy.output_path, copy.result) == (None, None, None)
    (_, copy) = changes.duplicated((entry("r", "refused"),), "r", [EntryId("y")])
    assert (copy.state, copy.trouble) == ("new", None)


# -- to wait, to rest, to begin again ------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_what_can_begin_waits_and_all_else_stays(state):
    (after,) = changes.queued((entry("a", state),), "a")
    begins = {"ready", "stopped", "failed", "cancelled"}
    assert after.state == ("queued" if state in begins else state)
    assert after.trouble == (WHY if state == "refused" else None)


def test_what_was_stopped_goes_on_and_what_was_cancelled_begins_anew():
    stopped, cancelled = changes.queued((entry("a", "stopped"), entry("b", "cancelled")), "ab")
    assert stopped.job_id == "job-a"
    assert cancelled.job_id is None
    assert cancelled.output_path is None


def test_what_is_new_is_rendered_once_it_was_looked_at():
    (asked,) = changes.queued((entry("a", casts=cast_as("grace")),), "a")
    assert asked.state == "new"
    assert changes.looked((asked,), asked.entry_id, facts())[0].state == "queued"
    (rests,) = changes.unqueued((asked,), "a")
    assert changes.looked((rests,), rests.entry_id, facts())[0].state == "ready"


def test_without_anybody_cast_a_look_ends_in_a_draft():
    (asked,) = changes.queued((entry("a"),), "a")
    assert changes.looked((asked,), asked.entry_id, facts())[0].state == "ready"
    (asked,) = changes.queued((entry("a", look=IDENTITY),), "a")
    assert changes.looked((asked,), asked.entry_id, facts())[0].state == "queued"


def test_a_face_that_waited_for_the_look_is_cast_unless_the_user_was_faster():
    asked = entry("a", once_looked=OnceLooked(cast_face="grace"))
    (seen,) = changes.looked((asked,), asked.entry_id, facts(), cast_as("grace", "p2"))
    assert (seen.casts, seen.once_looked) == (cast_as("grace", "p2"), None)
    own = replace(asked, casts=cast_as("ada"))
    assert changes.looked((own,), own.entry_id, facts(), cast_as("grace"))[0].casts == own.casts


def test_taken_out_of_the_line_it_is_a_draft_or_rests():
    entries = (entry("a", "queued"), entry("b", "queued", job_id=JobId("j")), entry("c", "done"))
    after = changes.unqueued(entries, "abc")
    assert [each.state for each in after] == ["ready", "stopped", "done"]


def test_only_what_is_done_is_rendered_again():
    entries = (entry("a", "done", result=RESULT), entry("b", "ready"))
    first, second = changes.again(entries, "ab")
    assert (first.state, first.job_id, first.output_path) == ("queued", None, None)
    assert second is entries[1]


def test_a_retry_does_what_went_wrong_once_more():
    entries = (
        entry("a", "failed"), entry("b", "refused"), entry("c", "ready"), entry("d", "stopped"),
        entry("e", "done"),
    )  # fmt: skip
    after = changes.retried(entries, "abcde")
    assert [each.state for each in after] == ["queued", "new", "ready", "queued", "done"]
    assert all(each.trouble is None for each in after)


def test_a_new_start_lets_what_was_rendering_wait_where_it_is():
    entries = (entry("a", "queued"), entry("b", "rendering"), entry("c", "done"))
    after = changes.interrupted(entries)
    assert [each.state for each in after] == ["queued", "queued", "done"]
    assert after[1].job_id == "job-b"


# -- sources that change -------------------------------------------------------------------


def test_after_a_changed_source_rendering_begins_with_a_look():
    changed = entry("a", "failed", trouble=Trouble("source_changed", "It.", "Look."))
    changed = replace(changed, job_id=JobId("j"), casts=cast_as("grace"))
    (asked,) = changes.retried((changed,), "a")
    assert asked.state == "new"
    (same,) = changes.looked((asked,), asked.entry_id, changed.facts)
    assert (same.state, same.job_id, same.casts) == ("queued", "j", changed.casts)
    (other,) = changes.looked((asked,), asked.entry_id, facts("c" * 64))
    assert (other.state, other.job_id, other.casts) == ("ready", None, ())
    assert other.trouble == changes.SOURCE_REPLACED


def test_a_late_look_changes_nothing_that_went_on():
    for state in set(STATES) - {"new"}:
        before = (entry("a", state),)
        assert changes.looked(before, before[0].entry_id, facts("c" * 64)) == before
        assert changes.refused(before, before[0].entry_id, WHY) == before


def test_a_draft_that_is_looked_at_again_keeps_its_casts_and_no_ended_job():
    entries = (entry("a", "stopped", casts=cast_as("x")), entry("b", "done"), entry("c", "queued"))
    first, second, third = changes.unlooked(entries, "abc")
    assert (first.state, first.casts, first.job_id) == ("new", cast_as("x"), "job-a")
    assert (second.state, second.job_id) == ("new", None)
    assert third is entries[2]


# -- wishes --------------------------------------------------------------------------------

WISHES = {
    "cast": lambda e: changes.cast(e, EntryId("a"), "p1", cast_as("grace")),
    "merge": lambda e: changes.corrected(
        e, EntryId("a"), Correction(kind="merge", people=("p1", "p2"))
    ),
    "look": lambda e: changes.with_look(e, "a", Look(engine="other")),
    "output": lambda e: changes.with_output(e, "a", Output(codec="av1")),
    "trim": lambda e: changes.trimmed(e, EntryId("a"), Fraction(1), None),
}


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("state", STATES)
def test_a_wish_changes_drafts_and_lets_go_of_their_job(wish, state):
    before = (entry("a", state),)
    (after,) = WISHES[wish](before)
    if state in ("refused", "queued", "rendering"):
        assert after is before[0]
        return
    assert after != before[0]
    assert (after.job_id, after.output_path, after.trouble) == (None, None, None)
    assert after.state == ("new" if state == "new" else "ready")
    assert WISHES["cast"](WISHES["cast"](before)) == WISHES["cast"](before)


def test_a_wish_that_changes_nothing_keeps_the_job():
    before = (entry("a", "stopped", look=IDENTITY),)
    assert changes.with_look(before, "a", IDENTITY)[0] is before[0]


def test_merged_people_keep_the_cast_of_the_one_they_become():
    merge = Correction(kind="merge", people=("p1", "p2"))
    both = entry("a", "ready", casts=(*cast_as("x", "p1"), *cast_as("y", "p2")))
    assert changes.corrected((both,), both.entry_id, merge)[0].casts == cast_as("x", "p1")
    one = entry("a", "ready", casts=cast_as("y", "p2"))
    assert changes.corrected((one,), one.entry_id, merge)[0].casts == cast_as("y", "p1")


def test_a_removed_face_is_on_nobody():
    part = EntryCast(person_id="p2", face_id="grace", start=Fraction(1))
    entries = (
        entry("a", "done", casts=(*cast_as("grace"), part, *cast_as("ada", "p3"))),
        entry("b", "queued", casts=cast_as("grace"), job_id=JobId("j")),
        entry("c", "stopped", casts=cast_as("ada")),
        entry("d", "rendering", casts=cast_as("grace")),
    )
    first, second, third, fourth = changes.face_gone(entries, "grace")
    assert first.casts == cast_as("ada", "p3")
    assert (second.state, second.casts, second.job_id) == ("ready", (), None)
    assert third is entries[2]
    assert fourth is entries[3]


# -- what holds of every change, and of taking it back -------------------------------------

IDS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=5)
ONE = st.sampled_from("abcdefgh")


@st.composite
def user_changes(draw):
    """A change as the user makes it, with its name; every one keeps the set of entries."""
    ids, one = draw(IDS), EntryId(draw(ONE))
    makes = {
        "move": lambda: lambda e: changes.moved(e, ids, draw_before),
        "shift": lambda: lambda e: changes.shifted(e, ids, steps),
        "queue": lambda: lambda e: changes.queued(e, ids),
        "unqueue": lambda: lambda e: changes.unqueued(e, ids),
        "again": lambda: lambda e: changes.again(e, ids),
        "retry": lambda: lambda e: changes.retried(e, ids),
        "cast": lambda: lambda e: changes.cast(e, one, "p1", cast_as(face)),
        "look": lambda: lambda e: changes.with_look(e, ids, Look(engine=face)),
        "trim": lambda: lambda e: changes.trimmed(e, one, Fraction(steps), None),
        "face": lambda: lambda e: changes.face_gone(e, face),
        "unlook": lambda: lambda e: changes.unlooked(e, ids),
        "urge": lambda: lambda e: changes.urged(e, ids, urgent=steps > 0),
    }
    draw_before = draw(st.none() | ONE)
    steps, face = draw(st.integers(-4, 4)), draw(st.sampled_from(("grace", "ada")))
    name = draw(st.sampled_from(sorted(makes)))
    return name, makes[name]()


@st.composite
def adding_or_removing(draw):
    ids = draw(IDS)
    if draw(st.booleans()):
        return "remove", lambda e: changes.removed(e, ids)
    fresh = new_entry_ids(len(ids))
    return "duplicate", lambda e: changes.duplicated(e, ids, fresh)


QUEUES = st.lists(st.sampled_from(STATES), min_size=1, max_size=8).map(
    lambda states: tuple(
        entry(name, state) for name, state in zip("abcdefgh", states, strict=False)
    )
)


@given(QUEUES, st.lists(user_changes(), max_size=6))
@settings(deadline=None, max_examples=60)
def test_no_change_loses_or_doubles_an_entry(entries, made):
    for _, change in made:
        after = change(entries)
        assert sorted(names(after)) == sorted(names(entries))
        entries = after


@given(QUEUES, st.lists(user_changes() | adding_or_removing(), max_size=8))
@settings(deadline=None, max_examples=60)
def test_undo_goes_back_step_by_step_and_redo_forth_again(entries, made):
    history, row = History(), [entries]
    for name, change in made:
        after = change(entries)
        if after != entries:
            history.changed(Step(name, entries, after))
            row.append(after)
        entries = after
    for earlier in reversed(row[:-1]):
        before, entries = entries, history.undone(entries)
        history.settle(before, entries, is_redo=False)
        assert entries == earlier
    assert history.undo_name == ""
    for later in row[1:]:
        before, entries = entries, history.redone(entries)
        history.settle(before, entries, is_redo=True)
        assert entries == later
    assert history.redo_name == ""


def happen(entries, name, what):
    """Let something happen by itself, where it can."""
    state = next((each.state for each in entries if each.entry_id == name), None)
    match what, state:
        case "look", "new":
            return changes.looked(entries, name, facts())
        case "refuse", "new":
            return changes.refused(entries, name, WHY)
        case "begin", "queued":
            return changes.begun(entries, name)
        case "name", "rendering":
            return changes.entered(entries, name, JobId("made"), "/videos/made.mp4")
        case "done", "rendering":
            return changes.ended(entries, name, "done", result=RESULT)
        case "fail", "rendering":
            return changes.ended(entries, name, "failed", trouble=WHY)
        case _:
            return entries


HAPPENINGS = st.tuples(
    ONE, st.sampled_from(("look", "refuse", "begin", "name", "done", "fail"))
).map(lambda pair: ("", pair))


@given(QUEUES, st.lists(user_changes() | adding_or_removing() | HAPPENINGS, max_size=12))
@settings(deadline=None, max_examples=60)
def test_undo_never_touches_what_renders_nor_forgets_what_came_of_it(entries, made):
    history = History()
    for name, change in made:
        after = change(entries) if name else happen(entries, *change)
        if name and after != entries:
            history.changed(Step(name, entries, after))
        entries = after
    while history.undo_name:
        before, entries = entries, history.undone(entries)
        history.settle(before, entries, is_redo=False)
        assert len({each.entry_id for each in entries}) == len(entries)
        rendering = [each for each in before if each.state == "rendering"]
        assert all(each in entries for each in rendering)
        assert [each for each in entries if each.state == "rendering"] == rendering


def test_undoing_to_have_queued_what_is_done_by_now_leaves_it_done():
    before = (entry("a", "ready"),)
    queued = changes.queued(before, "a")
    history = History()
    history.changed(Step("render", before, queued))
    name = EntryId("a")
    done = changes.ended(changes.begun(queued, name), name, "done", result=RESULT)
    assert history.undone(done) == done


def test_undoing_a_cast_of_what_was_rendered_since_gives_a_draft_without_a_job():
    before = (entry("a", "ready"),)
    cast_now = changes.cast(before, EntryId("a"), "p1", cast_as("grace"))
    history = History()
    history.changed(Step("cast", before, cast_now))
    (done,) = changes.ended(
        changes.entered(cast_now, EntryId("a"), JobId("j"), "/o.mp4"), EntryId("a"), "done"
    )
    (after,) = history.undone((done,))
    assert (after.casts, after.state, after.job_id) == ((), "ready", None)


def test_a_new_change_forgets_what_was_taken_back():
    history = History()
    one = changes.queued(FIVE, "a")
    history.changed(Step("render", FIVE, one))
    history.settle(one, history.undone(one), is_redo=False)
    assert (history.undo_name, history.redo_name) == ("", "render")
    history.changed(Step("move", FIVE, changes.moved(FIVE, "e", "a")))
    assert (history.undo_name, history.redo_name) == ("move", "")


def test_only_so_many_changes_are_kept():
    history, entries = History(), FIVE
    for number in range(250):
        after = changes.with_look(entries, "a", Look(engine=str(number)))
        history.changed(Step("look", entries, after))
        entries = after
    steps = 0
    while history.undo_name:
        before, entries = entries, history.undone(entries)
        history.settle(before, entries, is_redo=False)
        steps += 1
    assert steps == 100


def test_ids_rise_whatever_the_clock_does(monkeypatch):
    monkeypatch.setattr("orchestrator.desk.naming.time.time_ns", lambda: 5)
    made = [*new_entry_ids(3), *new_entry_ids(2)]
    assert made == sorted(set(made))
