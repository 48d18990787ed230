"""The frame that is asked for is the frame that is shown, whatever was asked before."""

import random
from dataclasses import replace
from fractions import Fraction

import cv2
import numpy as np
import pytest
from preview_watching import (
    STORED_CODE,
    Watcher,
    a_part,
    a_scene,
    pixels_of,
    scene_of_clip,
    with_parts,
)

from orchestrator.preview.scene import Ask, Failed, Shown
from tests.clips import make_clip, read_barcode
from tests.corpus import Renders, corpus

ODD = [entry for entry in corpus() if isinstance(entry.outcome, Renders) and entry.outcome.coded]
SEED = 20261124


@pytest.fixture(scope="module")
def watcher():
    with Watcher() as made:
        yield made


def code(shown):
    assert isinstance(shown, Shown), shown
    return read_barcode(pixels_of(shown))


def test_any_frame_in_any_order_is_the_exact_one(watcher, tmp_path):
    watcher.show(a_scene(tmp_path, frames=90, options={"g": "30", "bf": "2"}))
    order = [*range(90), *reversed(range(90))]
    order += random.Random(SEED).sample(range(90), 60)
    assert [code(watcher.get(frame)) for frame in order] == order


@pytest.mark.parametrize("entry", ODD, ids=lambda entry: entry.name)
def test_odd_files_are_shown_upright_and_frame_by_frame(watcher, tmp_path, entry):
    scene = scene_of_clip(entry.make(tmp_path))
    count, wanted = len(scene.source.index.pts), entry.outcome
    watcher.show(scene)
    frames = sorted({0, 1 % count, count // 2, count // 3, count - 1}, reverse=True)
    wrong = [f for f in frames if code(watcher.get(f)) != wanted.first_code + f]
    assert len(wrong) <= wanted.concealed
    number = watcher.play(0, count, sides=("after",))
    pictures, _ = watcher.until_played(number, sides=1)
    codes = [code(shown) for shown in pictures]
    right = [wanted.first_code + frame for frame in range(count)]
    assert sum(a != b for a, b in zip(codes, right, strict=True)) <= wanted.concealed


def test_pictures_are_no_larger_than_asked_and_never_enlarged(watcher, tmp_path):
    watcher.show(a_scene(tmp_path, width=192, height=128))
    small, large = watcher.get(3, longest_px=96), watcher.get(3, longest_px=4000)
    assert (small.width_px, small.height_px) == (96, 64)
    assert (large.width_px, large.height_px) == (192, 128)
    assert code(small) == code(large) == 3


def test_oblong_pixels_are_shown_in_their_shape(watcher, tmp_path):
    watcher.show(a_scene(tmp_path, sample_aspect_ratio=Fraction(3, 2)))
    shown = watcher.get(5)
    assert (shown.width_px, shown.height_px) == (288, 128)


def painted(index, width_px, height_px):
    """Return flat areas of many colours that say nothing of the frame."""
    del index
    rows, columns = np.mgrid[0:height_px, 0:width_px]
    colours = np.stack(
        [columns * 6 // width_px * 45 + 10, rows * 4 // height_px * 70 + 20, columns * 0 + 90], -1
    )
    return colours.astype(np.uint8)


@pytest.mark.parametrize(
    ("name", "clip"),
    [
        ("709.mp4", {"colour": (1, 1, 1, 1)}),
        ("601.mp4", {}),
        ("full.mp4", {"colour": (1, 1, 1, 2)}),
        ("ten.mkv", {"pixel_format": "yuv420p10le", "colour": (1, 1, 1, 1)}),
    ],
)
@pytest.mark.parametrize("longest_px", [4096, 160])
def test_colours_are_those_that_were_filmed(watcher, tmp_path, name, clip, longest_px):
    watcher.show(a_scene(tmp_path, name, paint=painted, width=320, height=240, **clip))
    shown = watcher.get(7, longest_px=longest_px)
    number = watcher.play(7, 8, sides=("before",), longest_px=longest_px)
    (played,), _ = watcher.until_played(number, sides=1)
    right = painted(0, 320, 240)
    right = cv2.resize(right, (shown.width_px, shown.height_px), interpolation=cv2.INTER_AREA)
    for each in (shown, played):
        apart = np.abs(pixels_of(each).astype(int) - right.astype(int))
        assert np.median(apart) <= 3, np.percentile(apart, [50, 90])


def test_a_finished_part_is_shown_and_what_was_missed_there_told(watcher, tmp_path):
    scene = a_scene(tmp_path, frames=60)
    part = a_part(scene, tmp_path, 20, 40, missed=(25,))
    watcher.show(with_parts(scene, part))
    for frame in (39, 20, 31, 25):
        shown = watcher.get(frame, "after")
        assert (code(shown), shown.made) == (frame + STORED_CODE, "rendered")
        assert shown.missed is (frame == 25)
        assert code(watcher.get(frame, "before")) == frame
    for frame in (19, 40):
        shown = watcher.get(frame, "after")
        assert (code(shown), shown.made) == (frame, "source")


def test_parts_that_come_later_are_shown_from_then_on(watcher, tmp_path):
    scene = a_scene(tmp_path, frames=60)
    watcher.show(scene)
    assert watcher.get(30, "after").made == "source"
    watcher.viewer.refresh([a_part(scene, tmp_path, 20, 40)])
    assert watcher.get(30, "after").made == "rendered"


def test_a_part_that_was_deleted_is_no_harm(watcher, tmp_path):
    scene = a_scene(tmp_path, frames=60)
    part = a_part(scene, tmp_path, 20, 40)
    (tmp_path / "part-20.mp4").unlink()
    watcher.show(with_parts(scene, part))
    shown = watcher.get(30, "after")
    assert (code(shown), shown.made) == (30, "source")


def test_a_storm_of_questions_ends_with_the_newest_and_never_goes_back(watcher, tmp_path):
    watcher.show(a_scene(tmp_path, frames=90, width=640, height=480))
    frames = random.Random(SEED).choices(range(90), k=400)
    first = watcher.number + 1
    for frame in frames:
        watcher.ask(frame)
    last, numbers = watcher.number, []
    while not numbers or numbers[-1] != last:
        shown = watcher.next(Shown)
        numbers.append(shown.number)
        assert shown.frame == frames[shown.number - first]
    assert numbers == sorted(numbers)
    assert len(numbers) < len(frames), "none was given up for a newer one"


def test_questions_about_the_last_scene_are_not_answered_from_the_new_one(watcher, tmp_path):
    one = a_scene(tmp_path, "one.mp4", frames=40)
    other = scene_of_clip(make_clip(tmp_path / "b.mp4", frames=40, paint=painted))
    for _ in range(10):
        watcher.show(one)
        old = watcher.ask(11)
        watcher.show(other)
        new = watcher.ask(12)
        while (shown := watcher.next(Shown)).number != new:
            assert shown.number == old
            assert code(shown) == 11
        assert code(shown) == -1


def test_a_source_that_is_gone_is_told_in_words(watcher, tmp_path):
    scene = a_scene(tmp_path)
    missing = replace(scene, source=replace(scene.source, path=str(tmp_path / "gone.mp4")))
    watcher.show(missing)
    answer = watcher.get(3)
    assert isinstance(answer, Failed)
    assert answer.code == "source_unreadable"
    assert answer.sentence
    assert answer.advice
    watcher.show(scene)
    assert code(watcher.get(3)) == 3


def test_a_question_about_no_frame_ends_no_more_than_itself(watcher, tmp_path):
    scene = a_scene(tmp_path, frames=10)
    watcher.show(scene)
    watcher.number += 1
    watcher.viewer.ask(Ask(watcher.number, 10, "before", 100))
    assert isinstance(watcher.answer(watcher.number), Failed)
    assert code(watcher.get(9)) == 9
