"""Set how the face is put on: by which engine, and one row a setting of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from gui.bridge import Bridge
from gui.inspector.acting import choose_engine, reset_look, set_setting
from gui.inspector.engine_note import EngineNote
from gui.inspector.engine_rows import EngineRows
from gui.inspector.engine_settings import ENGINES, SETTINGS, Setting
from gui.inspector.rows import ChoiceRow, Row
from gui.inspector.section import Section
from gui.inspector.wishes import Mixed, common
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words.settings_names import engine_hint, engine_name
from orchestrator.desk.entries import Entry


class LookSection(Section):
    """Which engine renders, and how.

    Signals:
        engine_asked: the page of the settings where an engine is installed is to be opened.
    """

    engine_asked = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._chosen: tuple[Entry, ...] = ()
        self._can_change = True
        self._pages: dict[str, EngineRows] = {}
        self._reset_all = QToolButton()
        self._reset_all.setIcon(icon("reset"))
        give_role(self._reset_all, "quiet")
        self._reset_all.clicked.connect(self._on_reset_all)
        self.add_aside(self._reset_all)
        self.engine, self.note = ChoiceRow(), EngineNote(bridge)
        self.engine.changed.connect(self._on_engine)
        self.engine.reset.connect(lambda: self._on_engine(ENGINES[0]))
        self.note.engine_asked.connect(self.engine_asked)
        self.rows.addWidget(self.engine)
        self.rows.addWidget(self.note)
        self.offer_more()
        self.more_toggled.connect(lambda _: self._show())
        self.retranslate()

    def show_entries(self, chosen: Sequence[Entry], *, can_change: bool) -> None:
        """Show the look of the selected videos."""
        self._chosen, self._can_change = tuple(chosen), can_change
        self._show()

    def settle(self) -> None:
        """Tell what a hand has just set now."""
        for page in self._pages.values():
            page.settle()

    def row(self, name: str) -> Row:
        """Return the row of a setting of the engine that is shown."""
        return self._page(self._engine() or ENGINES[0]).row(name)

    def retranslate(self) -> None:
        """Set every text."""
        super().retranslate()
        self.set_title(self.tr("Look"))
        told = self.tr("Set the whole look back")
        self._reset_all.setToolTip(told)
        self._reset_all.setAccessibleName(told)
        self.engine.offer([(name, engine_name(name)) for name in ENGINES])
        self.engine.say(self.tr("Engine"), engine_hint())
        self._show()

    def _show(self) -> None:
        engine = self._engine()
        self.engine.setEnabled(self._can_change)
        self.engine.show_value(engine)
        self.engine.show_differs(differs=self._can_change and engine != ENGINES[0])
        self.note.show_entries(self._chosen)
        shown = self._page(engine) if engine in SETTINGS else None
        for page in self._pages.values():
            page.setVisible(page is shown)
        if shown is not None and self._chosen:
            looks = [entry.look for entry in self._chosen]
            shown.show_looks(looks, can_change=self._can_change, everything=self.shows_more())
        differs = any(entry.look.settings for entry in self._chosen)
        self._reset_all.setVisible(self._can_change and differs)

    def _engine(self) -> str | None:
        """Return the engine of the selected videos; None when they differ."""
        if not self._chosen:
            return ENGINES[0]
        engine = common(entry.look.engine for entry in self._chosen)
        return None if isinstance(engine, Mixed) else engine

    def _page(self, engine: str | None) -> EngineRows:
        """Return the rows of an engine; made when it is chosen first."""
        name = engine or ENGINES[0]
        if name not in self._pages:
            page = self._pages[name] = EngineRows(name)
            page.set_asked.connect(self._set)
            self.rows.addWidget(page)
        return self._pages[name]

    def _set(self, setting: Setting, value: str) -> None:
        ids = tuple(entry.entry_id for entry in self._chosen)
        set_setting(self._bridge, ids, setting, value)

    def _on_engine(self, engine: str) -> None:
        choose_engine(self._bridge, tuple(entry.entry_id for entry in self._chosen), engine)

    def _on_reset_all(self) -> None:
        reset_look(self._bridge, tuple(entry.entry_id for entry in self._chosen))
