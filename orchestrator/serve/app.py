"""Be the HTTP API: every route, who may use it, and what it answers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from importlib import metadata
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, StreamingResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from orchestrator.errors import SecondUnitError
from orchestrator.home import Home
from orchestrator.serve import problems, shapes
from orchestrator.serve.guards import Guards
from orchestrator.serve.jobs import ServedJobs
from orchestrator.serve.limits import AtOnce, Buckets, Limits, too_often
from orchestrator.serve.problems import ApiRefused
from orchestrator.serve.served_faces import ServedFaces, wordings
from orchestrator.serve.stream import states
from orchestrator.serve.tokens import Tokens
from orchestrator.serve.uploads import Received, Uploads

_KEY = re.compile(r"[\x21-\x7e]{1,100}")
_WRITE_BYTES = 1 << 20
_PROBLEM = {"model": shapes.Problem, "content": {problems.MEDIA_TYPE: {}}}
_BEARER = HTTPBearer(auto_error=False, description="A token of 'secondunit serve token'.")
_ABOUT = """Render faces into videos over HTTP.

The way of a render: `POST /v1/uploads`, its parts by `PATCH`, the same for photos;
`POST /v1/faces` with the statement of consent; `POST /v1/jobs`; watch it by
`GET /v1/jobs/{id}/events`; `GET /v1/jobs/{id}/video`; `DELETE` what is not needed any more.

The content check runs over every video and photo. Every finished video says that it is AI-made.
"""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the routes stand on."""

    home: Home
    tokens: Tokens
    uploads: Uploads
    faces: ServedFaces
    jobs: ServedJobs
    limits: Limits
    listen: Callable[[Callable[[], None]], Callable[[], None]]
    """Has a call made when the queue changed; returns what ends that."""
    closing: asyncio.Event
    """Set when the server ends: streams end then."""


def make_app(parts: Parts) -> Guards:
    """Return the API as an ASGI application."""
    app = FastAPI(
        title="Second Unit",
        version=metadata.version("secondunit"),
        description=_ABOUT,
        docs_url=None,  # it would load scripts from elsewhere
        redoc_url=None,
    )
    app.add_exception_handler(SecondUnitError, problems.refusing(parts.home))
    app.add_exception_handler(RequestValidationError, problems.on_invalid)
    app.add_exception_handler(HTTPException, problems.on_http)
    app.add_exception_handler(Exception, problems.faulty(parts.home))
    caller = _caller(parts)
    for router in (_open(), _uploads(parts, caller), _faces(parts, caller), _jobs(parts, caller)):
        app.include_router(router, prefix="/v1")
    return Guards(app, parts.home, parts.limits)


def _router(caller: Any, tag: str, *statuses: int) -> APIRouter:
    told: dict[int | str, dict[str, Any]] = {
        status: dict(_PROBLEM) for status in (400, 401, 404, 409, 413, 422, 429, 503, *statuses)
    }
    guards = [] if caller is None else [Depends(caller)]
    return APIRouter(tags=[tag], dependencies=guards, responses=told)


def _who(request: Request) -> str:
    """Return whose token it was; the routes' first dependency let them in."""
    return str(request.state.who)


Who = Annotated[str, Depends(_who)]


def _caller(parts: Parts) -> Callable[..., None]:
    """Return what lets a caller in by their token and holds them to their rate."""
    rate = Buckets(parts.limits.requests_per_s, parts.limits.burst)
    guesses = Buckets(parts.limits.guesses_per_s, parts.limits.guess_burst)

    def let_in(
        request: Request,
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    ) -> None:
        token = parts.tokens.who(given.credentials) if given is not None else None
        if token is None:
            where = request.client.host if request.client is not None else ""
            if wait_s := guesses.take(where):
                raise too_often(wait_s)
            raise ApiRefused(
                401,
                "who_asks",
                "This needs a token.",
                "Send 'Authorization: Bearer su_…'; 'secondunit serve token' makes one.",
                {"www-authenticate": "Bearer"},
            )
        if wait_s := rate.take(token.name):
            raise too_often(wait_s)
        request.state.who = token.name

    return let_in


def _open() -> APIRouter:
    router = _router(None, "about")

    @router.get("/health")
    def health() -> shapes.Health:
        """Say that the server runs."""
        return shapes.Health(status="ok")

    @router.get("/consent")
    def consent() -> list[shapes.Wording]:
        """Return the statements of consent that are accepted, word for word."""
        return wordings()

    return router


