"""Let callers in by their token, hold them to their rate, and say to routes who asks."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from orchestrator.serve import problems, shapes
from orchestrator.serve.limits import AtOnce, Buckets, Limits, too_often
from orchestrator.serve.parts import Has
from orchestrator.serve.problems import ApiRefused
from orchestrator.serve.tokens import Token

_PROBLEM = {"model": shapes.Problem, "content": {problems.MEDIA_TYPE: {}}}
_ALWAYS = (400, 401, 404, 409, 413, 422, 429, 503)
_BEARER = HTTPBearer(auto_error=False, description="A token of 'secondunit serve token'.")


class Door:
    """What is counted of callers, for one server."""

    def __init__(self, limits: Limits) -> None:
        """Count nobody yet."""
        self.rate = Buckets(limits.requests_per_s, limits.burst)
        self.guesses = Buckets(limits.guesses_per_s, limits.guess_burst)
        self.streams = AtOnce(limits.streams)


async def _door_of(request: Request) -> Door:
    return cast(Door, request.app.state.door)


At = Annotated[Door, Depends(_door_of)]
"""The door that a request came through."""


def _let_in(
    request: Request,
    has: Has,
    door: At,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
) -> None:
    """Let a caller in by their token and hold them to their rate."""
    token = has.tokens.who(given.credentials) if given is not None else None
    if token is None:
        where = request.client.host if request.client is not None else ""
        if wait_s := door.guesses.take(where):
            raise too_often(wait_s)
        raise ApiRefused(
            401,
            "who_asks",
            "This needs a token.",
            "Send 'Authorization: Bearer su_…'; 'secondunit serve token' makes one.",
            {"www-authenticate": "Bearer"},
        )
    if wait_s := door.rate.take(token.name):
        raise too_often(wait_s)
    request.state.who, request.state.token = token.name, token


async def _who(request: Request) -> str:
    """Return whose token it was; the routes' first dependency let them in."""
    return str(request.state.who)


async def _token(request: Request) -> Token:
    return cast(Token, request.state.token)


Who = Annotated[str, Depends(_who)]
"""Who asks, by name."""
Holding = Annotated[Token, Depends(_token)]
"""The token that somebody asks with."""


def router(tag: str, *statuses: int, is_open: bool = False) -> APIRouter:
    """Return a router whose routes tell of problems; only with a token unless ``is_open``."""
    told: dict[int | str, dict[str, Any]] = {
        status: dict(_PROBLEM) for status in (*_ALWAYS, *statuses)
    }
    guards = [] if is_open else [Depends(_let_in)]
    return APIRouter(tags=[tag], dependencies=guards, responses=told)
