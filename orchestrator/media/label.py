"""Mark a finished video as AI-made where software looks for it, and read the mark back.

The mark is an XMP packet with the IPTC digital source type: in MP4 and MOV as the
top-level ``uuid`` box that the XMP specification names, in Matroska as a tag.  A sentence
in the comment says the same to people.  There is no switch to leave it out.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal

import av

Container = Literal["mp4", "mov", "mkv"]

AI_COMPOSITE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
"""IPTC's term for a recording into which generated parts were put."""

_XMP_BOX = bytes.fromhex("BE7ACFCB97A942E89C71999491E3AFAC")
_MATROSKA_TAG = "XMP"
_LARGEST_PACKET_BYTES = 1 << 20
_MOST_BOXES = 10_000
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <Iptc4xmpExt:DigitalSourceType>{source_type}</Iptc4xmpExt:DigitalSourceType>
   <xmp:CreatorTool>{tool} {version}</xmp:CreatorTool>
   <xmp:CreateDate>{made_at}</xmp:CreateDate>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What the mark says; ``made_at`` is UTC, such as ``2026-03-01T12:00:00Z``."""

    tool: str
    version: str
    made_at: str
    source_type: str = AI_COMPOSITE

    def __post_init__(self) -> None:
        if datetime.fromisoformat(self.made_at).utcoffset() is None:
            raise ValueError(f"{self.made_at!r} does not say its time zone")

    @property
    def sentence(self) -> str:
        """The mark in words, for the comment."""
        return f"AI-made: faces in this video were replaced ({self.tool} {self.version})."


def container_tags(label: Label, container: Container, comment: str = "") -> dict[str, str]:
    """Return the container metadata that carries the mark; ``comment`` is the source's own."""
    said = f"{comment}\n{label.sentence}" if comment.strip() else label.sentence
    tags = {"comment": said, "creation_time": label.made_at}
    if container == "mkv":
        tags[_MATROSKA_TAG] = xmp_packet(label)
        tags["DIGITAL_SOURCE_TYPE"] = label.source_type
    return tags


def xmp_packet(label: Label) -> str:
    """Return the mark as an XMP packet."""
    return _XMP.format(
        source_type=html.escape(label.source_type),
        tool=html.escape(label.tool),
        version=html.escape(label.version),
        made_at=html.escape(label.made_at),
    )


def xmp_box(label: Label) -> bytes:
    """Return the mark as the box to put at the end of an MP4 or MOV file."""
    payload = _XMP_BOX + xmp_packet(label).encode()
    return (8 + len(payload)).to_bytes(4, "big") + b"uuid" + payload


def read_label(path: Path) -> Label | None:
    """Return the mark of a video, or None when it has none that says AI-made.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(12)
        packet = _matroska_packet(path) if head[:4] == b"\x1aE\xdf\xa3" else _boxed_packet(file)
    return _parsed(packet)


def _parsed(packet: str) -> Label | None:
    source_type = _element(packet, "Iptc4xmpExt:DigitalSourceType")
    if "trainedAlgorithmicMedia".lower() not in source_type.lower():
        return None
    tool, _, version = _element(packet, "xmp:CreatorTool").rpartition(" ")
    try:
        return Label(
            tool=tool,
            version=version,
            made_at=_element(packet, "xmp:CreateDate"),
            source_type=source_type,
        )
    except ValueError:
        return None  # another program's mark without a usable date


def _element(packet: str, name: str) -> str:
    # Not an XML parser: a stranger's packet must not expand entities.
    found = re.search(rf"<{name}>([^<]{{0,2000}})</{name}>", packet)
    return html.unescape(found.group(1)) if found else ""


def _matroska_packet(path: Path) -> str:
    try:
        options = {"protocol_whitelist": "file"}
        with av.open(
            f"file:{path.absolute()}", format="matroska", container_options=options
        ) as container:
            return container.metadata.get(_MATROSKA_TAG, "")
    except av.FFmpegError:
        return ""


def _boxed_packet(file: BinaryIO) -> str:
    end = file.seek(0, 2)
    offset = 0
    for _ in range(_MOST_BOXES):
        file.seek(offset)
        head = file.read(32)
        size = int.from_bytes(head[:4], "big")
        if size == 1:
            size = int.from_bytes(head[8:16], "big")
        if head[4:8] == b"uuid" and head[8:24] == _XMP_BOX and 24 < size < _LARGEST_PACKET_BYTES:
            file.seek(offset + 24)
            return file.read(size - 24).decode("utf-8", "replace")
        if size < 8 or offset + size >= end:
            return ""
        offset += size
    return ""
