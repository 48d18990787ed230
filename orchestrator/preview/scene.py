"""Say what there is to see of one entry: the source, its casting, and what is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from orchestrator.media.report import FrameIndex
from remote_worker.contract.records import Digest, EngineSpec, FaceTrack, Picture

Side = Literal["before", "after"]
Made = Literal["source", "preview", "rendered"]
"""Where a picture comes from: the source itself, the engine just now, a finished segment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneSource:
    """The source to look at."""

    path: str
    digest: Digest
    stream_index: int
    picture: Picture
    index: FrameIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneCast:
    """Whose face goes where, and the engine that is to show it."""

    engine: EngineSpec
    models: Mapping[str, str]
    """Path of each checked model file that the engine names."""
    tracks: tuple[FaceTrack, ...]
    photos: Mapping[Digest, str]


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A finished segment's file and the frames of the source that it holds."""

    path: str
    start_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that is needed to show any frame of an entry, before and after."""

    source: SceneSource
    cast: SceneCast | None
    """None while nobody is cast: before and after are the same."""
    stored: tuple[StoredPart, ...] = ()
    """In the order of their frames; shown instead of a preview where there is one."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One picture that is wanted."""

    number: int
    """Rises; answers carry it, so that an old one never overwrites a newer one."""
    frame: int
    side: Side
    longest_px: int
    """The longer side of the picture is no longer than this."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture that was asked for."""

    number: int
    frame: int
    side: Side
    made: Made
    width_px: int
    height_px: int
    missed: bool
    """Whether a cast face was expected here and not found."""
    pixels: bytes
    """uint8 BGR, height x width x 3, rows without padding."""
