"""What can be done with chosen videos follows from their states."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_entries import sample_entries, sample_snapshot

from gui.queue.actions import (
    acts_on,
    are_urgent,
    before_of,
    can,
    on_enter,
    place_after_steps,
    place_at,
    run_word,
)
from gui.queue.naming import fault_of
from orchestrator.desk import changes
from orchestrator.desk.entries import Look, OnceLooked, Where

SNAPSHOT = sample_snapshot()
ENTRIES = {entry.entry_id.removeprefix("e-"): entry for entry in SNAPSHOT.entries}


def those_that_can(action):
    return {name for name, entry in ENTRIES.items() if can(action, [entry], SNAPSHOT)}


def test_only_what_is_cast_and_rests_can_be_rendered():
    assert those_that_can("render") == {"cast", "stopped", "cancelled", "long", "rtl"}


def test_an_engine_that_changes_no_face_renders_without_a_cast():
    plain = replace(ENTRIES["uncast"], look=Look(engine="identity"))
    assert can("render", [plain], SNAPSHOT)


def test_a_cast_video_that_is_still_looked_at_can_be_asked_for_once():
    new = replace(ENTRIES["new"], once_looked=OnceLooked(cast_face="grace"))
    assert can("render", [new], SNAPSHOT)
    asked = replace(new, once_looked=OnceLooked(cast_face="grace", render=True))
    assert not can("render", [asked], SNAPSHOT)
    assert can("cancel", [asked], SNAPSHOT)


def test_trouble_can_be_tried_again_and_copied():
    assert those_that_can("retry") == {"refused", "notallowed", "failed"}
    assert those_that_can("copy_error") == {"refused", "notallowed", "failed"}


def test_only_what_goes_on_elsewhere_has_an_address():
    assert those_that_can("copy_address") == set()
    elsewhere = replace(ENTRIES["rendering"], where=Where(kind="aws"))
    assert can("copy_address", [elsewhere], SNAPSHOT)
    assert not can("copy_address", [elsewhere, elsewhere], SNAPSHOT)
    assert not can("copy_address", [replace(elsewhere, state="done")], SNAPSHOT)
    assert not can("copy_address", [replace(elsewhere, job_id=None)], SNAPSHOT)


def test_what_renders_cannot_be_removed_and_what_waits_can_be_cancelled():
    assert "rendering" not in those_that_can("remove")
    assert those_that_can("cancel") == {"rendering", "resumes", "queued"}


def test_a_finished_video_can_be_played_but_not_renamed():
    assert those_that_can("play") == {"done", "missed"}
    assert not {"done", "missed", "rendering", "queued"} & those_that_can("rename")


def test_only_what_is_still_to_be_rendered_can_be_urgent():
    assert not {"rendering", "done", "missed"} & those_that_can("urgent")
    assert {"queued", "cast", "new", "stopped", "failed"} <= those_that_can("urgent")


def test_all_that_can_be_urgent_has_to_be_to_be_so_no_more():
    urgent = replace(ENTRIES["cast"], urgent=True)
    assert are_urgent([urgent])
    assert are_urgent([urgent, ENTRIES["done"]])
    assert not are_urgent([urgent, ENTRIES["queued"]])
    assert not are_urgent([replace(ENTRIES["done"], urgent=True)])
    assert not are_urgent([])


def test_playing_and_renaming_are_of_one_video():
    pair = [ENTRIES["done"], ENTRIES["missed"]]
    assert not can("play", pair, SNAPSHOT)
    assert not can("show", pair, SNAPSHOT)


def test_an_action_on_many_does_what_it_can():
    chosen = list(ENTRIES.values())
    assert can("remove", chosen, SNAPSHOT)
    assert ENTRIES["rendering"] not in acts_on("remove", chosen)


def test_the_first_cannot_go_up_nor_the_last_down():
    first, last = SNAPSHOT.entries[:2], SNAPSHOT.entries[-2:]
    assert not can("up", first, SNAPSHOT)
    assert can("down", first, SNAPSHOT)
    assert not can("bottom", last, SNAPSHOT)
    assert can("up", [SNAPSHOT.entries[0], SNAPSHOT.entries[2]], SNAPSHOT)
    assert not can("up", [], SNAPSHOT)


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("done", "play"),
        ("cast", "render"),
        ("stopped", "render"),
        ("failed", "retry"),
        ("refused", "retry"),
        ("uncast", None),
        ("rendering", None),
        ("queued", None),
    ],
)
def test_enter_does_what_comes_next(name, action):
    assert on_enter(ENTRIES[name]) == action


def test_the_main_button_says_what_it_will_do():
    at_rest = tuple(replace(e, state="ready") for e in sample_entries() if e.state != "done")
    waiting = tuple(replace(e, state="queued") for e in at_rest)
    assert run_word(SNAPSHOT) == "pause"
    assert run_word(replace(SNAPSHOT, paused=True)) == "keep_going"
    assert run_word(replace(SNAPSHOT, paused=True, stopping=True)) == "finishing"
    assert run_word(replace(SNAPSHOT, entries=at_rest)) == "render_all"
    assert run_word(replace(SNAPSHOT, entries=waiting, paused=True)) == "go_on"
    assert run_word(replace(SNAPSHOT, entries=())) == "nothing"


def order(entries):
    return [entry.entry_id for entry in entries]


def test_a_drop_goes_between_the_rows_it_falls_between():
    assert [place_at(y, 76, 3) for y in (-50, 0, 37, 39, 113, 115, 228, 9999)] == [
        0, 0, 0, 1, 1, 2, 3, 3,
    ]  # fmt: skip


def test_below_the_last_row_of_a_filter_is_just_after_that_row():
    everything = sample_entries()
    visible = [ENTRIES["queued"], ENTRIES["cast"]]
    before = before_of(everything, visible, 2)
    moved = changes.moved(everything, {ENTRIES["rendering"].entry_id}, before)
    at = order(moved).index("e-cast")
    assert order(moved)[at + 1] == "e-rendering"


def test_below_everything_is_the_end():
    everything = sample_entries()
    assert before_of(everything, everything, len(everything)) is None
    assert before_of((), (), 0) is None


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_step_passes_one_row_and_back_again(steps):
    everything = sample_entries()
    chosen = frozenset({everything[4].entry_id, everything[5].entry_id})
    place = place_after_steps(everything, chosen, steps)
    moved = changes.moved(everything, chosen, before_of(everything, everything, place))
    assert order(moved).index(everything[4].entry_id) == 4 + steps
    back = place_after_steps(moved, chosen, -steps)
    assert changes.moved(moved, chosen, before_of(moved, moved, back)) == everything


def test_at_the_end_a_step_stays():
    everything = sample_entries()
    last = frozenset({everything[-1].entry_id})
    place = place_after_steps(everything, last, 1)
    assert changes.moved(everything, last, before_of(everything, everything, place)) == everything


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", ""),
        ("Harbour – final", ""),
        ("夏日海邊 🎬", ""),
        ("a/b", "character"),
        ("what?", "character"),
        ("line\nbreak", "character"),
        ("CON", "reserved"),
        ("com1.old", "reserved"),
        ("console", ""),
        ("ends.", "ends"),
        ("ü" * 101, "long"),
    ],
)
def test_a_name_is_one_that_every_system_takes(name, fault):
    assert fault_of(name) == fault
