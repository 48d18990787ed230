"""Where FaceFusion's own output was measured wrong, ours is right: through our whole pipeline.

A whole-frame processor of stub models leaves every picture as it is, so that each frame still
says its number: which frames are shown, when, and how they look can be read off.
"""

import av
import numpy as np
import pytest

from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import read_index
from orchestrator.licences import accept, to_accept
from orchestrator.prepare import Wish, prepare
from orchestrator.runner import drive
from tests.clips import barcodes_of, make_clip, times_of
from tests.corpus.odd import ODD
from tests.fakes.facefusion_home import install

FRAMES = 48
SETTINGS = (("frame_enhancer_model", "span_kendata_x4"), ("processors", "frame_enhancer"))


@pytest.fixture
def render(real_source, tmp_path, monkeypatch):
    """Return a function that renders a source with FaceFusion and returns output and index."""
    install(real_source, tmp_path / "facefusion")
    monkeypatch.setenv("SECONDUNIT_FACEFUSION_HOME", str(tmp_path / "facefusion"))

    def rendered(source, engine="facefusion", settings=SETTINGS):
        home, out = Home(tmp_path / f"home-{engine}"), tmp_path / f"{engine}.mp4"
        home.root.mkdir()
        accept(home, to_accept(engine, settings, ()))
        wish = Wish(
            source=source,
            output=out,
            engine=engine,
            settings=settings,
            workers=1,
            segment_frames=20,
        )
        job_id = prepare(home, wish)
        outcome = drive(home, job_id)
        assert outcome.last.phase is Phase.DONE, outcome.last.fault
        return out, read_index(home, job_id)

    return rendered


def odd(name, folder):
    (entry,) = [entry for entry in ODD if entry.name == name]
    sources = folder / "sources"
    sources.mkdir()
    return entry.make(sources)


def middle_of(path):
    with av.open(str(path)) as media:
        frames = [frame.to_ndarray(format="bgr24") for frame in media.decode(video=0)]
    return frames[len(frames) // 2].astype(float)


def check_times(out, index):
    times = times_of(out)
    expected = [(pts - index.pts[0]) * index.time_base for pts in index.pts]
    assert [time - times[0] for time in times] == expected


def test_variable_rate_keeps_every_frame_and_its_time(render, tmp_path):
    out, index = render(odd("variable rate", tmp_path))
    assert barcodes_of(out) == list(range(FRAMES))
    check_times(out, index)
    assert len({b - a for a, b in zip(index.pts, index.pts[1:], strict=False)}) > 1


def test_a_turned_video_is_upright(render, tmp_path):
    out, _ = render(odd("turned a quarter", tmp_path))
    assert barcodes_of(out) == list(range(FRAMES))
    with av.open(str(out)) as media:
        track = media.streams.video[0]
        assert (track.width, track.height) == (128, 192)


def test_hdr_is_brought_down_and_not_black(render, tmp_path):
    source = odd("HDR, PQ", tmp_path)
    out, _ = render(source)
    assert barcodes_of(out) == list(range(FRAMES))
    plain, _ = render(source, "identity", ())
    assert np.abs(middle_of(out) - middle_of(plain)).mean() < 2
    assert middle_of(out).mean() > 20


def test_untagged_colours_stay_as_players_show_them(render, tmp_path):
    source = odd("untagged colour", tmp_path)
    out, _ = render(source)
    plain, _ = render(source, "identity", ())
    assert np.abs(middle_of(out) - middle_of(plain)).mean() < 2


def test_sound_that_is_longer_than_the_picture_adds_no_frame(render, tmp_path):
    source = make_clip(tmp_path / "long.mp4", frames=FRAMES, audio_tracks=1, audio_s=4.0)
    out, index = render(source)
    assert barcodes_of(out) == list(range(FRAMES))
    check_times(out, index)
    with av.open(str(out)) as media:
        assert len(media.streams.audio) == 1
