"""Take jobs, say how they stand, change, render, cancel and delete them."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Header, Response

from orchestrator.serve import place_shapes, shapes
from orchestrator.serve.door import Holding, Who, router
from orchestrator.serve.parts import Has
from orchestrator.serve.problems import ApiRefused

_KEY = re.compile(r"[\x21-\x7e]{1,100}")
routes = router("jobs", 403, 410)


@routes.get("/jobs")
def show(has: Has, who: Who) -> list[shapes.Job]:
    """List your jobs in the queue's order."""
    return has.jobs.of(who)


@routes.post("/jobs", status_code=201, responses={200: {"model": shapes.Job}})
def submit(
    has: Has,
    token: Holding,
    wish: shapes.JobWish,
    response: Response,
    idempotency_key: Annotated[str | None, Header(max_length=100)] = None,
) -> shapes.Job:
    """Put a video in the queue; with an `idempotency-key`, once, however often it is asked."""
    offers = has.places.offers(token.places)
    job, is_new = has.jobs.submit(token.name, wish, _key(idempotency_key), offers)
    response.status_code = 201 if is_new else 200
    return job


@routes.get("/jobs/{job_id}")
def look(has: Has, who: Who, job_id: shapes.JobId) -> shapes.Job:
    """Say how a job stands."""
    return has.jobs.get(who, job_id)


@routes.put("/jobs/{job_id}/casts")
def cast(has: Has, who: Who, job_id: shapes.JobId, wish: shapes.CastsWish) -> shapes.Job:
    """Set who is cast as whom in a job that was looked at."""
    return has.jobs.cast(who, job_id, wish.casts)


@routes.put("/jobs/{job_id}/where")
def place(has: Has, token: Holding, job_id: shapes.JobId, wish: shapes.PlaceWish) -> shapes.Job:
    """Set where a job is rendered that is at rest, such as one whose budget was too small."""
    return has.jobs.place(token.name, job_id, wish, has.places.offers(token.places))


@routes.post("/jobs/{job_id}/quote")
def quote(
    has: Has, token: Holding, job_id: shapes.JobId, wish: shapes.PlaceWish
) -> place_shapes.QuoteShown:
    """Say what a job that was looked at would take and cost somewhere; nothing is changed."""
    return has.jobs.quote(token.name, job_id, wish, has.places.offers(token.places))


@routes.post("/jobs/{job_id}/render")
def render(has: Has, token: Holding, job_id: shapes.JobId) -> shapes.Job:
    """Have a job rendered, or tried again after it stopped or failed."""
    return has.jobs.render(token.name, job_id, has.places.offers(token.places))


@routes.post("/jobs/{job_id}/cancel")
def cancel(has: Has, who: Who, job_id: shapes.JobId) -> shapes.Job:
    """End a job for good, or take it out of the line."""
    return has.jobs.cancel(who, job_id)


@routes.delete("/jobs/{job_id}", status_code=204)
def delete(has: Has, who: Who, job_id: shapes.JobId) -> None:
    """End a job and delete it with its video, and its upload if no other job needs it."""
    has.jobs.delete(who, job_id)


def _key(given: str | None) -> str:
    if given is None:
        return ""
    if not _KEY.fullmatch(given):
        raise ApiRefused(
            422, "not_understood", "The idempotency-key is none.", "Use letters and digits."
        )
    return given
