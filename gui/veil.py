"""Cover the whole window while files are dragged over it, and say what letting go will do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.drops import Dropped
from gui.speaking import Speaking
from gui.theme.current import colour
from gui.theme.icons import pixmap

_ICON_PX = 48
_MARGIN_PX = 16
_RADIUS_PX = 12
_GROUND = 0.92


class DropVeil(Speaking):
    """Lies over its parent; the mouse and the drag go through it."""

    def __init__(self, parent: QWidget) -> None:
        """Be hidden until :meth:`offer`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._drop = Dropped()
        self._clear: QWidget | None = None
        self._title, self._hint = "", ""
        parent.installEventFilter(self)
        self.retranslate()

    def keep_clear(self, place: QWidget) -> None:
        """Leave a place at the right uncovered while photos alone are dragged: it takes them."""
        self._clear = place

    def offer(self, drop: Dropped) -> None:
        """Say what will happen to ``drop``, over the whole window."""
        self._drop = drop
        self.retranslate()
        self.setGeometry(self._covered())
        self.raise_()
        self.show()
        self.update()

    def sentence(self) -> str:
        """Return what is said now."""
        return f"{self._title}\n{self._hint}"

    def retranslate(self) -> None:
        """Set the words for what is dragged now."""
        drop = self._drop
        self._hint = ""
        if drop.videos and drop.photos:
            self._title = self.tr("Drop to add the videos and keep the photos as faces")
        elif drop.videos:
            self._title = self.tr("Drop to add %n video(s) to the queue", "", len(drop.videos))
        elif drop.photos:
            self._title = self.tr(
                "Drop to keep %n photo(s) as source face(s)", "", len(drop.photos)
            )
            self._hint = self.tr("You will be asked whose face it is and how they agreed.")
        elif drop.folders:
            self._title = self.tr("Drop to add the videos in these folders")
        else:
            self._title = self.tr("These files cannot be used here")
            self._hint = self.tr("Drop videos for the queue, or photos of faces.")
        if drop.is_welcome and drop.others:
            self._hint = self.tr("%n other file(s) will be left out.", "", len(drop.others))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Stay as large as the window."""
        parent = self.parentWidget()
        if event.type() == QEvent.Type.Resize and watched is parent:
            self.setGeometry(self._covered())
        return super().eventFilter(watched, event)

    def _covered(self) -> QRect:
        """Return what is covered: all of the window, or what lies left of the clear place."""
        parent = self.parentWidget()
        if parent is None:
            return QRect()
        place, whole = self._clear, parent.rect()
        if place is None or not place.isVisible() or self._drop.videos or not self._drop.photos:
            return whole
        whole.setRight(place.mapTo(parent, QPoint(0, 0)).x() - 1)
        return whole

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the ground, a frame, a sign and the words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("window", _GROUND))
        welcome = self._drop.is_welcome
        pen = QPen(colour("accent" if welcome else "danger"), 2)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        frame = QRectF(self.rect()).adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        painter.drawRoundedRect(frame, _RADIUS_PX, _RADIUS_PX)
        self._draw_words(painter, frame, welcome=welcome)

    def _draw_words(self, painter: QPainter, frame: QRectF, *, welcome: bool) -> None:
        name, colour_name = ("drop", "accent") if welcome else ("error", "danger")
        sign = pixmap(name, _ICON_PX, colour_name, self.devicePixelRatioF())
        centre = frame.center()
        painter.drawPixmap(int(centre.x()) - _ICON_PX // 2, int(centre.y()) - _ICON_PX - 12, sign)
        font = painter.font()
        font.setPixelSize(self.fontInfo().pixelSize() + 7)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour("text"))
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        flags = int(middle) | int(Qt.TextFlag.TextWordWrap)
        words = QRectF(frame.left() + 32, centre.y() + 4, frame.width() - 64, frame.height() / 2)
        used = painter.boundingRect(words, flags, self._title)
        painter.drawText(words, flags, self._title)
        painter.setFont(self.font())
        painter.setPen(colour("muted"))
        words.setTop(used.bottom() + 8)
        painter.drawText(words, flags, self._hint)
