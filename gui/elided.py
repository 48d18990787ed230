"""Show one line of text cut to the room there is, whole in the tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """A label that never asks for more width than it gets; its text is never read as HTML."""

    def __init__(
        self,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._mode, self._whole = mode, ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_whole(self, text: str) -> None:
        """Show ``text``."""
        if text != self._whole:
            self._whole = text
            self.setToolTip(text)
            self._fit()
            self.updateGeometry()

    def whole(self) -> str:
        """Return the text before it was cut."""
        return self._whole

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return room for a few letters."""
        return QSize(24, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return room for the whole text."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(width, self.fontMetrics().height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Cut for another width."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Cut again when the font was changed by the style since."""
        self._fit()
        super().paintEvent(event)

    def _fit(self) -> None:
        cut = self.fontMetrics().elidedText(self._whole, self._mode, max(0, self.width()))
        if cut != self.text():
            self.setText(cut)
            self.setAccessibleName(self._whole)
