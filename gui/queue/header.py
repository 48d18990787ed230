"""Offer what can be done with the whole queue: begin, pause, go on, stop, and what comes then."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.queue.actions import RunWord, renderable, run_word
from gui.speaking import Speaking
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words import amounts
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.settings import Settings, WhenDone

_ICONS: dict[RunWord, str] = {
    "render_all": "render",
    "pause": "pause",
    "go_on": "play",
    "keep_going": "play",
    "finishing": "waiting",
    "nothing": "render",
}
_CHOICES: tuple[WhenDone, ...] = ("nothing", "notify", "sleep", "command")


class QueueHeader(Speaking):
    """The strip above the list.

    Signals:
        add_asked: the user wants to choose files.
        run_asked: a :data:`~gui.queue.actions.RunWord` the main button said.
        stop_after_asked, stop_now_asked: the small menu beside it.
    """

    add_asked = Signal()
    run_asked = Signal(str)
    stop_after_asked = Signal()
    stop_now_asked = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._word: RunWord = "nothing"
        self._seen = DeskSnapshot()
        self._left_s: float | None = None
        self._renderable = 0
        self._build()
        bridge.settings_changed.connect(self._on_settings)
        self._on_settings(bridge.settings)
        self.retranslate()

    def draw(self, snapshot: DeskSnapshot, left_s: float | None) -> None:
        """Show another state; ``left_s`` is how long the whole queue takes, if that is known."""
        self._seen, self._left_s = snapshot, left_s
        self._word = run_word(snapshot)
        self._renderable = len(renderable(snapshot.entries))
        self._say()

    def retranslate(self) -> None:
        """Set every text."""
        self._title.setText(self.tr("Queue"))
        self._add.setToolTip(self.tr("Add videos…"))
        self._add.setAccessibleName(self.tr("Add videos"))
        self._stop.setToolTip(self.tr("Stop…"))
        self._stop.setAccessibleName(self.tr("Stop"))
        self._stop_after.setText(self.tr("Stop after this video"))
        self._stop_now.setText(self.tr("Stop now, keep what is finished"))
        self._then.setAccessibleName(self.tr("When the queue is done"))
        names = {
            "nothing": self.tr("Do nothing"),
            "notify": self.tr("Notify me"),
            "sleep": self.tr("Put the computer to sleep"),
            "command": self.tr("Run my command"),
        }
        for choice, action in self._choices.items():
            action.setText(names[choice])
        self._on_settings(self._bridge.settings)
        self._say()

    # -- what it says ------------------------------------------------------------------------

    def _say(self) -> None:
        words = {
            "render_all": self.tr("Render {0}").format(amounts.videos(self._renderable)),
            "pause": self.tr("Pause after this piece"),
            "go_on": self.tr("Go on"),
            "keep_going": self.tr("Go on after this video"),
            "finishing": self.tr("Finishing the piece…"),
            "nothing": self.tr("Render all"),
        }
        tips = {
            "render_all": self.tr("Render every video in which somebody is cast."),
            "pause": self.tr("Finish the piece in hand, then rest. Nothing is lost."),
            "go_on": self.tr("Go on where the queue was paused."),
            "keep_going": self.tr("The queue stops after this video. Press to have it go on."),
            "finishing": self.tr("The piece in hand is being finished; then the queue rests."),
            "nothing": self.tr("Cast a face in a video, and it can be rendered."),
        }
        running = self._word in ("pause", "keep_going", "finishing")
        self._run.setText(words[self._word])
        self._run.setToolTip(tips[self._word])
        self._run.setAccessibleDescription(tips[self._word])
        self._run.setIcon(icon(_ICONS[self._word], "text" if running else "on_accent"))
        self._run.setEnabled(self._word not in ("finishing", "nothing"))
        if self._run.property("role") != ("" if running else "primary"):
            _dress(self._run, primary=not running)
        self._stop.setVisible(running)
        self._run.setVisible(bool(self._seen.entries))
        self._then.setVisible(bool(self._seen.entries))
        self._stop_after.setEnabled(self._word == "pause")
        self._count.setText(self._counting())

    def _counting(self) -> str:
        entries = self._seen.entries
        if not entries:
            return ""
        said = amounts.videos(len(entries))
        if self._word == "go_on":
            return self.tr("{0} – paused").format(said)
        if self._left_s is not None and self._word in ("pause", "keep_going"):
            return self.tr("{0} – {1}").format(said, amounts.left(self._left_s))
        return said

    def _on_settings(self, settings: Settings) -> None:
        self._choices[settings.when_done].setChecked(True)
        self._choices["command"].setVisible(bool(settings.when_done_command))
        said = {
            "nothing": self.tr("When done: do nothing"),
            "notify": self.tr("When done: notify me"),
            "sleep": self.tr("When done: sleep"),
            "command": self.tr("When done: run my command"),
        }
        self._then.setText(said[settings.when_done])

    def _choose(self, choice: WhenDone) -> None:
        self._bridge.change_settings(lambda settings: replace(settings, when_done=choice))

    # -- making ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title, self._count = QLabel(), QLabel()
        give_role(self._title, "title")
        give_role(self._count, "muted")
        self._add = QToolButton()
        self._add.setIcon(icon("add"))
        self._add.clicked.connect(self.add_asked)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title)
        top.addWidget(self._count, 1)
        top.addWidget(self._add)
        self._run = QPushButton()
        self._run.clicked.connect(lambda: self.run_asked.emit(self._word))
        self._stop = self._made_stop()
        group = QHBoxLayout()
        group.setSpacing(8)
        group.addWidget(self._run, 1)
        group.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(group)
        self._then = self._made_then()
        column.addWidget(self._then, 0, Qt.AlignmentFlag.AlignLeft)

    def _made_stop(self) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon("stop"))
        give_role(made, "segment")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        self._stop_after = menu.addAction(icon("stop"), "")
        self._stop_after.triggered.connect(self.stop_after_asked)
        self._stop_now = menu.addAction(icon("stop", "danger"), "")
        self._stop_now.triggered.connect(self.stop_now_asked)
        made.setMenu(menu)
        return made

    def _made_then(self) -> QToolButton:
        made = QToolButton()
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setIcon(icon("bell", "muted"))
        give_role(made, "quiet")
        menu = QMenu(made)
        group = QActionGroup(menu)
        self._choices: dict[WhenDone, QAction] = {}
        for choice in _CHOICES:
            action = QAction(menu, checkable=True)
            action.triggered.connect(lambda _=False, chosen=choice: self._choose(chosen))
            group.addAction(action)
            menu.addAction(action)
            self._choices[choice] = action
        made.setMenu(menu)
        return made


def _dress(button: QPushButton, *, primary: bool) -> None:
    if primary:
        give_role(button, "primary")
        return
    button.setProperty("role", "")
    button.style().unpolish(button)
    button.style().polish(button)
