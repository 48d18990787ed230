"""Take files in parts, say how much of them is here, and delete them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Header, Request, Response
from starlette.concurrency import run_in_threadpool

from orchestrator.serve import shapes
from orchestrator.serve.door import Who, router
from orchestrator.serve.limits import Limits
from orchestrator.serve.parts import Has
from orchestrator.serve.problems import ApiRefused
from orchestrator.serve.uploads import Received, Uploads

_WRITE_BYTES = 1 << 20
_BYTES = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"format": "binary"}}},
    }
}
routes = router("uploads", 408, 507)


@routes.post("/uploads", status_code=201)
def begin(has: Has, who: Who, wish: shapes.UploadWish, response: Response) -> shapes.UploadState:
    """Tell of a file that is about to be sent."""
    if has.jobs.kept_bytes() + wish.size_bytes > has.limits.kept_bytes:
        raise ApiRefused(
            507, "no_room", "The server keeps as much as it may.", "Delete what is over."
        )
    used = has.jobs.used_uploads()
    begun = has.uploads.begin(who, wish.kind, wish.title, wish.size_bytes, wish.sha256, used)
    return _shown(begun, has.limits, response)


@routes.get("/uploads/{upload_id}")
def look(has: Has, who: Who, upload_id: shapes.UploadId, response: Response) -> shapes.UploadState:
    """Say how much of a file is here: what follows is to be sent."""
    return _shown(has.uploads.get(who, upload_id), has.limits, response)


@routes.patch("/uploads/{upload_id}", openapi_extra=_BYTES)
async def append(
    has: Has,
    who: Who,
    upload_id: shapes.UploadId,
    upload_offset: Annotated[int, Header(ge=0, le=1 << 50)],
    request: Request,
    response: Response,
) -> shapes.UploadState:
    """Send the bytes from `upload-offset` on; what arrived is kept even if this is cut off.

    With the last byte the digest is checked: a file that is not what was told is deleted.
    """
    received = await run_in_threadpool(has.uploads.get, who, upload_id)
    await _take(request, has.uploads, received, upload_offset, has.limits.part_wait_s)
    finished = await run_in_threadpool(has.uploads.finish, received)
    return _shown(finished, has.limits, response)


@routes.delete("/uploads/{upload_id}", status_code=204)
def delete(has: Has, who: Who, upload_id: shapes.UploadId) -> None:
    """Delete a file that was sent; a job that was made of it needs it to the end."""
    if upload_id in has.jobs.used_uploads():
        raise ApiRefused(409, "upload_in_use", "A job was made of this upload.", "Delete the job.")
    has.uploads.delete(who, upload_id)


async def _take(
    request: Request, uploads: Uploads, received: Received, offset: int, wait_s: float
) -> None:
    """Write a body to its upload as it comes."""
    with uploads.appending(received, offset) as appending:
        kept = bytearray()
        try:
            async for part in _in_time(request, wait_s):
                kept += part
                if len(kept) >= _WRITE_BYTES:
                    full, kept = bytes(kept), bytearray()
                    await run_in_threadpool(appending.write, full)
        finally:
            appending.write(bytes(kept))  # less than a megabyte: also when the line broke


async def _in_time(request: Request, wait_s: float) -> AsyncIterator[bytes]:
    """Yield what comes of a body.

    Raises:
        ApiRefused: nothing came for ``wait_s``.
    """
    stream = request.stream().__aiter__()
    while True:
        try:
            part = await asyncio.wait_for(anext(stream), wait_s)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise ApiRefused(
                408,
                "too_slow",
                f"Nothing came for {wait_s:.0f} seconds.",
                "What came is kept: ask how much is here, then go on.",
                {"connection": "close"},
            ) from None
        yield part


def _shown(received: Received, limits: Limits, response: Response) -> shapes.UploadState:
    response.headers["upload-offset"] = str(received.received_bytes)
    upload = received.upload
    return shapes.UploadState(
        id=upload.upload_id,
        kind=upload.kind,
        title=upload.title,
        size_bytes=upload.size_bytes,
        received_bytes=received.received_bytes,
        state="whole" if received.is_whole else "receiving",
        part_bytes=limits.part_bytes,
    )
