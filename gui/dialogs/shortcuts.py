"""List every key of the app on one sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.commands import CommandSet, Group, group_title, title_of
from gui.speaking import SpeakingDialog
from gui.theme.roles import give_role

_AT_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SIZE_PX = (880, 620)
_COLUMNS: tuple[tuple[Group, ...], ...] = (("file", "edit", "view"), ("queue", "help"), ("stage",))


class ShortcutSheet(SpeakingDialog):
    """Three columns of commands and their keys.

    Signals:
        change_asked: the user wants other keys.
    """

    change_asked = Signal()

    def __init__(self, commands: CommandSet, parent: QWidget) -> None:
        """Show the keys that are in force."""
        super().__init__(parent)
        self._commands = commands
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE_PX)
        self._area = QScrollArea(self, widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._change, self._close = QPushButton(self), QPushButton(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 24, 16, 16)
        rows.setSpacing(16)
        rows.addWidget(self._area, 1)
        rows.addLayout(self._buttons())
        commands.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text, and the keys that are in force."""
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._area.setAccessibleName(self.windowTitle())
        self._area.setWidget(self._page())
        self._change.setText(self.tr("Change keys…"))
        self._close.setText(self.tr("Close"))

    def _page(self) -> QWidget:
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 8, 0)
        columns.setSpacing(40)
        for groups in _COLUMNS:
            columns.addLayout(self._column(groups), 1)
        return page

    def _column(self, groups: tuple[Group, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        for group in groups:
            name = QLabel(group_title(group))
            give_role(name, "section")
            column.addWidget(name)
            column.addLayout(self._keys(group))
            column.addSpacing(16)
        column.addStretch(1)
        return column

    def _keys(self, group: Group) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        with_keys = (
            (title_of(c).removesuffix("…"), self._commands.action(c.command_id).shortcut())
            for c in self._commands.commands
            if c.group == group
        )
        for number, (title, key) in enumerate(pair for pair in with_keys if not pair[1].isEmpty()):
            native = key.toString(QKeySequence.SequenceFormat.NativeText)
            label, cap = QLabel(title), QLabel(native)
            label.setWordWrap(True)
            label.setAccessibleName(f"{title}: {native}")
            give_role(cap, "key")
            grid.addWidget(label, number, 0)
            grid.addWidget(cap, number, 1, _AT_THE_RIGHT)
        return grid

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        change, close = self._change, self._close
        change.clicked.connect(self.close)
        change.clicked.connect(self.change_asked)
        close.clicked.connect(self.close)
        close.setDefault(True)
        row.addWidget(change)
        row.addStretch(1)
        row.addWidget(close)
        return row
