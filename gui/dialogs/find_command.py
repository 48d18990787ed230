"""Find any command by a few letters of its name, and give it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.commands import CommandSet, group_title, title_of
from gui.speaking import SpeakingDialog
from gui.theme.current import colour

_SIZE_PX = (520, 400)
_ID = Qt.ItemDataRole.UserRole


def found(typed: str, titles: Sequence[str]) -> list[int]:
    """Return which titles hold every word that was typed, those that begin with it first."""
    words = typed.casefold().split()
    folded = [title.casefold() for title in titles]
    hits = [n for n, title in enumerate(folded) if all(word in title for word in words)]
    first = words[0] if words else ""
    return sorted(hits, key=lambda n: (not folded[n].startswith(first), n))


class FindCommand(SpeakingDialog):
    """A field and the commands that can be given now; Enter gives the chosen one."""

    def __init__(self, commands: CommandSet, parent: QWidget) -> None:
        """List every command that is enabled."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE_PX)
        self._commands = commands
        self._able = [c for c in commands.commands if commands.action(c.command_id).isEnabled()]
        self._field, self._list = QLineEdit(self), QTreeWidget(self)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setRootIsDecorated(False)
        self._list.setHeaderHidden(True)
        self._list.setColumnCount(2)
        self._list.setIconSize(QSize(18, 18))
        self._list.header().setStretchLastSection(False)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 12, 12, 12)
        rows.setSpacing(8)
        rows.addWidget(self._field)
        rows.addWidget(self._list)
        self._field.textChanged.connect(self._show)
        self._field.returnPressed.connect(self._give)
        self._field.installEventFilter(self)
        self._list.itemClicked.connect(lambda _: self._give())
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text, the commands' too."""
        self.setWindowTitle(self.tr("Find a command"))
        self._field.setPlaceholderText(self.tr("Type what you want to do"))
        self._field.setAccessibleName(self.tr("Find a command"))
        self._list.setAccessibleName(self.tr("Commands"))
        self._show(self._field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Move through the list with the keys while the field has them."""
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in moves:
            self._list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _show(self, typed: str) -> None:
        self._list.clear()
        titles = [title_of(c).removesuffix("…") for c in self._able]
        for number in found(typed, titles):
            command = self._able[number]
            key = self._commands.action(command.command_id).shortcut()
            native = key.toString(QKeySequence.SequenceFormat.NativeText)
            item = QTreeWidgetItem(self._list, [titles[number], native])
            item.setToolTip(0, group_title(command.group))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(1, colour("muted"))
            item.setData(0, _ID, command.command_id)
            item.setIcon(0, self._commands.action(command.command_id).icon())
        first = self._list.topLevelItem(0)
        if first is not None:
            self._list.setCurrentItem(first)

    def _give(self) -> None:
        item = self._list.currentItem()
        self.close()
        if item is not None:
            self._commands.action(str(item.data(0, _ID))).trigger()
