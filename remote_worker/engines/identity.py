"""Pass frames through unchanged, so that all else can be measured and tested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from remote_worker.contract.records import EngineSpec
from remote_worker.engines import Casting, Frame, Rendered
from remote_worker.engines.fingerprint import fingerprint
from remote_worker.errors import OrderRefused


class IdentityEngine:
    """Leaves every frame as it is, without a look at its pixels."""

    def __init__(self, spec: EngineSpec) -> None:
        """Take ``spec`` as what this engine was opened for."""
        self._spec = spec

    @property
    def spec(self) -> EngineSpec:
        """What decides this engine's pixels."""
        return self._spec

    def render(
        self,
        frames: Iterable[Frame],
        wanted: range,
        casting: Casting,  # noqa: ARG002  it is the contract's
    ) -> Iterator[Rendered]:
        """Yield each wanted frame as unchanged."""
        for frame in frames:
            if frame.index in wanted:
                yield Rendered(frame.index, None)

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""


class IdentityKind:
    """Describes and opens the identity engine; it has no settings and no models."""

    def describe(self, settings: Mapping[str, str]) -> EngineSpec:
        """Return the spec.

        Raises:
            ValueError: there is a setting; this engine has none.
        """
        if settings:
            raise ValueError(f"the identity engine has no setting {sorted(settings)[0]!r}")
        return EngineSpec(name="identity", digest=fingerprint((Path(__file__),), ()), halo_frames=0)

    def open(
        self,
        spec: EngineSpec,
        models: Mapping[str, Path],  # noqa: ARG002  it is the contract's
    ) -> IdentityEngine:
        """Return the engine.

        Raises:
            OrderRefused: this build's engine is not the one of ``spec``.
        """
        if spec != self.describe({}):
            raise OrderRefused("The order is for another build of the identity engine.")
        return IdentityEngine(spec)


KIND = IdentityKind()
