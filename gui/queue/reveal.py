"""Show a file in the system's file manager, chosen in its folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from gui.bridge import Bridge
from orchestrator.errors import SecondUnitError

_PATIENCE_S = 5.0


class FileMissing(SecondUnitError):
    """A file that is to be shown is not there any more; nothing was opened."""


def show_in_folder(bridge: Bridge, path: Path) -> None:
    """Have the file manager show ``path``; its folder at least, where that is all it can."""
    bridge.run(
        lambda: reveal(path),
        lambda chosen: None if chosen else _open(path.parent),
    )


def play(bridge: Bridge, path: Path) -> None:
    """Have the system's own player play ``path``."""
    bridge.run(lambda: require_there(path), lambda _: _open(path))


def require_there(path: Path) -> None:
    """Return when ``path`` is a file.

    Raises:
        FileMissing: it is not.
    """
    if not path.exists():
        raise FileMissing(
            f"{path.name} is not in {path.parent} any more.",
            "If it was moved, look for it by its name; if it was deleted, render the video again.",
        )


def reveal(path: Path) -> bool:
    """Show ``path`` chosen in its folder; return whether the file manager could. It can wait.

    Raises:
        FileMissing: it is not there.
    """
    require_there(path)
    try:
        done = subprocess.run(
            command(path, sys.platform), timeout=_PATIENCE_S, check=False, capture_output=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 or sys.platform == "win32"  # explorer says 1 when all is well


def command(path: Path, platform: str) -> list[str]:
    """Return what asks the file manager of a platform to show ``path``."""
    if platform == "win32":
        return ["explorer", "/select,", str(path)]
    if platform == "darwin":
        return ["open", "-R", str(path)]
    address = path.absolute().as_uri().replace(",", "%2C")  # a comma would begin another one
    return [
        "dbus-send",
        "--session",
        "--print-reply",
        "--dest=org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1.ShowItems",
        f"array:string:{address}",
        "string:",
    ]


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