def _uploads(parts: Parts, caller: Any) -> APIRouter:
    router = _router(caller, "uploads", 408, 507)
    limits, uploads = parts.limits, parts.uploads

    def shown(received: Received, response: Response) -> shapes.UploadState:
        response.headers["upload-offset"] = str(received.received_bytes)
        return _upload(received, limits)

    @router.post("/uploads", status_code=201)
    def begin(who: Who, wish: shapes.UploadWish, response: Response) -> shapes.UploadState:
        """Tell of a file that is about to be sent."""
        if parts.jobs.kept_bytes() + wish.size_bytes > limits.kept_bytes:
            raise ApiRefused(
                507, "no_room", "The server keeps as much as it may.", "Delete what is over."
            )
        used = parts.jobs.used_uploads()
        begun = uploads.begin(who, wish.kind, wish.title, wish.size_bytes, wish.sha256, used)
        return shown(begun, response)

    @router.get("/uploads/{upload_id}")
    def look(who: Who, upload_id: shapes.UploadId, response: Response) -> shapes.UploadState:
        """Say how much of a file is here: what follows is to be sent."""
        return shown(uploads.get(who, upload_id), response)

    @router.patch(
        "/uploads/{upload_id}",
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/octet-stream": {"schema": {"format": "binary"}}},
            }
        },
    )
    async def append(
        who: Who,
        upload_id: shapes.UploadId,
        upload_offset: Annotated[int, Header(ge=0, le=1 << 50)],
        request: Request,
        response: Response,
    ) -> shapes.UploadState:
        """Send the bytes from `upload-offset` on; what arrived is kept even if this is cut off.

        With the last byte the digest is checked: a file that is not what was told is deleted.
        """
        received = await run_in_threadpool(uploads.get, who, upload_id)
        await _take(request, uploads, received, upload_offset, limits.part_wait_s)
        return shown(await run_in_threadpool(uploads.finish, received), response)

    @router.delete("/uploads/{upload_id}", status_code=204)
    def delete(who: Who, upload_id: shapes.UploadId) -> None:
        """Delete a file that was sent; a job that was made of it needs it to the end."""
        if upload_id in parts.jobs.used_uploads():
            raise ApiRefused(
                409, "upload_in_use", "A job was made of this upload.", "Delete the job."
            )
        uploads.delete(who, upload_id)

    return router


async def _take(
    request: Request, uploads: Uploads, received: Received, offset: int, wait_s: float
) -> None:
    """Write a body to its upload as it comes."""
    with uploads.appending(received, offset) as appending:
        stream, kept = request.stream().__aiter__(), bytearray()
        try:
            while True:
                try:
                    kept += await asyncio.wait_for(anext(stream), wait_s)
                except StopAsyncIteration:
                    break
                except TimeoutError:
                    raise ApiRefused(
                        408,
                        "too_slow",
                        f"Nothing came for {wait_s:.0f} seconds.",
                        "What came is kept: ask how much is here, then go on.",
                        {"connection": "close"},
                    ) from None
                if len(kept) >= _WRITE_BYTES:
                    full, kept = bytes(kept), bytearray()
                    await run_in_threadpool(appending.write, full)
        finally:
            appending.write(bytes(kept))  # less than a megabyte: also when the line broke


def _faces(parts: Parts, caller: Any) -> APIRouter:
    router = _router(caller, "faces")

    @router.get("/faces")
    def show(who: Who) -> list[shapes.Face]:
        """List your source faces."""
        return parts.faces.of(who)

    @router.post("/faces", status_code=201)
    def add(who: Who, wish: shapes.FaceWish) -> shapes.Face:
        """Keep a source face, with the statement that it may be used."""
        return parts.faces.add(who, wish)

    @router.delete("/faces/{face_id}", status_code=204)
    def delete(who: Who, face_id: shapes.FaceId) -> None:
        """Delete a source face with its photos and its consent."""
        parts.faces.remove(who, face_id, parts.jobs.uses_face)

    return router


