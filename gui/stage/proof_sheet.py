"""Show the hardest frames of a video before and after, and why each is hard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.speaking import Speaking
from gui.stage.drawing import Chip, chip_width, draw_chip, draw_triangle, small_font
from gui.stage.geometry import around_face
from gui.stage.proofs import HardFace
from gui.stage.timecode import written
from gui.stage.words import side_words, why_words
from gui.theme.current import colour
from gui.theme.icons import icon
from gui.theme.roles import give_role

_LEAST_CELL_PX = 264
_GAP_PX = 12
_CAPTION_PX = 40
SHEET_LONGEST_PX = 1280
"""Pictures are asked for at this size: what is shown of them is cut out around a face."""
_KEPT_PX = 400
"""No more of a cut is kept."""


class ProofCell(QAbstractButton):
    """One hard face: before at the left, after at the right, and why below."""

    def __init__(self, face: HardFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self.hard = face.hard
        self._before: QImage | None = None
        self._after: QImage | None = None
        self._moment = self._why = self._state = ""
        self._missed = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, moment: str, why: str, state: str) -> None:
        """Say when the frame is, why it is hard, and what stands where no picture is yet."""
        self._moment, self._why, self._state = moment, why, state
        self.setAccessibleName(f"{moment}, {why}")
        self.setAccessibleDescription(state)
        self.setToolTip(f"{moment}, {why}")
        self.update()

    def set_pictures(self, before: QImage | None, after: QImage | None, *, missed: bool) -> None:
        """Show what is around the face on the frame."""
        self._before, self._after = self._cut(before), self._cut(after)
        self._missed = missed
        self.update()

    def _cut(self, image: QImage | None) -> QImage | None:
        if image is None:
            return None
        width, height = image.width(), image.height()
        part = around_face(self._face.place, (width, height))
        side = max(1, round((part.right - part.left) * width))
        cut = image.copy(round(part.left * width), round(part.top * height), side, side)
        if side <= _KEPT_PX:
            return cut
        return cut.scaled(
            QSize(_KEPT_PX, _KEPT_PX),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )

    @property
    def is_drawn(self) -> bool:
        """Whether the frame is shown."""
        return self._before is not None or self._after is not None

    def fit(self, width: int) -> None:
        """Take ``width`` pixels and the height that goes with them."""
        self.setFixedHeight(round((width - 4) / 2) + _CAPTION_PX)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return the smallest size at which a face can be judged."""
        return QSize(_LEAST_CELL_PX, _LEAST_CELL_PX // 2 + _CAPTION_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint both sides and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(colour("hovered" if self.underMouse() else "raised"))
        painter.drawRoundedRect(whole, 6, 6)
        self._paint_pictures(painter, whole.adjusted(1, 1, -1, -_CAPTION_PX + 1))
        self._paint_caption(painter, whole)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole, 6, 6)
        painter.end()
        event.accept()

    def _paint_pictures(self, painter: QPainter, place: QRectF) -> None:
        painter.fillRect(place, colour("canvas"))
        painter.setFont(small_font(self.font()))
        if not self.is_drawn:
            painter.setPen(colour("on_canvas", 0.75))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self._state)
            return
        half = place.width() / 2 - 1
        for number, image in enumerate((self._before, self._after)):
            left = place.left() + number * (half + 2)
            shown = QRectF(left, place.top(), half, place.height())
            if image is not None:
                painter.drawImage(shown, image)
            chip = Chip(text=side_words(after=number == 1))
            wide = chip_width(chip, painter.font())
            draw_chip(painter, chip, left + 6, place.top() + 6, wide)

    def _paint_caption(self, painter: QPainter, whole: QRectF) -> None:
        line = QRectF(
            whole.left() + 10, whole.bottom() - _CAPTION_PX + 2, whole.width() - 20, _CAPTION_PX
        )
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        if self._missed:
            draw_triangle(painter, line.center() + _offset(line), 7, colour("warning"))
        painter.setFont(small_font(self.font(), bold=True))
        painter.setPen(colour("text"))
        painter.drawText(line, flags, self._moment)
        across = painter.fontMetrics().horizontalAdvance(self._moment) + 10
        painter.setFont(small_font(self.font()))
        painter.setPen(colour("muted"))
        rest = line.adjusted(across, 0, -20 if self._missed else 0, 0)
        cut = painter.fontMetrics().elidedText(
            self._why, Qt.TextElideMode.ElideRight, round(rest.width())
        )
        painter.drawText(rest, flags, cut)


