"""List everything the app can be told to do, with its key, and make the menu's actions of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QTabBar,
    QWidget,
)

from gui.theme.icons import icon

Group = Literal["file", "edit", "queue", "stage", "view", "help"]
_CONTEXT = "Commands"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the app can be told to do; ``command_id`` never changes between versions."""

    command_id: str
    title: str
    """In English; :func:`title_of` gives it in the language in use."""
    group: Group
    default_key: str = ""
    """In Qt's portable spelling; Ctrl is the Command key on a Mac."""
    icon: str = ""
    checkable: bool = False


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802  # lupdate seeks this name
    """Mark ``text`` for the translators; it is translated where it is shown."""
    del context
    return text


GROUPS: Mapping[Group, str] = {
    "file": QT_TRANSLATE_NOOP("Commands", "File"),
    "edit": QT_TRANSLATE_NOOP("Commands", "Edit"),
    "queue": QT_TRANSLATE_NOOP("Commands", "Queue"),
    "stage": QT_TRANSLATE_NOOP("Commands", "Stage"),
    "view": QT_TRANSLATE_NOOP("Commands", "View"),
    "help": QT_TRANSLATE_NOOP("Commands", "Help"),
}

COMMANDS: tuple[Command, ...] = (
    # -- file
    Command("add_videos", QT_TRANSLATE_NOOP("Commands", "Add videos…"), "file", "Ctrl+O", "add"),
    Command(
        "add_folder",
        QT_TRANSLATE_NOOP("Commands", "Add a folder of videos…"),
        "file",
        "Ctrl+Shift+O",
        "folder",
    ),
    Command("faces", QT_TRANSLATE_NOOP("Commands", "Source faces…"), "file", "Ctrl+L", "faces"),
    Command("demo", QT_TRANSLATE_NOOP("Commands", "Try the demo"), "file", "", "spark"),
    Command(
        "connect_aws", QT_TRANSLATE_NOOP("Commands", "Connect an AWS account…"), "file", "", "cloud"
    ),
    Command(
        "sweep_aws",
        QT_TRANSLATE_NOOP("Commands", "Look for leftovers in AWS…"),
        "file",
        "",
        "search",
    ),
    Command("fire_drill", QT_TRANSLATE_NOOP("Commands", "Fire drill…"), "file", "", "bell"),
    Command("settings", QT_TRANSLATE_NOOP("Commands", "Settings…"), "file", "Ctrl+,", "settings"),
    Command("quit", QT_TRANSLATE_NOOP("Commands", "Quit"), "file", "Ctrl+Q", "quit"),
    # -- edit
    Command("undo", QT_TRANSLATE_NOOP("Commands", "Undo"), "edit", "Ctrl+Z", "undo"),
    Command("redo", QT_TRANSLATE_NOOP("Commands", "Redo"), "edit", "Ctrl+Shift+Z", "redo"),
    Command("duplicate", QT_TRANSLATE_NOOP("Commands", "Duplicate"), "edit", "Ctrl+D", "duplicate"),
    Command(
        "remove",
        QT_TRANSLATE_NOOP("Commands", "Remove from the queue"),
        "edit",
        "Ctrl+Backspace",
        "remove",
    ),
    # -- queue
    Command(
        "render",
        QT_TRANSLATE_NOOP("Commands", "Render what is selected"),
        "queue",
        "Ctrl+Return",
        "render",
    ),
    Command(
        "render_all",
        QT_TRANSLATE_NOOP("Commands", "Render everything that is ready"),
        "queue",
        "Ctrl+Shift+Return",
        "render",
    ),
    Command("pause", QT_TRANSLATE_NOOP("Commands", "Pause"), "queue", "Ctrl+P", "pause"),
    Command("go_on", QT_TRANSLATE_NOOP("Commands", "Go on"), "queue", "Ctrl+Shift+P", "play"),
    Command(
        "stop_after", QT_TRANSLATE_NOOP("Commands", "Stop after this video"), "queue", "", "stop"
    ),
    Command("stop_now", QT_TRANSLATE_NOOP("Commands", "Stop now"), "queue", "Ctrl+.", "stop"),
    Command(
        "retry_failed",
        QT_TRANSLATE_NOOP("Commands", "Try everything that failed again"),
        "queue",
        "",
        "retry",
    ),
    Command(
        "urgent",
        QT_TRANSLATE_NOOP("Commands", "Urgent: render before the others"),
        "queue",
        "Ctrl+U",
        "urgent",
        checkable=True,
    ),
    Command("move_up", QT_TRANSLATE_NOOP("Commands", "Move up"), "queue", "Alt+Up", "up"),
    Command("move_down", QT_TRANSLATE_NOOP("Commands", "Move down"), "queue", "Alt+Down", "down"),
    Command(
        "move_top", QT_TRANSLATE_NOOP("Commands", "Move to the top"), "queue", "Alt+Home", "top"
    ),
    Command(
        "move_bottom",
        QT_TRANSLATE_NOOP("Commands", "Move to the bottom"),
        "queue",
        "Alt+End",
        "bottom",
    ),
    # -- stage
    Command("play", QT_TRANSLATE_NOOP("Commands", "Play or pause"), "stage", "Space", "play"),
    Command(
        "previous_frame",
        QT_TRANSLATE_NOOP("Commands", "Previous frame"),
        "stage",
        "Left",
        "previous-frame",
    ),
    Command(
        "next_frame", QT_TRANSLATE_NOOP("Commands", "Next frame"), "stage", "Right", "next-frame"
    ),
    Command(
        "second_back",
        QT_TRANSLATE_NOOP("Commands", "One second back"),
        "stage",
        "Shift+Left",
        "previous",
    ),
    Command(
        "second_on", QT_TRANSLATE_NOOP("Commands", "One second on"), "stage", "Shift+Right", "next"
    ),
    Command("first_frame", QT_TRANSLATE_NOOP("Commands", "First frame"), "stage", "Home", "first"),
    Command("last_frame", QT_TRANSLATE_NOOP("Commands", "Last frame"), "stage", "End", "last"),
    Command("loop", QT_TRANSLATE_NOOP("Commands", "Play in a loop"), "stage", "Shift+L", "loop"),
    Command("mute", QT_TRANSLATE_NOOP("Commands", "Sound on or off"), "stage", "M", "sound"),
    Command("cut_in", QT_TRANSLATE_NOOP("Commands", "Begin here"), "stage", "I", "cut-in"),
    Command("cut_out", QT_TRANSLATE_NOOP("Commands", "End here"), "stage", "O", "cut-out"),
    Command("after", QT_TRANSLATE_NOOP("Commands", "Only after"), "stage", "1", "after"),
    Command("before", QT_TRANSLATE_NOOP("Commands", "Only before"), "stage", "2", "before"),
    Command("wipe", QT_TRANSLATE_NOOP("Commands", "Before and after, wiped"), "stage", "3", "wipe"),
    Command(
        "side_by_side",
        QT_TRANSLATE_NOOP("Commands", "Before and after, side by side"),
        "stage",
        "4",
        "side-by-side",
    ),
    Command(
        "outlines",
        QT_TRANSLATE_NOOP("Commands", "Outlines of faces on or off"),
        "stage",
        "V",
        "faces",
    ),
    Command("zoom_in", QT_TRANSLATE_NOOP("Commands", "Zoom in"), "stage", "Ctrl++", "zoom-in"),
    Command("zoom_out", QT_TRANSLATE_NOOP("Commands", "Zoom out"), "stage", "Ctrl+-", "zoom-out"),
    Command("fit", QT_TRANSLATE_NOOP("Commands", "Fit the picture"), "stage", "F", "fit"),
    Command(
        "actual_size", QT_TRANSLATE_NOOP("Commands", "Actual size"), "stage", "Ctrl+0", "search"
    ),
    Command(
        "jump_next", QT_TRANSLATE_NOOP("Commands", "Next appearance"), "stage", "N", "jump-next"
    ),
    Command(
        "jump_previous",
        QT_TRANSLATE_NOOP("Commands", "Previous appearance"),
        "stage",
        "Shift+N",
        "jump-previous",
    ),
    Command(
        "proof", QT_TRANSLATE_NOOP("Commands", "Render a short proof"), "stage", "R", "rendering"
    ),
    Command(
        "proof_sheet",
        QT_TRANSLATE_NOOP("Commands", "Show the hardest frames"),
        "stage",
        "Shift+R",
        "proof",
    ),
    Command("trouble", QT_TRANSLATE_NOOP("Commands", "Scan for trouble"), "stage", "T", "trouble"),
    Command(
        "trouble_next", QT_TRANSLATE_NOOP("Commands", "Next trouble"), "stage", "Ctrl+T", "next"
    ),
    Command(
        "trouble_previous",
        QT_TRANSLATE_NOOP("Commands", "Previous trouble"),
        "stage",
        "Ctrl+Shift+T",
        "previous",
    ),
    # -- view
    Command(
        "simple",
        QT_TRANSLATE_NOOP("Commands", "Simple view"),
        "view",
        "Ctrl+Shift+S",
        "window",
        checkable=True,
    ),
    Command("cast_board", QT_TRANSLATE_NOOP("Commands", "Cast board"), "view", "Ctrl+B", "people"),
    Command(
        "to_queue", QT_TRANSLATE_NOOP("Commands", "Go to the queue"), "view", "Ctrl+1", "queue"
    ),
    Command("to_stage", QT_TRANSLATE_NOOP("Commands", "Go to the stage"), "view", "Ctrl+2", "film"),
    Command(
        "to_inspector",
        QT_TRANSLATE_NOOP("Commands", "Go to the inspector"),
        "view",
        "Ctrl+3",
        "settings",
    ),
    Command(
        "watch_job", QT_TRANSLATE_NOOP("Commands", "Watch a render elsewhere…"), "view", "", "eye"
    ),
    Command(
        "full_screen",
        QT_TRANSLATE_NOOP("Commands", "Full screen"),
        "view",
        "F11",
        "fit",
        checkable=True,
    ),
    # -- help
    Command("guide", QT_TRANSLATE_NOOP("Commands", "Two-minute guide"), "help", "", "help"),
    Command(
        "palette", QT_TRANSLATE_NOOP("Commands", "Find a command…"), "help", "Ctrl+K", "search"
    ),
    Command(
        "shortcuts", QT_TRANSLATE_NOOP("Commands", "Keyboard shortcuts"), "help", "F1", "keyboard"
    ),
    Command("doctor", QT_TRANSLATE_NOOP("Commands", "Is everything there?"), "help", "", "consent"),
    Command(
        "diagnostics",
        QT_TRANSLATE_NOOP("Commands", "Save a diagnostics bundle…"),
        "help",
        "",
        "export",
    ),
    Command("about", QT_TRANSLATE_NOOP("Commands", "About Second Unit"), "help", "", "info"),
)


