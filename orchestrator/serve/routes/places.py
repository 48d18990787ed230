"""Answer where jobs may be rendered."""

from __future__ import annotations

from orchestrator.serve import place_shapes
from orchestrator.serve.door import Holding, router
from orchestrator.serve.parts import Has
from orchestrator.serve.places import shown_offer

routes = router("places")


@routes.get("/places")
def places(has: Has, token: Holding) -> list[place_shapes.OfferedPlace]:
    """List where your jobs may be rendered, and with how much."""
    return [shown_offer(each) for each in has.places.offers(token.places)]
