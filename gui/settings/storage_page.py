"""Show how much room the app takes, and free what is not needed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from gui.bridge import Bridge
from gui.dialogs.question import Choice as Answer
from gui.dialogs.question import ask
from gui.settings.form import Note, Page, PathLabel
from gui.settings.opening import open_folder
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words.amounts import size
from gui.words.errors import told_of
from orchestrator.desk.snapshot import DeskSnapshot

if TYPE_CHECKING:
    from orchestrator.home import Home
    from orchestrator.storage import Storage

_BAR = 1000


class StoragePage(Page):
    """The folder, its parts with their sizes, and the clean-up."""

    _progressed = Signal(int, int)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._seen: Storage | None = None
        self._looking = False
        self._stop: threading.Event | None = None
        self._folder_name, self.folder = QLabel(self), PathLabel(self)
        self.open = QPushButton(self)
        self._grid = QGridLayout()
        self._parts: list[QWidget] = []
        self.free, self.can_free = QLabel(self), QLabel(self)
        self.clean, self.stop = QPushButton(self), QPushButton(self)
        self.bar, self.note = QProgressBar(self), Note(self)
        self._lay_out()
        self.open.clicked.connect(self._open)
        self.clean.clicked.connect(self._ask)
        self.stop.clicked.connect(self._on_stop)
        self._progressed.connect(self._on_progress)
        bridge.changed.connect(self._on_desk)
        self.retranslate()

    def shown(self) -> None:
        """Look at the sizes."""
        if self._looking or self._stop is not None:
            return
        self._looking = True
        home = self.bridge.home
        self._draw()
        self.run(lambda: _look(home), self._on_seen, self._on_failed)

    def clean_up(self) -> None:
        """Free what is not needed; goes on when the dialog is closed."""
        self._stop = stop = threading.Event()
        self.note.say("")
        self._draw()
        home, progressed = self.bridge.home, self._progressed.emit
        self.run(lambda: _clean_up(home, progressed, stop), self._on_cleaned, self._on_failed)

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("Storage"))
        self._folder_name.setText(self.tr("What the app keeps is in this folder:"))
        self.folder.setText(str(self.bridge.home.root))
        self.open.setText(self.tr("Open the folder"))
        self.clean.setText(self.tr("Clean up…"))
        self.stop.setText(self.tr("Stop"))
        self.bar.setAccessibleName(self.tr("Progress of the clean-up"))
        self._draw()

    def _draw(self) -> None:
        cleaning = self._stop is not None
        self.bar.setVisible(cleaning or self._looking)
        self.bar.setRange(0, 0)
        self.stop.setVisible(cleaning)
        self.stop.setEnabled(True)
        self._draw_parts()
        seen = self._seen
        if seen is None:
            self.free.setText(self.tr("Counting…") if self._looking else "")
            self.can_free.setText("")
        else:
            told = self.tr("{0} of {1} are free on this disk.")
            self.free.setText(told.format(size(seen.free_bytes), size(seen.disk_bytes)))
            self.can_free.setText(self._said_of_clean_up(seen))
        self._draw_clean()

    def _draw_clean(self) -> None:
        free = self._seen is not None and self._seen.clutter_bytes > 0
        busy = self._stop is not None or self._looking or _is_at_work(self.bridge.snapshot)
        self.clean.setEnabled(free and not busy)
        wait = self.tr("A video is being looked at; wait until that is done.")
        self.clean.setToolTip(wait if _is_at_work(self.bridge.snapshot) else "")

    def _said_of_clean_up(self, seen: Storage) -> str:
        if not seen.clutter_bytes:
            return self.tr("There is nothing that could be cleaned up.")
        return self.tr(
            "A clean-up frees {0}: parts of videos that are finished or given up, and what was "
            "found in videos. Finished videos, faces and the queue stay."
        ).format(size(seen.clutter_bytes))

    def _draw_parts(self) -> None:
        for widget in self._parts:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._parts = []
        seen = self._seen
        if seen is None:
            return
        largest = max((number for _, number in seen.sizes), default=0) or 1
        for line, (name, number) in enumerate(seen.sizes):
            bar = QProgressBar(self)
            bar.setRange(0, _BAR)
            bar.setValue(round(_BAR * number / largest))
            bar.setAccessibleName(self._part(name))
            bar.setAccessibleDescription(size(number))
            self._add(line, QLabel(self._part(name), self), bar, QLabel(size(number), self))
        total, whole = QLabel(self.tr("Together"), self), QLabel(size(seen.used_bytes), self)
        give_role(total, "title")
        give_role(whole, "title")
        self._add(len(seen.sizes), total, QWidget(self), whole)

    def _add(self, line: int, *widgets: QWidget) -> None:
        for column, widget in enumerate(widgets):
            self._grid.addWidget(widget, line, column)
            self._parts.append(widget)

    def _part(self, name: str) -> str:
        said = {
            "store": self.tr("Rendered parts"),
            "jobs": self.tr("Renders and their history"),
            "faces": self.tr("Source faces"),
            "scans": self.tr("People found in videos"),
            "cache": self.tr("What can be made again"),
        }
        return said.get(name, name)

    def _on_seen(self, seen: Storage) -> None:
        self._looking, self._seen = False, seen
        self._draw()

    def _ask(self) -> None:
        if self._seen is None:
            return
        clutter_bytes = self._seen.clutter_bytes
        ask(
            self,
            lambda: self.tr("Free {0}?").format(size(clutter_bytes)),
            lambda: self.tr(
                "Parts of videos that are finished or given up are deleted, and what was found in "
                "videos. A video that is changed later is rendered from its beginning. Finished "
                "videos, faces and the queue stay."
            ),
            (
                Answer(lambda: self.tr("Clean up"), self.clean_up, "primary"),
                Answer(lambda: self.tr("Keep everything")),
            ),
        )

    def _on_stop(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self.stop.setEnabled(False)

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_cleaned(self, freed_bytes: int) -> None:
        self._stop = None
        self.note.say(self.tr("{0} were freed.").format(size(freed_bytes)), "good")
        self.shown()

    def _on_failed(self, error: Exception) -> None:
        from orchestrator.media.guard import Cancelled

        was_cleaning, self._looking, self._stop = self._stop is not None, False, None
        if isinstance(error, Cancelled):
            self.note.say(self.tr("The clean-up was stopped; the rest is still there."))
        else:
            self.note.say(self.tr("{0}\n{1}").format(*told_of(error)), "error")
        self._draw()
        if was_cleaning:
            self.shown()

    def _on_desk(self, _: DeskSnapshot) -> None:
        self._draw_clean()

    def _open(self) -> None:
        open_folder(self.bridge, self.bridge.home.root)

    def _lay_out(self) -> None:
        for label in (self._folder_name, self.free, self.can_free):
            label.setWordWrap(True)
            give_role(label, "muted")
        self.open.setIcon(icon("folder"))
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.column.addWidget(self._folder_name)
        self.column.addSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.folder, 1)
        row.addWidget(self.open)
        self.column.addLayout(row)
        self.column.addSpacing(16)
        self.column.addLayout(self._grid)
        self.column.addSpacing(8)
        self.column.addWidget(self.free)
        self.column.addSpacing(16)
        self.column.addWidget(self.can_free)
        self.column.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for widget, stretch in ((self.clean, 0), (self.bar, 1), (self.stop, 0)):
            buttons.addWidget(widget, stretch)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.column.addSpacing(8)
        self.column.addWidget(self.note)
        self.column.addStretch(1)


def _look(home: Home) -> Storage:
    from orchestrator.storage import look  # imported where nobody waits for it

    return look(home)


def _clean_up(home: Home, heard: Callable[[int, int], None], stop: threading.Event) -> int:
    from orchestrator.storage import clean_up

    return clean_up(home, heard, stop)


def _is_at_work(snapshot: DeskSnapshot) -> bool:
    """Whether what a clean-up deletes is being made just now."""
    return snapshot.looking is not None or snapshot.preparing is not None
