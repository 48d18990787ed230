"""The classic engine's frames do not depend on where a run begins, ends or is rendered."""

import hashlib
import pickle
import subprocess
import sys

import numpy as np
import pytest
from engine_footage import ASTRONAUT, render

from remote_worker.contract.records import tracks_reaching
from remote_worker.engines.classic.steady import steadied

FIRST, LAST = 100, 121
HALO = 3


@pytest.fixture(scope="module")
def pictures(footage):
    return footage[48 : 48 + LAST - FIRST]


@pytest.fixture(scope="module")
def tracks(looking, pictures):
    """Return two tracks with a cut between them, as at a change of shot."""
    one = looking.track(pictures[:9], (ASTRONAUT,), first=FIRST, every=4)
    other = looking.track(pictures[9:], (ASTRONAUT,), first=FIRST + 9, every=5)
    return (one, other)


@pytest.fixture(scope="module")
def in_one_run(classic, pictures, tracks, photos):
    return [one.pixels.tobytes() for one in render(classic, pictures, tracks, photos, first=FIRST)]


def in_runs_of(length, classic, pictures, tracks, photos):
    """Return all frames, rendered as segments of ``length`` would be, each with its halo."""
    made = []
    for start in range(FIRST, LAST, length):
        end = min(start + length, LAST)
        low, high = max(start - HALO, FIRST), min(end + HALO, LAST)
        cut = tracks_reaching(tracks, start - HALO, end + HALO)
        part = pictures[low - FIRST : high - FIRST]
        done = render(classic, part, cut, photos, first=low, wanted=range(start, end))
        assert [one.index for one in done] == list(range(start, end))
        made += [one.pixels.tobytes() for one in done]
    return made


@pytest.mark.parametrize("length", [1, 7])
def test_frames_are_the_same_in_runs_of_any_length(
    length, classic, pictures, tracks, photos, in_one_run
):
    assert in_runs_of(length, classic, pictures, tracks, photos) == in_one_run


def test_more_frames_than_the_halo_change_nothing(classic, pictures, tracks, photos, in_one_run):
    done = render(classic, pictures, tracks, photos, first=FIRST, wanted=range(110, 112))
    assert [one.pixels.tobytes() for one in done] == in_one_run[10:12]


def test_another_process_makes_the_same_bytes(
    tmp_path, models, pictures, tracks, photos, in_one_run
):
    given = tmp_path / "given.pickle"
    given.write_bytes(pickle.dumps((models, pictures[:8], tracks, photos)))
    asked = (
        "import hashlib, pickle, sys; from pathlib import Path; from types import SimpleNamespace\n"
        "from remote_worker.engines import Casting\n"
        "from remote_worker.engines.registry import engine_kind\n"
        "models, pictures, tracks, photos = pickle.loads(Path(sys.argv[1]).read_bytes())\n"
        "kind = engine_kind('classic'); engine = kind.open(kind.describe({}), models)\n"
        "frames = [SimpleNamespace(index=100 + n, pixels=p) for n, p in enumerate(pictures)]\n"
        "for one in engine.render(iter(frames), range(100, 105), Casting(tracks, photos)):\n"
        "    print(hashlib.sha256(one.pixels.tobytes()).hexdigest())\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked, str(given)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert answer.stdout.split() == [hashlib.sha256(b).hexdigest() for b in in_one_run[:5]]


def test_nothing_is_steadied_across_the_end_of_a_track(
    classic, pictures, tracks, photos, in_one_run
):
    alone = render(
        classic, pictures[:9], tracks[:1], photos, first=FIRST, wanted=range(FIRST, FIRST + 9)
    )
    assert [one.pixels.tobytes() for one in alone] == in_one_run[:9]


def test_even_movement_is_followed_without_lag():
    window = [np.full((4, 3), 10.0 * at, np.float32) for at in range(7)]
    assert np.allclose(steadied(window, 1.0), 30.0)


def test_shaking_is_steadied_and_a_blink_is_not():
    seed = 11
    noise = np.random.default_rng(seed).normal(0, 0.3, (7, 50, 3)).astype(np.float32)
    steady = steadied(list(noise), 1.5)
    assert np.abs(steady).mean() < 0.75 * np.abs(noise[3]).mean(), f"seed {seed}"
    blink = [np.zeros((4, 3), np.float32) for _ in range(7)]
    blink[3] += 9
    assert np.allclose(steadied(blink, 1.5), 9, atol=0.01)


def test_a_face_lost_for_one_frame_is_bridged_and_for_two_is_not():
    here = np.ones((2, 3), np.float32)
    assert np.allclose(steadied([here, here, here, None, here, here, here], 1.0), 1)
    assert steadied([here, here, here, None, None, here, here], 1.0) is None
