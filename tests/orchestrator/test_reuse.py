"""Of a job that was changed for a while, only the segments that differ are rendered again."""

from fractions import Fraction

import av
import pytest

from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.job import (
    Phase,
)
from orchestrator.prepare import Wish, WishedQuality, prepare
from orchestrator.runner import drive
from tests.clips import barcodes_of, make_clip

FRAMES, SEGMENT = 120, 20


@pytest.fixture
def wished(tmp_path):
    clip = make_clip(tmp_path / "clip.mp4", frames=FRAMES, options={"bf": "2", "preset": "fast"})

    def wish(number, **changes):
        return Wish(
            source=clip,
            output=tmp_path / f"{number}.mp4",
            engine="identity",
            workers=1,
            segment_frames=SEGMENT,
            **changes,
        )

    return wish


def rendered(home, wish):
    outcome = drive(home, prepare(home, wish))
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    return outcome.last.segments_rendered, outcome.last.segments_reused


@pytest.mark.parametrize("codec", ["h264", "h265", "av1"])
def test_another_quality_for_a_part_renders_that_part_alone(tmp_path, wished, codec):
    home = Home(tmp_path / "home")
    assert rendered(home, wished(1, codec=codec)) == (6, 0)
    part = WishedQuality(quality=40, start=Fraction(1), end=Fraction(5, 3))  # frames 30 to 50
    assert rendered(home, wished(2, codec=codec, quality_at=(part,))) == (2, 4)
    assert barcodes_of(tmp_path / "2.mp4") == list(range(FRAMES))
    sizes = [sum(sizes_of(tmp_path / f"{n}.mp4")[20:60]) for n in (1, 2)]
    assert sizes[1] != sizes[0]
    assert rendered(home, wished(3, codec=codec)) == (0, 6)


def test_a_trim_within_renders_nothing_but_its_edges(tmp_path, wished):
    home = Home(tmp_path / "home")
    rendered(home, wished(1))
    assert rendered(home, wished(2, trim_in=Fraction(1), trim_out=Fraction(3))) == (2, 2)
    assert barcodes_of(tmp_path / "2.mp4") == list(range(30, 90))


def test_a_quality_that_the_encoder_does_not_know_is_refused(tmp_path, wished):
    with pytest.raises(RequestRefused, match="quality"):
        prepare(Home(tmp_path / "home"), wished(1, quality_at=(WishedQuality(quality=99),)))


def sizes_of(path):
    with av.open(str(path)) as media:
        return [packet.size for packet in media.demux(video=0) if packet.size]
