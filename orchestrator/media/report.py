"""Describe a source as it was found: its tracks, its frames, and what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from remote_worker.contract.records import Digest, Picture


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know before rendering; ``code`` is stable, ``text`` is shown."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoTrack:
    """The video track that is rendered, and the picture made of it."""

    stream_index: int
    codec: str
    coded_width_px: int
    coded_height_px: int
    bit_depth: int
    pixel_format: str
    time_base: Fraction
    frame_rate: Fraction
    """Average, frames a second."""
    variable_rate: bool
    frame_count: int
    """Frames that can be shown, edit lists and damage minded; see :class:`FrameIndex`."""
    promised_frames: int | None
    """What the container says, None when it says nothing."""
    start: Fraction
    """Time of the first shown frame, in seconds; may be negative."""
    duration: Fraction
    """From the first frame's start to the last frame's end, in seconds."""
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTrack:
    """A track that is carried over by stream copy."""

    stream_index: int
    kind: str
    """``audio``, ``subtitle``, ``data`` or ``attachment``."""
    codec: str
    language: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """One probed source; nothing of it was believed that was not counted."""

    path: str
    size_bytes: int
    modified_ns: int
    digest: Digest
    container: str
    video: VideoTrack
    others: tuple[OtherTrack, ...]
    chapter_count: int
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class FrameIndex:
    """When each frame of a source is shown and where decoding can begin.

    Packed because an hour has 100,000 frames: ``pts`` and ``keyframes`` are numbers in
    presentation order, kept as arrays by :mod:`orchestrator.media.index`.
    """

    time_base: Fraction
    pts: tuple[int, ...]
    """Strictly rising presentation times, one for each frame shown."""
    keyframes: tuple[int, ...]
    """Frame indices at which a decoder may start from nothing, rising; the first is 0."""
