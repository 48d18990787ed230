"""Play and show one video for the stage: pictures, time and sound on the Qt thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from gui.bridge import Bridge
from gui.stage.player_clock import Clock
from gui.stage.player_pictures import Arrived, Pictures, Stills, put_together
from gui.stage.player_run import DueFrame, Run
from gui.stage.player_sound import Speaker, has_output
from orchestrator.preview.scene import (
    Answer,
    Ask,
    Failed,
    Play,
    PlayEnded,
    Proof,
    ProofReady,
    Scene,
    SeekTrouble,
    Share,
    Shown,
    Side,
    Sound,
    StoredPart,
    Troubles,
)
from orchestrator.preview.times import time_of

if TYPE_CHECKING:
    from orchestrator.preview.viewer import Hear, OnEnd, Viewer

__all__ = ["Pictures", "Player", "SoundState"]

SoundState = Literal["ready", "none"]
_LONGEST_PX = 1280
_SIZE_STEP_PX = 160
"""Sizes are rounded up to these, so that a window that is drawn larger asks seldom."""
_BUSY_MS = 250
_SETTLED_MS = 120
_LONGEST_TICK_MS, _SHORTEST_TICK_MS = 20, 1
_FRAMES_TO_BEGIN = 2
_SOUND_COMES_S = 0.5
"""A device that plays nothing for so long is not waited for."""


class Player(QObject):
    """Shows frames of one scene and plays them; every method returns at once.

    Signals:
        picture: :class:`Pictures` to draw.  For one frame it may come twice: first with the
            side that was ready first.
        position_changed: the frame the playhead is on, whether or not it is drawn yet.
        playing_changed: whether pictures follow each other by themselves.
        proof_share: frames of a proof that are rendered, of how many.
        proof_ready: start and end of the proof; playing these frames shows it.
        share: frames looked through for trouble, of how many.
        troubles_found: tuple of (start, end) frame ranges.
        failed: a sentence and advice.
        busy_changed: whether something that was asked for has not come for a moment.
        scene_changed: another scene, or none, is shown.
        sound_changed: :meth:`sound_state` may be another one.
    """

    picture = Signal(object)
    position_changed = Signal(int)
    playing_changed = Signal(bool)
    proof_share = Signal(int, int)
    proof_ready = Signal(int, int)
    share = Signal(int, int)
    troubles_found = Signal(object)
    failed = Signal(str, str)
    busy_changed = Signal(bool)
    scene_changed = Signal(object)
    sound_changed = Signal()
    _heard = Signal(object)
    _ended = Signal(str, str)

    def __init__(
        self,
        bridge: Bridge,
        parent: QObject | None = None,
        *,
        viewer_for: Callable[[Hear, OnEnd], Viewer] | None = None,
    ) -> None:
        """Start nothing yet: the process that decodes is started by the first scene."""
        super().__init__(parent)
        self._bridge, self._viewer_for = bridge, viewer_for
        self._viewer: Viewer | None = None
        self._scene: Scene | None = None
        self._frame = 0
        self._sides: tuple[Side, ...] = ("before", "after")
        self._longest_px = _LONGEST_PX
        self._muted = self._has_output = self._is_busy = False
        self._number = 0
        self._stills = Stills()
        self._search: Proof | SeekTrouble | None = None
        self._run: Run[Arrived] | None = None
        self._clock = Clock(time.monotonic)
        self._speaker: Speaker | None = None
        self._leaving: list[Speaker] = []
        self._sound_late_s = 0.0
        self._last: tuple[bytes, QImage] | None = None
        queued = Qt.ConnectionType.QueuedConnection
        self._heard.connect(self._on_heard, queued)
        self._ended.connect(self._on_ended, queued)
        self._tick = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._on_tick)
        self._late = QTimer(self, singleShot=True, interval=_BUSY_MS)
        self._late.timeout.connect(lambda: self._set_busy(busy=True))
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._ask_anew)

    # -- what is shown -----------------------------------------------------------------------

    @property
    def scene(self) -> Scene | None:
        """What is shown."""
        return self._scene

    @property
    def frame(self) -> int:
        """Where the playhead is."""
        return self._frame

    @property
    def playing(self) -> bool:
        """Whether pictures follow each other by themselves."""
        return self._run is not None

    def show(self, scene: Scene | None) -> None:
        """Show another entry, or the same one with another casting; None for nothing.

        The playhead stays where it is when the source is the same.
        """
        was = self._scene
        same_source = was is not None and scene is not None and was.source == scene.source
        if was is not None and scene is not None and same_source and was.cast == scene.cast:
            self.refresh_stored(scene.stored)
            return
        self._end_run()
        self._stills, self._search = Stills(), None
        self._scene = scene
        self._set_busy(busy=False)
        if scene is not None:
            self._frame = self._within(self._frame) if same_source else 0
            self._opened_viewer().show(scene)
        self.scene_changed.emit(scene)
        self.sound_changed.emit()
        if scene is not None:
            self.position_changed.emit(self._frame)
            self._ask()

    def refresh_stored(self, parts: Sequence[StoredPart]) -> None:
        """Take note of which finished segments there are now."""
        if self._scene is None or self._viewer is None or self._scene.stored == tuple(parts):
            return
        self._scene = replace(self._scene, stored=tuple(parts))
        self._viewer.refresh(parts)
        shown = self._stills.shown
        is_here = any(part.start_frame <= self._frame < part.end_frame for part in parts)
        if is_here and not self.playing and (shown is None or shown.made != "rendered"):
            self._ask()

    def set_sides(self, *, before: bool, after: bool) -> None:
        """Say which sides are looked at; the other is neither decoded nor rendered."""
        wanted: tuple[tuple[Side, bool], ...] = (("before", before), ("after", after))
        sides = tuple(side for side, is_wanted in wanted if is_wanted)
        if sides != self._sides:
            self._sides = sides
            self._ask_anew()

    def set_size(self, longest_px: int) -> None:
        """Say how large pictures are shown; they are no larger than the source."""
        size = -(-max(longest_px, 1) // _SIZE_STEP_PX) * _SIZE_STEP_PX
        if size != self._longest_px:
            grown, self._longest_px = size > self._longest_px, size
            if grown and self._scene is not None:
                self._settled.start()

    # -- moving ------------------------------------------------------------------------------

    def go_to(self, frame: int) -> None:
        """Move the playhead; while playing, go on from there."""
        if self._scene is None:
            return
        run = self._run
        self._set_frame(self._within(frame))
        if run is None:
            self._ask()
        elif run.start_frame <= self._frame < run.end_frame:
            self._begin_run(run.start_frame, run.end_frame, self._frame, loop=run.loop)
        else:
            self._begin_run(self._frame, self._count, self._frame, loop=False)

    def step(self, frames: int) -> None:
        """Move the playhead by ``frames`` and pause."""
        self._end_run()
        self.go_to(self._frame + frames)

    def play(self, start: int | None = None, end: int | None = None, *, loop: bool = False) -> None:
        """Play from ``start`` (the playhead unless said) to ``end`` (the last frame's)."""
        if self._scene is None:
            return
        last = self._count if end is None else min(max(end, 1), self._count)
        first = self._within(self._frame if start is None else start)
        if first >= last:
            return
        was_playing = self.playing
        self._begin_run(first, last, first, loop=loop)
        self._set_frame(first)
        if not was_playing:
            self.playing_changed.emit(self.playing)

    def pause(self) -> None:
        """Stay on the frame that is shown."""
        if self.playing:
            self._end_run()
            self._ask()

    def set_muted(self, muted: bool) -> None:
        """Play without or with sound."""
        self._muted = muted
        if self._speaker is not None:
            self._speaker.set_muted(muted)

    def sound_state(self) -> SoundState:
        """Whether sound would be heard: the video has some and the machine can play it."""
        has_sound = self._scene is not None and self._scene.source.has_sound
        return "ready" if has_sound and self._has_output else "none"

    # -- what takes a while ------------------------------------------------------------------

    def proof(self, start: int, end: int) -> None:
        """Render these frames now; :attr:`proof_ready` tells when they can be played."""
        number = self._next()
        self._begin_search(Proof(number, self._within(start), end, self._longest_px))

    def seek_trouble(self, start: int, end: int) -> None:
        """Look for frames on which a cast face is missed; see :attr:`troubles_found`."""
        self._begin_search(SeekTrouble(self._next(), self._within(start), end))

    def cancel(self) -> None:
        """Give up the proof or the search that runs."""
        if self._search is not None and self._viewer is not None:
            self._viewer.stop(self._search.number)
        self._search = None

    def close(self) -> None:
        """End the process that decodes; nothing is shown any more."""
        self._end_run()
        self._settled.stop()
        self._late.stop()
        self._scene = None
        viewer, self._viewer = self._viewer, None
        if viewer is not None:
            viewer.close()
        for speaker in self._leaving:
            speaker.join()

    # -- stills ------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask for the frame under the playhead."""
        if self._scene is None or self._viewer is None or not self._sides:
            return
        asks = [Ask(self._next(), self._frame, side, self._longest_px) for side in self._sides]
        self._stills.begin(asks)
        self._late.start()
        for ask in asks:
            self._viewer.ask(ask)

    @Slot()
    def _ask_anew(self) -> None:
        """Ask again for what is shown: it is wanted otherwise now."""
        run = self._run
        if run is None:
            self._ask()
        else:
            self._begin_run(run.start_frame, run.end_frame, self._frame, loop=run.loop)

    def _show_still(self, arrived: Arrived) -> None:
        pictures = self._stills.take(arrived)
        if self._stills.is_answered:
            self._set_busy(busy=False)
        if pictures is not None and not self.playing:
            self.picture.emit(pictures)

    # -- playing -----------------------------------------------------------------------------

    def _begin_run(self, start: int, end: int, first: int, *, loop: bool) -> None:
        scene, viewer = self._scene, self._viewer
        if scene is None or viewer is None or not self._sides:
            return
        self._drop_run()
        index = scene.source.index
        self._run = run = Run[Arrived](
            self._next(),
            start_frame=start,
            end_frame=end,
            first_frame=first,
            loop=loop,
            sides=self._sides,
            seconds_of=lambda frame: float(time_of(index, frame)),
        )
        self._clock = Clock(time.monotonic)
        with_sound = self.sound_state() == "ready"
        self._stills.give_up()
        self._late.start()
        viewer.ask(
            Play(run.number, start, end, self._sides, self._longest_px, loop, with_sound, first)
        )

    def _end_run(self) -> None:
        """Stop playing, if it plays, without asking for anything."""
        if self._run is not None:
            self._drop_run()
            self.playing_changed.emit(self.playing)

    def _drop_run(self) -> None:
        run, self._run = self._run, None
        speaker, self._speaker = self._speaker, None
        self._tick.stop()
        if run is not None and self._viewer is not None:
            self._viewer.stop(run.number)
        if speaker is not None:
            speaker.end()
            self._leaving = [each for each in (*self._leaving, speaker) if each.is_alive]

    def _play_sound(self, sound: Sound) -> None:
        if self._speaker is None:
            self._speaker = Speaker(sound.rate_hz)
            self._speaker.set_muted(self._muted)
        self._speaker.give(sound.samples)

    @Slot()
    def _on_tick(self) -> None:
        run = self._run
        if run is None:
            return
        self._follow_sound(run)
        now_s = self._clock.now_s()
        due = run.take(now_s)
        if due is not None:
            self._draw(due)
            if self._viewer is not None:
                self._viewer.taken(run.number, run.taken)
        if run is not self._run:
            return  # who was told of the picture did something else
        if run.is_over(now_s):
            self._end_run()
            self._ask()
            return
        if not run.waiting and not run.ended and not self._has_speaker():
            self._clock.hold()
        self._tick.start(self._until_next_ms(run))

    def _follow_sound(self, run: Run[Arrived]) -> None:
        """Start the clock when there is enough to play, and hold it to the sound."""
        if self._clock.is_held and run.waiting < _FRAMES_TO_BEGIN and not run.ended:
            return
        speaker = self._speaker
        if speaker is None or not self._has_speaker():
            self._clock.go()
            return
        if not speaker.started:
            speaker.start()
            self._sound_late_s = time.monotonic() + _SOUND_COMES_S
        played_s = speaker.played_s()
        if played_s is not None:
            self._clock.go()
            self._clock.heard(played_s)
        elif time.monotonic() > self._sound_late_s:
            self._clock.go()

    def _until_next_ms(self, run: Run[Arrived]) -> int:
        due_s = run.next_due_s()
        if due_s is None or self._clock.is_held:
            return _LONGEST_TICK_MS
        left_ms = int((due_s - self._clock.now_s()) * 1000)
        return min(max(left_ms, _SHORTEST_TICK_MS), _LONGEST_TICK_MS)

    def _draw(self, due: DueFrame[Arrived]) -> None:
        pictures = put_together(due.frame, due.sides.get("before"), due.sides.get("after"))
        self._set_busy(busy=False)
        self._set_frame(due.frame)
        self.picture.emit(pictures)

    def _has_speaker(self) -> bool:
        return self._speaker is not None and not self._speaker.failed

    # -- what the viewer says ----------------------------------------------------------------

    def _hear(self, answer: Answer) -> None:
        """Take an answer on the viewer's thread; pictures are converted there, not later."""
        if self._viewer is None:
            return
        told: object = answer
        if isinstance(answer, Shown):
            told = Arrived(
                number=answer.number,
                frame=answer.frame,
                side=answer.side,
                made=answer.made,
                missed=answer.missed,
                image=self._image_of(answer),
            )
        self._heard.emit(told)

    def _image_of(self, shown: Shown) -> QImage:
        """Return the picture in the form that is drawn quickest, in memory of its own."""
        last = self._last
        if last is not None and last[0] is shown.pixels:
            return last[1]
        wide, high = shown.width_px, shown.height_px
        given = QImage(shown.pixels, wide, high, 3 * wide, QImage.Format.Format_BGR888)
        image = given.convertToFormat(QImage.Format.Format_RGB32)
        self._last = (shown.pixels, image)
        return image

    @Slot(object)
    def _on_heard(self, told: object) -> None:
        run = self._run
        is_of_run = run is not None and getattr(told, "number", None) == run.number
        if isinstance(told, Arrived):
            if run is not None and is_of_run:
                run.add(told.frame, told.side, told)
                self._wake()
            else:
                self._show_still(told)
        elif isinstance(told, Sound):
            if is_of_run:
                self._play_sound(told)
        elif isinstance(told, PlayEnded):
            if run is not None and is_of_run:
                run.ended = True
                self._wake()
        elif isinstance(told, Failed):
            self._on_failed(told)
        else:
            self._on_found(told)

    def _wake(self) -> None:
        if not self._tick.isActive():
            self._tick.start(_SHORTEST_TICK_MS)

    def _on_found(self, told: object) -> None:
        search = self._search
        if search is None or getattr(told, "number", None) != search.number:
            return
        if isinstance(told, Share):
            heard = self.proof_share if isinstance(search, Proof) else self.share
            heard.emit(told.done, told.total)
        elif isinstance(told, ProofReady):
            self._search = None
            self.proof_ready.emit(told.start_frame, told.end_frame)
        elif isinstance(told, Troubles):
            self._search = None
            self.troubles_found.emit(told.ranges)

    def _on_failed(self, told: Failed) -> None:
        """Tell of what cannot be shown, unless nobody waits for it any more."""
        run = self._run
        if run is not None and told.number == run.number:
            self._end_run()
        elif self._search is not None and told.number == self._search.number:
            self._search = None
        elif not self._stills.fail(told.number):
            return
        self._set_busy(busy=False)
        self.failed.emit(*said_of(told))

    @Slot(str, str)
    def _on_ended(self, sentence: str, advice: str) -> None:
        self._end_run()
        self._stills.give_up()
        self._search = None
        self._set_busy(busy=False)
        self.failed.emit(sentence, advice)

    def _on_output_found(self, found: bool) -> None:
        if self._viewer is not None and found != self._has_output:
            self._has_output = found
            self.sound_changed.emit()

    # -- small things ------------------------------------------------------------------------

    def _begin_search(self, question: Proof | SeekTrouble) -> None:
        self.cancel()
        if self._scene is None or self._viewer is None:
            return
        self._search = question
        self._viewer.ask(question)

    def _opened_viewer(self) -> Viewer:
        if self._viewer is None:
            self._viewer = (self._viewer_for or _viewer)(self._hear, self._ended.emit)
            self._bridge.run(has_output, self._on_output_found)
        return self._viewer

    def _next(self) -> int:
        self._number += 1
        return self._number

    @property
    def _count(self) -> int:
        return len(self._scene.source.index.pts) if self._scene is not None else 0

    def _within(self, frame: int) -> int:
        return min(max(frame, 0), max(self._count - 1, 0))

    def _set_frame(self, frame: int) -> None:
        if frame != self._frame:
            self._frame = frame
            self.position_changed.emit(frame)

    def _set_busy(self, *, busy: bool) -> None:
        if not busy:
            self._late.stop()
        if busy != self._is_busy:
            self._is_busy = busy
            self.busy_changed.emit(busy)


def _viewer(hear: Hear, on_end: OnEnd) -> Viewer:
    from orchestrator.preview.viewer import Viewer  # the window is drawn before it is needed

    return Viewer(hear, on_end)


def said_of(failed: Failed) -> tuple[str, str]:
    """Return a failure's sentence and advice in the language in use."""
    words = {
        "preview_ended": (
            QCoreApplication.translate(
                "Player", "Showing this part of the video ended the preview."
            ),
            QCoreApplication.translate(
                "Player", "The app is unharmed. Try another frame, or re-export the video."
            ),
        ),
        "preview_hung": (
            QCoreApplication.translate(
                "Player", "Showing this part of the video took far longer than it should."
            ),
            QCoreApplication.translate("Player", "Try another frame, or re-export the video."),
        ),
        "preview_too_large": (
            QCoreApplication.translate(
                "Player", "Showing this video needs more memory than the preview may take."
            ),
            QCoreApplication.translate(
                "Player", "Close other programs, or re-export the video at a smaller size."
            ),
        ),
    }
    return words.get(failed.code, (failed.sentence, failed.advice))
