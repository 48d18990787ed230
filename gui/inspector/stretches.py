"""Show the stretches in which a person gets another face, and let one be added."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.elided import ElidedLabel
from gui.faces.face_slot import FaceSlot
from gui.faces.library import FaceLibrary
from gui.faces.picker import FacePicker
from gui.inspector.faces_of_roles import gone_words
from gui.inspector.wishes import Role, bounded, with_stretch
from gui.speaking import Speaking
from gui.stage import timecode
from gui.theme.icons import icon
from gui.theme.roles import give_role
from orchestrator.desk.entries import EntryCast


class StretchRows(Speaking):
    """One line a stretch, and a form for another one.

    Signals:
        casts_set: all casts of the person, as they are to be.
    """

    casts_set = Signal(object)

    def __init__(self, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._role: Role | None = None
        self._duration = Fraction(0)
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._add = QPushButton(icon("add"), "")
        give_role(self._add, "quiet")
        self._add.clicked.connect(lambda: self._open_form(is_open=True))
        self._column.addLayout(self._list)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._form: QWidget | None = None
        self._can_change = True
        self._face_id: str | None = None
        self.retranslate()

    def show_role(self, role: Role, *, can_change: bool) -> None:
        """Show a person's stretches."""
        is_other = self._role is None or role.card_id != self._role.card_id
        self._role, self._can_change = role, can_change
        if is_other or not can_change:
            self._open_form(is_open=False)
        self._fill()

    def set_duration(self, duration: Fraction) -> None:
        """Say how long the video is, in seconds."""
        self._duration = duration

    def retranslate(self) -> None:
        """Set every text."""
        self._add.setText(self.tr("Another face for a stretch…"))
        self._fill()
        if self._form is not None:
            self._say_form()

    def _say_form(self) -> None:
        self._from.setPlaceholderText(self.tr("from 0:00"))
        self._to.setPlaceholderText(self.tr("to 0:10"))
        self._from.setAccessibleName(self.tr("Stretch from, minutes and seconds"))
        self._to.setAccessibleName(self.tr("Stretch to, minutes and seconds"))
        self._ok.setText(self.tr("Add"))
        self._cancel.setText(self.tr("Cancel"))
        self._say_slot()
        self._say_problem()

    # -- the lines -------------------------------------------------------------------------------

    def _fill(self) -> None:
        while self._lines:
            line = self._lines.pop()
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        role = self._role
        if role is None:
            return
        for cast in role.casts:
            if cast.start is not None or cast.end is not None:
                line = self._line(cast, role.casts)
                self._lines.append(line)
                self._list.addWidget(line)
        is_open = self._form is not None and self._form.isVisibleTo(self)
        self._add.setVisible(self._can_change and not is_open)

    def _line(self, cast: EntryCast, casts: Sequence[EntryCast]) -> QWidget:
        view = self._library.face(cast.face_id)
        start = timecode.written(cast.start or 0)
        end = timecode.written(cast.end if cast.end is not None else self._duration)
        words = self.tr("{0} – {1}: {2}").format(start, end, view.name if view else gone_words())
        line, label, drop = QWidget(), ElidedLabel(), QToolButton()
        label.set_whole(words)
        drop.setIcon(icon("close"))
        give_role(drop, "quiet")
        drop.setEnabled(self._can_change)
        drop.setToolTip(self.tr("Remove this stretch"))
        drop.setAccessibleName(self.tr("Remove the stretch {0}").format(words))
        rest = tuple(each for each in casts if each is not cast)
        drop.clicked.connect(lambda: self.casts_set.emit(rest))
        row = QHBoxLayout(line)
        row.setContentsMargins(8, 0, 0, 0)
        row.addWidget(label, 1)
        row.addWidget(drop)
        return line

    # -- the form --------------------------------------------------------------------------------

    def _make_form(self) -> QWidget:
        form = QWidget()
        self._from, self._to = QLineEdit(), QLineEdit()
        self._slot = FaceSlot(self._library)
        self._picker = FacePicker(self._library, self)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        give_role(self._problem, "hint")
        self._ok, self._cancel = QPushButton(), QPushButton()
        self._slot.face_dropped.connect(self._take_face)
        self._slot.clicked.connect(
            lambda: self._picker.open_under(self._slot, self._face_id, can_clear=False)
        )
        self._picker.face_chosen.connect(self._take_face)
        for field in (self._from, self._to):
            field.textChanged.connect(lambda _: self._say_problem())
        self._ok.clicked.connect(self._keep)
        self._cancel.clicked.connect(lambda: self._open_form(is_open=False))
        times = QHBoxLayout()
        times.addWidget(self._from)
        times.addWidget(self._to)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._ok)
        column = QVBoxLayout(form)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(times)
        column.addWidget(self._slot)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        return form

    def _open_form(self, *, is_open: bool) -> None:
        if self._form is None and is_open:
            self._form = self._make_form()
            self._column.addWidget(self._form)
            self._say_form()
        if self._form is not None:
            self._form.setVisible(is_open)
        self._add.setVisible(not is_open and self._can_change)
        if is_open:
            self._face_id = None
            self._from.clear()
            self._to.clear()
            self._say_slot()
            self._say_problem()
            self._from.setFocus()

    def _take_face(self, face_id: str) -> None:
        self._face_id = face_id
        self._say_slot()
        self._say_problem()

    def _say_slot(self) -> None:
        view = self._library.face(self._face_id) if self._face_id else None
        if view is None:
            self._slot.show_empty(self.tr("Choose a face"))
            self._slot.setAccessibleName(self.tr("Choose a face for the stretch"))
        else:
            self._slot.show_face(view.picture, view.name)
            self._slot.setAccessibleName(view.name)

    def _stretch(self) -> tuple[Fraction, Fraction] | None:
        start, end = timecode.read(self._from.text()), timecode.read(self._to.text())
        if start is None or end is None:
            return None
        return bounded(Fraction(start), Fraction(end), self._duration)

    def _say_problem(self) -> None:
        stretch = self._stretch()
        problem = ""
        if stretch is None:
            problem = self.tr("Type two times such as 0:04 and 0:09.5 within the video.")
        elif self._face_id is None:
            problem = self.tr("Choose a face for these seconds.")
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._ok.setEnabled(not problem)

    def _keep(self) -> None:
        stretch, role = self._stretch(), self._role
        if stretch is None or role is None or self._face_id is None:
            return
        casts = with_stretch(role.casts, role.person_id, self._face_id, *stretch)
        self._open_form(is_open=False)
        self.casts_set.emit(casts)
