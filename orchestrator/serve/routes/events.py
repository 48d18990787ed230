"""Tell how a job stands whenever that changes."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi.responses import StreamingResponse

from orchestrator.serve import shapes
from orchestrator.serve.door import At, Who, router
from orchestrator.serve.parts import Has
from orchestrator.serve.stream import states

routes = router("jobs", 410)


@routes.get(
    "/jobs/{job_id}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def events(has: Has, door: At, who: Who, job_id: shapes.JobId) -> StreamingResponse:
    """Tell how a job stands whenever that changes, as server-sent events, until it is over."""
    has.jobs.get(who, job_id)

    async def told() -> AsyncIterator[str]:
        with door.streams.one(who):
            async for each in states(lambda: has.jobs.get(who, job_id), has.listen, has.closing):
                yield each

    with door.streams.one(who):
        pass  # one too many is refused before the answer begins
    return StreamingResponse(told(), media_type="text/event-stream")
