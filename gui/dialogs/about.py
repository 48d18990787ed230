"""Say which Second Unit this is, and under which licences its parts are used."""

from __future__ import annotations

import platform
from importlib import metadata
from pathlib import Path

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

import resources
from gui.bridge import Bridge
from gui.speaking import SpeakingDialog
from gui.theme.icons import app_icon
from gui.theme.roles import give_role

_SIZE_PX = (600, 520)
_PARTS = (
    "pyside6-essentials", "av", "numpy", "opencv-python-headless", "onnxruntime",
    "ai-edge-litert", "dlib-bin", "pillow", "keyring", "platformdirs", "psutil", "rich",
)  # fmt: skip


class AboutDialog(SpeakingDialog):
    """The version, what it will not do, and the licences."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        """Show what is known at once; the licences are read on another thread."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE_PX)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 24, 24, 16)
        rows.setSpacing(8)
        sign, name, version = QLabel(self), QLabel("Second Unit", self), QLabel(self)
        sign.setPixmap(app_icon().pixmap(64, 64))
        give_role(name, "page")
        give_role(version, "muted")
        version.setText(_versions())
        version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._promise, self._text = QLabel(self), QPlainTextEdit(self, readOnly=True)
        self._promise.setWordWrap(True)
        self._close = QPushButton(self)
        self._close.setDefault(True)
        self._close.clicked.connect(self.close)
        for widget in (sign, name, version, self._promise):
            rows.addWidget(widget)
        rows.addSpacing(8)
        rows.addWidget(self._text, 1)
        rows.addSpacing(8)
        rows.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        self._close.setFocus()
        self._licences: str | None = None
        self.retranslate()
        bridge.run(licences, self._show)

    def retranslate(self) -> None:
        """Set every text; the licences are in the words of those who gave them."""
        self.setWindowTitle(self.tr("About Second Unit"))
        self._promise.setText(
            self.tr(
                "Face swapping can hurt people. The content check always runs, a face is "
                "rendered only with a recorded statement of consent, and every finished video "
                "says that it is AI-made. There is no switch for any of these."
            )
        )
        self._text.setAccessibleName(self.tr("Licences"))
        if self._licences is None:
            self._text.setPlainText(self.tr("Reading the licences…"))
        self._close.setText(self.tr("Close"))

    def _show(self, read: str) -> None:
        self._licences = read
        self._text.setPlainText(read)


def licences() -> str:
    """Return the notices that come with the app, and the licence of each library; reads files."""
    root = Path(resources.__file__).parent.parent
    texts = [
        path.read_text(encoding="utf-8")
        for path in (root / "NOTICE", root / "LICENSE")
        if path.exists()
    ] or _installed_texts()
    libraries = "\n".join(f"{name} {_licence(name)}" for name in _PARTS)
    return "\n\n".join((*texts[:1], libraries, *texts[1:]))


def _installed_texts() -> list[str]:
    """Return them from where an installed wheel keeps them."""
    files = metadata.files("secondunit") or []
    wanted = [f for f in files if f.name in ("NOTICE", "LICENSE")]
    return [f.read_text(encoding="utf-8") for f in sorted(wanted, key=lambda f: f.name)[::-1]]


def _licence(name: str) -> str:
    try:
        facts = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    told = [facts[key] for key in ("License-Expression", "License") if key in facts]
    first = str(told[0] if told else "").strip().splitlines()
    return f"{facts['Version']}  {first[0] if first else ''}"


def _versions() -> str:
    own = metadata.version("secondunit")
    return f"{own}  ·  Qt {PySide6.__version__}  ·  Python {platform.python_version()}"
