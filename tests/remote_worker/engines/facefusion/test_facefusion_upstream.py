"""Our frames are FaceFusion's own, on a real checkout with stub models."""

import numpy as np
import psutil
import pytest

from remote_worker.engines.facefusion.engine import Means
from tests.fakes.facefusion_home import BLUE, RED, photo, scene
from tests.fakes.facefusion_runs import (
    ONE,
    OTHER,
    WAITING,
    Painted,
    Stage,
    same,
    track_of,
)
from tests.fakes.facefusion_upstream import headless_run, psnr_db, write_lossless

SIZE = (640, 360)
LEAST_PSNR_DB = 50
FRAMES = 24


@pytest.fixture
def real(real_source, tmp_path):
    stage = Stage(real_source, tmp_path)
    yield stage
    stage.close()


def shown(count, colours=(RED,), size=SIZE):
    return [scene(index, *size, colours) for index in range(count)]


def rendered(stage, engine, frames, *tracks, wanted=None):
    halo, wanted = engine.spec.halo_frames, wanted or range(len(frames))
    around = range(max(wanted.start - halo, 0), min(wanted.stop + halo, len(frames)))
    given = [Painted(index, frames[index]) for index in around]
    return stage.rendered(engine, wanted, *tracks, frames=given)


SETTINGS = {
    "swap": {},
    "swap and enhance": {"processors": "face_swapper face_enhancer"},
    "enhance only": {"processors": "face_enhancer", "face_enhancer_blend": "55"},
    "all masks": {
        "face_mask_types": "box occlusion area region",
        "face_mask_padding": "5 0 12 3",
        "face_mask_blur": "0.15",
    },
    "inswapper with pixel boost": {
        "face_swapper_model": "inswapper_128",
        "face_swapper_pixel_boost": "256x256",
        "face_swapper_weight": "0.8",
    },
    "margins and angles": {"face_detector_margin": "5 4 3 2", "face_detector_angles": "0 90"},
    "tracked": {"face_tracker_score": "0.2", "target_frame_amount": "2"},
}


def flags_of(settings):
    words = [(f"--{name.replace('_', '-')}", *value.split()) for name, value in settings.items()]
    return [word for flag in words for word in flag]


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS.keys())
def test_frames_are_those_of_headless_run(real, upstream, settings):
    frames = shown(FRAMES)
    target = write_lossless(real.folder / "target.avi", frames)
    expected = headless_run(
        upstream, real.photos[ONE], target, real.folder / "made.avi", *flags_of(settings)
    )
    made = rendered(real, real.engine(**settings), frames, track_of(0, (ONE,), size=SIZE))
    assert len(expected) == FRAMES
    for index, theirs in enumerate(expected):
        assert psnr_db(made[index].pixels, theirs) >= LEAST_PSNR_DB
        assert not np.array_equal(theirs, frames[index])


@pytest.mark.parametrize("mode", ["many", "one"])
def test_facefusions_own_selection_is_its_own(real, upstream, mode):
    frames = shown(FRAMES, (RED, BLUE))
    target = write_lossless(real.folder / "target.avi", frames)
    flags = flags_of({"face_selector_mode": mode})
    theirs = headless_run(upstream, real.photos[ONE], target, real.folder / "made.avi", *flags)
    engine = real.engine(face_selector_mode=mode)
    made = rendered(real, engine, frames, track_of(0, (ONE,), size=SIZE))
    assert [psnr_db(made[n].pixels, theirs[n]) >= LEAST_PSNR_DB for n in range(FRAMES)] == [
        True
    ] * FRAMES


def test_lips_follow_the_sound_at_its_time_in_every_chunk(real, upstream):
    frames, sound = shown(FRAMES), real.folder / "voice.wav"
    wave = np.sin(np.arange(48_000) ** 1.4 / 90) * np.linspace(0, 20_000, 48_000)
    write_sound(sound, wave.astype(np.int16))
    target = write_lossless(real.folder / "target.avi", frames)
    settings = {"processors": "lip_syncer"}
    theirs = headless_run(upstream, sound, target, real.folder / "made.avi", *flags_of(settings))
    ours = {"voice": "f" * 64, "frame_rate": "25", **settings}
    engine = real.engine(blobs={"voice": sound}, **ours)
    made = {}
    for chunk in (range(10), range(10, FRAMES)):
        made |= rendered(real, engine, frames, track_of(0, (), size=SIZE), wanted=chunk)
    changed = [not np.array_equal(theirs[n], frames[n]) for n in range(FRAMES)]
    assert any(changed)
    for index in range(FRAMES):
        assert psnr_db(made[index].pixels, theirs[index]) >= LEAST_PSNR_DB


