"""Show the library's faces as small pictures that can be clicked, walked and dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from gui.faces.drops import face_mime
from gui.faces.library import FaceLibrary
from gui.faces.pictures import paint_picture
from gui.faces.views import FaceView
from gui.theme.current import colour
from gui.theme.icons import pixmap

_SIDE_PX = 48
_CELL = QSize(76, 82)
_FACE_ID = Qt.ItemDataRole.UserRole


class FaceList(QListWidget):
    """One small round picture a face; drafts carry a mark and say so.

    Signals:
        face_chosen: the id of the face that was clicked or entered.
    """

    face_chosen = Signal(str)

    def __init__(
        self, library: FaceLibrary, parent: QWidget | None = None, *, one_row: bool = False
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._shown: tuple[FaceView, ...] = ()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWrapping(not one_row)
        self.setIconSize(QSize(_SIDE_PX, _SIDE_PX))
        self.setGridSize(_CELL)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setDragEnabled(True)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setStyleSheet("QListView::item { padding: 2px; }")
        if one_row:
            self.setFlow(QListView.Flow.LeftToRight)
            self.setFixedHeight(_CELL.height() + 14)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._on_chosen)
        self.itemActivated.connect(self._on_chosen)
        library.pictures.arrived.connect(self._on_arrived)

    def show_faces(self, faces: Sequence[FaceView], chosen: str | None = None) -> None:
        """Show these faces, one of them marked as the one that is used."""
        if tuple(faces) != self._shown:
            self._shown = tuple(faces)
            self._fill()
        blocked = QSignalBlocker(self)
        self.clearSelection()
        for number, face in enumerate(self._shown):
            if face.face_id == chosen:
                self.item(number).setSelected(True)
        blocked.unblock()

    def shown(self) -> tuple[FaceView, ...]:
        """Return the faces that are shown."""
        return self._shown

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:  # noqa: N802  # Qt's name
        """Return what is dragged."""
        return face_mime(items[0].data(_FACE_ID)) if items else QMimeData()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the pictures' marks anew in another palette's colours."""
        super().changeEvent(event)
        is_new = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange)
        if is_new and self._shown:
            self._fill()

    def _fill(self) -> None:
        self.clear()
        for face in self._shown:
            item = QListWidgetItem(self._picture(face), face.name)
            item.setData(_FACE_ID, face.face_id)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            item.setToolTip(self._told(face))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._told(face))
            self.addItem(item)

    def _told(self, face: FaceView) -> str:
        match face.lack:
            case "consent":
                return self.tr("{0} – consent is missing").format(face.name)
            case "photos":
                return self.tr("{0} – the photos are missing").format(face.name)
        return face.name

    def _picture(self, face: FaceView) -> QIcon:
        ratio = self.devicePixelRatioF()
        made = QPixmap(round(_SIDE_PX * ratio), round(_SIDE_PX * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = made.deviceIndependentSize()
        self._paint(painter, face, place.width(), ratio)
        painter.end()
        return QIcon(made)

    def _paint(self, painter: QPainter, face: FaceView, side: float, ratio: float) -> None:
        place = QRectF(0, 0, side, side)
        picture = self._library.pictures.get(face.picture, side * ratio)
        if picture is not None:
            paint_picture(painter, place, picture, side / 2)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("hovered"))
            painter.drawEllipse(place)
            painter.drawPixmap(QPoint(14, 14), pixmap("person", 20, "muted", ratio))
        if face.lack:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("panel"))
            painter.drawEllipse(QRectF(side - 17, side - 17, 17, 17))
            painter.drawPixmap(
                QPoint(round(side) - 15, round(side) - 15), pixmap("warning", 13, "warning", ratio)
            )

    def _on_arrived(self, path: str) -> None:
        for number, face in enumerate(self._shown):
            if face.picture == path and number < self.count():  # it may be being filled
                self.item(number).setIcon(self._picture(face))

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.face_chosen.emit(item.data(_FACE_ID))
