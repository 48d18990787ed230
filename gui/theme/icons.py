"""Draw the icons in the colours of the palette in use, anew whenever another one is chosen."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from gui.theme.current import palette

FOLDER = Path(resources.__file__).parent / "icons"
_DISABLED_OPACITY = 0.38
_TINTS_KEPT = 512


def icon(name: str, colour_name: str = "text") -> QIcon:
    """Return an icon in one of the palette's colours; checked it has the accent's.

    It follows the palette by itself: there is no need to ask for it again.
    """
    return QIcon(_Engine(name, colour_name))


def pixmap(name: str, size_px: int, colour_name: str, ratio: float = 1.0) -> QPixmap:
    """Return the icon ``size_px`` wide and high in a colour of the palette in use now.

    ``ratio`` is how many pixels of the screen one of ``size_px`` is.
    """
    made = QPixmap.fromImage(_tinted(name, round(size_px * ratio), _hex(colour_name)))
    made.setDevicePixelRatio(ratio)
    return made


def app_icon() -> QIcon:
    """Return the sign of Second Unit, for windows, docks and trays."""
    made = QIcon()
    for size_px in (16, 24, 32, 48, 64, 128, 256):
        image = _drawn((FOLDER / "app.svg").read_bytes(), size_px)
        made.addPixmap(QPixmap.fromImage(image))
    return made


class _Engine(QIconEngine):
    """Asks for the palette while it paints, so that an icon is right in both appearances."""

    def __init__(self, name: str, colour_name: str) -> None:
        super().__init__()
        self._name, self._colour_name = name, colour_name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        side_px = min(rect.width(), rect.height())
        image = self._image(round(side_px * ratio), mode, state)
        place = QRectF(0, 0, side_px, side_px)
        place.moveCenter(QRectF(rect).center())
        painter.drawImage(place, image)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon centred on nothing; ``size`` is in pixels of the screen."""
        side_px = min(size.width(), size.height())
        if side_px <= 0:
            return QPixmap()
        if side_px == size.width() == size.height():
            return QPixmap.fromImage(self._image(side_px, mode, state))
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        made = _Engine(self._name, self._colour_name)
        # The icon that asks owns it and deletes it, which the binding does not know: without a
        # reference that nobody gives back it would be deleted as soon as this returns.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(made))
        return made

    def _image(self, side_px: int, mode: QIcon.Mode, state: QIcon.State) -> QImage:
        colour_name = self._colour_name
        if state == QIcon.State.On and colour_name == "text":
            colour_name = "accent_text"
        if mode == QIcon.Mode.Disabled:
            return _tinted(self._name, side_px, _hex("text"), _DISABLED_OPACITY)
        return _tinted(self._name, side_px, _hex(colour_name))


def _hex(colour_name: str) -> str:
    chosen: str = getattr(palette(), colour_name)
    return chosen


@lru_cache(_TINTS_KEPT)
def _tinted(name: str, side_px: int, colour_hex: str, opacity: float = 1.0) -> QImage:
    return _drawn(_source(name).replace(b"currentColor", colour_hex.encode()), side_px, opacity)


def _drawn(svg: bytes, side_px: int, opacity: float = 1.0) -> QImage:
    image = QImage(max(1, side_px), max(1, side_px), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    return image


@lru_cache(None)
def _source(name: str) -> bytes:
    return (FOLDER / f"{name}.svg").read_bytes()
