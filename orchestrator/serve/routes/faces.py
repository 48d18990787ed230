"""List, keep and delete source faces."""

from __future__ import annotations

from orchestrator.serve import shapes
from orchestrator.serve.door import Who, router
from orchestrator.serve.parts import Has

routes = router("faces")


@routes.get("/faces")
def show(has: Has, who: Who) -> list[shapes.Face]:
    """List your source faces."""
    return has.faces.of(who)


@routes.post("/faces", status_code=201)
def add(has: Has, who: Who, wish: shapes.FaceWish) -> shapes.Face:
    """Keep a source face, with the statement that it may be used."""
    return has.faces.add(who, wish)


@routes.delete("/faces/{face_id}", status_code=204)
def delete(has: Has, who: Who, face_id: shapes.FaceId) -> None:
    """Delete a source face with its photos and its consent."""
    has.faces.remove(who, face_id, has.jobs.uses_face)
