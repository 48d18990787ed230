"""Cuts found between frames, and motion and flashes that are none."""

import cv2
import numpy as np
import pytest
from skimage import data

from orchestrator.faces.shots import find_cuts


def thumbnail(picture):
    small = cv2.resize(
        np.ascontiguousarray(picture[:, :, ::-1]), (64, 36), interpolation=cv2.INTER_AREA
    )
    return np.ascontiguousarray(cv2.cvtColor(small, cv2.COLOR_BGR2YCrCb).transpose(2, 0, 1))


PICTURES = {name: getattr(data, name)() for name in ("astronaut", "coffee", "rocket", "chelsea")}


def pan(name, frames, step=3):
    return [thumbnail(np.roll(PICTURES[name], n * step, axis=1)) for n in range(frames)]


@pytest.mark.parametrize("first", PICTURES)
@pytest.mark.parametrize("second", PICTURES)
def test_a_cut_is_found_at_the_first_frame_of_the_new_shot(first, second):
    expected = [] if first == second else [9]
    clip = pan(first, 9) + (pan(second, 12) if first != second else pan(first, 21)[9:])
    assert find_cuts(clip) == expected


def test_two_cuts_near_each_other_are_both_found():
    clip = pan("astronaut", 8) + pan("coffee", 4) + pan("rocket", 9)
    assert find_cuts(clip) == [8, 12]


@pytest.mark.parametrize("length", [1, 2])
def test_a_flash_is_no_cut(length):
    clip = pan("astronaut", 20)
    for place in range(10, 10 + length):
        clip[place] = np.full_like(clip[place], 250)
    assert find_cuts(clip) == []


def test_fast_motion_and_noise_are_no_cuts():
    assert find_cuts(pan("coffee", 30, step=25)) == []
    random = np.random.default_rng(4)
    noisy = [
        np.clip(t + random.normal(0, 6, t.shape), 0, 255).astype(np.uint8)
        for t in pan("astronaut", 30)
    ]
    assert find_cuts(noisy) == []


def test_a_fade_is_no_cut():
    before, after = (thumbnail(PICTURES[n]).astype(float) for n in ("astronaut", "coffee"))
    fade = [(before * (1 - k / 24) + after * k / 24).astype(np.uint8) for k in range(25)]
    assert find_cuts([fade[0]] * 5 + fade + [fade[-1]] * 5) == []


def test_a_still_or_a_single_frame_has_no_cuts():
    assert find_cuts([]) == []
    assert find_cuts(pan("rocket", 1)) == []
    assert find_cuts(pan("rocket", 1) * 12) == []