class ProofSheet(Speaking):
    """A page over the picture with a cell for each hard frame.

    Signals:
        frame_asked: a cell was chosen; the frame to go to.
        closed: the user wants the picture back.
    """

    frame_asked = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._progress = QLabel(self), QLabel(self)
        give_role(self._title, "title")
        give_role(self._progress, "muted")
        self._close = QToolButton(self)
        give_role(self._close, "quiet")
        self._close.setIcon(icon("close"))
        self._close.clicked.connect(self.closed)
        self._empty = QLabel(self)
        give_role(self._empty, "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._page = QWidget()
        self._grid = QGridLayout(self._page)
        self._grid.setSpacing(_GAP_PX)
        self._grid.setContentsMargins(12, 4, 12, 12)
        self._cells: list[ProofCell] = []
        self._failed: set[int] = set()
        self._names: Callable[[str], str] = str
        self._seconds: Callable[[int], float] = float
        self._lay_out()
        self.retranslate()

    @property
    def cells(self) -> tuple[ProofCell, ...]:
        """The cells in their order."""
        return tuple(self._cells)

    def set_frames(
        self,
        frames: Sequence[HardFace],
        seconds: Callable[[int], float],
        names: Callable[[str], str],
    ) -> None:
        """Show a cell for each frame, without pictures yet.

        Args:
            frames: hard frames.
            seconds: when a frame begins.
            names: what a person is called.
        """
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._names, self._seconds = names, seconds
        self._cells = [self._made_cell(face) for face in frames]
        self._failed.clear()
        self._empty.setVisible(not self._cells)
        self._arrange()
        self.retranslate()
        (self._cells[0] if self._cells else self._close).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_pictures(
        self, place: int, before: QImage | None, after: QImage | None, *, missed: bool
    ) -> None:
        """Show one cell's frame."""
        self._cells[place].set_pictures(before, after, missed=missed)
        self._tell_progress()

    def set_failed(self, place: int) -> None:
        """Say of one cell that its frame could not be drawn."""
        self._failed.add(place)
        self.retranslate()

    def _made_cell(self, face: HardFace) -> ProofCell:
        cell = ProofCell(face, self._page)
        cell.clicked.connect(lambda: self.frame_asked.emit(face.hard.frame))
        return cell

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 4)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._progress)
        head.addStretch(1)
        head.addWidget(self._close)
        self._area = QScrollArea(self)
        self._area.setWidget(self._page)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.viewport().installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self._area, 1)

    def _arrange(self) -> None:
        """Put the cells in as many columns as there is room for."""
        margins = self._grid.contentsMargins()
        width = self._area.viewport().width() - margins.left() - margins.right()
        columns = max(1, (width + _GAP_PX) // (_LEAST_CELL_PX + _GAP_PX))
        cell_px = (width - (columns - 1) * _GAP_PX) // columns
        for number, cell in enumerate(self._cells):
            cell.fit(max(cell_px, 120))
            self._grid.addWidget(cell, number // columns, number % columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._grid.setRowStretch(len(self._cells), 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Arrange the cells anew when there is more room or less."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    def _tell_progress(self) -> None:
        drawn = sum(cell.is_drawn for cell in self._cells) + len(self._failed)
        if not self._cells or drawn == len(self._cells):
            self._progress.clear()
            return
        self._progress.setText(self.tr("{0} of {1} drawn").format(drawn, len(self._cells)))

    def retranslate(self) -> None:
        """Set every text of this widget in the language in use."""
        self.setAccessibleName(self.tr("Hardest frames"))
        self._title.setText(self.tr("Hardest frames"))
        self._close.setAccessibleName(self.tr("Back to the picture"))
        self._close.setToolTip(self.tr("Back to the picture"))
        self._empty.setText(
            self.tr("There is nothing hard to show: nobody who has another face is in this video.")
        )
        for place, cell in enumerate(self._cells):
            why = self.tr("{0}: {1}").format(
                self._names(cell.hard.person_id), why_words(cell.hard.why)
            )
            state = self.tr("Could not be drawn") if place in self._failed else self.tr("Waiting…")
            cell.set_words(written(self._seconds(cell.hard.frame)), why, state)
        self._tell_progress()


def _offset(line: QRectF) -> QPointF:
    """Return the way from a line's middle to its right end, where the sign stands."""
    return QPointF(line.width() / 2 - 8, 0)
