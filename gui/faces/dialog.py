"""Be the library of source faces: all cards, one face, and the taking in of new ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.faces.adding import AddingCard
from gui.faces.drops import photo_filter, photos_in, picture_in
from gui.faces.face_card import FaceCard
from gui.faces.face_page import FacePage
from gui.faces.library import FaceLibrary
from gui.faces.views import FaceView
from gui.lazy_grid import LazyGrid
from gui.speaking import SpeakingDialog
from gui.theme.icons import icon, pixmap
from gui.theme.roles import give_role
from gui.words import amounts

_CARD = QSize(192, 280)
_GRID, _FACE, _ADDING, _EMPTY = range(4)
_SEARCH_FROM = 9
"""With so many faces there is a field to search them."""


class FacesDialog(SpeakingDialog):
    """The library; closes without asking, as everything is kept at once.

    Signals:
        face_added: id of a face that was added here.
    """

    face_added = Signal(str)

    def __init__(self, bridge: Bridge, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._library = bridge, library
        self._shown: tuple[FaceView, ...] = ()
        self.setAcceptDrops(True)
        self.resize(880, 640)
        self._make_bar()
        self._pages = QStackedWidget()
        self._grid = LazyGrid(_CARD, self._make_card, self._draw_card)
        self._page = FacePage(library)
        self._page.closed.connect(self._to_all)
        self._page.remove_asked.connect(self._ask_remove)
        self._pages.addWidget(self._grid)
        self._pages.addWidget(_scrolled(self._page))
        self._adding_ground = QWidget()
        self._pages.addWidget(_scrolled(self._adding_ground))
        self._pages.addWidget(self._empty_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._pages, 1)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Return in a field must not press one
        library.changed.connect(self._draw)
        self.retranslate()
        self._draw()

    # -- from outside ----------------------------------------------------------------------------

    def open_face(self, face_id: str) -> None:
        """Show one face."""
        view = self._library.face(face_id)
        if view is not None:
            self._page.show_face(view)
            self._go_to(_FACE)

    def take(self, photos: Sequence[Path]) -> None:
        """Begin to take photos in: as a new face, or for the face that is shown."""
        if self._pages.currentIndex() == _FACE:
            self._page.add_photos(photos)
        else:
            adding = self._adding  # there before it is gone to
            self._go_to(_ADDING)
            adding.take(photos)

    def paste(self) -> None:
        """Take in what the clipboard holds."""
        mime = QGuiApplication.clipboard().mimeData()
        photos, image = photos_in(mime), picture_in(mime)
        if photos:
            self.take(photos)
        elif image is not None:
            adding = self._adding
            self._go_to(_ADDING)
            adding.take_pasted(image)

    def can_paste(self) -> bool:
        """Return whether the clipboard holds a photo."""
        mime = QGuiApplication.clipboard().mimeData()
        return bool(photos_in(mime)) or picture_in(mime) is not None

    # -- events ------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Read the faces, unless they were read."""
        super().showEvent(event)
        self._library.load()
        self._paste.setEnabled(self.can_paste())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Forget photos that were not kept."""
        self._leave_adding()
        super().closeEvent(event)

    def reject(self) -> None:
        """Go back to all faces first; close from there."""
        if self._pages.currentIndex() in (_FACE, _ADDING):
            self._leave_adding()
            self._to_all()
        else:
            super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Say that photos are welcome."""
        if photos_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Take photos in."""
        event.acceptProposedAction()
        self.take(photos_in(event.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Paste photos with the system's key."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    # -- what is shown -----------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Say the texts anew, draw the marks anew, and look at the clipboard again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._paste.setEnabled(self.can_paste())
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw_empty_picture()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Source faces"))
        self._title.setText(self.tr("Source faces"))
        self._search.setPlaceholderText(self.tr("Search by name"))
        self._search.setAccessibleName(self.tr("Search faces by name"))
        self._paste.setText(self.tr("Paste"))
        self._paste.setToolTip(self.tr("Add a photo from the clipboard"))
        self._add.setText(self.tr("Add face…"))
        self._empty_title.setText(self.tr("No faces yet"))
        self._empty_words.setText(
            self.tr(
                "Drop a photo of the face that is to be put into a video. One clear photo from "
                "the front is enough; more make it better."
            )
        )
        self._empty_add.setText(self.tr("Choose a photo…"))
        self._grid.redraw()

    def _draw(self) -> None:
        wanted = self._search.text().strip().casefold()
        faces = self._library.faces()
        self._search.setVisible(len(faces) >= _SEARCH_FROM or bool(wanted))
        self._shown = tuple(face for face in faces if wanted in face.name.casefold())
        self._grid.set_count(len(self._shown))
        at = self._pages.currentIndex()
        if at == _FACE:
            view = self._library.face(self._page.face_id() or "")
            if view is None:
                self._to_all()
            else:
                self._page.show_face(view)
        elif at in (_GRID, _EMPTY):
            self._to_all()

    def _to_all(self) -> None:
        empty = self._library.loaded and not self._library.faces()
        self._go_to(_EMPTY if empty else _GRID)

    def _go_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._bar.setVisible(page in (_GRID, _EMPTY))

    def _make_card(self) -> QWidget:
        card = FaceCard(self._library)
        card.opened.connect(self.open_face)
        card.walked.connect(lambda event: self._walk(card, event))
        return card

    def _draw_card(self, card: QWidget, number: int) -> None:
        cast(FaceCard, card).show_face(self._shown[number])

    def _walk(self, card: QWidget, event: QKeyEvent) -> None:
        at = next((n for n, each in self._grid.cards().items() if each is card), None)
        if at is not None:
            self._grid.move_focus(at, event)

    # -- what the user does ------------------------------------------------------------------------

    def _choose(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Choose photos of one person"), "", photo_filter(self.tr("Photos"))
        )
        if paths:
            self.take([Path(path) for path in paths])

    def _on_added(self, face_id: str) -> None:
        self._to_all()
        self.face_added.emit(face_id)

    def _leave_adding(self) -> None:
        if self._pages.currentIndex() == _ADDING:
            self._adding.cancel()

    def _ask_remove(self, face_id: str) -> None:
        view = self._library.face(face_id)
        if view is not None and self._agrees_to_remove(view):
            self._library.remove(face_id)

    def _agrees_to_remove(self, view: FaceView) -> bool:
        """Ask whether a face is to be removed for good; say where it is used."""
        used = self._library.uses_of(view.face_id)
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Remove face"))
        if used.busy:
            box.setText(
                self.tr("{0} is used by a video that is being rendered or waits.").format(view.name)
            )
            box.setInformativeText(
                self.tr("Take the video out of the line first, then remove the face.")
            )
            box.exec()
            return False
        box.setText(self.tr("Remove {0} and all its photos?").format(view.name))
        box.setInformativeText(self._what_goes(used.drafts))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.exec()
        return box.clickedButton() is remove

    def _what_goes(self, videos: int) -> str:
        told = self.tr("The photos and the consent are deleted from this computer for good.")
        if not videos:
            return told
        cast_in = self.tr("It is used in {0}, where nobody will be cast any more.").format(
            amounts.videos(videos)
        )
        return self.tr("{0} {1}").format(cast_in, told)

    # -- how it is made ----------------------------------------------------------------------------

    def _make_bar(self) -> None:
        self._bar = QFrame()
        give_role(self._bar, "bar")
        self._title, self._search = QLabel(), QLineEdit(clearButtonEnabled=True)
        give_role(self._title, "title")
        self._search.setMaximumWidth(220)
        self._search.textChanged.connect(lambda _: self._draw())
        self._paste = QPushButton()
        give_role(self._paste, "quiet")
        self._paste.clicked.connect(self.paste)
        self._add = QPushButton(icon("add", "on_accent"), "")
        give_role(self._add, "primary")
        self._add.clicked.connect(self._choose)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addStretch(1)
        for widget in (self._search, self._paste, self._add):
            row.addWidget(widget)

    @cached_property
    def _adding(self) -> AddingCard:
        """What takes photos in; made when there are some."""
        adding = AddingCard(self._library)
        adding.added.connect(self._on_added)
        adding.left.connect(self._to_all)
        row = QHBoxLayout(self._adding_ground)
        card = QFrame()
        give_role(card, "card")
        card.setFixedWidth(440)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 20, 24, 20)
        inner.addWidget(adding)
        row.addStretch(1)  # in the middle, but not by alignment: its texts would be reckoned wider
        row.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        row.setContentsMargins(16, 24, 16, 24)
        return adding

    def _empty_page(self) -> QWidget:
        page = QWidget()
        self._empty_picture, self._empty_title = QLabel(), QLabel()
        self._empty_words, self._empty_add = QLabel(wordWrap=True), QPushButton()
        give_role(self._empty_title, "title")
        give_role(self._empty_words, "muted")
        give_role(self._empty_add, "primary")
        self._empty_words.setFixedWidth(440)
        self._empty_words.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self._empty_words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty_add.clicked.connect(self._choose)
        column = QVBoxLayout(page)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (
            self._empty_picture, self._empty_title, self._empty_words, self._empty_add,
        ):  # fmt: skip
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._draw_empty_picture()
        return page

    def _draw_empty_picture(self) -> None:
        self._empty_picture.setPixmap(pixmap("faces", 56, "muted", self.devicePixelRatioF()))


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
