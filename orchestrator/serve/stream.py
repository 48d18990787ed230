"""Tell a caller how a job stands whenever that changes, as server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool

from orchestrator.serve import shapes
from orchestrator.serve.problems import ApiRefused

BETWEEN_S = 0.25
"""At most four a second; the last is always told."""
ALIVE_S = 15.0
"""A line without meaning goes out so often: what lies between keeps no silent line open."""
RETRY_MS = 3000
Listen = Callable[[Callable[[], None]], Callable[[], None]]


async def states(
    look: Callable[[], shapes.Job], listen: Listen, closing: asyncio.Event
) -> AsyncIterator[str]:
    """Yield an event for each state of a job, the present one first, until it is over."""
    loop, news = asyncio.get_running_loop(), asyncio.Event()

    def on_changed() -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended: nobody listens any more
            loop.call_soon_threadsafe(news.set)

    end = listen(on_changed)
    try:
        yield f"retry: {RETRY_MS}\n\n"
        told = ""
        while not closing.is_set():
            news.clear()
            try:
                job = await run_in_threadpool(look)
            except ApiRefused:
                yield _event("gone", "{}")
                return
            text = job.model_dump_json()
            if text != told:
                told = text
                yield _event("job", text)
            if job.is_over:
                return
            await asyncio.sleep(BETWEEN_S)
            if not await _heard(news, closing):
                yield ": alive\n\n"
    finally:
        end()


async def _heard(news: asyncio.Event, closing: asyncio.Event) -> bool:
    """Wait for news or the end; return whether there was either."""
    waits = [asyncio.ensure_future(each.wait()) for each in (news, closing)]
    try:
        done, _ = await asyncio.wait(waits, timeout=ALIVE_S, return_when=asyncio.FIRST_COMPLETED)
        return bool(done)
    finally:
        for each in waits:
            each.cancel()


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"
