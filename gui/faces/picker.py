"""Be the small window in which a face is chosen for a person."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.faces.face_list import FaceList
from gui.faces.library import FaceLibrary
from gui.theme.icons import icon
from gui.theme.roles import give_role

_SEARCH_FROM = 9


class FacePicker(QFrame):
    """Opens under a slot and closes with a choice, a click elsewhere or Escape.

    Signals:
        face_chosen: id of a library face.
        photo_asked: a photo is to be chosen from disk.
        library_asked: the library is to be opened.
        nobody_chosen: the person keeps their own face.
    """

    face_chosen = Signal(str)
    photo_asked = Signal()
    library_asked = Signal()
    nobody_chosen = Signal()

    def __init__(self, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._library = library
        self._chosen: str | None = None
        self._is_built = False

    def _build(self) -> None:
        """Make what is in it, when it is opened for the first time."""
        library = self._library
        self._is_built = True
        give_role(self, "card")
        self._search, self._list = QLineEdit(), FaceList(library)
        self._empty = QLabel()
        give_role(self._empty, "hint")
        self._empty.setWordWrap(True)
        self._photo = QPushButton(icon("photo"), "")
        self._all = QPushButton(icon("faces"), "")
        self._nobody = QPushButton(icon("close"), "")
        for button in (self._photo, self._all, self._nobody):
            give_role(button, "quiet")
        self._search.textChanged.connect(lambda _: self._fill())
        self._list.face_chosen.connect(lambda face_id: self._answer(self.face_chosen, face_id))
        self._photo.clicked.connect(lambda: self._answer(self.photo_asked))
        self._all.clicked.connect(lambda: self._answer(self.library_asked))
        self._nobody.clicked.connect(lambda: self._answer(self.nobody_chosen))
        library.changed.connect(self._fill)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        for widget in (self._search, self._empty, self._list):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._photo)
        row.addStretch(1)
        row.addWidget(self._all)
        column.addLayout(row)
        column.addWidget(self._nobody, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFixedWidth(364)

    def open_under(self, slot: QWidget, chosen: str | None, *, can_clear: bool) -> None:
        """Open below ``slot``, or above where there is no room; ``chosen`` is marked."""
        self._chosen = chosen
        if not self._is_built:
            self._build()
        self._say()
        self._search.clear()
        self._search.setVisible(len(self._library.faces()) >= _SEARCH_FROM)
        self._nobody.setVisible(can_clear)
        self._fill()
        rows = min(3, max(1, -(-len(self._library.faces()) // 4)))
        self._list.setFixedHeight(rows * 82 + 8)
        self.adjustSize()
        self.move(self._place_under(slot))
        self.show()
        self._list.setFocus()
        if self._list.count():
            self._list.setCurrentRow(max(0, self._list.currentRow()))

    def _place_under(self, slot: QWidget) -> QPoint:
        below = slot.mapToGlobal(QPoint(0, slot.height() + 4))
        screen = slot.screen().availableGeometry()
        left = max(screen.left(), min(below.x(), screen.right() - self.width()))
        if below.y() + self.height() > screen.bottom():
            return QPoint(left, slot.mapToGlobal(QPoint(0, -4)).y() - self.height())
        return QPoint(left, below.y())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        wanted = self._search.text().strip().casefold()
        faces = [face for face in self._library.faces() if wanted in face.name.casefold()]
        self._list.show_faces(faces, self._chosen)
        self._list.setVisible(bool(faces))
        self._empty.setVisible(not faces)
        nothing = self.tr("There is no face yet. Choose a photo to add one.")
        none_found = self.tr("No face is called so.")
        self._empty.setText(none_found if wanted else nothing)

    def _say(self) -> None:
        self.setAccessibleName(self.tr("Choose a face"))
        self._search.setPlaceholderText(self.tr("Search by name"))
        self._search.setAccessibleName(self.tr("Search faces by name"))
        self._list.setAccessibleName(self.tr("Faces"))
        self._photo.setText(self.tr("Choose a photo…"))
        self._all.setText(self.tr("All faces…"))
        self._nobody.setText(self.tr("Keep this person's own face"))

    def _answer(self, signal: object, *given: str) -> None:
        self.close()
        signal.emit(*given)  # type: ignore[attr-defined]  # a bound signal has no type to name
