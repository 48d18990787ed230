"""Tell from decoded frames what picture they show, and what picture to make of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import av
import numpy as np
from av.video.stream import VideoStream

from orchestrator.media.report import Notice
from remote_worker.contract.records import Colour, Hdr, Picture

_UNSAID = (0, 2)
_HDR_OF_TRANSFER: dict[int, Hdr] = {16: "pq", 18: "hlg"}
_MATRICES_KEPT = (1, 4, 5, 6, 7, 9)
"""H.273 matrices that H.264, H.265, AV1 and their players all know."""
_BT709 = Colour(1, 1, 1, full_range=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the first frames of a track show."""

    stream_index: int
    codec: str
    width_px: int
    height_px: int
    pixel_format: str
    bit_depth: int
    is_rgb: bool
    has_alpha: bool
    subsampled: bool
    """Whether it is 4:2:0 or grey already."""
    interlaced: bool
    rotation_deg: int
    """Clockwise, after mirroring."""
    mirrored: bool
    tagged: Colour
    """As the frames say; 2 is 'unspecified'."""
    sample_aspect_ratio: Fraction
    stated_rate: Fraction | None

    @staticmethod
    def of(stream: VideoStream, frames: Sequence[av.VideoFrame]) -> Look:
        """Look at the first frames of a stream."""
        first = frames[0]
        components = first.format.components
        rotation_deg, mirrored = _orientation(first)
        ratio = first.sample_aspect_ratio if hasattr(first, "sample_aspect_ratio") else None
        ratio = ratio or stream.sample_aspect_ratio
        full = first.color_range == 2 or first.format.name.startswith("yuvj")
        return Look(
            stream_index=stream.index,
            codec=stream.codec_context.codec.canonical_name,
            width_px=first.width,
            height_px=first.height,
            pixel_format=first.format.name,
            bit_depth=max(component.bits for component in components),
            is_rgb=first.format.is_rgb or first.format.has_palette,
            has_alpha=any(component.is_alpha for component in components)
            or stream.metadata.get("alpha_mode") == "1",
            subsampled=_is_subsampled(first),
            interlaced=any(frame.interlaced_frame for frame in frames),
            rotation_deg=rotation_deg,
            mirrored=mirrored,
            tagged=Colour(
                int(first.color_primaries), int(first.color_trc), int(first.colorspace), full
            ),
            sample_aspect_ratio=Fraction(ratio) if ratio else Fraction(1),
            stated_rate=stream.guessed_rate or stream.average_rate,
        )


def _is_subsampled(frame: av.VideoFrame) -> bool:
    chroma = [c for c in frame.format.components if not c.is_luma and not c.is_alpha]
    return all(c.width * 2 in (frame.width, frame.width + 1) and c.height * 2 in (
        frame.height, frame.height + 1) for c in chroma)  # fmt: skip


def _orientation(frame: av.VideoFrame) -> tuple[int, bool]:
    """Return the clockwise turn after mirroring, from the display matrix (H.264 Annex D terms)."""
    data = frame.side_data.get("DISPLAYMATRIX")
    if data is None:
        return 0, False
    matrix = np.frombuffer(cast(bytes, data), np.int32).reshape(3, 3)
    a, b, c, d = (int(matrix[i, j]) for i in (0, 1) for j in (0, 1))
    mirrored = a * d - b * c < 0
    if mirrored:
        a, b = -a, -b  # undo the left-right flip, then read the turn
    turn_deg = round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360
    return turn_deg, mirrored


def source_colour(look: Look) -> Colour:
    """Return what the values mean, guessed as players do where the source is silent."""
    if look.is_rgb:
        return Colour(1, 13, 0, full_range=True)
    large = look.height_px > 576 or look.width_px > 1024
    matrix = look.tagged.matrix
    if matrix in _UNSAID:
        matrix = 1 if large else (5 if look.height_px == 576 else 6)
    like = {1: 1, 5: 5, 9: 9}.get(matrix, 6)
    primaries = like if look.tagged.primaries in _UNSAID else look.tagged.primaries
    transfer = look.tagged.transfer
    if transfer in _UNSAID:
        transfer = {1: 1, 9: 14}.get(matrix, 6)
    return Colour(primaries, transfer, matrix, look.tagged.full_range)


def picture_of(look: Look) -> Picture:
    """Return the picture that is rendered: upright, even, 4:2:0, in colours players know."""
    colour = source_colour(look)
    hdr = _HDR_OF_TRANSFER.get(colour.transfer, "")
    turned = look.rotation_deg in (90, 270)
    shown = (look.height_px, look.width_px) if turned else (look.width_px, look.height_px)
    ratio = look.sample_aspect_ratio
    keeps = not hdr and not look.is_rgb and colour.matrix in _MATRICES_KEPT
    return Picture(
        width_px=shown[0] + shown[0] % 2,
        height_px=shown[1] + shown[1] % 2,
        shown_width_px=shown[0],
        shown_height_px=shown[1],
        rotation_deg=look.rotation_deg,
        mirrored=look.mirrored,
        sample_aspect_ratio=1 / ratio if turned else ratio,
        deinterlace=look.interlaced,
        tone_map=hdr,
        source_colour=colour,
        colour=colour if keeps else _BT709,
        pixel_format="yuv420p10le" if look.bit_depth > 8 and not hdr else "yuv420p",
    )


def picture_notices(look: Look) -> Iterator[Notice]:
    """Yield what is done to the picture that a person should know."""
    if look.rotation_deg or look.mirrored:
        yield Notice("rotated", "The video is stored turned; it is rendered upright.")
    if look.width_px % 2 or look.height_px % 2:
        yield Notice("odd_size", "An odd side is padded by one pixel; encoders need even sides.")
    if look.sample_aspect_ratio != 1:
        yield Notice("pixel_shape", "Pixels are not square; their shape is kept.")
    if look.interlaced:
        yield Notice("interlaced", "The video is interlaced; it is rendered deinterlaced.")
    if look.has_alpha:
        yield Notice("alpha_dropped", "Transparency is left out; videos for players have none.")
    if not look.subsampled:
        yield Notice("chroma_reduced", "Colour detail is reduced to 4:2:0, as players expect.")


def colour_notices(look: Look) -> Iterator[Notice]:
    """Yield what is done to the colours that a person should know."""
    hdr = _HDR_OF_TRANSFER.get(source_colour(look).transfer, "")
    if hdr:
        yield Notice("hdr_converted", f"HDR ({hdr.upper()}) is converted to standard range.")
    elif look.bit_depth > 8:
        yield Notice("ten_bit", f"{look.bit_depth}-bit colour is kept as 10 bits.")
    if not look.is_rgb and look.tagged.matrix in _UNSAID:
        yield Notice(
            "colour_guessed",
            "The file does not say how its colours are coded; they are taken as players do.",
        )
