"""Ask a guarded child for each thing that opens media: the typed face of the guard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.content import ContentRequest, ContentVerdict, PhotosRequest
from orchestrator.content_clip import ClipMade, ClipRequest
from orchestrator.faces.people import Scan
from orchestrator.faces.photo import PhotoFaces
from orchestrator.faces.request import ScanRequest
from orchestrator.media.assemble import Assembled, AssemblyRequest
from orchestrator.media.cut import AllCut, CutDone, CutRequest
from orchestrator.media.guard import GIB, Limits, call, understood
from orchestrator.media.photo import Photo
from orchestrator.media.probe import Probed
from orchestrator.media.report import FrameIndex, SourceReport
from orchestrator.media.tasks import FootageMade
from orchestrator.media.thumbnail import Thumbnail, ThumbnailRequest
from orchestrator.media.voice import VoiceMade, VoiceRequest
from orchestrator.sources import PreparedPhoto

Share = Callable[[int, int], None]
"""Hears how much is done, of how much."""
_PROBE = Limits(memory_bytes=2 * GIB, stall_s=600.0)
_PHOTO = Limits(memory_bytes=2 * GIB, wall_s=60.0, stall_s=60.0)
_LONG = Limits(memory_bytes=6 * GIB, wall_s=24 * 3600.0, stall_s=900.0)


def probe_source(path: Path) -> tuple[SourceReport, FrameIndex]:
    """Return what a source is and when its frames are shown.

    Raises:
        SourceRefused: it cannot be rendered; the code says why.
    """
    probed = call("probe", {"path": str(path.absolute())}, Probed, limits=_PROBE)
    return probed.report, probed.index


def make_thumbnail(report: SourceReport, index: FrameIndex, to: Path, longest_px: int) -> None:
    """Draw a small picture of a source, as a JPEG at ``to``.

    Raises:
        SourceRefused: no frame can be read.
    """
    request = ThumbnailRequest(
        path=report.path,
        stream_index=report.video.stream_index,
        picture=report.video.picture,
        index=index,
        to=str(to),
        longest_px=longest_px,
    )
    call("thumbnail", request, Thumbnail, limits=_PROBE)


def cut_pieces(
    request: CutRequest, on_piece: Callable[[CutDone], None], cancelled: threading.Event
) -> None:
    """Cut every piece of the request in one child, in order; ``on_piece`` hears of each.

    Raises:
        SourceRefused: the source cannot be read (any more).
        Cancelled: ``cancelled`` was set; the pieces that were reported are whole.
    """

    def progress(plain: Any) -> None:
        on_piece(understood(CutDone, plain))

    call("cut", request, AllCut, limits=_LONG, on_progress=progress, cancelled=cancelled)


def assemble(request: AssemblyRequest, on_share: Share, cancelled: threading.Event) -> Assembled:
    """Write the finished video and read it back.

    Raises:
        SecondUnitError: a segment is refused, there is no room, or what was written is not
            what it should be; no output is left.
        Cancelled: ``cancelled`` was set; no output is left.
    """
    return call(
        "assemble",
        request,
        Assembled,
        limits=_LONG,
        on_progress=_shares(on_share),
        cancelled=cancelled,
    )


def scan_faces(
    request: ScanRequest, on_share: Share, cancelled: threading.Event | None = None
) -> Scan:
    """Return the people of the request's sources.

    Raises:
        SourceRefused: a source cannot be read.
        Cancelled: ``cancelled`` was set.
    """
    return call(
        "scan", request, Scan, limits=_LONG, on_progress=_shares(on_share), cancelled=cancelled
    )


def check_content(
    request: ContentRequest, on_share: Share, cancelled: threading.Event | None = None
) -> ContentVerdict:
    """Return the content check's verdict on a whole clip.

    Raises:
        SecondUnitError: it could not be checked, so nothing may be rendered.
        Cancelled: ``cancelled`` was set.
    """
    return call(
        "content",
        request,
        ContentVerdict,
        limits=_LONG,
        on_progress=_shares(on_share),
        cancelled=cancelled,
    )


def make_check_clip(
    request: ClipRequest, on_share: Share, cancelled: threading.Event | None = None
) -> ClipMade:
    """Write the frames that an engine's own content check looks at.

    Raises:
        SecondUnitError: the source cannot be read, or there is no room.
        Cancelled: ``cancelled`` was set; what is there is not whole.
    """
    return call(
        "content_clip",
        request,
        ClipMade,
        limits=_LONG,
        on_progress=_shares(on_share),
        cancelled=cancelled,
    )


def make_voice(
    request: VoiceRequest, on_share: Share, cancelled: threading.Event | None = None
) -> VoiceMade:
    """Write a source's sound as one plain file.

    Raises:
        SourceRefused: there is none that can be read.
        Cancelled: ``cancelled`` was set; what is there is not whole.
    """
    return call(
        "voice",
        request,
        VoiceMade,
        limits=_LONG,
        on_progress=_shares(on_share),
        cancelled=cancelled,
    )


def make_demo_footage(
    to: Path, frames: int, on_share: Share, cancelled: threading.Event | None = None
) -> None:
    """Write the demo's video in a child, so that making it disturbs nobody here.

    Raises:
        SecondUnitError: it could not be made.
        Cancelled: ``cancelled`` was set; what is at ``to`` is not whole.
    """
    call(
        "footage",
        {"to": str(to.absolute()), "frames": frames},
        FootageMade,
        limits=_LONG,
        on_progress=_shares(on_share),
        cancelled=cancelled,
    )


def prepare_photo(photo: Path, to: Path) -> PreparedPhoto:
    """Re-encode a photo to ``to`` and say which faces it shows and whether it is allowed.

    Raises:
        PhotoUnreadable: it is not a photo that can be read.
        SecondUnitError: it could not be checked.
    """
    call("photo", {"path": str(photo.absolute()), "to": str(to.absolute())}, Photo, limits=_PHOTO)
    faces = look_at_photo(to)
    request = PhotosRequest((str(to.absolute()),))
    verdict = call("photos", request, ContentVerdict, limits=_PHOTO)
    return PreparedPhoto(
        face_count=len(faces.faces),
        allowed=verdict.allowed,
        hints=faces.hints,
        boxes=tuple(face.box for face in faces.faces),
    )


def look_at_photo(photo: Path) -> PhotoFaces:
    """Return the faces of a re-encoded photo and what a person should know of them."""
    return call("look", {"path": str(photo.absolute())}, PhotoFaces, limits=_PHOTO)


@dataclass(frozen=True, slots=True)
class _Share:
    frames_done: int
    frames_total: int


def _shares(on_share: Share) -> Callable[[Any], None]:
    """Return what hears a child's progress and tells ``on_share`` of it."""

    def progress(plain: Any) -> None:
        share = understood(_Share, plain)
        on_share(share.frames_done, share.frames_total)

    return progress
