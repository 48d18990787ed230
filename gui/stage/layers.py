"""Hold one side's picture as it is shown: scaled once, so that painting it is a plain copy."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from gui.stage.geometry import PIXELATED_FROM, Rect


class Layer:
    """A picture and, made when it is first painted, the seen part of it in screen pixels."""

    def __init__(self) -> None:
        self.image: QImage | None = None
        self._made_for: tuple[object, ...] = ()
        self._pixmap = QPixmap()

    def set_image(self, image: QImage | None) -> None:
        """Show another picture, or none."""
        self.image = image
        if image is None:
            self._made_for, self._pixmap = (), QPixmap()

    def paint(self, painter: QPainter, pane: Rect, picture: Rect, ratio: float) -> None:
        """Paint the part of the picture that is in ``pane``, as far as the painter is clipped."""
        if self.image is None:
            return
        seen = picture.cut(pane)
        if seen.width <= 0 or seen.height <= 0:
            return
        key = (self.image.cacheKey(), picture, seen, ratio)
        if key != self._made_for:
            self._pixmap = _scaled(self.image, picture, seen, ratio)
            self._made_for = key
        painter.drawPixmap(QRectF(seen.left, seen.top, seen.width, seen.height).topLeft(),
                           self._pixmap)  # fmt: skip


def _scaled(image: QImage, picture: Rect, seen: Rect, ratio: float) -> QPixmap:
    """Return what is seen of ``image``, pixel for pixel of the screen."""
    width, height = round(picture.width * ratio), round(picture.height * ratio)
    left, top = round((seen.left - picture.left) * ratio), round((seen.top - picture.top) * ratio)
    across, down = round(seen.width * ratio), round(seen.height * ratio)
    if (image.width(), image.height()) == (width, height):
        whole = (across, down) == (width, height)
        made = QPixmap.fromImage(image if whole else image.copy(left, top, across, down))
    else:
        made = _drawn(image, QRectF(-left, -top, width, height), max(1, across), max(1, down))
    made.setDevicePixelRatio(ratio)
    return made


def _drawn(image: QImage, place: QRectF, across: int, down: int) -> QPixmap:
    """Return a pixmap in which ``image`` covers ``place``; what lies beyond is cut off."""
    smooth = Qt.TransformationMode.SmoothTransformation
    growth = place.width() / max(1, image.width())
    if growth < 0.6:  # the painter looks at four pixels for one, which is too few now
        size = place.size().toSize()
        image = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    made = QPixmap(across, down)
    made.fill(Qt.GlobalColor.black)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, growth <= PIXELATED_FROM)
    painter.drawImage(place, image)
    painter.end()
    return made
