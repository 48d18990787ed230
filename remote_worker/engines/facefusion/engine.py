"""Render frames with a FaceFusion process that stays loaded from chunk to chunk."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from remote_worker.contract.records import EngineSpec
from remote_worker.engines import Casting, Frame, Rendered
from remote_worker.engines.facefusion import options
from remote_worker.engines.facefusion.child import Child, ChildFailed, Layout
from remote_worker.engines.facefusion.flow import Reach
from remote_worker.engines.facefusion.places import Places
from remote_worker.engines.facefusion.run import Run
from remote_worker.engines.facefusion.slots import Slots
from remote_worker.errors import EngineFailed, OutOfMemory, WorkerError

_log = logging.getLogger(__name__)
_MOST_AT_ONCE = 8
"""FaceFusion's own default."""
_ON_A_CARD = 4
_SPARING_FRAMES = 1


class EngineUnusable(EngineFailed):
    """This machine's FaceFusion cannot do what was ordered; trying again does not help."""

    retry = False
    advice = "Check the installation under Settings, Engine, or render with another engine."


class PhotoUnusable(EngineFailed):
    """A photo of a source face cannot be read, or FaceFusion finds no face in it."""

    retry = False
    advice = "Give that source face another photo: from the front, well lit, nothing before it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """How long FaceFusion may give nothing before it is taken for hung; in seconds."""

    open_s: float = 3600.0
    """TensorRT compiles every model before the first frame; that is half an hour or more."""
    prepare_s: float = 840.0
    """A voice is told from the rest of a long sound first; the pipeline waits 900 s."""
    first_frame_s: float = 600.0
    """The first call of each model tries out its algorithms; a processor is that slow always."""
    frame_s: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the machine gives to the engine; it decides no pixel."""

    providers: tuple[str, ...] = ("auto",)
    frames_at_once: int = 0
    """0: as many as suit the machine.  1 is for who waits for a single frame: on a processor
    all cores then work on that one."""
    deadlines: Deadlines = Deadlines()

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Means:
        """Read ``SECONDUNIT_FACEFUSION_PROVIDERS`` and ``SECONDUNIT_FACEFUSION_FRAMES``.

        Raises:
            EngineUnusable: one of them cannot be.
        """
        words = environment.get("SECONDUNIT_FACEFUSION_PROVIDERS", "auto").lower().split()
        frames = environment.get("SECONDUNIT_FACEFUSION_FRAMES", "0")
        if not frames.isdigit() or int(frames) > 32:
            raise EngineUnusable(f"SECONDUNIT_FACEFUSION_FRAMES is from 0 to 32, not {frames!r}.")
        return cls(providers=tuple(words) or ("auto",), frames_at_once=int(frames))


