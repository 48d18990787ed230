"""Describe the FaceFusion engine and open it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from remote_worker.contract.records import Digest, EngineSpec, ModelRef
from remote_worker.engines.facefusion import options
from remote_worker.engines.facefusion.installation import (
    CACHES_VARIABLE,
    COMMIT,
    find_installation,
)
from remote_worker.engines.fingerprint import fingerprint
from remote_worker.errors import OrderRefused

if TYPE_CHECKING:
    from remote_worker.engines.facefusion.child import Layout
    from remote_worker.engines.facefusion.engine import FaceFusionEngine

NAME = "facefusion"
_HERE = Path(__file__).parent
_DECIDING = (
    "checkout.py",
    "choose.py",
    "faster.py",
    "option_kinds.py",
    "options.py",
    "places.py",
    "ring.py",
    "work.py",
)
"""Of this package, what decides pixels: another way to pass frames makes no other segment."""
_BLOBS = {"voice": "voice", "reference_photo": "reference"}
"""Settings that name a file by its digest, and what the engine calls that file."""


class FaceFusionKind:
    """FaceFusion at one commit; describing it needs no FaceFusion on this machine."""

    def describe(self, settings: Mapping[str, str]) -> EngineSpec:
        """Return the spec for ``settings``, with every default written out.

        Raises:
            ValueError: a setting is unknown or out of its range.
        """
        written = options.written_out(settings)
        named = [(_BLOBS[name], value) for name, value in written if name in _BLOBS and value]
        return EngineSpec(
            name=NAME,
            digest=engine_digest(),
            halo_frames=options.halo_frames(settings),
            settings=written,
            models=tuple(ModelRef(name, Digest(value)) for name, value in sorted(named)),
        )

    def open(self, spec: EngineSpec, models: Mapping[str, Path]) -> FaceFusionEngine:
        """Load the engine; ``models`` are the files the settings name: a sound, a picture.

        Raises:
            OrderRefused: this build's engine is not the one of ``spec``.
            EngineFailed: FaceFusion is not here, or does not load.
        """
        if spec != self._described_again(spec):
            raise OrderRefused("The order is for another build of the FaceFusion engine.")
        from remote_worker.engines.facefusion.engine import FaceFusionEngine, Means

        return FaceFusionEngine(spec, _checked_layout(spec), models, Means.of(os.environ))

    def _described_again(self, spec: EngineSpec) -> EngineSpec | None:
        try:
            return self.describe(dict(spec.settings))
        except ValueError:
            return None


def _checked_layout(spec: EngineSpec) -> Layout:
    """Return where this machine's FaceFusion lies, its models checked by digest.

    Raises:
        OrderRefused: the order is for other files of these models.
        EngineFailed: FaceFusion or a model is not here, or is damaged.
    """
    from remote_worker.engines.facefusion import environment, manifest
    from remote_worker.engines.facefusion.child import Layout

    here, settings = find_installation(), dict(spec.settings)
    names = options.models_needed(settings)
    manifest.models_of(here, names)
    ordered = settings.get("model_set")
    if ordered and ordered != manifest.model_set(manifest.known_refs(names, here)):
        raise OrderRefused("The order is for other model files than those of this machine.")
    variables = environment.child_environ(here)
    caches = Path(os.environ.get(CACHES_VARIABLE) or here.caches)
    return Layout(here.source, here.python, here.models, caches, variables)


def engine_digest() -> Digest:
    """Return the digest of FaceFusion's commit and of our code that decides pixels."""
    ours = fingerprint(tuple(_HERE / name for name in _DECIDING), ())
    return Digest(hashlib.sha256(f"{COMMIT} {ours}".encode()).hexdigest())


KIND = FaceFusionKind()