def write_sound(path, samples):
    import wave

    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(48_000)
        sound.writeframes(np.repeat(samples, 2).tobytes())


def test_selection_by_reference_is_its_own(real, upstream):
    frames = shown(FRAMES, (RED, BLUE))
    target = write_lossless(real.folder / "target.avi", frames)
    flags = flags_of({"reference_face_position": "1", "reference_face_distance": "0.1"})
    theirs = headless_run(upstream, real.photos[ONE], target, real.folder / "made.avi", *flags)
    reference = photo(real.folder / "reference.png", RED)
    reference.write_bytes(encoded(frames[0]))
    settings = {
        "face_selector_mode": "reference",
        "reference_photo": "e" * 64,
        "reference_face_position": "1",
        "reference_face_distance": "0.1",
    }
    engine = real.engine(blobs={"reference": reference}, **settings)
    made = rendered(real, engine, frames, track_of(0, (ONE,), size=SIZE))
    for index in range(FRAMES):
        assert psnr_db(made[index].pixels, theirs[index]) >= LEAST_PSNR_DB


def encoded(picture):
    import cv2

    return cv2.imencode(".png", picture)[1].tobytes()


def test_every_shortcut_fits_the_pinned_commit(real, caplog):
    real.engine(processors="face_swapper face_enhancer")
    assert "does not fit" not in caplog.text


def test_each_person_gets_the_face_that_was_cast(real):
    frames = shown(6, (RED, BLUE))
    tracks = track_of(0, (OTHER,), size=SIZE), track_of(1, (ONE,), size=SIZE)
    engine = real.engine()
    made = rendered(real, engine, frames, *tracks)
    alone = [rendered(real, engine, frames, track) for track in tracks]
    half = SIZE[0] // 2
    for index in made:
        assert np.array_equal(made[index].pixels[:, :half], alone[0][index].pixels[:, :half])
        assert np.array_equal(made[index].pixels[:, half:], alone[1][index].pixels[:, half:])


@pytest.mark.parametrize("amount", ["1", "4"])
def test_real_chunked_output_is_unchunked_output(real, amount):
    engine = real.engine(face_tracker_score="0.2", target_frame_amount=amount)
    frames, track = shown(30), track_of(0, (ONE,), size=SIZE)
    whole = rendered(real, engine, frames, track)
    apart = {}
    for chunk in (range(7), range(7, 17), range(17, 30)):
        apart |= rendered(real, engine, frames, track, wanted=chunk)
    assert same(whole, apart)


def test_the_same_bytes_come_twice_whatever_is_done_at_once(real):
    frames, track = shown(12), track_of(0, (ONE,), size=SIZE)
    settings = {"processors": "face_swapper face_enhancer"}
    made = [
        rendered(
            real,
            real.engine(means=Means(frames_at_once=at_once, deadlines=WAITING), **settings),
            frames,
            track,
        )
        for at_once in (1, 1, 4)
    ]
    assert same(made[0], made[1])
    assert same(made[0], made[2])


def test_a_file_that_is_no_model_is_said_so(real):
    (real.layout.models / "hyperswap_1a_256.onnx").write_bytes(b"no model")
    with pytest.raises(Exception, match="hyperswap_1a_256") as caught:
        real.engine()
    assert caught.value.reason == "engine_failed"


def test_a_missing_model_is_named_and_not_downloaded(real):
    (real.layout.models / "2dfan4.onnx").unlink()
    with pytest.raises(Exception, match=r"2dfan4\.onnx"):
        real.engine()


def test_the_real_check_refuses_what_its_models_refuse(real):
    engine = real.engine()
    green = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    green[..., 1] = 255
    assert list(engine.judge([Painted(0, shown(1)[0]), Painted(1, green)])) == [False, True]


@pytest.mark.nightly
def test_real_memory_is_flat_over_two_thousand_frames(real):
    engine = real.engine(processors="face_swapper face_enhancer")
    track = track_of(0, (ONE,), range(2001), size=SIZE)
    held = []
    for start in range(0, 2000, 100):
        frames = [Painted(index, scene(index, *SIZE)) for index in range(start, start + 100)]
        real.rendered(engine, range(start, start + 100), track, frames=frames)
        held.append(psutil.Process(engine.process_id).memory_info().rss)
    assert held[-1] - held[2] < 20_000_000, held
