"""Make files that are odd and right, or damaged and still worth rendering."""

from __future__ import annotations

import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from tests.clips import barcode, make_clip
from tests.corpus import Entry, Make, Renders
from tests.orchestrator.media.made_videos import Sound, SourcePlan, jpeg, make_source

FRAMES = 48
_X264 = "keyint=12:min-keyint=12:scenecut=0"
_BT709, _FULL_709 = (1, 1, 1, 1), (1, 1, 1, 2)
_PQ, _HLG = (9, 16, 9, 1), (9, 18, 9, 1)
_BT2020 = (9, 14, 9, 1)


def _clip(name: str, **given: Any) -> Make:
    def make(folder: Path) -> Path:
        return make_clip(folder / name, **{"frames": FRAMES, **given})

    return make


def _then(make: Make, change: Callable[[Path], None]) -> Make:
    def made(folder: Path) -> Path:
        path = make(folder)
        change(path)
        return path

    return made


def _told(*codes: str, **given: Any) -> Renders:
    return Renders(**{"frames": FRAMES, "notices": frozenset(codes), **given})


def _x264(params: str = "", **options: str) -> dict[str, str]:
    joined = f"{_X264}:{params}" if params else _X264
    return {"preset": "medium", "x264-params": joined, **options}


# -- turned ------------------------------------------------------------------------------


def _painted_so_that(
    turn: Callable[[NDArray[np.uint8]], NDArray[np.uint8]], *, sideways: bool
) -> Any:
    """Return a painter whose picture shows an upright barcode once a player has turned it."""

    def paint(index: int, width_px: int, height_px: int) -> NDArray[np.uint8]:
        upright = (height_px, width_px) if sideways else (width_px, height_px)
        return np.ascontiguousarray(turn(barcode(index, *upright)))

    return paint


def _matrix(a: int, b: int, c: int, d: int) -> Callable[[Path], None]:
    """Return what writes a display matrix into an MP4's track header (ISO/IEC 14496-12, 8.3.2)."""

    def change(path: Path) -> None:
        data = bytearray(path.read_bytes())
        place = data.index(b"tkhd") + 4 + 40
        values = (a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
        data[place : place + 36] = struct.pack(">9i", *values)
        path.write_bytes(data)

    return change


def _turned(name: str, turn: Any, matrix: tuple[int, int, int, int], *, sideways: bool) -> Make:
    paint = _painted_so_that(turn, sideways=sideways)
    return _then(_clip(name, paint=paint), _matrix(*matrix))


# -- damaged -----------------------------------------------------------------------------


def _shortened(share: float) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return change


def _blanked_packets(first: int, count: int) -> Callable[[Path], None]:
    """Return what zeroes some video packets in the middle of a file."""

    def change(path: Path) -> None:
        with av.open(str(path)) as media:
            places = [(packet.pos, packet.size) for packet in media.demux(video=0) if packet.size]
        data = bytearray(path.read_bytes())
        for pos, size in places[first : first + count]:
            data[pos + 8 : pos + size] = bytes(size - 8)
        path.write_bytes(data)

    return change


def _garbage_behind(path: Path) -> None:
    with path.open("ab") as file:
        file.write(np.random.default_rng(9).bytes(5000))


def _wrapping(folder: Path) -> Path:
    """Make a transport stream whose 33-bit clock begins anew in the middle."""
    first = 2**33 - 90_000
    pts = [first + index * 3000 for index in range(FRAMES)]
    return make_clip(folder / "wraps.ts", pts=pts, time_base=Fraction(1, 90_000))


def _named(name: str) -> Make:
    def make(folder: Path) -> Path:
        plain = make_clip(folder / "plain.mp4", frames=FRAMES)
        return plain.rename(folder / name)

    return make


def _alpha(folder: Path) -> Path:
    path = folder / "alpha.mov"
    with av.open(str(path), "w") as output:
        track = output.add_stream("png", rate=30)
        track.width, track.height, track.pix_fmt = 192, 128, "rgba"
        for index in range(FRAMES):
            shown = np.dstack([barcode(index, 192, 128), np.full((128, 192), 255, np.uint8)])
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(shown), "rgba")
            frame.pts = index
            output.mux(track.encode(frame))
        output.mux(track.encode(None))
    return path


