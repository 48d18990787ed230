"""A snapshot counts every frame once, whatever workers say and in whatever order."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from orchestrator.events import (
    Begun,
    ChunkBuried,
    ChunkClaimed,
    ChunkFetched,
    ChunkStored,
    Fault,
    LeaseId,
    LeaseReady,
)
from orchestrator.job import (
    new_job,
    step,
)
from orchestrator.plan import ChunkPlan
from orchestrator.snapshot import ChunkState, Interruption, Tally
from remote_worker.contract.messages import Progress, SegmentStored
from remote_worker.contract.records import (
    ChunkId,
    Digest,
    EncoderSettings,
    SegmentId,
    SegmentRef,
)

ENCODER = EncoderSettings(
    codec="h264", encoder="libx264", quality=18, preset="veryfast", threads=1, build="PyAV 0"
)
ONE, TWO = LeaseId("lease-1"), LeaseId("lease-2")


def chunk(number, *lengths):
    start = number * 100
    segments = []
    for length in lengths:
        name = SegmentId(f"s{start}")
        segments.append(SegmentRef(name, start, start + length))
        start += length
    return ChunkPlan(ChunkId(f"c{number}"), tuple(segments), 0, 300, (), ENCODER)


PLAN = SimpleNamespace(chunks=(chunk(0, 40, 60), chunk(1, 50, 10)))
C0, C1 = (each.chunk_id for each in PLAN.chunks)


class Clock:
    now_s = 0.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tally(clock):
    return Tally(PLAN, frozenset(), clock)


@pytest.fixture
def job():
    return after(new_job((C0, C1)), Begun(2), LeaseReady(ONE), LeaseReady(TWO))


def after(job, *events):
    for event in events:
        job, _ = step(job, event)
    return job


def progress(chunk_id, segment, frames):
    return Progress(
        chunk_id=chunk_id,
        segment_id=SegmentId(segment),
        frames_done=frames,
        frames_total=100,
        frames_per_s=1.0,
    )


def stored(chunk_id, segment, *, reused=False):
    return SegmentStored(
        chunk_id=chunk_id,
        segment_id=SegmentId(segment),
        blob=Digest("0" * 64),
        segment_bytes=1,
        reused=reused,
    )


def test_a_new_job_has_all_frames_before_it(tally, job):
    seen = tally.snapshot(job)
    assert (seen.frames_done, seen.frames_total, seen.left_s) == (0, 160, None)
    assert [(each.start_frame, each.end_frame) for each in seen.chunks] == [(0, 100), (100, 160)]
    assert {each.state for each in seen.chunks} == {ChunkState.WAITING}


def test_segments_that_were_stored_before_count_from_the_start(clock, job):
    seen = Tally(PLAN, frozenset({SegmentId("s40")}), clock).snapshot(job)
    assert seen.frames_done == 60
    assert seen.frames_per_s == 0.0


def test_the_part_of_a_segment_in_hand_counts(tally, job):
    tally.progress(ONE, progress(C0, "s0", 25))
    tally.progress(TWO, progress(C1, "s100", 10))
    assert tally.snapshot(job).frames_done == 35


def test_a_segment_counts_once_however_often_it_is_said(tally, job):
    tally.progress(ONE, progress(C0, "s0", 40))
    for lease in (ONE, TWO, ONE):
        tally.segment(lease, stored(C0, "s0"))
    assert tally.snapshot(job).frames_done == 40


def test_two_workers_at_one_segment_do_not_count_it_twice(tally, job):
    tally.progress(ONE, progress(C0, "s0", 30))
    tally.progress(TWO, progress(C0, "s0", 20))
    assert tally.snapshot(job).frames_done <= 40


def test_what_a_dead_worker_had_in_hand_is_forgotten(tally, job):
    tally.progress(ONE, progress(C0, "s0", 25))
    tally.gone(ONE)
    tally.gone(ONE)
    assert tally.snapshot(job).frames_done == 0


def test_an_interruption_is_where_the_worker_was_when_it_went(tally, job):
    tally.progress(ONE, progress(C0, "s40", 25))
    tally.progress(TWO, progress(C1, "s100", 0))
    assert tally.snapshot(job).interrupted_at == ()
    tally.gone(TWO)
    tally.gone(ONE)
    assert tally.snapshot(job).interrupted_at == (Interruption(100, TWO), Interruption(65, ONE))


def test_a_worker_that_goes_with_nothing_in_hand_interrupts_nothing(tally, job):
    tally.gone(ONE)
    tally.progress(TWO, progress(C0, "s0", 40))
    tally.segment(TWO, stored(C0, "s0"))
    tally.gone(TWO)
    tally.progress(ONE, progress(ChunkId("other"), "nowhere", 7))
    tally.gone(ONE)
    assert tally.snapshot(job).interrupted_at == ()


def test_the_same_worker_is_interrupted_once_for_what_it_had_in_hand(tally, job):
    tally.progress(ONE, progress(C0, "s0", 10))
    before = tally.snapshot(job)
    tally.gone(ONE)
    tally.gone(ONE)
    tally.progress(TWO, progress(C0, "s0", 5))
    tally.gone(TWO)
    assert tally.snapshot(job).interrupted_at == (Interruption(10, ONE), Interruption(5, TWO))
    assert before.interrupted_at == ()


def test_a_spoiled_chunk_counts_as_not_rendered(tally, job):
    tally.segment(ONE, stored(C0, "s0"))
    tally.segment(ONE, stored(C1, "s100"))
    tally.spoiled(PLAN.chunks[0])
    assert tally.snapshot(job).frames_done == 50


def test_a_stored_chunk_counts_whole_even_if_its_words_were_lost(tally, job):
    assert tally.snapshot(after(job, ChunkStored(C0))).frames_done == 100


def test_segments_of_strangers_count_for_nothing(tally, job):
    tally.segment(ONE, stored(ChunkId("other"), "elsewhere"))
    tally.progress(TWO, progress(ChunkId("other"), "nowhere", 7))
    assert tally.snapshot(job).frames_done == 0


def test_chunks_are_shown_as_they_stand(tally, job):
    fault = Fault("disk_full", "No room.", "Free some.")
    claimed = after(job, ChunkClaimed(ONE, C0))
    assert [each.state for each in tally.snapshot(claimed).chunks] == [
        ChunkState.RENDERING,
        ChunkState.WAITING,
    ]
    assert tally.snapshot(claimed).chunks[0].holder == ONE
    ended = after(claimed, ChunkStored(C0), ChunkBuried(C1, fault))
    assert [each.state for each in tally.snapshot(ended).chunks] == [
        ChunkState.STORED,
        ChunkState.BURIED,
    ]
    fetched = tally.snapshot(after(ended, ChunkFetched(C0)))
    assert fetched.chunks[0].state is ChunkState.FETCHED
    assert fetched.fault == fault


def test_the_rate_is_of_what_was_rendered_lately(tally, job, clock):
    for second in range(31):
        clock.now_s = float(second)
        tally.progress(ONE, progress(C0, "s0", second if second < 10 else 10 + (second - 10) // 2))
    seen = tally.snapshot(job)
    assert seen.frames_per_s == pytest.approx(0.5)
    assert seen.left_s == pytest.approx((160 - 20) / 0.5)


def test_reused_segments_are_no_rate(tally, job, clock):
    for second, segment in enumerate(("s0", "s40", "s100")):
        clock.now_s = float(second)
        tally.segment(ONE, stored(C0, segment, reused=True))
    assert tally.snapshot(job).frames_per_s == 0.0
    assert tally.snapshot(job).frames_done == 150


def test_a_rate_is_never_negative(tally, job, clock):
    tally.progress(ONE, progress(C0, "s0", 30))
    clock.now_s = 1.0
    tally.gone(ONE)
    tally.progress(TWO, progress(C1, "s100", 1))
    assert tally.snapshot(job).frames_per_s == 0.0


def test_a_snapshot_is_not_changed_by_what_comes_after(tally, job):
    before = tally.snapshot(job)
    tally.segment(ONE, stored(C0, "s0"))
    assert before == replace(before)
    assert before.frames_done == 0