class FaceFusionEngine:
    """Feeds frames to the process and gives what it makes of them, in order."""

    def __init__(
        self, spec: EngineSpec, layout: Layout, blobs: Mapping[str, Path], means: Means
    ) -> None:
        """Start the process and load all models.

        Raises:
            EngineFailed: it does not start, or a model does not load.
            OutOfMemory: the models do not fit.
        """
        self._spec, self._layout, self._blobs, self._means = spec, layout, dict(blobs), means
        self._settings = dict(spec.settings)
        self._casting = not options.selects_itself(self._settings)
        self._everywhere = any(
            name in options.FRAME_PROCESSORS for name in options.processors_of(self._settings)
        )
        self._sparing = False
        self._child: Child | None = None
        self._room: tuple[Slots, int, int, int] | None = None
        self._runs = 0
        self._warm = False
        self.providers: tuple[str, ...] = ()
        """What it computes with, in FaceFusion's names."""
        try:
            self._open_or_spare()
        except ChildFailed as error:
            self.close()
            raise in_words(error) from error

    @property
    def spec(self) -> EngineSpec:
        """What decides this engine's pixels."""
        return self._spec

    @property
    def process_id(self) -> int | None:
        """The process that FaceFusion runs in, while there is one."""
        return self._child.process_id if self._child else None

    def close(self) -> None:
        """End the process; safe to perform twice."""
        child, self._child, self._room = self._child, None, None
        self._warm = False
        if child is not None:
            child.close()

    def render(
        self, frames: Iterable[Frame], wanted: range, casting: Casting
    ) -> Iterator[Rendered]:
        """Yield one :class:`Rendered` for each frame index in ``wanted``, in order.

        Raises:
            EngineFailed: a frame could not be rendered.
            OutOfMemory: there is not enough memory.
        """
        places = Places(casting.tracks)
        reach = Reach(wanted, self._spec.halo_frames, places, self._everywhere)
        run = Run(self, reach, casting)
        try:
            yield from run.frames(iter(frames))
        except ChildFailed as error:
            self.close()
            raise in_words(error) from error
        except BaseException:
            run.abandon()
            raise

    def judge(self, frames: Iterable[Frame]) -> Iterator[bool]:
        """Yield for each frame whether FaceFusion's own content check refuses it.

        Its verdict on a clip: refused when more than a tenth of one frame a second is.

        Raises:
            EngineFailed: a frame could not be judged.
            OutOfMemory: there is not enough memory.
        """
        try:
            for frame in frames:
                slots = self.slots_for(frame)
                np.copyto(slots[0], frame.pixels)
                self.child.send("judge", slot=0, index=frame.index)
                answer = self.child.expect("judged", self.frame_deadline_s)
                self._warm = True
                yield bool(answer["refused"])
        except ChildFailed as error:
            self.close()
            raise in_words(error) from error

    # What follows is for the run in hand.

    @property
    def child(self) -> Child:
        """The process, started anew when there is none."""
        if self._child is None:
            self._open()
        if self._child is None:
            raise AssertionError("it was opened or an error raised")
        return self._child

    @property
    def frame_deadline_s(self) -> float:
        """How long to wait for the next frame."""
        deadlines = self._means.deadlines
        slow = not self._warm or self.providers[-1:] == ("cpu",)
        return deadlines.first_frame_s if slow else deadlines.frame_s

    @property
    def prepare_deadline_s(self) -> float:
        """How long to wait until a run can begin."""
        return self._means.deadlines.prepare_s

    def frame_came(self) -> None:
        """Note that the process has made a frame: all models have run once."""
        self._warm = True

    def next_run(self) -> int:
        """Return a number for a run."""
        self._runs += 1
        return self._runs

    def blob(self, name: str) -> str:
        """Return the path of a file that the settings name; empty when they name none."""
        return str(self._blobs[name]) if name in self._blobs else ""

    @property
    def frame_rate(self) -> float:
        """Frames a second, for the sound that lips follow."""
        return float(Fraction(self._settings.get("frame_rate") or "25"))

    @property
    def at_once(self) -> int:
        """How many frames are worked on at once."""
        if self._sparing:
            return _SPARING_FRAMES
        if self._means.frames_at_once:
            return self._means.frames_at_once
        if self.providers and self.providers[-1] != "cpu":
            return _ON_A_CARD
        return min(max(os.cpu_count() or 1, 2), _MOST_AT_ONCE)

    @property
    def in_places(self) -> int:
        """How many places there are for frames as they are."""
        return self.at_once + 3 * self._spec.halo_frames + 2

    @property
    def out_places(self) -> int:
        """How many places there are for what is made of them.

        One more than are worked on, so that the next is at hand; none where one frame is
        waited for, as a second would be made for nothing.
        """
        return self._spec.halo_frames + (1 if self.at_once == 1 else self.at_once + 1)

    def slots_for(self, frame: Frame) -> Slots:
        """Return places for frames of the size of ``frame``.

        Raises:
            ChildFailed: the process is no more.
            OutOfMemory: there is no room.
        """
        child = self.child
        height_px, width_px = frame.pixels.shape[:2]
        count = self.in_places + self.out_places
        if self._room is not None and self._room[1:] == (count, height_px, width_px):
            return self._room[0]
        try:
            slots, handle = child.memory.resized(count, height_px, width_px)
        except OSError as error:
            raise OutOfMemory("There is not enough memory for the frames in hand.") from error
        child.send("room", handle=handle, count=count, height_px=height_px, width_px=width_px)
        child.expect("room", self.prepare_deadline_s)
        self._room = slots, count, height_px, width_px
        return slots

    def can_spare(self, error: ChildFailed) -> bool:
        """Whether ``error`` may go away with less at once; makes it so, once."""
        if error.reason in ("refused", "photo"):
            return False
        again = not self._sparing or error.reason in ("died", "hung")
        self._sparing = self._sparing or error.reason == "out_of_memory"
        _log.warning("FaceFusion failed (%s); it is started again: %s", error.reason, again)
        return again

    def _open_or_spare(self) -> None:
        try:
            self._open()
        except ChildFailed as error:
            if error.reason != "out_of_memory" or not self.can_spare(error):
                raise
            self._open()

    def _open(self) -> None:
        self.close()
        child = Child(self._layout)
        try:
            child.send("open", setup=self._setup())
            answer = child.expect("opened", self._means.deadlines.open_s)
        except BaseException:
            child.close()
            raise
        self._child, self.providers = child, tuple(answer["providers"])
        for name in answer["left_out"]:
            _log.warning("The shortcut %r does not fit this FaceFusion and is left out.", name)

    def _setup(self) -> dict[str, Any]:
        layout = self._layout
        return {
            "source": str(layout.source.resolve()),
            "models": str(layout.models.resolve()),
            "caches": str(layout.caches.absolute()),
            "flags": options.command_line(self._settings),
            "providers": list(self._means.providers),
            "casting": self._casting,
            "sparing": self._sparing,
            "frames_at_once": self.at_once,
            "threads_in_frame": 0 if self._means.frames_at_once == 1 else 1,
        }


def in_words(error: ChildFailed) -> WorkerError:
    """Return what is told of a process that failed for good."""
    if error.reason == "out_of_memory":
        return OutOfMemory(error.sentence)
    if error.reason == "photo":
        return PhotoUnusable(error.sentence)
    if error.reason == "refused":
        return EngineUnusable(error.sentence)
    return EngineFailed(error.sentence)
