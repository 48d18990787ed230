"""Answer what is asked of single frames: the newest question wins, the others are given up."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.errors import SecondUnitError
from orchestrator.preview.frames import Check, FrameReader, file_of_source
from orchestrator.preview.parts import PartReaders, Proofs, is_same, part_at
from orchestrator.preview.scene import (
    Answer,
    Ask,
    Failed,
    Made,
    Scene,
    SceneSource,
    Shown,
    Side,
)
from orchestrator.preview.shrink import Size, as_stored, shrunk, shrunk_frame, size_of
from orchestrator.preview.swap import Swapper
from remote_worker.engines import Pixels
from remote_worker.errors import SourceUnreadable, WorkerError

Say = Callable[[Answer], None]
_SIDES: tuple[Side, ...] = ("before", "after")
_REMEMBERED = 12
_IDLE_S = 20.0
"""After so long without a question files are closed: they may be moved or deleted."""


class GivenUp(Exception):
    """A newer question waits."""


@dataclass(frozen=True, slots=True)
class _Picture:
    pixels: Pixels
    made: Made
    missed: bool = False


class Stills:
    """One thread that answers :class:`Ask`; the other methods are called from any."""

    def __init__(self, say: Say) -> None:
        """Answer through ``say``."""
        self._say = say
        self._changed = threading.Condition()
        self._waiting: dict[Side, Ask] = {}
        self._newest: dict[Side, int] = dict.fromkeys(_SIDES, -1)
        self._scene: Scene | None = None
        self._proofs = Proofs()
        self._bench: _Bench | None = None

    def show(self, scene: Scene | None, proofs: Proofs) -> None:
        """Answer about this scene from now on; questions about the last one are dropped."""
        with self._changed:
            if scene is None or self._scene is None or not is_same(scene, self._scene):
                self._waiting.clear()
                self._newest = dict.fromkeys(_SIDES, -1)  # what is in work is given up
            self._scene, self._proofs = scene, proofs
            self._changed.notify_all()

    def ask(self, ask: Ask) -> None:
        """Take a question; an older one for the same side is dropped."""
        with self._changed:
            self._waiting[ask.side] = ask
            self._newest[ask.side] = ask.number
            self._changed.notify_all()

    def run(self) -> None:
        """Answer for ever."""
        while True:
            taken = self._take()
            if taken is None:
                if self._bench is not None:
                    self._bench.close_files()
                continue
            self._answer(*taken)

    def _take(self) -> tuple[Ask, Scene, Proofs] | None:
        """Return the next question, or None when there was none for a while."""
        with self._changed:
            is_open = self._bench is not None and self._bench.has_files
            self._changed.wait_for(
                lambda: bool(self._waiting) and self._scene is not None,
                _IDLE_S if is_open else None,
            )
            if not self._waiting or self._scene is None:
                return None
            side = next(side for side in _SIDES if side in self._waiting)
            return self._waiting.pop(side), self._scene, self._proofs

    def _answer(self, ask: Ask, scene: Scene, proofs: Proofs) -> None:
        def check() -> None:
            if self._newest[ask.side] != ask.number:
                raise GivenUp

        try:
            picture = self._bench_for(scene).picture(scene, ask, proofs, check)
        except GivenUp:
            return
        except (WorkerError, SecondUnitError) as error:
            self._say(failed(ask.number, error))
            return
        self._say(
            Shown(
                number=ask.number,
                frame=ask.frame,
                side=ask.side,
                made=picture.made,
                width_px=picture.pixels.shape[1],
                height_px=picture.pixels.shape[0],
                missed=picture.missed,
                pixels=picture.pixels.tobytes(),
            )
        )

    def _bench_for(self, scene: Scene) -> _Bench:
        bench = self._bench
        if bench is None or bench.source != scene.source:
            if bench is not None:
                bench.close_files()
            bench = self._bench = _Bench(scene.source, bench.swapper if bench else Swapper())
        return bench


class _Bench:
    """The open files and the hot engine for one source; for one thread."""

    def __init__(self, source: SceneSource, swapper: Swapper) -> None:
        self.source, self.swapper = source, swapper
        self.has_files = False
        self._reader = FrameReader(file_of_source(source))
        self._parts = PartReaders(source)
        self._known: OrderedDict[tuple[int, Side, Size], _Picture] = OrderedDict()
        self._seen: tuple[object, object] = (None, None)

    def picture(self, scene: Scene, ask: Ask, proofs: Proofs, check: Check) -> _Picture:
        """Return what is to be shown.

        Raises:
            WorkerError: it cannot be decoded or rendered.
        """
        if self._seen != (scene.cast, scene.stored):
            self._known.clear()
            self._seen = (scene.cast, scene.stored)
        size = size_of(self.source.picture, ask.longest_px)
        key = (ask.frame, ask.side, size)
        known = self._known.get(key)
        if known is None:
            self.has_files = True
            made = self._before if ask.side == "before" else self._after
            known = self._known[key] = made(scene, ask.frame, size, proofs, check)
        self._known.move_to_end(key)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return known

    def close_files(self) -> None:
        """Close every file that was opened for this source."""
        self.has_files = False
        self._reader.close()
        self._parts.close()

    def _before(
        self, scene: Scene, frame: int, size: Size, proofs: Proofs, check: Check
    ) -> _Picture:
        del scene, proofs
        decoded = self._reader.get(frame, check)
        return _Picture(shrunk_frame(decoded.frame, self.source.picture, size), "source")

    def _after(
        self, scene: Scene, frame: int, size: Size, proofs: Proofs, check: Check
    ) -> _Picture:
        stored = self._stored(scene, frame, size, check)
        if stored is not None:
            return stored
        if scene.cast is None or not scene.cast.changes(frame):
            return self._before(scene, frame, size, proofs, check)
        proof = proofs.get(frame, size)
        if proof is not None:
            return _Picture(proof.pixels(size), "preview", proof.missed)
        self.swapper.use(scene.cast, self._reader, len(self.source.index.pts))
        made = self.swapper.made(frame, check)
        pixels = made.rendered.pixels
        if pixels is None:
            small = shrunk_frame(made.decoded.frame, self.source.picture, size)
        else:
            small = shrunk(pixels, size)
        return _Picture(small, "preview", made.rendered.missed)

    def _stored(self, scene: Scene, frame: int, size: Size, check: Check) -> _Picture | None:
        part = part_at(scene, frame)
        if part is None:
            return None
        try:
            decoded = self._parts.get(part, frame, check)
        except SourceUnreadable:
            return None  # it was cleared away since; the engine can make it again
        pixels = shrunk_frame(decoded.frame, as_stored(self.source.picture), size)
        return _Picture(pixels, "rendered", frame in part.missed_frames)


def failed(number: int, error: WorkerError | SecondUnitError) -> Failed:
    """Return an error as an answer."""
    code = error.reason if isinstance(error, WorkerError) else error.code
    return Failed(number, error.sentence, error.advice, code)
