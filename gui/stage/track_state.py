"""Say what the timeline draws and what lies under the pointer; sums only, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from gui.stage.axis import Axis, edge_at_x, frame_at_x, x_of_frame
from gui.stage.rows import MOST_ROWS, PersonRow
from orchestrator.desk.timeline import Range, Timeline

RULER_PX = 24
LANE_PX = 18
"""The lane of trouble, between the ruler and the rows."""
ROW_PX = 26
MORE_PX = 24
HEAD_PX = 188
PAD_PX = 12
"""At the right end, so that the last handle can be taken hold of."""
_REACH_PX = 7.0

What = Literal["nothing", "trim in", "trim out", "trouble", "person", "bar", "more", "time"]


@dataclass(frozen=True, slots=True)
class Under:
    """What is at a place of the timeline."""

    what: What
    frame: int = 0
    person_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackState:
    """Everything that the timeline shows, besides the playhead and the pointer."""

    timeline: Timeline
    axis: Axis
    rows: tuple[PersonRow, ...] = ()
    trim: Range = (0, 0)
    """Frames that are rendered, the end excluded."""
    troubles: tuple[Range, ...] = ()
    gaps: tuple[Range, ...] = ()
    """Where somebody who is cast is missing for a moment."""
    rendered: tuple[Range, ...] = ()
    """Frames that are finished by now."""
    highlight: str | None = None
    unfolded: bool = False
    first_row: int = 0
    """The row that is at the top."""

    # -- from top to bottom ------------------------------------------------------------------

    @property
    def lane_px(self) -> int:
        """How high the lane of trouble is; 0 while there is none."""
        return LANE_PX if self.troubles else 0

    @property
    def rows_top(self) -> int:
        """Where the first row begins."""
        return RULER_PX + self.lane_px

    @property
    def folded_away(self) -> int:
        """How many people have no row until the rest is unfolded."""
        return 0 if self.unfolded else max(0, len(self.rows) - MOST_ROWS)

    @property
    def can_fold(self) -> bool:
        """Whether there is a line that folds people away or unfolds them."""
        return len(self.rows) > MOST_ROWS

    @property
    def shown_rows(self) -> tuple[PersonRow, ...]:
        """The rows from the top one on."""
        most = None if self.unfolded else MOST_ROWS
        return self.rows[:most][self.first_row :]

    @property
    def height_px(self) -> int:
        """How high everything is together."""
        count = len(self.rows) - self.folded_away
        more = MORE_PX if self.can_fold else 0
        return self.rows_top + count * ROW_PX + more + 4

    def row_top(self, number: int) -> int:
        """Return where a row begins, counted from the one at the top."""
        return self.rows_top + number * ROW_PX

    # -- under the pointer -------------------------------------------------------------------

    def x_of(self, frame: int) -> float:
        """Return the pixel at which a frame begins."""
        return x_of_frame(self.axis, self.timeline, frame)

    def frame_at(self, x: float) -> int:
        """Return the frame at a pixel."""
        return frame_at_x(self.axis, self.timeline, x)

    def under(self, x: float, y: float) -> Under:
        """Return what is at a place."""
        row = self._row_at(y)
        if x < self.axis.left - _REACH_PX:
            return self._under_head(y, row)
        frame = self.frame_at(x)
        if y < RULER_PX:
            return self._under_ruler(x, frame)
        if self.lane_px and y < self.rows_top:
            return self._under_lane(x, frame)
        if row is not None and any(self._covers(run, x) for run in row.runs):
            return Under("bar", frame, row.person_id)
        return Under("more") if self._is_more(y) else Under("time", frame)

    def trimmed_to(self, handle: What, x: float) -> Range:
        """Return the trim when one of its handles is pulled to a pixel; a frame always stays."""
        edge = edge_at_x(self.axis, self.timeline, x)
        start, end = self.trim
        if handle == "trim in":
            return min(edge, end - 1), end
        return start, max(edge, start + 1)

    def _under_head(self, y: float, row: PersonRow | None) -> Under:
        if row is not None:
            return Under("person", person_id=row.person_id)
        return Under("more") if self._is_more(y) else Under("nothing")

    def _under_ruler(self, x: float, frame: int) -> Under:
        left, right = self.x_of(self.trim[0]), self.x_of(self.trim[1])
        near_in, near_out = abs(x - (left - 3)), abs(x - (right + 3))
        if min(near_in, near_out) <= _REACH_PX:
            return Under("trim in" if near_in <= near_out else "trim out", frame)
        return Under("time", frame)

    def _under_lane(self, x: float, frame: int) -> Under:
        near = [run for run in self.troubles if self._covers(run, x)]
        return Under("trouble", near[0][0]) if near else Under("time", frame)

    def _covers(self, run: Range, x: float) -> bool:
        left, right = self.x_of(run[0]), self.x_of(run[1])
        short = max(0.0, 8 - (right - left)) / 2
        return left - short <= x < right + short

    def _row_at(self, y: float) -> PersonRow | None:
        number = int((y - self.rows_top) // ROW_PX)
        rows = self.shown_rows
        return rows[number] if y >= self.rows_top and number < len(rows) else None

    def _is_more(self, y: float) -> bool:
        top = self.row_top(len(self.shown_rows))
        return self.can_fold and top <= y < top + MORE_PX


def begun(timeline: Timeline, rows: tuple[PersonRow, ...], width_px: float) -> TrackState:
    """Return what is shown of a video at first: all of it."""
    axis = Axis(timeline.duration_s, HEAD_PX, max(1.0, width_px - HEAD_PX - PAD_PX))
    return TrackState(timeline=timeline, axis=axis, rows=rows, trim=(0, timeline.frame_count))


def neighbour(state: TrackState, steps: int) -> str | None:
    """Return the person above or below the one that is highlighted, or the first."""
    ids = [row.person_id for row in state.rows]
    if not ids:
        return None
    if state.highlight not in ids:
        return ids[0]
    return ids[min(max(ids.index(state.highlight) + steps, 0), len(ids) - 1)]


def with_row_seen(state: TrackState, person_id: str | None) -> TrackState:
    """Return the state so that a person's row is among the unfolded ones."""
    place = next((n for n, row in enumerate(state.rows) if row.person_id == person_id), 0)
    if place >= MOST_ROWS and not state.unfolded:
        return replace(state, unfolded=True)
    return state
