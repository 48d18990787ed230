"""Open a folder in the system's file manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from gui.bridge import Bridge


def open_folder(bridge: Bridge, folder: Path) -> None:
    """Open ``folder``; where the system has nothing to open it with, the user is told."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        sentence = QCoreApplication.translate("Opening", "The folder could not be opened.")
        bridge.troubled.emit(sentence, str(folder))
