"""A keyframe is called a clean start only when nothing after it reaches back."""

import av
import pytest

from orchestrator.media.clean import is_clean_start
from orchestrator.media.cut import cut_piece
from orchestrator.media.probe import probe
from tests.clips import make_clip

X264 = "keyint=12:min-keyint=12:scenecut=0"
HEVC = "log-level=error:pools=1:keyint=12:min-keyint=12:scenecut=0"


def second_keyframe(path):
    with av.open(str(path)) as media:
        context = media.streams.video[0].codec_context
        keys = [bytes(packet) for packet in media.demux(video=0) if packet.is_keyframe]
        return context.codec.canonical_name, context.extradata or b"", keys[1]


@pytest.mark.parametrize("kind", ["mp4", "mkv", "ts", "nut"])
@pytest.mark.parametrize(
    ("codec", "params", "clean"),
    [
        ("libx264", f"{X264}:bframes=3", True),
        ("libx264", f"{X264}:open-gop=1:bframes=3", False),
        ("libx264", f"{X264}:intra-refresh=1", False),
        ("libx265", f"{HEVC}:open-gop=0", True),
        ("libx265", f"{HEVC}:open-gop=1:bframes=3", False),
    ],
)
def test_what_the_encoder_was_told_is_what_is_found(tmp_path, kind, codec, params, clean):
    name = f"{codec[3:]}-params"
    clip = make_clip(
        tmp_path / f"c.{kind}", frames=48, codec=codec, options={"preset": "medium", name: params}
    )
    assert is_clean_start(*second_keyframe(clip)) is clean


def test_codecs_that_are_not_known_are_not_called_clean():
    assert not is_clean_start("mpeg2video", b"", b"\x00\x00\x01\xb3")
    assert not is_clean_start("h264", b"", b"")
    assert is_clean_start("prores", b"", b"any")


@pytest.mark.parametrize(("params", "packets"), [("", 12), (":open-gop=1:bframes=3", 36)])
def test_a_piece_begins_no_earlier_than_it_has_to(tmp_path, params, packets):
    clip = make_clip(
        tmp_path / "c.mp4", frames=60, options={"preset": "medium", "x264-params": X264 + params}
    )
    report, index = probe(clip)
    piece = tmp_path / "p.piece"
    cut_piece(
        clip,
        stream_index=report.video.stream_index,
        index=index,
        start_frame=index.keyframes[3],
        end_frame=index.keyframes[4],
        to=piece,
    )
    with av.open(str(piece), format="nut") as media:
        count = sum(1 for packet in media.demux(video=0) if packet.size)
    assert packets <= count <= packets + 4
