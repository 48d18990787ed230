"""Take a dropped photo or ask for a missing consent right where the face is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.faces.adding import AddingCard
from gui.faces.consent import who_stated_last
from gui.faces.consent_form import ConsentForm, missing_of
from gui.faces.drops import photo_filter
from gui.faces.hint_rows import SentenceRow
from gui.faces.library import FaceLibrary
from gui.faces.views import FaceView
from gui.speaking import Speaking
from gui.theme.roles import give_role
from gui.words.errors import told_of


class FaceIntake(Speaking):
    """A card that is hidden until a photo is dropped.

    Signals:
        opened: photos are being taken in.
        closed: it has nothing more to show.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._then: Callable[[str], None] | None = None
        self._adding: AddingCard | None = None
        self.back_to: QWidget | None = None
        """Where the keyboard goes on when the card closes that had it."""
        self.hide()

    def take(self, photos: Sequence[Path], then: Callable[[str], None]) -> None:
        """Take photos in; ``then`` hears the id of the face that became of them."""
        self._then = then
        adding = self.adding()
        self.opened.emit()
        self.show()
        self.window().activateWindow()  # the photo came from elsewhere; its name is typed here
        adding.take(photos)

    def choose(self, then: Callable[[str], None]) -> None:
        """Let photos be chosen from disk and take them in."""
        paths, _ = QFileDialog.getOpenFileNames(
            self.window(),
            self.tr("Choose photos of one person"),
            "",
            photo_filter(self.tr("Photos")),
        )
        if paths:
            self.take([Path(path) for path in paths], then)

    def adding(self) -> AddingCard:
        """Return the card inside; it is made when it is needed first."""
        if self._adding is None:
            self._adding = AddingCard(self._library)
            self._adding.added.connect(self._on_added)
            self._adding.left.connect(self._close)
            _in_card(self, self._adding)
        return self._adding

    def _on_added(self, face_id: str) -> None:
        then, self._then = self._then, None
        self._close()
        if then is not None:
            then(face_id)

    def _close(self) -> None:
        has_keyboard = self.isAncestorOf(QApplication.focusWidget() or self)
        if has_keyboard and self.back_to is not None:
            self.back_to.setFocus()
        self.hide()
        self.closed.emit()


class ConsentCard(Speaking):
    """Asks for the consent of a draft that is cast already; hidden while none lacks it."""

    def __init__(self, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._view: FaceView | None = None
        self._is_built = False
        self.hide()

    def _build(self) -> None:
        """Make what is in it, when a consent is missing for the first time."""
        self._is_built = True
        self._title, self._missing = QLabel(), QLabel()
        self._title.setWordWrap(True)
        self._missing.setWordWrap(True)
        give_role(self._title, "title")
        give_role(self._missing, "hint")
        self._form, self._trouble = ConsentForm(), SentenceRow()
        self._form.hide_name()
        self._form.changed.connect(self._say_missing)
        self._button = QPushButton()
        give_role(self._button, "primary")
        self._button.clicked.connect(self._state)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for widget in (self._title, self._form, self._missing, self._trouble):
            inner.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._button)
        inner.addLayout(row)
        _in_card(self, inside)

    def ask(self, view: FaceView | None) -> None:
        """Ask for the consent of this face; None when nothing is missing."""
        if view is None or view.lack != "consent":
            self._view = None
            self.hide()
            return
        if not self._is_built:
            self._build()
        if self._view is None or self._view.face_id != view.face_id:
            by = who_stated_last(each.face for each in self._library.faces())
            self._form.fill(name=view.name, stated_by=by)
            self._trouble.hide()
        self._view = view
        self.retranslate()
        self.show()

    def form(self) -> ConsentForm:
        """Return the form inside."""
        return self._form

    def state(self) -> None:
        """Press the button."""
        self._button.click()

    def retranslate(self) -> None:
        """Set every text."""
        if not self._is_built:
            return
        if self._view is not None:
            told = self.tr("Who agreed that {0}'s face is used?").format(self._view.name)
            self._title.setText(told)
        self._button.setText(self.tr("State consent"))
        self._say_missing()

    def _say_missing(self) -> None:
        lacks = missing_of(self._form.draft())
        self._missing.setText(lacks)
        self._missing.setVisible(bool(lacks))
        self._button.setEnabled(not lacks)

    def _state(self) -> None:
        consent = self._form.consent()
        if self._view is not None and consent is not None:
            self._library.state_consent(self._view.face_id, consent, None, self._on_error)

    def _on_error(self, error: Exception) -> None:
        sentence, _ = told_of(error)
        self._trouble.say("error", sentence, "error", "danger")
        self._trouble.show()


def _in_card(outside: QWidget, inside: QWidget) -> None:
    card = QFrame()
    give_role(card, "card")
    inner = QVBoxLayout(card)
    inner.setContentsMargins(12, 12, 12, 12)
    inner.addWidget(inside)
    column = QVBoxLayout(outside)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
