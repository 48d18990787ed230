"""Be the cast board: everybody in the whole queue, each cast once for all videos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.cast.board_acts import BoardActs
from gui.cast.card_widget import PersonCard
from gui.cast.casting_of import (
    Merge,
    by_id,
    chosen_cards,
    locked,
    merge_of,
    slot_of,
    split_of,
)
from gui.cast.places import Places
from gui.cast.split_dialog import SplitDialog
from gui.faces.face_list import FaceList
from gui.faces.hint_rows import SentenceRow
from gui.faces.intake import FaceIntake
from gui.faces.library import FaceLibrary
from gui.faces.picker import FacePicker
from gui.inspector.acting import cast_person
from gui.lazy_grid import LazyGrid
from gui.speaking import Speaking
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words import amounts
from gui.words.settings_names import person_name
from orchestrator.casting import Correction
from orchestrator.desk.cards import Card, CardId, Seat, named, parted
from orchestrator.desk.entries import Entry, EntryId
from orchestrator.desk.snapshot import DeskSnapshot

_CARD = QSize(272, 264)
_CARDS, _NOBODY = range(2)


class CastBoard(Speaking):
    """A page over the whole queue.

    Signals:
        jump_asked: EntryId and frame that are to be shown on the stage.
        faces_asked: the library of faces is to be opened.
    """

    jump_asked = Signal(object, int)
    faces_asked = Signal()

    def __init__(self, bridge: Bridge, library: FaceLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._library = bridge, library
        self._places, self._acts = Places(bridge, self), BoardActs(bridge)
        self._snapshot = DeskSnapshot()
        self._drawn: object = None
        self._entries: dict[EntryId, Entry] = {}
        self._cards: tuple[Card, ...] = ()
        self._picked: set[CardId] = set()
        self._pending: tuple[Seat, ...] = ()
        self._make_bar()
        self._make_side()
        self._grid = LazyGrid(_CARD, self._make_card, self._draw_card)
        self._picker = FacePicker(library, self)
        self._empty, self._empty_hint = QLabel(), QLabel()
        self._trouble = SentenceRow()
        self._trouble.setContentsMargins(16, 4, 16, 4)
        self._trouble.hide()
        self._lay_out()
        self._wire()
        self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Take the last change back with the system's key: the board's own, or the queue's."""
        if not event.matches(QKeySequence.StandardKey.Undo):
            super().keyPressEvent(event)
        elif self._acts.undoable(self._snapshot) is not None:
            self._take_back()
        else:
            self._bridge.tell(lambda desk: desk.undo())

    # -- showing -----------------------------------------------------------------------------

    def draw(self, snapshot: DeskSnapshot) -> None:
        """Show another state of the desk."""
        before, self._snapshot = self._snapshot, snapshot
        if snapshot.loaded:
            self._library.load()
        self._say_undo()
        if _looks_the_same(before, snapshot) and self._drawn is not None:
            return
        entries = tuple((e.entry_id, e.casts, e.state) for e in snapshot.entries)
        now = (snapshot.cards, entries, snapshot.loaded, snapshot.looking is not None)
        if now != self._drawn:
            self._drawn = now
            self._redraw()

    def shown(self) -> tuple[Card, ...]:
        """Return the cards on the board, in their order."""
        return self._cards

    def card_of(self, number: int) -> PersonCard | None:
        """Return the card widget of that number while it is seen."""
        return cast("PersonCard | None", self._grid.card(number))

    def _redraw(self) -> None:
        self._entries = by_id(self._snapshot.entries)
        sure = [card for card in self._snapshot.cards if not card.unsure]
        unsure = [card for card in self._snapshot.cards if card.unsure]
        if self._sorting.currentData() == "name":
            sure.sort(key=lambda card: (not card.name, card.name.casefold(), card.number))
        elif self._sorting.currentData() == "seconds":
            sure.sort(key=lambda card: (-card.seconds, card.number))
        self._cards = (*sure, *unsure)
        self._picked &= {card.card_id for card in self._cards}
        self._grid.set_count(len(self._cards))
        self._pages.setCurrentIndex(_CARDS if self._cards else _NOBODY)
        self._say_counts(len(sure), len(unsure))
        self._say_empty()
        self._list.show_faces(self._library.faces())
        self._show_merge()

    def _draw_card(self, widget: QWidget, number: int) -> None:
        card = self._cards[number]
        seats = card.seats
        cast(PersonCard, widget).show_card(
            card,
            self._entries,
            slot_of(self._entries, seats),
            is_picked=card.card_id in self._picked,
            locked=locked(self._entries, seats),
        )

    def _say_counts(self, sure: int, unsure: int) -> None:
        told = amounts.people(sure)
        if unsure:
            told = self.tr("{0}; unsure faces are at the end").format(told)
        self._count.setText(told if self._cards else "")

    def _say_empty(self) -> None:
        snapshot = self._snapshot
        looking = snapshot.looking is not None or any(e.state == "new" for e in snapshot.entries)
        if not snapshot.loaded:
            words, hint = self.tr("Opening the queue…"), ""
        elif not snapshot.entries:
            words = self.tr("Nobody is here yet")
            hint = self.tr("Add videos to the queue, and everybody in them gets a card.")
        elif looking:
            words = self.tr("Finding out who is in your videos…")
            hint = self.tr("Cards come as faces are found.")
        else:
            words = self.tr("No face was found in these videos")
            hint = self.tr("There is nobody whose face could be replaced.")
        self._empty.setText(words)
        self._empty_hint.setText(hint)

    def _say_undo(self) -> None:
        kind = self._acts.undoable(self._snapshot)
        self._undo.setEnabled(kind is not None)
        words = {
            "merge": self.tr("Undo joining"),
            "split": self.tr("Undo splitting"),
            "part": self.tr("Undo taking out"),
            "name": self.tr("Undo naming"),
        }
        self._undo.setText(words.get(kind or "", self.tr("Undo")))

    def _show_merge(self) -> None:
        count = len(self._picked)
        self._merge_bar.setVisible(count > 0)
        self._merge.setEnabled(count > 1)
        told = self.tr("Choose another card that shows the same person.")
        if count > 1:
            told = self.tr("{0} are chosen.").format(amounts.people(count))
        self._merge_words.setText(told)

    def retranslate(self) -> None:
        """Set every text."""
        self._title.setText(self.tr("Cast"))
        self.setWindowTitle(self._title.text())
        self._merge.setText(self.tr("These are the same person"))
        self._unpick.setText(self.tr("Choose none"))
        self._undo.setToolTip(self.tr("Take the last change of who is who back"))
        self._faces_title.setText(self.tr("Faces"))
        self._faces_hint.setText(
            self.tr("Drag a face onto a person: they get it in all their videos.")
        )
        self._all_faces.setText(self.tr("All faces…"))
        self._list.setAccessibleName(self.tr("Faces of the library"))
        self._sorting.setAccessibleName(self.tr("Order of the cards"))
        words = (self.tr("Longest first"), self.tr("As found"), self.tr("By name"))
        for number, each in enumerate(words):
            self._sorting.setItemText(number, each)
        self._redraw()
        self._say_undo()

    # -- who is who ----------------------------------------------------------------------------

    def pick(self, card_id: CardId, *, on: bool) -> None:
        """Choose a card, or no longer."""
        if on:
            self._picked.add(card_id)
        else:
            self._picked.discard(card_id)
        self._show_merge()

    def merge_picked(self) -> None:
        """Make one person of those that are chosen, unless they are seen together."""
        cards = chosen_cards(self._cards, self._picked)
        if len(cards) < 2:
            return
        merge = merge_of(cards)
        self._try_all(merge.corrections, lambda: self._merged(merge))

    def _try_all(
        self, corrections: Sequence[tuple[EntryId, Correction]], then: Callable[[], None]
    ) -> None:
        """Go on once every correction fits; say so when one does not."""
        if not corrections:
            then()
            return
        entry_id, correction = corrections[0]
        self._places.try_correction(
            self._entries[entry_id],
            correction,
            lambda: self._try_all(corrections[1:], then),
            self._on_trouble,
        )

    def _merged(self, merge: Merge) -> None:
        self._acts.merge(merge)
        self._picked.clear()
        self._trouble.hide()
        self._show_merge()
        self._say_undo()

    def _on_trouble(self, error: Exception) -> None:
        del error  # it names persons by their ids
        self._trouble.say(
            "error",
            self.tr("These people are on screen together, so they cannot be one person."),
            "error",
            "danger",
        )
        self._trouble.show()

    def _rename(self, card: Card, name: str) -> None:
        keys = tuple(seat.key for seat in card.seats)
        clean = " ".join(name.split())
        self._acts.put_right("name", lambda before: named(before, keys, clean))
        self._say_undo()

    def _on_picked(self, widget: PersonCard, *, on: bool) -> None:
        if widget.card is not None:
            self.pick(widget.card.card_id, on=on)

    def _on_renamed(self, widget: PersonCard, name: str) -> None:
        if widget.card is not None:
            self._rename(widget.card, name)

    def _part(self, seat: Seat) -> None:
        self._acts.put_right("part", lambda before: parted(before, [seat.key]))
        self._say_undo()

    def _split(self, card: Card, seat: Seat) -> None:
        entry = self._entries[seat.entry_id]
        known = self._places.of(entry, seat.person_id)
        if known is None or entry.facts is None:
            return
        name = person_name(card.name, card.number)
        dialog = SplitDialog(name, known, entry.facts.frame_rate, self)
        dialog.frame_asked.connect(lambda frame: self.jump_asked.emit(entry.entry_id, frame))
        dialog.accepted.connect(
            lambda: self._acts.split(entry.entry_id, split_of(seat.person_id, dialog.places()))
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def menu_of(self, card: Card) -> QMenu:
        """Return what can be done with a card besides casting."""
        menu = QMenu(self)
        widget = next(
            (each for each in self._grid.cards().values() if _card_of(each) == card), None
        )
        rename = menu.addAction(icon("pencil"), self.tr("Name…"))
        rename.triggered.connect(
            lambda: cast(PersonCard, widget).edit_name() if widget is not None else None
        )
        seats = {seat.key: seat for seat in card.seats}
        for seat in seats.values():
            entry = self._entries.get(seat.entry_id)
            if entry is None:
                continue
            video = Path(entry.source).name
            if len(seats) > 1:
                part = menu.addAction(
                    icon("split"), self.tr("In “{0}” it is somebody else").format(video)
                )
                part.triggered.connect(partial(self._part, seat))
            if seat.appearances > 1:
                split = menu.addAction(
                    icon("split"), self.tr("Somebody else in some moments of “{0}”…").format(video)
                )
                split.triggered.connect(partial(self._split, card, seat))
        return menu

    def _open_menu(self, widget: PersonCard) -> None:
        if widget.card is not None:
            for seat in widget.card.seats:  # the moments are read while the menu is open
                entry = self._entries.get(seat.entry_id)
                if entry is not None:
                    self._places.of(entry, seat.person_id)
            button = widget.more_button()
            menu = self.menu_of(widget.card)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    # -- casting -------------------------------------------------------------------------------

    def _cast(self, widget: PersonCard, face_id: str | None) -> None:
        if widget.card is not None:
            cast_person(self._bridge, widget.card.seats, face_id)

    def _show_intake(self, *, is_open: bool) -> None:
        """Give the side to the photo that is taken in: its statement has to be read whole."""
        self._intake_area.setVisible(is_open)
        self._list.setVisible(not is_open)
        self._faces_hint.setVisible(not is_open)

    def _take_photos(self, widget: PersonCard, photos: tuple[Path, ...]) -> None:
        if widget.card is not None:
            self._pending = widget.card.seats
            self.intake.take(photos, self._cast_pending)

    def _cast_pending(self, face_id: str) -> None:
        cast_person(self._bridge, self._pending, face_id)

    def _open_picker(self, widget: PersonCard) -> None:
        if widget.card is None:
            return
        self._pending = widget.card.seats
        slot = slot_of(self._entries, widget.card.seats)
        self._picker.open_under(widget.slot, slot.face_id, can_clear=slot.kind != "empty")

    def _on_face_clicked(self, face_id: str) -> None:
        """Cast the cards that are chosen, when some are; a click alone changes nothing."""
        for card in chosen_cards(self._cards, self._picked):
            cast_person(self._bridge, card.seats, face_id)

    # -- how it is made ------------------------------------------------------------------------

    def _make_card(self) -> QWidget:
        widget = PersonCard(self._library, self._places)
        widget.picked.connect(lambda on: self._on_picked(widget, on=on))
        widget.renamed.connect(lambda name: self._on_renamed(widget, name))
        widget.face_given.connect(lambda face_id: self._cast(widget, face_id))
        widget.photos_given.connect(lambda photos: self._take_photos(widget, photos))
        widget.cleared.connect(lambda: self._cast(widget, None))
        widget.choosing.connect(lambda: self._open_picker(widget))
        widget.jump_asked.connect(self.jump_asked)
        widget.menu_asked.connect(lambda: self._open_menu(widget))
        widget.walked.connect(lambda event: self._walk(widget, event))
        return widget

    def _walk(self, widget: PersonCard, event: QKeyEvent) -> None:
        at = next((n for n, each in self._grid.cards().items() if each is widget), None)
        if at is not None:
            self._grid.move_focus(at, event)

    def _make_bar(self) -> None:
        self._bar = QFrame()
        give_role(self._bar, "bar")
        self._title, self._count = QLabel(), QLabel()
        give_role(self._title, "title")
        give_role(self._count, "muted")
        self._sorting, self._undo = QComboBox(), QPushButton(icon("undo"), "")
        for value in ("seconds", "found", "name"):
            self._sorting.addItem("", value)
        give_role(self._undo, "quiet")
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._undo)
        row.addWidget(self._sorting)
        self._merge_bar = QFrame()
        give_role(self._merge_bar, "bar")
        self._merge_words, self._merge = QLabel(), QPushButton(icon("merge", "on_accent"), "")
        give_role(self._merge, "primary")
        self._unpick = QPushButton()
        give_role(self._unpick, "quiet")
        row = QHBoxLayout(self._merge_bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self._merge_words)
        row.addStretch(1)
        row.addWidget(self._unpick)
        row.addWidget(self._merge)

    def _make_side(self) -> None:
        self._side = QFrame()
        give_role(self._side, "panel")
        self._side.setFixedWidth(288)
        self._faces_title, self._faces_hint = QLabel(), QLabel()
        give_role(self._faces_title, "section")
        give_role(self._faces_hint, "hint")
        self._faces_hint.setWordWrap(True)
        self._list, self.intake = FaceList(self._library), FaceIntake(self._library)
        self._all_faces = QPushButton(icon("faces"), "")
        column = QVBoxLayout(self._side)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        self._intake_area = QScrollArea()
        self._intake_area.setWidgetResizable(True)
        self._intake_area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._intake_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addWidget(self.intake)
        inner.addStretch(1)
        self._intake_area.setWidget(inside)
        self._intake_area.hide()
        column.addWidget(self._faces_title)
        column.addWidget(self._faces_hint)
        column.addWidget(self._intake_area, 1)
        column.addWidget(self._list, 1)
        column.addWidget(self._all_faces)

    def _lay_out(self) -> None:
        nobody = QWidget()
        give_role(self._empty, "title")
        give_role(self._empty_hint, "muted")
        for label in (self._empty, self._empty_hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner = QVBoxLayout(nobody)
        inner.setSpacing(8)
        inner.addStretch(2)
        inner.addWidget(self._empty)
        inner.addWidget(self._empty_hint)
        inner.addStretch(3)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._grid)
        self._pages.addWidget(nobody)
        left = QVBoxLayout()
        left.setSpacing(0)
        for widget in (self._merge_bar, self._trouble, self._pages):
            left.addWidget(widget)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(left, 1)
        body.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addLayout(body, 1)

    def _wire(self) -> None:
        self._merge.clicked.connect(self.merge_picked)
        self._unpick.clicked.connect(self._choose_none)
        self._undo.clicked.connect(self._take_back)
        self._sorting.activated.connect(lambda _: self._redraw())
        self._all_faces.clicked.connect(self.faces_asked)
        self._list.face_chosen.connect(self._on_face_clicked)
        self.intake.opened.connect(lambda: self._show_intake(is_open=True))
        self.intake.closed.connect(lambda: self._show_intake(is_open=False))
        self._picker.face_chosen.connect(self._cast_pending)
        self._picker.photo_asked.connect(lambda: self.intake.choose(self._cast_pending))
        self._picker.library_asked.connect(self.faces_asked)
        self._picker.nobody_chosen.connect(lambda: cast_person(self._bridge, self._pending, None))
        self._places.changed.connect(self._grid.redraw)
        self._library.changed.connect(self._redraw)

    def _choose_none(self) -> None:
        self._picked.clear()
        self._trouble.hide()
        self._grid.redraw()
        self._show_merge()

    def _take_back(self) -> None:
        self._acts.undo()
        self._say_undo()


def _looks_the_same(one: DeskSnapshot, other: DeskSnapshot) -> bool:
    """Return whether nothing that the board draws changed, without looking at every entry."""
    return (
        one.entries is other.entries
        and one.cards is other.cards
        and one.loaded == other.loaded
        and (one.looking is None) == (other.looking is None)
    )


def _card_of(widget: QWidget) -> Card | None:
    return cast(PersonCard, widget).card
