"""Make files that are not what they say, or that nobody should render."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from tests.clips import make_clip
from tests.corpus import Entry, Make, Refused


def _bytes(name: str, data: bytes) -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def _changed(name: str, change: Callable[[bytes], bytes]) -> Make:
    """Return what makes a good clip and then changes its bytes."""

    def make(folder: Path) -> Path:
        path = make_clip(folder / name, frames=24)
        path.write_bytes(change(path.read_bytes()))
        return path

    return make


def _picture(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (64, 64), (90, 140, 60)).save(data, kind)
    return data.getvalue()


def _archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("video.mp4", b"not here")
    return data.getvalue()


def _sound_only(folder: Path) -> Path:
    path = folder / "sound.m4a"
    with av.open(str(path), "w", format="mp4") as output:
        track = output.add_stream("aac", rate=48_000, layout="mono")
        for start in range(0, 48_000, 1024):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, start, Fraction(1, 48_000)
            output.mux(track.encode(frame))
        output.mux(track.encode(None))
    return path


def _cover_only(folder: Path) -> Path:
    path = folder / "song-with-cover.mkv"
    with av.open(str(path), "w", format="matroska") as output:
        output.add_attachment("cover.jpg", "image/jpeg", _picture("JPEG"))
        track = output.add_stream("aac", rate=48_000, layout="mono")
        for start in range(0, 24_000, 1024):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, start, Fraction(1, 48_000)
            output.mux(track.encode(frame))
        output.mux(track.encode(None))
    return path


def _tiny(folder: Path) -> Path:
    return make_clip(folder / "one-pixel.mkv", frames=5, width=1, height=1, codec="ffv1")


def _no_frames(name: str) -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        _write_header(path)
        return path

    return make


def _write_header(path: Path) -> None:
    with av.open(str(path), "w") as output:
        track = output.add_stream("libx264", rate=30)
        track.width, track.height, track.pix_fmt = 192, 128, "yuv420p"
        output.start_encoding()


def _jumping(folder: Path) -> Path:
    """Join two transport streams as copying them onto one another does."""
    first = make_clip(folder / "first.ts", frames=90)
    path = folder / "jumps.ts"
    path.write_bytes(first.read_bytes() * 2)
    return path


def _raw(folder: Path) -> Path:
    return make_clip(folder / "raw.h264", frames=24)


def _below_zero(folder: Path) -> Path:
    """Matroska's clusters cannot begin below zero; their packets come out without times."""
    return make_clip(
        folder / "early.mkv",
        pts=[index * 33 - 990 for index in range(48)],
        time_base=Fraction(1, 1000),
        container_options={"avoid_negative_ts": "disabled"},
    )


def _folder(folder: Path) -> Path:
    path = folder / "folder.mp4"
    path.mkdir()
    return path


def _y4m(width: int, height: int) -> bytes:
    return f"YUV4MPEG2 W{width} H{height} F30:1 Ip A1:1 C420jpeg\nFRAME\n".encode() + bytes(4096)


def _without_index(data: bytes) -> bytes:
    return data[: data.rindex(b"moov") - 4]


def _blanked(data: bytes) -> bytes:
    place = data.index(b"mdat") + 4
    size = int.from_bytes(data[place - 8 : place - 4], "big") - 8
    return data[:place] + bytes(size) + data[place + size :]


def _listed(text: str) -> bytes:
    return text.encode()


PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{address}\n#EXT-X-ENDLIST\n"

HOSTILE = [
    Entry("empty file", _bytes("empty.mp4", b""), Refused("empty")),
    Entry("text", _bytes("notes.mp4", b"Dear diary,\n" * 99), Refused("not_media")),
    Entry("archive", _bytes("archive.mp4", _archive()), Refused("not_media")),
    Entry(
        "noise",
        _bytes("noise.mkv", np.random.default_rng(5).bytes(65_536)),
        Refused("not_media"),
    ),
    Entry("zeros", _bytes("zeros.mp4", bytes(65_536)), Refused("not_media")),
    Entry(
        "playlist as mp4",
        _bytes("list.mp4", _listed(PLAYLIST.format(address="http://127.0.0.1:9/secret.ts"))),
        Refused("playlist"),
    ),
    Entry(
        "playlist after white space",
        _bytes("late.m3u8", b"\xef\xbb\xbf\r\n " + _listed(PLAYLIST.format(address="x.ts"))),
        Refused("playlist"),
    ),
    Entry(
        "concat list",
        _bytes("list.mkv", b"ffconcat version 1.0\nfile '/etc/passwd'\n"),
        Refused("playlist"),
    ),
    Entry("bare concat list", _bytes("bare.mov", b"file 'other.mp4'\n"), Refused("playlist")),
    Entry(
        "DASH manifest", _bytes("show.mp4", b"<MPD><BaseURL>x</BaseURL></MPD>"), Refused("playlist")
    ),
    Entry(
        "XML with an entity",
        _bytes("x.mp4", b'<?xml version="1.0"?><!DOCTYPE a>'),
        Refused("playlist"),
    ),
    Entry("SDP", _bytes("cast.mp4", b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n"), Refused("playlist")),
    Entry("PLS playlist", _bytes("radio.mp4", b"[playlist]\nFile1=x\n"), Refused("playlist")),
    Entry("JPEG", _bytes("photo.mp4", _picture("JPEG")), Refused("picture")),
    Entry("PNG", _bytes("photo.mkv", _picture("PNG")), Refused("picture")),
    Entry("TIFF", _bytes("photo.mov", _picture("TIFF")), Refused("picture")),
    Entry("sound only", _sound_only, Refused("no_video")),
    Entry("sound with a cover", _cover_only, Refused("no_video")),
    Entry("one pixel", _tiny, Refused("too_small")),
    Entry("huge declared size", _bytes("huge.y4m", _y4m(12_000, 9_000)), Refused("too_large")),
    Entry("absurd declared size", _bytes("absurd.y4m", _y4m(2**30, 2**30)), Refused("not_media")),
    Entry("no frames in Matroska", _no_frames("none.mkv"), Refused("not_media")),
    Entry("no frames in MP4", _no_frames("none.mp4"), Refused("no_video")),
    Entry("pictures without times", _raw, Refused("no_times")),
    Entry("times below zero in Matroska", _below_zero, Refused("no_times")),
    Entry("times that jump back", _jumping, Refused("times_jump")),
    Entry("unfinished recording", _changed("cut.mp4", _without_index), Refused("unfinished")),
    Entry("pictures blanked out", _changed("blank.mp4", _blanked), Refused("undecodable")),
    Entry(
        "encrypted",
        _changed("locked.mp4", lambda data: data.replace(b"avc1\x00", b"encv\x00")),
        Refused("unknown_codec"),
    ),
    Entry("folder", _folder, Refused("not_a_file")),
    Entry("not there", lambda folder: folder / "gone.mp4", Refused("not_there")),
]
