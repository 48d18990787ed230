"""Describe a piece of work and its result so that equal descriptions mean equal bytes.

Frame ranges are zero-based with the end exclusive and count frames of the source in
presentation order.  Times are integers in the source's ``time_base`` (seconds a tick).
Boxes are fractions of the upright picture: 0.0 is its left or top edge, 1.0 the right
or bottom one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NewType

from remote_worker.contract import VERSION
from remote_worker.contract.coding import digest_of

ChunkId = NewType("ChunkId", str)
SegmentId = NewType("SegmentId", str)
JobId = NewType("JobId", str)
Digest = NewType("Digest", str)
"""SHA-256 of bytes, 64 lower-case hex digits."""

Codec = Literal["h264", "h265", "av1"]
Hdr = Literal["", "pq", "hlg"]


@dataclass(frozen=True, slots=True)
class Colour:
    """How code values mean colours: code points of ITU-T H.273, and the range."""

    primaries: int
    transfer: int
    matrix: int
    full_range: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """How decoded frames become the frames that are encoded; one for a whole job."""

    width_px: int
    """Encoded width: upright, padded to even by repeating the last column."""
    height_px: int
    """Encoded height: upright, padded to even by repeating the last row."""
    shown_width_px: int
    """Upright width before padding."""
    shown_height_px: int
    """Upright height before padding."""
    rotation_deg: int
    """Clockwise turn that makes a decoded frame upright: 0, 90, 180 or 270."""
    mirrored: bool
    """Whether the decoded frame is flipped left to right before it is turned."""
    sample_aspect_ratio: Fraction
    """Width over height of one upright pixel."""
    deinterlace: bool
    tone_map: Hdr
    """The transfer to bring down to SDR BT.709; empty when colours are kept."""
    source_colour: Colour
    """What the decoded values mean (guessed as players do where the source is silent)."""
    colour: Colour
    """What the encoded values mean; differs from the source's only when tone-mapped or
    when the source is RGB or full range."""
    pixel_format: Literal["yuv420p", "yuv420p10le"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderSettings:
    """Everything that decides an encoder's bytes; nothing is left to the machine."""

    codec: Codec
    encoder: str
    """FFmpeg's name: libx264, libx265, libsvtav1, h264_nvenc, ..."""
    quality: int
    """Constant quality in the encoder's own scale (crf or cq); lower is better."""
    preset: str
    threads: int
    """Fixed: x264 makes other pixels with another count."""
    build: str
    """Library build that is meant, such as "PyAV 18.1.0"; an agent with another refuses."""


