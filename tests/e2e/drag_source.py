"""Be a file manager with one icon: hold the files given as arguments and let them be dragged."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

SIZE_PX = 80


class Icon(QLabel):
    """Begins a drag of its files as soon as it is pressed."""

    def __init__(self, files: list[Path]) -> None:
        super().__init__("files")
        self._files = files
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint)
        self.setFixedSize(SIZE_PX, SIZE_PX)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        del event
        drag = QDrag(self)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in self._files])
        drag.setMimeData(data)
        taken = drag.exec(Qt.DropAction.CopyAction)
        _say("dropped" if taken is Qt.DropAction.CopyAction else "refused")


def main() -> int:
    """Show the icon at the place given first until a line comes in."""
    app = QApplication(sys.argv[:1])
    x, y, *files = sys.argv[1:]
    icon = Icon([Path(file) for file in files])
    icon.move(int(x), int(y))
    icon.show()
    _say("shown")
    return app.exec()


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
