"""Choose a preset for the selected videos; save, import and export presets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.inspector.acting import apply_preset, rest_of_output
from gui.inspector.rows import CalmCombo
from gui.speaking import Speaking
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words.settings_names import preset_name
from orchestrator.desk.entries import Entry

if TYPE_CHECKING:
    from orchestrator.presets import Preset, Presets

ENDING = ".secondunit-preset"


class PresetShelf(QObject):
    """The presets as the window knows them; read and changed off the Qt thread.

    Signals:
        changed: they are others than before.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._presets: tuple[Preset, ...] = ()
        self._asked = False

    def presets(self) -> tuple[Preset, ...]:
        """Return all presets, those that came with the app first."""
        return self._presets

    def load(self) -> None:
        """Read them unless that was done."""
        if not self._asked:
            self._asked = True
            self.reload()

    def reload(self) -> None:
        """Read them again: another window may have changed them."""
        self._bridge.run(lambda: self._open().list(), self._take)

    def change(self, change: Callable[[Presets], object]) -> None:
        """Change them; what goes wrong is announced by the bridge."""

        def run() -> tuple[Preset, ...]:
            presets = self._open()
            change(presets)
            return presets.list()

        self._bridge.run(run, self._take)

    def _open(self) -> Presets:
        from orchestrator.presets import Presets

        return Presets(self._bridge.home)

    def _take(self, presets: tuple[Preset, ...]) -> None:
        if presets != self._presets:
            self._presets = presets
            self.changed.emit()


class PresetsRow(Speaking):
    """A drop-down of presets and a menu for what is done with them."""

    def __init__(self, bridge: Bridge, shelf: PresetShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.shelf = shelf
        self.shelf.changed.connect(self._fill)
        self._chosen: tuple[Entry, ...] = ()
        self._name, self.combo, self._more = QLabel(), CalmCombo(), QToolButton()
        self.combo.activated.connect(self._on_chosen)
        self._more.setIcon(icon("more"))
        give_role(self._more, "quiet")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.combo, 1)
        row.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addLayout(row)
        self.retranslate()

    def show_entries(self, chosen: Sequence[Entry], *, can_change: bool) -> None:
        """Show which preset the selected videos have, if they all have one."""
        self._chosen = tuple(chosen)
        self.shelf.load()
        self.combo.setEnabled(can_change)
        self._mark()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Read the presets anew: the settings window may have changed them."""
        super().enterEvent(event)
        self.shelf.reload()

    def take_focus(self) -> None:
        """Put the keyboard on the presets, read anew, and show them where one is in sight."""
        self.shelf.reload()
        self.combo.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.combo.isEnabled():
            self.combo.showPopup()

    def hide_menu(self) -> None:
        """Offer the drop-down alone."""
        self._more.hide()

    def retranslate(self) -> None:
        """Set every text."""
        self._name.setText(self.tr("Preset"))
        self.combo.setAccessibleName(self.tr("Preset"))
        self.combo.setPlaceholderText(self.tr("Own settings"))
        told = self.tr("Save, import and export presets")
        self._more.setToolTip(told)
        self._more.setAccessibleName(told)
        self._fill()

    def _fill(self) -> None:
        self.combo.clear()
        for preset in self.shelf.presets():
            self.combo.addItem(preset_name(preset.name, built_in=preset.built_in), preset.name)
        self._mark()

    def _mark(self) -> None:
        at = -1
        for number, preset in enumerate(self.shelf.presets()):
            if self._chosen and all(_has(entry, preset) for entry in self._chosen):
                at = number
                break
        self.combo.setCurrentIndex(at)

    def _on_chosen(self, number: int) -> None:
        preset = self.shelf.presets()[number]
        ids = tuple(entry.entry_id for entry in self._chosen)
        apply_preset(self._bridge, ids, preset.look, preset.output)

    # -- the menu ------------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        self._menu.clear()
        current = self.combo.currentIndex()
        preset = self.shelf.presets()[current] if current >= 0 else None
        save = self._menu.addAction(icon("add"), self.tr("Save as a preset…"))
        save.setEnabled(len(self._chosen) == 1)
        save.triggered.connect(self._save)
        self._menu.addSeparator()
        self._menu.addAction(icon("import"), self.tr("Import…")).triggered.connect(self._import)
        export = self._menu.addAction(icon("export"), self.tr("Export this preset…"))
        export.setEnabled(preset is not None)
        export.triggered.connect(lambda: self._export(preset))
        remove = self._menu.addAction(icon("remove"), self.tr("Remove this preset"))
        remove.setEnabled(preset is not None and not preset.built_in)
        remove.triggered.connect(lambda: self._remove(preset))

    def _save(self) -> None:
        entry = self._chosen[0]
        name, ok = QInputDialog.getText(
            self.window(), self.tr("Save as a preset"), self.tr("Name of the preset:")
        )
        if ok and name.strip():
            self.save_as(name, entry)

    def save_as(self, name: str, entry: Entry) -> None:
        """Keep an entry's look and output as a preset of that name."""
        self.shelf.change(lambda presets: presets.save(name, entry.look, entry.output))

    def _import(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(
            self.window(),
            self.tr("Import presets"),
            "",
            self.tr("Presets ({0})").format(f"*{ENDING}"),
        )
        if paths:
            self.shelf.change(lambda presets: [presets.import_file(Path(path)) for path in paths])

    def _export(self, preset: Preset | None) -> None:
        if preset is None:
            return
        path, _ = QFileDialog.getSaveFileName(
            self.window(), self.tr("Export preset"), f"{preset.name}{ENDING}"
        )
        if path:
            self.shelf.change(lambda presets: presets.export(preset.name, Path(path)))

    def _remove(self, preset: Preset | None) -> None:
        if preset is not None:
            self.shelf.change(lambda presets: presets.remove(preset.name))


def _has(entry: Entry, preset: Preset) -> bool:
    return entry.look == preset.look and rest_of_output(entry.output) == rest_of_output(
        preset.output
    )
