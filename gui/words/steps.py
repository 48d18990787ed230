"""Name the user's changes of the queue, for Undo and Redo."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802  # lupdate seeks this name
    """Mark ``text`` for the translators; it is translated where it is shown."""
    del context
    return text


NAMES: Mapping[str, str] = {
    "add": QT_TRANSLATE_NOOP("Steps", "adding videos"),
    "remove": QT_TRANSLATE_NOOP("Steps", "removing from the queue"),
    "move": QT_TRANSLATE_NOOP("Steps", "moving in the queue"),
    "urgent": QT_TRANSLATE_NOOP("Steps", "changing what is urgent"),
    "duplicate": QT_TRANSLATE_NOOP("Steps", "duplicating"),
    "render": QT_TRANSLATE_NOOP("Steps", "asking for a render"),
    "again": QT_TRANSLATE_NOOP("Steps", "rendering once more"),
    "retry": QT_TRANSLATE_NOOP("Steps", "trying again"),
    "cancel": QT_TRANSLATE_NOOP("Steps", "taking out of the line"),
    "cast": QT_TRANSLATE_NOOP("Steps", "the casting"),
    "merge": QT_TRANSLATE_NOOP("Steps", "merging people"),
    "split": QT_TRANSLATE_NOOP("Steps", "splitting a person"),
    "move_track": QT_TRANSLATE_NOOP("Steps", "moving an appearance"),
    "look": QT_TRANSLATE_NOOP("Steps", "the look"),
    "output": QT_TRANSLATE_NOOP("Steps", "the output"),
    "where": QT_TRANSLATE_NOOP("Steps", "where it renders"),
    "trim": QT_TRANSLATE_NOOP("Steps", "trimming"),
    "preset": QT_TRANSLATE_NOOP("Steps", "applying a preset"),
}


def undo_title(name: str) -> str:
    """Return what the Undo command says for a step of this stable name."""
    if name not in NAMES:
        return QCoreApplication.translate("Steps", "Undo")
    what = QCoreApplication.translate("Steps", NAMES[name])
    return QCoreApplication.translate("Steps", "Undo {0}").format(what)


def redo_title(name: str) -> str:
    """Return what the Redo command says for a step of this stable name."""
    if name not in NAMES:
        return QCoreApplication.translate("Steps", "Redo")
    what = QCoreApplication.translate("Steps", NAMES[name])
    return QCoreApplication.translate("Steps", "Redo {0}").format(what)
