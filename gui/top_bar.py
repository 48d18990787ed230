"""Show how far the whole queue is, beside the doors to everything else."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.batch import Overall
from gui.bridge import Bridge
from gui.commands import CommandSet
from gui.speaking import Speaking
from gui.theme.roles import give_role
from gui.words.amounts import left, percent, videos

_BAR_PX = 200
_HEIGHT_PX = 44
_PARTS = 1000


class TopBar(Speaking):
    """The strip under the menu; what begins and stops renders is in the queue's own header."""

    def __init__(self, bridge: Bridge, commands: CommandSet, parent: QWidget | None = None) -> None:
        """Show an empty queue until :meth:`draw`."""
        super().__init__(parent)
        self._commands = commands
        self._shown = (Overall(), False, False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT_PX)
        give_role(self, "bar")
        self._texts = {"add_videos": "", "faces": "", "cast_board": ""}
        self._buttons = {
            command_id: self._button(command_id)
            for command_id in (*self._texts, "palette", "shortcuts", "settings")
        }
        self._simple, self._full = QPushButton(self), QPushButton(self)
        self._words, self._bar = QLabel(self), QProgressBar(self)
        give_role(self._words, "hint")
        self._bar.setRange(0, _PARTS)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_PX)
        self._lay_out()
        self._switch(bridge)
        commands.changed.connect(self.retranslate)
        self.retranslate()

    def draw(self, overall: Overall, *, paused: bool, stopping: bool) -> None:
        """Show where all that was asked for stands."""
        now = (overall, paused, stopping)
        if now != self._shown:
            self._shown = now
            self._say_progress()

    def retranslate(self) -> None:
        """Set every text, for the numbers that are shown now."""
        self.setAccessibleName(self.tr("Toolbar"))
        self._simple.setText(self.tr("Simple"))
        self._simple.setToolTip(self.tr("Only what a first video needs"))
        self._full.setText(self.tr("Full"))
        self._full.setToolTip(self.tr("Everything there is"))
        self._texts = {
            "add_videos": self.tr("Add videos"),
            "faces": self.tr("Faces"),
            "cast_board": self.tr("Cast board"),
        }
        for command_id, button in self._buttons.items():
            action = self._commands.action(command_id)
            button.setText(self._texts.get(command_id, ""))
            button.setToolTip(action.toolTip())
            button.setAccessibleName(action.text().removesuffix("…"))
        self._say_progress()

    def _say_progress(self) -> None:
        overall, paused, stopping = self._shown
        is_there = overall.videos_total > 0
        self._bar.setVisible(is_there)
        self._words.setVisible(is_there)
        if not is_there:
            return
        words = self._progress_words(overall, paused=paused, stopping=stopping)
        self._bar.setValue(round(overall.share * _PARTS))
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setToolTip(percent(overall.share))

    def _progress_words(self, overall: Overall, *, paused: bool, stopping: bool) -> str:
        words = self.tr("{0} of {1} done").format(overall.videos_done, videos(overall.videos_total))
        if stopping:
            return self.tr("Finishing what is in hand…")
        if overall.videos_done >= overall.videos_total:
            return words
        if paused:
            return self.tr("Paused · {0}").format(words)
        if overall.left_s is not None:
            return self.tr("{0} · {1}").format(words, left(overall.left_s))
        return words

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        for command_id in ("add_videos", "faces", "cast_board"):
            row.addWidget(self._buttons[command_id])
        row.addStretch(1)
        shown = QVBoxLayout()
        shown.setSpacing(4)
        shown.addStretch(1)
        shown.addWidget(self._words, 0, Qt.AlignmentFlag.AlignRight)
        shown.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignRight)
        shown.addStretch(1)
        row.addLayout(shown)
        row.addSpacing(12)
        row.addWidget(self._simple)
        row.addWidget(self._full)
        row.addSpacing(8)
        for command_id in ("palette", "shortcuts", "settings"):
            row.addWidget(self._buttons[command_id])

    def _switch(self, bridge: Bridge) -> None:
        group = QButtonGroup(self)
        for button in (self._simple, self._full):
            button.setCheckable(True)
            give_role(button, "segment")
            group.addButton(button)
        simple = self._commands.action("simple")

        def show() -> None:
            is_simple = bridge.settings.simple
            (self._simple if is_simple else self._full).setChecked(True)
            self._buttons["cast_board"].setVisible(not is_simple)

        self._simple.clicked.connect(lambda: simple.setChecked(True))
        self._full.clicked.connect(lambda: simple.setChecked(False))
        bridge.settings_changed.connect(lambda _: show())
        show()

    def _button(self, command_id: str) -> QToolButton:
        button = QToolButton(self)
        action = self._commands.action(command_id)
        button.setIcon(action.icon())
        with_text = command_id in self._texts
        # Qt leaves too little between sign and words: a wider sign has room at its sides.
        button.setIconSize(QSize(24, 18) if with_text else QSize(18, 18))
        if with_text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        give_role(button, "quiet")
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        return button
