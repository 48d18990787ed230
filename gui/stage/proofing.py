"""Have proof clips, proof sheets and searches for trouble made, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from gui.stage.player import Pictures, Player
from gui.stage.proofs import HardFace, SheetRun
from gui.stage.rows import edge_at
from gui.stage.strip import WorkStrip
from orchestrator.desk.timeline import Range, Timeline, next_range, previous_range

Work = Literal["nothing", "proof", "trouble", "sheet"]
PROOF_S = Fraction(2)
SHEET_FRAMES = 12


@dataclass(frozen=True, slots=True)
class Drawn:
    """One frame of a sheet, as far as it could be drawn."""

    place: int
    pictures: Pictures | None
    """None when it failed."""


class Proofing(QObject):
    """What is tried out on this machine before a render.

    Signals:
        proof_ready: start and end of a proof that can be played.
        troubles_changed: what was found is other now.
        drawn: :class:`Drawn`, one more frame of the sheet.
        picture_failed: why a picture that is no part of all this did not come.
    """

    proof_ready = Signal(int, int)
    troubles_changed = Signal()
    drawn = Signal(object)
    picture_failed = Signal(str)

    def __init__(self, player: Player, strip: WorkStrip, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player, self._strip = player, strip
        self._work: Work = "nothing"
        self._sheet = SheetRun()
        self._needs_after = True
        self.troubles: tuple[Range, ...] = ()
        player.proof_share.connect(self._on_proof_share)
        player.proof_ready.connect(self._on_proof_ready)
        player.share.connect(self._on_share)
        player.troubles_found.connect(self._on_troubles)
        player.picture.connect(self._on_picture)
        player.failed.connect(self._on_failed)
        strip.cancel_asked.connect(self._on_cancelled)

    @property
    def work(self) -> Work:
        """What is being made."""
        return self._work

    def forget(self) -> None:
        """Give everything up: another video or another casting is shown."""
        if self._work in ("proof", "trouble"):
            self._player.cancel()
        self._work, self._sheet = "nothing", SheetRun()
        self._strip.clear()
        if self.troubles:
            self.troubles = ()
            self.troubles_changed.emit()

    # -- a proof clip ------------------------------------------------------------------------

    def begin_proof(self, timeline: Timeline, frame: int, trim: Range) -> None:
        """Have two seconds around a frame rendered."""
        start, end = around(timeline, frame, trim)
        self._take_up("proof")
        self._strip.show_work(_proof_words(), 0, end - start)
        self._player.proof(start, end)

    @Slot(int, int)
    def _on_proof_share(self, done: int, total: int) -> None:
        if self._work == "proof":
            self._strip.show_work(_proof_words(), done, total)

    @Slot(int, int)
    def _on_proof_ready(self, start: int, end: int) -> None:
        if self._work == "proof":
            self._work = "nothing"
            self._strip.clear()
            self.proof_ready.emit(start, end)

    # -- trouble -----------------------------------------------------------------------------

    def seek_trouble(self, trim: Range) -> None:
        """Look for frames on which a cast face is not found."""
        self._take_up("trouble")
        self._strip.show_work(_seek_words(), 0, trim[1] - trim[0])
        self._player.seek_trouble(*trim)

    def next_trouble(self, frame: int, *, forward: bool) -> int | None:
        """Return where the next place of trouble begins, or the one before."""
        found = (next_range if forward else previous_range)(self.troubles, frame)
        return found[0] if found else None

    def trouble_number(self, frame: int) -> int:
        """Return which trouble a frame is in, from 1; 0 for none."""
        places = enumerate(self.troubles, start=1)
        return next((n for n, (start, end) in places if start <= frame < end), 0)

    @Slot(int, int)
    def _on_share(self, done: int, total: int) -> None:
        if self._work == "trouble":
            self._strip.show_work(_seek_words(), done, total)

    @Slot(object)
    def _on_troubles(self, ranges: Sequence[Range]) -> None:
        if self._work != "trouble":
            return
        self._work = "nothing"
        self.troubles = tuple(ranges)
        self._strip.tell(_found_words(self.troubles))
        self.troubles_changed.emit()

    # -- the sheet ---------------------------------------------------------------------------

    def begin_sheet(self, frames: Sequence[HardFace], *, needs_after: bool) -> None:
        """Have frames drawn one after the other, both sides."""
        self._take_up("sheet")
        self._needs_after = needs_after
        self._sheet = SheetRun(tuple(frames))
        self._player.set_sides(before=True, after=True)
        self._draw_next()

    def end_sheet(self) -> None:
        """Draw no further frame."""
        if self._work == "sheet":
            self._work, self._sheet = "nothing", SheetRun()

    def _draw_next(self) -> None:
        frame = self._sheet.frame_wanted
        if frame is not None:
            self._player.go_to(frame)

    @Slot(object)
    def _on_picture(self, pictures: Pictures) -> None:
        if self._work != "sheet" or pictures.frame != self._sheet.frame_wanted:
            return
        if pictures.before is not None and (pictures.after is not None or not self._needs_after):
            self._drew(pictures)

    def _drew(self, pictures: Pictures | None) -> None:
        place = self._sheet.drawing
        if place is not None:
            self._sheet = self._sheet.with_drawn(place)
            self.drawn.emit(Drawn(place, pictures))
            self._draw_next()

    # -- all of them -------------------------------------------------------------------------

    def _take_up(self, work: Work) -> None:
        if self._work in ("proof", "trouble"):
            self._player.cancel()
        self._work = work
        self._strip.clear()

    @Slot(str, str)
    def _on_failed(self, sentence: str, advice: str) -> None:
        said = f"{sentence} {advice}".strip()
        if self._work == "sheet":
            self._drew(None)
        elif self._work == "nothing":
            self.picture_failed.emit(said)
        else:
            self._work = "nothing"
            self._strip.tell(said)

    @Slot()
    def _on_cancelled(self) -> None:
        if self._work in ("proof", "trouble"):
            self._work = "nothing"
            self._player.cancel()


def around(timeline: Timeline, frame: int, trim: Range) -> Range:
    """Return the frames of two seconds around ``frame``, within the trim where it is in it."""
    low, high = trim if trim[0] <= frame < trim[1] else (0, timeline.frame_count)
    latest = timeline.time_of(high) - PROOF_S
    begin = min(timeline.time_of(frame) - PROOF_S / 2, latest)
    start = max(low, timeline.frame_at(max(Fraction(0), begin)))
    end = edge_at(timeline, timeline.time_of(start) + PROOF_S)
    return start, min(high, max(end, frame + 1))


def _proof_words() -> str:
    return QCoreApplication.translate("Stage", "Rendering a proof clip…")


def _seek_words() -> str:
    return QCoreApplication.translate("Stage", "Looking for frames where a cast face is missed…")


def _found_words(troubles: Sequence[Range]) -> str:
    if not troubles:
        return QCoreApplication.translate("Stage", "No trouble: every cast face was found.")
    if len(troubles) == 1:
        return QCoreApplication.translate("Stage", "A cast face was not found in 1 place.")
    found = QCoreApplication.translate("Stage", "A cast face was not found in {0} places.")
    return found.format(len(troubles))
