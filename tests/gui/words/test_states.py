"""Every state has words that a person understands, and no other state has the same."""

from __future__ import annotations

from typing import get_args

from gui.words import states
from orchestrator.desk.snapshot import Work
from orchestrator.job import Phase
from orchestrator.snapshot import ChunkState


def test_every_kind_of_work_is_told_from_the_others():
    said = {states.working(work, None) for work in get_args(Work)}
    assert len(said) == len(get_args(Work))
    assert all(each.endswith("…") for each in said)


def test_work_says_how_far_it_is_once_that_is_known():
    assert states.working("finding faces", 0.4) == "Finding faces… 40 %"
    assert states.working("finding faces", None) == "Finding faces…"


def test_work_that_has_no_words_yet_is_just_work():
    assert states.working("polishing", 0.5) == "Working… 50 %"


def test_a_draft_says_who_is_cast():
    assert states.ready(0, 0) == "Ready – no faces were found"
    assert states.ready(3, 0) == "Ready – nobody is cast yet"
    assert states.ready(3, 1) == "Ready – 1 face cast"
    assert states.ready(3, 2) == "Ready – 2 faces cast"


def test_a_video_whose_faces_stay_needs_nobody_cast():
    assert states.ready(0, 0, needs_cast=False) == "Ready – every face stays as it is"


def test_a_render_says_how_long_it_takes_and_how_fast_it_is():
    said = states.rendering(Phase.RENDERING, 250, 23.2)
    assert said == "Rendering – about 4 min left – 23 frames/s"
    assert states.rendering(Phase.RENDERING, 250, 23.2, short=True) == (
        "Rendering – about 4 min left"
    )


def test_a_render_that_stands_still_says_a_state_and_no_number():
    for phase in Phase:
        if phase is not Phase.RENDERING:
            assert not any(sign.isdigit() for sign in states.rendering(phase, 9000, 0.01))
    assert "measuring" in states.rendering(Phase.RENDERING, None, 0)


def test_a_stopped_render_says_how_much_is_kept():
    assert states.stopped(0.38) == "Stopped – 38 % is done and kept"
    assert states.stopped(None) == "Stopped – what is done is kept"
    assert states.stopped(0) == "Stopped before its first piece was done"


def test_a_finished_video_says_in_how_many_frames_a_face_was_missed():
    assert states.done("1:02", 187.4, 0) == "Done – 1:02 – took 3 min"
    assert states.done("1:02", 187.4, 1) == "Done – 1:02 – a face was missed in 1 frame"
    assert states.done("1:02", 187.4, 41) == "Done – 1:02 – a face was missed in 41 frames"


def test_every_state_of_a_piece_has_a_word_of_its_own():
    assert len({states.piece(state) for state in ChunkState}) == len(ChunkState)


def test_words_that_are_empty_leave_no_dash_behind():
    assert states.joined("Ready", "", "about 4 min") == "Ready – about 4 min"
    assert states.joined("", "") == ""
