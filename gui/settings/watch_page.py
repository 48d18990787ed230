"""Set the folders whose new videos are put in the queue by themselves."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.settings.form import Choice, Note, Page, PathLabel, beside
from gui.theme.icons import icon, pixmap
from gui.theme.roles import give_role
from gui.words.settings_names import preset_name
from orchestrator.settings import Settings, WatchFolder

Presets = tuple[tuple[str, bool], ...]
"""Name of each, and whether it came with the app."""


class WatchPage(Page):
    """One card a folder: its path, whether it is there, and the preset of its videos."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._presets: Presets = ()
        self._away: frozenset[str] = frozenset()
        self._drawn: tuple[object, ...] = ()
        self.cards: list[_Card] = []
        self._words, self._empty = QLabel(self), QLabel(self)
        self.trouble = Note(self)
        self.add = QPushButton(icon("add"), "", self)
        for label in (self._words, self._empty):
            label.setWordWrap(True)
            give_role(label, "muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.column.addWidget(self._words)
        self.column.addSpacing(16)
        self.column.addLayout(self._list)
        self.column.addWidget(self._empty)
        self.column.addSpacing(12)
        beside(self.add, into=self.column)
        self.column.addSpacing(8)
        self.column.addWidget(self.trouble)
        self.column.addStretch(1)
        self.add.clicked.connect(self._choose)
        self.retranslate()

    def shown(self) -> None:
        """Look which presets there are and which folders are away."""
        home, folders = self.bridge.home, self.bridge.settings.watch_folders

        def look() -> tuple[Presets, frozenset[str]]:
            from orchestrator.presets import Presets as PresetShelf

            presets = tuple((p.name, p.built_in) for p in PresetShelf(home).list())
            return presets, frozenset(f.path for f in folders if not Path(f.path).is_dir())

        self.run(look, self._on_looked)

    def draw(self, settings: Settings) -> None:
        """Show a card for each folder."""
        what = (settings.watch_folders, self._presets, self._away)
        if what == self._drawn:
            return
        self._drawn = what
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [_Card(self, folder) for folder in settings.watch_folders]
        for card in self.cards:
            self._list.addWidget(card)
            card.draw(self._presets, is_away=card.folder.path in self._away)
        self._empty.setVisible(not self.cards)

    def add_folder(self, path: str) -> None:
        """Watch a folder from now on, unless it is watched."""
        folders = self.bridge.settings.watch_folders
        wanted = os.path.normpath(path)
        if any(os.path.normcase(f.path) == os.path.normcase(wanted) for f in folders):
            self.trouble.say(self.tr("This folder is watched already."), "warning")
            return
        self.trouble.say("")
        self.set_one(watch_folders=(*folders, WatchFolder(path=wanted)))
        self.shown()

    def set_preset(self, folder: WatchFolder, preset: str | None) -> None:
        """Give the videos of a folder another preset."""
        new = replace(folder, preset=preset)
        folders = self.bridge.settings.watch_folders
        self.set_one(watch_folders=tuple(new if f.path == folder.path else f for f in folders))

    def remove(self, folder: WatchFolder) -> None:
        """Watch a folder no more; its videos stay in the queue."""
        at = next(n for n, card in enumerate(self.cards) if card.folder.path == folder.path)
        folders = self.bridge.settings.watch_folders
        self.set_one(watch_folders=tuple(f for f in folders if f.path != folder.path))
        self.trouble.say("")
        next_one = self.cards[min(at, len(self.cards) - 1)].remove if self.cards else self.add
        next_one.setFocus()

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("Watch folders"))
        self._words.setText(
            self.tr(
                "A video that is put into one of these folders comes to the queue by itself, once "
                "it is copied whole. What is in a folder already is left where it is."
            )
        )
        self._empty.setText(self.tr("No folder is watched."))
        self.add.setText(self.tr("Add a folder…"))
        self._drawn = ()
        self.draw(self.bridge.settings)

    def _on_looked(self, looked: tuple[Presets, frozenset[str]]) -> None:
        self._presets, self._away = looked
        self.draw(self.bridge.settings)

    def _choose(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder to watch"))
        if path:
            self.add_folder(path)


class _Card(QFrame):
    """One folder."""

    def __init__(self, page: WatchPage, folder: WatchFolder) -> None:
        super().__init__(page)
        self.folder = folder
        give_role(self, "card")
        sign, path = QLabel(self), PathLabel(self)
        sign.setPixmap(pixmap("folder", 18, "muted", self.devicePixelRatioF()))
        path.setText(folder.path)
        self.away, label = Note(self), QLabel(self.tr("Preset"), self)
        give_role(label, "muted")
        self.preset = Choice(self)
        self.preset.setFixedWidth(220)
        self.preset.setAccessibleName(self.tr("Preset for videos from {0}").format(folder.path))
        label.setBuddy(self.preset)
        self.remove = QToolButton(self)
        self.remove.setIcon(icon("remove"))
        give_role(self.remove, "quiet")
        told = self.tr("Watch {0} no more").format(folder.path)
        self.remove.setAccessibleName(told)
        self.remove.setToolTip(told)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 8, 12)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(sign, 0, 0)
        grid.addWidget(path, 0, 1)
        grid.addWidget(self.remove, 0, 2)
        grid.addWidget(self.away, 1, 1, 1, 2)
        grid.addLayout(beside(label, self.preset), 2, 1, 1, 2)
        self.preset.activated.connect(lambda _: page.set_preset(folder, self.preset.currentData()))
        self.remove.clicked.connect(lambda: page.remove(folder), Qt.ConnectionType.QueuedConnection)

    def draw(self, presets: Presets, *, is_away: bool) -> None:
        """Offer the presets; say so when the folder is not there."""
        said: list[tuple[str | None, str]] = [(None, self.tr("The defaults"))]
        said += [(name, preset_name(name, built_in=built_in)) for name, built_in in presets]
        wanted = self.folder.preset
        if wanted is not None and presets and wanted not in dict(presets):
            said.append((wanted, self.tr("{0} (is gone)").format(wanted)))
        elif wanted is not None and not presets:
            said.append((wanted, wanted))
        self.preset.set_texts(tuple(said))
        self.preset.choose(wanted)
        gone = self.tr("This folder is not there now. It is watched again when it is back.")
        self.away.say(gone if is_away else "", "warning")
