"""Take photos in: check them, ask which face is meant, have consent stated, keep the face."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.faces.consent import missing, who_stated_last
from gui.faces.consent_form import ConsentForm, missing_of
from gui.faces.hint_rows import HintRows, SentenceRow
from gui.faces.library import FaceLibrary
from gui.faces.thumb import Thumb
from gui.faces.views import name_from
from gui.faces.which_face import WhichFace
from gui.speaking import Speaking
from gui.theme.roles import give_role
from gui.words.amounts import listed
from gui.words.errors import told_of
from gui.words.settings_names import hint_name
from orchestrator.sources import CheckedPhoto, SourceFace

Step = Literal["checking", "which", "form", "trouble", "keeping"]
_THUMB_PX = 64


class AddingCard(Speaking):
    """Everything from dropped photos to a face that is in the library, in one column.

    Signals:
        added: id of the new face.
        left: it was cancelled, or there is nothing more to do.
    """

    added = Signal(str)
    left = Signal()

    def __init__(self, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._round = 0
        """Rises whenever it begins anew, so that late answers are told apart."""
        self._waiting: list[Path] = []
        self._kept: list[CheckedPhoto] = []
        self._asked: CheckedPhoto | None = None
        self._total = 0
        self._name = ""
        self._troubles: list[tuple[str, str]] = []
        self._pages: list[QWidget] = []
        self._title = QLabel(wordWrap=True)
        give_role(self._title, "title")
        self._make_checking()
        self._make_which()
        self._make_form()
        self._make_trouble()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        for page in self._pages:
            column.addWidget(page)
        self._step: Step = "checking"
        self.retranslate()
        self._go_to("checking")

    # -- what happens --------------------------------------------------------------------------

    def step(self) -> Step:
        """Return where it stands."""
        return self._step

    def take(self, photos: Sequence[Path]) -> None:
        """Begin with photos of one person."""
        self._begin()
        self._waiting = list(photos)
        self._total = len(self._waiting)
        self._name = name_from(self._waiting[0]) if self._waiting else ""
        self._check_next()

    def take_pasted(self, image: QImage) -> None:
        """Begin with a picture from the clipboard."""
        self._begin()
        self._total = 1
        mine = self._round

        def kept(path: Path) -> None:
            if mine == self._round:
                self._waiting = [path]
                self._check_next()

        self._library.keep_pasted(image, kept, lambda error: self._on_error(mine, error))

    def cancel(self) -> None:
        """Forget what was dropped."""
        self._begin()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Add the face with Return from any field, once everything is filled in."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        on_button = isinstance(QApplication.focusWidget(), QPushButton)
        if is_return and self._step == "form" and not on_button:
            self._add.click()  # nothing happens while something is missing
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        self._round += 1
        self._library.let_go(self._kept)
        if self._asked is not None:
            self._library.let_go([self._asked])
        self._waiting, self._kept, self._asked, self._troubles = [], [], None, []
        self._name = ""
        self._go_to("checking")

    def _check_next(self) -> None:
        if not self._waiting:
            self._after_checks()
            return
        photo, mine = self._waiting.pop(0), self._round
        self._go_to("checking")
        self._library.check(
            photo,
            lambda checked: self._on_checked(mine, checked),
            lambda error: self._on_error(mine, error),
        )

    def _on_checked(self, mine: int, checked: CheckedPhoto) -> None:
        if mine != self._round:
            self._library.let_go([checked])  # it was cancelled meanwhile
            return
        if checked.found.face_count == 0:
            self._library.let_go([checked])
            self._troubles.append(
                (
                    self.tr("No face was found in this photo."),
                    self.tr("Choose a photo that shows the face clearly."),
                )
            )
            self._check_next()
        elif checked.found.face_count > 1:
            self._asked = checked
            self._which.show_photo(str(checked.path), checked.found.boxes)
            self._go_to("which")
            self._which.setFocus()
        else:
            self._kept.append(checked)
            self._check_next()

    def _on_error(self, mine: int, error: Exception) -> None:
        if mine != self._round:
            return
        self._troubles.append(told_of(error))
        self._check_next()

    def _on_which(self) -> None:
        asked, self._asked = self._asked, None
        if asked is None:
            return
        mine, chosen = self._round, self._which.chosen()
        self._go_to("checking")

        def cut(part: CheckedPhoto) -> None:
            self._library.let_go([asked])
            if mine != self._round:
                self._library.let_go([part])
            elif part.found.face_count == 0:
                self._on_checked(mine, part)
            else:
                self._kept.append(part)
                self._check_next()

        def failed(error: Exception) -> None:
            self._library.let_go([asked])
            self._on_error(mine, error)

        self._library.cut_out(asked, chosen, cut, failed)

    def _after_checks(self) -> None:
        if not self._kept:
            self._show_troubles()
            self._go_to("trouble")
            return
        by = who_stated_last(view.face for view in self._library.faces()) or _user()
        self._form.fill(name=self._name, stated_by=by)
        self._show_photos()
        self._go_to("form")
        self._form.name.setFocus()
        self._form.name.selectAll()

    def _keep(self, *, as_draft: bool) -> None:
        draft = self._form.draft()
        consent = None if as_draft else self._form.consent()
        if not draft.name.strip() or (consent is None and not as_draft):
            return
        mine = self._round
        paths = [checked.path for checked in self._kept]
        self._go_to("keeping")
        self._library.add(
            " ".join(draft.name.split()),
            paths,
            consent,
            True,  # noqa: FBT003  # which face is meant was asked before
            lambda face: self._on_kept(mine, face),
            lambda error: self._on_not_kept(mine, error),
        )

    def _on_kept(self, mine: int, face: SourceFace) -> None:
        if mine == self._round:
            self._begin()
        self.added.emit(face.face_id)

    def _on_not_kept(self, mine: int, error: Exception) -> None:
        if mine != self._round:
            return
        self._troubles = []
        self._go_to("form")
        sentence, advice = told_of(error)
        self._form_trouble.say(
            "error", self.tr("{0} {1}").format(sentence, advice).strip(), "error", "danger"
        )
        self._form_trouble.show()

    # -- what is shown -------------------------------------------------------------------------

    def _go_to(self, step: Step) -> None:
        self._step = step
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self.setFocus()  # kept in here, or Qt would carry it far away from what is hidden
        page = {"checking": 0, "keeping": 0, "which": 1, "form": 2, "trouble": 3}[step]
        for number, each in enumerate(self._pages):
            each.setVisible(number == page)
        self._say_title()
        self._say_missing()
        self.updateGeometry()

    def _say_title(self) -> None:
        done = self._total - len(self._waiting)
        checking = self.tr("Checking the photo…")
        if self._total > 1:
            checking = self.tr("Checking photo {0} of {1}…").format(done, self._total)
        faces = self._asked.found.face_count if self._asked is not None else 0
        self._title.setText(
            {
                "checking": checking,
                "keeping": self.tr("Keeping the face…"),
                "which": self.tr("There are {0} faces in this photo. Which one is meant?").format(
                    faces
                ),
                "form": self.tr("Whose face is this?"),
                "trouble": self.tr("This cannot be used"),
            }[self._step]
        )
        self._cancel.setVisible(self._step == "checking")

    def _show_photos(self) -> None:
        for number, thumb in enumerate(self._thumbs):
            has = number < len(self._kept)
            thumb.setVisible(has)
            if has:
                checked = self._kept[number]
                told = listed([hint_name(hint) for hint in checked.found.hints])
                mark = ("warning", "warning") if checked.found.hints else None
                thumb.show_picture(str(checked.path), mark=mark)
                thumb.setToolTip(told)
                thumb.setAccessibleName(self.tr("Photo {0}").format(number + 1))
        more = len(self._kept) - len(self._thumbs)
        self._more.setVisible(more > 0)
        self._more.setText(self.tr("+{0}").format(more))
        first = self._kept[0].found.hints if self._kept else ()
        every = [h for h in first if all(h in each.found.hints for each in self._kept)]
        self._hints.show_hints(every)
        self._form_trouble.setVisible(bool(self._troubles))
        if self._troubles:
            told = self.tr("Not all photos can be used: {0}").format(self._troubles[0][0])
            self._form_trouble.say("warning", told, "hint", "warning")

    def _show_troubles(self) -> None:
        sentence, advice = self._troubles[0] if self._troubles else ("", "")
        self._trouble.say("error", sentence, "error", "danger")
        self._advice.setText(advice)

    def _say_missing(self) -> None:
        lacks = missing_of(self._form.draft())
        self._missing.setText(lacks)
        self._missing.setVisible(bool(lacks))
        self._add.setEnabled(not lacks)
        self._add.setToolTip(lacks)
        self._draft.setEnabled("name" not in missing(self._form.draft()))

    def retranslate(self) -> None:
        """Set every text."""
        self._say_title()
        self._checking_hint.setText(
            self.tr("The photo is looked at on this computer. It takes a few seconds.")
        )
        self._cancel.setText(self.tr("Cancel"))
        self._which_ok.setText(self.tr("Use this face"))
        self._which_cancel.setText(self.tr("Cancel"))
        self._which.setAccessibleName(self.tr("Photo with several faces"))
        self._add.setText(self.tr("Add face"))
        self._draft.setText(self.tr("Keep as a draft for now"))
        self._draft.setToolTip(self.tr("A draft cannot be rendered until consent is stated."))
        self._form_cancel.setText(self.tr("Cancel"))
        self._trouble_ok.setText(self.tr("Close"))
        self._show_photos()
        self._say_missing()

    def _make_checking(self) -> None:
        page, column = _page()
        bar = QProgressBar(maximum=0, textVisible=False)
        self._checking_hint = QLabel(wordWrap=True)
        give_role(self._checking_hint, "hint")
        self._cancel = QPushButton()
        self._cancel.clicked.connect(self.cancel)
        column.addWidget(bar)
        column.addWidget(self._checking_hint)
        column.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignRight)
        self._pages.append(page)

    def _make_which(self) -> None:
        page, column = _page()
        self._which = WhichFace(self._library.pictures)
        self._which_ok, self._which_cancel = QPushButton(), QPushButton()
        give_role(self._which_ok, "primary")
        self._which_ok.clicked.connect(self._on_which)
        self._which_cancel.clicked.connect(self.cancel)
        column.addWidget(self._which)
        column.addLayout(_buttons(self._which_cancel, self._which_ok))
        self._pages.append(page)

    def _make_form(self) -> None:
        page, column = _page()
        pictures = QHBoxLayout()
        pictures.setSpacing(4)
        self._thumbs = [
            Thumb(self._library.pictures, _THUMB_PX, "square", clickable=False) for _ in range(3)
        ]
        self._more = QLabel()
        give_role(self._more, "muted")
        for thumb in self._thumbs:
            pictures.addWidget(thumb)
        pictures.addWidget(self._more)
        pictures.addStretch(1)
        self._hints, self._form_trouble = HintRows(), SentenceRow()
        self._form, self._missing = ConsentForm(), QLabel(wordWrap=True)
        give_role(self._missing, "hint")
        self._form.changed.connect(self._say_missing)
        self._add, self._draft, self._form_cancel = QPushButton(), QPushButton(), QPushButton()
        give_role(self._add, "primary")
        give_role(self._draft, "quiet")
        self._add.clicked.connect(lambda: self._keep(as_draft=False))
        self._draft.clicked.connect(lambda: self._keep(as_draft=True))
        self._form_cancel.clicked.connect(self.cancel)
        column.addLayout(pictures)
        for widget in (self._hints, self._form_trouble, self._form, self._missing):
            column.addWidget(widget)
        column.addLayout(_buttons(self._form_cancel, self._add))
        column.addWidget(self._draft, 0, Qt.AlignmentFlag.AlignRight)
        self._pages.append(page)

    def _make_trouble(self) -> None:
        page, column = _page()
        self._trouble, self._advice = SentenceRow(), QLabel(wordWrap=True)
        give_role(self._advice, "hint")
        self._trouble_ok = QPushButton()
        self._trouble_ok.clicked.connect(self.cancel)
        column.addWidget(self._trouble)
        column.addWidget(self._advice)
        column.addWidget(self._trouble_ok, 0, Qt.AlignmentFlag.AlignRight)
        self._pages.append(page)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return page, column


def _buttons(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""  # a user without a name; it is asked for
