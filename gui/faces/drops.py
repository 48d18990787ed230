"""Say what can be dropped or pasted where a face is wanted: photos, pictures, library faces."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QImage

FACE_MIME = "application/x-secondunit-face"
PHOTO_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif")


def face_mime(face_id: str) -> QMimeData:
    """Return what is dragged when a library face is."""
    mime = QMimeData()
    mime.setData(FACE_MIME, QByteArray(face_id.encode()))
    return mime


def face_in(mime: QMimeData) -> str | None:
    """Return the library face that is dragged, or None."""
    if not mime.hasFormat(FACE_MIME):
        return None
    return bytes(mime.data(FACE_MIME).data()).decode("ascii", "replace")


def photos_in(mime: QMimeData | None) -> tuple[Path, ...]:
    """Return the photos among what is dragged or pasted, by their files' endings."""
    if mime is None:  # an empty clipboard has none
        return ()
    paths = (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    return tuple(path for path in paths if path.suffix.lower() in PHOTO_ENDINGS)


def picture_in(mime: QMimeData | None) -> QImage | None:
    """Return the picture that is pasted from another program, or None."""
    if mime is None or not mime.hasImage():
        return None
    image = QImage(mime.imageData())
    return None if image.isNull() else image


def is_wanted(mime: QMimeData) -> bool:
    """Return whether a drop holds a face or photos."""
    return face_in(mime) is not None or bool(photos_in(mime))


def photo_filter(label: str) -> str:
    """Return the filter of a file dialog, named ``label``."""
    return f"{label} ({' '.join(f'*{ending}' for ending in PHOTO_ENDINGS)})"
