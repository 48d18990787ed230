"""Load crops and photos off the Qt thread, small enough to draw, and keep the newest."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap

from gui.bridge import Bridge
from gui.words.errors import told_of

_KEPT = 600
_AT_ONCE = 12
SIDES_PX = (96, 192, 512)
"""Sizes that are loaded; the next larger one than asked for is drawn."""
_Key = tuple[str, int]


class Pictures(QObject):
    """Gives pictures that are there and fetches those that are not.

    Only files that a guarded child wrote are loaded: crops of people and re-encoded photos.

    Signals:
        arrived: path of a picture that can be drawn now.
    """

    arrived = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        """Prepare; nothing is loaded until it is asked for."""
        super().__init__(parent)
        self._bridge = bridge
        self._held: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[_Key, None] = OrderedDict()
        self._is_loading = False

    def get(self, path: str | None, side_px: float) -> QPixmap | None:
        """Return the picture at about that many pixels of the screen, or None until it arrives."""
        if path is None:
            return None
        key = (path, next((side for side in SIDES_PX if side >= side_px), SIDES_PX[-1]))
        if key in self._held:
            self._held.move_to_end(key)
            held = self._held[key]
            return None if held.isNull() else held
        self._wanted[key] = None
        self._wanted.move_to_end(key, last=False)  # what was asked for last is looked at now
        self._load()
        held_now = self._held.get(key)
        return held_now if held_now is not None and not held_now.isNull() else None

    def _load(self) -> None:
        if self._is_loading or not self._wanted:
            return
        keys = [
            self._wanted.popitem(last=False)[0] for _ in range(min(_AT_ONCE, len(self._wanted)))
        ]
        self._is_loading = True
        self._bridge.run(lambda: [(key, _read(*key)) for key in keys], self._take, self._on_failed)

    def _take(self, loaded: list[tuple[_Key, QImage]]) -> None:
        self._is_loading = False
        for key, image in loaded:
            self._held[key] = QPixmap.fromImage(image)
        while len(self._held) > _KEPT:
            self._held.popitem(last=False)
        self._load()
        for (path, _), _image in loaded:
            self.arrived.emit(path)

    def _on_failed(self, error: Exception) -> None:
        self._is_loading = False
        self._bridge.troubled.emit(*told_of(error))


def _read(path: str, side_px: int) -> QImage:
    """Return the picture, reduced; a null one when it cannot be read."""
    if not Path(path).is_file():
        return QImage()
    reader = QImageReader(path)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side_px:
        # the shorter side fills the square that is drawn
        reader.setScaledSize(
            size.scaled(QSize(side_px, side_px), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        )
    return reader.read()


def paint_picture(
    painter: QPainter, place: QRectF, picture: QPixmap, radius_px: float, upper: float = 0.35
) -> None:
    """Fill ``place`` with the middle of a picture, corners rounded.

    ``upper`` is where the middle lies from the top in a picture that is higher than wide: in
    portraits the face is above the middle.
    """
    source = QRectF(picture.rect())
    side = min(source.width() / place.width(), source.height() / place.height())
    wide, high = place.width() * side, place.height() * side
    left = (source.width() - wide) / 2
    top = (source.height() - high) * upper
    path = QPainterPath()
    path.addRoundedRect(place, radius_px, radius_px)
    painter.save()
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(place, picture, QRectF(left, top, wide, high))
    painter.restore()
