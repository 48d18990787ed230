"""Draw the timeline and hear what is done on it with the mouse and with keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from gui.speaking import Speaking
from gui.stage.rows import PersonRow
from gui.stage.timecode import written
from gui.stage.track_drawing import (
    PLAYHEAD_REACH,
    draw_ground,
    draw_playhead,
    draw_pointer,
    draw_rendered,
    draw_rows,
    draw_trim,
    draw_trouble,
)
from gui.stage.track_state import (
    HEAD_PX,
    PAD_PX,
    ROW_PX,
    TrackState,
    Under,
    What,
    neighbour,
    with_row_seen,
)
from gui.stage.words import person_name, worn_name
from gui.theme.current import colour, palette
from gui.words.amounts import listed
from orchestrator.desk.timeline import Range

_WHEEL_STEP = 1.25
_SCROLL_SHARE = 0.1


class Track(Speaking):
    """The painted part of the timeline.

    Signals:
        frame_asked: the user wants this frame to be shown.
        person_picked: id of a person whose row or bar was picked, or None.
        trim_asked: start and end of the trim once a handle was let go.
        scrolled: the part that is seen has changed.
        unfold_asked: the line that folds people away was clicked.
        held: whether the playhead or a handle is being dragged.
    """

    frame_asked = Signal(int)
    person_picked = Signal(object)
    trim_asked = Signal(int, int)
    scrolled = Signal()
    unfold_asked = Signal()
    held = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: TrackState | None = None
        self._frame = 0
        self._can_trim = True
        self._faces: Mapping[str, QImage] = {}
        self._still = QPixmap()
        self._still_for: tuple[object, ...] = ()
        self._drag: Under | None = None
        self._pointer_x: float | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.retranslate()

    @property
    def state(self) -> TrackState | None:
        """What is drawn; None while there is no video."""
        return self._state

    def set_state(self, state: TrackState | None) -> None:
        """Draw something else."""
        if state is not None:
            width = self.width() - HEAD_PX - PAD_PX
            state = replace(state, axis=state.axis.resized(HEAD_PX, width))
        if state == self._state:
            return
        self._state = state
        self._describe()
        self.updateGeometry()
        self.update()

    def set_faces(self, faces: Mapping[str, QImage]) -> None:
        """Show people's faces beside their names."""
        self._faces = faces
        self._still_for = ()
        self.update()

    def set_can_trim(self, can_trim: bool) -> None:
        """Let the trim be changed, or not."""
        self._can_trim = can_trim
        self._still_for = ()
        self.update()

    def set_frame(self, frame: int) -> None:
        """Move the playhead; only its old and its new place are painted."""
        if frame == self._frame or self._state is None:
            self._frame = frame
            return
        self._update_around(self._state.x_of(self._frame))
        self._frame = frame
        self._update_around(self._state.x_of(frame))
        self._describe()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return the height at which nothing needs to be scrolled."""
        return QSize(480, self._state.height_px if self._state is not None else 80)

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Copy what stands still; draw the playhead and the pointer over it."""
        painter = QPainter(self)
        if self._state is None:
            painter.fillRect(event.rect(), colour("panel"))
            return
        painter.drawPixmap(0, 0, self._stills(self._state))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state, height = self._state, self.height()
        x = state.x_of(self._frame)
        if state.axis.left - 1 <= x <= state.axis.left + state.axis.width + 1:
            draw_playhead(painter, x, height)
        if self._pointer_x is not None:
            text = self._moment(state, state.frame_at(self._pointer_x))
            draw_pointer(painter, self._pointer_x, text, self.width(), height)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _stills(self, state: TrackState) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = (state, self.size().toTuple(), ratio, palette(), self.font().key())
        if key != self._still_for:
            self._still = self._draw_stills(state, ratio)
            self._still_for = key
        return self._still

    def _draw_stills(self, state: TrackState, ratio: float) -> QPixmap:
        width, height = self.width(), self.height()
        made = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
        made.setDevicePixelRatio(ratio)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        draw_ground(painter, state, width, height, self._more_words(state), self._trouble_words)
        draw_rows(painter, state, self._faces, height)
        draw_rendered(painter, state)
        draw_trim(painter, state, height, can_trim=self._can_trim)
        draw_trouble(painter, state)
        painter.end()
        return made

    def _update_around(self, x: float) -> None:
        self.update(QRect(int(x) - PLAYHEAD_REACH, 0, 2 * PLAYHEAD_REACH + 1, self.height()))

    # -- pointer -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Pick a person, take hold of a handle, or move the playhead."""
        if self._state is None or event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position()
        under = self._state.under(at.x(), at.y())
        if under.what == "more":
            self.unfold_asked.emit()
        elif under.what == "person":
            same = under.person_id == self._state.highlight
            self.person_picked.emit(None if same else under.person_id)
        elif under.what != "nothing":
            self._take_hold(under)

    def _take_hold(self, under: Under) -> None:
        if under.what in ("trim in", "trim out") and not self._can_trim:
            under = replace(under, what="time")
        self._drag = under
        self.held.emit(True)  # noqa: FBT003  # a signal takes no names
        if under.what == "bar":
            self.person_picked.emit(under.person_id)
        if under.what not in ("trim in", "trim out"):
            self.frame_asked.emit(under.frame)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Drag what is held; else show the moment under the pointer."""
        if self._state is None:
            return
        at = event.position()
        if self._drag is not None:
            self._drag_to(self._state, self._drag.what, at)
        self._set_pointer(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Let go; a trim that was pulled is asked for now."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        held, self._drag = self._drag, None
        if held is None or self._state is None:
            return
        self.held.emit(False)  # noqa: FBT003  # a signal takes no names
        if held.what in ("trim in", "trim out"):
            self.trim_asked.emit(*self._state.trim)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Forget the pointer."""
        self._set_pointer(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Zoom with Ctrl held; else scroll people, or time where there is nobody to scroll."""
        if self._state is None:
            return
        delta = event.angleDelta()
        notches = (delta.y() or delta.x()) / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_time(_WHEEL_STEP**notches, event.position().x())
        elif delta.y() and self._hidden_rows() and not self._with_shift(event):
            self.scroll_rows(-1 if notches > 0 else 1)
        else:
            axis = self._state.axis
            self.see(axis.start_s - notches * axis.seen_s * _SCROLL_SHARE)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer when it rests."""
        if isinstance(event, QHelpEvent) and self._state is not None:
            text = self._tip(self._state, self._state.under(event.x(), event.y()))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    @staticmethod
    def _with_shift(event: QWheelEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def _drag_to(self, state: TrackState, what: What, at: QPointF) -> None:
        if what in ("trim in", "trim out"):
            trim = state.trimmed_to(what, at.x())
            if trim != state.trim:
                self.set_state(replace(state, trim=trim))
                self.frame_asked.emit(trim[0] if what == "trim in" else trim[1] - 1)
        elif what != "trouble":
            self.frame_asked.emit(state.frame_at(at.x()))

    def _set_pointer(self, at: QPointF | None) -> None:
        state = self._state
        over = at is not None and state is not None and at.x() >= state.axis.left - 1
        before, self._pointer_x = self._pointer_x, at.x() if over and at is not None else None
        if before != self._pointer_x:
            self.update()
        if at is None or state is None:
            return
        what = self._drag.what if self._drag else state.under(at.x(), at.y()).what
        shapes = {
            "trim in": Qt.CursorShape.SizeHorCursor,
            "trim out": Qt.CursorShape.SizeHorCursor,
            "bar": Qt.CursorShape.PointingHandCursor,
            "person": Qt.CursorShape.PointingHandCursor,
            "more": Qt.CursorShape.PointingHandCursor,
            "trouble": Qt.CursorShape.PointingHandCursor,
        }
        self.setCursor(shapes.get(what, Qt.CursorShape.ArrowCursor))

    # -- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Go from person to person; zoom time; the rest is the panel's."""
        key = event.key()
        if self._state is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.person_picked.emit(neighbour(self._state, -1 if key == Qt.Key.Key_Up else 1))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_time(_WHEEL_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_time(1 / _WHEEL_STEP)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._state.can_fold:
            self.unfold_asked.emit()
        else:
            super().keyPressEvent(event)

    def zoom_time(self, factor: float, x: float | None = None) -> None:
        """Show less or more time at once; what is at ``x`` (or the playhead) stays there."""
        state = self._state
        if state is None:
            return
        at = state.x_of(self._frame) if x is None else x
        self.set_state(replace(state, axis=state.axis.zoomed(factor, at)))
        self.scrolled.emit()

    def scroll_rows(self, rows: int) -> None:
        """Move the rows up or down."""
        state = self._state
        if state is not None:
            first = min(max(state.first_row + rows, 0), self.most_first())
            self.set_state(replace(state, first_row=first))
            self.scrolled.emit()

    def follow(self) -> None:
        """Turn a page when the playhead has left the part that is seen."""
        state = self._state
        if state is not None:
            axis = state.axis.showing(state.timeline.seconds_of(self._frame))
            if axis != state.axis:
                self.set_state(replace(state, axis=axis))
                self.scrolled.emit()

    def highlight(self, person_id: str | None) -> None:
        """Draw one person's row stronger, unfolded if need be."""
        if self._state is not None:
            state = replace(self._state, highlight=person_id)
            self.set_state(with_row_seen(state, person_id))

    def see(self, start_s: float) -> None:
        """Scroll time."""
        if self._state is not None:
            axis = self._state.axis.scrolled_to(start_s)
            self.set_state(replace(self._state, axis=axis))
            self.scrolled.emit()

    def most_first(self) -> int:
        """Return the highest row that may be at the top."""
        if self._state is None:
            return 0
        shown = len(self._state.rows) - self._state.folded_away
        room = max(1, (self.height() - self._state.rows_top) // ROW_PX)
        return max(0, shown - room)

    def _hidden_rows(self) -> bool:
        return self.most_first() > 0

    # -- the rest ----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the same time over the new width."""
        super().resizeEvent(event)
        self.set_state(self._state)
        self.scroll_rows(0)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show that the focus went."""
        super().focusOutEvent(event)
        self.update()

    def _moment(self, state: TrackState, frame: int) -> str:
        time = written(state.timeline.seconds_of(frame))
        return self.tr("{0} · frame {1}").format(time, frame)

    def _more_words(self, state: TrackState) -> str:
        if state.unfolded:
            return self.tr("Show fewer people")
        return self.tr("and {0} more").format(state.folded_away)

    def _tip(self, state: TrackState, under: Under) -> str:
        match under.what:
            case "trim in":
                return self.tr("Begin of what is rendered (I)") if self._can_trim else self._fixed
            case "trim out":
                return self.tr("End of what is rendered (O)") if self._can_trim else self._fixed
            case "trouble":
                return self.tr("A cast face was not found here")
            case "person" | "bar":
                return next((_told(r) for r in state.rows if r.person_id == under.person_id), "")
        return ""

    def _describe(self) -> None:
        """Tell screen readers where the playhead and the trim are, and who is highlighted."""
        state = self._state
        if state is None:
            self.setAccessibleDescription("")
            return
        parts = [
            self._moment(state, self._frame),
            self._trim_words(state.timeline.frame_count, state.trim),
        ]
        if state.rendered:
            frames = sum(end - start for start, end in state.rendered)
            parts.append(self.tr("{0} frames are finished").format(frames))
        parts += [_told(row) for row in state.rows if row.person_id == state.highlight]
        self.setAccessibleDescription(". ".join(part for part in parts if part))

    def _trim_words(self, count: int, trim: Range) -> str:
        if trim == (0, count):
            return ""
        return self.tr("Rendered from frame {0} to {1}").format(trim[0], trim[1] - 1)

    def retranslate(self) -> None:
        """Set every text of this widget in the language in use."""
        self.setAccessibleName(self.tr("Timeline"))
        self._trouble_words = self.tr("Trouble")
        self._fixed = self.tr("The trim cannot be changed while this video waits or renders")
        self._still_for = ()
        self._describe()
        self.update()


def _told(row: PersonRow) -> str:
    return worn_name(person_name(row.called, unsure=row.unsure), listed(row.worn))
