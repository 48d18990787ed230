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
    has_sound: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneCast:
    """Whose face goes where, and the engine that is to show it."""

    engine: EngineSpec
    models: Mapping[str, str]
    """Path of each checked model file that the engine names."""
    tracks: tuple[FaceTrack, ...]
    photos: Mapping[Digest, str]
    everywhere: bool = False
    """Whether every frame is changed, not only those that a track reaches."""
    stands_in_for: str = ""
    """The engine that renders and is not on this machine, when ``engine`` is another."""

    def changes(self, frame: int) -> bool:
        """Whether the engine is to change a frame."""
        reached = any(track.start_frame <= frame < track.end_frame for track in self.tracks)
        return self.everywhere or reached


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A finished segment's file, or a finished video, and the frames of the source it holds."""

    path: str
    start_frame: int
    end_frame: int
    missed_frames: tuple[int, ...] = ()
    """Frames on which a cast face was expected and not found."""
    is_video: bool = False
    """Whether it is a finished video, which has times and other tracks of its own."""


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


@dataclass(frozen=True, slots=True)
class Play:
    """A stretch that is to be played; pictures and sound come ahead of their time."""

    number: int
    """Of the same rising row as those of :class:`Ask`."""
    start_frame: int
    end_frame: int
    sides: tuple[Side, ...]
    """A picture of each comes for every frame, in this order."""
    longest_px: int
    loop: bool = False
    """Over and over; each further time from ``start_frame`` on."""
    sound: bool = True
    first_frame: int | None = None
    """Where to begin within the stretch; None: at its start."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A stretch that is to be rendered by the engine now, to be played over and over after."""

    number: int
    start_frame: int
    end_frame: int
    longest_px: int


@dataclass(frozen=True, slots=True)
class SeekTrouble:
    """A look through frames for those on which a cast face is not found."""

    number: int
    start_frame: int
    end_frame: int


Question = Ask | Play | Proof | SeekTrouble


@dataclass(frozen=True, slots=True)
class Sound:
    """A stretch of the source's sound, for playing."""

    number: int
    start_s: float
    """From the first frame of the source."""
    rate_hz: int
    samples: bytes
    """Signed 16 bit, two channels, interleaved."""


@dataclass(frozen=True, slots=True)
class Share:
    """How far an answer is."""

    number: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ProofReady:
    """A proof is rendered: playing these frames shows it until the scene changes."""

    number: int
    start_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True)
class Troubles:
    """Runs of frames, the end excluded, on which a cast face is not found."""

    number: int
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PlayEnded:
    """All of a stretch was given."""

    number: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A question that cannot be answered."""

    number: int
    sentence: str
    advice: str
    code: str = ""
    """Stable, for machines, such as ``source_unreadable``."""


Answer = Shown | Sound | Share | ProofReady | Troubles | PlayEnded | Failed
