"""Show, on the smallest instances, that each of the layers that hold the budget works."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.cloud.account import CloudAccount
from gui.settings.form import Note
from gui.speaking import SpeakingDialog
from gui.theme.icons import pixmap
from gui.theme.roles import give_role
from gui.words import amounts
from gui.words.errors import told_of
from gui.words.money import usd

if TYPE_CHECKING:
    from orchestrator.fleet.ec2.fire_drill import DrillReport

_WIDTH_PX = 560
_LAYERS = ("first order", "watchdog", "schedule", "sweep")
"""As a drill calls them."""


class DrillDialog(SpeakingDialog):
    """Explains, runs, and tells; closing it ends the drill and what it launched."""

    _shared = Signal(int, int, str)

    def __init__(self, account: CloudAccount, parent: QWidget | None = None) -> None:
        """Launch nothing before the button is pressed."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH_PX)
        self._account, self._cancelled = account, threading.Event()
        self._report: DrillReport | None = None
        self._is_running = False
        self._waiting: frozenset[str] = frozenset()
        self._title, self._about, self.note = QLabel(), QLabel(), Note()
        self._signs = {layer: QLabel() for layer in _LAYERS}
        self._words = {layer: QLabel() for layer in _LAYERS}
        self.bar, self.begin_button, self.leave = QProgressBar(), QPushButton(), QPushButton()
        self._lay_out()
        self._shared.connect(self._on_share, Qt.ConnectionType.QueuedConnection)
        self.begin_button.clicked.connect(lambda _=False: self.begin())
        self.leave.clicked.connect(lambda _=False: self.close())
        self.retranslate()

    def begin(self) -> None:
        """Launch the instances and wait for their ends."""
        cloud, cancelled = self._account.cloud, threading.Event()
        self._cancelled, self._report, self._is_running = cancelled, None, True
        self.note.say("")
        self._waiting = frozenset(_LAYERS)
        self.retranslate()
        self._account.run(
            lambda: cloud.drill(self._shared.emit, cancelled), self._on_done, self._on_failed
        )

    def done(self, result: int) -> None:
        """End what was launched, however it is closed; AWS is told on another thread."""
        self._cancelled.set()
        super().done(result)

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Fire drill"))
        self._title.setText(self.tr("Fire drill"))
        self._about.setText(
            self.tr(
                "Four layers that do not know of each other keep an instance from outliving its "
                "budget. The drill launches four of the smallest instances and leaves each to one "
                "layer alone. It takes about five minutes and costs about a cent."
            )
        )
        self.begin_button.setText(
            self.tr("Run again") if self._report is not None else self.tr("Begin the drill")
        )
        self.begin_button.setEnabled(not self._is_running)
        self.leave.setText(self.tr("Stop") if self._is_running else self.tr("Close"))
        self.bar.setVisible(self._is_running)
        self.bar.setAccessibleName(self.tr("Layers that did their part"))
        for layer in _LAYERS:
            self._say_layer(layer)

    def _say_layer(self, layer: str) -> None:
        said = {
            "first order": self.tr("The instance’s first order, to shut itself down"),
            "watchdog": self.tr("The watchdog on the instance, when nobody uses it"),
            "schedule": self.tr("A schedule in AWS, even when this computer is off"),
            "sweep": self.tr("This computer, when it looks for leftovers"),
        }
        sign, words = ("clock", "muted"), said[layer]
        line = (
            next((e for e in self._report.lines if e.layer == layer), None)
            if self._report
            else None
        )
        if line is not None and line.ended_after_s is not None:
            sign = ("done", "good")
            words = self.tr("{0}: ended it after {1}").format(
                words, amounts.took(line.ended_after_s)
            )
        elif line is not None:
            sign = ("error", "danger")
            words = self.tr("{0}: did not end it. {1}").format(words, line.trouble).strip()
        elif self._is_running and layer not in self._waiting:
            sign = ("done", "good")
        elif self._is_running:
            sign = ("waiting", "accent_text")
        self._signs[layer].setPixmap(pixmap(sign[0], 18, sign[1], self.devicePixelRatioF()))
        self._words[layer].setText(words)

    def _on_share(self, done: int, total: int, waiting: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._waiting = frozenset(waiting.split(", "))
        self.retranslate()

    def _on_done(self, report: DrillReport) -> None:
        if not shiboken6.isValid(self):
            return
        self._report, self._is_running = report, False
        if report.holds:
            told = self.tr("Every layer works. The drill cost {0}, and nothing is left of it.")
            self.note.say(told.format(usd(report.usd)), "good")
        elif not self._cancelled.is_set():
            self.note.say(
                self.tr("A layer did not work. Nothing is left of the drill; the others hold."),
                "error",
            )
        self.retranslate()

    def _on_failed(self, error: Exception) -> None:
        if shiboken6.isValid(self):
            self._is_running = False
            self.note.say("\n".join(part for part in told_of(error) if part), "error")
            self.retranslate()

    def _lay_out(self) -> None:
        give_role(self._title, "page")
        give_role(self._about, "muted")
        self._about.setWordWrap(True)
        give_role(self.begin_button, "primary")
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number, layer in enumerate(_LAYERS):
            self._words[layer].setWordWrap(True)
            grid.addWidget(self._signs[layer], number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._words[layer], number, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        buttons.addWidget(self.begin_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addLayout(grid)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        column.addStretch(1)
        column.addLayout(buttons)
