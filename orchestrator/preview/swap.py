"""Run the engine on single frames and on runs of them, hot and without work done twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from orchestrator.preview.frames import Check, FrameReader
from orchestrator.preview.scene import SceneCast
from remote_worker.contract.records import EngineSpec
from remote_worker.engines import Casting, Engine, Pixels, Rendered
from remote_worker.engines.registry import engine_kind
from remote_worker.errors import EngineFailed
from remote_worker.frames.decode import Decoded
from remote_worker.frames.pixels import to_pixels

T = TypeVar("T")
_CONVERTERS = 2
_FINDS_ONLY = {"classic": {"blend": "0.0"}}
"""Settings under which an engine looks for faces and paints nothing."""


@dataclass(frozen=True, slots=True)
class Made:
    """What the engine made of a frame."""

    decoded: Decoded
    rendered: Rendered


@dataclass(frozen=True, slots=True)
class _Converted:
    """A frame whose pixels are being converted while the engine works on another."""

    index: int
    coming: Future[Pixels]

    @property
    def pixels(self) -> Pixels:
        return self.coming.result()


class Swapper:
    """One loaded engine with its frames; for one thread at a time."""

    def __init__(self) -> None:
        """Load nothing yet."""
        self._engine: Engine | None = None
        self._pool = ThreadPoolExecutor(_CONVERTERS, thread_name_prefix="convert")
        self._cast: SceneCast | None = None
        self._reader: FrameReader | None = None
        self._run: Iterator[Rendered] | None = None
        self._following = -1
        self._converted: OrderedDict[int, _Converted] = OrderedDict()
        self._count = 0
        self._check: Check = _never

    def use(self, cast: SceneCast, reader: FrameReader, frame_count: int) -> None:
        """Work for this casting and these frames from now on; a loaded engine is kept.

        Raises:
            OrderRefused: this build has another engine.
            EngineFailed: a model does not load.
        """
        if cast is self._cast and reader is self._reader:
            return
        self._forget_run()
        self._converted.clear()
        self._engine = opened(cast, self._engine)
        self._cast, self._reader, self._count = cast, reader, frame_count

    def made(self, frame: int, check: Check) -> Made:
        """Return what the engine makes of a frame; the one after the last is made quickest.

        Raises:
            WorkerError: it cannot be decoded or rendered.
        """
        assert self._reader is not None  # noqa: S101  # use() comes first
        self._check = check
        try:
            if self._run is None or self._following != frame:
                self._begin(frame)
            assert self._run is not None  # noqa: S101  # just begun
            rendered = next(self._run, None)
        except BaseException:
            self._forget_run()
            raise
        if rendered is None or rendered.index != frame:
            self._forget_run()
            raise EngineFailed(f"The engine did not give frame {frame}.")
        self._following = frame + 1
        return Made(self._reader.get(frame, check), rendered)

    def close(self) -> None:
        """Let go of the engine."""
        self._forget_run()
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._engine is not None:
            self._engine.close()

    def _begin(self, frame: int) -> None:
        self._forget_run()
        assert self._engine is not None and self._cast is not None  # noqa: S101, PT018  # use() comes first
        halo = self._engine.spec.halo_frames
        reach = range(max(0, frame - halo), min(self._count, frame + halo + 1))
        for near in reach:  # decoded first: the engine then waits for nothing
            self._converted_frame(near)
        frames = (self._converted_frame(i) for i in range(reach.start, self._count))
        wanted = range(frame, self._count)
        self._run = self._engine.render(frames, wanted, casting_of(self._cast))

    def _forget_run(self) -> None:
        run, self._run, self._following = self._run, None, -1
        close = getattr(run, "close", None)
        if close is not None:
            close()

    def _converted_frame(self, index: int) -> _Converted:
        self._check()
        found = self._converted.get(index)
        if found is None:
            assert self._reader is not None  # noqa: S101  # use() comes first
            decoded = self._reader.get(index, self._check)
            coming = self._pool.submit(to_pixels, decoded.frame, self._reader.picture)
            found = self._converted[index] = _Converted(index, coming)
        self._converted.move_to_end(index)
        most = 2 * self._engine.spec.halo_frames + 2 if self._engine else 1
        while len(self._converted) > most:
            self._converted.popitem(last=False)
        return found


def opened(cast: SceneCast, loaded: Engine | None = None) -> Engine:
    """Return the engine of a cast: the one that is loaded when it fits.

    Raises:
        OrderRefused: this build has another engine.
        EngineFailed: a model does not load.
    """
    if loaded is not None and loaded.spec == cast.engine:
        return loaded
    if loaded is not None:
        loaded.close()
    models = {name: Path(path) for name, path in cast.models.items()}
    return engine_kind(cast.engine.name).open(cast.engine, models)


def casting_of(cast: SceneCast) -> Casting:
    """Return a cast as engines take it."""
    return Casting(cast.tracks, {digest: Path(path) for digest, path in cast.photos.items()})


def finding_only(spec: EngineSpec) -> EngineSpec:
    """Return the spec of the same engine that looks for faces only, where there is such."""
    quick = _FINDS_ONLY.get(spec.name)
    if quick is None:
        return spec
    return engine_kind(spec.name).describe({**dict(spec.settings), **quick})


def runs_of(wanted: range, kind_of: Callable[[int], T]) -> Iterator[tuple[range, T]]:
    """Yield ``wanted`` in runs of frames of one kind, each with its kind."""
    start = wanted.start
    while start < wanted.stop:
        kind, end = kind_of(start), start + 1
        while end < wanted.stop and kind_of(end) == kind:
            end += 1
        yield range(start, end), kind
        start = end


def _never() -> None:
    """Want every frame."""
