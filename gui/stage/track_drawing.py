"""Paint the timeline: ruler, rows of people, trouble, trim and playhead."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from gui.stage.axis import bars
from gui.stage.drawing import draw_triangle, person_colour, small_font
from gui.stage.rows import PersonRow
from gui.stage.ruler import ticks
from gui.stage.track_state import HEAD_PX, MORE_PX, ROW_PX, RULER_PX, TrackState
from gui.stage.words import person_name, worn_name
from gui.theme.current import colour
from gui.words.amounts import listed

_THUMB = 20.0
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
PLAYHEAD_REACH = 8


def draw_ground(
    painter: QPainter, state: TrackState, width: int, height: int, more: str, trouble: str
) -> None:
    """Draw what lies below bars: grounds, ruler and lines."""
    painter.fillRect(0, 0, width, height, colour("panel"))
    painter.fillRect(0, 0, width, RULER_PX, colour("raised"))
    _draw_ruler(painter, state, height)
    if state.lane_px:
        place = QRectF(12, RULER_PX, HEAD_PX - 20, state.lane_px)
        _draw_text(painter, trouble, place, small_font(painter.font()), "muted")
    if state.can_fold:
        top = state.row_top(len(state.shown_rows))
        sign = "▸" if not state.unfolded else "▾"
        place = QRectF(12, top, HEAD_PX + 160, MORE_PX)
        _draw_text(painter, f"{sign}  {more}", place, small_font(painter.font()), "muted")
    painter.fillRect(QRectF(HEAD_PX - 8, 0, 1, height), colour("line"))
    painter.fillRect(QRectF(0, RULER_PX - 1, width, 1), colour("line"))


def _draw_ruler(painter: QPainter, state: TrackState, height: int) -> None:
    axis = state.axis
    font = small_font(painter.font())
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    for tick in ticks(axis.start_s, axis.end_s, axis.width):
        x = axis.x_of(tick.seconds)
        if not axis.left - 1 <= x <= axis.left + axis.width + 1:
            continue
        long = bool(tick.text)
        reach = 8 if long else 4
        painter.fillRect(QRectF(x, RULER_PX - reach - 1, 1, reach), colour("muted"))
        if long:
            painter.fillRect(QRectF(x, RULER_PX, 1, height), colour("line", 0.45))
            if x + 4 + metrics.horizontalAdvance(tick.text) <= axis.left + axis.width + 8:
                painter.setPen(colour("muted"))
                painter.drawText(QPointF(x + 4, RULER_PX - 9), tick.text)


def draw_rows(
    painter: QPainter, state: TrackState, faces: Mapping[str, QImage], height: int
) -> None:
    """Draw one row a person: face and name at the left, and when the person is seen."""
    for number, row in enumerate(state.shown_rows):
        top = state.row_top(number)
        if top > height:
            return
        strong = row.person_id == state.highlight
        if strong:
            painter.fillRect(QRectF(0, top, HEAD_PX - 8, ROW_PX), colour("hovered"))
            painter.fillRect(QRectF(0, top, 3, ROW_PX), colour("accent"))
            ground = QRectF(HEAD_PX - 7, top, state.axis.width + 40, ROW_PX)
            painter.fillRect(ground, colour("hovered", 0.5))
        _draw_head(painter, row, top, faces.get(row.person_id), strong=strong)
        _draw_bars(painter, state, row, top, strong=strong)


def _draw_head(
    painter: QPainter, row: PersonRow, top: int, face: QImage | None, *, strong: bool
) -> None:
    place = QRectF(12, top + (ROW_PX - _THUMB) / 2, _THUMB, _THUMB)
    round_place = QPainterPath()
    round_place.addRoundedRect(place, 5, 5)
    painter.save()
    painter.setClipPath(round_place)
    painter.fillRect(place, person_colour(row.hue))
    if face is not None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, face)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(person_colour(row.hue), 1.5))
    painter.drawRoundedRect(place, 5, 5)
    name = worn_name(person_name(row.called, unsure=row.unsure), listed(row.worn))
    words = QRectF(40, top, HEAD_PX - 40 - 14, ROW_PX)
    role = "text" if row.worn or strong else "muted"
    _draw_text(painter, name, words, small_font(painter.font(), bold=strong), role)


def _draw_bars(
    painter: QPainter, state: TrackState, row: PersonRow, top: int, *, strong: bool
) -> None:
    hue = person_colour(row.hue)
    faint = QColor(hue)
    faint.setAlphaF(0.5 if strong else 0.36)
    pen = QPen(hue, 1.5 if strong else 1.0)
    if row.unsure:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(QBrush(faint, Qt.BrushStyle.BDiagPattern))
    for bar in bars(state.axis, state.timeline, row.runs):
        _draw_bar(painter, bar.left, bar.right, top)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hue)
    for bar in bars(state.axis, state.timeline, row.cast_runs):
        _draw_bar(painter, bar.left, bar.right, top)


def _draw_bar(painter: QPainter, left: float, right: float, top: int) -> None:
    place = QRectF(left + 0.5, top + 6.5, max(1.0, right - left - 1), ROW_PX - 13)
    corner = min(3.0, place.width() / 2)
    painter.drawRoundedRect(place, corner, corner)


def draw_rendered(painter: QPainter, state: TrackState) -> None:
    """Draw a line below the ruler where frames are finished."""
    for bar in bars(state.axis, state.timeline, state.rendered):
        place = QRectF(bar.left, RULER_PX - 4, bar.right - bar.left, 3)
        painter.fillRect(place, colour("fetched"))


def draw_trouble(painter: QPainter, state: TrackState) -> None:
    """Draw a triangle and a line for each run of frames with trouble; gaps as dotted lines."""
    middle = RULER_PX + state.lane_px / 2
    ink = colour("warning")
    for bar in bars(state.axis, state.timeline, state.troubles, apart_px=3):
        painter.fillRect(QRectF(bar.left, middle + 6, bar.right - bar.left, 2), ink)
        draw_triangle(painter, QPointF((bar.left + bar.right) / 2, middle - 1), 6, ink)
    painter.setPen(QPen(colour("warning"), 1.5, Qt.PenStyle.DotLine))
    for bar in bars(state.axis, state.timeline, state.gaps):
        painter.drawLine(QPointF(bar.left, RULER_PX + 1), QPointF(bar.right, RULER_PX + 1))


def draw_trim(painter: QPainter, state: TrackState, height: int, *, can_trim: bool) -> None:
    """Dim what is trimmed off and draw the two handles."""
    axis = state.axis
    left = min(max(state.x_of(state.trim[0]), axis.left), axis.left + axis.width)
    right = min(max(state.x_of(state.trim[1]), axis.left), axis.left + axis.width)
    for off in (
        QRectF(axis.left - 7, RULER_PX, left - axis.left + 7, height),
        QRectF(right, RULER_PX, axis.left + axis.width - right + 12, height),
    ):
        if off.width() > 7.5:
            painter.fillRect(off, colour("window", 0.66))
            painter.fillRect(off, QBrush(colour("line", 0.5), Qt.BrushStyle.FDiagPattern))
    strength = 1.0 if can_trim else 0.45
    for x, begins in ((state.x_of(state.trim[0]), True), (state.x_of(state.trim[1]), False)):
        if axis.left - 1 <= x <= axis.left + axis.width + 1:
            _draw_handle(painter, x, height, begins=begins, strength=strength)


def _draw_handle(
    painter: QPainter, x: float, height: int, *, begins: bool, strength: float
) -> None:
    ink = colour("text", strength)
    painter.fillRect(QRectF(x - 1 if begins else x, 2, 1, height), colour("text", 0.4 * strength))
    block = QRectF(x - 8, 3, 8, RULER_PX - 6) if begins else QRectF(x, 3, 8, RULER_PX - 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(block, 2.5, 2.5)
    painter.setPen(QPen(colour("raised"), 1.5, c=Qt.PenCapStyle.RoundCap))
    way, middle = (1 if begins else -1), block.center()
    tip = QPointF(middle.x() - way, middle.y())
    painter.drawLine(QPointF(middle.x() + way * 1.5, middle.y() - 3), tip)
    painter.drawLine(tip, QPointF(middle.x() + way * 1.5, middle.y() + 3))


def draw_playhead(painter: QPainter, x: float, height: int) -> None:
    """Draw the playhead: a line with a head in the ruler."""
    head = QPolygonF(
        [
            QPointF(x - 6, 3),
            QPointF(x + 6, 3),
            QPointF(x + 6, 12),
            QPointF(x, 19),
            QPointF(x - 6, 12),
        ]
    )
    painter.fillRect(QRectF(x - 1, 14, 2, height), colour("accent"))
    painter.setPen(QPen(colour("panel"), 1))
    painter.setBrush(colour("accent"))
    painter.drawPolygon(head)


def draw_pointer(painter: QPainter, x: float, text: str, width: int, height: int) -> None:
    """Draw the moment under the pointer."""
    painter.fillRect(QRectF(x, RULER_PX, 1, height), colour("text", 0.35))
    font = small_font(painter.font())
    across = QFontMetricsF(font).horizontalAdvance(text) + 14
    left = min(max(x - across / 2, HEAD_PX - 6), width - across - 2)
    place = QRectF(left, 2, across, RULER_PX - 5)
    painter.setPen(QPen(colour("line"), 1))
    painter.setBrush(colour("window"))
    painter.drawRoundedRect(place, 4, 4)
    painter.setPen(colour("text"))
    painter.setFont(font)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)


def _draw_text(painter: QPainter, text: str, place: QRectF, font: QFont, role: str) -> None:
    cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    held = painter.font()
    painter.setFont(font)
    painter.setPen(colour(role))
    painter.drawText(place, int(_LEFT), cut)
    painter.setFont(held)
