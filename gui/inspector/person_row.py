"""Show one person of a video, and the face that is put on them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gui.elided import ElidedLabel
from gui.faces.face_slot import FaceSlot, forward_drops
from gui.faces.library import FaceLibrary
from gui.faces.thumb import Thumb
from gui.inspector.faces_of_roles import show_on
from gui.inspector.stretches import StretchRows
from gui.inspector.wishes import Role
from gui.speaking import Speaking
from gui.stage.rows import hue_of
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words import amounts
from gui.words.settings_names import person_name

_CROP_PX = 52


class PersonRow(Speaking):
    """A crop, a name, how long, a slot; in full mode also stretches with another face.

    Signals:
        picked: the person was chosen.
        pointed, unpointed: the mouse came over the row, or went.
        jump_asked: the first appearance is to be shown.
        face_given: id of a face for the whole video.
        photos_given: paths that were dropped on the slot.
        cleared: the person is to keep their own face.
        choosing: the slot was clicked.
    """

    picked = Signal()
    pointed = Signal()
    unpointed = Signal()
    jump_asked = Signal()
    face_given = Signal(str)
    photos_given = Signal(object)
    cleared = Signal()
    choosing = Signal()

    def __init__(self, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.role: Role | None = None
        self._can_change = True
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.thumb = Thumb(library.pictures, _CROP_PX)
        self.thumb.setCheckable(True)
        self.thumb.clicked.connect(self._on_thumb)
        self._name, self._second = ElidedLabel(), QLabel()
        give_role(self._second, "hint")
        self._jump = _tool("jump-next")
        self._jump.clicked.connect(self.jump_asked)
        self.slot = FaceSlot(library)
        forward_drops(self, self.slot)
        self.slot.face_dropped.connect(self.face_given)
        self.slot.photos_dropped.connect(self._on_photos)
        self.slot.cleared.connect(self.cleared)
        self.slot.clicked.connect(self.choosing)
        self._reset = _tool("reset")
        self._reset.clicked.connect(self.cleared)
        self.stretches = StretchRows(library)
        self._lay_out()

    def show_role(self, role: Role, *, can_change: bool, full: bool) -> None:
        """Show a person."""
        self.role, self._can_change = role, can_change
        self.thumb.show_picture(role.crops[0] if role.crops else None)
        self.thumb.set_hue(None if role.unsure else hue_of(role.person_id))
        self.thumb.setEnabled(not role.unsure)
        self.slot.setVisible(not role.unsure)
        self.slot.setEnabled(can_change)
        self._reset.setVisible(not role.unsure and role.slot.kind != "empty" and can_change)
        is_one = len(role.seats) == 1 and not role.unsure
        self.stretches.setVisible(full and is_one)
        if full and is_one:
            self.stretches.show_role(role, can_change=can_change)
        self.retranslate()

    def mark(self, *, is_picked: bool) -> None:
        """Show whether this is the person that is picked."""
        self.thumb.setChecked(is_picked)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Point at the person: the stage shows where they are."""
        super().enterEvent(event)
        if self.role is not None and not self.role.unsure:
            self.pointed.emit()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Point at nobody."""
        super().leaveEvent(event)
        if self.role is not None and not self.role.unsure:
            self.unpointed.emit()

    def retranslate(self) -> None:
        """Set every text."""
        role = self.role
        if role is None:
            return
        name = person_name(role.name, role.number)
        if role.unsure:
            name = self.tr("Unsure faces")
        self._name.set_whole(name)
        seconds = amounts.took(role.seconds)
        on_screen = self.tr("{0} on screen").format(seconds)
        if role.unsure:
            on_screen = self.tr(
                "{0} on screen. Too small, turned or blurred to say who it is, so nobody can be "
                "put on them. On the cast board they can be joined with a person."
            ).format(seconds)
        self._second.setText(on_screen)
        self.thumb.setAccessibleName(self.tr("{0}, {1}").format(name, on_screen))
        told = self.tr("Go to where {0} is seen first").format(name)
        self._jump.setToolTip(told)
        self._jump.setAccessibleName(told)
        back = self.tr("Keep the own face of {0}").format(name)
        self._reset.setToolTip(back)
        self._reset.setAccessibleName(back)
        show_on(self.slot, role.slot, self._library, self.tr("Drop a photo, or choose a face"))
        words, _ = self.slot.words()
        self.slot.setAccessibleDescription(self.tr("Face for {0}: {1}").format(name, words))

    def _on_thumb(self) -> None:
        self.thumb.setChecked(True)
        self.picked.emit()

    def _on_photos(self, photos: tuple[Path, ...]) -> None:
        self.photos_given.emit(photos)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._second)
        words.addStretch(1)
        self._second.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.thumb, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(self._jump, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.slot, 1)
        row.addWidget(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self.stretches)


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    give_role(button, "quiet")
    return button
