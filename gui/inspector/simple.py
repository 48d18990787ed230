"""Ask only what a first video needs: who is replaced, with whose face, what kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gui.bridge import Bridge
from gui.elided import ElidedLabel
from gui.faces.face_list import FaceList
from gui.faces.face_slot import FaceSlot, forward_drops
from gui.faces.intake import ConsentCard, FaceIntake
from gui.faces.library import FaceLibrary
from gui.faces.picker import FacePicker
from gui.faces.thumb import Thumb
from gui.inspector.acting import cast_person
from gui.inspector.faces_of_roles import show_on
from gui.inspector.presets_row import PresetShelf, PresetsRow
from gui.inspector.section import small_label
from gui.inspector.wishes import Role, role_of
from gui.speaking import Speaking
from gui.stage.rows import hue_of
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words import amounts
from gui.words.settings_names import person_name
from orchestrator.desk.entries import Entry

_CROP_PX = 76
_IN_A_ROW = 3


class PersonThumb(QWidget):
    """A person's crop with the name beneath.

    Signals:
        chosen: it was clicked.
    """

    chosen = Signal()

    def __init__(self, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.role: Role | None = None
        self.thumb = Thumb(library.pictures, _CROP_PX)
        self.thumb.setCheckable(True)
        self.thumb.clicked.connect(self._on_clicked)
        self._name = ElidedLabel()
        self._name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._name.setFixedWidth(_CROP_PX + 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.thumb, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._name)

    def show_role(self, role: Role, *, is_chosen: bool) -> None:
        """Show a person; the face they get is drawn small in the corner."""
        self.role = role
        name = person_name(role.name, role.number)
        face = self._library.face(role.slot.face_ids[0]) if role.slot.face_ids else None
        self.thumb.show_picture(
            role.crops[0] if role.crops else None,
            inset=face.picture if face is not None else None,
            mark=("warning", "warning") if face is not None and face.lack else None,
        )
        self.thumb.set_hue(hue_of(role.person_id))
        self.thumb.setChecked(is_chosen)
        told = self.tr("{0}, {1} on screen").format(name, amounts.took(role.seconds))
        if face is not None:
            told = self.tr("{0}, gets the face of {1}").format(told, face.name)
        self.thumb.setToolTip(told)
        self.thumb.setAccessibleName(told)
        self._name.set_whole(name)

    def _on_clicked(self) -> None:
        self.thumb.setChecked(True)
        self.chosen.emit()


class SimplePage(Speaking):
    """Two questions and a drop-down.

    Signals:
        person_picked: person_id of who was chosen.
        jump_asked: the role whose first appearance is to be shown.
        faces_asked: the library is to be opened.
    """

    person_picked = Signal(object)
    jump_asked = Signal(object)
    faces_asked = Signal()

    def __init__(
        self,
        bridge: Bridge,
        library: FaceLibrary,
        shelf: PresetShelf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._library = bridge, library
        self._roles: tuple[Role, ...] = ()
        self._unsure: Role | None = None
        self._person_id: str | None = None
        self._can_change = True
        self._people: list[PersonThumb] = []
        self._who, self._whose = small_label(), small_label()
        self._note, self._grid = QLabel(), QGridLayout()
        self._note.setWordWrap(True)
        give_role(self._note, "hint")
        self._grid.setSpacing(8)
        self.slot, self._list = FaceSlot(library), FaceList(library, one_row=True)
        self._reset = QToolButton()
        self._reset.setIcon(icon("reset"))
        give_role(self._reset, "quiet")
        self.intake, self.consent = FaceIntake(library), ConsentCard(library)
        self.intake.back_to = self.slot
        self.presets = PresetsRow(bridge, shelf)
        self.presets.hide_menu()
        self._picker = FacePicker(library, self)
        self._wire()
        self._lay_out()
        self.retranslate()

    # -- showing -----------------------------------------------------------------------------

    def show_roles(
        self, roles: Sequence[Role], chosen: Sequence[Entry], *, can_change: bool
    ) -> None:
        """Show the people of the selected videos; the only one is chosen already."""
        self._can_change = can_change
        sure = tuple(role for role in roles if not role.unsure)
        self._unsure = next((role for role in roles if role.unsure), None)
        if role_of(sure, self._person_id) is None:
            self._person_id = sure[0].person_id if sure else None
        self._roles = sure
        while len(self._people) < len(sure):
            self._people.append(self._make_person())
        self._draw_people()
        self._draw_face()
        self.presets.show_entries(chosen, can_change=can_change)

    def mark(self, person_id: str | None) -> None:
        """Choose the person that was picked elsewhere."""
        if role_of(self._roles, person_id) is not None and person_id != self._person_id:
            self._person_id = person_id
            self._draw_people()
            self._draw_face()

    def role(self) -> Role | None:
        """Return the person who is chosen."""
        return role_of(self._roles, self._person_id)

    def retranslate(self) -> None:
        """Set every text."""
        self._who.setText(self.tr("Who should be replaced?"))
        self._whose.setText(self.tr("With whose face?"))
        self._list.setAccessibleName(self.tr("Faces of the library"))
        told = self.tr("Keep this person's own face")
        self._reset.setToolTip(told)
        self._reset.setAccessibleName(told)
        self._draw_people()
        self._draw_face()

    def _draw_people(self) -> None:
        for number, person in enumerate(self._people):
            person.setVisible(number < len(self._roles))
            if number < len(self._roles):
                role = self._roles[number]
                person.show_role(role, is_chosen=role is self.role())
        self._say_note()

    def _say_note(self) -> None:
        note = ""
        if not self._roles and self._unsure is not None:
            note = self.tr(
                "The faces in this video are too small, turned or blurred to say who they are, "
                "so nobody can be replaced."
            )
        elif not self._roles:
            note = self.tr("No face was found in this video, so there is nobody to replace.")
        elif self._unsure is not None:
            note = self.tr("Faces that are too small or blurred are left as they are.")
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _draw_face(self) -> None:
        role = self.role()
        for widget in (self._whose, self.slot):
            widget.setVisible(role is not None)
        faces = self._library.faces()
        self._list.setVisible(role is not None and bool(faces) and self._can_change)
        self._reset.setVisible(role is not None and role.slot.kind != "empty" and self._can_change)
        if role is None:
            self.consent.ask(None)
            return
        self.slot.setEnabled(self._can_change)
        show_on(self.slot, role.slot, self._library, self.tr("Drop a photo here, or click"))
        self._list.show_faces(faces, role.slot.face_id)
        views = [self._library.face(face_id) for face_id in role.slot.face_ids]
        lacking = next((view for view in views if view and view.lack == "consent"), None)
        self.consent.ask(lacking if self._can_change else None)

    # -- doing -------------------------------------------------------------------------------

    def _make_person(self) -> PersonThumb:
        person = PersonThumb(self._library)
        person.chosen.connect(lambda: self._choose(person))
        forward_drops(person, self.slot, before=lambda: self._choose(person))
        at = len(self._people)
        self._grid.addWidget(person, at // _IN_A_ROW, at % _IN_A_ROW)
        return person

    def _choose(self, person: PersonThumb) -> None:
        if person.role is not None:
            self._person_id = person.role.person_id
            self._draw_people()
            self._draw_face()
            self.person_picked.emit(self._person_id)

    def _cast(self, face_id: str | None) -> None:
        role = self.role()
        if role is not None:
            cast_person(self._bridge, role.seats, face_id)

    def _take(self, photos: tuple[Path, ...]) -> None:
        role = self.role()
        if role is not None:
            seats = role.seats  # whoever is chosen when the photo is ready
            self.intake.take(photos, lambda face_id: cast_person(self._bridge, seats, face_id))

    def _choose_photo(self) -> None:
        role = self.role()
        if role is not None:
            seats = role.seats
            self.intake.choose(lambda face_id: cast_person(self._bridge, seats, face_id))

    def _open_picker(self) -> None:
        role = self.role()
        if role is None:
            return
        if not self._library.faces():
            self._choose_photo()
            return
        can_clear = role.slot.kind != "empty"
        self._picker.open_under(self.slot, role.slot.face_id, can_clear=can_clear)

    def _wire(self) -> None:
        forward_drops(self, self.slot)
        self.slot.face_dropped.connect(self._cast)
        self.slot.photos_dropped.connect(self._take)
        self.slot.cleared.connect(lambda: self._cast(None))
        self.slot.clicked.connect(self._open_picker)
        self._reset.clicked.connect(lambda: self._cast(None))
        self._list.face_chosen.connect(self._cast)
        self._picker.face_chosen.connect(self._cast)
        self._picker.photo_asked.connect(self._choose_photo)
        self._picker.library_asked.connect(self.faces_asked)
        self._picker.nobody_chosen.connect(lambda: self._cast(None))
        self._library.changed.connect(self._draw_face)

    def _lay_out(self) -> None:
        people = QHBoxLayout()
        people.addLayout(self._grid)
        people.addStretch(1)
        slot = QHBoxLayout()
        slot.setSpacing(4)
        slot.addWidget(self.slot, 1)
        slot.addWidget(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._who)
        column.addLayout(people)
        column.addWidget(self._note)
        column.addSpacing(8)
        column.addWidget(self._whose)
        column.addLayout(slot)
        for widget in (self.intake, self.consent, self._list):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(self.presets)
