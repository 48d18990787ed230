"""Show the two-minute guide in the language in use."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QPushButton, QTextBrowser, QVBoxLayout, QWidget

import resources
from gui.speaking import SpeakingDialog

FOLDER = Path(resources.__file__).parent / "guide"
_SIZE_PX = (760, 720)
_PICTURE_PX = 640
"""As wide as pictures are drawn."""
_PICTURE = "\ufffc"
"""What stands in the text for a picture."""
_KEY_PX = 120
_LINE_PERCENT = 120.0
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


def guide(name: str) -> Path:
    """Return the guide of a language, such as ``zh_CN``; the English one when it has none."""
    own = FOLDER / f"guide.{name}.md"
    return own if own.is_file() else FOLDER / "guide.en.md"


class Pages(QTextBrowser):
    """Text with pictures, each as wide as the column and sharp on every screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.anchorClicked.connect(QDesktopServices.openUrl)
        self.document().setDocumentMargin(24)

    def read(self, path: Path) -> None:
        """Show a Markdown file from its begin."""
        self._folder = path.parent
        self.document().setMarkdown(path.read_text(encoding="utf-8"))
        self._space_out()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _space_out(self) -> None:
        """Give paragraphs, headings and tables the room that Markdown says nothing of."""
        block = self.document().begin()
        while block.isValid():
            cursor, shape = QTextCursor(block), block.blockFormat()
            table = cast("QTextTable | None", cursor.currentTable())
            if table is not None:
                _make_quiet(table)
            else:
                shape.setTopMargin(20 if shape.headingLevel() else 0)
                shape.setBottomMargin(4 if block.textList() is not None else 8)
            if _PICTURE in block.text():
                shape.setBottomMargin(16)
            else:  # or the room between lines would grow with the picture
                shape.setLineHeight(_LINE_PERCENT, _PROPORTIONAL)
            cursor.setBlockFormat(shape)
            block = block.next()

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802  # Qt's name
        """Return a picture, reduced to the column's width."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        ratio = self.devicePixelRatioF()
        picture = QImage(str(self._folder / QUrl(name).toString()))
        if not picture.isNull():
            width = min(picture.width(), round(_PICTURE_PX * ratio))
            picture = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            picture.setDevicePixelRatio(picture.width() / _PICTURE_PX)
        return picture


def _make_quiet(table: QTextTable) -> None:
    """Show a table as rows of text, without its lines."""
    shape = table.format()
    shape.setBorder(0)
    shape.setCellSpacing(0)
    shape.setCellPadding(3)
    shape.setColumnWidthConstraints([QTextLength(QTextLength.Type.FixedLength, _KEY_PX)])
    table.setFormat(shape)


class GuideDialog(SpeakingDialog):
    """The guide, to be read beside the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE_PX)
        self.pages, self._close = Pages(self), QPushButton(self)
        self._close.setDefault(True)
        self._close.clicked.connect(self.close)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(8, 8, 8, 8)
        rows.setSpacing(8)
        rows.addWidget(self.pages, 1)
        rows.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text, and show the guide of the language in use."""
        self.setWindowTitle(self.tr("Two-minute guide"))
        self.pages.setAccessibleName(self.windowTitle())
        self._close.setText(self.tr("Close"))
        self.pages.read(guide(QLocale().name()))
