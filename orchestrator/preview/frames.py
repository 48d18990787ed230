"""Give any frame of a file quickly: a decoder stays open, and the frames around are kept."""

from __future__ import annotations

import bisect
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

from orchestrator.media.index import index_frames
from orchestrator.preview.scene import SceneSource, StoredPart
from orchestrator.preview.shrink import as_stored
from remote_worker.contract.records import Picture
from remote_worker.errors import SourceUnreadable
from remote_worker.frames.decode import Decoded, decode_range
from remote_worker.frames.opening import first_video, open_media

Check = Callable[[], None]
"""Raises when the frame is not wanted any more."""
_STRETCH_FRAMES = 1024
"""A decoder is asked for so many frames at once; it gives them one at a time."""
_BACK_FRAMES = 24
"""How many frames before the wanted one are kept too when somebody steps backwards."""
_FEWEST_KEPT = 9
_MOST_KEPT = 64
_KEPT_BYTES = 96 << 20


@dataclass(frozen=True, slots=True)
class FrameFile:
    """A file and the frames of the source that it holds."""

    path: Path
    picture: Picture
    time_base: Fraction
    pts: tuple[int, ...]
    """Of its own frames."""
    first_frame: int
    keyframes: tuple[int, ...]
    stream_index: int | None
    starts_over: bool
    """Whether its times count from its first frame, and it is read from its beginning."""

    @property
    def end_frame(self) -> int:
        """One past its last frame."""
        return self.first_frame + len(self.pts)


def file_of_source(source: SceneSource) -> FrameFile:
    """Return the source itself as a file of frames."""
    index = source.index
    return FrameFile(
        path=Path(source.path),
        picture=source.picture,
        time_base=index.time_base,
        pts=index.pts,
        first_frame=0,
        keyframes=index.keyframes or (0,),
        stream_index=source.stream_index,
        starts_over=False,
    )


def file_of_part(source: SceneSource, part: StoredPart) -> FrameFile:
    """Return a finished segment, or a finished video, as a file of frames.

    Raises:
        SourceUnreadable: it is a video that is gone or holds other frames.
    """
    if part.is_video:
        return _file_of_video(source, part)
    return FrameFile(
        path=Path(part.path),
        picture=as_stored(source.picture),
        time_base=source.index.time_base,
        pts=source.index.pts[part.start_frame : part.end_frame],
        first_frame=part.start_frame,
        keyframes=(part.start_frame,),
        stream_index=None,
        starts_over=True,
    )


def _file_of_video(source: SceneSource, part: StoredPart) -> FrameFile:
    path = Path(part.path)
    try:
        with open_media(path) as container:
            stream_index = first_video(container).index
        index = index_frames(path, stream_index).index
    except (av.FFmpegError, LookupError, OSError) as error:
        raise SourceUnreadable(f"{path.name} cannot be read: {error}") from error
    if len(index.pts) != part.end_frame - part.start_frame:
        raise SourceUnreadable(f"{path.name} is not the video that was made.")
    return FrameFile(
        path=path,
        picture=as_stored(source.picture),
        time_base=index.time_base,
        pts=index.pts,
        first_frame=part.start_frame,
        keyframes=tuple(part.start_frame + key for key in index.keyframes),
        stream_index=stream_index,
        starts_over=False,
    )


class FrameReader:
    """Frames of one file by number; for one thread at a time."""

    def __init__(self, file: FrameFile, *, most_kept: int = _MOST_KEPT) -> None:
        """Open nothing yet; at most ``most_kept`` frames are kept, fewer if they are large."""
        self._file = file
        self._kept: OrderedDict[int, Decoded] = OrderedDict()
        self._most_kept = min(most_kept, _frames_in(_KEPT_BYTES, file.picture))
        self._stream: Iterator[Decoded] | None = None
        self._next = self._last = file.first_frame

    @property
    def picture(self) -> Picture:
        """What its frames are."""
        return self._file.picture

    def get(self, frame: int, check: Check | None = None) -> Decoded:
        """Return one frame.

        Raises:
            SourceUnreadable: the file does not open, or nothing near it decodes.
        """
        if not self._file.first_frame <= frame < self._file.end_frame:
            raise SourceUnreadable(f"{self._file.path.name} has no frame {frame}.")
        backwards, self._last = frame < self._last, frame
        found = self._kept.get(frame)
        if found is not None:
            self._kept.move_to_end(frame)
            return found
        if self._stream is None or not self._is_ahead(frame):
            self._open(frame, _BACK_FRAMES if backwards else 0)
        while True:
            decoded = self._pull()
            if decoded.index >= frame:
                return decoded
            if check is not None:
                check()

    def close(self) -> None:
        """Close the file; frames that are kept stay."""
        stream, self._stream = self._stream, None
        close = getattr(stream, "close", None)
        if close is not None:
            close()

    def _is_ahead(self, frame: int) -> bool:
        """Whether the open decoder gets to ``frame`` sooner than one that starts anew."""
        return self._next <= frame and self._keyframe(frame) <= self._next

    def _keyframe(self, frame: int) -> int:
        keys = self._file.keyframes
        return keys[max(0, bisect.bisect_right(keys, frame) - 1)]

    def _open(self, frame: int, back: int) -> None:
        self.close()
        file = self._file
        key = max(self._keyframe(frame), file.first_frame)
        # From the keyframe on, every frame is a chance to give up.
        start = min(key, frame) if _is_cheap(file.picture) else max(key, frame - back)
        end = min(start + _STRETCH_FRAMES, file.end_frame)
        self._stream = decode_range(
            file.path,
            time_base=file.time_base,
            first_frame=file.first_frame,
            pts=file.pts,
            wanted=range(start, end),
            picture=file.picture,
            stream_index=file.stream_index,
            file_start_pts=file.pts[0] if file.starts_over else None,
        )
        self._next = start

    def _pull(self) -> Decoded:
        assert self._stream is not None  # noqa: S101  # only called with one
        try:
            decoded = next(self._stream, None)
        except SourceUnreadable:
            self._stream = None
            raise
        if decoded is None:  # the stretch is over and the frame lies beyond it
            self._open(self._next, 0)
            decoded = next(self._stream)
        self._next = decoded.index + 1
        self._kept[decoded.index] = decoded
        while len(self._kept) > self._most_kept:
            self._kept.popitem(last=False)
        return decoded


def _frames_in(room_bytes: int, picture: Picture) -> int:
    """Return how many decoded frames of a picture fit."""
    sample_bytes = 2 if picture.pixel_format == "yuv420p10le" else 1
    bytes_each = picture.width_px * picture.height_px * 3 // 2 * sample_bytes
    return max(_FEWEST_KEPT, room_bytes // max(bytes_each, 1))


def _is_cheap(picture: Picture) -> bool:
    """Whether a frame need not go through filters, so that those on the way cost little."""
    return not (
        picture.rotation_deg
        or picture.mirrored
        or picture.deinterlace
        or picture.tone_map
        or picture.source_colour != picture.colour
    )
