"""Be the inspector: what is wished of the selected videos, simple first, all of it on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge, Intent
from gui.cast.casting_of import can_change
from gui.cast.places import Places
from gui.cloud.account import CloudAccount
from gui.elided import ElidedLabel
from gui.faces.hint_rows import SentenceRow
from gui.faces.library import FaceLibrary
from gui.inspector import wishes
from gui.inspector.casting import CastingSection
from gui.inspector.encoders import find_encoders
from gui.inspector.engine_note import EngineNote
from gui.inspector.look import LookSection
from gui.inspector.output import OutputSection
from gui.inspector.presets_row import PresetShelf
from gui.inspector.quote_line import QuoteLine
from gui.inspector.sentences import (
    lack_sentence,
    locked_sentence,
    looking_sentence,
    unlock_words,
)
from gui.inspector.simple import SimplePage
from gui.inspector.where import WhereSection
from gui.inspector.wishes import Lacking, Role
from gui.licences import once_agreed
from gui.speaking import Speaking
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words import amounts
from gui.words.errors import told
from gui.words.notices import notice_said
from orchestrator.desk import changes
from orchestrator.desk.entries import Entry, EntryId
from orchestrator.desk.snapshot import DeskSnapshot, Doing
from orchestrator.fleet.kubernetes.told import has_clusters
from orchestrator.media.report import Notice


class InspectorPanel(Speaking):
    """The right side of the window.

    Signals:
        person_picked: person_id that is pointed at or chosen.
        jump_asked: frame of the selected video that is to be shown.
        faces_asked: the library of faces is to be opened.
        account_asked: the user's cloud account is to be connected, or seen to.
        cluster_asked: the page of the settings where a cluster is set up is to be opened.
        engine_asked: the page of the settings where an engine is installed is to be opened.
        engine_found: an engine is here now and was not before, or the other way round.
    """

    person_picked = Signal(object)
    jump_asked = Signal(int)
    faces_asked = Signal()
    account_asked = Signal()
    cluster_asked = Signal()
    engine_asked = Signal()
    engine_found = Signal()

    def __init__(
        self,
        bridge: Bridge,
        library: FaceLibrary,
        parent: QWidget | None = None,
        *,
        account: CloudAccount | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._library = bridge, library
        self._account = account or CloudAccount(bridge, self)
        self._snapshot = DeskSnapshot()
        self._ids: tuple[EntryId, ...] = ()
        self._id_set: frozenset[EntryId] = frozenset()
        self._person_id: str | None = None
        self._drawn: object = None
        self._asked_encoders = False
        self._places = Places(bridge, self)
        give_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(280)
        self._make_head()
        self._make_body()
        self._make_foot()
        self._lay_out()
        library.changed.connect(self._redraw)
        self._account.changed.connect(self._redraw)
        bridge.settings_changed.connect(lambda _: self._redraw())
        self.retranslate()

    # -- from outside --------------------------------------------------------------------------

    def draw(self, snapshot: DeskSnapshot) -> None:
        """Show another state of the desk."""
        self._snapshot = snapshot
        if snapshot.loaded:
            self._library.load()
        now = (self._chosen(), snapshot.cards, self._looking())
        if now != self._drawn:
            self._redraw()

    def look_at(self, ids: Sequence[EntryId]) -> None:
        """Show what is wished of these videos."""
        if tuple(ids) != self._ids:
            self._settle()
            self._ids = tuple(ids)
            self._id_set = frozenset(ids)
            self._redraw()

    def highlight(self, person_id: str | None) -> None:
        """Mark the person that was picked elsewhere."""
        self._person_id = person_id
        if self._is_made("_simple"):
            self._simple.mark(person_id)
        if self._is_made("casting"):
            self.casting.mark(person_id)

    # -- drawing -------------------------------------------------------------------------------

    def show_presets(self) -> None:
        """Bring the presets into view, with the keyboard on them."""
        row = self._simple.presets if self._bridge.settings.simple else self.output.presets
        self._scroll.ensureWidgetVisible(row)
        row.take_focus()

    def _chosen(self) -> tuple[Entry, ...]:
        return wishes.selected(self._snapshot.entries, self._id_set)

    def _looking(self) -> Doing | None:
        looking = self._snapshot.looking
        is_here = looking is not None and looking.entry_id in self._id_set
        return looking if is_here else None

    def _roles(self) -> tuple[Role, ...]:
        return wishes.roles(self._snapshot.cards, self._chosen())

    def _redraw(self) -> None:
        chosen = self._chosen()
        self._drawn = (chosen, self._snapshot.cards, self._looking())
        ready = tuple(entry for entry in chosen if entry.facts is not None)
        self._show_head(chosen)
        self._show_pages(chosen, ready)
        if ready:
            self._show_wishes(ready)
        self._show_foot(chosen)

    def _show_head(self, chosen: tuple[Entry, ...]) -> None:
        if not chosen:
            title = self.tr("Inspector")
        elif len(chosen) == 1:
            title = Path(chosen[0].source).name
        else:
            title = amounts.videos(len(chosen))
        self._title.set_whole(title)
        self._show_notices(wishes.notices(chosen))
        self._show_lock(chosen)

    def _show_notices(self, notices: Sequence[Notice]) -> None:
        while len(self._notices) < len(notices):
            self._notices.append(SentenceRow())
            self._notice_rows.addWidget(self._notices[-1])
        for number, row in enumerate(self._notices):
            row.setVisible(number < len(notices))
        for row, notice in zip(self._notices, notices, strict=False):
            row.say("info", notice_said(notice))

    def _show_lock(self, chosen: tuple[Entry, ...]) -> None:
        locked = bool(chosen) and not any(can_change(e) or e.state == "new" for e in chosen)
        sentence = locked_sentence(chosen) if locked else ""
        self._lock.setVisible(bool(sentence))
        if sentence:
            self._lock_words.say("lock", sentence, "hint")
            self._unlock.setText(unlock_words(chosen))

    def _show_pages(self, chosen: tuple[Entry, ...], ready: tuple[Entry, ...]) -> None:
        simple = self._bridge.settings.simple
        self._show_part("_simple", shown=bool(ready) and simple)
        self._note.show_entries(ready, shown=simple)  # else the look says it at its engine
        chosen_there = any(each.where.kind != "here" for each in ready)
        offers = (
            self._account.connection.is_chosen or chosen_there or has_clusters(self._bridge.home)
        )
        self._show_part("where", shown=bool(ready) and (offers or not simple))
        for name in ("casting", "look", "output"):
            self._show_part(name, shown=bool(ready) and not simple)
        self._mode.setVisible(bool(ready))
        self._mode.setText(self.tr("All settings") if simple else self.tr("Fewer settings"))
        self._show_message(chosen, ready)

    def _show_part(self, name: str, *, shown: bool) -> None:
        if shown or self._is_made(name):
            getattr(self, name).setVisible(shown)

    def _show_message(self, chosen: tuple[Entry, ...], ready: tuple[Entry, ...]) -> None:
        """Say why there is nothing to set, when that is so."""
        sentence, advice, busy, doing = "", "", False, self._looking()
        if not chosen:
            sentence = self.tr("Nothing is selected.")
            advice = self.tr("Select a video in the queue to say who is replaced by whom.")
        elif not ready and chosen[0].state == "refused" and chosen[0].trouble is not None:
            why = chosen[0].trouble
            sentence, advice = told(why.code, why.sentence, why.advice)
        elif not ready:
            busy = True
            at = next((e for e in chosen if doing and e.entry_id == doing.entry_id), chosen[0])
            sentence = looking_sentence(at, doing)
        self._message.setVisible(bool(sentence))
        self._message_words.setText(sentence)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._progress.setVisible(busy)
        self._progress.setMaximum(doing.total if doing is not None else 0)
        self._progress.setValue(doing.done if doing is not None else 0)

    def _show_wishes(self, ready: tuple[Entry, ...]) -> None:
        can = all(can_change(entry) for entry in ready)
        roles = wishes.roles(self._snapshot.cards, ready)
        if self._is_made("where"):
            full = not self._bridge.settings.simple
            self.where.show_entries(ready, can_change=can, full=full)
        if self._bridge.settings.simple:
            self._simple.show_roles(roles, ready, can_change=can)
            return
        self._ask_encoders()
        self.casting.show_roles(roles, ready, can_change=can, full=True)
        self.look.show_entries(ready, can_change=can)
        self.output.show_entries(ready, can_change=can)

    def _show_foot(self, chosen: tuple[Entry, ...]) -> None:
        self.quote.show_entries(chosen)
        faces = {view.face_id: view for view in self._library.faces()}
        lacking = wishes.lacking(chosen, self._roles(), faces)
        if lacking.lack == "face_gone" and not self._library.loaded:
            lacking = Lacking("looking")
        lack = lack_sentence(lacking, faces) or self._note.short_words()
        done = bool(chosen) and all(entry.state == "done" for entry in chosen)
        self._render.setVisible(bool(chosen))
        self._render.setEnabled(not lack)
        plain = self.tr("Render again") if done else self.tr("Render")
        if not done and len(chosen) > 1:
            plain = self.tr("Render {0}").format(amounts.videos(len(chosen)))
        self._render.setText(lack or plain)
        self._render.setIcon(icon("render", "muted" if lack else "on_accent"))
        self._render.setAccessibleName(
            self.tr("Render: {0}").format(lack) if lack else self._render.text()
        )

    # -- doing -----------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Tell what a hand has just set before another video is shown."""
        if self._is_made("look"):
            self.look.settle()
        if self._is_made("output"):
            self.output.settle()

    def _on_render(self) -> None:
        chosen = self._chosen()
        ids = wishes.renderable(chosen)
        if ids:
            meant = [entry for entry in chosen if entry.entry_id in ids]
            once_agreed(
                self._bridge, meant, lambda: self._bridge.tell(lambda desk: desk.queue(ids))
            )
            return
        done = tuple(entry.entry_id for entry in chosen if entry.state == "done")
        self._bridge.tell(lambda desk: desk.change("again", lambda e: changes.again(e, done)))

    def _on_unlock(self) -> None:
        for entry in self._chosen():
            if entry.state in ("queued", "rendering"):
                self._bridge.tell(_cancelling(entry.entry_id))

    def _on_mode(self) -> None:
        self._bridge.change_settings(lambda s: replace(s, simple=not s.simple))

    def _on_jump(self, role: Role | None) -> None:
        if role is None:
            return
        seat = role.seats[0]
        entry = self._snapshot.entry(seat.entry_id)
        if entry is not None:
            self.person_picked.emit(seat.person_id)
            self._places.first_of(entry, seat.person_id, self.jump_asked.emit)

    def _ask_encoders(self) -> None:
        if not self._asked_encoders:
            self._asked_encoders = True
            self._bridge.run(find_encoders, self.output.know_encoders)

    # -- how it is made ----------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text."""
        self.setAccessibleName(self.tr("Inspector"))
        self._scroll.setAccessibleName(self.tr("Inspector"))
        self._mode.setAccessibleName(self.tr("Show all settings, or fewer"))
        self._redraw()

    def _make_head(self) -> None:
        self._title = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        give_role(self._title, "title")
        self._notices: list[SentenceRow] = []
        self._notice_rows = QVBoxLayout()
        self._notice_rows.setSpacing(4)
        self._lock = QFrame()
        give_role(self._lock, "card")
        self._lock_words, self._unlock = SentenceRow(), QPushButton()
        self._unlock.clicked.connect(self._on_unlock)
        column = QVBoxLayout(self._lock)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._lock_words)
        column.addWidget(self._unlock)

    def _make_body(self) -> None:
        self._message = QWidget()
        self._message_words, self._advice = QLabel(), QLabel()
        self._message_words.setWordWrap(True)
        self._advice.setWordWrap(True)
        give_role(self._advice, "muted")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        column = QVBoxLayout(self._message)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._message_words, self._advice, self._progress):
            column.addWidget(widget)
        self._shelf = PresetShelf(self._bridge, self)
        self._note = EngineNote(self._bridge)
        self._note.engine_asked.connect(self.engine_asked)
        self._note.found.connect(self.engine_found)
        self._note.looked.connect(lambda: self._show_foot(self._chosen()))
        self._mode = QPushButton(icon("settings"), "")
        give_role(self._mode, "quiet")
        self._mode.clicked.connect(self._on_mode)

    @cached_property
    def _simple(self) -> SimplePage:
        """The simple page; made when it is needed first."""
        page = SimplePage(self._bridge, self._library, self._shelf)
        self._listen_to(page)
        self._rows.insertWidget(1, page)
        return page

    @cached_property
    def casting(self) -> CastingSection:
        """Who is replaced by whom; made when it is needed first, as the other sections are."""
        section = CastingSection(self._bridge, self._library)
        self._listen_to(section)
        self._sections.addWidget(section)
        return section

    @cached_property
    def look(self) -> LookSection:
        """How the face is put on."""
        section = LookSection(self._bridge)
        section.engine_asked.connect(self.engine_asked)
        self._sections.addWidget(section)
        return section

    @cached_property
    def output(self) -> OutputSection:
        """What kind of file is made."""
        section = OutputSection(self._bridge, self._shelf)
        self._sections.addWidget(section)
        return section

    @cached_property
    def where(self) -> WhereSection:
        """Which machines render; below whatever else is shown."""
        section = WhereSection(self._bridge, self._account)
        section.account_asked.connect(self.account_asked)
        section.cluster_asked.connect(self.cluster_asked)
        self._rows.insertWidget(self._rows.indexOf(self._mode), section)
        return section

    def _listen_to(self, part: SimplePage | CastingSection) -> None:
        part.person_picked.connect(self.person_picked)
        part.jump_asked.connect(self._on_jump)
        part.faces_asked.connect(self.faces_asked)
        intake = part.intake
        intake.opened.connect(
            lambda: QTimer.singleShot(0, intake, lambda: self._scroll.ensureWidgetVisible(intake))
        )

    def _is_made(self, name: str) -> bool:
        return name in self.__dict__

    def _make_foot(self) -> None:
        self._foot = QFrame()
        self._render = QPushButton()
        give_role(self._render, "primary")
        self._render.setMinimumHeight(36)
        self._render.clicked.connect(self._on_render)
        self.quote = QuoteLine(self._account)
        self.quote.region_chosen.connect(self._on_region)
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.quote)
        column.addWidget(self._render)

    def _on_region(self, region: str) -> None:
        self.where.set_region(region)  # made by now: it is where AWS was chosen

    def _lay_out(self) -> None:
        inside = QWidget()
        self._rows, self._sections = QVBoxLayout(inside), QVBoxLayout()
        self._rows.setContentsMargins(16, 0, 16, 16)
        self._rows.setSpacing(16)
        self._sections.setSpacing(16)
        self._rows.addWidget(self._message)
        self._rows.addLayout(self._sections)
        self._rows.addWidget(self._note)
        self._rows.addWidget(self._mode, 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has the keyboard
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addLayout(self._notice_rows)
        head.addWidget(self._lock)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot)


def _cancelling(entry_id: EntryId) -> Intent:
    return lambda desk: desk.cancel(entry_id)
