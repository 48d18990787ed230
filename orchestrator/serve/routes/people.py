"""Show who was found in a job's video."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from fastapi.responses import FileResponse

from orchestrator.serve import shapes
from orchestrator.serve.door import Who, router
from orchestrator.serve.parts import Has

routes = router("jobs", 410)


@routes.get("/jobs/{job_id}/people")
def people(has: Has, who: Who, job_id: shapes.JobId) -> list[shapes.Person]:
    """List who was found in a job's video."""
    return list(has.jobs.people(who, job_id))


@routes.get(
    "/jobs/{job_id}/people/{person_id}/picture",
    response_class=FileResponse,
    responses={200: {"content": {"image/jpeg": {}}}},
)
def picture(
    has: Has,
    who: Who,
    job_id: shapes.JobId,
    person_id: Annotated[str, Path(pattern=r"^p[0-9]{1,4}$")],
) -> FileResponse:
    """Return a picture of somebody who was found."""
    path = has.jobs.picture(who, job_id, person_id)
    kind = "image/png" if path.suffix == ".png" else "image/jpeg"
    return FileResponse(path, media_type=kind)
