"""Pieces decode to the pixels that the whole source decodes to, wherever they are cut."""

import random
from fractions import Fraction

import pytest

from orchestrator.media.cut import cut_piece
from orchestrator.media.probe import probe
from remote_worker.frames.decode import decode_range
from tests.clips import make_clip, read_barcode

SEED = 20261123
X264 = "keyint=12:min-keyint=12:scenecut=0"
CASES = {
    "closed": ("mp4", "libx264", {"preset": "medium", "bf": "2", "x264-params": X264}),
    "open": ("mp4", "libx264", {"preset": "medium", "x264-params": f"{X264}:open-gop=1:bframes=3"}),
    "pyramid": (
        "mkv",
        "libx264",
        {"preset": "medium", "x264-params": f"{X264}:bframes=5:b-pyramid=normal"},
    ),
    "refresh": ("mp4", "libx264", {"preset": "medium", "x264-params": f"{X264}:intra-refresh=1"}),
    "stream": ("ts", "libx264", {"preset": "medium", "bf": "2", "x264-params": X264}),
    "hevc": ("mp4", "libx265", {}),
    "vp9": ("webm", "libvpx-vp9", {"g": "12", "deadline": "realtime", "cpu-used": "8"}),
    "av1": ("mkv", "libsvtav1", {"preset": "8", "crf": "10"}),
    "mpeg4": ("avi", "mpeg4", {"g": "12", "q": "3"}),
    "ffv1": ("mkv", "ffv1", {}),
    "mjpeg": ("mov", "mjpeg", {"q": "3"}),
}


def planes(decoded):
    return decoded.frame.to_ndarray().tobytes()


def whole(path, report, index):
    return list(
        decode_range(
            path,
            time_base=index.time_base,
            first_frame=0,
            pts=index.pts,
            wanted=range(len(index.pts)),
            picture=report.video.picture,
            stream_index=report.video.stream_index,
            threads=1,
        )
    )


def check_ranges(path, tmp_path, count):
    report, index = probe(path)
    assert len(index.pts) == count
    expected = whole(path, report, index)
    assert [read_barcode(one.pixels) for one in expected] == list(range(count))
    assert not any(one.concealed for one in expected)
    rng = random.Random(SEED)
    for number in range(5):
        start = rng.randrange(count)
        end = rng.randrange(start + 1, min(count, start + 20) + 1)
        to = tmp_path / f"{number}.piece"
        piece = cut_piece(
            path,
            stream_index=report.video.stream_index,
            index=index,
            start_frame=start,
            end_frame=end,
            to=to,
        )
        shared = {
            "time_base": index.time_base,
            "first_frame": 0,
            "pts": index.pts,
            "wanted": range(start, end),
            "picture": report.video.picture,
        }
        seeks = decode_range(path, stream_index=report.video.stream_index, **shared)
        cuts = decode_range(to, file_start_pts=piece.start_pts, threads=1, **shared)
        for how, got in (("seek", list(seeks)), ("piece", list(cuts))):
            place = f"{how} {start}..{end}, seed {SEED}"
            assert [one.index for one in got] == list(range(start, end)), place
            for one in got:
                assert not one.concealed, f"{place}: {one.index} is concealed"
                assert planes(one) == planes(expected[one.index]), f"{place}: {one.index}"


@pytest.mark.parametrize("name", CASES)
def test_any_range_decodes_alike_from_the_source_and_from_its_piece(name, tmp_path):
    kind, codec, options = CASES[name]
    pixel_format = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    path = make_clip(
        tmp_path / f"clip.{kind}", codec=codec, options=options, pixel_format=pixel_format
    )
    check_ranges(path, tmp_path, 60)


@pytest.mark.parametrize("first", [-7, 300])
def test_unequal_times_from_any_start_keep_every_frame(first, tmp_path):
    rng = random.Random(SEED)
    stamps = [first]
    while len(stamps) < 40:
        stamps.append(stamps[-1] + rng.randrange(1, 9))
    path = make_clip(tmp_path / "clip.mkv", pts=stamps, time_base=Fraction(1, 100))
    check_ranges(path, tmp_path, 40)


def test_the_same_cut_gives_the_same_bytes(tmp_path):
    path = make_clip(tmp_path / "clip.mp4")
    report, index = probe(path)
    asked = {"stream_index": report.video.stream_index, "index": index}
    pieces = [
        cut_piece(path, start_frame=20, end_frame=30, to=tmp_path / name, **asked)
        for name in ("a", "b")
    ]
    assert pieces[0] == pieces[1]
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
