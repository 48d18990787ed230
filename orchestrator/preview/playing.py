"""Give a stretch for playing: pictures of both sides in lockstep, sound a little before them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from orchestrator.errors import SecondUnitError
from orchestrator.preview.frames import Check, FrameReader, file_of_source
from orchestrator.preview.parts import PartReaders, Proofs, is_same, part_at
from orchestrator.preview.scene import (
    Answer,
    Made,
    Play,
    PlayEnded,
    Scene,
    Shown,
    Side,
    Sound,
)
from orchestrator.preview.shrink import as_stored, shrunk_frame, size_of
from orchestrator.preview.sound import RATE_HZ, SoundReader
from orchestrator.preview.stills import failed
from orchestrator.preview.times import time_of
from remote_worker.engines import Pixels
from remote_worker.errors import SourceUnreadable, WorkerError

Say = Callable[[Answer], None]
PICTURES_AHEAD = 24
"""So many may be given that were not taken yet."""
_AHEAD_S = Fraction(1)
"""No picture is given that is shown later than this after the last one that was taken ..."""
_FEWEST_FRAMES_AHEAD = 2
"""... but so many frames always are."""
_SOUND_AHEAD_S = Fraction(3, 10)
_KEPT = 2


class Stopped(Exception):
    """The stretch is not wanted any more."""


class Playing:
    """One thread that gives :class:`Play`; the other methods are called from any."""

    def __init__(self, say: Say) -> None:
        """Answer through ``say``."""
        self._say = say
        self._changed = threading.Condition()
        self._wanted: tuple[Play, Scene, Proofs] | None = None
        self._number = -1
        self._taken = 0
        self._scene: Scene | None = None
        self._proofs = Proofs()

    def show(self, scene: Scene | None, proofs: Proofs) -> None:
        """Play this scene from now on; a stretch of another is not gone on with."""
        with self._changed:
            if scene is None or self._scene is None or not is_same(scene, self._scene):
                self._number = -1
            self._scene, self._proofs = scene, proofs
            self._changed.notify_all()

    def play(self, play: Play) -> None:
        """Give this stretch from now on, and no other."""
        with self._changed:
            if self._scene is not None:
                self._wanted = (play, self._scene, self._proofs)
                self._number, self._taken = play.number, 0
            self._changed.notify_all()

    def taken(self, number: int, frames: int) -> None:
        """Note how many frames of a stretch were shown or dropped so far."""
        with self._changed:
            if number == self._number:
                self._taken = max(self._taken, frames)
            self._changed.notify_all()

    def stop(self, number: int) -> None:
        """Give no more of a stretch."""
        with self._changed:
            if number == self._number:
                self._number = -1
            self._changed.notify_all()

    def run(self) -> None:
        """Play for ever."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted is not None)
                wanted, self._wanted = self._wanted, None
            if wanted is not None:
                self._give(*wanted)

    def _give(self, play: Play, scene: Scene, proofs: Proofs) -> None:
        stretch = _Stretch(play, scene, proofs)
        try:
            self._give_all(play, stretch)
            self._say(PlayEnded(play.number))
        except Stopped:
            return
        except (WorkerError, SecondUnitError) as error:
            self._say(failed(play.number, error))
        finally:
            stretch.close()

    def _give_all(self, play: Play, stretch: _Stretch) -> None:
        given = _Given()
        frames = range(play.first_frame or play.start_frame, play.end_frame)
        passed = Fraction(0)

        def check() -> None:
            if self._number != play.number:
                raise Stopped

        while True:
            for frame in frames:
                time = passed + stretch.time(frame) - stretch.time(frames.start)
                self._await_room(play, given, time)
                for sound in stretch.sound(frames, frame):
                    self._say(sound)
                for shown in stretch.shown(self._scene_now(stretch.scene), frame, check):
                    self._say(shown)
                given.add(time)
            passed += stretch.time(frames.stop) - stretch.time(frames.start)
            frames = range(play.start_frame, play.end_frame)
            stretch.begin_again()
            if not play.loop or not frames:
                return

    def _await_room(self, play: Play, given: _Given, time: Fraction) -> None:
        most = max(_FEWEST_FRAMES_AHEAD, PICTURES_AHEAD // max(len(play.sides), 1))

        def has_room() -> bool:
            return self._number != play.number or given.has_room(self._taken, most, time)

        with self._changed:
            self._changed.wait_for(has_room)
            if self._number != play.number:
                raise Stopped

    def _scene_now(self, begun: Scene) -> Scene:
        """Return the scene with the segments that are finished by now."""
        now = self._scene
        return now if now is not None and is_same(now, begun) else begun


class _Given:
    """Counts what was given and not taken."""

    def __init__(self) -> None:
        self._taken = 0
        self._times: deque[Fraction] = deque()

    def add(self, time: Fraction) -> None:
        self._times.append(time)

    def has_room(self, taken: int, most: int, time: Fraction) -> bool:
        while self._taken < taken and self._times:
            self._times.popleft()
            self._taken += 1
        if len(self._times) < _FEWEST_FRAMES_AHEAD:
            return True
        return len(self._times) < most and time - self._times[0] <= _AHEAD_S


class _Stretch:
    """The open files of one play."""

    def __init__(self, play: Play, scene: Scene, proofs: Proofs) -> None:
        self.scene = scene
        self._play, self._source, self._proofs = play, scene.source, proofs
        self._size = size_of(scene.source.picture, play.longest_px)
        self._reader = FrameReader(file_of_source(scene.source), most_kept=_KEPT)
        self._parts = PartReaders(scene.source, most_kept=_KEPT)
        has_sound = play.sound and scene.source.has_sound
        self._sound = SoundReader(scene.source) if has_sound else None
        self._sounded: int | None = None

    def close(self) -> None:
        self._reader.close()
        self._parts.close()
        if self._sound is not None:
            self._sound.close()

    def begin_again(self) -> None:
        self._sounded = None

    def time(self, frame: int) -> Fraction:
        return time_of(self._source.index, frame)

    def sound(self, frames: range, frame: int) -> list[Sound]:
        """Return the sound that belongs before ``frame`` and was not given yet."""
        if self._sound is None:
            return []
        start = self._sounded
        if start is None:
            start = round(self.time(frames.start) * RATE_HZ)
        last = round(self.time(frames.stop) * RATE_HZ)
        end = min(last, round((self.time(frame) + _SOUND_AHEAD_S) * RATE_HZ))
        if frame == frames.stop - 1:
            end = last
        if end <= start:
            return []
        self._sounded = end
        samples = self._sound.read(start, end)
        return [Sound(self._play.number, start / RATE_HZ, RATE_HZ, samples)]

    def shown(self, scene: Scene, frame: int, check: Check) -> list[Shown]:
        """Return a picture of each side that is wanted; the same one twice shares its bytes."""
        own: Shown | None = None
        made = []
        for side in self._play.sides:
            found = self._finished(scene, frame, check) if side == "after" else None
            if found is None:
                own = own or self._as_shown(side, frame, self._own(frame, check), "source")
                made.append(replace(own, side=side))
            else:
                made.append(self._as_shown(side, frame, *found))
        return made

    def _own(self, frame: int, check: Check) -> Pixels:
        decoded = self._reader.get(frame, check)
        return shrunk_frame(decoded.frame, self._source.picture, self._size)

    def _finished(self, scene: Scene, frame: int, check: Check) -> tuple[Pixels, Made, bool] | None:
        part = part_at(scene, frame)
        if part is not None:
            try:
                decoded = self._parts.get(part, frame, check)
            except SourceUnreadable:
                return None  # it was cleared away since
            picture = as_stored(self._source.picture)
            pixels = shrunk_frame(decoded.frame, picture, self._size)
            return pixels, "rendered", frame in part.missed_frames
        proof = self._proofs.get(frame)
        if proof is not None:
            return proof.pixels(self._size), "preview", proof.missed
        return None

    def _as_shown(
        self, side: Side, frame: int, pixels: Pixels, made: Made, missed: bool = False
    ) -> Shown:
        return Shown(
            number=self._play.number,
            frame=frame,
            side=side,
            made=made,
            width_px=pixels.shape[1],
            height_px=pixels.shape[0],
            missed=missed,
            pixels=pixels.tobytes(),
        )
