"""Do what takes a while: render a proof of a stretch, look through frames for missed faces."""

from __future__ import annotations

import bisect
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from orchestrator.desk.timeline import joined, ranges_of
from orchestrator.errors import RequestRefused, SecondUnitError
from orchestrator.preview.frames import FrameReader, file_of_source
from orchestrator.preview.parts import Proofs, is_same, part_at
from orchestrator.preview.scene import (
    Answer,
    Proof,
    ProofReady,
    Scene,
    SceneCast,
    SeekTrouble,
    Share,
    Troubles,
)
from orchestrator.preview.shrink import Size, shrunk, shrunk_frame, size_of
from orchestrator.preview.stills import failed
from orchestrator.preview.swap import casting_of, finding_only, opened, runs_of
from remote_worker.contract.records import Picture
from remote_worker.engines import Engine, Pixels, Rendered
from remote_worker.errors import WorkerError
from remote_worker.frames.decode import Decoded
from remote_worker.pipeline import Ahead

Say = Callable[[Answer], None]
Task = Proof | SeekTrouble
_SHARE_S = 0.1
_AHEAD_FRAMES = 4
_KEPT = 2


class Stopped(Exception):
    """The answer is not wanted any more."""


class Searching:
    """One thread that does one task after another, the newest alone."""

    def __init__(self, say: Say) -> None:
        """Answer through ``say``."""
        self._say = say
        self._changed = threading.Condition()
        self._wanted: tuple[Task, Scene, Proofs] | None = None
        self._number = -1
        self._scene: Scene | None = None
        self._proofs = Proofs()
        self._engine: Engine | None = None

    def show(self, scene: Scene | None, proofs: Proofs) -> None:
        """Work on this scene from now on; a task on another is given up."""
        with self._changed:
            if scene is None or self._scene is None or not is_same(scene, self._scene):
                self._number = -1
            self._scene, self._proofs = scene, proofs

    def begin(self, task: Task) -> None:
        """Do this and give up what was being done."""
        with self._changed:
            if self._scene is not None:
                self._wanted = (task, self._scene, self._proofs)
                self._number = task.number
            self._changed.notify_all()

    def stop(self, number: int) -> None:
        """Give up a task."""
        with self._changed:
            if number == self._number:
                self._number = -1

    def run(self) -> None:
        """Work for ever."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted is not None)
                wanted, self._wanted = self._wanted, None
            if wanted is not None:
                self._do(*wanted)

    def _do(self, task: Task, scene: Scene, proofs: Proofs) -> None:
        pace = _Pace(task, self._say, lambda: self._number != task.number)
        try:
            if isinstance(task, Proof):
                self._prove(task, scene, proofs, pace)
            else:
                self._seek(task, scene, pace)
        except Stopped:
            return
        except (WorkerError, SecondUnitError) as error:
            self._say(failed(task.number, error))
        finally:
            self._drop_engine()

    def _prove(self, task: Proof, scene: Scene, proofs: Proofs, pace: _Pace) -> None:
        picture = scene.source.picture
        size = size_of(picture, task.longest_px)

        def is_missing(frame: int) -> bool:
            return kind_of(frame) == "cast" and proofs.get(frame, size) is None

        kind_of = _kinds(scene)
        for run, missing in runs_of(range(task.start_frame, task.end_frame), is_missing):
            if not missing or scene.cast is None:
                pace.add(len(run))
                continue
            for decoded, rendered in self._rendered(run, scene, scene.cast):
                small = _small(decoded, rendered, picture, size)
                if not proofs.keep(decoded.index, small, missed=rendered.missed):
                    raise RequestRefused(
                        "There is no room for a proof as long as that.",
                        "Choose a shorter stretch.",
                    )
                pace.add(1)
        self._say(ProofReady(task.number, task.start_frame, task.end_frame))

    def _seek(self, task: SeekTrouble, scene: Scene, pace: _Pace) -> None:
        cast = scene.cast
        missed: set[int] = set()
        for run, kind in runs_of(range(task.start_frame, task.end_frame), _kinds(scene)):
            if kind == "cast" and cast is not None:
                quick = replace(cast, engine=finding_only(cast.engine))
                for decoded, rendered in self._rendered(run, scene, quick):
                    if rendered.missed:
                        missed.add(decoded.index)
                    pace.add(1)
            else:
                missed |= {frame for frame in run if _was_missed(scene, frame)}  # by a worker
                pace.add(len(run))
        self._say(Troubles(task.number, ranges_of(missed)))

    def _rendered(
        self, run: range, scene: Scene, cast: SceneCast
    ) -> Iterator[tuple[Decoded, Rendered]]:
        """Yield what the engine makes of each frame of a run, decoding a little ahead."""
        engine = self._engine = opened(cast, self._engine)
        halo = engine.spec.halo_frames
        reach = range(max(0, run.start - halo), min(len(scene.source.index.pts), run.stop + halo))
        seen: dict[int, Decoded] = {}
        with Ahead(_decoded(scene, reach), depth=_AHEAD_FRAMES, name="decoder") as frames:
            for rendered in engine.render(_noted(frames, seen), run, casting_of(cast)):
                yield seen.pop(rendered.index), rendered
                for old in [index for index in seen if index < rendered.index]:
                    del seen[old]

    def _drop_engine(self) -> None:
        """Let go of it: it takes memory, and is loaded again in a moment."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()


