"""Say what the routes stand on, and give it to each request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from orchestrator.home import Home
from orchestrator.serve.jobs import ServedJobs
from orchestrator.serve.limits import Limits
from orchestrator.serve.places import Places
from orchestrator.serve.served_faces import ServedFaces
from orchestrator.serve.tokens import Tokens
from orchestrator.serve.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Parts:
    """What the routes stand on."""

    home: Home
    tokens: Tokens
    uploads: Uploads
    faces: ServedFaces
    jobs: ServedJobs
    places: Places
    limits: Limits
    listen: Callable[[Callable[[], None]], Callable[[], None]]
    """Has a call made when the queue changed; returns what ends that."""
    closing: asyncio.Event
    """Set when the server ends: streams end then."""


async def _parts_of(request: Request) -> Parts:
    return cast(Parts, request.app.state.parts)


Has = Annotated[Parts, Depends(_parts_of)]
"""What a route stands on."""
