"""Be the HTTP API: put its routes together, with what answers when something goes wrong."""

from __future__ import annotations

from importlib import metadata

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from orchestrator.errors import SecondUnitError
from orchestrator.home import Home
from orchestrator.serve import problems
from orchestrator.serve.door import Door
from orchestrator.serve.guards import Guards
from orchestrator.serve.parts import Parts
from orchestrator.serve.routes import about, events, faces, jobs, people, places, uploads, videos

_ABOUT = """Render faces into videos over HTTP.

The way of a render: `POST /v1/uploads`, its parts by `PATCH`, the same for photos;
`POST /v1/faces` with the statement of consent; `POST /v1/jobs`; watch it by
`GET /v1/jobs/{id}/events`; `GET /v1/jobs/{id}/video`; `DELETE` what is not needed any more.

`GET /v1/places` says on which machines jobs may be rendered, and for how much.

The content check runs over every video and photo. Every finished video says that it is AI-made.
"""


def make_app(parts: Parts) -> Guards:
    """Return the API as an ASGI application."""
    app = FastAPI(
        title="Second Unit",
        version=metadata.version("secondunit"),
        description=_ABOUT,
        docs_url=None,  # it would load scripts from elsewhere
        redoc_url=None,
    )
    app.state.parts, app.state.door = parts, Door(parts.limits)
    _answer_troubles(app, parts.home)
    for each in (about, places, uploads, faces, jobs, people, videos, events):
        app.include_router(each.routes, prefix="/v1")
    return Guards(app, parts.home, parts.limits)


def _answer_troubles(app: FastAPI, home: Home) -> None:
    app.add_exception_handler(SecondUnitError, problems.refusing(home))
    app.add_exception_handler(RequestValidationError, problems.on_invalid)
    app.add_exception_handler(HTTPException, problems.on_http)
    app.add_exception_handler(Exception, problems.faulty(home))
