"""Show one source face on a card: photo, name, consent in words, what should be known."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gui.elided import ElidedLabel
from gui.faces.hint_rows import SentenceRow
from gui.faces.library import FaceLibrary
from gui.faces.thumb import Thumb
from gui.faces.views import FaceView
from gui.theme.roles import give_role
from gui.words.amounts import listed
from gui.words.settings_names import basis_short, day, hint_name, stated_by_said

_SIDE_PX = 128


class FaceCard(QFrame):
    """One face in the grid.

    Signals:
        opened: id of the face whose card was clicked or entered.
        walked: the key event that the grid moves the focus by.
    """

    opened = Signal(str)
    walked = Signal(object)

    def __init__(self, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_role(self, "card")
        self._face_id = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._thumb = Thumb(library.pictures, _SIDE_PX, "square", clickable=False)
        self._name = ElidedLabel()
        self._count = QLabel()
        give_role(self._count, "hint")
        self._state, self._hint = SentenceRow(), SentenceRow()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(4)
        column.addWidget(self._thumb, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(self._name)
        column.addWidget(self._count)
        column.addWidget(self._state)
        column.addWidget(self._hint)
        column.addStretch(1)

    def show_face(self, view: FaceView) -> None:
        """Show a face."""
        self._face_id = view.face_id
        self._thumb.show_picture(view.picture)
        self._name.set_whole(view.name)
        photos = len(view.face.photos)
        several = self.tr("{0} photos").format(photos)
        self._count.setText(self.tr("1 photo") if photos == 1 else several)
        told = self._say_state(view)
        hints = view.all_hints
        self._hint.setVisible(bool(hints))
        if hints:
            self._hint.say("warning", listed(list(map(hint_name, hints))), "hint", "warning")
        self.setAccessibleName(self.tr("{0}, {1}").format(view.name, told))

    def _say_state(self, view: FaceView) -> str:
        consent = view.face.consent
        if view.lack == "photos":
            told = self.tr("The photos are missing or were changed. Add them again.")
            self._state.say("error", told, "error", "danger")
        elif view.lack == "consent" or consent is None:
            told = self.tr("Draft: consent is missing")
            self._state.say("warning", told, "warning", "warning")
        else:
            told = self.tr("Consent: {0}, {1}, {2}").format(
                basis_short(consent.basis),
                stated_by_said(consent.stated_by),
                day(consent.stated_at),
            )
            self._state.say("consent", told, "hint", "good")
        return told

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Open the face."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.opened.emit(self._face_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Open with Return or space, walk with the arrows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._face_id)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walked.emit(event)
        else:
            super().keyPressEvent(event)
