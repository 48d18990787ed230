"""List the people of the selected videos with the faces that are put on them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.bridge import Bridge
from gui.faces.intake import ConsentCard, FaceIntake
from gui.faces.library import FaceLibrary
from gui.faces.picker import FacePicker
from gui.inspector.acting import cast_person, cast_stretches
from gui.inspector.person_row import PersonRow
from gui.inspector.section import Section
from gui.inspector.wishes import Role
from gui.theme.roles import give_role
from orchestrator.desk.cards import Seat
from orchestrator.desk.entries import Entry, EntryCast

_ROWS_AT_ONCE = 4


class CastingSection(Section):
    """One row a person.

    Signals:
        person_picked: person_id that is pointed at.
        jump_asked: the role whose first appearance is to be shown.
        faces_asked: the library is to be opened.
    """

    person_picked = Signal(object)
    jump_asked = Signal(object)
    faces_asked = Signal()

    def __init__(self, bridge: Bridge, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._library = bridge, library
        self._people: list[PersonRow] = []
        self._roles: tuple[Role, ...] = ()
        self._pending: tuple[Seat, ...] = ()
        self._picked: str | None = None
        self._can_change = self._full = True
        self._duration = Fraction(0)
        self._more_rows = QTimer(self)
        self._more_rows.setSingleShot(True)
        self._more_rows.timeout.connect(self._add_rows)
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        give_role(self._empty, "hint")
        self.intake, self.consent = FaceIntake(library), ConsentCard(library)
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self.rows.addWidget(self._empty)
        self.rows.addLayout(self._list)
        self.rows.addWidget(self.consent)
        self._picker = FacePicker(library, self)
        self._picker.face_chosen.connect(self._on_chosen)
        self._picker.photo_asked.connect(lambda: self.intake.choose(self._cast_pending))
        self._picker.library_asked.connect(self.faces_asked)
        self._picker.nobody_chosen.connect(lambda: cast_person(bridge, self._pending, None))
        self.rows.addWidget(self.intake)
        self.retranslate()

    def show_roles(
        self, roles: Sequence[Role], chosen: Sequence[Entry], *, can_change: bool, full: bool
    ) -> None:
        """Show the people of the selected videos."""
        self._roles, self._can_change, self._full = tuple(roles), can_change, full
        facts = chosen[0].facts if len(chosen) == 1 else None
        self._duration = facts.duration if facts else Fraction(0)
        for number, row in enumerate(self._people):
            row.setVisible(number < len(roles))
            self._fill_row(number)
        self._add_rows()
        self._empty.setVisible(not roles)
        self._ask_consent(can_change=can_change)
        self.mark(self._picked)

    def _add_rows(self) -> None:
        """Make the rows that are missing, some at a time, so that the window answers."""
        for _ in range(_ROWS_AT_ONCE):
            if len(self._people) >= len(self._roles):
                return
            self._people.append(self._make_row())
            self._list.addWidget(self._people[-1])
            self._fill_row(len(self._people) - 1)
        self.mark(self._picked)
        self._more_rows.start()

    def _fill_row(self, number: int) -> None:
        if number < len(self._roles):
            row = self._people[number]
            row.stretches.set_duration(self._duration)
            row.show_role(self._roles[number], can_change=self._can_change, full=self._full)

    def mark(self, person_id: str | None) -> None:
        """Mark the person that is picked."""
        self._picked = person_id
        for row in self._people:
            seats = row.role.seats if row.role is not None else ()
            row.mark(is_picked=any(seat.person_id == person_id for seat in seats))

    def row_of(self, number: int) -> PersonRow:
        """Return the row of that number."""
        return self._people[number]

    def retranslate(self) -> None:
        """Set every text."""
        super().retranslate()
        self.set_title(self.tr("Casting"))
        self._empty.setText(
            self.tr("No face was found in this video, so there is nobody to replace.")
        )

    def _ask_consent(self, *, can_change: bool) -> None:
        used = (face_id for role in self._roles for face_id in role.slot.face_ids)
        views = (self._library.face(face_id) for face_id in used)
        lacking = next((view for view in views if view and view.lack == "consent"), None)
        self.consent.ask(lacking if can_change else None)

    def _make_row(self) -> PersonRow:
        row = PersonRow(self._library)
        row.picked.connect(lambda: self._on_picked(row))
        row.pointed.connect(lambda: self._on_pointed(row))
        row.unpointed.connect(lambda: self.person_picked.emit(self._picked))
        row.jump_asked.connect(lambda: self.jump_asked.emit(row.role))
        row.face_given.connect(lambda face_id: self._cast(row, face_id))
        row.photos_given.connect(lambda photos: self._on_photos(row, photos))
        row.cleared.connect(lambda: self._cast(row, None))
        row.choosing.connect(lambda: self._open_picker(row))
        row.stretches.casts_set.connect(lambda casts: self._set_casts(row, casts))
        return row

    def _on_picked(self, row: PersonRow) -> None:
        if row.role is not None:
            self.mark(row.role.person_id)
            self.person_picked.emit(row.role.person_id)

    def _on_pointed(self, row: PersonRow) -> None:
        """Let the stage show who is pointed at; who is picked is shown again afterwards."""
        if row.role is not None:
            self.person_picked.emit(row.role.person_id)

    def _cast(self, row: PersonRow, face_id: str | None) -> None:
        if row.role is not None:
            cast_person(self._bridge, row.role.seats, face_id)

    def _set_casts(self, row: PersonRow, casts: tuple[EntryCast, ...]) -> None:
        if row.role is not None:
            cast_stretches(self._bridge, row.role, casts)

    def _on_photos(self, row: PersonRow, photos: tuple[Path, ...]) -> None:
        if row.role is None:
            return
        self._pending = row.role.seats
        self._list.insertWidget(self._people.index(row) + 1, self.intake)
        self.intake.back_to = row.slot
        self.intake.take(photos, self._cast_pending)

    def _open_picker(self, row: PersonRow) -> None:
        if row.role is None:
            return
        self._pending = row.role.seats
        self._list.insertWidget(self._people.index(row) + 1, self.intake)
        self.intake.back_to = row.slot
        can_clear = row.role.slot.kind != "empty"
        self._picker.open_under(row.slot, row.role.slot.face_id, can_clear=can_clear)

    def _on_chosen(self, face_id: str) -> None:
        cast_person(self._bridge, self._pending, face_id)

    def _cast_pending(self, face_id: str) -> None:
        cast_person(self._bridge, self._pending, face_id)
