"""Draw one picture of a face as a button: round or square, chosen, missing, with a mark."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.faces.pictures import Pictures, paint_picture
from gui.theme.current import colour, palette
from gui.theme.icons import pixmap

Shape = Literal["round", "square"]
_RING_PX = 3
_CORNER_PX = 8


class Thumb(QAbstractButton):
    """A picture that can be clicked; without one it shows an icon."""

    def __init__(
        self,
        pictures: Pictures,
        side_px: int,
        shape: Shape = "round",
        parent: QWidget | None = None,
        *,
        clickable: bool = True,
    ) -> None:
        super().__init__(parent)
        self._pictures, self._side_px, self._shape = pictures, side_px, shape
        self._path: str | None = None
        self._icon = "person"
        self._mark: tuple[str, str] | None = None
        self._inset: str | None = None
        self._hue: int | None = None
        self.setFixedSize(side_px, side_px)
        if clickable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        pictures.arrived.connect(self._on_arrived)

    def show_picture(
        self,
        path: str | None,
        *,
        icon: str = "person",
        mark: tuple[str, str] | None = None,
        inset: str | None = None,
    ) -> None:
        """Show the picture in a file; ``mark`` is an icon and its colour for the lower corner.

        ``inset`` is a second, small picture in the corner: the face that is put on.
        """
        now = (path, icon, mark, inset)
        if now != (self._path, self._icon, self._mark, self._inset):
            self._path, self._icon, self._mark, self._inset = now
            self.update()

    def set_hue(self, hue: int | None) -> None:
        """Have a dot in a person's colour, as the stage draws them; None for no dot."""
        if hue != self._hue:
            self._hue = hue
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return the one size it has."""
        return QSize(self._side_px, self._side_px)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the picture, the ring of what is chosen or has the focus, and the marks."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(_RING_PX, _RING_PX, -_RING_PX, -_RING_PX)
        self._paint_picture(painter, place)
        self._paint_ring(painter)
        if self._hue is not None:
            self._paint_dot(painter, self._hue)
        if self._inset is not None:
            self._paint_inset(painter)
        elif self._mark is not None:
            self._paint_mark(painter, *self._mark)
        painter.end()

    def _radius_px(self, place: QRectF) -> float:
        return place.width() / 2 if self._shape == "round" else _CORNER_PX

    def _paint_picture(self, painter: QPainter, place: QRectF) -> None:
        picture = self._pictures.get(self._path, self._side_px * self.devicePixelRatioF())
        if picture is not None:
            painter.setOpacity(1.0 if self.isEnabled() else 0.5)
            paint_picture(painter, place, picture, self._radius_px(place))
            painter.setOpacity(1.0)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("hovered"))
        painter.drawRoundedRect(place, self._radius_px(place), self._radius_px(place))
        side_px = round(place.width() * 0.45)
        drawn = pixmap(self._icon, side_px, "muted", self.devicePixelRatioF())
        left = round(place.center().x() - side_px / 2)
        painter.drawPixmap(left, round(place.center().y() - side_px / 2), drawn)

    def _paint_ring(self, painter: QPainter) -> None:
        name = "focus" if self.hasFocus() else "accent" if self.isChecked() else ""
        if not name and not (self.underMouse() and self.isEnabled()):
            return
        pen = QPen(colour(name or "muted"), 2 if name else 1)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(place, self._radius_px(place), self._radius_px(place))
        if self.hasFocus() and self.isChecked():  # both are told
            painter.setPen(QPen(colour("accent"), 2))
            inner = place.adjusted(2, 2, -2, -2)
            painter.drawRoundedRect(inner, self._radius_px(inner), self._radius_px(inner))

    def _paint_inset(self, painter: QPainter) -> None:
        side_px = round(self._side_px * 0.44)
        place = QRectF(self.width() - side_px, self.height() - side_px, side_px, side_px)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("panel"))
        painter.drawEllipse(place)
        inner = place.adjusted(2, 2, -2, -2)
        picture = self._pictures.get(self._inset, side_px * self.devicePixelRatioF())
        if picture is not None:
            paint_picture(painter, inner, picture, inner.width() / 2)
        if self._mark is not None:
            self._paint_mark(painter, *self._mark)

    def _paint_dot(self, painter: QPainter, hue: int) -> None:
        people = palette().people
        place = QRectF(2, self.height() - 16, 14, 14)
        painter.setPen(QPen(colour("panel"), 2))
        painter.setBrush(QColor(people[hue % len(people)]))
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))

    def _paint_mark(self, painter: QPainter, icon: str, colour_name: str) -> None:
        side_px = 18
        place = QRectF(self.width() - side_px, 0, side_px, side_px)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("panel"))
        painter.drawEllipse(place)
        drawn = pixmap(icon, 12, colour_name, self.devicePixelRatioF())
        painter.drawPixmap(round(place.left()) + 3, round(place.top()) + 3, drawn)

    def _on_arrived(self, path: str) -> None:
        if path in (self._path, self._inset):
            self.update()
