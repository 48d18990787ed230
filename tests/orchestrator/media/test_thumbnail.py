"""A thumbnail is a small, upright picture of the source, or a refusal and no file."""

from __future__ import annotations

from fractions import Fraction

import cv2
import numpy as np
import pytest

from orchestrator.errors import SourceRefused
from orchestrator.media.guarded import make_thumbnail, probe_source
from tests.clips import make_clip, read_barcode


def drawn(clip, to, longest_px=160):
    report, index = probe_source(clip)
    make_thumbnail(report, index, to, longest_px)
    return cv2.imread(str(to))


def test_it_is_no_longer_than_asked_and_in_proportion(tmp_path):
    pixels = drawn(make_clip(tmp_path / "wide.mp4", width=384, height=128), tmp_path / "t.jpg")
    assert pixels.shape == (53, 160, 3)
    pixels = drawn(make_clip(tmp_path / "tall.mp4", width=128, height=384), tmp_path / "t.jpg")
    assert pixels.shape == (160, 53, 3)


def test_a_small_source_is_not_blown_up(tmp_path):
    pixels = drawn(make_clip(tmp_path / "small.mp4", width=64, height=48), tmp_path / "t.jpg")
    assert pixels.shape == (48, 64, 3)


def test_it_shows_the_keyframe_an_eighth_into_the_source(tmp_path):
    clip = make_clip(tmp_path / "long.mp4", frames=160, options={"g": "8"})
    assert read_barcode(drawn(clip, tmp_path / "t.jpg").astype(np.uint8)) == 16


def test_it_has_the_shape_that_is_shown(tmp_path):
    clip = make_clip(tmp_path / "wide.mp4", width=64, height=64, sample_aspect_ratio=Fraction(2, 1))
    report, _ = probe_source(clip)
    pixels = drawn(clip, tmp_path / "t.jpg")
    picture = report.video.picture
    assert pixels.shape[1] / pixels.shape[0] == pytest.approx(
        picture.shown_width_px / picture.shown_height_px, rel=0.05
    )


def test_one_frame_is_enough(tmp_path):
    assert drawn(make_clip(tmp_path / "one.mp4", frames=1), tmp_path / "t.jpg") is not None


def test_a_source_that_went_is_refused_and_leaves_no_file(tmp_path):
    clip = make_clip(tmp_path / "clip.mp4")
    report, index = probe_source(clip)
    clip.unlink()
    with pytest.raises(SourceRefused) as refused:
        make_thumbnail(report, index, tmp_path / "t.jpg", 160)
    assert refused.value.advice
    assert list(tmp_path.iterdir()) == []
