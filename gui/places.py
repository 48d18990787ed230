"""Make the places of the window; the one file that knows where each view comes from."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtWidgets import QWidget

from gui.bridge import Bridge

if TYPE_CHECKING:
    from gui.chunks.chunk_map import ChunkMap
    from gui.cloud.account import CloudAccount
    from gui.faces.library import FaceLibrary
    from gui.inspector.panel import InspectorPanel
    from gui.queue.panel import QueuePanel
    from gui.stage.panel import StagePanel

_WINDOWS = (
    "gui.cast.board",
    "gui.dialogs.about",
    "gui.dialogs.doctor",
    "gui.dialogs.find_command",
    "gui.dialogs.question",
    "gui.dialogs.shortcuts",
    "gui.dialogs.watch_job",
    "gui.faces.dialog",
    "gui.settings.dialog",
)
_VIEWS = (
    "gui.queue.panel",
    "gui.stage.panel",
    "gui.chunks.chunk_map",
    "gui.inspector.panel",
    "gui.faces.library",
)


@dataclass(frozen=True, slots=True)
class Places:
    """The views of the working window, all on one bridge."""

    queue: QueuePanel
    stage: StagePanel
    chunks: ChunkMap
    inspector: InspectorPanel
    library: FaceLibrary
    account: CloudAccount


def load() -> None:
    """Import every view; most of a second, so it is done on another thread than Qt's."""
    for name in _VIEWS:
        importlib.import_module(name)
    _wake_qt()


def _wake_qt() -> None:
    """Have Qt's binding make its classes now: it makes each when it is touched for the first time.

    A first call of ``viewport()`` would else hold the window up for a hundredth of a second.
    """
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name)


def load_windows() -> None:
    """Import the windows that can be opened next, so that none of them makes anybody wait."""
    for name in _WINDOWS:
        importlib.import_module(name)


def make(bridge: Bridge, parent: QWidget) -> Iterator[Places | None]:
    """Make one view a step, so that Qt can work in between; the last step gives them all."""
    from gui.chunks.chunk_map import ChunkMap
    from gui.cloud.account import CloudAccount
    from gui.faces.library import FaceLibrary
    from gui.inspector.panel import InspectorPanel
    from gui.queue.panel import QueuePanel
    from gui.stage.panel import StagePanel

    account = CloudAccount(bridge, parent)
    library = FaceLibrary(bridge, parent)
    queue = QueuePanel(bridge, parent)
    yield None
    stage = StagePanel(bridge, parent)
    yield None
    chunks = ChunkMap(bridge, parent)
    yield None
    inspector = InspectorPanel(bridge, library, parent, account=account)
    yield None
    yield Places(queue, stage, chunks, inspector, library, account)
