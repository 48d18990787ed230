"""Find what was rendered of a frame already: a finished segment, or a proof."""

from __future__ import annotations

import bisect
import threading
from collections import OrderedDict
from dataclasses import dataclass

import cv2
import numpy as np

from orchestrator.preview.frames import Check, FrameReader, file_of_part
from orchestrator.preview.scene import Scene, SceneSource, StoredPart
from orchestrator.preview.shrink import Size, shrunk
from remote_worker.engines import Pixels
from remote_worker.frames.decode import Decoded

_OPEN_PARTS = 2
_JPEG = (cv2.IMWRITE_JPEG_QUALITY, 96, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, 0x111111)
"""Without halved colours: what is left of the difference nobody sees."""
PROOF_BYTES = 256 << 20
"""All proofs of a scene together."""


def part_at(scene: Scene, frame: int) -> StoredPart | None:
    """Return the finished segment that holds a frame, or None."""
    place = bisect.bisect_right(scene.stored, frame, key=lambda part: part.start_frame) - 1
    if place < 0 or frame >= scene.stored[place].end_frame:
        return None
    return scene.stored[place]


def is_same(one: Scene, other: Scene) -> bool:
    """Whether two scenes differ at most in what is finished by now."""
    return one.source is other.source and one.cast is other.cast


class PartReaders:
    """Frames of finished segments; a few files stay open. For one thread at a time."""

    def __init__(self, source: SceneSource, *, most_kept: int = 32) -> None:
        """Open nothing yet."""
        self._source, self._most_kept = source, most_kept
        self._readers: OrderedDict[str, FrameReader] = OrderedDict()

    def get(self, part: StoredPart, frame: int, check: Check | None = None) -> Decoded:
        """Return one frame of a part.

        Raises:
            SourceUnreadable: its file is gone or does not decode.
        """
        reader = self._readers.pop(part.path, None)
        if reader is None:
            file = file_of_part(self._source, part)
            reader = FrameReader(file, most_kept=self._most_kept)
        self._readers[part.path] = reader
        while len(self._readers) > _OPEN_PARTS:
            _, old = self._readers.popitem(last=False)
            old.close()
        return reader.get(frame, check)

    def close(self) -> None:
        """Close every file."""
        while self._readers:
            _, reader = self._readers.popitem()
            reader.close()


@dataclass(frozen=True, slots=True)
class ProofFrame:
    """A frame of a proof."""

    jpeg: bytes
    size: Size
    missed: bool

    def pixels(self, size: Size) -> Pixels:
        """Return it as BGR in ``size``."""
        decoded = cv2.imdecode(np.frombuffer(self.jpeg, np.uint8), cv2.IMREAD_COLOR)
        if decoded is None:
            raise ValueError("a proof's frame does not decode")
        return shrunk(decoded.astype(np.uint8, copy=False), size)


class Proofs:
    """What was rendered of a scene on request; safe to use from several threads."""

    def __init__(self) -> None:
        """Begin with none."""
        self._frames: dict[int, ProofFrame] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def keep(self, frame: int, pixels: Pixels, *, missed: bool) -> bool:
        """Keep a frame; return whether there was room."""
        _, data = cv2.imencode(".jpg", pixels, _JPEG)
        made = ProofFrame(data.tobytes(), (pixels.shape[1], pixels.shape[0]), missed)
        with self._lock:
            old = self._frames.get(frame)
            grown = self._bytes + len(made.jpeg) - (len(old.jpeg) if old else 0)
            if grown > PROOF_BYTES:
                return False
            self._frames[frame], self._bytes = made, grown
        return True

    def get(self, frame: int, size: Size | None = None) -> ProofFrame | None:
        """Return a frame if it is there, and no smaller than ``size``."""
        with self._lock:
            found = self._frames.get(frame)
        if found is None or (size is not None and found.size[0] < size[0]):
            return None
        return found

    def has(self, frame: int) -> bool:
        """Whether a frame is there."""
        with self._lock:
            return frame in self._frames

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._frames.clear()
            self._bytes = 0
