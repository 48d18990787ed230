"""Show one person of the whole queue on a card: crops, name, videos, and the face they get."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.cast.bar import AppearanceBar
from gui.cast.casting_of import Slot
from gui.cast.places import Places
from gui.elided import ElidedLabel
from gui.faces.face_slot import FaceSlot, forward_drops
from gui.faces.library import FaceLibrary
from gui.faces.thumb import Thumb
from gui.inspector.faces_of_roles import show_on
from gui.stage.rows import hue_of
from gui.theme.current import colour
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words import amounts
from gui.words.settings_names import person_name
from orchestrator.desk.cards import Card, Seat
from orchestrator.desk.entries import Entry, EntryId

_CROP_PX = 88
_VIDEOS = 2
"""So many are shown with a bar; the rest is counted."""


class PersonCard(QFrame):
    """One card of the board.

    Signals:
        picked: whether the card was added to those that are chosen.
        renamed: the name that was typed; empty for none.
        face_given: id of a face for all videos.
        photos_given: paths that were dropped.
        cleared: the person keeps their own face everywhere.
        choosing: the slot was clicked.
        jump_asked: EntryId and frame.
        menu_asked: the button for more was pressed.
        walked: the key event that the grid moves the focus by.
    """

    picked = Signal(bool)
    renamed = Signal(str)
    face_given = Signal(str)
    photos_given = Signal(object)
    cleared = Signal()
    choosing = Signal()
    jump_asked = Signal(object, int)
    menu_asked = Signal()
    walked = Signal(object)

    def __init__(self, library: FaceLibrary, places: Places, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library, self._places = library, places
        self.card: Card | None = None
        self._crop = 0
        give_role(self, "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._make_head()
        self.slot = FaceSlot(library)
        forward_drops(self, self.slot)
        self.slot.face_dropped.connect(self.face_given)
        self.slot.photos_dropped.connect(self._on_photos)
        self.slot.cleared.connect(self.cleared)
        self.slot.clicked.connect(self.choosing)
        self._videos = [_VideoLine() for _ in range(_VIDEOS)]
        for line in self._videos:
            line.jump_asked.connect(self.jump_asked)
        self._rest = QLabel()
        give_role(self._rest, "hint")
        self._why = QLabel()
        self._why.setWordWrap(True)
        give_role(self._why, "hint")
        self._lay_out()

    # -- showing -----------------------------------------------------------------------------

    def show_card(
        self,
        card: Card,
        entries: Mapping[EntryId, Entry],
        slot: Slot,
        *,
        is_picked: bool,
        locked: int,
    ) -> None:
        """Show a person; ``locked`` is in how many videos nothing can be changed."""
        if self.card is None or card.card_id != self.card.card_id:
            self._crop = 0
        self.card = card
        blocked = QSignalBlocker(self._pick)
        self._pick.setChecked(is_picked)
        blocked.unblock()
        self._show_crop()
        name = self.tr("Unsure faces") if card.unsure else person_name(card.name, card.number)
        if not self._name.hasFocus():
            self._name.setText(card.name)
            self._name.setCursorPosition(0)
        self._name.setPlaceholderText(name)
        self._seconds.setText(self.tr("{0} on screen").format(amounts.took(card.seconds)))
        self._show_videos(card, entries)
        self._why.setVisible(card.unsure)
        self.slot.setVisible(not card.unsure)
        self._show_slot(slot, locked, len({seat.entry_id for seat in card.seats}))
        self._say(name)

    def _show_slot(self, slot: Slot, locked: int, videos: int) -> None:
        self.slot.setEnabled(locked < videos)
        show_on(self.slot, slot, self._library, self.tr("Drop a photo, or choose a face"))
        if locked:
            told = self.tr("In {0} nothing can be changed now: they are in the line.").format(
                amounts.videos(locked)
            )
            self.slot.setToolTip(told)

    def _show_crop(self) -> None:
        crops = self.card.crops if self.card is not None else ()
        self._crop = min(self._crop, max(0, len(crops) - 1))
        self._thumb.show_picture(crops[self._crop] if crops else None)
        self._previous.setVisible(len(crops) > 1)
        self._next.setVisible(len(crops) > 1)

    def _show_videos(self, card: Card, entries: Mapping[EntryId, Entry]) -> None:
        seats = [seat for seat in card.seats if seat.entry_id in entries]
        for number, line in enumerate(self._videos):
            line.setVisible(number < len(seats))
            if number < len(seats):
                line.show_seat(seats[number], entries[seats[number].entry_id], self._places)
        more = len(seats) - len(self._videos)
        self._rest.setVisible(more > 0)
        self._rest.setText(self.tr("and %n more video(s)", "", more))

    def _say(self, name: str) -> None:
        self.setAccessibleName(self.tr("{0}, {1}").format(name, self._seconds.text()))
        self._pick.setAccessibleName(self.tr("Choose {0}, to join people").format(name))
        self._pick.setToolTip(self.tr("Choose several people to join them"))
        self._name.setAccessibleName(self.tr("Name of {0}").format(name))
        self._more.setAccessibleName(self.tr("More for {0}").format(name))
        self._previous.setAccessibleName(self.tr("Previous picture of {0}").format(name))
        self._next.setAccessibleName(self.tr("Next picture of {0}").format(name))
        self._why.setText(
            self.tr(
                "Too small, turned or blurred to say who it is. Join them with a person if you "
                "can tell."
            )
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw a border around a card that is chosen."""
        super().paintEvent(event)
        if self._pick.isChecked() and not self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            painter.end()

    # -- hands -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Walk with the arrows, choose with space, open the faces with Return."""
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in arrows:
            self.walked.emit(event)
        elif event.key() == Qt.Key.Key_Space:
            self._pick.toggle()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.slot.isVisible():
            self.choosing.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.edit_name()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Choose with Ctrl, as lists do."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._pick.toggle()
        self.setFocus()

    def edit_name(self) -> None:
        """Let the name be typed."""
        self._name.setFocus()
        self._name.selectAll()

    def _turn(self, by: int) -> None:
        crops = self.card.crops if self.card is not None else ()
        if crops:
            self._crop = (self._crop + by) % len(crops)
            self._show_crop()

    def _on_named(self) -> None:
        if self.card is not None and self._name.text().strip() != self.card.name:
            self.renamed.emit(self._name.text())

    def _on_photos(self, photos: tuple[Path, ...]) -> None:
        self.photos_given.emit(photos)

    # -- how it is made ------------------------------------------------------------------------

    def _make_head(self) -> None:
        self._thumb = Thumb(self._library.pictures, _CROP_PX, "square", clickable=False)
        self._previous, self._next = _tool("previous"), _tool("next")
        self._previous.clicked.connect(lambda: self._turn(-1))
        self._next.clicked.connect(lambda: self._turn(1))
        self._name = QLineEdit()
        self._name.setMaxLength(80)
        self._name.setAcceptDrops(False)  # a photo that is dropped here is no text
        self._name.editingFinished.connect(self._on_named)
        self._seconds = QLabel()
        give_role(self._seconds, "hint")
        self._pick = QCheckBox()
        self._pick.toggled.connect(self.picked)
        self._pick.toggled.connect(lambda _: self.update())
        self._more = _tool("more")
        self._more.clicked.connect(self.menu_asked)

    def more_button(self) -> QToolButton:
        """Return the button that the menu opens under."""
        return self._more

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self._pick)
        top.addStretch(1)
        top.addWidget(self._previous)
        top.addWidget(self._next)
        top.addWidget(self._more)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(top)
        words.addWidget(self._name)
        words.addWidget(self._seconds)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._thumb, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.slot)
        column.addWidget(self._why)
        for line in self._videos:
            column.addWidget(line)
        column.addWidget(self._rest)
        column.addStretch(1)


class _VideoLine(QWidget):
    """One video's name and the bar of where the person appears."""

    jump_asked = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry_id: EntryId | None = None
        self._name, self._bar = ElidedLabel(Qt.TextElideMode.ElideMiddle), AppearanceBar()
        give_role(self._name, "hint")
        self._bar.frame_chosen.connect(self._on_frame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._name)
        column.addWidget(self._bar)

    def show_seat(self, seat: Seat, entry: Entry, places: Places) -> None:
        """Show one person of one video."""
        self._entry_id = seat.entry_id
        name = Path(entry.source).name
        self._name.set_whole(name)
        known = places.of(entry, seat.person_id)
        frames = entry.facts.frame_count if entry.facts is not None else 1
        self._bar.show_ranges(
            known.ranges if known is not None else (), frames, hue_of(seat.person_id)
        )
        told = self.tr("Where in {0}: click to go there").format(name)
        self._bar.setToolTip(told)
        self._bar.setAccessibleName(told)

    def _on_frame(self, frame: int) -> None:
        if self._entry_id is not None:
            self.jump_asked.emit(self._entry_id, frame)


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    give_role(button, "quiet")
    return button
