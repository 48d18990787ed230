"""Show the time of one video: ruler, playhead, trim, and when each person is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollBar, QWidget

from gui.speaking import Speaking
from gui.stage.rows import PersonRow
from gui.stage.track import Track
from gui.stage.track_state import ROW_PX, begun
from orchestrator.desk.timeline import Range, Timeline

_BAR_STEPS = 10_000
MOST_HEIGHT_PX = 232


class TimelineView(Speaking):
    """The track with its scroll bars.

    Signals:
        frame_asked, person_picked, trim_asked, held: see :class:`~gui.stage.track.Track`.
    """

    frame_asked = Signal(int)
    person_picked = Signal(object)
    trim_asked = Signal(int, int)
    held = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.track = Track(self)
        self._across = QScrollBar(Qt.Orientation.Horizontal, self)
        self._down = QScrollBar(Qt.Orientation.Vertical, self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.track, 0, 0)
        grid.addWidget(self._down, 0, 1)
        grid.addWidget(self._across, 1, 0)
        self.setMaximumHeight(MOST_HEIGHT_PX)
        self.track.frame_asked.connect(self.frame_asked)
        self.track.person_picked.connect(self.person_picked)
        self.track.trim_asked.connect(self.trim_asked)
        self.track.held.connect(self.held)
        self.track.scrolled.connect(self._set_bars)
        self.track.unfold_asked.connect(self._fold)
        self._across.valueChanged.connect(self._on_across)
        self._down.valueChanged.connect(self._on_down)
        self._set_bars()
        self.retranslate()

    def set_video(self, timeline: Timeline | None, rows: tuple[PersonRow, ...] = ()) -> None:
        """Show another video, all of it; None for none."""
        state = begun(timeline, rows, self.track.width()) if timeline is not None else None
        self.track.set_faces({})
        self.track.set_state(state)
        self._set_bars()

    def set_rows(self, rows: tuple[PersonRow, ...]) -> None:
        """Show other people, or other castings, of the same video."""
        self._put(rows=rows)

    def set_trim(self, trim: Range) -> None:
        """Show which frames are rendered."""
        self._put(trim=trim)

    def set_troubles(self, troubles: tuple[Range, ...], gaps: tuple[Range, ...] = ()) -> None:
        """Mark where faces were not found."""
        self._put(troubles=troubles, gaps=gaps)

    def set_rendered(self, rendered: tuple[Range, ...]) -> None:
        """Mark which frames are rendered by now."""
        self._put(rendered=rendered)

    def set_faces(self, faces: Mapping[str, QImage]) -> None:
        """Show people's faces beside their names."""
        self.track.set_faces(faces)

    def set_can_trim(self, can_trim: bool) -> None:
        """Let the trim be changed, or not."""
        self.track.set_can_trim(can_trim)

    def set_frame(self, frame: int, *, follow: bool = True) -> None:
        """Move the playhead."""
        self.track.set_frame(frame)
        if follow:
            self.track.follow()

    def set_highlight(self, person_id: str | None) -> None:
        """Draw one person's row stronger."""
        self.track.highlight(person_id)
        self._set_bars()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return the track's size, as far as it is not scrolled."""
        hint = self.track.sizeHint()
        more = self._across.sizeHint().height() if self._across.isVisibleTo(self) else 0
        return QSize(hint.width(), min(hint.height() + more, MOST_HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return the ruler with two rows."""
        return QSize(320, min(self.sizeHint().height(), 24 + 2 * ROW_PX + 4))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Fit the scroll bars."""
        super().resizeEvent(event)
        self._set_bars()

    def _put(self, **changed: object) -> None:
        if self.track.state is not None:
            self.track.set_state(replace(self.track.state, **changed))  # type: ignore[arg-type]  # callers are typed
            self._set_bars()

    @Slot()
    def _fold(self) -> None:
        state = self.track.state
        if state is not None:
            self._put(unfolded=not state.unfolded, first_row=0)

    @Slot()
    def _set_bars(self) -> None:
        """Fit the scroll bars to what is seen, without being told of it by them."""
        quiet = [QSignalBlocker(bar) for bar in (self._across, self._down)]
        state = self.track.state
        zoomed = state is not None and state.axis.shown_s is not None
        if state is not None and zoomed:
            share = state.axis.seen_s / state.axis.duration_s
            self._across.setRange(0, round(_BAR_STEPS * (1 - share)))
            self._across.setPageStep(max(1, round(_BAR_STEPS * share)))
            self._across.setSingleStep(max(1, round(_BAR_STEPS * share / 10)))
            self._across.setValue(round(_BAR_STEPS * state.axis.start_s / state.axis.duration_s))
        most = self.track.most_first()
        self._down.setRange(0, most)
        self._down.setPageStep(4)
        self._down.setValue(state.first_row if state is not None else 0)
        self._across.setVisible(zoomed)
        self._down.setVisible(most > 0)
        del quiet
        self.updateGeometry()

    @Slot(int)
    def _on_across(self, value: int) -> None:
        state = self.track.state
        if state is not None:
            self.track.see(value / _BAR_STEPS * state.axis.duration_s)

    @Slot(int)
    def _on_down(self, value: int) -> None:
        state = self.track.state
        if state is not None:
            self.track.scroll_rows(value - state.first_row)

    def retranslate(self) -> None:
        """Set every text of this widget in the language in use."""
        self._across.setAccessibleName(self.tr("Part of the video that is seen"))
        self._down.setAccessibleName(self.tr("People that are seen"))