class _Pace:
    """Tells how far a task is, not too often, and whether it is still wanted."""

    def __init__(self, task: Task, say: Say, is_stopped: Callable[[], bool]) -> None:
        self._number, self._say, self._is_stopped = task.number, say, is_stopped
        self._total = task.end_frame - task.start_frame
        self._done = 0
        self._told_s = time.monotonic()
        self._say(Share(self._number, 0, self._total))

    def add(self, frames: int) -> None:
        """Count frames that are done.

        Raises:
            Stopped: the task is not wanted any more.
        """
        if self._is_stopped():
            raise Stopped
        self._done += frames
        now_s = time.monotonic()
        if self._done == self._total or now_s - self._told_s >= _SHARE_S:
            self._told_s = now_s
            self._say(Share(self._number, self._done, self._total))


def _kinds(scene: Scene) -> Callable[[int], str]:
    """Return what tells of a frame whether it is stored, cast and not stored, or untouched."""
    tracks = scene.cast.tracks if scene.cast is not None else ()
    everywhere = scene.cast is not None and scene.cast.everywhere
    reach = joined((track.start_frame, track.end_frame) for track in tracks)

    def kind_of(frame: int) -> str:
        if part_at(scene, frame) is not None:
            return "stored"
        place = bisect.bisect_right(reach, frame, key=lambda one: one[0]) - 1
        reached = place >= 0 and frame < reach[place][1]
        return "cast" if everywhere or reached else "untouched"

    return kind_of


def _was_missed(scene: Scene, frame: int) -> bool:
    part = part_at(scene, frame)
    return part is not None and frame in part.missed_frames


def _small(decoded: Decoded, rendered: Rendered, picture: Picture, size: Size) -> Pixels:
    if rendered.pixels is None:
        return shrunk_frame(decoded.frame, picture, size)
    return shrunk(rendered.pixels, size)


def _decoded(scene: Scene, reach: range) -> Iterator[Decoded]:
    """Yield frames whose pixels are converted already, on the decoder's thread."""
    reader = FrameReader(file_of_source(scene.source), most_kept=_KEPT)
    try:
        for frame in reach:
            decoded = reader.get(frame)
            decoded.pixels  # noqa: B018  # converted here and kept in it
            yield decoded
    finally:
        reader.close()


def _noted(frames: Iterator[Decoded], seen: dict[int, Decoded]) -> Iterator[Decoded]:
    for frame in frames:
        seen[frame.index] = frame
        yield frame