@dataclass(frozen=True, slots=True)
class ModelRef:
    """One model file, by name and content."""

    name: str
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSpec:
    """Which engine renders and everything of it that decides pixels."""

    name: str
    digest: Digest
    """Of the engine's code and the versions of the libraries it computes with."""
    halo_frames: int
    """Decoded frames the engine must see on both sides of each frame."""
    settings: tuple[tuple[str, str], ...] = ()
    """Sorted pairs of name and value."""
    models: tuple[ModelRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """Where a face is in one frame, as fractions of the upright picture."""

    frame: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceTrack:
    """One cast person through one run of frames, and the face to put on.

    It carries places, never embeddings: who a person is stays on the desktop.
    """

    start_frame: int
    end_frame: int
    boxes: tuple[Box, ...]
    """At least one, sorted by frame; places between them are interpolated linearly."""
    photos: tuple[Digest, ...]
    """Blobs of the source face: re-encoded PNG photos of one face, the best first."""


@dataclass(frozen=True, slots=True)
class SegmentRef:
    """One segment of a chunk: its id and its frame range."""

    segment_id: SegmentId
    start_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a source that a chunk is decoded from: a NUT file cut by stream copy."""

    digest: Digest
    piece_bytes: int
    start_pts: int
    """Time in the source's ``time_base`` that the piece counts its own times from."""


@dataclass(frozen=True, slots=True)
class ContentCheck:
    """An engine's own content check, which has to allow the source before any of it is rendered.

    It is made once for the whole source, by whichever worker needs it first.
    """

    check_id: Digest
    """Names the verdict; the digest of the source, the check, and the frames looked at."""
    clip: Digest
    """Blob of the frames to look at: NUT, one lossless video track, times in the source's own."""
    frames: int
    """How many they are."""


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From ``start`` to ``end`` (exclusive), in seconds from the source's first frame."""

    start: Fraction
    end: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckVerdict:
    """What an engine's own content check decided; written once."""

    version: int = VERSION
    check_id: Digest
    allowed: bool
    ranges: tuple[TimeRange, ...]
    """Where explicit content was seen; may hold some when the source is allowed."""
    frames_looked_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkOrder:
    """All an agent needs to render one chunk."""

    version: int = VERSION
    source_digest: Digest
    piece: Piece
    time_base: Fraction
    frame_rate: Fraction
    """Average rate in frames a second, for the encoder's rate control only."""
    first_frame: int
    """Index in the source of the first entry of ``pts``."""
    pts: tuple[int, ...]
    """Presentation time of each frame of the chunk and its halo, strictly rising."""
    picture: Picture
    engine: EngineSpec
    encoder: EncoderSettings
    tracks: tuple[FaceTrack, ...]
    segments: tuple[SegmentRef, ...]
    """In order and adjoining; together the chunk's frame range."""
    check: ContentCheck | None = None
    """None where the desktop has made every check itself."""

    @property
    def chunk_id(self) -> ChunkId:
        """The digest of the chunk's segment ids; a piece cut otherwise makes no new chunk."""
        return chunk_id_of(self.segments)

    @property
    def start_frame(self) -> int:
        """First frame of the chunk."""
        return self.segments[0].start_frame

    @property
    def end_frame(self) -> int:
        """One past the last frame of the chunk."""
        return self.segments[-1].end_frame


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentSpec:
    """Everything that decides the bytes of one segment; its digest is the segment's id."""

    version: int = VERSION
    source_digest: Digest
    start_frame: int
    end_frame: int
    picture: Picture
    engine: EngineSpec
    encoder: EncoderSettings
    tracks: tuple[FaceTrack, ...]
    """Cut to the frames that can reach the segment, see :func:`tracks_reaching`."""

    @property
    def segment_id(self) -> SegmentId:
        """The digest of the whole description."""
        return SegmentId(digest_of(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRecord:
    """What is known of a stored segment; written after its blob, and only once."""

    version: int = VERSION
    segment_id: SegmentId
    start_frame: int
    end_frame: int
    blob: Digest
    """Of the segment file: MP4, one closed-GOP video track, pts counted from the first frame."""
    segment_bytes: int
    concealed_frames: tuple[int, ...] = ()
    """Frames that could not be decoded and repeat their neighbour."""
    missed_frames: tuple[int, ...] = ()
    """Frames in which a cast face was expected and not found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkMessage:
    """What travels through the queue: the chunk, nothing else."""

    version: int = VERSION
    chunk_id: ChunkId


def chunk_id_of(segments: tuple[SegmentRef, ...]) -> ChunkId:
    """Return the id of the chunk that these segments make up."""
    return ChunkId(digest_of([VERSION, *(ref.segment_id for ref in segments)]))


def segment_spec(
    *,
    source_digest: Digest,
    picture: Picture,
    engine: EngineSpec,
    encoder: EncoderSettings,
    tracks: tuple[FaceTrack, ...],
    start_frame: int,
    end_frame: int,
) -> SegmentSpec:
    """Return what decides the bytes of ``start_frame..end_frame``; ``tracks`` of any length.

    The one way to a segment's id: the planner uses it, and the agent checks orders by it.
    """
    halo_frames = engine.halo_frames
    reach = tracks_reaching(tracks, start_frame - halo_frames, end_frame + halo_frames)
    return SegmentSpec(
        source_digest=source_digest,
        start_frame=start_frame,
        end_frame=end_frame,
        picture=picture,
        engine=engine,
        encoder=encoder,
        tracks=reach,
    )


def tracks_reaching(
    tracks: tuple[FaceTrack, ...], start_frame: int, end_frame: int
) -> tuple[FaceTrack, ...]:
    """Return ``tracks`` cut to ``start_frame..end_frame``, keeping the boxes that decide it.

    A box outside the range stays when a place inside is interpolated from it, so the
    result is the same for the range however long the track goes on beyond.
    """
    cut = (_cut_track(track, start_frame, end_frame) for track in tracks)
    return tuple(sorted((t for t in cut if t is not None), key=digest_of))


def _cut_track(track: FaceTrack, start_frame: int, end_frame: int) -> FaceTrack | None:
    start = max(track.start_frame, start_frame)
    end = min(track.end_frame, end_frame)
    if start >= end:
        return None
    before = [box for box in track.boxes if box.frame <= start][-1:]
    after = [box for box in track.boxes if box.frame >= end - 1][:1]
    inside = [box for box in track.boxes if start < box.frame < end - 1]
    boxes = tuple(dict.fromkeys([*before, *inside, *after]))
    return FaceTrack(start_frame=start, end_frame=end, boxes=boxes, photos=track.photos)
