"""Refuse files that only pretend to be video, by their first bytes, before they are opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orchestrator.errors import SourceRefused

_HEAD_BYTES = 4096
_LISTS = (
    (b"#EXTM3U", "an HLS playlist"),
    (b"ffconcat", "a list of other files"),
    (b"file ", "a list of other files"),
    (b"[playlist]", "a playlist"),
    (b"<MPD", "a DASH manifest"),
    (b"<?xml", "an XML document"),
    (b"v=0", "a streaming description (SDP)"),
    (b"<ASX", "a playlist"),
)
_PICTURES = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"BM", "a bitmap picture"),
)
_MP4_BOXES = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"pnot", b"moof"}


def refuse_impostor(path: Path) -> None:
    """Return if the file may be a video.

    Raises:
        SourceRefused: it is a playlist, a picture or an unfinished recording.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for start, what in _LISTS:
        if text[: len(start)].lower() == start.lower():
            raise SourceRefused(
                "playlist",
                f"{path.name} is {what}, not a video; what it points to was not opened.",
                "Drop the video file itself.",
            )
    for start, what in _PICTURES:
        if head.startswith(start):
            raise SourceRefused(
                "picture", f"{path.name} is {what}, not a video.", "Drop it as a source photo."
            )
    if head[4:8] in _MP4_BOXES and b"moov" not in set(_boxes(path)):
        raise SourceRefused(
            "unfinished",
            f"{path.name} is an unfinished recording: it has no index.",
            "Let the recorder finish, or repair the file with the tool that made it.",
        )


def _boxes(path: Path) -> Iterator[bytes]:
    """Yield the kinds of an MP4's top-level boxes (ISO/IEC 14496-12, 4.2)."""
    size_bytes = path.stat().st_size
    with path.open("rb") as file:
        place = 0
        while place + 8 <= size_bytes:
            file.seek(place)
            header = file.read(16)
            length, kind = int.from_bytes(header[:4], "big"), header[4:8]
            if length == 1:
                length = int.from_bytes(header[8:16], "big")
            yield kind
            if length < 8:
                return  # zero: to the end of the file; else: not a box
            place += length
