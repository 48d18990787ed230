"""List every command with its key, and change keys by pressing them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.commands import Command, title_of
from gui.dialogs.question import Choice as Answer
from gui.dialogs.question import ask
from gui.settings.form import Note, Page, keep_room
from gui.settings.keys import KeyRow, holder, key_rows, with_default_key, with_key
from gui.theme.icons import icon
from gui.theme.roles import give_role
from orchestrator.settings import Settings

_ID = Qt.ItemDataRole.UserRole
_LEAVING = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
_NATIVE = QKeySequence.SequenceFormat.NativeText
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class ShortcutsPage(Page):
    """The list with its search, and below it the key of the command that is chosen."""

    def __init__(
        self, bridge: Bridge, commands: Sequence[Command], parent: QWidget | None = None
    ) -> None:
        super().__init__(bridge, parent)
        self._commands = tuple(commands)
        self.search, self.list = QLineEdit(self), QTreeWidget(self)
        self.key = _KeyField(self)
        self.back, self.clear, self.all_back = (
            QPushButton(self),
            QPushButton(self),
            QPushButton(self),
        )
        self.take = QPushButton(self)
        self.note, self._none, self._name = Note(self), QLabel(self), QLabel(self)
        self._wanted = ""
        self._set_up()
        self._lay_out()
        self.retranslate()
        self.draw(bridge.settings)

    def draw(self, settings: Settings) -> None:
        """Show the keys that are in force; what was chosen stays chosen."""
        chosen = self.chosen()
        groups = key_rows(self._commands, settings, self.search.text())
        with QSignalBlocker(self.list):
            self.list.clear()
            for _, title, rows in groups:
                self._add_group(title, rows)
            self.list.expandAll()
        self._none.setVisible(not groups)
        self.list.setVisible(bool(groups))
        self.choose(chosen.command_id if chosen else "")
        self.all_back.setEnabled(bool(settings.shortcuts))

    def shown(self) -> None:
        """Have the command that is chosen in sight, now that the list has its size."""
        item = self.list.currentItem()
        if item is not None:
            self.list.scrollToItem(item)

    def chosen(self) -> Command | None:
        """Return the command whose key can be changed."""
        item = self.list.currentItem()
        command_id = item.data(0, _ID) if item is not None else None
        return next((c for c in self._commands if c.command_id == command_id), None)

    def choose(self, command_id: str) -> None:
        """Choose a command; the first one when it is not in the list."""
        items = list(self._items())
        wanted = next((i for i in items if i.data(0, _ID) == command_id), None)
        item = wanted or (items[0] if items else None)
        if item is not None:
            with QSignalBlocker(self.list):
                self.list.setCurrentItem(item)
                self.list.scrollToItem(item)
        self._draw_key()

    def press(self, key: str) -> None:
        """Give the chosen command a key, unless another one has it: then it is asked."""
        command = self.chosen()
        if command is None or key == self._key_now(command):
            self._draw_key()
            return
        other = holder(self._commands, self.bridge.settings, key, command.command_id)
        if other is None:
            self._set(command, key)
            return
        self._wanted = key
        shown = QKeySequence(key).toString(_NATIVE)
        self.note.say(
            self.tr("{0} is the key of “{1}”.").format(shown, title_of(other).rstrip("…")),
            "warning",
        )
        self.take.show()

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("Shortcuts"))
        self.search.setPlaceholderText(self.tr("Search by name or key"))
        self.search.setAccessibleName(self.tr("Search commands by name or key"))
        self.list.setHeaderLabels([self.tr("Command"), self.tr("Key")])
        self.list.setAccessibleName(self.tr("Commands and their keys"))
        self._none.setText(self.tr("No command fits what you search."))
        self.back.setText(self.tr("Default"))
        self.clear.setText(self.tr("No key"))
        self.take.setText(self.tr("Use it here instead"))
        self.all_back.setText(self.tr("Reset all keys…"))
        self.key.setAccessibleName(self.tr("Press the new key"))
        self.draw(self.bridge.settings)

    def _set(self, command: Command, key: str) -> None:
        self.bridge.change_settings(
            lambda settings: with_key(self._commands, settings, command.command_id, key)
        )
        self._draw_key()

    def _take(self) -> None:
        command = self.chosen()
        if command is not None and self._wanted:
            self._set(command, self._wanted)
            self.key.setFocus()

    def _clear(self) -> None:
        command = self.chosen()
        if command is not None:
            self._set(command, "")

    def _to_default(self) -> None:
        command = self.chosen()
        if command is None:
            return
        other = holder(
            self._commands, self.bridge.settings, command.default_key, command.command_id
        )
        if other is not None:
            self.press(command.default_key)
            return
        self.bridge.change_settings(
            lambda settings: with_default_key(self._commands, settings, command.command_id)
        )

    def _ask_all(self) -> None:
        ask(
            self,
            lambda: self.tr("Reset all keys?"),
            lambda: self.tr(
                "Every command gets the key it came with. Your own keys are forgotten."
            ),
            (
                Answer(lambda: self.tr("Reset all keys"), self.reset_all, "danger"),
                Answer(lambda: self.tr("Keep my keys")),
            ),
        )

    def reset_all(self) -> None:
        """Give every command its default key."""
        self.set_one(shortcuts=())

    def _draw_key(self) -> None:
        command = self.chosen()
        key = self._key_now(command) if command else ""
        self._wanted = ""
        self.take.hide()
        self.note.say("")
        self.key.show_key(key)
        title = title_of(command).rstrip("…") if command else ""
        self._name.setText(title)
        self.key.setAccessibleDescription(title)
        for widget in (self.key, self.back, self.clear):
            widget.setEnabled(command is not None)
        self.back.setEnabled(command is not None and key != command.default_key)
        self.clear.setEnabled(bool(key))

    def _key_now(self, command: Command) -> str:
        return dict(self.bridge.settings.shortcuts).get(command.command_id, command.default_key)

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        for number in range(self.list.topLevelItemCount()):
            group = self.list.topLevelItem(number)
            if group is not None:
                children = map(group.child, range(group.childCount()))
                found += [child for child in children if child is not None]
        return found

    def _add_group(self, title: str, rows: Sequence[KeyRow]) -> None:
        group = QTreeWidgetItem(self.list, [title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setFirstColumnSpanned(True)
        font = self.list.font()
        font.setBold(True)
        group.setFont(0, font)
        for row in rows:
            key = QKeySequence(row.key).toString(_NATIVE)
            item = QTreeWidgetItem(group, [row.title.rstrip("…"), key])
            item.setData(0, _ID, row.command.command_id)
            if not row.is_default:
                item.setIcon(1, icon("pencil", "accent_text"))
                default = QKeySequence(row.command.default_key).toString(_NATIVE)
                item.setToolTip(1, self.tr("Changed; the default is {0}").format(
                    default or self.tr("no key")
                ))  # fmt: skip

    def _set_up(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _: self.draw(self.bridge.settings))
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setIndentation(12)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setColumnCount(2)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(lambda *_: self._draw_key())
        self.list.itemActivated.connect(lambda *_: self.key.setFocus())
        self.key.editingFinished.connect(self._on_pressed)
        self.back.clicked.connect(self._to_default)
        self.clear.clicked.connect(self._clear)
        keep_room(self.take)
        self.take.clicked.connect(self._take)
        self.all_back.clicked.connect(self._ask_all)
        give_role(self._none, "muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _on_pressed(self) -> None:
        self.press(self.key.keySequence().toString(_PORTABLE))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.all_back)
        self.column.addLayout(top)
        self.column.addSpacing(8)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self._none, 1)
        self.column.addSpacing(8)
        card = QFrame(self)
        give_role(card, "card")
        column, row = QVBoxLayout(card), QHBoxLayout()
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        row.setSpacing(8)
        row.addWidget(self._name, 1)
        self.key.setFixedWidth(180)
        for widget in (self.key, self.back, self.clear):
            row.addWidget(widget)
        column.addLayout(row)
        warned = QHBoxLayout()
        warned.addWidget(self.note, 1)
        warned.addWidget(self.take)
        column.addLayout(warned)
        self.column.addWidget(card)


class _KeyField(QKeySequenceEdit):
    """Takes one key with its modifiers, and lets Tab go on to the next field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaximumSequenceLength(1)

    def show_key(self, key: str) -> None:
        """Show a key; nobody hears of it."""
        with QSignalBlocker(self):
            self.setKeySequence(QKeySequence(key))

    def event(self, event: QEvent) -> bool:
        """Leave Tab, Shift+Tab and Escape to the dialog: without them there is no way out."""
        if not isinstance(event, QKeyEvent) or event.key() not in _LEAVING:
            return super().event(event)
        if event.type() == QEvent.Type.KeyPress and event.key() != Qt.Key.Key_Escape:
            return QWidget.event(self, event)  # which moves the focus
        event.ignore()
        return False