def _jobs(parts: Parts, caller: Any) -> APIRouter:
    router = _router(caller, "jobs", 410)
    jobs, streams = parts.jobs, AtOnce(parts.limits.streams)

    @router.get("/jobs")
    def show(who: Who) -> list[shapes.Job]:
        """List your jobs in the queue's order."""
        return jobs.of(who)

    @router.post("/jobs", status_code=201, responses={200: {"model": shapes.Job}})
    def submit(
        who: Who,
        wish: shapes.JobWish,
        response: Response,
        idempotency_key: Annotated[str | None, Header(max_length=100)] = None,
    ) -> shapes.Job:
        """Put a video in the queue; with an `idempotency-key`, once, however often it is asked."""
        job, is_new = jobs.submit(who, wish, _key(idempotency_key))
        response.status_code = 201 if is_new else 200
        return job

    @router.get("/jobs/{job_id}")
    def look(who: Who, job_id: shapes.JobId) -> shapes.Job:
        """Say how a job stands."""
        return jobs.get(who, job_id)

    @router.get("/jobs/{job_id}/people")
    def people(who: Who, job_id: shapes.JobId) -> list[shapes.Person]:
        """List who was found in a job's video."""
        return list(jobs.people(who, job_id))

    @router.get(
        "/jobs/{job_id}/people/{person_id}/picture",
        response_class=FileResponse,
        responses={200: {"content": {"image/jpeg": {}}}},
    )
    def picture(
        who: Who,
        job_id: shapes.JobId,
        person_id: Annotated[str, Path(pattern=r"^p[0-9]{1,4}$")],
    ) -> FileResponse:
        """Return a picture of somebody who was found."""
        path = jobs.picture(who, job_id, person_id)
        kind = "image/png" if path.suffix == ".png" else "image/jpeg"
        return FileResponse(path, media_type=kind)

    @router.put("/jobs/{job_id}/casts")
    def cast(who: Who, job_id: shapes.JobId, wish: shapes.CastsWish) -> shapes.Job:
        """Set who is cast as whom in a job that was looked at."""
        return jobs.cast(who, job_id, wish.casts)

    @router.post("/jobs/{job_id}/render")
    def render(who: Who, job_id: shapes.JobId) -> shapes.Job:
        """Have a job rendered, or tried again after it stopped or failed."""
        return jobs.render(who, job_id)

    @router.post("/jobs/{job_id}/cancel")
    def cancel(who: Who, job_id: shapes.JobId) -> shapes.Job:
        """End a job for good, or take it out of the line."""
        return jobs.cancel(who, job_id)

    @router.delete("/jobs/{job_id}", status_code=204)
    def delete(who: Who, job_id: shapes.JobId) -> None:
        """End a job and delete it with its video, and its upload if no other job needs it."""
        jobs.delete(who, job_id)

    @router.get(
        "/jobs/{job_id}/video",
        response_class=FileResponse,
        responses={
            200: {"content": {"video/*": {}}},
            206: {"description": "The range that was asked for.", "content": {"video/*": {}}},
            416: {"description": "There is no such range."},
        },
    )
    def video(who: Who, job_id: shapes.JobId) -> FileResponse:
        """Return the finished video, or a `range` of it."""
        path, digest = jobs.video(who, job_id)
        name = f"secondunit-{job_id}{path.suffix}"
        headers = {"etag": f'"{digest}"', "repr-digest": _repr_digest(digest)}
        return FileResponse(path, media_type=_TYPES[path.suffix], filename=name, headers=headers)

    @router.get(
        "/jobs/{job_id}/events",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}}},
    )
    async def events(who: Who, job_id: shapes.JobId) -> StreamingResponse:
        """Tell how a job stands whenever that changes, as server-sent events, until it is over."""
        jobs.get(who, job_id)

        async def told() -> AsyncIterator[str]:
            with streams.one(who):
                async for each in states(
                    lambda: jobs.get(who, job_id), parts.listen, parts.closing
                ):
                    yield each

        with streams.one(who):
            pass  # one too many is refused before the answer begins
        return StreamingResponse(told(), media_type="text/event-stream")

    return router


_TYPES = {".mp4": "video/mp4", ".mov": "video/quicktime", ".mkv": "video/x-matroska"}


def _upload(received: Received, limits: Limits) -> shapes.UploadState:
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


def _key(given: str | None) -> str:
    if given is None:
        return ""
    if not _KEY.fullmatch(given):
        raise ApiRefused(
            422, "not_understood", "The idempotency-key is none.", "Use letters and digits."
        )
    return given


def _repr_digest(digest: str) -> str:
    """Return the header of RFC 9530 that lets a downloader check what it got."""
    import base64

    return f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:"
