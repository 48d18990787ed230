"""Say what a face scan is asked for; plain values, so that a child process can be given it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.media.report import FrameIndex, SourceReport
from remote_worker.contract.records import Digest, Picture

SCAN_MODELS = ("face-detector", "face-identity", "face-mesh")
"""The models that a scan needs, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSource:
    """One source to look through."""

    path: str
    digest: Digest
    stream_index: int
    picture: Picture
    index: FrameIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRequest:
    """All that a scan needs; the files it names are opened where it runs."""

    sources: tuple[ScanSource, ...]
    models: Mapping[str, str]
    """Path of each checked model file of :data:`SCAN_MODELS`."""
    models_digest: str
    crops_folder: str
    """Existing folder that pictures of the people are written to."""


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """How far a scan has got, in frames of all its sources."""

    frames_done: int
    frames_total: int


def scan_source(report: SourceReport, index: FrameIndex) -> ScanSource:
    """Return the source of ``report`` as a scan is given it."""
    return ScanSource(
        path=report.path,
        digest=report.digest,
        stream_index=report.video.stream_index,
        picture=report.video.picture,
        index=index,
    )