def _laden(folder: Path) -> Path:
    """Make a film with all that Matroska can hold beside the picture."""
    path = folder / "film.mkv"
    plan = SourcePlan(
        pts=[index * 33 for index in range(FRAMES)],
        time_base=Fraction(1, 1000),
        sounds=(Sound(length=1.6), Sound(length=1.6, language="fra", default=False)),
        subtitles=((0, 500, "one"), (700, 400, "two")),
        chapters=((0, 800, "first"), (800, 1584, "second")),
        attachment=b"letters" * 99,
        tags={"title": "A film"},
        cover=jpeg(),
    )
    make_source(path, plan, "matroska")
    return path


def _uneven() -> list[int]:
    steps = np.random.default_rng(3).integers(1, 9, FRAMES)
    return [int(time) * 300 for time in np.cumsum(steps)]


ODD = [
    Entry("plain", _clip("plain.mp4"), _told()),
    Entry("B-frames", _clip("b.mp4", options=_x264("bframes=3")), _told()),
    Entry("open GOP", _clip("open.mp4", options=_x264("open-gop=1:bframes=3")), _told()),
    Entry("intra refresh", _clip("refresh.mp4", options=_x264("intra-refresh=1")), _told()),
    Entry("wrong extension", _named("clip.avi"), _told()),
    Entry("no extension", _named("clip"), _told()),
    Entry("spaces and quotes", _named('it\'s a "clip" $HOME `id`.mp4'), _told()),
    Entry("unicode name", _named("клип 片段 🎬.mp4"), _told()),
    Entry("line break in the name", _named("two\nlines.mp4"), _told()),
    Entry("name like an option", _named("-i.mp4"), _told()),
    Entry("name like a protocol", _named("concat:a|b.mp4"), _told()),
    Entry("markup in the name", _named("[red]clip[bold].mp4"), _told()),
    Entry("very long name", _named("n" * 240 + ".mp4"), _told()),
    Entry(
        "variable rate",
        _clip("vfr.mp4", pts=_uneven(), time_base=Fraction(1, 9000)),
        _told("variable_rate"),
    ),
    Entry(
        "one frame for a long time",
        _clip(
            "gap.mkv",
            pts=[*range(24), *range(24 + 600, 48 + 600)],
            time_base=Fraction(1, 30),
        ),
        _told("time_gap", "variable_rate"),
    ),
    Entry(
        "edit list that skips the start",
        _clip("edit.mp4", pts=list(range(-12, FRAMES - 12)), options={"bf": "0"}),
        _told(frames=FRAMES - 12, first_code=12),
    ),
    Entry(
        "begins late",
        _clip(
            "late.ts",
            pts=[900_000 + index * 3000 for index in range(FRAMES)],
            time_base=Fraction(1, 90_000),
        ),
        _told(),
    ),
    Entry("clock that wraps", _wrapping, _told()),
    Entry("NTSC rate", _clip("ntsc.mp4", rate=Fraction(30_000, 1001)), _told()),
    Entry("one frame a second", _clip("slow.mp4", rate=1), _told()),
    Entry("240 frames a second", _clip("fast.mp4", rate=240), _told()),
    Entry("a single frame", _clip("single.mp4", frames=1), _told(frames=1)),
    Entry(
        "turned a quarter",
        _turned("turned90.mp4", lambda p: np.rot90(p, 1), (0, 1, -1, 0), sideways=True),
        _told("rotated", size=(128, 192)),
    ),
    Entry(
        "turned a half",
        _turned("turned180.mp4", lambda p: np.rot90(p, 2), (-1, 0, 0, -1), sideways=False),
        _told("rotated"),
    ),
    Entry(
        "turned three quarters",
        _turned("turned270.mp4", lambda p: np.rot90(p, 3), (0, -1, 1, 0), sideways=True),
        _told("rotated", size=(128, 192)),
    ),
    Entry(
        "mirrored",
        _turned("mirrored.mp4", lambda p: p[:, ::-1], (-1, 0, 0, 1), sideways=False),
        _told("rotated"),
    ),
    Entry("10 bits", _clip("ten.mkv", pixel_format="yuv420p10le"), _told("ten_bit")),
    Entry(
        "BT.2020 in 10 bits",
        _clip("wide.mp4", codec="libx265", pixel_format="yuv420p10le", colour=_BT2020),
        _told("ten_bit"),
    ),
    Entry(
        "HDR, PQ",
        _clip("pq.mp4", codec="libx265", pixel_format="yuv420p10le", colour=_PQ),
        _told("hdr_converted"),
    ),
    Entry(
        "HDR, HLG",
        _clip("hlg.mkv", codec="libx265", pixel_format="yuv420p10le", colour=_HLG),
        _told("hdr_converted"),
    ),
    Entry("full range", _clip("full.mp4", colour=_FULL_709), _told()),
    Entry("tagged BT.709", _clip("tagged.mp4", colour=_BT709), _told()),
    Entry("untagged colour", _clip("untagged.mp4"), _told("colour_guessed")),
    Entry(
        "RGB",
        _clip(
            "rgb.mkv",
            codec="libx264rgb",
            pixel_format="rgb24",
            options={"g": "12", "preset": "ultrafast"},
        ),
        _told("chroma_reduced"),
    ),
    Entry("4:4:4", _clip("full-chroma.mp4", pixel_format="yuv444p"), _told("chroma_reduced")),
    Entry("grey", _clip("grey.mkv", codec="ffv1", pixel_format="gray"), _told()),
    Entry(
        "odd size",
        _clip("odd.mkv", codec="ffv1", width=193, height=131),
        _told("odd_size", size=(194, 132)),
    ),
    Entry("tall and thin", _clip("thin.mkv", codec="ffv1", width=24, height=400), _told()),
    Entry("smallest", _clip("small.mp4", width=16, height=16), _told(coded=False)),
    Entry(
        "oblong pixels",
        _clip("dv.mp4", sample_aspect_ratio=Fraction(16, 11)),
        _told("pixel_shape"),
    ),
    Entry(
        "interlaced",
        _clip("interlaced.mp4", options={**_x264("tff=1"), "flags": "+ildct+ilme"}),
        _told("interlaced"),
    ),
    Entry("transparency", _alpha, _told("alpha_dropped", "chroma_reduced")),
    Entry("several sounds", _clip("sounds.mp4", audio_tracks=3), _told()),
    Entry("sound longer than the picture", _clip("long.mp4", audio_tracks=1, audio_s=4.0), _told()),
    Entry(
        "sound shorter than the picture", _clip("short.mp4", audio_tracks=1, audio_s=0.5), _told()
    ),
    Entry("sounds, titles, chapters, letters and a cover", _laden, _told(coded=False)),
    Entry("no index in Matroska", _clip("live.mkv", container_options={"live": "1"}), _told()),
    Entry(
        "fragmented MP4",
        _clip("pieces.mp4", container_options={"movflags": "frag_keyframe+empty_moov"}),
        _told(),
    ),
    Entry("H.265", _clip("hevc.mp4", codec="libx265"), _told()),
    Entry(
        "AV1", _clip("av1.mkv", codec="libsvtav1", options={"preset": "8", "crf": "10"}), _told()
    ),
    Entry(
        "VP9",
        _clip(
            "vp9.webm",
            codec="libvpx-vp9",
            options={"g": "12", "deadline": "realtime", "cpu-used": "8"},
        ),
        _told(),
    ),
    Entry("MPEG-4 in AVI", _clip("old.avi", codec="mpeg4", options={"g": "12", "q": "3"}), _told()),
    Entry(
        "MPEG-2 stream",
        _clip(
            "broadcast.ts",
            codec="mpeg2video",
            rate=25,
            options={"g": "12", "bf": "2", "b": "4000000"},
        ),
        _told(),
    ),
    Entry(
        "ProRes",
        _clip("edit.mov", codec="prores_ks", pixel_format="yuv422p10le"),
        _told("ten_bit", "chroma_reduced"),
    ),
    Entry(
        "motion JPEG",
        _clip("camera.mov", codec="mjpeg", pixel_format="yuvj420p", options={"q": "3"}),
        _told(),
    ),
    Entry("garbage behind the end", _then(_clip("tail.mp4"), _garbage_behind), _told()),
    Entry(
        "cut short",
        _then(_clip("cut.mp4", container_options={"movflags": "faststart"}), _shortened(0.6)),
        _told("truncated", frames=-1, concealed=2),
    ),
    Entry(
        "cut short in Matroska",
        _then(_clip("cut.mkv"), _shortened(0.6)),
        _told(frames=-1, concealed=2),
    ),
    Entry(
        "damaged in the middle",
        _then(_clip("hurt.mp4"), _blanked_packets(20, 3)),
        _told(concealed=6),
    ),
    Entry(
        "damaged keyframe",
        _then(_clip("hurt-key.mp4"), _blanked_packets(24, 1)),
        _told(concealed=14),
    ),
]
