"""Equal descriptions have equal ids, and what lies far away does not decide."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from remote_worker.contract.coding import canonical, from_text
from remote_worker.contract.records import (
    Box,
    ChunkOrder,
    Colour,
    Digest,
    EncoderSettings,
    EngineSpec,
    FaceTrack,
    ModelRef,
    Picture,
    Piece,
    SegmentRef,
    chunk_id_of,
    segment_spec,
    tracks_reaching,
)

COLOUR = Colour(1, 1, 1, full_range=False)
PICTURE = Picture(
    width_px=64, height_px=64, shown_width_px=64, shown_height_px=63, rotation_deg=90,
    mirrored=False, sample_aspect_ratio=Fraction(4, 3), deinterlace=False, tone_map="pq",
    source_colour=COLOUR, colour=COLOUR, pixel_format="yuv420p",
)  # fmt: skip
ENGINE = EngineSpec(
    name="e", digest=Digest("0" * 64), halo_frames=2, settings=(("a", "b"),),
    models=(ModelRef("m", Digest("1" * 64)),),
)  # fmt: skip
ENCODER = EncoderSettings(
    codec="h264", encoder="libx264", quality=20, preset="fast", threads=1, build="b"
)
DECIDING = {
    "source_digest": Digest("2" * 64),
    "picture": PICTURE,
    "engine": ENGINE,
    "encoder": ENCODER,
}


@st.composite
def tracks(draw):
    start = draw(st.integers(0, 60))
    end = start + draw(st.integers(1, 60))
    at = sorted(draw(st.sets(st.integers(start, end - 1), min_size=1, max_size=8)))
    return FaceTrack(
        start_frame=start,
        end_frame=end,
        boxes=tuple(Box(frame, frame / 200, 0.1, 0.9, 0.9) for frame in at),
        photos=(Digest(draw(st.sampled_from("ab")) * 64),),
    )


many = st.lists(tracks(), max_size=4).map(tuple)
ranges = st.tuples(st.integers(0, 100), st.integers(1, 30)).map(lambda r: (r[0], r[0] + r[1]))


def left_at(track, frame):
    """Return where the face's left edge is, interpolated as engines do."""
    before = [box for box in track.boxes if box.frame <= frame]
    after = [box for box in track.boxes if box.frame >= frame]
    if not before or not after:
        return (after or before[-1:])[0].left
    a, b = before[-1], after[0]
    share = (frame - a.frame) / max(1, b.frame - a.frame)
    return a.left + (b.left - a.left) * share


@given(many, ranges)
def test_cut_tracks_place_faces_where_the_whole_ones_do(whole, reach):
    cut = tracks_reaching(whole, *reach)
    for frame in range(*reach):

        def places(given, frame=frame):
            there = [t for t in given if t.start_frame <= frame < t.end_frame]
            return sorted((left_at(t, frame), t.photos) for t in there)

        assert places(cut) == places(whole)
    assert all(reach[0] <= t.start_frame < t.end_frame <= reach[1] for t in cut)


@given(many, ranges)
def test_cutting_twice_is_cutting_once_and_order_does_not_matter(whole, reach):
    once = tracks_reaching(whole, *reach)
    assert tracks_reaching(once, *reach) == once
    assert tracks_reaching(whole[::-1], *reach) == once
    wider = tracks_reaching(whole, reach[0] - 7, reach[1] + 7)
    assert tracks_reaching(wider, *reach) == once


@given(many, ranges)
def test_a_segments_id_follows_from_all_that_decides_it(whole, reach):
    start, end = reach
    spec = segment_spec(**DECIDING, tracks=whole, start_frame=start, end_frame=end)
    again = segment_spec(**DECIDING, tracks=spec.tracks, start_frame=start, end_frame=end)
    assert again.segment_id == spec.segment_id
    other = DECIDING | {"encoder": replace(ENCODER, quality=21)}
    assert segment_spec(**other, tracks=whole, start_frame=start, end_frame=end) != spec
    assert replace(spec, end_frame=end + 1).segment_id != spec.segment_id


def test_an_order_comes_back_equal_and_a_piece_makes_no_new_chunk():
    spec = segment_spec(**DECIDING, tracks=(), start_frame=5, end_frame=9)
    refs = (SegmentRef(spec.segment_id, 5, 7), SegmentRef(spec.segment_id, 7, 9))
    order = ChunkOrder(
        **DECIDING, piece=Piece(Digest("3" * 64), 10, -5), time_base=Fraction(1, 90_000),
        frame_rate=Fraction(30_000, 1001), first_frame=0, pts=tuple(range(12)), tracks=(),
        segments=refs,
    )  # fmt: skip
    assert from_text(ChunkOrder, canonical(order)) == order
    assert (order.start_frame, order.end_frame) == (5, 9)
    other = replace(order, piece=Piece(Digest("4" * 64), 11, 0))
    assert other.chunk_id == order.chunk_id == chunk_id_of(refs)
    assert chunk_id_of(refs[:1]) != order.chunk_id
