"""Write a source's sound as one plain WAV file that begins with the first frame."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from orchestrator.errors import SourceRefused
from remote_worker.contract.coding import from_plain
from remote_worker.contract.records import Digest
from remote_worker.digests import digest_of_file
from remote_worker.frames.opening import open_media

RATE_HZ = 48_000
_CHANNELS, _SAMPLE_BYTES = 2, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRequest:
    """Whose sound, and where it is to be written."""

    path: str
    start: Fraction
    """Time of the first frame, in seconds of the source's own times."""
    duration: Fraction
    """Seconds from there; what comes later is left out."""
    to: str


@dataclass(frozen=True, slots=True)
class VoiceMade:
    """A sound that was written."""

    digest: Digest


def voice_task(request: Any, report: Callable[..., None]) -> VoiceMade:
    """Write the sound of a :class:`VoiceRequest`."""
    return write_voice(from_plain(VoiceRequest, request), report)


def write_voice(request: VoiceRequest, report: Callable[..., None]) -> VoiceMade:
    """Write the first sound track at 48 kHz, two channels, 16 bit; gaps are silent.

    Raises:
        SourceRefused: there is no sound, or it does not decode.
    """
    to = Path(request.to)
    most = int(request.duration * RATE_HZ)
    try:
        with open_media(Path(request.path)) as container, wave.open(str(to), "wb") as out:
            out.setnchannels(_CHANNELS)
            out.setsampwidth(_SAMPLE_BYTES)
            out.setframerate(RATE_HZ)
            if not container.streams.audio:
                raise _no_sound()
            written = 0
            for at, samples in _samples(container, request.start):
                piece = _placed(at, samples, written, most)
                out.writeframes(piece.tobytes())
                written += len(piece)
                report({"frames_done": written, "frames_total": most})
                if written >= most:
                    break
    except av.FFmpegError as error:
        raise _no_sound() from error
    if not written:
        raise _no_sound()
    return VoiceMade(digest_of_file(to))


def _samples(
    container: av.container.InputContainer, start: Fraction
) -> Iterator[tuple[int, np.ndarray[Any, np.dtype[np.int16]]]]:
    """Yield runs of samples (n x 2), each with its place counted from ``start``."""
    resampler = av.AudioResampler(format="s16", layout="stereo", rate=RATE_HZ)
    following: int | None = None
    for frame in container.decode(audio=0):
        at = following
        if frame.pts is not None and frame.time_base is not None:
            told = round((frame.pts * frame.time_base - start) * RATE_HZ)
            if following is None or abs(told - following) > RATE_HZ // 10:
                at = told  # the first, or a gap that can be heard
        at = at or 0
        for part in resampler.resample(frame):
            samples = np.asarray(part.to_ndarray(), np.int16).reshape(-1, _CHANNELS)
            yield at, samples
            at += len(samples)
        following = at


def _placed(
    at: int, samples: np.ndarray[Any, np.dtype[np.int16]], written: int, most: int
) -> np.ndarray[Any, np.dtype[np.int16]]:
    """Return what follows the samples ``written``: silence up to ``at``, then ``samples``."""
    samples = samples[max(0, written - at) :]
    silence = np.zeros((max(0, min(at, most) - written), _CHANNELS), np.int16)
    return np.concatenate([silence, samples])[: max(0, most - written)]


def _no_sound() -> SourceRefused:
    return SourceRefused(
        "no_sound",
        "This video has no sound that can be read, so no lips can follow it.",
        "Put the sound into the video first, or leave out the lip sync.",
    )
