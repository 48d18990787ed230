"""Move the playhead as the user wishes: scrub, step, jump, play, loop."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.stage.player import Player
from gui.stage.rows import PersonRow, edge_at
from orchestrator.desk.timeline import Range, Timeline, next_range, previous_range

_BETWEEN_MS = 60
"""While scrubbing pictures are asked for no more often."""


class Playback(QObject):
    """The playhead of one video.

    Signals:
        frame_changed: the frame the playhead is on.
    """

    frame_changed = Signal(int)

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._timeline: Timeline | None = None
        self._trim: Range = (0, 0)
        self._frame = 0
        self._held = self._ready = self._looping = False
        self._asked: int | None = None
        self._part: tuple[int, int, bool] | None = None
        self._between = QTimer(self, singleShot=True, interval=_BETWEEN_MS)
        self._between.timeout.connect(self._ask)
        player.position_changed.connect(self._on_position)

    @property
    def frame(self) -> int:
        """Where the playhead is."""
        return self._frame

    @property
    def looping(self) -> bool:
        """Whether playing begins anew at the end."""
        return self._looping

    def set_video(self, timeline: Timeline | None) -> None:
        """Move in another video, from its begin; nothing can be asked for before it is ready."""
        self._timeline, self._ready = timeline, False
        self._asked = None
        self._between.stop()
        self._trim = (0, timeline.frame_count if timeline is not None else 0)
        self._set_frame(0 if timeline is None else min(self._frame, timeline.frame_count - 1))

    def rewind(self) -> None:
        """Forget where the playhead was: another video comes."""
        self._frame, self._part = 0, None

    def set_ready(self) -> None:
        """Begin to ask for pictures: the player has the scene."""
        self._ready = True
        part, self._part = self._part, None
        if part is not None:
            start, end, loop = part
            self.play_part(start, end, loop=loop)
        elif self._player.frame != self._frame:  # else it was asked for with the scene
            self._ask_for(self._frame)

    def set_trim(self, trim: Range) -> None:
        """Play only these frames from now on."""
        self._trim = trim

    def set_held(self, held: bool) -> None:  # a slot of a signal
        """While the playhead is dragged, it is where the pointer is, not where pictures are."""
        self._held = held

    # -- moving ------------------------------------------------------------------------------

    def go_to(self, frame: int) -> None:
        """Move the playhead to a frame, held within the video; at once or when it is there."""
        self._part = None
        if self._timeline is None:
            self._frame = max(0, frame)
            return
        frame = min(max(frame, 0), self._timeline.frame_count - 1)
        self._set_frame(frame)
        self._ask_for(frame)

    def go_to_moment(self, moment: int | Fraction) -> None:
        """Move to a frame number, or to a time in seconds."""
        if self._timeline is not None:
            is_frame = isinstance(moment, int)
            self.go_to(int(moment) if is_frame else self._timeline.frame_at(moment))

    def step(self, frames: int) -> None:
        """Move by frames and pause."""
        if self._player.playing:
            self._player.pause()
        self.go_to(self._frame + frames)

    def step_s(self, seconds: float) -> None:
        """Move by seconds."""
        if self._timeline is not None:
            at = self._timeline.seconds_of(self._frame) + seconds
            self.go_to(self._timeline.frame_at(max(0.0, at)))

    def first(self) -> None:
        """Go to the first frame that is rendered; from there to the very first."""
        self.go_to(self._trim[0] if self._frame > self._trim[0] else 0)

    def last(self) -> None:
        """Go to the last frame that is rendered; from there to the very last."""
        if self._timeline is not None:
            last = self._trim[1] - 1
            self.go_to(last if self._frame < last else self._timeline.frame_count - 1)

    def jump(self, row: PersonRow | None, *, forward: bool) -> None:
        """Go to where a person appears next, or appeared before."""
        if row is None:
            return
        found = (next_range if forward else previous_range)(row.runs, self._frame)
        if found is not None:
            self.go_to(found[0])

    # -- playing -----------------------------------------------------------------------------

    def play_pause(self) -> None:
        """Play from the playhead, or stay on its frame."""
        if self._player.playing:
            self._player.pause()
        else:
            self._play()

    def set_looping(self, looping: bool) -> None:  # a slot of a signal
        """Begin anew at the end, or stop there."""
        self._looping = looping
        if self._player.playing:
            self._play()

    def play_part(self, start: int, end: int, *, loop: bool = False) -> None:
        """Play a stretch from its begin, at once or when the video is there."""
        if not self._ready:
            self._part = (start, end, loop)
            return
        self._asked = None
        self._set_frame(start)
        self._player.play(start, end, loop=loop)

    def _play(self) -> None:
        if not self._ready:
            return
        start, end = self._trim
        frame = self._frame if start <= self._frame < end - 1 else start
        self._asked = None
        if self._looping:
            self._player.play(start, end, loop=True)
            self._player.go_to(frame)
        else:
            self._player.play(frame, end)

    # -- asking ------------------------------------------------------------------------------

    def _set_frame(self, frame: int) -> None:
        self._frame = frame
        self.frame_changed.emit(frame)

    def _ask_for(self, frame: int) -> None:
        """Ask at once, or with the newest frame when the last asking is a moment old."""
        self._asked = frame
        if self._ready and not self._between.isActive():
            self._ask()

    @Slot()
    def _ask(self) -> None:
        if self._asked is not None and self._ready:
            frame, self._asked = self._asked, None
            self._player.go_to(frame)
            self._between.start()

    @Slot(int)
    def _on_position(self, frame: int) -> None:
        overtaken = self._held or self._asked is not None or not self._ready
        if not overtaken and frame != self._frame:
            self._set_frame(frame)


def trim_frames(timeline: Timeline, start: Fraction | None, end: Fraction | None) -> Range:
    """Return the frames that a trim in seconds leaves, as renders count them."""
    first = 0 if start is None else edge_at(timeline, start)
    last = timeline.frame_count if end is None else edge_at(timeline, end)
    first = min(first, timeline.frame_count - 1)
    return first, min(max(last, first + 1), timeline.frame_count)


def trim_seconds(timeline: Timeline, trim: Range) -> tuple[Fraction | None, Fraction | None]:
    """Return a trim in seconds; None where nothing is cut off."""
    start, end = trim
    return (
        timeline.time_of(start) if start > 0 else None,
        timeline.time_of(end) if end < timeline.frame_count else None,
    )
