"""Save what helps to find a fault, and show versions and licences."""

from __future__ import annotations

import platform
import threading
from collections.abc import Callable
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal, qVersion
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from gui.bridge import Bridge
from gui.settings.form import Note, Page, beside
from gui.settings.opening import open_folder
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words.errors import told_of

if TYPE_CHECKING:
    from orchestrator.home import Home
    from orchestrator.models import ModelFile
    from orchestrator.settings import Settings


class DiagnosticsPage(Page):
    """The bundle, the reports of crashes, versions, and licences of the models."""

    _progressed = Signal(int, int)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._stop: threading.Event | None = None
        self._saved: Path | None = None
        self._crash_count: int | None = None
        self._models: tuple[ModelFile, ...] = ()
        self._cells: list[QWidget] = []
        self._words, self.note = QLabel(self), Note(self)
        self.save, self.stop, self.show_saved = (QPushButton(self) for _ in range(3))
        self.bar = QProgressBar(self)
        self.crashes, self._crash_words = QPushButton(self), QLabel(self)
        self.versions = QLabel(self)
        self._lay_out()
        self._progressed.connect(self._on_progress)
        self.save.clicked.connect(self._choose)
        self.stop.clicked.connect(self._on_stop)
        self.show_saved.clicked.connect(self._show_saved)
        self.crashes.clicked.connect(lambda: open_folder(bridge, bridge.home.crashes))
        self.retranslate()

    def shown(self) -> None:
        """Look how many reports there are, and which models."""
        home = self.bridge.home

        def look() -> tuple[int, tuple[ModelFile, ...]]:
            from orchestrator.diagnostics import crash_reports
            from orchestrator.models import manifest

            return len(crash_reports(home)), manifest()

        self.run(look, self._on_looked)

    def save_to(self, path: Path) -> None:
        """Write the bundle; goes on when the dialog is closed."""
        self._stop = stop = threading.Event()
        self._saved = None
        self.note.say("")
        self._draw()
        home, settings, heard = self.bridge.home, self.bridge.settings, self._progressed.emit
        self.run(
            lambda: _write(home, settings, path, heard, stop),
            lambda names: self._on_saved(path, len(names)),
            self._on_failed,
        )

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("Diagnostics"))
        self._bundle.setText(self.tr("Bundle for a report"))
        self._words.setText(
            self.tr(
                "A file for whoever looks into a fault: versions, settings, what happened to the "
                "newest renders, reports of crashes and the end of the log. It holds no passwords, "
                "no pictures, and no names of files, folders or people. Nothing is sent anywhere."
            )
        )
        self.save.setText(self.tr("Save a bundle…"))
        self.stop.setText(self.tr("Stop"))
        self.show_saved.setText(self.tr("Show it"))
        self.bar.setAccessibleName(self.tr("Progress of the bundle"))
        self._reports.setText(self.tr("Reports of crashes"))
        self.crashes.setText(self.tr("Open their folder"))
        self._about.setText(self.tr("Versions"))
        own = metadata.version("secondunit")
        said = self.tr("Second Unit {0}, Qt {1}, Python {2}, {3}")
        system = platform.platform(terse=True)
        self.versions.setText(said.format(own, qVersion(), platform.python_version(), system))
        self._licences.setText(self.tr("Models and their licences"))
        self._draw_crashes()
        self._draw_models()
        self._draw()

    def _draw(self) -> None:
        busy = self._stop is not None
        self.save.setEnabled(not busy)
        self.bar.setVisible(busy)
        self.bar.setRange(0, 0)
        self.stop.setVisible(busy)
        self.stop.setEnabled(True)
        self.show_saved.setVisible(self._saved is not None)

    def _draw_crashes(self) -> None:
        count = self._crash_count or 0
        self._crash_words.setText(
            self.tr("%n report(s).", "", count) if count else self.tr("There is none.")
        )

    def _draw_models(self) -> None:
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = []
        for line, model in enumerate(self._models):
            name, licence, origin = (QLabel(self) for _ in range(3))
            name.setText(model.name)
            licence.setText(model.licence)
            origin.setText(model.origin)
            origin.setWordWrap(True)
            give_role(origin, "muted")
            for column, cell in enumerate((name, licence, origin)):
                cell.setTextFormat(Qt.TextFormat.PlainText)
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._grid.addWidget(cell, line, column, Qt.AlignmentFlag.AlignTop)
                self._cells.append(cell)

    def _on_looked(self, looked: tuple[int, tuple[ModelFile, ...]]) -> None:
        self._crash_count, self._models = looked
        self._draw_crashes()
        self._draw_models()

    def _choose(self) -> None:
        from orchestrator.diagnostics import bundle_name

        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(documents)
        offered = str(Path(folder, bundle_name(datetime.now().astimezone())))
        kinds = self.tr("Zip files (*.zip)")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the bundle"), offered, kinds)
        if path:
            self.save_to(Path(path))

    def _on_stop(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self.stop.setEnabled(False)

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_saved(self, path: Path, count: int) -> None:
        self._stop, self._saved = None, path
        told = self.tr("Saved as {0}, with %n file(s) in it.", "", count)
        self.note.say(told.format(path), "good")
        self._draw()

    def _on_failed(self, error: Exception) -> None:
        from orchestrator.media.guard import Cancelled

        self._stop = None
        if isinstance(error, Cancelled):
            self.note.say(self.tr("Stopped; nothing was saved."))
        else:
            self.note.say(self.tr("{0}\n{1}").format(*told_of(error)), "error")
        self._draw()

    def _show_saved(self) -> None:
        if self._saved is not None:
            open_folder(self.bridge, self._saved.parent)

    def _lay_out(self) -> None:
        self._bundle = self.section()
        self._words.setWordWrap(True)
        self.column.addWidget(self._words)
        self.column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.save.setIcon(icon("export"))
        for widget, stretch in ((self.save, 0), (self.bar, 1), (self.stop, 0)):
            row.addWidget(widget, stretch)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.note)
        beside(self.show_saved, into=self.column)
        self._reports = self.section()
        self.crashes.setIcon(icon("folder"))
        beside(self._crash_words, self.crashes, into=self.column)
        self._about = self.section()
        self.versions.setWordWrap(True)
        self.versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self.versions)
        self._licences = self.section()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        self.column.addLayout(self._grid)
        self.column.addStretch(1)


def _write(
    home: Home,
    settings: Settings,
    path: Path,
    heard: Callable[[int, int], None],
    stop: threading.Event,
) -> tuple[str, ...]:
    from orchestrator.diagnostics import write_bundle  # imported where nobody waits for it

    return write_bundle(home, settings, path, heard, stop)
