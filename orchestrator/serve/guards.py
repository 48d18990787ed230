"""Stand before every request: its size, its rate, its fault; plain ASGI, nothing is buffered."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING, Any

from orchestrator.home import Home
from orchestrator.serve import problems
from orchestrator.serve.limits import Limits
from orchestrator.serve.problems import ApiRefused, BodyRefused

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("orchestrator.serve")
_DRAINED_BYTES, _DRAIN_S = 1 << 20, 2.0
_SECURE = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
)


class Guards:
    """The outermost layer: it knows no path but that parts of uploads may be large."""

    def __init__(self, app: ASGIApp, home: Home, limits: Limits) -> None:
        """Stand before ``app``."""
        self._app, self._home, self._limits = app, home, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer what nobody below did."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        began_s = time.monotonic()
        try:
            await self._app(scope, self._bounded(scope, receive), answer)
        except Exception as error:  # the framework throws it on after it was answered
            _log.exception("A request ended in a fault.")
            if answer.status and not answer.is_whole:
                raise  # the line is broken off: half an answer is none
            if not answer.status:
                await problems.on_fault(self._home, error)(scope, receive, answer)
        finally:
            _write_down(scope, answer.status, time.monotonic() - began_s)

    def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        is_part = scope["method"] == "PATCH"
        most = self._limits.part_bytes if is_part else self._limits.body_bytes
        told = dict(scope["headers"]).get(b"content-length", b"0")
        too_long = not told.isdigit() or int(told) > most
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            if too_long:
                await _drain(receive)
                raise _too_large(most)
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                await _drain(receive)
                raise _too_large(most)
            return message

        return bounded


async def _drain(receive: Receive) -> None:
    """Read on for a little: who still sends when the line is closed does not see the answer."""
    left = _DRAINED_BYTES
    with contextlib.suppress(TimeoutError):
        while left > 0:
            message = await asyncio.wait_for(receive(), _DRAIN_S)
            left -= len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body", False):
                return


class _Answer:
    """Passes an answer on with the headers that every answer has, and remembers its status."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status, self.is_whole = 0, False

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            there = {name.lower() for name, _ in message["headers"]}
            more = [pair for pair in _SECURE if pair[0] not in there]
            message = {**message, "headers": [*message["headers"], *more]}
        await self._send(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self.is_whole = True


def _write_down(scope: Scope, status: int, seconds: float) -> None:
    """Log a request by its route: what stands in a path's place may be anything."""
    route = getattr(scope.get("route"), "path", "-")
    who = scope.get("state", {}).get("who", "-")
    _log.info("%s %s %s %s %.0f ms", who, scope["method"], route, status, seconds * 1000)


def _too_large(most: int) -> BodyRefused:
    refused = ApiRefused(
        413,
        "body_too_large",
        f"A body may have {most} bytes here.",
        "Send less at once; files go up in parts.",
        {"connection": "close"},
    )
    return BodyRefused(refused)
