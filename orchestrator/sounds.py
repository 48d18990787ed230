"""Keep the sound of a source, for lips that are to follow it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from pathlib import Path

from orchestrator.home import Home
from orchestrator.media.guarded import make_voice
from orchestrator.media.report import FrameIndex, SourceReport
from orchestrator.media.voice import VoiceRequest
from remote_worker.contract.records import Digest
from remote_worker.digests import digest_of_file

VOICE_MODEL = "voice"
"""What an engine calls the sound that lips follow."""
Share = Callable[[int, int], None]


def voice_of(
    home: Home,
    report: SourceReport,
    index: FrameIndex,
    share: Share,
    cancelled: threading.Event | None = None,
) -> tuple[Digest, Path]:
    """Return the digest and the file of a source's sound; kept for the next time.

    Raises:
        SourceRefused: there is no sound that can be read.
        Cancelled: ``cancelled`` was set.
    """
    kept = home.scans / f"voice-{report.digest}.wav"
    if not kept.is_file():
        making = kept.with_name(f".{kept.name}.{secrets.token_hex(8)}.part")
        request = VoiceRequest(
            path=report.path,
            start=index.pts[0] * index.time_base,
            duration=report.video.duration,
            to=str(making),
        )
        try:
            make_voice(request, share, cancelled)
            making.replace(kept)
        finally:
            making.unlink(missing_ok=True)
    return digest_of_file(kept), kept
