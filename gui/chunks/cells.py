"""Lay the pieces of a render out on the video's time axis; no widget, no painting."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from gui.cloud import words as cloud_words
from gui.words import amounts, states
from orchestrator.desk.rented import Rented
from orchestrator.events import LeaseId
from orchestrator.plan import SEGMENT_FRAMES
from orchestrator.snapshot import ChunkState, ChunkView, Interruption
from remote_worker.contract.records import ChunkId

LEAST_PX = 2.0
"""Narrower pieces are drawn together with their neighbours."""
ORDER = (
    ChunkState.FETCHED,
    ChunkState.STORED,
    ChunkState.RENDERING,
    ChunkState.WAITING,
    ChunkState.BURIED,
)
"""In which the legend names states."""
_FINISHED = (ChunkState.STORED, ChunkState.FETCHED)
_DIGITS = re.compile(r"(\d+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One piece, or several that are too narrow to be told apart."""

    start_frame: int
    end_frame: int
    state: ChunkState
    pieces: int = 1
    frames_done: int = 0
    worker: int | None = None
    """Number of the one that renders it."""
    lease_id: LeaseId | None = None
    """Under which that one is held."""

    @property
    def is_finished(self) -> bool:
        """Whether all of it can be played."""
        return self.state in _FINISHED

    @property
    def playable_end(self) -> int:
        """The frame up to which it can be played; its own start while nothing can.

        Of a piece in hand those segments are finished that end before the frame it has come to.
        """
        if self.is_finished:
            return self.end_frame
        reached = self.start_frame + self.frames_done
        whole = reached - reached % SEGMENT_FRAMES if self.pieces == 1 else 0
        return max(self.start_frame, whole)

    @property
    def share(self) -> float:
        """How much of it is rendered, from 0 to 1."""
        return min(1.0, self.frames_done / max(1, self.end_frame - self.start_frame))


@dataclass(frozen=True, slots=True)
class Axis:
    """The time axis of a whole video, drawn over a width."""

    frames: int
    width_px: float

    def x_of(self, frame: int) -> float:
        """Return where a frame begins."""
        return frame * self.width_px / max(1, self.frames)

    def frame_at(self, x_px: float) -> int:
        """Return which frame is drawn at a place; the nearest one outside."""
        frame = int(x_px * max(1, self.frames) / max(1.0, self.width_px))
        return min(max(0, frame), max(0, self.frames - 1))


def cells(chunks: Sequence[ChunkView], axis: Axis) -> tuple[Cell, ...]:
    """Return the cells to draw, in order, none narrower than :data:`LEAST_PX` if it can be."""
    least_frames = LEAST_PX * max(1, axis.frames) / max(1.0, axis.width_px)
    made: list[Cell] = []
    group: list[ChunkView] = []
    for chunk in chunks:
        group.append(chunk)
        if chunk.end_frame - group[0].start_frame >= least_frames:
            made.append(_cell(group))
            group = []
    if group:
        made.append(_cell(group))
    return tuple(made)


def with_holders(
    chunks: Sequence[ChunkView], held: MutableMapping[ChunkId, LeaseId]
) -> tuple[ChunkView, ...]:
    """Return pieces with who rendered them, as far as it was seen; ``held`` remembers it."""
    held.update({chunk.chunk_id: chunk.holder for chunk in chunks if chunk.holder is not None})
    return tuple(
        replace(chunk, holder=held.get(chunk.chunk_id)) if chunk.state in _FINISHED else chunk
        for chunk in chunks
    )


def worker_number(lease_id: str | None) -> int | None:
    """Return the number in a lease's name, which is what a worker is called by."""
    found = _DIGITS.search(lease_id) if lease_id else None
    return int(found.group(1)) if found else None


def cell_at(drawn: Sequence[Cell], frame: int) -> int | None:
    """Return which cell holds a frame; None outside of all."""
    at = bisect.bisect_right(drawn, frame, key=lambda cell: cell.start_frame) - 1
    return at if at >= 0 and frame < drawn[at].end_frame else None


