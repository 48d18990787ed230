"""The FaceFusion engine keeps its contract, whatever its process does; on the stand-in."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import psutil
import pytest

from remote_worker.engines.facefusion.child import death, environment
from remote_worker.engines.facefusion.engine import (
    Deadlines,
    EngineUnusable,
    Means,
    PhotoUnusable,
)
from remote_worker.engines.facefusion.kind import KIND
from remote_worker.errors import EngineFailed, OrderRefused, OutOfMemory
from tests.fakes.facefusion_home import (
    BLUE,
    RED,
    STAND_IN,
    hold_to_pins,
    install,
    photo,
    scene,
)
from tests.fakes.facefusion_runs import (
    HEIGHT,
    ONE,
    OTHER,
    WAITING,
    WIDTH,
    Painted,
    Stage,
    changed_columns,
    in_a_thread,
    painted,
    same,
    track_of,
)

HALF = WIDTH // 2


@pytest.fixture
def stage(tmp_path):
    stage = Stage(STAND_IN, tmp_path)
    yield stage
    stage.close()


def test_a_cast_face_is_changed_and_no_other(stage):
    made = stage.rendered(stage.engine(), range(6), track_of(0, (ONE,)))
    for index, rendered in made.items():
        _, last = changed_columns(scene(index, WIDTH, HEIGHT, (RED, BLUE)), rendered)
        assert last < HALF
        assert not rendered.missed


def test_two_people_get_a_face_each(stage):
    tracks = track_of(0, (ONE,)), track_of(1, (OTHER,))
    made = stage.rendered(stage.engine(), range(3), *tracks)
    alone = [stage.rendered(stage.engines[0], range(3), track) for track in tracks]
    for index in made:
        assert np.array_equal(made[index].pixels[:, :HALF], alone[0][index].pixels[:, :HALF])
        assert np.array_equal(made[index].pixels[:, HALF:], alone[1][index].pixels[:, HALF:])


def test_which_track_comes_first_makes_no_difference(stage):
    tracks = track_of(0, (ONE,)), track_of(1, (OTHER,))
    engine = stage.engine()
    assert same(
        stage.rendered(engine, range(4), *tracks),
        stage.rendered(engine, range(4), *reversed(tracks)),
    )


def test_frames_without_a_cast_face_are_not_looked_at(stage):
    class Untouched:
        def __init__(self, index):
            self.index = index

        @property
        def pixels(self):
            raise AssertionError("nobody needs these pixels")

    frames = [Untouched(n) if n < 5 else p for n, p in enumerate(painted(range(8)))]
    made = stage.rendered(stage.engine(), range(8), track_of(0, (ONE,), range(5, 8)), frames=frames)
    assert [made[n].pixels is None for n in range(8)] == [True] * 5 + [False] * 3


def test_a_cast_face_that_is_not_there_is_missed(stage):
    made = stage.rendered(stage.engine(), range(3), track_of(1, (ONE,)), colours=(RED,))
    assert all(made[n].missed and made[n].pixels is None for n in range(3))


@pytest.mark.parametrize("halo", [0, 2])
def test_chunked_output_is_unchunked_output(stage, halo):
    settings = {"face_tracker_score": "0.2", "target_frame_amount": str(halo)} if halo else {}
    engine, track = stage.engine(**settings), track_of(0, (ONE,))
    assert engine.spec.halo_frames == halo
    whole = stage.rendered(engine, range(24), track)
    for chunks in ((range(8), range(8, 16), range(16, 24)), (range(5), range(5, 24))):
        apart = {}
        for chunk in chunks:
            apart |= stage.rendered(engine, chunk, track)
        assert same(whole, apart)


def test_neighbours_count_where_faces_are_tracked(stage):
    track = track_of(0, (ONE,))
    smoothed = stage.engine(face_tracker_score="0.2", target_frame_amount="2")
    assert not same(
        stage.rendered(stage.engine(), range(6), track), stage.rendered(smoothed, range(6), track)
    )


def test_twice_gives_the_same_bytes(stage):
    track = track_of(0, (ONE,))
    engine = stage.engine(means=Means(frames_at_once=4, deadlines=WAITING))
    assert same(stage.rendered(engine, range(10), track), stage.rendered(engine, range(10), track))


def test_processors_work_one_after_another(stage):
    made = stage.rendered(
        stage.engine(processors="face_swapper face_enhancer"), range(2), track_of(0, (ONE,))
    )
    plain = stage.rendered(stage.engine(), range(2), track_of(0, (ONE,)))
    assert not same(made, plain)
    assert changed_columns(scene(0, WIDTH, HEIGHT, (RED, BLUE)), made[0])[1] < HALF


def test_a_processor_of_whole_frames_needs_no_track_and_keeps_the_size(stage):
    made = stage.rendered(stage.engine(processors="frame_enhancer"), range(3))
    for index, rendered in made.items():
        darker = scene(index, WIDTH, HEIGHT, (RED, BLUE)) // 2
        assert np.array_equal(rendered.pixels, darker)


def test_facefusion_chooses_itself_where_that_is_asked_for(stage):
    everybody = track_of(0, (ONE,))
    made = stage.rendered(stage.engine(face_selector_mode="many"), range(2), everybody)
    first, last = changed_columns(scene(0, WIDTH, HEIGHT, (RED, BLUE)), made[0])
    assert first < HALF < last


def test_frames_of_another_size_follow(stage):
    engine, track = stage.engine(), track_of(0, (ONE,), size=(640, 360))
    stage.rendered(engine, range(2), track_of(0, (ONE,)))
    large = painted(range(2), size=(640, 360))
    made = stage.rendered(engine, range(2), track, frames=large)
    assert made[0].pixels.shape == (360, 640, 3)


def test_one_process_serves_all_runs(stage):
    engine = stage.engine()
    pids = set()
    for start in range(0, 12, 3):
        stage.rendered(engine, range(start, start + 3), track_of(0, (ONE,)))
        pids.add(engine.process_id)
    assert len(pids) == 1


def test_a_run_in_a_thread_that_ends_leaves_the_process(stage):
    engine = stage.engine()
    for _ in range(2):
        in_a_thread(lambda: stage.rendered(engine, range(2), track_of(0, (ONE,))))
    assert psutil.pid_exists(engine.process_id)


def test_what_is_given_up_leaves_the_engine_usable(stage):
    engine, track = stage.engine(), track_of(0, (ONE,))
    process_id = engine.process_id
    run = engine.render(painted(range(50)), range(50), stage.casting(track))
    next(run)
    run.close()
    assert len(stage.rendered(engine, range(3), track)) == 3
    assert engine.process_id == process_id


@pytest.mark.parametrize(("halo", "decoded"), [(0, 1), (2, 3)])
def test_who_waits_for_one_frame_gets_it_before_more_are_asked_for(stage, halo, decoded):
    taken = []

    def counted():
        for frame in painted(range(40)):
            taken.append(frame.index)
            yield frame

    settings = {"face_tracker_score": "0.2", "target_frame_amount": str(halo)} if halo else {}
    engine = stage.engine(means=Means(frames_at_once=1, deadlines=WAITING), **settings)
    run = engine.render(counted(), range(40), stage.casting(track_of(0, (ONE,))))
    assert next(run).index == 0
    assert len(taken) == decoded
    assert next(run).index == 1
    assert len(taken) == decoded + 1
    run.close()


def test_photos_are_looked_at_once_and_again_when_they_are_others(stage):
    engine, track = stage.engine(), track_of(0, (ONE,))
    first = stage.rendered(engine, range(2), track)
    assert same(first, stage.rendered(engine, range(2), track))
    stage.photos[ONE] = stage.photos[OTHER]
    assert not same(first, stage.rendered(engine, range(2), track))


def test_an_error_in_the_frames_comes_through_and_leaves_the_engine_usable(stage):
    def breaking():
        yield from painted(range(3))
        raise LookupError("the source ends here")

    engine, track = stage.engine(), track_of(0, (ONE,))
    with pytest.raises(LookupError):
        list(engine.render(breaking(), range(9), stage.casting(track)))
    assert len(stage.rendered(engine, range(3), track)) == 3
    with pytest.raises(LookupError):
        list(engine.judge(breaking()))
    assert len(stage.rendered(engine, range(3), track)) == 3


def test_frames_are_worked_on_side_by_side_and_pile_up_nowhere(stage):
    stage.goes_wrong("hold", times=1000)
    engine, taken, made = stage.engine(), [], []

    def counted():
        for frame in painted(range(40)):
            taken.append(frame.index)
            yield frame

    run = engine.render(counted(), range(40), stage.casting(track_of(0, (ONE,))))
    thread = threading.Thread(target=lambda: made.extend(run))
    thread.start()
    most = engine.in_places + 1  # one more is in the hand that waits for a place
    until_s = time.monotonic() + 30
    while len(taken) < engine.at_once and time.monotonic() < until_s:
        time.sleep(0.01)
    assert engine.at_once <= len(taken) <= most
    stage.mischief.unlink()
    thread.join(60)
    assert [each.index for each in made] == list(range(40))


@pytest.mark.parametrize("how", ["die", "kill", "raise", "memory"])
@pytest.mark.parametrize(
    "settings", [{}, {"face_tracker_score": "0.2", "target_frame_amount": "2"}]
)
def test_a_process_that_fails_once_costs_nothing_but_time(stage, how, settings):
    track = track_of(0, (ONE,))
    expected = stage.rendered(stage.engine(**settings), range(20), track)
    stage.goes_wrong(how, after=9)
    engine = stage.engine(**settings)
    before = engine.process_id
    assert same(stage.rendered(engine, range(20), track), expected)
    assert engine.process_id != before
    assert not psutil.pid_exists(before)


@pytest.mark.parametrize(
    ("how", "error", "words"),
    [
        ("die", EngineFailed, "ended unexpectedly"),
        ("kill", OutOfMemory, "memory"),
        ("raise", EngineFailed, "a shape does not fit"),
        ("memory", OutOfMemory, "Failed to allocate"),
    ],
)
def test_a_process_that_fails_again_is_an_error_in_words(stage, how, error, words):
    stage.goes_wrong(how, after=2, times=9)
    engine, track = stage.engine(), track_of(0, (ONE,))
    with pytest.raises(error, match=words):
        stage.rendered(engine, range(9), track)
    stage.mischief.write_text('{"how": "", "where": "", "after": 0, "times": 0}')
    assert len(stage.rendered(engine, range(3), track)) == 3


def test_less_is_done_at_once_after_memory_ran_out(stage):
    stage.goes_wrong("memory", after=3)
    engine = stage.engine(means=Means(frames_at_once=4, deadlines=WAITING))
    assert engine.at_once == 4
    stage.rendered(engine, range(8), track_of(0, (ONE,)))
    assert engine.at_once == 1


def test_a_process_that_hangs_is_ended(stage):
    stage.goes_wrong("hang", times=9)
    short = Deadlines(open_s=60, prepare_s=60, first_frame_s=0.5, frame_s=0.5)
    engine = stage.engine(means=Means(frames_at_once=1, deadlines=short))
    before = engine.process_id
    with pytest.raises(EngineFailed, match="gave nothing"):
        stage.rendered(engine, range(3), track_of(0, (ONE,)))
    assert engine.process_id is None
    assert not psutil.pid_exists(before)


def test_a_model_that_does_not_load_is_named_and_not_tried_again(stage):
    stage.goes_wrong("load", where="load", times=9)
    with pytest.raises(EngineUnusable, match="hyperswap_1a_256") as caught:
        stage.engine()
    assert not caught.value.retry


def test_a_photo_without_a_face_is_said_so(stage):
    stage.photos[ONE] = photo(stage.folder / "nobody.png", (90, 90, 90))
    with pytest.raises(PhotoUnusable, match="No photo of the source face") as caught:
        stage.rendered(stage.engine(), range(2), track_of(0, (ONE,)))
    assert not caught.value.retry
    stage.photos[ONE].write_bytes(b"no picture")
    with pytest.raises(PhotoUnusable, match="cannot be read"):
        stage.rendered(stage.engine(), range(2), track_of(0, (ONE,)))


def test_a_photo_that_was_not_handed_over_is_said_so(stage):
    engine = stage.engine()
    del stage.photos[ONE]
    with pytest.raises(EngineFailed, match="not handed over"):
        stage.rendered(engine, range(2), track_of(0, (ONE,)))


def test_a_changed_content_check_is_refused(stage):
    stage.layout.environment["STANDIN_CHECK"] = "changed"
    with pytest.raises(EngineUnusable, match="content check"):
        stage.engine()


def test_frames_are_judged_by_facefusions_own_check(stage):
    engine = stage.engine()
    green = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    green[..., 1] = 200
    shown = [*painted(range(2)), Painted(2, green)]
    assert list(engine.judge(shown)) == [False, False, True]
    assert len(stage.rendered(engine, range(3), track_of(0, (ONE,)))) == 3


def test_a_graphics_card_that_is_not_there_is_said_so(stage):
    means = Means(providers=("cuda",), deadlines=WAITING)
    with pytest.raises(EngineUnusable, match="no cuda on this machine"):
        stage.engine(means=means)


def test_a_graphics_card_is_used_where_there_is_one(stage):
    stage.layout.environment["STANDIN_CARD"] = "works"
    engine = stage.engine(means=Means(deadlines=WAITING))
    assert engine.providers == ("cuda",)
    assert engine.at_once == 4
    assert len(stage.rendered(engine, range(3), track_of(0, (ONE,)))) == 3


def test_a_graphics_card_whose_driver_does_not_fit_is_no_silent_processor(stage):
    stage.layout.environment["STANDIN_CARD"] = "is there"
    with pytest.raises(EngineUnusable, match="not on the graphics card"):
        stage.engine()


def test_means_are_read_from_the_workers_environment():
    assert Means.of({}) == Means()
    told = {
        "SECONDUNIT_FACEFUSION_PROVIDERS": "tensorrt cuda",
        "SECONDUNIT_FACEFUSION_FRAMES": "3",
    }
    assert Means.of(told) == Means(providers=("tensorrt", "cuda"), frames_at_once=3)
    with pytest.raises(EngineUnusable, match="FRAMES"):
        Means.of({"SECONDUNIT_FACEFUSION_FRAMES": "many"})


def test_closing_ends_the_process_and_may_be_done_twice(stage):
    engine = stage.engine()
    process_id = engine.process_id
    engine.close()
    engine.close()
    assert not psutil.pid_exists(process_id)


def test_a_killed_worker_leaves_no_process(stage):
    code = f"""
        import sys, time
        from pathlib import Path
        from tests.fakes.facefusion_home import STAND_IN
        from tests.fakes.facefusion_runs import Stage
        engine = Stage(STAND_IN, Path({str(stage.folder)!r})).engine()
        print(engine.process_id, flush=True)
        time.sleep(600)
    """
    worker = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True
    )
    with worker:
        process = psutil.Process(int(worker.stdout.readline()))
        os.kill(worker.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        process.wait(60)


def test_memory_stays_flat_over_many_runs(stage):
    engine, track = stage.engine(), track_of(0, (ONE,))
    held = []
    for start in range(0, 120, 20):
        stage.rendered(engine, range(start, start + 20), track)
        held.append(psutil.Process(engine.process_id).memory_info().rss)
    assert held[-1] - held[1] < 8_000_000, held


def test_secrets_are_not_handed_to_facefusion():
    ours = {"PATH": "/bin", "AWS_PROFILE": "x", "HF_TOKEN": "x", "PYTHONPATH": "x", "HOME": "/h"}
    assert environment(ours).keys() == {
        "PATH", "HOME", "OMP_NUM_THREADS", "PYTHONDONTWRITEBYTECODE"
    }  # fmt: skip


def test_last_words_say_why_a_process_ended():
    assert death(1, ["CUDA error: out of memory"]).reason == "out_of_memory"
    assert death(1, ["[FACEFUSION.X] loading model a failed"]).reason == "refused"
    assert death(139, ["bye"]).reason == "died"
    assert "bye" in death(139, ["bye"]).sentence


def test_the_spec_depends_on_facefusions_commit(monkeypatch):
    before = KIND.describe({})
    monkeypatch.setattr("remote_worker.engines.facefusion.kind.COMMIT", "0" * 40)
    assert KIND.describe({}).digest != before.digest
    with pytest.raises(OrderRefused):
        KIND.open(before, {})


def test_files_that_settings_name_travel_as_models():
    digest = "c" * 64
    spec = KIND.describe({"processors": "lip_syncer", "voice": digest, "frame_rate": "25"})
    assert [(model.name, model.digest) for model in spec.models] == [("voice", digest)]


def test_an_unknown_setting_is_refused():
    with pytest.raises(ValueError, match="sharpness"):
        KIND.describe({"sharpness": "1"})


def test_the_kind_opens_what_is_installed(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDUNIT_FACEFUSION_HOME", str(tmp_path / "home"))
    with pytest.raises(EngineFailed, match="not installed"):
        KIND.open(KIND.describe({}), {})
    install(STAND_IN, tmp_path / "home")
    hold_to_pins(monkeypatch)
    engine = KIND.open(KIND.describe({}), {})
    try:
        assert engine.spec == KIND.describe({})
        assert engine.providers == ("cpu",)
    finally:
        engine.close()


def test_an_order_for_other_model_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDUNIT_FACEFUSION_HOME", str(tmp_path / "home"))
    install(STAND_IN, tmp_path / "home")
    hold_to_pins(monkeypatch)
    with pytest.raises(OrderRefused, match="model files"):
        KIND.open(KIND.describe({"model_set": "d" * 64}), {})


@pytest.mark.nightly
def test_memory_stays_flat_over_two_thousand_frames(stage):
    engine, track = stage.engine(), track_of(0, (ONE,), range(2001))
    stage.rendered(engine, range(200), track)
    before = psutil.Process(engine.process_id).memory_info().rss
    for start in range(200, 2000, 100):
        stage.rendered(engine, range(start, start + 100), track)
    assert psutil.Process(engine.process_id).memory_info().rss - before < 20_000_000
