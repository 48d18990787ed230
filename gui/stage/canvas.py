"""Let the user wipe, zoom, move and pick on the picture, with the mouse and with keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from gui.stage.geometry import face_at, grips, panned, rescaled, wipe_at, zoomed
from gui.stage.marks import FaceMark
from gui.stage.picture_view import PictureView

_WHEEL_STEP = 1.2
_CLICK_REACH_PX = 4.0


class Canvas(PictureView):
    """The picture and all that can be done on it.

    Signals:
        person_picked: id of a person whose face was picked, or None when nobody's was.
        play_asked: the space bar was pressed and let go.
    """

    person_picked = Signal(object)
    play_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._drag = ""
        self._space_held = False
        self.grabGesture(Qt.GestureType.PinchGesture)

    # -- pointer -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Take hold of the dividing line, or of the picture."""
        at = event.position()
        self._pressed = self._last = at
        layout = self.layout_now
        middle_button = event.button() == Qt.MouseButton.MiddleButton
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed = None
        elif middle_button or self._space_held:
            self._drag = "pan"
        elif self._mode == "wipe" and grips(layout, self._wipe, at.x()):
            self._drag = "wipe"
        else:
            self._drag = ""
        self._by_keys = False
        self._show_pointer(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Move what is held, or show what is under the pointer."""
        at = event.position()
        if self._pressed is not None:
            if not self._drag and _apart(at, self._pressed) > _CLICK_REACH_PX:
                self._drag = "pan" if self.layout_now.reaches_beyond else self._drag_of_mode()
            self._drag_to(at)
        else:
            self._hover(at)
        self._last = at
        self._show_pointer(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Let go; a press that did not move picks the face under it."""
        if self._pressed is not None and not self._drag:
            self._pick_at(event.position())
        self._pressed, self._drag = None, ""
        self._show_pointer(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Switch between the whole picture and one pixel for a pixel, where the pointer is."""
        if event.button() != Qt.MouseButton.LeftButton or self._face_at(event.position()):
            return
        if self.is_fitted:
            self._rescale_at(1.0, event.position())
        else:
            self.fit()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Forget what was under the pointer."""
        if self._hovered is not None:
            self._hovered = None
            self.update()
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Come nearer to, or away from, what is under the pointer."""
        notches = event.angleDelta().y() / 120
        if notches:
            self._zoom_at(_WHEEL_STEP**notches, event.position())
        event.accept()

    def _drag_of_mode(self) -> str:
        return "wipe" if self._mode == "wipe" else "nothing"

    def _drag_to(self, at: QPointF) -> None:
        layout = self.layout_now
        if self._drag == "wipe":
            self.move_wipe(wipe_at(layout, at.x()))
        elif self._drag == "pan":
            moved = at - self._last
            self._zoom = panned(self._zoom, layout, moved.x(), moved.y())
            self._space_held = False
            self.update()

    def _hover(self, at: QPointF) -> None:
        mark = self._face_at(at)
        person_id = mark.person_id if mark else None
        if person_id != self._hovered:
            self._hovered = person_id
            self.update()

    def _show_pointer(self, at: QPointF) -> None:
        on_line = self._mode == "wipe" and grips(self.layout_now, self._wipe, at.x())
        if self._drag == "pan":
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._drag == "wipe" or on_line:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._hovered is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif self.layout_now.reaches_beyond:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def _face_at(self, at: QPointF) -> FaceMark | None:
        if not self._faces_shown:
            return None
        places = [mark.place for mark in self._marks]
        number = face_at(places, self.layout_now, at.x(), at.y())
        return None if number is None else self._marks[number]

    def _pick_at(self, at: QPointF) -> None:
        mark = self._face_at(at)
        self.person_picked.emit(mark.person_id if mark else None)

    def _zoom_at(self, factor: float, at: QPointF) -> None:
        self._zoom = zoomed(self.layout_now, factor, at.x(), at.y())
        self._changed_zoom()

    def _rescale_at(self, scale: float, at: QPointF) -> None:
        self._zoom = rescaled(self.layout_now, scale, at.x(), at.y())
        self._changed_zoom()

    # -- keys and the rest -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Pick the face that the keyboard is on; hold the space bar to move the picture."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._on_face is not None:
            self.person_picked.emit(self._on_face)
        elif key == Qt.Key.Key_Escape and self._on_face is not None:
            self._set_on_face(None)
        elif key == Qt.Key.Key_Space and self.layout_now.reaches_beyond:
            self._space_held = True
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Play when the space bar was let go without moving the picture."""
        if event.key() == Qt.Key.Key_Space and self._space_held and not event.isAutoRepeat():
            self._space_held = False
            self.play_asked.emit()
            return
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: N802  # Qt's name
        """Go from face to face before going on to the next control."""
        faces = [mark.person_id for mark in self._marks] if self._faces_shown else []
        order: list[str | None] = [None, *faces]
        at = order.index(self._on_face) if self._on_face in order else 0
        to = at + (1 if next_ else -1)
        self._by_keys = True
        if 0 <= to < len(order):
            self._set_on_face(order[to])
            return True
        self._set_on_face(None)
        return super().focusNextPrevChild(next_)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show the focus when it came by keys."""
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:  # else it was there before
            self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Take the focus' marks away."""
        self._on_face, self._space_held = None, False
        self.update()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the space bar while the picture can be moved with it; zoom by pinching."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Space
            and self.layout_now.reaches_beyond
        ):
            event.accept()
            return True
        pinch = (
            event.gesture(Qt.GestureType.PinchGesture) if isinstance(event, QGestureEvent) else None
        )
        if isinstance(pinch, QPinchGesture):
            self._zoom_at(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint())))
            return True
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._zoom_at(1 + event.value(), event.position())
            return True
        return super().event(event)


def _apart(one: QPointF, other: QPointF) -> float:
    return (one - other).manhattanLength()
