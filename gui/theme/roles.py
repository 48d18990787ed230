"""Name the looks that the style sheet gives; a widget asks for one by its ``role`` property."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QWidget

Role = Literal[
    "primary",  # the one button of a place that is meant first
    "quiet",  # a button that is text or icon until it is hovered
    "danger",  # a button that loses something
    "segment",  # one of several checkable buttons side by side
    "fold",  # a button that folds what is below it; open and closed look the same
    "title",  # the name of a panel or page
    "section",  # the name of a group in a panel
    "muted",  # second-rank text
    "hint",  # a sentence that helps, in muted small text
    "error",  # a sentence that says what went wrong
    "warning",
    "good",
    "badge",  # a small rounded word
    "card",  # a raised rounded frame
    "panel",  # the ground of the queue and of the inspector
    "bar",  # a toolbar-like strip
    "page",  # the large name of a whole page
    "key",  # a key of the keyboard
    "notice",  # a strip over the window that tells something; see its ``mood`` property
    "nav",  # a list of pages; the one in front is marked, and not the list, while it has the keys
    "drop",  # where files can be dropped
]


def give_role(widget: QWidget, role: Role) -> None:
    """Have ``widget`` look as ``role``, also when it had another one before."""
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
