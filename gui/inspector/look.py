"""Set how the face is put on: one row a setting of the engine."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QToolButton, QWidget

from gui.bridge import Bridge
from gui.inspector.acting import reset_look, set_setting
from gui.inspector.engine_settings import CLASSIC, Choice, Setting, Slide, value_of
from gui.inspector.rows import ChoiceRow, Row, SlideRow
from gui.inspector.section import Section
from gui.inspector.wishes import Mixed, common
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words.settings_names import choice_name, setting_hint, setting_name
from orchestrator.desk.entries import Entry


class LookSection(Section):
    """The classic engine's settings; there is one engine, so none is chosen."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._chosen: tuple[Entry, ...] = ()
        self._can_change = True
        self._settings: dict[str, tuple[Setting, Row]] = {}
        self._reset_all = QToolButton()
        self._reset_all.setIcon(icon("reset"))
        give_role(self._reset_all, "quiet")
        self._reset_all.clicked.connect(self._on_reset_all)
        self.add_aside(self._reset_all)
        for setting in CLASSIC:
            row = self._make_row(setting)
            self._settings[setting.name] = (setting, row)
            self.rows.addWidget(row)
        self.offer_more()
        self.more_toggled.connect(lambda _: self._show_rows())
        self._show_rows()
        self.retranslate()

    def show_entries(self, chosen: Sequence[Entry], *, can_change: bool) -> None:
        """Show the look of the selected videos."""
        self._chosen, self._can_change = tuple(chosen), can_change
        for setting, row in self._settings.values():
            value = common(value_of(entry.look, setting) for entry in chosen)
            row.setEnabled(can_change)
            row.show_differs(differs=can_change and value != setting.usual)
            if isinstance(row, SlideRow):
                row.show_value(None if isinstance(value, Mixed) else float(value))
            elif isinstance(row, ChoiceRow):
                row.show_value(None if isinstance(value, Mixed) else value)
        differs = any(entry.look.settings for entry in chosen)
        self._reset_all.setVisible(can_change and differs)

    def settle(self) -> None:
        """Tell what a hand has just set now."""
        for _, row in self._settings.values():
            row.settle()

    def row(self, name: str) -> Row:
        """Return the row of a setting."""
        return self._settings[name][1]

    def retranslate(self) -> None:
        """Set every text."""
        super().retranslate()
        self.set_title(self.tr("Look"))
        told = self.tr("Set the whole look back")
        self._reset_all.setToolTip(told)
        self._reset_all.setAccessibleName(told)
        for setting, row in self._settings.values():
            if isinstance(setting, Choice) and isinstance(row, ChoiceRow):
                row.offer([(c, choice_name(setting.name, c)) for c in setting.choices])
            row.say(setting_name(setting.name), setting_hint(setting.name))
        if self._chosen:
            self.show_entries(self._chosen, can_change=self._can_change)

    def _make_row(self, setting: Setting) -> Row:
        row: Row = (
            SlideRow(setting.low, setting.high) if isinstance(setting, Slide) else ChoiceRow()
        )
        row.changed.connect(lambda value: self._set(setting, value))
        row.reset.connect(lambda: self._set(setting, setting.usual))
        return row

    def _show_rows(self) -> None:
        for setting, row in self._settings.values():
            row.setVisible(setting.simple or self.shows_more())

    def _set(self, setting: Setting, value: str) -> None:
        ids = tuple(entry.entry_id for entry in self._chosen)
        set_setting(self._bridge, ids, setting, value)

    def _on_reset_all(self) -> None:
        reset_look(self._bridge, tuple(entry.entry_id for entry in self._chosen))
