"""Segments hold the source's times exactly, and the same frames make the same bytes."""

import dataclasses
import hashlib
import os
import platform
import subprocess
import sys
import threading
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from remote_worker.contract.records import Colour
from remote_worker.errors import DiskFull, EncoderRefused
from remote_worker.frames import encoders
from remote_worker.frames.build import media_build
from remote_worker.frames.encode import SegmentWriter
from remote_worker.frames.encoders import check_settings, encoder_opens, settings_for
from tests.fakes.encoded import encode_segment
from tests.fakes.pictures import plain_picture

WIDTH, HEIGHT = 160, 96
BT709 = Colour(1, 1, 1, full_range=False)
CODECS = ("h264", "h265", "av1")
FAST = {"h264": "veryfast", "h265": "ultrafast", "av1": "12"}


def picture(**changes):
    return plain_picture(WIDTH, HEIGHT, **changes)


def frames(pts, time_base, look, seed=1):
    """Yield frames of a moving, noisy picture, the same for the same seed."""
    random = np.random.default_rng(seed)
    base = random.integers(0, 255, (look.height_px, look.width_px, 3), dtype=np.uint8)
    for number, stamp in enumerate(pts):
        image = np.roll(base // 2, number * 3, axis=1) + random.integers(
            0, 9, base.shape, dtype=np.uint8
        )
        frame = av.VideoFrame.from_ndarray(image, format="bgr24")
        frame = frame.reformat(format=look.pixel_format)
        frame.pts, frame.time_base = stamp, time_base
        yield frame


def encoded(to, codec, pts, time_base=Fraction(1, 30), look=None, settings=None):
    look = look or picture()
    settings = settings or settings_for(codec, preset=FAST[codec], picture=look)
    count = encode_segment(
        frames(pts, time_base, look),
        to,
        encoder=settings,
        picture=look,
        time_base=time_base,
        frame_rate=Fraction(30),
        first_pts=pts[0],
    )
    assert count == len(pts)
    return hashlib.sha256(to.read_bytes()).hexdigest()


def demuxed(path):
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return [
            (packet.pts * packet.time_base, packet.is_keyframe)
            for packet in container.demux(stream)
            if packet.size
        ]


STEADY = tuple(range(12))
UNEVEN = (0, 1, 7, 8, 9, 30, 31, 32, 90, 91, 200, 201)


@pytest.mark.parametrize(
    "time_base",
    [
        Fraction(1, 1000),
        Fraction(1001, 30000),
        Fraction(1, 90000),
        Fraction(1, 1),
        Fraction(100, 2997),
        Fraction(1, 12800),
        Fraction(1, 1_000_000_000),
    ],
    ids=str,
)
@pytest.mark.parametrize("pts", [STEADY, UNEVEN], ids=["steady", "uneven"])
@pytest.mark.parametrize("first", [0, -50, 10**7])
def test_times_are_the_sources_less_the_first_in_any_time_base(tmp_path, time_base, pts, first):
    encoded(tmp_path / "s.mp4", "h264", [first + stamp for stamp in pts], time_base)
    assert sorted(t for t, _ in demuxed(tmp_path / "s.mp4")) == [s * time_base for s in pts]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("time_base", [Fraction(1001, 30000), Fraction(1, 1000)], ids=str)
def test_every_codec_keeps_uneven_times(tmp_path, codec, time_base):
    encoded(tmp_path / "s.mp4", codec, UNEVEN, time_base)
    found = demuxed(tmp_path / "s.mp4")
    assert sorted(t for t, _ in found) == [s * time_base for s in UNEVEN]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("count", [1, 2, 40])
def test_a_segment_starts_with_its_only_keyframe(tmp_path, codec, count):
    encoded(tmp_path / "s.mp4", codec, range(count))
    assert [key for _, key in demuxed(tmp_path / "s.mp4")] == [True] + [False] * (count - 1)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv420p10le"])
def test_colours_shape_and_depth_are_written(tmp_path, codec, pixel_format):
    colour = Colour(9, 16, 9, full_range=True)
    look = picture(colour=colour, sample_aspect_ratio=Fraction(64, 45), pixel_format=pixel_format)
    encoded(tmp_path / "s.mp4", codec, range(3), look=look)
    with av.open(str(tmp_path / "s.mp4")) as container:
        frame = next(container.decode(video=0))
        shape = container.streams.video[0].sample_aspect_ratio
    found = (frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range)
    assert found == (9, 16, 9, 2)
    assert shape == Fraction(64, 45)
    assert frame.format.name.replace("yuvj", "yuv") == pixel_format


