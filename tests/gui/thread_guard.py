"""Catch every touch of a widget on another thread than Qt's, while it happens."""

from __future__ import annotations

import functools
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6 import QtWidgets
from PySide6.QtWidgets import QGraphicsItem, QLayout, QWidget

_TOUCHES = (
    "set", "add", "insert", "remove", "take", "show", "hide", "update", "repaint", "clear", "close",
    "resize", "move", "raise_", "lower", "append", "scrollTo", "select", "click", "toggle", "open",
)  # fmt: skip


_KEPT: list[Any] = []
"""Qt's classes can still find a wrapper after it was taken back: none is ever let go."""


@contextmanager
def widgets_on_qt_thread_only() -> Iterator[list[str]]:
    """Wrap all that changes widgets; yield the list of touches on other threads, with stacks."""
    qt_thread = threading.current_thread()
    found: list[str] = []
    undo: list[Callable[[], None]] = []

    def guarded(name: str, method: Any) -> Any:
        @functools.wraps(method)
        def touch(*given: Any, **named: Any) -> Any:
            if threading.current_thread() is not qt_thread:
                found.append(f"{name}\n{''.join(traceback.format_stack(limit=8))}")
            return method(*given, **named)

        _KEPT.append(touch)
        return touch

    for kind in _kinds():
        for name, method in list(vars(kind).items()):
            if name.startswith(_TOUCHES) and type(method).__name__ == "method_descriptor":
                setattr(kind, name, guarded(f"{kind.__name__}.{name}", method))
                undo.append(functools.partial(setattr, kind, name, method))
    try:
        yield found
    finally:
        for take_back in undo:
            take_back()


def _kinds() -> list[type]:
    named = (getattr(QtWidgets, name) for name in dir(QtWidgets))
    touched = (QWidget, QLayout, QGraphicsItem)
    return [kind for kind in named if isinstance(kind, type) and issubclass(kind, touched)]
