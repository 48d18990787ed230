"""What a row says follows from its entry and from where the desk stands."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from sample_entries import (
    EMOJI_NAME,
    LONG_NAME,
    RENDERING,
    sample_entries,
    sample_running,
    sample_snapshot,
)

from gui.queue.rows import (
    Standing,
    find_typed,
    fits,
    length_s,
    places_in_line,
    row_of,
    shown,
)
from gui.queue.standing import Stander
from orchestrator.desk.changes import SOURCE_REPLACED
from orchestrator.desk.entries import EntryId, Look, OnceLooked
from orchestrator.desk.estimate import estimate_s
from orchestrator.desk.rented import Asked, Asks, Rented
from orchestrator.desk.snapshot import Doing
from orchestrator.job import Phase

ENTRIES = {entry.entry_id.removeprefix("e-"): entry for entry in sample_entries()}


def said(name: str, **changes) -> str:
    """Return what the row of one sample says with the sample desk changed."""
    snapshot = replace(sample_snapshot(), **changes)
    standing = Stander().standing(snapshot, {EntryId("e-stopped"): 0.38})
    return row_of(ENTRIES[name], standing).line


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("rendering", "Rendering – about 3 min left – 11 frames/s"),
        ("resumes", "Next – goes on where it was"),
        ("queued", "Waiting, number 2 in line – about 4 min"),
        ("looking", "Finding faces… 40 %"),
        ("new", "Waiting to be looked at"),
        ("uncast", "Ready – nobody is cast yet"),
        ("cast", "Ready – 2 faces cast – about 3 min"),
        ("nobody", "Ready – no faces were found"),
        ("stopped", "Stopped – 38 % is done and kept"),
        ("refused", "Cannot be used: There is no video in this file, only sound."),
        ("cancelled", "Cancelled"),
        ("done", "Done – 1:02 – took 3 min"),
        ("missed", "Done – 1:02 – a face was missed in 41 frames"),
    ],
)
def test_every_state_says_in_words_where_the_video_stands(name, line):
    assert said(name) == line


def test_work_that_needs_nobody_is_ready_without_a_cast():
    look = Look(engine="facefusion", settings=(("processors", "face_enhancer"),))
    entry = replace(ENTRIES["uncast"], look=look)
    line = row_of(entry, Stander().standing(sample_snapshot(), {})).line
    assert line.startswith("Ready – nobody gets another face")


def test_the_check_at_a_worker_is_told_before_anything_is_rendered():
    running = sample_running()
    running = replace(running, seen=replace(running.seen, checked=(2, 5)))
    assert said("rendering", running=running) == "Checking the content… 40 %"


def test_a_failed_video_says_why():
    assert said("failed").startswith("Failed: This needs about 1840 MiB")


def test_a_stopping_render_finishes_the_piece_in_hand():
    assert said("rendering", stopping=True) == "Finishing the piece in hand…"


def test_a_cancelled_render_does_not_claim_to_finish_a_piece():
    running = sample_running(Phase.CANCELLING)
    assert said("rendering", running=running, stopping=True) == "Cancelling…"


def test_a_turn_that_begins_says_so_before_anything_is_known():
    assert said("rendering", running=None) == "Beginning…"
    preparing = Doing(RENDERING, "preparing", 3, 10)
    assert said("rendering", running=None, preparing=preparing) == "Preparing… 30 %"


def test_a_paused_queue_says_what_goes_on_first():
    assert said("resumes", paused=True) == "Paused – goes on where it was"


def test_a_video_whose_file_was_replaced_asks_to_be_looked_at():
    row = row_of(replace(ENTRIES["uncast"], trouble=SOURCE_REPLACED), Standing())
    assert row.line.startswith("Please look: Another file")
    assert row.icon == "warning"


def test_a_video_that_renders_once_looked_at_says_so():
    waits = replace(ENTRIES["new"], once_looked=OnceLooked(render=True))
    assert row_of(waits, Standing()).line == "Waiting to be looked at, then renders"


def test_an_estimate_is_said_before_a_render_begins():
    standing = Standing(guess=lambda entry: 250.0, places=places_in_line(sample_entries()))
    assert row_of(ENTRIES["cast"], standing).line == "Ready – 2 faces cast – about 4 min"
    assert row_of(ENTRIES["queued"], standing).line == "Waiting, number 2 in line – about 4 min"


def test_no_two_states_share_both_icon_and_colour():
    standing = Stander().standing(sample_snapshot(), {})
    names = ("rendering", "queued", "looking", "uncast", "cast", "stopped", "refused", "done")
    looks = [(row.icon, row.tone) for row in (row_of(ENTRIES[n], standing) for n in names)]
    assert len({icon for icon, _ in looks}) == len(names)


def test_the_bar_shows_the_render_and_then_the_joining():
    standing = Stander().standing(sample_snapshot(), {})
    assert row_of(ENTRIES["rendering"], standing).share == pytest.approx(1485 / 3620)
    joining = replace(sample_snapshot(), running=sample_running(Phase.ASSEMBLING))
    row = row_of(ENTRIES["rendering"], Stander().standing(joining, {}))
    assert row.share == pytest.approx(2410 / 3620)


def test_a_row_without_anything_going_on_has_no_bar():
    standing = Stander().standing(sample_snapshot(), {})
    for name in ("new", "uncast", "cast", "refused", "failed", "done"):
        assert row_of(ENTRIES[name], standing).share is None


def test_a_trim_shortens_what_is_rendered():
    assert length_s(ENTRIES["queued"]) == 83
    assert row_of(ENTRIES["queued"], Standing()).badge == "1:23"


def test_a_screen_reader_hears_name_state_share_people_and_length():
    row = row_of(ENTRIES["rendering"], Stander().standing(sample_snapshot(), {}))
    assert row.spoken == (
        "Interview take 3.mp4, Rendering – about 3 min left – 11 frames/s, 41 %, 2 people, 2:31"
    )


def test_every_entry_is_in_exactly_one_part_of_the_filter():
    for entry in sample_entries():
        assert sum(fits(entry, kind) for kind in ("todo", "done", "trouble")) == 1
        assert fits(entry, "all")


def test_the_search_finds_names_whatever_their_case():
    found = shown(sample_entries(), "all", "  HARBOUR ")
    assert [entry.entry_id for entry in found] == ["e-failed", "e-long"]
    assert [e.entry_id for e in shown(sample_entries(), "trouble", "harbour")] == ["e-failed"]


def test_without_a_filter_the_very_same_entries_are_shown():
    entries = sample_entries()
    assert shown(entries, "all") is entries


def test_typing_goes_to_the_next_name_that_begins_so_and_then_to_one_that_holds_it():
    names = ["Pier.mp4", "ferry.mp4", "Harbour.mp4", "Ferry two.mp4"]
    assert find_typed(names, 0, "fe") == 1
    assert find_typed(names, 2, "fe") == 3
    assert find_typed(names, 0, "bour") == 2
    assert find_typed(names, 0, "xyz") is None
    assert find_typed([], 0, "a") is None
    assert find_typed([LONG_NAME, EMOJI_NAME], 0, "🎬") == 1


def test_what_is_said_of_the_time_left_stays_while_it_only_trembles():
    stander, words = Stander(), set()
    for left_s in (268.0, 272.0, 266.0, 274.0):
        running = sample_running()
        running = replace(running, seen=replace(running.seen, left_s=left_s))
        snapshot = replace(sample_snapshot(), running=running)
        words.add(row_of(ENTRIES["rendering"], stander.standing(snapshot, {})).line)
    assert len(words) == 1


def unfinished() -> tuple:
    """Return the sample without what is finished."""
    return tuple(entry for entry in sample_entries() if entry.result is None)


def finished(seconds: float, frames: int):
    """Return a finished video that took so long, in the size of the samples."""
    done = ENTRIES["done"]
    assert done.result is not None
    result = replace(done.result, seconds=seconds, rendered_frames=frames)
    return replace(done, entry_id=EntryId("e-before"), result=result)


def test_what_was_finished_before_tells_how_long_the_rest_takes():
    before = finished(100.0, 1000)
    stander = Stander()
    snapshot = replace(sample_snapshot(), entries=(*unfinished(), before))
    standing = stander.standing(snapshot, {})
    assert row_of(ENTRIES["cast"], standing).line == "Ready – 2 faces cast – about 2 min"
    queued = ENTRIES["queued"]
    assert standing.guess(queued) == pytest.approx(estimate_s(queued, [before]))


def test_the_whole_queue_takes_what_runs_and_what_waits():
    stander, before = Stander(), finished(100.0, 1000)
    snapshot = replace(sample_snapshot(), entries=(*unfinished(), before))
    stander.standing(snapshot, {})
    waits = [estimate_s(ENTRIES[name], [before]) for name in ("resumes", "queued")]
    running = snapshot.running
    assert running is not None
    expected = (running.seen.left_s or 0) + sum(each or 0 for each in waits)
    assert stander.left_of_queue_s(snapshot) == pytest.approx(expected)


def test_a_render_that_is_finished_since_changes_the_guess():
    stander = Stander()
    slow = replace(sample_snapshot(), entries=(*unfinished(), finished(100.0, 1000)))
    first = stander.standing(slow, {}).guess(ENTRIES["cast"])
    fast = replace(sample_snapshot(), entries=(*unfinished(), finished(10.0, 1000)))
    second = stander.standing(fast, {}).guess(ENTRIES["cast"])
    assert first == pytest.approx(10 * second)


def test_nobody_says_how_long_the_queue_takes_when_one_part_of_it_is_unknown():
    stander = Stander()
    snapshot = replace(sample_snapshot(), entries=unfinished())
    stander.standing(snapshot, {})
    assert stander.left_of_queue_s(snapshot) is None


def test_an_urgent_row_is_marked_and_says_so_until_it_is_done():
    row = row_of(replace(ENTRIES["queued"], urgent=True), Standing())
    assert row.urgent
    assert row.spoken.startswith(f"{row.name}, Urgent, Next in line")
    plain = row_of(ENTRIES["queued"], Standing())
    assert "Urgent" not in plain.spoken
    assert not row_of(replace(ENTRIES["done"], urgent=True), Standing()).urgent


def test_a_video_whose_pods_others_make_names_the_file_that_is_waited_for():
    lines = []
    for what in get_args(Asked):
        asks = Asks(what=what, manifests="/git/films/secondunit-1.yaml", until="", sees_pods=True)
        running = replace(sample_running(), rented=Rented(priced=False, asks=asks))
        lines.append(said("rendering", running=running))
    assert lines == [
        "Waiting for somebody to apply secondunit-1.yaml",
        "Its Jobs are over – have secondunit-1.yaml applied again",
    ]
