"""Say over HTTP what went wrong, as RFC 9457 problems with our own sentence and advice."""

from __future__ import annotations

import errno
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from orchestrator.crash import write_report
from orchestrator.errors import SecondUnitError
from orchestrator.home import Home

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
MEDIA_TYPE = "application/problem+json"
_STATUSES: dict[str, int] = {
    "job_missing": 404,
    "source_face_missing": 404,
    "queue_busy": 503,
    "queue_broken": 503,
    "no_room": 507,
    "not_saved": 507,
    "storage_failed": 507,
    "model_missing": 503,
    "model_corrupt": 503,
    # What the server's own account does not let it do is no fault of who asks.
    "settings_refused": 503,
    "secrets_unavailable": 503,
    "credentials_missing": 503,
    "credentials_expired": 503,
    "permission_missing": 503,
    "cloud_unreachable": 503,
    "cloud_refused": 503,
    "throttled": 503,
    "quota_too_small": 409,
    "capacity_refused": 409,
    "budget_reached": 409,
}
_SENTENCES: dict[int, tuple[str, str]] = {
    404: ("There is nothing at this address.", "Look into /openapi.json for those there are."),
    405: ("This cannot be done at this address.", "Look into /openapi.json for what can."),
}


class ApiRefused(SecondUnitError):
    """A request that is not granted; ``status`` and ``code`` say why."""

    def __init__(
        self,
        status: int,
        code: str,
        sentence: str,
        advice: str,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(sentence, advice)
        self.status, self.code, self.headers = status, code, headers or {}


class BodyRefused(HTTPException):
    """A refusal while a body is read: the framework passes on only what is of its own kind."""

    def __init__(self, refused: ApiRefused) -> None:
        super().__init__(refused.status, refused.sentence, refused.headers)
        self.refused = refused


def status_of(error: SecondUnitError) -> int:
    """Return the HTTP status that tells of ``error``."""
    if isinstance(error, ApiRefused):
        return error.status
    return _STATUSES.get(error.code, 422)


def problem(
    status: int,
    code: str,
    sentence: str,
    advice: str,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """Return a problem as it goes over the wire."""
    body = {
        "type": f"urn:secondunit:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": sentence,
        "advice": advice,
        **more,
    }
    return JSONResponse(body, status, headers=headers, media_type=MEDIA_TYPE)


def without_paths(text: str, home: Home) -> str:
    """Return what is told to callers: where things lie on the server is none of their business."""
    return text.replace(str(home.root), "the server's folder")


def of_error(error: SecondUnitError, home: Home) -> JSONResponse:
    """Return the problem that a fault of ours is."""
    headers = error.headers if isinstance(error, ApiRefused) else None
    sentence, advice = (without_paths(each, home) for each in (error.sentence, error.advice))
    return problem(status_of(error), error.code, sentence, advice, headers)


def refusing(home: Home) -> Callable[[Request, Exception], Awaitable[JSONResponse]]:
    """Return what answers a fault that has a name."""

    async def on_refused(request: Request, error: Exception) -> JSONResponse:
        del request
        assert isinstance(error, SecondUnitError)  # noqa: S101  # registered for these alone
        return of_error(error, home)

    return on_refused


async def on_invalid(request: Request, error: Exception) -> JSONResponse:
    """Answer a request that does not have the shape that is described."""
    del request
    assert isinstance(error, RequestValidationError)  # noqa: S101  # registered for these alone
    wrong = [
        {"where": "/".join(map(str, each["loc"]))[:200], "what": str(each["msg"])[:200]}
        for each in error.errors()[:20]
    ]
    return problem(
        422,
        "not_understood",
        "The request does not have the shape that is described.",
        "Look into /openapi.json; 'errors' says where it differs.",
        errors=wrong,
    )


async def on_http(request: Request, error: Exception) -> JSONResponse:
    """Answer what the framework refuses by itself."""
    del request
    assert isinstance(error, HTTPException)  # noqa: S101  # registered for these alone
    if isinstance(error, BodyRefused):
        why = error.refused
        return problem(why.status, why.code, why.sentence, why.advice, why.headers)
    status = error.status_code
    sentence, advice = _SENTENCES.get(status, (str(error.detail), "Look into /openapi.json."))
    headers = dict(error.headers or {})
    return problem(status, HTTPStatus(status).name.lower(), sentence, advice, headers)


def faulty(home: Home) -> Callable[[Request, Exception], Awaitable[JSONResponse]]:
    """Return what answers a fault of the program."""

    async def on_error(request: Request, error: Exception) -> JSONResponse:
        del request
        return on_fault(home, error)

    return on_error


def on_fault(home: Home, error: Exception) -> JSONResponse:
    """Answer a fault of the program: it is written down here, and not told to the world."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return problem(
            507, "no_room", "The server's disk is full; what had arrived is kept.", "Try later."
        )
    try:
        write_report(home, error)
        advice = "The report lies on the server, in its folder of crashes."
    except OSError:
        advice = "The report could not be written on the server."
    return problem(500, "fault", "Second Unit made a mistake. What was finished is kept.", advice)
