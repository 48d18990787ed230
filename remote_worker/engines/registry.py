"""Find engines by name, importing each only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from remote_worker.engines import EngineKind
from remote_worker.errors import OrderRefused

_MODULES = {
    "classic": "remote_worker.engines.classic.kind",
    "facefusion": "remote_worker.engines.facefusion.kind",
    "identity": "remote_worker.engines.identity",
}


def engine_names() -> tuple[str, ...]:
    """Return the names of all engines of this build, sorted; imports none."""
    return tuple(sorted(_MODULES))


def engine_kind(name: str) -> EngineKind:
    """Return the kind of engine called ``name``: its module's ``KIND``.

    Raises:
        OrderRefused: this build has no such engine.
    """
    if name not in _MODULES:
        raise OrderRefused(f"There is no engine {name!r} here; {', '.join(engine_names())} are.")
    return cast(EngineKind, import_module(_MODULES[name]).KIND)
