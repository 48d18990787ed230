"""Show one source face wholly: photos and what is poor in them, name, the consent card."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.faces.consent import who_stated_last
from gui.faces.consent_form import ConsentForm, missing_of
from gui.faces.drops import photo_filter
from gui.faces.hint_rows import HintRows, SentenceRow
from gui.faces.library import FaceLibrary
from gui.faces.thumb import Thumb
from gui.faces.views import FaceView
from gui.speaking import Speaking
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words.errors import told_of
from gui.words.settings_names import basis_statement, day, stated_by_said
from remote_worker.contract.records import Digest

_PHOTO_PX = 120
_IN_A_ROW = 2


class FacePage(Speaking):
    """One face of the library.

    Signals:
        closed: the user goes back to all faces.
        remove_asked: id of the face that is to be removed; the dialog asks first.
    """

    closed = Signal()
    remove_asked = Signal(str)

    def __init__(self, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._view: FaceView | None = None
        self._restating = False
        self._make_head()
        self._make_photos()
        self._make_consent()
        self._trouble = SentenceRow()
        self._trouble.hide()
        self._lay_out()
        self.retranslate()

    # -- what is shown -------------------------------------------------------------------------

    def show_face(self, view: FaceView) -> None:
        """Show a face; what was being filled in for another one is forgotten."""
        if self._view is None or view.face_id != self._view.face_id:
            self._restating = False
            self._trouble.hide()
            by = who_stated_last(each.face for each in self._library.faces())
            self._form.fill(name=view.name, stated_by=by)
        self._view = view
        self._name.setText(view.name)
        self._show_photos(view)
        self._show_consent(view)

    def face_id(self) -> str | None:
        """Return the face that is shown."""
        return self._view.face_id if self._view is not None else None

    def add_photos(self, photos: Sequence[Path]) -> None:
        """Add photos of the same person."""
        if self._view is None or not photos:
            return
        self._working(self.tr("Checking the photos…"))
        self._library.add_photos(self._view.face_id, photos, lambda _: self._done(), self._on_error)

    def _show_photos(self, view: FaceView) -> None:
        while self._cells:
            cell = self._cells.pop()
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        for number, photo in enumerate(view.face.photos):
            path = view.photo_paths[number] if view.photo_paths else None
            cell = self._photo_cell(photo, path, view, number)
            self._cells.append(cell)
            self._grid.addWidget(cell, number // _IN_A_ROW, number % _IN_A_ROW)

    def _photo_cell(self, photo: Digest, path: Path | None, view: FaceView, number: int) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        thumb = Thumb(self._library.pictures, _PHOTO_PX, "square", clickable=False)
        thumb.show_picture(str(path) if path is not None else None, icon="photo")
        thumb.setAccessibleName(self.tr("Photo {0}").format(number + 1))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(thumb)
        if len(view.face.photos) > 1:
            drop = QToolButton()
            drop.setIcon(icon("remove"))
            give_role(drop, "quiet")
            drop.setToolTip(self.tr("Remove this photo"))
            drop.setAccessibleName(self.tr("Remove photo {0}").format(number + 1))
            drop.clicked.connect(lambda: self._remove_photo(photo))
            row.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        column.addLayout(row)
        hints = HintRows()
        hints.show_hints(view.hints[number] if number < len(view.hints) else ())
        column.addWidget(hints)
        column.addStretch(1)
        return cell

    def _show_consent(self, view: FaceView) -> None:
        consent = view.face.consent
        is_given = consent is not None and view.lack != "consent"
        self._given.setVisible(is_given and not self._restating)
        self._asking.setVisible(not is_given or self._restating)
        self._back_to_given.setVisible(is_given and self._restating)
        self._draft.setVisible(not is_given)
        if consent is None or not is_given:
            return
        shown = basis_statement(consent.basis)
        self._state_row.say("consent", self.tr("Consent was stated."), "good", "good")
        self._words.setText(self.tr("“{0}”").format(shown))
        recorded = self.tr("Recorded in English: “{0}”").format(consent.statement)
        self._recorded.setText(recorded)
        self._recorded.setVisible(shown != consent.statement)
        by, when = stated_by_said(consent.stated_by), day(consent.stated_at)
        told = self.tr("Stated by {0} on {1}.").format(by, when)
        self._by.setText(told)
        self._note.setText(self.tr("Note: {0}").format(consent.note))
        self._note.setVisible(bool(consent.note))

    def _say_missing(self) -> None:
        lacks = missing_of(self._form.draft())
        self._missing.setText(lacks)
        self._missing.setVisible(bool(lacks))
        self._state_it.setEnabled(not lacks)

    # -- what the user does ----------------------------------------------------------------------

    def _rename(self) -> None:
        name = " ".join(self._name.text().split())
        if self._view is None or name == self._view.name:
            return
        if not name:
            self._name.setText(self._view.name)
            return
        self._library.rename(self._view.face_id, name, None, self._on_error)

    def _remove_photo(self, photo: Digest) -> None:
        if self._view is not None:
            self._library.remove_photo(self._view.face_id, photo, None, self._on_error)

    def _choose_photos(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Add photos"), "", photo_filter(self.tr("Photos"))
        )
        self.add_photos([Path(path) for path in paths])

    def _state_now(self) -> None:
        consent = self._form.consent()
        if self._view is None or consent is None:
            return
        self._restating = False
        self._working(self.tr("Keeping the statement…"))
        self._library.state_consent(
            self._view.face_id, consent, lambda _: self._done(), self._on_error
        )

    def _restate(self, *, on: bool) -> None:
        self._restating = on
        if self._view is not None:
            self._show_consent(self._view)

    def _working(self, words: str) -> None:
        self._trouble.hide()
        self._doing.setText(words)
        self._busy.show()
        self._add.setEnabled(False)

    def _done(self) -> None:
        self._busy.hide()
        self._add.setEnabled(True)

    def _on_error(self, error: Exception) -> None:
        self._done()
        sentence, advice = told_of(error)
        self._trouble.say(
            "error", self.tr("{0} {1}").format(sentence, advice).strip(), "error", "danger"
        )
        self._trouble.show()

    # -- how it is made --------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text."""
        self._back.setText(self.tr("All faces"))
        self._name.setAccessibleName(self.tr("Name of the person"))
        self._remove.setText(self.tr("Remove face…"))
        self._photos_title.setText(self.tr("Photos"))
        self._photos_hint.setText(
            self.tr("Two or three photos, from the front and half from the side, look best.")
        )
        self._add.setText(self.tr("Add photos…"))
        self._consent_title.setText(self.tr("Consent"))
        self._draft.say(
            "warning",
            self.tr("This face is a draft. It can be used once consent is stated."),
            "warning",
            "warning",
        )
        self._state_it.setText(self.tr("State consent"))
        self._again.setText(self.tr("State it anew…"))
        self._back_to_given.setText(self.tr("Cancel"))
        if self._view is not None:
            self.show_face(self._view)
        self._say_missing()

    def _make_head(self) -> None:
        self._back = QPushButton(icon("previous"), "")
        give_role(self._back, "quiet")
        self._back.clicked.connect(self.closed)
        self._name = QLineEdit(maxLength=80)
        self._name.setAcceptDrops(False)  # a photo that is dropped here is no text
        self._name.editingFinished.connect(self._rename)
        self._remove = QPushButton(icon("remove", "danger"), "")
        give_role(self._remove, "danger")
        self._remove.clicked.connect(
            lambda: self.remove_asked.emit(self._view.face_id) if self._view else None
        )

    def _make_photos(self) -> None:
        self._photos_title, self._photos_hint = QLabel(), QLabel(wordWrap=True)
        give_role(self._photos_title, "section")
        give_role(self._photos_hint, "hint")
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._cells: list[QWidget] = []
        self._add = QPushButton(icon("add"), "")
        self._add.clicked.connect(self._choose_photos)
        self._busy = QWidget()
        column = QVBoxLayout(self._busy)
        column.setContentsMargins(0, 0, 0, 0)
        self._doing = QLabel()
        give_role(self._doing, "hint")
        column.addWidget(QProgressBar(maximum=0, textVisible=False))
        column.addWidget(self._doing)
        self._busy.hide()

    def _make_consent(self) -> None:
        self._consent_title = QLabel()
        give_role(self._consent_title, "section")
        self._draft, self._state_row = SentenceRow(), SentenceRow()
        self._form, self._missing = ConsentForm(), QLabel(wordWrap=True)
        self._form.hide_name()
        give_role(self._missing, "hint")
        self._form.changed.connect(self._say_missing)
        self._state_it = QPushButton()
        give_role(self._state_it, "primary")
        self._state_it.clicked.connect(self._state_now)
        self._back_to_given = QPushButton()
        self._back_to_given.clicked.connect(lambda: self._restate(on=False))
        self._asking = _column(self._form, self._missing)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._back_to_given)
        buttons.addWidget(self._state_it)
        layout = self._asking.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101  # as _column made it
        layout.addLayout(buttons)
        self._words, self._recorded = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self._by, self._note = QLabel(wordWrap=True), QLabel(wordWrap=True)
        give_role(self._recorded, "hint")
        give_role(self._by, "muted")
        give_role(self._note, "muted")
        self._again = QPushButton()
        give_role(self._again, "quiet")
        self._again.clicked.connect(lambda: self._restate(on=True))
        self._given = _column(
            self._state_row, self._words, self._recorded, self._by, self._note, self._again
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._back)
        head.addWidget(self._name, 1)
        head.addWidget(self._remove)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(8)
        self._photos_hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        left.addWidget(self._photos_title)
        left.addWidget(self._photos_hint)
        left.addLayout(self._grid)
        left.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self._busy)
        left.addStretch(1)
        card = QFrame()
        give_role(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(16, 12, 16, 16)
        inner.setSpacing(8)
        for widget in (self._consent_title, self._draft, self._given, self._asking):
            inner.addWidget(widget)
        right.addWidget(card)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._trouble)
        column.addLayout(columns)
        column.addStretch(1)


def _column(*widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for widget in widgets:
        column.addWidget(widget)
    return box
