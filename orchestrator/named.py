"""Find the source face that a name or an id means, and say which there are if it means none."""

from __future__ import annotations

from orchestrator.errors import RequestRefused
from orchestrator.sources import SourceFace, SourceFaces

_NAMES_SHOWN, _CHARACTERS_SHOWN = 12, 40


def named_face(library: SourceFaces, name: str) -> SourceFace:
    """Return the source face of that name or id.

    Raises:
        RequestRefused: it is none, or several.
    """
    every = library.list()
    fitting = [face for face in every if name in (face.name, face.face_id)]
    if len(fitting) != 1:
        known = _some([face.name for face in every]) or "none yet"
        raise RequestRefused(
            f"{'Several' if fitting else 'No'} source faces are called {name!r} (there: {known}).",
            "Add one with 'secondunit add-face NAME PHOTO --consent ...', or use its id.",
        )
    return fitting[0]


def _some(names: list[str]) -> str:
    """Return a few names in a line; a library may hold hundreds."""
    more = len(names) - _NAMES_SHOWN
    shown = ", ".join(map(_short, names[:_NAMES_SHOWN]))
    return f"{shown} and {more} more" if more > 0 else shown


def _short(name: str) -> str:
    return name if len(name) <= _CHARACTERS_SHOWN else f"{name[:_CHARACTERS_SHOWN]}…"
