"""Paint the rows of the queue."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.queue.model import RowRole
from gui.queue.rows import Row
from gui.queue.thumbnails import BOX_PX, Thumbnails
from gui.theme.current import colour, palette
from gui.theme.icons import pixmap
from gui.words import amounts

_EDGE_PX, _PAD_PX, _GAP_PX = 4, 12, 12
"""Round the row's ground; in the ground; between thumbnail and text."""
_ICON_PX, _BAR_PX, _MARK_PX = 14, 4, 3
_RADIUS_PX = 6.0
_SMALLER_PX = 1
_BADGE_PX = 11
_PARTED = re.compile(r" [–·] ")
"""Parts what a row says; where it takes two lines, the second best begins after one."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ONE_LINE = Qt.TextFlag.TextSingleLine


class RowDelegate(QStyledItemDelegate):
    """Paints what :class:`~gui.queue.rows.Row` says; every row is equally high."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(  # noqa: N802  # Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return one size for all: three lines of text, or the thumbnail with its margin."""
        del index
        return QSize(200, row_height_px(option.font))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        row = index.data(RowRole)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = option.rect.adjusted(_EDGE_PX, 1, -_EDGE_PX, -1)
        _paint_ground(painter, ground, option)
        box = QRect(0, 0, BOX_PX.width(), BOX_PX.height())
        box.moveTopLeft(ground.topLeft())
        box.translate(_PAD_PX, (ground.height() - box.height()) // 2)
        self._paint_picture(painter, box, row)
        text = ground.adjusted(box.right() - ground.left() + _GAP_PX, 0, -_PAD_PX, 0)
        text.setTop(box.top() - 1)
        text.setBottom(box.bottom() + 1)
        _paint_text(painter, text, option.font, row)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, row: Row) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(box), 4, 4)
        painter.fillPath(path, colour("canvas"))
        ratio = painter.device().devicePixelRatio()
        drawn = self._thumbnails.picture(row.digest, ratio) if row.digest else None
        if drawn is None:
            _paint_icon(painter, "film", box.center().x() - 10, box.center().y() - 9, 20, "muted")
        else:
            painter.setClipPath(path)
            size = drawn.deviceIndependentSize().toSize()
            place = QRect(box.topLeft(), size)
            place.moveCenter(box.center())
            painter.drawPixmap(place, drawn)
            painter.setClipping(False)
        if row.badge:
            _paint_badge(painter, box, row.badge)


def row_height_px(font: QFont) -> int:
    """Return how high rows are in ``font``."""
    text_px = _metrics(font.toString()).height() + 2 * _metrics(_small(font).toString()).height()
    return max(BOX_PX.height(), text_px + _BAR_PX) + 2 * _PAD_PX - 2


def _paint_ground(painter: QPainter, ground: QRect, option: QStyleOptionViewItem) -> None:
    state, flag = option.state, QStyle.StateFlag
    selected = bool(state & flag.State_Selected)
    if selected or state & flag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("selected" if selected else "hovered", 1 if selected else 0.5))
        painter.drawRoundedRect(ground, _RADIUS_PX, _RADIUS_PX)
    if selected:
        mark = QRectF(ground.left(), ground.top() + 8, _MARK_PX, ground.height() - 16)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(mark, _MARK_PX / 2, _MARK_PX / 2)
    if state & flag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("focus"), 2))
        painter.drawRoundedRect(QRectF(ground).adjusted(1, 1, -1, -1), _RADIUS_PX, _RADIUS_PX)


def _paint_text(painter: QPainter, place: QRect, font: QFont, row: Row) -> None:
    strong = _strong(font)
    metrics = _metrics(strong.toString())
    line = QRect(place.left(), place.top(), place.width(), metrics.height())
    width = line.width() - _paint_people(painter, line, font, row)
    if row.urgent:
        width -= _paint_urgent(painter, QRect(line.left(), line.top(), width, line.height()))
    painter.setFont(strong)
    painter.setPen(colour("text"))
    painter.drawText(line, _LEFT | _MIDDLE | _ONE_LINE, _elided(strong.toString(), row.name, width))
    below = place.adjusted(0, line.height() + 3, 0, 0)
    _paint_line(painter, below, _small(font), row)
    if row.share is not None:
        _paint_bar(painter, place, _small(font), row)


