"""A plan covers each frame once, and only what differs gets other ids."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.plan import (
    LONGEST_CHUNK_FRAMES,
    QualityRange,
    Work,
    chunk_sizes_for_travel,
    plan,
)
from remote_worker.contract.records import (
    Box,
    Digest,
    EncoderSettings,
    EngineSpec,
    FaceTrack,
    chunk_id_of,
)
from tests.fakes.pictures import plain_picture

PICTURE = plain_picture(96, 64)
ENCODER = EncoderSettings(
    codec="h264", encoder="libx264", quality=18, preset="veryfast", threads=1, build="PyAV 0"
)


def work(frames=1000, start=0, end=None, *, halo=3, tracks=()):
    return Work(
        source_digest=Digest("a" * 64),
        time_base=Fraction(1, 30),
        frame_rate=Fraction(30),
        frame_count=frames,
        start_frame=start,
        end_frame=frames if end is None else end,
        picture=PICTURE,
        engine=EngineSpec(name="classic", digest=Digest("b" * 64), halo_frames=halo),
        encoder=ENCODER,
        tracks=tracks,
    )


def track(start, end, photo="c"):
    boxes = (Box(start, 0.1, 0.1, 0.4, 0.4), Box(end - 1, 0.3, 0.1, 0.6, 0.4))
    return FaceTrack(start_frame=start, end_frame=end, boxes=boxes, photos=(Digest(photo * 64),))


def segments_of(render_plan):
    return [ref for chunk in render_plan.chunks for ref in chunk.segments]


def ids_by_range(render_plan):
    return {(r.start_frame, r.end_frame): r.segment_id for r in segments_of(render_plan)}


@st.composite
def works(draw):
    frames = draw(st.integers(1, 5000))
    start = draw(st.integers(0, frames - 1))
    end = draw(st.integers(start + 1, frames))
    return work(frames, start, end, halo=draw(st.integers(0, 8)))


counts = {"workers": st.integers(1, 16), "segment_frames": st.integers(20, 400)}


@settings(max_examples=60, deadline=None)
@given(asked=works(), travels=st.booleans(), **counts)
def test_every_frame_is_planned_once_and_in_order(asked, travels, workers, segment_frames):
    made = plan(asked, workers=workers, segment_frames=segment_frames, travels=travels)
    at = asked.start_frame
    for ref in segments_of(made):
        assert ref.start_frame == at
        assert ref.end_frame % segment_frames == 0 or ref.end_frame == asked.end_frame
        at = ref.end_frame
    assert at == asked.end_frame
    for chunk in made.chunks:
        first, last = chunk.segments[0].start_frame, chunk.segments[-1].end_frame
        assert chunk.frame_count == last - first <= LONGEST_CHUNK_FRAMES
        assert chunk.halo_start == max(0, first - asked.engine.halo_frames)
        assert chunk.halo_end == min(asked.frame_count, last + asked.engine.halo_frames)
        assert chunk.chunk_id == chunk_id_of(chunk.segments)


@settings(max_examples=30, deadline=None)
@given(asked=works(), **counts)
def test_the_same_work_has_the_same_ids_and_the_workers_do_not_matter(
    asked, workers, segment_frames
):
    once = plan(asked, workers=workers, segment_frames=segment_frames)
    assert plan(asked, workers=workers, segment_frames=segment_frames) == once
    alone = plan(asked, workers=1, segment_frames=segment_frames, travels=True)
    assert segments_of(alone) == segments_of(once)


@settings(max_examples=60, deadline=None)
@given(start=st.integers(0, 900), length=st.integers(1, 300), halo=st.integers(0, 120))
def test_a_cast_changed_for_a_while_changes_only_the_segments_it_reaches(start, length, halo):
    end = min(1000, start + length)
    before = ids_by_range(plan(work(halo=halo), workers=2))
    after = ids_by_range(plan(work(halo=halo, tracks=(track(start, end),)), workers=2))
    assert before.keys() == after.keys()
    changed = {span for span in before if before[span] != after[span]}
    assert changed == {(s, e) for s, e in before if start < e + halo and s - halo < end}


@settings(max_examples=30, deadline=None)
@given(start=st.integers(0, 500), end=st.integers(700, 1000))
def test_another_trim_keeps_the_ids_of_whole_segments(start, end):
    tracks = (track(50, 800),)
    whole = ids_by_range(plan(work(tracks=tracks), workers=2))
    cut = ids_by_range(plan(work(start=start, end=end, tracks=tracks), workers=2))
    inside = {span for span in whole if start <= span[0] and span[1] <= end}
    assert inside
    assert {span: cut[span] for span in inside} == {span: whole[span] for span in inside}


def test_another_quality_makes_every_segment_new():
    asked = work()
    other = replace(asked, encoder=replace(ENCODER, quality=19))
    assert not set(ids_by_range(plan(asked, workers=1)).values()) & set(
        ids_by_range(plan(other, workers=1)).values()
    )


def test_several_workers_all_get_chunks():
    assert len(plan(work(), workers=4).chunks) >= 4
    assert len(plan(work(), workers=1).chunks) == 2


@given(segments=st.integers(1, 2000), workers=st.integers(1, 16))
def test_chunks_that_travel_begin_small_and_never_keep_the_others_waiting(segments, workers):
    sizes = chunk_sizes_for_travel(segments, workers, 100)
    assert sum(sizes) == segments
    assert set(sizes[:workers]) == {1}
    assert sizes[-1] == 1
    for number, size in enumerate(sizes):
        left = sum(sizes[number:])
        assert 1 <= size <= LONGEST_CHUNK_FRAMES // 100
        assert size <= max(1, -(-left // workers)), "more than its share of what was left"


def test_a_long_clip_travels_in_few_chunks():
    assert chunk_sizes_for_travel(60, 2, 60)[:8] == (1, 1, 2, 2, 4, 4, 8, 7)
    assert len(chunk_sizes_for_travel(1080, 4, 100)) == 86


@pytest.mark.parametrize(
    ("asked", "workers", "segment_frames"),
    [
        (work(10, 5, 5), 1, 100),
        (work(10, 0, 11), 1, 100),
        (work(10, -1, 5), 1, 100),
        (work(10), 0, 100),
        (work(10), 1, 0),
    ],
)
def test_a_plan_that_cannot_be_is_refused(asked, workers, segment_frames):
    with pytest.raises(ValueError, match=r"no frames in|begin at one"):
        plan(asked, workers=workers, segment_frames=segment_frames)


def test_another_quality_for_a_part_leaves_the_other_segments_their_ids():
    before = plan(work(), workers=2)
    part = QualityRange(350, 420, 30)
    after = plan(replace(work(), quality_ranges=(part,)), workers=2)
    old = {ref.start_frame: ref.segment_id for chunk in before.chunks for ref in chunk.segments}
    new = {ref.start_frame: ref.segment_id for chunk in after.chunks for ref in chunk.segments}
    assert {start for start in old if old[start] != new[start]} == {300, 400}


def test_a_chunk_has_one_encoder_and_the_later_part_counts():
    parts = (QualityRange(0, 500, 30), QualityRange(300, 400, 12))
    made = plan(replace(work(), quality_ranges=parts), workers=1)
    spans = [
        (chunk.segments[0].start_frame, chunk.segments[-1].end_frame, chunk.encoder.quality)
        for chunk in made.chunks
    ]
    assert spans == [(0, 300, 30), (300, 400, 12), (400, 500, 30), (500, 1000, 18)]
