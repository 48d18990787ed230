"""Tell whether a decoder that begins at a keyframe gives every later frame right."""

from __future__ import annotations

from collections.abc import Iterator

_INTRA = {"mjpeg", "prores", "ffv1", "dnxhd", "rawvideo", "png", "huffyuv", "utvideo", "dvvideo"}
"""Codecs in which every frame stands for itself."""
_KEY_IS_CLEAN = {"vp8", "vp9"}
"""Codecs whose keyframes empty every reference."""
_START = b"\x00\x00\x01"


def is_clean_start(codec: str, extradata: bytes, packet: bytes) -> bool:
    """Return whether no frame shown after this keyframe needs anything before it.

    ``packet`` is a keyframe's as the container holds it.  An H.264 keyframe is clean when it
    is an IDR picture (ITU-T H.264, table 7-1), an H.265 one when it is IDR_W_RADL or IDR_N_LP
    (ITU-T H.265, table 7-1); after recovery points and open GOPs later frames may reach back.
    Of other codecs it is said only where every keyframe is clean.
    """
    if codec in _INTRA or codec in _KEY_IS_CLEAN:
        return True
    if codec == "h264":
        kinds = {unit[0] & 0x1F for unit in _units(packet, _length_bytes(extradata, 4))}
        return 5 in kinds and 1 not in kinds
    if codec == "hevc":
        kinds = {unit[0] >> 1 & 0x3F for unit in _units(packet, _length_bytes(extradata, 21))}
        slices = {kind for kind in kinds if kind < 32}
        return bool(slices) and slices <= {19, 20}
    return False


def _length_bytes(extradata: bytes, place: int) -> int:
    """Return how many bytes say a unit's length, 0 where start codes part the units.

    See ISO/IEC 14496-15, avcC and hvcC.
    """
    described = len(extradata) > place and extradata[0] == 1
    return (extradata[place] & 3) + 1 if described else 0


def _units(packet: bytes, length_bytes: int) -> Iterator[bytes]:
    """Yield the first bytes of each unit of a packet."""
    if not length_bytes:
        place = packet.find(_START)
        while place >= 0:
            if unit := packet[place + 3 : place + 5]:
                yield unit
            place = packet.find(_START, place + 3)
        return
    place = 0
    while place + length_bytes < len(packet):
        size = int.from_bytes(packet[place : place + length_bytes], "big")
        yield packet[place + length_bytes : place + length_bytes + 2]
        place += length_bytes + size