def _paint_people(painter: QPainter, line: QRect, font: QFont, row: Row) -> int:
    """Paint how many people are in it, at the right; return the width that took."""
    if not row.people:
        return 0
    small, said = _small(font), str(row.people)
    width = _metrics(small.toString()).horizontalAdvance(said)
    painter.setFont(small)
    painter.setPen(colour("muted"))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | _MIDDLE | _ONE_LINE, said)
    left = line.right() - width - _ICON_PX - 2
    _paint_icon(painter, "person", left, line.center().y() - _ICON_PX // 2, _ICON_PX, "muted")
    return width + _ICON_PX + 12


def _paint_urgent(painter: QPainter, line: QRect) -> int:
    """Paint that it goes before the others, at the right; return the width that took."""
    left = line.right() - _ICON_PX
    _paint_icon(painter, "urgent", left, line.center().y() - _ICON_PX // 2, _ICON_PX, "warning")
    return _ICON_PX + 8


def _paint_line(painter: QPainter, place: QRect, font: QFont, row: Row) -> None:
    metrics = _metrics(font.toString())
    top = place.top() + (metrics.height() - _ICON_PX) // 2
    _paint_icon(painter, row.icon, place.left(), top, _ICON_PX, row.tone)
    width = place.width() - _ICON_PX - 6
    line = row.line
    if row.short and metrics.horizontalAdvance(line) > width:
        line = row.short
    painter.setFont(font)
    painter.setPen(colour("muted" if row.tone == "text" else row.tone))
    at = QRect(place.left() + _ICON_PX + 6, place.top(), width, metrics.height())
    for part in _wrapped(font.toString(), line, width, 1 if row.share is not None else 2):
        painter.drawText(at, _LEFT | _MIDDLE | _ONE_LINE, part)
        at.translate(0, metrics.height())


def _paint_bar(painter: QPainter, place: QRect, font: QFont, row: Row) -> None:
    share = row.share or 0.0
    said = amounts.percent(share)
    metrics = _metrics(font.toString())
    width = metrics.horizontalAdvance(amounts.percent(1.0)) + 8
    line = QRect(
        place.left(), place.bottom() - metrics.height() + 1, place.width(), metrics.height()
    )
    painter.setFont(font)
    painter.setPen(colour("muted"))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | _MIDDLE | _ONE_LINE, said)
    bar = QRectF(line.left(), line.center().y() - _BAR_PX / 2 + 1, line.width() - width, _BAR_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("waiting"))
    painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)
    if share > 0:
        bar.setWidth(max(_BAR_PX, bar.width() * share))
        painter.setBrush(colour("rendering" if row.begun else "muted"))
        painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)


def _paint_badge(painter: QPainter, box: QRect, said: str) -> None:
    font = painter.font()
    font.setPixelSize(_BADGE_PX)
    metrics = _metrics(font.toString())
    place = QRectF(0, 0, metrics.horizontalAdvance(said) + 8, metrics.height() + 2)
    place.moveBottomRight(QRectF(box).bottomRight() - QRectF(0, 0, 3, 3).bottomRight())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("canvas", 0.82))
    painter.drawRoundedRect(place, 3, 3)
    painter.setFont(font)
    painter.setPen(colour("on_canvas"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, said)


def _paint_icon(
    painter: QPainter, name: str, left: int, top: int, size_px: int, colour_name: str
) -> None:
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(left, top, _icon(name, size_px, colour_name, ratio, palette().appearance))


@lru_cache(256)
def _icon(name: str, size_px: int, colour_name: str, ratio: float, appearance: str) -> QPixmap:
    del appearance  # the colours behind the names differ by it
    return pixmap(name, size_px, colour_name, ratio)


def _strong(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.Medium)
    return made


def _small(font: QFont) -> QFont:
    made = QFont(font)
    if font.pixelSize() > 0:
        made.setPixelSize(font.pixelSize() - _SMALLER_PX)
    else:
        made.setPointSizeF(font.pointSizeF() - _SMALLER_PX)
    return made


# Fonts are not hashable: what is measured of them is kept by their description.


@lru_cache(16)
def _font(described: str) -> QFont:
    made = QFont()
    made.fromString(described)
    return made


@lru_cache(16)
def _metrics(described: str) -> QFontMetrics:
    return QFontMetrics(_font(described))


@lru_cache(2048)
def _elided(described: str, text: str, width: int) -> str:
    return _metrics(described).elidedText(text, Qt.TextElideMode.ElideMiddle, width)


@lru_cache(1024)
def _wrapped(described: str, text: str, width: int, most: int) -> tuple[str, ...]:
    """Return ``text`` in at most so many lines, the last one elided if it is too long."""
    metrics = _metrics(described)
    if most == 1 or metrics.horizontalAdvance(text) <= width:
        return (metrics.elidedText(text, Qt.TextElideMode.ElideRight, width),)
    for parting in reversed(list(_PARTED.finditer(text))):
        head, tail = text[: parting.start()], text[parting.end() :]
        if max(map(metrics.horizontalAdvance, (head, tail))) <= width:
            return head, tail
    layout = QTextLayout(text, _font(described))
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(width)
    layout.endLayout()
    cut = first.textLength()
    rest = metrics.elidedText(text[cut:], Qt.TextElideMode.ElideRight, width)
    return text[:cut].rstrip(), rest
