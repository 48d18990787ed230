"""Paint what lies over the pictures: the dividing line, faces, and small words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from gui.stage.geometry import Rect, Share
from gui.theme.current import colour, palette
from gui.theme.palette import DARK

Sign = Literal["", "warning", "busy"]
CHIP_HEIGHT = 24.0
_CHIP_PAD = 8.0
_SIGN = 14.0
_CORNER = 6.0
_GRIP_RADIUS = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A few words on a dark rounded ground, readable on any picture."""

    text: str
    sign: Sign = ""
    turned: float = 0.0
    """How far the busy sign has turned, in degrees."""


def person_colour(hue: int, *, on_picture: bool = False) -> QColor:
    """Return the colour of a person; pictures lie on a dark ground in both appearances."""
    people = DARK.people if on_picture else palette().people
    return QColor(people[hue % len(people)])


def qrect(rect: Rect) -> QRectF:
    """Return a place as Qt writes it."""
    return QRectF(rect.left, rect.top, rect.width, rect.height)


def small_font(font: QFont, *, bold: bool = False) -> QFont:
    """Return a slightly smaller font of the same family."""
    made = QFont(font)
    if font.pixelSize() > 0:
        made.setPixelSize(max(11, font.pixelSize() - 1))
    elif font.pointSizeF() > 0:
        made.setPointSizeF(max(7.0, font.pointSizeF() * 0.92))
    made.setBold(bold)
    return made


# -- words -------------------------------------------------------------------------------


def chip_width(chip: Chip, font: QFont) -> float:
    """Return how wide a chip is drawn."""
    sign = _SIGN + 6 if chip.sign else 0
    return QFontMetricsF(font).horizontalAdvance(chip.text) + sign + 2 * _CHIP_PAD


def draw_chip(painter: QPainter, chip: Chip, left: float, top: float, most: float) -> QRectF:
    """Draw a chip no wider than ``most`` and return where."""
    font = painter.font()
    place = QRectF(left, top, min(chip_width(chip, font), most), CHIP_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_ground())
    painter.drawRoundedRect(place, _CORNER, _CORNER)
    words = place.adjusted(_CHIP_PAD, 0, -_CHIP_PAD, 0)
    if chip.sign:
        _draw_sign(painter, chip, QPointF(words.left() + _SIGN / 2, words.center().y()))
        words.adjust(_SIGN + 6, 0, 0, 0)
    _draw_words(painter, chip.text, words, font)
    return place


def _ground() -> QColor:
    ground = QColor(palette().canvas)
    ground.setAlphaF(0.82)
    return ground


def _draw_words(painter: QPainter, text: str, place: QRectF, font: QFont) -> None:
    cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 0.5)
    painter.setPen(QColor(palette().on_canvas))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), cut)


def _draw_sign(painter: QPainter, chip: Chip, at: QPointF) -> None:
    if chip.sign == "warning":
        draw_triangle(painter, at, _SIGN / 2, QColor("#f0b83f"))
        return
    circle = QRectF(at.x() - 6, at.y() - 6, 12, 12)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 70), 2))
    painter.drawEllipse(circle)
    painter.setPen(QPen(QColor(palette().on_canvas), 2, c=Qt.PenCapStyle.RoundCap))
    painter.drawArc(circle, round(-chip.turned * 16), 100 * 16)


def draw_triangle(painter: QPainter, at: QPointF, reach: float, fill: QColor) -> None:
    """Draw the sign of trouble: a triangle with a stroke in it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(at.x(), at.y() - reach * 0.95),
                QPointF(at.x() + reach, at.y() + reach * 0.8),
                QPointF(at.x() - reach, at.y() + reach * 0.8),
            ]
        )
    )
    painter.setPen(QPen(QColor("#1b1305"), max(1.2, reach / 5), c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(at.x(), at.y() - reach * 0.3), QPointF(at.x(), at.y() + reach * 0.2))
    painter.drawPoint(QPointF(at.x(), at.y() + reach * 0.5))


# -- the wipe ----------------------------------------------------------------------------


def draw_divider(painter: QPainter, x: float, seen: Rect, *, focused: bool) -> None:
    """Draw the dividing line of a wipe and its grip."""
    painter.fillRect(QRectF(x - 2, seen.top, 4, seen.height), QColor(0, 0, 0, 90))
    painter.fillRect(QRectF(x - 1, seen.top, 2, seen.height), QColor("#ffffff"))
    middle = QPointF(x, seen.top + seen.height / 2)
    painter.setPen(QPen(QColor(0, 0, 0, 110), 1))
    painter.setBrush(QColor("#ffffff"))
    painter.drawEllipse(middle, _GRIP_RADIUS, _GRIP_RADIUS)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("focus"), 3))
        painter.drawEllipse(middle, _GRIP_RADIUS + 3, _GRIP_RADIUS + 3)
    painter.setPen(
        QPen(QColor("#17181c"), 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
    )
    for way in (-1, 1):
        tip = QPointF(x + way * 8, middle.y())
        painter.drawLine(tip, QPointF(x + way * 4, middle.y() - 4))
        painter.drawLine(tip, QPointF(x + way * 4, middle.y() + 4))


DIVIDER_REACH = _GRIP_RADIUS + 6
"""How far to each side a divider is painted."""


# -- faces -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """How one face is drawn."""

    place: Share
    label: str
    hue: int
    unsure: bool
    cast: bool
    strong: bool
    """Whether it is the person that is highlighted, or the face under the pointer."""
    focused: bool
    """Whether the keyboard is on it."""


def draw_outline(painter: QPainter, outline: Outline, picture: Rect, pane: Rect) -> None:
    """Draw one face's outline and label over a picture."""
    place = qrect(outline.place.on(picture))
    corner = min(10.0, place.width() / 6, place.height() / 6)
    width = 3.0 if outline.strong else 1.75
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 130), width + 2))
    painter.drawRoundedRect(place, corner, corner)
    pen = QPen(person_colour(outline.hue, on_picture=True), width)
    if outline.unsure:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawRoundedRect(place, corner, corner)
    if outline.focused:
        painter.setPen(QPen(colour("focus"), 2))
        painter.drawRoundedRect(place.adjusted(-5, -5, 5, 5), corner + 4, corner + 4)
    _draw_label(painter, outline, place, pane)


def _draw_label(painter: QPainter, outline: Outline, place: QRectF, pane: Rect) -> None:
    label = label_place(outline.label, painter.font(), place, pane)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_ground())
    painter.drawRoundedRect(label, 4, 4)
    dot = QPointF(label.left() + 11, label.center().y())
    painter.setBrush(person_colour(outline.hue, on_picture=True))
    if not outline.cast:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(person_colour(outline.hue, on_picture=True), 2))
    painter.drawEllipse(dot, 4, 4)
    _draw_words(painter, outline.label, label.adjusted(20, 0, -6, 0), painter.font())


def label_place(text: str, font: QFont, place: QRectF, pane: Rect) -> QRectF:
    """Return where a face's label goes: above it, or inside where there is no room."""
    most = min(max(120.0, place.width()), max(60.0, pane.width - 8))
    width = min(QFontMetricsF(font).horizontalAdvance(text) + 27, most)
    left = min(max(place.left(), pane.left + 4), pane.right - width - 4)
    top = place.top() - 26 if place.top() - 26 >= pane.top + 2 else place.top() + 4
    return QRectF(left, top, width, 22)
