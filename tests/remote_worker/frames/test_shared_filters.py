"""Filters that hold nothing back are set up once for a picture, however often it is decoded."""

import pytest

from orchestrator.media.guarded import probe_source
from remote_worker.frames.decode import decode_range
from remote_worker.frames.keyframes import decode_keyframes
from remote_worker.frames.picture import Normaliser
from tests.clips import make_clip, read_barcode


@pytest.fixture
def built(monkeypatch):
    """The pictures for which filters were set up."""
    seen, build = [], Normaliser._build

    def noted(self, frame):
        seen.append(self._picture)
        return build(self, frame)

    monkeypatch.setattr(Normaliser, "_build", noted)
    return seen


def decoded(clip, report, index):
    """Decode the keyframes, then two stretches; return which frames were seen."""
    whole = {"time_base": index.time_base, "pts": index.pts, "picture": report.video.picture}
    keys = decode_keyframes(clip, wanted=index.keyframes, **whole)
    pixels = [pixels for _, pixels in keys]
    for wanted in (range(3, 9), range(20, 24)):
        pixels += [
            each.pixels for each in decode_range(clip, first_frame=0, wanted=wanted, **whole)
        ]
    return [read_barcode(each) for each in pixels]


def test_a_picture_that_is_decoded_often_sets_its_filters_up_once(tmp_path, built):
    clip = make_clip(tmp_path / "full.mp4", frames=30, width=208, pixel_format="yuv444p")
    report, index = probe_source(clip)
    first = decoded(clip, report, index)
    assert first == [*index.keyframes, *range(3, 9), *range(20, 24)]
    assert decoded(clip, report, index) == first
    assert built == [report.video.picture]


def test_a_deinterlacer_which_holds_frames_back_is_nobody_elses(tmp_path, built):
    interlaced = {"x264-params": "tff=1:keyint=12", "flags": "+ildct+ilme"}
    clip = make_clip(tmp_path / "tff.mp4", frames=30, width=208, options=interlaced)
    report, index = probe_source(clip)
    assert report.video.picture.deinterlace
    decoded(clip, report, index)
    assert len(built) >= 2 + len(index.keyframes)
