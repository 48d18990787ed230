"""Swap faces in a run of frames: one contract for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from remote_worker.contract.records import Digest, EngineSpec, FaceTrack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    """uint8 BGR, height x width x 3, upright, without padding."""


def __getattr__(name: str) -> Any:
    """Return :data:`Pixels` when it is asked for: who only describes engines loads no numpy."""
    if name != "Pixels":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import numpy as np
    from numpy.typing import NDArray

    return NDArray[np.uint8]


class Frame(Protocol):
    """One decoded frame; its pixels are converted when first asked for."""

    @property
    def index(self) -> int:
        """Which frame of the source this is."""
        ...

    @property
    def pixels(self) -> Pixels:
        """The frame as uint8 BGR, height x width x 3; not to be written to."""
        ...


@dataclass(frozen=True, slots=True)
class Rendered:
    """What an engine made of one frame."""

    index: int
    pixels: Pixels | None
    """uint8 BGR of the same shape; None when the frame stays as it is, to the last bit."""
    missed: bool = False
    """Whether a cast face was expected here and not found."""


@dataclass(frozen=True, slots=True)
class Casting:
    """Whose face goes where in one chunk, with the files it needs."""

    tracks: tuple[FaceTrack, ...]
    photos: Mapping[Digest, Path]
    """Re-encoded PNG of each photo that a track names."""


class Engine(Protocol):
    """A loaded engine; used for one chunk after another by one thread at a time."""

    @property
    def spec(self) -> EngineSpec:
        """What decides this engine's pixels."""
        ...

    def render(
        self, frames: Iterable[Frame], wanted: range, casting: Casting
    ) -> Iterator[Rendered]:
        """Yield one :class:`Rendered` for each frame index in ``wanted``, in order.

        ``frames`` rise by one and cover ``wanted`` and, where the source has them, the
        engine's halo on both sides.  The result for a frame depends on that frame, its
        halo and the tracks that reach it, never on where ``wanted`` begins or ends.

        Raises:
            EngineFailed: a frame could not be rendered.
            OutOfMemory: there is not enough memory.
        """
        ...

    def close(self) -> None:
        """Let go of models and memory; safe to perform twice."""
        ...


class EngineKind(Protocol):
    """How one kind of engine is described on the desktop and opened on a worker."""

    def describe(self, settings: Mapping[str, str]) -> EngineSpec:
        """Return the spec for ``settings``, with every default written out.

        Raises:
            ValueError: a setting is unknown or out of its range.
        """
        ...

    def open(self, spec: EngineSpec, models: Mapping[str, Path]) -> Engine:
        """Load the engine; ``models`` are checked files by model name.

        Raises:
            OrderRefused: this build's engine is not the one of ``spec``.
            EngineFailed: a model does not load.
        """
        ...
