"""Stages stop together, tell what went wrong, and leave only what is whole."""

import threading
import traceback
from dataclasses import replace

import pytest
from chunks import make_job, with_another_build

from remote_worker.contract import VERSION
from remote_worker.contract.records import Digest
from remote_worker.engines import Rendered
from remote_worker.engines.registry import engine_kind
from remote_worker.errors import ClaimLost, EngineFailed, OrderRefused, SourceUnreadable
from remote_worker.pipeline import Ahead, DrainSignal
from remote_worker.render import check_order, render_chunk
from remote_worker.stores import blob_key, segment_key


@pytest.fixture
def job(tmp_path):
    return make_job(tmp_path, chunks=1)


class Identity:
    """An engine that does something of its own before each frame."""

    def __init__(self, order, before=lambda index: None, change=lambda pixels: None):
        self.spec, self.before, self.change = order.engine, before, change

    def render(self, frames, wanted, casting):
        for frame in frames:
            self.before(frame.index)
            yield Rendered(frame.index, self.change(frame.pixels), missed=frame.index == 3)


def render(job, engine=None, *, events=None, drain=None, order=None, piece=None):
    work = job.folder / "work"
    work.mkdir(exist_ok=True)
    try:
        return render_chunk(
            order or job.orders[0],
            job.store,
            engine or Identity(job.orders[0]),
            piece=piece or job.folder / "clip.mp4",
            photos={},
            on_event=(events if events is not None else []).append,
            drain=drain or DrainSignal(),
            work_folder=work,
        )
    finally:
        assert list(work.iterdir()) == []
        assert not [t for t in threading.enumerate() if t.name in ("decoder", "engine")]


def test_every_frame_is_rendered_in_its_place_and_misses_are_recorded(job):
    assert render(job)
    assert job.shown() == list(range(30))
    assert [job.records()[start].missed_frames for start in (0, 10, 20)] == [(3,), (), ()]


def test_the_engine_that_passes_all_through_makes_the_same_bytes_by_its_real_name(job, tmp_path):
    render(job)
    other = make_job(tmp_path / "other", chunks=1)
    order = other.orders[0]
    render(other, engine_kind("identity").open(order.engine, {}))
    assert job.bytes_of_segments() == other.bytes_of_segments()


def test_what_an_engine_changes_is_seen(job):
    def white(pixels):
        made = pixels.copy()
        made[:] = 255
        return made

    assert render(job, Identity(job.orders[0], change=white))
    assert job.shown() == [-1] * 30


def test_gaps_are_filled_and_the_rest_reused(job):
    render(job)
    before = job.bytes_of_segments()
    middle = job.orders[0].segments[1]
    job.store.delete(segment_key(middle.segment_id))
    seen, events = [], []
    assert render(job, Identity(job.orders[0], before=seen.append), events=events)
    assert seen == list(range(10, 20))
    assert [e.reused for e in events if e.kind == "segment"] == [True, True, False]
    assert job.bytes_of_segments() == before


@pytest.mark.parametrize("spoil", ["record", "blob"])
def test_a_record_that_is_damaged_or_names_nothing_is_written_anew(job, spoil):
    render(job)
    before, first = job.bytes_of_segments(), job.orders[0].segments[0]
    if spoil == "record":
        job.store.put(segment_key(first.segment_id), b"{")
    else:
        job.store.delete(blob_key(job.records()[0].blob))
    assert render(job)
    assert job.bytes_of_segments() == before