@pytest.mark.parametrize("codec", CODECS)
def test_decoded_frames_are_those_that_were_given(tmp_path, codec):
    look = picture()
    settings = settings_for(codec, quality=4, preset="8" if codec == "av1" else None, picture=look)
    encoded(tmp_path / "s.mp4", codec, range(10), look=look, settings=settings)
    given = [f.to_ndarray()[:HEIGHT] for f in frames(range(10), Fraction(1, 30), look)]
    with av.open(str(tmp_path / "s.mp4")) as container:
        shown = [f.to_ndarray()[:HEIGHT] for f in container.decode(video=0)]
    assert len(shown) == len(given)
    for mine, theirs in zip(given, shown, strict=True):
        assert np.abs(mine.astype(int) - theirs).mean() < 4


ENCODE_ELSEWHERE = """
import os, sys
sys.path[:0] = {paths!r}
if {cores!r} and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {cores!r})
from pathlib import Path
import test_encode
print(test_encode.encoded(Path({to!r}), {codec!r}, range(30)))
"""


def encoded_elsewhere(to, codec, cores):
    here = Path(__file__).parent
    paths = [str(here), str(here.parents[2])]
    code = ENCODE_ELSEWHERE.format(paths=paths, cores=cores, to=str(to), codec=codec)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.split()[-1]


@pytest.mark.parametrize("codec", CODECS)
def test_the_same_frames_make_the_same_bytes_in_other_processes_on_other_cores(tmp_path, codec):
    first = encoded(tmp_path / "a.mp4", codec, range(30))
    assert encoded(tmp_path / "b.mp4", codec, range(30)) == first
    usable = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    assert encoded_elsewhere(tmp_path / "c.mp4", codec, usable[:1]) == first
    assert encoded_elsewhere(tmp_path / "d.mp4", codec, usable[:2]) == first


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="names x86 levels")
@pytest.mark.parametrize(
    ("codec", "level"), [("h264", "asm=SSE2"), ("h265", "asm=sse2"), ("av1", "asm=sse2")]
)
def test_an_older_cpu_makes_the_same_bytes(tmp_path, monkeypatch, codec, level):
    newest = encoded(tmp_path / "new.mp4", codec, range(30))
    options_of = encoders.encoder_options

    def limited(settings, picture):
        options = options_of(settings, picture)
        return {k: f"{v}:{level}" if k.endswith("-params") else v for k, v in options.items()}

    monkeypatch.setattr(encoders, "encoder_options", limited)
    assert encoded(tmp_path / "old.mp4", codec, range(30)) == newest


def test_how_the_source_coded_a_frame_does_not_decide_bytes(tmp_path):
    look, settings = picture(), settings_for("h264", picture=picture())

    def typed(kind):
        for number, frame in enumerate(frames(range(8), Fraction(1, 30), look)):
            frame.pict_type = kind if number % 3 else 0
            yield frame

    for name, kind in (("a", 0), ("b", 1)):
        encode_segment(
            typed(kind),
            tmp_path / name,
            encoder=settings,
            picture=look,
            time_base=Fraction(1, 30),
            frame_rate=Fraction(30),
            first_pts=0,
        )
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def writer(to, **changes):
    look = changes.pop("look", picture())
    return SegmentWriter(
        to,
        encoder=changes.pop("settings", settings_for("h264", picture=look)),
        picture=look,
        time_base=Fraction(1, 30),
        frame_rate=changes.pop("frame_rate", Fraction(30)),
        first_pts=0,
    )


def test_a_frame_is_given_back_as_it_was(tmp_path):
    (frame,) = frames([5], Fraction(1, 30), picture())
    with writer(tmp_path / "s.mp4") as segment:
        segment.write(frame)
        segment.finish()
    assert (frame.pts, frame.time_base) == (5, Fraction(1, 30))


def test_one_segment_flushes_while_the_next_is_encoded(tmp_path):
    alone = encoded(
        tmp_path / "alone.mp4", "h264", range(20), settings=settings_for("h264", picture=picture())
    )
    first, second = writer(tmp_path / "1.mp4"), writer(tmp_path / "2.mp4")
    for frame in frames(range(20), Fraction(1, 30), picture()):
        first.write(frame)
    flushing = threading.Thread(target=first.finish)
    flushing.start()
    for frame in frames(range(20), Fraction(1, 30), picture()):
        second.write(frame)
    flushing.join(60)
    second.finish()
    found = {hashlib.sha256((tmp_path / n).read_bytes()).hexdigest() for n in ("1.mp4", "2.mp4")}
    assert found == {alone}


