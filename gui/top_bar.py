"""Show how far the whole queue is, with the few buttons that matter over all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
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
from gui.theme.icons import icon
from gui.theme.roles import Role, give_role
from gui.words.amounts import left

_BAR_PX = 200
_HEIGHT_PX = 52
_PARTS = 1000


class TopBar(Speaking):
    """The strip under the menu."""

    def __init__(self, bridge: Bridge, commands: CommandSet, parent: QWidget | None = None) -> None:
        """Show an empty queue until :meth:`draw`."""
        super().__init__(parent)
        self._commands = commands
        self._overall = Overall()
        self._paused = self._stopping = False
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT_PX)
        give_role(self, "bar")
        self._add = self._button("add_videos", "quiet", with_text=True)
        self._faces = self._button("faces", "quiet", with_text=True)
        self._cast_board = self._button("cast_board", "quiet", with_text=True)
        self._simple, self._full = QPushButton(self), QPushButton(self)
        self._words, self._bar = QLabel(self), QProgressBar(self)
        self._rest = QToolButton(self)
        self._render = QPushButton(self)
        self._make_parts()
        self._lay_out()
        self._switch(bridge)
        commands.changed.connect(self.retranslate)
        self.retranslate()

    def draw(self, overall: Overall, *, paused: bool, stopping: bool) -> None:
        """Show where all that was asked for stands."""
        now = (overall, paused, stopping)
        if now == (self._overall, self._paused, self._stopping):
            return
        self._overall, self._paused, self._stopping = now
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text, for the numbers that are shown now."""
        o = self._overall
        self.setAccessibleName(self.tr("Toolbar"))
        self._simple.setText(self.tr("Simple"))
        self._simple.setToolTip(self.tr("Only what a first video needs"))
        self._full.setText(self.tr("Full"))
        self._full.setToolTip(self.tr("Everything there is"))
        self._add.setText(self.tr("Add videos"))
        self._faces.setText(self.tr("Faces"))
        self._cast_board.setText(self.tr("Cast board"))
        for button, command_id in ((self._add, "add_videos"), (self._faces, "faces")):
            button.setToolTip(self._commands.action(command_id).toolTip())
        self._cast_board.setToolTip(self._commands.action("cast_board").toolTip())
        self._say_progress()
        self._say_rest()
        many = o.can_begin > 1
        self._render.setText(
            self.tr("Render %n video(s)", "", o.can_begin) if many else self.tr("Render")
        )
        self._render.setToolTip(self._render_tip())
        self._render.setEnabled(o.can_begin > 0)

    def _say_progress(self) -> None:
        o = self._overall
        is_there = o.videos_total > 0
        self._bar.setVisible(is_there)
        self._words.setVisible(is_there)
        if not is_there:
            return
        self._bar.setValue(round(o.share * _PARTS))
        words = self.tr("{0} of {1} videos done").format(o.videos_done, o.videos_total)
        if self._stopping:
            words = self.tr("Finishing what is in hand…")
        elif self._paused and o.videos_done < o.videos_total:
            words = self.tr("Paused · {0}").format(words)
        elif o.left_s is not None and o.videos_done < o.videos_total:
            words = self.tr("{0} · {1}").format(words, left(o.left_s))
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setAccessibleDescription(self.tr("{0} %").format(round(o.share * 100)))

    def _say_rest(self) -> None:
        o = self._overall
        waits = o.videos_done < o.videos_total
        self._rest.setVisible(waits or o.is_rendering)
        command_id = "go_on" if self._paused else "pause"
        self._rest.setIcon(icon("play" if self._paused else "pause"))
        self._rest.setEnabled(not self._stopping)
        tip = self._commands.action(command_id).toolTip()
        self._rest.setToolTip(tip)
        self._rest.setAccessibleName(self._commands.action(command_id).text())

    def _render_tip(self) -> str:
        if self._overall.can_begin:
            return self._commands.action("render_all").toolTip()
        if self._overall.is_rendering:
            return self.tr("Everything that is ready is in the line already.")
        return self.tr("Add a video and choose whose face goes on whom first.")

    def _make_parts(self) -> None:
        give_role(self._words, "hint")
        self._bar.setRange(0, _PARTS)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_PX)
        self._rest.setIconSize(QSize(20, 20))
        self._rest.clicked.connect(lambda: self._rest_action().trigger())
        give_role(self._render, "primary")
        self._render.setIcon(icon("render", "on_accent"))
        self._render.setIconSize(QSize(18, 18))
        self._render.clicked.connect(lambda: self._commands.action("render_all").trigger())

    def _rest_action(self) -> QAction:
        return self._commands.action("go_on" if self._paused else "pause")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(4)
        for button in (self._add, self._faces, self._cast_board):
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self._simple)
        row.addWidget(self._full)
        row.addStretch(1)
        shown = QVBoxLayout()
        shown.setSpacing(6)
        shown.addStretch(1)
        shown.addWidget(self._words, 0, Qt.AlignmentFlag.AlignRight)
        shown.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignRight)
        shown.addStretch(1)
        row.addLayout(shown)
        row.addSpacing(8)
        row.addWidget(self._rest)
        row.addSpacing(4)
        row.addWidget(self._render)

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
            self._cast_board.setVisible(not is_simple)

        self._simple.clicked.connect(lambda: simple.setChecked(True))
        self._full.clicked.connect(lambda: simple.setChecked(False))
        bridge.settings_changed.connect(lambda _: show())
        show()

    def _button(self, command_id: str, role: Role, *, with_text: bool) -> QToolButton:
        button = QToolButton(self)
        action = self._commands.action(command_id)
        button.setIcon(action.icon())
        button.setIconSize(QSize(18, 18))
        if with_text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        give_role(button, role)
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        return button
