"""Answer what anybody may ask: whether the server runs, and what has to be consented to."""

from __future__ import annotations

from orchestrator.serve import shapes
from orchestrator.serve.door import router
from orchestrator.serve.served_faces import wordings

routes = router("about", is_open=True)


@routes.get("/health")
def health() -> shapes.Health:
    """Say that the server runs."""
    return shapes.Health(status="ok")


@routes.get("/consent")
def consent() -> list[shapes.Wording]:
    """Return the statements of consent that are accepted, word for word."""
    return wordings()