def differing(before: Sequence[Cell], now: Sequence[Cell]) -> list[int] | None:
    """Return which cells have to be painted anew; None when they lie elsewhere."""
    if len(before) != len(now):
        return None
    places = zip(before, now, strict=True)
    if any(a.start_frame != b.start_frame or a.end_frame != b.end_frame for a, b in places):
        return None
    return [n for n, (a, b) in enumerate(zip(before, now, strict=True)) if a != b]


def counts(chunks: Iterable[ChunkView]) -> list[tuple[ChunkState, int]]:
    """Return how many pieces are in each state that occurs, in the legend's order."""
    counted = Counter(chunk.state for chunk in chunks)
    return [(state, counted[state]) for state in ORDER if counted[state]]


def told(cell: Cell, frame_rate: Fraction, rented: Rented | None = None) -> str:
    """Return what a cell says when it is pointed at, and which rented machine renders it."""
    where = amounts.span(cell.start_frame, cell.end_frame, frame_rate)
    frames = QCoreApplication.translate("Chunks", "Frames {0} to {1}").format(
        amounts.count(cell.start_frame + 1), amounts.count(cell.end_frame)
    )
    said = QCoreApplication.translate("Chunks", "{0} ({1})").format(where, frames)
    lines = [said, _state_said(cell)]
    machine = None if rented is None else rented.machine_of(cell.lease_id)
    if machine is not None:
        lines.append(cloud_words.machine(machine))
    if cell.is_finished:
        lines.append(QCoreApplication.translate("Chunks", "Click to play this part."))
    elif cell.playable_end > cell.start_frame:
        lines.append(QCoreApplication.translate("Chunks", "Click to play what is finished of it."))
    return "\n".join(lines)


def interruption_told(
    mark: Interruption, frame_rate: Fraction, rented: Rented | None = None
) -> str:
    """Return what a mark on the time axis says when it is pointed at."""
    where = amounts.clock(mark.frame / frame_rate)
    machine = None if rented is None else rented.machine_of(mark.lease_id)
    if machine is not None:
        return cloud_words.gone_here(machine, where)
    return states.interruption(worker_number(mark.lease_id) or 0, where)


def summary(chunks: Sequence[ChunkView]) -> str:
    """Return how many pieces are finished."""
    done = sum(chunk.state in _FINISHED for chunk in chunks)
    if done == len(chunks):
        return QCoreApplication.translate("Chunks", "All are finished")
    said = QCoreApplication.translate("Chunks", "{0} of {1} finished")
    return said.format(amounts.count(done), amounts.count(len(chunks)))


def _state_said(cell: Cell) -> str:
    said = states.piece(cell.state)
    if cell.pieces > 1:
        several = QCoreApplication.translate("Chunks", "{0} pieces, {1} of {2} frames rendered")
        return several.format(
            amounts.count(cell.pieces),
            amounts.count(cell.frames_done),
            amounts.count(cell.end_frame - cell.start_frame),
        )
    if cell.worker is not None:
        by = QCoreApplication.translate("Chunks", "{0} by {1}")
        said = by.format(said, states.worker(cell.worker))
    if cell.is_finished or not cell.frames_done:
        return said
    partly = QCoreApplication.translate("Chunks", "{0} – {1} of {2} frames")
    total = amounts.count(cell.end_frame - cell.start_frame)
    return partly.format(said, amounts.count(cell.frames_done), total)


def _cell(group: Sequence[ChunkView]) -> Cell:
    holders = {chunk.holder for chunk in group if chunk.holder is not None}
    lease_id = next(iter(holders)) if len(holders) == 1 else None
    return Cell(
        start_frame=group[0].start_frame,
        end_frame=group[-1].end_frame,
        state=_state_of({chunk.state for chunk in group}),
        pieces=len(group),
        frames_done=sum(chunk.frames_done for chunk in group),
        worker=worker_number(lease_id),
        lease_id=lease_id,
    )


def _state_of(found: set[ChunkState]) -> ChunkState:
    """Return the state that several pieces show together: the one that matters most."""
    for state in (ChunkState.BURIED, ChunkState.RENDERING, ChunkState.WAITING):
        if state in found:
            return state
    return ChunkState.STORED if ChunkState.STORED in found else ChunkState.FETCHED
