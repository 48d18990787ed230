"""Have thumbnails read off the Qt thread and keep those looked at last."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from gui.bridge import Bridge
from remote_worker.contract.records import Digest

BOX_PX = QSize(96, 54)
"""What a thumbnail fits in, in a row."""
_KEPT = 300
_WANTED = 32
"""What was asked for longer ago is out of sight by now."""
_AT_ONCE = 2

_Key = tuple[Digest, float]


class Thumbnails(QObject):
    """Gives pictures that are here, and has the others read, those asked for last first.

    Signals:
        arrived: one more can be drawn.
    """

    arrived = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._kept: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._missing: set[_Key] = set()
        self._wanted: OrderedDict[_Key, None] = OrderedDict()
        self._reading: set[_Key] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read_more)

    def picture(self, digest: Digest, ratio: float) -> QPixmap | None:
        """Return a source's picture for a screen of ``ratio``, or None and have it read."""
        key = (digest, ratio)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        if key not in self._missing and key not in self._reading:
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            while len(self._wanted) > _WANTED:
                self._wanted.popitem(last=False)
            self._soon.start()
        return None

    def look_again(self) -> None:
        """Ask again for pictures that were not there."""
        self._missing.clear()

    def _read_more(self) -> None:
        while self._wanted and len(self._reading) < _AT_ONCE:
            key, _ = self._wanted.popitem()
            self._reading.add(key)
            self._read(key)

    def _read(self, key: _Key) -> None:
        digest, ratio = key
        home = self._bridge.home
        self._bridge.run(
            lambda: read_thumbnail(home.cache / "thumbnails" / f"{digest}.jpg", BOX_PX * ratio),
            lambda image: self._on_read(key, image),
            lambda _: self._on_read(key, QImage()),  # a picture less is no trouble to tell
        )

    def _on_read(self, key: _Key, image: QImage) -> None:
        self._reading.discard(key)
        if image.isNull():
            self._missing.add(key)
        else:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(key[1])
            self._kept[key] = pixmap
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            self.arrived.emit()
        self._soon.start()


def read_thumbnail(path: Path, box: QSize) -> QImage:
    """Return a picture that fits in ``box``; a null one when there is none."""
    if not path.exists():
        return QImage()
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
