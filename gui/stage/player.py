"""Play and show one video for the stage: pictures, time and sound on the Qt thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gui.bridge import Bridge
from orchestrator.preview.scene import Made, Scene, StoredPart

SoundState = Literal["ready", "none"]


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is to be shown of one frame; a side that is not wanted, or not there yet, is None."""

    frame: int
    before: QImage | None
    after: QImage | None
    made: Made
    """How ``after`` was made; ``source`` while it is None."""
    missed: bool
    """Whether a cast face was expected on this frame and not found."""


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

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        """Start nothing yet: the process that decodes is started by the first scene."""
        super().__init__(parent)
        self._bridge = bridge

    @property
    def scene(self) -> Scene | None:
        """What is shown."""
        raise NotImplementedError

    @property
    def frame(self) -> int:
        """Where the playhead is."""
        raise NotImplementedError

    @property
    def playing(self) -> bool:
        """Whether pictures follow each other by themselves."""
        raise NotImplementedError

    def show(self, scene: Scene | None) -> None:
        """Show another entry, or the same one with another casting; None for nothing.

        The playhead stays where it is when the source is the same.
        """
        raise NotImplementedError

    def refresh_stored(self, parts: Sequence[StoredPart]) -> None:
        """Take note of which finished segments there are now."""
        raise NotImplementedError

    def go_to(self, frame: int) -> None:
        """Move the playhead; while playing, go on from there."""
        raise NotImplementedError

    def step(self, frames: int) -> None:
        """Move the playhead by ``frames`` and pause."""
        raise NotImplementedError

    def play(self, start: int | None = None, end: int | None = None, *, loop: bool = False) -> None:
        """Play from ``start`` (the playhead unless said) to ``end`` (the last frame's)."""
        raise NotImplementedError

    def pause(self) -> None:
        """Stay on the frame that is shown."""
        raise NotImplementedError

    def set_sides(self, *, before: bool, after: bool) -> None:
        """Say which sides are looked at; the other is neither decoded nor rendered."""
        raise NotImplementedError

    def set_size(self, longest_px: int) -> None:
        """Say how large pictures are shown; they are no larger than the source."""
        raise NotImplementedError

    def set_muted(self, muted: bool) -> None:
        """Play without or with sound."""
        raise NotImplementedError

    def proof(self, start: int, end: int) -> None:
        """Render these frames now; :attr:`proof_ready` tells when they can be played."""
        raise NotImplementedError

    def seek_trouble(self, start: int, end: int) -> None:
        """Look for frames on which a cast face is missed; see :attr:`troubles_found`."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Give up the proof or the search that runs."""
        raise NotImplementedError

    def sound_state(self) -> SoundState:
        """Whether sound would be heard: the video has some and the machine can play it."""
        raise NotImplementedError

    def close(self) -> None:
        """End the process that decodes; nothing is shown any more."""
        raise NotImplementedError
