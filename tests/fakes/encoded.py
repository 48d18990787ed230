"""Encode frames that a test made as workers encode a segment."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av

from remote_worker.contract.records import EncoderSettings, Picture
from remote_worker.frames.encode import SegmentWriter


def encode_segment(
    frames: Iterable[av.VideoFrame],
    to: Path,
    *,
    encoder: EncoderSettings,
    picture: Picture,
    time_base: Fraction,
    frame_rate: Fraction,
    first_pts: int,
) -> int:
    """Encode ``frames`` to ``to`` and return how many there were; see :class:`SegmentWriter`."""
    with SegmentWriter(
        to,
        encoder=encoder,
        picture=picture,
        time_base=time_base,
        frame_rate=frame_rate,
        first_pts=first_pts,
    ) as writer:
        for frame in frames:
            writer.write(frame)
        return writer.finish()
