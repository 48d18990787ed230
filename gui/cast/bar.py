"""Draw where a person appears in one video as a bar that can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.cast.whereabouts import Range
from gui.theme.current import colour, palette

_HEIGHT_PX, _BAR_PX = 16, 6
_LEAST_PX = 2.0


class AppearanceBar(QWidget):
    """One video from its first to its last frame.

    Signals:
        frame_chosen: frame of the appearance that was clicked, or walked to with the arrows.
    """

    frame_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frames = 1
        self._ranges: tuple[Range, ...] = ()
        self._at, self._hue = -1, 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ranges(self, ranges: Sequence[Range], frames: int, hue: int = 0) -> None:
        """Show appearances in a video of so many frames, in the person's colour there."""
        now = (tuple(ranges), max(1, frames), hue)
        if now != (self._ranges, self._frames, self._hue):
            self._ranges, self._frames, self._hue = now
            self._at = -1
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return a bar's usual size."""
        return QSize(120, _HEIGHT_PX)

    def frame_at(self, x: float) -> int:
        """Return the frame to jump to for a click: within an appearance, or the nearest one."""
        frame = int(x / max(1, self.width()) * self._frames)
        inside = (frame for start, end in self._ranges if start <= frame < end)
        nearest = min(
            (start for start, _ in self._ranges),
            key=lambda start: abs(start - frame),
            default=frame,
        )
        return next(inside, nearest)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Jump."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.frame_chosen.emit(self.frame_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Walk from appearance to appearance; Return jumps to the first."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Return: 0}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._ranges:
            super().keyPressEvent(event)
            return
        self._at = max(0, min(len(self._ranges) - 1, self._at + step))
        self.frame_chosen.emit(self._ranges[self._at][0])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the video as a line and the appearances on it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (self.height() - _BAR_PX) / 2
        painter.setBrush(colour("line"))
        painter.drawRoundedRect(QRectF(0, top, self.width(), _BAR_PX), 3, 3)
        people = palette().people
        painter.setBrush(QColor(people[self._hue % len(people)]))
        for number, (start, end) in enumerate(self._ranges):
            left = start / self._frames * self.width()
            width = max(_LEAST_PX, (end - start) / self._frames * self.width())
            grown = 2 if number == self._at and self.hasFocus() else 0
            place = QRectF(left, top - grown, width, _BAR_PX + 2 * grown)
            painter.drawRoundedRect(place, min(3, width / 2), min(3, width / 2))
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