def test_nothing_is_there_until_a_segment_is_finished_and_nothing_after_an_abort(tmp_path):
    with writer(tmp_path / "s.mp4") as segment:
        for frame in frames(range(5), Fraction(1, 30), picture()):
            segment.write(frame)
        assert not (tmp_path / "s.mp4").exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("pts", "size", "sentence"),
    [([0, 1, 1], WIDTH, "no later time"), ([0, 2, 1], WIDTH, "no later"), ([0], 64, "64x96")],
)
def test_a_frame_that_does_not_belong_is_refused(tmp_path, pts, size, sentence):
    look = dataclasses.replace(picture(), width_px=size)
    *fitting, wrong = frames(pts, Fraction(1, 30), look)
    with writer(tmp_path / "s.mp4") as segment:
        for frame in fitting:
            segment.write(frame)
        with pytest.raises(EncoderRefused, match=sentence):
            segment.write(wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_segment_without_frames_is_refused(tmp_path):
    with pytest.raises(EncoderRefused, match="without a frame"):
        writer(tmp_path / "s.mp4").finish()
    assert list(tmp_path.iterdir()) == []


FILL_UP = """
import resource, sys
sys.path[:0] = {paths!r}
from pathlib import Path
import test_encode
from remote_worker.errors import DiskFull
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
try:
    test_encode.encoded(Path({to!r}), "h264", range(60))
except DiskFull as error:
    print("full:", error.sentence)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file size")
@pytest.mark.parametrize("room", [0, 100, 50_000])
def test_a_full_disk_is_named_and_leaves_nothing(tmp_path, room):
    here = Path(__file__).parent
    to = tmp_path / "s.mp4"
    code = FILL_UP.format(paths=[str(here), str(here.parents[2])], room=room, to=str(to))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.startswith("full:"), done.stderr
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_an_os_error_and_not_a_full_disk(tmp_path):
    with pytest.raises(FileNotFoundError):
        writer(tmp_path / "none" / "s.mp4")


@pytest.mark.parametrize(
    ("codec", "wish", "sentence"),
    [
        ("h264", {"quality": 0}, "from 1"),
        ("h264", {"quality": 52}, "to 51"),
        ("av1", {"quality": 64}, "to 63"),
        ("h264", {"preset": "quick"}, "no preset 'quick'"),
        ("av1", {"preset": "fast"}, "no preset 'fast'"),
        ("vp9", {}, "no encoder for 'vp9'"),
        ("h264", {"hardware": True, "preset": "veryfast"}, "no preset"),
    ],
)
def test_wishes_that_an_encoder_does_not_take_are_refused_by_name(codec, wish, sentence):
    with pytest.raises(EncoderRefused, match=sentence):
        settings_for(codec, **wish, picture=picture())


def test_software_is_chosen_unless_hardware_is_asked_for():
    for codec in CODECS:
        chosen = settings_for(codec, picture=picture())
        assert chosen.encoder.startswith("lib")
        assert chosen.threads > 0
        assert chosen.build == media_build()


@pytest.mark.parametrize("codec", CODECS)
def test_missing_hardware_is_refused_and_never_replaced(codec, monkeypatch):
    monkeypatch.setattr(encoders, "encoder_opens", lambda encoder, pixel_format: False)
    with pytest.raises(EncoderRefused, match="needs an NVIDIA GPU"):
        settings_for(codec, hardware=True, picture=picture())


def test_hardware_is_believed_only_when_its_encoder_opens():
    assert encoder_opens("libx264", "yuv420p")
    assert not encoder_opens("libx264", "p010le")
    assert not encoder_opens("no_such_encoder", "yuv420p")


def test_settings_that_do_not_fit_together_are_refused():
    good = settings_for("h264", picture=picture())
    for changed, look, sentence in (
        (dataclasses.replace(good, codec="av1"), picture(), "makes h264"),
        (dataclasses.replace(good, encoder="mpeg4"), picture(), "no encoder 'mpeg4'"),
        (dataclasses.replace(good, threads=0), picture(), "threads"),
        (good, picture(width_px=161), "not even"),
    ):
        with pytest.raises(EncoderRefused, match=sentence):
            check_settings(changed, look)


@pytest.mark.parametrize("rate", [Fraction(1, 1000), Fraction(1000), Fraction(90000)])
@pytest.mark.parametrize("codec", CODECS)
def test_absurd_frame_rates_guide_the_encoder_within_reason(tmp_path, codec, rate):
    settings = settings_for(codec, preset=FAST[codec], picture=picture())
    with writer(tmp_path / "s.mp4", settings=settings, frame_rate=rate) as segment:
        for frame in frames(range(3), Fraction(1, 30), picture()):
            segment.write(frame)
        assert segment.finish() == 3


def test_disk_full_is_the_error_for_every_way_a_system_says_so():
    from remote_worker.frames.whole import is_no_room

    assert is_no_room(OSError(28, "No space left on device"))
    assert not is_no_room(OSError(13, "Permission denied"))
    assert DiskFull.retry
