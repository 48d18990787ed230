"""Show a photo with several faces and let a person say which one is meant."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.faces.pictures import Pictures
from gui.theme.current import colour
from remote_worker.contract.records import Box

_HEIGHT_PX = 220


class WhichFace(QWidget):
    """The whole photo, its faces outlined and numbered; click one, or walk with the arrows.

    Signals:
        picked: number of the face that has been chosen.
    """

    picked = Signal(int)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._path: str | None = None
        self._boxes: tuple[Box, ...] = ()
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        pictures.arrived.connect(lambda path: self.update() if path == self._path else None)

    def show_photo(self, path: str, boxes: Sequence[Box]) -> None:
        """Show a re-encoded photo; the largest face is chosen first."""
        self._path, self._boxes, self._chosen = path, tuple(boxes), 0
        self.update()

    def chosen(self) -> int:
        """Return the number of the face that is chosen."""
        return self._chosen

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return a height that leaves room for the form."""
        return QSize(280, _HEIGHT_PX)

    def place_of(self, number: int) -> QRectF:
        """Return where a face is drawn."""
        return self._on_screen(self._boxes[number], self._photo_place())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Choose the next or the previous face."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        by = step.get(Qt.Key(event.key()))
        if by is None or not self._boxes:
            super().keyPressEvent(event)
            return
        order = sorted(range(len(self._boxes)), key=lambda n: self._boxes[n].left)
        self._choose(order[(order.index(self._chosen) + by) % len(order)])

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Choose the face that was clicked."""
        for number in range(len(self._boxes)):
            if self.place_of(number).contains(event.position()):
                self._choose(number)
                return

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the photo, the faces' outlines and their numbers."""
        del event
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("canvas"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        picture = self._pictures.get(self._path, 512)
        place = self._photo_place()
        if picture is not None:
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
        for number, box in enumerate(self._boxes):
            self._paint_box(painter, number, self._on_screen(box, place))
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _choose(self, number: int) -> None:
        self._chosen = number
        self.setAccessibleDescription(self.tr("Face {0} is chosen.").format(number + 1))
        self.update()
        self.picked.emit(number)

    def _paint_box(self, painter: QPainter, number: int, place: QRectF) -> None:
        is_chosen = number == self._chosen
        pen = QPen(colour("accent") if is_chosen else colour("on_canvas", 0.7))
        pen.setWidthF(3 if is_chosen else 1.5)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 4, 4)
        label = QRectF(place.topLeft() - QPointF(0, 9), QSize(20, 18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent") if is_chosen else colour("canvas", 0.85))
        painter.drawRoundedRect(label, 9, 9)
        painter.setPen(colour("on_accent" if is_chosen else "on_canvas"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, str(number + 1))

    def _photo_place(self) -> QRectF:
        picture = self._pictures.get(self._path, 512)
        room = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        if picture is None:
            return room
        size = picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        return place

    @staticmethod
    def _on_screen(box: Box, place: QRectF) -> QRectF:
        return QRectF(
            place.left() + box.left * place.width(),
            place.top() + box.top * place.height(),
            (box.right - box.left) * place.width(),
            (box.bottom - box.top) * place.height(),
        )
