"""Be the tasks of a guarded child that live in packages which know nothing of children."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.content import (
    ContentRequest,
    ContentVerdict,
    PhotosRequest,
    check,
    check_photos,
)
from orchestrator.content_clip import ClipMade, ClipRequest, write_clip
from orchestrator.errors import SourceRefused
from orchestrator.faces.people import Scan
from orchestrator.faces.photo import PHOTO_MODELS, PhotoFaces, look_at_photo
from orchestrator.faces.request import ScanRequest
from orchestrator.models import find_models
from remote_worker.contract.coding import from_plain

Report = Callable[..., None]


def scan_task(request: Any, report: Report) -> Scan:
    """Find the people of a :class:`ScanRequest`."""
    from orchestrator.faces.scan import scan

    return scan(from_plain(ScanRequest, request), report)


def look_task(request: Any, report: Report) -> PhotoFaces:
    """Look at the re-encoded photo at ``request["path"]``."""
    del report
    return look_at_photo(Path(request["path"]), find_models(PHOTO_MODELS))


def content_task(request: Any, report: Report) -> ContentVerdict:
    """Check the clip of a :class:`ContentRequest`."""
    return check(from_plain(ContentRequest, request), report)


def content_clip_task(request: Any, report: Report) -> ClipMade:
    """Write the frames that an engine's own check looks at, of a :class:`ClipRequest`."""
    return write_clip(from_plain(ClipRequest, request), report)


def photos_task(request: Any, report: Report) -> ContentVerdict:
    """Check the photos of a :class:`PhotosRequest`."""
    del report
    return check_photos(from_plain(PhotosRequest, request))


@dataclass(frozen=True, slots=True)
class FootageMade:
    """How long the demo's video is."""

    frames: int


def footage_task(request: Any, report: Report) -> FootageMade:
    """Make the demo's video, ``request["frames"]`` long, at ``request["to"]``."""
    from orchestrator.demo.footage import make_footage

    make_footage(
        Path(request["to"]),
        frames=request["frames"],
        share=lambda done, total: report({"frames_done": done, "frames_total": total}),
    )
    return FootageMade(request["frames"])


def assemble_task(request: Any, report: Report) -> Any:
    """Assemble the video of an ``AssemblyRequest``."""
    from orchestrator.media.assemble import (
        AssemblyFailed,
        AssemblyRequest,
        SegmentRefused,
        assemble,
    )

    try:
        return assemble(
            from_plain(AssemblyRequest, request),
            lambda done, total: report({"frames_done": done, "frames_total": total}),
        )
    except (AssemblyFailed, SegmentRefused) as error:
        raise SourceRefused(error.reason, error.sentence, error.advice) from error
