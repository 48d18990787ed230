"""Be the place a face is put: drop a face or photos, click to choose, clear."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.faces.drops import face_in, is_wanted, photos_in
from gui.faces.library import FaceLibrary
from gui.faces.pictures import paint_picture
from gui.theme.current import colour
from gui.theme.icons import pixmap

_HEIGHT_PX, _PICTURE_PX, _GAP_PX = 44, 32, 8


class FaceSlot(QAbstractButton):
    """A wide slot with the face's picture and name.

    Signals:
        face_dropped: id of a library face.
        photos_dropped: tuple of paths.
        cleared: the Delete key was pressed on a filled slot.
    """

    face_dropped = Signal(str)
    photos_dropped = Signal(object)
    cleared = Signal()

    def __init__(self, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._pictures: tuple[str | None, ...] = ()
        self._words, self._second, self._tone = "", "", "muted"
        self._is_over = False
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        library.pictures.arrived.connect(self._on_arrived)

    def show_empty(self, words: str) -> None:
        """Invite a drop."""
        self._show((), words, "", "muted")

    def show_face(self, picture: str | None, name: str, second: str = "", tone: str = "") -> None:
        """Show a face; ``second`` is a sentence below it in the colour called ``tone``."""
        self._show((picture,), name, second, tone or "muted")

    def show_faces(self, pictures: tuple[str | None, ...], words: str) -> None:
        """Show that there are several."""
        self._show(pictures[:3], words, "", "muted")

    def is_empty(self) -> bool:
        """Return whether no face is in it."""
        return not self._pictures

    def words(self) -> tuple[str, str]:
        """Return what is written on it."""
        return self._words, self._second

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return a slot's usual size."""
        return QSize(160, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return room for the picture and a few letters."""
        return QSize(96, _HEIGHT_PX)

    def _show(self, pictures: tuple[str | None, ...], words: str, second: str, tone: str) -> None:
        self._pictures, self._words, self._second, self._tone = pictures, words, second, tone
        self.update()

    # -- drops and keys ----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Say that a face or photos are welcome."""
        if self.isEnabled() and is_wanted(event.mimeData()):
            event.acceptProposedAction()
            self._set_over(is_over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  # Qt's name
        """Look as before."""
        del event
        self._set_over(is_over=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Tell what was dropped."""
        self._set_over(is_over=False)
        face_id = face_in(event.mimeData())
        event.acceptProposedAction()
        if face_id is not None:
            self.face_dropped.emit(face_id)
        elif photos := photos_in(event.mimeData()):
            self.photos_dropped.emit(photos)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Clear with Delete, open with Return as with the space bar."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.is_empty():
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _set_over(self, *, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    # -- drawing -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the frame, the pictures and the words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        left = self._paint_pictures(painter)
        self._paint_words(painter, left)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        hot = self._is_over or (self.underMouse() and self.isEnabled())
        name = "focus" if self.hasFocus() else "accent" if self._is_over else "line"
        pen = QPen(colour(name if name != "line" or not self.is_empty() else "muted"))
        pen.setWidthF(2 if name != "line" else 1)
        if self.is_empty() and name != "focus":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(
            colour("hovered") if hot else colour("raised", 1.0 if not self.is_empty() else 0.4)
        )
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_pictures(self, painter: QPainter) -> float:
        ratio = self.devicePixelRatioF()
        left = 7.0
        top = (self.height() - _PICTURE_PX) / 2
        if not self._pictures:
            drawn = pixmap("add", 16, "muted" if self.isEnabled() else "line", ratio)
            painter.drawPixmap(round(left) + 3, round((self.height() - 16) / 2), drawn)
            return left + 19 + _GAP_PX
        for path in reversed(self._pictures):
            place = QRectF(left, top, _PICTURE_PX, _PICTURE_PX)
            picture = self._library.pictures.get(path, _PICTURE_PX * ratio)
            painter.setPen(QPen(colour("raised"), 2))
            painter.setBrush(colour("hovered"))
            painter.drawEllipse(place)
            if picture is not None:
                paint_picture(painter, place, picture, _PICTURE_PX / 2)
            else:
                drawn = pixmap("person", 16, "muted", ratio)
                painter.drawPixmap(round(left) + 8, round(top) + 8, drawn)
            left += _PICTURE_PX * 0.5
        return left + _PICTURE_PX * 0.5 + _GAP_PX

    def _paint_words(self, painter: QPainter, left: float) -> None:
        width = self.width() - left - 8
        metrics = self.fontMetrics()
        words = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, int(width))
        painter.setPen(colour("text" if self._pictures and self.isEnabled() else "muted"))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        if not self._second:
            painter.drawText(QRectF(left, 0, width, self.height()), flags, words)
            return
        half = self.height() / 2
        painter.drawText(QRectF(left, 4, width, half - 4), flags, words)
        font = self.font()
        font.setPixelSize(max(11, self.fontInfo().pixelSize() - 1))
        painter.setFont(font)
        painter.setPen(colour(self._tone))
        second = painter.fontMetrics().elidedText(
            self._second, Qt.TextElideMode.ElideRight, int(width)
        )
        painter.drawText(QRectF(left, half - 1, width, half - 4), flags, second)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Draw anew when it is enabled or disabled."""
        super().changeEvent(event)
        self.update()

    def _on_arrived(self, path: str) -> None:
        if path in self._pictures:
            self.update()


def forward_drops(
    around: QWidget, slot: FaceSlot, before: Callable[[], object] | None = None
) -> None:
    """Let a face or photos be dropped anywhere on ``around``, as if on ``slot``.

    ``before`` is called first when something is let go.
    """
    around.setAcceptDrops(True)
    around.installEventFilter(_Forwarding(around, slot, before))


class _Forwarding(QObject):
    """Hands drags on to a slot while it can take them."""

    def __init__(
        self, around: QWidget, slot: FaceSlot, before: Callable[[], object] | None
    ) -> None:
        super().__init__(around)
        self._slot, self._before = slot, before

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Hand a drag on."""
        del watched
        if isinstance(event, QDragEnterEvent):
            event.ignore()
            if not self._slot.isHidden():
                self._slot.dragEnterEvent(event)
            return True
        if isinstance(event, QDragLeaveEvent):
            self._slot.dragLeaveEvent(event)
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            if self._before is not None:
                self._before()
            self._slot.dropEvent(event)
            return True
        return False