def title_of(command: Command) -> str:
    """Return the command's title in the language in use."""
    return QCoreApplication.translate(_CONTEXT, command.title)


def group_title(group: Group) -> str:
    """Return the name of a group in the language in use."""
    return QCoreApplication.translate(_CONTEXT, GROUPS[group])


def keys_of(commands: Iterable[Command], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return every command's key sequence: the user's where there is one."""
    return {c.command_id: chosen.get(c.command_id, c.default_key) for c in commands}


def conflicts(keys: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return for each key sequence that several commands have, their ids."""
    by_key: dict[str, list[str]] = {}
    for command_id, key in keys.items():
        if key:
            by_key.setdefault(QKeySequence(key).toString(), []).append(command_id)
    return {key: tuple(ids) for key, ids in by_key.items() if len(ids) > 1}


class CommandSet(QObject):
    """The actions of one window, one a command.

    Signals:
        asked: a command was given, by menu, key, button or palette; its id.
        changed: keys or titles are others now.
    """

    asked = Signal(str)
    changed = Signal()

    def __init__(self, window: QWidget, commands: tuple[Command, ...] = COMMANDS) -> None:
        """Make an action of each command for ``window``; all begin disabled until bound."""
        super().__init__(window)
        self.commands = commands
        self._actions = {c.command_id: self._made(c, window) for c in commands}
        self._guard = _PlainKeys(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._guard.follow)
        self.set_keys({})
        self.retranslate()

    def action(self, command_id: str) -> QAction:
        """Return the action of a command."""
        return self._actions[command_id]

    def bind(self, command_id: str, call: Callable[[], object]) -> None:
        """Have ``call`` made when the command is given."""
        self._actions[command_id].triggered.connect(lambda _=False: call())
        self._actions[command_id].setEnabled(True)

    def set_enabled(self, command_id: str, *, enabled: bool) -> None:
        """Say whether a command can be given now."""
        self._actions[command_id].setEnabled(enabled)

    def set_keys(self, chosen: Mapping[str, str]) -> None:
        """Give every command its key; ``chosen`` are those that the user changed."""
        self.keys = keys_of(self.commands, chosen)
        clashing = {i for ids in conflicts(self.keys).values() for i in ids}
        for command_id, key in self.keys.items():
            # Qt gives a key that two actions have to neither; the first one keeps it here.
            first = command_id not in clashing or self._is_first(command_id, key)
            self._actions[command_id].setShortcut(QKeySequence(key if first else ""))
        self.changed.emit()

    def retranslate(self) -> None:
        """Give every action its title in the language in use."""
        for command in self.commands:
            action = self._actions[command.command_id]
            action.setText(title_of(command))
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            tip = title_of(command).removesuffix("…")
            action.setToolTip(f"{tip} ({key})" if key else tip)
        self.changed.emit()

    def _is_first(self, command_id: str, key: str) -> bool:
        same = QKeySequence(key)
        return command_id == next(i for i, k in self.keys.items() if k and QKeySequence(k) == same)

    def _made(self, command: Command, window: QWidget) -> QAction:
        action = QAction(window)
        action.setObjectName(command.command_id)
        action.setCheckable(command.checkable)
        action.setEnabled(False)
        if command.icon:
            action.setIcon(icon(command.icon))
            action.setIconVisibleInMenu(False)
        action.triggered.connect(lambda _=False: self.asked.emit(command.command_id))
        window.addAction(action)
        return action


_MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class _PlainKeys(QObject):
    """Lets a button, list or slider that has the focus use plain keys as it always does.

    It looks at that one only: on the application it would be asked about every event there is.
    """

    def follow(self, before: QWidget | None, now: QWidget | None) -> None:
        """Look at whatever has the focus now."""
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain and _uses(watched, Qt.Key(event.key())):
                event.accept()
                return True
        return False


def _uses(watched: QObject, key: Qt.Key) -> bool:
    if isinstance(watched, (QAbstractItemView, QComboBox)):
        return key in (Qt.Key.Key_Space, *_MOVES) or Qt.Key.Key_0 <= key <= Qt.Key.Key_Z
    if isinstance(watched, QAbstractButton):
        return key == Qt.Key.Key_Space
    return isinstance(watched, (QAbstractSlider, QAbstractSpinBox, QTabBar)) and key in _MOVES
