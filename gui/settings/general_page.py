"""Set how the app looks, what it speaks, how much it shows and where videos go."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QPushButton, QWidget

from gui.bridge import Bridge
from gui.language import NAMES
from gui.settings.form import Choice, Note, Number, Page, PathLabel, Row
from orchestrator.settings import Settings

_MOST_WORKERS = 16


class GeneralPage(Page):
    """Appearance, language, simple or full, workers, output folder."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._suiting: int | None = None
        self.appearance, self.language = Choice(self), Choice(self)
        self.simple = QCheckBox(self)
        self.workers = Number(self)
        self.workers.setRange(0, _MOST_WORKERS)
        self.folder = _Folder(self)
        self._rows = (
            Row(self, self.appearance, "appearance"),
            Row(self, self.language, "language"),
            Row(self, self.simple, "simple"),
            Row(self, self.workers, "workers"),
            Row(self, self.folder, "output_folder"),
        )
        self.trouble = Note(self)
        self.column.addWidget(self.trouble)
        self.column.addStretch(1)
        self.appearance.activated.connect(
            lambda _: self.set_one(appearance=self.appearance.currentData())
        )
        self.language.activated.connect(
            lambda _: self.set_one(language=self.language.currentData())
        )
        self.simple.clicked.connect(lambda on: self.set_one(simple=on))
        self.workers.valueChanged.connect(lambda number: self.set_one(workers=number or None))
        self.folder.choose.clicked.connect(self._choose_folder)
        self.retranslate()
        self.draw(bridge.settings)

    def shown(self) -> None:
        """Look at how many workers suit this machine, and at the folder."""
        if self._suiting is None:
            self.run(_suiting_workers, self._on_suiting)
        self._look_at_folder(self.bridge.settings.output_folder)

    def draw(self, settings: Settings) -> None:
        """Show what is set."""
        self.appearance.choose(settings.appearance)
        self.language.choose(settings.language)
        self.simple.setChecked(settings.simple)
        with QSignalBlocker(self.workers):
            self.workers.setValue(settings.workers or 0)
        beside = self.tr("Beside each video")
        self.folder.path.setText(settings.output_folder or beside)
        for row in self._rows:
            row.draw(settings)

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("General"))
        self.appearance.set_texts(
            (
                ("system", self.tr("As the system")),
                ("dark", self.tr("Dark")),
                ("light", self.tr("Light")),
            )
        )
        self.language.set_texts((("system", self.tr("As the system")), *NAMES.items()))
        self.simple.setText(self.tr("Only what a first video needs"))
        self.folder.choose.setText(self.tr("Choose…"))
        self.folder.choose.setAccessibleName(self.tr("Choose the folder for finished videos"))
        self._say_automatic()
        said = (
            (self.tr("Appearance"), ""),
            (self.tr("Language"), ""),
            (self.tr("Simple view"), self.tr("The full view has every control.")),
            (
                self.tr("Workers"),
                self.tr(
                    "How many parts are rendered at once. More are faster only while "
                    "processors and memory are free."
                ),
            ),
            (
                self.tr("Finished videos"),
                self.tr("For videos added from now on."),
            ),
        )
        for row, (title, hint) in zip(self._rows, said, strict=True):
            row.say(title, hint)
        self.draw(self.bridge.settings)

    def _say_automatic(self) -> None:
        if self._suiting is None:
            self.workers.setSpecialValueText(self.tr("Automatic"))
        else:
            self.workers.setSpecialValueText(self.tr("Automatic ({0})").format(self._suiting))

    def _on_suiting(self, suiting: int) -> None:
        self._suiting = suiting
        self._say_automatic()

    def _choose_folder(self) -> None:
        now = self.bridge.settings.output_folder or ""
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the folder for finished videos"), now
        )
        if chosen:
            self.set_folder(chosen)

    def set_folder(self, chosen: str) -> None:
        """Have finished videos go to a folder, and say so if nothing can be written there."""
        self.set_one(output_folder=str(Path(chosen)))
        self._look_at_folder(chosen)

    def _look_at_folder(self, folder: str | None) -> None:
        def say(usable: bool) -> None:
            told = self.tr("Nothing can be written in this folder now. Is its disk connected?")
            stale = folder != self.bridge.settings.output_folder
            self.trouble.say("" if usable or stale else told, "warning")

        self.run(lambda: folder is None or _is_usable(Path(folder)), say)


class _Folder(QWidget):
    """The path of a folder, and the button that chooses another one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.path, self.choose = PathLabel(self), QPushButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self.choose)


def _suiting_workers() -> int:
    from orchestrator.prepare import default_workers  # heavy: not before the first paint

    return default_workers()


def _is_usable(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK)
