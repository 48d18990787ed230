"""Be one row a setting of one engine, in groups; only rows that make a difference are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.inspector.engine_settings import (
    SETTINGS,
    Choice,
    Colour,
    Numbers,
    Setting,
    Several,
    Shown,
    Slide,
    Switch,
    choices_of,
    makes_a_difference,
    usual_of,
    value_of,
)
from gui.inspector.more_rows import ColourRow, NumbersRow, SeveralRow, SwitchRow
from gui.inspector.rows import ChoiceRow, Row, SlideRow
from gui.inspector.section import small_label
from gui.inspector.wishes import Mixed, common
from gui.speaking import Speaking
from gui.words import facefusion_names, settings_names
from orchestrator.desk.entries import Look


class EngineRows(Speaking):
    """The settings of one engine.

    Signals:
        set_asked: a setting and the value that it is to have.
    """

    set_asked = Signal(object, str)

    def __init__(self, engine: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = facefusion_names if engine == "facefusion" else settings_names
        self._looks: tuple[Look, ...] = ()
        self._can_change, self._all = True, False
        self._settings: dict[str, tuple[Setting, Row]] = {}
        self._headings: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for setting in SETTINGS[engine]:
            if setting.group and setting.group not in self._headings:
                self._headings[setting.group] = heading = small_label()
                heading.setContentsMargins(0, 8, 0, 0)
                column.addWidget(heading)
            row = self._make_row(setting)
            self._settings[setting.name] = (setting, row)
            column.addWidget(row)
        self.retranslate()

    def show_looks(self, looks: Sequence[Look], *, can_change: bool, everything: bool) -> None:
        """Show what several looks of this engine have in common; ``everything``: rare ones too."""
        self._looks, self._can_change, self._all = tuple(looks), can_change, everything
        for setting, row in self._settings.values():
            self._show_row(setting, row)
        for group, heading in self._headings.items():
            own = [each for each in self._settings.values() if each[0].group == group]
            heading.setVisible(any(not row.isHidden() for _, row in own))

    def settle(self) -> None:
        """Tell what a hand has just set now."""
        for _, row in self._settings.values():
            row.settle()

    def row(self, name: str) -> Row:
        """Return the row of a setting."""
        return self._settings[name][1]

    def retranslate(self) -> None:
        """Set every text."""
        for setting, row in self._settings.values():
            self._offer(setting, row)
            names = self._names
            row.say(names.setting_name(setting.name), names.setting_hint(setting.name))
        for group, heading in self._headings.items():
            heading.setText(facefusion_names.group_name(group))
        if self._looks:
            self.show_looks(self._looks, can_change=self._can_change, everything=self._all)

    def _show_row(self, setting: Setting, row: Row) -> None:
        looks = self._looks
        counts = any(makes_a_difference(look, setting) for look in looks)
        if isinstance(setting, Choice) and len(setting.choices) > 1:
            counts = counts and any(len(choices_of(look, setting)) > 1 for look in looks)
        row.setVisible(counts and (setting.simple or self._all))
        value = common(value_of(look, setting) for look in looks)
        row.setEnabled(self._can_change)
        differs = any(value_of(look, setting) != usual_of(look, setting) for look in looks)
        row.show_differs(differs=self._can_change and differs)
        self._offer(setting, row)
        shown = None if isinstance(value, Mixed) else value
        if isinstance(row, SlideRow):
            row.show_value(None if shown is None else float(shown))
        elif isinstance(row, ChoiceRow | SwitchRow | SeveralRow | NumbersRow | ColourRow):
            row.show_value(shown)

    def _offer(self, setting: Setting, row: Row) -> None:
        if not isinstance(setting, Choice | Several):
            return
        look = self._looks[0] if self._looks else Look()
        choices = choices_of(look, setting)
        offered = [(c, self._names.choice_name(setting.name, c)) for c in choices]
        if isinstance(row, ChoiceRow | SeveralRow):
            row.offer(offered)

    def _make_row(self, setting: Setting) -> Row:
        row = _row_of(setting)
        row.changed.connect(lambda value: self.set_asked.emit(setting, value))
        row.reset.connect(lambda: self.set_asked.emit(setting, self._usual(setting)))
        return row

    def _usual(self, setting: Setting) -> str:
        return usual_of(self._looks[0], setting) if self._looks else setting.usual


def _row_of(setting: Setting) -> Row:
    match setting:
        case Slide():
            tells = None if setting.shown == "share" else lambda n: _told(n, setting.shown)
            return SlideRow(setting.low, setting.high, step=setting.step, tells=tells)
        case Choice():
            return ChoiceRow()
        case Switch():
            return SwitchRow()
        case Several():
            return SeveralRow()
        case Numbers():
            return NumbersRow(setting.low, setting.high, len(setting.usual.split()))
        case Colour():
            return ColourRow()


def _told(number: float, shown: Shown) -> str:
    match shown:
        case "percent":
            return settings_names.percent(number)
        case "signed":
            whole = abs(number) > 1 or number == 0
            return f"{number:+.0f}" if whole and number else f"{number:+.2f}" if number else "0"
    return f"{number:.0f}"
