"""Give a source's sound in step with its frames: 48,000 times a second, two channels."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from numpy.typing import NDArray

from orchestrator.preview.scene import SceneSource
from remote_worker.frames.opening import open_media

RATE_HZ = 48_000
_CHANNELS = 2
_BYTES_EACH = 2
_EARLIER_S = 0.5
"""Decoders need a little before the place that is wanted."""
_TORN = RATE_HZ // 20
"""Samples by which a track's own times may differ from the count before they are believed."""
Samples = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    samples: Samples

    @property
    def end(self) -> int:
        return self.start + len(self.samples)


class SoundReader:
    """Reads the first audio track by position; for one thread at a time.

    Positions count samples from when the first frame is shown.  Where the track has nothing,
    or nothing that decodes, there is silence: sound never stops a picture.
    """

    def __init__(self, source: SceneSource) -> None:
        """Open nothing yet."""
        self._path = Path(source.path)
        self._zero = source.index.pts[0] * source.index.time_base
        self._container: InputContainer | None = None
        self._parts: deque[_Part] = deque()
        self._coming: Iterator[_Part] = iter(())
        self._at = -1

    def read(self, start: int, end: int) -> bytes:
        """Return the samples from ``start`` to ``end``, interleaved, 16 bits each."""
        if start != self._at:
            self._seek(start)
        self._at = end
        while not self._parts or self._parts[-1].end < end:
            part = next(self._coming, None)
            if part is None:
                break
            if part.end > start:
                self._parts.append(part)
        return self._cut(start, end).tobytes()

    def close(self) -> None:
        """Close the file."""
        container, self._container = self._container, None
        self._parts.clear()
        self._coming = iter(())
        self._at = -1
        if container is not None:
            container.close()

    def _cut(self, start: int, end: int) -> Samples:
        made = np.zeros((end - start, _CHANNELS), np.int16)
        for part in self._parts:
            first, last = max(part.start, start), min(part.end, end)
            if first < last:
                made[first - start : last - start] = part.samples[
                    first - part.start : last - part.start
                ]
        while self._parts and self._parts[0].end <= end:
            self._parts.popleft()
        return made

    def _seek(self, start: int) -> None:
        self.close()
        with contextlib.suppress(av.FFmpegError, IndexError):  # then there is silence
            self._container = open_media(self._path)
            track = self._container.streams.audio[0]
            wanted = self._zero + Fraction(start, RATE_HZ) - Fraction(_EARLIER_S)
            with contextlib.suppress(av.FFmpegError):  # it is read from its beginning
                base = track.time_base or Fraction(1, RATE_HZ)
                self._container.seek(int(wanted / base), stream=track, backward=True)
            self._coming = self._parts_from(self._container)

    def _parts_from(self, container: InputContainer) -> Iterator[_Part]:
        resampler = _resampler()
        following: int | None = None
        for frame in _decoded(container):
            if frame.pts is not None and frame.time_base is not None:
                time = frame.pts * frame.time_base - self._zero
                said = round(time * RATE_HZ)
                if following is None or abs(said - following) > _TORN:
                    following = said
            if following is None:
                continue  # it has no time, so nobody knows where it belongs
            try:
                made = resampler.resample(frame)
            except (ValueError, av.FFmpegError):  # the track changed its form on the way
                resampler = _resampler()
                continue
            for each in made:
                samples = each.to_ndarray().reshape(-1, _CHANNELS).astype(np.int16, copy=False)
                yield _Part(following, samples)
                following += len(samples)


def _decoded(container: InputContainer) -> Iterator[av.AudioFrame]:
    """Yield the frames of the first audio track; damage is passed over."""
    track = container.streams.audio[0]
    with contextlib.suppress(av.FFmpegError):  # the end of what can be read
        for packet in container.demux(track):
            try:
                yield from packet.decode()
            except av.InvalidDataError:
                continue


def _resampler() -> av.AudioResampler:
    return av.AudioResampler(format="s16", layout="stereo", rate=RATE_HZ)
