"""Give finished videos out, whole or in ranges."""

from __future__ import annotations

import base64
from typing import Any

from fastapi.responses import FileResponse

from orchestrator.serve import shapes
from orchestrator.serve.door import Who, router
from orchestrator.serve.parts import Has

_TYPES = {".mp4": "video/mp4", ".mov": "video/quicktime", ".mkv": "video/x-matroska"}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"video/*": {}}},
    206: {"description": "The range that was asked for.", "content": {"video/*": {}}},
    416: {"description": "There is no such range."},
}
routes = router("jobs", 410)


@routes.get("/jobs/{job_id}/video", response_class=FileResponse, responses=_ANSWERS)
def video(has: Has, who: Who, job_id: shapes.JobId) -> FileResponse:
    """Return the finished video, or a `range` of it."""
    path, digest = has.jobs.video(who, job_id)
    name = f"secondunit-{job_id}{path.suffix}"
    headers = {"etag": f'"{digest}"', "repr-digest": _repr_digest(digest)}
    return FileResponse(path, media_type=_TYPES[path.suffix], filename=name, headers=headers)


def _repr_digest(digest: str) -> str:
    """Return the header of RFC 9530 that lets a downloader check what it got."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:"
