"""Cells lie on the time axis in proportion to their frames, and say what they are."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_entries import sample_chunks, sample_render

from gui.chunks.cells import (
    LEAST_PX,
    Axis,
    cell_at,
    cells,
    counts,
    differing,
    interruption_told,
    summary,
    told,
    worker_number,
)
from orchestrator.snapshot import ChunkState, ChunkView
from remote_worker.contract.records import ChunkId

RATE = Fraction(25)


def chunk(start, end, state=ChunkState.WAITING, done=0, holder=None):
    return ChunkView(ChunkId(f"c{start}"), start, end, state, holder, done)


def row(count, frames=10, state=ChunkState.WAITING):
    return tuple(chunk(n * frames, (n + 1) * frames, state) for n in range(count))


@given(count=st.integers(1, 5000), frames=st.integers(1, 3000), width_px=st.floats(20, 4000))
def test_cells_cover_the_pieces_without_gap_and_are_wide_enough_to_see(count, frames, width_px):
    chunks = row(count, frames)
    axis = Axis(count * frames, width_px)
    drawn = cells(chunks, axis)
    assert drawn[0].start_frame == 0
    assert drawn[-1].end_frame == count * frames
    assert all(a.end_frame == b.start_frame for a, b in itertools.pairwise(drawn))
    assert sum(cell.pieces for cell in drawn) == count
    for cell in drawn[:-1]:
        assert axis.x_of(cell.end_frame) - axis.x_of(cell.start_frame) >= LEAST_PX * 0.999


def test_wide_pieces_are_drawn_one_by_one():
    drawn = cells(sample_chunks(), Axis(3620, 900))
    assert [cell.pieces for cell in drawn] == [1] * 13
    assert [cell.worker for cell in drawn if cell.state is ChunkState.RENDERING] == [1, 3]


@pytest.mark.parametrize(
    ("together", "shown"),
    [
        ((ChunkState.FETCHED, ChunkState.FETCHED), ChunkState.FETCHED),
        ((ChunkState.FETCHED, ChunkState.STORED), ChunkState.STORED),
        ((ChunkState.FETCHED, ChunkState.WAITING), ChunkState.WAITING),
        ((ChunkState.WAITING, ChunkState.RENDERING), ChunkState.RENDERING),
        ((ChunkState.RENDERING, ChunkState.BURIED), ChunkState.BURIED),
    ],
)
def test_pieces_drawn_together_show_what_matters_most(together, shown):
    first, second = together
    chunks = (chunk(0, 1, first), chunk(1, 2, second))
    (cell,) = cells(chunks, Axis(1000, 100))
    assert cell.state is shown


def test_pieces_drawn_together_are_only_played_when_all_are_finished():
    half = (chunk(0, 1, ChunkState.FETCHED), chunk(1, 2))
    (cell,) = cells(half, Axis(1000, 100))
    assert not cell.is_finished


def test_a_frame_finds_its_cell_and_outside_there_is_none():
    drawn = cells((chunk(100, 200), chunk(200, 300)), Axis(1000, 500))
    assert [cell_at(drawn, frame) for frame in (0, 99, 100, 199, 200, 299, 300, 999)] == [
        None, None, 0, 0, 1, 1, None, None,
    ]  # fmt: skip
    assert cell_at((), 5) is None


def test_a_place_on_the_axis_is_a_frame_of_the_video():
    axis = Axis(1000, 500)
    assert [axis.frame_at(x) for x in (-5, 0, 250, 499.9, 700)] == [0, 0, 500, 999, 999]
    assert Axis(0, 0).frame_at(10) == 0


def test_only_cells_that_changed_are_painted_anew():
    axis = Axis(3620, 900)
    before = sample_chunks()
    after = (*before[:5], replace(before[5], frames_done=90), *before[6:])
    assert differing(cells(before, axis), cells(before, axis)) == []
    assert differing(cells(before, axis), cells(after, axis)) == [5]
    assert differing(cells(before, axis), cells(before[:7], axis)) is None
    assert differing(cells(before, axis), cells(row(13, 278), Axis(3620, 900))) is None


def test_a_cell_says_where_it_is_what_it_is_and_who_renders_it():
    drawn = cells(sample_chunks(), Axis(3620, 900))
    assert told(drawn[4], RATE) == (
        "0:48 – 1:00 (Frames 1201 to 1500)\nBeing rendered by worker 1 – 210 of 300 frames\n"
        "Click to play what is finished of it."
    )
    assert told(drawn[0], RATE).endswith("Rendered and checked\nClick to play this part.")
    assert told(drawn[6], RATE).endswith("Failed")


def test_cells_drawn_together_say_how_many_they_are():
    (cell,) = cells(row(2, 1), Axis(1000, 100))
    assert "2 pieces, 0 of 2 frames rendered" in told(cell, RATE)


def test_an_interruption_says_who_went_away_and_where():
    (mark,) = sample_render().interrupted_at
    assert interruption_told(mark, RATE).startswith("Worker 2 went away here (1:05).")


def test_a_worker_is_called_by_the_number_of_its_lease():
    assert worker_number("lease-12") == 12
    assert worker_number(None) is None
    assert worker_number("somebody") is None


def test_the_legend_names_only_states_that_occur():
    assert counts(sample_chunks()) == [
        (ChunkState.FETCHED, 3),
        (ChunkState.STORED, 1),
        (ChunkState.RENDERING, 2),
        (ChunkState.WAITING, 6),
        (ChunkState.BURIED, 1),
    ]


def test_the_summary_says_when_all_is_finished():
    assert summary(sample_chunks()) == "4 of 13 finished"
    assert summary(row(3, state=ChunkState.STORED)) == "All are finished"
