"""Paint cells of the chunk map: every state has a pattern of its own beside its colour."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from gui.chunks.cells import Cell
from gui.theme.current import colour
from orchestrator.snapshot import ChunkState

RADIUS_PX = 2.0
_NUMBER_FITS_PX = 16
_MARK_FITS_PX = 12
_HATCHES = (
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.DiagCrossPattern,
)
"""Of workers, by their numbers."""


def paint_cell(painter: QPainter, place: QRectF, cell: Cell) -> None:
    """Paint one cell."""
    match cell.state:
        case ChunkState.WAITING | ChunkState.RENDERING:
            _paint_begun(painter, place, cell)
        case ChunkState.STORED:
            _fill(painter, place, colour("stored"))
            _hatch(painter, place, Qt.BrushStyle.Dense6Pattern, colour("panel", 0.55))
        case ChunkState.FETCHED:
            _fill(painter, place, colour("fetched"))
        case ChunkState.BURIED:
            _fill(painter, place, colour("failed", 0.3))
            _paint_cross(painter, place)


def paint_interruption(painter: QPainter, x_px: float, top_px: float, bottom_px: float) -> None:
    """Paint the mark of a worker that went away: a wedge above, and a line through the cells."""
    painter.setPen(QPen(colour("warning"), 1.5, Qt.PenStyle.DotLine))
    painter.drawLine(QLineF(x_px, top_px + 7, x_px, bottom_px))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("warning"))
    corners = [QPointF(x_px - 5, top_px), QPointF(x_px + 5, top_px), QPointF(x_px, top_px + 8)]
    painter.drawPolygon(QPolygonF(corners))


def _paint_begun(painter: QPainter, place: QRectF, cell: Cell) -> None:
    _fill(painter, place, colour("waiting", 0.7))
    rendering = cell.state is ChunkState.RENDERING
    if cell.frames_done:
        part = QRectF(place)
        part.setWidth(max(1.0, place.width() * cell.share))
        _fill(painter, part, colour("rendering" if rendering else "stored", 0.9))
        if not rendering:
            _hatch(painter, part, Qt.BrushStyle.Dense6Pattern, colour("panel", 0.55))
        elif cell.worker is not None:
            style = _HATCHES[(cell.worker - 1) % len(_HATCHES)]
            _hatch(painter, part, style, colour("on_accent", 0.4))
    if rendering:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("rendering"), 1.5))
        inner = place.adjusted(0.75, 0.75, -0.75, -0.75)
        if inner.width() > 0:
            painter.drawRoundedRect(inner, RADIUS_PX, RADIUS_PX)
        if cell.worker is not None and place.width() >= _NUMBER_FITS_PX:
            _paint_number(painter, place, cell.worker)


def _paint_number(painter: QPainter, place: QRectF, number: int) -> None:
    plate = QRectF(0, 0, 14, 14)
    plate.moveCenter(place.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("panel"))
    painter.drawRoundedRect(plate, 7, 7)
    font = painter.font()
    font.setPixelSize(10 if number < 10 else 8)
    painter.setFont(font)
    painter.setPen(colour("text"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, str(number))


def _paint_cross(painter: QPainter, place: QRectF) -> None:
    if place.width() < _MARK_FITS_PX:
        _fill(painter, place, colour("failed"))
        _hatch(painter, place, Qt.BrushStyle.DiagCrossPattern, colour("panel", 0.7))
        return
    painter.setPen(QPen(colour("failed"), 2))
    box = QRectF(0, 0, 8, 8)
    box.moveCenter(place.center())
    painter.drawLine(QLineF(box.topLeft(), box.bottomRight()))
    painter.drawLine(QLineF(box.bottomLeft(), box.topRight()))


def _fill(painter: QPainter, place: QRectF, ground: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    radius = RADIUS_PX if place.width() > 2 * RADIUS_PX else 0
    painter.drawRoundedRect(place, radius, radius)


def _hatch(painter: QPainter, place: QRectF, style: Qt.BrushStyle, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(ink, style))
    painter.drawRect(place)
