"""Offer in a menu what can be done with the selected videos."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui.queue.actions import Action
from gui.theme.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_GROUPS: tuple[tuple[Action, ...], ...] = (
    ("play", "render", "retry", "again", "stop_after", "stop_now", "cancel"),
    ("urgent", "top", "up", "down", "bottom"),
    ("duplicate", "rename"),
    ("show", "copy_error", "copy_address"),
    ("remove",),
)
_ALWAYS: frozenset[Action] = frozenset({"urgent", "duplicate", "top", "bottom", "show", "remove"})
"""Shown greyed when they cannot be done; the others are only shown when they can."""
_HIDDEN: frozenset[Action] = frozenset({"up", "down"})
_ICONS: dict[Action, str] = {
    "play": "play",
    "render": "render",
    "retry": "retry",
    "again": "retry",
    "stop_after": "stop",
    "stop_now": "stop",
    "cancel": "close",
    "duplicate": "duplicate",
    "rename": "pencil",
    "urgent": "urgent",
    "top": "top",
    "bottom": "bottom",
    "show": "folder",
    "copy_error": "copy",
    "copy_address": "copy",
    "remove": "remove",
}
_KEYS: dict[Action, str] = {
    "duplicate": "Ctrl+D",
    "rename": "F2",
    "urgent": "Ctrl+U",
    "top": "Alt+Home",
    "bottom": "Alt+End",
    "remove": "Del",
}


def title_of(action: Action, *, goes_on: bool = False) -> str:
    """Return what an action is called; ``goes_on``: to render is to go on with what rests."""
    if action == "render" and goes_on:
        return QCoreApplication.translate("QueueMenu", "Go on with the render")
    names: dict[Action, str] = {
        "play": QCoreApplication.translate("QueueMenu", "Play the finished video"),
        "render": QCoreApplication.translate("QueueMenu", "Render"),
        "retry": QCoreApplication.translate("QueueMenu", "Try again"),
        "again": QCoreApplication.translate("QueueMenu", "Render again"),
        "stop_after": QCoreApplication.translate("QueueMenu", "Stop after this video"),
        "stop_now": QCoreApplication.translate("QueueMenu", "Stop now, keep what is finished"),
        "cancel": QCoreApplication.translate("QueueMenu", "Cancel"),
        "duplicate": QCoreApplication.translate("QueueMenu", "Duplicate with its settings"),
        "rename": QCoreApplication.translate("QueueMenu", "Rename the output…"),
        "urgent": QCoreApplication.translate("QueueMenu", "Urgent: render before the others"),
        "top": QCoreApplication.translate("QueueMenu", "Move to the top"),
        "up": QCoreApplication.translate("QueueMenu", "Move up"),
        "down": QCoreApplication.translate("QueueMenu", "Move down"),
        "bottom": QCoreApplication.translate("QueueMenu", "Move to the bottom"),
        "show": QCoreApplication.translate("QueueMenu", "Show in folder"),
        "copy_error": QCoreApplication.translate("QueueMenu", "Copy what went wrong"),
        "copy_address": QCoreApplication.translate(
            "QueueMenu", "Copy the address to watch it from elsewhere"
        ),
        "remove": QCoreApplication.translate("QueueMenu", "Remove from the queue"),
        "select_all": QCoreApplication.translate("QueueMenu", "Select all"),
    }
    return names[action]


def menu_for(
    can: Callable[[Action], bool],
    do: Callable[[Action], None],
    parent: QWidget,
    *,
    goes_on: bool = False,
    urgent: bool = False,
) -> QMenu:
    """Return a menu of what can be done now; it goes away once it is closed.

    ``urgent``: what it is of is urgent, which is shown and can be taken back.
    """
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in _GROUPS:
        menu.addSeparator()
        for action in group:
            if action not in _HIDDEN and (can(action) or action in _ALWAYS):
                made = _add(menu, action, do)
                made.setEnabled(can(action))
                made.setText(title_of(action, goes_on=goes_on))
                if action == "urgent":
                    made.setIcon(QIcon())  # the check mark has its place
                    made.setCheckable(True)
                    made.setChecked(urgent)
    return menu


def presets_title() -> str:
    """Return what asks for the presets."""
    return QCoreApplication.translate("QueueMenu", "Presets…")


def _add(menu: QMenu, action: Action, do: Callable[[Action], None]) -> QAction:
    made = menu.addAction(icon(_ICONS[action]), title_of(action))
    if action in _KEYS:  # shown only: the list itself hears the key
        made.setShortcut(QKeySequence(_KEYS[action]))
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.setShortcutVisibleInContextMenu(True)
    made.triggered.connect(lambda _=False: do(action))
    return made
