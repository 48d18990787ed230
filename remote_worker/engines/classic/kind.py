"""Describe the classic engine and open it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from remote_worker.contract.records import Digest, EngineSpec, ModelRef
from remote_worker.engines.classic import settings as known_settings
from remote_worker.engines.fingerprint import fingerprint
from remote_worker.errors import OrderRefused

if TYPE_CHECKING:
    from remote_worker.engines.classic.engine import ClassicEngine

MODELS = (
    ModelRef(
        "face-detector",
        Digest("09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc"),
    ),
    ModelRef(
        "face-mesh",
        Digest("2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493"),
    ),
)
HALO_FRAMES = 3
_LIBRARIES = ("ai-edge-litert", "numpy", "onnxruntime", "opencv-python-headless")
_SOURCES = (Path(__file__).parent, Path(__file__).parents[2] / "detection")


class ClassicKind:
    """The engine that needs no graphics card; describing it loads no heavy library."""

    def describe(self, settings: Mapping[str, str]) -> EngineSpec:
        """Return the spec for ``settings``, with every default written out.

        Raises:
            ValueError: a setting is unknown or out of its range.
        """
        return EngineSpec(
            name="classic",
            digest=fingerprint(_SOURCES, _LIBRARIES),
            halo_frames=HALO_FRAMES,
            settings=known_settings.written_out(settings),
            models=MODELS,
        )

    def open(self, spec: EngineSpec, models: Mapping[str, Path]) -> ClassicEngine:
        """Load the engine; ``models`` are checked files by model name.

        Raises:
            OrderRefused: this build's engine is not the one of ``spec``.
            EngineFailed: a model does not load.
        """
        if spec != self._described_again(spec):
            raise OrderRefused("The order is for another build of the classic engine.")
        from remote_worker.engines.classic.engine import ClassicEngine

        return ClassicEngine(spec, models)

    def _described_again(self, spec: EngineSpec) -> EngineSpec | None:
        try:
            return self.describe(dict(spec.settings))
        except ValueError:
            return None


KIND = ClassicKind()