def test_the_first_record_wins_and_the_loser_reports_it(job):
    order, events = job.orders[0], []

    def other_worker_is_first(index):
        if index == 25:
            render_other(job)

    def render_other(job):
        work = job.folder / "other"
        work.mkdir()
        dark = Identity(order, change=lambda pixels: pixels // 2)
        render_chunk(order, job.store, dark, piece=job.folder / "clip.mp4", photos={},
                     on_event=lambda _: None, drain=DrainSignal(), work_folder=work)  # fmt: skip

    assert render(job, Identity(order, before=other_worker_is_first), events=events)
    told = {e.segment_id: e.blob for e in events if e.kind == "segment"}
    assert told == {r.segment_id: r.blob for r in job.records().values()}


def test_an_error_in_the_engine_is_raised_with_its_trace_and_ends_all_stages(job):
    def fail(index):
        if index == 15:
            raise EngineFailed("The model gave no numbers.")

    with pytest.raises(EngineFailed) as failed:
        render(job, Identity(job.orders[0], before=fail))
    assert "in fail" in "".join(traceback.format_tb(failed.value.__traceback__))
    assert len(list(job.store.keys("segments/"))) == 1


def test_an_error_in_the_decoder_is_raised(job, tmp_path):
    (tmp_path / "noise").write_bytes(b"noise" * 1000)
    with pytest.raises(SourceUnreadable):
        render(job, piece=tmp_path / "noise")


def test_an_engine_that_leaves_frames_out_is_an_error(job):
    engine = Identity(job.orders[0])
    engine.render = lambda frames, wanted, casting: iter(())
    with pytest.raises(EngineFailed, match="frame 0"):
        render(job, engine)


def test_a_drain_ends_after_the_segment_in_hand(job):
    drain = DrainSignal()

    def at_last(index):
        if index == 12:
            drain.drain(1000.0)

    assert not render(job, Identity(job.orders[0], before=at_last), drain=drain)
    assert len(list(job.store.keys("segments/"))) in (1, 2)
    assert render(job)
    assert job.shown() == list(range(30))


def test_a_lost_claim_stops_at_the_next_frame_even_while_the_engine_hangs(job):
    drain, released = DrainSignal(), threading.Event()

    def hang(index):
        if index == 5:
            drain.stop(ClaimLost("Another has it."))
            threading.Timer(0.5, released.set).start()
            released.wait(30)

    with pytest.raises(ClaimLost):
        render(job, Identity(job.orders[0], before=hang), drain=drain)
    assert list(job.store.keys("segments/")) == []


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (with_another_build, "is for PyAV 0.0.0"),
        (lambda o: replace(o, version=VERSION + 1), "of contract"),
        (lambda o: replace(o, segments=()), "no segment"),
        (lambda o: replace(o, segments=o.segments[::2]), "do not adjoin"),
        (lambda o: replace(o, pts=o.pts[:20]), "no times"),
        (lambda o: replace(o, first_frame=1), "no times"),
        (lambda o: replace(o, pts=(0, *o.pts[:-1])), "do not rise"),
        (lambda o: replace(o, frame_rate=-o.frame_rate), "cannot be"),
        (lambda o: replace(o, source_digest=Digest("../x")), "no digest"),
        (lambda o: replace(o, source_digest=Digest("0" * 64)), "another id"),
        (lambda o: replace(o, engine=replace(o.engine, digest=Digest("0" * 64))), "another id"),
    ],
)
def test_an_order_that_does_not_hold_together_is_refused(job, spoil, reason):
    with pytest.raises(OrderRefused, match=reason):
        check_order(spoil(job.orders[0]))


def test_an_engine_of_another_build_is_refused(job):
    other = Identity(job.orders[0])
    other.spec = replace(other.spec, digest=Digest("0" * 64))
    with pytest.raises(OrderRefused, match="another engine"):
        render(job, other)


def test_a_stage_runs_only_a_few_items_ahead():
    made = []

    def numbers():
        for number in range(1000):
            made.append(number)
            yield number

    with Ahead(numbers(), depth=3, name="numbers") as ahead:
        for expected in range(50):
            assert next(ahead) == expected
            assert len(made) <= expected + 5


def test_progress_is_told_ten_times_a_second_at_most_and_at_the_end(job):
    events = []
    render(job, events=events)
    progress = [e for e in events if e.kind == "progress"]
    assert [p.segment_id for p in progress if p.frames_done == p.frames_total] == [
        ref.segment_id for ref in job.orders[0].segments
    ]
